"""Processes that die in the middle of an act, as at a power switch."""

from __future__ import annotations

import os
import sqlite3
import sys
import warnings
from collections.abc import Callable

from arsip.archive import catalog, disk

CHANGES = {
    "os.rename",
    "os.remove",
    "os.mkdir",
    "os.rmdir",
    "os.link",
    "os.symlink",
    "os.truncate",
    "os.chmod",
}
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
DIED = 77


class Steps:
    """Counts what changes the disk, and dies at one of them, half done where that can be."""

    def __init__(self, last: int) -> None:
        self.left = last
        self.pour, self.connect = disk.pour, catalog.connect

    def __call__(self) -> bool:
        """Whether this is the last step."""
        self.left -= 1
        return self.left == 0

    def step(self) -> None:
        if self():
            os._exit(DIED)

    def hook(self, event: str, args: tuple[object, ...]) -> None:
        flags = args[2] if event == "open" else 0
        if event in CHANGES or (isinstance(flags, int) and flags & WRITES):
            self.step()

    def pouring(self, descriptor: int, content: bytes) -> None:
        if self():
            self.pour(descriptor, content[: len(content) // 2])
            os._exit(DIED)
        self.pour(descriptor, content)

    def flushing(self, descriptor: int) -> None:
        # A process that dies takes nothing back from the system: waiting for the disk is idle.
        os.fstat(descriptor)
        self.step()

    def connecting(self, *args: object, **options: object) -> sqlite3.Connection:
        connection = self.connect(*args, **options)  # type: ignore[arg-type]  # passed through
        connection.execute("PRAGMA synchronous = OFF")
        connection.set_trace_callback(self.asking)
        return connection

    def asking(self, statement: str) -> None:
        # What lies between the two leaves nothing on the disk.
        if statement.startswith(("BEGIN", "COMMIT")):
            self.step()

    def install(self) -> None:
        disk.pour, disk.flush, catalog.connect = self.pouring, self.flushing, self.connecting
        sys.addaudithook(self.hook)


def dies(act: Callable[[], object], *, at: int) -> bool:
    """Do something in a child that dies at its at-th change of the disk.

    False: the act came to its end before.
    """

    def doomed() -> int:
        Steps(at).install()
        act()
        return 0

    code = ended(doomed)
    assert code in {0, DIED}, "the act failed for a reason of its own"
    return code == DIED


def ended(act: Callable[[], int]) -> int:
    """The code with which a child ends that does something; 1 when it raises."""
    with warnings.catch_warnings():
        # The child touches nothing that another thread of the tests could hold.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        code = 1
        try:
            code = act()
        finally:
            os._exit(code)
    _child, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)
