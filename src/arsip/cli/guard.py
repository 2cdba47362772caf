"""From what went wrong to a sentence, a hint and an exit code: in this one place."""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import importlib
import os
import platform
import sys
import traceback
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, TypeAlias

import typer
from typer._click import exceptions as click  # the classes behind typer's own errors

from arsip import __version__
from arsip.cli.command import Querying
from arsip.cli.render import complain
from arsip.config import state_folder
from arsip.errors import ArsipError, quoted
from arsip.words import _, cause

DONE, BUG, USAGE, SETUP, SET_ASIDE, NOTHING_FOUND, AGAIN = range(7)
DAMAGED: Final = 7
INTERRUPTED: Final = 130
"""Exit codes (docs/commands.md); never reused."""

Everyday: TypeAlias = ArsipError | click.ClickException | OSError | KeyboardInterrupt
"""What may end a command without being a bug."""

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
_FORBIDDEN: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


@contextlib.contextmanager
def guard(words: list[str], *, debug: bool) -> Iterator[None]:
    """Run what is inside; whatever it raises ends as a sentence and an exit code.

    Args:
        words: of the command line, for the report of a bug; options and values are left out.
        debug: let the traceback be seen.

    Raises:
        typer.Exit: with the exit code.
    """
    try:
        try:
            yield
        finally:
            # A full disk or a reader that left shows here, not while the process winds up.
            sys.stdout.flush()
    except (typer.Exit, typer.Abort):
        raise
    except BrokenPipeError:
        _let_go()
        raise typer.Exit(DONE) from None
    except (ArsipError, click.ClickException, OSError, KeyboardInterrupt) as error:
        if debug:
            traceback.print_exc()
        code = tell(error, command=words[0] if words else "")
        if code is None:
            code = _bug(error, words, debug=False)
        raise typer.Exit(code) from None
    except Exception as error:  # noqa: BLE001 - the counter's edge: no traceback reaches a person
        raise typer.Exit(_bug(error, words, debug=debug)) from None


def tell(error: Everyday, *, command: str = "") -> int | None:
    """Say what went wrong; gives the exit code, None when it is no everyday error.

    Args:
        error: what ended the command.
        command: the word that was typed, whose help is named where typer does not tell which.
    """
    code: int | None
    match error:
        case ArsipError():
            complain(error.message, error.hint)
            code = error.exit_code
        case click.NoArgsIsHelpError():
            print(error.format_message(), file=sys.stderr)
            code = USAGE
        case click.ClickException():
            complain(usage(error), _try(error, command))
            code = USAGE
        case KeyboardInterrupt():
            complain(_("Interrupted. What was filed is safe; type the same again to go on."))
            code = INTERRUPTED
        case OSError():
            code = _system(error)
    return code


def usage(error: click.ClickException) -> str:
    """The complaint of typer about the words typed, in the reader's language."""
    match error:
        case click.NoSuchOption():
            return _no_option(error)
        case click.BadOptionUsage() if "not take" in error.message:
            message = _("The option {name} takes no value.").format(name=error.option_name)
        case click.BadOptionUsage():
            message = _("The option {name} needs a value.").format(name=error.option_name)
        case click.MissingParameter():
            message = _("{name} is missing.").format(name=_name(error))
        case click.BadParameter():
            message = f"{_name(error)}: {error.message}"
        case _:
            message = _superfluous(error.format_message())
    return message


def _no_option(error: click.NoSuchOption) -> str:
    name, near = error.option_name, error.possibilities or ()
    if error.ctx is not None and isinstance(error.ctx.command, Querying):
        # Loaded only to complain.
        completion: Any = importlib.import_module("arsip.cli.completion")
        bearers: list[str] = completion.bearers(error.ctx.find_root(), name)
        if bearers:
            message = _("There is no option {name} here; it belongs to {commands}.")
            commands = ", ".join(f"arsip {word}" for word in bearers)
            return message.format(name=name, commands=commands)
    if not near:
        return _("There is no option {name}.").format(name=name)
    message = _("There is no option {name}. Did you mean {near}?")
    return message.format(name=name, near=", ".join(sorted(near)))


def _superfluous(message: str) -> str:
    _start, found, words = message.partition("unexpected extra argument(s) (")
    return _("Too many words: {words}").format(words=words[:-1]) if found else message


def _name(error: click.BadParameter) -> str:
    """The option or argument that is meant, as the usage line writes it."""
    if error.param is None:
        return str(error.param_hint or "")
    if error.param.param_type_name == "option":
        return max(error.param.opts, key=len)
    return error.param.human_readable_name


def _try(error: click.ClickException, command: str) -> str:
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else f"arsip {command}".rstrip()
    return f"{path} --help"


def _system(error: OSError) -> int | None:
    """What the operating system refused, when a person can mend it."""
    why = cause(error)
    name = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else ""
    if error.errno in _FULL:
        complain(
            _("There is no space left: {name}").format(name=name or why),
            _("Free some space, then type the same again."),
        )
        return AGAIN
    if error.errno in _FORBIDDEN:
        message = _("No permission: {name} ({why})").format(name=name, why=why)
        complain(message, f"ls -ld {quoted(Path(name).parent)}")
        return SETUP
    return None


def _let_go() -> None:
    """Leave nothing that could be written to a reader that left."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    with contextlib.suppress(OSError, ValueError):
        os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _bug(error: BaseException, words: list[str], *, debug: bool) -> int:
    if debug:
        traceback.print_exc()
    try:
        report = write_report(error, words, os.environ)
    except OSError:
        complain(_("This is a bug in arsip."), _("Type the same with --debug to see more."))
        return BUG
    complain(
        _("This is a bug in arsip. The report is in {file}").format(file=report),
        _("Read the report before you pass it on: it may quote a letter."),
    )
    return BUG


def write_report(error: BaseException, words: list[str], environ: Mapping[str, str]) -> Path:
    """A file that tells what happened, for the person who mends arsip."""
    folder = state_folder(environ)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    now = dt.datetime.now(dt.UTC)
    report = folder / f"bug-{now:%Y%m%d-%H%M%S}-{os.getpid()}.txt"
    trace = "".join(traceback.format_exception(error))
    text = "\n".join(
        (
            f"arsip {__version__}",
            f"python {platform.python_version()}, {platform.platform()}",
            f"command: {' '.join(words)}",
            f"at: {now.isoformat()}",
            "",
            trace,
        )
    )
    report.touch(mode=0o600, exist_ok=False)
    report.write_text(text, "utf-8", "backslashreplace")
    return report
