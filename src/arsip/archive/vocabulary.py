"""The words of all pages, each once: what is found beside a word is looked for among them.

Words are learned when a letter comes in. That a word is gone, and on how many pages each of them
stands, is found out when the index is tended: here nothing depends on it but order.
"""

from __future__ import annotations

import itertools
import json
import re
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from arsip.archive import keys, stems

LONGEST: Final = 40
"""Signs of a word that is learned: longer ones are words that ran together."""
HEAD: Final = 7
"""Letters at the start of a word, as it looks, whose slices are kept: two mistakes leave five."""
SHORT: Final = 6
"""Letters from which on a word is forgiven two mistakes; from ONE on it is forgiven one."""
ONE: Final = 4
AT_ONCE: Final = 5_000
"""Words that are written with one call."""

_WORD: Final = re.compile(r"[a-z0-9]+")
_LETTERS: Final = re.compile(r"[^\W\d_]")
_CONFUSED: Final = (
    ("rn", "m"), ("vv", "w"), ("cl", "d"), ("ii", "u"), ("li", "h"), ("0", "o"), ("1", "l"),
    ("4", "a"), ("i", "l"), ("j", "l"), ("5", "s"), ("8", "b"), ("6", "b"), ("9", "g"), ("q", "g"),
    ("c", "e"), ("u", "n"), ("f", "t"), ("v", "y"),
)  # fmt: skip
"""Signs that recognition takes for each other."""


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
    """The words of a text as the index sees them."""
    if text.isascii():
        return set(_WORD.findall(text.lower()))
    return set(keys.words(text).split())


def learn(connection: sqlite3.Connection, texts: Iterable[str]) -> None:
    """Add the words of texts that are not known, in the caller's transaction."""
    met = set[str]().union(*map(words, texts))
    new = connection.execute(
        "SELECT value FROM json_each(?) WHERE value NOT IN (SELECT word FROM vocabulary)",
        (json.dumps([word for word in met if len(word) <= LONGEST]),),
    ).fetchall()
    _add(connection, ((word, 1) for (word,) in sorted(new)))


def learn_of(connection: sqlite3.Connection, entry: int) -> None:
    """Add the words of a letter's pages, in the caller's transaction."""
    rows = connection.execute("SELECT text FROM page WHERE entry = ?", (entry,)).fetchall()
    learn(connection, (text for (text,) in rows))


def refill(connection: sqlite3.Connection) -> None:
    """Make the vocabulary anew from the index, in the caller's transaction."""
    connection.execute("DELETE FROM vocabulary")
    connection.execute("DELETE FROM slice")
    connection.execute("CREATE VIRTUAL TABLE temp.held USING fts5vocab (main, page_words, row)")
    # Rows that come in the order of their index cost a fifth of those that do not.
    connection.execute("CREATE TABLE temp.cut (mark INTEGER, head TEXT)")
    held = connection.execute("SELECT term, doc FROM temp.held")
    words = ((word, pages) for word, pages in held if len(word) <= LONGEST)
    _add(connection, words, slices_into="temp.cut")
    connection.execute("INSERT OR IGNORE INTO slice SELECT mark, head FROM temp.cut ORDER BY 1, 2")
    connection.execute("DROP TABLE temp.cut")
    connection.execute("DROP TABLE temp.held")


def size(connection: sqlite3.Connection) -> int:
    """How many words are known."""
    counted: int = connection.execute("SELECT count(*) FROM vocabulary").fetchone()[0]
    return counted


def family(connection: sqlite3.Connection, stem: str, most: int) -> list[str]:
    """The words of a stem, the most used first."""
    found = connection.execute(
        "SELECT word FROM vocabulary WHERE stem = ? AND stem <> ''"
        " ORDER BY pages DESC, word LIMIT ?",
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


def near(connection: sqlite3.Connection, word: str) -> list[Near]:
    """Words that differ from a word by few letters, the nearest first, then the most used.

    One mistake in words of 4 and 5 letters, two in longer ones: a letter too many, too few, another
    one, or two that changed places.
    """
    looks = looked(word)
    forgiven = _forgiven(looks)
    if not forgiven:
        return []
    marks = [_mark(part) for part in slices(looks[:HEAD], forgiven)]
    rows = connection.execute(
        "SELECT DISTINCT word, looks, pages FROM slice CROSS JOIN vocabulary"  # noqa: S608 - question marks only
        " ON looks >= head AND looks < head || char(1114111) AND looks <> ''"
        f" WHERE mark IN ({', '.join('?' * len(marks))}) AND length(looks) BETWEEN ? AND ?",
        (*marks, len(looks) - forgiven, len(looks) + forgiven),
    )
    letters = set(looks)
    found = []
    for rival, look, pages in rows:
        if len(letters.symmetric_difference(look)) <= 2 * forgiven and rival != word:
            cost = distance(looks, look, forgiven)
            if cost <= forgiven:
                found.append(Near(cost, pages, rival))
    return sorted(found, key=lambda one: (one.cost, -one.pages, one.word))


def looked(word: str) -> str:
    """How a word looks: signs that are taken for each other become one."""
    for signs, one in _CONFUSED:
        word = word.replace(signs, one)
    return word


def slices(head: str, most: int) -> Iterator[str]:
    """The start of a word without at most so many of its letters, each once."""
    met = dict.fromkeys(
        "".join(kept)
        for left_out in range(most + 1)
        for kept in itertools.combinations(head, len(head) - left_out)
    )
    return iter(met)


def distance(one: str, other: str, most: int) -> int:
    """How many letters differ, neighbours that changed places counting once; past most: more."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, sign in enumerate(one, 1):
        older, before, row = before, row, [at]
        for to, rival in enumerate(other, 1):
            cost = min(before[to] + 1, row[-1] + 1, before[to - 1] + (sign != rival))
            if older and to > 1 and sign == other[to - 2] and one[at - 2] == rival:
                cost = min(cost, older[to - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]


def _forgiven(looks: str) -> int:
    letters = len(_LETTERS.findall(looks))
    return 0 if letters < ONE else 1 if letters < SHORT else 2


def _mark(part: str) -> int:
    return zlib.crc32(part.encode())


def _add(
    connection: sqlite3.Connection, new: Iterable[tuple[str, int]], *, slices_into: str = "slice"
) -> None:
    """Add words in the order of the alphabet, so that those of one head follow each other."""
    last, words = "", iter(new)
    while some := list(itertools.islice(words, AT_ONCE)):
        connection.executemany(
            "INSERT OR IGNORE INTO vocabulary (word, stem, looks, pages) VALUES (?, ?, ?, ?)",
            ((word, _stem(word), _looks(word), pages) for word, pages in some),
        )
        heads = dict.fromkeys(_looks(word)[:HEAD] for word, _pages in some)
        heads.pop("", None)
        heads.pop(last, None)
        connection.executemany(
            f"INSERT OR IGNORE INTO {slices_into} (mark, head) VALUES (?, ?)",  # noqa: S608 - one of two names
            ((_mark(part), head) for head in heads for part in slices(head, _forgiven(head))),
        )
        last = next(reversed(heads), last)


def _looks(word: str) -> str:
    """How a word looks; empty: it is a number, or too short to be forgiven anything."""
    looks = looked(word)
    return looks if _LETTERS.search(word) and _forgiven(looks) else ""


def _stem(word: str) -> str:
    return stems.stem(word) if word.isalpha() else ""
