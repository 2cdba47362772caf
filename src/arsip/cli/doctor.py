"""Checks this machine, and gives the line to type for what is missing."""

from __future__ import annotations

import contextlib
import platform
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final, Literal, TypeAlias

import typer

from arsip import __version__
from arsip.archive import probe, settings
from arsip.archive.vault import Vault
from arsip.cli.command import JSON, speaks
from arsip.cli.counter import Counter
from arsip.cli.guard import SETUP
from arsip.cli.render import plain
from arsip.errors import SetupError, quoted
from arsip.ingest import confine
from arsip.scan.engines import INSTALL_LIBRARY, Tesseract, candidates, choose
from arsip.words import N_, _

Verdict: TypeAlias = Literal["good", "advice", "missing"]
Details: TypeAlias = tuple[tuple[str, Any], ...]
"""What was found, for scripts: names and values."""

WATCHES: Final = Path("/proc/sys/fs/inotify/max_user_watches")
FEW_WATCHES: Final = 8_192
"""Folders that can be watched; below this a deep scan folder runs out of them."""
LITTLE_SPACE: Final = 2 << 30
"""Bytes below which an office fills the disk within weeks: about 10,000 scanned pages."""
GIB: Final = 1 << 30
MB: Final = 1_000_000

MARKS: Final = {"good": N_("good"), "advice": N_("advice"), "missing": N_("missing")}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at.

    Attributes:
        name: slug.
        told: what was found, for a person.
        hint: the line to type, or what to do.
    """

    name: str
    verdict: Verdict
    told: str
    hint: str = ""
    details: Details = ()

    def json(self) -> dict[str, Any]:
        """The object that ``doctor --json`` prints, version 1."""
        return {
            "v": 1,
            "check": self.name,
            "verdict": self.verdict,
            "hint": self.hint or None,
            **dict(self.details),
        }


@speaks(
    _(
        "Check this machine: the OCR engine and its languages, SQLite, the archive's disk, what "
        "watching needs. For what is missing it gives the line to type, and ends with 3."
    ),
    "arsip doctor",
    "arsip doctor --json",
)
def doctor(ctx: typer.Context, *, json: Annotated[bool, JSON] = False) -> None:
    """Check this machine."""
    counter: Counter = ctx.obj
    screen = counter.screen
    missing = False
    for check in checks(counter):
        missing |= check.verdict == "missing"
        if json:
            screen.json(check.json())
            continue
        screen.row((_(MARKS[check.verdict]), check.told))
        if check.hint:
            screen.show("\t", plain(_("Hint: {hint}").format(hint=check.hint)))
    if missing:
        raise typer.Exit(SETUP)


def checks(counter: Counter) -> Iterator[Check]:
    """All checks, in the order they are told."""
    yield _python()
    yield _index()
    yield from _engines(counter)
    yield _confinement()
    yield from _archive(counter.config.archive)
    yield _watching()
    yield _desktop()


def _python() -> Check:
    version = platform.python_version()
    told = _("arsip {version}, Python {python}").format(version=__version__, python=version)
    return Check("program", "good", told, details=(("arsip", __version__), ("python", version)))


def _index() -> Check:
    found = probe.index()
    details = (("version", found.version), ("fts5", found.fts5))
    if found.fts5:
        told = _("SQLite {version} with full-text search").format(version=found.version)
        return Check("sqlite", "good", told, details=details)
    told = _("SQLite {version} has no full-text search (FTS5)").format(version=found.version)
    return Check("sqlite", "missing", told, "apt install python3 libsqlite3-0", details)


def _engines(counter: Counter) -> Iterator[Check]:
    """The engine that would be used; the others are named too."""
    wanted = counter.config.languages.split("+")
    try:
        chosen = choose(counter.environ, languages=wanted)
    except SetupError as error:
        yield Check("engine", "missing", error.message, error.hint)
        return
    told = (
        _("{engine} stays loaded and reads {languages}: {program}")
        if chosen.resident
        else _("{engine} reads {languages}: {program}")
    )
    details: Details = (
        ("engine", chosen.label),
        ("executable", str(chosen.executable)),
        ("languages", sorted(chosen.languages)),
        ("bundled", chosen.bundled),
        ("resident", chosen.resident),
    )
    yield Check("engine", "good", _filled(told, chosen, wanted), details=details)
    found = candidates(counter.environ)
    for other in found:
        if other.executable != chosen.executable:
            told = _("{engine} is there too, not used: {program}")
            details = (("engine", other.label), ("executable", str(other.executable)))
            yield Check("engine_unused", "good", _filled(told, other), details=details)
    # The library can be had wherever the bundled program can.
    if any(engine.bundled for engine in found) and not any(engine.resident for engine in found):
        told = _("Scans are read faster by an engine that stays loaded")
        yield Check("fast", "advice", told, INSTALL_LIBRARY)


def _confinement() -> Check:
    """What holds files from outside back, besides limits: children read them."""
    found = confine.offered()
    details = (("privileges", found.privileges), ("calls", found.calls), ("writes", found.writes))
    if found.calls and found.writes:
        told = _("Files are read by processes that are confined: no network, no other files")
        return Check("confinement", "good", told, details=details)
    if found.calls:
        told = _("Files are read by processes without network; other files are not fenced off")
        hint = _("Linux 6.2 or newer with Landlock fences them off")
        return Check("confinement", "advice", told, hint, details)
    told = _("Files are read by processes with limits; this system cannot confine them")
    hint = _("on Linux (x86-64, arm64) they are confined")
    return Check("confinement", "advice", told, hint, details)


def _filled(told: str, engine: Tesseract, languages: Sequence[str] = ()) -> str:
    return told.format(
        engine=engine.label, languages="+".join(languages), program=engine.executable
    )


def _archive(root: Path) -> Iterator[Check]:
    found = probe.filesystem(root)
    yield _place(root, found)
    if found.writable:
        yield _disk(found)
    yield _space(root, found)
    if _there(root):
        yield _copies(root)


def _place(root: Path, found: probe.FileSystem) -> Check:
    details = (("archive", str(root)), ("exists", _there(root)))
    if not found.writable:
        told = _("You may not write in the archive's folder: {folder}").format(folder=root)
        return Check("archive", "missing", told, f"ls -ld {quoted(root)}", details)
    if not _there(root):
        told = _("There is no archive yet: {folder}").format(folder=root)
        return Check("archive", "advice", told, f"arsip --archive {quoted(root)} init", details)
    return Check("archive", "good", _("Archive: {folder}").format(folder=root), details=details)


def _there(root: Path) -> bool:
    """Whether an archive can be seen there."""
    with contextlib.suppress(PermissionError):
        return (root / "archive.toml").is_file()
    return False


def _disk(found: probe.FileSystem) -> Check:
    """Locks and syncing are needed; links and case are a matter of comfort."""
    traits = {
        "locks": found.locks,
        "symlinks": found.symlinks,
        "fsync": found.syncs,
        "case": found.cases,
    }
    details = (("file_system", found.kind), *traits.items(), ("network", found.network))
    lacking = [name for name, there in traits.items() if not there]
    kind = found.kind or "?"
    if not found.locks or not found.syncs:
        told = _("The archive's file system ({kind}) lacks: {lacking}").format(
            kind=kind, lacking=", ".join(lacking)
        )
        hint = _("keep the archive on a disk of this machine (ext4, xfs, btrfs, apfs)")
        return Check("file_system", "missing", told, hint, details)
    if found.network:
        told = _("The archive lies on a network share ({kind})").format(kind=kind)
        hint = _("give the index a place on this machine: catalog = … in archive.toml")
        return Check("file_system", "advice", told, hint, details)
    if lacking:
        told = _("The archive's file system ({kind}) lacks: {lacking}").format(
            kind=kind, lacking=", ".join(lacking)
        )
        hint = _("letters are safe there, but the shelf may be incomplete")
        return Check("file_system", "advice", told, hint, details)
    told = _("The archive's file system ({kind}) has locks, links, syncing and case").format(
        kind=kind
    )
    return Check("file_system", "good", told, details=details)


def _space(root: Path, found: probe.FileSystem) -> Check:
    told = _("{free} GB free").format(free=round(found.free / GIB, 1))
    details = (("free_bytes", found.free),)
    if found.free < LITTLE_SPACE:
        return Check("space", "advice", told, f"df -h {quoted(root)}", details)
    return Check("space", "good", told, details=details)


def _copies(root: Path) -> Check:
    """What the searchable copies of scans cost, as this archive keeps them."""
    try:
        setting = settings.read(root).reading
    except SetupError as error:
        return Check("settings", "missing", error.message, error.hint)
    originals, copies = Vault(root).sizes()
    sentence = {
        "always": N_(
            "Searchable copies of scans are kept: {copies} beside {originals} as they came"
        ),
        "on-demand": N_(
            "Searchable copies are made on demand; kept are {copies} beside {originals}"
        ),
    }[setting]
    told = _(sentence).format(copies=_megabytes(copies), originals=_megabytes(originals))
    details: Details = (("reading", setting), ("copies", copies), ("originals", originals))
    return Check("reading", "good", told, details=details)


def _megabytes(count: int) -> str:
    return f"{count / MB:.1f} MB"


def _watching() -> Check:
    """How many folders ``watch`` can be told of; macOS has no such limit."""
    try:
        limit = int(WATCHES.read_text())
    except (OSError, ValueError):
        return Check("watch", "good", _("Folders can be watched"), details=(("limit", None),))
    told = _("{limit} folders can be watched").format(limit=limit)
    if limit < FEW_WATCHES:
        hint = "sudo sysctl fs.inotify.max_user_watches=524288"
        return Check("watch", "advice", told, hint, (("limit", limit),))
    return Check("watch", "good", told, details=(("limit", limit),))


def _desktop() -> Check:
    name = "open" if sys.platform == "darwin" else "xdg-open"
    if shutil.which(name):
        return Check("desktop", "good", _("Letters can be opened on the desktop"))
    told = _("Letters cannot be opened from here: there is no {name}").format(name=name)
    return Check("desktop", "advice", told, "apt install xdg-utils")
