"""What may have been meant by a part of a query that was not understood, to be typed instead."""

from __future__ import annotations

import datetime as dt
import difflib
from typing import Final

from arsip.archive import keys
from arsip.archive.find import completions
from arsip.archive.find.query import Hint, parse
from arsip.archive.find.wording import CALLED, KEYWORDS, NO_KEYWORDS, date_keyword
from arsip.fields import BY_KEYWORD

ALIKE: Final = 0.75
"""How much a keyword or a value is like what was typed, of 1, to be named instead."""
ALSO: Final = {
    "title": "subject", "topic": "subject", "judul": "hal", "topik": "hal",
    "author": "from signed", "penulis": "dari ttd", "signer": "signed",
}  # fmt: skip
"""What fields are called elsewhere -> their keywords here."""
NEAR: Final = 3
"""Parts that are named instead, at most."""


def instead(hint: Hint, *, today: dt.date) -> tuple[str, ...]:
    """What to type instead of a part, the nearest first; none: nothing like it means anything."""
    keyword, _colon, value = hint.text.partition(":")
    near: list[str] = []
    if hint.slug == "unknown_field":
        typed = keyword.lower()
        called = [date_keyword(typed)] if typed in NO_KEYWORDS else ALSO.get(typed, "").split()
        others = called or _alike(typed, KEYWORDS)
        near = [f"{one}:{value}" for one in others]
    elif hint.slug == "unknown_code":
        known = BY_KEYWORD.get(keyword.lower())
        names = () if known is None else CALLED.get(known, ())
        words = (*values(hint), *(one.replace(" ", "_") for one in names))
        near = [f"{keyword}:{one}" for one in _alike(keys.words(value), words)]
    return tuple(one for one in near if not parse(one, today=today).hints)


def values(hint: Hint) -> tuple[str, ...]:
    """Of which values a part must name one; none: it is of no such field."""
    keyword = hint.text.partition(":")[0].lower()
    return completions.values(keyword) if hint.slug == "unknown_code" else ()


def _alike(typed: str, words: tuple[str, ...]) -> list[str]:
    return difflib.get_close_matches("_".join(typed.lower().split()), words, NEAR, ALIKE)
