"""What the office that received a letter put on it: the day, the number in its register."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final

from arsip.letter.dates import dates_in
from arsip.letter.dating import letter_date
from arsip.letter.evidence import found, inferred
from arsip.letter.folding import sure_digits
from arsip.letter.rows import Strip
from arsip.letter.sheet import Sheet
from arsip.model import Finding

_REGISTER: Final = re.compile(
    r"(?:AGENDA\s*(?:NO\.?|NOMOR)?|SURAT\s+MASUK\s*(?:NO\.?|NOMOR))\s*[:.;]?\s*"
    r"(?P<number>[\dOolI|]{1,6}(?:\s?/\s?[\dOolI|]{2,4}|/[\w.-]{1,12})?)(?!\w)",
    re.IGNORECASE,
)
_DAY: Final = re.compile(r"TER[IL1]MA|TGL|TANGGA[L1]|MASUK|RECEIVED|^\W*\d", re.IGNORECASE)


def received_date(sheet: Sheet) -> Finding[dt.date] | None:
    """The day it came in, by the stamp or by the sheet of its disposition."""
    written = sheet.once(letter_date)
    latest = sheet.today + dt.timedelta(days=1)
    for strip in _strips(sheet):
        dates = dates_in(strip.text, year=sheet.today.year) if _DAY.search(strip.text) else []
        for date in dates:
            if date.yearless or date.value > latest:
                continue
            early = written is not None and date.value < written.value
            spot = strip.cut(date.start, date.end)
            sure = 0.3 if early else 0.92
            return found(sheet, date.value, spot.place, "stamp", sure=sure, raw=spot.text)
    return None


def agenda_number(sheet: Sheet) -> Finding[str] | None:
    """Its number in the register of incoming letters."""
    for strip in _strips(sheet):
        match = _REGISTER.search(strip.text)
        if match:
            value = sure_digits(re.sub(r"\s", "", match["number"]))
            spot = strip.cut(*match.span("number"))
            return found(sheet, value, spot.place, "stamp", sure=0.92, raw=spot.text)
    return None


def direction(sheet: Sheet) -> Finding[str] | None:
    """``masuk`` where somebody received it; a letter alone does not tell that it went out."""
    received = sheet.once(received_date) or sheet.once(agenda_number)
    if sheet.kind == "disposisi":
        return inferred("masuk", "disposition", sure=0.95)
    if received is None:
        return None
    return inferred("masuk", "stamp", sure=received.confidence)


def _strips(sheet: Sheet) -> Iterator[Strip]:
    """The lines of all stamps, and what stands on the right of a disposition's head."""
    for stamp in sheet.stamps:
        yield from stamp
        if len(stamp) > 1:
            yield Strip.of([w for s in stamp for w in s.words], stamp[0].page, stamp[0].row)
