"""An archive: letters put in, kept and found. The one thing that other rooms hold."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Self

from arsip.archive import (
    aside,
    catalog,
    changing,
    disk,
    filing,
    founding,
    naming,
    senders,
    settings,
    teaching,
    tending,
    undoing,
)
from arsip.archive.aside import Aside
from arsip.archive.changing import Changes
from arsip.archive.check import Damage
from arsip.archive.claims import Claim, Pulse
from arsip.archive.counting import Counts
from arsip.archive.keeper import Keeper
from arsip.archive.ledger import Act
from arsip.archive.naming import Sender
from arsip.archive.record import Hand
from arsip.archive.seen import Seen
from arsip.archive.undoing import Undoing
from arsip.archive.writing import ALL, Run, Writer
from arsip.habits import Habits
from arsip.model import Clock, Entry, PageText, Reading, Renewal, Report, Source, silent

__all__ = ["Archive", "Claim", "Counts", "Damage", "Pulse", "Run", "Seen", "Sender"]


class Archive(Keeper):
    """An open archive. Readers never wait; writers wait for each other, a letter at a time."""

    @staticmethod
    def create(root: Path, *, clock: Clock) -> bool:
        """Make an archive in a folder; False: there is one already.

        Raises:
            ArchiveError: the folder cannot be written.
        """
        if not founding.found(root.absolute(), clock=clock):
            return False
        with Archive.open(root, clock=clock):
            return True

    @classmethod
    def open(cls, root: Path, *, clock: Clock, wait: float = 30.0, report: Report = silent) -> Self:
        """The archive in a folder. A catalog that is missing or broken is made anew, saying so.

        Args:
            root: its folder.
            clock: tells when something is done.
            wait: seconds to wait for another writer before Busy.
            report: hears ``catalog_missing``, ``catalog_damaged``, ``catalog_older``,
                ``index_not_whole``, ``rebuild``, ``damaged``.

        Raises:
            SetupError: there is none (or one of a newer arsip), or its settings make no sense.
        """
        root = root.absolute()
        kept = settings.read(root)
        holdings = founding.attach(root, kept, clock=clock, wait=wait, report=report)
        writer = Writer(holdings, place=kept.catalog, wait=wait)
        return cls(holdings, kept=kept, writer=writer, clock=clock)

    def holds(self, digest: str) -> bool:
        """Whether the vault has these bytes, read and hashed again now."""
        return self._holdings.vault.holds(digest)

    def file(self, reading: Reading, desk: Path) -> Entry:
        """File a reading; the copy and the layer are moved from the desk, which is used up.

        Bytes that were filed meanwhile give the letter they are; bytes that are known but damaged
        are repaired.

        Raises:
            NoSpace, ArchiveError: nothing is lost; what was begun is finished by the next writer.
        """
        digest = reading.source.digest
        folder = desk / "letter"
        with disk.writing(self.root):
            sums = filing.lay_out(reading, folder)
        with self._writer.act() as mark:
            mark.begin(digest)
            if not self._holdings.vault.names(digest):
                entry = filing.commit(self._holdings, reading, folder, sums)
            elif self._holdings.vault.holds(digest) and catalog.known(self.connection, digest):
                filing.again(self._holdings, digest, reading.source.name)
                entry = self._entries(catalog.known(self.connection, digest))[0]
            else:
                fresh = filing.renewed(self._holdings, reading, folder, sums)
                mark.begin(digest, fresh)
                entry = filing.repair(self._holdings, reading, folder, fresh)
        disk.wipe(desk)
        return entry

    def again(self, digest: str, name: str) -> None:
        """Note that bytes that are filed came again."""
        with self._writer.act():
            filing.again(self._holdings, digest, name)

    def set_aside(
        self, copy: Path | None, *, name: str, digest: str, reason: str, note: str
    ) -> Path:
        """Keep a file that cannot be filed, with the reason; gives its folder in ``aside/``.

        Bytes that are aside already stay as they are.

        Args:
            digest: SHA-256 of the file; empty when it was never read.
            copy: ours, moved there; None: only the reason is kept.
            name: of the file as it came.
            reason: slug.
            note: what the reader of the file said.
        """
        told = Aside(name, digest, reason, note, self._clock())
        with self._writer.desk() as desk, self._writer.act():
            disk.make_folders(self.root / aside.PLACE)
            folder = aside.folder(self.root, told)
            if not folder.exists():
                aside.prepare(desk, told, copy)
                desk.rename(folder)
                disk.flush_folder(folder.parent)
            elif copy is not None and not aside.kept(folder, digest):
                aside.take(folder, told, copy)
                disk.flush_folder(folder)
            else:
                return folder
            note_of = {"sha256": digest, "reason": reason}
            self._holdings.note(Act("aside", note=note_of))
        return folder

    def tend(self) -> bool:
        """Do a little of what keeps finding quick, when there is nothing else to do; False: done.

        Raises:
            Busy: another writer does not let go of the archive.
        """
        if tending.state(self.connection) == self._tended:
            return False
        with self._writer.act():
            more = tending.tend(self.connection)
        self._tended = None if more else tending.state(self.connection)
        return more

    def recount(self) -> None:
        """Find out how common words are, if many new ones came: where nobody tends it later.

        Raises:
            Busy: another writer does not let go of the archive.
        """
        with self._writer.act():
            tending.recounted(self.connection)

    def edit(self, entry_id: int, changes: Changes, *, who: str, together: str = "") -> Entry:
        """Put what a person says in the place of what was read; the old record is kept.

        What equals a value that was read keeps its place on the page. Where nothing is new nothing
        is written.

        Args:
            entry_id: accession number.
            changes: field -> value, of tags a Retag too; None: the letter does not say.
            who: the person's name, kept as the origin of the values and in the ledger.
            together: a mark that the changes of one command share, so that they are undone at once.

        Raises:
            NothingFound: there is no such letter.
            BadValue: a value that its field does not know.
        """
        said = changing.checked(changes)
        self._one(entry_id)
        with self._writer.desk() as desk, self._writer.act() as mark:
            # Only now it is sure that nobody else changes it.
            entry = self._one(entry_id)
            hand = Hand(who, together)
            change = changing.correction(self._holdings, entry, said, hand=hand, desk=desk)
            if change is None:
                return entry
            mark.begin(entry.digest)
            shown = changing.perform(self._holdings, change, desk)
        return next(one for one in shown if one.id == entry.id)

    def decide(self, decision: naming.Decision, *, who: str) -> None:
        """Keep one more decision about senders, and show their letters by it.

        Raises:
            NothingFound, BadValue: there is nothing to decide.
            Damaged: what was decided before cannot be read.
        """
        with self.run(), self._writer.act() as mark:
            decided = decision(senders.read(self.root))
            mark.begin(ALL)
            naming.decide(self._holdings, decided, who=who)

    def undecide(self, *, who: str) -> None:
        """Take back the last decision about senders that holds; again: the one before.

        Raises:
            NothingFound: none holds.
            Damaged: what was decided before cannot be read.
        """
        self.decide(lambda _now: naming.undone(self._holdings), who=who)

    def spelled(self, typed: str) -> str:
        """The name of a sender that a person typed, as its letters bear it.

        Raises:
            NothingFound: no letter is from it; the nearest names are told.
        """
        with catalog.asking(self.settings.catalog):
            return naming.spelled(self._holdings, typed)

    def senders(self, *, secret: bool = False) -> tuple[Sender, ...]:
        """All senders, by their names; those of secret letters alone only when asked for."""
        with catalog.asking(self.settings.catalog):
            return tuple(naming.overview(self._holdings, secret=secret))

    def habits(self, pages: Sequence[PageText]) -> Habits | None:
        """How the office whose letterhead is on these pages writes; None: it is not known."""
        with catalog.asking(self.settings.catalog):
            return teaching.known(self.connection, pages)

    def source(self, entry: Entry) -> Source:
        """The file that a letter came in, as it lies in the vault: to be read, never written.

        Raises:
            Damaged: its record cannot be understood.
        """
        known = self._holdings.vault.record(entry.digest)
        return Source(
            path=self.root / entry.original,
            name=known.source,
            digest=known.digest,
            size=known.size,
            format=known.format,
            modified=known.modified,
        )

    def foreseen(self, renewal: Renewal) -> tuple[Entry, ...]:
        """The letters of a file as ``renew`` would leave them; nothing is written."""
        return changing.foreseen(self._holdings, renewal)

    def undoing(self, *, letter: int = 0, act: int = 0) -> Undoing:
        """The last act that can be undone, with what it did; see ``undoing.last``.

        Raises:
            NothingFound: there is none.
            UsageError: it cannot be undone, or not any more.
        """
        self._in_step()
        return undoing.last(self._holdings, letter=letter, act=act)

    def undo(self, what: Undoing, *, who: str) -> Iterator[Entry]:
        """Take back an act, file by file, each by a new act; gives the letters as they are then.

        Raises:
            UsageError: something of it was changed again meanwhile.
            Damaged: a record is not the one that the catalog was made from.
        """
        hand = Hand(who, os.urandom(6).hex() if len(what.steps) > 1 else "")
        for digest in what.steps:
            with self._writer.desk() as desk, self._writer.act() as mark:
                change = undoing.prepared(self._holdings, what, digest, hand=hand, desk=desk)
                if change is None:
                    continue
                mark.begin(digest)
                shown = changing.perform(self._holdings, change, desk)
            yield from (entry for entry in shown if entry.id in change.ids)

    def renew(
        self, renewal: Renewal, desk: Path, *, who: str, together: str = ""
    ) -> tuple[Entry, ...]:
        """Put what was read again in the place of what was kept; the old record is kept.

        What people said stays on top. Text, searchable PDF and record change together or not at
        all, whatever breaks off. Gives the letters of the file; the layer is moved from the desk.

        Raises:
            NothingFound: the file is not in the archive any more.
            Damaged: its record is not the one that the catalog was made from.
            NoSpace, ArchiveError: nothing is lost; what was begun is finished by the next writer.
        """
        with disk.writing(self.root):
            sums = changing.lay_out(renewal, desk)
        with self._writer.act() as mark:
            ids = catalog.known(self.connection, renewal.digest)
            self._one(ids[0] if ids else 0)
            hand = Hand(who, together)
            change = changing.renewed(self._holdings, renewal, sums, hand=hand, desk=desk)
            if change is None:
                return self._entries(ids)
            place = desk.relative_to(self.root).as_posix()
            mark.begin(renewal.digest, change.fresh, desk=place)
            return changing.perform(self._holdings, change, desk)

    def doubted(self) -> Iterator[Entry]:
        """The letters about whose pages there are doubts, in the order of their IDs."""
        with catalog.asking(self.settings.catalog):
            yield from catalog.entries(self.connection, catalog.doubted(self.connection))

    def all_pages(self, entry: Entry) -> tuple[PageText, ...]:
        """The pages of the file that a letter came in, those of other letters too.

        Raises:
            Damaged: they are missing or damaged.
        """
        return self._holdings.vault.pages(entry.digest)

    def pages(self, entry: Entry) -> tuple[PageText, ...]:
        """The pages of a letter with their words.

        Raises:
            Damaged: their file is missing or damaged.
        """
        wanted = set(entry.pages)
        return tuple(page for page in self.all_pages(entry) if page.number in wanted)
