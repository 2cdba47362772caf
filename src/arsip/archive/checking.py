r"""Values of a record, each looked at before anything takes it for what it should be.

What is of a wrong kind raises ValueError, TypeError, AttributeError or OverflowError.
"""

from __future__ import annotations

from typing import Any, Final

MOST: Final = (1 << 53) - 1
"""The largest whole number that every reader of JSON takes as it stands."""


def number(value: Any) -> int:
    """A whole number that SQLite and JSON take."""
    whole = int(value)
    if abs(whole) > MOST:
        raise ValueError(value)
    return whole


def page(value: Any) -> int | None:
    """A page's number, if there is one."""
    return None if value is None else number(value)


def text(value: Any) -> str:
    """A text as it stands, half signs too."""
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def printable(name: str) -> str:
    r"""A file name that is text: bytes that are none stand as ``\udcxx``."""
    return name.encode("utf-8", "backslashreplace").decode()


def name(value: str) -> str:
    """A plain file name of text: a record must not point out of its folder."""
    if value in {"", ".", ".."} or "/" in value or "\0" in value or value != printable(value):
        raise ValueError(value)
    return value
