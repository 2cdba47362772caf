"""Words back over the page: a searchable PDF with the page images as they came.

A scan that came as PDF keeps its page objects; an image file becomes a page that shows its own
pixels. Over them lie the words, invisible, built from their boxes. Pages that lie on their side or
their head are shown upright by the page's /Rotate alone.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path

from pypdf import PageObject, PdfReader, PdfWriter, Transformation
from pypdf.errors import DependencyError, PyPdfError
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from arsip.errors import SourceError
from arsip.model import PageText, Word
from arsip.scan import glyphless
from arsip.scan.embed import image_pages_into, kept
from arsip.scan.pdf import saved_again
from arsip.scan.sniff import HEAD

_BAD_PDF = (
    PyPdfError,
    DependencyError,
    SourceError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What pypdf raises on files that PDFium still opens (each seen on a real file)."""

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of every repair on stderr

FONT = "/ArsipInvisible"
_THOUSAND = 1000


def write_layer(
    path: Path,
    format: str,
    pages: Sequence[PageText],
    out: Path,
    *,
    password: str = "",
) -> bool:
    """Writes the searchable PDF; False, and nothing written, when no page was read from an image.

    False also when the PDF is too broken to be written again: then the original alone is kept.

    Args:
        path: the original, only read.
        format: its slug.
        pages: as they were read.
        out: the file to write.
        password: what opens the original.
    """
    seen = {page.number: page for page in pages if page.origin == "ocr" and page.lines}
    if not seen:
        return False
    if format != "pdf":
        writer = PdfWriter()
        image_pages_into(writer, path, format)
        _finish(writer, seen, out)
        return True
    for source in (_as_it_is, saved_again):
        try:
            _finish(PdfWriter(clone_from=source(path, password)), seen, out)
        except _BAD_PDF:
            out.unlink(missing_ok=True)
        else:
            return True
    return False


def _finish(writer: PdfWriter, seen: Mapping[int, PageText], out: Path) -> None:
    _add_words(writer, seen)
    with out.open("wb") as file:
        writer.write(file)


def _as_it_is(path: Path, _password: str) -> PdfReader:
    """The PDF as it came, from its header on; a locked one is left to PDFium."""
    content = path.read_bytes()
    reader = PdfReader(BytesIO(content[max(content.find(b"%PDF-", 0, HEAD), 0) :]))
    if reader.is_encrypted:
        raise ValueError
    return reader


def _add_words(writer: PdfWriter, seen: Mapping[int, PageText]) -> None:
    font = _font(writer)
    for number, page in enumerate(writer.pages, start=1):
        if number in seen:
            _add_page_words(writer, page, seen[number], font)


def _add_page_words(
    writer: PdfWriter, page: PageObject, text: PageText, font: IndirectObject
) -> None:
    box = page.cropbox
    wide, high = float(box.width), float(box.height)
    shown = page.rotation % 360
    if shown in {90, 270}:
        wide, high = high, wide
    place = _upright_to_shown(text, wide, high)
    place = place.transform(_shown_to_stored(shown, wide, high))
    place = place.translate(float(box.left), float(box.bottom))
    stream = DecodedStreamObject()
    stream.set_data(_content(text, place, wide, high))
    layer = kept(writer, stream.flate_encode())
    _append(writer, page, layer)
    _give_font(page, font)
    page.rotation = (shown + text.turn) % 360


def _upright_to_shown(text: PageText, wide: float, high: float) -> Transformation:
    """From the straight, upright page to the page as a viewer shows it; origin bottom left."""
    upright = (high, wide) if text.turn in {90, 270} else (wide, high)
    return (
        Transformation()
        .translate(-upright[0] / 2, -upright[1] / 2)
        .rotate(-text.skew)
        .rotate(text.turn)
        .translate(wide / 2, high / 2)
    )


def _shown_to_stored(shown: int, wide: float, high: float) -> Transformation:
    """Undoes the page's own /Rotate."""
    stored = (high, wide) if shown in {90, 270} else (wide, high)
    return (
        Transformation()
        .translate(-wide / 2, -high / 2)
        .rotate(shown)
        .translate(stored[0] / 2, stored[1] / 2)
    )


