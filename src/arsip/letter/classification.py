"""The filing code within a letter's number."""

from __future__ import annotations

import re
from typing import Final

from arsip.letter.codes import code_in
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
    number = sheet.once(letter_number)
    printed = number.value if number else number_printed(sheet)
    if printed is None or _PRIVATE.search(
        " ".join(row.text for row in sheet.rows[: sheet.zones.kop])
    ):
        return None
    read = code_in(printed)
    if read is None:
        return None
    code, in_table = read
    sure = (0.95 if in_table else 0.85) * (number.confidence if number else 0.8)
    if number and number.box and number.page:
        spot = Place(number.page, number.box, 1.0)
        return found(sheet, code, spot, "number", sure=sure)
    return inferred(code, "number", sure=sure)
