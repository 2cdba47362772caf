"""The words that a PDF page carries as text, with their places, through PDFium."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pypdfium2 as pdfium
from pypdfium2 import raw

from arsip.errors import TooLarge
from arsip.scan.engine import Spot
from arsip.words import _

MOST_SIGNS = 400_000
"""Of one page: a hundred dense pages; more is made to exhaust its reader."""

_WORD = re.compile(r"\S+")
_LINE_HYPHEN = "\x02"
"""What PDFium gives for a hyphen at a line's end."""

_SAME_LINE = 0.4
_NEAR = 2.5
"""Line heights between words of one run: wider gaps part columns and cells."""

_FAR = 1_000_000
"""PDFium maps to whole device units only: so many of them make the page."""


@dataclass(frozen=True, slots=True)
class View:
    """From a page's own coordinates to points from the top left corner of what a viewer shows."""

    across: tuple[float, float, float]
    down: tuple[float, float, float]

    def at(self, x: float, y: float) -> tuple[float, float]:
        """The place on the shown page."""
        (a, b, c), (d, e, f) = self.across, self.down
        return a * x + b * y + c, d * x + e * y + f


def view_of(page: pdfium.PdfPage) -> View:
    """How the page is shown: its crop box, its /Rotate."""
    width, height = page.get_size()
    origin, right, up = (_device(page, x, y) for x, y in ((0, 0), (1000, 0), (0, 1000)))
    (left, top), (along, fall), (lean, rise) = origin, right, up
    wide, high = width / _FAR, height / _FAR
    return View(
        ((along - left) / 1000 * wide, (lean - left) / 1000 * wide, left * wide),
        ((fall - top) / 1000 * high, (rise - top) / 1000 * high, top * high),
    )


def _device(page: pdfium.PdfPage, x: float, y: float) -> tuple[int, int]:
    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page, 0, 0, _FAR, _FAR, 0, x, y, across, down)
    return across.value, down.value


def own_words(page: pdfium.PdfPage) -> list[Spot]:
    """The page's words in the order they are stored, places in points from the top left corner.

    Raises:
        TooLarge: more text than any page has.
    """
    text_page = page.get_textpage()
    try:
        count = text_page.count_chars()
        if count > MOST_SIGNS:
            raise TooLarge(_("The page carries more text than a page can have."))
        return list(_in_runs(_words(text_page, _signs(text_page, count), view_of(page))))
    finally:
        text_page.close()


def _signs(text_page: pdfium.PdfTextPage, count: int) -> str:
    """One sign for each of PDFium's, so that places in the text are places in its list."""
    text = text_page.get_text_range(errors="replace") if count else ""
    if len(text) != count:
        codes = (raw.FPDFText_GetUnicode(text_page, at) for at in range(count))
        text = "".join(chr(code) if _is_sign(code) else "\ufffd" for code in codes)
    return text.replace(_LINE_HYPHEN, "-").replace("\0", " ")


def _is_sign(code: int) -> bool:
    return code < 0xD800 or 0xE000 <= code <= 0x10FFFF  # noqa: PLR2004 - surrogates lie between


def _words(text_page: pdfium.PdfTextPage, text: str, view: View) -> Iterator[Spot]:
    rect = raw.FS_RECTF()
    for match in _WORD.finditer(text):
        places = []
        for at in {match.start(), match.end() - 1}:
            if raw.FPDFText_GetLooseCharBox(text_page, at, rect):
                places += [view.at(rect.left, rect.top), view.at(rect.right, rect.bottom)]
        if places:
            xs, ys = zip(*places, strict=True)
            yield Spot(match[0], min(xs), min(ys), max(xs), max(ys))


def _in_runs(words: Iterator[Spot]) -> Iterator[Spot]:
    """The words numbered by run: those that follow each other closely on one line."""
    run, last = 0, None
    for word in words:
        if last is not None and not _follows(last, word):
            run += 1
        last = word
        yield replace(word, run=run)


def _follows(last: Spot, word: Spot) -> bool:
    height = max(min(last.height, word.height), 1e-3)
    return (
        abs(last.middle - word.middle) < _SAME_LINE * height
        and -height < word.left - last.right < _NEAR * height
    )
