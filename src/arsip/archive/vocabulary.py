"""The words of all pages, each once: what is found beside a word is looked for among them.

Words are learned when a letter comes in, and forgotten when the last page that held them goes. On
how many pages each of them stands is found out when the index is tended: only order depends on it.
"""

from __future__ import annotations

import itertools
import json
import sqlite3
import zlib
from collections.abc import Collection, Iterable, Iterator
from typing import Final, NamedTuple

from arsip.archive import keys, mistakes, stems

LONGEST: Final = 40
"""Signs of a word that is learned: longer ones are words that ran together."""
AT_ONCE: Final = 50_000
"""Words that are written with one call, in 50 MB of memory; each time all slices are passed."""


class Near(NamedTuple):
    """A word that may be a misread form of another.

    Attributes:
        cost: how far it is: 0 when only look-alikes differ, else letters that differ.
        pages: that hold it, about.
    """

    cost: int
    pages: int
    word: str


def words(text: str) -> set[str]:
    """The words of a text as the index sees them, that are not too long to be words."""
    return {word for word in keys.parted(text).split() if len(word) <= LONGEST}


def held(connection: sqlite3.Connection, numbers: Collection[int]) -> set[str]:
    """The words of all pages of letters."""
    found: set[str] = set()
    for number in numbers:
        rows = connection.execute("SELECT text FROM page WHERE entry = ?", (number,))
        found.update(*(words(text) for (text,) in rows))
    return found


def learn(connection: sqlite3.Connection, met: Iterable[str]) -> None:
    """Add the words that are not known, in the caller's transaction."""
    new = connection.execute(
        "SELECT value FROM json_each(?) WHERE value NOT IN (SELECT word FROM vocabulary)",
        (json.dumps(list(met)),),
    ).fetchall()
    _add(connection, [(word, 1) for (word,) in sorted(new)], last_id(connection))


def forget(connection: sqlite3.Connection, gone: Iterable[str]) -> None:
    """Leave out those of the words that no page holds any more, in the caller's transaction."""
    for word in gone:
        question = "SELECT 1 FROM page_words WHERE page_words MATCH ? LIMIT 1"
        if connection.execute(question, (f'"{word}"',)).fetchone() is None:
            connection.execute("DELETE FROM vocabulary WHERE word = ?", (word,))
            for mark in mistakes.slices(word):
                _cut_out(connection, mark, word)


def _cut_out(connection: sqlite3.Connection, mark: int, word: str) -> None:
    """Take a word out of a slice, and the slice with its last word."""
    connection.execute(
        "UPDATE slice SET words = substr(replace(char(10) || words, ?, char(10)), 2)"
        " WHERE mark = ?",
        (f"\n{word}\n", mark),
    )
    connection.execute("DELETE FROM slice WHERE mark = ? AND words = ''", (mark,))


def refill(connection: sqlite3.Connection) -> None:
    """Make the vocabulary anew from the index, in the caller's transaction."""
    connection.execute("DELETE FROM vocabulary")
    connection.execute("DELETE FROM slice")
    counted, last = iter(_counted(connection)), 0
    while some := list(itertools.islice(counted, AT_ONCE)):
        _add(connection, some, last)
        last += len(some)


def recount(connection: sqlite3.Connection) -> None:
    """Find out on how many pages each word stands, in the caller's transaction."""
    connection.executemany(
        "UPDATE vocabulary SET pages = ?1 WHERE word = ?2 AND pages <> ?1",
        ((pages, word) for word, pages in _counted(connection)),
    )


def sound(connection: sqlite3.Connection) -> bool:
    """Whether words and stems are those of the index, and each word is in its slices alone."""
    indexed = sorted(word for word, _pages in _counted(connection))
    known = connection.execute("SELECT word, stem FROM vocabulary ORDER BY word").fetchall()
    if [word for word, _kept in known] != indexed:
        return False
    # Of all pairs only a sum is kept: there are eight a word.
    cut = 0
    for word, kept in known:
        if kept != _stem(word):
            return False
        cut += sum(_trace(mark, word) for mark in mistakes.slices(word))
    rows = connection.execute("SELECT mark, words FROM slice")
    return cut == sum(_trace(mark, word) for mark, some in rows for word in some.split("\n")[:-1])


def _trace(mark: int, word: str) -> int:
    return zlib.crc32(word.encode(), mark) << 31 | mark


