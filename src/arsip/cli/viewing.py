"""A searchable copy made for somebody who wants to see a letter, where the archive keeps none."""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path
from typing import Final

from arsip.archive import disk
from arsip.archive.vault import VIEWS
from arsip.cli.counter import Counter
from arsip.cli.reasons import told
from arsip.ingest.copying import Wanted, make
from arsip.ingest.transcribe import captioned
from arsip.model import Entry, PageText
from arsip.words import _, cause

DAY: Final = 86_400.0
"""Seconds for which a copy is left to the program that shows it."""


def searchable(
    counter: Counter, root: Path, entry: Entry, pages: tuple[PageText, ...]
) -> Path | None:
    """A copy made now, which stays for a day; None when there can be none, and why is told.

    Args:
        counter: its settings and its screen.
        root: the archive's.
        entry: a letter of a scan.
        pages: all of its file.

    Raises:
        SetupError: no child starts on this machine.
        UsageError: the password file cannot be read.
    """
    folder = root / VIEWS
    part = folder / f".{entry.digest[:16]}.{os.getpid()}.pdf"
    wanted = Wanted(
        original=root / entry.original,
        pages=pages,
        caption=captioned(entry.letter, digest=entry.digest, name=entry.source),
        out=part,
        passwords=counter.passwords,
        limits=counter.config.limits,
    )
    copy = folder / f"{entry.digest}.pdf"
    try:
        disk.make_folders(folder)
        _clear(folder)
        why = told(reason) if (reason := make(wanted)) else ""
        if not why:
            part.replace(copy)
    except OSError as error:
        why = cause(error)
    if why:
        with contextlib.suppress(OSError):
            part.unlink()
        message = _("No searchable copy can be made ({why}); this is the original.")
        counter.screen.note(message.format(why=why))
        return None
    return copy


def _clear(folder: Path) -> None:
    """Remove the copies that nobody looks at any more."""
    for path in folder.iterdir():
        if time.time() - path.lstat().st_mtime > DAY:
            path.unlink(missing_ok=True)
