"""The lines of a page around a value, with the value marked; and a place on it, said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from arsip.cli.render import Screen, plain
from arsip.model import Box, Line, PageText, Word
from arsip.words import _

BESIDE: Final = 2
"""Rows that are shown above and below a value."""
HEAD: Final = 9
"""Rows of the first page that are shown where a value is missing."""
_SLACK: Final = 4
"""In 1/1000 of the page: how far outside the box the middle of one of its words may lie."""
_WHOLE: Final = 1000
"""Of a page's width and height."""
_GAP: Final = "   "
"""Between what stands apart in one row."""


class Piece(NamedTuple):
    """Words side by side, all of the value or all beside it; apart: a gap is before them."""

    text: str
    marked: bool
    apart: bool = False


class Row(NamedTuple):
    """What stands in one row of a page, from left to right."""

    page: int
    pieces: tuple[Piece, ...]

    @property
    def marked(self) -> bool:
        """Whether some of the value stands in it."""
        return any(piece.marked for piece in self.pieces)

    @property
    def text(self) -> str:
        """One line, the value between « and »."""
        return "".join(
            (_GAP if one.apart else " ") + (f"«{one.text}»" if one.marked else one.text)
            for one in self.pieces
        ).strip()


def rows_around(page: PageText, box: Box) -> tuple[Row, ...]:
    """The rows of a page around a box."""
    rows = [_row(page.number, words, box) for words in _printed_rows(page)]
    marked = [place for place, row in enumerate(rows) if row.marked]
    if not marked:
        return ()
    return tuple(rows[max(marked[0] - BESIDE, 0) : marked[-1] + BESIDE + 1])


def head_rows(page: PageText) -> tuple[Row, ...]:
    """The first rows of a page."""
    return tuple(_row(page.number, words, None) for words in _printed_rows(page)[:HEAD])


def _printed_rows(page: PageText) -> list[list[Line]]:
    """The lines of a page, those side by side together, from top to bottom."""
    rows: list[list[Line]] = []
    middle = 0.0
    for line in sorted(page.lines, key=_middle):
        box = Box.around(word.box for word in line)
        if rows and _middle(line) - middle < max(box.bottom - box.top, 2) / 2:
            rows[-1].append(line)
        else:
            rows.append([line])
            middle = _middle(line)
    return [sorted(row, key=lambda line: line[0].box.left) for row in rows]


def _middle(line: Line) -> float:
    box = Box.around(word.box for word in line)
    return (box.top + box.bottom) / 2


def _row(page: int, lines: Sequence[Line], box: Box | None) -> Row:
    pieces: list[Piece] = []
    for line in lines:
        for count, word in enumerate(line):
            marked = box is not None and _within(word, box)
            if count and pieces[-1].marked == marked:
                pieces[-1] = pieces[-1]._replace(text=f"{pieces[-1].text} {word.text}")
            else:
                pieces.append(Piece(word.text, marked, apart=bool(pieces) and not count))
    return Row(page, tuple(pieces))


def _within(word: Word, box: Box) -> bool:
    across = (word.box.left + word.box.right) / 2
    down = (word.box.top + word.box.bottom) / 2
    return (
        box.left - _SLACK <= across <= box.right + _SLACK
        and box.top - _SLACK <= down <= box.bottom + _SLACK
    )


def rows_told(screen: Screen, rows: Sequence[Row]) -> None:
    """The rows below each other, the value strong where there is colour, and between marks."""
    for row in rows:
        screen.show("   ", *(_shown(screen, one) for one in row.pieces))


def _shown(screen: Screen, one: Piece) -> str:
    gap = _GAP if one.apart else " "
    return gap + (screen.strong(f"«{one.text}»") if one.marked else plain(one.text))


def place_said(page: int | None, box: Box | None) -> str:
    """A place for a person: ``page 1, top right``; empty when there is none."""
    if page is None:
        return ""
    where = _("page {pages}").format(pages=page)
    return where if box is None else f"{where}, {_corner(box)}"


def _corner(box: Box) -> str:
    """The part of the page, in nine, that a box lies in; a wide one lies on no side."""
    down = min((box.top + box.bottom) * 3 // (2 * _WHOLE), 2)
    across = min((box.left + box.right) * 3 // (2 * _WHOLE), 2)
    side = 1 if (box.right - box.left) * 2 > _WHOLE else across
    return (
        (_("top left"), _("top"), _("top right")),
        (_("on the left"), _("in the middle"), _("on the right")),
        (_("bottom left"), _("bottom"), _("bottom right")),
    )[down][side]
