"""What filing scans costs, and how much of it is neither OCR nor clean-up.

    python bench/scans.py SCANS [--arsip CMD]

SCANS holds scans as files, a page each is best. They are filed twice: by the whole program, first
one (start-up) and then the others, for CPU, pages a minute and the memory of all processes; and in
this process, task by task, for where the CPU goes. Decoding the page counts as clean-up, handing
an image to the engine as OCR.
"""

from __future__ import annotations

import argparse
import collections
import datetime as dt
import json
import os
import shlex
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Self

from PIL import Image
from tree import run

from arsip.archive.store import Archive
from arsip.ingest import pipeline, worker
from arsip.ingest.tasks import Answer, Task
from arsip.ingest.transcribe import How
from arsip.model import Limits, silent
from arsip.scan import ocr, pdfpage, read, resident, tesseract
from arsip.scan.engines import choose

STEPS = (
    (resident.ResidentTesseract, "read", "ocr"),
    (tesseract.TesseractEngine, "read", "ocr"),
    (Image.Image, "save", "ocr"),
    (ocr, "clean", "clean_up"),
    (ocr, "parts", "clean_up"),
    (ocr, "mended", "clean_up"),
    (pdfpage, "page_raster", "clean_up"),
    (read, "image_page", "clean_up"),
)
"""Where OCR and clean-up begin; what a step counts, the steps around it do not."""


class Clock:
    """CPU seconds by step, of this process and the programs that it ran."""

    def __init__(self) -> None:
        self.spent: collections.Counter[str] = collections.Counter()
        self._step, self._since = "rest", self._now()

    @staticmethod
    def _now() -> float:
        times = os.times()
        return times.user + times.system + times.children_user + times.children_system

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """What happens inside counts as this step."""
        before = self._turn(name)
        try:
            yield
        finally:
            self._turn(before)

    def _turn(self, name: str) -> str:
        now = self._now()
        self.spent[self._step] += now - self._since
        before, self._step, self._since = self._step, name, now
        return before

    def wrap(self, home: Any, name: str, step: str) -> None:
        """Count every call of a function as a step."""
        inner: Callable[..., Any] = getattr(home, name)

        def counted(*given: Any, **named: Any) -> Any:
            with self.step(step):
                return inner(*given, **named)

        setattr(home, name, counted)


class Inline:
    """A pool in this process."""

    size = 1

    def __init__(self, clock: Clock, *_limits: object, **_more: object) -> None:
        self._clock = clock
        self._tasks: list[tuple[int, Task]] = []
        self._count = 0

    def __enter__(self) -> Self:
        """Nothing is started."""
        return self

    def __exit__(self, *_raised: object) -> None:
        """Nothing is ended."""

    @property
    def hungry(self) -> bool:
        """Whether there is room for more."""
        return len(self._tasks) < self.size

    def put(self, task: Task) -> int:
        """Queue a task; gives its ticket."""
        self._count += 1
        self._tasks.append((self._count, task))
        return self._count

    def take(self) -> list[tuple[int, Answer]]:
        """Perform all tasks, each counted as a step of its kind."""
        answers = []
        for ticket, task in self._tasks:
            with self._clock.step(type(task).__name__.lower()):
                answers.append((ticket, *worker.answers([task])))
        self._tasks.clear()
        return answers


def whole(arsip: list[str], scans: list[Path], work: Path) -> dict[str, float]:
    """The figures of the program itself."""
    arsip = [*arsip, "--archive", str(work / "whole")]
    run([*arsip, "init"])
    start_up = run([*arsip, "ingest", str(scans[0])])
    cost = run([*arsip, "ingest", *map(str, scans[1:])])
    count = len(scans) - 1
    return {
        "cpu_s_a_page": round(cost.cpu / count, 3),
        "start_up_cpu_s": round(start_up.cpu - cost.cpu / count, 3),
        "pages_a_minute": round(60 * count / cost.wall, 1),
        "tree_peak_mb": cost.tree_mb,
    }


def parts(scans: list[Path], work: Path) -> dict[str, float]:
    """CPU milliseconds a page by step, in this process; ``rest`` is the parent's share."""
    clock = Clock()
    for home, name, step in STEPS:
        clock.wrap(home, name, step)
    pipeline.Children = partial(Inline, clock)
    archive = work / "parts"
    now = partial(dt.datetime.now, dt.UTC)
    Archive.create(archive, clock=now)
    how = How(choose(os.environ), "ind+eng", (), Limits(), now().date())
    options = pipeline.Options(how, jobs=1)
    with Archive.open(archive, clock=now) as opened:
        for files in (scans[:1], scans[1:]):  # the first one loads models
            clock.spent.clear()
            list(pipeline.carry(files, archive=opened, options=options, clock=now, report=silent))
    count = len(scans) - 1
    found = {step: round(1000 * spent / count, 1) for step, spent in clock.spent.items()}
    own = sum(spent for step, spent in found.items() if step not in {"ocr", "clean_up"})
    return {**found, "all_but_ocr_and_clean_up": round(own, 1)}


def main() -> None:
    asking = argparse.ArgumentParser(description=__doc__)
    asking.add_argument("scans", type=Path)
    asking.add_argument("--arsip", default="arsip")
    asked = asking.parse_args()
    scans = sorted(path for path in asked.scans.iterdir() if path.is_file())
    with tempfile.TemporaryDirectory() as name:
        print(json.dumps(whole(shlex.split(asked.arsip), scans, Path(name))))
        print(json.dumps({"cpu_ms_a_page": parts(scans, Path(name))}))


if __name__ == "__main__":
    main()
