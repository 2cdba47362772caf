"""How words are taken for each other: how they look, how far they are apart, what finds them.

Of every word a few slices are kept: how it begins, and that without one of its letters. A word with
two mistakes is found from the other side: one mistake is made in every way that there is, and the
other one is left out. So eight slices a word do for what takes twenty-nine when both are left out.
"""

from __future__ import annotations

import collections
import functools
import re
import zlib
from collections.abc import Collection, Iterable, Sequence
from typing import Final

HEAD: Final = 7
"""Letters at the start of a word, as it looks, whose slices are kept."""
ONE_FROM: Final = 4
TWO_FROM: Final = 6
"""Letters from which on a word is forgiven one mistake, and from which on two."""
NEIGHBOURS: Final = 3
"""Letters at the start of a slice that tell where it is kept: most of what a word may be by two
mistakes begins as it does, so that a third fewer pages of the table are read."""
SIGNS: Final = "abdeghklmnoprstwxyz"
"""Letters that are left when those that look alike are one."""

_LETTER: Final = re.compile(r"[a-z]")
_PAIRS: Final = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("ii", "u"), ("li", "h"))
_ALIKE: Final = str.maketrans("014ij5869qcufv372", "olallsbbggentyetz")
"""Signs that recognition takes for each other."""


def looks(word: str) -> tuple[str, ...]:
    """How a word looks: signs that are taken for each other become one.

    In a second way where two signs may be one: ``cl`` is as often a misread ``el`` as a ``d``.
    """
    return tuple(dict.fromkeys(_looks(word)))


def _looks(text: str) -> tuple[str, str]:
    """How words look, sign for sign, and with two signs as the one that they may be."""
    paired = text
    for pair, one in _PAIRS:
        paired = paired.replace(pair, one)
    return text.translate(_ALIKE), paired.translate(_ALIKE)


def forgiven(look: str) -> int:
    """How many mistakes a word is forgiven that looks so; numbers none.

    None either in other scripts: letters are compared as bytes.
    """
    letters = len(_LETTER.findall(look))
    return 0 if letters < ONE_FROM else 1 if letters < TWO_FROM else 2


def most_forgiven(word: str) -> int:
    """How many mistakes a word is forgiven, by the way it looks that is forgiven most."""
    return max(map(forgiven, looks(word)))


def slices(word: str) -> set[int]:
    """What a word is kept under."""
    if not _LETTER.search(word):
        return set()
    heads = (look[:HEAD] for look in looks(word) if forgiven(look))
    return _marks(one for head in heads for one in (head, *_without(head, len(head))))


def marks(look: str, most: int) -> set[int]:
    """What all words are kept under of which so many letters differ at most, one or two.

    A letter that is left out on both sides may be another one, or have changed places with its
    neighbour; one that is left out on one side is too many.
    """
    head, shorter, longer = look[:HEAD], look[: HEAD - 1], look[: HEAD + 1]
    tries = {head, *_without(head), shorter, *_without(longer)}
    if most > 1:
        for at in range(len(head)):
            for before in _without(head[:at]):
                tries.update(_with_another(before, head[at + 1 :]))
        for one in _swapped(head):
            tries.update(_without(one))
        for at in range(len(shorter)):
            tries.update(_with_another(shorter[:at], shorter[at + 1 :]))
            tries.update(_with_another(shorter[:at], shorter[at:-1]))
        tries.update(_swapped(shorter))
        for text in (longer, look[: HEAD + 2]):
            for at, one in enumerate(_without(text)):
                tries.update(_without(one, at))
    return _marks(tries)


def near(word: str, words: Collection[str], most: int) -> dict[str, int]:
    """Word -> in how many letters it looks different, of those in which it is few enough.

    Each of the words is one line. At most so many letters differ, if the word is forgiven as many.
    """
    plain, paired = map(str.splitlines, _looks("\n".join(words)))
    alike = collections.defaultdict[int, list[tuple[str, str]]](list)
    for one, other, rival in zip(plain, paired, words, strict=True):
        alike[len(one)].append((one, rival))
        if one != other:
            alike[len(other)].append((other, rival))
    found: dict[str, int] = {}
    for look in looks(word):
        few = min(most, forgiven(look))
        for size in alike.keys() & range(len(look) - few, len(look) + few + 1) if few else ():
            far = distances(look, [other for other, _rival in alike[size]])
            for (_other, rival), cost in zip(alike[size], far, strict=True):
                if cost <= min(few, found.get(rival, few)):
                    found[rival] = cost
    return found


def distances(one: str, others: Sequence[str]) -> bytes:
    """How many letters of a word differ in others, neighbours that changed places once.

    All places of a column are counted at once, a bit each (Hyyrö 2003), and all words at once, a
    lane of bytes in one long number each.

    Args:
        one: at least a letter, at most 250.
        others: at least one; all of one length, at most 250.
    """
    size, lane, count = len(one), len(one) // 8 + 1, len(others)
    lowest = int.from_bytes((b"\1" + bytes(lane - 1)) * count, "little")
    every = lowest * ((1 << size) - 1)
    places = _places(one, lane)
    signs = "".join(others).encode("latin-1", "replace")
    more, less, same, before, farther, nearer = every, 0, 0, 0, 0, 0
    for at in range(len(others[0])):
        column = signs[at :: len(others[0])]
        seen = bytearray(lane * count)
        for byte, table in enumerate(places):
            seen[byte::lane] = column.translate(table)
        here = int.from_bytes(seen, "little")
        swapped = (here & ~same) << 1 & before
        same = (((here & more) + more ^ more) | here | less | swapped) & every
        up, down = less | every & ~(same | more), same & more
        farther += up >> size - 1 & lowest
        nearer += down >> size - 1 & lowest
        up, down = (up << 1 | lowest) & every, down << 1 & every
        more, less = down | every & ~(same | up), up & same
        before = here
    return (size * lowest + farther - nearer).to_bytes(lane * count, "little")[::lane]


@functools.lru_cache(10)
def _places(word: str, lane: int) -> list[bytes]:
    """Of each byte of a lane the table that tells at which places of a word a sign stands."""
    masks = [0] * 256
    for at, sign in enumerate(word.encode("latin-1", "replace")):
        masks[sign] |= 1 << at
    return [bytes(mask >> 8 * byte & 255 for mask in masks) for byte in range(lane)]


def _without(text: str, end: int = HEAD + 2) -> list[str]:
    """The text without one of its first letters."""
    return [text[:at] + text[at + 1 :] for at in range(min(end, len(text)))]


def _with_another(head: str, tail: str) -> list[str]:
    """Any letter between two parts of a text."""
    return [head + sign + tail for sign in SIGNS]


def _swapped(text: str) -> list[str]:
    """The text with two neighbours in each other's place."""
    return [text[:at] + text[at + 1] + text[at] + text[at + 2 :] for at in range(len(text) - 1)]


def _marks(texts: Iterable[str]) -> set[int]:
    """A number for each slice; slices that begin alike stand near each other in the table."""
    crc = zlib.crc32
    return {
        (crc(signs[:NEIGHBOURS]) & 0xFFFF) << 31 | crc(signs) & 0x7FFFFFFF
        for signs in map(str.encode, texts)
    }
