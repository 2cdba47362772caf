"""Letters found: which, in which order, and what is shown of them."""

from __future__ import annotations

import datetime as dt
import random
import string
from typing import Any

import pytest

from arsip.archive import catalog
from arsip.archive.find import search
from arsip.archive.find.query import parse
from arsip.archive.find.search import Hits, Sort
from arsip.model import Doubt, Match
from tests.archive.cards import Cards

TODAY = dt.date(2024, 3, 15)


def asked(cards: Cards, text: str, **options: Any) -> list[int]:
    """The letters that answer, as filed; search and select must agree."""
    query = parse(text, today=TODAY)
    selected = [entry.id for entry in search.select(cards.connection, query, **options)]
    hits = search.search(cards.connection, query, limit=1_000, **options)
    assert sorted(hit.entry.id for hit in hits.hits) == selected
    assert hits.total == len(selected)
    assert hits.exact
    return selected


def ranked(cards: Cards, text: str, sort: Sort = "rank") -> list[int]:
    query = parse(text, today=TODAY)
    return [hit.entry.id for hit in search.search(cards.connection, query, sort=sort).hits]


@pytest.fixture
def office(cards: Cards) -> Cards:
    cards.put(
        "Dengan hormat, kami mengundang Saudara pada rapat stunting.",
        "Lampiran: daftar hadir ibu-ibu kader Désa Mekarsari.",
        letter_number="005/123/Setda",
        date="2022-09-21",
        subject="Undangan Rapat",
        sender="Sekretariat Daerah",
        recipient=["Camat Sukamaju", "Camat Sukamundur"],
        doc_type="undangan",
        sensitivity="biasa",
    )
    cards.put(
        "Permohonan cuti disetujui dalam rapat.",
        letter_number="800/3124/BKPSDM",
        date="2024-02-10",
        subject="Cuti Tahunan",
        sender="BKPSDM",
        doc_type="surat_dinas",
        doubtful=["letter_number", "subject"],
    )
    cards.put(
        "Surat tugas untuk tim daerah, bukan surat biasa.",
        letter_number="094/l5/Dinkes/2023",
        date="2023-05-02",
        subject="Surat Tugas",
        sender="Dinas Kesehatan",
        recipient=["Sekretariat Daerah"],
        doc_type="surat_tugas",
    )
    return cards


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("", [1, 2, 3]),
        ("rapat", [1, 2]),
        ("RAPAT", [1, 2]),
        ("desa", [1]),
        ("rapat cuti", [2]),
        ("stunting hadir", [1]),
        ("stunting undangan sukamaju", [1]),
        ("rapat tugas", []),
        ('"surat tugas"', [3]),
        ('"tugas surat"', []),
        ("meng*", [1]),
        ('"permohonan cu"*', [2]),
        ("rapat -cuti", [1]),
        ("-cuti", [1, 3]),
        ("-rapat -tugas", []),
        ("stunting OR tim", [1, 3]),
        ("(stunting OR tim) -daftar", [3]),
        ("rapat (cuti OR tugas)", [2]),
        ("rapat OR -rapat", [1, 2, 3]),
        ("dari:bkpsdm", [2]),
        ('dari:"dinas kesehatan"', [3]),
        ("dari:daerah", [1]),
        ("kepada:daerah", [3]),
        ("kepada:suka*", [1]),
        ('kepada:"camat sukamundur"', [1]),
        ("kepada:amat", []),
        ("hal:cuti", [2]),
        ("-dari:bkpsdm", [1, 3]),
        ("jenis:undangan", [1]),
        ("jenis:surat*", [2, 3]),
        ("rapat jenis:undangan", [1]),
        ("sifat:biasa", [1]),
        ("biasa", [3]),
        ("date:2022", [1]),
        ("tanggal:bulan lalu", [2]),
        ("date:2022-09-21..2023-05-02", [1, 3]),
        ("after:2022-09-21 before:2024", [3]),
        ("-date:2022", [2, 3]),
        ("tanggal:februari 3124", [2]),
        ("tanggal:september 3124", []),
        ("page:2", [1]),
        ("desa halaman:2", [1]),
        ("desa halaman:1", []),
        ("rapat page:1", [1, 2]),
        ("stunting mekarsari page:2", []),
        ("(daftar OR cuti) page:2", [1]),
        ("-page:2", [2, 3]),
        ("has:recipient", [1, 3]),
        ("ada:kepada -dari:kesehatan", [1]),
        ("-ada:kepada", [2]),
        ("has:deadline", []),
        ("is:doubtful", [2]),
        ("status:ragu OR has:sifat", [1, 2]),
        ("-is:doubtful", [1, 3]),
        ("is:read", [1, 2, 3]),
        ("is:unread", []),
        ("is:secret", []),
        ("rapat date:2024", [2]),
        ("005/l23/setda", [1]),
        ("nomor:123", [1]),
        ("nomor:31", [2]),
        ("31", []),
        ("3124", [2]),
        ("123/setda", [1]),
        ("094/15", [3]),
        ("094/1", [3]),
        ("94/15", []),
        ("dinkes/2023", [3]),
        ('"094/15"', []),
        ("nomor:setda", [1]),
        ("!!!", []),
        ("entah", []),
    ],
)
def test_what_was_typed_finds_these_letters(office: Cards, text: str, letters: list[int]) -> None:
    assert asked(office, text) == letters


