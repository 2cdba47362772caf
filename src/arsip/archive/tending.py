"""The index of words kept small, quick and in step with the pages."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from typing import Final

from arsip.archive import catalog, vocabulary
from arsip.archive.places import PAGE_BITS, PAGE_MASK
from arsip.errors import NoSpace

INDEXES: Final = ("page_words", "card_words")
TENDED: Final = "tended"
"""What the catalog says of the index: the last word that was known when it was last tended."""
STALE: Final = 1_000
"""New words after which all are counted again; a tenth of all, where that is more."""
BULK: Final = {"hashsize": 32 << 20, "automerge": 0, "crisismerge": 1_000}
USUAL: Final = {"hashsize": 1 << 20, "automerge": 4, "crisismerge": 16}
"""Settings of FTS5 while all pages are put in, to be merged once at the end, and at other times.
Bytes of memory for words before a part of the index is written; how many parts are merged into one.
"""
_EDGES: Final = "SELECT (SELECT min({1}) FROM {0}), (SELECT max({1}) FROM {0})"
_IN_STEP: Final = (
    ("page", "id"), ("page_words_docsize", "id"),
    ("entry", "place"), ("card", "place"), ("card_words_docsize", "id"),
)  # fmt: skip
_STRAY: Final = (
    "SELECT 1 FROM vocabulary WHERE id IN"
    " ((SELECT min(id) FROM vocabulary), (SELECT max(id) FROM vocabulary))"
    " AND NOT EXISTS (SELECT 1 FROM page_words WHERE page_words MATCH '\"' || word || '\"')"
)
"""Whether the first or the last word that is known stands on no page."""
_LOST: Final = "SELECT NOT EXISTS (SELECT 1 FROM {0}_idx) AND (SELECT max(id) FROM {0}_data) > 10"
"""Whether the index has pages of words, but nothing that tells where a word stands in them."""
PIECES: Final = 500
"""Pages of the database that are merged in one go; others may write in between."""


@contextlib.contextmanager
def later(connection: sqlite3.Connection) -> Iterator[None]:
    """Letters are put in first and indexed all at once at the end: half the time for many.

    Inside the caller's transaction.
    """
    triggers = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
    ).fetchall()
    for name, _sql in triggers:
        connection.execute(f'DROP TRIGGER "{name}"')
    yield
    for _name, sql in triggers:
        connection.execute(sql)
    refill(connection)


def refill(connection: sqlite3.Connection) -> None:
    """Make the index of words anew from the pages, in the caller's transaction."""
    for index in INDEXES:
        for act, value in (*BULK.items(), ("rebuild", None), ("optimize", None), *USUAL.items()):
            connection.execute(f"INSERT INTO {index} ({index}, rank) VALUES (?, ?)", (act, value))  # noqa: S608 - our own names
    vocabulary.refill(connection)
    _tended(connection)


def mended(connection: sqlite3.Connection) -> bool:
    """Make an index of words that is not sound anew from the pages; False: that cannot be done.

    Raises:
        sqlite3.Error: there is no space left for it; another time there may be.
    """
    if sound(connection):
        return True
    try:
        with catalog.changing(connection):
            refill(connection)
    except catalog.BROKEN as error:
        if catalog.means(error, NoSpace):
            raise
        return False
    return sound(connection)


def tend(connection: sqlite3.Connection) -> bool:
    """Do a piece of what makes the index quick again; False: there is nothing left to do.

    Each piece is a transaction of its own, so that nobody waits long. What edits left behind is
    merged away, and how common words are is counted again when many new ones came.
    """
    for index in INDEXES:
        before = connection.total_changes
        with catalog.changing(connection):
            connection.execute(
                f"INSERT INTO {index} ({index}, rank) VALUES ('merge', ?)",  # noqa: S608 - our own names
                (PIECES,),
            )
        if connection.total_changes - before > 1:
            return True
    return recounted(connection)


def recounted(connection: sqlite3.Connection) -> bool:
    """Count again how common words are, if many new ones came; False: that is not needed.

    Which forms of a word are looked for hangs on it: the most used ones are.
    """
    if not _stale(connection):
        return False
    with catalog.changing(connection):
        vocabulary.recount(connection)
        _tended(connection)
    return True


def state(connection: sqlite3.Connection) -> tuple[int, int]:
    """What differs when anybody changed the catalog: where it does not, nothing is to be done."""
    version: int = connection.execute("PRAGMA data_version").fetchone()[0]
    return version, connection.total_changes


def optimise(connection: sqlite3.Connection) -> None:
    """Merge all of the index at once, so that it holds no word of what was taken out."""
    for index in INDEXES:
        connection.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")  # noqa: S608 - our own names


def sound(connection: sqlite3.Connection) -> bool:
    """Whether the index answers at all, and its tables begin and end with those it was made of.

    And whether the newest letter is found by its words and fields.
    """
    try:
        # Whoever files letters meanwhile makes no tables differ.
        with catalog.reading(connection):
            return _answers(connection) and _in_step(connection) and _learned(connection)
    except (*catalog.BROKEN, *catalog.ODD):
        return False


def _answers(connection: sqlite3.Connection) -> bool:
    for index in INDEXES:
        question = f"SELECT rowid FROM {index} WHERE {index} MATCH 'a' LIMIT 1"  # noqa: S608 - our own names
        connection.execute(question).fetchone()
        if connection.execute(_LOST.format(index)).fetchone()[0]:
            return False
    return connection.execute(_STRAY).fetchone() is None and _says(connection)


def _in_step(connection: sqlite3.Connection) -> bool:
    edges = [connection.execute(_EDGES.format(*of)).fetchone() for of in _IN_STEP]
    pages, words, letters, *cards = edges
    placed = tuple(row and row >> PAGE_BITS for row in pages)
    return pages == words and all(letters == each for each in (placed, *cards))


def _says(connection: sqlite3.Connection) -> bool:
    """Whether the newest letter is found by the first of its fields that has a code."""
    for place, letter, codes in connection.execute(
        "SELECT place, entry, codes FROM card WHERE place = (SELECT min(place) FROM card)"
    ):
        for code in codes.split()[:1]:
            found = connection.execute(
                "SELECT 1 FROM card_words WHERE card_words MATCH ? AND rowid = ?"
                " AND EXISTS (SELECT 1 FROM finding WHERE entry = ?)",
                (f'codes : "{code}"', place, letter),
            )
            return found.fetchone() is not None
    return True


def _learned(connection: sqlite3.Connection) -> bool:
    """Whether the longest word of a page is known, and what it may be mistaken for.

    Of the newest letter's last page, among words that nobody folds in another way.
    """
    question = (
        "SELECT text FROM page WHERE id <= (SELECT min(id) FROM page) | ? ORDER BY id DESC LIMIT 1"
    )
    for (text,) in connection.execute(question, (PAGE_MASK,)):
        plain = (word for word in text.split() if word.isascii() and word.isalpha())
        for word in sorted(plain, key=len)[-1:]:
            known = word.lower()
            if len(known) <= vocabulary.LONGEST:
                return vocabulary.knows(connection, known) and vocabulary.cut(connection, known)
    return True


def _stale(connection: sqlite3.Connection) -> bool:
    new = vocabulary.last_id(connection) - int(catalog.told(connection, TENDED) or 0)
    return new > max(STALE, vocabulary.size(connection) // 10)


def _tended(connection: sqlite3.Connection) -> None:
    catalog.tell(connection, TENDED, str(vocabulary.last_id(connection)))
