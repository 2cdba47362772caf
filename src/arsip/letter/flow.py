"""The whole letter as one text that knows where each letter of it stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from arsip.letter.rows import Place, Row, Strip, place


@dataclass(frozen=True, slots=True)
class Flow:
    """All strips in reading order: a tab between two of one row, a line end between rows.

    Attributes:
        text: of the whole letter.
        strips: what it is made of.
        starts: where each strip begins in the text.
    """

    text: str
    strips: tuple[Strip, ...]
    starts: tuple[int, ...]

    @staticmethod
    def of(rows: Sequence[Row]) -> Flow:
        """The flow of these rows."""
        parts: list[str] = []
        strips: list[Strip] = []
        starts: list[int] = []
        at = 0
        for row in rows:
            for cell in row.cells:
                strips.append(cell)
                starts.append(at)
                parts.append(cell.text)
                at += len(cell.text) + 1
        text = "".join(
            part + ("\t" if after and after.row == strip.row else "\n")
            for part, strip, after in zip(parts, strips, [*strips[1:], None], strict=True)
        )
        return Flow(text, tuple(strips), tuple(starts))

    def strip_at(self, position: int) -> Strip:
        """The strip that holds this position of the text."""
        return self.strips[max(bisect_right(self.starts, position) - 1, 0)]

    def row_at(self, position: int) -> int:
        """The row that holds this position of the text."""
        return self.strip_at(position).row

    def cut(self, start: int, end: int) -> Strip:
        """A part of the text as far as it stands in the strip that it begins in."""
        at = max(bisect_right(self.starts, start) - 1, 0)
        strip, first = self.strips[at], self.starts[at]
        return strip.cut(start - first, min(end - first, len(strip.text)))

    def start_of_row(self, row: int) -> int:
        """Where a row begins in the text; its length when there is no such row."""
        for strip, start in zip(self.strips, self.starts, strict=True):
            if strip.row >= row:
                return start
        return len(self.text)

    def place(self, start: int, end: int) -> Place:
        """Where a part of the text stands on the page it begins on."""
        first = max(bisect_right(self.starts, start) - 1, 0)
        touched = []
        for strip, at in zip(self.strips[first:], self.starts[first:], strict=True):
            if at >= end:
                break
            touched.append(strip.cut(max(start - at, 0), min(end - at, len(strip.text))))
        return place(touched)
