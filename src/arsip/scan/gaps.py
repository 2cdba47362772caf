"""Places with ink but no words: a stamp over a name makes Tesseract see a picture there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from PIL import Image, ImageChops, ImageDraw

from arsip.scan.cells import Cell, filled, groups
from arsip.scan.engine import Spot

Area = tuple[int, int, int, int]
"""left, top, right, bottom in pixels."""

_CELLS_PER_INCH = 20
_INKED = 13
"""Mean ink of a cell, of 255, from which something stands there."""
_LEAST_WIDE, _LEAST_HIGH = 0.3, 0.12
"""Inches: a word of five letters is as wide and high; a rule or a speck is not."""
_MOST_WIDE, _MOST_HIGH = 7.5, 2.5
_DENSITY = (0.08, 0.72)
"""Share of inked cells in the area: below it is a frame, above it a crest, a photo or a QR code."""
_READ_SHARE = 0.25
"""Share of the area under words from which it was read already."""
_LETTERHEAD = 0.17
"""Part of the page's height in which pictures are crests."""
_MOST_AREAS = 24
_RULE = 20
"""Cells in a straight row from which something thin is a rule: the grid of a table is no text."""
_BESIDE_RULE = 0.2
"""Share of a rule's cells that may have ink beside them: other rules meet it."""
_MARGIN_INCHES = 0.12
_HANGING, _LONGEST = 4, 2
"""In heights of a line: how far before it the number of its item stands; how wide that is."""
_LEAST_CELLS, _WITHIN = 2, 0.5
"""Cells of a number; share of them that is no higher and lower than the line."""
_DARK = 140
_BAND, _INK = 0.7, 255
"""In heights of a word: how much ink a line of print has in a row of pixels; its brightness."""
_MOST_BANDS = 4


@dataclass(frozen=True, slots=True)
class Unread:
    """The ink of a page that no word of its reading covers, without the rules of tables.

    Attributes:
        cells: that have ink.
        cell: pixels that a cell is wide and high.
        size: of the page in pixels.
    """

    cells: frozenset[Cell]
    cell: int
    size: tuple[int, int]

    def within(self, line: tuple[float, float, float, float]) -> int:
        """How wide the widest ink is in the middle of a line, in pixels."""
        left, right = (round(line[at] / self.cell) for at in (0, 2))
        inked = {x for x in self._row(line) if left < x < right}
        widest = 0
        for x in inked:
            if x - 1 not in inked:
                end = x
                while end in inked:
                    end += 1
                widest = max(widest, end - x)
        return widest * self.cell

    def beside(
        self, line: tuple[float, float, float, float], apart: float, most: float
    ) -> tuple[float, float]:
        """How far ink goes on from word to word beside a line, its left and its right end.

        Args:
            line: left, top, right, bottom.
            apart: most white between two words.
            most: how far it may go on, in pixels as the others.
        """
        inked = [x * self.cell for x in sorted(self._row(line))]
        left, _top, right, _bottom = line
        ends = left, right
        for x in reversed(inked):
            if x < left and left - x - self.cell <= apart and ends[0] - x <= most:
                left = x
        for x in inked:
            if x + self.cell > right and x - right <= apart and x + self.cell - ends[1] <= most:
                right = x + self.cell
        return left, right

    def _row(self, line: tuple[float, float, float, float]) -> set[int]:
        """Where there is ink in the middle of a line, in cells across the whole page."""
        _left, top, _right, bottom = (round(edge / self.cell) for edge in line)
        third = max(0, bottom - top) // 3
        return {x for x, y in self.cells if top + third <= y < bottom - third}

    def before(self, line: tuple[float, float, float, float]) -> Area | None:
        """Where the number of an item stands before a line, as if it began a column of its own."""
        left, top, _right, bottom = (round(edge / self.cell) for edge in line)
        high = max(1, bottom - top)
        near = {
            (x, y)
            for x in range(max(0, left - _HANGING * high), left)
            for y in range(top - 1, bottom + 1)
            if (x, y) in self.cells
        }
        within = {(x, y) for x, y in near if top <= y < bottom}
        if len(within) < _LEAST_CELLS or len(within) < _WITHIN * len(near):
            return None
        found = _area(within, self.cell)
        return found if found[2] - found[0] <= _LONGEST * high * self.cell else None


