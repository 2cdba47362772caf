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
_GAPS: Final = str.maketrans({code: " " for code in range(128) if not chr(code).isalnum()})


class PageWords:
    """The words of a page.

    Attributes:
        plain: the page in lower case without accents.
    """

    def __init__(self, plain: str) -> None:
        self.plain = plain

    @functools.cached_property
    def _parted(self) -> str:
        return f" {self.plain.translate(_GAPS)} "

    def around(self, signs: str) -> Iterator[tuple[int, str]]:
        """The words that have the signs in them, each with its place on the page."""
        text = self._parted
        at = text.find(signs)
        while at >= 0:
            start, end = text.rindex(" ", 0, at), text.index(" ", at)
            yield start, text[start + 1 : end]
            at = text.find(signs, end)


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

    def stands_on(self, page: PageWords) -> bool:
        """Whether the page has one of the forms, and nothing in which they mean something else."""
        return any(self.places(page)) and not any(_standing(self._apart, page))

    def places(self, page: PageWords) -> Iterator[tuple[int, int]]:
        """Where the forms stand on a page, from and up to which of its signs."""
        for signs in self._of_one:
            if signs in page.plain:
                for start, word in page.around(signs):
                    if word in self._alone or word.startswith(self._beginnings):
                        yield start, start + len(word)
        yield from _standing(self._runs, page)


@functools.lru_cache(100)
def spelled(form: Text | Forms) -> Spelled:
    """How a form is looked for; told once for all who look for it."""
    return Spelled(form)


def _runs(some: Iterable[str], *, prefix: bool = False) -> re.Pattern[str] | None:
    """Any of the words side by side, whatever parts them, the longest first.

    That a word also begins there is for the caller to see: asked here, it triples the cost.
    """
    words = [
        re.escape(one).replace(r"\ ", r"[\W_]+") for one in sorted(some, key=len, reverse=True)
    ]
    end = r"[^\W_]*" if prefix else r"(?![^\W_])"
    return re.compile(f"(?:{'|'.join(words)}){end}") if words else None


def _standing(runs: re.Pattern[str] | None, page: PageWords) -> Iterator[tuple[int, int]]:
    """Where words stand side by side, each time at the start of a word."""
    found = runs and runs.search(page.plain)
    while runs and found:
        start, end = found.span()
        begins = not (start and page.plain[start - 1].isalnum())
        if begins:
            yield start, end
        found = runs.search(page.plain, end if begins else start + 1)


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
