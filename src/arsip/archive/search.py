"""Letters that answer to a query: the best first, or all of them in the order they were filed."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Final, Literal, NamedTuple, TypeAlias

from arsip.archive import catalog, keys, ranking
from arsip.archive.matching import PLACE, SHIFT, Matching, Tally, Window
from arsip.archive.query import Query
from arsip.archive.snippet import LONGEST, Marker, beginning
from arsip.fields import LETTER_NUMBER
from arsip.model import Entry, Hit

Sort: TypeAlias = Literal["rank", "newest", "oldest"]

FIRST_WINDOW: Final = 2_048
"""Newest letters that are asked first; each further window is four times as wide."""
ENOUGH: Final = 1_000
"""Letters found after which no older ones are ranked: whoever gets so many adds a word, and that
finds the old ones."""
IN_MEMORY: Final = 200
"""Letters read at once when all are told."""


class Hits(NamedTuple):
    """A part of the answers.

    Attributes:
        hits: in the order asked for.
        total: how many letters answer.
        exact: False when there are older ones still, which were not looked at.
    """

    hits: tuple[Hit, ...]
    total: int
    exact: bool = True


def search(  # noqa: PLR0913 - each is one option of the command
    connection: sqlite3.Connection,
    query: Query,
    *,
    limit: int = 20,
    offset: int = 0,
    sort: Sort = "rank",
    secret: bool = False,
    trashed: bool = False,
) -> Hits:
    """The letters that answer, with what speaks for each; secret ones on request.

    trashed: those in the trash instead of those that are not.
    """
    if query.part is None:
        return Hits((), 0)
    tally = Tally()
    matching = Matching(connection, tally)
    found: set[int] = set()
    exact = True
    for window in _windows(connection):
        if sort == "rank" and len(found) >= max(ENOUGH, offset + limit):
            exact = False
            break
        matched = matching.letters(query.part, window)
        found |= _visible(connection, matched, window, secret=secret, trashed=trashed)
    scored = ranking.scores(tally, found)
    if sort == "rank":
        shown = ranking.by_score(connection, scored, range(offset, offset + limit))
    else:
        ordered = ranking.by_date(connection, found, newest=sort == "newest")
        shown = ordered[offset : offset + limit]
    hits = _hits(connection, Marker(query.part), scored, _best_pages(shown, tally))
    return Hits(tuple(hits), len(found), exact)


def select(
    connection: sqlite3.Connection,
    query: Query,
    *,
    secret: bool = False,
    trashed: bool = False,
) -> Iterator[Entry]:
    """All letters that answer, in the order of their IDs, a few in memory at a time.

    trashed: those in the trash instead of those that are not.
    """
    numbers = answers(connection, query, secret=secret, trashed=trashed)
    while some := list(itertools.islice(numbers, IN_MEMORY)):
        yield from catalog.entries(connection, some)


def answers(
    connection: sqlite3.Connection,
    query: Query,
    *,
    secret: bool = False,
    trashed: bool = False,
) -> Iterator[int]:
    """The numbers of all letters that answer, rising."""
    if query.part is None:
        return
    matching = Matching(connection)
    for window in reversed(tuple(_windows(connection))):
        matched = matching.letters(query.part, window)
        yield from sorted(_visible(connection, matched, window, secret=secret, trashed=trashed))


def _windows(connection: sqlite3.Connection) -> Iterator[Window]:
    """From the newest letters to the oldest."""
    last = connection.execute("SELECT coalesce(max(id), 0) FROM entry").fetchone()[0]
    width = FIRST_WINDOW
    while last > 0:
        yield Window(max(last - width + 1, 0), last)
        last -= width
        width *= 4


def _visible(
    connection: sqlite3.Connection,
    found: set[int],
    window: Window,
    *,
    secret: bool,
    trashed: bool,
) -> set[int]:
    """Those of the letters that show: secret ones when asked for; in the trash, or not in it."""
    rows = connection.execute(
        "SELECT id, secret, state <> 'filed' FROM entry"
        " WHERE (secret = 1 OR state <> 'filed') AND id BETWEEN ? AND ?",
        tuple(window),
    ).fetchall()
    hidden = {letter for letter, kept, _gone in rows if kept and not secret}
    gone = {letter for letter, _kept, gone in rows if gone}
    return (found & gone if trashed else found - gone) - hidden


def _best_pages(letters: Sequence[int], tally: Tally) -> dict[int, int]:
    """Letter -> the row of its page with the best score, 0 when none of its pages has one."""
    best = dict.fromkeys(letters, 0)
    for row, score in tally.pages.items():
        letter = row >> SHIFT
        if row & PLACE > keys.BACK and letter in best:
            rival = best[letter]
            if (score, -row) > (tally.pages.get(rival, 0.0), -rival):
                best[letter] = row
    return best


def _hits(
    connection: sqlite3.Connection, marker: Marker, scored: dict[int, float], best: dict[int, int]
) -> Iterator[Hit]:
    for entry in catalog.entries(connection, tuple(best)):
        page, snippet = _shown(connection, marker, entry, best[entry.id])
        yield Hit(entry=entry, score=scored[entry.id], page=page, snippet=snippet)


def _shown(
    connection: sqlite3.Connection, marker: Marker, entry: Entry, best: int
) -> tuple[int | None, str]:
    """The page to look at and its snippet.

    Of the best page, else of the first page with a match, else of the number, else of the card,
    else how the letter begins.
    """
    front, back = keys.page_id(entry.id, 0), keys.back_id(entry.id)
    pages = connection.execute(
        "SELECT number, substr(text, 1, ?) FROM page WHERE id BETWEEN ? AND ? AND text <> ''"
        " ORDER BY id LIMIT ?",
        (LONGEST, best or back + 1, best or front + PLACE, -1 if marker.reads_pages else 1),
    )
    first = pages.fetchone()
    for number, text in () if first is None else itertools.chain((first,), pages):
        if snippet := marker.page(text):
            return number, snippet
    found = entry.letter.best(LETTER_NUMBER)
    if found is not None and (snippet := marker.number(found.value)):
        return found.page, snippet
    sides = connection.execute(
        "SELECT text FROM page WHERE id IN (?, ?) ORDER BY id", (front, back)
    )
    if snippet := marker.card("\n".join(text for (text,) in sides if text)):
        return None, snippet
    return (None, "") if first is None else (first[0], beginning(first[1]))
