"""What is told of a page while its paper is at hand, and what is not."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arsip.model import PENDING, Box, Doubt, Line, PageText, Treatment, Word
from arsip.scan.doubts import doubts

LEFT, RIGHT = 118, 880
"""Where the lines of a letter begin and end."""


def line(
    number: int, *, left: int = LEFT, right: int = RIGHT, sure: float = 0.95, top: int = 100
) -> Line:
    """Five words that fill a line."""
    step = (right - left) // 5
    at = top + 20 * number
    return tuple(
        Word("undangan", Box(left + step * n, at, left + step * (n + 1), at + 12), sure)
        for n in range(5)
    )


def page(*lines: Line, confidence: float = 0.95, **options: Any) -> PageText:
    read = PageText(
        2,
        lines=lines or tuple(line(number) for number in range(20)),
        engine="tesseract 5.5.2 ind+eng",
        confidence=confidence,
        width=595.0,
        height=842.0,
    )
    return read._replace(**options)


def reasons(read: PageText) -> list[str]:
    return [doubt.reason for doubt in doubts(read)]


def test_nothing_is_told_of_a_page_that_came_out_well() -> None:
    assert doubts(page()) == ()


def test_a_page_without_words_is_told_with_the_reason_alone() -> None:
    assert doubts(page(unread="timeout", turn=90)) == (Doubt(2, "unread", "timeout"),)
    assert doubts(page(unread=PENDING)) == (Doubt(2, "pending"),)


def test_a_sheet_without_ink_is_blank_and_one_with_ink_but_no_word_is_not() -> None:
    assert doubts(PageText(2, blank=True)) == (Doubt(2, "blank"),)
    assert doubts(PageText(2, blank=True, engine="tesseract")) == (Doubt(2, "wordless"),)


def test_what_is_hard_to_read_is_told_and_faint_print_only_where_it_is_hard_to_read() -> None:
    faint = Treatment(depth=0.7)
    assert reasons(page(confidence=0.6)) == ["unsure"]
    assert reasons(page(confidence=0.8, treatment=faint)) == ["faint"]
    assert reasons(page(confidence=0.95, treatment=faint)) == []


def test_the_little_ink_of_a_last_page_does_not_make_it_faint() -> None:
    assert reasons(page(line(1), confidence=0.8, treatment=Treatment(depth=0.9))) == []


def test_a_page_that_was_put_right_says_by_how_much() -> None:
    assert doubts(page(turn=180)) == (Doubt(2, "turned", "180"),)


@pytest.mark.parametrize("edge", ["left", "right"])
def test_lines_that_run_over_a_side_are_cut_off(edge: str) -> None:
    left, right = (0, RIGHT) if edge == "left" else (LEFT, 1000)
    cut = [line(number, left=left, right=right) for number in range(3)]
    assert reasons(page(*cut)) == ["cut_off"]
    assert reasons(page(*cut[:2], line(5))) == []


def test_the_edge_of_a_page_that_lay_askew_moved_when_it_was_straightened() -> None:
    cut = [line(number, left=10) for number in range(3)]
    assert reasons(page(*cut, skew=2.0)) == ["cut_off"]
    assert reasons(page(*cut)) == []


def test_a_row_that_is_cut_in_half_at_the_top_or_bottom_is_seen_by_the_doubtful_words_of_it() -> (
    None
):
    assert reasons(page(line(0, top=0, sure=0.3), line(9))) == ["cut_off"]
    assert reasons(page(line(0, top=990, sure=0.6), line(9))) == ["cut_off"]
    assert reasons(page(line(0, top=0, sure=0.3)[:4], line(9))) == []


def test_dirt_at_an_edge_is_no_print() -> None:
    dirt = tuple((Word("|", Box(0, at, 2, at + 9), 0.9),) for at in range(100, 900, 100))
    assert reasons(page(*dirt, line(9))) == []


def test_the_edge_of_a_photo_is_not_that_of_the_sheet() -> None:
    cut = [line(number, left=0) for number in range(3)]
    assert reasons(page(*cut, treatment=Treatment(steps=("flattened",)))) == []


def test_a_digital_page_is_as_it_was_made() -> None:
    cut = [line(number, left=0) for number in range(3)]
    assert reasons(page(*cut, origin="text", confidence=0.1)) == []


share = st.floats(0, 1)
permille = st.integers(0, 1000)
words = st.builds(Word, st.text(max_size=4), st.builds(Box, *[permille] * 4), share)


@given(
    st.builds(
        PageText,
        number=st.integers(1, 9),
        lines=st.lists(st.lists(words, min_size=1, max_size=6).map(tuple), max_size=6).map(tuple),
        origin=st.sampled_from(["ocr", "text"]),
        engine=st.sampled_from(["", "tesseract"]),
        confidence=share,
        width=st.floats(0, 5000),
        height=st.floats(0, 5000),
        turn=st.sampled_from([0, 90, 180, 270]),
        skew=st.floats(-45, 45),
        blank=st.booleans(),
        unread=st.sampled_from(["", PENDING, "timeout"]),
        treatment=st.builds(Treatment, depth=share, steps=st.just(())),
    )
)
def test_any_page_gives_doubts_about_itself_each_once(read: PageText) -> None:
    found = doubts(read)
    assert {doubt.page for doubt in found} <= {read.number}
    assert len({doubt.reason for doubt in found}) == len(found)
