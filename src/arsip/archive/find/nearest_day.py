"""The day nearest to those that were asked for and have no letter that answers."""

from __future__ import annotations

import datetime as dt
import sqlite3
from typing import Final

from arsip.archive.find.gathering import Gathering
from arsip.archive.find.matching import Matching
from arsip.archive.find.parts import Dated
from arsip.archive.find.periods import Period
from arsip.archive.find.query import Query
from arsip.archive.find.visible import Visible

AROUND: Final = 400
"""Letters before and after a period that are asked first for the nearest day."""
_A_MONTH: Final = dt.timedelta(days=31)


def nearest_day(
    connection: sqlite3.Connection,
    query: Query,
    dated: Dated,
    *,
    secret: bool = False,
    everywhere: bool = False,
    yearless: bool = False,
) -> dt.date | None:
    """The day nearest to a period that a letter which answers has; None: none has one.

    Of a month whose year was not said one in that month goes first.
    Letters of days close by are asked first; then all, where everywhere is said.
    """
    if query.part is None:
        return None
    visible = Visible(connection, secret=secret, trashed=query.trashed)
    gathering = Gathering(Matching(connection), visible, query.part, query.ways)
    days = dated.period
    months = {days.first.month} if yearless and days.last - days.first < _A_MONTH else ()
    for most in (AROUND, -1) if everywhere else (AROUND,):
        around = _around(connection, dated, most)
        found = gathering.among(set(around))
        if found:
            near = (dt.date.fromisoformat(around[letter]) for letter in found)
            return min(near, key=lambda day: (day.month not in months, _gap(day, days)))
    return None


def _gap(day: dt.date, days: Period) -> dt.timedelta:
    """How far a day lies from a period without it."""
    return max(days.first - day, day - days.last)


def _around(connection: sqlite3.Connection, dated: Dated, most: int) -> dict[int, str]:
    """The letters with a day before or after the period, at most so many each, and their days."""
    around: dict[int, str] = {}
    for beyond, edge in (("< ?", dated.period.first), ("> ?", dated.period.last)):
        rows = connection.execute(
            "SELECT place, key FROM finding CROSS JOIN entry ON entry.id = finding.entry"  # noqa: S608 - one of two constants
            f" WHERE field = ? AND rank = 0 AND key {beyond}"
            f" ORDER BY key {'DESC' if beyond == '< ?' else 'ASC'} LIMIT ?",
            (dated.field.name, edge.isoformat(), most),
        )
        around |= dict(rows.fetchall())
    return around
