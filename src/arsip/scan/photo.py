"""A sheet of paper found in a photo of a desk, and laid flat."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from PIL import Image, ImageDraw, ImageStat

Point = tuple[float, float]
Coefficients = tuple[float, float, float, float, float, float, float, float]

_LOOK = 240
"""Pixels of the long side that are enough to find four edges."""
_FRAME = 0.012
"""Share of each side that is looked at for a desk around the sheet."""
_DARKER = 0.62
"""A desk is darker than this part of the paper; shadows on paper stay above along the frame."""
_DESK_SIDES = 3
_ABOVE_DESK = 0.35
"""How far above the desk's brightness paper begins, on the way to lit paper: shadows lie above."""
_MOST_LEFT_OVER = 0.03
_LEAST_POINTS = 10
_INSET = 0.8
"""Pixels of the small image that are half paper, half desk along an edge."""
_LEAST_AREA = 0.4
_TRIM = 0.7
"""Share of the edge points that a line is fitted to again: thumbs and clips are left out."""
_ROUNDS = 4
_MOST_LEAN = 0.25
"""Slope of an edge; sheets that lie more askew are no documents on a desk but something else."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where a sheet lies in a photo.

    Attributes:
        corners: top left, top right, bottom right, bottom left, in pixels.
    """

    corners: tuple[Point, Point, Point, Point]

    @property
    def size(self) -> tuple[float, float]:
        """Width and height, means of opposite sides."""
        a, b, c, d = self.corners
        return (math.dist(a, b) + math.dist(d, c)) / 2, (math.dist(a, d) + math.dist(b, c)) / 2


def sheet_in(image: Image.Image) -> Sheet | None:
    """The sheet, when a darker desk shows around it; None when the page fills the image."""
    factor = max(1, round(max(image.size) / _LOOK))
    paper = _bright(image.reduce(factor).convert("L"))
    edges = _edges(paper) if paper else None
    if paper is None or edges is None:
        return None
    corners = _corners(*edges)
    if _left_over(paper, corners) > _MOST_LEFT_OVER:
        return None
    a, b, c, d = ((x * factor, y * factor) for x, y in corners)
    sheet = Sheet((a, b, c, d))
    return sheet if _sensible(sheet, image.size) else None


def flat(image: Image.Image, sheet: Sheet, size: tuple[int, int]) -> Image.Image:
    """The sheet alone, in a size of ours."""
    return image.transform(
        size,
        Image.Transform.PERSPECTIVE,
        coefficients(sheet, size),
        Image.Resampling.BILINEAR,
    )


