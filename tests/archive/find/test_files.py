"""Letters found by the name of the file that they came as."""

from __future__ import annotations

import datetime as dt

import pytest

from arsip.archive import keys
from arsip.archive.find import search, tables
from arsip.archive.find.nearest import Nearest, nearest
from arsip.archive.find.parts import Every, Named, Not, Numbered, OneOf, Part, Text
from arsip.archive.find.query import WAYS, Hint, parse
from arsip.archive.find.snippet import END, START
from arsip.model import Hit
from tests.archive.cards import Cards

TODAY = dt.date(2024, 3, 15)


def part(text: str) -> Part | None:
    query = parse(text, today=TODAY)
    assert query.hints == ()
    return query.part


def hits(cards: Cards, text: str, *, secret: bool = False, explain: bool = False) -> list[Hit]:
    query = parse(text, today=TODAY)
    return list(search.search(cards.connection, query, secret=secret, explain=explain).hits)


def asked(cards: Cards, text: str, *, secret: bool = False) -> list[int]:
    return [hit.entry.id for hit in hits(cards, text, secret=secret)]


@pytest.mark.parametrize(
    ("text", "name", "prefix"),
    [
        ("file:SCAN0042.pdf", "SCAN0042.pdf", False),
        ("File:scan0042", "scan0042", False),
        ("file : scan0042", "scan0042", False),
        ("berkas:scan*", "scan", True),
        ('file:"surat masuk"', "surat masuk", False),
        ('file:"surat masuk"*', "surat masuk", True),
        ('file:"surat masuk*"', "surat masuk", True),
        ('file:"SCAN 12 (2).pdf"', "SCAN 12 (2).pdf", False),
        ("file:scan(2).pdf", "scan(2).pdf", False),
        ("file:scan(2)", "scan(2)", False),
        ("file:(scan(2).pdf)", "scan(2).pdf", False),
        ("(file:scan.pdf)", "scan.pdf", False),
        ("file:surat masuk maret.pdf", "surat masuk maret.pdf", False),
        ("file:surat masuk (2).pdf", "surat masuk (2).pdf", False),
        ("(file:surat - masuk.pdf)", "surat - masuk.pdf", False),
        ("file:/home/ibu/scans/scan1.pdf", "scan1.pdf", False),
        ("file:///home/ibu/surat masuk/scan 1.pdf", "scan 1.pdf", False),
        ("file:_1.tiff", "_1.tiff", False),
    ],
)
def test_a_file_is_asked_for_by_its_name(text: str, name: str, *, prefix: bool) -> None:
    assert part(text) == Named(name, prefix=prefix)


def test_a_name_ends_where_something_else_is_asked_for() -> None:
    scan = Named("scan1")
    assert part("file:scan1 rapat") == Every((scan, Text("rapat")))
    assert part("file:scan1 OR cuti.xyz") == OneOf((scan, Text("cuti.xyz")))
    assert part("-file:scan1 rapat") == Every((Not(scan), Text("rapat")))
    assert part("file:scan1 -cuti") == Every((scan, Not(Text("cuti"))))
    assert part("file:(scan1 OR scan2)") == OneOf((scan, Named("scan2")))
    masuk = Named("masuk.pdf")
    assert part("file:scan1 (file:masuk.pdf)") == Every((scan, masuk))
    assert part("file:scan1 file:masuk.pdf") == Every((scan, masuk))
    assert part("file:scan1 OR file:masuk.pdf") == OneOf((scan, masuk))
    some = part("file:scan* rapat.pdf")
    assert isinstance(some, Every)
    assert some.parts[0] == Named("scan", prefix=True)


@pytest.mark.parametrize("text", ["file:*", 'file:""', "berkas:/"])
def test_what_names_no_file_is_looked_for_as_words(text: str) -> None:
    query = parse(text, today=TODAY)
    assert query.hints == (Hint("unknown_code", text),)
    assert query.part == Text(text)


@pytest.mark.parametrize(
    "word", ["undangan.pdf", "a.JPG", "a.jpeg", "a.png", "a.tif", "a.TIFF", "a.webp", "b.txt"]
)
def test_a_word_that_looks_like_a_file_is_words_or_the_file(word: str) -> None:
    assert part(word) == OneOf((Text(word), Named(word)))


def test_a_word_with_digits_may_be_a_number_too() -> None:
    scan = "SCAN0042.pdf"
    number = Numbered(keys.number(scan), whole=False)
    assert part(scan) == OneOf((Text(scan), number, Named(scan)))
    assert part("scans/rapat.pdf") == OneOf((Text("scans/rapat.pdf"), Named("rapat.pdf")))


@pytest.mark.parametrize("word", ["rapat.doc", "pdf", "arsip.go.id", "...pdf", '"rapat.pdf"'])
def test_other_words_are_words(word: str) -> None:
    assert part(word) == Text(word.strip('"'))


def test_as_typed_a_word_is_a_word_and_the_keyword_asks_for_the_file() -> None:
    assert parse("rapat.pdf", today=TODAY, ways=()).part == Text("rapat.pdf")
    assert parse("file:rapat.pdf", today=TODAY, ways=()).part == Named("rapat.pdf")
    some = parse("rapat.pdf", today=TODAY, ways=WAYS[:1]).part
    assert some == OneOf((Text("rapat.pdf"), Named("rapat.pdf")))


