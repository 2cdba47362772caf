"""Names of subfolders as fields: ``{sender}/{date:%Y-%m-%d}`` and what such a rule gives."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from arsip.fields import BY_KEYWORD, DATE_OF_LETTER, Field

_PIECE: Final = re.compile(
    r"\{(?P<field>\w+)(?::(?P<form>[^{}]*))?\}|(?P<any>\*)|(?P<text>[^{}*]+)"
)
_DAY: Final = (("%Y", "%y"), ("%m", "%b", "%B"), ("%d",))
"""What a form must name, one of each, to name a day."""


class Place(NamedTuple):
    """A field within the name of a subfolder; form: how its date is written, empty: any way."""

    field: Field[Any]
    form: str


class Level(NamedTuple):
    """What the names of one level of subfolders are like."""

    pattern: re.Pattern[str]
    places: tuple[Place, ...]


class Rule(NamedTuple):
    """A level a part, from the scan folder downwards."""

    levels: tuple[Level, ...] = ()

    def values(self, names: Sequence[str]) -> Mapping[Field[Any], Any]:
        """The fields that the names of the subfolders above a file give.

        Names that are not as the rule says give nothing, nor do those below them; what a name
        gives that does not fit its field is left out, and a year is no day.
        """
        found: dict[Field[Any], Any] = {}
        for level, name in zip(self.levels, names, strict=False):
            match = level.pattern.fullmatch(name)
            if match is None:
                break
            found.update(_given(level.places, match.groups()))
        return found


def rule(text: str) -> Rule:
    """The rule that a person wrote; an empty one gives no field.

    Raises:
        ValueError: it is none, or names no field; the argument is the part that is meant.
    """
    parts = [part for part in text.split("/") if part]
    return Rule(tuple(map(_level, parts)))


def _level(part: str) -> Level:
    pattern, places, end = "", [], 0
    for piece in _PIECE.finditer(part):
        if piece.start() != end:
            raise ValueError(part)
        end = piece.end()
        if piece["field"] is not None:
            places.append(_place(piece["field"].lower(), piece["form"] or "", part))
            pattern += "(.+?)"
        else:
            pattern += ".*" if piece["any"] else re.escape(piece["text"])
    if end != len(part):
        raise ValueError(part)
    return Level(re.compile(pattern, re.IGNORECASE | re.DOTALL), tuple(places))


def _place(name: str, form: str, part: str) -> Place:
    field = BY_KEYWORD.get(name)
    if field is None or (form and field.kind is not DATE_OF_LETTER.kind):
        raise ValueError(part)
    try:
        dt.datetime.strptime(dt.date(2024, 3, 15).strftime(form), form)  # noqa: DTZ007 - a day
    except ValueError:
        raise ValueError(part) from None
    return Place(field, form)


def _given(places: Sequence[Place], texts: Sequence[str]) -> Iterator[tuple[Field[Any], Any]]:
    for place, text in zip(places, texts, strict=True):
        written = " ".join(text.replace("_", " ").split()) if " " not in text else text
        try:
            value = _dated(text, place.form) if place.form else place.field.kind.parse(written)
        except ValueError:
            continue
        if value is not None:
            yield place.field, value


def _dated(text: str, form: str) -> dt.date | None:
    """The day in a form; None: the form names no whole day.

    Raises:
        ValueError: the text is not of the form.
    """
    day = dt.datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
    return day if all(any(sign in form for sign in signs) for signs in _DAY) else None
