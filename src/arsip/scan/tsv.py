"""What Tesseract is asked for and what it answers, as a program and as a library alike."""

from __future__ import annotations

from collections.abc import Iterator

from arsip.scan.engine import Spot

PAGE, BLOCK = 3, 6
"""Page segmentation modes: find the layout, or take it as one block. Others were tried on whole
pages: 6 loses 5 % of the words of tables, 4 breaks columns, 1 costs a quarter more."""

_WORD = "5\t"
"""How the row of a word begins; before it stand those of its page, block, paragraph and line."""

_COLUMNS = 12
"""level, page, block, paragraph, line, word; left, top, width, height; confidence, text."""


def words(table: str) -> Iterator[Spot]:
    """The words of a TSV answer; what has no letters and no box is left out."""
    runs: dict[tuple[str, ...], int] = {}
    for row in table.split("\n"):
        cells = row.split("\t", _COLUMNS - 1)
        if not row.startswith(_WORD) or len(cells) < _COLUMNS or not cells[-1].strip():
            continue
        left, top, width, height = map(int, cells[6:10])
        yield Spot(
            text=cells[-1].strip(),
            left=left,
            top=top,
            right=left + width,
            bottom=top + height,
            confidence=max(0.0, float(cells[10])) / 100,
            run=runs.setdefault(tuple(cells[2:5]), len(runs)),
        )
