"""Take -> decide -> transcribe -> file: every file ends in an outcome, and the others go on."""

from __future__ import annotations

import contextlib
import datetime as dt
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, NamedTuple

from arsip.archive.store import Archive, Run, Seen
from arsip.errors import NoSpace, NotADocument, SourceError
from arsip.ingest import plan
from arsip.ingest.belt import Belt, Breakable, Job
from arsip.ingest.intake import (
    Later,
    Refused,
    Taken,
    fingerprint,
    open_elsewhere,
    release,
    source,
    take,
)
from arsip.ingest.looking import candidates
from arsip.ingest.outcome import Outcome, Status
from arsip.ingest.pool import Children
from arsip.ingest.saying import NOTHING, Given, given, supposed
from arsip.ingest.transcribe import How, transcribe
from arsip.model import PENDING, Clock, Reading, Report
from arsip.scan.sniff import whole

DESTROYED: Final = "destroyed"


@dataclass(frozen=True, slots=True)
class Options:
    """How a run treats files.

    Attributes:
        how: how they are read.
        jobs: reading children.
        nice: added to the children's niceness.
        move: release a source once the archive holds its bytes.
        remember: keep in mind what was filed, so that a kept source is not taken again.
        patience: how long a file that is not whole is waited for.
        again: file bytes that were destroyed too, under a new number.
        breakable: around stretches that a person may break off; see belt.py.
        heed: a file that a program has open for writing is waited for.
        given: field -> value that a person gives for every letter of this run.
        usual: the same of the letter in a file, for fields of which it does not say enough.
        who: who gives them.
    """

    how: How
    jobs: int
    nice: int = 0
    move: bool = False
    remember: bool = False
    again: bool = False
    patience: dt.timedelta = dt.timedelta(0)
    heed: bool = False
    given: Given = field(default_factory=lambda: NOTHING)
    usual: Callable[[Path], Given] = lambda _path: NOTHING
    who: str = ""
    breakable: Breakable = contextlib.nullcontext


def ingest(
    paths: Iterable[Path], *, archive: Archive, options: Options, clock: Clock, report: Report
) -> Iterator[Outcome]:
    """File files and folders of files; gives the outcome of each, in their order.

    Raises:
        ArchiveError: the archive cannot be written; nothing is half filed.
    """
    files = candidates(paths, but=archive.root)
    return carry(files, archive=archive, options=options, clock=clock, report=report)


class Place(NamedTuple):
    """Where files are carried in: a run of the archive, and the children that read."""

    run: Run
    pool: Children


@contextlib.contextmanager
def place(archive: Archive, options: Options) -> Iterator[Place]:
    """A place to carry files in, one after the other or many at a time.

    Raises:
        ArchiveError: the archive cannot be written.
    """
    with (
        archive.run() as run,
        Children(
            options.jobs,
            temp=run.folder,
            memory_bytes=options.how.limits.memory_bytes,
            sealed=options.how.engine.resident,
            nice=options.nice,
        ) as pool,
    ):
        yield Place(run, pool)


def carry(
    files: Iterable[Path],
    *,
    archive: Archive,
    options: Options,
    clock: Clock,
    report: Report,
    at: Place | None = None,
) -> Iterator[Outcome]:
    """File just these files; what turns out to be a folder, or a link to one, is never entered.

    Args:
        files: in the order in which their outcomes are given.
        archive: they go there.
        options: how they are treated.
        clock: tells when something is done.
        report: hears signs of life.
        at: a place that is ready; None: one of its own.

    Raises:
        ArchiveError: the archive cannot be written; nothing is half filed.
    """
    with contextlib.ExitStack() as own:
        run, pool = at or own.enter_context(place(archive, options))
        filing = _Filing(archive, run, options, clock)
        belt = Belt(pool, filing.admit, filing.settle, report, options.breakable)
        yield from belt.carry(files)


def preview(files: Iterable[Path], *, archive: Archive, options: Options) -> Iterator[Outcome]:
    """What filing these files would do, as far as it shows without reading; nothing is kept."""
    with tempfile.TemporaryDirectory(prefix="arsip-") as name:
        for path in files:
            desk = Path(tempfile.mkdtemp(dir=name))
            yield foreseen(path, desk, archive=archive, options=options)
            shutil.rmtree(desk)


