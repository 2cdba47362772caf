"""Numbers that a scan broke, mended by what the letter itself knows: its month, its letterhead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from arsip.letter.codes import known
from arsip.letter.folding import distance
from arsip.letter.months import ROMAN
from arsip.letter.numbers import dotted

ROMANS: Final = {month: roman for roman, month in ROMAN.items()}
_STROKES: Final = str.maketrans({
    "l": "I", "1": "I", "|": "I", "!": "I", "T": "I", "J": "I", "L": "I", "i": "I", "]": "I",
    "H": "II", "U": "II", "W": "VI", "Y": "V", "v": "V", "x": "X",
})  # fmt: skip
"""Letters that OCR gives for strokes standing close together."""
_CLASS: Final = r"[IVXNMHUWTLJYlvxi1|!\]]"
_TAIL: Final = re.compile(rf"(?P<head>.+)/(?P<month>{_CLASS}{{0,6}})(?P<year>/(?:19|20)\d\d)$")
_GLUED: Final = re.compile(rf"(?<=[A-Za-z]{{2}})(?P<run>{_CLASS}{{1,8}})(?P<year>/(?:19|20)\d\d)$")
_ONES: Final = re.compile(r"(?<=[A-Za-z0-9]/)(?<!^[A-Z]/)111(?=/(?:19|20)\d\d$)")
"""Between an office and the year there is no number of three figures."""
_TOKEN: Final = re.compile(r"[A-Za-z0-9|!]+")
_ATTACHED: Final = re.compile(r"(?P<name>[A-Z]{2,})(?P<mark>[-.])(?P<number>[IVXNMEl1|!]+)$")
"""A short name with the number of its unit: ``BPA-II``."""
_LETTERS: Final = str.maketrans("50861", "SOBGI")
_HALVED: Final = re.compile(r"^(\d{3}(?:\.\d+)*) (?=\d{1,5}(?:\.\d{1,2})*/)")
_WORD: Final = re.compile(r"[A-Z]+")
_LONG: Final = 4
"""Letters of a word from which on an office's short name takes its first one only."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a letter says of itself that its number repeats.

    Attributes:
        months: of its own days, 1 to 12.
        units: short names and Roman numbers of its letterhead.
    """

    months: frozenset[int]
    units: frozenset[str]


def units_of(heads: list[str]) -> frozenset[str]:
    """What the lines of a letterhead may be shortened to: initials, and their Roman numbers.

    A line that ends with a number gives initials with it too: ``BPA-III``.
    """
    return frozenset(unit for head in heads for unit in _shortened(_WORD.findall(head.upper())))


def _shortened(words: list[str]) -> Iterator[str]:
    yield from (word for word in words if word in ROMAN or len(word) <= _LONG)
    for count in range(2, len(words) + 1):
        yield "".join(word[0] for word in words[:count])
        yield "".join(word if len(word) < _LONG else word[0] for word in words[:count])
        if words[-1] in ROMAN and len(words[-1]) > 1 and count < len(words):
            yield "".join(word[0] for word in words[:count]) + f"-{words[-1]}"


def mended(value: str, known: Known) -> str:
    """A scan's number with the dots, the month and the office's short name that it lost."""
    return dotted(_pointed(_month(_named(value, known), known)))


def _pointed(value: str) -> str:
    """Dots between short names, and that of the filing code or the stroke behind it."""
    value = re.sub(r"(?<=[A-Za-z])(?:,\s?|\.\s)(?=[A-Za-z]+/)", ".", value)
    value = re.sub(r"(?<=\d\d) (?=\d{2,5}/)", ".", value) if value.count("/") > 1 else value
    match = _HALVED.match(value)
    if match is None:
        return value
    dotted_code = value.partition("/")[0].replace(" ", ".")
    return value.replace(" ", "." if known(dotted_code) else "/", 1)


def _named(value: str, known: Known) -> str:
    """Short names and Roman numbers of the letterhead spelled as it spells them."""
    parts = (
        _ATTACHED.sub(
            lambda match: _numbered(match, known),
            _TOKEN.sub(lambda match: _token(match[0], known), part),
        )
        if re.search(r"[A-Za-z]{2}", part)
        else part
        for part in value.split("/")
    )
    return "/".join(parts)


def _numbered(match: re.Match[str], known: Known) -> str:
    """A unit with the Roman number that the letterhead gives it, when a stroke of it was lost."""
    named = f"{match['name']}-"
    numbers = [unit.removeprefix(named) for unit in known.units if unit.startswith(named)]
    if len(numbers) != 1:
        return match[0]
    read = _readings(match["number"].replace("E", "I"))
    lost = any(
        len(one) <= len(numbers[0]) and distance(one, numbers[0], most=1) <= 1 for one in read
    )
    return f"{match['name']}{match['mark']}{numbers[0]}" if lost else match[0]


def _token(token: str, known: Known) -> str:
    roman = _readings(token) & known.units & ROMAN.keys() if len(token) > 1 else None
    if roman:
        return max(roman)
    letters = token.translate(_LETTERS)
    return letters if letters != token and letters in known.units else token


def _readings(strokes: str) -> set[str]:
    """What Roman numbers some letters may be, when all of them are strokes."""
    plain = strokes.translate(_STROKES)
    return {
        plain.replace("N", pair).replace("M", three)
        for pair in (("II", "IV", "V") if "N" in plain else ("",))
        for three in (("III", "II") if "M" in plain else ("",))
    }


def _month(value: str, known: Known) -> str:
    """The month before the year, as the letter's own day has it."""
    value = _ONES.sub("III", value)
    if len(known.months) != 1 or value.count("/") < 2:
        return value
    roman = ROMANS[min(known.months)]
    match = _TAIL.match(value)
    if match is None:
        return _parted(value, roman)
    if not match["month"]:  # a single stroke between two others is easily overlooked
        return f"{match['head']}/I{match['year']}" if roman == "I" else value
    same = "/" in match["head"] and roman in _readings(match["month"])
    return f"{match['head']}/{roman}{match['year']}" if same else value


def _parted(value: str, roman: str) -> str:
    """The month parted from the office where the stroke between was misread: ``SETDANII/2020``."""
    match = _GLUED.search(value)
    if match is None:
        return value
    for start in range(match.start("run"), match.end("run") - 1):  # many offices end with M or H
        read = _readings(value[start : match.end("run")])
        if f"I{roman}" in read or (roman in read and roman != "I"):
            return f"{value[:start]}/{roman}{match['year']}"
    return value
