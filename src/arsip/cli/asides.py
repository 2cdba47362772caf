"""What was set aside: told, tried again, given back."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from arsip.archive import disk
from arsip.archive.store import Archive
from arsip.cli.command import JSON, WAIT, Choice, speaks
from arsip.cli.counter import Counter
from arsip.cli.ingest import options
from arsip.cli.manner import Jobs, Lang, Passwords
from arsip.cli.opening import opened
from arsip.cli.reasons import laid_aside
from arsip.cli.render import Screen
from arsip.cli.retrying import Kept, able, all_kept, tried
from arsip.cli.telling import Telling
from arsip.errors import ArchiveError, NothingFound, UsageError, quoted
from arsip.words import _, ngettext

ACTIONS: Final = ("list", "show", "retry", "release")
LEAST: Final = 4
"""Digits that are enough to name something that was set aside."""


@speaks(
    _(
        "What was set aside, because it could not be filed: list tells why and what to do, show "
        "tells more, retry reads it again, release gives the file back and takes it off the list. "
        "NAME is the name of the file, or the digits that list shows."
    ),
    "arsip aside list",
    "arsip aside retry surat.pdf --password-file sandi.txt",
    "arsip aside release surat.pdf --to ~/kembali",
)
def aside_command(  # noqa: PLR0913 - an option each
    ctx: typer.Context,
    action: Annotated[
        str,
        typer.Argument(
            parser=Choice(*ACTIONS), metavar="ACTION", help="list | show | retry | release"
        ),
    ],
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="NAME...", help=_("Which; all when none is named.")),
    ] = None,
    *,
    to: Annotated[
        Path | None,
        typer.Option(
            "--to", readable=False, metavar="DIR", help=_("The folder that release gives it to.")
        ),
    ] = None,
    lang: Lang = None,
    jobs: Jobs = None,
    password_file: Passwords = None,
    json: Annotated[bool, JSON] = False,
    wait: Annotated[float | None, WAIT] = None,
) -> None:
    """Do one of the four."""
    counter: Counter = ctx.obj
    counter.configure(languages=lang, jobs=jobs, passwords=password_file)
    with opened(counter, wait=wait) as archive:
        chosen = _chosen(list(all_kept(archive.root)), names or ())
        if action == "list":
            _listed(counter.screen, archive.root, chosen, json=json)
        elif action == "show":
            _shown(counter.screen, archive.root, chosen, json=json)
        elif action == "retry":
            _retry(counter, archive, chosen, json=json)
        elif not names:
            raise UsageError(_("Name what to give back."), hint="arsip aside list")
        else:
            _release(counter.screen, archive, chosen, to, json=json)


def _chosen(kept: Sequence[Kept], names: Sequence[str]) -> list[Kept]:
    """What is meant by the names; all when there are none.

    Raises:
        NothingFound: a name is of nothing that was set aside.
        UsageError: it is of several.
    """
    if not names:
        return list(kept)
    chosen: dict[Path, Kept] = {}
    for name in names:
        found = [one for one in kept if _meant(one, name)]
        if not found:
            raise NothingFound(
                _("Nothing of that name was set aside: {name}").format(name=name),
                hint="arsip aside list",
            )
        if len(found) > 1:
            raise UsageError(
                _("{name} was set aside more than once: {keys}").format(
                    name=name, keys=", ".join(one.key for one in found)
                ),
                hint=f"arsip aside show {found[0].key}",
            )
        chosen[found[0].folder] = found[0]
    return list(chosen.values())


def _meant(one: Kept, name: str) -> bool:
    start = len(name) >= LEAST and one.digits.startswith(name.lower())
    return name in {one.told.name, one.folder.name} or start


def _listed(screen: Screen, root: Path, kept: Sequence[Kept], *, json: bool) -> None:
    if json:
        for one in kept:
            screen.json(_shape(root, one))
        return
    if not kept:
        screen.note(_("Nothing is set aside."))
        return
    headings = (_("Digits"), _("File"), _("Since"), _("Why"), _("What to do"))
    rows = [
        (one.key, one.told.name, f"{one.told.since:%Y-%m-%d}", *laid_aside(one.told))
        for one in kept
    ]
    screen.table(headings, rows)


def _shown(screen: Screen, root: Path, kept: Sequence[Kept], *, json: bool) -> None:
    for one in kept:
        if json:
            screen.json(_shape(root, one))
            continue
        reason, todo = laid_aside(one.told)
        screen.show(screen.strong(one.key))
        screen.pair(_("File"), one.told.name)
        screen.pair(_("Since"), f"{one.told.since:%Y-%m-%d %H:%M}")
        screen.pair(_("Why"), reason)
        if todo:
            screen.pair(_("What to do"), todo)
        if one.told.note and one.told.note != reason:
            screen.pair(_("Note"), one.told.note)
        stayed = _("not copied; it stayed where it was found")
        screen.pair(_("Copy"), str(one.copy) if one.copy else stayed)
        if one.told.digest:
            screen.pair("SHA-256", one.told.digest)
        screen.line()


def _shape(root: Path, one: Kept) -> dict[str, Any]:
    return {
        "v": 1,
        "file": one.told.name,
        "key": one.key,
        "folder": one.folder.relative_to(root).as_posix(),
        "copy": one.copy.relative_to(root).as_posix() if one.copy else None,
        "sha256": one.told.digest or None,
        "reason": one.told.reason,
        "note": one.told.note or None,
        "since": one.told.since.isoformat(),
    }


def _retry(counter: Counter, archive: Archive, kept: Sequence[Kept], *, json: bool) -> None:
    """Read what was set aside again; what is filed now leaves the list."""
    ready = [one for one in kept if able(one)]
    for one in kept:
        if not able(one) and not json:
            message = _("{file} was not copied; file it from where it is: arsip ingest FILE")
            counter.screen.note(message.format(file=one.told.name))
    telling = Telling(counter.screen, json=json)
    run = options(counter, archive, given={}, defer=False)
    with telling.summary(), counter.screen.progress() as report:
        telling.all(tried(archive, ready, run, counter, report), report=report, total=len(ready))
    telling.end()


def _release(
    screen: Screen, archive: Archive, kept: Sequence[Kept], to: Path | None, *, json: bool
) -> None:
    """Give files back, and take them off the list."""
    if to is None and any(one.copy for one in kept):
        raise UsageError(
            _("Name the folder that it is to be given to: --to DIR"),
            hint="arsip aside release NAME --to ~/kembali",
        )
    for one in kept:
        place = _given(one.copy, one.told.name, to) if one.copy and to else None
        archive.released(one.folder, reason="given_back")
        if json:
            screen.json({**_shape(archive.root, one), "copy": str(place) if place else None})
        elif place:
            screen.path(place)
    if not json:
        text = ngettext("{count} taken off the list.", "{count} taken off the list.", len(kept))
        screen.note(text.format(count=len(kept)))


def _given(copy: Path, name: str, to: Path) -> Path:
    """Put a copy into a folder, under its name and over nothing.

    Raises:
        UsageError: there is a file of this name.
        ArchiveError: what was written there is not what was read.
    """
    to.mkdir(parents=True, exist_ok=True)
    place = to / copy.name
    if place.exists():
        raise UsageError(
            _("There is a file {file} already.").format(file=place),
            hint=f"arsip aside release {quoted(name)} --to DIR",
        )
    shutil.copyfile(copy, place)
    disk.flush_file(place)
    if disk.digest(place) != disk.digest(copy):
        raise ArchiveError(
            _("{path} is not as it was written.").format(path=place), hint="arsip doctor"
        )
    return place