def foreseen(path: Path, desk: Path, *, archive: Archive, options: Options) -> Outcome:
    """What would become of a file now, as far as it shows without reading; the copy stays."""
    try:
        taken = take(path, desk, limit=options.how.limits.file_bytes)
        if ids := archive.known(taken.digest):
            return Outcome(path, "duplicate", ids, taken.digest, reason=_hidden(archive, ids))
        _not_destroyed(archive, taken, options)
        source(path, taken)
    except Refused as why:
        return Outcome(path, "refused", reason=str(why))
    except Later as why:
        return Outcome(path, "waiting", reason=str(why))
    except SourceError as error:
        return _aside(path, "", error.slug, error.message)
    return Outcome(path, "filed", sha256=taken.digest)


def _not_destroyed(archive: Archive, taken: Taken, options: Options) -> None:
    """Make sure that nothing which was destroyed comes back unasked.

    Raises:
        Refused: the letters of these bytes were destroyed.
    """
    if not options.again and archive.destroyed(taken.digest):
        raise Refused(DESTROYED)


def _hidden(archive: Archive, ids: tuple[int, ...]) -> str | None:
    """That letters lie in the trash, all of them; None: one of them shows."""
    return "trashed" if all(archive.entry(str(number)).trashed for number in ids) else None


def _aside(path: Path, digest: str, reason: str, note: str) -> Outcome:
    """A file that is set aside; what else its reader said of it may be a trace, and is not told."""
    told = note if reason == NotADocument.slug else ""
    return Outcome(path, "set_aside", sha256=digest or None, reason=reason, note=told)


@dataclass(slots=True)
class _Job(Job[Reading]):
    """A file on its way into the archive.

    Attributes:
        taken: the copy; None when there is none.
        whole: its structure reaches its end.
        status, reason: what became of it before it could be read.
        started: monotonic seconds.
    """

    desk: Path = Path()
    taken: Taken | None = None
    whole: bool = True
    status: Status | None = None
    reason: str = ""
    started: float = field(default_factory=time.monotonic)


