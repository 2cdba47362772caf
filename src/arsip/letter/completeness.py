"""Whether all pages of a letter are there, by what the letter itself says of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from arsip.fields import ATTACHMENTS
from arsip.letter.months import spelled
from arsip.model import Doubt, Letter, PageText

_NUMBERED: Final = re.compile(
    r"\W*(?:ha[l1I]aman|ha[l1I]\.?|[l1I]embar|page|sheet)\W{0,3}(?:ke\W?)?\s*"
    r"(?P<number>\d{1,3})\s*(?:dari|of|/)\s*(?P<all>\d{1,3})\s*(?:ha[l1I]aman|[l1I]embar|pages)?\W*",
    re.IGNORECASE,
)
"""A line that only numbers its page: ``Halaman 2 dari 3``, ``page 2 of 3``, ``Hal. 2/3``."""
_AT_THE_ENDS: Final = 4
"""Lines at the head and at the foot of a page among which its number stands."""

_SHEETS: Final = re.compile(
    r"(?P<count>\d{1,3}|[a-z]+(?: [a-z]+)?)\s*(?:\([^)]*\))?\s*"
    r"(?:lembar|lbr|halaman|sheets?|pages?)\b\.?",
    re.IGNORECASE,
)


def missing(pages: Sequence[PageText], letter: Letter) -> tuple[Doubt, ...]:
    """The pages that a letter speaks of and that are not there.

    A page is told by the number that it bears; attached sheets, which bear none, all at once.
    """
    held = [page for page in pages if not page.blank]
    numbers = {at: found for at, page in enumerate(held) if (found := numbered(page))}
    if numbers:
        return _gaps(len(held), numbers)
    sheets = _attached(letter)
    # The letter itself fills one page at least.
    return (Doubt(None, "missing", str(sheets)),) if held and len(held) <= sheets else ()


def numbered(page: PageText) -> tuple[int, int] | None:
    """The number that a page bears, and how many pages it says there are; None: it does not say."""
    lines = page.text.split("\n")
    ends = (*lines[:_AT_THE_ENDS], *lines[_AT_THE_ENDS:][-_AT_THE_ENDS:])
    return next((borne for line in ends if (borne := number_of_page(line))), None)


def number_of_page(line: str) -> tuple[int, int] | None:
    """The number of a page and how many there are, when a line says only that."""
    found = _NUMBERED.fullmatch(line)
    if found and 1 <= int(found["number"]) <= int(found["all"]):
        return int(found["number"]), int(found["all"])
    return None


def _gaps(count: int, numbers: dict[int, tuple[int, int]]) -> tuple[Doubt, ...]:
    """The numbers that no page bears; a page that bears none has that of its place.

    Args:
        count: of the pages that are there.
        numbers: place of a page -> its number, and how many there are.
    """
    total = Counter(of for _number, of in numbers.values()).most_common(1)[0][0]
    borne = {number for number, _of in numbers.values()}
    for at in range(count):
        if at not in numbers:
            beside = min(numbers, key=lambda place: abs(place - at))
            borne.add(numbers[beside][0] + at - beside)
    if count >= total:  # several letters, each numbered for itself
        return ()
    lost = (number for number in range(1, total + 1) if number not in borne)
    return tuple(Doubt(number, "missing", str(total)) for number in lost)


def _attached(letter: Letter) -> int:
    """How many sheets a letter says are attached; 0 when it does not say."""
    return sheets_in(letter.first(ATTACHMENTS) or "")


def sheets_in(attachments: str) -> int:
    """How many sheets the words of Lampiran count; 0 when they count none."""
    found = _SHEETS.match(attachments)
    if found is None:
        return 0
    count = found["count"]
    return int(count) if count.isdecimal() else spelled(count) or 0
