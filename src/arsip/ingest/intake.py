"""From a scan folder to a copy of our own: what is taken, and let go."""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import fcntl
import hashlib
import os
import signal
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from arsip.errors import ArchiveError, TooLarge
from arsip.model import Source
from arsip.scan.sniff import sniff
from arsip.words import _

F_SETSIG: Final = 10
"""Linux: which signal tells of a lease that is asked back; Python does not name it."""

CHUNK = 1 << 20
"""Bytes copied and hashed at a time."""

SPARE = 32 << 20
"""Bytes that stay free on the archive's disk beside a copy and what is made of it."""


class Refused(Exception):
    """Not a regular file, or not ours to read: left alone. The argument is a slug."""


class Later(Exception):
    """Cannot be taken just now: tried again. The argument is a slug."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A copy of a file as it came.

    Attributes:
        copy: our own, fsynced.
        print: which file it was, and in which state; see ``fingerprint``.
    """

    copy: Path
    digest: str
    size: int
    modified: dt.datetime
    print: str


def fingerprint(state: os.stat_result) -> str:
    """Which file, in which state: equal prints are the same bytes as far as the system tells."""
    return f"{state.st_dev}:{state.st_ino}:{state.st_size}:{state.st_mtime_ns}:{state.st_ctime_ns}"


def open_elsewhere(path: Path) -> bool:
    """Whether a program of this machine has a file open for writing, as far as can be told.

    Of another's file the system does not tell. Of one on a share it may say so wrongly.
    """
    lease = getattr(fcntl, "F_SETLEASE", None)
    if lease is None:
        return False
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):  # to open a device may set it going
            return False
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        # Who opens it in between has the system send a signal: one that ends nobody.
        fcntl.fcntl(descriptor, F_SETSIG, signal.SIGURG)
        fcntl.fcntl(descriptor, lease, fcntl.F_RDLCK)
        fcntl.fcntl(descriptor, lease, fcntl.F_UNLCK)
    except OSError as error:
        return error.errno == errno.EAGAIN
    finally:
        os.close(descriptor)
    return False


def take(path: Path, desk: Path, *, limit: int) -> Taken:
    """Copy a file to the desk, hashing on the way, and make sure it did not change meanwhile.

    Args:
        path: the file as it came.
        desk: an empty folder of ours.
        limit: bytes at most.

    Raises:
        Refused: a symlink, device, folder, FIFO, socket; or no permission.
        Later: zero bytes, vanished, changing, or no space for a copy.
        TooLarge: above the limit.
    """
    with _opened(path) as descriptor:
        before = os.fstat(descriptor)
        if not stat.S_ISREG(before.st_mode):
            raise Refused("not_a_file")
        if before.st_size == 0:
            raise Later("empty")
        if before.st_size > limit:
            raise TooLarge(_("{name} is larger than the limit.").format(name=path.name))
        copy = desk / "original"
        digest = _copy(descriptor, copy, size=before.st_size)
        if fingerprint(os.fstat(descriptor)) != fingerprint(before):
            copy.unlink()
            raise Later("changing")
    modified = dt.datetime.fromtimestamp(before.st_mtime, dt.UTC)
    return Taken(copy, digest, before.st_size, modified, fingerprint(before))


def source(path: Path, taken: Taken) -> Source:
    """The Source of what was taken.

    Raises:
        NotADocument: it is of no kind that is read.
    """
    return Source(
        path=taken.copy,
        name=path.name,
        digest=taken.digest,
        size=taken.size,
        format=sniff(taken.copy, path.name),
        modified=taken.modified,
    )


def release(path: Path, taken: Taken) -> bool:
    """Remove a source whose bytes are safe, unless it is no longer what was taken.

    The caller has proven that the archive holds the bytes. False: it changed, and stays.
    """
    try:
        if fingerprint(os.lstat(path)) != taken.print:
            return False
        path.unlink()
    except OSError:
        return False
    # A folder that cannot be flushed may show the source again after a power cut: as a duplicate.
    with contextlib.suppress(OSError):
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    return True


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[int]:
    try:
        kind = stat.S_IFMT(os.lstat(path).st_mode)
        if kind not in {stat.S_IFREG, stat.S_IFDIR}:  # to open a device may set it going
            raise Refused("not_a_file")
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        raise Later("vanished") from None
    except PermissionError:
        raise Refused("no_permission") from None
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise Refused("not_a_file") from None
        raise Later("unreadable_now") from None
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _copy(descriptor: int, copy: Path, *, size: int) -> str:
    """Copy to a new file and fsync it; gives the SHA-256.

    What grows faster than it is read is left off soon after ``size``: it changed anyway.

    Raises:
        Later: no space for it, or the source cannot be read now.
        ArchiveError: our own disk fails.
    """
    room = os.statvfs(copy.parent)
    if room.f_bavail * room.f_frsize < 2 * size + SPARE:
        raise Later("no_space")
    digest = hashlib.sha256()
    try:
        with copy.open("xb") as out:
            while out.tell() <= size and (chunk := _read(descriptor)):
                digest.update(chunk)
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
    except OSError as error:
        copy.unlink(missing_ok=True)
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            raise Later("no_space") from None
        raise ArchiveError(
            _("{where} cannot be written: {why}.").format(where=copy, why=error.strerror),
            hint="arsip doctor",
        ) from error
    return digest.hexdigest()


def _read(descriptor: int) -> bytes:
    """The next bytes of the source; a disk or share that fails now may be well later."""
    try:
        return os.read(descriptor, CHUNK)
    except OSError:
        raise Later("unreadable_now") from None
