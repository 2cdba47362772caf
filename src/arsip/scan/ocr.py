"""A page of pixels to a page of words: clean, read, doubt, read again, put in order."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

from PIL import Image

from arsip.model import PageText, Treatment
from arsip.scan.again import SURE, Part, is_word, off_sheet, on_one_sheet, parts
from arsip.scan.clean import WORK_DPI, Clean, clean, in_grey
from arsip.scan.engine import Layout, OcrEngine, OcrFailed, OcrTimeout, Spot
from arsip.scan.margins import inked
from arsip.scan.mend import mended
from arsip.scan.order import by_row, in_order
from arsip.scan.place import placed
from arsip.scan.raster import Raster
from arsip.scan.street import with_streets
from arsip.scan.together import Glance, Reader
from arsip.scan.views import agreed, in_turn, is_worth_more, other_views

_QUICK = "first_language"
"""The way of looking at a page that costs the least."""
_GOOD = 0.75
"""Mean confidence from which a page is not read another way."""

_EASY = frozenset({"reduced", "bleached", "turned", "straightened", "one_bit"})
_CLEAR = 0.93
"""Mean confidence from which a page in the first language alone stands: Indonesian pages scanned at
300 dpi have 0.935 and more, and the second language mends one error in six of theirs."""
_ENGLISH = frozenset({"the", "of", "and", "to", "in", "for", "is", "with", "that", "by", "be"})
_ENGLISH_SHARE = 0.05
"""English prose has 0.25; an Indonesian letter that quotes a title stays below."""

_SCRIBBLE, _READS_WELL = 0.45, 0.8
_NOISE = 0.5
"""Confidence below which a word without letter or digit is a scratch, a border or a stamp."""
_COLON = 0.5
"""How wide a colon is, in other signs."""
_CREST = 3.0
"""So many times as high as the page's words, a sign is a crest or a logo that looked like one."""
_NARROWEST, _LONGEST = 0.15, 1.5
"""Width of a letter over the height of its word; height of a letter over the width of its word,
when that stands upright. What is neither is a column of numbers seen as one word."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What a page is read with.

    Attributes:
        engine: reads words.
        work: folder of ours for the go-between images.
        seconds: patience for one reading, by the clock on the wall.
        defer: whole pages are read another day.
    """

    engine: OcrEngine
    work: Path
    seconds: float
    defer: bool = False


@dataclass(frozen=True, slots=True)
class _Look:
    """One way of looking at a page, with an engine, and the words that were seen."""

    way: str
    engine: OcrEngine
    page: Clean
    spots: list[Spot]

    @property
    def reading(self) -> tuple[str, float]:
        return self.way, round(_mean(self.spots), 3)


def read_raster(raster: Raster, number: int, *, desk: Desk) -> Reader[PageText]:
    """The words of the page; ``unread`` when the engine gave none for want of time or health."""
    width, height = raster.points
    size, dpi = raster.image.size, round(raster.dpi)
    first = clean(raster)
    del raster  # its pixels need not wait for the words
    if first.turn in {90, 270}:
        width, height = height, width
    page = PageText(
        number=number,
        width=width,
        height=height,
        turn=first.turn,
        skew=first.skew,
        blank=True,
        treatment=Treatment(dpi=dpi, steps=first.steps, depth=round(first.depth, 3)),
    )
    if first.blank:
        return page
    try:
        looks = yield from _looks(first, desk)
    except OcrTimeout:
        return page._replace(blank=False, unread="timeout")
    except OcrFailed:
        return page._replace(blank=False, unread="ocr_failed")
    return (yield from _told(page, size, looks, desk))


def picture_words(picture: Image.Image, dpi: float, desk: Desk) -> Reader[list[Spot]]:
    """The sure words of a picture that is a part of a page, in its own pixels; few or none.

    Args:
        picture: mode L.
        dpi: of the picture.
        desk: what it is read with.
    """
    try:
        shown = Clean(picture, round(dpi), picture)
        spots = yield from _read(shown, desk, layout=Layout.BLOCK)
    except (OcrFailed, OcrTimeout):  # the page has words without it
        return []
    return [spot for spot in spots if spot.confidence >= SURE and is_word(spot)]


