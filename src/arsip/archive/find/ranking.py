"""The order of the letters found."""

from __future__ import annotations

import heapq
import json
import re
import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any, Final

from arsip.archive import places
from arsip.fields import Field

_DIGITS: Final = re.compile(r"([0-9]{1,18})")


def by_score(
    scored: Mapping[int, float], most: int, filed: Mapping[int, int] | None = None
) -> list[int]:
    """At most so many letters, the best first; of equal ones the newer, or the one filed last.

    filed: the letters' accession numbers, where these tell which goes first.
    """
    order = filed or {}
    return heapq.nsmallest(
        most, scored, key=lambda letter: (-scored[letter], -order.get(letter, 0), letter)
    )


def by_date(found: Iterable[int], *, newest: bool) -> list[int]:
    """The letters by their own date, then as filed; those without a date come last."""
    if newest:
        return sorted(found)
    return sorted(found, key=lambda letter: (letter >= places.UNDATED, -letter))


def by_key(connection: sqlite3.Connection, found: Iterable[int], field: Field[Any]) -> list[int]:
    """The letters by what a field says, digits as numbers; the newer first where it is the same.

    Those that do not say it come last.
    """
    rows = connection.execute(
        "SELECT place, finding.key FROM json_each(?) CROSS JOIN entry ON place = json_each.value"
        " CROSS JOIN finding ON finding.entry = entry.id AND field = ? AND rank = 0",
        (json.dumps(list(found)), field.name),
    )
    said = dict(rows.fetchall())
    order = {key: _natural(key) for key in set(said.values())}
    newest = by_date(found, newest=True)
    named = [letter for letter in newest if letter in said]
    named.sort(key=lambda letter: order[said[letter]])
    return named + [letter for letter in newest if letter not in said]


def _natural(key: str) -> tuple[tuple[bool, int, str], ...]:
    """A key so that 9 stands before 10, and digits before letters."""
    parts = _DIGITS.split(key)
    return tuple(
        (False, int(part), "") if place % 2 else (True, 0, part)
        for place, part in enumerate(parts)
        if part
    )
