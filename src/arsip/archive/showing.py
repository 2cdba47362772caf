"""Which of the letters that answer show: no secret ones, none of the trash, each once."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from arsip.archive import renditions, stretches
from arsip.archive.parts import Part
from arsip.archive.stretches import Stretch


class Showing(NamedTuple):
    """Which letters show: secret ones too; those in the trash instead of those that are not."""

    secret: bool
    trashed: bool

    def of(
        self, connection: sqlite3.Connection, part: Part, found: set[int], within: Stretch | None
    ) -> set[int]:
        """Those that show of the letters that answer, which are all that do in the stretch."""
        if not found:
            return found
        asked, values = stretches.sought("place", found)
        rows = connection.execute(
            "SELECT place, secret, state <> 'filed' FROM entry INDEXED BY entry_hidden"  # noqa: S608 - our own words
            f" WHERE (secret = 1 OR state <> 'filed') AND {asked}",
            values,
        ).fetchall()
        hidden = {letter for letter, kept, _gone in rows if kept and not self.secret}
        gone = {letter for letter, _kept, gone in rows if gone}
        covered = renditions.covered(connection, part, found, within, secret=self.secret)
        return (found & gone if self.trashed else found - gone) - hidden - covered
