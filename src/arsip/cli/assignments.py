"""Fields and values as people type them: ``tanggal=2022-09-21``."""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterable
from typing import Any

from arsip.cli.counter import Counter
from arsip.errors import BadValue, UsageError
from arsip.fields import BY_KEYWORD, FIELDS, TAGS, Field, retag
from arsip.words import _


def who(counter: Counter) -> str:
    """Who types: as the settings say, else the name of the account."""
    if counter.config.who:
        return counter.config.who
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account that the system does not know, as in a container
        return "?"


def together() -> str:
    """A new mark for what one command changes, so that it can be undone as one."""
    return os.urandom(6).hex()


def assignments(words: Iterable[str]) -> dict[Field[Any], Any]:
    """Field -> value of words like ``tanggal=2022-09-21``; None for ``hal=``.

    Raises:
        UsageError: a word is no assignment, or names no field.
        BadValue: a value does not fit its field.
    """
    found: dict[Field[Any], Any] = {}
    for word in words:
        name, equals, value = word.partition("=")
        field = BY_KEYWORD.get(name.strip().lower())
        if not equals or field is None:
            message = _("{word} names no field and its value.")
            known = ", ".join(field.name for field in FIELDS)
            raise UsageError(message.format(word=word), hint=_("Fields: ") + known)
        found[field] = read(name, field, value) if value.strip() else None
    return found


def read(name: str, field: Field[Any], value: str) -> Any:
    """The value that a person typed for a field, under the name they call it by.

    Of tags that bear a + or - it is what they do to those of a letter, a Retag.

    Raises:
        BadValue: it does not fit the field.
    """
    try:
        change = retag(value) if field is TAGS else None
        return field.kind.parse(value) if change is None else change
    except ValueError as expected:
        message = _("{field} cannot be “{value}”.")
        raise BadValue(
            message.format(field=name, value=value),
            hint=_("Type {form}.").format(form=_(str(expected))),
        ) from None
