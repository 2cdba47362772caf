"""Words back over the page: a searchable PDF with the page images as they came.

A scan that came as PDF keeps its page objects; an image file becomes a page that shows its own
pixels. Over them lie the words, invisible, built from their boxes. Pages that lie on their side or
their head are shown upright by the page's /Rotate alone; pages without ink are left out.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path

from pypdf import PageObject, PdfReader, PdfWriter, Transformation
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
)

from arsip.model import PageText, Word
from arsip.scan import glyphless, pdfa
from arsip.scan.caption import Caption
from arsip.scan.embed import image_pages_into
from arsip.scan.invisible import NAME, invisible_font
from arsip.scan.pdf import saved_again
from arsip.scan.pdfthings import BAD_PDF, kept, swept, table
from arsip.scan.prune import drop_hidden_text, label_pages, leave_out, prune
from arsip.scan.sniff import HEAD

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of every repair on stderr

_THOUSAND = 1000


def write_layer(
    path: Path,
    format: str,
    pages: Sequence[PageText],
    out: Path,
    *,
    caption: Caption,
    password: str = "",
) -> bool:
    """Writes the searchable PDF; False, and nothing written, when no page was read from an image.

    False also when the PDF is too broken to be written again: then the original alone is kept.

    Args:
        path: the original, only read.
        format: its slug.
        pages: as they were read, all of the file.
        out: the file to write.
        caption: what the copy says of itself.
        password: what opens the original.
    """
    if not any(page.seen for page in pages):
        return False
    if format != "pdf":
        writer = PdfWriter()
        shown = [page.number for page in pages if not page.empty]
        image_pages_into(writer, path, format, shown)
        label_pages(writer, shown)
        _finish(writer, {number: pages[number - 1] for number in shown}, caption, out)
        return True
    for source in (_as_it_is, saved_again):
        try:
            writer = PdfWriter(clone_from=source(path, password))
            _finish(writer, _left_in(writer, pages), caption, out)
        except BAD_PDF:
            out.unlink(missing_ok=True)
        else:
            return True
    return False


def _left_in(writer: PdfWriter, pages: Sequence[PageText]) -> Mapping[int, PageText]:
    """Take out of the document what does not go into the copy; gives the pages that are left.

    Raises:
        ValueError: pypdf finds other pages than PDFium did.
    """
    if len(writer.pages) != len(pages):
        raise ValueError
    prune(writer)
    blank = {page.number for page in pages if page.empty}
    if blank:
        leave_out(writer, blank)
    return {page.number: page for page in pages if page.number not in blank}


def _finish(writer: PdfWriter, texts: Mapping[int, PageText], caption: Caption, out: Path) -> None:
    seen = [
        (page, text) for page, text in zip(writer.pages, texts.values(), strict=True) if text.seen
    ]
    for page, _text in seen:
        drop_hidden_text(writer, page)
    archival = pdfa.fit(writer)
    font = invisible_font(writer)
    for page, text in seen:
        _add_page_words(writer, page, text, font)
    pdfa.sign(writer, caption, archival=archival)
    swept(writer)
    with out.open("wb") as file:
        writer.write(file)


def _as_it_is(path: Path, _password: str) -> PdfReader:
    """The PDF as it came, from its header on; a locked one is left to PDFium."""
    content = path.read_bytes()
    reader = PdfReader(BytesIO(content[max(content.find(b"%PDF-", 0, HEAD), 0) :]))
    if reader.is_encrypted:
        raise ValueError
    return reader


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
    """From the upright page to the page as a viewer shows it; origin bottom left."""
    upright = (high, wide) if text.turn in {90, 270} else (wide, high)
    return (
        Transformation()
        .translate(-upright[0] / 2, -upright[1] / 2)
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
    """The text objects: each word stretched over its own box.

    On a page that leans, words are moved to where they lie, but do not lean themselves: some
    viewers cut a word where its letters do not stand on one level, and would not find it.
    """
    if text.turn in {90, 270}:
        wide, high = high, wide
    leaning = Transformation().translate(-wide / 2, -high / 2).rotate(-text.skew)
    leaning = leaning.translate(wide / 2, high / 2)
    a, b, c, d, e, f = place.ctm
    parts = [f"q {_numbers(a, b, c, d, e, f)} cm BT 3 Tr"]
    for line in text.lines:
        parts.extend(_word(word, wide, high, leaning) for word in _printable(line))
    parts.append("ET Q")
    return "\n".join(parts).encode("ascii")


def _printable(line: Sequence[Word]) -> Iterator[Word]:
    return (word for word in line if word.text.strip())


def _word(word: Word, wide: float, high: float, leaning: Transformation) -> str:
    left, top, right, bottom = word.box
    middle = ((left + right) / 2 / _THOUSAND * wide, (1 - (top + bottom) / 2 / _THOUSAND) * high)
    x, y = leaning.apply_on(middle)
    size = max(1.0, (bottom - top) / _THOUSAND * high)
    width = max(0.5, (right - left) / _THOUSAND * wide)
    text = "".join(sign if sign <= "\uffff" else "\ufffd" for sign in word.text)
    natural = len(text) * size * glyphless.WIDTH / glyphless.UNITS
    codes = (text + " ").encode("utf-16-be", errors="replace").hex()
    stretch = 100 * width / natural
    font = f"{NAME} {_numbers(size)} Tf {_numbers(stretch)} Tz"
    return f"{font} 1 0 0 1 {_numbers(x - width / 2, y - size / 2)} Tm <{codes}> Tj"


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
    own = DictionaryObject(table(page, "/Resources"))
    fonts = DictionaryObject(table(own, "/Font"))
    fonts[NameObject(NAME)] = font
    own[NameObject("/Font")] = fonts
    page[NameObject("/Resources")] = own
