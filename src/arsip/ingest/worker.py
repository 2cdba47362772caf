"""The reading child: ``python -m arsip.ingest.worker FD MEMORY NICE SEALED``; touches no archive.

It reads tasks from the connection FD and answers each, under limits of memory and CPU, until the
line is closed. Only here the scanner's libraries are loaded.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import gc
import importlib
import os
import resource
import signal
import sys
import tempfile
import traceback
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from arsip.errors import SourceError
from arsip.ingest.confine import confine
from arsip.ingest.tasks import (
    SEALED,
    Answer,
    Extract,
    Failure,
    Inspect,
    Lay,
    Layer,
    ReadPage,
    Ready,
    Task,
    seconds,
)
from arsip.letter.extract import extract
from arsip.model import PageText
from arsip.scan.engine import OcrEngine
from arsip.scan.engines import Tesseract
from arsip.scan.read import inspect, loaded, page_reader
from arsip.scan.together import Reader, read_together

PR_SET_PDEATHSIG = 1
"""prctl(2): the signal that a process gets when its parent dies."""


def main(arguments: list[str]) -> None:
    """Serve until the line is closed."""
    line = Connection(int(arguments[0]))
    _limit(memory_bytes=int(arguments[1]), nice=int(arguments[2]))
    confine(Path(tempfile.gettempdir()), sealed=arguments[3] == SEALED)
    gc.freeze()  # what was imported stays: no collection need look at it
    with line, contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        line.send(Ready())
        while True:
            tasks = line.recv()
            _allow(sum(map(seconds, tasks)))
            line.send(answers(tasks))


def answers(tasks: Sequence[Task]) -> list[Answer]:
    """The answer to each task, pages read side by side; whatever goes wrong is a Failure.

    Limits nothing.
    """
    pages = iter(read_together([_reader(task) for task in tasks if isinstance(task, ReadPage)]))
    done = [next(pages) if isinstance(task, ReadPage) else _performed(task) for task in tasks]
    return [_failure(found) if isinstance(found, Exception) else found for found in done]


def _failure(error: Exception) -> Failure:
    if isinstance(error, SourceError):
        return Failure(error.slug, error.message)
    if isinstance(error, MemoryError):
        return Failure("memory")
    return Failure("crashed", "".join(traceback.format_exception(error)))


def _reader(task: ReadPage) -> Reader[PageText]:
    return page_reader(
        task.path,
        task.format,
        task.number,
        password=task.password,
        engine=_engine(task.engine, task.languages),
        work=task.work,
        limits=task.limits,
        defer=task.defer,
    )


def _performed(task: Inspect | Extract | Lay) -> Answer | Exception:
    try:
        return _perform(task)
    except Exception as error:  # noqa: BLE001 - the worker's edge: a hostile file may raise anything
        return error


def _perform(task: Inspect | Extract | Lay) -> Answer:
    """Do what the task says.

    Raises:
        SourceError: the file is not to be read.
    """
    match task:
        case Inspect():
            return inspect(task.path, task.format, passwords=task.passwords, limits=task.limits)
        case Extract():
            return extract(
                task.pages,
                today=task.today,
                threshold=task.threshold,
                signed=task.signed,
                habits=task.habits,
            )
        case Lay():
            return _laid(task)


def _laid(task: Lay) -> Layer:
    # Loaded only when there is a scan: a digital letter is read in less time than this takes.
    layer: Any = importlib.import_module("arsip.scan.layer")
    made = layer.write_layer(
        task.path,
        task.format,
        task.pages,
        task.out,
        caption=task.caption,
        password=task.password,
    )
    return Layer(task.out if made else None)


@functools.lru_cache(maxsize=1)
def _engine(spec: Tesseract, languages: str) -> OcrEngine:
    """The engine that this child keeps, with a folder of its own for as long as the run lasts."""
    return loaded(spec, languages, Path(tempfile.mkdtemp(prefix="engine-")))


def _limit(*, memory_bytes: int, nice: int) -> None:
    """Limit this process, and let it die with its parent.

    An interrupt at the keyboard goes to the parent alone: it decides what is finished.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.umask(0o077)
    os.nice(nice)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # What it writes it has made in its memory.
    resource.setrlimit(resource.RLIMIT_FSIZE, (memory_bytes, memory_bytes))
    # macOS knows no limit of address space and says so.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _allow(cpu: float) -> None:
    """Let this process burn so many more CPU seconds, then be ended by SIGXCPU."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    limit = int(used.ru_utime + used.ru_stime + cpu) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (limit, hard))


if __name__ == "__main__":
    main(sys.argv[1:])
