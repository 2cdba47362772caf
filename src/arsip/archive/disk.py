"""Files and folders put on the disk so that a power cut cannot take them back."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from arsip.errors import ArchiveError, NoSpace, SetupError
from arsip.words import _, cause

FOLDER_MODE = 0o700
FILE_MODE = 0o600
ORIGINAL_MODE = 0o400
CHUNK = 1 << 20

NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT})
FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
"""What trying again does not mend."""
NO_FOLDER_SYNC = frozenset({errno.EINVAL, errno.ENOTSUP})
"""What file systems answer that cannot fsync a folder, because they need not or do not care."""

FULL_SYNC: int | None = getattr(fcntl, "F_FULLFSYNC", None)
"""On macOS fsync leaves the bytes in the drive's cache; this does not."""


@contextlib.contextmanager
def writing(place: Path) -> Iterator[None]:
    """Says in the archive's words what the system says against a write.

    Raises:
        NoSpace: the disk or the quota is full.
        SetupError: the person may not write there.
        ArchiveError: anything else that the system refuses.
    """
    try:
        yield
    except OSError as error:
        where = error.filename or place
        if error.errno in NO_SPACE:
            raise NoSpace(
                _("There is no space left for {where}.").format(where=where),
                hint=_("Make room on this disk, then try again."),
            ) from error
        kind = SetupError if error.errno in FORBIDDEN else ArchiveError
        raise kind(
            _("{where} cannot be written: {why}.").format(where=where, why=cause(error)),
            hint="arsip doctor",
        ) from error


def writable(root: Path) -> bool:
    """Whether an archive can be written: a medium may be read only, or another's."""
    return os.access(root, os.W_OK)


def flush(descriptor: int) -> None:
    """Wait until what was written is on the medium."""
    if FULL_SYNC is None:
        os.fsync(descriptor)
    else:
        fcntl.fcntl(descriptor, FULL_SYNC)


def flush_file(path: Path) -> None:
    """Make the bytes of a file durable."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        flush(descriptor)
    finally:
        os.close(descriptor)


def flush_folder(path: Path) -> None:
    """Make the names in a folder durable."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        flush(descriptor)
    except OSError as error:
        if error.errno not in NO_FOLDER_SYNC:
            raise
    finally:
        os.close(descriptor)


def put(path: Path, content: bytes) -> None:
    """Make a file that is there either whole or not at all, over one that was there before."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    write(fresh, content)
    fresh.rename(path)
    flush_folder(path.parent)


def write(path: Path, content: bytes) -> None:
    """Make a new file and wait until its bytes are durable; its name is the folder's matter."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, FILE_MODE)
    try:
        pour(descriptor, content)
        flush(descriptor)
    finally:
        os.close(descriptor)


def moved(path: Path, place: Path, *, mode: int) -> str:
    """Move a file and make its bytes durable; gives its SHA-256."""
    path.chmod(mode)
    path.rename(place)
    flush_file(place)
    return digest(place)


def pour(descriptor: int, content: bytes) -> None:
    """Write all of it: the system may take less at a time."""
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def make_folders(path: Path) -> None:
    """Make a folder and those above it that are missing, each durable."""
    if path.is_dir():
        return
    make_folders(path.parent)
    with contextlib.suppress(FileExistsError):
        path.mkdir(FOLDER_MODE)
    flush_folder(path.parent)


def digest(path: Path) -> str:
    """The SHA-256 of a file, lower-case hex."""
    summed = hashlib.sha256()
    with path.open("rb", buffering=0) as file:
        while chunk := file.read(CHUNK):
            summed.update(chunk)
    return summed.hexdigest()


def summed(content: bytes) -> str:
    """The SHA-256 of bytes, lower-case hex."""
    return hashlib.sha256(content).hexdigest()


def wipe(path: Path) -> None:
    """Remove a folder of ours with all it holds, as far as it can be; links are not followed."""
    with contextlib.suppress(OSError):
        for item in list(os.scandir(path)):
            if item.is_dir(follow_symlinks=False):
                wipe(Path(item.path))
            else:
                with contextlib.suppress(OSError):
                    Path(item.path).unlink()
        path.rmdir()
