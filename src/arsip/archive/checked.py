"""When each folder of the vault was last read in full: so that a check can be spread over days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from arsip.archive import disk

FILE: Final = "checked"
AROUND: Final = "around"
"""Stands for all that is no folder of the vault: ledger, catalog, what is aside."""

Times = dict[str, dt.datetime]


def times(root: Path) -> Times:
    """When each was last read, as far as that is known; a line that makes no sense is not."""
    try:
        lines = (root / FILE).read_text("ascii").splitlines()
    except (OSError, ValueError):
        return {}
    found: Times = {}
    for line in lines:
        what, _blank, when = line.partition(" ")
        try:
            found[what] = dt.datetime.fromisoformat(when)
        except ValueError:
            continue
    return {what: when for what, when in found.items() if when.tzinfo is not None}


def oldest_first(what: Iterable[str], known: Mapping[str, dt.datetime]) -> list[str]:
    """What was never read first, then the rest from the oldest on; of one age in their order."""
    never = dt.datetime.min.replace(tzinfo=dt.UTC)
    return sorted(what, key=lambda one: known.get(one, never))


def keep(root: Path, known: Mapping[str, dt.datetime]) -> None:
    """Keep in mind when each was read; the file is no part of what is checked."""
    lines = (f"{what} {when.isoformat(timespec='seconds')}\n" for what, when in known.items())
    disk.put(root / FILE, "".join(sorted(lines)).encode())
