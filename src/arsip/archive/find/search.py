"""Letters that answer to a query: the best first, or all of them in the order they were filed."""

from __future__ import annotations

import itertools
import math
import sqlite3
from collections.abc import Iterator, Mapping
from typing import Final, Literal, NamedTuple, TypeAlias

from arsip.archive import catalog, places
from arsip.archive.find import ranking, traits
from arsip.archive.find.hits import hits_of, matches_of
from arsip.archive.find.matching import Matching
from arsip.archive.find.parts import Every, Part
from arsip.archive.find.query import Query
from arsip.archive.find.snippet import Marker
from arsip.archive.find.stretches import ALL, Stretch
from arsip.archive.find.tally import Tally
from arsip.archive.find.visible import Visible, shown_twice
from arsip.archive.find.widening import FAR, Widening
from arsip.fields import LETTER_NUMBER, SENDER
from arsip.model import Entry, Hit

Sort: TypeAlias = Literal["rank", "newest", "oldest", "number", "sender"]

FIRST: Final = 80
"""Letters that are asked for first."""
LEAST: Final = 20
"""Letters that are asked for each further time, at least; at most four times as many as before."""
MOST: Final = 40_000
"""Letters that are asked for at once."""
ENOUGH: Final = 80
"""Letters found after which no further ones are ranked: whoever gets so many adds a word."""
FRONTS: Final = 30
"""Letters with all words on the front of their card that are ranked wherever they stand."""
EFFORT: Final = 12_000
"""Rows that are looked at for an answer; more only until the letters to be shown are found. As many
are looked at for misread words."""
FRONT_EACH: Final = 20
"""Letters with one of the words there, and the others anywhere, that are ranked so."""
MISREAD: Final = "misread"
"""The way of query.WAYS that is gone only where the others find little."""
FEW: Final = 20
"""Letters found, below which words are looked for in misread forms too."""
AS_TYPED: Final = 5
"""Letters with all words as typed, below which one of the words may be misread."""
BESIDE: Final = 24
"""Letters with all words but one, up to which all of their words are looked at."""
LIKELY: Final = 200
"""Letters with misread words after which no further ones are ranked."""
IN_MEMORY: Final = 200
"""Letters read at once when all are told."""


class Hits(NamedTuple):
    """A part of the answers.

    Attributes:
        hits: in the order asked for.
        total: how many letters answer.
        exact: False when there are older ones still, which were not looked at.
        part: what was looked for: what was asked for, its words widened; None: nothing.
    """

    hits: tuple[Hit, ...]
    total: int
    exact: bool = True
    part: Part | None = None


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
    enough = ENOUGH if sort in ("rank", "newest", "oldest") else math.inf
    walk = _Walk(max(wanted, enough), wanted, oldest=sort == "oldest")
    matching = Matching(connection, Tally(), thorough=False)
    part, found, exact = _found(matching, query, walk, visible, by_rank=sort == "rank")
    scored = matching.scores(found)
    shown = _sorted(connection, scored, sort, last)
    if sort == "rank" and not exact and limit <= len(shown) < last:
        more, exact = _gathered(matching, part, _Walk(last, last), visible)
        older = more - found - shown_twice(connection, more | found)
        scored |= matching.scores(older)
        shown += ranking.by_date(older, newest=True)
    marker = Marker(part)
    hits = tuple(hits_of(connection, marker, scored, matching.best_pages(shown[offset:last])))
    if explain:
        hits = tuple(
            hit._replace(explain=matches_of(connection, marker, hit.entry)) for hit in hits
        )
    return Hits(hits, len(scored), exact and matching.whole, part)


def _found(
    matching: Matching, query: Query, walk: _Walk, visible: Visible, *, by_rank: bool
) -> tuple[Part, set[int], bool]:
    """What is asked for, widened, the letters that answer, and whether these are all."""
    assert query.part is not None
    part = widened(matching.connection, query)
    found, exact = _gathered(matching, part, walk, visible)
    if exact and _may_be_misread(matching, query, found, visible):
        part, found, exact = _with_misread(matching, query, found, walk, visible)
    if by_rank and not exact:
        found |= _outstanding(matching, part, walk.wanted, visible)
        if part != query.part and matching.as_typed(found) < walk.wanted:
            few = _Walk(walk.wanted, walk.wanted, most=EFFORT / 4)
            as_typed = _gathered(matching, query.part, few, visible)[0]
            found |= visible.of(part, as_typed, None)
    return part, found - shown_twice(matching.connection, found), exact


def widened(connection: sqlite3.Connection, query: Query) -> Part:
    """What is asked for, each word with its other forms; none that may be misread."""
    assert query.part is not None
    return Widening(connection, query.ways - {MISREAD}).of(query.part)


def _sorted(
    connection: sqlite3.Connection, scored: Mapping[int, float], sort: Sort, most: int
) -> list[int]:
    if sort == "rank":
        return ranking.by_score(scored, most)
    if sort in ("newest", "oldest"):
        return ranking.by_date(scored, newest=sort == "newest")
    return ranking.by_key(connection, scored, LETTER_NUMBER if sort == "number" else SENDER)


