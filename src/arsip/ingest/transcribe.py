"""One file from bytes to a Reading, as a script of tasks that any pool can perform."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias, TypeVar

from arsip import errors, fields
from arsip.habits import Habits
from arsip.ingest import plan
from arsip.ingest.tasks import Answer, Extract, Failure, Inspect, Lay, Layer, ReadPage, Task
from arsip.model import BROKEN, DOUBT, PENDING, Letter, Limits, Outline, PageText, Reading, Source
from arsip.scan.caption import Caption
from arsip.scan.engines import Tesseract
from arsip.words import _

T = TypeVar("T")
Script: TypeAlias = Generator[tuple[Task, ...], tuple[Answer, ...], T]
"""Yields tasks that may be performed side by side, is sent their answers, returns its result."""

REASONS: dict[str, type[errors.SourceError]] = {
    kind.slug: kind
    for kind in (
        errors.Unreadable,
        errors.PasswordNeeded,
        errors.NotADocument,
        errors.TooLarge,
        errors.Incomplete,
    )
}


def unknown(_pages: tuple[PageText, ...]) -> Habits | None:
    """No office is known."""
    return None


@dataclass(frozen=True, slots=True)
class How:
    """How files are read.

    Attributes:
        languages: as tesseract names them: ``ind+eng``.
        today: no letter is dated after it.
        threshold: findings of less confidence are doubtful.
        layer: make a searchable PDF of scans.
        defer: pages without words of their own are read another day.
        habits: how the office writes whose letterhead is on these pages.
    """

    engine: Tesseract
    languages: str
    passwords: tuple[str, ...]
    limits: Limits
    today: dt.date
    threshold: float = DOUBT
    layer: bool = True
    defer: bool = False
    habits: Callable[[tuple[PageText, ...]], Habits | None] = unknown


def transcribe(source: Source, *, desk: Path, how: How) -> Script[Reading]:
    """The Reading of a source; page images and the searchable PDF lie on the desk.

    Raises:
        SourceError: the file cannot be read at all.
    """
    outline = yield from opened(source, how)
    numbers = range(1, outline.pages + 1)
    pages = yield from pages_read(source, outline, numbers, desk=desk, how=how)
    if source.format != "pdf" and all(page.unread == BROKEN for page in pages):
        raise errors.Unreadable(_("The image cannot be decoded."))
    letter, flags = yield from understood(pages, how, signed="signed" in outline.flags)
    layer, more = yield from laid(source, outline, pages, letter, desk=desk, how=how)
    return Reading(
        source=source,
        pages=pages,
        letter=letter,
        flags=(*outline.flags, *flags, *more),
        layer=layer,
        doubts=plan.doubts(pages, letter),
    )


def opened(source: Source, how: How) -> Script[Outline]:
    """What the file holds.

    Raises:
        SourceError: it cannot be read at all.
    """
    (outline,) = yield (Inspect(source.path, source.format, how.passwords, how.limits),)
    if not isinstance(outline, Outline):
        raise _error(source, outline)
    return outline


def understood(
    pages: tuple[PageText, ...], how: How, *, signed: bool
) -> Script[tuple[Letter, tuple[str, ...]]]:
    """What the letter on the pages says of itself, and flags; a signed file is told to it."""
    task = Extract(pages, how.today, how.threshold, how.limits, signed, how.habits(pages))
    (letter,) = yield (task,)
    return (letter, ()) if isinstance(letter, Letter) else (Letter(), ("not_understood",))


def laid(
    source: Source,
    outline: Outline,
    pages: tuple[PageText, ...],
    letter: Letter,
    *,
    desk: Path,
    how: How,
) -> Script[tuple[Path | None, tuple[str, ...]]]:
    """The searchable PDF of a scan, and flags; None: there is none, or it is not to be made yet."""
    waits = any(page.unread == PENDING for page in pages)
    if waits or not (how.layer and any(page.seen for page in pages)):
        return None, ()
    caption = captioned(letter, digest=source.digest, name=source.name)
    (made,) = yield (_lay(source, outline, pages, caption, desk=desk, how=how),)
    path = made.path if isinstance(made, Layer) else None
    return path, () if path else ("no_reading_copy",)


def captioned(letter: Letter, *, digest: str, name: str) -> Caption:
    """What a reading copy says of itself: facts only, never a doubtful value."""
    return Caption(
        digest=digest,
        title=letter.first(fields.SUBJECT) or letter.first(fields.LETTER_NUMBER) or name,
        sender=letter.first(fields.SENDER) or "",
        date=letter.first(fields.DATE_OF_LETTER),
    )


def _lay(
    source: Source,
    outline: Outline,
    pages: tuple[PageText, ...],
    caption: Caption,
    *,
    desk: Path,
    how: How,
) -> Lay:
    return Lay(
        path=source.path,
        format=source.format,
        password=outline.password,
        pages=pages,
        caption=caption,
        out=desk / "layer.pdf",
        limits=how.limits,
    )


def pages_read(
    source: Source, outline: Outline, numbers: Sequence[int], *, desk: Path, how: How
) -> Script[tuple[PageText, ...]]:
    """These pages of the file; one that could not be read tells why."""
    answers = yield tuple(
        ReadPage(
            path=source.path,
            format=source.format,
            number=number,
            password=outline.password,
            engine=how.engine,
            languages=how.languages,
            work=desk,
            limits=how.limits,
            defer=how.defer,
        )
        for number in numbers
    )
    return tuple(
        answer if isinstance(answer, PageText) else PageText(number, unread=_reason(answer))
        for number, answer in zip(numbers, answers, strict=True)
    )


def _reason(answer: Answer) -> str:
    return answer.reason if isinstance(answer, Failure) else "crashed"


def _error(source: Source, answer: Answer) -> errors.SourceError:
    reason = _reason(answer)
    trace = answer.trace if isinstance(answer, Failure) else ""
    return REASONS.get(reason, errors.Crashed)(trace or source.name)
