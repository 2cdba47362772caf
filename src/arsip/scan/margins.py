"""The part of a page that has ink: white margins hold no word and cost Tesseract time."""

from __future__ import annotations

from PIL import Image, ImageChops

_CELLS_PER_INCH = 20
_INKED = 13
"""Mean ink of a cell, of 255, from which something stands there."""
_BORDER = 3
"""Cells of white that stay around the ink, 4 mm."""


def inked(image: Image.Image, dpi: float) -> tuple[int, int, int, int]:
    """Left, top, right, bottom in pixels of what has ink, and some white around it.

    Args:
        image: mode ``1``, white paper. A page in any other mode, whose greys do not tell ink from
            shadow, is wanted whole, and so is one without ink.
        dpi: of the image.
    """
    whole = (0, 0, image.width, image.height)
    if image.mode != "1":
        return whole
    cell = max(1, round(dpi / _CELLS_PER_INCH))
    cells = ImageChops.invert(image.convert("L")).reduce(cell)
    ink = cells.point([255 if level >= _INKED else 0 for level in range(256)]).getbbox()
    if ink is None:
        return whole
    left, top, right, bottom = ink
    return (
        max(0, (left - _BORDER) * cell),
        max(0, (top - _BORDER) * cell),
        min(image.width, (right + _BORDER) * cell),
        min(image.height, (bottom + _BORDER) * cell),
    )