def coefficients(sheet: Sheet, size: tuple[int, int]) -> Coefficients:
    """a..h with x' = (ax + by + c) / (gx + hy + 1), from the flat sheet into the photo."""
    width, height = size
    flat_corners = ((0, 0), (width, 0), (width, height), (0, height))
    rows = []
    for (x, y), (u, v) in zip(flat_corners, sheet.corners, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    return cast("Coefficients", tuple(_solved(rows)))


def through(found: Coefficients, point: Point) -> Point:
    """Where a point of the flat sheet lies in the photo."""
    a, b, c, d, e, f, g, h = found
    x, y = point
    scale = g * x + h * y + 1
    return (a * x + b * y + c) / scale, (d * x + e * y + f) / scale


def _bright(small: Image.Image) -> Image.Image | None:
    """Where there is paper, 255 in mode L; None when no desk frames it."""
    width, height = small.size
    paper = _percentile(small.histogram(), 0.8)
    frame = max(1, round(_FRAME * max(small.size)))
    sides = (
        (0, 0, width, frame),
        (0, height - frame, width, height),
        (0, 0, frame, height),
        (width - frame, 0, width, height),
    )
    levels = [ImageStat.Stat(small.crop(side)).median[0] for side in sides]
    desk = [level for level in levels if level < _DARKER * paper]
    if len(desk) < _DESK_SIDES:
        return None
    limit = max(desk) + _ABOVE_DESK * (paper - max(desk))
    return small.point([255 if value > limit else 0 for value in range(256)])


def _left_over(paper: Image.Image, corners: Sequence[Point]) -> float:
    """Share of the image that is bright and not the sheet: a part of it that was cut off."""
    rest = paper.copy()
    ImageDraw.Draw(rest).polygon(list(corners), fill=0)
    return float(ImageStat.Stat(rest).mean[0]) / 255


def _percentile(histogram: Sequence[int], share: float) -> int:
    wanted, seen = share * sum(histogram), 0
    for level, count in enumerate(histogram):
        seen += count
        if seen >= wanted:
            return level
    return 255


Edge = tuple[float, float]
"""(slope, start) of a line: across = slope * along + start."""


def _edges(paper: Image.Image) -> tuple[Edge, Edge, Edge, Edge] | None:
    """Left, right (x over y), top, bottom (y over x)."""
    rows = _inner(_spans(paper))
    columns = _inner(_spans(paper.transpose(Image.Transpose.TRANSPOSE)))
    if min(len(rows), len(columns)) < _LEAST_POINTS:
        return None
    return (
        _line([(at, first + _INSET) for at, first, _last in rows]),
        _line([(at, last - _INSET) for at, _first, last in rows]),
        _line([(at, first + _INSET) for at, first, _last in columns]),
        _line([(at, last - _INSET) for at, _first, last in columns]),
    )


def _spans(paper: Image.Image) -> list[tuple[int, int, int]]:
    """(row, first bright pixel, behind the last one) of every row that has any."""
    content, width = paper.tobytes(), paper.width
    rows = (content[at * width : (at + 1) * width] for at in range(paper.height))
    return [
        (at, row.find(b"\xff"), row.rfind(b"\xff") + 1)
        for at, row in enumerate(rows)
        if b"\xff" in row
    ]


def _inner(spans: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Spans from the middle of the sheet: those at its corners cut across two edges."""
    cut = len(spans) // 8
    return spans[cut : len(spans) - cut]


def _line(points: list[tuple[int, float]]) -> Edge:
    """The line that most of the points lie on."""
    kept: Sequence[tuple[int, float]] = points
    slope, start = _fitted(kept)
    for _round in range(_ROUNDS):
        kept = sorted(points, key=lambda point: abs(slope * point[0] + start - point[1]))
        kept = kept[: round(_TRIM * len(points))]
        slope, start = _fitted(kept)
    return slope, start


def _fitted(points: Sequence[tuple[int, float]]) -> Edge:
    count = len(points)
    mean_at = sum(at for at, _value in points) / count
    mean = sum(value for _at, value in points) / count
    spread = sum((at - mean_at) ** 2 for at, _value in points) or 1.0
    slope = sum((at - mean_at) * (value - mean) for at, value in points) / spread
    return slope, mean - slope * mean_at


def _corners(left: Edge, right: Edge, top: Edge, bottom: Edge) -> list[Point]:
    return [
        _crossing(left, top),
        _crossing(right, top),
        _crossing(right, bottom),
        _crossing(left, bottom),
    ]


def _crossing(upright: Edge, level: Edge) -> Point:
    """Where x = m y + k and y = n x + l meet."""
    m, k = upright
    n, l = level  # noqa: E741 - the letters of the formula
    y = (n * k + l) / (1 - m * n)
    return m * y + k, y


def _sensible(sheet: Sheet, size: tuple[int, int]) -> bool:
    """Whether it is a large, convex, nearly upright quadrangle inside the image."""
    width, height = size
    slack = 0.05 * max(size)
    inside = all(
        -slack <= x <= width + slack and -slack <= y <= height + slack for x, y in sheet.corners
    )
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = sheet.corners
    wide, high = sheet.size
    lean = (
        max(abs(by - ay), abs(cy - dy)) / max(wide, 1),
        max(abs(dx - ax), abs(cx - bx)) / max(high, 1),
    )
    return inside and max(lean) < _MOST_LEAN and wide * high > _LEAST_AREA * width * height


def _solved(rows: list[list[float]]) -> list[float]:
    """Eight unknowns by elimination with the largest pivot."""
    rows = [list(map(float, row)) for row in rows]
    count = len(rows)
    for at in range(count):
        best = max(range(at, count), key=lambda row: abs(rows[row][at]))
        rows[at], rows[best] = rows[best], rows[at]
        pivot = rows[at][at]
        rows[at] = [value / pivot for value in rows[at]]
        for other in range(count):
            if other != at and rows[other][at]:
                factor = rows[other][at]
                rows[other] = [
                    value - factor * lead for value, lead in zip(rows[other], rows[at], strict=True)
                ]
    return [row[-1] for row in rows]
