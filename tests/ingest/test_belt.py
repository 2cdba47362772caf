"""Files keep their order while their pages share the pool."""

from __future__ import annotations

import contextlib
import datetime as dt
import random
from collections import deque
from collections.abc import Callable, Generator, Iterator
from heapq import heapify, heappop, heappush
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arsip.errors import Unreadable
from arsip.ingest.belt import AHEAD, Belt, Breakable, Job
from arsip.ingest.pool import Pool
from arsip.ingest.tasks import Answer, Extract, ReadPage, Task
from arsip.model import Event, Letter, Limits, Outline, Reading, Report, Source, silent
from arsip.scan.engines import Tesseract

T = TypeVar("T")


class Shuffled:
    """A pool in this process that answers in any order and keeps a tally."""

    def __init__(self, size: int, seed: int) -> None:
        self.size = size
        self.most = 0
        self._random = random.Random(seed)
        self._tickets: list[int] = []
        self._count = 0

    @property
    def hungry(self) -> bool:
        return len(self._tickets) < 2 * self.size

    def put(self, task: Task) -> int:
        del task
        self._count += 1
        self._tickets.append(self._count)
        self.most = max(self.most, len(self._tickets))
        return self._count

    def take(self) -> list[tuple[int, Answer]]:
        count = self._random.randint(1, len(self._tickets))
        taken = self._random.sample(self._tickets, count)
        self._tickets = [ticket for ticket in self._tickets if ticket not in taken]
        return [(ticket, Outline(pages=ticket)) for ticket in taken]


def made(
    pool: Pool,
    admit: Callable[[Path], Job[Reading]],
    settle: Callable[[Job[Reading]], T],
    report: Report = silent,
    breakable: Breakable = contextlib.nullcontext,
) -> Belt[Path, Job[Reading], T]:
    return Belt(pool, admit, settle, report, breakable)


def task() -> Extract:
    return Extract((), dt.date(2024, 1, 1), 0.5, Limits())


def script(
    path: Path, steps: list[int]
) -> Generator[tuple[Task, ...], tuple[Answer, ...], Reading]:
    for count in steps:
        answers = yield tuple(task() for _ in range(count))
        assert len(answers) == count
    if path.name.startswith("bad"):
        raise Unreadable(path.name)
    source = Source(path, path.name, "0" * 64, 1, "txt", dt.datetime(2024, 1, 1, tzinfo=dt.UTC))
    return Reading(source, (), Letter())


@given(
    plans=st.lists(st.lists(st.integers(1, 9), max_size=3), max_size=30),
    size=st.integers(1, 4),
    seed=st.integers(0, 99),
)
def test_outcomes_come_in_the_order_of_the_files(
    plans: list[list[int]], size: int, seed: int
) -> None:
    names = [Path(f"{'bad' if len(steps) == 2 else 'good'}{n}") for n, steps in enumerate(plans)]
    steps_of = dict(zip(names, plans, strict=True))
    pool = Shuffled(size, seed)
    belt = made(
        pool,
        lambda path: Job(path, script(path, steps_of[path]) if steps_of[path] else None),
        lambda job: (job.path, job.reading is not None, job.error is not None),
        silent,
    )
    assert list(belt.carry(names)) == [
        (name, len(steps_of[name]) in {1, 3}, len(steps_of[name]) == 2) for name in names
    ]


def test_no_more_files_are_taken_ahead_than_keep_the_pool_busy() -> None:
    pool = Shuffled(2, 0)
    admitted: list[Path] = []

    def admit(path: Path) -> Job[Reading]:
        admitted.append(path)
        return Job(path, script(path, [1]))

    belt = made(pool, admit, lambda job: job.path, silent)
    first = next(belt.carry(Path(str(n)) for n in range(100)))
    assert first == Path("0")
    assert len(admitted) <= AHEAD
    assert pool.most <= AHEAD


