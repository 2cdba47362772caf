"""Who watches which scan folder, and how it goes there: a file a folder, locked while it lasts."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from arsip.archive import disk, lock
from arsip.errors import Busy
from arsip.words import _

PLACE: Final = "claims"
WAIT: Final = 0.3
"""Seconds to wait for one who only asks whether a folder is watched."""


class Pulse(NamedTuple):
    """How it goes with a scan folder.

    Attributes:
        folder: its real path.
        looked: when it was looked at last; None: never.
        reading: name of the file that is read now; empty: none.
        done, of: pages of it that are read, and all that are known of.
        pace: pages a minute in what was read last; 0: nothing was.
        kind: type of its file system.
        told: the system tells of changes there.
        pid: who watches, or watched last.
        trouble: what went wrong last, in words, and
        troubled: when.
    """

    folder: Path
    looked: dt.datetime | None = None
    reading: str = ""
    done: int = 0
    of: int = 0
    pace: float = 0.0
    kind: str = ""
    told: bool = False
    pid: int = 0
    trouble: str = ""
    troubled: dt.datetime | None = None


class Claim:
    """A scan folder that this process holds.

    Attributes:
        pulse: what is said of it; before the first word what the one before said last.
        fresh: no one ever held it before.
    """

    def __init__(self, descriptor: int, folder: Path) -> None:
        self._descriptor = descriptor
        before = _read(os.pread(descriptor, 1 << 16, 0))
        self.fresh = before is None
        self.pulse = (before or Pulse(folder))._replace(folder=folder, reading="", pid=os.getpid())
        self._write()

    def tell(self, **changes: Any) -> None:
        """Say how it goes; it is not worth waiting for the disk."""
        self.pulse = self.pulse._replace(**changes)
        self._write()

    def _write(self) -> None:
        told = self.pulse._asdict() | {
            "folder": os.fsdecode(os.fsencode(self.pulse.folder)),
            "looked": _moment(self.pulse.looked),
            "troubled": _moment(self.pulse.troubled),
        }
        line = json.dumps(told).encode() + b"\n"
        # A disk that is full must not end a watch that has nothing to write there but this.
        with contextlib.suppress(OSError):
            os.pwrite(self._descriptor, line, 0)
            os.ftruncate(self._descriptor, len(line))


@contextlib.contextmanager
def claimed(root: Path, folder: Path) -> Iterator[Claim]:
    """Holds a scan folder, so that no two watch it into this archive at once.

    Raises:
        Busy: another process holds it.
    """
    real = Path(os.path.realpath(folder))
    name = disk.summed(os.fsencode(real))[:16]
    with contextlib.ExitStack() as stack:
        with disk.writing(root):
            disk.make_folders(root / PLACE)
            try:
                descriptor = stack.enter_context(lock.held(root / PLACE / name, wait=WAIT))
            except Busy:
                raise Busy(
                    _("Another arsip is watching {folder}.").format(folder=folder),
                    hint="arsip status",
                ) from None
            claim = Claim(descriptor, real)
        try:
            yield claim
        finally:
            claim.tell(reading="")


def pulses(root: Path) -> Iterator[tuple[Pulse, bool]]:
    """How it went with each scan folder that was ever watched, and whether it is watched now."""
    for path in sorted((root / PLACE).glob("[0-9a-f]*")):
        with contextlib.suppress(OSError):
            pulse = _read(path.read_bytes())
            if pulse is not None:
                yield pulse, not lock.free(path)


def _read(content: bytes) -> Pulse | None:
    """What a claim says; None: nothing was said, or by an arsip that said less."""
    line, _end, _rest = content.partition(b"\n")
    try:
        told = json.loads(line)
        told |= {name: told[name] and dt.datetime.fromisoformat(told[name]) for name in _MOMENTS}
        return Pulse(**told)._replace(folder=Path(told["folder"]))
    except (ValueError, TypeError, KeyError):
        return None


_MOMENTS: Final = ("looked", "troubled")


def _moment(when: dt.datetime | None) -> str | None:
    return None if when is None else when.isoformat(timespec="seconds")
