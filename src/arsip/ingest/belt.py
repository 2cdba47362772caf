"""Files in work: read side by side in one pool, done with in the order in which they came."""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, Protocol, TypeAlias, TypeVar

from arsip.errors import SourceError
from arsip.ingest.pool import Pool
from arsip.ingest.tasks import Answer, ReadPage
from arsip.ingest.transcribe import Script
from arsip.model import Event, Report

AHEAD = 64
"""Files taken ahead of the one that is done with next, so that one slow page keeps no child idle;
bounds what staging holds."""

Breakable: TypeAlias = Callable[[], AbstractContextManager[None]]
"""Stretches of work that a person may break off; elsewhere it waits until the next of them."""


class Named(Protocol):
    """Something to be done whose name a person knows."""

    @property
    def name(self) -> str:
        """Of the file, as it came."""
        ...


R = TypeVar("R")


@dataclass(slots=True)
class Job(Generic[R]):
    """A file on the belt; with no script it is ready to be done with.

    Attributes:
        script: what is left to do.
        reading: what came of it, or
        error: why nothing did.
    """

    path: Path
    script: Script[R] | None = None
    reading: R | None = None
    error: SourceError | None = None
    answers: list[Answer | None] = field(default_factory=list)


N = TypeVar("N", bound=Named)
J = TypeVar("J", bound=Job[Any])
T = TypeVar("T")


@dataclass(slots=True)
class Belt(Generic[N, J, T]):
    """Carries files from where they are to what becomes of them.

    Attributes:
        admit: takes a file and gives its job.
        settle: is done with a job; called in the order of the files.
        report: hears of each file taken and read, and of the pages of all files so far.
        breakable: while a file is taken and while pages are waited for.
    """

    pool: Pool
    admit: Callable[[N], J]
    settle: Callable[[J], T]
    report: Report
    breakable: Breakable = contextlib.nullcontext
    _line: deque[J] = field(default_factory=deque)
    _tickets: dict[int, tuple[J, int, bool]] = field(default_factory=dict)
    _read: int = 0
    _pages: int = 0

    def carry(self, files: Iterable[N]) -> Iterator[T]:
        """What becomes of each file, in order.

        Raises:
            KeyboardInterrupt: broken off; the files that were read by then are done with.
        """
        try:
            yield from self._carried(files)
        except KeyboardInterrupt:
            for job in [job for job in self._line if job.script is None]:
                yield self.settle(job)
            raise

    def _carried(self, files: Iterable[N]) -> Iterator[T]:
        coming = iter(files)
        more = True
        while more or self._line:
            more = self._fill(coming)
            while self._line and self._line[0].script is None:
                yield self.settle(self._line.popleft())
            if self._line:
                self._listen()

    def _fill(self, coming: Iterator[N]) -> bool:
        """Take files while children would be idle; False when no more come."""
        while len(self._line) < AHEAD and self.pool.hungry:
            file = next(coming, None)
            if file is None:
                return False
            self.report(Event("take", file.name))
            with self.breakable():
                job = self.admit(file)
            self._line.append(job)
            if job.script is not None:
                self._go_on(job, None)
        return True

    def _listen(self) -> None:
        with self.breakable():
            taken = self.pool.take()
        for ticket, answer in taken:
            job, place, paged = self._tickets.pop(ticket)
            job.answers[place] = answer
            answers = tuple(answer for answer in job.answers if answer is not None)
            if paged:
                self._read += 1
                self.report(Event("pages", done=self._read, total=self._pages))
            self.report(Event("read", job.path.name, len(answers), len(job.answers)))
            if len(answers) == len(job.answers):
                self._go_on(job, answers)

    def _go_on(self, job: J, answers: tuple[Answer, ...] | None) -> None:
        """Hand the script its answers, and its next tasks to the pool."""
        assert job.script is not None
        try:
            tasks = next(job.script) if answers is None else job.script.send(answers)
        except StopIteration as end:
            job.reading, job.script = end.value, None
        except SourceError as error:
            job.error, job.script = error, None
        else:
            job.answers = [None] * len(tasks)
            for place, task in enumerate(tasks):
                paged = isinstance(task, ReadPage)
                self._pages += paged
                self._tickets[self.pool.put(task)] = job, place, paged
