"""Letters into the archive: ingest; and read, which files nothing."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from arsip.archive.store import Archive
from arsip.cli import shapes
from arsip.cli.assignments import assignments, who
from arsip.cli.breaking import Breaking, on_request
from arsip.cli.command import JSON, WAIT, speaks
from arsip.cli.counter import Counter
from arsip.cli.guard import SET_ASIDE
from arsip.cli.hooking import calls
from arsip.cli.letters import fields_told, remarks, text_told
from arsip.cli.manner import Jobs, Lang, Passwords, children, how
from arsip.cli.opening import opened
from arsip.cli.piping import PIPE, Piped, piped
from arsip.cli.reasons import advice, told
from arsip.cli.render import Screen
from arsip.cli.retrying import due, tried
from arsip.cli.telling import Telling
from arsip.errors import NotADocument, SourceError, UsageError, quoted
from arsip.fields import Field, Retag
from arsip.ingest.looking import candidates
from arsip.ingest.pipeline import Options, preview
from arsip.ingest.pipeline import ingest as pipeline
from arsip.ingest.reading import read as reading
from arsip.model import DOUBT, Reading
from arsip.words import _

Defer = Annotated[
    bool,
    typer.Option("--defer-ocr", help=_("File scans now; read them later: reread --ocr --pending.")),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help=_("Tell what would be done, and do nothing."))
]
Given = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="FIELD=VALUE", help=_("True of every letter of this run.")),
]
Paths = Annotated[
    list[Path],
    typer.Argument(readable=False, metavar="PATH...", help=_("Files and folders; - is the pipe.")),
]
"""What may not be read is told with each file, not by typer in English for all of them."""


@speaks(
    _(
        "File scans and folders of scans: PDF, JPEG, PNG, TIFF and text letters. The files stay "
        "where they are unless --move is given; what is filed already is not filed again."
    ),
    "arsip ingest ~/scan",
    "arsip ingest surat.pdf --set sifat=rahasia --password-file sandi.txt",
)
def ingest(  # noqa: PLR0913 - an option each
    ctx: typer.Context,
    paths: Paths,
    *,
    move: Annotated[
        bool, typer.Option("--move", help=_("Remove each file once it is safe in the archive."))
    ] = False,
    lang: Lang = None,
    jobs: Jobs = None,
    password_file: Passwords = None,
    given: Given = None,
    defer: Defer = False,
    again: Annotated[
        bool, typer.Option("--again", help=_("File what was destroyed too, as new letters."))
    ] = False,
    dry_run: DryRun = False,
    json: Annotated[bool, JSON] = False,
    wait: Annotated[float | None, WAIT] = None,
) -> None:
    """File what is named."""
    counter: Counter = ctx.obj
    on_request(signal.default_int_handler)
    _exist(path for path in paths if path != PIPE)
    said = values(given or ())
    config = counter.configure(languages=lang, jobs=jobs, passwords=password_file)
    if not dry_run and Archive.create(config.archive, clock=counter.clock):
        counter.screen.note(_("Made the archive {folder}").format(folder=config.archive))
    telling = Telling(counter.screen, json=json, dry=dry_run)
    with opened(counter, wait=wait) as archive, piped(counter, paths) as pipe:
        run = replace(options(counter, archive, given=said, defer=defer), move=move, again=again)
        if dry_run:
            with telling.summary():
                files = candidates(pipe.paths, but=archive.root)
                telling.all(preview(files, archive=archive, options=run))
            return
        _filed(counter, archive, run, pipe, telling)
    telling.end()


def _filed(counter: Counter, archive: Archive, run: Options, pipe: Piped, telling: Telling) -> None:
    breaking = Breaking()
    run = replace(run, breakable=breaking.breakable)
    programs = calls(counter, archive, lambda _sentence: None)
    with (
        telling.summary(),
        counter.screen.progress() as report,
        breaking.heard(),
        programs.made(),
    ):
        outcomes = pipeline(
            pipe.paths,
            archive=archive,
            options=run,
            clock=counter.clock,
            report=report,
        )
        again = tried(archive, due(counter, archive), run, counter, report)
        telling.all(programs.follow(again))
        total = sum(1 for _path in candidates(pipe.paths, but=archive.root))
        telling.all(programs.follow(pipe.follow(outcomes)), report=report, total=total)
        programs.passed()
        archive.recount()


def _exist(paths: Iterable[Path]) -> None:
    """Make sure that what a person named is there, before anything is done.

    Raises:
        UsageError: it is not.
    """
    for path in paths:
        if not os.path.lexists(path):
            raise UsageError(
                _("There is no file {file}.").format(file=path), hint=f"ls {quoted(path.parent)}"
            )


def options(
    counter: Counter, archive: Archive, *, given: Mapping[Field[Any], Any], defer: bool
) -> Options:
    """How this run treats files, as far as ingest and watch agree.

    Raises:
        UsageError: the password file cannot be read.
        SetupError: this machine cannot read scans.
    """
    config = counter.config
    return Options(
        how=how(
            counter,
            threshold=archive.settings.doubt,
            layer=archive.settings.reading == "always",
            defer=defer,
        ),
        jobs=children(config),
        nice=config.nice,
        given=given,
        who=who(counter) if given else "",
    )


def values(words: Sequence[str]) -> Mapping[Field[Any], Any]:
    """What is true of every letter.

    Raises:
        UsageError: a field or value is not understood.
    """
    said = {
        field: value.upon(()) if isinstance(value, Retag) else value
        for field, value in assignments(words).items()
    }
    if None in said.values():
        raise UsageError(_("--set needs a value."), hint="--set sifat=rahasia")
    return said


@speaks(
    _("Read letters and tell what they say; nothing is filed, no archive is needed."),
    "arsip read surat.pdf",
    "arsip read --json surat.txt scan/",
)
def read(  # noqa: PLR0913 - an option each
    ctx: typer.Context,
    paths: Paths,
    *,
    json: Annotated[bool, JSON] = False,
    text: Annotated[bool, typer.Option("--text", help=_("The text of the pages too."))] = False,
    lang: Lang = None,
    jobs: Jobs = None,
    password_file: Passwords = None,
) -> None:
    """Read what is named."""
    counter: Counter = ctx.obj
    screen = counter.screen
    _exist(paths)
    counter.configure(languages=lang, jobs=jobs, passwords=password_file)
    manner = how(counter, threshold=DOUBT, layer=False)
    failed = False
    with screen.progress() as report:
        for path, result in reading(
            paths, how=manner, jobs=children(counter.config), report=report
        ):
            failed |= isinstance(result, SourceError)
            if json:
                screen.json(_read_shape(path, result))
            else:
                _read_told(screen, path, result, text=text)
    if failed:
        raise typer.Exit(SET_ASIDE)


def _read_shape(path: Path, result: Reading | SourceError) -> dict[str, Any]:
    if isinstance(result, SourceError):
        return shapes.unread(path, result.slug)
    return shapes.reading(path, result)


def _read_told(screen: Screen, path: Path, result: Reading | SourceError, *, text: bool) -> None:
    if isinstance(result, SourceError):
        foreign = isinstance(result, NotADocument)
        why, hint = (result.message, "") if foreign else (told(result.slug), advice(result.slug))
        screen.error(_("{file}: {why}").format(file=path, why=why), hint)
        return
    screen.show(screen.strong(str(path)))
    fields_told(screen, result.letter)
    remarks(screen, str(path), result.flags, result.doubts)
    if text:
        text_told(screen, result.pages)
    screen.line()