def _content(text: PageText, place: Transformation, wide: float, high: float) -> bytes:
    """The text objects: each word stretched over its own box."""
    if text.turn in {90, 270}:
        wide, high = high, wide
    a, b, c, d, e, f = place.ctm
    parts = [f"q {_numbers(a, b, c, d, e, f)} cm BT 3 Tr"]
    for line in text.lines:
        parts.extend(_word(word, wide, high) for word in _printable(line))
    parts.append("ET Q")
    return "\n".join(parts).encode("ascii")


def _printable(line: Sequence[Word]) -> Iterator[Word]:
    return (word for word in line if word.text.strip())


def _word(word: Word, wide: float, high: float) -> str:
    left, top, right, bottom = word.box
    size = max(1.0, (bottom - top) / _THOUSAND * high)
    width = max(0.5, (right - left) / _THOUSAND * wide)
    text = "".join(sign if sign <= "\uffff" else "\ufffd" for sign in word.text)
    natural = len(text) * size * glyphless.WIDTH / glyphless.UNITS
    x, y = left / _THOUSAND * wide, (1 - bottom / _THOUSAND) * high
    codes = (text + " ").encode("utf-16-be", errors="replace").hex()
    stretch = 100 * width / natural
    font = f"{FONT} {_numbers(size)} Tf {_numbers(stretch)} Tz"
    return f"{font} 1 0 0 1 {_numbers(x, y)} Tm <{codes}> Tj"


def _numbers(*values: float) -> str:
    return " ".join(f"{value:.4f}".rstrip("0").rstrip(".") for value in values)


def _append(writer: PdfWriter, page: PageObject, layer: IndirectObject) -> None:
    """Adds the layer behind what the page draws, which is kept as it is between q and Q."""
    contents = page.get("/Contents")
    old: list[object] = []
    if contents is not None:
        resolved = contents.get_object()
        old = list(resolved) if isinstance(resolved, ArrayObject) else [page.raw_get("/Contents")]
    save, restore = DecodedStreamObject(), DecodedStreamObject()
    save.set_data(b"q\n")
    restore.set_data(b"\nQ\n")
    parts = [kept(writer, save), *old, kept(writer, restore), layer]
    page[NameObject("/Contents")] = ArrayObject(parts)


def _give_font(page: PageObject, font: IndirectObject) -> None:
    resources = page.get("/Resources", DictionaryObject()).get_object()
    own = DictionaryObject(resources)
    fonts = DictionaryObject(own.get("/Font", DictionaryObject()).get_object())
    fonts[NameObject(FONT)] = font
    own[NameObject("/Font")] = fonts
    page[NameObject("/Resources")] = own


def _font(writer: PdfWriter) -> IndirectObject:
    """The invisible font, once in the file."""
    streams = []
    for content in (glyphless.font_file(), glyphless.glyph_of_code(), glyphless.to_unicode()):
        stream = DecodedStreamObject()
        stream.set_data(content)
        streams.append(kept(writer, stream.flate_encode()))
    file, glyphs, signs = streams
    name = NameObject("/ArsipInvisible")
    box = ArrayObject(NumberObject(value) for value in (0, 0, glyphless.WIDTH, glyphless.UNITS))
    descriptor = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/FontDescriptor"),
            NameObject("/FontName"): name,
            NameObject("/Flags"): NumberObject(5),
            NameObject("/FontBBox"): box,
            NameObject("/ItalicAngle"): NumberObject(0),
            NameObject("/Ascent"): NumberObject(glyphless.UNITS),
            NameObject("/Descent"): NumberObject(-1),
            NameObject("/CapHeight"): NumberObject(glyphless.UNITS),
            NameObject("/StemV"): NumberObject(80),
            NameObject("/FontFile2"): file,
        }
    )
    system = DictionaryObject(
        {
            NameObject("/Registry"): TextStringObject("Adobe"),
            NameObject("/Ordering"): TextStringObject("Identity"),
            NameObject("/Supplement"): NumberObject(0),
        }
    )
    descendant = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/CIDFontType2"),
            NameObject("/BaseFont"): name,
            NameObject("/CIDSystemInfo"): system,
            NameObject("/FontDescriptor"): kept(writer, descriptor),
            NameObject("/DW"): FloatObject(glyphless.WIDTH),
            NameObject("/CIDToGIDMap"): glyphs,
        }
    )
    return kept(
        writer,
        DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type0"),
                NameObject("/BaseFont"): name,
                NameObject("/Encoding"): NameObject("/Identity-H"),
                NameObject("/DescendantFonts"): ArrayObject([kept(writer, descendant)]),
                NameObject("/ToUnicode"): signs,
            }
        ),
    )
