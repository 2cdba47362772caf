"""What is read a second time, and what of it is believed."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw, ImageStat

from arsip.scan import again as looks
from arsip.scan.again import Part, off_sheet, on_one_sheet
from arsip.scan.clean import Clean
from arsip.scan.engine import Spot
from arsip.scan.mend import mended
from tests.scan.paper import font

DPI = 200
SURE_LINE = (Spot("Nomor", 100, 300, 200, 330, 0.95, 1), Spot("12/A", 220, 300, 300, 330, 0.9, 1))
UNSURE = (Spot("Wahy", 100, 700, 190, 730, 0.6, 2), Spot("#ngsih", 200, 700, 330, 730, 0.5, 2))


def signed() -> Image.Image:
    """A name in black."""
    page = Image.new("L", (1000, 1000), 240)
    ImageDraw.Draw(page).text((100, 695), "Wahyuningsih", fill=20, font=font(36))
    return page


def stamped() -> Image.Image:
    """The name with the grey rim of a stamp around its front."""
    page = signed()
    ImageDraw.Draw(page).ellipse((60, 600, 240, 780), outline=150, width=6)
    return ImageChops.darker(page, signed())


WHITE = Image.new("L", (1000, 1000), 255)
EMPTY = Clean(WHITE, DPI, WHITE)
"""A page on which nothing is left once its words are covered."""


def parts(*spots: Spot, page: Clean = EMPTY) -> list[Part]:
    return looks.parts(page, spots, stamped)


def again(*words: Spot, old: tuple[Spot, ...] = UNSURE) -> list[Spot]:
    """The page after its doubtful line was read as these words, where they lie on the page."""
    found = parts(*SURE_LINE, *old)
    _sheet, tops = on_one_sheet(found, DPI)
    across, down = tops[0] - found[0].left, tops[0] - found[0].top
    on_sheet = [shifted(word, across, down) for word in words]
    return read_once([*SURE_LINE, *old], found, tops, on_sheet)


def read_once(
    spots: Sequence[Spot], found: Sequence[Part], tops: Sequence[int], words: Sequence[Spot]
) -> list[Spot]:
    """The page after its parts were read with one engine."""
    return mended(spots, found, [[part] for part in off_sheet(found, tops, words)])


def shifted(word: Spot, across: int, down: int) -> Spot:
    return Spot(
        word.text,
        word.left + across,
        word.top + down,
        word.right + across,
        word.bottom + down,
        word.confidence,
        word.run,
    )


def test_only_lines_in_doubt_are_read_again_and_the_page_in_grey_is_made_for_them_alone() -> None:
    (part,) = parts(*SURE_LINE, *UNSURE)
    assert part.words == UNSURE
    assert (part.left, part.top) < (100, 700)

    def never() -> Image.Image:
        raise AssertionError

    assert looks.parts(EMPTY, SURE_LINE, never) == []
    assert looks.parts(EMPTY, UNSURE, never, well=True) == []
    assert looks.parts(EMPTY, [], never) == []


def test_scratches_without_a_letter_and_things_higher_than_a_line_are_no_lines() -> None:
    scratch = Spot("~|", 100, 700, 190, 730, 0.1, 2)
    crest = Spot("Ga", 100, 400, 300, 900, 0.1, 3)
    assert parts(*SURE_LINE, scratch, crest) == []


def test_a_stamp_that_is_lighter_than_the_print_is_gone_from_the_line() -> None:
    (part,) = parts(*SURE_LINE, *UNSURE)
    (plain,) = looks.parts(EMPTY, [*SURE_LINE, *UNSURE], signed)
    ink = ImageStat.Stat(ImageChops.invert(plain.image)).sum[0]
    left = ImageStat.Stat(ImageChops.difference(part.image, plain.image)).sum[0]
    assert ink > 0
    assert left < 0.03 * ink


def test_a_line_that_ink_goes_on_is_read_as_a_whole_and_may_be_a_little_less_sure() -> None:
    end = Spot("ngsih", 230, 700, 330, 730, 0.95, 2)
    gap, line = parts(*SURE_LINE, end, page=Clean(signed(), DPI, WHITE))
    assert not gap.words
    assert line.words == (end,)
    assert line.left < 105
    name = Spot("Wahyuningsih", 100, 700, 330, 730, 0.85)
    sheet, tops = on_one_sheet([gap, line], DPI)
    found = shifted(name, tops[0] - line.left, tops[1] - line.top)
    page = read_once([*SURE_LINE, end], [gap, line], tops, [found])
    assert [spot.text for spot in page] == ["Nomor", "12/A", "Wahyuningsih"]
    assert sheet.width > line.image.width


END = Spot("ngsih", 230, 700, 330, 730, 0.95, 2)


def test_a_line_goes_on_in_ink_right_beside_it_that_is_a_part_of_something_large() -> None:
    page = signed()
    ImageDraw.Draw(page).rectangle((100, 400, 330, 698), fill=20)
    (line,) = parts(*SURE_LINE, END, page=Clean(page, DPI, WHITE))
    assert line.goes_on
    assert line.left < 105


def test_two_parts_of_a_row_with_ink_between_them_are_one_line() -> None:
    front = Spot("Wahy", 100, 700, 160, 730, 0.95, 3)
    _gap, line = parts(*SURE_LINE, front, END, page=Clean(signed(), DPI, WHITE))
    assert line.words == (front, END)
    assert line.crossed


def test_a_stroke_that_was_taken_for_a_high_word_hides_nothing() -> None:
    scrawl = Spot("Fy", 95, 640, 225, 760, 0.3, 3)
    found = parts(*SURE_LINE, END, scrawl, page=Clean(signed(), DPI, WHITE))
    (line,) = (part for part in found if part.words == (END,))
    assert line.left < 105


def test_a_pens_stroke_in_one_word_makes_the_part_no_higher() -> None:
    stroke = Spot("Hh", 340, 600, 400, 730, 0.2, 2)
    (plain,), (crossed,) = parts(*SURE_LINE, *UNSURE), parts(*SURE_LINE, *UNSURE, stroke)
    assert (crossed.top, crossed.image.height) == (plain.top, plain.image.height)


def test_beside_a_line_only_sure_words_are_believed() -> None:
    name = Spot("Wahyuningsih", 101, 699, 331, 731, 0.9)
    scrap, sure = Spot("NG", 40, 700, 80, 730, 0.3), Spot("Hj.", 40, 700, 80, 730, 0.9)
    assert [spot.text for spot in again(scrap, name)] == ["Nomor", "12/A", "Wahyuningsih"]
    assert [spot.text for spot in again(sure, name)] == ["Nomor", "12/A", "Hj.", "Wahyuningsih"]


def test_a_reading_without_a_sure_word_is_of_a_signature() -> None:
    scrawl = (Spot("sarana?", 100, 700, 330, 730, 0.25, 2),)
    slash, scraps = Spot("/", 100, 700, 110, 730, 0.9), Spot("ONsarana", 120, 700, 330, 730, 0.5)
    assert again(slash, scraps, old=scrawl) == [*SURE_LINE, *scrawl]


def test_a_surer_reading_takes_the_place_of_a_line_and_lies_where_it_stands() -> None:
    name = Spot("Wahyuningsih", 101, 699, 331, 731, 0.9)
    page = again(name)
    assert [spot.text for spot in page] == ["Nomor", "12/A", "Wahyuningsih"]
    assert (page[-1].left, page[-1].top, page[-1].run) == (101, 699, UNSURE[0].run)


@pytest.mark.parametrize(
    "words",
    [
        (),
        (Spot("Wahy", 100, 700, 190, 730, 0.95),),
        (Spot("Wahyuningsih", 100, 700, 330, 730, 0.4),),
        (Spot("Wahyuningsih", 100, 500, 330, 530, 0.9),),
    ],
    ids=["nothing", "a part of it", "less sure", "beside the line"],
)
def test_a_reading_that_says_less_or_is_less_sure_changes_nothing(words: tuple[Spot, ...]) -> None:
    assert again(*words) == [*SURE_LINE, *UNSURE]


def test_a_word_of_a_gap_gives_way_to_the_line_that_has_it_too() -> None:
    end = Spot("ngsih", 230, 700, 330, 730, 0.95, 2)
    gap, line = parts(end, page=Clean(signed(), DPI, WHITE))
    _sheet, tops = on_one_sheet([gap, line], DPI)
    front = Spot("Wahyuni", 105, 700, 220, 730, 0.9)
    name = Spot("Wahyuningsih", 100, 700, 330, 730, 0.85)
    found = [
        shifted(front, tops[0] - gap.left, tops[0] - gap.top),
        shifted(name, tops[0] - line.left, tops[1] - line.top),
    ]
    assert [spot.text for spot in read_once([end], [gap, line], tops, found)] == ["Wahyuningsih"]


def test_a_line_that_was_read_again_takes_no_words_from_another_one() -> None:
    front = Spot("Wahy", 100, 700, 220, 730, 0.5, 2)
    end = Spot("ngsih", 230, 700, 330, 730, 0.5, 3)
    found = parts(front, end)
    _sheet, tops = on_one_sheet(found, DPI)
    again = [
        shifted(word, tops[0] - part.left, top - part.top)
        for part, top, word in zip(
            found,
            tops,
            (Spot("Wahyu", 100, 700, 220, 730, 0.9), Spot("ningsih", 150, 700, 330, 730, 0.9)),
            strict=True,
        )
    ]
    page = read_once([front, end], found, tops, again)
    assert [spot.text for spot in page] == ["Wahyu", "ningsih"]


ITEM = Spot("Kepala", 200, 700, 330, 730, 0.95, 2)


def itemised(left: int = 140, *, border: bool = False) -> Clean:
    """A page with the number of an item before where ITEM stands, or the border of a table."""
    page = Image.new("L", (1000, 1000), 255)
    if border:
        ImageDraw.Draw(page).line((left, 500, left, 900), fill=0, width=8)
    else:
        ImageDraw.Draw(page).text((left, 695), "2.", fill=0, font=font(36))
    return Clean(page, DPI, page)


def numbered(*words: Spot, line: tuple[Spot, ...] = (ITEM,)) -> list[str]:
    """The words of the line after it was read again as these, the number of its item unread."""
    found = parts(*line, page=itemised())
    _sheet, tops = on_one_sheet(found, DPI)
    across, down = tops[0] - found[0].left, tops[0] - found[0].top
    page = read_once(line, found, tops, [shifted(word, across, down) for word in words])
    return [spot.text for spot in sorted(page, key=lambda spot: spot.left)]


NUMBER = Spot("2.", 140, 700, 170, 730, 0.8)


def test_a_line_with_ink_before_it_is_read_again_for_its_number_though_it_was_read_well() -> None:
    (part,) = looks.parts(itemised(), [ITEM], signed, well=True)
    assert part.numbered
    assert part.left < 140
    assert numbered(NUMBER, Spot("Kepla", 200, 700, 330, 730, 0.99)) == ["2.", "Kepala"]


@pytest.mark.parametrize(
    "word",
    [
        Spot("2.", 140, 700, 170, 730, 0.5),
        Spot("ba", 140, 700, 170, 730, 0.9),
        Spot("2.", 190, 700, 230, 730, 0.9),
    ],
    ids=["unsure", "no number", "within the line"],
)
def test_what_is_no_number_before_the_line_is_not_put_there(word: Spot) -> None:
    assert numbered(word) == ["Kepala"]
    assert numbered() == ["Kepala"]


def test_the_full_stop_that_was_left_of_a_number_goes_with_it() -> None:
    dot = Spot(".", 162, 724, 166, 730, 0.9, 2)
    assert numbered(NUMBER, line=(dot, ITEM)) == ["2.", "Kepala"]
    assert numbered(line=(dot, ITEM)) == [".", "Kepala"]


def test_borders_and_what_stands_far_before_a_line_are_no_numbers() -> None:
    assert parts(ITEM, page=itemised(border=True)) == []
    assert parts(ITEM, page=itemised(left=20)) == []
    assert parts(Spot("--", 200, 700, 330, 730, 0.95), page=itemised()) == []


WORDS = st.lists(
    st.builds(
        Spot,
        st.text("abn1/. ", min_size=1, max_size=8),
        st.floats(0, 900),
        st.floats(0, 900),
        st.floats(901, 999),
        st.floats(901, 999),
        st.floats(0, 1),
        st.integers(0, 3),
    ),
    max_size=6,
)


@given(WORDS, WORDS)
def test_whatever_is_found_the_lines_that_were_sure_stay(old: list[Spot], new: list[Spot]) -> None:
    found = looks.parts(EMPTY, old, stamped)
    if not found:
        return
    sheet, tops = on_one_sheet(found, DPI)
    page = read_once(old, found, tops, new)
    doubtful = {word for part in found for word in part.words}
    assert [spot for spot in page if spot in old and spot not in doubtful] == [
        spot for spot in old if spot not in doubtful
    ]
    assert sheet.height > tops[-1]
