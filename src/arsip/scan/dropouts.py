"""Rows that a fax lost on the line, filled from the rows beside them."""

from __future__ import annotations

from collections.abc import Iterator

from PIL import Image, ImageChops

_MOST_ROWS = 3
_INKED = 2
"""Mean ink of a row, of 255: a word or two."""
_ALIKE = 0.35
"""Share of the ink above and below a gap that both rows have: strokes that go on."""


def rows_mended(page: Image.Image) -> Image.Image | None:
    """The page with lost rows filled; None when none is lost.

    A stripe of white through a line of letters makes Tesseract see two lines.

    Args:
        page: mode 1.
    """
    ink = ImageChops.invert(page.convert("L"))
    profile = ink.resize((1, ink.height), Image.Resampling.BOX).tobytes()
    lost = [
        (top, bottom)
        for top, bottom in _white_stripes(profile)
        if _go_on(_row(ink, top - 1), _row(ink, bottom))
    ]
    if not lost:
        return None
    mended = page.copy()
    for top, bottom in lost:
        for row in range(top, bottom):
            near = top - 1 if row - top < bottom - 1 - row else bottom
            mended.paste(page.crop((0, near, page.width, near + 1)), (0, row))
    return mended


def _white_stripes(profile: bytes) -> Iterator[tuple[int, int]]:
    """(first row, row behind the last) of each narrow white stripe between rows with ink."""
    top = 0
    for row, ink in enumerate(profile):
        if ink >= _INKED:
            if 0 < row - top <= _MOST_ROWS and top and not any(profile[top:row]):
                yield top, row
            top = row + 1


def _row(ink: Image.Image, row: int) -> int:
    """The ink of one row, a bit a pixel."""
    return int.from_bytes(ink.crop((0, row, ink.width, row + 1)).convert("1").tobytes(), "big")


def _go_on(above: int, below: int) -> bool:
    """Whether the strokes of one row go on in the other."""
    return (above & below).bit_count() >= _ALIKE * max(1, (above | below).bit_count())
