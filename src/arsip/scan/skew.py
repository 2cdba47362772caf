"""How a page lies: its skew, whether it lies sideways, and making it straight."""

from __future__ import annotations

import math
import operator
from dataclasses import dataclass

from PIL import Image, ImageChops

WIDEST = 7.0
"""Degrees: what a feeder or a hand does to a sheet; beyond it is no skew."""

_COARSE_COLUMNS, _COARSE_STEP = 32, 0.5
_FINE_COLUMNS, _FINE_STEPS = 64, (0.24, 0.12, 0.06, 0.03)
_STEEPEST = 40
"""Change of a profile from row to row, of 255, from which it is a rule or a lid's edge: text lines
are many and soft, one table border is as sharp as fifty of them."""
_WEIGHTS = [min(step, _STEEPEST) ** 2 for step in range(256)]
_REDUCE = 2
_MARGIN = 0.03
"""Of each side that is not looked at: lids and book gutters are black there."""
_SHEAR_BELOW = 1.5
"""Degrees up to which two shears of whole strips do; they cost 3-13 ms, an affine transform 60."""


@dataclass(frozen=True, slots=True)
class Lie:
    """How the text lines lie.

    Attributes:
        skew: degrees clockwise by which the lines lean, -7 to 7.
        sideways: contrast of the columns over that of the rows: an upright page stays below 0.5,
            one that lies on its side is above 10.
    """

    skew: float
    sideways: float


def lie_of(mask: Image.Image) -> Lie:
    """How the lines of an ink mask lie; the skew is that of the rows."""
    wide, high = round(mask.width * _MARGIN), round(mask.height * _MARGIN)
    mask = mask.crop((wide, high, mask.width - wide, mask.height - high)).reduce(_REDUCE)
    flat = mask.resize((_COARSE_COLUMNS, mask.height), Image.Resampling.BOX)
    angle, rows = _best(flat, mask.width, _spread(_COARSE_STEP))
    side = mask.resize((mask.width, _COARSE_COLUMNS), Image.Resampling.BOX)
    turned = side.transpose(Image.Transpose.ROTATE_90)
    _angle, columns = _best(turned, mask.height, _spread(2 * _COARSE_STEP))
    return Lie(_finer(mask, angle), columns / max(rows, 1e-9))


def straight(image: Image.Image, skew: float, *, paper: int) -> Image.Image:
    """The image with the skew taken out around its middle; the size stays, corners are lost."""
    if not skew:
        return image
    if abs(skew) < _SHEAR_BELOW:
        slope = math.tan(math.radians(skew))
        return _sheared_across(_sheared_down(image, slope, paper), slope, paper)
    return image.rotate(skew, Image.Resampling.BILINEAR, fillcolor=paper)


def _spread(step: float) -> list[float]:
    count = round(WIDEST / step)
    return [index * step for index in range(-count, count + 1)]


def _finer(mask: Image.Image, angle: float) -> float:
    flat = mask.resize((_FINE_COLUMNS, mask.height), Image.Resampling.BOX)
    for step in _FINE_STEPS:
        angle, _score = _best(flat, mask.width, [angle - step, angle, angle + step])
    return round(angle, 3)


def _best(flat: Image.Image, width: int, angles: list[float]) -> tuple[float, float]:
    """(angle, score) of the sharpest row profile; flat is the page squeezed from ``width``."""
    scored = ((_sharpness(flat, width, angle), angle) for angle in angles)
    score, angle = max(scored, key=lambda pair: (pair[0], -abs(pair[1])))
    return angle, score


def _sharpness(flat: Image.Image, width: int, angle: float) -> float:
    """How much neighbouring rows differ once the columns are slid by the angle."""
    slope = math.tan(math.radians(angle)) * width / flat.width
    middle = flat.width / 2
    slid = flat.transform(
        flat.size,
        Image.Transform.AFFINE,
        (1, 0, 0, slope, 1, -slope * middle),
        Image.Resampling.NEAREST,
    )
    profile = slid.resize((1, flat.height), Image.Resampling.BOX)
    steps = ImageChops.difference(profile, ImageChops.offset(profile, 0, 1)).histogram()
    contrast: int = sum(map(operator.mul, steps, _WEIGHTS))
    return contrast / flat.height


def _sheared_down(image: Image.Image, slope: float, paper: int) -> Image.Image:
    """Columns moved up or down by whole pixels."""
    width, height = image.size
    moved = Image.new(image.mode, image.size, paper)
    for left, right, shift in _strips(width, slope):
        moved.paste(image.crop((left, 0, right, height)), (left, -shift))
    return moved


def _sheared_across(image: Image.Image, slope: float, paper: int) -> Image.Image:
    """Rows moved left or right by whole pixels."""
    width, height = image.size
    moved = Image.new(image.mode, image.size, paper)
    for top, bottom, shift in _strips(height, slope):
        moved.paste(image.crop((0, top, width, bottom)), (shift, top))
    return moved


def _strips(length: int, slope: float) -> list[tuple[int, int, int]]:
    """(start, end, shift) of the strips that share a whole shift, around the middle."""
    middle = length / 2
    strips: list[tuple[int, int, int]] = []
    start, shift = 0, round(-middle * slope)
    for at in range(1, length + 1):
        here = round((at - middle) * slope)
        if here != shift or at == length:
            strips.append((start, at, shift))
            start, shift = at, here
    return strips
