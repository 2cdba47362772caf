"""PDF files: opened, counted, their own words, and pictures of their pages, through PDFium."""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image
from pypdfium2 import raw

from arsip.errors import PasswordNeeded, TooLarge, Unreadable
from arsip.model import Limits, Outline
from arsip.scan.image import BAD_IMAGE
from arsip.scan.raster import POINTS_PER_INCH, Raster, plain, sensible_dpi
from arsip.scan.sniff import HEAD
from arsip.words import _

_HEADER_WITHIN = 1024
"""PDFium finds a header no further in; what stands behind more junk is opened from its header."""

_ACTIVE = re.compile(rb"/(?:JavaScript|Launch|SubmitForm|ImportData|RichMedia|EmbeddedFile)\b")

DRAW_DPI = 240.0
_LEAST_DPI, _MOST_DPI = 150.0, 300.0
_MOST_PIXELS = 40_000_000
"""Of a page that is drawn: A2 at 240 dpi; posters and absurd page sizes are drawn coarser."""

_DEPTH = 4
"""Forms within forms that are looked into."""

COVERS = 0.9
"""Share of the page that one image must cover to be the page."""


@contextmanager
def opened(path: Path, passwords: Sequence[str]) -> Iterator[tuple[pdfium.PdfDocument, str]]:
    """The document and the password that opened it; empty when none was needed.

    Raises:
        PasswordNeeded: it is encrypted and no password opens it.
        Unreadable: no page of it can be opened.
    """
    source = _from_header(path)
    for password in ("", *passwords):
        try:
            document = pdfium.PdfDocument(source, password=password or None)
        except pdfium.PdfiumError as error:
            if error.err_code == raw.FPDF_ERR_PASSWORD:
                continue
            raise Unreadable(_("The PDF cannot be opened.")) from error
        try:
            yield document, password
        finally:
            document.close()
        return
    raise PasswordNeeded(_("The PDF is locked and no known password opens it."))


def _from_header(path: Path) -> Path | bytes:
    """The file, or its bytes with the header where PDFium looks for one."""
    with path.open("rb") as file:
        at = file.read(HEAD).find(b"%PDF-")
        if 0 <= at <= _HEADER_WITHIN:
            return path
        file.seek(max(at, 0))
        return (b"" if at > 0 else b"%PDF-1.7\n") + file.read()


def saved_again(path: Path, password: str) -> BytesIO:
    """The document as PDFium writes it: mended, and without lock; streams keep their bytes.

    Raises:
        Unreadable: it cannot be opened or written.
    """
    copy = BytesIO()
    try:
        with opened(path, [password] if password else []) as (document, _password):
            document.save(copy, flags=raw.FPDF_REMOVE_SECURITY)
    except pdfium.PdfiumError as error:
        raise Unreadable(_("The PDF cannot be written again.")) from error
    copy.seek(0)
    return copy


def pdf_outline(path: Path, passwords: Sequence[str], *, complete: bool, limits: Limits) -> Outline:
    """How many pages, which flags, which password.

    Args:
        path: the file.
        passwords: tried in this order, after none.
        complete: it reaches its own end; of one that does not every page is opened.
        limits: no more pages than these.

    Raises:
        PasswordNeeded, Unreadable: as ``opened``; Unreadable also when not every page opens.
        TooLarge: more pages than the limit.
    """
    with opened(path, passwords) as (document, password):
        count = _count(document, limits)
        if not complete:
            _check_pages(document, count)
        flags = _flags(path, document)
    return Outline(count, flags if complete else ("damaged", *flags), password)


def _count(document: pdfium.PdfDocument, limits: Limits) -> int:
    """Pages that are there, whatever the page tree announces."""
    for index in range(limits.pages + 1):
        if index >= len(document) or not _there(document, index):
            if index:
                return index
            raise Unreadable(_("The PDF has no page that can be opened."))
    raise TooLarge(_("The file has more than {pages} pages.").format(pages=limits.pages))


def _there(document: pdfium.PdfDocument, index: int) -> bool:
    try:
        document.get_page_size(index)
    except pdfium.PdfiumError:
        return False
    return True


def _check_pages(document: pdfium.PdfDocument, count: int) -> None:
    for index in range(count):
        try:
            document[index].close()
        except pdfium.PdfiumError as error:
            raise Unreadable(_("A page of the PDF cannot be opened.")) from error


def _flags(path: Path, document: pdfium.PdfDocument) -> tuple[str, ...]:
    flags = []
    if (
        raw.FPDFDoc_GetJavaScriptActionCount(document) > 0
        or raw.FPDFDoc_GetAttachmentCount(document) > 0
        or _mentions_actions(path)
    ):
        flags.append("active_content")
    if raw.FPDF_GetSignatureCount(document) > 0:
        flags.append("signed")
    return tuple(flags)


def _mentions_actions(path: Path) -> bool:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as view:
        return _ACTIVE.search(view) is not None


@contextmanager
def page_of(document: pdfium.PdfDocument, number: int) -> Iterator[pdfium.PdfPage]:
    """One page, with the values of its form fields as part of it."""
    if document.get_formtype() and not document.formenv:
        document.init_forms()
    page = document[number - 1]
    if document.formenv and _notes(page):
        page.flatten()
        page.close()
        page = document[number - 1]
    try:
        yield page
    finally:
        page.close()


def covers(page: pdfium.PdfPage, image: pdfium.PdfImage) -> bool:
    """Whether the image lies under the whole page."""
    left, bottom, right, top = page.get_bbox()
    a, b, c, d = image.get_bounds()
    wide, high = min(c, right) - max(a, left), min(d, top) - max(b, bottom)
    area = (right - left) * (top - bottom)
    return bool(max(wide, 0) * max(high, 0) >= COVERS * max(1.0, area))


