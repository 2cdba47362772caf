"""Letters that came more than once: shown as one, joined and parted by people."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from arsip.errors import BadValue
from arsip.model import Same
from arsip.words import _

Plan: TypeAlias = Mapping[int, Same | None]
"""Accession number -> the letter that it is to be the same as."""


def of(connection: sqlite3.Connection, number: int) -> tuple[int, ...]:
    """The further renditions of a letter, in the order in which they were filed."""
    rows = connection.execute(
        "SELECT id FROM entry WHERE same_as = ? AND sure ORDER BY id", (number,)
    )
    return tuple(found for (found,) in rows)


def everything(connection: sqlite3.Connection) -> tuple[int, ...]:
    """All letters that are, or may be, the same as another, by the number of that.

    Those in the trash are left out, and those of which the other is gone.
    """
    rows = connection.execute(
        "SELECT id FROM entry WHERE same_as IS NOT NULL AND state = 'filed'"
        " AND same_as IN (SELECT id FROM entry) ORDER BY same_as, id"
    )
    return tuple(found for (found,) in rows)


def head(connection: sqlite3.Connection, number: int) -> int:
    """The letter under which a rendition is shown; any other letter is its own."""
    row = connection.execute(
        "SELECT same_as FROM entry WHERE id = ? AND sure", (number,)
    ).fetchone()
    return number if row is None else int(row[0])


def joined(connection: sqlite3.Connection, first: int, others: Iterable[int]) -> Plan:
    """What makes letters renditions of the first, with all that was one of theirs.

    A first that is a rendition itself stands for its letter, unless that is among the others: then
    it is the one that is shown from now on.

    Raises:
        BadValue: all of them are the same already.
    """
    named = dict.fromkeys(others)
    shown = head(connection, first)
    if shown in named:
        shown = first
    # In this order no letter is ever a rendition of a rendition, wherever it breaks off.
    moved = [one for number in named for one in (*of(connection, number), number) if one != shown]
    plan: dict[int, Same | None] = {shown: None} if head(connection, shown) != shown else {}
    plan |= dict.fromkeys(moved, Same(shown, sure=True))
    left = {one: same for one, same in plan.items() if _differs(connection, one, same)}
    if not left:
        raise BadValue(_("They are one letter already."), hint=f"arsip show {shown}")
    return left


def _differs(connection: sqlite3.Connection, number: int, same: Same | None) -> bool:
    row = connection.execute("SELECT same_as, sure FROM entry WHERE id = ?", (number,)).fetchone()
    wanted = (None, 0) if same is None else (same.id, same.sure)
    return bool(row != wanted)


def parted(connection: sqlite3.Connection, ids: Iterable[int]) -> Plan:
    """What makes letters of their own again of renditions, and of those that may be some.

    Raises:
        BadValue: one of them is its own letter, and nothing else was said of it.
    """
    plan: dict[int, Same | None] = {}
    for number in ids:
        row = connection.execute("SELECT same_as FROM entry WHERE id = ?", (number,)).fetchone()
        if row is None or row[0] is None:
            others = " ".join(map(str, of(connection, number)))
            raise BadValue(
                _("Letter {id} is no rendition of another.").format(id=number),
                hint=f"arsip duplicates part {others}" if others else "arsip duplicates",
            )
        plan[number] = None
    return plan
