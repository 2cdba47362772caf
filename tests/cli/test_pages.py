"""pages: how each page of a letter was read."""

from __future__ import annotations

from pathlib import Path

import pytest

from arsip.cli import pages as room
from arsip.cli.pages import OWN_TEXT, STEPS, WAYS, paper, row
from arsip.model import PENDING, Doubt, PageText, Treatment
from arsip.scan import clean, dropouts, ocr, owntext
from tests.archive import keeping
from tests.cli.counters import Desk

SCAN = Path(room.__file__).parents[1] / "scan"
POINT = 72 / 25.4
"""A millimetre, in points."""


@pytest.mark.parametrize(
    ("width", "height", "name"),
    [
        (210, 297, "A4"),
        (297, 210, "A4"),
        (213, 295, "A4"),
        (215, 330, "F4"),
        (210, 330, "F4"),
        (216, 279, "Letter"),
        (216, 356, "Legal"),
        (297, 420, "A3"),
        (148, 210, "A5"),
        (80, 240, "receipt"),
        (57, 110, "receipt"),
        (250, 250, ""),
        (0, 0, ""),
    ],
)
def test_a_page_is_called_by_the_paper_it_is_near_to(width: int, height: int, name: str) -> None:
    assert paper(width * POINT, height * POINT) == name


def read(**options: object) -> PageText:
    page = keeping.page(1, "undangan rapat")
    return page._replace(**options)  # type: ignore[arg-type]  # as the tests name them


def how(page: PageText) -> str:
    return row(page)[-1]


def test_a_scan_tells_what_was_done_to_it() -> None:
    done = Treatment(dpi=300, steps=("reduced", "turned", "straightened"), seconds=1.24)
    assert row(read(turn=90, skew=-0.42, treatment=done)) == [
        "1",
        "210 x 297 mm (A4)",
        "300",
        "tesseract 5.3.0 ind+eng",
        "93 %",
        "1.2",
        "made coarser; turned 90°; straightened -0.4°",
    ]


def test_a_page_with_text_of_its_own_tells_why_it_was_not_used() -> None:
    assert how(read(treatment=Treatment(own_text="good"))) == "its own text"
    assert how(read(treatment=Treatment(own_text="glued"))) == (
        "own text without blanks between words"
    )


def test_the_other_looks_at_a_page_are_told_with_their_confidence() -> None:
    looks = (("in_grey", 0.61), ("cleaned", 0.4), ("upside_down", 0.02))
    assert how(read(treatment=Treatment(readings=looks))) == (
        "read in grey 61 %; also cleaned up 40 %, on its head 2 %"
    )
    assert how(read(treatment=Treatment(readings=looks[:1]))) == "-"


@pytest.mark.parametrize(
    ("page", "told"),
    [
        (PageText(1, unread=PENDING), "not read yet"),
        (
            PageText(1, unread="timeout"),
            "could not be read: reading it took longer than the limit",
        ),
        (PageText(1, blank=True), "blank"),
        (PageText(1, blank=True, engine="tesseract"), "without a word"),
    ],
)
def test_a_page_without_words_tells_why(page: PageText, told: str) -> None:
    assert how(page) == told
    assert row(page)[1] == "-"


def test_slugs_of_a_newer_arsip_are_told_as_they_are() -> None:
    newer = Treatment(own_text="kelak", steps=("ironed_flat",), readings=(("a_b", 0.5), ("c", 0.1)))
    assert how(read(treatment=newer)) == "kelak; ironed flat; read a b 50 %; also c 10 %"


def test_every_slug_that_the_scan_wing_gives_has_its_words() -> None:
    sources = {file.name: file.read_text("utf-8") for file in SCAN.glob("*.py")}
    for module in (clean, dropouts, ocr, owntext):
        assert Path(str(module.__file__)).name in sources
    text = "\n".join(sources.values())
    for slug in (*STEPS, *WAYS, *OWN_TEXT):
        assert f'"{slug}"' in text, slug


def test_pages_of_a_letter_are_told_one_by_one(office: Desk) -> None:
    answer = office.types("pages", "3")
    assert (answer.code, answer.err) == (0, "")
    assert [row[:2] for row in answer.rows] == [
        ["1", "210 x 297 mm (A4)"],
        ["2", "210 x 297 mm (A4)"],
    ]
    assert "Read by" in office.sees("pages", "3").out


def test_pages_in_json_have_the_keys_of_the_contract(office: Desk) -> None:
    first, _second = office.types("pages", "3", "--json").json
    assert set(first) == {
        "v", "id", "page", "width_mm", "height_mm", "paper", "dpi", "origin", "own_text", "engine",
        "confidence", "words", "turn", "skew", "blank", "unread", "ink_depth", "steps", "readings",
        "seconds", "doubts",
    }  # fmt: skip
    assert (first["v"], first["id"], first["page"], first["paper"]) == (1, 3, 1, "A4")
    assert first["dpi"] is None


def test_what_is_doubtful_is_told_below_and_in_json(desk: Desk) -> None:
    with keeping.archive(desk.archive) as kept, kept.run() as run:
        place = run.desk()
        reading = keeping.reading(place, "surat", pages=2)
        kept.file(reading._replace(doubts=(Doubt(2, "faint"),)), place)
    assert "Letter 1, page 2: too faint to be read well" in desk.types("pages", "1").err
    first, second = desk.types("pages", "1", "--json").json
    assert (first["doubts"], second["doubts"]) == (
        [],
        [{"page": 2, "reason": "faint", "note": None}],
    )
    assert "page 2: too faint" in desk.types("show", "1").err
    [shown] = desk.types("show", "1", "--json").json
    assert [doubt["reason"] for doubt in shown["doubts"]] == ["faint"]


def test_a_letter_that_is_not_there_has_no_pages(office: Desk) -> None:
    assert office.types("pages", "99").code == 5
