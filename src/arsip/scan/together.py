"""Several pages read side by side, so that one start of an engine serves them all."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path
from typing import TypeAlias, TypeVar

from arsip.model import PageText
from arsip.scan.engine import Layout, OcrEngine, OcrFailed, OcrTimeout, Spot

HELD = 16 << 20
"""Bytes of pixels that may wait for words before another page is begun: two grey pages."""


@dataclass(frozen=True, slots=True)
class Glance:
    """What the reader of a page asks for: the words of an image, or of several.

    Attributes:
        images: BMP files.
        engine, dpi, layout: how they are read; see OcrEngine.
        seconds: patience, by the clock on the wall.
        held: bytes of pixels that are kept until the answer comes.
    """

    images: tuple[Path, ...]
    engine: OcrEngine
    dpi: int
    layout: Layout
    seconds: float
    held: int

    @property
    def manner(self) -> tuple[str, int, int]:
        """What glances have in common that one start of an engine can answer."""
        return self.engine.name, self.dpi, self.layout


T = TypeVar("T")
Reader: TypeAlias = Generator[Glance, list[list[Spot]], T]
"""Yields glances, is sent the words of the images of each, returns what it read; OcrFailed and
OcrTimeout are thrown into it where there are none."""


@dataclass(slots=True)
class _Page:
    """A page, what its reader asks for next, or what came of it."""

    reader: Reader[PageText]
    glance: Glance | None = None
    outcome: PageText | Exception | None = None
    seconds: float = 0.0

    def go_on(self, answer: list[list[Spot]] | Exception | None, shared: float = 0.0) -> None:
        """Give the reader its answer, which took its share of so many seconds."""
        start = time.monotonic()
        self.glance = None
        try:
            if isinstance(answer, Exception):
                self.glance = self.reader.throw(answer)
            else:
                self.glance = next(self.reader) if answer is None else self.reader.send(answer)
        except StopIteration as end:
            self.outcome = end.value
        except Exception as error:  # noqa: BLE001 - a hostile page may raise anything, alone
            self.outcome = error
        self.seconds += shared + time.monotonic() - start

    @property
    def told(self) -> PageText | Exception:
        """The outcome, and how long it took."""
        assert self.outcome is not None
        if isinstance(self.outcome, Exception):
            return self.outcome
        treatment = self.outcome.treatment._replace(seconds=round(self.seconds, 2))
        return self.outcome._replace(treatment=treatment)


def read_together(readers: Iterable[Reader[PageText]]) -> list[PageText | Exception]:
    """What each reader read, in their order; an error ends one reader only."""
    pages = [_Page(reader) for reader in readers]
    coming, waiting = iter(pages), list[_Page]()
    while True:
        waiting += _begun(coming, sum(_held(page) for page in waiting))
        if not waiting:
            return [page.told for page in pages]
        alike = _most_alike(waiting)
        start = time.monotonic()
        answers = _answers([page.glance for page in alike if page.glance])
        shared = (time.monotonic() - start) / len(alike)
        for page, answer in zip(alike, answers, strict=True):
            page.go_on(answer, shared)
        waiting = [page for page in waiting if page.glance]


def _begun(coming: Iterator[_Page], held: int) -> Iterator[_Page]:
    """Pages begun while there is room, as far as they ask for something."""
    while held < HELD and (page := next(coming, None)):
        page.go_on(None)
        if page.glance:
            held += page.glance.held
            yield page


def _held(page: _Page) -> int:
    return page.glance.held if page.glance else 0


def _most_alike(pages: Sequence[_Page]) -> list[_Page]:
    """The largest group of pages that one start of an engine can answer."""

    def manner(page: _Page) -> tuple[str, int, int]:
        assert page.glance is not None
        return page.glance.manner

    return max((list(group) for _, group in groupby(sorted(pages, key=manner), manner)), key=len)


def _answers(glances: Sequence[Glance]) -> list[list[list[Spot]] | Exception]:
    """The words of each; where reading them at once fails, or takes too long, each is read alone.

    All together get the patience of one: a page takes a small part of it, unless it hangs.
    """
    first = glances[0]
    try:
        words = iter(
            first.engine.read(
                [image for glance in glances for image in glance.images],
                dpi=first.dpi,
                seconds=max(glance.seconds for glance in glances),
                layout=first.layout,
            )
        )
        return [list(islice(words, len(glance.images))) for glance in glances]
    except (OcrFailed, OcrTimeout) as error:
        if len(glances) == 1:
            return [error]
        return [answer for glance in glances for answer in _answers([glance])]
