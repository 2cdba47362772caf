"""Finding letters, best first."""

import functools
import importlib
from collections.abc import Callable, Collection
from typing import Annotated, Any, Final, cast, get_args

import typer

from arsip.archive.find.query import WAYS, Query
from arsip.archive.find.search import Hits, Sort
from arsip.archive.reader import Reader
from arsip.cli import answers
from arsip.cli.command import (
    JSON,
    SECRET,
    TRASH,
    WAIT,
    Choice,
    Querying,
    speaks,
    whole,
)
from arsip.cli.counter import Counter
from arsip.cli.finding import ask_archive, log_shown_secrets, nothing_found, understood
from arsip.cli.queries import CSV, EXACT, Null, Paths, Words, one_form, paths_told
from arsip.cli.recall import remember
from arsip.cli.render import Screen
from arsip.errors import UsageError
from arsip.words import _

SORTS: Final = get_args(Sort)
NEAREST: Final = 3
"""Hits of the nearest query that are shown where nothing answers."""


@speaks(
    _(
        "Find letters by what they say, best first. Fields are asked for as nomor:, tanggal:, "
        "dari:, kepada:, hal:, sifat:, jenis: and the like."
    ),
    "arsip search undangan rapat stunting",
    "arsip search 'tanggal:2022-09 dari:setda -pengumuman' --sort newest",
    kind=Querying,
)
def search(  # noqa: PLR0913 - one a query, the others an option each
    ctx: typer.Context,
    query: Words,
    *,
    limit: Annotated[
        int, typer.Option("--limit", parser=whole, metavar="N", help=_("At most N letters (20)."))
    ] = 20,
    offset: Annotated[
        int, typer.Option("--offset", parser=whole, metavar="N", help=_("Leave out the first N."))
    ] = 0,
    sort: Annotated[
        str,
        typer.Option("--sort", parser=Choice(*SORTS), metavar="ORDER", help=" | ".join(SORTS)),
    ] = "rank",
    exact: Annotated[bool, EXACT] = False,
    widen: Annotated[
        str | None,
        typer.Option(
            "--widen",
            parser=Choice(*WAYS, several=True),
            metavar="WAYS",
            help=_("Words as typed and by these ways only: {ways}.").format(ways=", ".join(WAYS)),
        ),
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help=_("Tell of each hit which word matched how."))
    ] = False,
    json: Annotated[bool, JSON] = False,
    csv_: Annotated[bool, CSV] = False,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="TEMPLATE",
            help=_("One line a hit: {hit}, {page}, {snippet}, {id}, {file} and any field."),
        ),
    ] = None,
    paths: Paths = False,
    null: Null = False,
    secret: Annotated[bool, SECRET] = False,
    trash: Annotated[bool, TRASH] = False,
    wait: Annotated[float | None, WAIT] = None,
) -> None:
    """Answer a query with hits."""
    counter: Counter = ctx.obj
    screen = counter.screen
    one_form(json=json, csv=csv_, format=form is not None, paths=paths or null)
    looking = screen.person and not (json or csv_ or form is not None or paths or null)
    tell = _teller(screen, json=json, csv=csv_, form=form, explain=explain)
    asked = understood(counter, query, ways=_ways(exact=exact, widen=widen))

    def answer(archive: Reader) -> Hits:
        found = archive.search(
            asked,
            limit=limit,
            offset=offset,
            sort=cast("Sort", sort),
            secret=secret,
            trashed=trash,
            explain=explain,
        )
        remember(counter, asked, [hit.entry.id for hit in found.hits], before=offset)
        if not found.total:
            show = functools.partial(_show_nearest, counter, archive, secret=secret)
            raise nothing_found(
                counter, archive, asked, secret=secret, trash=trash, show=show if looking else None
            )
        log_shown_secrets(counter, (hit.entry for hit in found.hits), "search")
        if paths or null:
            paths_told(screen, (archive.root / hit.entry.file for hit in found.hits), null=null)
        else:
            tell(enumerate(found.hits, start=offset + 1))
        return found

    found = ask_archive(counter, answer, wait=wait)
    answers.count(screen, found, offset)
    if screen.person and found.hits:
        hint = _("To open the first: arsip open --hit {place}")
        screen.note(hint.format(place=offset + 1))


def _show_nearest(counter: Counter, archive: Reader, query: Query, *, secret: bool) -> None:
    """The best hits of a query that finds something, to open them without typing it."""
    hits = archive.search(query, limit=NEAREST, secret=secret).hits
    remember(counter, query, [hit.entry.id for hit in hits])
    log_shown_secrets(counter, (hit.entry for hit in hits), "search")
    answers.cards(counter.screen, enumerate(hits, start=1))


def _ways(*, exact: bool, widen: str | None) -> Collection[str]:
    """The ways by which words may be widened."""
    if exact and widen is not None:
        raise UsageError(_("Ask for --exact or for --widen, not for both."), hint="--exact")
    if exact:
        return ()
    return WAYS if widen is None else widen.split(",")


def _teller(
    screen: Screen, *, json: bool, csv: bool, form: str | None, explain: bool
) -> Callable[[answers.Placed], None]:
    """What tells the hits in the form that was asked for.

    Raises:
        BadValue: the template holds a name that no hit has.
    """
    if form is not None:
        # Loaded only for this: a search starts at once.
        export: Any = importlib.import_module("arsip.archive.export")
        fill = export.template(form, also=answers.OF_HIT)
        return functools.partial(answers.lines, screen, form=form, fill=fill)
    if csv:
        return functools.partial(answers.csv, screen)
    if json:
        return functools.partial(answers.objects, screen, explain=explain)
    if screen.person:
        return functools.partial(answers.cards, screen)
    return functools.partial(answers.rows, screen, explain=explain)