def test_an_empty_archive_answers_nothing(cards: Cards) -> None:
    assert asked(cards, "") == []
    assert asked(cards, "rapat") == []


def test_secret_and_trashed_letters_show_only_when_asked_for(cards: Cards) -> None:
    cards.put("rapat terbuka")
    cards.put("rapat rahasia", sensitivity="rahasia")
    cards.put("rapat maybe", sensitivity="sangat_rahasia", doubtful=["sensitivity"])
    cards.put("rapat buang", state="trashed")
    cards.put("rapat buang rahasia", state="trashed", sensitivity="rahasia")
    for text in ("rapat", "", "-entah"):
        assert asked(cards, text) == [1]
        assert asked(cards, text, secret=True) == [1, 2, 3]
        assert asked(cards, text, trashed=True) == [4]
        assert asked(cards, text, secret=True, trashed=True) == [4, 5]


def test_a_word_in_number_subject_or_sender_goes_before_the_body(cards: Cards) -> None:
    body = cards.put("posyandu posyandu posyandu posyandu posyandu")
    subject = cards.put("lain sama sekali", subject="Jadwal Posyandu")
    for _ in range(5):
        cards.put("tentang hal lain")
    assert ranked(cards, "posyandu") == [subject, body]


def test_the_asked_number_goes_before_all_that_mention_it(cards: Cards) -> None:
    reply = cards.put("Menjawab surat nomor 005/123/Setda. 005/123/Setda.", subject="005/123/Setda")
    longer = cards.put("isi", letter_number="005/1234/Setda")
    asked_for = cards.put("isi", letter_number="005/123/Setda")
    assert ranked(cards, "005/123")[0] == asked_for
    assert set(ranked(cards, "005/123")) == {reply, longer, asked_for}
    assert ranked(cards, "nomor:005/123") == [asked_for, longer]


def test_a_page_that_says_it_more_goes_first(cards: Cards) -> None:
    once = cards.put("vaksin dan banyak kata lain yang tidak perlu dibaca oleh siapa pun")
    often = cards.put("vaksin vaksin vaksin dan kata lain yang tidak perlu dibaca siapa pun")
    for _ in range(20):
        cards.put("tentang hal lain")
    assert ranked(cards, "vaksin") == [often, once]


def test_of_equal_letters_the_newer_goes_first(cards: Cards) -> None:
    newest = cards.put("rapat", date="2024-01-02")
    oldest = cards.put("rapat", date="2020-01-02")
    undated = cards.put("rapat")
    assert ranked(cards, "rapat") == [newest, oldest, undated]


def test_letters_are_sorted_by_their_own_date_on_request(cards: Cards) -> None:
    newest = cards.put("rapat", date="2024-01-02", doubtful=["date"])
    oldest = cards.put("rapat rapat", date="2020-01-02")
    undated = cards.put("rapat")
    middle = cards.put("rapat", date="2022-01-02", subject="Rapat")
    assert ranked(cards, "rapat", "newest") == [newest, middle, oldest, undated]
    assert ranked(cards, "rapat", "oldest") == [oldest, middle, newest, undated]


