"""Whether a word stands on a page, in one of its forms, without asking the index."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from arsip.archive import keys
from arsip.archive.query import Forms, Text

LEAST: Final = 4
"""Letters that tell a family of words from most others."""


class Spelled:
    """A word's forms, or words side by side, to be looked for on pages.

    On most pages none of the few signs stand that all forms have in common: that is seen in a tenth
    of the time that it takes to part a page into its words.

    Attributes:
        signs: each form has one of them in it, or the first word of each.
    """

    def __init__(self, form: Text | Forms) -> None:
        if isinstance(form, Forms):
            spelled, apart, prefix = form.forms, form.apart, False
        else:
            spelled, apart, prefix = (form.text,), (), form.prefix
        folded = [words for words in map(keys.words, spelled) if words]
        side_by_side = [words for words in folded if " " in words]
        alone = [words for words in folded if " " not in words]
        self._alone = frozenset(() if prefix else alone)
        self._beginnings = tuple(alone if prefix else ())
        self._runs = _runs(side_by_side, prefix=prefix)
        self._apart = _runs(map(keys.words, apart))
        self._of_one = _in_all(set(alone))
        self.signs = (*self._of_one, *{words.partition(" ")[0] for words in side_by_side})

    def stands_on(self, page: str) -> bool:
        """Whether a page has one of the forms, and nothing in which they mean something else.

        The page is parted into its words (keys.parted).
        """
        for signs in self.signs:
            if signs in page:
                return any(self.places(page)) and not (self._apart and self._apart.search(page))
        return False

    def places(self, page: str) -> Iterator[tuple[int, int]]:
        """Where the forms stand on a page, from and up to which of its signs."""
        for signs in self._of_one:
            at = page.find(signs)
            while at >= 0:
                start, end = page.rindex(" ", 0, at), page.index(" ", at)
                word = page[start + 1 : end]
                if word in self._alone or word.startswith(self._beginnings):
                    yield start, end - 1
                at = page.find(signs, end)
        for found in self._runs.finditer(page) if self._runs else ():
            yield found.start(), found.end() - 1


@functools.lru_cache(100)
def spelled(form: Text | Forms) -> Spelled:
    """How a form is looked for; told once for all who look for it."""
    return Spelled(form)


def _runs(some: Iterable[str], *, prefix: bool = False) -> re.Pattern[str] | None:
    """Any of the words side by side, the longest first."""
    longest_first = sorted(some, key=len, reverse=True)
    words = "|".join(re.escape(one).replace(r"\ ", " +") for one in longest_first)
    end = "[^ ]*" if prefix else "(?= )"
    return re.compile(f" (?:{words}){end}") if words else None


def _in_all(words: set[str]) -> list[str]:
    """What all words have in common, else the shortest of them: each word has one in it."""
    some = sorted(words, key=len)
    shared = _shared(some)
    if shared:
        return [shared]
    few: list[str] = []
    for word in some:
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
