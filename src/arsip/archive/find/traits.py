"""What a part of a query is like, without asking the index: whether it can lead, what it costs."""

from __future__ import annotations

from typing import Final

from arsip.archive import keys
from arsip.archive.find import stretches
from arsip.archive.find.parts import (
    Being,
    Coded,
    Dated,
    Every,
    Forms,
    Has,
    Not,
    Numbered,
    OneOf,
    OnPage,
    Part,
    Says,
    Text,
    choices,
)
from arsip.archive.find.stretches import Stretch
from arsip.fields import DATE_OF_LETTER

WORDED: Final = (Text, Forms, Says, Coded, Numbered)
"""Parts whose rows the index gives in order."""


def stepped(part: Part) -> bool:
    """Whether a part is looked for step by step: words side by side, each of which is common."""
    return isinstance(part, Text) and not part.prefix and " " in keys.words(part.text)


def words_of(form: Part) -> frozenset[str]:
    """The words any of which is the form; none when a row with one of them need not be one."""
    match form:
        case Text(text, prefix=False):
            spelled = [keys.words(text)]
        case Forms(forms=forms, unless=""):
            spelled = list(map(keys.words, forms))
        case _:
            return frozenset()
    return frozenset() if any(" " in one for one in spelled) else frozenset(spelled)


def is_one_word(form: Part) -> bool:
    """Whether it is a single word, whole and in one form."""
    return isinstance(form, Text) and not form.prefix and " " not in keys.words(form.text)


def several(part: Part) -> bool:
    """Whether several words are asked for, other forms of which answer too."""
    parts = part.parts if isinstance(part, Every) else ()
    loose = (any(isinstance(one, Text) and one.loose for one in choices(part)) for part in parts)
    return sum(loose) > 1


def can_lead(part: Part) -> bool:
    """Whether a part can lead: the index lists its letters without looking at all others."""
    if isinstance(part, OneOf | Every):
        return bool(part.parts) and all(map(can_lead, part.parts))
    return isinstance(part, WORDED)


def narrowed(part: Every, within: Stretch) -> tuple[Stretch, list[Part]]:
    """The stretch by the days that are asked for, and the parts that are left."""
    rest: list[Part] = []
    for one in part.parts:
        if isinstance(one, Dated) and one.field is DATE_OF_LETTER:
            within = stretches.days(one, within)
        else:
            rest.append(one)
    return within, rest


_COSTS: Final = (
    Numbered, Says, Coded, Text, Forms, OneOf, Dated, OnPage, Has, Being, Every, Not,
)  # fmt: skip


def cost(part: Part) -> int:
    """Where a part stands in the order of asking: what finds little comes first."""
    return _COSTS.index(type(part))
