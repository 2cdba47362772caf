"""What a word, or a number, may have been meant to be when a finger slipped."""

from __future__ import annotations

import itertools
import re
import string
from collections.abc import Iterator
from typing import Final

_ALIKE: Final = (
    "qw", "we", "er", "rt", "ty", "yu", "ui", "io", "op",
    "as", "sd", "df", "fg", "gh", "hj", "jk", "kl",
    "zx", "xc", "cv", "vb", "bn", "nm",
    "qa", "wsa", "esd", "rdf", "tfg", "ygh", "uhj", "ijk", "okl", "pl",
    "az", "szx", "dxc", "fcv", "gvb", "hbn", "jnm", "km",
    "aiueo", "pbdt", "kgq", "fvp", "szc", "ceo", "nmhu", "ilt",
)  # fmt: skip
"""Letters beside each other on the keyboard, and letters that sound or look alike."""
_MEETING: Final = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
"""Where a letter and a digit meet in a number."""


def slips(word: str) -> Iterator[str]:
    """Words one slip of the finger away: two letters swapped, one lost, wrong or too many."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    swapped = (left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1)
    lost = (left + right[1:] for left, right in cuts if right)
    signs = string.ascii_lowercase
    wrong = (left + sign + right[1:] for left, right in cuts if right for sign in _beside(right[0]))
    missing = (left + sign + right for left, right in cuts for sign in signs)
    return iter(dict.fromkeys(itertools.chain(swapped, lost, wrong, missing)))


def _beside(sign: str) -> str:
    """The letters that a finger or an eye takes for one: beside it on the keyboard, or alike."""
    return "".join(some for some in _ALIKE if sign in some)


def otherwise(number: str) -> Iterator[str]:
    """A number with one to three zeros before it, or with a dash between letters and digits."""
    if "1" <= number[0] <= "9":
        yield from (zeros + number for zeros in ("0", "00", "000"))
    parted = _MEETING.sub("-", number)
    if parted != number:
        yield parted
