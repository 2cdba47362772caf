"""Letters that came more than once: duplicates."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Final

import typer

from arsip.archive.store import Archive
from arsip.cli.assignments import who
from arsip.cli.command import JSON, SECRET, WAIT, speaks
from arsip.cli.counter import Counter
from arsip.cli.finding import open_to_all
from arsip.cli.opening import opened
from arsip.cli.queries import COLUMNS, cells
from arsip.cli.render import Screen
from arsip.errors import UsageError
from arsip.model import Entry, Same
from arsip.words import N_, _

ACTIONS: Final = {"list": 0, "join": 2, "part": 1}
"""What can be done -> how many letters it needs at least."""
HOW: Final = {True: N_("a rendition of it"), False: N_("probably")}


@speaks(
    _(
        "Tell which letters came more than once: list, which may be left out, tells all, or those "
        "of the letters that are named. join makes letters further renditions of the first: they "
        "show as one from then on. part makes them letters of their own again. Both can be undone."
    ),
    "arsip duplicates",
    "arsip duplicates join 17 18",
    "arsip duplicates part 18",
)
def duplicates(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[list|join|part] [ID...]", help=_("Letters."))
    ] = None,
    *,
    unsure: Annotated[
        bool, typer.Option("--unsure", help=_("Only those that a person should look at."))
    ] = False,
    secret: Annotated[bool, SECRET] = False,
    json: Annotated[bool, JSON] = False,
    wait: Annotated[float | None, WAIT] = None,
) -> None:
    """List what came more than once, or settle it."""
    counter: Counter = ctx.obj
    action, refs = _asked(words or [])
    with opened(counter, wait=wait) as archive:
        named = [archive.entry(ref) for ref in refs]
        if action == "list":
            found = [
                entry
                for entry in archive.duplicates(secret=secret)
                if not (unsure and entry.rendition) and _about(entry, named)
            ]
            _listed(archive, counter.screen, found, json=json)
            return
        for entry in named:
            open_to_all(entry, f"duplicates {action} {' '.join(refs)}", secret=secret)
        ids = [entry.id for entry in named]
        if action == "join":
            changed = [archive.join(ids[0], ids[1:], who=who(counter))]
        else:
            changed = list(archive.part(ids, who=who(counter)))
        for entry in changed:
            _settled(archive, counter.screen, entry, json=json)


def _asked(words: list[str]) -> tuple[str, list[str]]:
    """What is to be done, and the letters that were typed.

    Raises:
        UsageError: it needs more letters.
    """
    action, refs = (words[0], words[1:]) if words and words[0] in ACTIONS else ("list", words)
    if len(set(refs)) < ACTIONS[action]:
        example = "join 17 18" if action == "join" else "part 18"
        raise UsageError(_("Name the letters."), hint=f"arsip duplicates {example}")
    return action, refs


def _about(entry: Entry, named: Iterable[Entry]) -> bool:
    """Whether it, or what it is the same as, is one of the letters that were named, if any."""
    ids = {one.id for one in named}
    ids |= {one.same_as.id for one in named if one.same_as is not None}
    same = entry.same_as
    return not ids or entry.id in ids or (same is not None and same.id in ids)


def _listed(archive: Archive, screen: Screen, found: list[Entry], *, json: bool) -> None:
    if json:
        for entry in found:
            screen.json(_shape(archive, entry))
        return
    if not found:
        screen.note(_("No letter came more than once, as far as can be told."))
        return
    headings = [_("ID"), _("Same as"), _("How"), *(_(field.title) for field in COLUMNS)]
    screen.table(headings, ([str(one.id), *_how(one.same_as), *cells(one)] for one in found))
    doubted = next((one for one in found if not one.rendition), None)
    if doubted is not None and doubted.same_as is not None:
        join = f"arsip duplicates join {doubted.same_as.id} {doubted.id}"
        part = f"arsip duplicates part {doubted.id}"
        screen.note(_("One letter: {join}. Two letters: {part}").format(join=join, part=part))


def _how(same: Same | None) -> tuple[str, str]:
    return ("", "") if same is None else (str(same.id), _(HOW[same.sure]))


def _settled(archive: Archive, screen: Screen, entry: Entry, *, json: bool) -> None:
    others = archive.renditions(entry.id)
    if json:
        screen.json(_shape(archive, entry))
    elif others:
        message = _("Letter {id} has these further renditions: {others}")
        screen.line(message.format(id=entry.id, others=", ".join(map(str, others))))
    else:
        screen.line(_("Letter {id} is a letter of its own.").format(id=entry.id))


def _shape(archive: Archive, entry: Entry) -> dict[str, Any]:
    return {
        "v": 1,
        "id": entry.id,
        "sha256": entry.digest,
        "same_as": entry.same_as and entry.same_as.id,
        "sure": entry.same_as and entry.same_as.sure,
        "renditions": list(archive.renditions(entry.id)),
    }
