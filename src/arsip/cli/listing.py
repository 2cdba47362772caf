"""All letters that answer, in the order of their numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from arsip.archive.export import csv, template
from arsip.archive.find.query import WAYS, Query
from arsip.archive.reader import Reader
from arsip.cli import shapes
from arsip.cli.command import JSON, SECRET, TRASH, WAIT, Querying, speaks
from arsip.cli.counter import Counter
from arsip.cli.finding import log_shown_secrets, nothing_found, readable, understood
from arsip.cli.queries import (
    COLUMNS,
    CSV,
    EXACT,
    MaybeWords,
    Null,
    Paths,
    cells,
    one_form,
    paths_told,
    templates_told,
)
from arsip.model import Entry
from arsip.words import _


@speaks(
    _("List letters: those that answer to a query, or all; in the order of their numbers here."),
    "arsip list 'tanggal:2022'",
    "arsip list --format '{id} {date} {letter_number}' jenis:undangan",
    kind=Querying,
)
def listing(  # noqa: PLR0913 - one a query, the others an option each
    ctx: typer.Context,
    query: MaybeWords = None,
    *,
    json: Annotated[bool, JSON] = False,
    csv_: Annotated[bool, CSV] = False,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="TEMPLATE",
            help=_("One line a letter: {id}, {sha256}, {file} and any field, as {date}."),
        ),
    ] = None,
    paths: Paths = False,
    null: Null = False,
    exact: Annotated[bool, EXACT] = False,
    secret: Annotated[bool, SECRET] = False,
    trash: Annotated[bool, TRASH] = False,
    doubtful: Annotated[
        bool, typer.Option("--doubtful", help=_("Give doubtful values as values."))
    ] = False,
    wait: Annotated[float | None, WAIT] = None,
) -> None:
    """List what answers to a query."""
    counter: Counter = ctx.obj
    screen = counter.screen
    one_form(json=json, csv=csv_, format=form is not None, paths=paths or null)
    fill = None if form is None else template(form, doubtful=doubtful)
    asked = understood(counter, query, ways=() if exact else WAYS)
    with readable(counter, wait=wait) as archive:
        entries = _none_told(counter, archive, asked, secret=secret, trash=trash)
        if paths or null:
            paths_told(screen, (archive.root / entry.file for entry in entries), null=null)
        elif fill is not None:
            templates_told(screen, map(fill, entries), form=form or "")
        elif json:
            for entry in entries:
                screen.json(shapes.listed(entry, doubtful=doubtful))
        elif csv_:
            for record in csv(entries, doubtful=doubtful):
                screen.raw(record.encode())
        else:
            headings = [_("ID"), *(_(field.title) for field in COLUMNS)]
            screen.table(headings, ([str(entry.id), *cells(entry)] for entry in entries))


def _none_told(
    counter: Counter, archive: Reader, asked: Query, *, secret: bool, trash: bool
) -> Iterator[Entry]:
    """The letters that answer; none of them is told, and an error when there was a query.

    Raises:
        NothingFound: nothing answers to the query.
    """
    hidden = archive.select(asked, secret=True, trashed=trash) if secret else ()
    log_shown_secrets(counter, hidden, "list")
    none = True
    for entry in archive.select(asked, secret=secret, trashed=trash):
        none = False
        yield entry
    if none and asked.text:
        raise nothing_found(counter, archive, asked, command="list", secret=secret, trash=trash)
    if none and trash:
        counter.screen.note(_("The trash is empty."))
    elif none:
        counter.screen.note(_("The archive is empty. To file letters: arsip ingest FOLDER"))
