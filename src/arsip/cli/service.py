"""Watching without anybody who starts it: service install, status, remove."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Annotated, Final

import typer

from arsip.archive import settings
from arsip.cli import units
from arsip.cli.asking import agreed
from arsip.cli.command import JSON, YES, Choice, speaks, whole
from arsip.cli.counter import Counter
from arsip.cli.units import Job
from arsip.config import config_folder
from arsip.errors import NothingFound, SetupError, UsageError
from arsip.words import _

ACTIONS: Final = ("install", "status", "remove")
OFTEN: Final = 5
"""Minutes between two passes."""
HOUR: Final = 60
PASSED_ON: Final = ("ARSIP_CONFIG", "ARSIP_LANG", "ARSIP_TESSERACT")
"""Variables that arsip is to find when the system starts it."""


@speaks(
    _(
        "Have the system run watch over the scan folders of this archive: by systemd where it "
        "serves this person, else by cron. install shows what it would write, asks, and writes "
        "it; status tells what is there; remove takes it out."
    ),
    "arsip service install",
    "arsip service install --as cron --minutes 10 --yes",
    "arsip service remove",
)
def service(
    ctx: typer.Context,
    action: Annotated[
        str, typer.Argument(metavar="ACTION", parser=Choice(*ACTIONS), help=", ".join(ACTIONS))
    ] = "status",
    *,
    kind: Annotated[
        str | None,
        typer.Option(
            "--as",
            parser=Choice(*units.KINDS),
            metavar="KIND",
            help=_("watch (stays), timer (passes by systemd) or cron."),
        ),
    ] = None,
    minutes: Annotated[
        int,
        typer.Option("--minutes", parser=whole, metavar="N", help=_("A pass every N minutes (5).")),
    ] = OFTEN,
    yes: Annotated[bool, YES] = False,
    json: Annotated[bool, JSON] = False,
) -> None:
    """Install, tell of or remove what starts watch."""
    counter: Counter = ctx.obj
    if not 1 <= minutes < HOUR:
        raise UsageError(_("--minutes is a number from 1 to 59."), hint="--minutes 5")
    job = _job(counter, minutes)
    if action == "install":
        _install(counter, job, kind or ("watch" if _systemd() else "cron"), yes=yes)
    elif action == "remove":
        _remove(counter, job, yes=yes)
    else:
        _told(counter, job, json=json)


def _job(counter: Counter, minutes: int) -> Job:
    """What is to be run for this archive.

    Raises:
        SetupError: there is no archive.
    """
    root = counter.config.archive.absolute()
    kept = settings.read(root)
    return Job(
        name=f"arsip-{kept.id[:8]}",
        command=(sys.executable, "-m", "arsip"),
        archive=root,
        folders=tuple(folder.path for folder in kept.folders),
        minutes=minutes,
        environment={
            name: counter.environ[name] for name in PASSED_ON if counter.environ.get(name)
        },
    )


def _systemd() -> bool:
    """Whether a systemd serves this person."""
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    return bool(runtime) and Path(runtime, "systemd").is_dir() and bool(shutil.which("systemctl"))


def _folder(counter: Counter) -> Path:
    return config_folder(counter.environ) / "systemd" / "user"


def _install(counter: Counter, job: Job, kind: str, *, yes: bool) -> None:
    """Show what would be written, then write and start it.

    Raises:
        UsageError: the archive knows no scan folder.
        SetupError: the system did not take it.
    """
    screen = counter.screen
    if not job.folders:
        raise UsageError(_("This archive knows no scan folder yet."), hint="arsip folders add DIR")
    screen.note(f"{kind}: {units.described(kind)}")
    if kind == "cron":
        screen.line(units.crontab(job))
    else:
        for name, text in units.units(job, kind).items():
            screen.line(f"# {_folder(counter) / name}\n{text}")
    if not agreed(screen, _("Install this?"), yes=yes):
        screen.note(_("Nothing was installed."))
        return
    _clear(counter, job)
    if kind == "cron":
        _schedule(units.with_line(_table(), job))
    else:
        _write(counter, job, kind)
    screen.note(_("Installed. To look at it: {command}").format(command="arsip service status"))
    if kind != "cron":
        screen.note(_("To run it without anybody logged in: loginctl enable-linger"))


def _write(counter: Counter, job: Job, kind: str) -> None:
    folder = _folder(counter)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in units.units(job, kind).items():
        (folder / name).write_text(text, "utf-8", "surrogateescape")
    _systemctl("daemon-reload")
    _systemctl("enable", "--now", *units.started(job, kind))


def _remove(counter: Counter, job: Job, *, yes: bool) -> None:
    """Take out what was installed.

    Raises:
        NothingFound: nothing was.
    """
    screen = counter.screen
    found = _installed(counter, job)
    if not found:
        raise NothingFound(
            _("Nothing is installed for this archive."), hint="arsip service install"
        )
    for line in found:
        screen.line(line)
    if not agreed(screen, _("Remove this?"), yes=yes):
        screen.note(_("Nothing was removed."))
        return
    _clear(counter, job)
    screen.note(_("Removed. Letters, settings and scan folders stay as they are."))


def _clear(counter: Counter, job: Job) -> None:
    """Take out what is there, so that nothing runs twice."""
    files = _files(counter, job)
    if files:
        names = [file.name for file in files]
        _systemctl("disable", "--now", *names)
        for file in files:
            file.unlink()
        _systemctl("daemon-reload")
    table = _table()
    if units.without_line(table, job) != table:
        _schedule(units.without_line(table, job))


def _files(counter: Counter, job: Job) -> list[Path]:
    return sorted(_folder(counter).glob(f"{job.name}.*"))


def _installed(counter: Counter, job: Job) -> list[str]:
    """Files of units and lines of cron that are there."""
    lines = _table().splitlines()
    return [
        *map(str, _files(counter, job)),
        *(line for line in lines if line.rstrip().endswith(units.mark(job))),
    ]


def _told(counter: Counter, job: Job, *, json: bool) -> None:
    """Tell what is installed, and whether it runs.

    Raises:
        NothingFound: nothing is.
    """
    screen = counter.screen
    found = _installed(counter, job)
    states = {file.name: _state(file.name) for file in _files(counter, job)}
    if json:
        screen.json({"v": 1, "installed": found, "states": states})
    elif found:
        for line in found:
            state = states.get(Path(line).name)
            screen.line(f"{line}: {state}" if state else line)
    if not found:
        raise NothingFound(
            _("Nothing is installed for this archive."), hint="arsip service install"
        )


def _state(name: str) -> str:
    done = _run(["systemctl", "--user", "is-active", name])
    return done.stdout.strip() if done else "unknown"


def _systemctl(*words: str) -> None:
    """Have systemd do something.

    Raises:
        SetupError: it did not.
    """
    done = _run(["systemctl", "--user", *words])
    if done is None or done.returncode:
        why = done.stderr.strip() if done else _("there is no systemctl")
        raise SetupError(
            _("systemd did not do it: {why}").format(why=why),
            hint="arsip service install --as cron",
        )


def _table() -> str:
    """The table of cron as it stands; empty when there is none."""
    done = _run(["crontab", "-l"])
    return done.stdout if done and not done.returncode else ""


def _schedule(table: str) -> None:
    """Hand cron its table.

    Raises:
        SetupError: it did not take it.
    """
    done = _run(["crontab", "-"], given=table)
    if done is None or done.returncode:
        why = done.stderr.strip() if done else _("there is no crontab")
        raise SetupError(
            _("cron did not take it: {why}").format(why=why),
            hint=_("put the line that is shown above where this system starts programs"),
        )


def _run(words: list[str], *, given: str = "") -> subprocess.CompletedProcess[str] | None:
    """Run a program of the system; None: it is not there."""
    try:
        return subprocess.run(  # noqa: S603 - words of ours, no shell
            words, input=given, capture_output=True, text=True, check=False
        )
    except OSError:
        return None
