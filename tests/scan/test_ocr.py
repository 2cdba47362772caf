from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from arsip.model import Box, PageText
from arsip.scan.engine import Layout, OcrFailed, OcrTimeout, Spot
from arsip.scan.gaps import Area, gaps, unread
from arsip.scan.ocr import Desk, read_raster
from arsip.scan.raster import Raster
from tests.scan.paper import Reciter, grainy, read_alone, sheet, spot

GOOD = [spot("Nomor", 200, 500), spot(":", 278, 500, confidence=0.9), spot("12/A", 290, 500)]


def read(engine: Reciter, work: Path, page: Image.Image, dpi: float = 200) -> PageText:
    return read_alone(read_raster(Raster(page, dpi), 4, desk=Desk(engine, work, 60)))


def test_a_page_is_read_once_when_the_reading_is_sure(tmp_path: Path) -> None:
    covering = [replace(found, top=0, bottom=60) for found in GOOD]
    engine = Reciter([covering])
    page = read(engine, tmp_path, grainy(sheet(lines=("Nomor : 12/A",))))
    assert page.text == "Nomor : 12/A"
    assert page.number == 4
    assert page.engine == engine.name
    assert page.confidence == pytest.approx(0.9)
    assert [page.width, page.height] == pytest.approx([595, 842], abs=1)
    assert [(dpi, layout) for _image, dpi, layout in engine.seen] == [(200, Layout.PAGE)]
    assert list(tmp_path.iterdir()) == []


SURE = [replace(found, confidence=0.96) for found in GOOD]


def both(alone: list[Spot] | Exception, together: list[Spot]) -> Reciter:
    """An engine of two languages, and what it says with the first alone."""
    return Reciter([together], alone=Reciter([alone], name="reciter 1.0 ind"))


def test_a_clean_page_in_the_first_language_is_read_in_that_alone(tmp_path: Path) -> None:
    engine = both(SURE, [])
    page = read(engine, tmp_path, sheet(300), 300)
    assert (page.text, page.engine) == ("Nomor : 12/A", "reciter 1.0 ind")
    assert page.treatment.readings == (("first_language", 0.96),)
    assert engine.seen == []


@pytest.mark.parametrize(
    "alone",
    [
        GOOD,
        [*SURE, *(spot("the", 200, 600 + 30 * at, run=at + 1, confidence=0.96) for at in range(3))],
        OcrFailed("no words"),
    ],
    ids=["doubtful", "english", "failed"],
)
def test_what_the_first_language_does_not_read_well_is_read_in_both(
    tmp_path: Path, alone: list[Spot] | Exception
) -> None:
    page = read(both(alone, SURE), tmp_path, sheet(300), 300)
    assert (page.text, page.engine) == ("Nomor : 12/A", "reciter 1.0 ind+eng")
    assert page.treatment.readings[0] == ("cleaned", 0.96)


def test_a_page_that_was_hard_to_clean_is_read_in_both_languages_at_once(tmp_path: Path) -> None:
    engine = both([], SURE)
    page = read(engine, tmp_path, sheet(200), 200)
    assert page.engine == "reciter 1.0 ind+eng"
    assert engine.alone is not None
    assert engine.alone.seen == []


def test_a_doubtful_reading_is_tried_on_its_head_and_the_better_one_kept(tmp_path: Path) -> None:
    bad = [replace(found, confidence=0.3) for found in GOOD]
    engine = Reciter([bad, GOOD])
    page = read(engine, tmp_path, grainy(sheet()))
    assert page.text == "Nomor : 12/A"
    assert page.turn == 180
    assert page.treatment.readings == (("upside_down", 0.9), ("cleaned", 0.3))
    kept = read(Reciter([bad, [replace(GOOD[0], confidence=0.2)]]), tmp_path, grainy(sheet()))
    assert (kept.turn, kept.text) == (0, "Nomor 12/A")


def test_a_sideways_page_has_the_size_of_the_upright_one(tmp_path: Path) -> None:
    page = read(Reciter([GOOD]), tmp_path, grainy(sheet()).rotate(90, expand=True))
    assert page.turn == 90
    assert page.width < page.height


@pytest.mark.parametrize(
    ("glued", "text"),
    [(":3", ": 3"), (":-", ": -"), (":", ":"), ("::3", "::3"), ("12:30", "12:30")],
)
def test_a_colon_before_a_value_stands_by_itself(tmp_path: Path, glued: str, text: str) -> None:
    page = read(Reciter([[spot(glued, 200, 500)]]), tmp_path, grainy(sheet()))
    assert page.text == text
    boxes = [word.box for word in page.words]
    assert all(one.right == other.left for one, other in pairwise(boxes))


def test_scratches_are_no_words(tmp_path: Path) -> None:
    scratch = [*GOOD, spot("~|", 10, 900, run=3, confidence=0.2)]
    assert read(Reciter([scratch]), tmp_path, grainy(sheet())).text == "Nomor : 12/A"


def test_a_crest_that_looks_like_a_sign_is_no_word(tmp_path: Path) -> None:
    crest = replace(spot("(€)", 10, 480), bottom=700, confidence=0.8)
    assert read(Reciter([[crest, *GOOD]]), tmp_path, grainy(sheet())).text == "Nomor : 12/A"


def test_a_line_of_guesses_on_a_page_that_reads_well_is_a_signature(tmp_path: Path) -> None:
    guess = [spot("wns", 10, 900, run=3, confidence=0.24)]
    many = [spot("Nomor", 200, 500 + 30 * at, run=10 + at) for at in range(9)]
    assert "wns" not in read(Reciter([many + guess]), tmp_path, grainy(sheet())).text
    faint = [replace(found, confidence=0.65) for found in many]
    assert "wns" in read(Reciter([faint + guess]), tmp_path, grainy(sheet())).text