@pytest.fixture
def scanned(cards: Cards) -> Cards:
    """Letters of several days, filed in another order than they were written."""
    cards.put("rapat desa", source="SCAN0001.pdf", date="2024-03-01")
    cards.put("cuti bersama", source="scan0001.PDF", date="2022-03-01")
    cards.put("rapat kerja", source="SCAN0001.jpg")
    cards.put("rapat", source="SCAN00012.pdf", date="2024-03-02")
    cards.put("lihat SCAN0001.pdf", source="Surat Masuk (2).tif", date="2024-03-03")
    cards.put("rapat", source="SCAN0001.pdf", sensitivity="rahasia")
    cards.put("rapat", source="SCAN0001.pdf", state="trashed")
    return cards


@pytest.mark.parametrize("few", [0, 2, tables.FEW])
@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("file:scan0001.pdf", [2, 1]),
        ("file:SCAN0001", [3, 2, 1]),
        ("file:SCAN*", [4, 3, 2, 1]),
        ("file:SCAN0001.p*", [2, 1]),
        ("file:CAN0001", []),
        ("file:scan_001", []),
        ("file:scan%", []),
        ('file:"surat masuk (2)"', [5]),
        ("file:surat masuk (2).tif", [5]),
        ("scan0001.pdf", [2, 1, 5]),
        ("rapat file:scan*", [4, 3, 1]),
        ("rapat -file:scan0001", [4]),
        ("-file:scan*", [5]),
        ("file:scan0001 -rapat", [2]),
        ("file:scan00012 OR cuti", [4, 2]),
        ("(file:scan00012 OR file:scan0001.jpg) rapat", [4, 3]),
        ("rapat scan0001.jpg", [3]),
        ("file:scan* tanggal:2024", [4, 1]),
        ("file:scan* has:date -cuti", [4, 1]),
        ("page:1 file:scan0001", [3, 2, 1]),
        ("file:scan* is:trash", [7]),
        ("file:scan0001.pdf is:secret", []),
    ],
)
def test_letters_are_found_by_the_name_of_their_file(
    scanned: Cards, monkeypatch: pytest.MonkeyPatch, text: str, letters: list[int], few: int
) -> None:
    """Of equal ones the one that was filed last goes first."""
    monkeypatch.setattr(tables, "FEW", few)
    assert asked(scanned, text) == letters
    found = search.select(scanned.connection, parse(text, today=TODAY))
    assert [entry.id for entry in found] == sorted(letters)


def test_secret_letters_are_found_by_their_file_for_who_may_see_them(scanned: Cards) -> None:
    assert asked(scanned, "file:scan0001.pdf", secret=True) == [6, 2, 1]


def test_a_further_rendition_is_found_by_the_name_of_its_own_file(cards: Cards) -> None:
    letter = cards.put("rapat", source="satu.pdf")
    other = cards.put("rapat", source="dua.pdf", same_as=letter)
    assert asked(cards, "file:satu") == [letter]
    assert asked(cards, "file:dua") == [other]
    assert asked(cards, "rapat") == [letter]


def test_the_hit_shows_the_name_and_how_the_letter_begins(scanned: Cards) -> None:
    name = f"{START}SCAN0001.jpg{END}"
    (hit,) = hits(scanned, "file:scan0001.jpg", explain=True)
    assert (hit.page, hit.snippet) == (1, f"{name} · rapat kerja")
    assert hit.explain == (("scan0001.jpg", "SCAN0001.jpg", "exact"),)
    (hit,) = hits(scanned, "file:scan0001.j* rapat", explain=True)
    assert hit.snippet == f"{START}rapat{END} kerja"
    assert hit.explain[0] == ("scan0001.j*", "SCAN0001.jpg", "exact")


def test_an_old_letter_is_found_by_its_file_among_many_with_the_word(cards: Cards) -> None:
    """Steps: hundreds of the instructions of SQLite; looking at all takes ten times more."""
    old = cards.put("undangan", source="IMG_7.jpg", date="2019-03-07")
    for day in range(600):
        date = dt.date(2022, 1, 1) + dt.timedelta(days=day)
        cards.put("undangan", date=date.isoformat())
    taken: list[None] = []
    cards.connection.set_progress_handler(lambda: taken.append(None), 100)
    for text, steps in (("file:img_7", 20), ("img_7.jpg", 30), ("undangan img_7.jpg", 300)):
        taken.clear()
        assert asked(cards, text) == [old]
        assert len(taken) < steps


def test_names_are_looked_up_in_their_index_alone(cards: Cards) -> None:
    asked_for: list[str] = []
    cards.connection.set_trace_callback(asked_for.append)
    assert asked(cards, "file:scan7.pdf") == []
    cards.connection.set_trace_callback(None)
    questions = [one for one in asked_for if "NOCASE" in one]
    assert questions
    for question in questions:
        plan = [row[3] for row in cards.connection.execute(f"EXPLAIN QUERY PLAN {question}")]
        ways = {step for step in plan if "entry" in step}
        assert ways == {"SEARCH entry USING COVERING INDEX entry_source (source>? AND source<?)"}


def test_what_would_find_something_is_proposed_beside_a_file(scanned: Cards) -> None:
    def proposed(text: str) -> str | None:
        found = nearest(scanned.connection, parse(text, today=TODAY), today=TODAY)
        return None if found is None else found.query

    assert proposed("file:scan0001.jpg cuti") == "cuti"
    assert proposed("file:scan0001.jpg rapta") == "file:scan0001.jpg rapat"
    assert proposed("file:scan0009 rapat") == "rapat"
    assert proposed("file:scan0009") is None
    assert proposed("file:scan rapat") == "file:scan* rapat"
    found = nearest(scanned.connection, parse("file:scan", today=TODAY), today=TODAY)
    assert found == Nearest("file", "scan", "file:scan*")
    assert proposed('berkas:"surat m"') == 'berkas:"surat m"*'
    assert proposed("scan0009.pdf") is None
