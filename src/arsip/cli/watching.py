"""Scan folders that file themselves: watch."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Final, NamedTuple

import typer

from arsip.archive.folders import ScanFolder
from arsip.archive.store import Archive
from arsip.cli.breaking import Breaking, at_terminal, on_request
from arsip.cli.command import JSON, WAIT, Choice, speaks
from arsip.cli.counter import Counter
from arsip.cli.fates import fate_told
from arsip.cli.guard import AGAIN
from arsip.cli.hooking import calls
from arsip.cli.ingest import Defer, DryRun, Given, options
from arsip.cli.manner import Jobs, Lang, Passwords
from arsip.cli.opening import opened
from arsip.cli.retrying import due, tried
from arsip.cli.scanning import (
    Flat,
    Ignore,
    Keep,
    Patience,
    Poll,
    Settle,
    Subfolders,
    Typed,
    Usual,
    allow,
    chosen,
    manners,
    there,
    typed,
)
from arsip.cli.telling import Telling
from arsip.errors import Busy
from arsip.ingest.explaining import standing
from arsip.ingest.outcome import Outcome
from arsip.ingest.pipeline import Options, preview
from arsip.ingest.saying import NOTHING
from arsip.ingest.spot import Manner
from arsip.ingest.watch import Remark, Watch
from arsip.model import silent
from arsip.words import N_, _

Folders = Annotated[
    list[Path] | None,
    typer.Argument(readable=False, metavar="[DIR...]", help=_("Scan folders; else those known.")),
]
Explain = Annotated[
    Path | None,
    typer.Option(
        "--explain", metavar="FILE", help=_("Tell what would happen to a file now, and why.")
    ),
]
LogFormat = Annotated[
    str,
    typer.Option(
        "--log-format",
        parser=Choice("plain", "json"),
        metavar="FORM",
        help=_("plain, or json: all that is told as JSON Lines, with the time."),
    ),
]

REMARKS: Final[Mapping[str, str]] = {
    "move": N_("First look at {folder}: a file is removed there once it is safe in the archive."),
    "keep": N_("First look at {folder}: the files stay there, and each is filed once."),
    "away": N_("{folder} is not there; as soon as it is, its files are taken."),
    "back": N_("{folder} is there again."),
    "exhausted": N_(
        "The system tells of changes in as many folders as it may; into {folder} arsip looks from "
        "time to time instead. For more: sudo sysctl fs.inotify.max_user_watches=524288"
    ),
    "trouble": N_("{folder} waits: {note}"),
    "renewed": N_("The settings were read again."),
    "not_renewed": N_("The settings stay as they were: {note}"),
}
"""Slug of a remark -> its sentence."""

PLANS: Final[Mapping[str, str]] = {
    "move": N_("From {folder} each file is removed once it is safe in the archive:"),
    "keep": N_("In {folder} the files stay, and each is filed once:"),
}


@speaks(
    _(
        "File what settles in scan folders, and remove it there once it is safe in the archive. "
        "With --once it looks one time and ends, for cron; else it stays and watches. Without a "
        "DIR the scan folders of the archive are watched: arsip folders."
    ),
    "arsip watch ~/scan",
    "arsip watch --once ~/scan --keep",
    "arsip watch --explain ~/scan/surat.pdf",
)
def watch(  # noqa: PLR0913 - an option each
    ctx: typer.Context,
    folders: Folders = None,
    *,
    once: Annotated[bool, typer.Option("--once", help=_("One pass, then end."))] = False,
    keep: Keep = False,
    flat: Flat = False,
    settle: Settle = None,
    patience: Patience = None,
    poll: Poll = None,
    ignore: Ignore = None,
    subfolders: Subfolders = None,
    lang: Lang = None,
    jobs: Jobs = None,
    password_file: Passwords = None,
    given: Given = None,
    usual: Usual = None,
    defer: Defer = False,
    dry_run: DryRun = False,
    explain: Explain = None,
    log_format: LogFormat = "plain",
    json: Annotated[bool, JSON] = False,
    wait: Annotated[float | None, WAIT] = None,
) -> None:
    """File what comes."""
    counter: Counter = ctx.obj
    words = typed(
        keep=keep,
        flat=flat,
        settle=settle,
        patience=patience,
        poll=poll,
        lang=lang,
        ignore=ignore,
        rule=subfolders,
        given=given,
        usual=usual,
    )
    counter.configure(languages=lang, jobs=jobs, passwords=password_file)
    if not (dry_run or explain):
        _made(counter, folders or (), keep=keep)
    log = counter.clock if log_format == "json" else None
    with opened(counter, wait=wait) as archive:
        desk = Desk(counter, archive, tuple(folders or ()), words, defer=defer)
        if explain is not None:
            fate_told(counter, archive, explain, desk.holding(explain), json=json)
            return
        telling = Telling(
            counter.screen,
            json=json or log is not None,
            dry=dry_run,
            live=not dry_run,
            news_only=not (once and json),
            clock=log,
        )
        if dry_run:
            _foreseen(desk, telling)
        else:
            _kept_up(desk, telling, once=once)
    telling.end()


class Desk(NamedTuple):
    """What a watch knows of its folders, now and when their settings are read again.

    Attributes:
        named: folders that were typed; none: those of the archive.
        words: what was typed about them.
        defer: scans are filed at once and read later.
    """

    counter: Counter
    archive: Archive
    named: tuple[Path, ...]
    words: Typed
    defer: bool

    def manners(self) -> list[Manner]:
        """How the folders are treated."""
        return self._treated(chosen(self.archive, self.named, self.words))

    def options(self) -> Options:
        """How files are read that are of none of the folders."""
        return options(self.counter, self.archive, given=NOTHING, defer=self.defer)

    def renewed(self) -> list[Manner]:
        """The same by the settings as they are written now."""
        self.archive.reread_settings()
        self.counter.renew()
        return self.manners()

    def holding(self, file: Path) -> Manner:
        """How the folder of a file is treated: the nearest scan folder above it, else its own."""
        path = file.absolute()
        known = self.named or tuple(folder.path for folder in self.archive.settings.folders)
        above = [folder for folder in known if folder.absolute() in path.parents]
        nearest = max(above, key=lambda folder: len(folder.parts), default=path.parent)
        [manner] = self._treated(chosen(self.archive, [nearest.absolute()], self.words))
        return manner

    def _treated(self, folders: list[ScanFolder]) -> list[Manner]:
        return manners(self.counter, self.archive, folders, defer=self.defer)


def _made(counter: Counter, folders: Sequence[Path], *, keep: bool) -> None:
    """Make the archive when there is none, once the folders are known to be in order.

    Raises:
        UsageError, SetupError: they are not.
    """
    root = counter.config.archive
    if (root / "archive.toml").exists():
        return
    for folder in folders:
        there(folder)
        allow(ScanFolder(folder.absolute(), move=not keep), root)
    if Archive.create(root, clock=counter.clock):
        counter.screen.note(_("Made the archive {folder}").format(folder=root))


def _foreseen(desk: Desk, telling: Telling) -> None:
    """Tell what a pass would do now; nothing is done."""
    with telling.summary():
        for manner in desk.manners():
            slug = "move" if manner.options.move else "keep"
            telling.remark("first", _(PLANS[slug]).format(folder=manner.folder), note=slug)
            files = standing(manner, desk.archive)
            telling.all(preview(files, archive=desk.archive, options=manner.options))


def _kept_up(desk: Desk, telling: Telling, *, once: bool) -> None:
    """Take what settles: in one pass, or until that is asked to end.

    Raises:
        typer.Exit: another arsip is at it, and nobody wants to hear of it.
    """
    counter, archive = desk.counter, desk.archive
    breaking = Breaking()
    watching = Watch(
        desk.manners(),
        archive,
        counter.clock,
        silent,
        remark=lambda remark: _remarked(telling, remark),
        breakable=breaking.breakable,
        renew=desk.renewed,
        idle=archive.tend,
    )
    programs = calls(counter, archive, watching.trouble)
    watching.passed = programs.passed
    try:
        with telling.summary(), breaking.heard(), programs.made():
            run = replace(desk.options(), breakable=breaking.breakable)
            telling.all(tried(archive, due(counter, archive), run, counter, silent))
            telling.all(programs.follow(_passes(counter, watching, once=once)))
        if once:
            archive.recount()
    except Busy:
        if once and counter.screen.quiet:  # cron would send a mail of it
            raise typer.Exit(AGAIN) from None
        raise


def _passes(counter: Counter, watching: Watch, *, once: bool) -> Iterator[Outcome]:
    """One pass, or all until the process is told to end: then after the letters in hand."""
    if once:
        return watching.once()
    on_request(lambda _number, _frame: watching.stop())
    # A terminal that closes says so by the same signal; without one it asks for new settings.
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN and not at_terminal():
        signal.signal(signal.SIGHUP, lambda _number, _frame: watching.ask_renewal())
    names = ", ".join(str(manner.folder) for manner in watching.manners)
    counter.screen.note(_("Watching {folders}. To end: Ctrl-C").format(folders=names))
    return watching.always()


def _remarked(telling: Telling, remark: Remark) -> None:
    slug = remark.note if remark.slug == "first" else remark.slug
    sentence = _(REMARKS[slug]).format(folder=remark.folder, note=remark.note)
    telling.remark(remark.slug, sentence, folder=str(remark.folder), note=remark.note)
