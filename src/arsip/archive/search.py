"""Letters that answer to a query: the best first, or all of them in the order they were filed."""

from __future__ import annotations

import datetime as dt
import itertools
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Final, Literal, NamedTuple, TypeAlias

from arsip.archive import catalog, keys, ranking, renditions
from arsip.archive.matching import PLACE, SHIFT, Matching, Tally, Window
from arsip.archive.query import Dated, Query
from arsip.archive.snippet import LONGEST, Marker, beginning
from arsip.fields import LETTER_NUMBER, SENDER
from arsip.model import Entry, Hit, Match

Sort: TypeAlias = Literal["rank", "newest", "oldest", "number", "sender"]

FIRST_WINDOW: Final = 2_048
"""Newest letters that are asked first; each further window is four times as wide."""
ENOUGH: Final = 1_000
"""Letters found after which no older ones are ranked: whoever gets so many adds a word, and that
finds the old ones."""
NEAR: Final = 400
"""Letters before and after a period that are asked first for the nearest day."""
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
    explain: bool = False,
) -> Hits:
    """The letters that answer, with what speaks for each; secret ones on request.

    With explain, each hit tells which word matched how. With trashed: those in the trash instead
    of those that are not.
    """
    if query.part is None:
        return Hits((), 0)
    trashed = trashed or query.trashed
    tally = Tally()
    matching = Matching(connection, tally)
    found: set[int] = set()
    exact = True
    for window in _windows(connection):
        if sort == "rank" and len(found) >= max(ENOUGH, offset + limit):
            exact = False
            break
        matched = matching.letters(query.part, window)
        matched -= renditions.covered(connection, query.part, matched, window, secret=secret)
        found |= _visible(connection, matched, window, secret=secret, trashed=trashed)
    scored = ranking.scores(tally, found)
    if sort == "rank":
        shown = ranking.by_score(connection, scored, range(offset, offset + limit))
    else:
        shown = _sorted(connection, found, sort)[offset : offset + limit]
    marker = Marker(query.part)
    hits = tuple(_hits(connection, marker, scored, _best_pages(shown, tally)))
    if explain:
        hits = tuple(hit._replace(explain=_why(connection, marker, hit.entry)) for hit in hits)
    return Hits(hits, len(found), exact)


def _sorted(connection: sqlite3.Connection, found: set[int], sort: Sort) -> list[int]:
    if sort in ("newest", "oldest"):
        return ranking.by_date(connection, found, newest=sort == "newest")
    return ranking.by_key(connection, found, LETTER_NUMBER if sort == "number" else SENDER)


def _why(connection: sqlite3.Connection, marker: Marker, entry: Entry) -> tuple[Match, ...]:
    """Which word matched how, on the pages of a letter and on its card."""
    rows = connection.execute(
        "SELECT substr(text, 1, ?) FROM page WHERE entry = ? ORDER BY id", (LONGEST, entry.id)
    )
    number = entry.letter.best(LETTER_NUMBER)
    return marker.matches([text for (text,) in rows], "" if number is None else number.value)


def anything(
    connection: sqlite3.Connection, query: Query, *, secret: bool = False, newest: bool = False
) -> bool:
    """Whether any letter answers, or any of the newest FIRST_WINDOW ones."""
    if query.part is None:
        return False
    matching = Matching(connection)
    return any(
        _visible(
            connection,
            matching.letters(query.part, window),
            window,
            secret=secret,
            trashed=query.trashed,
        )
        for window in itertools.islice(_windows(connection), 1 if newest else None)
    )


def nearest_day(
    connection: sqlite3.Connection,
    query: Query,
    dated: Dated,
    *,
    secret: bool = False,
    everywhere: bool = False,
) -> dt.date | None:
    """The day nearest to a period that a letter which answers has; None: none has one.

    Letters of days close by are asked first; then all, where everywhere is said.
    """
    if query.part is None:
        return None
    window = next(_windows(connection), Window(0, 0))._replace(first=0)
    days = dated.period
    for most in (NEAR, -1) if everywhere else (NEAR,):
        around = _around(connection, dated, most)
        found = Matching(connection).letters(query.part, window, set(around))
        found = _visible(connection, found, window, secret=secret, trashed=query.trashed)
        if found:
            near = (dt.date.fromisoformat(around[letter]) for letter in found)
            return min(near, key=lambda day: max(days.first - day, day - days.last))
    return None


def _around(connection: sqlite3.Connection, dated: Dated, most: int) -> dict[int, str]:
    """The letters with a day before or after the period, at most so many each, and their days."""
    around: dict[int, str] = {}
    for beyond, edge in (("< ?", dated.period.first), ("> ?", dated.period.last)):
        rows = connection.execute(
            "SELECT entry, key FROM finding WHERE field = ? AND rank = 0"  # noqa: S608 - one of two constants
            f" AND key {beyond} ORDER BY key {'DESC' if beyond == '< ?' else 'ASC'} LIMIT ?",
            (dated.field.name, edge.isoformat(), most),
        )
        around |= dict(rows.fetchall())
    return around


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
    trashed = trashed or query.trashed
    matching = Matching(connection)
    for window in reversed(tuple(_windows(connection))):
        matched = matching.letters(query.part, window)
        matched -= renditions.covered(connection, query.part, matched, window, secret=secret)
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
