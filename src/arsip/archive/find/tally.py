"""What speaks for the letters found, word by word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import Final

from arsip.archive.places import BACK, PAGE_BITS, PAGE_MASK

BODY: Final = {
    "exact": 10.0, "stem": 5.0, "spelling": 4.5, "abbreviation": 4.0, "synonym": 3.5,
    "aside": 3.2, "misread": 3.0, "far": 1.0,
}  # fmt: skip
"""For a word anywhere in a letter, by the way that led to it; aside is one on a page on which it
may mean something else, far a misread form of which two letters differ. One word as typed and
another misread are more than other forms of both."""
FRONT: Final = {
    way: body + (4.0 if way in ("aside", "misread", "far") else 10.0) for way, body in BODY.items()
}
"""For a word on the front of the card, in number, subject or sender: there other forms outweigh
the word as typed on a page, but a misread one does not."""
UNLIKELY: Final = 40.0
"""Less for a letter that has only less likely forms of a word, wherever its other words stand."""
WEIGHT: Final = 1.5
"""Of bm25 at most, beside BODY: a word said often stays behind one in the subject, and before
another form of it."""
NUMBER: Final = 60.0
"""For the number that was asked for; half of it when its last part only begins so."""
MEANT: Final = 60.0
"""For a letter of the days or the kind that was asked for in words that it need not say."""
PAGE: Final = 40.0
"""For a page that was asked for by its number."""


class Tally:
    """Hears which words stand where.

    Told more than once, the best counts once.
    """

    def __init__(self) -> None:
        self._pages: dict[str, dict[int, float]] = {}
        self._weights: dict[str, dict[int, float]] = {}
        self._fronts: dict[str, dict[int, float]] = {}
        self._asked_pages: dict[int, float] = {}
        self._meant: dict[int, float] = {}
        self._numbers: dict[int, float] = {}
        self._mistaken: set[str] = set()
        self._sums: dict[int, float] | None = None

    def words(self, word: str, way: str, rows: Iterable[int]) -> None:
        """A word, found by a way on these page rows."""
        self._sums = None
        pages = self._pages.setdefault(word, {})
        fronts = self._fronts.setdefault(word, {})
        body, front = BODY[way], FRONT[way]
        if way == "far":
            self._mistaken.add(word)
        for row in rows:
            if pages.get(row, 0.0) < body:
                pages[row] = body
            if not row & PAGE_MASK and fronts.get(row >> PAGE_BITS, 0.0) < front:
                fronts[row >> PAGE_BITS] = front

    def weigh(self, word: str, rows: Iterable[tuple[int, float]]) -> None:
        """How much pages are about a word, by bm25: higher is more."""
        self._sums = None
        weights = self._weights.setdefault(word, {})
        for row, score in rows:
            weights[row] = WEIGHT * score / (score + 5.0) if score > 0 else 0.0

    def page(self, rows: Iterable[int]) -> None:
        """Page rows that were asked for by their number, so that they are the ones to be shown."""
        self._sums = None
        self._asked_pages.update(dict.fromkeys(rows, PAGE))

    def meant(self, letters: Iterable[int]) -> None:
        """Letters of the days or the kind that was asked for in words."""
        self._meant.update(dict.fromkeys(letters, MEANT))

    def fields(self, asked: str, letters: Iterable[int]) -> None:
        """Letters with words in the field that was asked for."""
        fronts = self._fronts.setdefault(asked, {})
        fronts.update(dict.fromkeys(letters, FRONT["exact"]))

    def numbers(self, letters: Iterable[int], *, exact: bool) -> None:
        """Letters whose number was asked for, by whole parts or by a beginning."""
        score = NUMBER if exact else NUMBER / 2
        for letter in letters:
            self._numbers[letter] = max(score, self._numbers.get(letter, 0.0))

    def scores(self, found: set[int]) -> dict[int, float]:
        """Letter -> its score: its best page, the front of its card and its number.

        Rounded, so that what is nearly equal is equal and the newer goes first.
        """
        best = dict.fromkeys(found, 0.0)
        for row, score in self._summed().items():
            letter = row >> PAGE_BITS
            if best.get(letter, score) < score:
                best[letter] = score
        for told in (*self._fronts.values(), self._meant, self._numbers):
            for letter in told.keys() & found:
                best[letter] += told[letter]
        for word in self._mistaken:
            for letter in self._mistaken_in(word, found):
                best[letter] -= UNLIKELY
        return {letter: round(score, 1) for letter, score in best.items()}

    def as_typed(self, letters: AbstractSet[int]) -> int:
        """How many of the letters have all words as they were typed."""
        exact = BODY["exact"]
        for told in self._pages.values():
            letters = letters & {row >> PAGE_BITS for row, body in told.items() if body == exact}
        return len(letters)

    def guessed(self, letters: AbstractSet[int], words: Iterable[str]) -> tuple[str, ...]:
        """Those of the words of which each letter has nothing but what may be misread for it."""
        if not letters:
            return ()
        best = {word: self._best_in(word, letters) for word in words if word in self._pages}
        return tuple(
            word
            for word, told in best.items()
            if told.keys() == letters and max(told.values()) <= BODY["misread"]
        )

    def _mistaken_in(self, word: str, letters: AbstractSet[int]) -> set[int]:
        """Letters of these in which nothing nearer to a word stands than its less likely forms."""
        best = self._best_in(word, letters)
        return {letter for letter, body in best.items() if body <= BODY["far"]}

    def _best_in(self, word: str, letters: AbstractSet[int]) -> dict[int, float]:
        """Letter -> what the best form of a word counts in it, of these letters that have any."""
        best: dict[int, float] = {}
        for row, body in self._pages[word].items():
            if row >> PAGE_BITS in letters:
                best[row >> PAGE_BITS] = max(body, best.get(row >> PAGE_BITS, 0.0))
        return best

    def best_pages(self, letters: Iterable[int]) -> dict[int, int]:
        """Letter -> the row of its page with the best score, 0 when none of its pages has one."""
        best = dict.fromkeys(letters, 0)
        scored = self._summed()
        for row in [row for row in scored if row >> PAGE_BITS in best and row & PAGE_MASK > BACK]:
            rival = best[row >> PAGE_BITS]
            if (scored[row], -row) > (scored.get(rival, 0.0), -rival):
                best[row >> PAGE_BITS] = row
        return best

    def _summed(self) -> Mapping[int, float]:
        """Page row -> what all words found on it say; summed once, until more is told."""
        if self._sums is None:
            first, *others = *self._pages.values(), *self._weights.values(), self._asked_pages
            self._sums = dict(first)
            for told in others:
                for row, score in told.items():
                    self._sums[row] = self._sums.get(row, 0.0) + score
        return self._sums
