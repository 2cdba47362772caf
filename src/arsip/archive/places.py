"""Where letters stand in the index: the newest first, those of one day by the last put in.

A letter's place is a number, lower the newer it is: the index tells its rows in rising order in a
third of the time that falling takes. The rows of a letter's pages are numbered from its place.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterable
from typing import Final

from arsip.fields import DATE_OF_LETTER
from arsip.model import Letter

PAGE_BITS: Final = 10
PAGES_A_LETTER: Final = 1 << PAGE_BITS
"""Page rows that one letter can have, both sides of its card included."""
PAGE_MASK: Final = PAGES_A_LETTER - 1
"""Low bits of a page row: which of its letter's rows it is; above them is its letter's place."""
FRONT: Final = 0
BACK: Final = 1
"""Which of a letter's rows the sides of its card are; its pages follow."""
DAY_BITS: Final = 16
"""Of a letter's place, for those of one day: 65,536 of them."""
UNDATED: Final = dt.date.max.toordinal() + 1 << DAY_BITS
"""Places from it on are for letters without a date; below it each day has its own."""
LAST: Final = UNDATED + (1 << 36) - 1
"""The last place of all, of the first letter without a date."""


def first_place(day: dt.date) -> int:
    """Where the letters of a day begin."""
    return dt.date.max.toordinal() - day.toordinal() << DAY_BITS


def last_place(day: dt.date) -> int:
    """Where the letters of a day end: the place of the one that was put in first."""
    return first_place(day) + (1 << DAY_BITS) - 1


def page_id(place: int, ordinal: int) -> int:
    """The row of a letter's page: ordinal 0 is the front of its card, 1 the first of its pages.

    Pages past the 1,022nd share the last row: the caller joins their texts.
    """
    at = ordinal + BACK if ordinal else FRONT
    return place * PAGES_A_LETTER + min(at, PAGE_MASK)


def back_id(place: int) -> int:
    """The row of the back of a letter's card."""
    return place * PAGES_A_LETTER + BACK


def given(connection: sqlite3.Connection, letter: Letter, kept: int | None) -> int:
    """The place of a letter: the one that it has, if that still is of its day, else the next one.

    Letters past the 65,536th of one day stand with those without a date.
    """
    first, last = _bounds(letter)
    if kept is not None and first <= kept <= last:
        return kept
    place = _next(connection, first, last)
    return place if place >= first else _next(connection, UNDATED, LAST)


def fits(letter: Letter, place: int) -> bool:
    """Whether a letter may stand there."""
    first, last = _bounds(letter)
    return first <= place <= last or place >= UNDATED


def of(connection: sqlite3.Connection, number: int) -> int | None:
    """The place of a letter by its accession number."""
    row = connection.execute("SELECT place FROM entry WHERE id = ?", (number,)).fetchone()
    return None if row is None else row[0]


def numbers(connection: sqlite3.Connection, places: Iterable[int]) -> dict[int, int]:
    """Place -> the accession number of the letter there, in the order asked."""
    listed = list(places)
    found = dict(
        connection.execute(
            "SELECT place, entry.id FROM json_each(?) CROSS JOIN entry ON place = json_each.value",
            (json.dumps(listed),),
        ).fetchall()
    )
    return {place: found[place] for place in listed if place in found}


def _bounds(letter: Letter) -> tuple[int, int]:
    found = letter.best(DATE_OF_LETTER)
    if found is None:
        return UNDATED, LAST
    return first_place(found.value), last_place(found.value)


def _next(connection: sqlite3.Connection, first: int, last: int) -> int:
    row = connection.execute(
        "SELECT min(place) FROM entry WHERE place BETWEEN ? AND ?", (first, last)
    ).fetchone()
    return last if row[0] is None else int(row[0]) - 1