def _told(
    page: PageText, size: tuple[int, int], looks: Sequence[_Look], desk: Desk
) -> Reader[PageText]:
    """The page, of so many pixels, with the words of the best look."""
    best = looks[0]
    spots = yield from _second_look(best, desk)
    read = [line for line in in_order(spots) if not _scribble(line, spots)]
    lines = tuple(placed(with_streets(line), best.page, size) for line in read)
    return page._replace(
        lines=lines,
        engine=best.engine.name,
        confidence=_mean(spots),
        turn=best.page.turn,
        skew=0.0 if best.page.warp else best.page.skew,
        blank=not lines,
        treatment=page.treatment._replace(
            steps=best.page.steps, readings=tuple(look.reading for look in looks)
        ),
    )


def _looks(first: Clean, desk: Desk) -> Reader[list[_Look]]:
    """The looks at a page, the one that says most first.

    Other ways are tried only while the best so far is doubtful.
    """
    others: list[_Look] = []
    quick = yield from _quick_look(first, desk)
    if quick and _mean(quick.spots) >= _CLEAR and not _is_foreign(quick.spots):
        return [quick]
    if quick:
        others.append(quick)
    best = _Look("cleaned", desk.engine, first, (yield from _read(first, desk)))
    for way, page in _other_ways(first):
        if _mean(best.spots) >= _GOOD:
            break
        try:
            look = _Look(way, desk.engine, page, (yield from _read(page, desk)))
        except (OcrFailed, OcrTimeout):  # the first reading stands without it
            break
        if _worth(look.spots) > _worth(best.spots):
            best, look = look, best
        others.append(look)
    return [best, *others]


def _quick_look(page: Clean, desk: Desk) -> Reader[_Look | None]:
    """A clean page in the first language alone, which costs a tenth to a fifth less.

    On pages that needed more than to be made smaller and straight, both languages read better.
    """
    engine = desk.engine.alone
    if engine is None or page.dpi < WORK_DPI or not set(page.steps) <= _EASY:
        return None
    try:
        spots = yield from _read(page, replace(desk, engine=engine))
    except (OcrFailed, OcrTimeout):  # all languages may do better, or say why not
        return None
    return _Look(_QUICK, engine, page, spots)


def _is_foreign(spots: Sequence[Spot]) -> bool:
    """Whether the page has the little words of English."""
    count = sum(spot.text.lower() in _ENGLISH for spot in spots)
    return count > _ENGLISH_SHARE * len(spots)


def _second_look(first: _Look, desk: Desk) -> Reader[list[Spot]]:
    """The words of a look, mended by a second look at what it missed and at lines in doubt."""
    page, spots = first.page, first.spots
    chosen = parts(page, spots, lambda: in_grey(page).image, well=_is_easy(first))
    if not chosen:
        return spots
    sheet, tops = on_one_sheet(chosen, page.dpi)
    try:
        found = yield from _read(
            replace(page, image=sheet), replace(desk, engine=first.engine), layout=Layout.BLOCK
        )
    except (OcrFailed, OcrTimeout):  # the first reading stands without it
        return spots
    lines = yield from _crossed(page, chosen, desk)
    once = off_sheet(chosen, tops, found)
    readings = [
        ([words] if part.on_sheet else []) + ([lines[at]] if at in lines else [])
        for at, (part, words) in enumerate(zip(chosen, once, strict=True))
    ]
    return mended(spots, chosen, readings)


def _crossed(page: Clean, parts: Sequence[Part], desk: Desk) -> Reader[dict[int, list[Spot]]]:
    """The words of the parts that are single lines, by their place, with the engine for those.

    It is not started for a page on which nothing seems to be drawn over a line.
    """
    engine = desk.engine.crossed
    if engine is None or not any(part.crossed for part in parts):
        return {}
    places = [at for at, part in enumerate(parts) if part.single]
    lines = [parts[at].image for at in places]
    reader = replace(desk, engine=engine)
    try:
        read = yield from _lines(lines, page, reader)
        doubtful = [at for at, words in enumerate(read) if is_worth_more(words)]
        shown = [view for at in doubtful for view in other_views(lines[at])]
        others = iter((yield from _lines(shown, page, reader)) if shown else [])
    except (OcrFailed, OcrTimeout):
        return {}
    for at in doubtful:
        read[at] = agreed(read[at], next(others), next(others))
    return {
        at: [word.moved(parts[at].left, parts[at].top) for word in words if not _is_noise(word)]
        for at, words in zip(places, read, strict=True)
    }


