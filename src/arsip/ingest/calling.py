"""Programs that are told of what was done: one after the other, beside the filing, under limits."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import tempfile
import threading
from collections import Counter as Tally
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, Final, NamedTuple

from arsip.archive.hooks import Hook
from arsip.fields import FIELDS
from arsip.ingest.outcome import Outcome
from arsip.model import Clock, Letter

SAID: Final = 300
"""Signs of what a program complained of that are told."""


class Failure(NamedTuple):
    """A program that did not do its work.

    Attributes:
        reason: slug: ``not_allowed``, ``not_started``, ``timeout``, ``failed``, ``dropped``.
        note: its exit code, or how many calls were dropped.
        said: the last of what it complained of.
    """

    program: str
    reason: str
    note: str = ""
    said: str = ""


@dataclass(slots=True)
class Calls:
    """Tells programs of outcomes. Filing never waits for them, and they fail by themselves.

    Attributes:
        hooks: what is to be run.
        allowed: programs that this person lets archives run.
        root: of the archive.
        complain: hears of failures, in a thread of its own.
    """

    hooks: Sequence[Hook]
    allowed: Collection[Path]
    root: Path
    clock: Clock
    complain: Callable[[Failure], object]
    _tally: Tally[str] = field(default_factory=Tally)
    _calls: SimpleQueue[tuple[Hook, bytes] | None] = field(default_factory=SimpleQueue)
    _caller: threading.Thread | None = None
    _refused: set[str] = field(default_factory=set)

    @contextlib.contextmanager
    def made(self) -> Iterator[None]:
        """While it lasts programs are told; what is left then is done, unless it broke off."""
        try:
            yield
        except BaseException:
            self.drop()
            raise
        finally:
            self._calls.put(None)
            if self._caller is not None:
                self._caller.join()
                self._caller = None

    def follow(self, outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
        """The same outcomes, each told."""
        for outcome in outcomes:
            self._heard(outcome)
            yield outcome

    def passed(self) -> None:
        """Tell of the end of a pass that did something."""
        if self._tally:
            self._call("pass", {"counts": dict(self._tally)}, secret=False)
        self._tally.clear()

    def drop(self) -> None:
        """Leave calls out that were not made yet."""
        dropped = 0
        with contextlib.suppress(Empty):
            while True:
                dropped += self._calls.get_nowait() is not None
        if dropped:
            self.complain(Failure("", "dropped", str(dropped)))

    def _heard(self, outcome: Outcome) -> None:
        if not outcome.news:
            return
        self._tally[outcome.status] += 1
        if outcome.status == "set_aside":
            told = outcome.json() | {"note": outcome.note or None}
            self._call("set_aside", told, secret=False)
        elif outcome.status == "filed" and outcome.entry is not None:
            letter, path = outcome.entry.letter, self.root / outcome.entry.file
            told = outcome.json() | {"path": str(path), "fields": _values(letter)}
            self._call("filed", told, secret=letter.secret)

    def _call(self, event: str, told: Mapping[str, Any], *, secret: bool) -> None:
        head = {"v": 1, "event": event, "time": self.clock().isoformat(timespec="seconds")}
        for hook in self.hooks:
            if hook.on != event or not self._allows(hook):
                continue
            ids = {"id": told.get("id"), "ids": told.get("ids")}
            shown = {**ids, "secret": True} if secret and not hook.secret else told
            message = head | {"archive": str(self.root)} | dict(shown)
            self._calls.put((hook, json.dumps(message, ensure_ascii=False).encode() + b"\n"))
            if self._caller is None:
                self._caller = threading.Thread(target=self._make, name="hooks", daemon=True)
                self._caller.start()

    def _allows(self, hook: Hook) -> bool:
        program = hook.run[0]
        allowed = Path(program) in self.allowed
        if not allowed and program not in self._refused:
            self._refused.add(program)
            self.complain(Failure(program, "not_allowed"))
        return allowed

    def _make(self) -> None:
        while (call := self._calls.get()) is not None:
            failure = run(*call)
            if failure is not None:
                self.complain(failure)


def run(hook: Hook, message: bytes) -> Failure | None:
    """Run a program with a message on its stdin; None: it did its work."""
    program = hook.run[0]
    with tempfile.TemporaryFile() as complaints:
        try:
            process = subprocess.Popen(  # noqa: S603 - a list that this person allowed, no shell
                hook.run,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=complaints,
                cwd="/",
                start_new_session=True,
            )
        except OSError as error:
            return Failure(program, "not_started", said=str(error.strerror))
        with process:
            try:
                process.communicate(message, timeout=hook.seconds)
            except subprocess.TimeoutExpired:
                # What it started itself belongs to its session, and ends with it.
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                return Failure(program, "timeout", f"{hook.seconds:g}", _last(complaints.fileno()))
        if process.returncode:
            return Failure(program, "failed", str(process.returncode), _last(complaints.fileno()))
    return None


def _last(descriptor: int) -> str:
    """The end of what was written, in one line."""
    size = os.fstat(descriptor).st_size
    tail = os.pread(descriptor, SAID, max(0, size - SAID))
    return " ".join(tail.decode("utf-8", "replace").split())


def _values(letter: Letter) -> dict[str, Any]:
    """Every sure value by the name of its field."""
    return {
        key.name: key.kind.dump(best.value)
        for key in FIELDS
        if (best := letter.best(key)) is not None and not best.doubtful
    }
