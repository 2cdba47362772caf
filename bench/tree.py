"""What a command costs with all the processes that it starts; Linux only."""

from __future__ import annotations

import os
import shlex
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

LOOK_SECONDS = 0.1
MB = 1024
"""Kilobytes, in which the kernel counts."""


class Cost(NamedTuple):
    """What a run took.

    Attributes:
        cpu: seconds of all its processes.
        wall: seconds.
        parent_mb: the most resident memory of the first process.
        tree_mb: the most memory of all together, what they share counted once (PSS).
    """

    cpu: float
    wall: float
    parent_mb: int
    tree_mb: int


def run(command: Sequence[str]) -> Cost:
    """Run a command to its end; it must end well."""
    start, over = time.perf_counter(), threading.Event()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    most = [0, 0]
    thread = threading.Thread(target=_watch, args=(child.pid, most, over))
    thread.start()
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - start
    over.set()
    thread.join()
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{shlex.join(command)} ended with {child.returncode}")
    return Cost(usage.ru_utime + usage.ru_stime, wall, most[0] // MB, most[1] // MB)


def _watch(pid: int, most: list[int], over: threading.Event) -> None:
    while not over.wait(LOOK_SECONDS):
        parent = _kilobytes(pid, "status", "VmHWM:")
        tree = sum(_kilobytes(one, "smaps_rollup", "Pss:") for one in family(pid))
        most[:] = max(most[0], parent), max(most[1], tree)


def family(pid: int) -> Iterator[int]:
    """A process and all that it started, as far as they live."""
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:
            continue
        for child in children:
            yield from family(int(child))


def _kilobytes(pid: int, file: str, name: str) -> int:
    try:
        rows = Path(f"/proc/{pid}/{file}").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(row.split()[1]) for row in rows if row.startswith(name))
