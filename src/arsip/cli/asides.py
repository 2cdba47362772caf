"""What was set aside: told, tried again, given back."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Final, NamedTuple

import typer

from arsip.archive import aside, disk
from arsip.archive.aside import Aside
from arsip.archive.store import Archive
from arsip.cli.command import JSON, WAIT, one_of, speaks
from arsip.cli.counter import Counter
from arsip.cli.ingest import options
from arsip.cli.manner import Jobs, Lang, Passwords
from arsip.cli.opening import opened
from arsip.cli.reasons import advice, told
from arsip.cli.render import Screen
from arsip.cli.telling import Telling
from arsip.errors import ArchiveError, NotADocument, NothingFound, UsageError
from arsip.ingest.outcome import Outcome
from arsip.ingest.pipeline import Options, carry
from arsip.model import Report
from arsip.words import _, ngettext

ACTIONS: Final = ("list", "show", "retry", "release")
SHOWN: Final = 8
"""Digits by which something that was set aside is named."""
LEAST: Final = 4


class Kept(NamedTuple):
    """Something that was set aside, and its folder.

    Attributes:
        copy: its file in the folder; None when it stayed where it was found.
    """

    folder: Path
    told: Aside
    copy: Path | None

    @property
    def key(self) -> str:
        """The digits that its folder's name ends in, or the whole name."""
        return self.folder.name.rpartition(" ")[2][:SHOWN]


def all_kept(root: Path) -> Iterator[Kept]:
    """Everything that was set aside, by name."""
    for folder in aside.folders(root):
        found = aside.read(folder)
        if found is not None:
            copy = folder / aside.copy_name(folder, found[0])
            yield Kept(folder, found[0], copy if copy.is_file() else None)


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
            parser=one_of(*ACTIONS), metavar="ACTION", help="list | show | retry | release"
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
    start = len(name) >= LEAST and one.folder.name.rpartition(" ")[2].startswith(name.lower())
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
    rows = [(one.key, one.told.name, f"{one.told.since:%Y-%m-%d}", *why(one.told)) for one in kept]
    screen.table(headings, rows)


def why(one: Aside) -> tuple[str, str]:
    """Why a file was set aside, and what to do; of what is no document its reader has said both."""
    if one.reason == NotADocument.slug and one.note:
        return one.note, ""
    return told(one.reason), advice(one.reason)


def _shown(screen: Screen, root: Path, kept: Sequence[Kept], *, json: bool) -> None:
    for one in kept:
        if json:
            screen.json(_shape(root, one))
            continue
        reason, todo = why(one.told)
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
    able = [one for one in kept if _able(one)]
    for one in kept:
        if not _able(one) and not json:
            message = _("{file} was not copied; file it from where it is: arsip ingest FILE")
            counter.screen.note(message.format(file=one.told.name))
    telling = Telling(counter.screen, json=json)
    run = options(counter, archive, given={}, defer=False)
    with telling.summary(), counter.screen.progress() as report:
        telling.all(tried(archive, able, run, counter, report), report=report, total=len(able))
    telling.end()


def _able(one: Kept) -> bool:
    return one.copy is not None and bool(one.told.digest)


def tried(
    archive: Archive, kept: Iterable[Kept], run: Options, counter: Counter, report: Report
) -> Iterator[Outcome]:
    """The outcome of reading each copy again; copies of what is filed now leave ``aside/``."""
    copies = {one.copy: one for one in kept if one.copy is not None}
    run = replace(run, move=False, remember=False)
    for outcome in carry(copies, archive=archive, options=run, clock=counter.clock, report=report):
        one = copies[outcome.file]
        archive.forget(outcome.file)
        if outcome.status in {"filed", "duplicate"} and archive.holds(one.told.digest):
            archive.release(one.told.digest)
        else:
            # So that a password file of today is tried once.
            (one.folder / aside.RECORD).touch()
        yield replace(outcome, file=Path(one.told.name), news=outcome.status != "set_aside")


def due(counter: Counter, archive: Archive) -> list[Kept]:
    """Locked files that were set aside before the file of passwords was last changed."""
    file = counter.config.passwords
    if file is None or not file.is_file():
        return []
    since = file.stat().st_mtime_ns
    return [
        one
        for one in all_kept(archive.root)
        if one.told.reason == "password"
        and _able(one)
        and (one.folder / aside.RECORD).stat().st_mtime_ns < since
    ]


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
            hint=f"arsip aside release '{name}' --to DIR",
        )
    shutil.copyfile(copy, place)
    disk.flush_file(place)
    if disk.digest(place) != disk.digest(copy):
        raise ArchiveError(
            _("{path} is not as it was written.").format(path=place), hint="arsip doctor"
        )
    return place