def test_letters_are_sorted_by_number_or_sender_on_request(cards: Cards) -> None:
    ten = cards.put("rapat", letter_number="005/10/Setda", sender="Dinas Sosial")
    nine = cards.put("rapat", letter_number="005/9/Setda", sender="bkpsdm", doubtful=["sender"])
    nameless = cards.put("rapat")
    hundred = cards.put("rapat", letter_number="100/1", sender="Dinas Sosial", date="2024-01-01")
    letters = cards.put("rapat", letter_number="UM.01/9", sender="Camat")
    assert ranked(cards, "rapat", "number") == [nine, ten, hundred, letters, nameless]
    assert ranked(cards, "rapat", "sender") == [nine, letters, hundred, ten, nameless]


def test_only_the_trash_is_searched_where_a_query_asks_for_it(cards: Cards) -> None:
    cards.put("rapat")
    trashed = cards.put("rapat", state="trashed")
    secret = cards.put("rapat", state="trashed", sensitivity="rahasia")
    assert asked(cards, "is:trash") == [trashed]
    assert asked(cards, "rapat status:sampah", secret=True) == [trashed, secret]
    assert asked(cards, "rapat -is:trash") == [1]


def test_a_page_that_was_asked_for_is_the_one_shown(cards: Cards) -> None:
    cards.put("rapat rapat rapat", "rapat di aula", first=4)
    [hit] = search.search(cards.connection, parse("rapat page:5", today=TODAY)).hits
    assert (hit.page, hit.snippet) == (5, "\x02rapat\x03 di aula")
    [hit] = search.search(cards.connection, parse("page:5", today=TODAY)).hits
    assert hit.page == 5


def test_letters_whose_pages_were_not_all_read_are_unread(cards: Cards) -> None:
    for doubts in ((Doubt(2, "pending"),), (Doubt(1, "unread", "no_text"),), (Doubt(1, "faint"),)):
        cards.put("rapat", doubts=doubts)
    assert asked(cards, "is:unread") == [1, 2]
    assert asked(cards, "is:read") == [3]
    assert asked(cards, "is:doubtful") == [2, 3]


def test_what_follows_from_a_doubtful_code_is_no_doubt_of_its_own(cards: Cards) -> None:
    cards.put("rapat", classification_name="Umum", doubtful=["classification_name"])
    cards.put("rapat", classification_code="005", doubtful=["classification_code"])
    assert asked(cards, "is:doubtful") == [2]


def test_letters_that_wait_for_a_person_are_told_by_state(cards: Cards) -> None:
    waiting = cards.put("rapat")
    cards.put("rapat", letter_number="005/1/Umum", date="2024-01-01", subject="Rapat", sender="A")
    assert asked(cards, "is:waiting") == [waiting]


def test_why_a_letter_was_found_is_told_on_request(office: Cards) -> None:
    query = parse("rapat MENG* 123 dari:daerah -cuti", today=TODAY, ways=())
    [hit] = search.search(office.connection, query, explain=True).hits
    assert hit.explain == (
        Match("rapat", "Rapat"),
        Match("MENG*", "mengundang"),
        Match("123", "123"),
        Match("123", "005/123/Setda"),
        Match("daerah", "Daerah"),
    )
    [hit] = search.search(office.connection, query).hits
    assert hit.explain == ()
    number = parse("005/l23/setda", today=TODAY)
    [hit] = search.search(office.connection, number, explain=True).hits
    assert hit.explain == (Match("005/l23/setda", "005/123/Setda"),)


@pytest.mark.parametrize("sort", ["rank", "newest", "oldest", "number", "sender"])
def test_parts_of_the_answer_make_up_the_whole(cards: Cards, sort: Sort) -> None:
    dice = random.Random(3)
    for _ in range(60):
        day = dt.date(2022, 1, 1) + dt.timedelta(days=dice.randrange(20))
        cards.put("rapat " * dice.randint(1, 3), date=day.isoformat())
    query = parse("rapat", today=TODAY)

    def shown(limit: int, offset: int) -> list[int]:
        found = search.search(cards.connection, query, limit=limit, offset=offset, sort=sort)
        assert found.total == 60
        return [hit.entry.id for hit in found.hits]

    whole = shown(100, 0)
    assert sorted(whole) == list(range(1, 61))
    assert [one for start in range(0, 63, 7) for one in shown(7, start)] == whole
    assert shown(0, 5) == []


def test_a_hit_shows_its_best_page_with_the_words_marked(office: Cards) -> None:
    hit = search.search(office.connection, parse("hadir kader", today=TODAY)).hits[0]
    assert (hit.entry.id, hit.page) == (1, 2)
    assert hit.snippet == "Lampiran: daftar \x02hadir\x03 ibu-ibu \x02kader\x03 Désa Mekarsari."
    assert hit.score > 0


