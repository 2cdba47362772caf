"""How much an archive holds, and how much of it waits for a person."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from typing import NamedTuple

from arsip.archive import schema
from arsip.model import REMARKS


class Counts(NamedTuple):
    """How much an archive holds; files are files as they came, letters may share one.

    Attributes:
        doubtful: letters with a doubtful value, or a page that a person should look at.
        pending: pages that wait to be read.
        unread: pages that could not be read.
        waiting: files in scan folders.
        aside: files that were set aside.
    """

    letters: int
    trashed: int
    secret: int
    files: int
    pages: int
    doubtful: int
    pending: int
    unread: int
    waiting: int
    aside: int = 0


def counts(connection: sqlite3.Connection) -> Counts:
    """How much the catalog holds."""
    letters, trashed, hidden, files = connection.execute(
        "SELECT count(*), coalesce(sum(state = 'trashed'), 0), coalesce(sum(secret), 0),"
        " count(DISTINCT digest) FROM entry"
    ).fetchone()
    (pages,) = connection.execute("SELECT count(*) FROM page WHERE number > 0").fetchone()
    (doubtful,) = connection.execute(
        f"SELECT count(DISTINCT entry) FROM finding WHERE {schema.UNSURE}"  # noqa: S608 - a constant
    ).fetchone()
    (waiting,) = connection.execute("SELECT count(*) FROM seen WHERE status = 'waiting'").fetchone()
    about = _about_pages(connection)
    return Counts(
        letters=letters,
        trashed=trashed,
        secret=hidden,
        files=files,
        pages=pages,
        doubtful=doubtful + about["doubtful"],
        pending=about["pending"],
        unread=about["unread"],
        waiting=waiting,
    )


def _about_pages(connection: sqlite3.Connection) -> Counter[str]:
    """Letters that are doubtful for their pages alone, and pages by why they have no words."""
    found: Counter[str] = Counter()
    for kept, counted in connection.execute(
        "SELECT doubts, EXISTS (SELECT 1 FROM finding WHERE finding.entry = entry.id"  # noqa: S608 - a constant
        f" AND {schema.UNSURE}) FROM entry WHERE doubts <> '[]'"
    ):
        reasons = [reason for _page, reason, _note in json.loads(kept)]
        found.update(reasons)
        found["doubtful"] += not counted and not REMARKS.issuperset(reasons)
    return found
