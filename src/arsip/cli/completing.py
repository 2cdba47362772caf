"""What the Tab key offers: read only, quiet whatever happens, and light to load.

The shell hands over the line up to the cursor, and the table of commands and options that
``arsip completion`` put into its script: to look them up would take longer than a person waits.
"""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeAlias

from arsip.archive.find import completions
from arsip.archive.find.wording import BOUNDS, KEYWORDS
from arsip.config import load
from arsip.errors import ArsipError
from arsip.fields import BY_KEYWORD, DATE, SENDER, TAGS, Field

Table: TypeAlias = Mapping[str, Mapping[str, str | None]]
"""Command -> option -> what it takes: words parted by ONE or SEVERAL signs, or FILES; empty: any
word; None: nothing."""

SHELLS: Final = ("bash", "zsh", "fish")
EVERYWHERE: Final = ""
"""The name under which the table has the options before the command."""
ARGUMENT: Final = ""
"""The name under which a command has what it takes beside its options."""
ONE: Final = "|"
SEVERAL: Final = ","
FILES: Final = "/"
"""Between words of which one may be typed; between those of which some may be; files, which the
shell knows itself."""
QUERYING: Final = frozenset({"search", "list", "export", "edit", "review", "reread"})
"""Commands that take a query."""

_WORD: Final = re.compile(r"""(?:[^\s"'\\]|\\.|"[^"]*"|'[^']*')+|["'].*$|\\$""")
_GAP: Final = re.compile(r"[\s(]")
_DAYS: Final = {
    "id": "hari-ini kemarin minggu-ini minggu-lalu bulan-ini bulan-lalu tahun-ini tahun-lalu",
    "en": "today yesterday this-week last-week this-month last-month this-year last-year",
}
_ENGLISH: Final = frozenset({"date", "deadline", "received", "effective", "received_date",
                             "effective_from", "after", "before", "since", "until"})  # fmt: skip


class Typed(NamedTuple):
    """A line that is being typed.

    Attributes:
        words: before the one at the cursor, without quotes; the first is the program's own.
        current: the word at the cursor, up to it; None: nothing can be told of it.
        before: what stands in the same open quotes before the word.
    """

    words: tuple[str, ...]
    current: str | None
    before: str = ""


def typed(line: str) -> Typed:
    """The words of a line up to the cursor."""
    raw = list(_WORD.finditer(line))
    last = raw[-1][0] if raw else ""
    quoted = last[:1] in {'"', "'"} and last[0] not in last[1:]
    if not raw or (line[-1].isspace() and not quoted):
        return Typed(tuple(_bare(word[0]) for word in raw), "")
    start = raw.pop().start()
    words = tuple(_bare(word[0]) for word in raw)
    if not set(last) & set("\"'\\"):
        return Typed(words, last)
    inside, glued = last[1:], start > 0 and not line[start - 1].isspace()
    if not quoted or glued or "\\" in inside or inside.count('"') % 2:
        return Typed(words, None)
    current = _GAP.split(inside)[-1]
    return Typed(words, current, inside.removesuffix(current))


def _bare(word: str) -> str:
    return re.sub(r"[\"'\\]", "", word)


def packed(table: Table) -> str:
    """A table as one word of a script: ``search --sort=rank|newest --json;list ...``."""
    return ";".join(
        " ".join([command, *(_packed(name, takes) for name, takes in options.items())])
        for command, options in table.items()
    )


def _packed(name: str, takes: str | None) -> str:
    return name if takes is None else f"{name}={takes}"


def unpacked(text: str) -> Table:
    """The table of a word that ``packed`` made."""
    table: dict[str, dict[str, str | None]] = {}
    for entry in text.split(";"):
        command, *options = entry.split(" ")
        pairs = (option.partition("=") for option in options)
        table[command] = {name: takes if equals else None for name, equals, takes in pairs}
    return table


def offered(line: str, table: Table, environ: Mapping[str, str]) -> list[str]:
    """What may stand in the place of what is typed at the cursor; FILES alone: one of these."""
    words, current, before = typed(line)
    found = [] if current is None else _offered(words, current, table, environ)
    return found if found == [FILES] else [before + one for one in found]


def _offered(
    words: Sequence[str], current: str, table: Table, environ: Mapping[str, str]
) -> list[str]:
    commands = [command for command in table if command != EVERYWHERE]
    everywhere = table.get(EVERYWHERE, {})
    # A folder after --archive may be called like a command.
    beside = itertools.pairwise(words)
    command = next(
        (one for before, one in beside if one in commands and everywhere.get(before) is None),
        EVERYWHERE,
    )
    options = {**everywhere, **table.get(command, {})}
    argument = options.pop(ARGUMENT, None) or ""
    name, equals, value = current.partition("=")
    takes = options.get(words[-1]) if len(words) > 1 else None
    if takes is not None:
        return _fitting(takes, current)
    if equals and (takes := options.get(name)) is not None:
        return _fitting(takes, value, lead=f"{name}=")
    found = _starting(options, current) if current.startswith("-") else []
    if command == EVERYWHERE:
        return found or _starting(commands, current)
    if command in QUERYING:
        return found + _parts(current, _archive(words), environ)
    first = words[-1] == command
    return found or (_fitting(argument, current) if first or argument == FILES else [])


def _fitting(takes: str, current: str, *, lead: str = "") -> list[str]:
    """Which of the words that may be typed begin so."""
    if takes == FILES:
        return [FILES]
    sign = SEVERAL if SEVERAL in takes else ONE
    done = current[: current.rfind(sign) + 1] if sign == SEVERAL else ""
    fitting = _starting(filter(None, takes.split(sign)), current[len(done) :])
    return [f"{lead}{done}{word}" for word in fitting]


def _starting(words: Iterable[str], start: str) -> list[str]:
    return [word for word in words if word.startswith(start)]


def _archive(words: Sequence[str]) -> Path | None:
    """The archive that was named on the line."""
    for word, behind in zip(words, (*words[1:], ""), strict=True):
        name, equals, value = word.partition("=")
        if name == "--archive" and (value if equals else behind):
            return Path(value if equals else behind)
    return None


def _parts(current: str, archive: Path | None, environ: Mapping[str, str]) -> list[str]:
    """Keywords, or after one of them its values."""
    dash = "-" * current.startswith("-")
    keyword, colon, value = current.removeprefix("-").partition(":")
    if not colon:
        return [f"{dash}{word}:" for word in _starting(KEYWORDS, keyword.lower()) if keyword]
    values = _values(keyword.lower(), value, archive, environ)
    return [f"{dash}{keyword}:{one}" for one in values]


def _values(
    keyword: str, value: str, archive: Path | None, environ: Mapping[str, str]
) -> list[str]:
    field = BY_KEYWORD.get(keyword)
    if keyword in BOUNDS or (field is not None and field.kind is DATE):
        return _starting(_DAYS["en" if keyword in _ENGLISH else "id"].split(), value.lower())
    if field is SENDER or field is TAGS:
        names = _names(field, value, archive, environ)
        return _starting((name.replace(" ", "-") for name in names), value.lower())
    return _starting(completions.values(keyword), value.lower())


def _names(
    field: Field[Any], start: str, archive: Path | None, environ: Mapping[str, str]
) -> list[str]:
    try:
        return completions.names(load(environ, archive=archive).archive, field, start)
    except (ArsipError, OSError):
        return []  # a person who presses Tab asks for no error


def main(words: Sequence[str]) -> None:
    """Tell what the Tab key offers, a line each: of a packed table and a line."""
    table, line = words
    for one in offered(line, unpacked(table), os.environ):
        print(one)
