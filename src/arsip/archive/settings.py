"""archive.toml: what this archive is, and how it wants to be kept."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, NamedTuple

from arsip.archive import disk, folders, hooks
from arsip.archive.folders import ScanFolder
from arsip.archive.hooks import Hook
from arsip.errors import SetupError
from arsip.model import DOUBT
from arsip.words import _, cause

FORMAT: Final = 1
"""Version of everything that docs/format.md describes."""

FILE: Final = "archive.toml"
READINGS: Final = ("always", "on-demand")


DEFAULT: Final = """\
# The settings of this archive. What stands behind "#" is explanation.

format = 1                      # how this folder is built; arsip changes it, people do not
id = "{id}"

# How the shelf is made of a letter's fields; "/" begins a new folder.
# {{year}} {{month}} {{date}} {{sender}} {{number}} {{subject}} {{type}} {{id}}
shelf = "{{year}}/{{sender}}/{{date}} {{number}} {{subject}}"

# Searchable PDF of scans: "always" kept in the vault, or "on-demand".
reading = "always"

# Values of less confidence than this (0 to 1) are doubtful: candidates, not facts.
doubt = {doubt}

# The index. On a network share give a place on this machine, for example
# "/var/lib/arsip/catalog.sqlite3".
catalog = "catalog.sqlite3"
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
    return DEFAULT.format(id=os.urandom(16).hex(), doubt=DOUBT)


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
            _("There is no archive in {root}.").format(root=root), hint=f"arsip init {root}"
        ) from None
    except OSError as error:
        raise SetupError(
            _("{path} cannot be read: {why}.").format(path=place, why=cause(error)),
            hint=f"ls -ld '{root}'",
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
    lists = {name: table.pop(name, []) for name in (folders.TABLE, hooks.TABLE)}
    kept = _settings(table, root, place)
    try:
        watched = folders.read(lists[folders.TABLE])
        return kept._replace(folders=watched, hooks=hooks.read(lists[hooks.TABLE]))
    except ValueError as name:
        raise wrong(place, str(name)) from None


def rewrite(root: Path, change: Callable[[str], str]) -> Settings:
    """Put another text in the place of archive.toml's in one step; gives what it says now.

    The caller holds the archive's lock.

    Raises:
        SetupError: the text would make no sense; nothing was changed.
    """
    place = root / FILE
    text = change(place.read_text("utf-8"))
    kept = understood(text, root)
    fresh = place.with_name(f"{FILE}.new")
    fresh.unlink(missing_ok=True)
    disk.write(fresh, text.encode())
    fresh.rename(place)
    disk.flush_folder(root)
    return kept


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
    defaults = tomllib.loads(fresh())
    for name in table:
        if name not in defaults:
            raise wrong(place, name)
    merged = {**defaults, **table}
    for name, default in defaults.items():
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
