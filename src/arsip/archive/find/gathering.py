"""Letters gathered for an answer: enough of the newest, and those that are ranked anywhere."""

from __future__ import annotations

import math
from collections.abc import Collection
from typing import Final, NamedTuple

from arsip.archive import places
from arsip.archive.find import readings, traits
from arsip.archive.find.matching import Matching
from arsip.archive.find.parts import Every, Part
from arsip.archive.find.stretches import ALL, Stretch
from arsip.archive.find.visible import Visible, shown_twice
from arsip.archive.find.widening import FAR, Widening

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
are looked at for misread words, and for each reading of numbers, days and kinds as these alone."""
BEHIND: Final = 3_000
"""Rows that are looked at for letters that are ranked behind those to be shown."""
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


class Walk(NamedTuple):
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

    def fewer(self, most: float = math.inf) -> Walk:
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
        dated, undated = Stretch(0, places.UNDATED - 1), Stretch(places.UNDATED, ALL.last)
        return (dated, undated) if self.oldest else (ALL,)

    def left(self, stretch: Stretch, done: Stretch) -> Stretch:
        """What is left of a stretch after the part of it that was walked first."""
        if self.oldest:
            return Stretch(stretch.first, done.first - 1)
        return Stretch(done.last + 1, stretch.last)


class Gathered(NamedTuple):
    """Letters that answer.

    Attributes:
        part: what was looked for.
        letters: their places.
        whole: whether these are all that answer.
    """

    part: Part
    letters: set[int]
    whole: bool


class Gathering:
    """Gathers the letters that show and answer to what was typed, in any form of its words.

    Attributes:
        widened: what was typed, each word with its other forms; none that may be misread.
    """

    def __init__(
        self, matching: Matching, visible: Visible, typed: Part, ways: Collection[str]
    ) -> None:
        self._matching = matching
        self._visible = visible
        self._typed = typed
        self._misread = Widening(matching.connection, ways) if MISREAD in ways else None
        others = [way for way in ways if way != MISREAD]
        self.widened = Widening(matching.connection, others).of(typed)

    def letters(self, walk: Walk, *, by_rank: bool) -> Gathered:
        """As many letters as the walk takes; by rank with those that are ranked anywhere."""
        found = (self._meant_first if by_rank else self.along)(self.widened, walk)
        if found.whole and self._may_be_misread(found.letters):
            found = self._with_misread(found.letters, walk)
        part, letters, whole = found
        if by_rank and not whole:
            letters |= self._outstanding(part, walk.wanted)
            if part != self._typed and self._matching.tally.as_typed(letters) < walk.wanted:
                few = Walk(walk.wanted, walk.wanted, most=EFFORT / 4)
                as_typed = self.along(self._typed, few).letters
                letters |= self._visible.of(part, as_typed - letters, None)
        return Gathered(part, letters - shown_twice(self._matching.connection, letters), whole)

    def everything(self) -> set[int]:
        """All letters that answer."""
        everything = self._matching.letters(self.widened, ALL)
        found = self._visible.of(self.widened, everything, ALL)
        if self._may_be_misread(found):
            found = self._with_misread(found, Walk(math.inf, 0)).letters
        return found - shown_twice(self._matching.connection, found)

    def among(self, letters: set[int]) -> set[int]:
        """Those of the letters that answer."""
        found = self._matching.letters(self.widened, ALL, letters)
        return self._visible.of(self.widened, found, None)

    def any_of_the_newest(self) -> bool:
        """Whether any of the newest letters answers."""
        some, done = self._matching.next(self.widened, ALL, FIRST)
        return bool(self._visible.of(self.widened, some, done))

    def along(self, part: Part, walk: Walk) -> Gathered:
        """The letters that answer to a part, as far as the walk goes."""
        found, start = set[int](), self._matching.spent
        most, asked = int(min(FIRST, LEAST + walk.enough)), 0
        for rest in walk.stretches():
            while rest.first <= rest.last:
                if asked:
                    spent = self._matching.spent - start
                    missing = (walk.enough - len(found)) * asked / max(len(found), 1)
                    spare = (walk.effort(len(found)) - spent) * asked / max(spent, 1)
                    if missing <= 0 or spare < LEAST:
                        return Gathered(part, found, whole=False)
                    most = int(max(LEAST, min(4 * most, 1.2 * missing, spare, MOST)))
                some, done = self._matching.next(part, rest, most, oldest=walk.oldest)
                found |= self._visible.of(part, some, done)
                rest = walk.left(rest, done)
                asked += most
        return Gathered(part, found, whole=True)

    def _may_be_misread(self, found: set[int]) -> bool:
        """Whether misread forms are looked for too, after all letters without were found."""
        if self._misread is None:
            return False
        if len(found) < FEW:
            return True
        if not traits.several(self._typed):
            return False
        return len(self.along(self._typed, Walk(AS_TYPED, AS_TYPED)).letters) < AS_TYPED

    def _with_misread(self, known: set[int], walk: Walk) -> Gathered:
        """The letters known and those with misread words.

        Where few are known, those with any words misread; else, or where these are too many to look
        at all of them, those in which one word is misread and the others are as typed. Words of
        which two letters differ are looked for only while there are few letters with others.
        """
        assert self._misread is not None
        part, found, whole = self._typed, set[int](), True
        few, end = len(known) < FEW, self._matching.spent + EFFORT
        for differ in (1, FAR):
            before, part = part, self._misread.of(self._typed, differ)
            if differ > 1:
                part = self._beside(self._misread, part)
            if part == before:
                continue
            whole = True
            if few:  # what this finds whole need not be looked for word by word
                likely = walk.fewer((end - self._matching.spent) / 2)
                _part, more, whole = self._meant_first(part, likely)
                found |= more
            for nearly in () if few and whole else readings.nearly(part):
                likely = walk.fewer((end - self._matching.spent) / 2)
                _part, more, all_of_them = self._meant_first(nearly, likely)
                whole = whole and all_of_them
                found |= more
            if len(known | found) >= AS_TYPED:
                break
        return Gathered(part, known | found, whole)

    def _beside(self, widening: Widening, part: Part) -> Part:
        """What is asked for, with the misread forms that stand in the few letters with all else.

        Of words that differ by two letters an archive knows too many to look for all of them.
        """
        parts = list(part.parts) if isinstance(part, Every) else []
        few = Walk(BESIDE, BESIDE, most=EFFORT / 2)
        for at, others in readings.beside(part):
            _part, letters, whole = self.along(others, few)
            if whole and len(letters) <= BESIDE:
                there = self._matching.words(letters) - traits.typed_words(part)
                parts[at] = widening.among(parts[at], there, FAR)
        return Every(tuple(parts)) if parts else part

    def _outstanding(self, part: Part, wanted: int) -> set[int]:
        """Letters that are ranked wherever they stand: by their front, or their number."""
        fronts = self._matching.fronts(part, max(wanted, FRONTS), FRONT_EACH)
        found = self._visible.of(part, fronts, None)
        for narrower in readings.numbered(part):
            found |= self.along(narrower, Walk(wanted, wanted, most=EFFORT)).letters
        return found

    def _meant_first(self, part: Part, walk: Walk) -> Gathered:
        """Letters along a walk, those first that are of the days, kind or file that words name.

        Where these are enough to be shown, letters that only say so are ranked behind them.
        """
        ahead = set[int]()
        for narrower in readings.meant(part):
            ahead |= self.along(narrower, walk._replace(most=min(walk.most, EFFORT))).letters
        if len(ahead) >= walk.wanted:
            walk = walk._replace(most=min(walk.most, BEHIND))
        _part, found, whole = self.along(part, walk)
        return Gathered(part, found | ahead, whole)
