"""Parts of a query as FTS5 takes them, so that nothing a person types is an operator of it."""

from __future__ import annotations

import sqlite3
from typing import Final

from arsip.archive import keys, vocabulary
from arsip.archive.find import traits
from arsip.archive.find.parts import Coded, Forms, Numbered, Part, Says, Text, choices

BEGINNINGS: Final = 64
"""Words that a beginning stands for, the most used ones, where there are more."""
LIGHT: Final = 5_000
"""Pages that a beginning's words have, up to which the index merges them all."""


class Expressions:
    """Writes parts as FTS5 takes them, each once.

    Args:
        thorough: whether a beginning stands for all its words, whatever they cost.

    Attributes:
        whole: whether all words were written; False when a beginning stood for too many.
    """

    def __init__(self, connection: sqlite3.Connection, *, thorough: bool) -> None:
        self.whole = True
        self._connection = connection
        self._thorough = thorough
        self._known: dict[Part, str] = {}

    def of(self, part: Part) -> str:
        """A word in one of its forms, or what a field must say."""
        known = self._known.get(part)
        if known is None:
            known = self._known[part] = self._written(part)
        return known

    def of_words(self, part: Part) -> str:
        """Any of the words of a part, in all forms."""
        return " OR ".join(f"({self.of(one)})" for one in choices(part))

    def _written(self, part: Part) -> str:
        if isinstance(part, Says | Coded | Numbered):
            column, wanted, prefix = traits.sought(part)
            said = " OR ".join(quoted(one, prefix=prefix) for one in wanted)
            return f"{column} : ({said})"
        if isinstance(part, Forms):
            some = " OR ".join(map(quoted, part.forms))
            return f"({some}) NOT {quoted(part.unless)}" if part.unless else some
        assert isinstance(part, Text)
        return self._beginning(part.text) if part.prefix else quoted(part.text)

    def _beginning(self, text: str) -> str:
        """Written out where the index would merge too much."""
        before, _gap, start = keys.words(text).rpartition(" ")
        known = vocabulary.beginning(self._connection, start, BEGINNINGS + 1)
        heavy = sum(pages for _word, pages in known) > LIGHT
        if before or not heavy or (self._thorough and len(known) > BEGINNINGS):
            return quoted(text, prefix=True)
        self.whole = self.whole and len(known) <= BEGINNINGS
        return " OR ".join(quoted(word) for word, _pages in known[:BEGINNINGS])


def quoted(text: str, *, prefix: bool = False) -> str:
    """Words side by side, whatever signs they have in them."""
    inside = text.replace('"', '""')
    return f'"{inside}" *' if prefix else f'"{inside}"'
