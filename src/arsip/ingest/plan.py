"""What is to become of a file: pure decisions, from what was found out about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

NOTED_ONLY = frozenset({"incomplete", "not_a_document"})
"""Reasons for which a file is only noted, not copied, when it is set aside."""


def verdict(*, whole: bool, failure: str | None, unread: bool) -> tuple[str | None, str | None]:
    """Why a file is set aside, or what it is flagged with when it is filed.

    A file that is cut off is filed only when every page of it decodes.

    Args:
        whole: its structure reaches its end.
        failure: slug of why it could not be read at all.
        unread: a page of it could not be read.

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
