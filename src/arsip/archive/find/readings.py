"""Other readings of what is asked: one word misread, numbers and days as these alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from arsip.archive.find.parts import (
    Coded,
    Dated,
    Every,
    Forms,
    Named,
    Numbered,
    OneOf,
    Part,
    choices,
)

_MEANT: Final = (Dated, Coded, Named)
"""What words may mean that a letter need not say."""
MOST_MEANT: Final = 3
"""Parts that can be days or a kind, up to which each choice is looked for with all others."""


def nearly(part: Part) -> Iterator[Every]:
    """What is asked for with one word misread and the others as typed, word by word."""
    for at, others in beside(part):
        assert isinstance(part, Every)
        forms = choices(part.parts[at])
        misread = tuple(form for form in forms if isinstance(form, Forms) and form.way == "misread")
        if misread:
            yield Every((*others.parts[:at], OneOf(misread), *others.parts[at:]))


def beside(part: Part) -> Iterator[tuple[int, Every]]:
    """Each place of what is asked for, and all else of it as typed."""
    if not isinstance(part, Every) or len(part.parts) == 1:
        return
    as_typed = list(map(typed, part.parts))
    for at in range(len(as_typed)):
        yield at, Every((*as_typed[:at], *as_typed[at + 1 :]))


def typed(part: Part) -> Part:
    """Words as they were typed, of all their forms; what is no word stays as it is."""
    as_typed = tuple(one for one in choices(part) if not isinstance(one, Forms | Numbered))
    return OneOf(as_typed) if len(as_typed) > 1 else as_typed[0] if as_typed else part


def numbered(part: Part) -> Iterator[Every]:
    """The part with numbers only where words may be meant too, whole ones first.

    So a letter by its number is found however many hold it as a word, or have one that begins so.
    """
    each = [choices(one) for one in _parts(part)]
    begun = [tuple(one for one in some if isinstance(one, Numbered)) for some in each]
    whole = [tuple(one._replace(whole=True) for one in some) for some in begun]
    yield from _with_these(part, whole)
    if len(each) > 1 and begun != whole:
        yield from _with_these(part, begun)


def meant(part: Part) -> Iterator[Every]:
    """The part with days, a kind or a file only where words may be meant too, if there is such.

    So the letters of a month or a kind are found however many name it.
    """
    each = [choices(one) for one in _parts(part)]
    yield from _with_these(
        part,
        [
            tuple(one for one in some if isinstance(one, _MEANT)) if len(some) > 1 else ()
            for some in each
        ],
    )


def _parts(part: Part) -> tuple[Part, ...]:
    return part.parts if isinstance(part, Every) else (part,)


def _with_these(part: Part, only: Sequence[tuple[Part, ...]]) -> Iterator[Every]:
    """The part with these choices alone, where there are any."""
    if any(only):
        both = zip(only, _parts(part), strict=True)
        yield Every(tuple(OneOf(some) if some else one for some, one in both))


def apart(part: Part) -> list[tuple[Part, Part]]:
    """What is looked for apart, any of which is enough, each with the choice that makes it so.

    Where one of all parts can be days or a kind, all is looked for once with each choice of it: so
    the letters of these days, or of this kind, are found without looking at others. Of several such
    parts that is the first, and the others are when these are looked for. Empty for anything else.
    """
    if isinstance(part, OneOf):
        return [(one, one) for one in part.parts]
    parts = part.parts if isinstance(part, Every) else ()
    meant = [
        at
        for at, one in enumerate(parts)
        if isinstance(one, OneOf) and any(isinstance(choice, _MEANT) for choice in one.parts)
    ]
    if not 0 < len(meant) <= MOST_MEANT:
        return []
    at = meant[0]
    return [
        (Every((*parts[:at], choice, *parts[at + 1 :])), choice) for choice in choices(parts[at])
    ]
