"""Letters out of the archive: export, copy."""

from __future__ import annotations

import contextlib
import filecmp
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from arsip.archive.export import csv, jsonl
from arsip.archive.shelf import parts
from arsip.cli.command import JSON, SECRET, WAIT, Choice, Querying, speaks
from arsip.cli.counter import Counter
from arsip.cli.finding import log_shown_secrets, nothing_found, readable, understood
from arsip.cli.letters import Original, chosen_file
from arsip.cli.opening import opened
from arsip.cli.queries import MaybeWords
from arsip.errors import UsageError, quoted
from arsip.model import Entry
from arsip.words import _, ngettext


@speaks(
    _("Hand over letters with their fields and text: those that answer to a query, or all."),
    "arsip export --format csv -o letters.csv 'tanggal:2022'",
    "arsip export --format jsonl > letters.jsonl",
    kind=Querying,
)
def export(  # noqa: PLR0913 - one a query, the others an option each
    ctx: typer.Context,
    query: MaybeWords = None,
    *,
    form: Annotated[
        str,
        typer.Option(
            "--format", parser=Choice("jsonl", "csv"), metavar="FORMAT", help="jsonl | csv"
        ),
    ] = "jsonl",
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            readable=False,
            metavar="PATH",
            help=_("Write to this file, not here."),
        ),
    ] = None,
    secret: Annotated[bool, SECRET] = False,
    doubtful: Annotated[
        bool, typer.Option("--doubtful", help=_("Give doubtful values as values."))
    ] = False,
    wait: Annotated[float | None, WAIT] = None,
) -> None:
    """Write the letters that answer to a query."""
    counter: Counter = ctx.obj
    asked = understood(counter, query, ways=())
    with opened(counter, wait=wait) as archive:
        log_shown_secrets(counter, archive.select(asked, secret=True) if secret else (), "export")
        entries = Counted(archive.select(asked, secret=secret))
        rows = (
            (line + "\n" for line in jsonl(entries, archive.pages, doubtful=doubtful))
            if form == "jsonl"
            else csv(entries, archive.pages, doubtful=doubtful)
        )
        with sink(output) as out:
            for row in rows:
                out.write(row.encode())
        count = entries.count
        if not count and asked.text:
            raise nothing_found(counter, archive, asked, command="export", secret=secret)
    if output is not None:
        text = ngettext(
            "{count} letter written to {file}", "{count} letters written to {file}", count
        )
        counter.screen.note(text.format(count=count, file=output))


class Counted(Iterator[Entry]):
    """Letters, counted as they pass."""

    def __init__(self, entries: Iterator[Entry]) -> None:
        self._entries = entries
        self.count = 0

    def __next__(self) -> Entry:
        """The next letter."""
        entry = next(self._entries)
        self.count += 1
        return entry


@contextlib.contextmanager
def sink(output: Path | None) -> Iterator[BinaryIO]:
    """Where rows go: stdout, or a file that appears whole or not at all.

    Raises:
        UsageError: there is no such folder.
    """
    if output is None:
        sys.stdout.flush()
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    if not output.parent.is_dir():
        message = _("There is no folder {folder}.")
        raise UsageError(
            message.format(folder=output.parent), hint=f"mkdir -p {quoted(output.parent)}"
        )
    if output.exists() and not output.is_file():  # a device or a pipe: there is nothing to keep
        with output.open("wb") as out:
            yield out
        return
    part = output.with_name(f".{output.name}.{os.getpid()}.part")
    try:
        with part.open("xb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        part.replace(output)
    finally:
        part.unlink(missing_ok=True)


@speaks(
    _("Copy letters out of the archive, under readable names. Nothing is written over."),
    "arsip copy 17 18 ~/Desktop",
    "arsip copy 17 /media/usb --original",
)
def copy(
    ctx: typer.Context,
    words: Annotated[
        list[str],
        typer.Argument(metavar="ID... DIR", help=_("The letters, then the folder they go to.")),
    ],
    *,
    original: Original = False,
    json: Annotated[bool, JSON] = False,
    wait: Annotated[float | None, WAIT] = None,
) -> None:
    """Copy letters to a folder."""
    counter: Counter = ctx.obj
    *refs, target = words
    folder = Path(target)
    if not refs:
        raise UsageError(_("Name the letters, then a folder."), hint="arsip copy 17 .")
    if not folder.is_dir():
        message = _("There is no folder {folder}.")
        raise UsageError(message.format(folder=folder), hint=f"mkdir -p {quoted(folder)}")
    with readable(counter, wait=wait) as archive:
        entries = [archive.entry(ref) for ref in refs]
        log_shown_secrets(counter, entries, "copy")
        for entry in entries:
            file = chosen_file(counter, archive, entry, original=original)
            name = parts(entry, archive.settings.shelf)[-1]
            copied = placed(file, folder, f"{name}{file.suffix}")
            if json:
                counter.screen.json({"v": 1, "id": entry.id, "file": str(copied)})
            else:
                counter.screen.path(copied)


def placed(file: Path, folder: Path, name: str) -> Path:
    """The copy of a file in a folder; when its name is taken by other bytes, a numbered one.

    Bytes that are there already under that name are not copied again.
    """
    stem, suffix = Path(name).stem, Path(name).suffix
    copy_, number = folder / name, 1
    while not _placed(file, copy_):
        number += 1
        copy_ = folder / f"{stem} ({number}){suffix}"
    return copy_


def _placed(file: Path, copy_: Path) -> bool:
    """Make a new copy; False: other bytes have that name."""
    try:
        with file.open("rb") as source, copy_.open("xb") as target:
            shutil.copyfileobj(source, target)
            os.fsync(target.fileno())
    except FileExistsError:
        return copy_.is_file() and filecmp.cmp(file, copy_, shallow=False)
    shutil.copystat(file, copy_)
    copy_.chmod(0o600)
    return True
