"""One scan folder under watch: what stands in it, since when, and what is ready to be taken."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from arsip.archive import probe
from arsip.archive.store import Archive, Claim, Seen
from arsip.ingest import plan
from arsip.ingest.bells import Bell, tells
from arsip.ingest.intake import fingerprint
from arsip.ingest.looking import LEAVE, Leave, below
from arsip.ingest.pipeline import Options
from arsip.model import Clock

DONE: Final = frozenset({"filed", "duplicate", "refused", "set_aside"})
"""Statuses after which a file is left in peace until it changes."""

SAFETY: Final = 60.0
"""Seconds between two looks at least where the system tells of changes: it may have missed one."""


HAIR: Final = 0.001
"""Seconds that a clock may be read too early."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a scan folder is treated.

    Attributes:
        folder: as it was named.
        settle: seconds for which a file must look the same; 0: one look is enough.
        poll: seconds between looks where the system tells of no change.
        leave: names that are left alone.
    """

    folder: Path
    options: Options
    settle: float
    poll: float
    recursive: bool = True
    leave: Leave = LEAVE


@dataclass(slots=True)
class Look:
    """What a look at a folder has shown.

    Attributes:
        ready: files that can be taken.
        due: when the first of the others can be; None: there is none.
    """

    ready: list[Path] = field(default_factory=list)
    due: float | None = None


@dataclass(slots=True)
class Spot:
    """A scan folder under watch.

    Attributes:
        manner: how it is treated.
        claim: that it is ours.
        bell: what tells of changes; None: nobody is listened to, one pass is made.
        next: monotonic seconds of the next look.
        full: of the next one that tries again what waits.
        quiet: of the first moment at which a ring is heard again.
        unsettled: something stood in it at the last look that may be ready soon.
        place: which folder it is; None: it is not there.
        within: scan folders inside it; they are looked at by themselves.
    """

    manner: Manner
    archive: Archive
    claim: Claim
    bell: Bell | None = None
    next: float = 0.0
    full: float = 0.0
    quiet: float = 0.0
    unsettled: bool = False
    place: tuple[int, int] | None = None
    within: tuple[Path, ...] = ()
    _since: dict[str, tuple[str, float]] = field(default_factory=dict)
    _tried: dict[str, str] = field(default_factory=dict)
    _seen: dict[str, Seen] = field(default_factory=dict)
    _version: tuple[int, int] | None = None

    @property
    def folder(self) -> Path:
        """As it was named."""
        return self.manner.folder

    @property
    def rung(self) -> bool:
        """Something has changed since the last look."""
        return self.bell is not None and self.bell.rung

    def hear(self, now: float) -> bool:
        """Take note of a ring; whether what waits may be ready now."""
        again = now >= self.full or (self.bell is not None and self.bell.closed)
        if self.bell is not None:
            self.bell.rung = self.bell.closed = False
        if now >= self.full:
            self.full = now + self.pause
        return again

    @property
    def pause(self) -> float:
        """Seconds until the next look when nothing is told meanwhile."""
        told = self.bell is not None and self.bell.told
        return max(self.manner.poll, SAFETY) if told else self.manner.poll

    def here(self) -> tuple[int, int] | None:
        """Which folder stands there now; None: none, or its share is not mounted.

        An empty folder on a disk where a share was before is the place for the share.
        """
        try:
            state = self.folder.stat()
        except OSError:
            return None
        place = state.st_dev, state.st_ino
        known = self.claim.pulse.kind
        if place == self.place and known:
            return place
        kind = probe.kind_of(self.folder)
        if known and not tells(known) and tells(kind) and self._empty():
            return None
        if kind != known:
            self.claim.tell(kind=kind)
        return place

    def _empty(self) -> bool:
        try:
            with os.scandir(self.folder) as scan:
                return next(scan, None) is None
        except OSError:
            return False

    def look(self, now: float, clock: Clock, *, again: bool) -> Look:
        """Look at the folder.

        Args:
            now: monotonic seconds.
            clock: tells how long a file that is not whole was waited for.
            again: try what was tried before and waits, though it stands as it stood.

        Raises:
            OSError: the folder cannot be listed.
        """
        standing = self._standing(clock)
        settle = self.manner.settle
        before, self._since = self._since, {}
        look = Look()
        for path, mark in standing.items():
            known, since = before.get(path, ("", now))
            since = since if known == mark else now
            self._since[path] = mark, since
            if now - since >= settle - HAIR:
                if again or self._tried.get(path) != mark:
                    look.ready.append(Path(path))
            else:
                look.due = min(look.due or since + settle, since + settle)
        self._tried = {path: mark for path, mark in self._tried.items() if path in standing}
        return look

    def tried(self, path: Path) -> None:
        """Keep in mind that a file was tried as it stood."""
        mark, _since = self._since.get(str(path), ("", 0.0))
        self._tried[str(path)] = mark

    def gone(self) -> None:
        """Forget what stood in a folder that is not there: it counts anew when it is back."""
        self._since.clear()
        self._tried.clear()

    def _standing(self, clock: Clock) -> dict[str, str]:
        """Path -> fingerprint of every file but those that stand as they were left."""
        self._remember()
        found: dict[str, str] = {}
        leave, recursive = self.manner.leave, self.manner.recursive
        start = len(str(self.folder).rstrip("/")) + 1
        left: set[str] = set()
        for entry in below(self.folder, but=self._but, leave=leave, recursive=recursive):
            try:
                mark = fingerprint(entry.stat(follow_symlinks=False))
            except OSError:
                continue
            below_it = entry.path[start:]
            left.add(below_it)
            if not self._at_peace(below_it, mark, clock):
                found[entry.path] = mark
        self._forget(self._seen.keys() - left)
        return found

    @property
    def _but(self) -> tuple[Path, ...]:
        return (self.archive.root, *self.within)

    def _remember(self) -> None:
        """What became of files that stay here, read anew when anything was written."""
        version = self.archive.moved_on()
        if version != self._version:
            start = len(os.path.abspath(self.folder).rstrip("/")) + 1  # noqa: PTH100 - keeps ".."
            rows = self.archive.all_seen(self.folder)
            self._seen = {str(path)[start:]: seen for path, seen in rows}
            self._version = version

    def _at_peace(self, path: str, mark: str, clock: Clock) -> bool:
        seen = self._seen.get(path)
        if seen is None or seen.print != mark:
            return False
        waits = seen.reason == "incomplete" and not plan.over(
            seen.since, clock(), self.manner.options.patience
        )
        return seen.status in DONE or waits

    def _forget(self, missing: set[str]) -> None:
        """Forget files that a person took away; those that are filed may be on a share."""
        for path in missing:
            if self._seen[path].status not in {"filed", "duplicate"} and self._seen[path].print:
                with contextlib.suppress(OSError):
                    (self.folder / path).parent.stat()
                    if not os.path.lexists(self.folder / path):
                        self.archive.forget(self.folder / path)
