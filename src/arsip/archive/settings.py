"""archive.toml: what this archive is, and how it wants to be kept."""

from __future__ import annotations

import importlib
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from arsip.errors import SetupError, quoted
from arsip.model import DOUBT
from arsip.words import _, cause

if TYPE_CHECKING:
    from arsip.archive.folders import ScanFolder
    from arsip.archive.hooks import Hook

FORMAT: Final = 1
"""Version of everything that docs/format.md describes."""

FILE: Final = "archive.toml"
READINGS: Final = ("always", "on-demand")

_USUAL: Final[Mapping[str, Any]] = {
    "format": FORMAT,
    "id": "",
    "shelf": "{year}/{sender}/{date} {number} {subject}",
    "reading": "always",
    "doubt": DOUBT,
    "catalog": "catalog.sqlite3",
}
_TABLES: Final = ("folder", "hook")
"""Lists of tables; the module that reads each is named after it, and loaded when there is one."""

DEFAULT: Final = """\
# The settings of this archive. What stands behind "#" is explanation.

format = {format}                      # how this folder is built; arsip changes it, people do not
id = "{id}"

# How the shelf is made of a letter's fields; "/" begins a new folder.
# {{year}} {{month}} {{date}} {{sender}} {{number}} {{subject}} {{type}} {{id}}
shelf = "{shelf}"

# Searchable PDF of scans: "always" kept in the vault, or "on-demand".
reading = "{reading}"

# Values of less confidence than this (0 to 1) are doubtful: candidates, not facts.
doubt = {doubt}

# The index. On a network share give a place on this machine, for example
# "/var/lib/arsip/catalog.sqlite3".
catalog = "{catalog}"
"""


class Settings(NamedTuple):
    """What archive.toml says.

    Attributes:
        id: 32 hex digits, made once.
        shelf: template of the names on the shelf.
        reading: when searchable PDFs are kept: ``always`` or ``on-demand``.
        doubt: findings of less confidence are doubtful, 0 to 1.
        catalog: place of the index, absolute.
        folders: the scan folders that are watched.
        hooks: programs that are told of what was done.
    """

    id: str
    shelf: str
    reading: str
    doubt: float
    catalog: Path
    folders: tuple[ScanFolder, ...] = ()
    hooks: tuple[Hook, ...] = ()


def fresh() -> str:
    """The text of archive.toml for a new archive, with an ID of its own."""
    return DEFAULT.format_map({**_USUAL, "id": os.urandom(16).hex()})


def read(root: Path) -> Settings:
    """The settings of the archive at root.

    Raises:
        SetupError: no archive here, a newer one, or a setting that makes no sense.
    """
    place = root / FILE
    try:
        text = place.read_text("utf-8")
    except FileNotFoundError:
        raise SetupError(
            _("There is no archive in {root}.").format(root=root), hint=f"arsip init {quoted(root)}"
        ) from None
    except OSError as error:
        raise SetupError(
            _("{path} cannot be read: {why}.").format(path=place, why=cause(error)),
            hint=f"ls -ld {quoted(root)}",
        ) from error
    except ValueError as error:
        raise _no_toml(place, error) from error
    return understood(text, root)


def understood(text: str, root: Path) -> Settings:
    """The settings that a text of archive.toml makes.

    Raises:
        SetupError: it is of a newer arsip, or makes no sense.
    """
    place = root / FILE
    try:
        table = tomllib.loads(text)
    except ValueError as error:
        raise _no_toml(place, error) from error
    _check_format(table, place)
    lists = {name: table.pop(name) for name in _TABLES if name in table}
    kept = _settings(table, root, place)
    try:
        return kept._replace(**{f"{name}s": _listed(name, lists[name]) for name in lists})
    except ValueError as name:
        raise wrong(place, str(name)) from None


def _listed(name: str, tables: Any) -> Any:
    # Finding needs neither scan folders nor hooks, and most archives have none.
    return importlib.import_module(f"arsip.archive.{name}s").read(tables)


def _no_toml(place: Path, error: ValueError) -> SetupError:
    return SetupError(
        _("{path} is not TOML: {why}.").format(path=place, why=error),
        hint=_("Mend the line, or take the file from a copy of the archive."),
    )


def _check_format(table: dict[str, Any], place: Path) -> None:
    version = table.get("format")
    if isinstance(version, int) and version > FORMAT:
        raise SetupError(
            _("This archive was made by a newer arsip (format {version}).").format(version=version),
            hint="pip install --upgrade arsip",
        )
    if version != FORMAT:
        raise wrong(place, "format")


def _settings(table: dict[str, Any], root: Path, place: Path) -> Settings:
    for name in table:
        if name not in _USUAL:
            raise wrong(place, name)
    merged = {**_USUAL, **table}
    for name, default in _USUAL.items():
        kinds = (int, float) if isinstance(default, float) else (type(default),)
        if not isinstance(merged[name], kinds) or "id" not in table:
            raise wrong(place, name)
    if merged["reading"] not in READINGS:
        raise wrong(place, "reading")
    if not 0 <= merged["doubt"] <= 1:
        raise wrong(place, "doubt")
    return Settings(
        id=merged["id"],
        shelf=merged["shelf"],
        reading=merged["reading"],
        doubt=float(merged["doubt"]),
        catalog=root / Path(merged["catalog"]).expanduser(),
    )


def wrong(place: Path, name: str) -> SetupError:
    """What is said of a setting that makes no sense."""
    return SetupError(
        _('The setting "{name}" in {path} makes no sense.').format(name=name, path=place),
        hint=_("See docs/format.md for the settings."),
    )
