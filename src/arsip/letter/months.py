"""Months, days and numbers in words, in Indonesian and English, read through misprints."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from arsip.fields import MONTHS
from arsip.letter.folding import distance

_FOLD: Final = str.maketrans({"1": "l", "|": "l", "!": "l", "i": "l", "0": "o", "c": "e", "5": "s"})
_FOLDED: Final = {name.translate(_FOLD): month for name, month in MONTHS.items()}
_LONG: Final = tuple((name, month) for name, month in _FOLDED.items() if len(name) > 4)
ROMAN: Final = dict(
    zip(
        ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"],
        range(1, 13),
        strict=True,
    )
)

DAYS: Final = {
    "senin": 0, "selasa": 1, "rabu": 2, "rebo": 2, "kamis": 3, "jumat": 4, "jum'at": 4, "sabtu": 5,
    "minggu": 6, "ahad": 6, "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4,
    "saturday": 5, "sunday": 6,
}  # fmt: skip

UNITS: Final = {
    "nol": 0, "kosong": 0, "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6,
    "tujuh": 7, "delapan": 8, "sembilan": 9, "sepuluh": 10, "sebelas": 11, "seratus": 100,
    "seribu": 1000,
}  # fmt: skip
NUMBER_WORDS: Final = frozenset({*UNITS, "belas", "puluh", "ratus", "ribu"})
_TENS: Final = {"puluh": 10, "ratus": 100}


@lru_cache(maxsize=1024)
def month_of(word: str) -> int | None:
    """The month a word names, 1 to 12, read through misprints; None when it is none."""
    if not word.isascii():
        word = unicodedata.normalize("NFD", word).encode("ascii", "ignore").decode()
    folded = word.lower().strip(".,").replace("rn", "m").replace("ii", "u").translate(_FOLD)
    if found := _FOLDED.get(folded):
        return found
    if len(folded) < 4 or not re.search("[a-z]", folded):  # abbreviations: exactly
        return None
    best, least = None, 99
    for name, month in _LONG:
        most = 1 if len(name) < 7 else 2  # maret, april; september
        if (far := distance(folded, name, most=most)) <= most and far < least:
            best, least = month, far
    return best


def spelled(text: str) -> int | None:
    """The number that Indonesian words spell, to 9999: ``dua ribu dua puluh empat``."""
    total = part = 0
    tenfold = 9
    words = text.lower().replace("rn", "m").split()
    if not words or any(word not in NUMBER_WORDS for word in words):
        return None
    for word in words:
        if word in UNITS:
            part += UNITS[word]
        elif word == "belas":
            part += 10
        elif word == "ribu":
            total, part = total + max(part, 1) * 1000, 0
        else:
            part = (
                part - part % 10 + max(part % 10, 1) * _TENS[word]
                if part > tenfold
                else part * _TENS[word]
            )
    return total + part
