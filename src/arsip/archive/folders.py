"""The scan folders of an archive: ``[[folder]]`` in archive.toml, read, added and taken out."""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from arsip.archive import subfolders
from arsip.archive.subfolders import Rule
from arsip.fields import BY_KEYWORD, Field

TABLE: Final = "folder"
NOTHING: Final[Mapping[Field[Any], Any]] = MappingProxyType({})
LANGUAGES: Final = re.compile(r"[A-Za-z_]+(\+[A-Za-z_]+)*")
SHORTEST_POLL: Final = 0.1
"""Seconds between looks at least: a shorter time would only heat the machine."""

_HEADER: Final = re.compile(r"\s*\[")
_OURS: Final = re.compile(r"\s*\[\[\s*folder\s*\]\]")


class ScanFolder(NamedTuple):
    """A scan folder and its own settings; None or empty: as for all.

    Attributes:
        path: absolute.
        move: a file is removed once it is safe in the archive.
        recursive: folders in it are entered.
        settle: seconds for which a file must stand still.
        patience: minutes for which a file that is not whole is waited for.
        poll: seconds between looks where the system tells of no change.
        language: of its scans, as ``ind+eng``.
        ignore: patterns of names, or of paths below it, that are left alone.
        subfolders: rule by which names of subfolders are fields, as a person wrote it.
        said: true of every letter of it, whatever the letter says.
        usual: true where the letter does not say.
    """

    path: Path
    move: bool = True
    recursive: bool = True
    settle: float | None = None
    patience: float | None = None
    poll: float | None = None
    language: str = ""
    ignore: tuple[str, ...] = ()
    subfolders: str = ""
    said: Mapping[Field[Any], Any] = NOTHING
    usual: Mapping[Field[Any], Any] = NOTHING

    @property
    def rule(self) -> Rule:
        """What its subfolders say of the letters in them."""
        return subfolders.rule(self.subfolders)


def read(tables: object) -> tuple[ScanFolder, ...]:
    """The scan folders of a ``[[folder]]`` list.

    Raises:
        ValueError: one makes no sense; the argument is the setting.
    """
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise ValueError(TABLE)
    found = tuple(map(_folder, tables))
    if len({folder.path for folder in found}) != len(found):
        raise ValueError(f"{TABLE}.path")
    return found


def _folder(table: Mapping[str, Any]) -> ScanFolder:
    values: dict[str, Any] = {}
    for name, value in table.items():
        if name not in _READERS:
            raise ValueError(f"{TABLE}.{name}")
        try:
            values[_CALLED.get(name, name)] = _READERS[name](value)
        except (ValueError, TypeError, AttributeError):
            raise ValueError(f"{TABLE}.{name}") from None
    if "path" not in values:
        raise ValueError(f"{TABLE}.path")
    return ScanFolder(**values)


def _path(value: Any) -> Path:
    path = Path(value).expanduser()
    if not path.is_absolute():
        raise ValueError(value)
    return Path(os.path.normpath(path))


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def _at_least(least: float) -> Callable[[Any], float]:
    def read(value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise TypeError(value)
        if not least <= value < float("inf"):
            raise ValueError(value)
        return float(value)

    return read


def _language(value: Any) -> str:
    if not LANGUAGES.fullmatch(value):
        raise ValueError(value)
    return str(value)


def _patterns(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
        raise TypeError(value)
    return tuple(value)


def _rule(value: Any) -> str:
    subfolders.rule(value)
    return str(value)


def _values(value: Any) -> Mapping[Field[Any], Any]:
    """Field -> value of a table of words as people type them."""
    return {BY_KEYWORD[name.lower()]: _value(name, text) for name, text in _items(value)}


def _items(table: Any) -> Iterable[tuple[str, str]]:
    for name, text in table.items():
        if name.lower() not in BY_KEYWORD:
            raise ValueError(name)
        yield name, text


def _value(name: str, text: str) -> Any:
    return BY_KEYWORD[name.lower()].kind.parse(text)


_READERS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "path": _path,
    "move": _flag,
    "recursive": _flag,
    "settle": _at_least(0),
    "patience": _at_least(0),
    "poll": _at_least(SHORTEST_POLL),
    "language": _language,
    "ignore": _patterns,
    "subfolders": _rule,
    "set": _values,
    "default": _values,
}
_CALLED: Final = {"set": "said", "default": "usual"}
"""Name in the file -> name here, where they differ."""


def added(text: str, folder: ScanFolder) -> str:
    """The text of archive.toml with one more scan folder at its end; all else stays as it is."""
    gap = "" if not text or text.endswith("\n\n") else "\n" if text.endswith("\n") else "\n\n"
    return text + gap + "".join(f"{line}\n" for line in _lines(folder))


def removed(text: str, path: Path) -> str | None:
    """The text without the folder of this path; comments beside it stay. None: it cannot be told.

    The caller has made sure that the folder is there.
    """
    lines = text.splitlines(keepends=True)
    for start, line in enumerate(lines):
        if not _OURS.match(line):
            continue
        end = _end(lines, start)
        with_it = _parsed("".join(lines[start:end]))
        if with_it is not None and with_it[0].path == path:
            return "".join((*lines[:start], *lines[end:]))
    return None


def _end(lines: list[str], start: int) -> int:
    """Where the table that begins at a line ends: behind its last line that is no comment."""
    end = start + 1
    for place in range(start + 1, len(lines)):
        if _HEADER.match(lines[place]):
            break
        if lines[place].strip() and not lines[place].lstrip().startswith("#"):
            end = place + 1
    return end


def _parsed(block: str) -> tuple[ScanFolder, ...] | None:
    try:
        return read(tomllib.loads(block)[TABLE])
    except ValueError:
        return None


def _lines(folder: ScanFolder) -> Iterator[str]:
    usual = ScanFolder(folder.path)
    yield f"[[{TABLE}]]"
    for name, reader in _READERS.items():
        value = getattr(folder, _CALLED.get(name, name))
        if name in {"path", "move"} or value != getattr(usual, _CALLED.get(name, name)):
            yield f"{name} = {_written(value) if reader is not _values else _inline(value)}"


def _written(value: Any) -> str:
    match value:
        case bool():
            return str(value).lower()
        case float():
            return f"{value:g}"
        case tuple():
            return f"[{', '.join(map(_quoted, value))}]"
        case _:
            return _quoted(str(value))


def _inline(values: Mapping[Field[Any], Any]) -> str:
    pairs = (f"{field.name} = {_quoted(text)}" for field, text in plain(values).items())
    return f"{{ {', '.join(pairs)} }}"


def plain(values: Mapping[Field[Any], Any]) -> Mapping[Field[Any], str]:
    """The values as they are typed."""
    return {field: field.kind.plain(value) for field, value in values.items()}


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
