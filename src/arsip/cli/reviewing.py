"""What is doubtful or missing, put before a person: review."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, TypeAlias

import typer

from arsip.archive.reader import Reader
from arsip.cli.breaking import Breaking
from arsip.cli.command import JSON, SECRET, WAIT, Querying, speaks
from arsip.cli.counter import Counter
from arsip.cli.finding import all_ids, readable, understood
from arsip.cli.guard import INTERRUPTED, NOTHING_FOUND
from arsip.cli.opening import opened
from arsip.cli.queries import MaybeWords
from arsip.cli.shapes import VERSION
from arsip.cli.skipped import Skipped, Value
from arsip.cli.walk import Walk
from arsip.errors import NothingFound, UsageError
from arsip.fields import Field
from arsip.words import _, ngettext

Waiting: TypeAlias = Mapping[int, tuple[Field[Any], ...]]
"""Letter -> its fields that wait for a person."""


@speaks(
    _(
        "Walk through what is doubtful or missing, letter by letter: accept a value, choose "
        "another, type what is right, or skip. Every answer is kept at once; stop at any time, and "
        "go on later. What you confirm does not come again."
    ),
    "arsip review",
    "arsip review --count tanggal:2024",
    kind=Querying,
)
def review(
    ctx: typer.Context,
    query: MaybeWords = None,
    *,
    count: Annotated[
        bool, typer.Option("--count", help=_("Tell how many letters and values wait."))
    ] = False,
    secret: Annotated[bool, SECRET] = False,
    json: Annotated[bool, JSON] = False,
    wait: Annotated[float | None, WAIT] = None,
) -> None:
    """Put before a person what waits."""
    counter: Counter = ctx.obj
    if json and not count:
        raise UsageError(_("--json needs --count."), hint="arsip review --count --json")
    if count:
        with readable(counter, wait=wait) as archive:
            waits = _waiting(counter, archive, query or (), secret=secret)
        _counted(counter, waits, json=json)
        return
    with opened(counter, wait=wait) as archive:
        waits = _waiting(counter, archive, query or (), secret=secret)
        values = _values(waits)
        if not values:
            raise NothingFound(_("Nothing waits for your word."), hint="arsip list")
        postponed = Skipped(counter)
        walk = Walk(counter, archive, postponed, Breaking())
        _walked(walk, postponed.ordered(values))


def _waiting(counter: Counter, archive: Reader, words: Sequence[str], *, secret: bool) -> Waiting:
    """The letters that wait, of those that are asked for by ID or query.

    Tells how many secret ones wait that are not among them.
    """
    by_id = all_ids(words)
    asked = understood(counter, () if by_id else words, ways=())
    wanted = {archive.entry(word).id for word in words} if by_id else None

    def found(*, secret: bool) -> Waiting:
        waits = archive.waiting(asked, secret=secret)
        return {one: waits[one] for one in waits if wanted is None or one in wanted}

    shown = found(secret=secret)
    if hidden := len(found(secret=True)) - len(shown):
        message = ngettext(
            "{n} secret letter waits, too: arsip review --rahasia",
            "{n} secret letters wait, too: arsip review --rahasia",
            hidden,
        )
        counter.screen.note(message.format(n=hidden))
    return shown


def _values(waits: Waiting) -> list[Value]:
    return [(number, field.name) for number, names in waits.items() for field in names]


def _counted(counter: Counter, waits: Waiting, *, json: bool) -> None:
    """Tell how much waits.

    Raises:
        typer.Exit: nothing does.
    """
    screen = counter.screen
    tally = Tally(field.name for names in waits.values() for field in names)
    letters, values = len(waits), tally.total()
    if json:
        screen.json({"v": VERSION, "letters": letters, "values": values, "fields": dict(tally)})
    elif screen.person:
        many = ngettext("{n} letter", "{n} letters", letters).format(n=letters)
        which = ngettext("{n} value", "{n} values", values).format(n=values)
        screen.line(_("{letters} with {values} to look at.").format(letters=many, values=which))
    else:
        screen.row((str(letters), str(values)))
    if not waits:
        raise typer.Exit(NOTHING_FOUND)


def _walked(walk: Walk, values: Sequence[Value]) -> None:
    """Go through the values until the end or until the person stops, and tell what was done.

    Raises:
        typer.Exit: it was broken off with Ctrl-C.
    """
    screen = walk.counter.screen
    interrupted = False
    try:
        with walk.breaking.heard():
            walk.all(values)
    except KeyboardInterrupt:
        interrupted = True
        screen.line()
    parts = [
        ngettext("{n} value settled", "{n} values settled", walk.settled).format(n=walk.settled),
        *([_("{n} skipped").format(n=walk.skipped)] if walk.skipped else []),
    ]
    if left := len(values) - walk.settled:
        parts.append(_("{left} left; to go on: arsip review").format(left=left))
    screen.line()
    screen.line("; ".join(parts) + ".")
    if interrupted:
        raise typer.Exit(INTERRUPTED)
