"""Keeping the archive: verify, rebuild, repair, backup, ledger."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from arsip.archive.backing import Backup
from arsip.archive.check import Damage, Round
from arsip.archive.mending import Mending
from arsip.cli.command import JSON, WAIT, Choice, duration, speaks
from arsip.cli.counter import Counter
from arsip.cli.guard import DAMAGED
from arsip.cli.opening import opened
from arsip.cli.render import Screen
from arsip.errors import NothingFound, UsageError, quoted
from arsip.words import N_, _, ngettext

MADE_ANEW: Final = frozenset({"catalog", "shelf", "unrecorded"})
"""Damage that ``rebuild`` mends."""
REBUILD: Final = "arsip rebuild"
REPAIR: Final = N_("arsip repair --from DIR, with a copy of the archive")
UNMENDED: Final = frozenset({"ledger", "head"})
LEDGER: Final = N_("Leave the ledger as it is, and compare it with that of a copy.")
MENDED: Final = {
    "found": N_("can be mended"),
    "mended": N_("mended"),
    "not_found": N_("not in the copy"),
}
"""What becomes of damage -> its words."""
MB: Final = 1_000_000


@speaks(
    _(
        "Check the archive: that every file is there and of its size, that nothing is missing in "
        "the ledger, and that index and shelf say the same. With --full every file is read and "
        "compared with its hash; with --max-duration as many as the time allows, those first that "
        "were not read for the longest time. Nothing is changed. Damage ends it with 7."
    ),
    "arsip verify",
    "arsip verify --full",
    "arsip verify --max-duration 10m",
)
def verify(
    ctx: typer.Context,
    *,
    full: Annotated[
        bool, typer.Option("--full", help=_("Read every file and compare it with its hash."))
    ] = False,
    longest: Annotated[
        float | None,
        typer.Option(
            "--max-duration",
            parser=duration,
            metavar="TIME",
            help=_("The same for so long, as 10m; the next time goes on from there."),
        ),
    ] = None,
    head: Annotated[
        str,
        typer.Option(
            "--head", metavar="HASH", help=_("A hash that arsip ledger head told: is it there?")
        ),
    ] = "",
    json: Annotated[bool, JSON] = False,
    wait: Annotated[float | None, WAIT] = None,
) -> None:
    """Check the archive."""
    counter: Counter = ctx.obj
    screen = counter.screen
    if full and longest is not None:
        raise UsageError(_("--full reads all, --max-duration a part; give one of them."))
    with opened(counter, wait=wait) as archive, screen.progress() as report:
        found = archive.proven(head.strip().lower()) if head else []
        turn = archive.verify_turn(longest, report=report) if longest is not None else None
        found += archive.verify(full=full, report=report) if turn is None else turn.damage
        files = archive.counts().files
    if found:
        _damage_told(screen, found, json=json)
        raise typer.Exit(DAMAGED)
    screen.note(_sound(files) if turn is None else _turned(turn))
    if head:
        screen.note(_("Nothing in the ledger up to that hash was changed."))


def _sound(files: int) -> str:
    text = ngettext(
        "{files} file checked: all is well.", "{files} files checked: all is well.", files
    )
    return text.format(files=files)


def _turned(turn: Round) -> str:
    if not turn.left:
        return _sound(turn.read)
    text = ngettext(
        "{files} file read: all is well. The other {left} come the next times.",
        "{files} files read: all is well. The other {left} come the next times.",
        turn.read,
    ).format(files=turn.read, left=turn.left)
    if turn.oldest is None:
        return text
    return text + " " + _("All were read since {day}.").format(day=f"{turn.oldest:%Y-%m-%d}")


def _damage_told(screen: Screen, found: Sequence[Damage], *, json: bool) -> None:
    for damage in found:
        if json:
            screen.json(_damage_shape(damage))
        else:
            screen.line(damage.words)
    text = ngettext("{count} thing is damaged.", "{count} things are damaged.", len(found))
    screen.error(text.format(count=len(found)), _hint(found))


def _hint(found: Sequence[Damage]) -> str:
    slugs = {one.slug for one in found}
    if slugs <= MADE_ANEW:
        return REBUILD
    return _(LEDGER) if slugs <= UNMENDED else _(REPAIR)


def _damage_shape(damage: Damage) -> dict[str, Any]:
    return {
        "v": 1,
        "damage": damage.slug,
        "path": damage.path.as_posix(),
        "ids": list(damage.ids),
        "sha256": damage.digest or None,
        "line": damage.line or None,
    }


@speaks(
    _(
        "Make the index and the shelf anew from the vault alone. What the vault of a plain copy "
        "has and its ledger lacks is noted there; no letter is touched."
    ),
    REBUILD,
    "arsip rebuild --json",
)
def rebuild(
    ctx: typer.Context,
    *,
    json: Annotated[bool, JSON] = False,
    wait: Annotated[float | None, WAIT] = None,
) -> None:
    """Make index and shelf anew."""
    counter: Counter = ctx.obj
    screen = counter.screen
    with opened(counter, wait=wait) as archive, screen.progress() as report:
        letters = archive.rebuild(report)
    if json:
        screen.json({"v": 1, "letters": letters})
        return
    text = ngettext(
        "Index and shelf made anew: {letters} letter.",
        "Index and shelf made anew: {letters} letters.",
        letters,
    )
    screen.line(text.format(letters=letters))


@speaks(
    _(
        "Mend damaged and missing files from a copy of the archive, or from any folder that holds "
        "the same files. Bytes are taken only when their hash is that of what was filed. Without "
        "--apply it only tells what it would do. Nothing is deleted: what was damaged is set "
        "aside."
    ),
    "arsip repair --from /media/usb/arsip",
    "arsip repair --from ~/scan --apply",
)
def repair(
    ctx: typer.Context,
    *,
    source: Annotated[
        Path,
        typer.Option("--from", readable=False, metavar="DIR", help=_("A copy of the archive.")),
    ],
    apply: Annotated[
        bool, typer.Option("--apply", help=_("Mend it; else it is only told."))
    ] = False,
    json: Annotated[bool, JSON] = False,
    wait: Annotated[float | None, WAIT] = None,
) -> None:
    """Mend the archive."""
    counter: Counter = ctx.obj
    screen = counter.screen
    with opened(counter, wait=wait) as archive, screen.progress() as report:
        plan, left = archive.mend(source, apply=apply, report=report)
    for one in plan:
        _mending_told(screen, one, "mended" if apply else "found", json=json)
    if not plan and not left:
        screen.note(_("There is nothing to mend."))
    elif not apply and any(one.source for one in plan):
        screen.note(_("Nothing was changed. To mend: {command}").format(command=_again(source)))
    if left and apply:
        _damage_told(screen, left, json=False)
    if left:
        raise typer.Exit(DAMAGED)


def _again(source: Path) -> str:
    return f"arsip repair --from {quoted(source)} --apply"


def _mending_told(screen: Screen, one: Mending, done: str, *, json: bool) -> None:
    status = done if one.source else "not_found"
    source = str(one.source) if one.source else ""
    if json:
        told = {"status": status, "path": one.place.as_posix(), "sha256": one.digest}
        screen.json({"v": 1, **told, "source": source or None, "ids": list(one.damage.ids)})
    else:
        screen.row((_(MENDED[status]), one.damage.words, source or "-"))


@speaks(
    _(
        "Bring a copy of the archive in DIR up to date, while others may work in it: only what is "
        "new is copied, and every copied file is read again and compared with its hash. The copy "
        "is an archive of its own: arsip --archive DIR list. Letters that were destroyed leave it."
    ),
    "arsip backup /media/usb/arsip",
    "arsip backup /mnt/server/arsip --json",
)
def backup(
    ctx: typer.Context,
    target: Annotated[
        Path, typer.Argument(readable=False, metavar="DIR", help=_("Where the copy lies."))
    ],
    *,
    json: Annotated[bool, JSON] = False,
    wait: Annotated[float | None, WAIT] = None,
) -> None:
    """Copy the archive."""
    counter: Counter = ctx.obj
    screen = counter.screen
    with opened(counter, wait=wait) as archive, screen.progress() as report:
        done = archive.back_up(target, report=report)
    if json:
        shape = done._replace(damage=[])._asdict()
        screen.json({"v": 1, **shape, "damage": [_damage_shape(one) for one in done.damage]})
    else:
        _backup_told(screen, target, done)
    if done.damage:
        if not json:
            _damage_told(screen, done.damage, json=False)
        raise typer.Exit(DAMAGED)


def _backup_told(screen: Screen, target: Path, done: Backup) -> None:
    text = ngettext(
        "{files} file in {folder}; {copied} copied now ({size}) and compared with their hashes.",
        "{files} files in {folder}; {copied} copied now ({size}) and compared with their hashes.",
        done.files,
    )
    size = f"{done.bytes / MB:.1f} MB"
    screen.line(text.format(files=done.files, folder=target, copied=done.copied, size=size))
    if done.gone:
        text = ngettext(
            "{count} file left the copy: its letters were destroyed.",
            "{count} files left the copy: their letters were destroyed.",
            done.gone,
        )
        screen.line(text.format(count=done.gone))


@speaks(
    _(
        "Tell the hash of the ledger's last line. Publish it, on paper or in a letter, and "
        "arsip verify --head HASH proves later that nothing before it was changed. Without a "
        "hash that was published the ledger shows accidents and clumsy edits only."
    ),
    "arsip ledger head",
    "arsip ledger head --json",
)
def ledger(
    ctx: typer.Context,
    _action: Annotated[str, typer.Argument(parser=Choice("head"), metavar="head", help="head")],
    *,
    json: Annotated[bool, JSON] = False,
    wait: Annotated[float | None, WAIT] = None,
) -> None:
    """Tell the head of the ledger."""
    counter: Counter = ctx.obj
    screen = counter.screen
    with opened(counter, wait=wait) as archive:
        line = archive.head()
    if line is None:
        raise NothingFound(_("The ledger is empty."), hint="arsip verify")
    if json:
        screen.json({"v": 1, "head": line.hash, "line": line.number, "time": line.time})
    elif screen.person:
        screen.line(line.hash)
        screen.note(_("Line {number}, of {time}.").format(number=line.number, time=line.time[:16]))
    else:
        screen.row((line.hash, str(line.number), line.time))
