"""What is asked of a letter beside its words and fields: how it is, its pages, its file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from arsip import formats
from arsip.archive import keys
from arsip.archive.find import wording
from arsip.archive.find.parts import Being, Has, Named, OnPage, Part
from arsip.fields import BY_KEYWORD

_UNQUOTED: Final = re.compile(r'(?:[^\s"()]|\([^\s"()]*\))*')
"""A name without gaps; what copies are numbered by is part of it: ``scan(2).pdf``."""
_BEHIND: Final = re.compile(r'\s+(?!-\S|[^\W\d]\w*:)(?:[^\s"()]|\(\d+\))+')
"""A plain word behind it, which may belong to the name: ``scan (2).pdf``."""
_NAME_WORDS: Final = 12
"""Words that a name without quotes may have."""


def asked(keyword: str, value: str) -> Part | None:
    """How a letter is, what it has, or a page of it; None: the keyword takes no such value."""
    words = keys.words(value)
    if keyword in wording.PAGE_KEYWORDS:
        number = wording.page_number(words)
        return None if number is None else OnPage(number)
    if keyword in wording.FIELD_KEYWORDS:
        field = BY_KEYWORD.get(words.replace(" ", "_"))
        return None if field is None else Has(field)
    state = wording.STATES.get(words)
    return None if state is None else Being(state)


def file(token: re.Match[str]) -> tuple[Named | None, int]:
    """The file that a value names, and where its name ends; None: it names none.

    Plain words behind the value belong to the name when it ends as one with them.
    """
    if token["said"] is not None:
        return _named(token["said"] + (token["more"] or "")), token.end()
    text, start = token.string, token.start("value")
    whole = _UNQUOTED.match(text, start)
    assert whole is not None
    ends = (end for end in _ends(text, whole.end()) if formats.ends_as_file(text[start:end]))
    end = whole.end() if whole[0].endswith("*") else next(ends, whole.end())
    return _named(text[start:end]), end


def called(word: str) -> Named | None:
    """The file that a word without a keyword is the name of; None: it does not look like one."""
    return _named(word) if formats.ends_as_file(word.rpartition("/")[2]) else None


def _ends(text: str, at: int) -> Iterator[int]:
    """Where a name may end whose first word ends there."""
    yield at
    for _ in range(_NAME_WORDS - 1):
        behind = _BEHIND.match(text, at)
        if behind is None or behind[0].strip() in wording.OR | wording.AND:
            return
        at = behind.end()
        yield at


def _named(text: str) -> Named | None:
    """A name as the archive keeps it: without the folders before it."""
    name = text.rpartition("/")[2].strip()
    stem = name.rstrip("*")
    return Named(stem, prefix=stem != name) if stem else None
