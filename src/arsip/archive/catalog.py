"""The catalog: an SQLite index over the vault, made again any time."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from arsip.archive import schema, vocabulary
from arsip.errors import ArchiveError, Busy, Damaged, NoSpace
from arsip.fields import BY_NAME
from arsip.model import Box, Doubt, Entry, Finding, Letter, Same
from arsip.words import _

AT_ONCE: Final = 500
"""Letters asked for in one question; SQLite takes 999 values at least."""
BROKEN: Final = (sqlite3.Error, json.JSONDecodeError, UnicodeDecodeError, MemoryError)
"""What asking a damaged catalog ends with: its bytes get into messages and sizes, too."""
_NO_ROOM: Final = "SQLITE_IOERR_SHMSIZE"
"""What SQLite says when the file through which programs share a catalog cannot be made."""
ODD: Final = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What a value ends with that is of another kind than what arsip puts there."""


@contextlib.contextmanager
def asking(path: Path) -> Iterator[None]:
    """Says in the archive's words what SQLite says.

    Raises:
        Busy, NoSpace, Damaged, ArchiveError: as the catalog is.
    """
    try:
        yield
    except BROKEN as error:
        raise _failure(error, path) from error
    except ODD as error:
        # A mistake of ours, or a value that arsip did not put there.
        if _odd(path):
            raise _failure(error, path) from error
        raise


def means(error: Exception, kind: type[ArchiveError]) -> bool:
    """Whether what SQLite says is such an error."""
    return isinstance(_failure(error, Path()), kind)


def _failure(error: Exception, path: Path) -> ArchiveError:
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return Busy(_("Another program is at work with {path}.").format(path=path))
    if name.startswith(("SQLITE_FULL", _NO_ROOM)):
        return NoSpace(
            _("There is no space left for {where}.").format(where=path),
            hint=_("Make room on this disk, then try again."),
        )
    if name.startswith(("SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM")):
        return ArchiveError(
            _("{where} cannot be written: {why}.").format(where=path, why=error),
            hint="arsip doctor",
        )
    return Damaged(
        _("The catalog {path} is damaged: {why}.").format(path=path, why=error),
        hint="arsip rebuild",
    )


def _odd(path: Path) -> bool:
    """Whether a catalog holds what does not belong there; it is read in full."""
    try:
        with contextlib.closing(connect(path, wait=0)) as connection:
            every = [number for (number,) in connection.execute("SELECT id FROM entry")]
            for _letter in entries(connection, every):
                pass
            return not intact(connection, full=True)
    except BROKEN as error:
        return means(error, Damaged)
    except ODD:
        return True


def connect(path: Path, *, wait: float) -> sqlite3.Connection:
    """A connection to a catalog that is there; transactions are begun by hand.

    On a medium that cannot be written it is read as it lies there, with what a broken-off run left
    beside it. On a full disk nobody else can open it meanwhile.

    Args:
        path: of the database.
        wait: seconds to wait for another program's transaction.
    """
    try:
        return _connected(path, wait=wait)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname != _NO_ROOM:
            raise
        return _connected(path, wait=wait, alone=True)


def _connected(path: Path, *, wait: float, alone: bool = False) -> sqlite3.Connection:
    """The same; alone: what programs that share a catalog keep beside it is not made."""
    mode = "mode=rw"
    if not os.access(path.parent, os.W_OK):
        beside = all(path.with_name(path.name + side).exists() for side in ("-wal", "-shm"))
        mode = "mode=ro" if beside else "mode=ro&immutable=1"
    connection = sqlite3.connect(
        f"file:{_quoted(path)}?{mode}", uri=True, timeout=wait, isolation_level=None
    )
    try:
        if alone:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        # What is taken out is written over: a letter that is destroyed leaves no words behind.
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute(f"PRAGMA query_only = {mode != 'mode=rw'}")
    except BaseException:
        connection.close()
        raise
    return connection


def sound(connection: sqlite3.Connection) -> bool:
    """Whether this can be a catalog at all: asks for little, costs little."""
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if schema.version(connection):
            connection.execute("SELECT max(id) FROM entry").fetchone()
            connection.execute("SELECT name FROM meta LIMIT 1").fetchone()
    except BROKEN as error:
        if means(error, Damaged):
            return False
        raise
    return True


def found(path: Path, *, wait: float) -> sqlite3.Connection | None:
    """A connection to a catalog that can be one; None when there is none."""
    if not path.exists():
        return None
    try:
        connection = connect(path, wait=wait)
    except BROKEN as error:
        if means(error, Damaged):
            return None
        raise
    if sound(connection):
        return connection
    connection.close()
    return None


