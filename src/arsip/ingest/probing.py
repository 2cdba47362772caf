"""A scan folder tried out: whether its system tells of what comes, how late, by what clock."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Final, NamedTuple

from arsip.ingest.bells import Bells, tells

PROBE: Final = ".arsip-probe"
"""Hidden, so that no watch takes it."""
STEP: Final = 0.05


class Probed(NamedTuple):
    """What a probe has shown.

    Attributes:
        kind: type of the file system; empty: the system does not tell.
        network: it is one whose changes are not told in general.
        delay: seconds until the system told of the probe; None: it did not.
        clock: seconds by which the clock of the folder is ahead of ours.
        free: bytes left there.
        exhausted: the system watches as many folders as it may.
    """

    kind: str
    network: bool
    delay: float | None
    clock: float
    free: int
    exhausted: bool


def probe(folder: Path, *, patience: float) -> Probed:
    """Write a file to a folder, see what the system tells, and remove it, whatever happens.

    Args:
        folder: there.
        patience: seconds to wait for the system to tell.

    Raises:
        OSError: it cannot be written there, or not removed.
    """
    bells = Bells()
    file = folder / f"{PROBE}-{os.getpid()}-{os.urandom(4).hex()}"
    with bells.hung():
        bell = bells.hang(folder, recursive=False, trust=False)
        try:
            begun, here = time.monotonic(), time.time()
            file.write_bytes(b"arsip\n")
            there = file.stat().st_mtime
            delay = None
            while bell.told and delay is None and time.monotonic() - begun < patience:
                bells.wait(STEP)
                delay = time.monotonic() - begun if bell.rung else None
        finally:
            file.unlink(missing_ok=True)
            bells.take_down(bell)
    room = os.statvfs(folder)
    return Probed(
        kind=bell.kind,
        network=not tells(bell.kind),
        delay=delay,
        clock=there - here,
        free=room.f_bavail * room.f_frsize,
        exhausted=bell.exhausted,
    )