def _counted(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    """The words of the index in the order of the alphabet, each with the pages that hold it."""
    connection.execute("CREATE VIRTUAL TABLE temp.held USING fts5vocab (main, page_words, row)")
    try:
        rows = connection.execute("SELECT term, doc FROM temp.held")
        return [(word, pages) for word, pages in rows if len(word) <= LONGEST]
    finally:
        connection.execute("DROP TABLE temp.held")


def last_id(connection: sqlite3.Connection) -> int:
    """The number of the word that was learned last; 0 when none is known."""
    number: int = connection.execute("SELECT coalesce(max(id), 0) FROM vocabulary").fetchone()[0]
    return number


def size(connection: sqlite3.Connection) -> int:
    """How many words are known."""
    counted: int = connection.execute("SELECT count(*) FROM vocabulary").fetchone()[0]
    return counted


def knows(connection: sqlite3.Connection, word: str) -> bool:
    """Whether any page holds the word."""
    question = "SELECT 1 FROM vocabulary WHERE word = ?"
    return connection.execute(question, (word,)).fetchone() is not None


def cut(connection: sqlite3.Connection, word: str) -> bool:
    """Whether the word is kept under each of its slices."""
    marks = mistakes.slices(word)
    rows = connection.execute(
        "SELECT words FROM json_each(?) CROSS JOIN slice ON mark = json_each.value",
        (json.dumps(sorted(marks)),),
    )
    return sum(word in words.split("\n") for (words,) in rows) == len(marks)


def pages(connection: sqlite3.Connection, some: Iterable[str]) -> dict[str, int]:
    """On how many pages each of the words stands, about; those that are not known are left out."""
    rows = connection.execute(
        "SELECT word, pages FROM json_each(?) CROSS JOIN vocabulary ON word = json_each.value",
        (json.dumps(list(some)),),
    )
    return dict(rows.fetchall())


def family(connection: sqlite3.Connection, stem: str, most: int) -> list[str]:
    """The words of a stem, the most used first."""
    found = connection.execute(
        "SELECT word FROM vocabulary WHERE stem = ?1 OR word = ?1"
        " ORDER BY pages DESC, word LIMIT ?2",
        (stem, most),
    )
    return [word for (word,) in found]


def beginning(connection: sqlite3.Connection, start: str, most: int) -> list[tuple[str, int]]:
    """The words that begin so, the most used first, each with the pages that hold it, about."""
    return connection.execute(
        "SELECT word, pages FROM vocabulary WHERE word BETWEEN ? AND ?"
        " ORDER BY pages DESC, word LIMIT ?",
        (start, start + "\U0010ffff", most),
    ).fetchall()


def near(
    connection: sqlite3.Connection, word: str, far: int, met: Collection[str] = ()
) -> Iterator[Near]:
    """Words that differ from a word by so many letters, the nearest first, then the most used.

    A letter is too many, too few, another one, or two changed places. Words that were met already
    are left out.
    """
    if len(word) > LONGEST:
        return
    others = _cut(connection, mistakes.looks(word), far).difference(met, (word,))
    found = mistakes.near(word, others, far)
    for cost in range(far + 1):
        alike = [rival for rival, differ in found.items() if differ == cost]
        if alike:
            yield from (Near(cost, pages, rival) for rival, pages in _used(connection, alike))


def _used(connection: sqlite3.Connection, words: list[str]) -> list[tuple[str, int]]:
    """The words, the most used first, each with the pages that hold it, about."""
    return connection.execute(
        "SELECT word, pages FROM json_each(?) CROSS JOIN vocabulary ON word = json_each.value"
        " ORDER BY pages DESC, word",
        (json.dumps(words),),
    ).fetchall()


def _add(connection: sqlite3.Connection, new: list[tuple[str, int]], last: int) -> None:
    """Add words with their numbers of pages, numbered from the last one on, and their slices."""
    connection.executemany(
        "INSERT INTO vocabulary (id, word, stem, pages) VALUES (?, ?, ?, ?)",
        ((last + at, word, _stem(word), pages) for at, (word, pages) in enumerate(new, 1)),
    )
    cut: dict[int, str] = {}
    for word, _pages in new:
        for mark in mistakes.slices(word):
            cut[mark] = f"{cut.get(mark, '')}{word}\n"
    # Rows that come in the order of their index cost a fifth of those that do not.
    connection.executemany(
        "INSERT INTO slice (mark, words) VALUES (?, ?) ON CONFLICT (mark)"
        " DO UPDATE SET words = words || excluded.words",
        sorted(cut.items()),
    )


def _cut(connection: sqlite3.Connection, looks: Iterable[str], most: int) -> set[str]:
    """The words that share a slice with what a word may be by so many mistakes."""
    marks = set[int]().union(*(mistakes.marks(look, most) for look in looks))
    rows = connection.execute(
        "SELECT words FROM json_each(?) CROSS JOIN slice ON mark = json_each.value",
        (json.dumps(sorted(marks)),),
    )
    return set("".join(words for (words,) in rows).split())


def _stem(word: str) -> str | None:
    stem = stems.stem(word)
    return None if stem == word else stem
