"""From the pixels that the engine saw back to the page as it came."""

from __future__ import annotations

import math
from collections.abc import Sequence

from arsip.model import Box, Line, Word
from arsip.scan.clean import Clean
from arsip.scan.engine import Spot
from arsip.scan.photo import Coefficients, Point, through

THOUSAND = 1000


def boxed(spots: Sequence[Spot], width: float, height: float) -> Line:
    """The words with boxes in 1/1000 of a page of this size."""
    return tuple(
        Word(
            spot.text,
            Box(
                _part(spot.left, width),
                _part(spot.top, height),
                _part(spot.right, width),
                _part(spot.bottom, height),
            ),
            round(spot.confidence, 3),
        )
        for spot in spots
    )


def placed(spots: Sequence[Spot], page: Clean, source: tuple[int, int]) -> Line:
    """The words with boxes in 1/1000 of the upright page.

    On a scan the boxes are those of the straightened page; on a photo, whose sheet was laid flat,
    they are led back to where the words lie in the photo.

    Args:
        spots: in pixels of the page that was read.
        page: how it was made.
        source: size of the image it was made of.
    """
    if page.warp is None:
        return boxed(spots, *page.image.size)
    moved = [_moved(spot, page, page.warp, source) for spot in spots]
    width, height = source if page.turn % 180 == 0 else source[::-1]
    return boxed(moved, width, height)


def _part(place: float, whole: float) -> int:
    return min(THOUSAND, max(0, round(THOUSAND * place / whole)))


def _moved(spot: Spot, page: Clean, warp: Coefficients, source: tuple[int, int]) -> Spot:
    """The word in pixels of the upright photo."""
    middle = (spot.top + spot.bottom) / 2
    ends = [_to_photo((x, middle), page, warp, source) for x in (spot.left, spot.right)]
    centre = ((ends[0][0] + ends[1][0]) / 2, (ends[0][1] + ends[1][1]) / 2)
    wide = math.dist(*ends)
    high = spot.height * wide / max(1.0, spot.right - spot.left)
    return Spot(
        spot.text,
        centre[0] - wide / 2,
        centre[1] - high / 2,
        centre[0] + wide / 2,
        centre[1] + high / 2,
        spot.confidence,
    )


def _to_photo(point: Point, page: Clean, warp: Coefficients, source: tuple[int, int]) -> Point:
    wide, high = page.image.size
    point = _about((wide / 2, high / 2), point, math.radians(page.skew))
    return _turned(through(warp, _unturned(point, page.turn, (wide, high))), page.turn, source)


def _about(centre: Point, point: Point, angle: float) -> Point:
    """The point turned clockwise around a centre, y pointing down."""
    x, y = point[0] - centre[0], point[1] - centre[1]
    cos, sin = math.cos(angle), math.sin(angle)
    return centre[0] + x * cos - y * sin, centre[1] + x * sin + y * cos


def _turned(point: Point, turn: int, size: tuple[float, float]) -> Point:
    """Where a point of an image of this size lies once the image is turned clockwise."""
    x, y = point
    width, height = size
    return {0: (x, y), 90: (height - y, x), 180: (width - x, height - y), 270: (y, width - x)}[turn]


def _unturned(point: Point, turn: int, size: tuple[float, float]) -> Point:
    """Where a point of the turned image of this size was before."""
    return _turned(point, (360 - turn) % 360, size)