def shown(cards: Cards, text: str) -> tuple[int | None, str]:
    (hit,) = search.search(cards.connection, parse(text, today=TODAY)).hits
    return hit.page, hit.snippet


def test_a_page_keeps_its_number_in_the_file(cards: Cards) -> None:
    cards.put("satu", "dua rapat", first=4)
    assert shown(cards, "rapat") == (5, "dua \x02rapat\x03")


def test_a_letter_found_by_its_number_shows_it(office: Cards) -> None:
    assert shown(office, "094/15") == (1, "\x02094/l5/Dinkes/2023\x03")


def test_a_letter_found_by_a_field_shows_its_fields(office: Cards) -> None:
    assert shown(office, "dari:bkpsdm") == (
        None,
        "800/3124/\x02BKPSDM\x03 · Cuti Tahunan · \x02BKPSDM\x03 · 2024-02-10",
    )


def test_a_letter_found_by_its_date_shows_how_it_begins(office: Cards) -> None:
    assert shown(office, "date:2024") == (1, "Permohonan cuti disetujui dalam rapat.")


def test_a_letter_without_text_shows_nothing(cards: Cards) -> None:
    cards.put("", date="2024-01-01")
    assert shown(cards, "date:2024") == (None, "")


def test_no_string_makes_the_index_stumble(office: Cards) -> None:
    dice = random.Random(11)
    signs = string.printable + "“”…\x00\ud800\U0010ffffàßİ²٣ⅷ"
    pieces = [
        "NEAR(", "AND", "OR", "NOT", '"', "*", "^", "{", "}", "text:", "page_words",
        "'; DROP TABLE", "--", ")", "(", "hal:", "nomor:", "tanggal:", "rapat", "\\", "%", "_",
        "?", "$1", ":", "+",
    ]  # fmt: skip
    for _ in range(1_500):
        typed = "".join(dice.choices(signs, k=dice.randint(0, 30)))
        made = dice.choice(("", " ")).join(dice.choices(pieces, k=dice.randint(1, 8)))
        for text in (typed, made):
            found = search.search(office.connection, parse(text, today=TODAY), limit=2)
            assert isinstance(found, Hits)
    assert office.connection.execute("SELECT count(*) FROM entry").fetchone() == (3,)


def test_words_of_an_injection_are_only_words(cards: Cards) -> None:
    cards.put("Robert'); DROP TABLE entry;--")
    assert asked(cards, "robert'); DROP TABLE entry;--") == [1]
    assert asked(cards, 'nomor:"\' OR 1=1"') == []
    assert asked(cards, "text:robert") == []
    assert asked(cards, '"robert" NEAR drop') == []


def test_a_word_that_only_the_back_of_the_card_holds_is_found_but_counts_no_more(
    cards: Cards,
) -> None:
    copied = cards.put("isi", recipient=["Inspektorat"], date="2024-01-01")
    mentioned = cards.put("menurut inspektorat", date="2024-02-01")
    sender = cards.put("isi", sender="Inspektorat", date="2020-01-01")
    for _ in range(5):
        cards.put("tentang hal lain")
    assert ranked(cards, "inspektorat")[0] == sender
    assert set(ranked(cards, "inspektorat")) == {copied, mentioned, sender}


@pytest.mark.parametrize(
    "text", ["\uf0b7Undangan", "de\u0301sa undangan", "بِسْمِ ١٢ undangan", "⏺undangan"]
)
def test_letters_are_found_whatever_signs_stand_beside_their_words(cards: Cards, text: str) -> None:
    number = cards.put(text)
    assert asked(cards, "undangan") == [number]
    assert asked(cards, text) == [number]
    assert catalog.intact(cards.connection, full=True)


def test_a_word_is_widened_however_its_accents_are_encoded(cards: Cards) -> None:
    number = cards.put("désanya")
    assert asked(cards, "désa") == asked(cards, "de\u0301sa") == [number]


@pytest.mark.parametrize(
    "text", ["nip:197108041997081019", 'nip:"19710804 199708 1 019"', "nip:19710804", "nip:1971*"]
)
def test_a_staff_number_is_found_as_printed_and_by_how_it_begins(cards: Cards, text: str) -> None:
    number = cards.put("isi", signatory_id="197108041997081019")
    cards.put("isi", signatory_id="197208041997081019")
    assert asked(cards, text) == [number]
