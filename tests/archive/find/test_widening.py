"""Words found beside what was typed: which, in what order, and never instead of it."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from arsip.archive import keys, mistakes, vocabulary
from arsip.archive.find import gathering, index, search, widening
from arsip.archive.find.parts import Forms, OneOf, Text
from arsip.archive.find.query import WAYS, parse
from arsip.archive.find.widening import Widening, kin_of, kinship
from arsip.model import Match
from tests.archive.cards import Cards

TODAY = dt.date(2024, 3, 15)


def found(cards: Cards, text: str, ways: tuple[str, ...] = WAYS) -> list[int]:
    query = parse(text, today=TODAY, ways=ways)
    return [hit.entry.id for hit in search.search(cards.connection, query).hits]


def test_the_nearer_a_form_is_the_higher_it_ranks(cards: Cards) -> None:
    misread = cards.put("rekomendasi permohcnan")
    synonym = cards.put("tentang permintaan")
    stem = cards.put("yang dimohonkan")
    exact = cards.put("surat permohonan")
    assert found(cards, "permohonan") == [exact, stem, synonym, misread]


@pytest.mark.parametrize(
    ("typed", "on_page", "way"),
    [
        ("mengundang", "undangan", "stem"),
        ("nopember", "november", "spelling"),
        ("izin", "ijin", "spelling"),
        ("disdik", "Dinas Pendidikan", "abbreviation"),
        ("bantuan", "hibah", "synonym"),
        ("kesehatan", "kesehafan", "misread"),
        ("kesehatan", "k3sehafan", "misread"),
        ("permukiman", "perrnukirnan", "misread"),
        ("kesehtaan", "kesehatan", "misread"),
    ],
)
def test_each_way_leads_there_and_can_be_switched_off(
    cards: Cards, typed: str, on_page: str, way: str
) -> None:
    letter = cards.put(f"isi {on_page} lain")
    assert found(cards, typed) == [letter]
    assert found(cards, typed, (way,)) == [letter]
    assert found(cards, typed, tuple({*WAYS[:-1]} - {way})) == []
    assert found(cards, f'"{typed}"') == []
    assert found(cards, typed.capitalize()) == []
    assert found(cards, typed.upper()) == ([letter] if way == "abbreviation" else [])


def test_a_short_form_in_capitals_finds_its_long_form_too(cards: Cards) -> None:
    long = cards.put("Dinas Pendidikan")
    short = cards.put("Disdik")
    assert found(cards, "DISDIK") == [short, long]
    assert found(cards, '"DISDIK"') == [short]
    assert found(cards, "DISDIK", ()) == [short]
    assert found(cards, "DISDIK*") == [short]


def test_an_invitation_is_no_law(cards: Cards) -> None:
    invitation = cards.put("kami mengundang saudara")
    law = cards.put("menurut undang-undang nomor lima")
    assert found(cards, "undangan") == [invitation]
    assert found(cards, "mengundang") == [invitation]
    assert found(cards, "undang-undang") == [law]


def test_a_government_is_no_order(cards: Cards) -> None:
    government = cards.put("pemerintahan desa")
    order = cards.put("diperintahkan kepada")
    assert found(cards, "pemerintah") == [government]
    assert found(cards, "perintah") == [order]


def test_two_words_of_the_language_are_not_taken_for_each_other(cards: Cards) -> None:
    cards.put("yang dapat hadir")
    assert found(cards, "rapat") == []


def test_a_month_is_not_taken_for_another(cards: Cards) -> None:
    july = cards.put("rapat bulan Ju1i")
    for other in ("bulan Juni", "hal ini", "bagian III"):
        cards.put(f"rapat {other}")
    assert found(cards, "juli") == [july]
    august = cards.put("rapat Agusfus")
    assert found(cards, "agustus") == [august]


def test_a_short_form_is_not_taken_for_another_word(cards: Cards) -> None:
    misread = cards.put("tembusan Dinkcs")
    for other in ("kendaraan dinas", "ruang dineksa"):
        cards.put(other)
    assert found(cards, "dinkes") == [misread]


def test_a_short_form_that_codes_share_stands_for_its_long_one_alone(cards: Cards) -> None:
    cards.put("Nomor KP.02.03/12")
    rise = cards.put("usul kenaikan pangkat")
    assert found(cards, "mutasi") == [rise]


def test_a_word_that_no_letter_holds_may_be_mistyped_whatever_it_means(cards: Cards) -> None:
    letter = cards.put("tentang penempatannya")
    assert found(cards, "penepatannya") == [letter]
    cards.put("demikian penepatannya")
    assert letter not in found(cards, "penepatannya")


def test_a_likely_misreading_goes_before_an_unlikely_one_in_the_subject(cards: Cards) -> None:
    near = cards.put("laporan kesehafan")
    far = cards.put("catatan", subject="Laporan kesekaran")
    assert found(cards, "laporan kesehatan") == [near, far]


def test_where_little_was_found_all_words_of_a_family_are_looked_for(
    cards: Cards, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(widening, "FAMILY", 1)
    for word in ("mengundang", "diundang", "undangan"):
        cards.put(word)
    assert len(found(cards, "undang", ("stem",))) == 1
    assert len(found(cards, "undang", ("stem", "misread"))) == 3


def test_misread_forms_are_looked_for_only_where_little_was_found(cards: Cards) -> None:
    misread = cards.put("kesehafan")
    for _ in range(gathering.FEW - 1):
        cards.put("kesehatan")
    assert misread in found(cards, "kesehatan")
    cards.put("kesehatan")
    assert misread not in found(cards, "kesehatan")


def test_a_word_as_typed_and_a_misread_one_go_before_other_forms_of_both(cards: Cards) -> None:
    misread = cards.put("laporan kesehafan")
    forms = cards.put("melaporkan, sehat")
    mixed = cards.put("laporan yang sehat")
    assert found(cards, "laporan kesehatan") == [mixed, misread, forms]


def test_a_rare_form_does_not_hide_the_word_as_typed(
    cards: Cards, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = cards.put("dinas: rapat, pertemuan")
    for _ in range(gathering.FEW):
        cards.put("rapat, sidang")
    other = cards.put("dinas: pertemuan")
    monkeypatch.setattr(gathering, "FIRST", 4)
    monkeypatch.setattr(index, "PROBE", 1)
    monkeypatch.setattr(index, "PROBE_A_SIGN", 0)
    monkeypatch.setattr(index, "FORM", 0)
    assert found(cards, "dinas rapat") == [both, other]


def test_one_misread_word_is_looked_for_where_few_have_all_words_as_typed(cards: Cards) -> None:
    misread = cards.put("laporan kesehafan")
    for _ in range(gathering.FEW):
        cards.put("melaporkan, sehat")
    assert found(cards, "laporan kesehatan")[0] == misread
    listed = search.select(cards.connection, parse("laporan kesehatan", today=TODAY))
    assert [entry.id for entry in listed] == list(range(1, gathering.FEW + 2))
    assert misread in found(cards, "laporan -desa kesehatan OR laporan kesehatan")
    for _ in range(gathering.AS_TYPED):
        cards.put("laporan kesehatan")
    assert misread not in found(cards, "laporan kesehatan")


def test_a_misread_word_is_found_however_many_may_be_it(
    cards: Cards, monkeypatch: pytest.MonkeyPatch
) -> None:
    misread = cards.put("laporan kesehafan")
    for _ in range(30):
        cards.put("melaporkan, kesehafan")
    monkeypatch.setattr(gathering, "FIRST", 4)
    monkeypatch.setattr(gathering, "LEAST", 2)
    monkeypatch.setattr(gathering, "LIKELY", 5)
    assert found(cards, "laporan kesehatan")[0] == misread


def test_words_of_a_page_are_widened_too(cards: Cards) -> None:
    letter = cards.put("rapat", "kami mengundang")
    cards.put("kami mengundang", "rapat")
    assert found(cards, "undangan page:2", ("stem",)) == [letter]
    assert found(cards, "(undangan OR kosong) page:2", ("stem",)) == [letter]
    assert found(cards, "undangan page:2", ()) == []


def test_what_must_not_be_there_is_taken_as_typed(cards: Cards) -> None:
    letter = cards.put("rapat mengundang")
    assert found(cards, "rapat -undangan") == [letter]


def test_a_hit_marks_the_form_that_matched(cards: Cards) -> None:
    cards.put("kami mengundang saudara")
    (hit,) = search.search(cards.connection, parse("undangan", today=TODAY)).hits
    assert hit.snippet == "kami \x02mengundang\x03 saudara"


def test_a_hit_explains_which_word_matched_how(cards: Cards) -> None:
    cards.put("kami mengundang saudara ke rapat", letter_number="005/12/Setda")
    query = parse("undangan saudara 12", today=TODAY)
    (hit,) = search.search(cards.connection, query, explain=True).hits
    assert set(hit.explain) == {
        Match("undangan", "mengundang", "stem"),
        Match("undangan", "rapat", "synonym"),
        Match("saudara", "saudara"),
        Match("12", "12"),
        Match("12", "005/12/Setda"),
    }
    assert search.search(cards.connection, query).hits[0].explain == ()


def test_forms_tell_the_way_that_led_to_them(cards: Cards) -> None:
    cards.put("mengundang undangam")
    query = parse("undangan", today=TODAY)
    assert query.part is not None
    wide = Widening(cards.connection, WAYS).of(query.part)
    assert isinstance(wide, OneOf)
    told = {form.way: form.forms for form in wide.parts if isinstance(form, Forms)}
    assert told["stem"] == ("mengundang",)
    assert "rapat" in told["synonym"]
    assert told["misread"] == ("undangam",)


def test_kin_are_folded_and_mutual() -> None:
    for way, each in kinship().items():
        for word in itertools.chain(*each):
            assert word == keys.words(word)
            others = kin_of(way, word)
            assert word == "se" or all(word in kin_of(way, other) for other in others)


WORDS = ("undangan", "mengundang", "izin", "ijin", "sk", "kesehatan", "kesehafan", "rapat")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join), max_size=6),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join),
)
def test_no_exact_hit_is_lost(pages: list[str], text: str) -> None:
    cards = Cards()
    for page in pages:
        cards.put(page)
    exact = found(cards, text, ())
    wide = found(cards, text)
    cards.connection.close()
    assert set(exact) <= set(wide)
    assert set(wide[: len(exact)]) == set(exact)


def far(one: str, other: str) -> int:
    """In how many letters two words differ, by the book: optimal string alignment."""
    rows = [list(range(len(other) + 1))]
    for at, sign in enumerate(one, 1):
        row = [at]
        for to, rival in enumerate(other, 1):
            costs = [row[-1] + 1, rows[-1][to] + 1, rows[-1][to - 1] + (sign != rival)]
            if at > 1 and to > 1 and sign == other[to - 2] and rival == one[at - 2]:
                costs.append(rows[-2][to - 2] + 1)
            row.append(min(costs))
        rows.append(row)
    return rows[-1][-1]


@given(st.text("abcéo", min_size=1, max_size=20), st.integers(1, 20), st.data())
def test_distances_of_many_words_are_those_of_each(
    one: str, size: int, data: st.DataObject
) -> None:
    word = st.text("abcéo", min_size=size, max_size=size)
    others = data.draw(st.lists(word, min_size=1, max_size=5))
    assert list(mistakes.distances(one, others)) == [far(one, other) for other in others]


@pytest.mark.parametrize(
    ("one", "other", "letters"),
    [("rapat", "rapat", 0), ("rapat", "rpaat", 1), ("rapat", "rpat", 1), ("rapat", "raputi", 2)],
)
def test_distance_of(one: str, other: str, letters: int) -> None:
    assert list(mistakes.distances(one, [other])) == [letters]


@st.composite
def mistaken(draw: st.DrawFn, word: str) -> str:
    """The word with one letter too many, too few, another one, or two that changed places."""
    at = draw(st.integers(0, len(word) - 1))
    sign = draw(st.sampled_from("abdghk"))
    head, here, tail = word[:at], word[at], word[at + 1 :]
    swapped = head + tail[:1] + here + tail[1:]
    return draw(
        st.sampled_from((head + sign + tail, head + sign + here + tail, head + tail, swapped))
    )


@settings(max_examples=300)
@given(st.text("abdghk", min_size=6, max_size=12), st.data())
def test_two_mistakes_are_forgiven(word: str, data: st.DataObject) -> None:
    wrong = data.draw(mistaken(data.draw(mistaken(word))))
    assume(mistakes.forgiven(wrong) == 2 and far(word, wrong) <= 2)
    assert mistakes.slices(word) & mistakes.marks(wrong, 2)
    assert mistakes.near(wrong, [word], 2) == {word: far(word, wrong)}


@given(st.text("abdghk", min_size=4, max_size=12), st.data())
def test_one_mistake_is_forgiven(word: str, data: st.DataObject) -> None:
    wrong = data.draw(mistaken(word))
    assume(mistakes.forgiven(wrong))
    assert mistakes.slices(word) & mistakes.marks(wrong, 1)


def test_words_side_by_side_that_hold_the_word_are_no_form_of_it(cards: Cards) -> None:
    part = Widening(cards.connection, {"synonym"}).of(Text("tugas"))
    assert isinstance(part, OneOf)
    forms = {form for one in part.parts if isinstance(one, Forms) for form in one.forms}
    assert "penugasan" in forms
    assert not any("tugas" in form.split() for form in forms)


@pytest.mark.parametrize(
    ("word", "read", "letters"),
    [("sekolah", "sekolali", 0), ("dalam", "clalam", 0), ("validasi", "valldosi", 1),
     ("pelanggaran", "pclanggoran", 1)],
)  # fmt: skip
def test_two_signs_may_be_one_or_be_misread_each(word: str, read: str, letters: int) -> None:
    cards = Cards()
    cards.put(f"surat {read}")
    near = list(vocabulary.near(cards.connection, word, 2))
    cards.connection.close()
    assert [(one.word, one.cost) for one in near] == [(read, letters)]


def test_a_misread_word_is_found_in_an_archive() -> None:
    cards = Cards()
    cards.put("undangan perhitungan")
    near = list(vocabulary.near(cards.connection, "perhltunqam", 2))
    cards.connection.close()
    assert [(one.word, one.cost) for one in near] == [("perhitungan", 1)]


@pytest.mark.parametrize(("typed", "held"), [("привет", "собака"), ("αλφα βητα", "γαμμα δελτα")])
def test_words_of_another_script_are_not_taken_for_each_other(
    cards: Cards, typed: str, held: str
) -> None:
    cards.put(f"rapat {held}")
    assert not found(cards, f"rapat {typed}")


def test_who_types_two_words_of_one_thing_looks_for_both(cards: Cards) -> None:
    cards.put("undangan pelantikan")
    both = cards.put("undangan pertemuan")
    assert found(cards, "undangan rapat") == [both]


def test_a_prefix_is_no_circular(cards: Cards) -> None:
    cards.put("lomba se-kabupaten")
    circular = cards.put("surat edaran bupati")
    assert found(cards, "edaran") == [circular]


def test_an_office_is_found_by_its_short_name_and_by_its_long_one(cards: Cards) -> None:
    long = cards.put("isi", sender="Dinas Pendidikan Kabupaten Wonosari", recipient=["Kepala Desa"])
    short = cards.put("isi", sender="Disdik Kota", recipient=["Kades Sukamaju"])
    assert sorted(found(cards, "dari:disdik")) == [long, short]
    assert sorted(found(cards, 'dari:"dinas pendidikan" kepada:kades')) == [long, short]
    assert found(cards, "dari:disdik", ways=()) == [short]
    query = parse("dari:disdik wonosari", today=TODAY)
    (hit,) = search.search(cards.connection, query, explain=True).hits
    assert Match("disdik", "Dinas Pendidikan", "abbreviation") in hit.explain


def test_one_of_two_words_stays_one_of_two_where_another_is_misread(cards: Cards) -> None:
    cards.put("pelantikan kesehafan")
    either = [cards.put(f"{word} kesehafan") for word in ("rapat", "jadwal")]
    for _ in range(gathering.FEW):
        cards.put("rapatnya menyehatkan")
    for text in ("(rapat OR jadwal) kesehatan", "kesehatan (jadwal OR rapat)"):
        assert sorted(found(cards, text)[:2]) == either


def test_an_office_is_left_out_by_each_of_its_names(cards: Cards) -> None:
    cards.put("isi", sender="Dinas Pendidikan Kabupaten")
    cards.put("isi", sender="Disdik Kota")
    other = cards.put("isi", sender="Dinas Perhubungan")
    for text in (
        "isi -dari:disdik",
        'isi -dari:"dinas pendidikan"',
        "isi -dari:(disdik OR dinkes)",
    ):
        assert found(cards, text) == [other]
