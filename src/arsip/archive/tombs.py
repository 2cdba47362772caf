"""What stays of letters that were destroyed: who had them destroyed, when and why."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from arsip.archive.ledger import Act, Ledger, Line
from arsip.fields import (
    CLASSIFICATION_CODE,
    DATE_OF_LETTER,
    DOC_TYPE,
    LETTER_NUMBER,
    SENDER,
    SUBJECT,
    Field,
)
from arsip.model import Entry

ACT: Final = "destroy"
TOLD: Final[Sequence[Field[Any]]] = (
    LETTER_NUMBER,
    DATE_OF_LETTER,
    SENDER,
    SUBJECT,
    DOC_TYPE,
    CLASSIFICATION_CODE,
)
"""What a list of destroyed letters names."""
TOLD_OF_SECRETS: Final = (LETTER_NUMBER, DATE_OF_LETTER)

_encode = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode


class Tomb(NamedTuple):
    """A letter that was destroyed.

    Attributes:
        digest: of the file it came in.
        time: ISO 8601 with offset.
        fields: name -> value in words; of a secret letter number and date only.
    """

    id: int
    digest: str
    time: str
    who: str
    why: str
    fields: Mapping[str, str]


def act(entries: Sequence[Entry], files: Iterable[str], *, who: str, why: str) -> Act:
    """The act that destroys the letters of one file.

    Args:
        entries: all letters of the file.
        files: the paths of all that was kept of it, below the root.
        who: who asked for it.
        why: their reason.
    """
    fields = {str(entry.id): _fields(entry) for entry in entries}
    return Act(
        ACT,
        tuple(entry.id for entry in entries),
        dict.fromkeys(sorted(files), ""),
        {"sha256": entries[0].digest, "who": who, "why": why, "fields": _encode(fields)},
    )


def _fields(entry: Entry) -> dict[str, str]:
    told = TOLD_OF_SECRETS if entry.secret else TOLD
    found = ((field, entry.letter.first(field)) for field in told)
    return {field.name: field.kind.plain(value) for field, value in found if value is not None}


def told(ledger: Ledger) -> Iterator[Tomb]:
    """What the ledger says of all letters that were destroyed, oldest first."""
    for line in ledger.of(ACT):
        yield from of_line(line)


def of_line(line: Line) -> Iterator[Tomb]:
    """The letters that an act destroyed."""
    note = line.act.note
    fields = json.loads(note["fields"])
    for number in line.act.ids:
        yield Tomb(
            number,
            note["sha256"],
            line.time,
            note["who"],
            note["why"],
            fields.get(str(number), {}),
        )


def put(connection: sqlite3.Connection, tombs: Iterable[Tomb]) -> None:
    """Keep them in the catalog, in the caller's transaction."""
    connection.executemany(
        "INSERT OR REPLACE INTO tomb VALUES (?, ?, ?, ?, ?, ?)", map(_row, tombs)
    )


def agree(connection: sqlite3.Connection, tombs: Iterable[Tomb]) -> bool:
    """Whether the catalog has exactly these; of two of one letter the later one."""
    told = {tomb.id: _row(tomb) for tomb in tombs}
    return set(connection.execute("SELECT * FROM tomb")) == set(told.values())


def of_digest(connection: sqlite3.Connection, digest: str) -> tuple[Tomb, ...]:
    """The letters of a file that were destroyed."""
    return _found(connection, "digest = ?", digest)


def of_id(connection: sqlite3.Connection, number: int) -> tuple[Tomb, ...]:
    """The letter of an accession number, if it was destroyed."""
    return _found(connection, "id = ?", number)


def _found(connection: sqlite3.Connection, which: str, value: object) -> tuple[Tomb, ...]:
    rows = connection.execute(f"SELECT * FROM tomb WHERE {which} ORDER BY id", (value,))  # noqa: S608 - our own words
    return tuple(
        Tomb(number, digest, time, who, why, json.loads(fields))
        for number, digest, time, who, why, fields in rows
    )


def _row(tomb: Tomb) -> tuple[object, ...]:
    return (*tomb[:-1], _encode(dict(tomb.fields)))
