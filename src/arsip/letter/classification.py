"""The filing code within a letter's number, whose it is, and what it stands for."""

from __future__ import annotations

import re
from typing import Any, Final

from arsip.letter.codes import MINISTRY, Filed, filed_under
from arsip.letter.dating import letter_date
from arsip.letter.evidence import found, inferred
from arsip.letter.numbering import letter_number, number_printed
from arsip.letter.rows import Place
from arsip.letter.sheet import Sheet
from arsip.model import Finding

_PRIVATE: Final = re.compile(
    r"\b(PT|CV|UD|YAYASAN|PANITIA|PANTIA|KOPERASI|EMBASSY|LTD|PERUMDA|IKATAN|HIMPUNAN|FORUM|KARANG)\b",
    re.IGNORECASE,
)


def classification_code(sheet: Sheet) -> Finding[str] | None:
    """The code under which the letter is to be filed; offices of their own have none."""
    filed = sheet.once(_filed)
    if filed is None:
        return None
    sure = 0.85 if filed.scheme == MINISTRY else 0.95 if filed.name else 0.9
    return _beside_number(sheet, filed.code, sure)


def classification_scheme(sheet: Sheet) -> Finding[str] | None:
    """Whose code it is."""
    filed = sheet.once(_filed)
    return _beside_number(sheet, filed.scheme, 0.93) if filed else None


def classification_name(sheet: Sheet) -> Finding[str] | None:
    """What the code stands for, when a table has it."""
    filed = sheet.once(_filed)
    if filed is None or filed.name is None:
        return None
    return _beside_number(sheet, filed.name, 0.6 if filed.scheme == MINISTRY else 0.93)


def _filed(sheet: Sheet) -> Filed | None:
    number = sheet.once(letter_number)
    printed = number.value if number else number_printed(sheet)
    kop = " ".join(row.text for row in sheet.rows[: sheet.zones.kop])
    if printed is None or _PRIVATE.search(kop):
        return None
    written = sheet.once(letter_date)
    return filed_under(printed, year=written.value.year if written else None)


def _beside_number(sheet: Sheet, value: Any, sure: float) -> Finding[Any]:
    """A finding that is as sure as the number it was taken from, and stands where it does."""
    number = sheet.once(letter_number)
    sure *= number.confidence if number else 0.8
    if number and number.box and number.page:
        spot = Place(number.page, number.box, 1.0)
        return found(sheet, value, spot, "number", sure=sure)
    return inferred(value, "number", sure=sure)
