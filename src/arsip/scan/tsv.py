"""What Tesseract answers, as a program and as a library alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from arsip.scan.engine import OcrFailed, Spot

_PAGE, _WORD = "1", "5"
"""Levels of the rows of a page and of a word; between them stand block, paragraph and line."""

_COLUMNS = 12
"""level, page, block, paragraph, line, word; left, top, width, height; confidence, text."""


def pages(table: str, count: int) -> list[list[Spot]]:
    """The words of a TSV answer, image by image; what has no letters and no box is left out.

    Raises:
        OcrFailed: it does not tell of so many images.
    """
    rows = [row.split("\t", _COLUMNS - 1) for row in table.split("\n")]
    numbers = [cells[1] for cells in rows if cells[0] == _PAGE]
    if len(numbers) != count:
        raise OcrFailed(f"{len(numbers)} of {count} images")
    return [list(_words(cells for cells in rows if cells[1:2] == [number])) for number in numbers]


def _words(rows: Iterable[list[str]]) -> Iterator[Spot]:
    runs: dict[tuple[str, ...], int] = {}
    for cells in rows:
        if cells[0] != _WORD or len(cells) < _COLUMNS or not cells[-1].strip():
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
