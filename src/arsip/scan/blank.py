"""Whether a page is blank: dust, punch holes and the print of the other side are no letter."""

from __future__ import annotations

from PIL import Image, ImageStat

from arsip.scan.cells import Cell, filled, groups

LITTLE_INK = 0.003
"""Share of ink below which a page may be blank; a page with one line of copies has 0.0007."""

_CELLS_PER_INCH = 20
_INKED = 26
"""Mean ink of a cell, of 255, from which something stands there: a speck does not fill as much."""
_LEAST_WIDE, _LEAST_HIGH = 8, 2
"""Cells: a word is as wide and high. On 46 blank backs nothing was wider than 6, a punch hole; a
rule is not as high."""
_MARGIN = 0.04
"""Of each side that is not looked at: lids and torn edges are black there."""


def is_blank(mask: Image.Image, dpi: float) -> bool:
    """Whether there is next to no ink, and nothing of it as long as a word.

    Args:
        mask: ink of the page, mode L.
        dpi: of the mask.
    """
    if ImageStat.Stat(mask).mean[0] / 255 >= LITTLE_INK:
        return False
    wide, high = round(mask.width * _MARGIN), round(mask.height * _MARGIN)
    inner = mask.crop((wide, high, mask.width - wide, mask.height - high))
    cells = inner.reduce(max(1, round(dpi / _CELLS_PER_INCH)))
    return not any(_is_long(group) for group in groups(filled(cells, _INKED)))


def _is_long(group: set[Cell]) -> bool:
    across, down = [x for x, _y in group], [y for _x, y in group]
    wide, high = max(across) - min(across) + 1, max(down) - min(down) + 1
    return max(wide, high) >= _LEAST_WIDE and min(wide, high) >= _LEAST_HIGH
