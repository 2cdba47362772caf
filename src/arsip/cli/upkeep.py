"""An archive made: init."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from arsip.archive.store import Archive
from arsip.cli.command import JSON, speaks
from arsip.cli.counter import Counter
from arsip.words import _


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
