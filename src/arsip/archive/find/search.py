"""Letters that answer to a query: the best first, or all of them in the order they were filed."""

from __future__ import annotations

import itertools
import math
import sqlite3
from collections.abc import Iterator, Mapping
from typing import Final, Literal, NamedTuple, TypeAlias

from arsip.archive import catalog, places
from arsip.archive.find import gathering, ranking, traits
from arsip.archive.find.gathering import Gathering, Walk
from arsip.archive.find.hits import hits_of, matches_of
from arsip.archive.find.matching import Matching
from arsip.archive.find.parts import Every, Part
from arsip.archive.find.query import Query
from arsip.archive.find.snippet import Marker
from arsip.archive.find.tally import Tally
from arsip.archive.find.visible import Visible, shown_twice
from arsip.fields import LETTER_NUMBER, SENDER
from arsip.model import Entry, Hit

Sort: TypeAlias = Literal["rank", "newest", "oldest", "number", "sender"]

IN_MEMORY: Final = 200
"""Letters read at once when all are told."""


class Hits(NamedTuple):
    """A part of the answers.

    Attributes:
        hits: in the order asked for.
        total: how many letters answer.
        exact: False when there are older ones still, which were not looked at.
        part: what was looked for: what was asked for, its words widened; None: nothing.
        guessed: words of which the hits have nothing but what may be misread for them.
    """

    hits: tuple[Hit, ...]
    total: int
    exact: bool = True
    part: Part | None = None
    guessed: tuple[str, ...] = ()


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
    visible = Visible(connection, secret=secret, trashed=trashed or query.trashed)
    last = offset + limit
    # What is ranked depends on no offset, so that the next page goes on where one ends.
    wanted = limit if sort == "rank" else last
    enough = gathering.ENOUGH if sort in ("rank", "newest", "oldest") else math.inf
    walk = Walk(max(wanted, enough), wanted, oldest=sort == "oldest")
    matching = Matching(connection, Tally(), thorough=False)
    gathered = Gathering(matching, visible, query.part, query.ways)
    part, found, exact = gathered.letters(walk, by_rank=sort == "rank")
    scored = matching.scores(found)
    shown = _sorted(connection, scored, part, sort, last)
    if sort == "rank" and not exact and limit <= len(shown) < last:
        _part, more, exact = gathered.along(part, Walk(last, last))
        older = more - found - shown_twice(connection, more | found)
        scored |= matching.scores(older)
        shown += ranking.by_date(older, newest=True)
    marker, shown = Marker(part), shown[offset:last]
    hits = tuple(hits_of(connection, marker, scored, matching.tally.best_pages(shown)))
    if explain:
        hits = tuple(
            hit._replace(explain=matches_of(connection, marker, hit.entry)) for hit in hits
        )
    guessed = matching.tally.guessed(set(shown), traits.only_words(part))
    return Hits(hits, len(scored), exact and matching.whole, part, guessed)


def _sorted(
    connection: sqlite3.Connection, scored: Mapping[int, float], part: Part, sort: Sort, most: int
) -> list[int]:
    if sort == "rank":
        filed = places.numbers(connection, scored) if traits.asks_for_file(part) else None
        return ranking.by_score(scored, most, filed)
    if sort in ("newest", "oldest"):
        return ranking.by_date(scored, newest=sort == "newest")
    return ranking.by_key(connection, scored, LETTER_NUMBER if sort == "number" else SENDER)


def anything(
    connection: sqlite3.Connection, query: Query, *, secret: bool = False, newest: bool = False
) -> bool:
    """Whether any letter answers, or any of the newest ones; words are not taken for misread."""
    if query.part is None:
        return False
    visible = Visible(connection, secret=secret, trashed=query.trashed)
    gathered = Gathering(Matching(connection), visible, query.part, query.ways)
    if newest:
        return gathered.any_of_the_newest()
    return bool(gathered.along(gathered.widened, Walk(1, 1)).letters)


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
    visible = Visible(connection, secret=secret, trashed=trashed or query.trashed)
    if query.part == Every(()):
        yield from visible.numbers()
        return
    with catalog.reading(connection):
        found = Gathering(Matching(connection), visible, query.part, query.ways).everything()
        numbers = sorted(places.numbers(connection, found).values())
    yield from numbers
