"""Files keep their order while their pages share the pool."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Generator
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from arsip.errors import Unreadable
from arsip.ingest.belt import AHEAD, Belt, Job
from arsip.ingest.tasks import Answer, Extract, Task
from arsip.model import Event, Letter, Limits, Outline, Reading, Source, silent


class Shuffled:
    """A pool in this process that answers in any order and keeps a tally."""

    def __init__(self, size: int, seed: int) -> None:
        self.size = size
        self.most = 0
        self._random = random.Random(seed)
        self._tickets: list[int] = []
        self._count = 0

    @property
    def queued(self) -> int:
        return max(0, len(self._tickets) - self.size)

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
    belt = Belt(
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

    def admit(path: Path) -> Job:
        admitted.append(path)
        return Job(path, script(path, [1]))

    belt = Belt(pool, admit, lambda job: job.path, silent)
    first = next(belt.carry(Path(str(n)) for n in range(100)))
    assert first == Path("0")
    assert len(admitted) <= AHEAD
    assert pool.most <= AHEAD


def test_signs_of_life_count_the_pages_of_a_file() -> None:
    events: list[Event] = []
    belt = Belt(
        Shuffled(1, 0), lambda path: Job(path, script(path, [3])), lambda job: job, events.append
    )
    list(belt.carry([Path("surat.pdf")]))
    assert events[0] == Event("take", "surat.pdf")
    assert events[-1] == Event("read", "surat.pdf", 3, 3)
