"""One page of a PDF: by its own words when they can be trusted, else by looking at it."""

from __future__ import annotations

from collections.abc import Sequence

import pypdfium2 as pdfium

from arsip.errors import Unreadable
from arsip.model import Limits, PageText
from arsip.scan.engine import Spot
from arsip.scan.ocr import Desk, read_raster
from arsip.scan.order import in_order
from arsip.scan.owntext import fault
from arsip.scan.pdf import covers, has_only_text, images_of, page_of, page_raster, shows_text
from arsip.scan.pdfwords import own_words
from arsip.scan.place import boxed
from arsip.words import _

_MUCH = 300
"""Signs: a short letter; the line that an e-signature prints on a scan has 200 at most."""


def read_pdf_page(
    document: pdfium.PdfDocument, number: int, *, desk: Desk, limits: Limits
) -> PageText:
    """The words of one page.

    Raises:
        TooLarge: too many pixels or signs on it.
        Unreadable: it cannot be opened or drawn.
    """
    try:
        with page_of(document, number) as page:
            found = _own(page, number)
            if found is not None:
                return found
            width, height = page.get_size()
            seen = read_raster(page_raster(page, limits=limits), number, desk=desk)
    except pdfium.PdfiumError as error:
        raise Unreadable(_("The page cannot be opened.")) from error
    if seen.turn in {90, 270}:
        width, height = height, width
    return seen._replace(width=width, height=height)


def _own(page: pdfium.PdfPage, number: int) -> PageText | None:
    """The page by its own words; None when it has to be looked at."""
    spots = own_words(page)
    if not _trusted(page, spots):
        return None
    width, height = page.get_size()
    lines = tuple(boxed(line, width, height) for line in in_order(spots))
    return PageText(
        number=number,
        lines=lines,
        origin="text",
        engine="pdf",
        confidence=1.0 if lines else 0.0,
        blank=not lines,
        width=width,
        height=height,
    )


def _trusted(page: pdfium.PdfPage, spots: Sequence[Spot]) -> bool:
    """Whether the page's own words are all that stands on it, and right.

    A picture under the whole page is paper with a water mark when much is printed over it; with
    little or invisible text it is a scan, whose old OCR nobody vouches for.
    """
    found = fault(spots)
    if found == "few":
        return has_only_text(page)
    if found:
        return False
    if any(covers(page, image) for image in images_of(page)):
        return shows_text(page) and sum(len(spot.text) for spot in spots) >= _MUCH
    return True
