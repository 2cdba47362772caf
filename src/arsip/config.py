"""What a person has set: defaults < TOML file < environment < flags, in one frozen Config."""

from __future__ import annotations

import importlib
import os
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from arsip.errors import UsageError, quoted
from arsip.model import Limits
from arsip.words import _, cause

_DOCUMENTS: Final = re.compile(r'^XDG_DOCUMENTS_DIR="(?:\$HOME/)?([^"]*)"', re.MULTILINE)


class Config(NamedTuple):
    """The settings of one run.

    Attributes:
        archive: the archive's folder.
        languages: what scans are read in, as tesseract names them.
        jobs: reading children; 0: one a core.
        nice: added to their niceness.
        settle: seconds for which a file in a scan folder must stand still.
        poll: seconds between looks at a folder whose changes the system does not tell.
        patience: minutes for which a file that is not whole is waited for.
        wait: seconds for which a busy archive is waited for.
        passwords: file of passwords to try on locked PDFs, one a line.
        who: who makes corrections, as history tells it.
        hooks: programs that an archive may have run, by their whole paths.
        limits: what a file may cost.
    """

    archive: Path
    languages: str = "ind+eng"
    jobs: int = 0
    nice: int = 5
    settle: float = 5.0
    poll: float = 30.0
    patience: float = 10.0
    wait: float = 30.0
    passwords: Path | None = None
    who: str = ""
    hooks: tuple[Path, ...] = ()
    limits: Limits = Limits()


def load(
    environ: Mapping[str, str], *, file: Path | None = None, archive: Path | None = None
) -> Config:
    """The settings of this run.

    Args:
        environ: ``ARSIP_ARCHIVE``, ``ARSIP_CONFIG`` and ``ARSIP_<SETTING>`` are read.
        file: the TOML file that a person named; it must exist.
        archive: the folder that a person named.

    Raises:
        UsageError: a file, name or value is not understood; it says where.
    """
    written = _file(environ, file)
    tables = {name: value for name, value in written.items() if isinstance(value, dict)}
    flat = {name: value for name, value in written.items() if name not in tables}
    settings = _read(flat, _SETTINGS, place=_("the settings file"))
    limits = _read(tables.pop("limits", {}), _LIMITS, place="[limits]")
    if tables:
        raise _unknown(next(iter(tables)), ["limits"], place=_("the settings file"))
    settings |= _read(_spoken(environ), _SETTINGS, place=_("the environment"))
    if archive is not None:
        settings["archive"] = archive.expanduser()
    if "archive" not in settings:
        settings["archive"] = default_archive(environ)
    return Config(**settings, limits=Limits(**limits))


def default_archive(environ: Mapping[str, str]) -> Path:
    """``arsip`` in the documents folder of this person, else in the home folder."""
    home = Path(environ.get("HOME") or Path.home())
    if sys.platform == "darwin":
        return home / "Documents" / "arsip"
    named = environ.get("XDG_DOCUMENTS_DIR") or _documents(environ, home)
    documents = home / named
    return (documents if documents.is_dir() else home) / "arsip"


def config_folder(environ: Mapping[str, str]) -> Path:
    """Where settings live: ``$XDG_CONFIG_HOME``, else ``~/.config``."""
    home = Path(environ.get("HOME") or Path.home())
    return Path(environ.get("XDG_CONFIG_HOME") or home / ".config")


def state_folder(environ: Mapping[str, str]) -> Path:
    """Where arsip notes what is no setting and no letter: reports of bugs, the last search."""
    home = Path(environ.get("HOME") or Path.home())
    return Path(environ.get("XDG_STATE_HOME") or home / ".local" / "state") / "arsip"


def _documents(environ: Mapping[str, str], home: Path) -> str:
    """The documents folder of xdg-user-dirs, relative to home or absolute; empty: not said."""
    try:
        text = (config_folder(environ) / "user-dirs.dirs").read_text("utf-8", "surrogateescape")
    except OSError:
        return ""
    found = _DOCUMENTS.search(text)
    return os.path.expandvars(found[1]) if found else str(home)


def _file(environ: Mapping[str, str], named: Path | None) -> Mapping[str, Any]:
    """What stands in the TOML file; nothing when none was named and none is there."""
    asked = named or (Path(environ["ARSIP_CONFIG"]) if environ.get("ARSIP_CONFIG") else None)
    path = asked or config_folder(environ) / "arsip" / "config.toml"
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        if asked is None:
            return {}
        raise UsageError(_("There is no settings file {file}.").format(file=path)) from None
    except (OSError, UnicodeDecodeError) as error:
        message = _("The settings file {file} cannot be read: {why}")
        raise UsageError(
            message.format(file=path, why=cause(error)), hint=f"ls -l {quoted(path)}"
        ) from error
    # Loaded only when there is a file: most runs have none, and each pays for it.
    toml: Any = importlib.import_module("tomllib")
    try:
        written: Mapping[str, Any] = toml.loads(text)
    except ValueError as error:
        message = _("The settings file {file} is not TOML: {why}")
        raise UsageError(message.format(file=path, why=error)) from error
    return written


def _spoken(environ: Mapping[str, str]) -> Mapping[str, str]:
    names = {f"ARSIP_{name.upper()}": name for name in _SETTINGS}
    return {name: environ[word] for word, name in names.items() if environ.get(word)}


def _read(
    written: Mapping[str, Any], readers: Mapping[str, Callable[[Any], Any]], *, place: str
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, value in written.items():
        if name not in readers:
            raise _unknown(name, list(readers), place=place)
        try:
            values[name] = readers[name](value)
        except (ValueError, TypeError):
            message = _("In {place}, {name} cannot be {value}.")
            raise UsageError(message.format(place=place, name=name, value=repr(value))) from None
    return values


def _unknown(name: str, known: list[str], *, place: str) -> UsageError:
    # Loaded only to complain.
    near = importlib.import_module("difflib").get_close_matches(name, known, n=1)
    hint = _("Did you mean {name}?").format(name=near[0]) if near else ", ".join(known)
    return UsageError(
        _("In {place}, {name} is no setting.").format(place=place, name=name), hint=hint
    )


def _path(value: str) -> Path:
    return Path(value).expanduser()


def _words(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z_]+(\+[A-Za-z_]+)*", value):
        raise ValueError(value)
    return value


def _programs(value: Any) -> tuple[Path, ...]:
    written = value.split(os.pathsep) if isinstance(value, str) else list(value)
    paths = tuple(Path(one).expanduser() for one in written if one)
    if not all(path.is_absolute() for path in paths):
        raise ValueError(value)
    return paths


def _at_least(least: float) -> Callable[[Any], float]:
    def read(value: Any) -> float:
        number = float(value)
        if not least <= number < float("inf"):
            raise ValueError(value)
        return number

    return read


def _count(value: Any) -> int:
    number = int(value)
    if number < 0 or isinstance(value, float | bool):
        raise ValueError(value)
    return number


_SETTINGS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "archive": _path,
    "languages": _words,
    "jobs": _count,
    "nice": _count,
    "settle": _at_least(0),
    "poll": _at_least(0.1),
    "patience": _at_least(0),
    "wait": _at_least(0),
    "passwords": _path,
    "who": str,
    "hooks": _programs,
}

_LIMITS: Final[Mapping[str, Callable[[Any], Any]]] = {
    name: _at_least(0) if isinstance(usual, float) else _count
    for name, usual in Limits._field_defaults.items()
}
