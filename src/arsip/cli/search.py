"""Finding letters, best first."""

from typing import Annotated, Final, cast, get_args

import typer

from arsip.archive.search import Hits, Sort
from arsip.cli import shapes
from arsip.cli.command import JSON, SECRET, TRASH, WAIT, Querying, one_of, speaks, whole
from arsip.cli.counter import Counter
from arsip.cli.finding import nothing, readable, remember, understood
from arsip.cli.queries import Null, Paths, Words, cells, paths_told
from arsip.cli.render import Screen, plain
from arsip.model import Hit
from arsip.words import _, ngettext

SORTS: Final = get_args(Sort)


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
        typer.Option(
            "--sort", parser=one_of(*SORTS), metavar="ORDER", help="rank | newest | oldest"
        ),
    ] = "rank",
    json: Annotated[bool, JSON] = False,
    paths: Paths = False,
    null: Null = False,
    secret: Annotated[bool, SECRET] = False,
    trash: Annotated[bool, TRASH] = False,
    wait: Annotated[float | None, WAIT] = None,
) -> None:
    """Answer a query with hits."""
    counter: Counter = ctx.obj
    screen = counter.screen
    asked = understood(counter, query)
    with readable(counter, wait=wait) as archive:
        found = archive.search(
            asked,
            limit=limit,
            offset=offset,
            sort=cast("Sort", sort),
            secret=secret,
            trashed=trash,
        )
        if not found.total:
            raise nothing(asked.text)
        if paths or null:
            paths_told(screen, (archive.root / hit.entry.file for hit in found.hits), null=null)
            return
        if json:
            for hit in found.hits:
                screen.json(shapes.hit(hit))
            return
        remember(counter, [hit.entry.id for hit in found.hits])
        for place, hit in enumerate(found.hits, start=1):
            _tell(screen, place, hit)
        _count(screen, found, offset)


def _tell(screen: Screen, place: int, hit: Hit) -> None:
    entry = hit.entry
    number, date, sender, subject = cells(entry)
    if not screen.person:
        page = "" if hit.page is None else str(hit.page)
        screen.row(
            (str(entry.id), page, number, date, sender, subject, screen.snippet(hit.snippet))
        )
        return
    known = " · ".join(filter(None, (date, sender)))
    screen.show(
        screen.faint(f"[{place}] "), screen.strong(number or _("no number")), plain(f"  {known}")
    )
    where = [_("letter {id}").format(id=entry.id)]
    if hit.page is not None:
        where.append(_("page {page}").format(page=hit.page))
    screen.show("    ", plain(subject), screen.faint(f"  ({', '.join(where)})"))
    if hit.snippet.strip():
        screen.show("    ", screen.snippet(hit.snippet))


def _count(screen: Screen, found: Hits, offset: int) -> None:
    total, last = found.total, offset + len(found.hits)
    text = ngettext("{total} letter found.", "{total} letters found.", total).format(total=total)
    if not found.exact:
        text = _("More than {total} letters found; the newest were ranked.").format(total=total)
    if offset < last < total:
        more = _("Shown: {first} to {last}. For more: --offset {last}")
        text += " " + more.format(first=offset + 1, last=last)
    screen.note(text)
    if screen.person:
        screen.note(_("To open the first: arsip open --hit 1"))
