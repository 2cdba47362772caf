"""Commands of the counter: typer's, but speaking the reader's language and bearing any query."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, NamedTuple, cast

import typer
from typer import _click as click  # typer carries its own click and gives its classes no other name
from typer._click.exceptions import BadOptionUsage
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from arsip.words import _


class Help(click.Command):
    """How a command and the group of all commands show their help."""

    def get_help_option(self, ctx: click.Context) -> TyperOption | None:
        """The option ``--help``."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _("Show this help and end.")
        return option

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The line of usage; what may be left out stands in brackets, what may not stands bare."""
        pieces = [
            piece[1:-1] if piece.startswith("{") else piece
            for piece in self.collect_usage_pieces(ctx)
        ]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=_("Usage: "))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Arguments, then options; the usage line tells which must be there."""
        for kind, heading in ((TyperArgument, _("Arguments")), (TyperOption, _("Options"))):
            rows = [
                (_first_column(param, ctx), param.help or "")
                for param in self.get_params(ctx)
                if isinstance(param, kind) and not param.hidden
            ]
            if rows:
                with formatter.section(heading):
                    formatter.write_dl(rows)


def _first_column(param: TyperArgument | TyperOption, ctx: click.Context) -> str:
    if isinstance(param, TyperArgument):
        return param.make_metavar(ctx)
    name, _help = param.get_help_record(ctx) or ("", "")
    return name


class Group(Help, TyperGroup):
    """The base of the group of all commands."""


class Command(Help, TyperCommand):
    """One command; its examples stand below its options."""

    examples: tuple[str, ...] = ()

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's shape
        """The examples, as they can be typed."""
        with formatter.section(_("Examples")):
            for line in self.examples:
                formatter.write(f"{'':>{formatter.current_indent}}{line}\n")


class Querying(Command):
    """A command whose words are a query: ``-word`` is one of them, ``--`` ends the options."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Set the options apart from the words, then parse."""
        takes = {
            name: not param.is_flag
            for param in self.get_params(ctx)
            if isinstance(param, TyperOption)
            for name in (*param.opts, *param.secondary_opts)
        }
        return super().parse_args(ctx, divided(args, takes))


LETTER: Final = len("-n")


def divided(args: Iterable[str], takes: Mapping[str, bool]) -> list[str]:
    """The options with their values, ``--``, then the words in their order.

    A word that starts with two dashes and is no option stays where an option would be, so that
    a mistyped one is told, and so does a letter with a dash; before anything longer one dash is a
    word of the query that must not stand in a letter.

    Args:
        args: as typed.
        takes: option -> whether a value follows it.

    Raises:
        BadOptionUsage: the value of an option is missing.
    """
    options: list[str] = []
    words: list[str] = []
    rest = iter(args)
    for arg in rest:
        name, equals, _value = arg.partition("=")
        if arg == "--":
            words.extend(rest)
        elif name in takes and (not equals or name.startswith("--")):
            options.append(arg)
            if takes[name] and not equals:
                options.append(_behind(name, rest, takes))
        elif arg.startswith("--") or (len(arg) == LETTER and arg[0] == "-" and arg[1].isalpha()):
            options.append(arg)
        else:
            words.append(arg)
    return [*options, "--", *words]


def _behind(option: str, rest: Iterator[str], takes: Mapping[str, bool]) -> str:
    value = next(rest, "--")
    if value == "--" or value.partition("=")[0] in takes:
        raise BadOptionUsage(option, "")  # the guard says it in the reader's language
    return value


class Spoken(NamedTuple):
    """A command as its room defines it; made into typer's when it is called.

    Attributes:
        does: what it does, for its help: paragraphs, translated.
        examples: two or more lines that can be typed.
    """

    function: Callable[..., None]
    does: str
    examples: tuple[str, ...]
    kind: type[Command]

    def command(self, name: str) -> Command:
        """The command under the name that people type."""
        room = typer.Typer(add_completion=False, rich_markup_mode=None)
        room.command(name, cls=self.kind, help=self.does, options_metavar=_("[OPTIONS]"))(
            self.function
        )
        command = cast("Command", typer.main.get_command(room))
        command.examples = self.examples
        return command


def speaks(
    does: str, *examples: str, kind: type[Command] = Command
) -> Callable[[Callable[..., None]], Spoken]:
    """Make a function a command with its help and examples."""

    def bind(function: Callable[..., None]) -> Spoken:
        return Spoken(function, does, examples, kind)

    return bind


def whole(text: str) -> int:
    """A whole number, 0 or more."""
    try:
        number = int(text)
    except ValueError:
        raise typer.BadParameter(_("“{text}” is no whole number.").format(text=text)) from None
    if number < 0:
        raise typer.BadParameter(_("“{text}” is less than 0.").format(text=text))
    return number


def seconds(text: str) -> float:
    """A number of seconds, 0 or more."""
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 <= number < float("inf"):
        raise typer.BadParameter(_("“{text}” is no number of seconds.").format(text=text))
    return number


def duration(text: str) -> float:
    """A time in seconds, minutes, hours or days, as ``90``, ``90s``, ``10m``, ``2h``, ``1d``."""
    number, unit = (text[:-1], text[-1]) if text[-1:] in UNITS else (text, "s")
    try:
        return seconds(number) * UNITS[unit]
    except typer.BadParameter:
        message = _("“{text}” is no time, as 90s, 10m or 2h.").format(text=text)
        raise typer.BadParameter(message) from None


class Choice:
    """A reader of one of some words.

    Attributes:
        words: that may be typed.
        several: more than one may be, with commas between them.
    """

    def __init__(self, *words: str, several: bool = False) -> None:
        self.words = words
        self.several = several

    def __call__(self, text: str) -> str:
        """What was typed, when it may be."""
        typed = [word.strip() for word in text.split(",")] if self.several else [text]
        for word in typed:
            if word not in self.words:
                message = _("“{text}” is none of {words}.")
                raise typer.BadParameter(message.format(text=word, words=", ".join(self.words)))
        return ",".join(typed)


UNITS: Final = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}
"""Letter behind a number -> seconds."""

JSON: Final = typer.Option("--json", help=_("Answer in JSON Lines, for scripts."))
WAIT: Final = typer.Option(
    "--wait", parser=seconds, metavar="S", help=_("Wait S seconds for a busy archive.")
)
TRASH: Final = typer.Option("--trash", help=_("Letters in the trash, instead of the others."))
SECRET: Final = typer.Option(
    "--rahasia", help=_("Include letters of secrecy Rahasia and above, else left out.")
)
YES: Final = typer.Option("--yes", help=_("Do it without asking."))
