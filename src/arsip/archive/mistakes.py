"""How words are taken for each other: how they look, how far they are apart, what finds them.

Of every word a few slices are kept: how it begins, and that without one of its letters. A word with
two mistakes is found from the other side: one mistake is made in every way that there is, and the
other one is left out. So seven slices a word do for what takes twenty-nine when both are left out.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from typing import Final

HEAD: Final = 6
"""Letters at the start of a word, as it looks, whose slices are kept."""
SHORT: Final = 6
"""Letters from which on a word is forgiven two mistakes; from ONE on it is forgiven one."""
ONE: Final = 4
SIGNS: Final = "abdeghklmnoprstwxyz"
"""Letters that are left when those that look alike are one."""
BESIDE: Final = 2
"""Letters behind a mistake in which the other one may still be."""

_LETTER: Final = re.compile(r"[^\W\d_]")
_PAIRS: Final = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("ii", "u"), ("li", "h"))
_ALIKE: Final = str.maketrans("014ij5869qcufv372", "olallsbbggentyetz")
"""Signs that recognition takes for each other."""
_BITS: Final = 0x7FFFFFFF


def looked(word: str) -> str:
    """How a word looks: signs that are taken for each other become one."""
    for pair, one in _PAIRS:
        word = word.replace(pair, one)
    return word.translate(_ALIKE)


def forgiven(looks: str) -> int:
    """How many mistakes a word is forgiven; numbers none."""
    letters = len(_LETTER.findall(looks))
    return 0 if letters < ONE else 1 if letters < SHORT else 2


def slices(word: str) -> set[int]:
    """What a word is kept under."""
    looks = looked(word)
    if not forgiven(looks) or not _LETTER.search(word):
        return set()
    head = looks[:HEAD]
    return set(map(_mark, (head, *_without(head, len(head)))))


def marks(looks: str) -> set[int]:
    """What all words are kept under from which as many letters differ as are forgiven."""
    most = forgiven(looks)
    tries: set[str] = set()
    for beginning in {looks[: HEAD + by] for by in range(-most, most + 1)}:
        tries.add(beginning)
        tries.update(_without(beginning, HEAD))
        if most > 1:
            tries.update(_mistaken(beginning))
    least = min(HEAD, len(looks) - most) - 1
    return {_mark(one) for one in tries if least <= len(one) <= HEAD}


def distance(one: str) -> Callable[[str], int]:
    """How many letters of a word another one differs in, neighbours that changed places once.

    All places of a column are counted at once, a bit each (Hyyrö 2003).
    """
    places: dict[str, int] = {}
    for at, sign in enumerate(one):
        places[sign] = places.get(sign, 0) | 1 << at
    size, every, last = len(one), (1 << len(one)) - 1, 1 << len(one) >> 1

    def measured(other: str) -> int:
        if not one:
            return len(other)
        more, less, same, before, score = every, 0, 0, 0, size
        for sign in other:
            here = places.get(sign, 0)
            swapped = (~same & here) << 1 & before
            same = ((here & more) + more ^ more) | here | less | swapped
            up, down = less | ~(same | more), same & more
            score += bool(up & last) - bool(down & last)
            up, down = up << 1 | 1, down << 1
            more, less = (down | ~(same | up)) & every, up & same & every
            before = here
        return score

    return measured


def _without(text: str, end: int) -> list[str]:
    """The text without one of its first letters."""
    return [text[:at] + text[at + 1 :] for at in range(min(end, len(text)))]


def _mistaken(text: str) -> list[str]:
    """The text with one mistake, and each of those without one of the letters before it."""
    tries: list[str] = []
    for at in range(len(text) + 1):
        head, tail = text[:at], text[at:]
        made = [*_with_another(head, tail), head + tail[1:], head + tail[1:2] + tail[:1] + tail[2:]]
        tries += made
        for out in range(at + BESIDE):
            tries += [one[:out] + one[out + 1 :] for one in made]
    return tries


def _with_another(head: str, tail: str) -> list[str]:
    """A letter more between two parts of a text, or another one; none that is too long then."""
    size = len(head) + len(tail)
    more = [head + sign + tail for sign in SIGNS] if size <= HEAD else []
    return more + [head + sign + tail[1:] for sign in SIGNS] if tail and size <= HEAD + 1 else more


def _mark(text: str) -> int:
    return zlib.crc32(text.encode()) & _BITS
