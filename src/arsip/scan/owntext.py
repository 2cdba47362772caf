"""Whether the text that a PDF page carries can be trusted, or the page is better looked at."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from arsip.scan.engine import Spot

GOOD = "good"
"""The verdict on words that can be used."""

LEAST_LETTERS = 20
"""Fewer letters than a one-line note has: a page number, a stamp of the scanner."""

_TEMPLATE = re.compile(r"\$\{\w+\}|\{\{\s*\w+\s*\}\}|<<\s*\w+\s*>>|«\s*\w+\s*»")
"""Place holders that e-office systems leave in the text while drawing the value over them."""

_STRANGE = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f\x7f-\x9f]")
_LATIN_WORD = re.compile(r"[^\W\d_]{2,}")
_VOWEL = re.compile(r"[aeiouyAEIOUY\u00c0-\u024f]")
_GLUED = 22
"""Letters: the longest everyday Indonesian word, ``mempertanggungjawabkan``, has as many."""

_STRANGE_SHARE = 0.05
_LETTER_SHARE = 0.35
_VOWEL_SHARE = 0.6
_GLUED_SHARE = 0.06
_DOUBLED_SHARE = 0.25
_ENOUGH_WORDS = 12


def fault(spots: Sequence[Spot]) -> str:
    """Slug of what is wrong with a page's own text; empty when it can be used.

    ``few`` too few letters, ``strange`` signs that no font maps, ``template`` place holders,
    ``words`` no sensible words, ``glued`` words without blanks, ``doubled`` every word twice.
    """
    texts = [spot.text for spot in spots]
    joined = " ".join(texts)
    letters = sum(sign.isalpha() for sign in joined)
    signs = max(1, len(joined) - joined.count(" "))
    if len(_STRANGE.findall(joined)) > _STRANGE_SHARE * signs:
        return "strange"
    if letters < LEAST_LETTERS:
        return "few"
    if _TEMPLATE.search(joined):
        return "template"
    if letters < _LETTER_SHARE * signs:
        return "words"
    return _words_fault(_LATIN_WORD.findall(joined), texts)


def _words_fault(words: Sequence[str], texts: Sequence[str]) -> str:
    if len(words) < _ENOUGH_WORDS:
        return ""
    if sum(bool(_VOWEL.search(word)) for word in words) < _VOWEL_SHARE * len(words):
        return "words"
    if sum(len(word) > _GLUED for word in words) > _GLUED_SHARE * len(words):
        return "glued"
    twice = sum(one == other and len(one) > 1 for one, other in pairwise(texts))
    if twice > _DOUBLED_SHARE * len(texts):
        return "doubled"
    return ""
