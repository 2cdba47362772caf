"""Which letters answer to a query: sets of places from the index, stretch by stretch.

Letters stand in the index by their dates (places.py), so that the newest, the oldest and those of
a month are stretches of it, and the rows of every word come in that order. Nothing is asked of more
of the index than is looked at: the rarest part of a query tells which letters are in question, and
the other parts are asked for those alone, by the way that costs the least.
"""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Sequence
from typing import Final, NamedTuple

from arsip.archive import keys
from arsip.archive.find import readings, stretches, traits
from arsip.archive.find.index import SEEK, Index
from arsip.archive.find.parts import (
    Being,
    Coded,
    Dated,
    Every,
    Forms,
    Has,
    Named,
    Not,
    Numbered,
    OneOf,
    OnPage,
    Part,
    Says,
    Text,
    choices,
)
from arsip.archive.find.rows import OPENING
from arsip.archive.find.stretches import ALL, Found, Stretch
from arsip.archive.find.tables import Tables, Told
from arsip.archive.find.tally import Tally
from arsip.archive.places import PAGE_BITS
from arsip.fields import DATE_OF_LETTER

CARDS: Final = 2_000
"""Letters whose cards are read rather than all with the field that lie between them listed."""
DENSER: Final = 4
"""How often more letters a part leads to before another one is sought: a year is rare in others."""
STEP: Final = 6
"""Pages with the rarest word of a phrase that are looked at for each letter asked for."""


class Lead(NamedTuple):
    """The part that led to the last letters, and how many each place had when it was chosen."""

    part: Part
    density: float


