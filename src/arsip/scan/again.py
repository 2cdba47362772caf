"""Parts of a page that are read again by themselves: ink without words, and lines read badly."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from statistics import median

from PIL import Image

from arsip.scan.clean import Clean
from arsip.scan.engine import Spot
from arsip.scan.gaps import Area, Unread, gaps, unread

SURE = 0.6
"""Confidence from which a word is taken that was found where none was before."""
_DOUBTFUL = 0.8
"""Mean confidence below which a line is read again: of 200 such lines a third came out better."""
_GUESS = 0.6
"""Confidence of a word below which its line is read again."""
_KEPT = 0.9
"""Share of a line's letters and digits that the new reading must have: less is a part of it."""
_MORE = 0.8
"""Share of a line's confidence that will do for a new reading of it that goes on."""
_AROUND, _ABOVE = 1.0, 0.35
"""White beside a line, above and below it, in heights of a word."""
_TALL = 1.6
"""So many times as high as its line's words, a word has a stroke of a pen in it."""
_NEXT = 2.0
"""In heights of a word: ink that is no further from a line may go on with it."""
_HIGHEST = 4.0
"""In heights of a word: what is higher is no line."""
_APART = 1 / 8
"""Inches around each part on the sheet."""
_DARKEST, _NEAR = 0.01, 0.45
"""Share of a line that is print for certain; how near to it, on the way to the paper, a stamp or
the shadow of a signature may come before it counts as print too."""
_WHITE = 255
_ITEM, _ITEM_DOT = re.compile(r"\(?(\d{1,2}|[a-z])[.)]"), re.compile(r"[.)]")
"""The number of an item of a list; what is left of it when its sign was not seen."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a page.

    Attributes:
        image: mode L.
        left, top: where it lies on the page.
        words: of the line that it is; empty for a part in which no word was seen.
        goes_on: the line has ink beside it that no word covers.
        numbered: a line that was read well, but has ink before it that may be its number.
    """

    image: Image.Image
    left: int
    top: int
    words: tuple[Spot, ...] = ()
    goes_on: bool = False
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of words, and where it and the ink that goes on beside it lie."""

    words: tuple[Spot, ...]
    left: float
    top: float
    right: float
    bottom: float
    goes_on: bool = False
    numbered: bool = False

    @staticmethod
    def of(words: tuple[Spot, ...], areas: Iterable[Area], usual: float) -> _Line:
        """A line, and the areas with ink that reach it."""
        line = _Line(words, *_box(words))
        if line.bottom - line.top > _HIGHEST * usual or not _letters(words):
            return line
        for left, top, right, bottom in areas:
            beside = left <= line.right + _NEXT * usual and right >= line.left - _NEXT * usual
            outside = left < line.left - _AROUND * usual or right > line.right + _AROUND * usual
            if beside and outside and top <= (line.top + line.bottom) / 2 <= bottom:
                line = replace(
                    line, left=min(line.left, left), right=max(line.right, right), goes_on=True
                )
        return line

    def with_number(self, ink: Unread, usual: float) -> _Line:
        """The line with what may be the number of its item, where no word covers that."""
        high = self.bottom - self.top > _HIGHEST * usual
        if self.goes_on or high or not _letters(self.words):
            return self
        before = ink.before((self.left, self.top, self.right, self.bottom))
        if before is None:
            return self
        return replace(self, left=before[0], numbered=not _is_doubtful(self.words, usual))


def parts(
    page: Clean, spots: Sequence[Spot], grey: Callable[[], Image.Image], *, well: bool = False
) -> list[Part]:
    """What of a page is worth a second look.

    That is the ink that no word covers, as one part, for names stand under stamps and signatures;
    the lines that such ink goes on; and the lines that were read badly. All with their darkest ink
    alone.

    Args:
        page: as it was read.
        spots: its words.
        grey: gives the page in grey; asked only when there is something to look at.
        well: it read well at once, so that its lines in doubt are web addresses and the like:
            they are worth no reading of their own.
    """
    ink = unread(page.image, spots, page.dpi)
    areas = gaps(ink, spots)
    usual = _height(spots) if spots else 0.0
    lines = [_Line.of(words, areas, usual).with_number(ink, usual) for words in _lines(spots)]
    if well and not areas and not any(line.numbered for line in lines):
        return []
    chosen = [
        line for line in lines if line.goes_on or line.numbered or _is_doubtful(line.words, usual)
    ]
    if not areas and not chosen:
        return []
    whole = grey()
    strips = [_strip(whole, line, usual) for line in chosen]
    return [*([_gaps_as_one(whole, areas)] if areas else []), *strips]


def _gaps_as_one(page: Image.Image, areas: Sequence[Area]) -> Part:
    lefts, tops, rights, bottoms = zip(*areas, strict=True)
    left, top = min(lefts), min(tops)
    image = Image.new("L", (max(rights) - left, max(bottoms) - top), _WHITE)
    for area in areas:
        image.paste(_darkest(page.crop(area)), (area[0] - left, area[1] - top))
    return Part(image, left, top)


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
    page, in_gaps = list(spots), list[Spot]()
    for part, top in zip(parts, tops, strict=True):
        reach = apart / 2
        here = [w for w in words if top - reach <= w.middle <= top + part.image.height + reach]
        moved = [
            replace(word.moved(part.left - apart, part.top - top), run=word.run + run)
            for word in here
        ]
        if not part.words:
            in_gaps += [word for word in moved if _is_new(word, spots)]
        elif part.numbered:
            if number := _number(moved, part):
                page = [word for word in page if word not in part.words or _stays(word, number)]
                page.append(replace(number, run=part.words[0].run))
        elif _is_better(moved, part):
            line = _believed(moved, part.words)
            in_gaps = [word for word in in_gaps if not _is_under(word, line)]
            page = [spot for spot in page if spot not in part.words]
            page += [replace(word, run=part.words[0].run) for word in line]
    return page + in_gaps


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
        and (
            _worth(line, 1) < _DOUBTFUL * sum(len(spot.text) for spot in line)
            or any(spot.confidence < _GUESS and is_word(spot) for spot in line)
        )
    )


def _believed(new: Iterable[Spot], old: Sequence[Spot]) -> list[Spot]:
    """The words of a new reading of a line, those beside the old one only when they are sure."""
    left, _top, right, _bottom = _box(old)
    return [
        word for word in new if word.confidence >= SURE or (word.right > left and word.left < right)
    ]


def _is_better(new: Sequence[Spot], part: Part) -> bool:
    """Whether a new reading of a line says as much, and is surer of it; or says more of it.

    A reading without a sure word is of a signature, as the old one was.
    """
    old = part.words
    least = _mean(old) * (_MORE if part.goes_on else 1.0)
    return (
        any(is_word(spot) and spot.confidence >= SURE for spot in new)
        and _letters(new) >= _KEPT * _letters(old)
        and _worth(new, 2) > _worth(old, 2)
        and _mean(new) > least
    )


def _number(found: Sequence[Spot], part: Part) -> Spot | None:
    """The number of an item that stands before a line; None where something else does."""
    first = min(found, key=lambda word: word.left, default=None)
    if first is None or first.confidence < SURE or not _ITEM.fullmatch(first.text):
        return None
    begin = min(word.left for word in part.words if not _ITEM_DOT.fullmatch(word.text))
    return first if first.right <= begin else None


def _stays(word: Spot, number: Spot) -> bool:
    """Whether a word is no full stop of a number that was found since."""
    return word.left >= number.right or not _ITEM_DOT.fullmatch(word.text)


def _is_under(word: Spot, spots: Sequence[Spot]) -> bool:
    """Whether its middle lies within one of the others."""
    across = (word.left + word.right) / 2
    return any(
        spot.left <= across <= spot.right and spot.top <= word.middle <= spot.bottom
        for spot in spots
    )


def _is_new(word: Spot, spots: Sequence[Spot]) -> bool:
    """Whether it is surely a word, and none of the first reading lies where its middle is."""
    return word.confidence >= SURE and is_word(word) and not _is_under(word, spots)


def _strip(page: Image.Image, line: _Line, usual: float) -> Part:
    """The line, as high as most of its words: what is higher or lower belongs to its neighbours."""
    top = median(word.top for word in line.words)
    bottom = median(word.bottom for word in line.words)
    area = (
        max(0, round(line.left - _AROUND * usual)),
        max(0, round(top - _ABOVE * usual)),
        min(page.width, round(line.right + _AROUND * usual)),
        min(page.height, round(bottom + _ABOVE * usual)),
    )
    return Part(
        _darkest(page.crop(area)), area[0], area[1], line.words, line.goes_on, line.numbered
    )


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
    """Where a line lies, but for what a stroke of a pen adds to the height of its words."""
    low = _TALL * _height(line)
    plain = [spot for spot in line if spot.height <= low]
    return (
        min(spot.left for spot in line),
        min(spot.top for spot in plain),
        max(spot.right for spot in line),
        max(spot.bottom for spot in plain),
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
