"""Sifat: how secret a letter is, and how soon it wants an answer."""

from __future__ import annotations

import re
from typing import Final

from arsip.letter import labels
from arsip.letter.evidence import found, inferred
from arsip.letter.folding import clean
from arsip.letter.kinds import CORRESPONDENCE
from arsip.letter.numbering import letter_number
from arsip.letter.sheet import Sheet
from arsip.model import Finding

_SECRECY: Final = (
    ("sangat_rahasia", r"(sangat|amat)\s*rahas[il1]a"),
    ("rahasia", r"rahas[il1]a|\brhs\b"),
    ("terbatas", r"terbatas|kon[fp]idensial"),
    ("biasa", r"b[il1]asa|terbuka|\bumum\b"),
)
_SPEED: Final = (
    ("sangat_segera", r"(sangat|amat)\s*segera|k[il1]lat|segera\s+sekal[il1]"),
    ("segera", r"segera"),
    ("penting", r"pent[il1]ng"),
    ("biasa", r"^\W*b[il1]asa\b"),
)
_PREFIX: Final = re.compile(r"(SR|R|T|B)[-/](?=\S*\d)")
_PREFIXES: Final = {"SR": "sangat_rahasia", "R": "rahasia", "T": "terbatas", "B": "biasa"}
_STAMPED: Final = re.compile(r"\W*(SANGAT\s+RAHAS[IL1]A|RAHAS[IL1]A)\W*$")


def sensitivity(sheet: Sheet) -> Finding[str] | None:
    """How secret it is: by Sifat, a stamp, or the first letter of its number."""
    return next(iter(sheet.once(signs_of_secrecy)), None)


def signs_of_secrecy(sheet: Sheet) -> tuple[Finding[str], ...]:
    """All that a letter says of its secrecy, its own word first."""
    signs = (_said(sheet), _stamped(sheet), _by_prefix(sheet))
    return tuple(sign for sign in signs if sign)


def _said(sheet: Sheet) -> Finding[str] | None:
    said = sheet.zones.behind(labels.NATURE)
    code = _graded(said.value.text, _SECRECY) if said and said.value else None
    if code is None or said is None or said.value is None:
        return None
    return found(sheet, code, said.value.place, "label", sure=0.98, raw=said.value.text)


def _stamped(sheet: Sheet) -> Finding[str] | None:
    for row in sheet.rows:
        for cell in row.cells:
            if _STAMPED.match(cell.text.upper()) and cell.text.isupper():
                code = "sangat_rahasia" if "SANGAT" in cell.text else "rahasia"
                return found(sheet, code, cell.place, "stamp", sure=0.9, raw=cell.text)
    return None


def _by_prefix(sheet: Sheet) -> Finding[str] | None:
    number = sheet.once(letter_number)
    match = _PREFIX.match(number.value) if number else None
    if not match or not number:
        return None
    code = _PREFIXES[match[1]]
    if code == "biasa" and sheet.kind not in CORRESPONDENCE:
        return None
    return inferred(code, "number_prefix", sure=0.8)


def urgency(sheet: Sheet) -> Finding[str] | None:
    """How soon it wants an answer: by Sifat."""
    said = sheet.zones.behind(labels.NATURE)
    if said is None or said.value is None:
        return None
    code = _graded(said.value.text, _SPEED)
    if code is None:
        return None
    return found(sheet, code, said.value.place, "label", sure=0.98, raw=said.value.text)


def _graded(text: str, grades: tuple[tuple[str, str], ...]) -> str | None:
    folded = clean(text).lower()
    return next((code for code, pattern in grades if re.search(pattern, folded)), None)
