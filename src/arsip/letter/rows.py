"""Words -> rows -> strips: how the words of a page stand side by side, with their gaps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Final, NamedTuple

from arsip.letter.folding import clean
from arsip.model import Box, Line, PageText, Word

WIDE_GAP: Final = 2.5
"""In widths of a letter: three blanks part columns on a grid; justified prose stays below."""
SAME_ROW: Final = 0.5
"""In heights of a line: how far the middles of two lines of one row may lie apart."""
BLANK_ROW: Final = 1.6
"""In line pitches: from here on there is an empty line between two rows."""
SPACED: Final = 4
"""From four single letters on it is one letter-spaced word, not initials."""


class Place(NamedTuple):
    """Where something stands: page, box, and the mean confidence of its words."""

    page: int
    box: Box
    confidence: float


@dataclass(frozen=True, slots=True)
class Strip:
    """Neighbouring words of one row as text.

    Attributes:
        text: cleaned; words parted by one blank.
        words: those that the text is made of, at least one.
        starts: where each word begins in the text; below 0 when it is cut.
        page, row: page number and index into the rows of the whole letter.
    """

    text: str
    words: Line
    starts: tuple[int, ...]
    page: int
    row: int

    @staticmethod
    def of(words: Sequence[Word], page: int, row: int) -> Strip:
        """The strip of these words, whose texts are clean."""
        starts, at = [], 0
        for word in words:
            starts.append(at)
            at += len(word.text) + 1
        text = " ".join(word.text for word in words)
        return Strip(text, tuple(words), tuple(starts), page, row)

    def cut(self, start: int, end: int | None = None) -> Strip:
        """A part of the text with the words it touches; blanks at its ends are dropped."""
        end = len(self.text) if end is None else end
        text = self.text[start:end]
        start += len(text) - len(text.lstrip())
        text = text.strip()
        end = start + len(text)
        kept = [
            (word, at - start)
            for word, at in zip(self.words, self.starts, strict=True)
            if at < end and at + len(word.text) > start
        ] or [(self.words[-1], self.starts[-1] - start)]
        return replace(
            self,
            text=text,
            words=tuple(word for word, _ in kept),
            starts=tuple(at for _, at in kept),
        )

    @property
    def left(self) -> int:
        """Where it begins, in 1/1000 of the page."""
        return self.words[0].box.left

    @property
    def right(self) -> int:
        """Where it ends, in 1/1000 of the page."""
        return self.words[-1].box.right

    @property
    def place(self) -> Place:
        """Where it stands."""
        return place([self])


def place(strips: Sequence[Strip]) -> Place:
    """Where these strips stand on the page of the first of them."""
    words = [word for strip in strips if strip.page == strips[0].page for word in strip.words]
    return Place(
        strips[0].page,
        Box.around(word.box for word in words),
        sum(word.confidence for word in words) / len(words),
    )


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the page across all its columns.

    Attributes:
        cells: the strips between wide gaps, left to right; at least one.
        gap: distance to the row above in line pitches; large for the first row of a page.
        top: in 1/1000 of the page.
        letter: width of a letter on this page in 1/1000 of its width.
    """

    page: int
    index: int
    cells: tuple[Strip, ...]
    gap: float
    top: int
    letter: float

    @property
    def text(self) -> str:
        """All of the row."""
        return " ".join(cell.text for cell in self.cells)

    @property
    def words(self) -> Iterator[Word]:
        """All words, left to right."""
        return (word for cell in self.cells for word in cell.words)

    @property
    def whole(self) -> Strip:
        """The row as one strip."""
        return Strip.of(tuple(self.words), self.page, self.index)

    @property
    def apart(self) -> bool:
        """There is an empty line above it."""
        return self.gap >= BLANK_ROW

    @property
    def left(self) -> int:
        """Where it begins."""
        return self.cells[0].left


def rows_of(pages: Sequence[PageText]) -> tuple[Row, ...]:
    """The rows of all pages, from top to bottom."""
    rows: list[Row] = []
    for page in pages:
        rows.extend(_page_rows(page, len(rows)))
    return tuple(rows)


