"""How like two letters are by what was read of them, and when they are one letter.

Pure. Two scans of one letter differ by what OCR made of them; two letters of one form differ by
their number, their day, a name or a sum. So a text that is near decides nothing by itself.
"""

from __future__ import annotations

import heapq
import itertools
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import Final, Literal, NamedTuple, TypeAlias

from arsip.archive import keys

KEYS: Final = 16
"""Pairs of words that stand for a letter; two scans of it share several of them."""
LONG: Final = 5
"""Signs of a word that counts in a pair: shorter ones are everywhere, and OCR loses them first."""
ENOUGH: Final = 8_000
"""Signs of a text that are looked at: the head of a long letter tells it apart."""
GRAM: Final = 4
"""Signs that are compared at once: a wrong letter spoils as many of these, not a whole word."""
NEAR: Final = 0.8
"""Likeness of two good scans of one letter."""
ALIKE: Final = (0.7, 0.5, 0.4)
"""Likeness from which on a person should look, by how many of number and date are equal."""
SLIPS: Final = 2
"""Wrong signs that OCR may leave in a number or date which it is sure of."""
STRETCH: Final = 6
"""Signs between the first wrong one and the last; where more differs it is another value."""
_FAXED: Final = re.compile(r"\A.*\bfax\b.*\d", re.IGNORECASE)
ROMAN: Final = frozenset("1")
"""What is left of a month in Roman figures once look-alikes are folded."""
WELL_READ: Final = 0.92
"""Confidence of a number and date by which letters are joined without asking."""
SIGNS: Final = 5
"""A number or date that is nearly equal has at most one wrong sign in so many."""
CERTAIN_NUMBER: Final = 0.9
CERTAIN_DATE: Final = 0.95
"""Confidence of a value in which hardly ever a figure was misread."""
CLEAN: Final = 0.985
"""Likeness of two texts in which OCR misread next to nothing: each figure counts."""
SHORT: Final = 3
"""Signs of a word that OCR does not make of specks, or of half a word."""
FIGURES: Final = 2
"""Figures that are more than a speck."""
READINGS: Final = 0.5
"""How alike two readings of one word are, at least."""

Answer: TypeAlias = Literal["same", "open", "misread", "apart"]
"""What two values say: open where one is missing or in doubt; misread where they are near."""


class Mark(NamedTuple):
    """A value that tells a letter from all others of its form: its number, or its day.

    Attributes:
        key: the value, folded for comparison.
        confidence: 0 to 1.
        fact: it is not doubtful.
        seen: it was read from an image, where a sign may be taken for another.
    """

    key: str
    confidence: float
    fact: bool
    seen: bool


class Face(NamedTuple):
    """What is compared of a letter.

    Attributes:
        number, date: as it bears them; None: none was found.
        words: of its text, folded, in reading order.
    """

    number: Mark | None
    date: Mark | None
    words: tuple[str, ...]


def words(texts: Iterable[str]) -> tuple[str, ...]:
    """The words of a letter's pages, folded so that look-alikes of OCR are equal.

    The line that a fax machine prints on top is another one each time it is sent.
    """
    said = "\n".join(_FAXED.sub("", text, count=1) for text in texts)
    return tuple(keys.alike(said[:ENOUGH]).split())


def sketch(texts: Iterable[str]) -> tuple[int, ...]:
    """Keys of a few pairs of neighbouring words, the same ones wherever the same text stands.

    The pairs whose hash is least are taken: so the choice does not hang on where a text begins.
    """
    long = [word for word in words(texts) if len(word) >= LONG]
    pairs = map(" ".join, itertools.pairwise(long))
    return tuple(heapq.nsmallest(KEYS, set(map(zlib.crc32, map(str.encode, pairs)))))


def possible(one: Face, other: Face) -> bool:
    """Whether neither number nor date speaks against one letter; texts are not looked at."""
    return "apart" not in _answers(one, other)


def agreeing(one: Face, other: Face) -> int:
    """How many of number and date are equal or nearly so, doubtful ones too."""
    pairs = ((one.number, other.number), (one.date, other.date))
    return sum(
        left is not None and right is not None and _near(left.key, right.key)
        for left, right in pairs
    )


def verdict(one: Face, other: Face) -> bool | None:
    """True: they are one letter. False: a person should look. None: they are two.

    It is sure only where number and date are facts and equal, and no name or figure stands in the
    place of another. A number or date that may be misread is excused where nothing else differs.
    """
    answers = _answers(one, other)
    if "apart" in answers or not (one.words and other.words):
        return None
    near = likeness(one.words, other.words)
    if near < ALIKE[agreeing(one, other)]:
        return None
    differs = exchanged(one.words, other.words, clean=near >= CLEAN)
    if answers == ("same", "same") and near >= NEAR and _well_read(one, other) and not differs:
        return True
    return None if "misread" in answers and differs else False


