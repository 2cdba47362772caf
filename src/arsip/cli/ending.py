"""Letters that should not show any more: trash, untrash; and their end: destroy."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import Annotated, Final

import typer

from arsip.archive.store import Archive
from arsip.cli.assignments import who
from arsip.cli.command import JSON, WAIT, speaks
from arsip.cli.counter import Counter
from arsip.cli.opening import opened
from arsip.cli.queries import COLUMNS, cells
from arsip.cli.render import Screen
from arsip.errors import UsageError
from arsip.model import Entry
from arsip.words import N_, _, ngettext

Ids = Annotated[
    list[str],
    typer.Argument(
        metavar="ID...", help=_("Letters, by number in this archive or 8 digits of SHA-256.")
    ),
]
NEW: Final = {"trash": N_("in the trash now"), "untrash": N_("back from the trash")}
OLD: Final = {"trash": N_("in the trash already"), "untrash": N_("not in the trash")}
SECRET: Final = N_("(secret)")


@speaks(
    _(
        "Put letters into the trash: they show no more in lists, searches and on the shelf. "
        "Nothing of them is lost; arsip untrash brings them back, arsip list --trash tells which "
        "there are."
    ),
    "arsip trash 17",
    "arsip trash 17 18 --why 'scanned twice'",
)
def trash(
    ctx: typer.Context,
    letters: Ids,
    *,
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help=_("The reason."))] = "",
    json: Annotated[bool, JSON] = False,
    wait: Annotated[float | None, WAIT] = None,
) -> None:
    """Hide letters."""
    counter: Counter = ctx.obj
    with opened(counter, wait=wait) as archive:
        before = _named(archive, letters)
        after = archive.trash([one.id for one in before], who=who(counter), why=why.strip())
    _told(counter.screen, "trash", before, after, json=json)
    if not json:
        command = f"arsip untrash {' '.join(str(one.id) for one in after)}"
        counter.screen.note(_("To bring back: {command}").format(command=command))


@speaks(
    _("Bring letters back from the trash, as they were."),
    "arsip untrash 17",
    "arsip untrash 17 18",
)
def untrash(
    ctx: typer.Context,
    letters: Ids,
    *,
    json: Annotated[bool, JSON] = False,
    wait: Annotated[float | None, WAIT] = None,
) -> None:
    """Show letters again."""
    counter: Counter = ctx.obj
    with opened(counter, wait=wait) as archive:
        before = _named(archive, letters)
        after = archive.untrash([one.id for one in before], who=who(counter))
    _told(counter.screen, "untrash", before, after, json=json)


@speaks(
    _(
        "Destroy letters for good: the file as it came, its text, its searchable copy and its "
        "history leave the disk. Only a note stays: number, date, sender, subject, hash, who had "
        "it destroyed, when and why. At a terminal it asks before."
    ),
    "arsip destroy 17 --why 'Berita acara pemusnahan 3/2024'",
    "arsip destroy 17 18 --why 'retensi habis' --yes",
)
def destroy(
    ctx: typer.Context,
    letters: Ids,
    *,
    why: Annotated[
        str, typer.Option("--why", metavar="TEXT", help=_("The reason; it must be given."))
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", help=_("Do not ask."))] = False,
    json: Annotated[bool, JSON] = False,
    wait: Annotated[float | None, WAIT] = None,
) -> None:
    """Destroy letters."""
    counter: Counter = ctx.obj
    screen = counter.screen
    if not why.strip():
        raise UsageError(
            _("The reason is missing."), hint="arsip destroy ID --why 'Berita acara 3/2024'"
        )
    with opened(counter, wait=wait) as archive:
        files = archive.doomed([one.id for one in _named(archive, letters)])
        doomed = [one for file in files for one in file]
        if not yes and not _agreed(screen, doomed):
            screen.note(_("Nothing was destroyed."))
            return
        archive.destroy(files, who=who(counter), why=why.strip())
    for one in doomed:
        if json:
            screen.json({"v": 1, "id": one.id, "sha256": one.digest, "state": "destroyed"})
        else:
            screen.row((_("destroyed"), *_known(one)))
    if not json:
        screen.note(_("Copies made before still hold it; arsip backup DIR takes it out of a copy."))


def _named(archive: Archive, letters: Iterable[str]) -> list[Entry]:
    """The letters that were named, each once."""
    found = {entry.id: entry for entry in (archive.entry(word) for word in letters)}
    return list(found.values())


def _agreed(screen: Screen, doomed: Sequence[Entry]) -> bool:
    """Whether the person at the terminal types yes after seeing what will be destroyed.

    Raises:
        UsageError: nobody is there to be asked.
    """
    if not sys.stdin.isatty():
        raise UsageError(
            _("Nobody is here to be asked; --yes destroys without asking."),
            hint="arsip destroy ID --why TEXT --yes",
        )
    headings = [_("ID"), *(_(field.title) for field in COLUMNS)]
    screen.table(headings, [_known(one) for one in doomed])
    text = ngettext(
        "Destroy {count} letter for good? Type {yes}: ",
        "Destroy {count} letters for good? Type {yes}: ",
        len(doomed),
    )
    print(text.format(count=len(doomed), yes=_("yes")), end="", file=screen.err, flush=True)
    return sys.stdin.readline().strip().lower() in {_("yes"), "yes"}


def _told(
    screen: Screen, act: str, before: Sequence[Entry], after: Sequence[Entry], *, json: bool
) -> None:
    for old, new in zip(before, after, strict=True):
        changed = old.state != new.state
        if json:
            told = {"id": new.id, "sha256": new.digest, "state": new.state, "changed": changed}
            screen.json({"v": 1, **told})
        else:
            screen.row((_(NEW[act] if changed else OLD[act]), *_known(new)))


def _known(entry: Entry) -> list[str]:
    """A letter in one row; of a secret one only that it is secret."""
    if entry.secret:
        return [str(entry.id), _(SECRET)]
    return [str(entry.id), *(cell or "-" for cell in cells(entry))]