class _Walk(NamedTuple):
    """From which end the index is walked, and how far.

    Attributes:
        enough: that are found before older ones are left out.
        wanted: that are to be shown, whatever it costs; past them, EFFORT is enough too.
        most: rows that are looked at, whatever is found.
    """

    enough: float
    wanted: int
    oldest: bool = False
    most: float = math.inf

    def fewer(self, most: float = math.inf) -> _Walk:
        """The same for letters with misread words, unless all are asked for."""
        if self.enough == math.inf:
            return self
        return self._replace(enough=max(self.wanted, LIKELY), most=most)

    def effort(self, found: int) -> float:
        """Rows that are looked at, when so many letters are found."""
        enough = self.wanted <= found and self.enough < math.inf
        return min(self.most, EFFORT) if enough else self.most

    def stretches(self) -> tuple[Stretch, ...]:
        """The whole index; letters without a date come last."""
        dated, undated = Stretch(places.DATED, ALL.last), Stretch(0, places.DATED - 1)
        return (dated, undated) if self.oldest else (ALL,)

    def left(self, stretch: Stretch, done: Stretch) -> Stretch:
        """What is left of a stretch after the part of it at the end walked from."""
        if self.oldest:
            return Stretch(done.last + 1, stretch.last)
        return Stretch(stretch.first, done.first - 1)


def _gathered(
    matching: Matching, part: Part, walk: _Walk, visible: Visible
) -> tuple[set[int], bool]:
    """The letters that answer, and whether these are all that do."""
    found, start = set[int](), matching.spent
    most, asked = int(min(FIRST, LEAST + walk.enough)), 0
    for rest in walk.stretches():
        while rest.first <= rest.last:
            if asked:
                spent = matching.spent - start
                missing = (walk.enough - len(found)) * asked / max(len(found), 1)
                spare = (walk.effort(len(found)) - spent) * asked / max(spent, 1)
                if missing <= 0 or spare < LEAST:
                    return found, False
                most = int(max(LEAST, min(4 * most, 1.2 * missing, spare, MOST)))
            some, done = matching.next(part, rest, most, oldest=walk.oldest)
            found |= visible.of(part, some, done)
            rest = walk.left(rest, done)
            asked += most
    return found, True


def _may_be_misread(matching: Matching, query: Query, found: set[int], visible: Visible) -> bool:
    """Whether words are looked for in misread forms too, after all letters without were found."""
    assert query.part is not None
    if MISREAD not in query.ways:
        return False
    if len(found) < FEW:
        return True
    if not traits.several(query.part):
        return False
    as_typed, _all = _gathered(matching, query.part, _Walk(AS_TYPED, AS_TYPED), visible)
    return len(as_typed) < AS_TYPED


def _with_misread(
    matching: Matching, query: Query, known: set[int], walk: _Walk, visible: Visible
) -> tuple[Part, set[int], bool]:
    """What is asked for, the letters known and those with misread words, and whether these are all.

    Where few are known, those with any words misread; else, or where these are too many to look
    at all of them, those in which one word is misread and the others are as typed. Words of which
    two letters differ are looked for only while there are few letters with others.
    """
    assert query.part is not None
    part, found, exact = query.part, set[int](), True
    few, end = len(known) < FEW, matching.spent + EFFORT
    widening = Widening(matching.connection, query.ways)
    for differ in (1, FAR):
        before, part = part, widening.of(query.part, differ)
        if differ > 1:
            part = _beside(matching, widening, part, visible)
        if part == before:
            continue
        exact = True
        if few:  # what this finds whole need not be looked for word by word
            likely = walk.fewer((end - matching.spent) / 2)
            more, exact = _gathered(matching, part, likely, visible)
            found |= more
        for nearly in () if few and exact else traits.nearly(part):
            likely = walk.fewer((end - matching.spent) / 2)
            more, whole = _gathered(matching, nearly, likely, visible)
            exact = exact and whole
            found |= more
        if len(known | found) >= AS_TYPED:
            break
    return part, known | found, exact


def _beside(matching: Matching, widening: Widening, part: Part, visible: Visible) -> Part:
    """What is asked for, with the misread forms too that stand in the few letters with all else.

    Of words that differ by two letters an archive knows too many to look for all of them.
    """
    parts = list(part.parts) if isinstance(part, Every) else []
    few = _Walk(BESIDE, BESIDE, most=EFFORT / 2)
    for at, others in traits.beside(part):
        letters, all_of_them = _gathered(matching, others, few, visible)
        if all_of_them and len(letters) <= BESIDE:
            parts[at] = widening.among(parts[at], matching.words(letters), FAR)
    return Every(tuple(parts)) if parts else part


def _outstanding(matching: Matching, part: Part, wanted: int, visible: Visible) -> set[int]:
    """Letters that are ranked wherever they stand: by the front of their card, number or day."""
    fronts = matching.fronts(part, max(wanted, FRONTS), FRONT_EACH)
    found = visible.of(part, fronts, None)
    for narrower in traits.outstanding(part):
        found |= _gathered(matching, narrower, _Walk(wanted, wanted), visible)[0]
    return found


def anything(
    connection: sqlite3.Connection, query: Query, *, secret: bool = False, newest: bool = False
) -> bool:
    """Whether any letter answers, or any of the newest ones; words are not taken for misread."""
    if query.part is None:
        return False
    visible = Visible(connection, secret=secret, trashed=query.trashed)
    matching, part = Matching(connection), widened(connection, query)
    if newest:
        some, done = matching.next(part, ALL, FIRST)
        return bool(visible.of(part, some, done))
    return bool(_gathered(matching, part, _Walk(1, 1), visible)[0])


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
        numbers = _answering(connection, query, visible)
    yield from numbers


def _answering(connection: sqlite3.Connection, query: Query, visible: Visible) -> list[int]:
    matching, everything = Matching(connection), _Walk(math.inf, 0)
    part = widened(connection, query)
    found = visible.of(part, matching.letters(part, ALL), ALL)
    if _may_be_misread(matching, query, found, visible):
        _part, found, _all = _with_misread(matching, query, found, everything, visible)
        found -= shown_twice(connection, found)
    return sorted(places.numbers(connection, found).values())
