"""Parts of a page that are read again by themselves: ink without words, and lines read badly."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from statistics import median

from PIL import Image

from arsip.scan.clean import Clean
from arsip.scan.engine import Spot
from arsip.scan.gaps import Area, Unread, bands, gaps, unread

SURE = 0.6
"""Confidence from which a word is taken that was found where none was before."""
_DOUBTFUL = 0.8
"""Mean confidence below which a line is read again: of 200 such lines a third came out better."""
GUESS = 0.6
"""Confidence of a word below which its line is read again."""
_AROUND, _ABOVE = 1.0, 0.35
"""White beside a line, above and below it, in heights of a word."""
_TALL = 1.6
"""So many times as high as its line's words, a word has a stroke of a pen in it."""
_NEXT = 2.0
"""In heights of a word: ink that is no further from a line may go on with it."""
_GAP = 1.0
"""In heights of a word: the most white between two words of a line."""
_REACH = 8.0
"""In heights of a word: how far a line may go on in ink beside it."""
_COLUMN = 6.0
"""In heights of a word: what is further apart in a row is in two columns."""
_HOLE = 0.7
"""In heights of a word: how wide the ink is between or beside words that may be another."""
_INDENT, _PITCHES = 5.0, 3.0
"""In heights of a word: how far left of a line its neighbours may begin, and how far they are."""
_HIGHEST = 4.0
"""In heights of a word: what is higher is no line."""
_LONGEST = 24
"""In heights of a strip: how long a line is that is read by itself; names have 20 at most."""
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
        goes_on: the line has ink beside or between its words that none of them covers.
        numbered: a line that was read well, but has ink before it that may be its number.
        block: it may hold several lines.
    """

    image: Image.Image
    left: int
    top: int
    words: tuple[Spot, ...] = ()
    goes_on: bool = False
    numbered: bool = False
    block: bool = False

    @property
    def on_sheet(self) -> bool:
        """Whether it is read with the others; a line found in a block is there with it."""
        return self.block or bool(self.words)

    @property
    def single(self) -> bool:
        """Whether it is one line, and no longer than those that people write or stamp over."""
        short = self.image.width <= _LONGEST * self.image.height
        return short and not (self.block or self.numbered)

    @property
    def crossed(self) -> bool:
        """Whether it is one line that something seems to have been drawn over."""
        return self.single and (self.goes_on or not self.words)


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
        if not line.is_print(usual):
            return line
        for left, top, right, bottom in areas:
            beside = left <= line.right + _NEXT * usual and right >= line.left - _NEXT * usual
            outside = left < line.left - _AROUND * usual or right > line.right + _AROUND * usual
            if beside and outside and top <= (line.top + line.bottom) / 2 <= bottom:
                line = replace(
                    line, left=min(line.left, left), right=max(line.right, right), goes_on=True
                )
        return line

    def is_print(self, usual: float) -> bool:
        """Whether it is no crest and no scratch."""
        return self.bottom - self.top <= _HIGHEST * usual and bool(letters(self.words))

    def is_doubtful(self, usual: float) -> bool:
        """Whether it was read badly."""
        signs = sum(len(spot.text) for spot in self.words)
        guessed = any(spot.confidence < GUESS and is_word(spot) for spot in self.words)
        return self.is_print(usual) and (guessed or worth(self.words, 1) < _DOUBTFUL * signs)

    def with_hole(self, ink: Unread, usual: float) -> _Line:
        """The line, which goes on when it has ink between its words."""
        if self.goes_on or not self.is_print(usual):
            return self
        hole = ink.within((self.left, self.top, self.right, self.bottom)) >= _HOLE * usual
        return replace(self, goes_on=hole)

    def with_ends(self, ink: Unread, usual: float) -> _Line:
        """The line, which goes on when it has ink right beside it that is no number."""
        scrawl = all(_is_scrawl(word, usual) for word in self.words)
        if self.goes_on or self.numbered or scrawl or not self.is_print(usual):
            return self
        box = self.left, self.top, self.right, self.bottom
        left, right = ink.beside(box, _GAP * usual, _REACH * usual)
        if max(self.left - left, right - self.right) < _HOLE * usual:
            return self
        return replace(self, left=left, right=right, goes_on=True)

    def begun(self, others: Iterable[_Line], usual: float) -> _Line:
        """The line from where those above and below it begin, when ink goes on with it.

        What lies over its first word may have left no ink there that looks like a word.
        """
        if self.words and not self.goes_on:
            return self
        left, middle = self.left - _INDENT * usual, (self.top + self.bottom) / 2
        near = [one for one in others if one is not self and left <= one.left < self.left]
        beside = [one.right for one in near if one.top <= middle <= one.bottom]
        edges = [
            one.left
            for one in near
            if abs((one.top + one.bottom) / 2 - middle) <= _PITCHES * usual
            and one.left > max(beside, default=0)
        ]
        return replace(self, left=min([self.left, *edges]))

    def goes_into(self, other: _Line, usual: float) -> bool:
        """Whether both are parts of a row, and the ink beside one of them reaches the other."""
        if not (self.goes_on or other.goes_on):
            return False
        (left, _, right, _), (begin, _, end, _) = _box(self.words), _box(other.words)
        level = abs(self.top + self.bottom - other.top - other.bottom) < usual
        white = max(self.left, other.left) - min(self.right, other.right)
        most = 0 if self.goes_on and other.goes_on else _GAP * usual
        return level and white < most and max(left, begin) - min(right, end) < _COLUMN * usual

    def with_number(self, ink: Unread, usual: float) -> _Line:
        """The line with what may be the number of its item, where no word covers that."""
        if self.goes_on or not self.is_print(usual):
            return self
        before = ink.before((self.left, self.top, self.right, self.bottom))
        if before is None:
            return self
        return replace(self, left=before[0], numbered=not self.is_doubtful(usual))


def parts(
    page: Clean, spots: Sequence[Spot], grey: Callable[[], Image.Image], *, well: bool = False
) -> list[Part]:
    """What of a page is worth a second look.

    That is the ink that no word covers, as one part and line by line, for names stand under stamps
    and signatures; the lines that such ink goes on; and the lines that were read badly. All with
    their darkest ink alone.

    Args:
        page: as it was read.
        spots: its words.
        grey: gives the page in grey; asked only when there is something to look at.
        well: it read well at once, so that its lines in doubt are web addresses and the like:
            they are worth no reading of their own.
    """
    usual = _height(spots) if spots else 0.0
    words = [spot for spot in spots if not _is_scrawl(spot, usual)]
    ink = unread(page.image, words, page.dpi)
    areas = gaps(ink, words)
    seen = (_Line.of(words, areas, usual) for words in _lines(spots))
    lines = _joined(
        (one.with_hole(ink, usual).with_number(ink, usual).with_ends(ink, usual) for one in seen),
        usual,
    )
    if well and not areas and not any(line.numbered or line.goes_on for line in lines):
        return []
    chosen = [line for line in lines if line.goes_on or line.numbered or line.is_doubtful(usual)]
    if not areas and not chosen:
        return []
    whole = grey()
    printed = [line for line in lines if line.is_print(usual)]
    strips = [_strip(whole, line.begun(printed, usual), usual) for line in chosen]
    if not areas:
        return strips
    sure = [spot for spot in spots if spot.confidence >= GUESS and spot.height <= _TALL * usual]
    rows = [
        _strip(whole, _Line((), *row).begun(printed, usual), usual)
        for area in areas
        for row in bands(page.image, area, usual, sure)
    ]
    return [_gaps_as_one(whole, areas), *rows, *strips]


def _gaps_as_one(page: Image.Image, areas: Sequence[Area]) -> Part:
    lefts, tops, rights, bottoms = zip(*areas, strict=True)
    left, top = min(lefts), min(tops)
    image = Image.new("L", (max(rights) - left, max(bottoms) - top), _WHITE)
    for area in areas:
        image.paste(_darkest(page.crop(area)), (area[0] - left, area[1] - top))
    return Part(image, left, top, block=True)


def on_one_sheet(parts: Iterable[Part], dpi: int) -> tuple[Image.Image, list[int]]:
    """The parts that are read at once below each other, and where each begins."""
    parts, apart = [part for part in parts if part.on_sheet], round(_APART * dpi)
    width = max(part.image.width for part in parts)
    height = sum(part.image.height + apart for part in parts)
    sheet, tops = Image.new("L", (width + 2 * apart, height + apart), _WHITE), []
    top = apart
    for part in parts:
        sheet.paste(part.image, (apart, top))
        tops.append(top)
        top += part.image.height + apart
    return sheet, tops


def off_sheet(
    parts: Sequence[Part], tops: Sequence[int], found: Iterable[Spot]
) -> list[list[Spot]]:
    """The words of each part where they lie on the page, none of one that is not on the sheet.

    Args:
        parts: of a page.
        tops: where those on the sheet begin.
        found: words of the sheet.
    """
    words, starts, apart = list(found), iter(tops), tops[0]
    read = list[list[Spot]]()
    for part in parts:
        if not part.on_sheet:
            read.append([])
            continue
        top = next(starts)
        first, last = top - apart / 2, top + part.image.height + apart / 2
        here = [word for word in words if first <= word.middle <= last]
        read.append([word.moved(part.left - apart, part.top - top) for word in here])
    return read


def _is_scrawl(spot: Spot, usual: float) -> bool:
    """Whether a pen's stroke over several lines was taken for a word, and hides what they say."""
    return spot.confidence < GUESS and spot.height > _TALL * usual