class Clockwork:
    """A pool in virtual time: each task takes its time on a core, first come first served.

    Attributes:
        busy: core seconds of work that were done.
        now: seconds since the start.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self.now = self.busy = 0.0
        self._waiting: deque[tuple[int, float]] = deque()
        self._running: list[tuple[float, int]] = []
        self._count = 0

    @property
    def hungry(self) -> bool:
        return len(self._waiting) < self.size

    def put(self, task: Task) -> int:
        self._count += 1
        if isinstance(task, ReadPage):
            self._waiting.append((self._count, PAGE))
        else:
            self._waiting.appendleft((self._count, LITTLE))
        self._start()
        return self._count

    def take(self) -> list[tuple[int, Answer]]:
        self.now, ticket = heappop(self._running)
        self._start()
        return [(ticket, Outline(1))]

    def _start(self) -> None:
        while self._waiting and len(self._running) < self.size:
            ticket, takes = self._waiting.popleft()
            self.busy += takes
            heappush(self._running, (self.now + takes, ticket))

    @property
    def idle(self) -> float:
        """Core seconds in which a core had nothing to do."""
        return self.size * self.now - self.busy


PAGE, LITTLE = 1.0, 0.05
"""Seconds that text recognition of a page takes, and all else that is asked of a file."""


def paged(path: Path, pages: int) -> Generator[tuple[Task, ...], tuple[Answer, ...], Reading]:
    """A file as it is read: looked at, its pages side by side, understood, laid."""
    engine = Tesseract(Path("/nowhere"), (), (5,), frozenset())
    yield (task(),)
    yield tuple(
        ReadPage(path, "pdf", number, "", engine, "ind", path, Limits())
        for number in range(1, pages + 1)
    )
    yield (task(),)
    yield (task(),)
    source = Source(path, path.name, "0" * 64, 1, "pdf", dt.datetime(2024, 1, 1, tzinfo=dt.UTC))
    return Reading(source, (), Letter())


def idle(*letters: int, size: int) -> float:
    """Core seconds without work while letters of so many pages are read."""
    pool = Clockwork(size)
    counts = {Path(str(number)): pages for number, pages in enumerate(letters)}
    belt = made(
        pool, lambda path: Job(path, paged(path, counts[path])), lambda job: job.path, silent
    )
    assert list(belt.carry(counts)) == list(counts)
    return pool.idle


TAIL = PAGE + 4 * LITTLE
"""What a core may stand idle at the end, while another does the last page of the last file."""


@pytest.mark.parametrize("size", [1, 2, 4, 8])
@pytest.mark.parametrize(
    "letters",
    [[40], [1] * 100, [40, *[1] * 20], [*[1] * 20, 40], [40, 40, 3], [1, 2, 40, 1, 7]],
    ids=["one of 40", "100 of one", "long first", "long last", "two long", "mixed"],
)
def test_the_pages_of_all_letters_keep_all_cores_busy(letters: list[int], size: int) -> None:
    assert idle(*letters, size=size) <= (size - 1) * TAIL + size * LITTLE


def test_a_slow_page_keeps_no_core_from_the_files_behind_it() -> None:
    class Slow(Clockwork):
        def put(self, task: Task) -> int:
            ticket = super().put(task)
            if isinstance(task, ReadPage) and not self.slowed:
                self.slowed = True
                self._running = [
                    (end + 30 * PAGE if at == ticket else end, at) for end, at in self._running
                ]
                heapify(self._running)
                self.busy += 30 * PAGE
            return ticket

        slowed = False

    pool = Slow(2)
    files = [Path(str(number)) for number in range(40)]
    belt = made(pool, lambda path: Job(path, paged(path, 1)), lambda job: job.path, silent)
    assert list(belt.carry(files)) == files
    assert pool.idle <= 2 * TAIL


def test_signs_of_life_count_the_pages_of_all_files() -> None:
    events: list[Event] = []
    belt = made(
        Clockwork(2), lambda path: Job(path, paged(path, 2)), lambda job: job.path, events.append
    )
    list(belt.carry([Path("a.pdf"), Path("b.pdf")]))
    pages = [event for event in events if event.step == "pages"]
    assert [event.done for event in pages] == [1, 2, 3, 4]
    assert pages[-1].total == 4


class Broken:
    """Says when the run may be broken off, and breaks it off at one of these times."""

    def __init__(self, at: int) -> None:
        self.left = at

    @contextlib.contextmanager
    def __call__(self) -> Iterator[None]:
        self.left -= 1
        if self.left == 0:
            raise KeyboardInterrupt
        yield


@given(at=st.integers(1, 60), pages=st.lists(st.integers(1, 4), min_size=1, max_size=8))
def test_what_was_read_when_a_run_is_broken_off_is_done_with(at: int, pages: list[int]) -> None:
    jobs: list[Job[Reading]] = []
    settled: list[Job[Reading]] = []

    def admit(path: Path) -> Job[Reading]:
        jobs.append(Job(path, paged(path, pages[int(path.name)])))
        return jobs[-1]

    belt = made(Clockwork(2), admit, settled.append, silent, Broken(at))
    with contextlib.suppress(KeyboardInterrupt):
        for _none in belt.carry(Path(str(number)) for number in range(len(pages))):
            pass
    assert {job.path for job in settled} == {job.path for job in jobs if job.script is None}
    assert all(job.reading is not None for job in settled)


def test_a_run_that_is_broken_off_says_so() -> None:
    belt = made(
        Clockwork(1),
        lambda path: Job(path, paged(path, 1)),
        lambda job: job.path,
        silent,
        Broken(9),
    )
    with pytest.raises(KeyboardInterrupt):
        list(belt.carry(Path(str(number)) for number in range(5)))


def test_signs_of_life_count_the_pages_of_a_file() -> None:
    events: list[Event] = []
    belt = made(
        Shuffled(1, 0), lambda path: Job(path, script(path, [3])), lambda job: job, events.append
    )
    list(belt.carry([Path("surat.pdf")]))
    assert events[0] == Event("take", "surat.pdf")
    assert events[-1] == Event("read", "surat.pdf", 3, 3)
