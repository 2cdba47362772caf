"""What of a line that was looked for by itself is believed."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from PIL import Image, ImageDraw

from arsip.scan.again import Part, parts
from arsip.scan.clean import Clean
from arsip.scan.engine import Spot
from arsip.scan.mend import mended
from tests.scan.paper import font, scrawled

DPI = 200
BLANK = Image.new("L", (400, 60), 255)
NOMOR = Spot("Nomor", 100, 300, 200, 330, 0.95, 1)
NAME = (Spot("Siti", 300, 690, 360, 725, 0.9), Spot("Rahayu", 370, 690, 470, 725, 0.8))


def after(*words: Spot, page: tuple[Spot, ...] = (NOMOR,)) -> list[str]:
    """The page after these words were read of a line where none was."""
    line = Part(BLANK, 280, 680)
    return [spot.text for spot in mended(page, [line], [[words]])]


def test_a_line_is_taken_as_a_whole_with_its_doubtful_word() -> None:
    doubtful = Spot("Xutri", 480, 690, 560, 725, 0.3)
    assert after(*NAME, doubtful) == ["Nomor", "Siti", "Rahayu", "Xutri"]


def test_ends_of_strokes_beside_it_are_no_words_of_a_line() -> None:
    before, behind = Spot("V.", 290, 690, 298, 725, 0.1), Spot("S", 480, 690, 490, 725, 0.3)
    assert after(before, *NAME, behind) == ["Nomor", "Siti", "Rahayu"]


@pytest.mark.parametrize(
    "words",
    [
        (),
        (Spot("Sena", 300, 690, 360, 725, 0.1),),
        (Spot("I", 300, 690, 310, 725, 0.9),),
        (Spot("4", 300, 690, 310, 725, 0.9),),
    ],
    ids=["nothing", "a guess", "one sign", "one digit"],
)
def test_a_signature_is_no_line(words: tuple[Spot, ...]) -> None:
    assert after(*words) == ["Nomor"]


def test_it_stands_instead_of_guesses_that_were_made_there() -> None:
    guess, stroke = Spot("ae", 290, 650, 480, 760, 0.2, 2), Spot("F", 280, 500, 480, 730, 0.2, 2)
    assert after(*NAME, page=(NOMOR, guess)) == ["Nomor", "Siti", "Rahayu"]
    assert after(*NAME, page=(NOMOR, stroke)) == ["Nomor", "Siti", "Rahayu"]
    sure = Spot("Siti", 300, 690, 360, 725, 0.9, 2)
    assert after(*NAME, page=(NOMOR, sure)) == ["Nomor", "Siti", "Rahayu"]


def test_the_best_reading_of_a_line_is_kept() -> None:
    old = (Spot("Sifi", 300, 690, 360, 725, 0.5, 2), Spot("Rahayu", 370, 690, 470, 725, 0.8, 2))
    part = Part(BLANK, 280, 680, old)
    worse = [Spot("Sit1", 300, 690, 360, 725, 0.6), NAME[1]]
    page = mended([NOMOR, *old], [part], [[worse, list(NAME)]])
    assert [spot.text for spot in page] == ["Nomor", "Siti", "Rahayu"]


def test_rules_of_a_table_are_no_words_of_a_better_reading() -> None:
    old = (Spot("Sifi", 300, 690, 360, 725, 0.5, 2), Spot("Rahayu", 370, 690, 470, 725, 0.8, 2))
    rule = Spot("|", 362, 690, 366, 725, 0.9)
    page = mended([NOMOR, *old], [Part(BLANK, 280, 680, old)], [[[NAME[0], rule, NAME[1]]]])
    assert [spot.text for spot in page] == ["Nomor", "Siti", "Rahayu"]


def test_a_reading_that_only_glues_words_is_no_better() -> None:
    old = (
        Spot("Hal", 100, 690, 160, 725, 0.9, 2),
        Spot(":", 290, 690, 296, 725, 0.3, 2),
        Spot("Undangan", 300, 690, 470, 725, 0.7, 2),
    )
    glued = Spot("HalUndangan", 100, 690, 470, 725, 0.97)
    assert mended(old, [Part(BLANK, 80, 680, old)], [[[glued]]]) == list(old)


def test_a_word_that_stands_there_already_is_not_said_twice() -> None:
    scrawl = Spot("Fy", 290, 640, 480, 770, 0.1, 3)
    page = (*NAME, scrawl)
    again = [replace(word, left=word.left + 2) for word in NAME]
    read = mended(page, [Part(BLANK, 280, 640, (scrawl,), goes_on=True)], [[again]])
    assert [word.text for word in read] == ["Siti", "Rahayu"]


def test_halves_of_a_word_are_put_together() -> None:
    old = (Spot("Wi", 100, 690, 140, 725, 0.9, 2), Spot("bowo", 145, 690, 240, 725, 0.7, 2))
    whole = Spot("Wibowo", 100, 690, 240, 725, 0.97)
    assert [w.text for w in mended(old, [Part(BLANK, 80, 680, old)], [[[whole]]])] == ["Wibowo"]


def test_a_word_that_two_engines_read_alike_is_surer() -> None:
    old = (Spot("Sifi", 300, 690, 360, 725, 0.3, 2), Spot("Rahyu", 370, 690, 470, 725, 0.5, 2))
    part = Part(BLANK, 280, 680, old)
    alike = [NAME[0], Spot("Ranayu", 370, 690, 470, 725, 0.4)]
    (first, second) = mended(old, [part], [[alike, list(NAME)]])
    assert (first.text, second.text) == ("Siti", "Rahayu")
    assert first.confidence == pytest.approx(0.99)
    assert second.confidence == 0.8


def signed() -> Clean:
    """A page with a name that a pen has been over, and its rank below."""
    page = Image.new("L", (1000, 1000), 255)
    draw = ImageDraw.Draw(page)
    draw.text((300, 695), "Siti Rahayu", fill=0, font=font(34))
    scrawled(draw, (320, 600, 520, 760))
    draw.text((200, 745), "Pembina", fill=0, font=font(34))
    return Clean(page, DPI, page)


RANK = Spot("Pembina", 200, 750, 340, 778, 0.95, 5)


def test_a_line_of_print_is_found_under_a_pens_strokes() -> None:
    page = signed()
    found = parts(page, [RANK], lambda: page.image)
    block, *lines = [part for part in found if not part.words]
    assert block.block
    assert all(line.single and not line.on_sheet for line in lines)
    name = next(line for line in lines if line.top < 712 < line.top + line.image.height)
    assert name.top > 670
    assert name.top + name.image.height < 755
    assert name.left < RANK.left, "its first word may begin where the line below it does"


def test_a_word_in_the_middle_of_a_line_that_was_not_seen_makes_it_worth_a_look() -> None:
    page = Image.new("L", (1000, 1000), 255)
    draw = ImageDraw.Draw(page)
    draw.text((100, 695), "Joko", fill=0, font=font(34))
    draw.text((200, 695), "Maya", fill=0, font=font(34))
    draw.text((310, 695), "Siregar", fill=0, font=font(34))
    seen = [Spot("Joko", 100, 700, 178, 730, 0.95, 1), Spot("Siregar", 310, 700, 425, 730, 0.95, 1)]
    (line,) = [part for part in parts(Clean(page, DPI, page), seen, lambda: page) if part.words]
    assert line.goes_on
    whole = [*seen, Spot("Maya", 200, 700, 290, 730, 0.95, 1)]
    assert not [part for part in parts(Clean(page, DPI, page), whole, lambda: page) if part.words]
    assert math.isclose(line.left, 70, abs_tol=12)
