"""The stem of an Indonesian word: what undangan, mengundang and diundang have in common.

Stems are for comparison: words of one family fold to one stem, and words that only look alike do
not. Affixes are taken off in every way that the rules of the language allow; of the roots that are
known (roots.txt) the longest wins. A word of an unknown root loses affixes only where what is left
still looks like a word.
"""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import Final

ROOTS: Final = Path(__file__).with_name("roots.txt")

SHORTEST: Final = 4
"""Letters of a word that has affixes, and of what is left of a word of an unknown root."""
LONGEST: Final = 32
"""Letters of a word that is looked at: what is longer are words that a scan ran together."""

_PREFIXES: Final = (
    "menge", "penge", "meng", "peng", "men", "pen", "mem", "pem", "me", "pe",
    "di", "ke", "se", "ber", "be", "ter", "te", "per",
)  # fmt: skip
_TAKING: Final = {
    "k": ("meng", "peng"), "p": ("mem", "pem"), "s": ("meny", "peny"), "t": ("men", "pen"),
}  # fmt: skip
"""The letter of the root that a prefix may take -> prefixes that do."""
_TAKEN: Final = {
    prefix[-1]: ("", taken) for taken, prefixes in _TAKING.items() for prefix in prefixes
}
"""The last letter of prefixes -> what they may have taken of the root."""
_SPECIAL: Final = {"bel": "ajar", "pel": "ajar", "pembel": "ajar"}
"""Prefixes that the rules do not explain -> the root that has them."""
_ENDINGS: Final = ("nya", "lah", "kah", "pun", "ku", "mu")
_SUFFIXES: Final = ("kan", "an", "i")
_MODERN: Final = {
    "oe": "u", "tj": "c", "dj": "j", "nj": "ny", "sj": "sy", "ch": "kh", "j": "y",
}  # fmt: skip
"""Spelling before 1972 -> of today."""
_OLD: Final = "|".join(_MODERN)
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_NO_VOWELS: Final = dict.fromkeys(map(ord, "aeiou"))

_GUESSED: Final = (
    (("meng", "peng"), "aeioughk", ""),
    (("meny", "peny"), "aeiou", "s"),
    (("men", "pen"), "aeiou", "t"),
    (("men", "pen"), "cdjstz", ""),
    (("mem", "pem"), "aeiou", "p"),
    (("mem", "pem"), "bfpv", ""),
    (("ber", "ter", "per", "di"), _LETTERS, ""),
    (("me", "pe"), "lrwy", ""),
)
"""Prefixes of a word of an unknown root, the letters they stand before, and the letter that they
most likely took."""


@functools.cache
def roots() -> frozenset[str]:
    """The roots that are known."""
    return frozenset(ROOTS.read_text("ascii").split())


def stem(word: str) -> str:
    """The stem of a word in lower case without accents; what is no Indonesian word is its own.

    ``mengirimkan`` and ``pengiriman`` give ``kirim``; ``pemerintah`` does not give ``perintah``.
    """
    known = roots()
    if word in known or not SHORTEST <= len(word) <= LONGEST:
        return word
    if not (word.isascii() and word.isalpha() and word.islower()):
        return word
    root = _root(word)
    if not root and any(old in word for old in _MODERN):
        modern = re.sub(_OLD, lambda found: _MODERN[found[0]], word)
        root = modern if modern in known else _root(modern)
    return root or _guessed(word)


def _root(word: str) -> str:
    """The longest root that is known of the word, or an empty string."""
    known, best = roots(), ""
    for bare in _without_endings(word):
        starts = len(bare) - len(best) + 1 if bare.startswith(_PREFIXES) else 1
        for start in range(starts):
            left = bare[start:]
            for taken in _TAKEN.get(bare[start - 1 : start], ("",)):
                root = taken + left
                if (
                    root in known
                    and len(root) > len(best)
                    and _may_precede(bare[:start], taken, root)
                ):
                    best = root
    return best


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


def _may_precede(prefixes: str, taken: str, root: str) -> bool:
    """Whether prefixes may stand before a root of which they took a letter."""
    if _SPECIAL.get(prefixes) == root:
        return True
    if not taken:
        return _stacked(prefixes)
    return any(
        prefixes.endswith(last) and _stacked(prefixes.removesuffix(last)) for last in _TAKING[taken]
    )


@functools.lru_cache(maxsize=4_096)
def _stacked(text: str) -> bool:
    """Whether a text is prefixes, one behind the other."""
    return not text or any(
        text.startswith(one) and _stacked(text.removeprefix(one)) for one in _PREFIXES
    )


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
    for prefixes, before, taken in _GUESSED if bare.startswith(_PREFIXES) else ():
        for prefix in prefixes:
            left = bare.removeprefix(prefix)
            if left != bare and left[:1] in before:
                return _left(bare, taken + left)
    if bare.startswith("ke") and word.endswith("an"):
        return _left(bare, bare[2:])
    return bare


def _left(word: str, shorter: str) -> str:
    """The shorter word, if it still looks like one."""
    if len(shorter) < SHORTEST:
        return word
    vowels = len(shorter) - len(shorter.translate(_NO_VOWELS))
    return shorter if vowels > 1 else word
