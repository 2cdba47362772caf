"""NIP and its kin: digits that OCR broke, put right by their own structure."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from arsip.letter.folding import clean, digits

LABEL: Final = re.compile(
    r"(?<![A-Za-z])(?:N\s?[Il1|!]\s?[PF]|M[Il]P|N[Il]\s?PPPK|N[Il]PPPK|NRP|NUPTK)(?![A-Za-z])\s*[.:;,]*\s*",
    re.IGNORECASE,
)
_RUN: Final = re.compile(
    r"[0-9OoQlI|!iSsBZzGgb\]\u0417](?:[ .\u00a0]{0,2}[0-9OoQlI|!iSsBZzGgb\]\u0417])*"
)
_ENTRY: Final = range(17, 59)
"""Years between birth and first appointment."""
FULL, OLD = 18, 9


@dataclass(frozen=True, slots=True)
class Identity:
    """An official's number.

    Attributes:
        value: digits only.
        sure: how far its structure speaks for it, 0 to 1.
        start, end: where its digits stand in the text.
        service: ``nip`` or ``nrp``.
    """

    value: str
    sure: float
    start: int
    end: int
    service: str = "nip"


def identity_in(text: str) -> Identity | None:
    """The number behind a NIP or NRP label; None when there is none or a digit is lost."""
    for label in LABEL.finditer(text):
        run = _RUN.match(text, label.end())
        if not run:
            continue
        value = re.sub(r"\D", "", digits(clean(run[0]).replace("]", "1")))
        service = "nrp" if "R" in label[0].upper() else "nip"
        sure = _sure(value, service)
        if sure:
            return Identity(value, sure, run.start(), run.end(), service)
    return None


_EIGHTEEN: Final = re.compile(r"(?<!\d)\d{8}\s?\d{6}\s?\d\s?\d{3}(?!\d)")


def unlabelled(text: str) -> Identity | None:
    """Eighteen digits that can be nothing but a NIP, though its label was not read."""
    match = _EIGHTEEN.search(text)
    value = re.sub(r"\s", "", match[0]) if match else ""
    return Identity(value, 0.88, *match.span()) if match and valid(value) else None


def _sure(value: str, service: str) -> float:
    if service == "nrp":
        return 0.8 if 7 < len(value) < 15 else 0.0  # police have 8, the army up to 14
    if len(value) == OLD:
        return 0.75
    if len(value) != FULL or not _day(value[:8]):
        return 0.3 if len(value) == FULL else 0.0
    return 0.97 if valid(value) else 0.8


def valid(value: str) -> bool:
    """Whether 18 digits are a NIP: birth, first appointment, sex and sequence all possible."""
    if len(value) != FULL or not value.isdigit() or not _day(value[:8]):
        return False
    entered = _day(value[8:14] + "01")
    return (
        entered is not None
        and int(value[8:12]) - int(value[:4]) in _ENTRY
        and value[14] in "12"
        and value[15:] != "000"
    )


def _day(figures: str) -> dt.date | None:
    if not "1900" <= figures[:4] < "2100":
        return None
    try:
        return dt.date(int(figures[:4]), int(figures[4:6]), int(figures[6:8]))
    except ValueError:
        return None
