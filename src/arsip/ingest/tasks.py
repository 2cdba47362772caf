"""What reading children are asked to do, and what they answer: light to import, plain to pickle."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from arsip.habits import Habits
from arsip.model import Letter, Limits, Outline, PageText
from arsip.scan.caption import Caption
from arsip.scan.engines import Tesseract

SEALED = "sealed"
"""Word for a child that needs no other program: it starts none, and writes in its folder only."""


@dataclass(frozen=True, slots=True)
class Inspect:
    """Open a file and count its pages; answered by an Outline."""

    path: Path
    format: str
    passwords: tuple[str, ...]
    limits: Limits


@dataclass(frozen=True, slots=True)
class ReadPage:
    """Read one page; answered by a PageText.

    Attributes:
        work: a folder for page images; the child cleans up what it put there.
        defer: a page without words of its own comes back unread, as PENDING.
    """

    path: Path
    format: str
    number: int
    password: str
    engine: Tesseract
    languages: str
    work: Path
    limits: Limits
    defer: bool = False


@dataclass(frozen=True, slots=True)
class Extract:
    """Find what the letter on the pages says of itself; answered by a Letter.

    Attributes:
        today: no letter is dated after it.
        threshold: findings of less confidence are doubtful.
        signed: the file carries an electronic signature.
        habits: of the office that wrote it; None: it is not known.
    """

    pages: tuple[PageText, ...]
    today: dt.date
    threshold: float
    limits: Limits
    signed: bool = False
    habits: Habits | None = None


@dataclass(frozen=True, slots=True)
class Lay:
    """Lay the words over the scanned pages, as a searchable PDF; answered by a Layer.

    Attributes:
        caption: what the PDF says of itself.
        out: where it goes.
    """

    path: Path
    format: str
    password: str
    pages: tuple[PageText, ...]
    caption: Caption
    out: Path
    limits: Limits


@dataclass(frozen=True, slots=True)
class Layer:
    """Where the searchable PDF lies; None: there was nothing to lay."""

    path: Path | None


@dataclass(frozen=True, slots=True)
class Failure:
    """A task that came to nothing.

    Attributes:
        reason: slug: of a SourceError, or ``crashed``, ``memory``, ``time``.
        trace: for the person who mends arsip; may quote the file.
    """

    reason: str
    trace: str = ""


@dataclass(frozen=True, slots=True)
class Ready:
    """The first word of a child: it has loaded all it needs."""


Task: TypeAlias = Inspect | ReadPage | Extract | Lay
Answer: TypeAlias = Outline | PageText | Letter | Layer | Failure


def seconds(task: Task) -> float:
    """CPU seconds a child may burn on the task itself; those of OCR are not counted."""
    limits = task.limits
    match task:
        case Inspect():
            return limits.cpu_seconds
        case ReadPage():
            return limits.cpu_seconds_page + limits.cpu_seconds
        case Extract() | Lay():
            return limits.cpu_seconds + limits.cpu_seconds_page * len(task.pages)


def patience(task: Task) -> float:
    """Wall-clock seconds after which a child is taken for hanging, on a busy machine too."""
    ocr = 2 * task.limits.page_seconds if isinstance(task, ReadPage) else 0.0
    return ocr + 4 * seconds(task)
