"""Parts of a page that are read again by themselves: ink without words, and lines read badly."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from statistics import median

from PIL import Image

from arsip.scan.clean import Clean
from arsip.scan.engine import Spot
from arsip.scan.gaps import gaps

SURE = 0.6
"""Confidence from which a word is taken that was found where none was before."""
_DOUBTFUL = 0.8
"""Mean confidence below which a line is read again: of 200 such lines a third came out better."""
_KEPT = 0.8
"""Share of a line's letters and digits that the new reading must have: less is a part of it."""
_AROUND, _ABOVE = 1.0, 0.35
"""White beside a line, above and below it, in heights of a word."""
_HIGHEST = 4.0
"""In heights of a word: what is higher is no line."""
_APART = 1 / 8
"""Inches around each part on the sheet."""
_DARKEST, _NEAR = 0.01, 0.45
"""Share of a line that is print for certain; how near to it, on the way to the paper, a stamp or
the shadow of a signature may come before it counts as print too."""
_WHITE = 255


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a page.

    Attributes:
        image: mode L.
        left, top: where it lies on the page.
        words: of the line that it is; empty for a part in which no word was seen.
    """

    image: Image.Image
    left: int
    top: int
    words: tuple[Spot, ...] = ()


def missed(page: Clean, spots: Sequence[Spot]) -> list[Part]:
    """The ink that no word covers, as one part: names under stamps and signatures."""
    areas = gaps(page.image, spots, page.dpi)
    if not areas:
        return []
    lefts, tops, rights, bottoms = zip(*areas, strict=True)
    left, top = min(lefts), min(tops)
    image = Image.new("L", (max(rights) - left, max(bottoms) - top), _WHITE)
    for area in areas:
        image.paste(page.image.crop(area).convert("L"), (area[0] - left, area[1] - top))
    return [Part(image, left, top)]


def doubted(spots: Sequence[Spot], grey: Callable[[], Image.Image]) -> list[Part]:
    """The lines that were read badly, with their darkest ink alone.

    Args:
        spots: words of the page.
        grey: gives the page in grey; asked only when a line is in doubt.
    """
    if not spots:
        return []
    usual = _height(spots)
    lines = [line for line in _lines(spots) if _is_doubtful(line, usual)]
    page = grey() if lines else None
    return [] if page is None else [_strip(page, line, usual) for line in lines]


def on_one_sheet(parts: Sequence[Part], dpi: int) -> tuple[Image.Image, list[int]]:
    """The parts below each other, to be read at once, and where each begins."""
    apart = round(_APART * dpi)
    width = max(part.image.width for part in parts)
    height = sum(part.image.height + apart for part in parts)
    sheet, tops = Image.new("L", (width + 2 * apart, height + apart), _WHITE), []
    top = apart
    for part in parts:
        sheet.paste(part.image, (apart, top))
        tops.append(top)
        top += part.image.height + apart
    return sheet, tops


def mended(
    spots: Sequence[Spot], parts: Sequence[Part], tops: Sequence[int], found: Iterable[Spot]
) -> list[Spot]:
    """The words of the page with what its parts say, where that is surer.

    Args:
        spots: words of the page.
        parts: what was read again.
        tops: where each part begins on the sheet.
        found: words of the sheet.
    """
    words = list(found)
    apart = tops[0]
    run = max((spot.run for spot in spots), default=0) + 1
    page = list(spots)
    for part, top in zip(parts, tops, strict=True):
        reach = apart / 2
        here = [w for w in words if top - reach <= w.middle <= top + part.image.height + reach]
        moved = [_moved(word, part.left - apart, part.top - top, run) for word in here]
        if not part.words:
            page += [word for word in moved if _is_new(word, spots)]
        elif _is_better(moved, part.words):
            page = [spot for spot in page if spot not in part.words]
            page += [replace(word, run=part.words[0].run) for word in moved]
    return page


def is_word(spot: Spot) -> bool:
    """Whether it has two letters, or is a number."""
    return sum(sign.isalnum() for sign in spot.text) > 1 or spot.text.isdigit()


def _lines(spots: Sequence[Spot]) -> Iterator[tuple[Spot, ...]]:
    for _run, line in groupby(sorted(spots, key=lambda spot: spot.run), lambda spot: spot.run):
        yield tuple(line)


def _is_doubtful(line: Sequence[Spot], usual: float) -> bool:
    _left, top, _right, bottom = _box(line)
    return (
        bool(_letters(line))
        and bottom - top <= _HIGHEST * usual
        and _worth(line, 1) < _DOUBTFUL * sum(len(spot.text) for spot in line)
    )


def _is_better(new: Sequence[Spot], old: Sequence[Spot]) -> bool:
    """Whether a new reading of a line says as much, and is surer of it."""
    return (
        bool(new)
        and _letters(new) >= _KEPT * _letters(old)
        and _worth(new, 2) > _worth(old, 2)
        and _mean(new) > _mean(old)
    )


def _is_new(word: Spot, spots: Sequence[Spot]) -> bool:
    """Whether it is surely a word, and none of the first reading lies where its middle is."""
    across = (word.left + word.right) / 2
    return (
        word.confidence >= SURE
        and is_word(word)
        and not any(
            spot.left <= across <= spot.right and spot.top <= word.middle <= spot.bottom
            for spot in spots
        )
    )


def _strip(page: Image.Image, line: tuple[Spot, ...], usual: float) -> Part:
    left, top, right, bottom = _box(line)
    area = (
        max(0, round(left - _AROUND * usual)),
        max(0, round(top - _ABOVE * usual)),
        min(page.width, round(right + _AROUND * usual)),
        min(page.height, round(bottom + _ABOVE * usual)),
    )
    return Part(_darkest(page.crop(area)), area[0], area[1], line)


def _darkest(strip: Image.Image) -> Image.Image:
    """The strip with only what is nearly as dark as its print."""
    levels = strip.histogram()
    wanted, seen, dark = _DARKEST * sum(levels), 0, 0
    for dark, count in enumerate(levels):  # noqa: B007 - the level at which it stops is what counts
        seen += count
        if seen >= wanted:
            break
    paper = max(range(dark, len(levels)), key=levels.__getitem__)
    limit = max(1.0, dark + (paper - dark) * _NEAR)
    return strip.point([min(_WHITE, round(level / limit * _WHITE)) for level in range(256)])


def _box(line: Sequence[Spot]) -> tuple[float, float, float, float]:
    return (
        min(spot.left for spot in line),
        min(spot.top for spot in line),
        max(spot.right for spot in line),
        max(spot.bottom for spot in line),
    )


def _moved(spot: Spot, across: int, down: int, run: int) -> Spot:
    """A word of the sheet, among those of the page."""
    return replace(
        spot,
        left=spot.left + across,
        right=spot.right + across,
        top=spot.top + down,
        bottom=spot.bottom + down,
        run=spot.run + run,
    )


def _height(spots: Sequence[Spot]) -> float:
    return median(spot.height for spot in spots)


def _letters(line: Sequence[Spot]) -> int:
    return sum(sign.isalnum() for spot in line for sign in spot.text)


def _worth(line: Sequence[Spot], power: int) -> float:
    """How many signs were read, by the confidence in them."""
    return sum(len(spot.text) * spot.confidence**power for spot in line)


def _mean(line: Sequence[Spot]) -> float:
    return sum(spot.confidence for spot in line) / len(line)
