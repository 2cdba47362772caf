"""Whether a word stands on a page, in one of its forms, without asking the index."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from typing import Final

from arsip.archive import keys
from arsip.archive.query import Forms, Text

LEAST: Final = 4
"""Letters that tell a family of words from most others."""
_GAPS: Final = str.maketrans({code: " " for code in range(128) if not chr(code).isalnum()})


class PageWords:
    """The words of a page as the index sees them.

    Attributes:
        plain: the page in lower case without accents.
    """

    def __init__(self, text: str) -> None:
        self.plain = text.lower() if text.isascii() else keys.words(text)

    @functools.cached_property
    def _parted(self) -> str:
        return f" {self.plain.translate(_GAPS)} "

    @functools.cached_property
    def text(self) -> str:
        """The words in their order, with one blank around each."""
        return f" {' '.join(self._parted.split())} "

    def around(self, signs: str) -> Iterator[str]:
        """The words that have the signs in them."""
        text = self._parted
        at = text.find(signs)
        while at >= 0:
            end = text.index(" ", at)
            yield text[text.rindex(" ", 0, at) + 1 : end]
            at = text.find(signs, end)


class Spelled:
    """A word's forms, or words side by side, to be looked for on pages.

    On most pages none of the few signs stand that all forms have in common: that is seen in a tenth
    of the time that it takes to part a page into its words.

    Attributes:
        signs: each form has one of them in it.
    """

    def __init__(self, form: Text | Forms) -> None:
        if isinstance(form, Forms):
            spelled, apart, end = form.forms, form.apart, " "
        else:
            spelled, apart, end = (form.text,), (), "" if form.prefix else " "
        folded = [words for words in map(keys.words, spelled) if words]
        self._alone = frozenset(words for words in folded if end and " " not in words)
        self._pieces = [f" {words}{end}" for words in folded if words not in self._alone]
        self._apart = [f" {keys.words(words)} " for words in apart]
        self.signs = _in_all({words.partition(" ")[0] for words in folded})

    def stands_on(self, page: PageWords) -> bool:
        """Whether the page has one of the forms, and nothing in which they mean something else."""
        plain = page.plain
        for signs in self.signs:
            if signs in plain and self._has(page, signs):
                return not any(piece in page.text for piece in self._apart)
        return False

    def _has(self, page: PageWords, signs: str) -> bool:
        """Whether the page has a form, where it has signs of some of them."""
        return any(word in self._alone for word in page.around(signs)) or any(
            piece in page.text for piece in self._pieces
        )


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
