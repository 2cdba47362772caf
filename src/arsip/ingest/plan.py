"""What is to become of a file: pure decisions, from what was found out about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, Literal, TypeAlias

from arsip.letter.completeness import missing
from arsip.model import Doubt, Letter, PageText
from arsip.scan import doubts as seen

NOTED_ONLY = frozenset({"incomplete", "not_a_document"})
"""Reasons for which a file is only noted, not copied, when it is set aside."""


def verdict(*, whole: bool, failure: str | None, unread: bool) -> tuple[str | None, str | None]:
    """Why a file is set aside, or what it is flagged with when it is filed.

    A file that is cut off is filed only when every page of it decodes.

    Args:
        whole: its structure reaches its end.
        failure: slug of why it could not be read at all.
        unread: a page of it could not be read, though it was tried.

    Returns:
        The reason to set it aside and None, or None and the flag (None: nothing to say).
    """
    if whole:
        return failure, None
    if failure is None and not unread:
        return None, "damaged"
    # A locked, huge or foreign file stays what it is, whether or not its end is there.
    kept = failure in {"password", "too_large", "not_a_document"}
    return (failure if kept else "incomplete"), None


def settled(before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    """The paths whose fingerprint is the same in two looks, in the order of the second."""
    return (path for path, mark in now.items() if before.get(path) == mark)


def over(since: dt.datetime, now: dt.datetime, patience: dt.timedelta) -> bool:
    """Whether a file that is not whole has been waited for long enough.

    A clock that was set back counts as no time.
    """
    return now - since >= patience


def doubts(pages: Sequence[PageText], letter: Letter) -> tuple[Doubt, ...]:
    """What a person should know of the pages of a letter, while the paper is at hand."""
    return (*(doubt for page in pages for doubt in seen.doubts(page)), *missing(pages, letter))


Verdict: TypeAlias = Literal["better", "same", "worse", "unread"]
"""What a second reading of a page is, beside the first; the first is kept if it is not better."""

_WORSE: Final = 0.98
"""Share of what was read before; two engines count confidence a little differently."""
_FAR_FEWER: Final = 0.5


def compared(old: PageText, new: PageText) -> Verdict:
    """Whether a page that was read again is better read now.

    ``unread``: neither reading gave words. Where the same rules now trust the other source, the
    file's own words or the image, they are followed unless they lose half the page.
    """
    if new.unread:
        return "unread" if old.unread else "worse"
    if old.unread:
        return "better"
    if _content(old) == _content(new):
        return "same"
    least = _WORSE if old.origin == new.origin else _FAR_FEWER
    return "worse" if _worth(new) < least * _worth(old) else "better"


def _content(page: PageText) -> tuple[object, ...]:
    return page.lines, page.blank, page.turn, page.skew, page.origin


def _worth(page: PageText) -> float:
    """How much was read: signs, by the confidence in them, doubtful ones hardly."""
    return sum(len(word.text) * word.confidence**2 for word in page.words)


def barred(folder: Path, *, archive: Path, home: Path, move: bool) -> str | None:
    """Why a folder must not be watched; None: it may be. All paths are real ones.

    Files are not taken out of places that are no scan folders, nor out of the archive.
    """
    cases = {
        "archive": folder == archive,
        "in_archive": archive in folder.parents,
        "root": move and folder == Path(folder.anchor),
        "home": move and folder == home,
        "around_archive": move and folder in archive.parents,
    }
    return next((slug for slug, bad in cases.items() if bad), None)