def _well_read(one: Face, other: Face) -> bool:
    marks = (one.number, one.date, other.number, other.date)
    return all(mark is not None and mark.confidence >= WELL_READ for mark in marks)


def _answers(one: Face, other: Face) -> tuple[Answer, Answer]:
    return (
        _answer(one.number, other.number, certain=CERTAIN_NUMBER),
        _answer(one.date, other.date, certain=CERTAIN_DATE),
    )


def _answer(one: Mark | None, other: Mark | None, *, certain: float) -> Answer:
    if one is None or other is None or not (one.fact and other.fact):
        return "open"
    if one.key == other.key:
        return "same"
    seen = one.seen or other.seen
    return "misread" if seen and _misread(one, other, certain=certain) else "apart"


def _misread(one: Mark, other: Mark, *, certain: float) -> bool:
    """Whether OCR may have made two values of one."""
    if min(one.confidence, other.confidence) < certain:
        return _near(one.key, other.key)
    return not _renumbered(one.key, other.key) and _slips(one.key, other.key) <= SLIPS


def _renumbered(one: str, other: str) -> bool:
    """Whether figures stand in the place of other ones: so a form goes on counting."""
    left, right = _stretch(one, other)
    if left.isdigit() and right.isdigit():
        return True
    parts, others = one.split("/"), other.split("/")
    if len(parts) != len(others):
        changes = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
        return any(left[a:b].isdigit() and right[c:d].isdigit() for _, a, b, c, d in changes[1:])
    return any(
        part != rival and part.isdigit() and rival.isdigit() and {*part, *rival} != ROMAN
        for part, rival in zip(parts, others, strict=True)
    )


def _near(one: str, other: str) -> bool:
    return _slips(one, other) * SIGNS <= max(len(one), len(other))


def _slips(one: str, other: str) -> int:
    """How many signs of the longer value the other does not have in their order."""
    left, right = _stretch(one, other)
    longer = max(len(left), len(right))
    if longer > STRETCH:
        return longer
    blocks = SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
    return longer - sum(block.size for block in blocks)


def _stretch(one: str, other: str) -> tuple[str, str]:
    """What is left of two values without the beginning and the end that they share."""
    start = _shared(one, other)
    one, other = one[start:], other[start:]
    end = _shared(one[::-1], other[::-1])
    return one[: len(one) - end], other[: len(other) - end]


def _shared(one: str, other: str) -> int:
    """With how many same signs two values begin."""
    place = 0
    for sign, rival in zip(one, other, strict=False):
        if sign != rival:
            break
        place += 1
    return place


def likeness(one: Sequence[str], other: Sequence[str]) -> float:
    """How much of two texts is the same, 0 to 1, wherever it stands."""
    left, right = _grams(one), _grams(other)
    whole = len(left) + len(right)
    return 2 * len(left & right) / whole if whole else 0.0


def _grams(words: Sequence[str]) -> set[str]:
    text = " ".join(words)
    return {text[start : start + GRAM] for start in range(len(text) - GRAM + 1)}


def exchanged(one: Sequence[str], other: Sequence[str], *, clean: bool) -> bool:
    """Whether somewhere a figure or a name stands where another one stands in the other text.

    Behind the same word of both, each has one that the other lacks, and they are no two readings
    of one word. What only one has, a stamp or a note, is not counted. In clean texts, of which OCR
    misread next to nothing, each figure counts.
    """
    left, right = Counter(one), Counter(other)
    here, there = _followers(one, left - right), _followers(other, right - left)
    return any(
        _another(word, rival, clean=clean)
        for before in here.keys() & there.keys()
        for word, rival in [(here[before], there[before])]
    )


def _followers(words: Sequence[str], own: Counter[str]) -> dict[str, str]:
    """Word that both texts have -> the word behind it that only this one has."""
    return {
        before: word
        for before, word in itertools.pairwise(words)
        if word in own and before not in own and len(before) >= SHORT
    }


def _another(word: str, rival: str, *, clean: bool) -> bool:
    figures = word.isdigit() and rival.isdigit()
    if clean and figures and len(word) == len(rival):
        return True
    if min(len(word), len(rival)) < (FIGURES if figures else LONG):
        return False
    return SequenceMatcher(None, word, rival, autojunk=False).ratio() < READINGS
