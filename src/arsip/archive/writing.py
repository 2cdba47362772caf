"""Who may write: one process at a time, one letter at a time, after what was broken off."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from arsip.archive import catalog, disk, lock, recovery
from arsip.archive.holdings import Holdings
from arsip.archive.lock import Mark
from arsip.archive.vault import DIGEST

LOCK: Final = "lock"
ALL: Final = "all"
"""The mark of an act that touches every letter."""


class Run:
    """One stay of this process in ``staging/``: desks to work on, wiped when all is durable.

    Attributes:
        folder: its own; no other process touches it while this one lives.
        recovered: files that a broken-off run had left half done, now in step.
    """

    def __init__(self, folder: Path, *, recovered: int) -> None:
        self.folder = folder
        self.recovered = recovered
        self._desks = 0

    def desk(self) -> Path:
        """A new empty folder, for one file."""
        self._desks += 1
        desk = self.folder / f"{self._desks:06}"
        with disk.writing(desk):
            desk.mkdir(disk.FOLDER_MODE)
        return desk


class Writer:
    """The right to write to an archive, taken anew for each act.

    Two things tell of a writer that broke off. The lock's file names the folder of the vault that
    it had in work: enough when the process died. The folder of its run in staging, durable before
    anything else was done, tells of it after a power cut too; then the whole vault is looked at.

    Attributes:
        wait: seconds to wait for another writer.
    """

    def __init__(self, holdings: Holdings, *, place: Path, wait: float) -> None:
        self.holdings = holdings
        self._root = holdings.root
        self._catalog = place
        self.wait = wait
        self._run: Run | None = None
        self._broken = False

    @contextlib.contextmanager
    def act(self) -> Iterator[Mark]:
        """The archive's lock, after what a broken-off writer had in work was finished.

        Raises:
            Busy: another writer does not let go.
            NoSpace, ArchiveError: what was begun is finished by the next writer.
        """
        with (
            disk.writing(self._root),
            catalog.asking(self._catalog),
            lock.held(self._root / LOCK, wait=self.wait) as descriptor,
        ):
            mark = Mark(descriptor)
            if mark.left:
                self._finish(*mark.left)
                mark.clear()
            self._broken = True
            yield mark
            mark.clear()
            self._broken = False

    def _finish(self, what: str, *files: str) -> None:
        if DIGEST.fullmatch(what):
            fresh = dict(file.split("=", 1) for file in files if "=" in file)
            desk = fresh.pop(lock.DESK, "")
            if desk:
                recovery.resume(self.holdings, what, fresh, self._root / desk)
            recovery.settle(self.holdings, what, fresh)
        else:
            recovery.reconcile(self.holdings)

    @contextlib.contextmanager
    def run(self) -> Iterator[Run]:
        """A place in staging, after what broken-off runs left was brought in step."""
        with contextlib.ExitStack() as stack:
            before = self._run
            self._run = run = self._begun(stack)
            try:
                yield run
            finally:
                self._run = before
                self._end(run)

    def _begun(self, stack: contextlib.ExitStack) -> Run:
        """A run of ours, whose folder is durable and locked before anything else is done."""
        folder = self._root / recovery.STAGING / f"{recovery.RUN}{os.urandom(6).hex()}"
        with self.act():
            dead = recovery.dead(self._root)
            folder.mkdir(disk.FOLDER_MODE)
            stack.enter_context(lock.held(folder / recovery.LOCK, wait=0))
            disk.flush_folder(folder.parent)
            recovered = recovery.reconcile(self.holdings) if dead else 0
            self.holdings.shelf.flush()
            for left in dead:
                disk.wipe(left)
        return Run(folder, recovered=recovered)

    def _end(self, run: Run) -> None:
        """Leave staging; the folder of a run that broke off stays and tells the next one."""
        if self._broken:
            return
        with disk.writing(self._root):
            self.holdings.shelf.flush()
            for item in run.folder.iterdir():
                if item.name != recovery.LOCK:
                    disk.wipe(item)
        disk.wipe(run.folder)

    @contextlib.contextmanager
    def desk(self) -> Iterator[Path]:
        """A desk in the run that goes on, or in one of its own."""
        if self._run is None:
            with self.run() as run:
                yield run.desk()
        else:
            desk = self._run.desk()
            yield desk
            disk.wipe(desk)
