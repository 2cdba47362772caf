"""One letter: show, open."""

from __future__ import annotations

import functools
import importlib
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from arsip.archive import keys
from arsip.archive.find.query import parse
from arsip.archive.reader import Reader
from arsip.archive.vault import Vault
from arsip.cli import shapes
from arsip.cli.command import JSON, SECRET, WAIT, speaks, whole
from arsip.cli.counter import Counter
from arsip.cli.doubting import doubts_told
from arsip.cli.finding import log_shown_secrets, open_to_all, readable
from arsip.cli.opening import opened
from arsip.cli.reasons import told
from arsip.cli.recall import last_search, recalled
from arsip.cli.render import Screen, plain
from arsip.errors import NothingFound, SetupError, UsageError, quoted
from arsip.fields import FIELDS, LETTER_NUMBER
from arsip.model import PENDING, Doubt, Entry, Finding, Letter, PageText
from arsip.words import _

_ID: Final = typer.Argument(
    metavar="ID", help=_("The letter's number in this archive, or 8 digits of its SHA-256.")
)
Id = Annotated[str, _ID]
MaybeId = Annotated[str | None, _ID]
Place = Annotated[
    int | None,
    typer.Option("--hit", parser=whole, metavar="N", help=_("The N-th hit of the last search.")),
]
Original = Annotated[
    bool, typer.Option("--original", help=_("The file as it came, not the searchable copy."))
]
PAGE_BREAK: Final = "\f"


@speaks(
    _("Show what a letter says of itself, where its files are, and its text."),
    "arsip show 17",
    "arsip show 17 --text --page 2",
)
def show(  # noqa: PLR0913 - an option each
    ctx: typer.Context,
    letter: MaybeId = None,
    *,
    hit: Place = None,
    json: Annotated[bool, JSON] = False,
    text: Annotated[bool, typer.Option("--text", help=_("The text of its pages only."))] = False,
    page: Annotated[
        int | None, typer.Option("--page", parser=whole, metavar="N", help=_("Page N only."))
    ] = None,
    mark: Annotated[
        str | None,
        typer.Option(
            "--mark", metavar="QUERY", help=_("Mark the words of this query in the text.")
        ),
    ] = None,
    secret: Annotated[bool, SECRET] = False,
    wait: Annotated[float | None, WAIT] = None,
) -> None:
    """Show one letter."""
    counter: Counter = ctx.obj
    ref = meant(counter, letter, hit, command="show")
    with opened(counter, wait=wait) as archive:
        entry = archive.entry(ref)
        open_to_all(entry, f"show {entry.id}", secret=secret)
        log_shown_secrets(counter, [entry], "show")
        pages = _chosen(archive.pages(entry), page, entry)
        if json:
            others = archive.renditions(entry.id)
            counter.screen.json(shapes.entry(entry, pages, renditions=others))
        elif text or page is not None or mark is not None:
            text_told(counter.screen, pages, _marks(counter, archive, entry, mark))
        else:
            _letter(counter.screen, archive, entry)


def _chosen(pages: tuple[PageText, ...], number: int | None, entry: Entry) -> tuple[PageText, ...]:
    if number is None:
        return pages
    chosen = tuple(page for page in pages if page.number == number)
    if not chosen:
        message = _("Letter {id} has no page {page}.")
        raise NothingFound(message.format(id=entry.id, page=number), hint=f"arsip show {entry.id}")
    return chosen


def meant(counter: Counter, letter: str | None, hit: int | None, *, command: str) -> str:
    """The ID that was typed, or that of a hit of the last search.

    Raises:
        NothingFound: the last search has no such hit.
        UsageError: none was named, or both.
    """
    if (letter is None) == (hit is None):
        message = _("Name one letter: its ID, or --hit N.")
        raise UsageError(message, hint=f"arsip {command} --hit 1")
    return letter if letter is not None else str(recalled(counter, hit or 0, command))


def _marks(
    counter: Counter, archive: Reader, entry: Entry, query: str | None
) -> Callable[[str], str] | None:
    """What marks the words of a query: the one that was given, else the last, for a person."""
    asked = None if query is None else parse(query, today=counter.today)
    last = last_search(counter) if query is None and counter.screen.person else None
    if last is not None and entry.id in last.ids:
        asked = parse(last.query, today=counter.today, ways=last.ways)
    if asked is None:
        return None
    marker = archive.marker(asked, entry)
    number = keys.told(entry.letter, LETTER_NUMBER)
    return None if marker is None else functools.partial(marker.whole, number=number)


def text_told(
    screen: Screen, pages: Sequence[PageText], marks: Callable[[str], str] | None = None
) -> None:
    """The pages' text; for a person under headings, for a pipe parted by form feeds."""
    for place, page in enumerate(pages):
        if screen.person:
            screen.show(screen.faint(_("--- page {page} ---").format(page=page.number)))
        elif place:
            screen.show(PAGE_BREAK)
        if page.unread:
            screen.note(_unread(page))
        if marks is None:
            screen.line(page.text)
        else:
            screen.marks(marks(page.text))


def _unread(page: PageText) -> str:
    if page.unread == PENDING:
        message = _("Page {page} is not read yet: {command}")
        return message.format(page=page.number, command="arsip reread --ocr --pending")
    message = _("Page {page} could not be read: {why}")
    return message.format(page=page.number, why=told(page.unread))


