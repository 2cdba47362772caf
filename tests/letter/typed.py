"""Pages for tests: text as it stands on a grid of characters, as the reader of .txt gives it."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from arsip.fields import BY_NAME
from arsip.letter.extract import extract
from arsip.letter.sheet import Sheet
from arsip.model import Box, Letter, Line, PageText, Word

TODAY = dt.date(2025, 1, 15)
_WORD = re.compile(r"\S+")


def page(text: str, number: int = 1, *, engine: str = "txt") -> PageText:
    """One page whose words stand where they stand in the text."""
    rows = text.split("\n")
    columns = max([80, *(len(row) for row in rows)])
    lines = tuple(
        line for at, row in enumerate(rows) if (line := _line(row, at, columns, len(rows)))
    )
    return PageText(number, lines, origin="text", engine=engine, confidence=1.0)


def _line(row: str, at: int, columns: int, count: int) -> Line:
    top, bottom = 1000 * at // count, 1000 * (at + 1) // count
    return tuple(
        Word(m[0], Box(1000 * m.start() // columns, top, 1000 * m.end() // columns, bottom))
        for m in _WORD.finditer(row)
    )


def pages(text: str) -> list[PageText]:
    """The pages of a text, parted by form feeds."""
    return [page(part, number) for number, part in enumerate(text.split("\f"), 1)]


def sheet(text: str) -> Sheet:
    """The sheet of a text."""
    return Sheet(pages(text), TODAY)


def read(text: str) -> Letter:
    """What the text says of itself."""
    return extract(pages(text), today=TODAY)


def facts(text: str) -> dict[str, Any]:
    """The facts of a text as they are written in JSON."""
    return {
        name: BY_NAME[name].kind.dump(found[0].value)
        for name, found in read(text).findings.items()
        if not found[0].doubtful
    }


KOP = "PEMERINTAH KABUPATEN LINTANG\nDINAS SOSIAL\nJalan Kenari 3 Lintang 34512\n\n"
HEAD = "Nomor : 400.9/12/Dinsos/2024            Lintang, 5 Maret 2024\n"
REST = "Yth. Camat Talang\ndi Tempat\n\nDengan hormat,\nBersama ini disampaikan data dimaksud.\n"
NIP = "                    NIP 196407131990021001\n"
END = "Demikian, terima kasih.\n\n                    KEPALA DINAS,\n\n"


def letter(extra: str = "", *, kop: str = KOP, head: str = HEAD, rest: str = REST) -> str:
    """A letter in its parts; ``extra`` are further lines of its head."""
    return f"{kop}{head}{extra}\n{rest}"
