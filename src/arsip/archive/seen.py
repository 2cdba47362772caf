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


def everything(
    connection: sqlite3.Connection, below: Path | None = None
) -> Iterator[tuple[Path, Seen]]:
    """Everything that stays in scan folders, or below one folder, by path."""
    first, last = (b"", b"\xff") if below is None else _span(below)
    for path, *row in connection.execute(
        "SELECT path, print, status, reason, since FROM seen WHERE path >= ? AND path < ?"
        " ORDER BY path",
        (first, last),
    ):
        yield Path(os.fsdecode(path)), _seen(*row)


def version(connection: sqlite3.Connection) -> tuple[int, int]:
    """What others have written to the catalog, and this connection: another pair after each."""
    others: int = connection.execute("PRAGMA data_version").fetchone()[0]
    return others, connection.total_changes


def _span(folder: Path) -> tuple[bytes, bytes]:
    """Between these stand the paths below a folder: from its stroke to the sign after a stroke."""
    start = _key(folder).rstrip(b"/")
    return start + b"/", start + b"0"


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
