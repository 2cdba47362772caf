"""What an archive holds, side by side: vault, ledger, catalog and shelf, kept in step."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from arsip.archive import catalog, entering, senders, teaching
from arsip.archive.cards import Card, Lesson
from arsip.archive.ledger import Act, Ledger
from arsip.archive.record import Record
from arsip.archive.settings import Settings
from arsip.archive.shelf import Shelf
from arsip.archive.vault import Vault
from arsip.errors import Damaged
from arsip.model import Clock, Entry


class Holdings(NamedTuple):
    """The parts of one archive; whoever changes them holds the archive's lock."""

    root: Path
    vault: Vault
    ledger: Ledger
    shelf: Shelf
    connection: sqlite3.Connection
    clock: Clock

    @classmethod
    def at(
        cls, root: Path, *, settings: Settings, connection: sqlite3.Connection, clock: Clock
    ) -> Holdings:
        """The holdings below a root, with an open catalog."""
        return cls(root, Vault(root), Ledger(root), Shelf(root, settings.shelf), connection, clock)

    def note(self, act: Act) -> None:
        """Add an act to the ledger, durably."""
        self.ledger.append(act, time=self.clock().isoformat(timespec="seconds"))

    def show(self, record: Record, texts: Mapping[int, str]) -> tuple[Entry, ...]:
        """Put a file's letters into the catalog, in one transaction, and on the shelf."""
        entries = self.letters(record)
        before = catalog.shelved(self.connection, record.digest)
        cards: list[Card] = []
        for entry in entries:
            place = self.shelf.place(
                entry,
                current=before.get(entry.id, ""),
                reserved=[card.shelf for card in cards],
            )
            cards.append(self.card(entry, record.sum, texts, place))
        with catalog.changing(self.connection):
            entering.put(self.connection, record.digest, cards)
        for place in set(before.values()) - {card.shelf for card in cards}:
            self.shelf.unlink(place)
        for card in cards:
            self.shelf.link(card.entry.file, card.shelf)
        return entries

    def letters(self, record: Record) -> tuple[Entry, ...]:
        """A file's letters, each under the name that people decided for its sender.

        Raises:
            Damaged: the decisions cannot be read.
        """
        return senders.read(self.root).applied(record.entries(self.vault.place(record.digest)))

    def card(self, entry: Entry, summed: str, texts: Mapping[int, str], place: str) -> Card:
        """A letter as the catalog keeps it.

        Args:
            entry: the letter, its sender under the decided name.
            summed: SHA-256 of its record.
            texts: of the pages of its file.
            place: its link below ``shelf/``.

        Raises:
            Damaged: the decisions cannot be read.
        """
        also = senders.read(self.root).also(entry)
        return Card(entry, summed, texts, place, also, self._lessons(entry))

    def _lessons(self, entry: Entry) -> tuple[Lesson, ...]:
        if not teaching.teaches(entry.letter):
            return ()
        with contextlib.suppress(Damaged):
            pages = self.vault.pages(entry.digest)
            theirs = [page for page in pages if page.number in entry.pages and page.lines]
            return teaching.lessons(entry.letter, theirs)
        return ()

    def texts(self, digest: str) -> dict[int, str]:
        """The text of each page of a file; none when it is damaged, for it can be read again."""
        try:
            return self.vault.texts(digest)
        except Damaged:
            return {}

    def in_step(self, record: Record) -> bool:
        """Whether the catalog and the shelf show a record as it is."""
        if catalog.record_of(self.connection, record.digest) != record.sum:
            return False
        places = catalog.shelved(self.connection, record.digest)
        entries = record.entries(self.vault.place(record.digest))
        return places.keys() == set(record.ids) and all(
            self.shelf.stands(entry.file, places[entry.id]) for entry in entries
        )

    def tidy(self) -> None:
        """Take links off the shelf that stand for no letter."""
        places = set(catalog.shelved(self.connection).values())
        for place in set(self.shelf.links()) - places:
            self.shelf.unlink(place)
