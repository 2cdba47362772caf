"""The abbreviation of *jalan* in an address, whose small l is read as a capital i or a one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from arsip.scan.engine import Spot

_MISREAD: Final = re.compile(r"J[iI1|!](?P<dot>\.?)(?P<name>(?<=\.)[A-Z]\S*)?")
_NAME: Final = re.compile(r"[A-Z]")
_ADDRESS: Final = re.compile(r"alamat\b", re.IGNORECASE)
_HOUSE: Final = re.compile(r"\b(?:no|nomor|kav|km)\b\.?\s*[0-9]", re.IGNORECASE)
"""What tells an address when the abbreviation has no dot: *Ji* may be a name."""


def with_streets(line: Sequence[Spot]) -> list[Spot]:
    """The words of a printed line, with ``Jl.`` where it was taken for ``JI.``."""
    return [_street(spot, line[:at], line[at + 1 :]) for at, spot in enumerate(line)]


def _street(spot: Spot, before: Sequence[Spot], after: Sequence[Spot]) -> Spot:
    found = _MISREAD.fullmatch(spot.text)
    if not found or not (found["name"] or (after and _NAME.match(after[0].text))):
        return spot
    if not found["dot"] and not (_ADDRESS.match(_text(before)) or _HOUSE.search(_text(after))):
        return spot
    return replace(spot, text=f"Jl{spot.text[2:]}")


def _text(spots: Sequence[Spot]) -> str:
    return " ".join(spot.text for spot in spots)
