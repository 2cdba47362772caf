"""What has a system run watch by itself: systemd user units, or a line for cron. Pure text."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from arsip.words import _

FINE: Final = "4 6"
"""Exit codes that are no failure: some files were set aside; busy, to be tried again."""
KINDS: Final = ("watch", "timer", "cron")
"""One that stays; one pass each time by systemd; the same by cron."""


class Job(NamedTuple):
    """What is to be run.

    Attributes:
        name: of the units, one an archive.
        command: the program and what stands behind it, without the word for the command.
        archive: its folder.
        folders: scan folders whose changes start a pass.
        minutes: between two passes.
        environment: variables that arsip is to find.
    """

    name: str
    command: tuple[str, ...]
    archive: Path
    folders: tuple[Path, ...]
    minutes: int
    environment: Mapping[str, str]

    def words(self, *more: str) -> tuple[str, ...]:
        """The whole command."""
        return (*self.command, "--archive", str(self.archive), *more)


def units(job: Job, kind: str) -> dict[str, str]:
    """File name -> text of the systemd user units of a kind."""
    if kind == "watch":
        return {f"{job.name}.service": _staying(job)}
    return {
        f"{job.name}.service": _passing(job),
        f"{job.name}.timer": _timer(job),
        f"{job.name}.path": _path(job),
    }


def started(job: Job, kind: str) -> tuple[str, ...]:
    """The units that are started; they start the others."""
    return (
        (f"{job.name}.service",) if kind == "watch" else (f"{job.name}.timer", f"{job.name}.path")
    )


def _service(job: Job, *, head: Sequence[str], words: Sequence[str]) -> list[str]:
    """A service that yields to other programs; lines of its own stand behind the head."""
    lines = [
        "[Unit]",
        f"Description=arsip: {_escaped(str(job.archive))}",
        "",
        "[Service]",
        *head,
        f"ExecStart={' '.join(map(_word, words))}",
        f"SuccessExitStatus={FINE}",
        "Nice=10",
        "IOSchedulingClass=idle",
        "UMask=0077",
    ]
    lines += [f"Environment={_word(f'{name}={value}')}" for name, value in job.environment.items()]
    return lines


def _staying(job: Job) -> str:
    """The service that watches all the time, and is started again after a failure."""
    head = ("Type=exec", "Restart=on-failure", "RestartSec=60", "ExecReload=kill -HUP $MAINPID")
    lines = _service(job, head=head, words=job.words("watch"))
    # The letter in hand may have many pages.
    lines += ["TimeoutStopSec=300", "", "[Install]", "WantedBy=default.target"]
    return _text(lines)


def _passing(job: Job) -> str:
    """The service that looks once and ends; a timer and changed folders start it."""
    return _text(_service(job, head=("Type=oneshot",), words=job.words("-q", "watch", "--once")))


def _timer(job: Job) -> str:
    """What starts the service so many minutes after its last run."""
    return _text(
        [
            "[Unit]",
            f"Description=arsip: {_escaped(str(job.archive))}",
            "",
            "[Timer]",
            "OnBootSec=1min",
            f"OnUnitInactiveSec={job.minutes}min",
            "",
            "[Install]",
            "WantedBy=timers.target",
        ]
    )


def _path(job: Job) -> str:
    """What starts the service as soon as something changes in a scan folder."""
    return _text(
        [
            "[Unit]",
            f"Description=arsip: {_escaped(str(job.archive))}",
            "",
            "[Path]",
            *(f"PathChanged={_escaped(str(folder))}" for folder in job.folders),
            "",
            "[Install]",
            "WantedBy=default.target",
        ]
    )


def _text(lines: Sequence[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _escaped(text: str) -> str:
    """Text in which systemd expands nothing."""
    return text.replace("%", "%%")


def _word(text: str) -> str:
    """A word of a command line as systemd reads it."""
    escaped = _escaped(text).replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$")
    return f'"{escaped}"' if any(sign in " \t;\"'\\" for sign in text) else escaped


def crontab(job: Job) -> str:
    """The line for cron; its end tells whose it is."""
    names = " ".join(f"{name}={shlex.quote(value)}" for name, value in job.environment.items())
    command = shlex.join(job.words("-q", "watch", "--once")).replace("%", "\\%")
    minutes = "*" if job.minutes == 1 else f"*/{job.minutes}"
    return f"{minutes} * * * * {f'{names} ' if names else ''}nice {command} {mark(job)}"


def mark(job: Job) -> str:
    """What stands at the end of our line in a table of cron."""
    return f"# {job.name}"


def with_line(table: str, job: Job) -> str:
    """A table of cron with our line, in the place of an older one."""
    rest = without_line(table, job)
    gap = "" if not rest or rest.endswith("\n") else "\n"
    return f"{rest}{gap}{crontab(job)}\n"


def without_line(table: str, job: Job) -> str:
    """A table of cron without our line."""
    lines = table.splitlines(keepends=True)
    return "".join(line for line in lines if not line.rstrip().endswith(mark(job)))


def described(kind: str) -> str:
    """What a kind does, for a person."""
    return {
        "watch": _("watch stays and takes files at once"),
        "timer": _("a pass each time something changes, and every few minutes"),
        "cron": _("a pass every few minutes"),
    }[kind]
