"""Keeping the archive: init, verify, rebuild."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from arsip.archive.check import Damage
from arsip.archive.store import Archive
from arsip.cli.command import JSON, WAIT, speaks
from arsip.cli.counter import Counter
from arsip.cli.guard import DAMAGED
from arsip.cli.opening import opened
from arsip.words import _, ngettext


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
    _(
        "Check the archive: that every file is there and of its size, that nothing is missing in "
        "the ledger, and that index and shelf say the same. With --full every file is read and "
        "compared with its hash. Damage ends it with 7."
    ),
    "arsip verify",
    "arsip verify --full",
)
def verify(
    ctx: typer.Context,
    *,
    full: Annotated[
        bool, typer.Option("--full", help=_("Read every file and compare it with its hash."))
    ] = False,
    json: Annotated[bool, JSON] = False,
    wait: Annotated[float | None, WAIT] = None,
) -> None:
    """Check the archive."""
    counter: Counter = ctx.obj
    screen = counter.screen
    with opened(counter, wait=wait) as archive, screen.progress() as report:
        found = archive.verify(full=full, report=report)
        files = archive.counts().files
    for damage in found:
        if json:
            screen.json(_damage_shape(damage))
        else:
            screen.line(damage.words)
    if found:
        text = ngettext("{count} thing is damaged.", "{count} things are damaged.", len(found))
        screen.error(text.format(count=len(found)), "arsip rebuild")
        raise typer.Exit(DAMAGED)
    text = ngettext(
        "{files} file checked: all is well.", "{files} files checked: all is well.", files
    )
    screen.note(text.format(files=files))


def _damage_shape(damage: Damage) -> dict[str, Any]:
    return {
        "v": 1,
        "damage": damage.slug,
        "path": damage.path.as_posix(),
        "ids": list(damage.ids),
        "sha256": damage.digest or None,
        "line": damage.line or None,
    }


@speaks(
    _("Make the index and the shelf anew from the vault alone. Nothing else is touched."),
    "arsip rebuild",
    "arsip rebuild --json",
)
def rebuild(
    ctx: typer.Context,
    *,
    json: Annotated[bool, JSON] = False,
    wait: Annotated[float | None, WAIT] = None,
) -> None:
    """Make index and shelf anew."""
    counter: Counter = ctx.obj
    screen = counter.screen
    with opened(counter, wait=wait) as archive, screen.progress() as report:
        letters = archive.rebuild(report)
    if json:
        screen.json({"v": 1, "letters": letters})
        return
    text = ngettext(
        "Index and shelf made anew: {letters} letter.",
        "Index and shelf made anew: {letters} letters.",
        letters,
    )
    screen.line(text.format(letters=letters))
