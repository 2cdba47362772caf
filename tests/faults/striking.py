"""Faults that strike an act at any of its changes of the disk: it dies, or the system refuses."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import tempfile
import traceback
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from arsip.cli.guard import tell
from arsip.errors import ArsipError
from tests.archive.crashing import DIED, Steps, ended
from tests.faults.acts import ACTS, Office, broken, furnished, quickly, ready

DONE, UNTOUCHED, AGAIN, UNCAUGHT = 0, 3, 6, 1
NEVER = 1 << 30


class Fault(NamedTuple):
    """What strikes, and where.

    Attributes:
        act: what is done.
        at: the change of the disk that it strikes: 1, 2, 3 ...
        code: with which the system refuses it; 0: the process dies.
        forever: everything after it is refused, too.
    """

    act: str
    at: int
    code: int = 0
    forever: bool = False


class Refusals(Steps):
    """Counts what changes the disk, and has the system refuse one of the changes, or all after."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.at)
        self.fault = fault

    def __call__(self) -> bool:
        self.left -= 1
        return self.left == 0 or (self.fault.forever and self.left < 0)

    def step(self) -> None:
        if self():
            raise OSError(self.fault.code, os.strerror(self.fault.code))

    def pouring(self, descriptor: int, content: bytes) -> None:
        if self():
            self.pour(descriptor, content[: len(content) // 2])
            raise OSError(self.fault.code, os.strerror(self.fault.code))
        self.pour(descriptor, content)

    def connecting(self, *args: object, **options: object) -> sqlite3.Connection:
        # What SQLite is refused cannot be brought about from inside.
        connection = self.connect(*args, **options)  # type: ignore[arg-type]  # passed through
        connection.execute("PRAGMA synchronous = OFF")
        return connection


def struck(office: Office, fault: Fault) -> int:
    """The code with which a child ends that does an act and is struck."""
    return ended(partial(_dying if fault.code == 0 else _refused, office, fault))


def _dying(office: Office, fault: Fault) -> int:
    steps = Steps(fault.at)
    steps.install()
    ACTS[fault.act](office)
    return UNTOUCHED


def _refused(office: Office, fault: Fault) -> int:
    refusals = Refusals(fault)
    refusals.install()
    try:
        ACTS[fault.act](office)
    except (ArsipError, OSError) as error:
        traceback.print_exc()
        return tell(error) or UNCAUGHT
    return UNTOUCHED if refusals.left > 0 else DONE


def trials(act: str, faults: Sequence[Fault]) -> Iterator[tuple[Fault, list[str]]]:
    """Strikes an act by each fault in an office that is as before; gives what it broke.

    A fault behind the last change of the act strikes nothing, and is not given.
    """
    with tempfile.TemporaryDirectory() as name, quickly():
        first = furnished(Path(name, "kantor"))
        ready(act, first)
        for fault in faults:
            office = first.copied(Path(name, "lain"))
            code = struck(office, fault)
            if code != UNTOUCHED:
                found = broken(office, act)
                expected = {DIED} if fault.code == 0 else {DONE, AGAIN}
                yield fault, found if code in expected else [*found, f"ended with {code}"]
            shutil.rmtree(office.place)


def steps(act: str) -> int:
    """How many changes of the disk an act makes."""
    with tempfile.TemporaryDirectory() as name, quickly():
        office, told = furnished(Path(name, "kantor")), Path(name, "steps")
        ready(act, office)
        assert ended(partial(_counted, office, act, told)) == DONE
        return int(told.read_text())


def _counted(office: Office, act: str, told: Path) -> int:
    counting = Steps(NEVER)
    counting.install()
    ACTS[act](office)
    made = NEVER - counting.left
    told.write_text(str(made))
    return DONE


def evenly(count: int, points: int) -> list[int]:
    """So many of the numbers 1 to count, all when there are fewer, spread over them."""
    if points >= count:
        return list(range(1, count + 1))
    return [1 + place * count // points for place in range(points)]


def kills(act: str, points: int) -> list[Fault]:
    return [Fault(act, at) for at in evenly(steps(act), points)]


def refusals(act: str, points: int) -> list[Fault]:
    """Both codes, once and for ever, in turn."""
    manners = [(code, forever) for code in (errno.ENOSPC, errno.EIO) for forever in (False, True)]
    places = evenly(steps(act), points)
    return [Fault(act, at, *manners[turn % len(manners)]) for turn, at in enumerate(places)]


MODES: dict[str, Callable[[str, int], list[Fault]]] = {"kill": kills, "refuse": refusals}
