"""What would happen to a file in a scan folder now, and why."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from arsip.archive.probe import kind_of
from arsip.archive.store import Archive, Seen
from arsip.ingest.bells import tells
from arsip.ingest.intake import fingerprint, open_elsewhere
from arsip.ingest.looking import LEFT_ALONE, Leave, below
from arsip.ingest.outcome import Outcome
from arsip.ingest.pipeline import foreseen
from arsip.ingest.saying import Given
from arsip.ingest.spot import DONE, Manner
from arsip.model import Clock
from arsip.scan.sniff import sniff, whole


@dataclass(frozen=True, slots=True)
class Fate:
    """What would happen to a file.

    Attributes:
        verdict: slug: a status of an Outcome, or ``left_alone``, ``stands``: it was dealt with.
        reason: slug of why; empty: there is nothing more to say.
        note: the pattern that leaves it alone, seconds for which it must still stand or for which
            its end is waited for, or what a file is that is no document.
        seen: what became of it before, when it stands as it stood then.
        ids: letters of its bytes in the archive.
        given, usual: what the folder says of its letter, always and where it does not say.
    """

    verdict: str
    reason: str = ""
    note: str = ""
    seen: Seen | None = None
    ids: tuple[int, ...] = ()
    given: Given | None = None
    usual: Given | None = None


def explain(path: Path, manner: Manner, archive: Archive, clock: Clock) -> Fate:
    """What would happen to a file of a scan folder; nothing is done with it.

    Args:
        path: of the file, below the folder as the manner names it.
        manner: how the folder is treated.
        archive: it would go there.
        clock: of today.
    """
    if not os.path.lexists(path):
        return Fate("waiting", "vanished")
    names = path.relative_to(manner.folder).parts
    if len(names) > 1 and not manner.recursive:
        return Fate("left_alone", "deeper")
    pattern = next(_patterns(names, manner.leave), "")
    if pattern:
        return Fate("left_alone", "pattern", pattern)
    seen = archive.seen(path)
    if seen is not None and seen.print == fingerprint(path.lstat()) and seen.status in DONE:
        return Fate("stands", seen.reason, seen=seen)
    return _ahead(path, manner, archive, clock)


def _patterns(names: tuple[str, ...], leave: Leave) -> Iterator[str]:
    for depth, name in enumerate(names, 1):
        path = "/".join(names[:depth])
        for pattern in (*LEFT_ALONE, *leave.patterns):
            one = Leave([pattern], usual=())
            if one(name, path):
                yield pattern


def _ahead(path: Path, manner: Manner, archive: Archive, clock: Clock) -> Fate:
    """The fate of a file that nothing was decided about yet."""
    if tells(kind_of(manner.folder)) and open_elsewhere(path):
        return Fate("waiting", "open")
    rest = manner.settle - (clock().timestamp() - path.lstat().st_mtime)
    folder = tempfile.mkdtemp(prefix="arsip-")
    try:
        outcome = foreseen(path, Path(folder), archive=archive, options=manner.options)
        cut = _cut_off(Path(folder) / "original", path.name, outcome)
    finally:
        shutil.rmtree(folder)
    if cut:
        return Fate("waiting", "incomplete", note=f"{manner.options.patience.total_seconds():.0f}")
    if rest > 0 and outcome.status in {"filed", "duplicate"}:
        return Fate("waiting", "settling", f"{rest:.0f}")
    fate = Fate(outcome.status, outcome.reason or "", note=outcome.note, ids=outcome.ids)
    if outcome.status != "filed":
        return fate
    options = manner.options
    return replace(fate, given=options.given, usual=options.usual(path))


def _cut_off(copy: Path, name: str, outcome: Outcome) -> bool:
    return outcome.status == "filed" and not whole(copy, sniff(copy, name))


def standing(manner: Manner, archive: Archive) -> Iterator[Path]:
    """The files of a scan folder, but for those that stand as they were left.

    Raises:
        OSError: it cannot be listed.
    """
    found = below(manner.folder, but=[archive.root], leave=manner.leave, recursive=manner.recursive)
    for entry in found:
        seen = archive.seen(Path(entry.path))
        mark = fingerprint(entry.stat(follow_symlinks=False))
        if seen is None or seen.print != mark or seen.status not in DONE:
            yield Path(entry.path)
