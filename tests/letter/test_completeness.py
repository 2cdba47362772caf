"""What a letter says of its pages, against the pages that are there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arsip.letter.completeness import missing, numbered
from arsip.model import Box, Doubt, Finding, Letter, PageText, Word


def page(number: int, *rows: str, blank: bool = False) -> PageText:
    """A page whose rows stand below each other; twelve rows of prose between head and foot."""
    lines = tuple((Word(row, Box(0, 0, 1000, 10)),) for row in rows)
    return PageText(number, lines=lines, blank=blank)


def sheet(number: int, foot: str = "") -> PageText:
    prose = [f"Dengan hormat kami sampaikan hal {n}" for n in range(12)]
    return page(number, "DINAS KEARSIPAN", *prose, *([foot] if foot else []))


def attached(text: str, *, doubtful: bool = False) -> Letter:
    return Letter({"attachments": (Finding(text, 0.9, "ocr", doubtful=doubtful),)})


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("Halaman 2 dari 3", (2, 3)),
        ("- Halaman 2 dari 3 -", (2, 3)),
        ("Ha1aman 2 dari 3", (2, 3)),
        ("Hal. 1/4", (1, 4)),
        ("Page 2 of 3", (2, 3)),
        ("page 2 of 3 pages", (2, 3)),
        ("Lembar ke-2 dari 5", (2, 5)),
        ("Halaman 4 dari 3", None),
        ("Hal : 2/3", (2, 3)),
        ("Hal : Undangan Rapat 2 dari 3", None),
        ("pada halaman 2 dari 3 terdapat kekeliruan", None),
    ],
)
def test_a_line_that_only_numbers_its_page_is_told_from_prose(
    row: str, found: tuple[int, int] | None
) -> None:
    assert numbered(sheet(1, row)) == found


def test_a_number_in_the_middle_of_the_prose_is_none_of_the_page() -> None:
    prose = ["surat"] * 6
    assert numbered(page(1, *prose, "Halaman 2 dari 3", *prose)) is None


def test_pages_that_nobody_scanned_are_told_by_their_numbers() -> None:
    pages = [sheet(1, "Halaman 1 dari 4"), sheet(2, "Halaman 3 dari 4")]
    assert missing(pages, Letter()) == (Doubt(2, "missing", "4"), Doubt(4, "missing", "4"))


def test_a_page_without_a_number_has_that_of_its_place() -> None:
    pages = [sheet(1), sheet(2, "Halaman 2 dari 3")]
    assert missing(pages, Letter()) == (Doubt(3, "missing", "3"),)
    assert missing([sheet(1, "page 2 of 3"), sheet(2)], Letter()) == (Doubt(1, "missing", "3"),)


def test_nothing_is_missing_when_there_are_enough_pages() -> None:
    pages = [sheet(n, f"Halaman {n} dari 2") for n in (1, 2)]
    assert missing(pages, Letter()) == ()
    several = [sheet(1, "Halaman 1 dari 1"), sheet(2, "Halaman 1 dari 2"), sheet(3)]
    assert missing(several, Letter()) == ()


def test_backs_without_print_are_no_pages() -> None:
    pages = [sheet(1, "Halaman 1 dari 2"), page(2, blank=True)]
    assert missing(pages, Letter()) == (Doubt(2, "missing", "2"),)


@pytest.mark.parametrize(
    ("text", "sheets"),
    [
        ("3 lembar", 3),
        ("1 (satu) lembar", 1),
        ("3 (tiga) lbr.", 3),
        ("dua lembar", 2),
        ("2 sheets", 2),
        ("1 (satu) berkas", 0),
        ("satu bendel", 0),
        ("lembar disposisi", 0),
        ("ratus lembar", 0),
    ],
)
def test_attached_sheets_that_are_counted_must_be_there_beside_the_letter(
    text: str, sheets: int
) -> None:
    told = (Doubt(None, "missing", str(sheets)),) if sheets else ()
    assert missing([sheet(1)], attached(text)) == told
    assert missing([sheet(n) for n in range(1, sheets + 2)], attached(text)) == ()


def test_a_doubtful_count_of_sheets_makes_nothing_missing() -> None:
    assert missing([sheet(1)], attached("3 lembar", doubtful=True)) == ()
    assert missing([], attached("3 lembar")) == ()


@given(st.lists(st.lists(st.text(max_size=30), max_size=6), max_size=4), st.text(max_size=20))
def test_any_text_is_borne(texts: list[list[str]], said: str) -> None:
    pages = [page(number, *rows) for number, rows in enumerate(texts, 1)]
    for doubt in missing(pages, attached(said)):
        assert doubt.reason == "missing"
        assert int(doubt.note) >= 1