def is_word(spot: Spot) -> bool:
    """Whether it has two letters, or is a number."""
    return sum(sign.isalnum() for sign in spot.text) > 1 or spot.text.isdigit()


def _lines(spots: Sequence[Spot]) -> Iterator[tuple[Spot, ...]]:
    for _run, line in groupby(sorted(spots, key=lambda spot: spot.run), lambda spot: spot.run):
        yield tuple(line)


def _joined(lines: Iterable[_Line], usual: float) -> list[_Line]:
    """The lines; two parts of a row as one when each goes on into the other."""
    joined = list[_Line]()
    for line in lines:
        other = next((one for one in joined if one.goes_into(line, usual)), None)
        if other is None:
            joined.append(line)
            continue
        words = tuple(sorted((*other.words, *line.words), key=lambda word: word.left))
        left, right = min(other.left, line.left), max(other.right, line.right)
        joined[joined.index(other)] = replace(
            other, words=words, left=left, right=right, goes_on=True
        )
    return joined


def _strip(page: Image.Image, line: _Line, usual: float) -> Part:
    """The line, as high as most of its words: what is higher or lower belongs to its neighbours."""
    top = median(word.top for word in line.words) if line.words else line.top
    bottom = median(word.bottom for word in line.words) if line.words else line.bottom
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


def letters(line: Sequence[Spot]) -> int:
    """How many letters and digits were read."""
    return sum(sign.isalnum() for spot in line for sign in spot.text)


def worth(line: Sequence[Spot], power: int) -> float:
    """How many signs were read, by the confidence in them."""
    return sum(len(spot.text) * spot.confidence**power for spot in line)


def mean(line: Sequence[Spot]) -> float:
    """How sure its words are."""
    return sum(spot.confidence for spot in line) / len(line)
