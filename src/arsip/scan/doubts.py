"""What a person should know of a page while its paper is still at hand."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final

from arsip.model import PENDING, Doubt, PageText, Word

THOUSAND: Final = 1000

UNSURE: Final = 0.75
"""Mean confidence of a page's words below which it is told as hardly legible."""

FAINT: Final = 0.5
"""Depth of ink from which a page that reads badly is told as faint; see ink.py."""
FAINT_BELOW: Final = 0.88
"""Confidence below which it does: most faint pages read as well as others once cleaned up."""
_PRINTED: Final = 50
"""Words below which there is too little ink on a page to tell its depth."""

EDGE: Final = 2
"""In 1/1000 of the page: print that comes so near to an edge goes on beyond it."""
CUT_LINES: Final = 3
"""So many lines that run over the left or right edge are no dirt on the glass."""
CUT_WORDS: Final = 3
"""The same of words that run over the upper or lower edge; what is cut in half is seldom read with
confidence, so of doubtful ones it takes more."""
CUT_HALVES: Final = 5
_LEAST_LETTERS: Final = 2
_SURE: Final = 0.5


def doubts(page: PageText) -> tuple[Doubt, ...]:
    """The doubts about one page; none about one that came out well.

    A page of which nothing was read gives that one alone.
    """
    if page.unread:
        return (_unread(page),)
    if page.blank:
        return (Doubt(page.number, "blank" if page.empty else "wordless"),)
    return tuple(Doubt(page.number, *reason) for reason in _reasons(page))


def _unread(page: PageText) -> Doubt:
    if page.unread == PENDING:
        return Doubt(page.number, "pending")
    return Doubt(page.number, "unread", page.unread)


def _reasons(page: PageText) -> Iterator[tuple[str, str]]:
    if page.origin == "ocr":
        if _faint(page):
            yield "faint", ""
        elif page.confidence < UNSURE:
            yield "unsure", ""
        if _cut_off(page):
            yield "cut_off", ""
    if page.turn:
        yield "turned", str(page.turn)


def _faint(page: PageText) -> bool:
    badly = page.confidence < FAINT_BELOW and page.treatment.depth >= FAINT
    return badly and sum(1 for _word in page.words) >= _PRINTED


def _cut_off(page: PageText) -> bool:
    """Whether print runs over an edge; the edge of a photo is not that of the sheet."""
    if "flattened" in page.treatment.steps:
        return False
    lines = [found for line in page.lines if (found := [w for w in line if _is_print(w)])]
    sure = [[word for word in line if word.confidence >= _SURE] for line in lines]
    slack = EDGE + _lean(page)
    left = sum(any(word.box.left <= slack for word in line) for line in sure)
    right = sum(any(word.box.right >= THOUSAND - slack for word in line) for line in sure)
    words = [word for line in lines for word in line]
    return (
        max(left, right) >= CUT_LINES
        or _row_cut([word for word in words if word.box.top <= EDGE])
        or _row_cut([word for word in words if word.box.bottom >= THOUSAND - EDGE])
    )


def _lean(page: PageText) -> float:
    """How far the edge of the image moved from the edge of the page when it was straightened."""
    if not page.width:
        return 0.0
    return abs(math.tan(math.radians(page.skew))) * page.height / page.width * THOUSAND / 2


def _row_cut(words: Sequence[Word]) -> bool:
    sure = sum(word.confidence >= _SURE for word in words)
    return sure >= CUT_WORDS or len(words) >= CUT_HALVES


def _is_print(word: Word) -> bool:
    return sum(sign.isalnum() for sign in word.text) >= _LEAST_LETTERS
