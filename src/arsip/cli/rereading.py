"""Letters read again, or understood again by today's rules: reread."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from arsip.archive.store import Archive
from arsip.cli.assignments import together, who
from arsip.cli.breaking import Breaking
from arsip.cli.command import JSON, SECRET, WAIT, Querying, speaks
from arsip.cli.counter import Counter
from arsip.cli.differences import Differences
from arsip.cli.finding import chosen
from arsip.cli.manner import Jobs, Lang, Passwords, children, how
from arsip.cli.opening import opened
from arsip.cli.queries import MaybeWords
from arsip.errors import UsageError
from arsip.ingest import rereading
from arsip.ingest.rereading import Manner, sheaves
from arsip.model import Entry
from arsip.words import _


@speaks(
    _(
        "Understand letters again by today's rules: those that answer to a query or have these "
        "IDs, or all. With --ocr their pages are read again too, with today's engine; with "
        "--pending only those that have no words yet. What people said of a letter stays, and so "
        "does a page that reads worse now. What was there before is kept in the history."
    ),
    "arsip reread --dry-run tanggal:2022",
    "arsip reread --ocr --pending",
    kind=Querying,
)
def reread(  # noqa: PLR0913 - one a query, the others an option each
    ctx: typer.Context,
    query: MaybeWords = None,
    *,
    ocr: Annotated[
        bool, typer.Option("--ocr", help=_("Read the pages again, not only their words."))
    ] = False,
    pending: Annotated[
        bool, typer.Option("--pending", help=_("With --ocr: only pages that have no words yet."))
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("Tell the differences, and change nothing."))
    ] = False,
    lang: Lang = None,
    jobs: Jobs = None,
    password_file: Passwords = None,
    secret: Annotated[bool, SECRET] = False,
    json: Annotated[bool, JSON] = False,
    wait: Annotated[float | None, WAIT] = None,
) -> None:
    """Read letters again."""
    counter: Counter = ctx.obj
    if pending and not ocr:
        raise UsageError(_("--pending needs --ocr."), hint="arsip reread --ocr --pending")
    config = counter.configure(languages=lang, jobs=jobs, passwords=password_file)
    breaking = Breaking()
    with opened(counter, wait=wait) as archive:
        files = sheaves(_chosen(counter, archive, query or (), pending=pending))
        manner = Manner(
            how=how(
                counter,
                threshold=archive.settings.doubt,
                layer=archive.settings.reading == "always",
            ),
            jobs=children(config),
            nice=config.nice,
            ocr=ocr,
            pending=pending,
            dry=dry_run,
            who=who(counter),
            together=together(),
            breakable=breaking.breakable,
        )
        telling = Differences(counter.screen, json=json, secret=secret, dry=dry_run, doubts=ocr)
        with telling.summary(), counter.screen.progress() as report, breaking.heard():
            outcomes = rereading.reread(files, archive=archive, manner=manner, report=report)
            telling.all(outcomes, report=report, total=len(files))
    telling.end()


def _chosen(
    counter: Counter, archive: Archive, words: Sequence[str], *, pending: bool
) -> list[Entry]:
    """The letters to be read again, secret ones too.

    Raises:
        NothingFound: no letter answers to the query or ID.
    """
    if words or not pending:
        letters = chosen(counter, archive, words, secret=True)
    else:
        letters = list(archive.doubted())
    if not pending:
        return letters
    without = {"pending", "unread"}
    return [one for one in letters if without & {doubt.reason for doubt in one.doubts}]