def images_of(page: pdfium.PdfPage) -> list[pdfium.PdfImage]:
    """The images on the page, in the order they are drawn."""
    return list(page.get_objects([raw.FPDF_PAGEOBJ_IMAGE], max_depth=_DEPTH))


def has_only_text(page: pdfium.PdfPage) -> bool:
    """Whether nothing is drawn but letters, so that what can be seen can be read as it is."""
    allowed = {raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_FORM}
    drawn = {thing.type for thing in page.get_objects(max_depth=_DEPTH)}
    return bool(drawn <= allowed) and not _notes(page)


def _notes(page: pdfium.PdfPage) -> int:
    """How many annotations, form fields and stamps lie on the page."""
    return int(raw.FPDFPage_GetAnnotCount(page))


def shows_text(page: pdfium.PdfPage) -> bool:
    """Whether most of the text is drawn; the words of an old OCR lie there invisible."""
    modes = [
        raw.FPDFTextObj_GetTextRenderMode(thing)
        for thing in page.get_objects([raw.FPDF_PAGEOBJ_TEXT], max_depth=_DEPTH)
    ]
    return 2 * modes.count(raw.FPDF_TEXTRENDERMODE_INVISIBLE) < len(modes)


def page_raster(page: pdfium.PdfPage, *, limits: Limits) -> Raster:
    """The page in pixels: the image that covers it as it is stored, else drawn in grey.

    Raises:
        TooLarge: an image on it has too many pixels.
        Unreadable: PDFium cannot draw it.
    """
    images = images_of(page)
    for image in images:
        wide, high = image.get_px_size()
        if wide * high > limits.pixels:
            raise TooLarge(_("An image on the page has too many pixels."))
    stored = _stored(page, images)
    return stored or _drawn(page, _native_dpi(images))


def drawn_part(page: pdfium.PdfPage, area: tuple[float, float, float, float]) -> Image.Image:
    """A part of the page in grey, at DRAW_DPI.

    Args:
        page: as a viewer shows it.
        area: left, top, right, bottom in points from its top left corner.

    Raises:
        pdfium.PdfiumError: it cannot be drawn.
    """
    width, height = page.get_size()
    left, top, right, bottom = area
    bitmap = page.render(
        scale=DRAW_DPI / POINTS_PER_INCH,
        crop=(left, max(0.0, height - bottom), max(0.0, width - right), top),
        grayscale=True,
    )
    image: Image.Image = bitmap.to_pil().convert("L")
    bitmap.close()
    return image


def _native_dpi(images: Sequence[pdfium.PdfImage]) -> float:
    """The resolution of the largest image on the page; that of our choice without images."""
    best, best_area = DRAW_DPI, 0.0
    for image in images:
        left, bottom, right, top = image.get_bounds()
        wide, high = right - left, top - bottom
        if wide * high > max(best_area, 1.0):
            best_area = wide * high
            best = max(image.get_px_size()) / max(wide, high) * POINTS_PER_INCH
    return min(_MOST_DPI, max(_LEAST_DPI, best))


def _drawn(page: pdfium.PdfPage, dpi: float) -> Raster:
    width, height = page.get_size()
    dpi = min(dpi, DRAW_DPI)
    inches = max(width, 1.0) * max(height, 1.0) / POINTS_PER_INCH**2
    dpi = min(dpi, (_MOST_PIXELS / inches) ** 0.5)
    try:
        bitmap = page.render(scale=dpi / POINTS_PER_INCH, grayscale=True, limit_image_cache=True)
    except (pdfium.PdfiumError, ValueError) as error:
        raise Unreadable(_("The page cannot be drawn.")) from error
    image = bitmap.to_pil().copy()
    bitmap.close()
    return Raster(image if image.mode == "L" else image.convert("L"), dpi)


def _stored(page: pdfium.PdfPage, images: Sequence[pdfium.PdfImage]) -> Raster | None:
    """The JPEG that is the whole page, if the page is nothing but one."""
    if len(images) != 1 or not covers(page, images[0]) or not _alone(page):
        return None
    image = images[0]
    matrix = image.get_matrix()
    if abs(matrix.b) + abs(matrix.c) > 1 or min(matrix.a, matrix.d) <= 0:
        return None
    if image.get_filters() != ["DCTDecode"]:
        return None
    picture = _decoded(bytes(image.get_data()))
    if picture is None or picture.mode not in {"L", "RGB"}:
        return None
    upright = _turned(plain(picture), page.get_rotation())
    across = max(picture.size) / max(matrix.a, matrix.d) * POINTS_PER_INCH
    return Raster(upright, sensible_dpi(upright.size, across))


def _decoded(content: bytes) -> Image.Image | None:
    """The picture; None when Pillow is stricter than PDFium, which then draws what there is."""
    try:
        picture = Image.open(BytesIO(content), formats=("JPEG",))
        picture.load()
    except BAD_IMAGE:
        return None
    return picture


def _alone(page: pdfium.PdfPage) -> bool:
    """Whether nothing but the image and invisible text is drawn."""
    for thing in page.get_objects(max_depth=_DEPTH):
        if thing.type == raw.FPDF_PAGEOBJ_TEXT:
            if raw.FPDFTextObj_GetTextRenderMode(thing) != raw.FPDF_TEXTRENDERMODE_INVISIBLE:
                return False
        elif thing.type not in {raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM}:
            return False
    return not _notes(page)


def _turned(image: Image.Image, clockwise: int) -> Image.Image:
    methods = {
        90: Image.Transpose.ROTATE_270,
        180: Image.Transpose.ROTATE_180,
        270: Image.Transpose.ROTATE_90,
    }
    return image.transpose(methods[clockwise]) if clockwise in methods else image
