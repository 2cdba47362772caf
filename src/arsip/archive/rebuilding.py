"""Catalog and shelf made anew from the vault alone."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable, Container, Iterator, Mapping
from typing import NamedTuple

from arsip.archive import catalog, destroying, entering, recovery, schema, senders, tending, tombs
from arsip.archive.holdings import Holdings
from arsip.archive.ledger import Act
from arsip.archive.record import FILE, Record
from arsip.errors import Damaged
from arsip.model import Entry, Event, Report


class _Plan(NamedTuple):
    """What is known before letters are shown.

    Attributes:
        noted: path below the root -> SHA-256, by the ledger.
        place: gives the place on the shelf to letter after letter.
    """

    noted: Mapping[str, str]
    place: Callable[[Entry], str]


def rebuild(holdings: Holdings, report: Report) -> int:
    """Make catalog and shelf anew; gives how many letters they show.

    Readers see the old catalog until the new one is whole. A record that is damaged is told and
    passed over. What the vault of a plain copy has and its ledger lacks is noted, what the ledger
    calls destroyed leaves. The archive's lock is held.
    """
    connection = holdings.connection
    holdings.ledger.mend(mark=os.urandom(4).hex())
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        with catalog.changing(connection):
            count = _refill(holdings, report)
    finally:
        connection.execute("PRAGMA foreign_keys = ON")
    destroying.finish(holdings)
    holdings.tidy()
    for file, place in catalog.standing(connection):
        holdings.shelf.link(file, place)
    holdings.shelf.flush()
    if count:
        holdings.note(Act("rebuild"))
    return count


def _refill(holdings: Holdings, report: Report) -> int:
    connection = holdings.connection
    noted = holdings.ledger.sums()
    remembered = _remembered(connection)
    schema.renew(connection)
    for row in remembered:
        connection.execute("INSERT OR IGNORE INTO seen VALUES (?, ?, ?, ?, ?)", row)
    tombs.put(connection, tombs.told(holdings.ledger))
    found = sorted(_found(holdings, destroying.ended(holdings), report))
    place = holdings.shelf.plan()
    count = 0
    with tending.later(connection):
        for done, (_first, digest) in enumerate(found, 1):
            count += _shown(holdings, digest, _Plan(noted, place), report)
            report(Event("rebuild", done=done, total=len(found)))
    catalog.remember_id(connection, holdings.ledger.last_id())
    catalog.tell(connection, "senders", str(senders.read(holdings.root).revision))
    return count


def _remembered(connection: sqlite3.Connection) -> list[tuple[object, ...]]:
    """What stays in scan folders: not in the vault, so it is carried over, if it is there."""
    rows: list[tuple[object, ...]] = []
    if schema.version(connection):
        with contextlib.suppress(*catalog.BROKEN):
            rows += connection.execute("SELECT path, print, status, reason, since FROM seen")
    return rows


def _found(holdings: Holdings, ended: Container[str], report: Report) -> Iterator[tuple[int, str]]:
    """The first letter and the digest of every file that was not destroyed.

    Letters go in by their numbers, which settles who comes first on the shelf.
    """
    for digest in holdings.vault.digests():
        try:
            if digest not in ended:
                yield holdings.vault.record(digest).ids[0], digest
        except (Damaged, IndexError):
            report(Event("damaged", source=str(holdings.vault.place(digest))))


def _shown(holdings: Holdings, digest: str, plan: _Plan, report: Report) -> int:
    """Show the letters of one file; gives how many.

    A record that is not what the ledger noted is shown, for the letter is still there; but the
    catalog keeps what was noted, so that nobody edits upon it and verify finds it.
    """
    connection = holdings.connection
    folder = holdings.vault.place(digest)
    record = holdings.vault.record(digest)
    noted = _acknowledged(holdings, record, plan.noted)
    entries = holdings.letters(record)
    twice = any(catalog.taken(connection, entry.id) for entry in entries)
    if twice or noted != record.sum:
        report(Event("damaged", source=str(folder), note="twice" if twice else ""))
    if twice:
        return 0
    texts = holdings.texts(digest)
    cards = [holdings.card(one, noted, texts, plan.place(one)) for one in entries]
    entering.put(connection, digest, cards, learn=False)
    return len(entries)


def _acknowledged(holdings: Holdings, record: Record, noted: Mapping[str, str]) -> str:
    """The SHA-256 of the record that should be there, after noting one that our own acts left."""
    try:
        if recovery.acknowledge(holdings, record, noted):
            return record.sum
    except Damaged:
        pass
    return noted.get(str(holdings.vault.place(record.digest) / FILE), record.sum)