@contextlib.contextmanager
def changing(connection: sqlite3.Connection) -> Iterator[None]:
    """One transaction: all of it or nothing.

    Raises:
        SetupError: a newer arsip brought the catalog up to date since it was opened.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        schema.refuse_newer(connection)
        yield
        connection.execute("COMMIT")
    except BaseException:
        # What made it fail is told; that nothing is left to roll back is not news.
        with contextlib.suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


@contextlib.contextmanager
def reading(connection: sqlite3.Connection) -> Iterator[None]:
    """All that is asked is answered from one state of the catalog, whoever writes meanwhile."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")


def entries(connection: sqlite3.Connection, ids: Sequence[int]) -> Iterator[Entry]:
    """The letters of these IDs, in their order; IDs that are not there are passed over."""
    for start in range(0, len(ids), AT_ONCE):
        wanted = ids[start : start + AT_ONCE]
        marks = ",".join("?" * len(wanted))
        letters = _letters(connection, wanted, marks)
        rows = connection.execute(
            "SELECT id, digest, state, filed_at, source, original, reading, pages, flags, doubts,"  # noqa: S608 - question marks only
            " denied, same_as, sure,"
            " (SELECT secret FROM entry AS letter WHERE letter.id = entry.same_as)"
            f" FROM entry WHERE id IN ({marks})",
            wanted,
        )
        found = {row[0]: _entry(row, letters.get(row[0], {})) for row in rows}
        yield from (found[number] for number in wanted if number in found)


def _entry(row: tuple[Any, ...], findings: Mapping[str, tuple[Finding[Any], ...]]) -> Entry:
    (number, digest, state, filed_at, source, original, reading, pages, flags, *rest) = row
    doubts, denied, same_as, sure, kept = rest
    # Decoded in one go: of many short texts each call costs more than the decoding.
    pages, flags, doubts, denied = json.loads(f"[{pages},{flags},{doubts},{denied}]")
    return Entry(
        id=number,
        digest=digest,
        state=state,
        filed_at=dt.datetime.fromisoformat(filed_at),
        source=source,
        original=Path(original),
        reading=Path(reading) if reading else None,
        pages=tuple(pages),
        letter=Letter(findings, frozenset(denied)),
        flags=tuple(flags),
        doubts=tuple(Doubt(*doubt) for doubt in doubts),
        same_as=None if same_as is None else Same(same_as, bool(sure), bool(kept)),
    )


def _letters(
    connection: sqlite3.Connection, ids: Sequence[int], marks: str
) -> dict[int, dict[str, tuple[Finding[Any], ...]]]:
    """Letter -> field -> its findings, best first; fields of a newer arsip are passed over."""
    rows = connection.execute(
        "SELECT entry, field, json, confidence, origin, rule, page, box, raw, doubtful"  # noqa: S608 - question marks only
        f" FROM finding WHERE entry IN ({marks}) ORDER BY entry, field, rank",
        ids,
    ).fetchall()
    pairs = (f"[{row[2]},{row[7] or 'null'}]" for row in rows)
    values = json.loads(f"[{','.join(pairs)}]")
    letters: dict[int, dict[str, tuple[Finding[Any], ...]]] = {}
    for row, (value, box) in zip(rows, values, strict=True):
        number, name, _json, confidence, origin, rule, page, _box, raw, doubtful = row
        if name in BY_NAME:
            finding = Finding(
                value=BY_NAME[name].kind.load(value),
                confidence=confidence,
                origin=origin,
                rule=rule,
                page=page,
                box=None if box is None else Box(*box),
                raw=raw,
                doubtful=bool(doubtful),
            )
            letter = letters.setdefault(number, {})
            letter[name] = (*letter.get(name, ()), finding)
    return letters


def known(connection: sqlite3.Connection, digest: str) -> tuple[int, ...]:
    """The letters of a file, filed or trashed."""
    rows = connection.execute("SELECT id FROM entry WHERE digest = ? ORDER BY id", (digest,))
    return tuple(number for (number,) in rows)


def taken(connection: sqlite3.Connection, number: int) -> bool:
    """Whether there is a letter of this accession number."""
    found = connection.execute("SELECT 1 FROM entry WHERE id = ?", (number,)).fetchone()
    return found is not None


def starting(connection: sqlite3.Connection, prefix: str) -> tuple[int, ...]:
    """The letters of files whose digest starts so."""
    rows = connection.execute(
        "SELECT id FROM entry WHERE digest BETWEEN ? AND ? ORDER BY id", (prefix, prefix + "g")
    )
    return tuple(number for (number,) in rows)


