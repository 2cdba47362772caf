"""Correcting what was read: edit."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from arsip.cli import shapes
from arsip.cli.assignments import assignments, who
from arsip.cli.command import JSON, WAIT, speaks
from arsip.cli.counter import Counter
from arsip.cli.letters import Id
from arsip.cli.opening import opened
from arsip.fields import Field
from arsip.model import Entry
from arsip.words import _


@speaks(
    _(
        "Correct the fields of a letter. What it said before is kept in its history. "
        "A field without value, as hal=, says that the letter has none."
    ),
    "arsip edit 17 nomor=005/3124/Setda tanggal=2022-09-21",
    "arsip edit 17 'kepada=Camat Sukasari; Camat Cibogo' hal=",
)
def edit(
    ctx: typer.Context,
    letter: Id,
    changes: Annotated[
        list[str],
        typer.Argument(metavar="FIELD=VALUE...", help=_("As tanggal=2022-09-21.")),
    ],
    *,
    json: Annotated[bool, JSON] = False,
    wait: Annotated[float | None, WAIT] = None,
) -> None:
    """Correct one letter."""
    counter: Counter = ctx.obj
    wanted = assignments(changes)
    with opened(counter, wait=wait) as archive:
        before = archive.entry(letter)
        after = archive.edit(before.id, wanted, who=who(counter))
        if json:
            counter.screen.json(shapes.entry(after, archive.pages(after)))
            return
    for field in wanted:
        old, new = _value(before, field), _value(after, field)
        counter.screen.row((_(field.title), old or "-", "->", new or "-"))


def _value(entry: Entry, field: Field[Any]) -> str:
    best = entry.letter.best(field)
    return "" if best is None else field.kind.plain(best.value)
