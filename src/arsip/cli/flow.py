"""Styled text broken into lines that fit the terminal."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Literal, TypeAlias

Style: TypeAlias = Literal["", "strong", "faint"]
Run: TypeAlias = tuple[str, Style]
"""A piece of text in one style."""

NARROWEST: Final = 20
"""Columns that a line takes even where the terminal has fewer."""


def lines(runs: Iterable[Run], *, width: int, indent: int = 0) -> Iterator[tuple[Run, ...]]:
    """Lines of so many columns, broken between words, all but the first indented."""
    signs = [(sign, style) for text, style in runs for sign in text]
    room = max(width, NARROWEST)
    before = ""
    while signs:
        end = _end(signs, room - len(before))
        yield ((before, ""), *_joined(signs[:end]))
        while end < len(signs) and signs[end][0] == " ":
            end += 1
        signs = signs[end:]
        before = " " * indent


def _end(signs: Sequence[tuple[str, Style]], room: int) -> int:
    """How many signs the line takes: up to the last gap that fits, else all that fit."""
    columns = 0
    gap = 0
    for place, (sign, _style) in enumerate(signs):
        if sign == " ":
            gap = place
        columns += _columns(sign)
        if columns > room:
            return gap or max(place, 1)
    return len(signs)


def _columns(sign: str) -> int:
    if sign.isascii():
        return 1
    return 2 if unicodedata.east_asian_width(sign) in "WF" else int(not unicodedata.combining(sign))


def _joined(signs: Sequence[tuple[str, Style]]) -> Iterator[Run]:
    for style, group in itertools.groupby(signs, key=lambda pair: pair[1]):
        yield "".join(sign for sign, _style in group), style
