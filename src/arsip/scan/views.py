"""A line of print shown three times, each time a little otherwise, and what was read in most.

What one view makes of a crossed letter is a guess that looks like any other; what all of them make
of it is seldom wrong, even where the engine was sure of none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import zip_longest

from PIL import Image

from arsip.scan.again import is_word
from arsip.scan.engine import Spot

_WIDER = 1.12
_CUT = 0.07
"""Share of the height that is cut above and below: what is left is shown larger."""
_COUNT = 3
_DOUBTFUL = 0.9
"""Confidence of a word below which other views are worth their time."""
_ALIKE = 0.75
"""Confidence in a word that was read alike in all views: of 16 of which the engine itself was less
sure in each, 14 were right (two models, 134 names)."""
_MOST, _ONE = 0.85, 0.4
"""What is left of the confidence in a word that most views agree on, or only one has."""
_UNSEEN = 0.3
"""Least weight of a reading when they are counted: all may be sure of nothing."""


def is_worth_more(plain: Sequence[Spot]) -> bool:
    """Whether the plain view of a line shows words, some of them in doubt."""
    words = [word for word in plain if is_word(word)]
    sure = [word.confidence >= _DOUBTFUL for word in words]
    return any(sure) and not all(sure)


def other_views(line: Image.Image) -> Iterator[Image.Image]:
    """The line drawn out, and without its edges."""
    yield line.resize((round(line.width * _WIDER), line.height), Image.Resampling.BICUBIC)
    cut = round(line.height * _CUT)
    yield line.crop((0, cut, line.width, line.height - cut))


def agreed(plain: Sequence[Spot], wide: Sequence[Spot], cut: Sequence[Spot]) -> list[Spot]:
    """The words of a line, placed across as in its plain view, by what was read in most views.

    Args:
        plain: what was read of the line as it is.
        wide: of the first of its ``other_views``.
        cut: of the second.
    """
    wide = [replace(word, left=word.left / _WIDER, right=word.right / _WIDER) for word in wide]
    every = (plain, wide, cut)
    texts = [" ".join(word.text for word in words) for words in every]
    alike = [sum(SequenceMatcher(None, one, other).ratio() for other in texts) for one in texts]
    return [_counted(word, every) for word in every[alike.index(max(alike))]]


def _counted(word: Spot, readings: Sequence[Sequence[Spot]]) -> Spot:
    """The word as most readings have it at its place, and how sure that makes it."""
    votes = defaultdict[str, float](float)
    sure = defaultdict[str, list[float]](list)
    for words in readings:
        for other in words:
            if _meet(word, other):
                votes[other.text] += max(other.confidence, _UNSEEN)
                sure[other.text].append(other.confidence)
    text = max(votes, key=votes.__getitem__)
    best, count = max(sure[text]), len(sure[text])
    if count == _COUNT:
        confidence = max(best, _ALIKE)
    else:
        confidence = best * (_MOST if count * 2 > _COUNT else _ONE)
    return replace(word, text=text, confidence=confidence)


def _meet(one: Spot, other: Spot) -> bool:
    """Whether each has its middle within the other."""
    return (
        one.left <= (other.left + other.right) / 2 <= one.right
        and other.left <= (one.left + one.right) / 2 <= other.right
    )


def in_turn(words: Sequence[Spot]) -> Iterator[Spot]:
    """The words of a line, each from where the one before ends: their boxes overlap."""
    end = 0.0
    for word, after in zip_longest(words, words[1:]):
        left = max(end, word.left)
        right = min(word.right, after.left) if after and after.left > left else word.right
        end = max(left + 1, right)
        yield replace(word, left=left, right=end)
