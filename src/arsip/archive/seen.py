"""What was seen in scan folders and left there, so that a restart changes nothing."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple


class Seen(NamedTuple):
    """What became of a file that stays in its scan folder.

    Attributes:
        print: which file in which state: dev:inode:size:mtime_ns:ctime_ns.
        status: waiting, set_aside, refused, filed, duplicate.
        since: first seen with this print, aware.
    """

    print: str
    status: str
    reason: str
    since: dt.datetime


def of(connection: sqlite3.Connection, path: Path) -> Seen | None:
    """What became of a file in a scan folder, or None when it is new."""
    row = connection.execute(
        "SELECT print, status, reason, since FROM seen WHERE path = ?", (_key(path),)
    ).fetchone()
    return None if row is None else _seen(*row)


def everything(connection: sqlite3.Connection) -> Iterator[tuple[Path, Seen]]:
    """Everything that stays in scan folders, by path."""
    for path, *row in connection.execute(
        "SELECT path, print, status, reason, since FROM seen ORDER BY path"
    ):
        yield Path(os.fsdecode(path)), _seen(*row)


def _key(path: Path) -> bytes:
    """The file's own path, from wherever it is named; links are not followed."""
    return os.fsencode(os.path.abspath(path))  # noqa: PTH100 - Path.absolute keeps the ".."


def _seen(mark: str, status: str, reason: str, since: str) -> Seen:
    return Seen(mark, status, reason, dt.datetime.fromisoformat(since))


def mark(connection: sqlite3.Connection, path: Path, what: Seen) -> None:
    """Keep in mind what became of a file that stays in its folder."""
    connection.execute(
        "INSERT OR REPLACE INTO seen (path, print, status, reason, since) VALUES (?, ?, ?, ?, ?)",
        (_key(path), what.print, what.status, what.reason, what.since.isoformat()),
    )


def forget(connection: sqlite3.Connection, path: Path) -> None:
    """Forget a file that left its folder."""
    connection.execute("DELETE FROM seen WHERE path = ?", (_key(path),))
