"""What may be typed next: values of short lists, and out of the archive senders and tags.

Read only, and light to load.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from arsip.archive import keys, settings
from arsip.archive.being import IS_SECRET
from arsip.archive.find import wording
from arsip.fields import BY_KEYWORD, SENDER, TAGS, Field

MOST: Final = 100
"""Names that are told: a screen of them helps nobody."""
LOOKED_AT: Final = 2_000
"""Names and lists of tags that are looked at."""

_SHOWN: Final = (
    f" AND EXISTS (SELECT 1 FROM entry WHERE entry.id = finding.entry AND NOT {IS_SECRET}"  # noqa: S608 - a constant
    " AND state = 'filed')"
)


def values(keyword: str) -> tuple[str, ...]:
    """What may stand behind a keyword, where that is one of a short list; none: any word."""
    if keyword in wording.FIELD_KEYWORDS:
        return tuple(BY_KEYWORD)
    if keyword in wording.STATE_KEYWORDS:
        return tuple(state.replace(" ", "-") for state in wording.STATES)
    field = BY_KEYWORD.get(keyword)
    if field is None:
        return ()
    beside = wording.SAME_LABEL.get(field)
    return tuple(dict.fromkeys(field.choices + (() if beside is None else beside.choices)))


def names(root: Path, field: Field[Any], start: str) -> list[str]:
    """Senders or tags of the archive at root; none where it cannot be looked into now.

    Raises:
        SetupError: there is no archive.
    """
    try:
        with looking(settings.read(root).catalog) as connection:
            return senders(connection, start) if field is SENDER else tags(connection)
    except (sqlite3.Error, UnicodeDecodeError, MemoryError):
        return []  # a person who presses Tab asks for no error


@contextlib.contextmanager
def looking(catalog: Path) -> Iterator[sqlite3.Connection]:
    """A connection that writes nothing, not even beside the catalog."""
    wal = catalog.with_name(f"{catalog.name}-wal")
    mode = "mode=ro" if wal.exists() else "immutable=1"
    connection = sqlite3.connect(f"{catalog.absolute().as_uri()}?{mode}", uri=True, timeout=0.05)
    try:
        yield connection
    finally:
        connection.close()


def senders(connection: sqlite3.Connection, start: str) -> list[str]:
    """Senders whose name begins so, folded; those of secret letters alone are left out."""
    found: dict[str, None] = {}
    last = keys.words(start)
    for _ in range(LOOKED_AT):
        (key,) = connection.execute(
            "SELECT min(key) FROM finding WHERE field = ? AND key >= ? AND key < ?",
            (SENDER.name, last, keys.words(start) + "\U0010ffff"),
        ).fetchone()
        if key is None or len(found) >= MOST:
            break
        if connection.execute(
            "SELECT 1 FROM finding WHERE field = ? AND key = ? AND rank = 0 AND NOT doubtful"  # noqa: S608 - a constant
            f"{_SHOWN} LIMIT 1",
            (SENDER.name, key),
        ).fetchone():
            found[key.split(" / ")[0]] = None
        last = key + "\0"
    return list(found)


def tags(connection: sqlite3.Connection) -> list[str]:
    """All tags of letters that show, in order."""
    rows = connection.execute(
        f"SELECT DISTINCT value FROM finding WHERE field = ? AND rank = 0{_SHOWN} LIMIT ?",  # noqa: S608 - a constant
        (TAGS.name, LOOKED_AT),
    )
    return sorted({tag for (value,) in rows for tag in value.split(", ")})[:MOST]
