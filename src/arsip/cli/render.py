"""The one door every character to the terminal goes through.

Text of letters and names of files are data: control, bidi and surrogate characters are shown
escaped, markup is off. A person who looks sees tables and colour; a pipe gets plain lines whose
columns are parted by tabs.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TextIO

from arsip.cli.flow import Run, Style, lines
from arsip.model import Report, silent
from arsip.words import _

MATCH: Final = re.compile("\x02([^\x02\x03]*)\x03")
"""A match in a snippet."""

_OWN: Final = str.maketrans("«»", "\u2039\u203a")
"""Guillemets of the text itself -> single ones, where « and » stand around its matches."""

_UNSAFE: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
"""Controls, marks that turn the direction of writing, surrogates, and what has no shape."""

TITLE_WIDTH: Final = 24
"""Columns of the titles that stand before values."""

_BOLD, _DIM, _RESET = "\x1b[1m", "\x1b[2m", "\x1b[0m"


def plain(text: str) -> str:
    r"""One line that is safe to show: a control character is seen as ``\x1b``."""
    return _UNSAFE.sub(_escaped, text)


def block(text: str) -> str:
    """Text that is safe to show; its line ends and tabs stay."""
    return _UNSAFE.sub(lambda match: match[0] if match[0] in "\n\t" else _escaped(match), text)


def _escaped(match: re.Match[str]) -> str:
    sign = match[0]
    if "\udc80" <= sign <= "\udcff":  # a byte of a file name that is no UTF-8 (PEP 383)
        sign = chr(ord(sign) - 0xDC00)
    return sign.encode("unicode_escape", "backslashreplace").decode("ascii")


def _json_escaped(match: re.Match[str]) -> str:
    pair = match[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{pair[at]:02x}{pair[at + 1]:02x}" for at in range(0, len(pair), 2))


def marked(snippet: str) -> str:
    """The snippet in one line, each match between « and », which stand for nothing else."""
    return plain(MATCH.sub(r"«\1»", " ".join(snippet.split()).translate(_OWN)))


@dataclass(slots=True)
class Screen:
    """Where answers (out) and everything else (err) go.

    Attributes:
        quiet: notes and progress are left out; errors are not.
        verbose: details are told.
        person: somebody looks at the answers, not a pipe.
        colour: the answers may have it.
    """

    out: TextIO
    err: TextIO
    quiet: bool
    verbose: bool
    person: bool
    colour: bool

    @property
    def watched(self) -> bool:
        """Somebody sees progress."""
        return not self.quiet and self.err.isatty()

    def line(self, text: str = "") -> None:
        """An answer, or some lines of one."""
        print(block(text), file=self.out)

    def row(self, cells: Iterable[str]) -> None:
        """One line of cells parted by tabs."""
        print("\t".join(plain(cell) for cell in cells), file=self.out)

    def json(self, answer: Mapping[str, Any]) -> None:
        """One object of JSON Lines; what could turn or hide text on a screen stays escaped."""
        # Loaded only by those who ask for JSON; the archive may have loaded it already.
        dumps = importlib.import_module("json").dumps
        ascii_only = (self.out.encoding or "").lower().replace("-", "") != "utf8"
        text = dumps(answer, ensure_ascii=ascii_only, separators=(",", ":"))
        print(_UNSAFE.sub(_json_escaped, text), file=self.out)

    def pair(self, title: str, value: str, remark: str = "") -> None:
        """A title and what belongs to it: one under the other for a person, a row for a pipe."""
        if self.person:
            self.show(self.faint(f"{title} ".ljust(TITLE_WIDTH)), plain(value + remark))
        else:
            self.row((title, value + remark))

    def path(self, path: Path, *, end: str = "\n") -> None:
        """A path for another program, byte for byte; shown escaped to a person."""
        if self.person and end == "\n":
            print(plain(str(path)), file=self.out)
            return
        self.raw(os.fsencode(path) + end.encode())

    def raw(self, data: bytes) -> None:
        """Bytes for another program."""
        self.out.flush()
        self.out.buffer.write(data)

    def note(self, text: str) -> None:
        """A remark beside the answers."""
        if not self.quiet:
            print(block(text), file=self.err)

    def detail(self, text: str) -> None:
        """A remark for those who asked for more."""
        if self.verbose:
            print(block(text), file=self.err)

    def error(self, message: str, hint: str = "") -> None:
        """What went wrong, and what to do or type next."""
        complain(message, hint, err=self.err)

    def table(self, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """A table for a person; for a pipe the rows alone, as they come."""
        if not self.person:
            for cells in rows:
                self.row(cells)
            return
        safe = [[plain(cell) for cell in cells] for cells in rows]
        display().table(headings, safe, out=self.out, colour=self.colour)

    def runs(self, snippet: str) -> Iterator[Run]:
        """A snippet for ``flow``: matches strong where there is colour, else between « and »."""
        if not self.colour:
            yield marked(snippet), ""
            return
        for place, part in enumerate(MATCH.split(" ".join(snippet.split()))):
            yield part, "strong" if place % 2 else ""

    def flow(self, *runs: Run, indent: int = 0) -> None:
        """Text in styles, on as many lines as the terminal needs; all but the first indented."""
        safe = [(plain(text), style) for text, style in runs]
        for line in lines(safe, width=width(), indent=indent):
            self.show(*(self._styled(text, style) for text, style in line))

    def _styled(self, text: str, style: Style) -> str:
        mark = {"strong": _BOLD, "faint": _DIM}.get(style, "") if self.colour else ""
        return f"{mark}{text}{_RESET}" if mark else text

    def marks(self, text: str) -> None:
        """Lines of an answer with its matches bold where there is colour, else between « and »."""
        start, end = (_BOLD, _RESET) if self.colour else ("«", "»")
        pieces = MATCH.split(text if self.colour else text.translate(_OWN))
        shown = (
            f"{start}{block(piece)}{end}" if place % 2 else block(piece)
            for place, piece in enumerate(pieces)
        )
        print("".join(shown), file=self.out)

    def strong(self, text: str) -> str:
        """One line made strong where there is colour, ready for ``show``."""
        return f"{_BOLD}{plain(text)}{_RESET}" if self.colour else plain(text)

    def faint(self, text: str) -> str:
        """One line made faint where there is colour, ready for ``show``."""
        return f"{_DIM}{plain(text)}{_RESET}" if self.colour else plain(text)

    def show(self, *ready: str) -> None:
        """A line of parts that came out of ``snippet``, ``strong``, ``faint`` or ``plain``."""
        print("".join(ready), file=self.out)

    @contextlib.contextmanager
    def progress(self) -> Iterator[Report]:
        """Where signs of life go while it lasts: a bar for a person, nothing for a pipe."""
        if not self.watched:
            yield silent
            return
        with display().progress(self.err, colour=self.colour, safe=plain) as report:
            yield report


def display() -> Any:
    """The module that draws with rich: loaded only when a person is looking."""
    return importlib.import_module("arsip.cli.display")


def screen(environ: Mapping[str, str], *, quiet: bool = False, verbose: bool = False) -> Screen:
    """The screen of this process."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    person = sys.stdout.isatty()
    return Screen(
        out=sys.stdout,
        err=sys.stderr,
        quiet=quiet,
        verbose=verbose,
        person=person,
        colour=person and not environ.get("NO_COLOR") and environ.get("TERM") != "dumb",
    )


def width() -> int:
    """Columns of the terminal, 80 when there is none."""
    return shutil.get_terminal_size().columns


def complain(message: str, hint: str = "", *, err: TextIO | None = None) -> None:
    """Tell an error: one sentence, then a hint. Where nobody can hear it the exit code tells."""
    stream = err or sys.stderr
    with contextlib.suppress(OSError):
        print(_("Error: {message}").format(message=plain(message)), file=stream)
        if hint:
            print(_("Hint: {hint}").format(hint=plain(hint)), file=stream)
