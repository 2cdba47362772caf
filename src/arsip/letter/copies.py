"""Tembusan: who gets a copy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from arsip.letter import labels
from arsip.letter.evidence import found
from arsip.letter.folding import clean, key, nearest, office_word, repaired, unglued
from arsip.letter.labels import label_of
from arsip.letter.marks import FOOTER, OFFICE
from arsip.letter.rows import Row, Strip, place
from arsip.letter.sheet import Sheet
from arsip.model import Finding

_ITEM: Final = re.compile(
    r"^\W{0,3}(?:\d{1,2}|[lI|])\s*[.,):]\s*|^\W{0,2}\d{1,2}\s+(?=[A-Z])|^\s*[-\u2022*]\s+"
)
_YTH: Final = re.compile(
    r"^\W*(Kepada\s+)?(Yth|[YV][lti]h)\b\.?\s*[:.,]*\s*(Sdr\.?\s+)?", re.IGNORECASE
)
_REPORT: Final = re.compile(
    r"\s*\(?\s*\b(sebagai|sbg\.?)\s*laporan\b\)?|\s*\(laporan\)", re.IGNORECASE
)
_TOWN: Final = re.compile(r",?\s+[Dd][il](?![A-Za-z])\s*[-:]?\s*(?:[A-Z][\w. ]+|tempat)$")
_MOST_LINES: Final = 25
_COLUMN: Final = 300
"""In 1/1000 of the page: what begins further right than this is of another column."""
_COLUMN_GAP: Final = 12
"""In widths of a letter: a gap that parts two columns."""
_FAR: Final = 2.4
"""In line pitches: what stands lower than this below a list is no part of it."""


def copies_to(sheet: Sheet) -> Finding[tuple[str, ...]] | None:
    """Those who get a copy; ``Arsip`` is the file copy and counts."""
    row = sheet.closing.copies
    if row is None:
        return _in_head(sheet)
    parts: list[list[Strip]] = []
    numbered = False
    for strip in _strips(sheet, row):
        text = _YTH.sub("", strip.text)
        item = _ITEM.match(text)
        numbered = numbered or bool(item)
        if item or not parts or not numbered or _is_another(text, parts[-1]):
            parts.append([strip])
        else:
            parts[-1].append(strip)
    values = tuple(value for part in parts if (value := _tidy(part)))
    if not values:
        return None
    strips = [strip for part in parts for strip in part]
    raw = " / ".join(strip.text for strip in strips)
    return found(sheet, values, place(strips), "copies", sure=0.92, raw=raw)


def _is_another(text: str, part: list[Strip]) -> bool:
    """Whether a line of a list is an item whose number was not read."""
    ended = part[-1].text.rstrip().endswith(";") or _TOWN.search(part[-1].text.rstrip(" .,"))
    return bool(_NO_OFFICE.match(text) or (ended and text[:1].isupper()))


def _strips(sheet: Sheet, row: int) -> Iterator[Strip]:
    """What stands beside and below the label."""
    whole = sheet.rows[row].whole
    label = label_of(whole)
    rest = whole.cut(label.end) if label and whole.text[label.end :].strip(" .:;,") else None
    if rest and re.search(r"\w{2}", _YTH.sub("", rest.text)):
        yield rest
    left = sheet.rows[row].left
    for count, below in enumerate(sheet.rows[row + 1 : row + 1 + _MOST_LINES]):
        if below.page != whole.page or FOOTER.match(below.text) or (count and below.gap > _FAR):
            return
        if below.left <= left + _COLUMN:
            yield _near(below)


def _near(row: Row) -> Strip:
    """The row up to where another column begins."""
    words = list(row.cells[0].words)
    for cell in row.cells[1:]:
        if cell.left - words[-1].box.right > _COLUMN_GAP * row.letter:
            break
        words.extend(cell.words)
    return Strip.of(words, row.page, row.index)


def _tidy(part: list[Strip]) -> str:
    text = " ".join(strip.text for strip in part)
    text = _ITEM.sub("", _YTH.sub("", text))
    text = _YTH.sub("", repaired(unglued(clean(text))))
    text = _REPORT.sub("", text).strip(" .,;:")
    text = re.sub(r"\s+\d$", "", _TOWN.sub("", text)).strip(" .,;:")
    text = " ".join(office_word(word) for word in text.split())
    if " " not in text and nearest(key(text), (_KEPT,)):
        text = "Pertinggal"
    return text if re.search(r"[A-Za-z]{3}", text) else ""


_KEPT: Final = key("Pertinggal")


def _parted(text: str) -> list[str]:
    """Those in one line: parted by semicolons, which a scan may have read as other marks."""
    parts = [part for part in re.split(r"\s*[;:]\s*", text) if part]
    finer = re.split(r"\s*[;:,.]\s+", text)
    offices = (OFFICE.match(part) or _NO_OFFICE.match(part) for part in finer)
    return finer if all(offices) else parts


_NO_OFFICE: Final = re.compile(
    r"(Arsip|Pert[il]nggal|Yang\s+bersangkutan|Para\b|Ybs)", re.IGNORECASE
)
"""Others that get copies."""


def _in_head(sheet: Sheet) -> Finding[tuple[str, ...]] | None:
    """The Tembusan line of a note's head."""
    said = sheet.zones.behind(labels.COPIES)
    if said is None or said.value is None:
        return None
    values = tuple(
        value
        for part in _parted(said.value.text)
        if (value := _REPORT.sub("", repaired(clean(part))).strip(" .,;:"))
    )
    if not values:
        return None
    return found(sheet, values, said.value.place, "label", sure=0.85, raw=said.value.text)
