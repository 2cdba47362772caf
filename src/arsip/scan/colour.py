"""Stamps and signatures in colour taken off the print they lie on.

A coloured thing goes only when dark neutral print lies under it or is enclosed by it. A plain
channel maximum over the whole page erased up to 90 % of a letterhead printed in blue or red.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from PIL import Image, ImageChops, ImageFilter, ImageStat

from arsip.scan.cells import Cell, filled, groups
from arsip.scan.raster import resized

_SMALL_DPI, _CELL = 60, 2
"""Resolution of the small page that is looked at; its pixels to a cell, 0.85 mm."""
_COLOURED, _TINGED = 30, 22
"""Difference between the strongest and the weakest channel, above that of the paper, from which
a pixel has a colour of its own; has a breath of colour, as the edges of a coloured stroke."""
_STRONG = 60
"""The same for the middle of a coloured stroke."""
_VIVID = 85
"""The same for a stroke that has a colour however dark it is, as of a blue pen: into print under a
stamp less than that bleeds in a JPEG file."""
_PEN = 0.7
"""Share of what is dark and vivid that lies away from print: 0.77 and more where a pen has signed;
under a stamp whose ink covers print 0.55."""
_LEAST_SHARE = 0.0005
_DARK = 140
_NEUTRAL = 40
_FILLED = 40
"""Mean of a cell, of 255, from which it counts as coloured, or as inked."""
_LEAST_OVER, _LEAST_OVER_SHARE = 4, 0.03
"""Cells of print under or within a coloured thing, and their share of it, from which it lies over
print: a line of a letterhead beside black print has none."""
_APART = 35
"""Levels by which a stamp must be lighter than print, for the two to be told apart by lightness."""
_STROKE = 6
"""Pixels that a stroke of a stamp may be wide at 240 dpi, with print on one side of it."""
_BESIDE = 30
"""Mean of the square around, of 255, from which print stands beside: a stem fills 70, the neutral
specks along a coloured stroke 15."""
_STAMP = 80
"""Cells: no stamp is wider or higher, 7 cm; what lies within one is part of it."""

_ANY = [0] + [255] * 255


class Levels(NamedTuple):
    """How dark the print of a page is, and the coloured things over it."""

    print: int
    colour: int


@dataclass(frozen=True, slots=True)
class _Small:
    """The page at a low resolution.

    Attributes:
        factor: pixels of the page to one of its own.
        coloured, inked: masks in mode L: what has a colour; what is dark and has none.
        tint: colour of the paper, as the difference of its channels.
    """

    factor: int
    coloured: Image.Image
    inked: Image.Image
    tint: int


class _Blob:
    """A coloured thing on the page, as cells."""

    def __init__(self, cells: set[Cell]) -> None:
        self.cells = cells
        self._rows = _spans((y, x) for x, y in cells)
        self._columns = _spans(cells)
        self.left, self.right = min(self._columns), max(self._columns)
        self.top, self.bottom = min(self._rows), max(self._rows)

    @property
    def wide(self) -> int:
        return self.right - self.left + 1

    @property
    def high(self) -> int:
        return self.bottom - self.top + 1

    def lies_within(self, other: _Blob) -> bool:
        """Whether the box around it lies in that of the other."""
        across = other.left <= self.left and self.right <= other.right
        return across and other.top <= self.top and self.bottom <= other.bottom

    def lies_over(self, inked: frozenset[Cell]) -> bool:
        """Whether it covers cells of print, or has some on all four sides."""
        rows, columns = self._rows, self._columns
        over = sum(
            y in rows
            and x in columns
            and rows[y][0] <= x <= rows[y][1]
            and columns[x][0] <= y <= columns[x][1]
            for x, y in inked
        )
        return over >= max(_LEAST_OVER, _LEAST_OVER_SHARE * len(self.cells))


def grey_of(image: Image.Image, dpi: float, size: tuple[int, int]) -> tuple[Image.Image, bool]:
    """The page in grey and in a size, and whether something in colour was taken off its print.

    Colour is looked for on the small page; only the part that has to change is resized in colour.

    Args:
        image: mode L or RGB.
        dpi: of the image.
        size: width and height in pixels of the answer; strokes are measured at 240 dpi.
    """
    grey = resized(image.convert("L"), size)
    if image.mode != "RGB":
        return grey, False
    small = _small(image, max(1, round(dpi / _SMALL_DPI)))
    if _mean(small.coloured) < _LEAST_SHARE * 255:
        return grey, False
    over = _over_print(small)
    box = over.getbbox()
    if box is None:
        return grey, False
    across, down = (small.factor * new / old for new, old in zip(size, image.size, strict=True))
    left, top = math.floor(box[0] * across), math.floor(box[1] * down)
    right, bottom = min(size[0], round(box[2] * across)), min(size[1], round(box[3] * down))
    area = (left, top, right, bottom)
    where = over.crop(box).resize((right - left, bottom - top), Image.Resampling.NEAREST)
    _bleach(grey, area, resized(image, size, area=area), where, small.tint)
    return grey, True


def _bleach(
    grey: Image.Image,
    area: tuple[int, int, int, int],
    part: Image.Image,
    where: Image.Image,
    tint: int,
) -> None:
    """Take what has a colour off an area of the grey page.

    Args:
        grey: the page, which is changed.
        area: left, top, right, bottom in its pixels.
        part: the area in colour.
        where: a mask of the coloured things in it that lie over print.
        tint: colour of the paper.
    """
    most, least = _extremes(part)
    colour = ImageChops.subtract(most, least)
    tinged = _grown(_above(colour, tint + _TINGED), 1)
    plain, light = _neutral_print(most, colour), part.convert("L")
    levels = Levels(_median(light, plain), _median(light, _above(colour, tint + _STRONG)))
    bleached = (
        ImageChops.add(most, colour)
        if levels.colour - levels.print < _APART
        else _told_apart(light, plain, levels, colour, tint)
    )
    grey.paste(bleached, area, ImageChops.multiply(where, tinged))


def _neutral_print(most: Image.Image, colour: Image.Image) -> Image.Image:
    """A mask in mode L: what is dark and has no colour."""
    dark = most.point([255 if level < _DARK else 0 for level in range(256)])
    neutral = colour.point([255 if level < _NEUTRAL else 0 for level in range(256)])
    return ImageChops.multiply(dark, neutral)


def _told_apart(
    grey: Image.Image, plain: Image.Image, levels: Levels, colour: Image.Image, tint: int
) -> Image.Image:
    """What is as dark as print under a stamp, near print; all else is paper.

    Lightness decides, for the colours of a JPEG file are coarser and bleed into letters. A
    signature is as dark as print under a stamp: print seen beside it tells them apart, and where
    what is dark and vivid lies away from print, a pen has made it, and all of it goes.
    """
    dark, light = levels
    half = (dark + light) / 2
    near = _above(plain.filter(ImageFilter.BoxBlur(_STROKE)), _BESIDE)
    span = 255 / (light - half)
    under = grey.point([min(255, max(0, round((level - half) * span))) for level in range(256)])
    kept = ImageChops.lighter(under, ImageChops.invert(near))
    vivid = _above(colour, tint + _VIVID)
    pen = ImageChops.subtract(vivid, _above(grey, round(half)))
    if not pen.getbbox() or _mean(ImageChops.subtract(pen, near)) < _PEN * _mean(pen):
        return kept
    strokes = ImageChops.multiply(_grown(vivid, 2), _above(colour, tint + _COLOURED))
    return ImageChops.lighter(kept, strokes)


def _small(image: Image.Image, factor: int) -> _Small:
    small = image.reduce(factor)
    most, least = _extremes(small)
    colour = ImageChops.subtract(most, least)
    tint = int(ImageStat.Stat(colour).median[0])
    return _Small(
        factor=factor,
        coloured=_above(colour, tint + _COLOURED),
        inked=_neutral_print(most, colour),
        tint=tint,
    )


def _grown(mask: Image.Image, by: int) -> Image.Image:
    """The mask and so many pixels around it."""
    return mask.filter(ImageFilter.BoxBlur(by)).point(_ANY)


def _mean(mask: Image.Image) -> float:
    return float(ImageStat.Stat(mask).mean[0])


def _above(image: Image.Image, limit: int) -> Image.Image:
    return image.point([255 if level > limit else 0 for level in range(256)])


def _extremes(image: Image.Image) -> tuple[Image.Image, Image.Image]:
    """The strongest and the weakest channel of each pixel."""
    red, green, blue = image.split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return most, ImageChops.darker(ImageChops.darker(red, green), blue)


def _over_print(small: _Small) -> Image.Image:
    """A mask of the small page: the coloured things that lie over print."""
    cells = small.coloured.reduce(_CELL)
    inked = filled(small.inked.reduce(_CELL), _FILLED)
    mask = Image.new("L", cells.size, 0)
    coloured = [_Blob(group) for group in groups(filled(cells, _FILLED))]
    over = [blob for blob in coloured if blob.lies_over(inked)]
    stamps = [blob for blob in over if blob.wide <= _STAMP and blob.high <= _STAMP]
    for blob in coloured:
        if blob in over or any(blob.lies_within(stamp) for stamp in stamps):
            for cell in blob.cells:
                mask.putpixel(cell, 255)
    wide, high = mask.size
    grown = _grown(mask, 1)
    whole = grown.resize((wide * _CELL, high * _CELL), Image.Resampling.NEAREST)
    return whole.crop((0, 0, *small.coloured.size))


def _spans(cells: Iterable[Cell]) -> dict[int, tuple[int, int]]:
    """The first number of each pair -> the least and the most of the second ones."""
    spans: dict[int, tuple[int, int]] = {}
    for at, along in cells:
        first, last = spans.get(at, (along, along))
        spans[at] = min(first, along), max(last, along)
    return spans


def _median(grey: Image.Image, mask: Image.Image) -> int:
    """The lightness that half of what is under a mask stays below."""
    counts = grey.histogram(mask)
    seen = 0
    for level, count in enumerate(counts):
        seen += count
        if seen * 2 >= sum(counts):
            return level
    return 255
