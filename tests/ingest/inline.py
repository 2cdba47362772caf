"""A pool without children, for tests of what is done with its answers."""

from __future__ import annotations

from typing import Self

from arsip.ingest.tasks import Answer, Task
from arsip.ingest.worker import answers


class Inline:
    """Performs tasks in this very process, when their answers are asked for."""

    def __init__(self, size: int = 1, **_limits: object) -> None:
        self.size = size
        self._tasks: list[tuple[int, Task]] = []
        self._count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self._tasks.clear()

    @property
    def hungry(self) -> bool:
        return len(self._tasks) < self.size

    def put(self, task: Task) -> int:
        self._count += 1
        self._tasks.append((self._count, task))
        return self._count

    def take(self) -> list[tuple[int, Answer]]:
        tickets, tasks = [one for one, _ in self._tasks], [task for _, task in self._tasks]
        self._tasks.clear()
        return list(zip(tickets, answers(tasks), strict=True))
