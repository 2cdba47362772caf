"""Who performs tasks: a pool of children that may die one by one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Protocol, Self

from arsip.errors import SetupError
from arsip.ingest.tasks import SEALED, Answer, Failure, ReadPage, Ready, Task, patience
from arsip.model import PageText
from arsip.words import _

TOGETHER = 2
"""Pages that a child is given at once: a start of Tesseract costs 0.12 s of CPU."""

TRIES = 2
"""A child that dies costs its task one more try, and no other task anything."""

KEPT_MEMORY = {"MALLOC_MMAP_THRESHOLD_": str(32 << 20), "MALLOC_TRIM_THRESHOLD_": str(64 << 20)}
"""How glibc lets a child keep the memory of one page for the next: each fresh megabyte costs time
in the kernel. It saves 0.02 s a page, and adds 5 MB to a child on grey pages, 20 MB on colour."""

PASSING = frozenset({"memory", "timeout", "ocr_failed"})
"""Why a page without words is tried once more: another moment or child may do."""

STILLBORN = 3
"""So many children in a row that die before they say a word: this machine cannot read."""


class Pool(Protocol):
    """Performs tasks side by side; every task put in is answered once."""

    size: int
    """How many tasks are performed at a time."""

    def put(self, task: Task) -> int:
        """Queue a task; gives its ticket."""
        ...

    def take(self) -> list[tuple[int, Answer]]:
        """Wait until something is answered; empty only when nothing is queued."""
        ...

    @property
    def hungry(self) -> bool:
        """Whether it would soon be idle."""
        ...


@dataclass(slots=True)
class _Job:
    ticket: int
    task: Task
    tries: int = 0

    @property
    def fresh_page(self) -> bool:
        """Whether it is a page that was not tried before."""
        return isinstance(self.task, ReadPage) and not self.tries


@dataclass(slots=True)
class _Child:
    process: subprocess.Popen[bytes]
    line: Connection
    jobs: Sequence[_Job] = ()
    deadline: float = 0.0
    spoke: bool = False


@dataclass(slots=True)
class Children:
    """A Pool of child processes: started when needed, replaced when they die or hang.

    A process pool of the standard library loses all that is in flight when one child is killed;
    here a death costs one task one try.

    Attributes:
        size: children at most.
        temp: where children put temporary files.
        memory_bytes: address space of a child, and the largest file that it writes.
        sealed: children start no program: the engine is a library, or none is needed.
        nice: added to their niceness.
    """

    size: int
    temp: Path
    memory_bytes: int
    sealed: bool = False
    nice: int = 0
    _waiting: deque[_Job] = field(default_factory=deque)
    _children: list[_Child] = field(default_factory=list)
    _tickets: int = 0
    _stillborn: int = 0

    def __enter__(self) -> Self:
        """Nothing is started yet."""
        return self

    def __exit__(self, *_raised: object) -> None:
        """End every child, whatever it does."""
        for child in self._children:
            _end(child)
        self._children.clear()
        self._waiting.clear()

    @property
    def hungry(self) -> bool:
        """Whether fewer tasks wait than children could be given at once."""
        return len(self._waiting) < self.size * self._together

    def warm(self) -> None:
        """Start a child before there is work for it, so that the first page need not wait."""
        if not self._children:
            self._start()

    def put(self, task: Task) -> int:
        """Queue a task, and start it when a child is free.

        Pages wait for all else: what is left of a file that was read is soon done, and then it is
        safe.
        """
        self._tickets += 1
        job = _Job(self._tickets, task)
        if isinstance(task, ReadPage):
            self._waiting.append(job)
        else:
            self._waiting.appendleft(job)
        self._hand_out()
        return self._tickets

    def take(self) -> list[tuple[int, Answer]]:
        """Wait for answers; deaths and hangs are answered too, after a second try."""
        while True:
            self._hand_out()
            busy = [child for child in self._children if child.jobs]
            if not busy:
                return []
            patience_left = min(child.deadline for child in busy) - time.monotonic()
            ready = wait([child.line for child in busy], max(0.0, patience_left))
            answers = self._hear([child for child in busy if child.line in ready])
            answers += self._give_up([child for child in busy if child.line not in ready])
            if answers:
                self._hand_out()
                return answers

    def _hear(self, children: Sequence[_Child]) -> list[tuple[int, Answer]]:
        answers: list[tuple[int, Answer]] = []
        for child in children:
            try:
                said: list[Answer] | Ready = child.line.recv()
            except (EOFError, OSError):
                answers += self._bury(child, "crashed")
                continue
            if isinstance(said, Ready):
                child.spoke, self._stillborn = True, 0
            else:
                answers += self._heard(child, said)
        return answers

    def _heard(self, child: _Child, said: Sequence[Answer]) -> list[tuple[int, Answer]]:
        """The answers to a child's jobs, without those worth another try, after the others."""
        jobs, child.jobs = child.jobs, ()
        if any(_passing(answer) == "memory" for answer in said):
            self._children.remove(child)  # what a child has eaten it does not give back
            _end(child)
        answers: list[tuple[int, Answer]] = []
        for job, answer in zip(jobs, said, strict=True):
            job.tries += 1
            if _passing(answer) and job.tries < TRIES:
                self._waiting.append(job)
            else:
                answers.append((job.ticket, answer))
        return answers

    def _give_up(self, children: Sequence[_Child]) -> list[tuple[int, Answer]]:
        now = time.monotonic()
        late = [child for child in children if child.deadline <= now]
        return [answer for child in late for answer in self._bury(child, "time")]

    def _bury(self, child: _Child, reason: str) -> list[tuple[int, Answer]]:
        self._children.remove(child)
        code = _end(child)
        self._stillborn += not child.spoke
        if self._stillborn == STILLBORN:
            raise SetupError(
                _("The part of arsip that reads files does not start."), hint="arsip doctor"
            )
        if code == -signal.SIGXCPU:
            reason = "time"
        answers: list[tuple[int, Answer]] = []
        for job in reversed(child.jobs):
            # Who died before a word had not looked at the task yet.
            job.tries += child.spoke
            if job.tries < TRIES:
                self._waiting.appendleft(job)
            else:
                answers.append((job.ticket, Failure(reason, f"the child ended with {code}")))
        return answers

    def _hand_out(self) -> None:
        while self._waiting:
            child = next((child for child in self._children if not child.jobs), None)
            if child is None and len(self._children) < self.size:
                child = self._start()
            if child is None:
                return
            child.jobs = self._next_jobs()
            tasks = [job.task for job in child.jobs]
            child.deadline = time.monotonic() + sum(map(patience, tasks))
            try:
                child.line.send(tasks)
            except OSError:  # a child that is dead or out of reach shows when its line is read
                child.process.kill()

    def _next_jobs(self) -> list[_Job]:
        """The next job; when it is a page, with pages after it, as many as is fair to the others.

        What was tried before is tried alone.
        """
        jobs = [self._waiting.popleft()]
        share = min(self._together, 1 + len(self._waiting) // self.size)
        while len(jobs) < share and jobs[-1].fresh_page and self._waiting[0].fresh_page:
            jobs.append(self._waiting.popleft())
        return jobs

    @property
    def _together(self) -> int:
        """Pages that a child is given at once: a library is started once anyway."""
        return 1 if self.sealed else TOGETHER

    def _start(self) -> _Child:
        ours, theirs = Pipe()
        with theirs:
            process = subprocess.Popen(  # noqa: S603 - our own interpreter, our own module
                [
                    sys.executable,
                    "-P",
                    "-m",
                    "arsip.ingest.worker",
                    str(theirs.fileno()),
                    str(self.memory_bytes),
                    str(self.nice),
                    SEALED if self.sealed else "",
                ],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={
                    **os.environ,
                    **KEPT_MEMORY,
                    "TMPDIR": str(self.temp),
                    "OMP_THREAD_LIMIT": "1",
                },
            )
        child = _Child(process, ours)
        self._children.append(child)
        return child


def _passing(answer: Answer) -> str:
    """Why an answer is worth another try; empty when it is not."""
    reason = ""
    if isinstance(answer, PageText):
        reason = answer.unread
    elif isinstance(answer, Failure):
        reason = answer.reason
    return reason if reason in PASSING else ""


def _end(child: _Child) -> int:
    child.line.close()
    if child.jobs:
        child.process.kill()
    try:
        return child.process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        child.process.kill()
        return child.process.wait()
