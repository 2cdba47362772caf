"""Paper and ink told apart: the light taken out, and where ink begins."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import cast

from PIL import Image, ImageChops, ImageFilter

LOG_SCALE = 255 / math.log(255)
"""An ink map counts 46 steps a factor e of brightness, so that 8 bits hold black on white."""

_LOG = [round(LOG_SCALE * math.log(max(value, 1))) for value in range(256)]
_LINEAR = [math.exp(-step / LOG_SCALE) for step in range(256)]
"""Ink step -> brightness relative to the paper: 1 is paper, 0.004 is black."""

_REDUCE = 8
_REACH = 3
"""The lightest of 7 x 7 reduced pixels (6 mm at 240 dpi) is paper, even inside bold capitals."""
_SMOOTH = 10
_DARKEST, _FEWEST = 0.01, 0.0002
"""Share of a page whose lightest pixel tells how dark print is; that of a page with a few words."""
_PAPER = 0.9
"""Brightness from which the darkest hundredth is paper: there are at most a few words."""
_BINS = 256


@dataclass(frozen=True, slots=True)
class Ink:
    """A page's ink.

    Attributes:
        map: mode L; 0 is paper, LOG_SCALE steps a factor e darker than the paper around.
        mask: mode L; 255 where there is ink, 0 on paper.
        depth: brightness of the darkest hundredth relative to the paper: near 0 is black print,
            0.7 is a faint copy.
        light: brightness of the darkest paper over that of the lightest.
    """

    map: Image.Image
    mask: Image.Image
    depth: float
    light: float


def ink_of(grey: Image.Image) -> Ink:
    """The ink of a grey page, whatever light fell on it."""
    paper = _paper(grey)
    low, high = _range(paper)
    wide = paper.point(_LOG).resize(grey.size, Image.Resampling.NEAREST)
    # The darker of both first, so that nothing wraps: half the time of a subtraction that clips.
    steps = ImageChops.subtract_modulo(wide, ImageChops.darker(wide, grey.point(_LOG)))
    threshold, depth = _threshold(steps.histogram())
    mask = steps.point([255 if step > threshold else 0 for step in range(256)])
    return Ink(steps, mask, depth, low / max(high, 1))


def lightened(ink: Ink) -> Image.Image:
    """The page in grey again, on even white paper, its darkest ink black."""
    span = max(1.0 - ink.depth, 0.05)
    return ink.map.point(
        [round(255 * min(1.0, max(0.0, (value - ink.depth) / span))) for value in _LINEAR]
    )


def _paper(grey: Image.Image) -> Image.Image:
    """How bright the paper is everywhere, at an eighth of the size."""
    small = grey.reduce(_REDUCE)
    for across, down in ((1, 0), (0, 1)):
        widest = small
        for shift in range(1, _REACH + 1):
            for sign in (-shift, shift):
                widest = ImageChops.lighter(widest, _shifted(small, sign * across, sign * down))
        small = widest
    return small.filter(ImageFilter.BoxBlur(_SMOOTH))


def _range(grey: Image.Image) -> tuple[float, float]:
    low, high = grey.getextrema()
    return cast("float", low), cast("float", high)


def _shifted(image: Image.Image, across: int, down: int) -> Image.Image:
    """The image moved; what comes in from outside is black and never the lightest."""
    moved = Image.new("L", image.size, 0)
    moved.paste(image, (across, down))
    return moved


def _threshold(histogram: list[int]) -> tuple[int, float]:
    """(step above which there is ink, brightness of the darkest hundredth).

    Otsu on linear brightness (on its logarithm the character error rate tripled), never above half
    way between the paper and the darkest hundredth.
    """
    depth = _darkest(histogram, _DARKEST)
    if depth > _PAPER:
        depth = _darkest(histogram, _FEWEST)
    linear = [0] * _BINS
    for step, count in enumerate(histogram):
        linear[round(_LINEAR[step] * (_BINS - 1))] += count
    level = min(_otsu(linear) / (_BINS - 1), (1 + depth) / 2)
    return round(-LOG_SCALE * math.log(max(level, 1 / 255))), depth


def _darkest(histogram: list[int], share: float) -> float:
    """The brightness that this share of the page is darker than."""
    wanted, dark = share * sum(histogram), 0
    for step in range(255, -1, -1):
        dark += histogram[step]
        if dark >= wanted:
            return _LINEAR[step]
    return _LINEAR[0]


def _otsu(histogram: list[int]) -> float:
    """The level that parts it into the two most distinct classes, the middle of equals."""
    total = sum(histogram)
    whole = sum(level * count for level, count in enumerate(histogram))
    best, best_score, below, weight = [0], -1.0, 0, 0
    for level, count in enumerate(histogram):
        weight += count
        below += level * count
        if 0 < weight < total:
            gap = below / weight - (whole - below) / (total - weight)
            score = weight * (total - weight) * gap * gap
            if score > best_score * (1 + 1e-9):
                best, best_score = [level], score
            elif score >= best_score * (1 - 1e-9):
                best.append(level)
    return (best[0] + best[-1]) / 2
