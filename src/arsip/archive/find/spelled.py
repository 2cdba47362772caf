"""Whether a word stands on a page, in one of its forms, without asking the index."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from arsip.archive import keys
from arsip.archive.find.parts import Forms, Text

LEAST: Final = 3
"""Letters that tell a family of words from most others."""


class Spelled:
    """Forms of words, or words side by side, to be looked for on pages; the likeliest come first.

    A page comes parted into its words (keys.parted). On most none of the few signs stand that forms
    have in common: that is seen in a tenth of the time that it takes to look at its words.

    Attributes:
        signs: each form has one of them in it, or the first word of each.
    """

    def __init__(self, *forms: Text | Forms) -> None:
        self._alone: dict[str, int] = {}
        self._beginnings: list[tuple[str, int]] = []
        self._runs: list[tuple[re.Pattern[str], int]] = []
        self._unless: dict[int, re.Pattern[str]] = {}
        signs = set[str]()
        for rank, form in enumerate(forms):
            folded = list(filter(None, map(keys.words, _words_of(form))))
            alone = {words for words in folded if " " not in words}
            side_by_side = [words for words in folded if " " in words]
            prefix = isinstance(form, Text) and form.prefix
            if prefix:
                self._beginnings += ((word, rank) for word in alone)
            else:
                self._alone = {**dict.fromkeys(alone, rank), **self._alone}
            if side_by_side:
                self._runs.append((_runs(side_by_side, prefix=prefix), rank))
            if isinstance(form, Forms) and form.unless:
                self._unless[rank] = _runs([keys.words(form.unless)])
            signs.update(_in_all(alone), (words.partition(" ")[0] for words in side_by_side))
        self.signs = _shortest(signs)

    def first_on(self, page: str) -> int | None:
        """Which of the forms stands on a page, the likeliest; None when none does.

        One does not count on a page on which it means something else.
        """
        first = None
        for _start, _end, rank in self._standing(page):
            likelier = first is None or rank < first
            if likelier and not (rank in self._unless and self._unless[rank].search(page)):
                first = rank
                if not rank:
                    break
        return first

    def places(self, page: str) -> Iterator[tuple[int, int]]:
        """Where the forms stand, from and up to which sign of the text that the page was."""
        for start, end, _rank in self._standing(page):
            yield start, end - 1

    def _standing(self, page: str) -> Iterator[tuple[int, int, int]]:
        """Where forms stand, from the blank before them to the one after, and which they are."""
        for signs in self.signs:
            at = page.find(signs)
            while at >= 0:
                start, end = page.rindex(" ", 0, at), page.index(" ", at)
                word = page[start + 1 : end]
                rank = self._alone.get(word)
                if rank is not None:
                    yield start, end, rank
                for beginning, rank in self._beginnings:
                    if word.startswith(beginning):
                        yield start, end, rank
                at = page.find(signs, end)
        for runs, rank in self._runs:
            for found in runs.finditer(page):
                yield found.start(), found.end(), rank


@functools.lru_cache(100)
def spelled(*forms: Text | Forms) -> Spelled:
    """How forms are looked for; told once for all who look for them."""
    return Spelled(*forms)


def _words_of(form: Text | Forms) -> tuple[str, ...]:
    return form.forms if isinstance(form, Forms) else (form.text,)


def _runs(some: Iterable[str], *, prefix: bool = False) -> re.Pattern[str]:
    """Any of the words side by side, the longest first."""
    longest_first = sorted(some, key=len, reverse=True)
    words = "|".join(re.escape(one).replace(r"\ ", " +") for one in longest_first)
    end = "[^ ]*" if prefix else "(?= )"
    return re.compile(f" (?:{words}){end}")


def _in_all(words: set[str]) -> list[str]:
    """What all words have in common, else the shortest of them: each word has one in it."""
    shared = _shared(sorted(words, key=len))
    return [shared] if shared else _shortest(words)


def _shortest(words: set[str]) -> list[str]:
    """Those that have none of the others in them."""
    few: list[str] = []
    for word in sorted(words, key=len):
        if not any(short in word for short in few):
            few.append(word)
    return few


def _shared(words: Sequence[str]) -> str:
    """The longest piece of the shortest word that is in all others too, if it is not too short."""
    first = words[0] if words else ""
    for size in range(len(first), LEAST - 1, -1):
        for at in range(len(first) - size + 1):
            piece = first[at : at + size]
            if all(piece in word for word in words):
                return piece
    return ""