def test_a_blank_page_is_not_read(tmp_path: Path) -> None:
    engine = Reciter([])
    page = read(engine, tmp_path, Image.new("L", (1654, 2339), 255))
    assert page.blank
    assert not page.unread
    assert engine.seen == []


def test_a_page_of_ink_without_words_is_blank_and_unsure(tmp_path: Path) -> None:
    page = read(Reciter([[], []]), tmp_path, grainy(sheet()))
    assert (page.blank, page.confidence, page.lines) == (True, 0.0, ())


@pytest.mark.parametrize(
    ("error", "slug"), [(OcrTimeout(), "timeout"), (OcrFailed(), "ocr_failed")]
)
def test_a_page_that_the_engine_gave_up_is_unread_not_blank(
    tmp_path: Path, error: Exception, slug: str
) -> None:
    page = read(Reciter([error]), tmp_path, grainy(sheet()))
    assert (page.unread, page.blank, page.lines) == (slug, False, ())
    assert page.width


def test_another_way_that_fails_costs_nothing(tmp_path: Path) -> None:
    for error in (OcrFailed(), OcrTimeout()):
        page = read(Reciter([[spot("surat", 200, 200, confidence=0.4)], error]), tmp_path, sheet())
        assert (page.text, page.unread) == ("surat", "")


def with_block(page: Image.Image) -> tuple[Image.Image, tuple[int, int, int, int]]:
    """A page with a block of print at the lower right that no reading covers."""
    draw = ImageDraw.Draw(page)
    for at in range(4):
        draw.text((900, 1900 + 50 * at), "Sri Wahyuningsih NIP 1979", fill=0, font_size=34)
    return page, (900, 1900, 1330, 2090)


def over(page: Image.Image) -> list[Spot]:
    """A word as large as the letter, so that only the block below stays unread."""
    return [Spot("semua", 150, 150, page.width - 100, 1750, 0.9)]


@pytest.mark.parametrize(
    ("right", "bottom", "kept"),
    [(30, 400, False), (60, 60, True), (12, 60, True), (20, 300, True)],
    ids=["a column seen as a word", "a heading", "a narrow word", "a word on its side"],
)
def test_a_word_has_the_shape_of_its_letters(
    tmp_path: Path, right: int, bottom: int, *, kept: bool
) -> None:
    text = "11-" if right != 20 else "Wahyuningsih"
    odd = Spot(text, 10, 900, 10 + right, 900 + bottom, 0.9, 7)
    assert (text in read(Reciter([[*GOOD, odd]]), tmp_path, grainy(sheet())).text) == kept


def test_ink_without_words_is_looked_at_a_second_time(tmp_path: Path) -> None:
    page, area = with_block(sheet())
    found = [
        spot("Sri", 45, 40),
        spot("~", 75, 40),
        spot("5", 115, 40),
        spot("xx", 25, 25, confidence=0.3),
    ]
    engine = Reciter([over(page), found])
    read_page = read(engine, tmp_path, page)
    assert [layout for _image, _dpi, layout in engine.seen] == [Layout.PAGE, Layout.BLOCK]
    assert read_page.text == "semua\nSri 5"
    box = list(read_page.words)[1].box
    assert box.left == pytest.approx(1000 * area[0] / page.width, abs=20)
    assert isinstance(box, Box)


def test_a_second_look_does_not_say_words_twice(tmp_path: Path) -> None:
    page, area = with_block(sheet())
    known = Spot("Sri", area[0], area[1], area[0] + 60, area[1] + 40, 0.9, 5)
    again = [spot("Sri", 45, 50), spot("Wahyuningsih", 145, 50)]
    assert read(Reciter([[*over(page), known], again]), tmp_path, page).text.count("Sri") == 1


def test_a_second_look_that_fails_costs_nothing(tmp_path: Path) -> None:
    page, _area = with_block(sheet())
    for error in (OcrFailed(), OcrTimeout()):
        assert read(Reciter([over(page), error]), tmp_path, page).text == "semua"


def found_gaps(page: Image.Image, spots: list[Spot]) -> list[Area]:
    return gaps(unread(page, spots, 200), spots)


def test_the_grid_of_a_table_is_no_gap_but_a_word_in_it_is() -> None:
    page = sheet(lines=[])
    draw = ImageDraw.Draw(page)
    for step in range(8):
        draw.line((100, 700 + 48 * step, 1500, 702 + 48 * step), fill=0, width=3)
    for left in (100, 190, 800, 1100, 1500):
        draw.line((left, 700, left + 2, 700 + 48 * 7), fill=0, width=3)
    assert found_gaps(page, []) == []
    draw.text((400, 706), "Wahyuningsih", fill=0, font_size=34)
    (found,) = found_gaps(page, [])
    assert found[0] <= 400
    assert found[2] >= 590


def test_crests_rules_and_what_was_read_are_no_gaps() -> None:
    page = sheet(lines=[])
    draw = ImageDraw.Draw(page)
    draw.ellipse((100, 100, 400, 380), fill=0)
    draw.rectangle((100, 1000, 1500, 1008), fill=0)
    draw.rectangle((100, 1200, 1500, 1800), outline=0, width=3)
    assert found_gaps(page, []) == []
    page, area = with_block(page)
    assert len(found_gaps(page, [])) == 1
    assert found_gaps(page, [Spot("ada", *area)]) == []
