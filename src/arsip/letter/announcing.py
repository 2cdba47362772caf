"""What a letter announces of itself: its pages, its electronic signature, when it takes effect."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final

from arsip.letter.attachments import attachments
from arsip.letter.completeness import number_of_page, sheets_in
from arsip.letter.dating import letter_date
from arsip.letter.evidence import found, inferred
from arsip.letter.folding import distance, key
from arsip.letter.rows import Row, place
from arsip.letter.sheet import Sheet
from arsip.model import Finding

# --- pages ---------------------------------------------------------------------------------------


def pages_announced(sheet: Sheet) -> Finding[int] | None:
    """How many pages there are to be: ``Halaman 2 dari 3``; its own and the sheets attached."""
    for row in sheet.rows:
        borne = number_of_page(row.text)
        if borne:
            return found(sheet, borne[1], row.whole.place, "page_of", sure=0.95, raw=row.text)
    attached = sheet.once(attachments)
    sheets = sheets_in(attached.value) if attached else 0
    if attached is None or not sheets:
        return None
    own = sheet.rows[max(sheet.closing.end - 1, 0)].page - sheet.rows[0].page + 1
    return inferred(own + sheets, "attachments", sure=0.8 * attached.confidence)


# --- electronic signature ------------------------------------------------------------------------

_CLAIMS: Final = re.compile(
    r"dltandatanganlsecaraelektron|sertlflkatelektronlk|balal(besar)?sertlflkaslelektron|"
    r"tldakmemerlukantandatangan|dapatdlbuktlkankeasllan|kodelnformaslelektronlk"
)
_LANDMARKS: Final = (
    "dokumenlnl", "dltandatanganl", "secaraelektronlk", "sertlflkat", "elektronlk", "dlterbltkan",
    "balal", "sertlflkasl", "bsre", "bssn",
)  # fmt: skip
_HINT: Final = re.compile("tandatang|elektr|sertlf|balal|bssn|bsre")
_ENOUGH: Final = 4
_FOOT_ROWS: Final = 3
_MARK: Final = re.compile(r"\[TTE\]|\$\{ttd|\bBSr[EF]\b", re.IGNORECASE)


def esigned(sheet: Sheet) -> Finding[str] | None:
    """``signed`` when the file carries a signature, ``claimed`` when only its words say so."""
    if sheet.signed:
        return inferred("signed", "file", sure=0.99)
    for row in _foot(sheet):
        text, folded = row.text, key(row.text)
        hinted = bool(_HINT.search(folded)) and _landmarks(text) >= _ENOUGH
        if _CLAIMS.search(folded) or _MARK.search(text) or hinted:
            return found(sheet, "claimed", place(row.cells), "footer", sure=0.97, raw=text)
    return None


def _foot(sheet: Sheet) -> Iterator[Row]:
    """The rows below the prose, and the last of each page: prose about signatures is no claim."""
    body, start = sheet.zones.body, sheet.closing.start
    for at, row in enumerate(sheet.rows):
        following = sheet.rows[at + 1 : at + 1 + _FOOT_ROWS]
        last = len(following) < _FOOT_ROWS or following[-1].page != row.page
        if row.index >= start or (last and row.index < body) or (last and row.top > _LOW):
            yield row


_LOW: Final = 880
"""In 1/1000 of the page: below this stands a footer."""


def _landmarks(text: str) -> int:
    """How many words of the usual footer a line has, read through misprints."""
    words = [folded for word in text.split() if len(folded := key(word)) > 3]
    marks = {
        mark
        for word in words
        for mark in _LANDMARKS
        if distance(word, mark, most=len(mark) // 5) <= len(mark) // 5
    }
    return len(marks)


# --- effect --------------------------------------------------------------------------------------

_FROM: Final = re.compile(
    r"\b(T\.?M\.?T\b\.?|terh[il]tung\s+mu[l1]a[il](\s+tangga[l1it|]?)?|"
    r"(mu[l1]a[il]\s+)?ber[l1]aku\s+(efektif\s+)?(mu[l1]a[il]|sejak|pada|terh[il]tung)(\s+mu[l1]a[il])?(\s+tangga[l1it|]?)?|"
    r"effective\s+(from|as\s+of|on)|with\s+effect\s+from)",
    re.IGNORECASE,
)
_ENACTED: Final = re.compile(r"\s*(d[il]tetapkan|d[il]undangkan|d[il]tandatangani)", re.IGNORECASE)
_WITHIN: Final = 30
"""Letters between the cue and its day."""


def effective_from(sheet: Sheet) -> Finding[dt.date] | None:
    """The day from which it holds: a day it names, or its own when it says so."""
    text = sheet.flow.text
    for cue in _FROM.finditer(text, sheet.body_at):
        if _ENACTED.match(text, cue.end()):
            written = sheet.once(letter_date)
            return (
                inferred(written.value, "enacted", sure=0.97 * written.confidence)
                if written
                else None
            )
        date = next((d for d in sheet.dates if cue.end() <= d.start < cue.end() + _WITHIN), None)
        if date and not date.yearless:
            return found(
                sheet, date.value, sheet.flow.place(date.start, date.end), "from", sure=0.92
            )
    return None
