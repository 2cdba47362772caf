"""A file in, pages of words out: the one door that the reading workers use."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from arsip.errors import Incomplete, SourceError, TooLarge, Unreadable
from arsip.model import BROKEN, PENDING, Limits, Outline, PageText
from arsip.scan.engine import OcrEngine
from arsip.scan.engines import Tesseract
from arsip.scan.image import BAD_IMAGE, image_page, image_pages
from arsip.scan.ocr import Desk, read_raster
from arsip.scan.pdf import opened, pdf_outline
from arsip.scan.pdfpage import read_pdf_page
from arsip.scan.resident import ResidentTesseract
from arsip.scan.sniff import whole
from arsip.scan.tesseract import TesseractEngine
from arsip.scan.text import text_page, text_pages
from arsip.scan.together import Reader
from arsip.words import _


def loaded(spec: Tesseract, languages: str, work: Path) -> OcrEngine:
    """The engine of a choice; files of its own go into ``work``."""
    kind = ResidentTesseract if spec.resident else TesseractEngine
    return kind(spec, languages, work)


def inspect(
    path: Path,
    format: str,
    *,
    passwords: Sequence[str] = (),
    limits: Limits,
) -> Outline:
    """How many pages the file has and what a person should know of it.

    Raises:
        Unreadable: no page can be opened.
        Incomplete: it is cut off, and not every page opens.
        PasswordNeeded: it is locked, and none of the passwords opens it.
        TooLarge: too many pages or pixels.
    """
    complete = whole(path, format)
    try:
        if format == "txt":
            return Outline(text_pages(path, limits=limits))
        if format == "pdf":
            return pdf_outline(path, passwords, complete=complete, limits=limits)
        pages = image_pages(path, format, complete=complete, limits=limits)
        return Outline(pages, () if complete else ("damaged",))
    except Unreadable as error:
        if complete:
            raise
        raise Incomplete(_("The file is cut off.")) from error
    except MemoryError as error:
        raise TooLarge(_("The file needs more memory than there is.")) from error


def page_reader(  # noqa: PLR0913 - what a page is read from, with and within
    path: Path,
    format: str,
    number: int,
    *,
    password: str,
    engine: OcrEngine,
    work: Path,
    limits: Limits,
    defer: bool = False,
) -> Reader[PageText]:
    """Reads the words of one page; deferred, of those only that the file has itself.

    A page that cannot be read comes back with ``unread``: BROKEN (does not decode or draw),
    ``too_large``, ``memory``, ``timeout``, ``ocr_failed`` or PENDING.
    """
    desk = Desk(engine, work, limits.page_seconds, defer=defer)
    try:
        if format == "pdf":
            with opened(path, [password] if password else []) as (document, _password):
                return (yield from read_pdf_page(document, number, desk=desk, limits=limits))
        if format == "txt":
            return text_page(path, number)
        raster = image_page(path, format, number, limits=limits)
        if defer:
            return PageText(number, unread=PENDING)
        reader = read_raster(raster, number, desk=desk)
        del raster  # the reader alone says how long its pixels are kept
        return (yield from reader)
    except (SourceError, MemoryError, *BAD_IMAGE) as error:
        return PageText(number, unread=_slug(error))


def _slug(error: Exception) -> str:
    if isinstance(error, TooLarge):
        return "too_large"
    return "memory" if isinstance(error, MemoryError) else BROKEN
