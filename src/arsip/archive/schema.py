"""The catalog's tables: numbered steps, each applied once in one transaction."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from arsip.errors import SetupError
from arsip.fields import FOLLOWING
from arsip.words import _

UNSURE: Final = "rank = 0 AND doubtful AND field NOT IN ({})".format(
    ", ".join(f"'{field.name}'" for field in sorted(FOLLOWING, key=lambda field: field.name))
)
"""Which rows of ``finding`` are doubtful values that a person should look at."""

STEPS: Final = Path(__file__).with_name("sql")
TOLD_BY_RECORDS: Final = 11
"""The last step that holds what only vault and ledger tell: a catalog without it is filled
anew."""


def steps() -> list[Path]:
    """The files ``NNNN_*.sql``, in the order in which they are applied."""
    return sorted(STEPS.glob("[0-9]" * 4 + "_*.sql"))


def version(connection: sqlite3.Connection) -> int:
    """How many steps were applied; 0 for an empty catalog."""
    number: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return number


def refuse_newer(connection: sqlite3.Connection) -> None:
    """Go no further in a catalog of which this arsip does not know all steps.

    Raises:
        SetupError: a newer arsip applied some.
    """
    if version(connection) > len(steps()):
        raise SetupError(
            _("The catalog was made by a newer arsip."), hint="pip install --upgrade arsip"
        )


def missing(connection: sqlite3.Connection) -> bool:
    """Whether there are steps to apply.

    Raises:
        SetupError: a newer arsip applied steps that this one does not know.
    """
    refuse_newer(connection)
    return version(connection) < len(steps())


def apply(connection: sqlite3.Connection) -> None:
    """Apply the steps that are missing; one that cannot be applied leaves nothing behind."""
    for number, step in enumerate(steps(), 1):
        if number > version(connection):
            connection.execute("BEGIN IMMEDIATE")
            try:
                _perform(connection, step, number)
                connection.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")
                raise


def kept(connection: sqlite3.Connection) -> bool:
    """Whether all values are of the kinds that the tables say: SQLite itself takes any."""
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE TABLE %'"
        " AND name NOT GLOB '*_words_*' AND name NOT GLOB 'sqlite_*'"
    ).fetchall()
    for (table,) in tables:
        columns = connection.execute(f"PRAGMA table_info ({table})").fetchall()
        odd = (
            f"typeof({name}) NOT IN ('{kind.lower()}', '{'null' if not filled else ''}')"
            for _at, name, kind, filled, _usual, _key in columns
        )
        question = f"SELECT 1 FROM {table} WHERE {' OR '.join(odd)} LIMIT 1"  # noqa: S608 - our own names
        if connection.execute(question).fetchone() is not None:
            return False
    return True


def renew(connection: sqlite3.Connection) -> None:
    """Make all tables anew and empty, inside the caller's transaction, foreign keys off."""
    for pattern in ("CREATE VIRTUAL %", "CREATE TABLE %"):
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE ?"
            " AND name NOT LIKE 'sqlite_%'",
            (pattern,),
        ).fetchall()
        for (name,) in names:
            connection.execute(f'DROP TABLE "{name}"')
    for number, step in enumerate(steps(), 1):
        _perform(connection, step, number)


def _perform(connection: sqlite3.Connection, step: Path, number: int) -> None:
    for statement in _statements(step.read_text("utf-8")):
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {number}")


def _statements(script: str) -> Iterator[str]:
    """Its statements one by one; ``executescript`` would commit before the first."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
