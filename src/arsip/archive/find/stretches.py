"""Stretches of places in the index: the days of a period, what has been looked at, what is left."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final, NamedTuple

from arsip.archive import places
from arsip.archive.find.parts import Dated


class Stretch(NamedTuple):
    """Places from first to last, both included."""

    first: int
    last: int


class Found(NamedTuple):
    """Letters of a stretch.

    Attributes:
        letters: their places.
        stretch: within which these are all.
    """

    letters: set[int]
    stretch: Stretch


FEW: Final = 1_000
"""Letters that are looked up one by one."""
ALL: Final = Stretch(0, places.LAST)
"""All places there can be."""


def common(stretches: Sequence[Stretch], within: Stretch, *, oldest: bool) -> Stretch:
    """What all of them cover."""
    if not stretches:
        return within
    if oldest:
        return Stretch(max(one.first for one in stretches), within.last)
    return Stretch(within.first, min(one.last for one in stretches))


def inside(letters: set[int], within: Stretch) -> set[int]:
    """Those of the places that lie in the stretch."""
    first, last = within
    return {letter for letter in letters if first <= letter <= last}


def sought(column: str, letters: set[int]) -> tuple[str, tuple[str | int, ...]]:
    """SQL and its values for the places of letters; of many, for others between them too."""
    if len(letters) < FEW:
        return f"{column} IN (SELECT value FROM json_each(?))", (  # noqa: S608 - our own words
            json.dumps(list(letters)),
        )
    return f"{column} BETWEEN ? AND ?", (min(letters), max(letters))


def size(stretch: Stretch) -> int:
    """How many places it has."""
    return stretch.last - stretch.first + 1


def days(part: Dated, within: Stretch) -> Stretch:
    """The part of the stretch with the letters of a period."""
    first, last = part.period
    newest, oldest = places.first_place(last), places.last_place(first)
    return Stretch(max(within.first, newest), min(within.last, oldest))