def _page_rows(page: PageText, first: int) -> Iterator[Row]:
    lines = [line for line in map(_clean_line, page.lines) if line]
    if not lines:
        return
    letter = _letter_width(lines)
    grid = page.engine == "txt"
    groups = [list(line) for line in lines] if grid else _merged(lines)
    groups = [_joined_spacing(sorted(group, key=lambda w: w.box.left), letter) for group in groups]
    middles = [_middle(group) for group in groups]
    pitch = _pitch(middles, groups)
    previous = None
    for at, (group, middle) in enumerate(zip(groups, middles, strict=True)):
        gap = (middle - previous) / pitch if previous is not None else 9.0
        previous = middle
        index = first + at
        cells = tuple(Strip.of(cell, page.number, index) for cell in _cells(group, letter))
        yield Row(page.number, index, cells, gap, min(w.box.top for w in group), letter)


def _clean_line(line: Line) -> list[Word]:
    words = (
        word
        if word.text.isascii() and " " not in word.text
        else word._replace(text=clean(word.text))
        for word in line
    )
    return [word for word in words if word.text.strip()]


def _letter_width(lines: Sequence[Sequence[Word]]) -> float:
    widths = [
        (word.box.right - word.box.left) / len(word.text)
        for line in lines
        for word in line
        if len(word.text) > 2  # short words measure badly
    ]
    return max(median(widths), 1.0) if widths else 10.0


def _middle(words: Sequence[Word]) -> float:
    return median((word.box.top + word.box.bottom) / 2 for word in words)


def _height(words: Sequence[Word]) -> float:
    return max(median(word.box.bottom - word.box.top for word in words), 1.0)


def _merged(lines: Sequence[list[Word]]) -> list[list[Word]]:
    """Lines that stand beside each other as one row, from top to bottom."""
    rows: list[tuple[float, float, list[Word]]] = []
    for line in sorted(lines, key=_middle):
        middle, height = _middle(line), _height(line)
        for at in range(len(rows) - 1, max(len(rows) - 4, -1), -1):
            other, other_height, words = rows[at]
            near = abs(middle - other) <= SAME_ROW * min(height, other_height)
            if near and not _overlap(line, words):
                words.extend(line)
                break
        else:
            rows.append((middle, height, list(line)))
    return [words for _, _, words in rows]


def _overlap(line: Sequence[Word], words: Sequence[Word]) -> bool:
    """Whether the two stand one above the other rather than side by side."""
    return any(
        a.box.left < b.box.right - 2 and b.box.left < a.box.right - 2 for a in line for b in words
    )


def _pitch(middles: Sequence[float], groups: Sequence[Sequence[Word]]) -> float:
    """The usual distance of two rows."""
    height = median(_height(group) for group in groups)
    steps = [b - a for a, b in pairwise(middles) if b - a > height * 0.6]
    if not steps:
        return height * 1.3
    steps.sort()
    return max(steps[len(steps) // 3], height * 0.8)


def _cells(words: Sequence[Word], letter: float) -> Iterator[list[Word]]:
    cell = [words[0]]
    for word in words[1:]:
        if word.box.left - cell[-1].box.right >= WIDE_GAP * letter:
            yield cell
            cell = []
        cell.append(word)
    yield cell


def _joined_spacing(words: list[Word], letter: float) -> list[Word]:
    """Letter-spaced words put together: ``R A H A S I A``."""
    joined: list[Word] = []
    run: list[Word] = []
    for word in words:
        if len(word.text) == 1 and word.text.isalpha():
            run.append(word)
            continue
        joined.extend(_together(run, letter))
        run = []
        joined.append(word)
    return joined + _together(run, letter)


def _together(run: list[Word], letter: float) -> list[Word]:
    if len(run) < SPACED:
        return run
    gaps = [b.box.left - a.box.right for a, b in pairwise(run)]
    wide = max(median(gaps) * 1.8, median(gaps) + 0.8 * letter)
    words, start = [], 0
    for at, gap in enumerate([*gaps, 1e9]):
        if gap > wide:
            part = run[start : at + 1]
            words.append(
                Word(
                    "".join(w.text for w in part),
                    Box.around(w.box for w in part),
                    sum(w.confidence for w in part) / len(part),
                )
            )
            start = at + 1
    return words
