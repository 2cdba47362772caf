"""Parts of a query side by side, which make one part."""

from __future__ import annotations

from collections.abc import Iterator

from arsip.archive.find import wording
from arsip.archive.find.parts import (
    Every,
    Forms,
    Not,
    Numbered,
    OneOf,
    OnPage,
    Part,
    Text,
    choices,
)


class Group:
    """Parts between parentheses while they are read, each with its place in the text."""

    def __init__(
        self, start: int = 0, *, exact: bool, negative: bool = False, keyword: str = ""
    ) -> None:
        self.start = start
        self.exact = exact
        self.negative = negative
        self.keyword = keyword
        self.parts: list[Part] = []
        self.spans: list[tuple[int, int]] = []
        self.joining = False

    def take(self, part: Part, start: int, end: int) -> None:
        """Add a part that stands between these places; where parts are joined, to the last one."""
        if self.joining and self.parts:
            before = self.parts.pop()
            part = OneOf((*choices(before), *choices(part)))
            start, _end = self.spans.pop()
        elif self.parts and (one := wording.one_word(self.parts[-1], part)) is not None:
            self.parts.pop()
            part = one
            start, _end = self.spans.pop()
        self.joining = False
        self.parts.append(part)
        self.spans.append((start, end))

    def whole(self) -> Part:
        """All parts as one, without words that say nothing beside the others."""
        some = self.parts if self.exact else _telling(self.parts)
        words = tuple(filter(None, (tuple(_texts(one)) for one in some)))
        parts = [_with_words(one, words) for one in some]
        part = parts[0] if len(parts) == 1 else Every(tuple(parts))
        return Not(part) if self.negative else part


def _telling(parts: list[Part]) -> list[Part]:
    """The parts without words that say nothing of a letter beside the others."""
    joined = [one for one in parts if not is_filler(one)]
    some = joined if any(map(_says_more, joined)) else parts
    if len(some) > 1 and isinstance(some[-1], Text) and some[-1].text in wording.LETTER_BEHIND:
        return some[:-1]
    first, *others = some
    behind = others[0].text if others and isinstance(others[0], Text) else ""
    aside = isinstance(first, Text) and first.loose and wording.is_any_letter(first.text, behind)
    more = any(not isinstance(one, Not | OnPage) for one in others)
    return others if aside and more else some


def is_filler(part: Part) -> bool:
    """Whether a part only joins, asks or addresses, so that it says nothing beside others."""
    return isinstance(part, Text) and part.loose and part.text in wording.FILLERS


def _says_more(part: Part) -> bool:
    """Whether words are looked for, other than such as only join others."""
    some = part.parts if isinstance(part, OneOf | Every) else ()
    return (isinstance(part, Text) and not is_filler(part)) or any(map(_says_more, some))


def _with_words(part: Part, words: tuple[tuple[Text | Forms, ...], ...]) -> Part:
    """A page with the words beside it, which must stand there; anything else as it is."""
    if isinstance(part, OneOf):
        return OneOf(tuple(_with_words(one, words) for one in part.parts))
    return OnPage(part.number, words) if isinstance(part, OnPage) else part


def _texts(part: Part) -> Iterator[Text | Forms]:
    """Words one of which must stand on a page; none when something else may be there instead."""
    some = choices(part)
    texts = [one for one in some if isinstance(one, Text | Forms)]
    numbers = {wording.number_key(one.text) for one in texts if isinstance(one, Text)}
    others = [one for one in some if one not in texts]
    if all(isinstance(one, Numbered) and one.key in numbers for one in others):
        yield from texts
