"""Amounts of money and numbers of staff, which letters write with gaps, dots or neither."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from arsip.archive.find.parts import Text

_BEGINS: Final = re.compile(r"\s*-?(?:[Rr][Pp]|\d)")
"""How a figure begins: for most words the patterns of whole figures need not be made."""
_END: Final = r"(?=[,;.]?(?:[\s)]|$))"
_MONEY: Final = (
    r"(?i)\s*-?(?P<rupiah>rp\.?\s*)?(?P<amount>\d{1,3}(?:\.\d{3})+|\d{6,12})(?:,\d\d|,?-)?" + _END
)
_STAFF: Final = r"\s*-?(\d{8})[ .]?(\d{6})[ .]?([12])[ .]?(\d{3})" + _END
_BORN: Final = r"\s*-?((?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))" + _END
"""The day of birth, with which the number of a civil servant begins."""


class Figure(NamedTuple):
    """A figure as letters may write it, and its end in the query."""

    forms: tuple[Text, ...]
    end: int


def figure(token: re.Match[str]) -> Figure | None:
    """The amount or the number of staff that a word and those behind it make; None: neither."""
    text, start = token.string, token.start()
    return _figure(text, start) if _BEGINS.match(text, start) else None


def _figure(text: str, start: int) -> Figure | None:
    if found := re.compile(_STAFF).match(text, start):
        return Figure((Text("".join(found.groups())), Text(" ".join(found.groups()))), found.end())
    if found := re.compile(_BORN).match(text, start):
        return Figure((Text(found[1], prefix=True),), found.end())
    found = re.compile(_MONEY).match(text, start)
    if found is None or not (found["rupiah"] or "." in found["amount"]):
        return None
    plain = found["amount"].replace(".", "")
    dotted = f"{int(plain):,}".replace(",", ".")
    if "." in found["amount"] and dotted != found["amount"]:
        return None
    forms = (Text(dotted), Text(f"Rp{dotted}"), Text(plain), Text(f"Rp{plain}"))
    return Figure(forms, found.end())
