"""Styled text on lines that fit."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from arsip.cli.flow import NARROWEST, Run, lines

STYLED = st.lists(st.tuples(st.text("ab 字́", max_size=30), st.sampled_from(["", "strong"])))


def told(*runs: Run, width: int, indent: int = 0) -> list[str]:
    return ["".join(text for text, _ in line) for line in lines(runs, width=width, indent=indent)]


def test_lines_break_between_words_and_the_others_are_indented() -> None:
    text = "Permintaan Data Ruang Kelas Rusak"
    assert told((text, ""), width=20, indent=2) == ["Permintaan Data", "  Ruang Kelas Rusak"]


def test_a_word_longer_than_the_line_is_broken() -> None:
    assert told(("a" * 45, ""), width=20) == ["a" * 20, "a" * 20, "a" * 5]


def test_a_style_goes_on_on_the_next_line() -> None:
    [first, second] = lines([("satu dua ", ""), ("tiga empat lima", "strong")], width=20, indent=1)
    assert first == (("", ""), ("satu dua ", ""), ("tiga empat", "strong"))
    assert second == ((" ", ""), ("lima", "strong"))


def test_wide_signs_take_two_columns_and_marks_none() -> None:
    assert told(("字" * 11, ""), width=20) == ["字" * 10, "字"]
    assert told(("e\u0301" * 20, ""), width=20) == ["e\u0301" * 20]


@given(STYLED, st.integers(0, 60))
def test_nothing_but_gaps_is_lost(runs: list[Run], width: int) -> None:
    whole = "".join(text for text, _ in runs)
    lines_ = told(*runs, width=width)
    assert "".join(lines_).replace(" ", "") == whole.replace(" ", "")
    assert all(len(line) <= max(width, NARROWEST) + line.count("\u0301") for line in lines_)
