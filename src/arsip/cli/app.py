"""The words that can be typed after ``arsip``, and the options before them."""

import gc
import importlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final, NamedTuple

import typer
from typer import _click as click  # typer carries its own click and gives its classes no other name

from arsip import __version__
from arsip.cli.command import Command, Group, Spoken
from arsip.cli.counter import Counter
from arsip.cli.guard import guard
from arsip.cli.render import screen
from arsip.errors import UsageError
from arsip.words import N_, _


class Room(NamedTuple):
    """Where a command is at home, and what it does in a few words."""

    module: str
    name: str
    does: str


WORDS: Final[Mapping[str, Room]] = {
    "init": Room("arsip.cli.upkeep", "init", N_("makes an archive")),
    "ingest": Room("arsip.cli.ingest", "ingest", N_("files scans and folders of scans")),
    "watch": Room("arsip.cli.watching", "watch", N_("files what settles in scan folders")),
    "folders": Room("arsip.cli.folders", "folders", N_("names scan folders, tries them out")),
    "service": Room("arsip.cli.service", "service", N_("has the system run watch by itself")),
    "read": Room("arsip.cli.ingest", "read", N_("reads letters and files nothing")),
    "search": Room("arsip.cli.search", "search", N_("finds letters, best first")),
    "list": Room("arsip.cli.listing", "listing", N_("lists letters")),
    "show": Room("arsip.cli.letters", "show", N_("shows one letter")),
    "pages": Room("arsip.cli.pages", "pages", N_("shows how each page was read")),
    "open": Room("arsip.cli.letters", "open_letter", N_("opens the file of a letter")),
    "duplicates": Room(
        "arsip.cli.duplicates", "duplicates", N_("tells letters that came more than once")
    ),
    "why": Room("arsip.cli.why", "why", N_("tells what speaks for each value")),
    "edit": Room("arsip.cli.editing", "edit", N_("corrects letters, with history")),
    "review": Room("arsip.cli.reviewing", "review", N_("asks about what is doubtful or missing")),
    "reread": Room("arsip.cli.rereading", "reread", N_("reads again with today's rules")),
    "log": Room("arsip.cli.deeds", "log", N_("tells who did what, and when")),
    "undo": Room("arsip.cli.deeds", "undo", N_("takes back what was changed last")),
    "senders": Room("arsip.cli.senders", "senders", N_("names senders, tells what they taught")),
    "export": Room("arsip.cli.handover", "export", N_("hands over as JSON Lines or CSV")),
    "copy": Room("arsip.cli.handover", "copy", N_("copies letters out under readable names")),
    "status": Room("arsip.cli.status", "status", N_("counts letters, tells what waits and why")),
    "aside": Room("arsip.cli.asides", "aside_command", N_("tells what was set aside; retries")),
    "trash": Room("arsip.cli.ending", "trash", N_("hides letters")),
    "untrash": Room("arsip.cli.ending", "untrash", N_("brings them back")),
    "destroy": Room("arsip.cli.ending", "destroy", N_("ends letters for good, with a reason")),
    "verify": Room("arsip.cli.keeping", "verify", N_("checks that nothing is lost or changed")),
    "repair": Room("arsip.cli.keeping", "repair", N_("mends from a copy")),
    "rebuild": Room("arsip.cli.keeping", "rebuild", N_("makes index and shelf anew")),
    "backup": Room("arsip.cli.keeping", "backup", N_("copies the archive, and proves the copy")),
    "ledger": Room("arsip.cli.keeping", "ledger", N_("tells the hash to publish")),
    "doctor": Room("arsip.cli.doctor", "doctor", N_("checks this machine")),
    "completion": Room("arsip.cli.completion", "completion", N_("teaches the Tab key")),
}
"""Command -> its room, in the order of the help; a module is imported when its word is typed."""

CALLED: Final = {
    "cari": "search", "temukan": "search", "daftar": "list", "lihat": "show", "tampilkan": "show",
    "buka": "open", "masukkan": "ingest", "pindai": "ingest", "pantau": "watch", "ubah": "edit",
    "perbaiki": "edit", "hapus": "trash", "pulihkan": "untrash", "cadangkan": "backup",
    "periksa": "verify", "ekspor": "export",
}  # fmt: skip
"""What people call commands in Indonesian -> the command, to hint at."""

