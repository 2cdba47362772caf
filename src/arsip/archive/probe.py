"""What this machine gives an archive: tried out, not looked up."""

from __future__ import annotations

import contextlib
import fcntl
import os
import sqlite3
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

NETWORK: Final = frozenset(
    {"9p", "afs", "ceph", "cifs", "davfs", "fuse.sshfs", "nfs", "nfs4", "smb3", "smbfs", "vboxsf"}
)
"""Types of file systems whose locks SQLite must not trust (sqlite.org/useovernet.html)."""

MOUNTS: Final = Path("/proc/self/mountinfo")


@dataclass(frozen=True, slots=True)
class FileSystem:
    """What the file system below a folder can do.

    Attributes:
        kind: its type as the system names it; empty when it does not tell.
        free: bytes left for this user.
        writable: files can be made there; nothing else was tried when they cannot.
        locks: one holder at a time.
        symlinks: the shelf is made of them.
        syncs: files and folders can be forced to the disk.
        cases: ``A`` and ``a`` are two names.
    """

    kind: str
    free: int
    writable: bool
    locks: bool = False
    symlinks: bool = False
    syncs: bool = False
    cases: bool = False

    @property
    def network(self) -> bool:
        """It lies on another machine: the catalog must not."""
        return self.kind in NETWORK


@dataclass(frozen=True, slots=True)
class Index:
    """The SQLite of this Python; without FTS5 there is no search."""

    version: str
    fts5: bool


def filesystem(place: Path) -> FileSystem:
    """Try out the file system of a folder, or of the nearest one above it that is there.

    Nothing stays there.
    """
    folder = place.absolute()
    while not folder.is_dir():
        folder = folder.parent
    room = os.statvfs(folder)
    kind, free = kind_of(folder), room.f_bavail * room.f_frsize
    try:
        with tempfile.TemporaryDirectory(prefix=".arsip-probe-", dir=folder) as name:
            return _tried(Path(name), kind=kind, free=free)
    except OSError:
        return FileSystem(kind, free, writable=False)


def index() -> Index:
    """Try out SQLite."""
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.execute("CREATE VIRTUAL TABLE word USING fts5 (text)")
        except sqlite3.OperationalError:
            return Index(sqlite3.sqlite_version, fts5=False)
    return Index(sqlite3.sqlite_version, fts5=True)


def _tried(folder: Path, *, kind: str, free: int) -> FileSystem:
    file = folder / "a"
    file.touch()
    return FileSystem(
        kind,
        free,
        writable=True,
        locks=_locks(file),
        symlinks=_symlinks(folder),
        syncs=_syncs(file) and _syncs(folder),
        cases=not (folder / "A").exists(),
    )


def _locks(file: Path) -> bool:
    """Whether a second holder is kept out, and POSIX locks, which SQLite uses, are known."""
    with file.open("wb") as first, file.open("wb") as second:
        try:
            fcntl.lockf(first, fcntl.LOCK_EX | fcntl.LOCK_NB)
            fcntl.lockf(first, fcntl.LOCK_UN)
            fcntl.flock(first, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        try:
            fcntl.flock(second, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def _symlinks(folder: Path) -> bool:
    link = folder / "link"
    try:
        link.symlink_to("a")
    except OSError:
        return False
    return link.is_symlink()


def _syncs(path: Path) -> bool:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return True


def kind_of(folder: Path) -> str:
    """The type of the mount that holds a folder; see proc(5), mountinfo."""
    try:
        lines = MOUNTS.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return ""
    place = folder.resolve()
    mounts: dict[Path, str] = {}
    for line in lines:
        before, _dash, after = line.partition(" - ")
        point = before.split()[4].encode("utf-8", "surrogateescape").decode("unicode_escape")
        mounts[Path(point)] = after.split()[0]
    return next((mounts[above] for above in (place, *place.parents) if above in mounts), "")
