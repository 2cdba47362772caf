"""Letters that are filed, read or understood again; what is better takes the place of what was."""

from __future__ import annotations

import contextlib
import shutil
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

from arsip.archive.store import Archive, Run
from arsip.errors import Damaged, NothingFound
from arsip.ingest.belt import Belt, Breakable, Job
from arsip.ingest.pool import Children
from arsip.ingest.retranscribe import Again, Compared, Filed, looked_at, thought_over
from arsip.ingest.transcribe import How
from arsip.model import Entry, PageText, Report
from arsip.words import _

Status: TypeAlias = Literal["reread", "kept", "unread", "unchanged", "failed"]
"""Something is better now; the new reading is worse and was dropped; pages are still without
words; nothing is new; the file could not be read."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How letters are read again.

    Attributes:
        how: as files that are ingested.
        jobs: reading children.
        nice: added to their niceness.
        ocr: look at the pages again; else their kept words are understood again.
        pending: only at those without words.
        dry: tell the differences and write nothing.
        who: asks for it.
        together: the mark of all that this run changes.
        breakable: around stretches that a person may break off; see belt.py.
    """

    how: How
    jobs: int
    nice: int = 0
    ocr: bool = False
    pending: bool = False
    dry: bool = False
    who: str = ""
    together: str = ""
    breakable: Breakable = contextlib.nullcontext


class Sheaf(NamedTuple):
    """The letters of one file that are to be read again; at least one."""

    letters: tuple[Entry, ...]

    @property
    def name(self) -> str:
        """Of the file, as it came."""
        return self.letters[0].source


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the letters of one file.

    Attributes:
        before, after: the letters, in the same order.
        pages: those that were looked at again.
        reason: slug of why it failed.
        seconds: on the wall.
    """

    status: Status
    before: tuple[Entry, ...]
    after: tuple[Entry, ...]
    pages: tuple[Compared, ...] = ()
    reason: str | None = None
    seconds: float = 0.0


def sheaves(letters: Iterable[Entry]) -> list[Sheaf]:
    """The letters by their files, in the order in which their files come first."""
    files: dict[str, list[Entry]] = {}
    for letter in letters:
        files.setdefault(letter.digest, []).append(letter)
    return [Sheaf(tuple(letters)) for letters in files.values()]


def reread(
    files: Iterable[Sheaf], *, archive: Archive, manner: Manner, report: Report
) -> Iterator[Outcome]:
    """Read letters again; gives what became of each file, in their order.

    Raises:
        ArchiveError: the archive cannot be written; nothing is half changed.
    """
    with (
        archive.run() as run,
        Children(
            manner.jobs,
            temp=run.folder,
            memory_bytes=manner.how.limits.memory_bytes,
            sealed=manner.how.engine.resident,
            nice=manner.nice,
        ) as pool,
    ):
        again = _Rereading(archive, run, manner)
        yield from Belt(pool, again.admit, again.settle, report, manner.breakable).carry(files)


@dataclass(slots=True)
class _Job(Job[Again]):
    """A file that is read again.

    Attributes:
        started: monotonic seconds.
    """

    letters: tuple[Entry, ...] = ()
    desk: Path = Path()
    started: float = field(default_factory=time.monotonic)


@dataclass(slots=True)
class _Rereading:
    """Starts the scripts, and puts what came of them into the archive."""

    archive: Archive
    run: Run
    manner: Manner

    def admit(self, file: Sheaf) -> _Job:
        """Start the script of a file, unless what is kept of it is damaged."""
        job = _Job(Path(file.name), letters=file.letters, desk=self.run.desk())
        first = file.letters[0]
        try:
            source, kept = self.archive.source(first), self._kept(first)
        except Damaged:
            return job
        filed = Filed(source, kept, {letter.id: letter for letter in file.letters})
        how = replace(self.manner.how, habits=self.archive.habits)
        pending = self.manner.pending
        job.script = (
            looked_at(filed, pending=pending, desk=job.desk, how=how)
            if self.manner.ocr
            else thought_over(filed, how)
        )
        return job

    def _kept(self, letter: Entry) -> tuple[PageText, ...]:
        """The pages as they were read; none when they are damaged and looked at again anyway.

        Raises:
            Damaged: they are, and are needed; or the file itself is.
        """
        if not self.manner.ocr:
            return self.archive.all_pages(letter)
        if not self.archive.holds(letter.digest):
            raise Damaged(_("{path} is damaged.").format(path=letter.original))
        try:
            return self.archive.all_pages(letter)
        except Damaged:
            return ()

    def settle(self, job: _Job) -> Outcome:
        """Put what is better in the place of what was."""
        try:
            status, after, reason = self._renewed(job)
        except (Damaged, NothingFound) as error:
            status, after, reason = "failed", job.letters, error.slug
        shutil.rmtree(job.desk, ignore_errors=True)
        return Outcome(
            status=status,
            before=job.letters,
            after=after,
            pages=job.reading.pages if job.reading else (),
            reason=reason,
            seconds=time.monotonic() - job.started,
        )

    def _renewed(self, job: _Job) -> tuple[Status, tuple[Entry, ...], str | None]:
        """What became of a file, its letters now, and why it failed.

        Raises:
            Damaged: what is kept of it is.
            NothingFound: it is not in the archive any more.
        """
        if job.reading is None:
            reason = job.error.slug if job.error else Damaged.slug
            return "failed", job.letters, reason
        renewal = job.reading.renewal
        if self.manner.dry:
            shown = self.archive.foreseen(renewal)
        else:
            who, together = self.manner.who, self.manner.together
            shown = self.archive.renew(renewal, job.desk, who=who, together=together)
        now = {letter.id: letter for letter in shown}
        after = tuple(now.get(letter.id, letter) for letter in job.letters)
        return _status(job.letters, after, job.reading), after, None


def _status(before: tuple[Entry, ...], after: tuple[Entry, ...], again: Again) -> Status:
    verdicts = {page.verdict for page in again.pages}
    if before != after or again.renewal.pages is not None:
        return "unread" if verdicts == {"unread"} else "reread"
    if "worse" in verdicts:
        return "kept"
    return "unread" if "unread" in verdicts else "unchanged"
