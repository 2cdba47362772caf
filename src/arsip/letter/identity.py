"""NIP and its kin: digits that OCR broke, put right by their own structure."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from arsip.letter.folding import clean, digits

LABEL: Final = re.compile(
    r"(?<![A-Za-z])(?:N\s?[Il1|!]\s?[PF]|M[Il]P|N[Il]\s?PPPK|N[Il]PPPK|NRP|NUPTK)(?![A-Za-z])\s*[.:;,-]*\s*",
    re.IGNORECASE,
)
_RUN: Final = re.compile(
    r"[0-9OoQlI|!iSsBZzGgb\]\u0417A*](?:[ .\u00a0]{0,2}[0-9OoQlI|!iSsBZzGgb\]\u0417])*"
)
_ENTRY: Final = range(17, 59)
"""Years between birth and first appointment."""
_CONTRACTS: Final = frozenset(map(str, range(2008, 2050)))
"""Years of a first contract (NI PPPK), whose next two digits are no month."""
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
        service = "nrp" if "R" in label[0].upper() else "nip"
        value = _figures(run[0])
        sure = _sure(value, service)
        if sure:
            return Identity(value, sure, run.start(), run.end(), service)
    return None


_STRANGE: Final = str.maketrans("]A*", "144")
"""Marks in the place of a digit: a four can begin no year, so it will be put right."""


def _figures(run: str) -> str:
    """The digits of a run, without a stroke before them, in the one century they can be of."""
    value = re.sub(r"\D", "", digits(clean(run).translate(_STRANGE)))
    if len(value) == FULL + 1 and valid(value[1:]):
        return value[1:]
    if len(value) == FULL and value[0] not in "12" and value[1] == "9" and valid(f"1{value[1:]}"):
        return f"1{value[1:]}"
    return value


_EIGHTEEN: Final = re.compile(r"(?<!\d)\d{8}\s?\d{6}\s?\d\s?\d{3}(?!\d)")


def unlabelled(text: str) -> Identity | None:
    """Eighteen digits that can be nothing but a NIP, though its label was not read."""
    match = _EIGHTEEN.search(text)
    value = _figures(match[0]) if match else ""
    return Identity(value, 0.88, *match.span()) if match and valid(value) else None


def _sure(value: str, service: str) -> float:
    if service == "nrp":
        return 0.8 if 7 < len(value) < 15 else 0.0  # police have 8, the army up to 14
    if len(value) == OLD:
        return 0.3 if _day(value[:8]) else 0.75  # the start of a new one, torn off
    if len(value) != FULL:
        return 0.0
    if valid(value):
        return 0.97
    contract = bool(_day(value[:8])) and value[8:12] in _CONTRACTS and value[14] in "12"
    return 0.8 if contract else 0.3


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
