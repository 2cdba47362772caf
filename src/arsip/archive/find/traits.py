"""What a part of a query is like, without asking the index: whether it can lead, what it costs."""

from __future__ import annotations

import functools
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
    Named,
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
from arsip.fields import DATE_OF_LETTER, LETTER_NUMBER, RECIPIENT, SENDER, SUBJECT

WORDED: Final = (Text, Forms, Says, Coded, Numbered)
"""Parts whose rows the index gives in order."""

_COLUMNS: Final = {
    LETTER_NUMBER: "number",
    SUBJECT: "subject",
    SENDER: "sender",
    RECIPIENT: "recipient",
}
"""Fields with a column of the cards of their own."""


def stepped(part: Part) -> bool:
    """Whether a part is looked for step by step: words side by side, each of which is common."""
    return isinstance(part, Text) and not part.prefix and " " in keys.words(part.text)


@functools.lru_cache(100)
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


def is_words(part: Part) -> bool:
    """Whether it is words, in any form, and nothing else."""
    return all(isinstance(one, Text | Forms) for one in choices(part))


def typed_words(part: Part) -> frozenset[str]:
    """All words that were typed, those too that may be meant otherwise; folded."""
    if isinstance(part, OneOf | Every):
        return frozenset().union(*map(typed_words, part.parts))
    return frozenset({keys.words(part.text)} if isinstance(part, Text) else ())


def only_words(part: Part) -> list[str]:
    """The words that a letter must say, where it cannot be of the days or kind they name."""
    parts = part.parts if isinstance(part, Every) else (part,)
    some = (choices(one)[0] for one in parts if is_words(one))
    return [one.text for one in some if isinstance(one, Text)]


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


def asks_for_file(part: Part) -> bool:
    """Whether letters are asked for by the name of their file."""
    if isinstance(part, OneOf | Every):
        return any(map(asks_for_file, part.parts))
    return isinstance(part, Named)


def narrowed(part: Every, within: Stretch) -> tuple[Stretch, list[Part]]:
    """The stretch by the days that are asked for, and the parts that are left."""
    rest: list[Part] = []
    for one in part.parts:
        if isinstance(one, Dated) and one.field is DATE_OF_LETTER:
            within = stretches.days(one, within)
        else:
            rest.append(one)
    return within, rest


def shares_column(part: Says) -> bool:
    """Whether its field shares a column of the cards with others."""
    return part.field not in _COLUMNS


def sought(part: Says | Coded | Numbered) -> tuple[str, list[str], bool]:
    """The column of a card, words side by side one of which it must hold, whether they go on."""
    match part:
        case Says(field, text, prefix):
            return _COLUMNS.get(field, "rest"), [keys.words(text)], prefix
        case Coded(field, codes):
            return "codes", [keys.words(keys.code_word(field, code)) for code in codes], False
        case Numbered(key, whole):
            return "number", [keys.words(key)], not whole


_COSTS: Final = (
    Named, Numbered, Says, Coded, Text, Forms, OneOf, Dated, OnPage, Has, Being, Every, Not,
)  # fmt: skip


def cost(part: Part) -> int:
    """Where a part stands in the order of asking: what finds little comes first."""
    return _COSTS.index(type(part))
