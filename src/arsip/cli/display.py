"""Tables and progress for a person who is looking: rich, loaded only then."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TextIO

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn
from rich.table import Table
from rich.text import Text

from arsip.model import Event, Report
from arsip.words import N_, _

STEPS = {
    "take": N_("taking"),
    "read": N_("reading"),
    "settled": N_("done"),
    "verify": N_("checking"),
    "rebuild": N_("making anew"),
    "backup": N_("copying"),
    "repair": N_("looking for sound bytes"),
}
"""Slug of a step -> what is going on."""

WITHIN = frozenset({"take", "read", "pages"})
"""Steps within a file; all others tell how many are done."""

UNBROKEN = 28
"""Columns that are kept for a word: letters' numbers are seldom longer, and may break."""
ROOM = 24
"""Columns that a last column needs; with fewer it stands below the others."""
GAP = 3
"""Columns between two columns of a table."""
CLOSE = 2
"""The same where room is short."""
INDENT = 4
"""Columns before what stands below."""
NAME_WIDTH = 40
"""Columns of a file name beside a bar."""
FIRST_PAGES = 3
"""Pages after which a pace is told: the first ones tell of the start."""


def console(stream: TextIO, *, colour: bool) -> Console:
    """A console that takes text for text: no markup, no emoji, no guessing at numbers."""
    return Console(
        file=stream,
        markup=False,
        emoji=False,
        highlight=False,
        color_system="auto" if colour else None,
    )


def table(
    headings: Sequence[str], rows: Sequence[Sequence[str]], *, out: TextIO, colour: bool
) -> None:
    """Draw a table as wide as the terminal; the cells are safe to show.

    Where the last column, of what a letter is about, would have no room beside the others, it
    stands below them.
    """
    screen = console(out, colour=colour)
    columns = list(zip(headings, *rows, strict=True))
    room = screen.width - GAP * (len(columns) - 1)
    last = min(max(map(cell_len, columns[-1])), ROOM)
    if sum(map(_needed, columns[:-1])) + last > room:
        _stacked(screen, columns)
        return
    drawn = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for cells, width in zip(columns, _widths(columns, room), strict=True):
        drawn.add_column(Text(cells[0]), overflow="fold", width=width)
    for row in rows:
        drawn.add_row(*map(Text, row))
    screen.print(drawn)


def _stacked(screen: Console, columns: Sequence[Sequence[str]]) -> None:
    """Rows of a heading and cells: all but the last side by side, the last below, indented."""
    first = columns[:-1]
    widths = _widths(first, screen.width - CLOSE * (len(first) - 1))
    for place, row in enumerate(zip(*columns, strict=True)):
        beside = Table.grid(padding=(0, CLOSE, 0, 0), pad_edge=False)
        for width in widths:
            beside.add_column(overflow="fold", width=width)
        style = "" if place else "bold"
        beside.add_row(*(Text(cell, style) for cell in row[:-1]))
        screen.print(beside, Padding(Text(row[-1], style), (0, 0, 0, INDENT)), sep="\n")


def _widths(columns: Sequence[Sequence[str]], room: int) -> list[int]:
    """The width of each column in the room for all: who has most beyond a word gives way first."""
    widths = [min(max(map(cell_len, cells)), room) for cells in columns]
    for _step in range(sum(widths) - max(room, len(columns))):
        spare = [
            (max(width - _needed(cells), 0), width)
            for cells, width in zip(columns, widths, strict=True)
        ]
        widths[spare.index(max(spare))] -= 1
    return widths


def _needed(cells: Sequence[str]) -> int:
    """Columns that the longest word keeps for itself, lest a number breaks where another wraps."""
    return min(
        max((cell_len(word) for cell in cells for word in cell.split()), default=0), UNBROKEN
    )


@dataclass(slots=True)
class Pace:
    """How fast pages are read, and how long the rest will take at that pace.

    Attributes:
        files, taken: that come, as far as is known (0: it is not), and that were opened by now.
        pages, read: of the files that were opened, and of those the ones that are done.
        since: monotonic seconds at which the first page was in work.
    """

    files: int = 0
    taken: int = 0
    pages: int = 0
    read: int = 0
    since: float = 0.0

    def hear(self, event: Event, now: float) -> None:
        """Take a sign of life into account."""
        if event.step == "take":
            self.since = self.since or now
            self.taken += 1
        elif event.step == "pages":
            self.read, self.pages = event.done, event.total
        elif event.step == "settled":
            self.files = event.total

    def told(self, now: float) -> str:
        """Pages a minute and the time that is left; empty while there is too little to go by."""
        passed = now - self.since
        if self.read < FIRST_PAGES or passed <= 0:
            return ""
        rate = 60 * self.read / passed
        left = float(self.pages - self.read)
        left += max(0, self.files - self.taken) * self.pages / max(1, self.taken)
        text = _("{rate} pages/min").format(rate=round(rate))
        if not left:
            return text
        seconds = round(60 * left / rate)
        minutes, rest = divmod(seconds, 60)
        return text + ", " + _("{time} left").format(time=f"{minutes}:{rest:02}")


@contextlib.contextmanager
def progress(stream: TextIO, *, colour: bool, safe: Callable[[str], str]) -> Iterator[Report]:
    """A bar below which nothing stays; what is told meanwhile stands above it."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=20),
        MofNCompleteColumn(),
        TextColumn("{task.fields[pace]}", markup=False),
    )
    pace = Pace()
    with Progress(*columns, console=console(stream, colour=colour), transient=True) as bar:
        task = bar.add_task("", total=None, pace="")

        def report(event: Event) -> None:
            now = time.monotonic()
            pace.hear(event, now)
            bar.update(task, pace=pace.told(now))
            if event.step != "pages":
                step = _(STEPS.get(event.step, event.step))
                bar.update(task, description=f"{step} {safe(event.source)[:NAME_WIDTH]}")
            if event.step not in WITHIN:
                bar.update(task, completed=event.done, total=event.total or None)

        yield report
