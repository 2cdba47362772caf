"""Which of the letters that answer show: no secret ones, none of the trash, each once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from arsip.archive.being import IS_SECRET
from arsip.archive.find import stretches
from arsip.archive.find.matching import Matching
from arsip.archive.find.parts import Part
from arsip.archive.find.stretches import ALL, Stretch


class Visible(NamedTuple):
    """The letters of a catalog that show.

    Attributes:
        connection: to the catalog.
        secret: secret ones too.
        trashed: those in the trash instead of those that are not.
    """

    connection: sqlite3.Connection
    secret: bool
    trashed: bool

    def numbers(self) -> Iterator[int]:
        """The numbers of all letters that show, rising."""
        rows = self.connection.execute(
            f"SELECT id FROM entry WHERE (? OR NOT {IS_SECRET}) AND (state <> 'filed') = ?"  # noqa: S608 - a constant
            " AND NOT (sure AND EXISTS (SELECT 1 FROM entry AS letter"
            " WHERE letter.id = entry.same_as AND letter.state = entry.state)) ORDER BY id",
            (self.secret, self.trashed),
        )
        yield from (number for (number,) in rows)

    def of(self, part: Part, found: set[int], within: Stretch | None) -> set[int]:
        """Those that show of the letters that answer to a part.

        They are all that answer in the stretch; None: perhaps not all, in any.
        """
        if not found:
            return found
        asked, values = stretches.sought("place", found)
        rows = self.connection.execute(
            "SELECT place, secret, state <> 'filed' FROM entry INDEXED BY entry_hidden"  # noqa: S608 - our own words
            f" WHERE (secret = 1 OR state <> 'filed') AND {asked}",
            values,
        ).fetchall()
        hidden = {letter for letter, kept, _gone in rows if kept and not self.secret}
        gone = {letter for letter, _kept, gone in rows if gone}
        covered = _covered(self.connection, part, found, within, secret=self.secret)
        return (found & gone if self.trashed else found - gone) - hidden - covered


def _covered(
    connection: sqlite3.Connection,
    part: Part,
    found: set[int],
    within: Stretch | None,
    *,
    secret: bool,
) -> set[int]:
    """Those of the letters found that show under another: it answers, too.

    A rendition whose letter does not answer is shown itself: so what only one scan says is found.
    One of a secret letter is as secret as that, whatever was read of it.

    Args:
        connection: to the catalog.
        part: what they answer to.
        found: their places.
        within: the stretch of which these are all that answer; None: of none.
        secret: whether secret letters show.
    """
    rows = _letters_of(connection, found)
    hidden = {one for one, _letter, kept, _beside in rows if kept and not secret}
    under = {one: letter for one, letter, _kept, beside in rows if beside}
    beyond = set(under.values()) - found
    if within is not None:
        beyond -= stretches.inside(beyond, within)
    answering = found | Matching(connection).letters(part, ALL, beyond)
    return hidden | {one for one, letter in under.items() if letter in answering}


def shown_twice(connection: sqlite3.Connection, shown: set[int]) -> set[int]:
    """Those of the letters that are renditions of another one among them."""
    rows = _letters_of(connection, shown)
    return {one for one, letter, _kept, beside in rows if beside and letter in shown}


def _letters_of(
    connection: sqlite3.Connection, found: set[int]
) -> list[tuple[int, int, bool, bool]]:
    """Of each rendition its place, that of its letter, whether that is secret, and lies beside it.

    Both in the trash, or neither.
    """
    asked, values = stretches.sought("entry.place", found)
    rows = connection.execute(
        "SELECT entry.place, letter.place, letter.secret, letter.state = entry.state"  # noqa: S608 - our own words
        " FROM entry INDEXED BY entry_rendition"
        " CROSS JOIN entry AS letter ON letter.id = entry.same_as"
        f" WHERE entry.sure = 1 AND {asked}",
        values,
    )
    return [row for row in rows if row[0] in found]
