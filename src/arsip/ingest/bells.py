"""Who tells that something changed in a scan folder: the system, or nobody."""

from __future__ import annotations

import contextlib
import errno
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Final

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

from arsip.archive import probe

# What watchdog has to say of its own threads is nothing for a person.
logging.getLogger("watchdog").addHandler(logging.NullHandler())

SILENT: Final = frozenset({"drvfs", "prl_fs", "virtiofs", "vmhgfs"})
"""Types of file systems beside those of the network on which others write unheard."""
EXHAUSTED: Final = frozenset({errno.ENOSPC, errno.EMFILE, errno.ENOMEM})
"""What the system answers when it watches as many folders as it may."""


def tells(kind: str) -> bool:
    """Whether the system hears of every change on a file system of this type.

    Of what another machine writes to a share it does not.
    """
    return kind not in probe.NETWORK | SILENT and not kind.startswith("fuse")


@dataclass(slots=True)
class Bell:
    """Rings when something changes in one folder.

    Attributes:
        rung: since it was last looked at.
        closed: and a file was closed that had been open for writing.
        kind: type of the folder's file system.
        told: the system tells; else nobody rings, and one has to look.
        exhausted: it would tell, but watches as many folders as it may.
    """

    folder: Path
    kind: str = ""
    rung: bool = False
    closed: bool = False
    told: bool = False
    exhausted: bool = False
    _watch: ObservedWatch | None = None


@dataclass(slots=True)
class Bells:
    """The bells of all folders; each of them wakes the one who waits."""

    _observer: BaseObserver = field(default_factory=Observer)
    _wakes: SimpleQueue[None] = field(default_factory=SimpleQueue)
    _woken: bool = False

    def wake(self) -> None:
        """Wake the one who waits, or who waits next; safe in a signal handler."""
        if not self._woken:
            self._woken = True
            self._wakes.put(None)

    def wait(self, seconds: float) -> None:
        """Wait until somebody wakes us, or the time is over."""
        with contextlib.suppress(Empty):
            self._wakes.get(timeout=seconds)
        self._woken = False

    @contextlib.contextmanager
    def hung(self) -> Iterator[None]:
        """While it lasts the system is listened to."""
        with contextlib.suppress(OSError):
            self._observer.start()
        try:
            yield
        finally:
            if self._observer.is_alive():
                self._observer.stop()
                self._observer.join()

    def hang(self, folder: Path, *, recursive: bool, trust: bool = True) -> Bell:
        """A bell for a folder; where the system does not tell it stays silent.

        Args:
            folder: there.
            recursive: it rings for folders in it too.
            trust: go by the type of its file system; else it is tried.
        """
        bell = Bell(folder, kind=probe.kind_of(folder))
        if (trust and not tells(bell.kind)) or not self._observer.is_alive():
            return bell
        try:
            bell._watch = self._observer.schedule(  # noqa: SLF001 - its own bell
                _Ringer(bell, self.wake), str(folder), recursive=recursive
            )
            bell.told = True
        except OSError as error:
            bell.exhausted = error.errno in EXHAUSTED
        return bell

    def take_down(self, bell: Bell) -> None:
        """Listen no more for a folder."""
        if bell._watch is not None:  # noqa: SLF001 - its own bell
            # The folder may be gone, and its watch with it.
            with contextlib.suppress(KeyError, OSError):
                self._observer.unschedule(bell._watch)  # noqa: SLF001 - its own bell


class _Ringer(FileSystemEventHandler):
    """Rings for every change but the reading of files."""

    def __init__(self, bell: Bell, wake: Callable[[], None]) -> None:
        self._bell = bell
        self._wake = wake

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type not in {"opened", "closed_no_write", "deleted"}:
            self._bell.closed |= event.event_type == "closed"
            self._bell.rung = True
            self._wake()
