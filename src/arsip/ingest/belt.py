"""Files in work: read side by side in one pool, done with in the order in which they came."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from arsip.errors import SourceError
from arsip.ingest.pool import Pool
from arsip.ingest.tasks import Answer
from arsip.ingest.transcribe import Script
from arsip.model import Event, Reading, Report

AHEAD = 16
"""Files taken ahead of the one that is done with next; bounds what staging holds."""


@dataclass(slots=True)
class Job:
    """A file on the belt; with no script it is ready to be done with.

    Attributes:
        script: what is left to do.
        reading: what came of it, or
        error: why nothing did.
    """

    path: Path
    script: Script[Reading] | None = None
    reading: Reading | None = None
    error: SourceError | None = None
    answers: list[Answer | None] = field(default_factory=list)


J = TypeVar("J", bound=Job)
T = TypeVar("T")


@dataclass(slots=True)
class Belt(Generic[J, T]):
    """Carries files from their path to what becomes of them.

    Attributes:
        admit: takes a file and gives its job.
        settle: is done with a job; called in the order of the paths.
    """

    pool: Pool
    admit: Callable[[Path], J]
    settle: Callable[[J], T]
    report: Report
    _line: deque[J] = field(default_factory=deque)
    _tickets: dict[int, tuple[J, int]] = field(default_factory=dict)

    def carry(self, paths: Iterable[Path]) -> Iterator[T]:
        """What becomes of each file, in order."""
        coming = iter(paths)
        more = True
        while more or self._line:
            more = self._fill(coming)
            while self._line and self._line[0].script is None:
                yield self.settle(self._line.popleft())
            if self._line:
                self._listen()

    def _fill(self, coming: Iterator[Path]) -> bool:
        """Take files while children would be idle; False when no more come."""
        while len(self._line) < AHEAD and self.pool.queued < self.pool.size:
            path = next(coming, None)
            if path is None:
                return False
            self.report(Event("take", path.name))
            job = self.admit(path)
            self._line.append(job)
            if job.script is not None:
                self._go_on(job, None)
        return True

    def _listen(self) -> None:
        for ticket, answer in self.pool.take():
            job, place = self._tickets.pop(ticket)
            job.answers[place] = answer
            answers = tuple(answer for answer in job.answers if answer is not None)
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
                self._tickets[self.pool.put(task)] = job, place