def _letter(screen: Screen, archive: Reader, entry: Entry) -> None:
    filed = f"{entry.filed_at:%Y-%m-%d %H:%M}"
    heading = _("Letter {id}").format(id=entry.id)
    trashed = "  " + _("(in the trash)") if entry.state == "trashed" else ""
    screen.show(screen.strong(heading), plain(trashed))
    fields_told(screen, entry.letter)
    screen.pair(_("Pages"), ", ".join(map(str, entry.pages)))
    screen.pair(_("Filed"), filed)
    screen.pair(_("Came as"), entry.source)
    screen.pair(_("File"), str(archive.root / entry.file))
    if entry.reading is not None:
        screen.pair(_("Original"), str(archive.root / entry.original))
    if entry.same_as is not None:
        title = _("Rendition of") if entry.rendition else _("Probably the same as")
        screen.pair(title, str(entry.same_as.id))
    if others := archive.renditions(entry.id):
        screen.pair(_("Renditions"), ", ".join(map(str, others)))
    screen.pair("SHA-256", entry.digest)
    remarks(screen, heading, entry.flags, entry.doubts)


def fields_told(screen: Screen, letter: Letter) -> None:
    """What a letter says of itself, a field a line."""
    for field in FIELDS:
        best = letter.best(field)
        if best is not None:
            screen.pair(_(field.title), field.kind.plain(best.value), _doubt(best))


def remarks(screen: Screen, name: str, flags: Sequence[str], doubts: Sequence[Doubt]) -> None:
    """What a person should know of a file and its pages."""
    for flag in flags:
        screen.note(told(flag))
    doubts_told(screen, name, doubts)


def _doubt(found: Finding[object]) -> str:
    if not found.doubtful:
        return ""
    return "  " + _("(doubtful, {percent} %)").format(percent=round(100 * found.confidence))


@speaks(
    _("Open the file of a letter in the program that this desktop uses for it."),
    "arsip open 17",
    "arsip open --hit 1 --original",
)
def open_letter(
    ctx: typer.Context,
    letter: MaybeId = None,
    *,
    hit: Place = None,
    rendition: Annotated[
        int,
        typer.Option(
            "--rendition",
            parser=whole,
            metavar="N",
            help=_("Its N-th rendition; 1: as filed first."),
        ),
    ] = 1,
    original: Original = False,
    wait: Annotated[float | None, WAIT] = None,
) -> None:
    """Open one letter."""
    counter: Counter = ctx.obj
    ref = meant(counter, letter, hit, command="open")
    with readable(counter, wait=wait) as archive:
        entry = _rendition(archive, archive.entry(ref), rendition)
        log_shown_secrets(counter, [entry], "open")
        file = chosen_file(counter, archive, entry, original=original)
    handed_over(counter, archive.root, entry, file)


def _rendition(archive: Reader, entry: Entry, place: int) -> Entry:
    """The rendition at a place: 1 is the letter itself.

    Raises:
        NothingFound: it has fewer.
    """
    every = (entry.id, *archive.renditions(entry.id))
    if not 1 <= place <= len(every):
        message = _("Letter {id} has no rendition {place}.")
        raise NothingFound(
            message.format(id=entry.id, place=place), hint=f"arsip duplicates {entry.id}"
        )
    return archive.entry(str(every[place - 1]))


def handed_over(counter: Counter, root: Path, entry: Entry, file: Path) -> None:
    """Open a file of a letter in the program of this desktop, warning of one that holds programs.

    Raises:
        SetupError: there is no desktop, or it has no program for the file.
    """
    if "active_content" in entry.flags and file == root / entry.original:
        counter.screen.note(told("active_content"))
    _open(file)
    counter.screen.detail(str(file))


def chosen_file(counter: Counter, archive: Reader, entry: Entry, *, original: bool) -> Path:
    """The file as it came, or the searchable copy, which is made now when none is kept.

    Raises:
        Damaged: the text of the pages is missing or damaged.
        SetupError: no reading child starts on this machine.
        UsageError: the password file cannot be read.
    """
    if original or entry.reading is not None or "no_reading_copy" in entry.flags:
        return archive.root / (entry.original if original else entry.file)
    pages = Vault(archive.root).pages(entry.digest)
    made = None
    if any(page.seen for page in pages):
        # Loaded only for a copy that is not kept: children take more than all the rest.
        viewing: Any = importlib.import_module("arsip.cli.viewing")
        made = viewing.searchable(counter, archive.root, entry, pages)
    return made or archive.root / entry.original


def _open(file: Path) -> None:
    """Hand a file to the desktop.

    Raises:
        SetupError: there is no desktop, or it has no program for the file.
    """
    opener = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
    if opener is None:
        message = _("This machine has no program to open files with. The file is {file}")
        raise SetupError(message.format(file=file), hint="apt install xdg-utils")
    ended = subprocess.run(  # noqa: S603 - the desktop's own opener, a path of the archive
        [opener, str(file.absolute())],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    if ended.returncode:
        message = _("The desktop could not open the file {file}")
        raise SetupError(message.format(file=file), hint=f"{Path(opener).name} {quoted(file)}")
