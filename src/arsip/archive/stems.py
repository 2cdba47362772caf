"""The stem of an Indonesian word: what undangan, mengundang and diundang have in common.

Stems are for comparison: words of one family fold to one stem, and words that only look alike do
not. Affixes are taken off in every way that the rules of the language allow; of the roots that are
known (roots.txt) the longest wins. A word of an unknown root loses affixes only where what is left
still looks like a word.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

ROOTS: Final = Path(__file__).with_name("roots.txt")

SHORTEST: Final = 4
"""Letters of a word that has affixes, and of what is left of a word of an unknown root."""
LONGEST: Final = 32
"""Letters of a word that is looked at: what is longer are words that a scan ran together."""

_PREFIXES: Final = "menge|penge|meng|peng|men|pen|mem|pem|me|pe|di|ke|se|ber|be|ter|te|per"
_BEFORE: Final = {
    "": re.compile(f"(?:{_PREFIXES})*"),
    "k": re.compile(f"(?:{_PREFIXES})*(?:meng|peng)"),
    "p": re.compile(f"(?:{_PREFIXES})*(?:mem|pem)"),
    "s": re.compile(f"(?:{_PREFIXES})*(?:meny|peny)"),
    "t": re.compile(f"(?:{_PREFIXES})*(?:men|pen)"),
}
"""The letter of the root that a prefix took -> prefixes that may stand before what is left."""
_SPECIAL: Final = {"bel": "ajar", "pel": "ajar", "pembel": "ajar"}
"""Prefixes that the rules do not explain -> the root that has them."""
_ENDINGS: Final = ("nya", "lah", "kah", "pun", "ku", "mu")
_SUFFIXES: Final = ("kan", "an", "i")
_MODERN: Final = {
    "oe": "u", "tj": "c", "dj": "j", "nj": "ny", "sj": "sy", "ch": "kh", "j": "y",
}  # fmt: skip
"""Spelling before 1972 -> of today."""
_OLD: Final = re.compile("|".join(_MODERN))
_VOWEL: Final = re.compile("[aeiou]")
_WORD: Final = re.compile(r"[a-z]+")

_GUESSED: Final = (
    (re.compile(r"(?:meng|peng)(?=[aeioughk])"), ""),
    (re.compile(r"(?:meny|peny)(?=[aeiou])"), "s"),
    (re.compile(r"(?:men|pen)(?=[aeiou])"), "t"),
    (re.compile(r"(?:men|pen)(?=[cdjstz])"), ""),
    (re.compile(r"(?:mem|pem)(?=[aeiou])"), "p"),
    (re.compile(r"(?:mem|pem)(?=[bfpv])"), ""),
    (re.compile(r"ber|ter|per|di|(?:me|pe)(?=[lrwy])"), ""),
)
"""Prefixes of a word of an unknown root, each with the letter that it most likely took."""


@functools.cache
def roots() -> frozenset[str]:
    """The roots that are known."""
    return frozenset(ROOTS.read_text("ascii").split())


def stem(word: str) -> str:
    """The stem of a word in lower case without accents; what is no Indonesian word is its own.

    ``mengirimkan`` and ``pengiriman`` give ``kirim``; ``pemerintah`` does not give ``perintah``.
    """
    known = roots()
    if word in known or not SHORTEST <= len(word) <= LONGEST or not _WORD.fullmatch(word):
        return word
    root = _root(word)
    if not root and _OLD.search(word):
        modern = _OLD.sub(lambda found: _MODERN[found[0]], word)
        root = modern if modern in known else _root(modern)
    return root or _guessed(word)


def _root(word: str) -> str:
    """The longest root that is known of the word, or an empty string."""
    cut, best = _cut_roots(), ""
    for bare in _without_endings(word):
        for start in range(len(bare) - len(best) + 1):
            for taken in cut.get(bare[start:], ()):
                root = taken + bare[start:]
                if len(root) > len(best) and _may_precede(bare[:start], taken, root):
                    best = root
    return best


@functools.cache
def _cut_roots() -> Mapping[str, tuple[str, ...]]:
    """What is left of a root in a word -> the letters that a prefix may have taken from it."""
    cut: dict[str, tuple[str, ...]] = {}
    for root in roots():
        for taken in _BEFORE:
            if root.startswith(taken):
                left = root.removeprefix(taken)
                cut[left] = (*cut.get(left, ()), taken)
    return cut


def _without_endings(word: str) -> dict[str, None]:
    """The word, and what is left of it without one, two or three of its endings."""
    bare = {word: None}
    for ending in _ENDINGS:
        if word.endswith(ending):
            bare[word.removesuffix(ending)] = None
    for longer in tuple(bare):
        for ending in _SUFFIXES:
            if longer.endswith(ending):
                bare[longer.removesuffix(ending)] = None
    return bare


@functools.lru_cache(maxsize=4_096)
def _may_precede(prefixes: str, taken: str, root: str) -> bool:
    """Whether prefixes may stand before a root of which they took a letter."""
    return _BEFORE[taken].fullmatch(prefixes) is not None or _SPECIAL.get(prefixes) == root


def _guessed(word: str) -> str:
    """The word of an unknown root without the affixes that it most likely has."""
    bare = word
    for ending in ("nya", "lah", "kah"):
        bare = _left(bare, bare.removesuffix(ending))
    for ending in ("kan", "an"):
        shorter = _left(bare, bare.removesuffix(ending))
        if shorter != bare:
            bare = shorter
            break
    for prefix, taken in _GUESSED:
        found = prefix.match(bare)
        if found:
            return _left(bare, taken + bare[found.end() :])
    if bare.startswith("ke") and word.endswith("an"):
        return _left(bare, bare[2:])
    return bare


def _left(word: str, shorter: str) -> str:
    """The shorter word, if it still looks like one."""
    like_a_word = len(shorter) >= SHORTEST and len(_VOWEL.findall(shorter)) > 1
    return shorter if like_a_word else word
