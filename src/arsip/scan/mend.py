"""What of a second look at parts of a page is believed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from arsip.scan.again import GUESS, SURE, Part, is_word, letters, mean, worth
from arsip.scan.engine import Spot

_KEPT = 0.9
"""Share of a line's letters and digits that the new reading must have: less is a part of it."""
_MORE = 0.8
"""Share of a line's confidence that will do for a new reading of it that goes on."""
_SCRAP, _STROKE = 3, 0.4
"""Letters, or else the confidence, from which a word at the end of a line is one."""
_APART = 0.6
"""In heights of a word: white from which two words are no halves of one."""
_RULE = frozenset("|\\/_[]{}")
"""What the rules of a table are read as."""
_ITEM, _ITEM_DOT = re.compile(r"\(?(\d{1,2}|[a-z])[.)]"), re.compile(r"[.)]")
"""The number of an item of a list; what is left of it when its sign was not seen."""


def mended(
    spots: Sequence[Spot], parts: Sequence[Part], readings: Sequence[Sequence[Sequence[Spot]]]
) -> list[Spot]:
    """The words of the page with what its parts say, where that is surer.

    Args:
        spots: words of the page.
        parts: what was read again.
        readings: the words of each part as they were read, once or several times.
    """
    page = _Mending(list(spots))
    for part, several in zip(parts, readings, strict=True):
        if part.block:
            page.add_words(several[0])
        elif part.numbered:
            page.add_number(several[0], part)
        elif part.words:
            page.replace_line(several, part)
        elif several:
            page.add_line(several[0])
    return page.spots + page.in_gaps


@dataclass(slots=True)
class _Mending:
    """A page whose words are being mended.

    Attributes:
        spots: its words.
        in_gaps: words found where none was.
    """

    spots: list[Spot]
    in_gaps: list[Spot] = field(default_factory=list)

    def add_words(self, found: Iterable[Spot]) -> None:
        """Words of a part that may hold several lines."""
        run = self._run()
        self.in_gaps += [replace(w, run=run + w.run) for w in found if _is_new(w, self.spots)]

    def add_line(self, found: Sequence[Spot]) -> None:
        """A line where none was, instead of guesses that were made there."""
        line = _without_scraps(found)
        if not _is_line(line):
            return
        run = self._run()
        self.in_gaps = [word for word in self.in_gaps if not _is_under(word, line)]
        self.spots = [w for w in self.spots if w.confidence >= GUESS or not _meets(w, line)]
        self.in_gaps += [replace(w, run=run) for w in line if not _is_under(w, self.spots)]

    def add_number(self, found: Sequence[Spot], part: Part) -> None:
        """The number of an item before its line."""
        if number := _number(found, part):
            self.spots = [w for w in self.spots if w not in part.words or _stays(w, number)]
            self.spots.append(replace(number, run=part.words[0].run))

    def replace_line(self, several: Sequence[Sequence[Spot]], part: Part) -> None:
        """A line by the best of its readings that are better."""
        better = [words for words in several if _is_better(words, part)]
        if not better:
            return
        best = max(better, key=_squared)
        others = [words for words in several if words is not best]
        line = _believed(_agreed(best, others), part.words)
        self.in_gaps = [word for word in self.in_gaps if not _is_under(word, line)]
        self.spots = [spot for spot in self.spots if spot not in part.words]
        self.spots += [
            replace(word, run=part.words[0].run) for word in line if not _is_said(word, self.spots)
        ]

    def _run(self) -> int:
        return max((spot.run for spot in (*self.spots, *self.in_gaps)), default=0) + 1


def _agreed(best: Sequence[Spot], others: Iterable[Sequence[Spot]]) -> list[Spot]:
    """A reading, its words surer where another engine says the same."""
    said = {word.text: word.confidence for words in others for word in words}
    return [
        replace(word, confidence=1 - (1 - word.confidence) * (1 - said.get(word.text, 0.0)))
        for word in best
    ]


