"""What the content of a PDF page does: its operators, and the words that it hides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

MOST_BYTES = 4_000_000
"""Of one content: a scan's has a few hundred, a crowded text layer 200,000."""

PLAIN = frozenset(
    b"q Q cm w J j M d ri i gs m l c v y h re S s f F f* B B* b b* n W W* "
    b"CS cs SC SCN sc scn G g RG rg sh Do "
    b"BT ET Tc Tw Tz TL Tf Tr Ts Td TD Tm T* Tj TJ ' \" MP DP BMC BDC EMC".split()
)
"""Operators of the standard that name no colour of a press and carry no image inside."""

SHOWS = frozenset((b"Tj", b"TJ", b"'", b'"'))
"""Those that show text."""

_HIDDEN = b"3"
_TOKEN = re.compile(
    rb"[\0\t\n\f\r ]++|%[^\r\n]*+"
    rb"|(?P<name>/[^\0\t\n\f\r ()<>\[\]{}/%]*+)"
    rb"|(?P<string>\((?:[^()\\]|\\.|\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*+\))*+\))*+\)"
    rb"|<[0-9A-Fa-f\0\t\n\f\r ]*+>)"
    rb"|(?P<mark><<|>>|[\[\]])"
    rb"|(?P<number>[+-]?(?:\d++\.?\d*+|\.\d++)(?![^\0\t\n\f\r ()<>\[\]{}/%]))"
    rb"|(?P<operator>[A-Za-z'\"][A-Za-z0-9*'\"]*+)",
    re.DOTALL,
)


class Strange(Exception):
    """A content that is not understood, or too long to be looked through."""


@dataclass(frozen=True, slots=True)
class Step:
    """An operator.

    Attributes:
        start: where its first operand stands.
        end: behind it.
        last: its last operand.
    """

    name: bytes
    start: int
    end: int
    last: bytes = b""


def steps(content: bytes) -> Iterator[Step]:
    """The operators of a content, in order.

    Raises:
        Strange: it is too long, or holds an image or what no page should hold.
    """
    if len(content) > MOST_BYTES:
        raise Strange
    at, start, last = 0, -1, b""
    while at < len(content):
        token = _TOKEN.match(content, at)
        if token is None:
            raise Strange
        if token.lastgroup is not None:
            start = at if start < 0 else start
            if token.lastgroup == "operator" and token[0] not in {b"true", b"false", b"null"}:
                if token[0] == b"BI":
                    raise Strange
                yield Step(token[0], start, token.end(), last)
                start, last = -1, b""
            else:
                last = token[0]
        at = token.end()


def without_hidden_text(content: bytes) -> bytes:
    """The content without the words that an old text recognition laid there, never to be seen.

    Where seen and hidden words stand in one text object, all of them stay. All else stays as it
    is, so that what is drawn afterwards finds the state that it counts on.

    Raises:
        Strange: as ``steps``.
    """
    return _without(content, _hidden(content))


def without_fonts(content: bytes) -> bytes:
    """The content without the choice of fonts, which one that shows no text has no need of.

    Raises:
        Strange: as ``steps``.
    """
    return _without(content, (step for step in steps(content) if step.name == b"Tf"))


def shows_text(content: bytes) -> bool:
    """Whether any text is left in it, seen or not.

    Raises:
        Strange: as ``steps``.
    """
    return any(step.name in SHOWS for step in steps(content))


def _without(content: bytes, left_out: Iterable[Step]) -> bytes:
    kept, at = [], 0
    for step in left_out:
        kept.append(content[at : step.start])
        at = step.end
    return b"".join((*kept, content[at:])) if kept else content


@dataclass(slots=True)
class _Text:
    """The state of text while a content is gone through."""

    mode: bytes = b"0"
    saved: list[bytes] = field(default_factory=list)
    shows: list[Step] = field(default_factory=list)
    seen: bool = False

    def take(self, step: Step) -> None:
        if step.name == b"q":
            self.saved.append(self.mode)
        elif step.name == b"Q" and self.saved:
            self.mode = self.saved.pop()
        elif step.name == b"Tr":
            self.mode = step.last
        elif step.name == b"BT":
            self.shows, self.seen = [], False
        elif step.name in SHOWS:
            self.shows.append(step)
            # The other two move to the next line as well.
            self.seen |= self.mode != _HIDDEN or step.name not in {b"Tj", b"TJ"}


def _hidden(content: bytes) -> Iterator[Step]:
    """The operators that show hidden words."""
    text = _Text()
    for step in steps(content):
        text.take(step)
        if step.name == b"ET" and not text.seen:
            yield from text.shows
