"""What would happen to a file, told: watch --explain."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from arsip.archive.folders import plain
from arsip.archive.store import Archive
from arsip.cli.counter import Counter
from arsip.cli.reasons import STATUSES, explained
from arsip.errors import NotADocument
from arsip.ingest.explaining import Fate, explain
from arsip.ingest.saying import Given
from arsip.ingest.spot import Manner
from arsip.words import N_, _

VERDICTS: Final[Mapping[str, str]] = {
    "filed": N_("it would be read and filed now"),
    "duplicate": N_("nothing new is filed: its bytes are letter {ids}"),
    "set_aside": N_("it would be set aside"),
    "waiting": N_("it waits"),
    "refused": N_("it is left alone"),
    "left_alone": N_("it is left alone"),
    "stands": N_("nothing, until it changes: it was dealt with ({status})"),
}
"""Verdict -> what happens."""

WHY: Final[Mapping[str, str]] = {
    "deeper": N_("it lies in a folder within, and those are not entered"),
    "pattern": N_("its name is like {note}"),
    "settling": N_("it must stand still for {note} more seconds"),
    "incomplete": N_("its end is missing; it is waited for {note} seconds"),
}
"""Reasons beside those of outcomes."""


def fate_told(
    counter: Counter, archive: Archive, file: Path, manner: Manner, *, json: bool
) -> None:
    """Tell what would happen to a file now, and why."""
    screen = counter.screen
    path = Path(os.path.normpath(file.absolute()))
    fate = explain(path, manner, archive, counter.clock)
    if json:
        screen.json(_shape(path, manner, fate))
        return
    screen.pair(_("File"), str(path))
    screen.pair(_("Scan folder"), str(manner.folder))
    status = _(STATUSES.get(fate.seen.status, "")) if fate.seen else ""
    ids = ", ".join(map(str, fate.ids))
    screen.pair(_("What happens"), _(VERDICTS[fate.verdict]).format(ids=ids, status=status))
    if fate.reason:
        screen.pair(_("Why"), _why(fate))
    if fate.verdict in {"filed", "duplicate"}:
        moved = _("it is removed from the folder once it is safe in the archive")
        screen.pair(_("Then"), moved if manner.options.move else _("it stays in the folder"))
    for title, values in ((_("Set"), fate.given), (_("Where it does not say"), fate.usual)):
        if values:
            screen.pair(title, "; ".join(f"{_(f.title)}: {t}" for f, t in plain(values).items()))


def _why(fate: Fate) -> str:
    if fate.reason in WHY:
        return _(WHY[fate.reason]).format(note=fate.note)
    if fate.reason == NotADocument.slug and fate.note:
        return fate.note
    return explained(fate.reason)


def _shape(path: Path, manner: Manner, fate: Fate) -> dict[str, Any]:
    return {
        "v": 1,
        "file": str(path),
        "folder": str(manner.folder),
        "verdict": fate.verdict,
        "reason": fate.reason or None,
        "note": fate.note or None,
        "ids": list(fate.ids),
        "since": fate.seen.since.isoformat() if fate.seen else None,
        "move": manner.options.move,
        "set": _named(fate.given),
        "default": _named(fate.usual),
    }


def _named(values: Given | None) -> dict[str, Any]:
    return {field.name: field.kind.dump(value) for field, value in (values or {}).items()}
