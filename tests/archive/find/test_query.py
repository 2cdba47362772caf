"""What a clerk types, understood."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from arsip.archive.find.parts import (
    Being,
    Coded,
    Every,
    Has,
    Not,
    Numbered,
    OneOf,
    OnPage,
    Part,
    Says,
    Text,
)
from arsip.archive.find.query import HINTS, LONGEST, MOST, WAYS, Query, parse
from arsip.fields import (
    CLASSIFICATION_CODE,
    DEADLINE,
    DOC_TYPE,
    FIELDS,
    RECIPIENT,
    SENDER,
    SENSITIVITY,
    SUBJECT,
    URGENCY,
    Field,
)

TODAY = dt.date(2024, 3, 15)


def part(text: str) -> Part | None:
    return parse(text, today=TODAY).part


def hints(text: str) -> list[str]:
    return [hint.slug for hint in parse(text, today=TODAY).hints]


def kinds(found: Part | None) -> Any:
    """The shape of a part: named tuples of two kinds are equal when their values are."""
    if isinstance(found, Every | OneOf):
        return type(found), [kinds(one) for one in found.parts]
    if isinstance(found, Not):
        return Not, kinds(found.part)
    return type(found)


def test_words_must_all_be_there() -> None:
    found = part("undangan rapat")
    assert found == Every((Text("undangan"), Text("rapat")))
    assert kinds(found) == (Every, [Text, Text])


def test_one_word_stands_for_itself() -> None:
    assert part("  undangan ") == Text("undangan")
    assert isinstance(part("undangan"), Text)


def test_quotes_keep_words_together_and_any_quotes_do() -> None:
    assert part('"surat tugas"') == Text("surat tugas")
    assert part("“surat   tugas”") == Text("surat tugas")
    assert part('"surat tug"*') == Text("surat tug", prefix=True)


def test_a_star_asks_for_a_beginning() -> None:
    assert part("undang*") == Text("undang", prefix=True)
    assert part("undang**") == Text("undang", prefix=True)


def test_a_dash_before_a_word_a_phrase_a_field_or_a_group_excludes() -> None:
    assert part("-cuti") == Not(Text("cuti"))
    assert part('-"cuti tahunan"') == Not(Text("cuti tahunan"))
    assert part("-dari:bkpsdm") == Not(Says(SENDER, "bkpsdm"))
    assert part("-(cuti sakit)") == Not(Every((Text("cuti"), Text("sakit"))))
    for dash in "\u2212\u2013\u2014":
        assert part(f"desa {dash}cuti") == part("desa -cuti")
    assert kinds(part("-(cuti sakit)")) == (Not, (Every, [Text, Text]))


def test_a_dash_inside_a_word_or_alone_excludes_nothing() -> None:
    assert part("ibu-ibu") == Text("ibu-ibu")
    assert part("setda - umum") == Every((Text("setda"), Text("umum")))
    assert part('-- --hostile "') == Text("--hostile")


def test_or_joins_the_parts_beside_it() -> None:
    for word in ("OR", "ATAU", "|", "||"):
        found = part(f"rapat {word} sidang desa")
        assert found == Every((OneOf((Text("rapat"), Text("sidang"))), Text("desa")))
        assert kinds(found) == (Every, [(OneOf, [Text, Text]), Text])
    assert part("a OR b OR c") == part("a|b||c") == OneOf((Text("a"), Text("b"), Text("c")))


def test_a_field_takes_one_of_some_words_between_bars() -> None:
    assert part("dari:bkd|dinkes") == part("dari:(bkd OR dinkes)")
    assert part("dari:bkd|dinkes rapat") == part("dari:(bkd OR dinkes) rapat")
    codes = OneOf((Coded(DOC_TYPE, ("undangan",)), Coded(DOC_TYPE, ("surat_edaran",))))
    assert part("jenis:undangan|edaran") == part("jenis:undangan,edaran") == codes
    assert hints("jenis:undangan,brosur") == ["unknown_code"]


def test_or_with_nothing_beside_it_joins_nothing() -> None:
    assert part("OR rapat") == Text("rapat")
    assert part("rapat OR") == Text("rapat")
    assert part("OR") is None


def test_small_or_is_a_word_but_told() -> None:
    assert part("now or never") == Every((Text("now"), Text("or"), Text("never")))
    assert hints("desa atau camat") == ["small_or"]
    assert hints("atau camat") == []


def test_who_asks_for_the_newest_is_told_how() -> None:
    assert hints("undangan terbaru") == ["newest"]
    assert hints("undangan 3 bulan terakhir") == hints("terbaru") == []


def test_and_may_be_said() -> None:
    assert part("rapat AND desa DAN camat & bupati") == Every(
        (Text("rapat"), Text("desa"), Text("camat"), Text("bupati"))
    )


def test_parentheses_group_and_may_stay_open() -> None:
    found = part("(rapat desa) OR cuti")
    assert found == OneOf((Every((Text("rapat"), Text("desa"))), Text("cuti")))
    assert kinds(found) == (OneOf, [(Every, [Text, Text]), Text])
    assert part("(rapat OR (sidang") == OneOf((Text("rapat"), Text("sidang")))
    assert part(") rapat )") == Text("rapat")
    assert part("() rapat") == Text("rapat")


def test_every_keyword_of_both_languages_names_its_field() -> None:
    for word in ("subject", "hal", "perihal", "HAL"):
        assert part(f"{word}:stunting") == Says(SUBJECT, "stunting")
    for word in ("from", "dari", "sender", "pengirim"):
        assert part(f'{word}:"dinas sosial"') == Says(SENDER, "dinas sosial")
    assert part("kepada:camat*") == Says(RECIPIENT, "camat", prefix=True)
    assert part('kepada:"camat suka"*') == Says(RECIPIENT, "camat suka", prefix=True)


def test_gaps_beside_the_colon_change_nothing() -> None:
    assert part("dari: bkpsdm") == Says(SENDER, "bkpsdm")
    assert part("Dari : bkpsdm") == Says(SENDER, "bkpsdm")
    assert part("undangan -(ttd : ani -hal\t: rapat)") == part("undangan -(ttd:ani -hal:rapat)")


@pytest.mark.parametrize("text", ["ketua : budi", "jam-dari : bkpsdm", "dari :", ": dari"])
def test_a_colon_by_itself_behind_another_word_joins_nothing(text: str) -> None:
    assert part(text) == part(text.replace(":", ""))
    assert hints(text) == []


def test_a_value_is_a_code_when_the_field_has_codes() -> None:
    assert part('jenis:"surat tugas"') == Coded(DOC_TYPE, ("surat_tugas",))
    assert part("jenis:surat_tugas") == Coded(DOC_TYPE, ("surat_tugas",))
    assert part("sifat:Rahasia") == Coded(SENSITIVITY, ("rahasia",))
    assert part("jenis:tugas") == Coded(DOC_TYPE, ("surat_tugas",))
    both = (Coded(SENSITIVITY, ("sangat_rahasia",)), Coded(URGENCY, ("sangat_segera",)))
    assert part("sifat:sangat*") == part("sifat:sangat") == OneOf(both)
    assert part("jenis:surat tugas piket") == Every(
        (Coded(DOC_TYPE, ("surat_tugas",)), Text("piket"))
    )
    assert part("sifat:sangat segera") == Coded(URGENCY, ("sangat_segera",))
    assert part("-jenis:berita acara") == Not(Coded(DOC_TYPE, ("berita_acara",)))
    assert part("jenis:(surat edaran OR sk)") == OneOf(
        (Coded(DOC_TYPE, ("surat_edaran",)), Coded(DOC_TYPE, ("keputusan",)))
    )


def test_sifat_asks_for_secrecy_or_speed_as_letters_write_it() -> None:
    assert part("sifat:segera") == Coded(URGENCY, ("segera",))
    assert part("sifat:biasa") == Coded(SENSITIVITY, ("biasa",))
    assert part("derajat:rahasia") == Text("derajat:rahasia")


def test_an_unknown_code_is_looked_for_as_words() -> None:
    assert part("jenis:brosur") == Text("jenis:brosur")
    assert hints("jenis:brosur") == ["unknown_code"]


def test_an_unknown_field_is_looked_for_as_words() -> None:
    assert part("warna:merah") == Text("warna:merah")
    assert hints("warna:merah") == ["unknown_field"]


@pytest.mark.parametrize("text", ["https://contoh.go.id", "pukul:10", "hal:", "hal: )"])
def test_a_colon_of_daily_life_needs_no_hint(text: str) -> None:
    assert isinstance(part(text), Text | OneOf)
    assert hints(text) == []


def test_a_field_without_words_is_looked_for_by_its_name() -> None:
    assert part("hal:--") == Text("hal:--")
    assert part('dari:""') == Text('dari:""')


def test_a_number_is_looked_for_by_its_parts_and_as_words() -> None:
    found = part("005/l23/setda")
    assert found == OneOf((Text("005/l23/setda"), Numbered("005/123/5etda")))
    assert part("nomor:005/31") == Numbered("005/31")
    assert part("no:3124*") == Numbered("3124")


def test_digits_alone_are_a_whole_part_of_a_number() -> None:
    assert part("3124") == OneOf((Text("3124"), Numbered("3124", whole=True)))
    assert part("3l24") == OneOf((Text("3l24"), Numbered("3124", whole=True)))
    assert part("31*") == OneOf((Text("31", prefix=True), Numbered("31")))


def test_a_degree_or_a_quoted_number_is_words_only() -> None:
    assert part("S2") == Text("S2")
    assert part('"005/123"') == Text("005/123")
    assert part("dan/atau") == Text("dan/atau")


def test_an_empty_query_asks_for_every_letter() -> None:
    assert parse(" \t\n", today=TODAY) == Query("", Every(()))


@pytest.mark.parametrize("text", ['"', "!!!", "()", "-", '""', "…", "\ud800?"])
def test_a_query_without_a_word_asks_for_nothing_and_says_so(text: str) -> None:
    assert part(text) is None
    assert hints(text) == ["no_words"]


def test_signs_that_no_letter_has_are_gaps() -> None:
    assert part("sur\x00el \ud800tugas") == Every((Text("sur"), Text("el"), Text("tugas")))


def test_only_so_much_of_a_query_is_read() -> None:
    many = part("kata " * (MOST + 5))
    assert isinstance(many, Every)
    assert len(many.parts) == MOST
    assert hints("kata " * (MOST + 5)) == ["too_long"]
    assert hints("undangan " * LONGEST) == ["too_long"]
    assert hints("k" * (LONGEST + 1)) == ["too_long"]


def test_each_hint_has_a_sentence_for_a_person() -> None:
    typed = (
        "warna:merah",
        "has:roda",
        "tanggal:entah",
        "jenis:brosur",
        "!!",
        "a or b",
        "a latest",
        "a " * 99,
    )
    assert {slug for text in typed for slug in hints(text)} == set(HINTS)
    assert all("{text}" in sentence for sentence in HINTS.values())


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_every_field_has_keywords_in_both_languages(field: Field[Any]) -> None:
    one_word_for_both = {"signatory_id", "agenda_number"}
    words = {field.name, *field.keywords}
    assert len(words) > 1 or field.name in one_word_for_both
    asked = part(f"{field.keywords[0]}:2024")
    assert not isinstance(asked, Text) or field.choices


def test_a_page_is_asked_for_with_the_words_that_must_stand_there() -> None:
    assert part("page:2") == OnPage(2)
    assert part("daftar halaman:3") == Every((Text("daftar"), OnPage(3, ((Text("daftar"),),))))
    found = part("page:2 (rapat OR sidang) dari:camat")
    assert isinstance(found, Every)
    assert OnPage(2, ((Text("rapat"), Text("sidang")),)) in found.parts
    assert part("-page:2") == Not(OnPage(2))


@pytest.mark.parametrize("text", ["page:dua", "page:99999", "has:roda", "is:basah", "ada:--"])
def test_a_page_a_field_or_a_state_that_there_is_not_is_looked_for_as_words(text: str) -> None:
    assert part(text) == Text(text)
    assert hints(text) == ["unknown_code"]


def test_what_a_letter_has_is_asked_for_by_any_keyword_of_the_field() -> None:
    for text in ("has:deadline", "ada:tenggat", "punya:batas", 'has:"deadline"'):
        assert part(text) == Has(DEADLINE)
    assert part("has:classification-code") == Has(CLASSIFICATION_CODE)


def test_how_a_letter_is_may_be_said_in_both_languages() -> None:
    for text, state in (
        ("is:doubtful", "doubtful"),
        ("status:ragu", "doubtful"),
        ("is:Trash", "trashed"),
        ("status:sampah", "trashed"),
        ('status:"belum dibaca"', "unread"),
        ("status:belum-dibaca", "unread"),
        ("is:read", "read"),
    ):
        assert part(text) == Being(state)


def test_the_trash_is_asked_for_only_where_it_is_said() -> None:
    for text in ("is:trash", "rapat is:trash", "(rapat is:trash) OR cuti"):
        assert parse(text, today=TODAY).trashed
    for text in ("trash", "-is:trash", "", "is:doubtful"):
        assert not parse(text, today=TODAY).trashed


def test_each_piece_is_kept_as_it_was_typed() -> None:
    query = parse('rapat  "surat tugas"* -(cuti OR sakit) tanggal:1 mei 2022 a OR b', today=TODAY)
    assert [piece.text for piece in query.pieces] == [
        "rapat", '"surat tugas"*', "-(cuti OR sakit)", "tanggal:1 mei 2022", "a OR b",
    ]  # fmt: skip
    assert query.without(query.pieces[1], query.pieces[2]) == "rapat tanggal:1 mei 2022 a OR b"
    changed = query.replaced(query.pieces[:3], query.pieces[0], "sidang")
    assert changed == "sidang tanggal:1 mei 2022 a OR b"


def test_words_are_widened_by_all_ways_or_by_those_that_are_named() -> None:
    assert parse("rapat", today=TODAY).ways == frozenset(WAYS)
    assert parse("rapat", today=TODAY, ways=()).ways == frozenset()


PIECES = st.sampled_from(
    ["rapat", "OR", "-", '"', "(", ")", "*", ":", "hal:", "tanggal:", "after:", "..", "2022",
     "nomor:", "005/l23", "bulan", "lalu", "jenis:", "surat", " ", "|", "&", "\\", "'", "NEAR(",
     "{", "^", "+", "page:2", "is:", "trash", "has:deadline", "acara:", "31", "februari", "9999",
     "-", "last", "ago"]
)  # fmt: skip


@given(st.text() | st.lists(PIECES).map("".join) | st.lists(PIECES).map(" ".join))
@example("((((((((" * 300)
@example("-(" * 900)
@example("tanggal:" * 200)
def test_any_string_is_a_query(text: str) -> None:
    query = parse(text, today=TODAY)
    assert query.part is not None or query.hints


WHOLE = st.sampled_from(
    ["rapat", "-cuti", '"surat tugas"', '"surat tu"*', "hal:rapat", "-dari: camat", "005/l23",
     "tanggal:1 mei 2022", "after:bulan lalu", "(a OR -b)", "-(a (b OR c))", "a OR b", "page:2",
     "has:deadline", "is:trash", "undang*", "date:June 27, 2024", "tanggal:31 april 2024",
     "acara:januari - maret 2026"]
)  # fmt: skip


@given(st.lists(WHOLE).map(" ".join))
def test_pieces_typed_again_ask_for_the_same(text: str) -> None:
    query = parse(text, today=TODAY)
    again = parse(" ".join(piece.text for piece in query.pieces), today=TODAY)
    assert [piece.part for piece in again.pieces] == [piece.part for piece in query.pieces]


@given(st.text(alphabet="abcdefghij ", min_size=1), st.dates())
def test_plain_words_are_found_again_in_their_query(text: str, today: dt.date) -> None:
    found = parse(text, today=today, ways=()).part
    words = found.parts if isinstance(found, Every) else (found,)
    assert [one.text for one in words if isinstance(one, Text)] == text.split()
