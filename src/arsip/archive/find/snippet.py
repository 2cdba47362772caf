r"""The few words of a letter that show why it was found, each match between \x02 and \x03.

FTS5's own ``snippet`` asks the whole index again for every page (350 ms for twenty hits of a
short prefix); a regular expression over the twenty texts takes half a millisecond.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from arsip.archive import keys
from arsip.archive.find.parts import Every, Forms, Named, Numbered, OneOf, Part, Says, Text
from arsip.archive.find.spelled import Spelled, spelled
from arsip.model import Match

START: Final = "\x02"
END: Final = "\x03"

SIGNS: Final = 170
"""Of a snippet: two lines of a terminal."""
LEAD: Final = 50
"""Signs before the first match, at most."""
MATCHES: Final = 200
"""Matches of a page that are weighed: a word that stands there more often needs no choice."""
MARKED: Final = 5_000
"""Matches of a page that are marked when all of it is shown."""
LONGEST: Final = 200_000
"""Signs of a page that are looked at."""

_PART_LINES: Final = re.compile(r"\s*\n\s*")
_WORD: Final = re.compile("[^ ]+")


class Marker:
    """Finds a query's words in texts and marks them."""

    def __init__(self, part: Part) -> None:
        wanted = tuple(dict.fromkeys(_wanted(part)))
        self._wanted = wanted
        text = [one for one in wanted if isinstance(one, Text | Forms)]
        said = (Text(one.text, prefix=one.prefix) for one in wanted if isinstance(one, Says))
        self._text = spelled(*text)
        self._card = spelled(*text, *said)
        self._numbers = [one for one in wanted if isinstance(one, Numbered)]
        self._files = [one for one in wanted if isinstance(one, Named)]

    @property
    def reads_pages(self) -> bool:
        """Whether there is a word to look for on pages."""
        return bool(self._text.signs)

    def page(self, text: str) -> str | None:
        """The snippet of a page, or None when none of the words stands there."""
        return _cut(_unmarked(text[:LONGEST]), self._text)

    def card(self, text: str) -> str | None:
        """The snippet of a letter's card, its fields apart, or None when it has no match."""
        return _cut(_PART_LINES.sub(" · ", _unmarked(text)), self._card)

    def number(self, number: str) -> str | None:
        """The letter's number marked, or None when it is not what was asked for."""
        if any(_is_in(one, number) for one in self._numbers):
            return f"{START}{_line(_unmarked(number))}{END}"
        return None

    def file(self, source: str) -> str:
        """The name of the letter's file marked; empty when it is not what was asked for."""
        asked_for = any(one.fits(source) for one in self._files)
        return f"{START}{_line(_unmarked(source))}{END}" if asked_for else ""

    def whole(self, text: str, number: str = "") -> str:
        """All of a page's text, each match marked: words asked of a field where they stand too.

        The letter's number is marked as a whole, if it is what was asked for.
        """
        plain = _unmarked(text)
        page = keys.sign_for_sign(plain)
        numbered = _numbered(page, number) if self.number(number) else ()
        pieces, at = [], 0
        for start, end in _found((*numbered, *self._card.places(page)), MARKED):
            pieces += [plain[at:start], START, plain[start:end], END]
            at = end
        return "".join([*pieces, plain[at:]])

    def matches(self, texts: Sequence[str], number: str, source: str) -> tuple[Match, ...]:
        """Which word stands in a letter of these texts, number and file, each form of it once."""
        found: dict[tuple[str, str], Match] = {}
        folded = [(text, keys.sign_for_sign(text)) for text in texts]
        typed_as = {
            keys.number(one.text): one.text for one in self._wanted if isinstance(one, Text)
        }
        for one in self._wanted:
            if isinstance(one, Numbered):
                if _is_in(one, number):
                    word = typed_as.get(one.key, one.key)
                    found[one.key, number] = Match(word, _line(number))
                continue
            if isinstance(one, Named):
                if one.fits(source):
                    found[one.name, source] = Match(one.name + "*" * one.prefix, _line(source))
                continue
            typed, how = _typed(one)
            said = one if isinstance(one, Forms) else Text(one.text, prefix=one.prefix)
            for text, page in folded:
                for start, end in _found(spelled(said).places(page), MATCHES):
                    form = typed, keys.words(text[start:end])
                    found.setdefault(form, Match(typed, _line(text[start:end]), how))
        return tuple(found.values())