def _lines(images: Sequence[Image.Image], page: Clean, desk: Desk) -> Reader[list[list[Spot]]]:
    """The words of images of a line each."""
    read = yield from _shown(images, page, desk, Layout.LINE)
    return [list(in_turn(words)) for words in read]


def _is_easy(look: _Look) -> bool:
    """Whether the quick look was enough, and no stamp was in its way."""
    return look.way == _QUICK and "bleached" not in look.page.steps


def _other_ways(page: Clean) -> Iterator[tuple[str, Clean]]:
    """The page on its head (on its side Tesseract finds the lines by itself); with little done."""
    image = page.image.transpose(Image.Transpose.ROTATE_180)
    yield "upside_down", replace(page, image=image, turn=(page.turn + 180) % 360)
    yield "in_grey", in_grey(page)


def _read(page: Clean, desk: Desk, *, layout: Layout = Layout.PAGE) -> Reader[list[Spot]]:
    """One reading of a page, without what is no word."""
    area = inked(page.image, page.dpi)
    (seen,) = yield from _shown([page.image.crop(area)], page, desk, layout)
    spots = [spot.moved(area[0], area[1]) for spot in seen]
    usual = median(spot.height for spot in spots) if spots else 0.0
    kept = (spot for spot in spots if not (_is_noise(spot) or _is_crest(spot, usual)))
    return [part for spot in by_row(kept, usual) for part in _parted(spot)]


def _shown(
    images: Iterable[Image.Image], page: Clean, desk: Desk, layout: Layout
) -> Reader[list[list[Spot]]]:
    """The words of some images of a page."""
    files = list[Path]()
    try:
        for image in images:
            file, name = tempfile.mkstemp(suffix=".bmp", dir=desk.work)
            files.append(Path(name))
            with os.fdopen(file, "wb") as open_file:
                image.save(open_file, "BMP")
        return (yield Glance(tuple(files), desk.engine, page.dpi, layout, desk.seconds, page.held))
    finally:
        for path in files:
            path.unlink(missing_ok=True)


def _parted(spot: Spot) -> tuple[Spot, ...]:
    """The word; a colon that was glued to its front, as in ``Lampiran :3``, by itself."""
    colon, rest = spot.text[:1], spot.text[1:]
    if colon != ":" or not rest or rest[0] == ":":
        return (spot,)
    edge = spot.left + (spot.right - spot.left) * _COLON / (_COLON + len(rest))
    return replace(spot, text=colon, right=edge), replace(spot, text=rest, left=edge)


def _scribble(line: Sequence[Spot], page: Sequence[Spot]) -> bool:
    """Whether a line is the edge of a stamp or a signature on a page that else reads well."""
    best = max(spot.confidence for spot in line)
    return best < _SCRIBBLE and _mean(page) >= _READS_WELL


def _is_noise(spot: Spot) -> bool:
    return spot.confidence < _NOISE and not any(sign.isalnum() for sign in spot.text)


def _is_crest(spot: Spot, usual: float) -> bool:
    return spot.height > _CREST * usual and not (is_word(spot) and _has_letters_room(spot))


def _has_letters_room(spot: Spot) -> bool:
    """Whether a word has the shape of its letters, side by side or below each other."""
    wide, count = spot.right - spot.left, len(spot.text)
    return wide >= _NARROWEST * count * spot.height or spot.height <= _LONGEST * count * wide


def _mean(spots: Sequence[Spot]) -> float:
    return sum(spot.confidence for spot in spots) / len(spots) if spots else 0.0


def _worth(spots: Sequence[Spot]) -> float:
    """How much was read: signs, by the confidence in them, doubtful ones hardly."""
    return sum(len(spot.text) * spot.confidence**2 for spot in spots)