ANYWHERE: Final = {
    "--archive": 1, "--config": 1, "--debug": 0, "--quiet": 0, "-q": 0, "--verbose": 0, "-v": 0,
}  # fmt: skip
"""Options of the group that are understood after the command too, and the values they take."""


class Words(Group):
    """All commands: told from the table, imported one by one, guarded."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's
        """The words of the table."""
        return list(WORDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> Command:  # noqa: ARG002 - click's
        """The command of a word of the table; its module is imported now."""
        room = WORDS[cmd_name]
        spoken: Spoken = getattr(importlib.import_module(room.module), room.name)
        # All is imported: none of it needs to be looked at again, not even when the process ends.
        gc.freeze()
        gc.enable()
        return spoken.command(cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, Any, list[str]]:
        """The command that is meant.

        Raises:
            UsageError: there is no such word; it tells the nearest.
        """
        if args[0] in WORDS:
            return super().resolve_command(ctx, args)
        # Loaded only to complain.
        near = importlib.import_module("difflib").get_close_matches(args[0], (*WORDS, *CALLED), n=1)
        raise UsageError(
            _("There is no command {name}.").format(name=args[0]),
            hint=f"arsip {CALLED.get(near[0], near[0])} --help" if near else "arsip --help",
        )

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, then the commands by the table."""
        super().format_options(ctx, formatter)
        with formatter.section(_("Commands")):
            formatter.write_dl([(word, _(room.does)) for word, room in WORDS.items()])

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        """Parse what stands before the command."""
        with guard([], debug="--debug" in args):
            return super().make_context(info_name, hoisted(args), parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        words = [word for word in ctx._protected_args if word in WORDS]  # noqa: SLF001
        words += [word.partition("=")[0] for word in ctx.args if word.startswith("--")]
        with guard(words, debug=ctx.params["debug"]):
            return super().invoke(ctx)


def hoisted(args: list[str]) -> list[str]:
    """The words typed, those of the group's options that came after the command put before it."""
    place = _command(args)
    front, back = args[:place], args[place:]
    kept: list[str] = []
    while back:
        arg = back.pop(0)
        if arg == "--":
            return [*front, *kept, arg, *back]
        name, equals, _value = arg.partition("=")
        if name not in ANYWHERE:
            kept.append(arg)
            continue
        values = 0 if equals else ANYWHERE[name]
        front += [arg, *back[:values]]
        del back[:values]
    return [*front, *kept]


def _command(args: list[str]) -> int:
    """Where the command stands among the words; their number when there is none."""
    place = 0
    while place < len(args) and args[place].startswith("-"):
        place += 1 + (ANYWHERE.get(args[place], 0))
    return min(place, len(args))


def version(*, asked: bool) -> None:
    """Tell the version, and end."""
    if asked:
        print(f"arsip {__version__}")
        raise typer.Exit


app = typer.Typer(
    cls=Words,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    options_metavar=_("[OPTIONS]"),
    subcommand_metavar=_("COMMAND [ARGS]..."),
    help=_("A paperless archive for the person at the scanner: files, reads and finds letters."),
)


@app.callback()
def options(
    ctx: typer.Context,
    *,
    archive: Annotated[
        Path | None,
        typer.Option("--archive", readable=False, metavar="DIR", help=_("The archive's folder.")),
    ] = None,
    config: Annotated[
        Path | None,
        typer.Option("--config", readable=False, metavar="FILE", help=_("The settings file.")),
    ] = None,
    quiet: Annotated[
        bool, typer.Option("-q", "--quiet", help=_("Tell answers and errors only."))
    ] = False,
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help=_("Tell more."))] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help=_("Show where in the program an error arose."))
    ] = False,
    _version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=lambda value: version(asked=value),
            is_eager=True,
            help=_("Tell the version and end."),
        ),
    ] = False,
) -> None:
    """Keep what stands before the command for the command."""
    ctx.obj = Counter(
        screen=screen(os.environ, quiet=quiet, verbose=verbose or debug),
        environ=os.environ,
        named_archive=archive,
        named_config=config,
    )


def main() -> None:
    """Serve one command, and end the process with its exit code."""
    app(prog_name="arsip")
