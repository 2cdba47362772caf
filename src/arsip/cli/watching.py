"""Scan folders that file themselves: watch."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Final

import typer

from arsip.archive.store import Archive
from arsip.cli.breaking import Breaking, on_request
from arsip.cli.command import JSON, WAIT, seconds, speaks
from arsip.cli.counter import Counter
from arsip.cli.ingest import Defer, Given, options, values
from arsip.cli.manner import Jobs, Lang, Passwords
from arsip.cli.opening import opened
from arsip.cli.retrying import due, tried
from arsip.cli.telling import Telling
from arsip.errors import SetupError, UsageError
from arsip.ingest.outcome import Outcome
from arsip.ingest.watch import Watch
from arsip.model import silent
from arsip.words import _

SHORTEST_POLL: Final = 0.1
"""Seconds between looks at least: a shorter time would only heat the machine."""

Folders = Annotated[
    list[Path], typer.Argument(readable=False, metavar="DIR...", help=_("Scan folders."))
]


@speaks(
    _(
        "File what settles in scan folders, and remove it there once it is safe in the archive. "
        "With --once it looks one time and ends, for cron; else it stays and watches."
    ),
    "arsip watch ~/scan",
    "arsip watch --once ~/scan --keep",
)
def watch(  # noqa: PLR0913 - an option each
    ctx: typer.Context,
    folders: Folders,
    *,
    once: Annotated[bool, typer.Option("--once", help=_("One pass, then end."))] = False,
    keep: Annotated[bool, typer.Option("--keep", help=_("Leave the files in the folder."))] = False,
    settle: Annotated[
        float | None,
        typer.Option(
            "--settle",
            parser=seconds,
            metavar="S",
            help=_("Take a file that stood still for S seconds (5)."),
        ),
    ] = None,
    poll: Annotated[
        float | None,
        typer.Option(
            "--poll",
            parser=seconds,
            metavar="S",
            help=_("Look every S seconds where the system tells of no change (30)."),
        ),
    ] = None,
    lang: Lang = None,
    jobs: Jobs = None,
    password_file: Passwords = None,
    given: Given = None,
    defer: Defer = False,
    json: Annotated[bool, JSON] = False,
    wait: Annotated[float | None, WAIT] = None,
) -> None:
    """File what comes."""
    counter: Counter = ctx.obj
    for folder in folders:
        if not folder.is_dir():
            message = _("There is no folder {folder}.").format(folder=folder)
            raise UsageError(message, hint=f"mkdir -p '{folder}'")
        if not os.access(folder, os.R_OK | os.X_OK):
            message = _("You may not read the folder {folder}.").format(folder=folder)
            raise SetupError(message, hint=f"ls -ld '{folder}'")
    said = values(given or ())
    config = counter.configure(
        languages=lang, jobs=jobs, passwords=password_file, settle=settle, poll=poll
    )
    if Archive.create(config.archive, clock=counter.clock):
        counter.screen.note(_("Made the archive {folder}").format(folder=config.archive))
    breaking = Breaking()
    with opened(counter, wait=wait) as archive:
        run = replace(
            options(counter, archive, given=said, defer=defer),
            move=not keep,
            remember=keep,
            patience=dt.timedelta(minutes=config.patience),
            breakable=breaking.breakable,
        )
        watching = Watch(
            folders,
            archive,
            run,
            settle=config.settle,
            poll=max(config.poll, SHORTEST_POLL),
            clock=counter.clock,
            report=silent,
        )
        telling = Telling(counter.screen, json=json, live=True, news_only=not (once and json))
        with telling.summary(), breaking.heard():
            telling.all(tried(archive, due(counter, archive), run, counter, silent))
            telling.all(_passes(counter, watching, once=once))
    telling.end()


def _passes(counter: Counter, watching: Watch, *, once: bool) -> Iterator[Outcome]:
    """One pass, or all until the process is told to end: then after the letters in hand."""
    if once:
        return watching.once()
    on_request(lambda _number, _frame: watching.stop())
    names = ", ".join(str(folder) for folder in watching.folders)
    counter.screen.note(_("Watching {folders}. To end: Ctrl-C").format(folders=names))
    return watching.always()
