"""How an archive is made, and how its catalog is found or made good when it is opened."""

from __future__ import annotations

import os
import sqlite3
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final

from arsip.archive import (
    aside,
    catalog,
    claims,
    disk,
    lock,
    rebuilding,
    recovery,
    schema,
    settings,
    tending,
)
from arsip.archive import ledger as ledgers
from arsip.archive import shelf as shelves
from arsip.archive import vault as vaults
from arsip.archive.holdings import Holdings
from arsip.archive.ledger import Act, Ledger
from arsip.archive.lock import Mark
from arsip.archive.settings import Settings
from arsip.archive.writing import ALL, LOCK
from arsip.errors import Damaged, SetupError
from arsip.model import Clock, Event, Report
from arsip.words import _

NOTICE: Final = "ARSIP.txt"
FOLDERS: Final = (
    vaults.PLACE,
    ledgers.PLACE,
    shelves.PLACE,
    aside.PLACE,
    "trash",
    recovery.STAGING,
    claims.PLACE,
)
SIDE_FILES: Final = ("", "-wal", "-shm")
"""What SQLite calls the parts of a database."""

PATIENCE: Final = 30.0
"""Seconds to wait for another process that makes the same archive."""


def found(root: Path, *, clock: Clock) -> bool:
    """Make an archive in a folder; False: there is one already.

    Raises:
        ArchiveError: the folder cannot be written.
    """
    if (root / settings.FILE).exists():
        return False
    with disk.writing(root):
        disk.make_folders(root)
        with lock.held(root / LOCK, wait=PATIENCE):
            if (root / settings.FILE).exists():
                return False
            _furnish(root, clock)
    return True


def _furnish(root: Path, clock: Clock) -> None:
    """Make the folders and files of a new archive; its settings last, for they say it is one."""
    for name in FOLDERS:
        disk.make_folders(root / name)
    disk.put(root / NOTICE, Path(__file__).with_name(NOTICE).read_bytes())
    ledger = Ledger(root)
    # An earlier try may have died in the middle of its line.
    ledger.mend(mark=os.urandom(4).hex())
    if next(ledger.lines(), None) is None:
        ledger.append(Act("init"), time=clock().isoformat(timespec="seconds"))
    disk.put(root / settings.FILE, settings.fresh().encode())


def attach(root: Path, kept: Settings, *, clock: Clock, wait: float, report: Report) -> Holdings:
    """The holdings with an open catalog; one that is missing, broken or old is made good.

    Raises:
        Busy: it must be made good, and another writer does not let go of the archive.
        SetupError: a newer arsip made it; or it must be made good where nothing can be written.
    """
    if not shelves.fits(kept.shelf):
        raise settings.wrong(root / settings.FILE, "shelf")
    with catalog.asking(kept.catalog), disk.writing(root):
        if disk.writable(root):
            # Who copies an archive may leave empty folders out.
            for name in FOLDERS:
                disk.make_folders(root / name)
        connection = catalog.found(kept.catalog, wait=wait)
        if connection is not None and _good(connection):
            return Holdings.at(root, settings=kept, connection=connection, clock=clock)
        with _alone(root, wait=wait) as descriptor:
            # Another process may have made it good while this one waited.
            connection = connection or catalog.found(kept.catalog, wait=wait)
            if connection is not None and schema.version(connection) >= schema.TOLD_BY_RECORDS:
                if _brought_up(connection, kept.catalog, report):
                    return Holdings.at(root, settings=kept, connection=connection, clock=clock)
                connection.close()
                connection = None
            connection = connection or anew(kept.catalog, wait=wait, report=report)
            connection.execute("PRAGMA journal_mode = WAL")
            holdings = Holdings.at(root, settings=kept, connection=connection, clock=clock)
            mark = Mark(descriptor)
            mark.begin(ALL)
            rebuilding.rebuild(holdings, report)
            if not mark.left:
                mark.clear()
            return holdings


def _alone(root: Path, *, wait: float) -> AbstractContextManager[int]:
    """The archive's lock, held to make its catalog good.

    Raises:
        SetupError: nothing can be written there.
    """
    if not disk.writable(root):
        message = _(
            "The index is missing, damaged or of an older arsip, and {root} cannot be written to"
            " make it anew."
        )
        raise SetupError(
            message.format(root=root),
            hint=_(
                "Copy the archive to where it can be written: there it makes its index by itself."
            ),
        )
    return lock.held(root / LOCK, wait=wait)


def _good(connection: sqlite3.Connection) -> bool:
    return not schema.missing(connection) and tending.sound(connection)


def _brought_up(connection: sqlite3.Connection, path: Path, report: Report) -> bool:
    """Whether a catalog is good after all steps; False: it is not what those were written for."""
    try:
        if _good(connection):
            return True
        older = schema.missing(connection)
        report(Event("catalog_older" if older else "index_not_whole", source=str(path)))
        schema.apply(connection)
    except catalog.BROKEN as error:
        if catalog.means(error, Damaged):
            return False
        raise
    return tending.mended(connection)


def anew(path: Path, *, wait: float, report: Report) -> sqlite3.Connection:
    """A new, empty catalog; a broken one is moved out of the way, never deleted."""
    slug = "catalog_damaged" if path.exists() else "catalog_missing"
    report(Event(slug, source=str(path)))
    _move_aside(path)
    _create(path)
    return catalog.connect(path, wait=wait)


def _create(path: Path) -> None:
    """Make an empty file for a catalog that only its owner reads; SQLite keeps the mode."""
    disk.make_folders(path.parent)
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, disk.FILE_MODE))
    disk.flush_folder(path.parent)


def _move_aside(path: Path) -> None:
    """Put a broken catalog out of the way, never deleting it, with what SQLite keeps beside it."""
    mark = os.urandom(4).hex()
    for side in SIDE_FILES:
        part = path.with_name(path.name + side)
        if part.exists():
            part.rename(path.with_name(f"{path.name}.damaged-{mark}{side}"))
            disk.flush_folder(path.parent)