class Matching:
    """Finds letters; the tally, when there is one, hears what speaks for them."""

    def __init__(
        self, connection: sqlite3.Connection, tally: Tally | None = None, *, thorough: bool = True
    ) -> None:
        self.connection = connection
        self._index = Index(connection, tally, thorough=thorough)
        self._tables = Tables(connection)
        self._leads: dict[Every, Lead] = {}
        self._spent = 0

    @property
    def tally(self) -> Tally:
        """The one that was given, for letters are to be ranked."""
        assert self._index.tally is not None
        return self._index.tally

    @property
    def spent(self) -> int:
        """Rows that were looked at, about."""
        return self._spent + self._index.spent + self._tables.spent

    @property
    def whole(self) -> bool:
        """Whether all words were looked for; False when a beginning stood for too many."""
        return self._index.whole

    def next(self, part: Part, within: Stretch, most: int, *, oldest: bool = False) -> Found:
        """The next letters that answer, about as many as asked for, from the start of the stretch.

        From its end when the oldest are asked for.
        """
        if isinstance(part, Dated) and part.field is DATE_OF_LETTER:
            part = Every((part,))
        if each := readings.apart(part):
            return self._next_of_any(each, within, most, oldest=oldest)
        if isinstance(part, Every):
            return self._next_of_every(part, within, most, oldest=oldest)
        if isinstance(part, traits.WORDED) and not traits.stepped(part):
            return self._next_rows(part, within, most, oldest=oldest)
        if isinstance(part, Told) and self._tables.are_few(part):
            return self._tables.next(part, within, most, oldest=oldest)
        reach = self._reach(part, within, most, oldest=oldest)
        return Found(self.letters(part, reach), reach)

    def letters(self, part: Part, within: Stretch, among: set[int] | None = None) -> set[int]:
        """All letters of the stretch that answer, of those in question when they are given."""
        if among is not None and not among:
            return set()
        match part:
            case Text() | Forms() | Says() | Coded() | Numbered():
                found = self._worded(part, within, among)
            case Dated(field) if field is DATE_OF_LETTER:
                days = stretches.days(part, within)
                found = self._tables.all(days) if among is None else stretches.inside(among, days)
            case Dated() | Has() | Being() | Named():
                found = self._tables.letters(part, within, among)
            case OnPage():
                found = self._on_page(part, within, among)
            case OneOf(parts):
                found = set[int]().union(
                    *(self._told_of(one, self.letters(one, within, among)) for one in parts)
                )
            case Not():
                found = self._with(
                    [part], within, self._tables.all(within) if among is None else among
                )
            case _:
                found = self._every(part, within, among)
        return found if among is None else found & among

    def _told_of(self, part: Part, letters: set[int]) -> set[int]:
        """The letters; the tally hears of days, a kind or a file that others need not be of."""
        if isinstance(part, Dated | Coded | Named):
            self._index.tell(part, letters)
        return letters

    def _next_of_any(
        self, each: Sequence[tuple[Part, Part]], within: Stretch, most: int, *, oldest: bool
    ) -> Found:
        """The next letters of any of the first parts; the tally hears of the second of each."""
        found = [self.next(one, within, most, oldest=oldest) for one, _told in each]
        for (_one, told), some in zip(each, found, strict=True):
            self._told_of(told, some.letters)
        common = stretches.common([one.stretch for one in found], within, oldest=oldest)
        return Found(stretches.inside(set().union(*(one.letters for one in found)), common), common)

    # Every part at once

    def _next_of_every(self, part: Every, within: Stretch, most: int, *, oldest: bool) -> Found:
        days, rest = traits.narrowed(part, within)
        if days.first > days.last:
            return Found(set(), within)
        # What led to the last letters leads to the next ones, unless it has become common there.
        lead = self._leads.get(part)
        driver, found = self._driver([lead.part] if lead else rest, days, most, oldest=oldest)
        density = len(found.letters) / stretches.size(found.stretch)
        if driver and not lead:
            self._leads[part] = Lead(driver, density)
        elif lead and density > DENSER * lead.density:
            del self._leads[part]
        others = [one for one in rest if one is not driver]
        first, last = found.stretch
        return Found(
            self._with(others, found.stretch, found.letters),
            Stretch(
                within.first if first == days.first else first,
                within.last if last == days.last else last,
            ),
        )

    def _driver(
        self, parts: Sequence[Part], within: Stretch, most: int, *, oldest: bool
    ) -> tuple[Part | None, Found]:
        """The part that is the rarest, with its next letters: the one that reaches the farthest."""
        best: Part | None = None
        reached = Found(set(), Stretch(1, 0))
        counted = {
            one: pages for one in parts if (pages := self._index.page_count(one)) is not None
        }
        rarest = min(counted, key=counted.__getitem__, default=None)
        for one in parts:
            if one is rarest or (one not in counted and self._can_lead(one)):
                found = self.next(one, within, most, oldest=oldest)
                if (
                    best is None
                    or stretches.size(found.stretch) > stretches.size(reached.stretch)
                    or (
                        found.stretch == reached.stretch
                        and len(found.letters) < len(reached.letters)
                    )
                ):
                    best, reached = one, found
                if not found.letters and found.stretch == within:
                    break
        if best is None:
            reach = self._reach(Every(()), within, most, oldest=oldest)
            return None, Found(self._tables.all(reach), reach)
        return best, reached

    def _can_lead(self, part: Part) -> bool:
        few = isinstance(part, Told) and self._tables.are_few(part)
        return few or traits.can_lead(part)

    def _every(self, part: Every, within: Stretch, among: set[int] | None) -> set[int]:
        within, parts = traits.narrowed(part, within)
        if within.first > within.last:
            return set()
        if among is not None:
            return self._with(parts, within, stretches.inside(among, within))
        if not parts:
            return self._tables.all(within)
        found: set[int] = set()
        rest = within
        while rest.first <= rest.last:
            driver, some = self._driver(parts, rest, 20 * OPENING, oldest=False)
            others = [one for one in parts if one is not driver]
            found |= self._with(others, some.stretch, some.letters)
            rest = Stretch(some.stretch.last + 1, rest.last)
        return found

    def _with(self, parts: Sequence[Part], within: Stretch, letters: set[int]) -> set[int]:
        """Those of the letters that answer to the parts too: what costs little is asked first."""
        for one in sorted(parts, key=traits.cost):
            if not letters:
                break
            if isinstance(one, Not):
                apart = Matching(self.connection)
                letters = letters - apart._with([one.part], within, letters)
                self._spent += apart.spent
                continue
            some = choices(one)
            words = [part for part in some if isinstance(part, Text | Forms)]
            found = self._one_word(words, within, letters) if words else set()
            for part in some:
                if not isinstance(part, Text | Forms):
                    found |= self._told_of(part, self.letters(part, within, letters))
            letters = found
        return letters

    def _one_word(
        self, forms: Sequence[Text | Forms], within: Stretch, letters: set[int]
    ) -> set[int]:
        """Those of the letters with a word in any of its forms.

        The rows of all forms are listed, or, where that costs more, the pages of the letters read.
        """
        span = Stretch(min(letters), max(letters))
        unknown = [one for one in forms if not self._index.knows(one)]
        read = self._index.reading(letters, forms)
        sought = SEEK * len(letters)
        listed = sum(self._index.effort(one, within, span) for one in unknown)
        if len(forms) == 1 and traits.is_one_word(forms[0]) and sought < min(read, listed):
            return self._index.seeks(letters, forms[0])
        if read < listed:
            return self._index.reads(letters, forms)
        found = set[int]()
        for form in forms:
            if form in unknown:
                rows = self._index.rows(form, span, read + 1)
                if len(rows) > read:  # it is less rare than was to be expected
                    return self._index.reads(letters, forms)
                rows = [row for row in rows if row >> PAGE_BITS in letters]
            else:
                rows = self._index.rows_of(form, letters)
            found |= self._index.heard(form, rows)
        return found

    def scores(self, letters: set[int]) -> dict[int, float]:
        """Letter -> its score, by all that the tally heard of it and how rare its words are."""
        if not letters:
            return {}
        self._index.weigh(letters)
        return self.tally.scores(letters)

    def words(self, letters: set[int]) -> set[str]:
        """All words of letters."""
        return self._index.words(letters)

    def fronts(self, part: Part, most: int, each: int) -> set[int]:
        """The newest letters with words of a query on the front of their card.

        At most so many with all words there as typed; if they are fewer, so many with all words
        there in any form; if these are fewer too, of each word so many with that one there and the
        others anywhere. None when the query asks for no words that all letters must hold.
        """
        days, parts = traits.narrowed(part if isinstance(part, Every) else Every((part,)), ALL)
        words = [one for one in parts if traits.is_words(one)]
        if not words or days.first > days.last:
            return set()
        fields = [one for one in parts if isinstance(one, Says | Coded | Numbered)]
        typed = list(map(readings.typed, words))
        found = self._index.on_front(typed, fields, days, most)
        if len(found) < most and typed != words:
            found |= self._index.on_front(words, fields, days, most)
        if len(found) < most and len(words) > 1:
            there = set[int]().union(
                *(self._index.on_front([one], fields, days, each) for one in typed)
            )
            found |= self._with(words, days, there - found)
        if found:
            self._tell_of_fronts(words, found)
        return self._with([one for one in parts if one not in words], days, found)

    def _tell_of_fronts(self, words: Sequence[Part], letters: set[int]) -> None:
        """The tally hears which forms of the words stand on the fronts of the letters' cards."""
        fronts, span = self._index.front_words(letters), Stretch(min(letters), max(letters))
        for form in itertools.chain.from_iterable(map(choices, words)):
            any_of = traits.words_of(form)
            if any_of:
                there = {place for place, held in fronts.items() if not any_of.isdisjoint(held)}
            else:
                there = self._index.on_front([form], (), span, -1, letters)
            self._index.tell(form, [place << PAGE_BITS for place in there])

    # Parts that the index gives in order

    def _next_rows(self, part: Part, within: Stretch, most: int, *, oldest: bool = False) -> Found:
        most = max(most, 1)
        if isinstance(part, Text | Forms):
            rows = self._index.rows(part, within, most, oldest=oldest)
            letters = self._index.heard(part, rows)
            end = rows[-1] >> PAGE_BITS if rows else 0
        else:
            places = self._index.cards(part, within, most, oldest=oldest)
            letters = self._index.verified(part, set(places))
            self._index.tell(part, letters)
            rows, end = places, places[-1] if places else 0
        if len(rows) < most:
            return Found(letters, within)
        if oldest:
            return Found(letters, Stretch(end, within.last))
        return Found(letters, Stretch(within.first, end))

    def _worded(
        self,
        part: Text | Forms | Says | Coded | Numbered,
        within: Stretch,
        among: set[int] | None,
    ) -> set[int]:
        if not isinstance(part, Text | Forms):
            if among and len(among) <= CARDS:
                places = self._index.cards_among(part, among)
            else:
                span = Stretch(min(among), max(among)) if among else within
                places = set(self._index.cards(part, span, -1))
            letters = self._index.verified(part, places)
            self._index.tell(part, letters)
            return letters
        if among is not None:
            return self._one_word((part,), within, among)
        return self._index.heard(part, self._index.rows(part, within, -1))

    # Parts that are looked for some letters at a time

    def _reach(self, part: Part, within: Stretch, most: int, *, oldest: bool) -> Stretch:
        """The part of the stretch, from its start, in which about so many letters are looked at."""
        if isinstance(part, Text):
            return self._phrase_reach(part, within, most, oldest=oldest)
        edge = self._tables.nth(within, most, oldest=oldest)
        if edge is None:
            return within
        return Stretch(edge, within.last) if oldest else Stretch(within.first, edge)

    def _phrase_reach(self, part: Text, within: Stretch, most: int, *, oldest: bool) -> Stretch:
        """The part of the stretch in which the rarest word of a phrase has some STEPs of pages."""
        words = map(Text, keys.words(part.text).split())
        rarest = min(words, key=lambda word: self._index.page_count(word) or 0)
        edge = self._index.nth(rarest, within, STEP * most, oldest=oldest)
        if edge is None:
            return within
        return Stretch(edge, within.last) if oldest else Stretch(within.first, edge)

    def _on_page(self, part: OnPage, within: Stretch, among: set[int] | None) -> set[int]:
        """Letters with that page, and all of its words there."""
        rows = self._index.on_page(part.number, part.words, within, among)
        return {row >> PAGE_BITS for row in rows}
