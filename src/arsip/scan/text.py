"""Plain text letters: words on a grid of characters, so that gaps and columns stay visible."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from arsip.errors import TooLarge
from arsip.model import Box, Limits, Line, PageText, Word
from arsip.words import _

LINES_A_PAGE = 90
"""A typed A4 page has 60 lines; what runs on without form feeds is cut at half as many again."""

LEAST_COLUMNS = 80
TAB = 8
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WORD = re.compile(r"\S+")
_LINE_END = re.compile(r"\r\n|\r|\n|\v|\x85|\u2028|\u2029")


def text_pages(path: Path, *, limits: Limits) -> int:
    """How many pages the text makes; at least one.

    Raises:
        TooLarge: more pages than the limit.
    """
    count = len(_pages(path))
    if count > limits.pages:
        raise TooLarge(_("The text makes more than {pages} pages.").format(pages=limits.pages))
    return count


def text_page(path: Path, number: int) -> PageText:
    """One page of the text."""
    rows = _pages(path)[number - 1]
    columns = max([LEAST_COLUMNS, *(len(row) for row in rows)])
    height = max(len(rows), 1)
    lines = tuple(
        line
        for at, row in enumerate(rows)
        if (line := _line(row, at, columns=columns, rows=height))
    )
    return PageText(
        number=number,
        lines=lines,
        origin="text",
        engine="txt",
        confidence=1.0 if lines else 0.0,
        blank=not lines,
    )


def decoded(content: bytes) -> str:
    """The text in the encoding it most likely has: by its mark, else UTF-8, else Windows' own."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _pages(path: Path) -> list[list[str]]:
    """Pages of lines: parted by form feeds, long ones cut, empty ones at the end left out."""
    sheets = decoded(path.read_bytes()).split("\f")
    pages = [page for sheet in sheets for page in _cut(_rows(sheet))]
    while len(pages) > 1 and not any(row.strip() for row in pages[-1]):
        pages.pop()
    return pages


def _rows(sheet: str) -> list[str]:
    return [row.expandtabs(TAB).replace("\0", "") for row in _LINE_END.split(sheet)]


def _cut(rows: Sequence[str]) -> Iterator[list[str]]:
    for start in range(0, len(rows), LINES_A_PAGE):
        yield list(rows[start : start + LINES_A_PAGE])


def _line(row: str, at: int, *, columns: int, rows: int) -> Line:
    top, bottom = 1000 * at // rows, 1000 * (at + 1) // rows
    return tuple(
        Word(
            match[0],
            Box(1000 * match.start() // columns, top, 1000 * match.end() // columns, bottom),
        )
        for match in _WORD.finditer(row)
    )
