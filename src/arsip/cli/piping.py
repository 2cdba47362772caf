"""A document that comes through a pipe: ``scanimage ... | arsip ingest -``."""

from __future__ import annotations

import contextlib
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from arsip.cli.counter import Counter
from arsip.config import state_folder
from arsip.errors import NotADocument, TooLarge, UsageError
from arsip.formats import extension
from arsip.ingest.outcome import Outcome
from arsip.ingest.plan import NOTED_ONLY
from arsip.scan.sniff import sniff
from arsip.words import _

PIPE: Final = Path("-")
"""The word for what comes through the pipe; a file of this name is called ``./-``."""
CHUNK: Final = 1 << 20


@dataclass(slots=True)
class Piped:
    """Paths to be filed, one of which may have come through the pipe.

    Attributes:
        paths: the word for the pipe is the file that holds what came.
        file: that file; None: nothing was asked of the pipe.
        safe: the archive holds its bytes.
    """

    paths: list[Path]
    file: Path | None = None
    safe: bool = False

    def follow(self, outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
        """The same outcomes; takes note of what becomes of the file."""
        for outcome in outcomes:
            if outcome.file == self.file:
                aside = outcome.status == "set_aside" and outcome.reason not in NOTED_ONLY
                self.safe = aside or outcome.status in {"filed", "duplicate"}
            yield outcome


@contextlib.contextmanager
def piped(counter: Counter, paths: Sequence[Path]) -> Iterator[Piped]:
    """The paths, after the pipe was emptied into a file that stays until its bytes are safe.

    Raises:
        UsageError: nothing comes through the pipe.
        TooLarge: more comes than a file may hold.
    """
    if PIPE not in paths:
        yield Piped(list(paths))
        return
    with tempfile.TemporaryDirectory(prefix="arsip-") as name:
        file = _emptied(Path(name), counter)
        found = Piped([file if path == PIPE else path for path in paths], file)
        try:
            yield found
        finally:
            if not found.safe:
                _kept(counter, file)


def _emptied(folder: Path, counter: Counter) -> Path:
    stream = _stream()
    file, limit = folder / "pipe", counter.config.limits.file_bytes
    with file.open("wb") as out:
        while chunk := stream.read(CHUNK):
            out.write(chunk)
            if out.tell() > limit:
                raise TooLarge(_("More comes through the pipe than a file may hold."))
        if not out.tell():
            raise UsageError(
                _("Nothing came through the pipe."), hint="scanimage --format=tiff | arsip ingest -"
            )
    return file.rename(folder / f"pipe-{counter.clock():%Y%m%d-%H%M%S}.{_extension(file)}")


def _stream() -> IO[bytes]:
    """What comes through the pipe.

    Raises:
        UsageError: it is a keyboard, or closed.
    """
    if sys.stdin is None or sys.stdin.isatty():
        raise UsageError(
            _("There is no pipe to read from."), hint="scanimage --format=tiff | arsip ingest -"
        )
    return sys.stdin.buffer


def _extension(file: Path) -> str:
    """What files of its kind are called; text is told by its name alone."""
    try:
        return extension(sniff(file, "pipe.txt"))
    except NotADocument:
        return "bin"


def _kept(counter: Counter, file: Path) -> None:
    """Keep what could not be filed, for nobody else has it."""
    folder = state_folder(counter.environ) / "pipe"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    place = folder / file.name
    shutil.move(file, place)
    counter.screen.note(_("What came through the pipe is kept: {file}").format(file=place))