def doubted(connection: sqlite3.Connection) -> tuple[int, ...]:
    """The letters about whose pages there are doubts."""
    rows = connection.execute("SELECT id FROM entry WHERE doubts <> '[]' ORDER BY id")
    return tuple(number for (number,) in rows)


def waiting(connection: sqlite3.Connection, *, secret: bool) -> dict[int, tuple[str, ...]]:
    """The letters that wait for a person's word, by their numbers, each with its fields."""
    rows = connection.execute(
        "SELECT id, waits FROM entry WHERE waits <> '[]' AND state = 'filed' AND (secret = 0 OR ?)"
        " AND NOT sure ORDER BY id",
        (secret,),
    )
    return {number: tuple(json.loads(waits)) for number, waits in rows}


def records(connection: sqlite3.Connection) -> dict[str, str]:
    """The SHA-256 of the record that each file's letters were made from, by the file's digest."""
    return dict(connection.execute("SELECT digest, min(record) FROM entry GROUP BY digest"))


def record_of(connection: sqlite3.Connection, digest: str) -> str | None:
    """The SHA-256 of the record that a file's letters were made from."""
    row = connection.execute("SELECT record FROM entry WHERE digest = ?", (digest,)).fetchone()
    return None if row is None else row[0]


def shelved(connection: sqlite3.Connection, digest: str = "") -> dict[int, str]:
    """The link of each letter below ``shelf/``, of one file or of all."""
    if not digest:
        return dict(connection.execute("SELECT id, shelf FROM entry"))
    return dict(connection.execute("SELECT id, shelf FROM entry WHERE digest = ?", (digest,)))


def standing(connection: sqlite3.Connection) -> Iterator[tuple[Path, str]]:
    """The file of each letter and its link below ``shelf/``, by the letters' numbers."""
    rows = connection.execute(
        "SELECT coalesce(reading, original), shelf FROM entry WHERE shelf <> '' ORDER BY id"
    )
    return ((Path(file), place) for file, place in rows)


def last_id(connection: sqlite3.Connection) -> int:
    """The highest accession number ever given, as far as the catalog knows."""
    row = connection.execute("SELECT value FROM meta WHERE name = 'last_id'").fetchone()
    return 0 if row is None else int(row[0])


def greatest(connection: sqlite3.Connection) -> int:
    """The highest accession number among the letters that there are; 0 without any."""
    number: int = connection.execute("SELECT coalesce(max(id), 0) FROM entry").fetchone()[0]
    return number


def remember_id(connection: sqlite3.Connection, number: int) -> None:
    """Keep in mind that this accession number is given, in the caller's transaction."""
    connection.execute(
        "INSERT INTO meta (name, value) VALUES ('last_id', ?) ON CONFLICT (name) DO UPDATE"
        " SET value = max(CAST(value AS INTEGER), CAST(excluded.value AS INTEGER))",
        (str(number),),
    )


def told(connection: sqlite3.Connection, name: str) -> str | None:
    """What the catalog says of itself under a name."""
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return None if row is None else str(row[0])


def tell(connection: sqlite3.Connection, name: str, value: str) -> None:
    """Let the catalog say something of itself."""
    connection.execute("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", (name, value))


def whole(connection: sqlite3.Connection) -> bool:
    """Whether the database is whole in itself, as far as it can be asked at all."""
    try:
        return intact(connection, full=False)
    except BROKEN as error:
        if means(error, Damaged):
            return False
        raise


def intact(connection: sqlite3.Connection, *, full: bool) -> bool:
    """Whether the database is whole in itself; full: and indexes and vocabulary fit the pages."""
    question = "PRAGMA integrity_check" if full else "PRAGMA quick_check"
    if connection.execute(question).fetchone()[0] != "ok" or (full and not schema.kept(connection)):
        return False
    if full and not connection.execute("PRAGMA query_only").fetchone()[0]:
        for index in ("page_words", "card_words"):
            # Rank 1 compares the index with what it was made of, too.
            question = f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)"  # noqa: S608 - our own names
            connection.execute(question)
        return vocabulary.sound(connection)
    return True


def _quoted(path: Path) -> str:
    """A path inside an SQLite URI; ``Path.as_uri`` may load urllib first, for 5 milliseconds."""
    text = os.fsencode(path.absolute())
    return "".join(
        chr(byte)
        if chr(byte).isascii() and (chr(byte).isalnum() or chr(byte) in "/._-")
        else f"%{byte:02x}"
        for byte in text
    )
