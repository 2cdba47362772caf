"""The order of the letters found."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from typing import Any, Final

from arsip.archive.matching import SHIFT, Tally
from arsip.fields import DATE_OF_LETTER, Field

FRONT_SCORE: Final = 20.0
"""For each word on the front of the card, and each that a field was asked for: above what bm25
gives to a page, so that a word in number, subject or sender goes before the same in the body."""
NUMBER_SCORE: Final = 60.0
"""For the number that was asked for; half of it when its last part only begins so."""
TIES: Final = 500
"""Letters of equal score, past the places shown, whose dates are looked up."""
AT_ONCE: Final = 900
"""Letters whose dates are asked for by name, SQLite takes 999 values at least; for more of them
all dates are read in one go."""

_DIGITS: Final = re.compile(r"([0-9]{1,18})")


def scores(tally: Tally, found: set[int]) -> dict[int, float]:
    """Letter -> its score: its best page, the front of its card and its number.

    Rounded, so that what is nearly equal is equal and the newer goes first.
    """
    best = dict.fromkeys(found, 0.0)
    for row, score in tally.pages.items():
        letter = row >> SHIFT
        if score > best.get(letter, score):
            best[letter] = score
    for fronts in tally.fronts:
        for letter in fronts & found:
            best[letter] += FRONT_SCORE
    for letter in tally.numbers.keys() & found:
        best[letter] += NUMBER_SCORE if tally.numbers[letter] else NUMBER_SCORE / 2
    for letter in {row >> SHIFT for row in tally.pages} & found:
        best[letter] = round(best[letter], 1)
    return best


def by_score(connection: sqlite3.Connection, scored: dict[int, float], places: range) -> list[int]:
    """The letters at these places, the best first; of equal ones the newer."""
    equals: dict[float, list[int]] = {}
    for letter, score in scored.items():
        equals.setdefault(score, []).append(letter)
    shown: list[int] = []
    before = 0
    for score in sorted(equals, reverse=True):
        group = equals[score]
        if before + len(group) > places.start and before < places.stop:
            wanted = range(max(0, places.start - before), places.stop - before)
            shown += _newer_first(connection, group, wanted)
        before += len(group)
    return shown


def _newer_first(connection: sqlite3.Connection, group: list[int], places: range) -> list[int]:
    group.sort(reverse=True)
    head = group[: places.stop + TIES]
    known = _dates(connection, head)
    head.sort(key=lambda letter: known.get(letter, ""), reverse=True)
    return head[places.start : places.stop]


def by_date(connection: sqlite3.Connection, found: set[int], *, newest: bool) -> list[int]:
    """The letters by their own date, then as filed; those without a date come last."""
    known = _dates(connection, tuple(found))
    dated = sorted(known, key=lambda letter: (known[letter], letter), reverse=newest)
    return dated + sorted(found - known.keys(), reverse=newest)


def by_key(connection: sqlite3.Connection, found: set[int], field: Field[Any]) -> list[int]:
    """The letters by what a field says, digits as numbers; the newer first where it is the same.

    Those that do not say it come last.
    """
    newest = by_date(connection, found, newest=True)
    said = _keys(connection, tuple(found), field)
    order = {key: _natural(key) for key in set(said.values())}
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


def _dates(connection: sqlite3.Connection, letters: Sequence[int]) -> dict[int, str]:
    """Letter -> its ISO date, fact or candidate, for those that have one."""
    return _keys(connection, letters, DATE_OF_LETTER)


def _keys(
    connection: sqlite3.Connection, letters: Sequence[int], field: Field[Any]
) -> dict[int, str]:
    """Letter -> what it says in a field, fact or candidate, folded; for those that say it."""
    question = "SELECT entry, key FROM finding WHERE field = ? AND rank = 0"
    if len(letters) <= AT_ONCE:
        question += f" AND entry IN ({', '.join('?' * len(letters))})"
        return dict(connection.execute(question, (field.name, *letters)))
    wanted = set(letters)
    rows = connection.execute(question, (field.name,))
    return {letter: key for letter, key in rows if letter in wanted}
