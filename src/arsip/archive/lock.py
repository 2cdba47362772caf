"""Locks that die with the process that holds them."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from arsip.archive import disk
from arsip.errors import Busy
from arsip.words import _

PAUSES: Final = (0.005, 0.01, 0.02, 0.05)
"""Seconds between two tries for a lock; the last one again and again."""
DESK: Final = "desk"
"""Before the place of the desk in a mark: no file of the vault has that name."""
MARK_BYTES: Final = 4096
"""More than any mark is long."""


class Mark:
    """What the holder of a lock has in work, written into the lock's own file.

    Whoever takes the lock next finds it there when the holder broke off.

    Attributes:
        left: what a broken-off holder had in work, in words; none when all was done.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self.left = tuple(os.pread(descriptor, MARK_BYTES, 0).decode(errors="replace").split())

    def begin(self, what: str, fresh: Mapping[str, str] | None = None, *, desk: str = "") -> None:
        """Say what is in work.

        Args:
            what: one word.
            fresh: name -> SHA-256 of files to be replaced; the mark survives a power cut then.
            desk: where they lie, one word; what was begun can then be finished from there.
        """
        words = [what, *(f"{name}={summed}" for name, summed in (fresh or {}).items())]
        if desk:
            words.append(f"{DESK}={desk}")
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, " ".join(words).encode(), 0)
        if fresh:
            disk.flush(self._descriptor)

    def clear(self) -> None:
        """Say that all is done."""
        os.ftruncate(self._descriptor, 0)


@contextlib.contextmanager
def held(path: Path, *, wait: float) -> Iterator[int]:
    """An open descriptor of a file that no other process holds meanwhile.

    Args:
        path: the file; made when it is not there.
        wait: seconds to wait for the other to let go.

    Raises:
        Busy: the other did not.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, disk.FILE_MODE)
    try:
        _lock(descriptor, path, deadline=time.monotonic() + wait)
        yield descriptor
    finally:
        os.close(descriptor)


def free(path: Path) -> bool:
    """Whether no living process holds the file."""
    try:
        with held(path, wait=0):
            return True
    except Busy:
        return False


def _lock(descriptor: int, path: Path, *, deadline: float) -> None:
    tries = 0
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise Busy(
                    _("Another arsip is at work with {path}.").format(path=path),
                    hint=_("Try again when it has finished, or wait longer: --wait 120"),
                ) from None
            time.sleep(PAUSES[min(tries, len(PAUSES) - 1)])
            tries += 1
        else:
            return
