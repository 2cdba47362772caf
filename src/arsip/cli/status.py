"""How the archive stands: status."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, Final, NamedTuple

import typer

from arsip.archive import aside
from arsip.archive.store import Archive, Counts, Pulse, Seen
from arsip.cli.command import JSON, WAIT, duration, speaks
from arsip.cli.counter import Counter
from arsip.cli.opening import opened
from arsip.cli.queries import cells
from arsip.cli.reasons import STATUSES, advice, laid_aside, told
from arsip.cli.render import Screen
from arsip.errors import SetupError
from arsip.model import Entry
from arsip.words import N_, _

COUNTS: Final = {
    "letters": N_("Letters"),
    "files": N_("Files"),
    "pages": N_("Pages"),
    "doubtful": N_("Doubtful"),
    "pending": N_("Pages to be read"),
    "unread": N_("Pages without words"),
    "secret": N_("Secret"),
    "trashed": N_("In the trash"),
    "waiting": N_("Waiting"),
    "aside": N_("Set aside"),
}
"""Name of a count -> its title, in the order shown."""

READ: Final = "arsip reread --ocr --pending"

WAITING: Final = frozenset({"waiting", "refused"})
"""Statuses of files that stand in a scan folder and are not in the archive."""


RECENT: Final = dt.timedelta(days=7)
"""How long what went wrong is told."""
LATEST: Final = 5
"""Letters that are told as the last ones."""


@speaks(
    _(
        "Count letters, and tell how it goes with the scan folders, which letters came last, and "
        "which files wait or were set aside, why, and what to do. With --max-age it ends with 3 "
        "when a scan folder was not looked at for so long: for monitoring."
    ),
    "arsip status",
    "arsip status --json",
    "arsip status --max-age 1h",
)
def status(
    ctx: typer.Context,
    *,
    max_age: Annotated[
        float | None,
        typer.Option(
            "--max-age",
            parser=duration,
            metavar="AGE",
            help=_("Fail when a scan folder was not looked at for so long: 90s, 15m, 1h, 2d."),
        ),
    ] = None,
    json: Annotated[bool, JSON] = False,
    wait: Annotated[float | None, WAIT] = None,
) -> None:
    """Tell how the archive stands."""
    counter: Counter = ctx.obj
    screen = counter.screen
    with opened(counter, wait=wait) as archive:
        found = _Standing(
            archive.root,
            archive.counts(),
            tuple(_spots(archive)),
            archive.latest(LATEST),
            tuple(_waiting(archive)),
            tuple(_put_aside(archive.root)),
        )
    if json:
        screen.json(_status_shape(found))
    else:
        _all_told(screen, found, now=counter.clock())
    if max_age is not None:
        _fresh(found.spots, since=counter.clock() - dt.timedelta(seconds=max_age))


class Spot(NamedTuple):
    """A scan folder: how it goes with it, whether it is watched now, whether it is a known one."""

    pulse: Pulse
    watched: bool
    known: bool


class _Standing(NamedTuple):
    root: Path
    counts: Counts
    spots: tuple[Spot, ...]
    latest: tuple[Entry, ...]
    waiting: tuple[tuple[Path, Seen], ...]
    put_aside: tuple[tuple[Path, aside.Aside], ...]


def _spots(archive: Archive) -> Iterator[Spot]:
    """The scan folders of the archive, then others that were ever watched and are there."""
    pulses = {pulse.folder: (pulse, watched) for pulse, watched in archive.pulses()}
    for folder in archive.settings.folders:
        real = folder.path.resolve()
        pulse, watched = pulses.pop(real, (Pulse(real), False))
        yield Spot(pulse._replace(folder=folder.path), watched, known=True)
    for pulse, watched in pulses.values():
        if watched or pulse.folder.is_dir():
            yield Spot(pulse, watched, known=False)


def _fresh(spots: Sequence[Spot], *, since: dt.datetime) -> None:
    """Let scan folders pass that were looked at lately; where none is known, any one of them.

    Raises:
        SetupError: they were not; somebody should see to it.
    """
    hint = "arsip service status"
    known = [spot for spot in spots if spot.known]
    for spot in known:
        if spot.pulse.looked is None or spot.pulse.looked < since:
            raise SetupError(
                _("{folder} was last looked at: {when}.").format(
                    folder=spot.pulse.folder, when=_when(spot.pulse.looked)
                ),
                hint=hint,
            )
    looks = [spot.pulse.looked for spot in spots if spot.pulse.looked is not None]
    if not known and (not looks or max(looks) < since):
        newest = max(looks, default=None)
        raise SetupError(
            _("No scan folder was looked at since: {when}.").format(when=_when(newest)), hint=hint
        )


def _when(moment: dt.datetime | None) -> str:
    return _("never") if moment is None else f"{moment.astimezone():%Y-%m-%d %H:%M}"


def _all_told(screen: Screen, found: _Standing, *, now: dt.datetime) -> None:
    screen.pair(_("Archive"), str(found.root))
    for name, title in COUNTS.items():
        screen.pair(_(title), str(getattr(found.counts, name)))
    if found.spots:
        screen.line()
        headings = (_("Scan folder"), _("Watched"), _("Last look"), _("Pages/min"), _("Now"))
        screen.table(headings, (_spot_cells(spot, now=now) for spot in found.spots))
    if found.latest:
        screen.line()
        titles = (_("Filed"), _("ID"), _("Number"), _("Subject"))
        screen.table(titles, (_latest_cells(entry) for entry in found.latest))
    _told(screen, found.waiting, found.put_aside)
    if found.counts.pending or found.counts.unread:
        screen.note(_("To read what has no words yet: {command}").format(command=READ))


def _spot_cells(spot: Spot, *, now: dt.datetime) -> tuple[str, ...]:
    pulse = spot.pulse
    watched = _("no")
    if spot.watched:
        watched = _("by events") if pulse.told else _("by looking")
    happens = pulse.trouble and f"{_when(pulse.troubled)}: {pulse.trouble}"
    if pulse.troubled is not None and now - pulse.troubled > RECENT:
        happens = ""
    if spot.watched and pulse.reading:
        happens = _("reads {file}").format(file=pulse.reading)
        if pulse.of > 1:
            happens += f" ({pulse.done}/{pulse.of})"
    pace = f"{pulse.pace:g}" if pulse.pace else "-"
    return str(pulse.folder), watched, _when(pulse.looked), pace, happens or "-"


def _latest_cells(entry: Entry) -> tuple[str, ...]:
    head = (_when(entry.filed_at), str(entry.id))
    if entry.secret:
        return *head, "-", _("(secret: arsip show {id} --rahasia)").format(id=entry.id)
    number, _date, _sender, subject = cells(entry)
    return *head, number or "-", subject or "-"


def _waiting(archive: Archive) -> list[tuple[Path, Seen]]:
    """What is in scan folders and is not taken: it waits, or it is nothing to take."""
    return [(path, seen) for path, seen in archive.all_seen() if seen.status in WAITING]


def _put_aside(root: Path) -> Iterator[tuple[Path, aside.Aside]]:
    for folder in aside.folders(root):
        found = aside.read(folder)
        if found is not None:
            yield folder, found[0]


def _status_shape(found: _Standing) -> dict[str, Any]:
    return {
        "v": 1,
        "archive": str(found.root),
        "counts": found.counts._asdict(),
        "folders": [_spot_shape(spot) for spot in found.spots],
        "latest": [
            {"id": entry.id, "filed_at": entry.filed_at.isoformat()} for entry in found.latest
        ],
        "waiting": [
            {
                "file": str(path),
                "status": seen.status,
                "reason": seen.reason,
                "since": seen.since.isoformat(),
            }
            for path, seen in found.waiting
        ],
        "aside": [
            {
                "file": one.name,
                "folder": folder.relative_to(found.root).as_posix(),
                "sha256": one.digest or None,
                "reason": one.reason,
                "since": one.since.isoformat(),
            }
            for folder, one in found.put_aside
        ],
    }


def _spot_shape(spot: Spot) -> dict[str, Any]:
    pulse = spot.pulse
    return {
        "folder": str(pulse.folder),
        "watched": spot.watched,
        "events": pulse.told,
        "looked": pulse.looked.isoformat() if pulse.looked else None,
        "reading": pulse.reading or None if spot.watched else None,
        "pages_done": pulse.done,
        "pages": pulse.of,
        "pages_a_minute": pulse.pace,
        "trouble": pulse.trouble or None,
        "troubled": pulse.troubled.isoformat() if pulse.troubled else None,
    }


def _told(
    screen: Screen,
    waiting: Sequence[tuple[Path, Seen]],
    put_aside: Sequence[tuple[Path, aside.Aside]],
) -> None:
    """Which files are not in the archive, why, and what to do."""
    rows = [(_(STATUSES[seen.status]), str(path), *_waits(seen)) for path, seen in waiting]
    laid = STATUSES["set_aside"]
    rows += [(_(laid), one.name, *laid_aside(one)) for _folder, one in put_aside]
    if rows:
        screen.line()
        screen.table((_("Status"), _("File"), _("Why"), _("What to do")), rows)


def _waits(seen: Seen) -> tuple[str, str]:
    return told(seen.reason, seen.status), advice(seen.reason, seen.status)
