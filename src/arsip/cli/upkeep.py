"""The archive as it stands: init, status."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from arsip.archive import aside
from arsip.archive.store import Archive, Counts, Seen
from arsip.cli.command import JSON, WAIT, speaks
from arsip.cli.counter import Counter
from arsip.cli.opening import opened
from arsip.cli.reasons import STATUSES, advice, laid_aside, told
from arsip.cli.render import Screen
from arsip.words import N_, _

COUNTS: Final = {
    "letters": N_("Letters"),
    "files": N_("Files"),
    "pages": N_("Pages"),
    "doubtful": N_("Doubtful"),
    "pending": N_("Pages to be read"),
    "unread": N_("Pages without words"),
    "secret": N_("Secret"),
    "trashed": N_("In the trash"),
    "waiting": N_("Waiting"),
    "aside": N_("Set aside"),
}
"""Name of a count -> its title, in the order shown."""

READ: Final = "arsip reread --ocr --pending"

WAITING: Final = frozenset({"waiting", "refused"})
"""Statuses of files that stand in a scan folder and are not in the archive."""


@speaks(
    _(
        "Make an archive: in DIR, else where --archive or the settings say, else in the documents "
        "folder. An archive that is there already stays as it is."
    ),
    "arsip init",
    "arsip init /srv/arsip",
)
def init(
    ctx: typer.Context,
    folder: Annotated[
        Path | None,
        typer.Argument(readable=False, metavar="DIR", help=_("The folder to make it in.")),
    ] = None,
    *,
    json: Annotated[bool, JSON] = False,
) -> None:
    """Make an archive."""
    counter: Counter = ctx.obj
    root = (folder or counter.config.archive).absolute()
    fresh = Archive.create(root, clock=counter.clock)
    if json:
        counter.screen.json({"v": 1, "archive": str(root), "made": fresh})
        return
    if fresh:
        counter.screen.line(_("Made the archive {folder}").format(folder=root))
    else:
        counter.screen.line(_("The archive is there already: {folder}").format(folder=root))


@speaks(
    _("Count letters, and tell which files wait or were set aside, why, and what to do."),
    "arsip status",
    "arsip status --json",
)
def status(
    ctx: typer.Context,
    *,
    json: Annotated[bool, JSON] = False,
    wait: Annotated[float | None, WAIT] = None,
) -> None:
    """Tell how the archive stands."""
    counter: Counter = ctx.obj
    screen = counter.screen
    with opened(counter, wait=wait) as archive:
        counts, waiting = archive.counts(), _waiting(archive)
        put_aside = list(_put_aside(archive.root))
        if json:
            screen.json(_status_shape(archive.root, counts, waiting, put_aside))
            return
        screen.pair(_("Archive"), str(archive.root))
        for name, title in COUNTS.items():
            screen.pair(_(title), str(getattr(counts, name)))
    _told(screen, waiting, put_aside)
    if counts.pending or counts.unread:
        screen.note(_("To read what has no words yet: {command}").format(command=READ))


def _waiting(archive: Archive) -> list[tuple[Path, Seen]]:
    """What is in scan folders and is not taken: it waits, or it is nothing to take."""
    return [(path, seen) for path, seen in archive.all_seen() if seen.status in WAITING]


def _put_aside(root: Path) -> Iterator[tuple[Path, aside.Aside]]:
    for folder in aside.folders(root):
        found = aside.read(folder)
        if found is not None:
            yield folder, found[0]


def _status_shape(
    root: Path,
    counts: Counts,
    waiting: list[tuple[Path, Seen]],
    put_aside: list[tuple[Path, aside.Aside]],
) -> dict[str, Any]:
    return {
        "v": 1,
        "archive": str(root),
        "counts": counts._asdict(),
        "waiting": [
            {
                "file": str(path),
                "status": seen.status,
                "reason": seen.reason,
                "since": seen.since.isoformat(),
            }
            for path, seen in waiting
        ],
        "aside": [
            {
                "file": one.name,
                "folder": folder.relative_to(root).as_posix(),
                "sha256": one.digest or None,
                "reason": one.reason,
                "since": one.since.isoformat(),
            }
            for folder, one in put_aside
        ],
    }


def _told(
    screen: Screen,
    waiting: list[tuple[Path, Seen]],
    put_aside: list[tuple[Path, aside.Aside]],
) -> None:
    """Which files are not in the archive, why, and what to do."""
    rows = [
        (_(STATUSES[seen.status]), str(path), told(seen.reason), advice(seen.reason))
        for path, seen in waiting
    ]
    laid = STATUSES["set_aside"]
    rows += [(_(laid), one.name, *laid_aside(one)) for _folder, one in put_aside]
    if rows:
        screen.line()
        screen.table((_("Status"), _("File"), _("Why"), _("What to do")), rows)
