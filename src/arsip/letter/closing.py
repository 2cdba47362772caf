"""The end of a letter: where its prose stops, who signs, who gets copies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from arsip.letter import labels
from arsip.letter.identity import LABEL
from arsip.letter.labels import label_of
from arsip.letter.marks import BEHALF, CLOSERS, ENACTED, FOOTER, GREETING, OFFICE, RANK, UNDER
from arsip.letter.names import degreed
from arsip.letter.rows import Row, Strip
from arsip.letter.zones import is_place_date

_ANNEX: Final = re.compile(
    r"\W*(LAMPIRAN|Lampiran\s+(Surat|Keputusan|Peraturan|[IVX]+\b|\d)|Lampiran\W*$)"
)
_ANNEX_ROWS: Final = 3
"""Rows of a later page among which the word for an annex may stand below a page number."""
_SMALL: Final = re.compile(r"(?<!\S)[a-z]{3,}")
_FURNITURE: Final = 6.0
"""In line pitches: what stands this far below all else, at the foot of a page, is its footer."""
_FOOT: Final = 850
_SHORT: Final = 7
_FEW: Final = 4
"""Small words from which on a line is prose."""
_LINE: Final = 60
"""Letters that a title in a signature block does not have."""
_BESIDE: Final = 250
"""In 1/1000 of the page: how far right of the copies a signature beside them begins."""
_TABLED: Final = re.compile(r"\W*(\d{1,2}[.)]?\s+)?(Nama\b|N[Il1]P\s*:.*Jabatan)|\d{1,2}\s")
_LIST: Final = re.compile(r"\W*\d{1,2}[.)]\s|\W*[a-h][.)]\s|\W*[-\u2022]\s+[A-Z]")


@dataclass(frozen=True, slots=True)
class Closing:
    """The rows of a letter's end.

    Attributes:
        start, end: the rows of the signature block: ``start <= row < end``.
        copies: the row of the copies' label; None when there are none below the prose.
    """

    start: int
    end: int
    copies: int | None


def closing_of(rows: Sequence[Row], body: int, *, year: int) -> Closing:
    """Where the prose ends and the names begin."""
    body = min(body, len(rows) - 1) if body < len(rows) else _below_head(rows)
    stop = _annex(rows, body)
    copies = next((row.index for row in rows[body:stop] if _is_copies(row)), None)
    end = stop if copies is None else _beside_copies(rows, copies, stop)
    end = _above_footer(rows, body, end)
    return Closing(_start(rows, min(body, end), end, year), end, copies)


def _start(rows: Sequence[Row], body: int, end: int, year: int) -> int:
    """The first row of the signature: below the thanks, else where the place of signing stands."""
    thanks = [row.index for row in rows[body:end] if CLOSERS.search(row.text)]
    if thanks:
        return _below_paragraph(rows, thanks[-1] + 1, end)
    enacted = [row.index for row in rows[body:end] if ENACTED.match(row.cells[-1].text)]
    if enacted:
        return enacted[-1]
    start = end
    for row in reversed(rows[body:end]):
        if _is_prose(row, year):
            break
        start = row.index
    return start


def _below_paragraph(rows: Sequence[Row], start: int, end: int) -> int:
    """Past the lines on which a sentence of thanks goes on."""
    while start < end and not rows[start].apart and _goes_on(rows[start].text):
        start += 1
    return start


def _goes_on(text: str) -> bool:
    return text[:1].islower() and not BEHALF.match(text) and not UNDER.match(text)


def _below_head(rows: Sequence[Row]) -> int:
    """The row below the last label, for a letter without prose."""
    last = 0
    for row in rows[:-1]:
        if ENACTED.match(row.cells[-1].text):
            break
        label = label_of(row.cells[0])
        if label and label.role not in (labels.OTHER, labels.COPIES):
            last = row.index
    return last + 1


def _annex(rows: Sequence[Row], body: int) -> int:
    """The first row of an annex on a later page; the number of rows when there is none."""
    since = 0
    for row in rows[body:]:
        new = bool(row.index) and row.page != rows[row.index - 1].page
        since = 0 if new else since + 1
        later = row.page > rows[0].page and since < _ANNEX_ROWS
        if later and any(_ANNEX.match(cell.text) for cell in row.cells):
            return row.index - since
    return len(rows)


def _is_copies(row: Row) -> bool:
    label = label_of(row.whole)
    if label is None or label.role != labels.COPIES:
        return False
    rest = row.text[label.end :].strip(" :;.,")
    courtesy = rest.lower().startswith(("yth", "disampaikan", "kepada"))
    return label.colon or not rest or courtesy or (len(row.cells) > 1 and _signs(row.cells[-1]))


def _beside_copies(rows: Sequence[Row], copies: int, stop: int) -> int:
    """The end of a signature that goes on beside the copies."""
    end = copies
    for row in rows[copies:stop]:
        beside = [cell for cell in row.cells if cell.left > rows[copies].left + _BESIDE]
        if any(_signs(cell) or RANK.match(cell.text) for cell in beside):
            end = row.index + 1
    return end


def _above_footer(rows: Sequence[Row], body: int, end: int) -> int:
    while end > body and FOOTER.match(rows[end - 1].text):
        end -= 1
    for row in rows[max(body, end - 4) : end]:
        if row.gap > _FURNITURE and row.top > _FOOT and not _signs(row.cells[-1]):
            return row.index
    return end


def _is_prose(row: Row, year: int) -> bool:
    """A sentence, a labelled line of the body, or a thing of a list or table."""
    text = row.text
    if any(_signs(cell) for cell in row.cells[1:]):
        return False
    if FOOTER.match(text) or is_place_date(text, year) or LABEL.search(text):
        return bool(_TABLED.match(text))
    small = len(_SMALL.findall(text))
    if BEHALF.match(text) or OFFICE.match(text) or RANK.match(text) or GREETING.match(text):
        return small > _FEW or (text.rstrip().endswith((".", ";")) and len(text) > _LINE)
    return _is_labelled(row) or small >= _FEW or (small > 1 and len(text.split()) > _SHORT)


def _is_labelled(row: Row) -> bool:
    label = label_of(row.cells[0])
    head = label is not None and (label.colon or label.role != labels.OTHER)
    return head or bool(_LIST.match(row.text))


def _signs(cell: Strip) -> bool:
    """Whether the right half of a row belongs to a signature."""
    short = len(cell.words) < _SHORT and cell.left > 350  # right of a list or a label
    return short and bool(OFFICE.match(cell.text) or LABEL.match(cell.text) or degreed(cell.text))
