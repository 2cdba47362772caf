"""Files that were set aside, read again: when that is asked for, or when the cause is gone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

from arsip.archive import aside
from arsip.archive.aside import Aside
from arsip.archive.store import Archive
from arsip.cli.counter import Counter
from arsip.errors import PasswordNeeded
from arsip.ingest.outcome import Outcome
from arsip.ingest.pipeline import Options, carry
from arsip.model import Report

SHOWN: Final = 8
"""Digits by which something that was set aside is named."""


_DIGITS: Final = re.compile(r"[0-9a-f]{12}")


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
        """The digits in its folder's name that are enough to name it."""
        return self.digits[:SHOWN]

    @property
    def digits(self) -> str:
        """The digits in its folder's name; the name when a person changed it."""
        found = _DIGITS.search(self.folder.name)
        return found[0] if found else self.folder.name


def all_kept(root: Path) -> Iterator[Kept]:
    """Everything that was set aside, by name."""
    for folder in aside.folders(root):
        found = aside.read(folder)
        if found is not None:
            copy = folder / aside.copy_name(folder, found[0])
            yield Kept(folder, found[0], copy if copy.is_file() else None)


def able(one: Kept) -> bool:
    """Whether something was set aside with its file, as it came."""
    return one.copy is not None and bool(one.told.digest)


def tried(
    archive: Archive, kept: Sequence[Kept], run: Options, counter: Counter, report: Report
) -> Iterator[Outcome]:
    """The outcome of reading each copy again; copies of what is filed now leave ``aside/``."""
    if not kept:
        return
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
        if one.told.reason == PasswordNeeded.slug
        and able(one)
        and (one.folder / aside.RECORD).stat().st_mtime_ns < since
    ]
