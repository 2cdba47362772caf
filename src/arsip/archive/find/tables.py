"""What the tables beside the index tell of letters: how they are, have, came, and days in them."""

from __future__ import annotations

import bisect
import itertools
import json
import sqlite3
from typing import Final, TypeAlias

from arsip.archive.being import BEING, LISTED
from arsip.archive.find import stretches
from arsip.archive.find.parts import Being, Dated, Has, Named
from arsip.archive.find.stretches import ALL, Found, Stretch

Told: TypeAlias = Dated | Has | Being | Named

FEW: Final = 10_000
"""Letters up to which all are listed, so that they lead to what else is asked for."""
_LAST: Final = "\U0010ffff"
"""Behind every sign that a name can go on with."""


class Tables:
    """Asks for letters by what else is known of them than their words.

    Attributes:
        spent: letters that were looked at, about.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._listed: dict[Told, list[int] | None] = {}
        self.spent = 0

    def all(self, within: Stretch) -> set[int]:
        """All letters of a stretch."""
        return self._asked("SELECT place FROM entry WHERE place BETWEEN ? AND ?", *within)

    def nth(self, within: Stretch, nth: int, *, oldest: bool) -> int | None:
        """The place of the n-th letter of a stretch, or from its end; None: it has fewer."""
        self.spent += nth
        row = self._connection.execute(
            "SELECT place FROM entry WHERE place BETWEEN ? AND ?"  # noqa: S608 - one of two words
            f" ORDER BY place {'DESC' if oldest else 'ASC'} LIMIT 1 OFFSET ?",
            (*within, nth),
        ).fetchone()
        return None if row is None else int(row[0])

    def are_few(self, part: Told) -> bool:
        """Whether all letters that answer can be listed: an index tells them, and they are few."""
        return self._all_of(part) is not None

    def next(self, part: Told, within: Stretch, most: int, *, oldest: bool) -> Found:
        """The next letters of a stretch, from its end for the oldest, of a part that has few."""
        listed = self._all_of(part) or []
        start = bisect.bisect_left(listed, within.first)
        inside = listed[start : bisect.bisect_right(listed, within.last, start)]
        if len(inside) <= most:
            return Found(set(inside), within)
        if oldest:
            return Found(set(inside[-most:]), Stretch(inside[-most], within.last))
        return Found(set(inside[:most]), Stretch(within.first, inside[most - 1]))

    def letters(self, part: Told, within: Stretch, among: set[int] | None) -> set[int]:
        """All letters of the stretch that answer, of those in question when they are given."""
        listed = self._all_of(part)
        if listed is not None:
            return stretches.inside(set(listed), within) if among is None else among & set(listed)
        if isinstance(part, Named) and among is None and within == ALL:
            question, values = _naming(part)
            return self._asked(question, *values)
        where, places = "place BETWEEN ? AND ?", tuple[str | int, ...](within)
        if among is not None:
            where, places = stretches.sought("place", among)
        so, values = _so(part)
        return self._asked(f"SELECT place FROM entry WHERE {where} AND {so}", *places, *values)  # noqa: S608 - our own words

    def _all_of(self, part: Told) -> list[int] | None:
        """All letters that answer, rising; None: there are too many, or no index of them."""
        if part not in self._listed:
            found = self._all_named(part) if isinstance(part, Named) else self._all_told(part)
            self._listed[part] = None if found is None else sorted(found)
        return self._listed[part]

    def _all_named(self, part: Named) -> set[int] | None:
        question, values = _naming(part)
        # Rows of an index are counted in a tenth of the time that it takes to tell them.
        more = self._connection.execute(f"{question} LIMIT 1 OFFSET ?", (*values, FEW)).fetchone()
        return None if more else self._asked(question, *values)

    def _all_told(self, part: Dated | Has | Being) -> set[int] | None:
        questions, values = _listing(part)
        found = set[int]()
        for question in questions:
            rows = self._connection.execute(f"{question} LIMIT ?", (*values, FEW + 1))
            found.update(number for (number,) in rows)
        if not questions or len(found) > FEW:
            return None
        return self._asked(
            "SELECT place FROM json_each(?) CROSS JOIN entry ON entry.id = json_each.value",
            json.dumps(list(found)),
        )

    def _asked(self, question: str, *values: str | int) -> set[int]:
        found = {place for (place,) in self._connection.execute(question, values)}
        self.spent += len(found)
        return found


def _listing(part: Dated | Has | Being) -> tuple[tuple[str, ...], list[str]]:
    """What an index is asked for the numbers of all letters, and the values of that."""
    if isinstance(part, Being):
        return LISTED.get(part.state, ()), []
    having, values = _having(part)
    return (f"SELECT entry FROM finding WHERE {having}",), values  # noqa: S608 - our own words


def _so(part: Told) -> tuple[str, list[str]]:
    """Which letters answer, whatever index leads to them, and the values of that."""
    if isinstance(part, Being):
        return BEING[part.state], []
    if isinstance(part, Named):
        ranges = _ranges(part)
        # With the plus sign no index of names is gone through where few letters are in question.
        so = " OR ".join(["+source COLLATE NOCASE BETWEEN ? AND ?"] * len(ranges))
        return f"({so})", list(itertools.chain(*ranges))
    having, values = _having(part)
    return f"EXISTS (SELECT 1 FROM finding WHERE finding.entry = entry.id AND {having})", values  # noqa: S608 - our own words


def _naming(part: Named) -> tuple[str, list[str]]:
    """What the index of names is asked for the places of all letters, and the values of that."""
    ranges = _ranges(part)
    one = "SELECT place FROM entry WHERE source COLLATE NOCASE BETWEEN ? AND ?"
    return " UNION ALL ".join([one] * len(ranges)), list(itertools.chain(*ranges))


def _ranges(part: Named) -> list[tuple[str, str]]:
    """From which to which name files are called so."""
    if part.prefix:
        return [(part.name, part.name + _LAST)]
    return [(part.name, part.name), (f"{part.name}.", f"{part.name}.{_LAST}")]


def _having(part: Dated | Has) -> tuple[str, list[str]]:
    """Which rows of ``finding`` say so, and the values of that."""
    having, values = "field = ? AND rank = 0", [part.field.name]
    if isinstance(part, Dated):
        having += " AND key BETWEEN ? AND ?"
        values += [day.isoformat() for day in part.period]
    return having, values