def _without_scraps(words: Sequence[Spot]) -> list[Spot]:
    """A line without the ends of strokes that were taken for signs before and behind it."""
    kept = [at for at, w in enumerate(words) if w.confidence >= _STROKE or letters([w]) >= _SCRAP]
    return list(words[kept[0] : kept[-1] + 1]) if kept else []


def _is_line(words: Sequence[Spot]) -> bool:
    """Whether what was read where no word was before is one line of print, sure as a whole."""
    signs = sum(len(word.text) for word in words)
    whole = any(is_word(word) for word in words) and letters(words) >= _SCRAP
    return whole and worth(words, 1) >= SURE * signs


def _believed(new: Sequence[Spot], old: Sequence[Spot]) -> list[Spot]:
    """The words of a new reading of a line, those beside the old one only when they are sure.

    The rules of a table that are seen now are no more than they were before.
    """
    left, right = min(spot.left for spot in old), max(spot.right for spot in old)
    within = (word for word in new if word.right > left and word.left < right)
    found = {*within, *(word for word in new if word.confidence >= SURE)}
    ruled = any(_RULE.issuperset(spot.text) for spot in old)
    return [word for word in new if word in found and (ruled or not _RULE.issuperset(word.text))]


def _is_better(new: Sequence[Spot], part: Part) -> bool:
    """Whether a new reading of a line says as much, and is surer of it; or says more of it.

    A reading without a sure word is of a signature, as the old one was.
    """
    old = part.words
    least = mean(old) * (_MORE if part.goes_on else 1.0)
    return (
        any(is_word(spot) and spot.confidence >= SURE for spot in new)
        and letters(new) >= _KEPT * letters(old)
        and _squared(new) > _squared(old)
        and mean(new) > least
        and not _is_glued(new, old)
    )


def _is_glued(new: Sequence[Spot], old: Sequence[Spot]) -> bool:
    """Whether a word is nothing but two old ones that were far apart: ``HalUndangan``."""
    words = [spot for spot in old if _alphanumeric(spot)]
    joined = {
        _alphanumeric(one) + _alphanumeric(other)
        for one, other in pairwise(words)
        if other.left - one.right > _APART * one.height
    }
    return any(_alphanumeric(spot) in joined for spot in new)


def _alphanumeric(spot: Spot) -> str:
    return "".join(sign for sign in spot.text if sign.isalnum())


def _number(found: Sequence[Spot], part: Part) -> Spot | None:
    """The number of an item that stands before a line; None where something else does."""
    first = min(found, key=lambda word: word.left, default=None)
    if first is None or first.confidence < SURE or not _ITEM.fullmatch(first.text):
        return None
    begin = min(word.left for word in part.words if not _ITEM_DOT.fullmatch(word.text))
    return first if first.right <= begin else None


def _stays(word: Spot, number: Spot) -> bool:
    """Whether a word is no full stop of a number that was found since."""
    return word.left >= number.right or not _ITEM_DOT.fullmatch(word.text)


def _is_under(word: Spot, spots: Sequence[Spot]) -> bool:
    """Whether its middle lies within one of the others."""
    across = (word.left + word.right) / 2
    return any(
        spot.left <= across <= spot.right and spot.top <= word.middle <= spot.bottom
        for spot in spots
    )


def _meets(word: Spot, spots: Sequence[Spot]) -> bool:
    """Whether its middle lies within one of the others, or that of one of them within it."""
    return _is_under(word, spots) or any(_is_under(spot, [word]) for spot in spots)


def _is_said(word: Spot, spots: Iterable[Spot]) -> bool:
    """Whether the same word stands there already: two parts may reach over one line."""
    sure = (spot for spot in spots if spot.confidence >= GUESS)
    return any(spot.text == word.text and _meets(word, [spot]) for spot in sure)


def _is_new(word: Spot, spots: Sequence[Spot]) -> bool:
    """Whether it is surely a word, and none of the first reading lies where its middle is."""
    return word.confidence >= SURE and is_word(word) and not _is_under(word, spots)


def _squared(line: Sequence[Spot]) -> float:
    return worth(line, 2)
