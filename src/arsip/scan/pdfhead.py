"""A letterhead that is only a picture, over a page that else has words of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pypdfium2 as pdfium

from arsip.scan.engine import Spot
from arsip.scan.ocr import Desk, picture_words
from arsip.scan.pdf import DRAW_DPI, drawn_part, images_of
from arsip.scan.pdfwords import view_of
from arsip.scan.raster import POINTS_PER_INCH
from arsip.scan.together import Reader

Area = tuple[float, float, float, float]
"""left, top, right, bottom in points from the top left corner of the page."""

_LOWEST = 0.25
"""Part of the page's height that a head may reach down to."""
_WIDE, _HIGH = 0.4, 0.02
"""Parts of the page's width and height: a crest alone is narrower, a rule is not as high."""


def head_words(page: pdfium.PdfPage, spots: Sequence[Spot], desk: Desk) -> Reader[list[Spot]]:
    """The words in a picture at the head of the page, in points; none where own words stand.

    Args:
        page: as a viewer shows it.
        spots: its own words.
        desk: what the picture is read with.
    """
    area = next((area for area in _heads(page) if not _covered(area, spots)), None)
    if area is None:
        return []
    left, top, _right, _bottom = area
    scale = POINTS_PER_INCH / DRAW_DPI
    run = max((spot.run for spot in spots), default=0) + 1
    words = yield from picture_words(drawn_part(page, area), DRAW_DPI, desk)
    return [
        replace(
            word,
            left=left + word.left * scale,
            top=top + word.top * scale,
            right=left + word.right * scale,
            bottom=top + word.bottom * scale,
            run=run + word.run,
        )
        for word in words
    ]


def _heads(page: pdfium.PdfPage) -> list[Area]:
    """Where pictures stand that may be a letterhead."""
    width, height = page.get_size()
    areas = [_area(page, image) for image in images_of(page)]
    return [
        (left, top, right, bottom)
        for left, top, right, bottom in areas
        if bottom <= _LOWEST * height
        and right - left >= _WIDE * width
        and bottom - top >= _HIGH * height
    ]


def _area(page: pdfium.PdfPage, image: pdfium.PdfImage) -> Area:
    """Where a picture stands, as far as it is on the page."""
    left, bottom, right, top = image.get_bounds()
    view, width = view_of(page), page.get_size()[0]
    xs, ys = zip(view.at(left, bottom), view.at(right, top), strict=True)
    return max(0.0, min(xs)), max(0.0, min(ys)), min(width, max(xs)), max(0.0, *ys)


def _covered(area: Area, spots: Sequence[Spot]) -> bool:
    left, top, right, bottom = area
    return any(
        left < spot.right and spot.left < right and top < spot.middle < bottom for spot in spots
    )