@dataclass(slots=True)
class _Filing:
    """Takes files in and files what was read of them."""

    archive: Archive
    run: Run
    options: Options
    clock: Clock
    _in_work: set[str] = field(default_factory=set)
    _failed: dict[str, tuple[str, str]] = field(default_factory=dict)

    def admit(self, path: Path) -> _Job:
        """Take a copy of a file and start its script, unless it is settled already."""
        job = _Job(path, desk=self.run.desk())
        try:
            self._heed(path)
            job.taken = take(path, job.desk, limit=self.options.how.limits.file_bytes)
            self._open(job, job.taken)
        except Refused as why:
            job.status, job.reason = "refused", str(why)
        except Later as why:
            job.status, job.reason = "waiting", str(why)
        except SourceError as error:
            job.error = error
        return job

    def _open(self, job: _Job, taken: Taken) -> None:
        """Start reading what was taken, unless its bytes are known or in work.

        Raises:
            Later: it is not whole, and is still waited for.
            Refused: its letters were destroyed.
            NotADocument: it is of no kind that is read.
        """
        if taken.digest in self._in_work:
            return
        if self.archive.known(taken.digest) and self.archive.holds(taken.digest):
            return
        _not_destroyed(self.archive, taken, self.options)
        origin = source(job.path, taken)
        job.whole = whole(taken.copy, origin.format)
        if not job.whole and not self._waited_for(job.path, taken.print):
            raise Later("incomplete")
        self._in_work.add(taken.digest)
        how = replace(self.options.how, habits=self.archive.habits)
        job.script = transcribe(origin, desk=job.desk, how=how)

    def _heed(self, path: Path) -> None:
        """Let a file pass that nobody writes, or that was waited for long enough.

        Raises:
            Later: a program has it open for writing: a scanner that draws in the next page.
        """
        if self.options.heed and open_elsewhere(path):
            mark = _print(path)
            if mark is not None and not self._waited_for(path, mark):
                raise Later("open")

    def _waited_for(self, path: Path, mark: str) -> bool:
        seen = self.archive.seen(path)
        now = self.clock()
        since = seen.since if seen is not None and seen.print == mark else now
        return plan.over(since, now, self.options.patience)

    def settle(self, job: _Job) -> Outcome:
        """File what was read, or set it aside; let the source go when that was asked for."""
        outcome = replace(self._outcome(job), seconds=time.monotonic() - job.started)
        released = self.options.move and self._released(job, outcome)
        if self.options.move and not released and self._stuck(job, outcome):
            outcome = replace(outcome, reason="not_removed")
        outcome = self._remembered(job, outcome, released=released)
        shutil.rmtree(job.desk, ignore_errors=True)
        return outcome

    def _outcome(self, job: _Job) -> Outcome:
        if job.status is not None:
            digest = job.taken.digest if job.taken else None
            tombs = self.archive.destroyed(digest) if job.reason == DESTROYED and digest else ()
            ids = tuple(tomb.id for tomb in tombs)
            return Outcome(job.path, job.status, ids, digest, reason=job.reason)
        if job.reading is None and job.error is None:
            return self._again(job)
        pages = job.reading.pages if job.reading else ()
        reason, flag = plan.verdict(
            whole=job.whole,
            failure=job.error.slug if job.error else None,
            unread=any(page.unread not in {"", PENDING} for page in pages),
        )
        if reason is not None:
            return self._set_aside(job, reason, job.error.message if job.error else "")
        assert job.reading is not None
        return self._filed(job, job.reading, flag)

    def _again(self, job: _Job) -> Outcome:
        """The outcome of bytes that were not read: known, or the same as a file just before."""
        assert job.taken is not None
        digest = job.taken.digest
        if ids := self.archive.known(digest):
            self.archive.again(digest, job.path.name)
            entry = self.archive.entry(str(ids[0]))
            hidden = _hidden(self.archive, ids)
            pages = len(entry.pages)
            return Outcome(job.path, "duplicate", ids, digest, pages, hidden, entry=entry)
        if digest in self._failed:
            return self._set_aside(job, *self._failed[digest])
        return Outcome(job.path, "waiting", sha256=digest, reason="no_space")

    def _set_aside(self, job: _Job, reason: str, note: str) -> Outcome:
        digest = job.taken.digest if job.taken else ""
        kept = job.taken if reason not in plan.NOTED_ONLY else None
        self.archive.set_aside(
            kept.copy if kept else None,
            name=job.path.name,
            digest=digest,
            reason=reason,
            note=note,
        )
        self._failed[digest] = reason, note
        return _aside(job.path, digest, reason, note)

    def _filed(self, job: _Job, reading: Reading, flag: str | None) -> Outcome:
        flags = (*reading.flags, flag) if flag and flag not in reading.flags else reading.flags
        letter = supposed(reading.letter, self.options.usual(job.path))
        letter = given(letter, self.options.given, who=self.options.who)
        try:
            entry = self.archive.file(reading._replace(flags=flags, letter=letter), job.desk)
        except NoSpace:
            return Outcome(job.path, "waiting", reason="no_space")
        self.archive.release(entry.digest)
        return Outcome(
            job.path,
            "filed",
            self.archive.known(entry.digest),
            entry.digest,
            len(reading.pages),
            entry=entry,
            doubts=reading.doubts,
        )

    def _released(self, job: _Job, outcome: Outcome) -> bool:
        """Let the source go when its bytes are proven to lie elsewhere."""
        if job.taken is None:
            return False
        if outcome.status == "set_aside":
            safe = outcome.reason not in plan.NOTED_ONLY
        else:
            safe = outcome.status in {"filed", "duplicate"} and self.archive.holds(job.taken.digest)
        return safe and release(job.path, job.taken)

    def _stuck(self, job: _Job, outcome: Outcome) -> bool:
        """Whether a source that was to go is still there as it was taken."""
        if job.taken is None or outcome.status not in {"filed", "duplicate"}:
            return False
        return _print(job.path) == job.taken.print

    def _remembered(self, job: _Job, outcome: Outcome, *, released: bool) -> Outcome:
        """Keep in mind what stays in the folder, so that it is told once and not taken again."""
        seen = self.archive.seen(job.path)
        stays = not released and (outcome.reason is not None or self.options.remember)
        mark = job.taken.print if job.taken else _print(job.path)
        if not stays or mark is None:
            if seen is not None:
                self.archive.forget(job.path)
            return outcome
        same = seen is not None and seen.print == mark
        now = Seen(
            mark,
            outcome.status,
            outcome.reason or "",
            seen.since if seen is not None and same else self.clock(),
        )
        if now != seen:
            self.archive.mark(job.path, now)
        return replace(outcome, news=now != seen)


def _print(path: Path) -> str | None:
    try:
        return fingerprint(path.lstat())
    except OSError:
        return None
