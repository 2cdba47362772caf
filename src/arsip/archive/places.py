"""Where letters stand in the index: by their own dates, those of one day as they were put in."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from arsip.archive import keys
from arsip.fields import DATE_OF_LETTER
from arsip.model import Letter


def given(connection: sqlite3.Connection, letter: Letter, kept: int | None) -> int:
    """The place of a letter: the one that it has, if that still is of its day, else the next.

    Letters past the 65,536th of one day stand with those without a date.
    """
    first, last = _bounds(letter)
    if kept is not None and first <= kept <= last:
        return kept
    place = _next(connection, first, last)
    return place if place <= last else _next(connection, 0, keys.DATED - 1)


def fits(letter: Letter, place: int) -> bool:
    """Whether a letter may stand there."""
    first, last = _bounds(letter)
    return first <= place <= last or place < keys.DATED


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
        return 0, keys.DATED - 1
    first = keys.first_place(found.value)
    return first, first + (1 << keys.DAY_BITS) - 1


def _next(connection: sqlite3.Connection, first: int, last: int) -> int:
    row = connection.execute(
        "SELECT max(place) FROM entry WHERE place BETWEEN ? AND ?", (first, last)
    ).fetchone()
    return first if row[0] is None else int(row[0]) + 1
