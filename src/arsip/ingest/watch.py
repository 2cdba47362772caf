"""Scan folders that are watched: what has settled is taken, whatever tells us to look."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from arsip.archive.store import Archive
from arsip.errors import Busy
from arsip.ingest import plan
from arsip.ingest.intake import candidates, fingerprint
from arsip.ingest.outcome import Outcome
from arsip.ingest.pipeline import Options, carry
from arsip.model import Clock, Report

DONE = frozenset({"filed", "duplicate", "refused", "set_aside"})
"""Statuses after which a file is left in peace until it changes."""


@dataclass(slots=True)
class Watch:
    """Folders under watch, and what stood in them at the last look.

    Attributes:
        settle: seconds between two looks that must show the same; 0: one look is enough.
        poll: seconds between looks when the system tells of no change (a network share tells
            of none).
    """

    folders: Sequence[Path]
    archive: Archive
    options: Options
    settle: float
    poll: float
    clock: Clock
    report: Report
    _before: dict[str, str] = field(default_factory=dict)
    _bell: threading.Event = field(default_factory=threading.Event)
    _stopped: bool = False

    def once(self) -> Iterator[Outcome]:
        """One pass, for cron: look, wait, look again, take what is ready.

        Raises:
            Busy: another arsip watches one of the folders.
        """
        with self._claimed():
            self._before = self.look()
            if self.settle > 0 and self._before:
                with self.options.breakable():
                    self._bell.wait(self.settle)
                yield from self._take(self.look())
            else:
                yield from self._take(self._before)

    def always(self) -> Iterator[Outcome]:
        """Take what settles, until ``stop`` is called.

        Raises:
            Busy: another arsip watches one of the folders.
        """
        with self._claimed(), self._told():
            while not self._stopped:
                self._bell.clear()
                now = self.look()
                unsettled = now.keys() - set(plan.settled(self._before, now))
                yield from self._take(now)
                with self.options.breakable():
                    if unsettled and not self._stopped:
                        time.sleep(self.settle)
                    elif not self._tended():
                        self._bell.wait(self.poll)

    def _tended(self) -> bool:
        """Whether a piece of the index was put in order, now that no letter waits."""
        with contextlib.suppress(Busy):
            return self.archive.tend()
        return False

    def stop(self) -> None:
        """End after the letters in hand; safe in a signal handler."""
        self._stopped = True
        self._bell.set()

    def look(self) -> dict[str, str]:
        """Path and fingerprint of every candidate, but for what stands as it was left."""
        found: dict[str, str] = {}
        for path in candidates(self.folders, but=self.archive.root):
            with contextlib.suppress(OSError):
                mark = fingerprint(path.lstat())
                if not self._left(path, mark):
                    found[str(path)] = mark
        return found

    def _left(self, path: Path, mark: str) -> bool:
        seen = self.archive.seen(path)
        if seen is None or seen.print != mark:
            return False
        waits = seen.reason == "incomplete" and not plan.over(
            seen.since, self.clock(), self.options.patience
        )
        return seen.status in DONE or waits

    def _take(self, now: dict[str, str]) -> Iterator[Outcome]:
        ready = [Path(path) for path in plan.settled(self._before, now)]
        self._before = now
        if ready:
            yield from carry(
                ready,
                archive=self.archive,
                options=self.options,
                clock=self.clock,
                report=self.report,
            )

    @contextlib.contextmanager
    def _claimed(self) -> Iterator[None]:
        with contextlib.ExitStack() as claims:
            for folder in self.folders:
                claims.enter_context(self.archive.claim(folder))
            yield

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """Have the system ring the bell when something changes; without it, poll alone looks."""
        observer = Observer()
        ringer = _Ringer(self._bell)
        with contextlib.suppress(OSError):
            for folder in self.folders:
                observer.schedule(ringer, str(folder), recursive=True)
            observer.start()
        try:
            yield
        finally:
            if observer.is_alive():
                observer.stop()
                observer.join()


class _Ringer(FileSystemEventHandler):
    """Rings for every change but the reading of files."""

    def __init__(self, bell: threading.Event) -> None:
        self._bell = bell

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type not in {"opened", "closed_no_write", "deleted"}:
            self._bell.set()