def unread(page: Image.Image, spots: Sequence[Spot], dpi: int) -> Unread:
    """The ink of the page, mode 1 or L, that no word covers."""
    half = max(1, round(dpi / _CELLS_PER_INCH / 2))
    small = _dark(page).reduce(half)
    words = ImageDraw.Draw(small)
    for spot in spots:
        left, top, right, bottom = spot.left - 2, spot.top - 2, spot.right + 2, spot.bottom + 2
        words.rectangle((left // half, top // half, right // half, bottom // half), fill=0)
    cells = _without_rules(filled(small.reduce(2), _INKED))
    return Unread(cells, 2 * half, page.size)


def gaps(ink: Unread, spots: Sequence[Spot]) -> list[Area]:
    """The largest areas that may hold text which no word of the reading covers."""
    areas = [
        area
        for group in groups(ink.cells)
        if _may_hold_text(area := _area(group, ink.cell), group, ink.cell, ink.size[1])
    ]
    areas = [area for area in areas if _read_share(area, spots) < _READ_SHARE]
    areas.sort(key=lambda area: (area[0] - area[2]) * (area[3] - area[1]))
    margin = round(_MARGIN_INCHES * _CELLS_PER_INCH * ink.cell)
    return [_grown(area, margin, ink.size) for area in areas[:_MOST_AREAS]]


def bands(page: Image.Image, area: Area, usual: float, spots: Sequence[Spot]) -> list[Area]:
    """Where lines of print lie in an area, the inkiest first, but for those with words.

    A pen has little ink in a row of pixels; print as high as a line has much in each.

    Args:
        page: mode 1 or L.
        area: of the page.
        usual: height of its words in pixels.
        spots: its words.
    """
    left, top, right, bottom = area
    high = max(1, round(usual))
    across = _dark(page.crop(area)).resize((1, bottom - top), Image.Resampling.BOX).tobytes()
    sums = [0, *accumulate(across)]
    inks = {at: sums[at + high] - sums[at] for at in range(max(0, len(across) - high + 1))}
    least = _BAND * usual * high * _INK / max(1, right - left)
    found = list[Area]()
    while inks and len(found) < _MOST_BANDS:
        best = max(inks, key=inks.__getitem__)
        if inks[best] < least:
            break
        inks = {at: ink for at, ink in inks.items() if abs(at - best) > high}
        band = (left, top + best, right, top + best + high)
        if not any(_passes(spot, band) for spot in spots):
            found.append(band)
    return found


def _passes(spot: Spot, band: Area) -> bool:
    """Whether a word stands on the same line."""
    left, top, right, bottom = band
    return spot.top <= (top + bottom) / 2 <= spot.bottom and left < spot.right and spot.left < right


def _dark(page: Image.Image) -> Image.Image:
    """Mode L: 255 where the page is dark."""
    if page.mode == "1":
        return ImageChops.invert(page.convert("L"))
    return page.point([255 if value < _DARK else 0 for value in range(256)])


def _without_rules(cells: frozenset[Cell]) -> frozenset[Cell]:
    level = cells - _ruled(cells, cells)
    across = frozenset((y, x) for x, y in cells)
    upright = _ruled(across, frozenset((y, x) for x, y in level))
    return level - {(x, y) for y, x in upright}


def _ruled(cells: frozenset[Cell], beside: frozenset[Cell]) -> set[Cell]:
    """The cells of level rules, which have next to none of some others beside them."""
    ruled: set[Cell] = set()
    for x, y in cells:
        if (x - 1, y) in cells:
            continue
        end = x
        while (end, y) in cells:
            end += 1
        if end - x >= _RULE and _is_thin(beside, range(x, end), y):
            ruled.update((at, y) for at in range(x, end))
    return ruled


def _is_thin(cells: frozenset[Cell], run: range, y: int) -> bool:
    """Whether a run of cells is one row, or one of two."""

    def free(row: int) -> bool:
        return sum((x, row) in cells for x in run) < _BESIDE_RULE * len(run)

    above, below = free(y - 1), free(y + 1)
    return (above and (below or free(y + 2))) or (below and free(y - 2))


def _area(group: set[Cell], cell: int) -> Area:
    across, down = [x for x, _y in group], [y for _x, y in group]
    return (
        min(across) * cell,
        min(down) * cell,
        (max(across) + 1) * cell,
        (max(down) + 1) * cell,
    )


def _may_hold_text(area: Area, group: set[Cell], cell: int, height: int) -> bool:
    left, top, right, bottom = area
    inch = cell * _CELLS_PER_INCH
    wide, high = (right - left) / inch, (bottom - top) / inch
    density = len(group) * cell * cell / ((right - left) * (bottom - top))
    return (
        _LEAST_WIDE <= wide <= _MOST_WIDE
        and _LEAST_HIGH <= high <= _MOST_HIGH
        and _DENSITY[0] <= density <= _DENSITY[1]
        and (top + bottom) / 2 > _LETTERHEAD * height
    )


def _read_share(area: Area, spots: Sequence[Spot]) -> float:
    left, top, right, bottom = area
    covered = sum(
        max(0.0, min(spot.right, right) - max(spot.left, left))
        * max(0.0, min(spot.bottom, bottom) - max(spot.top, top))
        for spot in spots
    )
    return covered / ((right - left) * (bottom - top))


def _grown(area: Area, margin: int, size: tuple[int, int]) -> Area:
    left, top, right, bottom = area
    return (
        max(0, left - margin),
        max(0, top - margin),
        min(size[0], right + margin),
        min(size[1], bottom + margin),
    )
