"""Programs that are told of what was done: ``[[hook]]`` in archive.toml."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final, NamedTuple

TABLE: Final = "hook"
OCCASIONS: Final = ("filed", "set_aside", "pass")
"""After a letter was filed, a file was set aside, and at the end of a pass."""
LONGEST: Final = 3600.0


class Hook(NamedTuple):
    """A program that is told.

    Attributes:
        on: of what: one of OCCASIONS.
        run: the program, by its whole path, and what stands behind it; no shell reads it.
        seconds: for which it may run.
        secret: it hears of secret letters all that it hears of others.
    """

    on: str
    run: tuple[str, ...]
    seconds: float = 30.0
    secret: bool = False


def read(tables: object) -> tuple[Hook, ...]:
    """The hooks of a ``[[hook]]`` list.

    Raises:
        ValueError: one makes no sense; the argument is the setting.
    """
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise ValueError(TABLE)
    return tuple(map(_hook, tables))


def _hook(table: dict[str, Any]) -> Hook:
    for name in table:
        if name not in Hook._fields:
            raise ValueError(f"{TABLE}.{name}")
    run = table.get("run")
    words = run if isinstance(run, list) else []
    seconds = table.get("seconds", 30.0)
    sound = {
        "on": table.get("on") in OCCASIONS,
        "run": bool(words) and all(map(_word, words)) and Path(words[0]).is_absolute(),
        "seconds": type(seconds) in {int, float} and 0 < seconds <= LONGEST,
        "secret": isinstance(table.get("secret", False), bool),
    }
    for name, good in sound.items():
        if not good:
            raise ValueError(f"{TABLE}.{name}")
    return Hook(table["on"], tuple(words), float(seconds), table.get("secret", False))


def _word(word: object) -> bool:
    return isinstance(word, str) and "\0" not in word