def beginning(text: str) -> str:
    """How a page begins: for a letter that was found by something it does not say."""
    line = _line(_unmarked(text[: 2 * SIGNS]))
    return line if len(line) <= SIGNS else line[:SIGNS].rsplit(" ", 1)[0] + " …"


def _unmarked(text: str) -> str:
    return text.replace(START, "").replace(END, "")


def _wanted(part: Part) -> Iterator[Text | Forms | Says | Numbered | Named]:
    """The parts whose words a letter shows; what it must not have is left out."""
    if isinstance(part, Text | Forms | Says | Numbered | Named):
        yield part
    elif isinstance(part, Every | OneOf):
        for one in part.parts:
            yield from _wanted(one)


def _is_in(part: Numbered, number: str) -> bool:
    """Whether the parts that are asked for stand in a letter's number."""
    wanted = part.key + "/" * part.whole
    return any(f"{tail}/".startswith(wanted) for tail in keys.number_parts(number))


def _typed(part: Text | Forms | Says) -> tuple[str, str]:
    """A word as typed, and how it is looked for."""
    if isinstance(part, Forms):
        return part.word, part.way
    if isinstance(part, Says) and part.typed:
        return part.typed, "abbreviation"
    return part.text + "*" * part.prefix, "exact"


def _numbered(page: str, number: str) -> Iterator[tuple[int, int]]:
    """Where a number stands on a page, however its parts are set apart."""
    parts = keys.number_words(number).split()
    words = list(_WORD.finditer(page))
    folded = [keys.alike(word[0]) for word in words]
    for at in range(len(words) - len(parts) + 1):
        if folded[at : at + len(parts)] == parts:
            yield words[at].start() - 1, words[at + len(parts) - 1].end() - 1


def _found(places: Iterable[tuple[int, int]], most: int) -> list[tuple[int, int]]:
    """Places of words in their order, about so many; the longest where several begin."""
    found: list[tuple[int, int]] = []
    some = set(itertools.islice(places, most))
    for start, end in sorted(some, key=lambda place: (place[0], -place[1])):
        if not found or start >= found[-1][1]:
            found.append((start, end))
    return found[:most]


def _cut(text: str, wanted: Spelled) -> str | None:
    page = keys.sign_for_sign(text)
    spans = _found(wanted.places(page), MATCHES)
    if not spans:
        return None
    kinds = [page[start + 1 : end + 1] for start, end in spans]
    best = max(range(len(spans)), key=lambda at: (_worth(spans, kinds, at), -at))
    return _marked(text, spans[best:])


def _worth(spans: list[tuple[int, int]], kinds: list[str], at: int) -> int:
    """How many different words a snippet shows that begins with this match."""
    end = spans[at][0] + SIGNS - LEAD
    last = at
    while last < len(spans) and spans[last][1] <= end:
        last += 1
    return len(set(kinds[at:last]))


def _marked(text: str, spans: list[tuple[int, int]]) -> str:
    """The text around the matches, on one line, cut between words."""
    first = spans[0][0]
    start = _gap_after(text, first - LEAD, first) if first > LEAD else 0
    end = start + SIGNS
    if end < len(text):
        end = max(text.rfind(" ", first, end + 1), spans[0][1])
    pieces = ["… " if start else ""]
    at = start
    for left, right in itertools.takewhile(lambda span: span[1] <= end, spans):
        pieces += [text[at:left], START, text[left:right], END]
        at = right
    pieces.append(text[at:end] + (" …" if end < len(text) else ""))
    return _line("".join(pieces))


def _gap_after(text: str, start: int, end: int) -> int:
    """The first place after a gap between words, or the start when there is none."""
    gap = re.compile(r"\s").search(text, start, end)
    return gap.end() if gap else start


def _line(text: str) -> str:
    return " ".join(text.split())
