"""One page of a PDF: by its own words when they can be trusted, else by looking at it."""

from __future__ import annotations

from collections.abc import Sequence

import pypdfium2 as pdfium

from arsip.errors import Unreadable
from arsip.model import PENDING, Limits, PageText, Treatment
from arsip.scan.engine import Spot
from arsip.scan.ocr import Desk, read_raster
from arsip.scan.order import in_order
from arsip.scan.owntext import GOOD, fault
from arsip.scan.pdf import (
    covers,
    has_only_text,
    images_of,
    page_of,
    page_raster,
    shows_text,
)
from arsip.scan.pdfhead import head_words
from arsip.scan.pdfwords import own_words
from arsip.scan.place import boxed
from arsip.scan.together import Reader
from arsip.words import _

_MUCH = 300
"""Signs: a short letter; the line that an e-signature prints on a scan has 200 at most."""


def read_pdf_page(
    document: pdfium.PdfDocument, number: int, *, desk: Desk, limits: Limits
) -> Reader[PageText]:
    """The words of one page.

    Raises:
        TooLarge: too many pixels or signs on it.
        Unreadable: it cannot be opened or drawn.
    """
    try:
        with page_of(document, number) as page:
            spots = own_words(page)
            verdict = _verdict(page, spots)
            if verdict == GOOD:
                read = (yield from _own(page, spots, desk))._replace(number=number)
            elif desk.defer:
                read = _looked_at(page, PageText(number, unread=PENDING))
            else:
                reader = read_raster(page_raster(page, limits=limits), number, desk=desk)
                read = _looked_at(page, (yield from reader))
    except pdfium.PdfiumError as error:
        raise Unreadable(_("The page cannot be opened.")) from error
    return read._replace(treatment=read.treatment._replace(own_text=verdict))


def _looked_at(page: pdfium.PdfPage, seen: PageText) -> PageText:
    """What was read of the page's image, in the page's own size."""
    width, height = page.get_size()
    if seen.turn in {90, 270}:
        width, height = height, width
    return seen._replace(width=width, height=height)


def _own(page: pdfium.PdfPage, spots: Sequence[Spot], desk: Desk) -> Reader[PageText]:
    """The page by its own words, and those of a letterhead that is only a picture."""
    width, height = page.get_size()
    head = yield from head_words(page, spots, desk)
    lines = tuple(boxed(line, width, height) for line in in_order([*spots, *head]))
    return PageText(
        number=0,
        lines=lines,
        origin="text",
        engine=f"pdf, {desk.engine.name}" if head else "pdf",
        confidence=1.0 if lines else 0.0,
        blank=not lines,
        width=width,
        height=height,
        treatment=Treatment(steps=("head_read",) if head else ()),
    )


def _verdict(page: pdfium.PdfPage, spots: Sequence[Spot]) -> str:
    """Whether the page's own words are all that stands on it, and right.

    Empty: it has none, and something to look at. ``good``: they are. Else the slug of their fault;
    ``scanned`` when they lie over a picture of the whole page: paper with a water mark when much is
    printed over it; with little or invisible text a scan, whose old OCR nobody vouches for.
    """
    found = fault(spots)
    if found == "few":
        if has_only_text(page):
            return GOOD
        return found if spots else ""
    if found:
        return found
    if any(covers(page, image) for image in images_of(page)):
        much = sum(len(spot.text) for spot in spots) >= _MUCH
        return GOOD if much and shows_text(page) else "scanned"
    return GOOD
