"""An archive that is looked after: checked, made anew, mended, copied, and rid of letters."""

from __future__ import annotations

import contextlib
import itertools
import os
from collections.abc import Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from arsip.archive import (
    aside,
    backing,
    catalog,
    changing,
    check,
    counting,
    destroying,
    disk,
    founding,
    lock,
    mending,
    rebuilding,
    recovery,
    renditions,
    schema,
    tombs,
)
from arsip.archive.backing import Backup
from arsip.archive.beside import Beside
from arsip.archive.changing import Move
from arsip.archive.check import Damage, Round
from arsip.archive.counting import Counts
from arsip.archive.holdings import Holdings
from arsip.archive.ledger import Act, Line
from arsip.archive.mending import Mending
from arsip.archive.record import Hand
from arsip.archive.settings import Settings
from arsip.archive.tombs import Tomb
from arsip.archive.writing import ALL, LOCK, Run, Writer
from arsip.errors import NoSpace, UsageError
from arsip.model import Clock, Entry, Report, silent
from arsip.words import _


class Keeper(Beside):
    """An archive as the one who looks after it holds it."""

    def __init__(self, holdings: Holdings, *, kept: Settings, writer: Writer, clock: Clock) -> None:
        super().__init__(holdings.root, kept=kept, connection=holdings.connection, writer=writer)
        self._clock = clock
        self._holdings = holdings
        self._tended: tuple[int, int] | None = None

    def run(self) -> AbstractContextManager[Run]:
        """A place in staging, after what broken-off runs left was brought in step.

        Raises:
            Busy: another writer does not let go of the archive.
        """
        return self._writer.run()

    def verify(self, *, full: bool, report: Report = silent) -> list[Damage]:
        """What is not as it should be: every file is there (quick) and hashes well (full).

        What a broken-off run left half done is no damage: where the archive can be written, it is
        brought in step first. Else nothing is written, but when each folder was read.
        """
        self._in_step()
        return self._confirmed(check.verify(self._holdings, full=full, report=report), full=full)

    def verify_turn(self, seconds: float, *, report: Report = silent) -> Round:
        """The same, in full, of what was not read for the longest time, for so many seconds."""
        self._in_step()
        found = check.turn(self._holdings, seconds, report=report)
        return found._replace(damage=self._confirmed(found.damage, full=True))

    def proven(self, head: str) -> list[Damage]:
        """What of the ledger is not as it was when the hash of a line was published."""
        return check.proven(self._holdings, head)

    def _in_step(self) -> None:
        """Finish what a run left that broke off: what is half done is not what the catalog says."""
        # A full disk is no reason not to look.
        with contextlib.suppress(NoSpace):
            if recovery.owed(self.root):
                with self.run():
                    pass

    def _confirmed(self, found: list[Damage], *, full: bool) -> list[Damage]:
        if not found or not disk.writable(self.root):
            return found
        # Another process may have been at work meanwhile: look again at what seemed wrong.
        with self._writer.act():
            return check.confirmed(self._holdings, found, full=full)

    def rebuild(self, report: Report = silent) -> int:
        """Make catalog and shelf anew from the vault; gives how many letters there are."""
        with catalog.asking(self.settings.catalog):
            if not catalog.whole(self.connection):
                self._replace_catalog(report)
        with self.run(), self._writer.act() as mark:
            mark.begin(ALL)
            return rebuilding.rebuild(self._holdings, report)

    def counts(self) -> Counts:
        """How much the archive holds."""
        with catalog.asking(self.settings.catalog):
            found = counting.counts(self.connection)
        return found._replace(aside=len(aside.folders(self.root)))

    def trash(self, ids: Iterable[int], *, who: str, why: str = "") -> tuple[Entry, ...]:
        """Hide letters, with all their renditions: nothing goes, ``untrash`` takes it back.

        Those that are in the trash already stay there. Gives the letters as they are now.

        Raises:
            NothingFound: there is no such letter; nothing was done then.
            Damaged: a record is not the one that the catalog was made from.
        """
        return self._moved("trash", ids, who=who, why=why)

    def untrash(self, ids: Iterable[int], *, who: str) -> tuple[Entry, ...]:
        """Bring letters back from the trash; takes back what ``trash`` did.

        Raises:
            NothingFound, Damaged: as ``trash``.
        """
        return self._moved("untrash", ids, who=who)

    def _moved(self, act: str, ids: Iterable[int], *, who: str, why: str = "") -> tuple[Entry, ...]:
        self._in_step()
        entries = [self._one(number) for number in dict.fromkeys(ids)]
        wanted = changing.STATES[act]
        also = (self._entries(self.renditions(entry.id)) for entry in entries)
        every = {one.id: one for one in itertools.chain(entries, *also)}.values()
        left = sorted((one for one in every if one.state != wanted), key=_digest)
        # What one command moves is undone at once.
        hand = Hand(who, os.urandom(6).hex() if len(set(map(_digest, left))) > 1 else "")
        with self.run() as run:
            for digest, files in itertools.groupby(left, _digest):
                move = Move(act, digest, tuple(entry.id for entry in files))
                desk = run.desk()
                with self._writer.act() as mark:
                    mark.begin(digest)
                    change = changing.moving(self._holdings, move, desk, hand=hand, why=why)
                    changing.perform(self._holdings, change, desk)
        return self._entries(tuple(entry.id for entry in entries))

    def join(self, first: int, others: Iterable[int], *, who: str) -> Entry:
        """Make letters further renditions of the first; gives the letter that shows.

        Raises:
            NothingFound: there is no such letter; nothing was done then.
            BadValue: they are one already.
            UsageError: a file of theirs holds other letters, too.
            Damaged: a record is not the one that the catalog was made from.
        """
        self._in_step()
        named = [self._one(number).id for number in (first, *others)]
        with catalog.asking(self.settings.catalog):
            plan = renditions.joined(self.connection, named[0], named[1:])
        self._likened("join", plan, who=who)
        with catalog.asking(self.settings.catalog):
            return self._one(renditions.head(self.connection, named[0]))

    def part(self, ids: Iterable[int], *, who: str) -> tuple[Entry, ...]:
        """Make renditions, and what may be some, letters of their own; gives them.

        Raises:
            NothingFound: there is no such letter; nothing was done then.
            BadValue: one is its own letter.
            Damaged: a record is not the one that the catalog was made from.
        """
        self._in_step()
        named = [self._one(number).id for number in ids]
        with catalog.asking(self.settings.catalog):
            plan = renditions.parted(self.connection, named)
        self._likened("part", plan, who=who)
        return self._entries(tuple(plan))

    def _likened(self, act: str, plan: renditions.Plan, *, who: str) -> None:
        hand = Hand(who, os.urandom(6).hex() if len(plan) > 1 else "")
        with self.run() as run:
            for number, same_as in plan.items():
                entry, desk = self._one(number), run.desk()
                with self._writer.act() as mark:
                    change = changing.likening(
                        self._holdings, entry, same_as, desk, act=act, hand=hand
                    )
                    mark.begin(entry.digest)
                    changing.perform(self._holdings, change, desk)

    def doomed(self, ids: Iterable[int]) -> list[tuple[Entry, ...]]:
        """The letters that ``destroy`` would destroy, by the files that they came in.

        Raises:
            NothingFound: there is no such letter.
            UsageError: a file of theirs holds a letter that is not named, or has a rendition that
                is not.
        """
        self._in_step()
        named = {number: self._one(number) for number in ids}
        files: list[tuple[Entry, ...]] = []
        for digest in dict.fromkeys(entry.digest for entry in named.values()):
            known = self.known(digest)
            if others := set(known) - set(named):
                raise UsageError(
                    _("Letter {id} shares its file with others: {others}.").format(
                        id=next(iter(set(known) & set(named))),
                        others=", ".join(map(str, sorted(others))),
                    ),
                    hint=f"arsip destroy {' '.join(map(str, known))}",
                )
            self._whole(known, named)
            files.append(self._entries(known))
        return files

    def _whole(self, known: Iterable[int], named: Collection[int]) -> None:
        """Make sure that no rendition of these letters outlives them unasked.

        Raises:
            UsageError: one is not named.
        """
        for number in known:
            if left := set(self.renditions(number)) - set(named):
                every = sorted({*named, *left})
                raise UsageError(
                    _("Letter {id} came more than once: as {others}, too.").format(
                        id=number, others=", ".join(map(str, sorted(left)))
                    ),
                    hint=f"arsip destroy {' '.join(map(str, every))}",
                )

    def destroy(self, files: Sequence[Sequence[Entry]], *, who: str, why: str) -> None:
        """Destroy letters with all that is kept of them; only their tombs stay.

        Args:
            files: as ``doomed`` gives them.
            who: who asked for it.
            why: their reason.

        Raises:
            ArchiveError: what was begun is finished by the next writer.
        """
        with self.run(), self._writer.act() as mark:
            # A run that broke off may have been at just these, and is finished by now.
            left = [file for file in files if catalog.known(self.connection, file[0].digest)]
            mark.begin(ALL)
            destroying.destroy(self._holdings, left, who=who, why=why)

    def destroyed(self, digest: str) -> tuple[Tomb, ...]:
        """What stays of the letters of these bytes, which were destroyed; none when they were not.

        Bytes that were filed again since are not destroyed.
        """
        with catalog.asking(self.settings.catalog):
            if catalog.known(self.connection, digest):
                return ()
            return tombs.of_digest(self.connection, digest)

    def reveal(self, ids: Iterable[int], *, who: str, command: str) -> None:
        """Note that secret letters are shown to a person.

        Raises:
            Busy, NoSpace, ArchiveError: it cannot be noted.
        """
        with self._writer.act():
            note = {"who": who, "command": command}
            self._holdings.note(Act("reveal", tuple(ids), note=note))

    def head(self) -> Line | None:
        """The last line of the ledger: its hash, published, proves all before it."""
        return self._holdings.ledger.head()

    def back_up(self, target: Path, *, report: Report = silent) -> Backup:
        """Bring a copy of the archive in a folder up to date, and prove it by its hashes.

        Raises:
            UsageError: the folder is no place for one.
            Busy: another backup goes there.
            NoSpace, ArchiveError: it cannot be written; the next backup goes on.
        """
        return backing.back_up(self._holdings, target, writer=self._writer, report=report)

    def mend(
        self, source: Path, *, apply: bool, report: Report = silent
    ) -> tuple[list[Mending], list[Damage]]:
        """What of the damage sound bytes in a folder can mend, and the damage that there is then.

        Args:
            source: a copy of the archive, or any folder of files.
            apply: mend it; else nothing is written.
            report: hears of each file that is looked at.

        Raises:
            UsageError: there is no such folder.
        """
        found = self.verify(full=True, report=report)
        plan = mending.plan(self._holdings, found, source, report=report)
        if apply and any(one.source for one in plan):
            with self.run() as run, self._writer.act() as mark:
                mark.begin(ALL)
                mending.apply(self._holdings, plan, run.desk)
                found = check.confirmed(self._holdings, found, full=True)
        return plan, found

    def release(self, digest: str) -> None:
        """Take bytes that are filed now off the list of what was set aside, if they are on it."""
        for folder in aside.of(self.root, digest):
            self.released(folder, reason="filed")

    def released(self, folder: Path, *, reason: str) -> None:
        """Take what was set aside off the list; its copy, if there is one, is no longer needed.

        Args:
            folder: of ``aside/``.
            reason: slug: ``filed``, ``given_back``.
        """
        told = aside.read(folder)
        with self._writer.act():
            note = {"sha256": told[0].digest if told else "", "reason": reason}
            self._holdings.note(Act("release", note=note))
            disk.wipe(folder)
            disk.flush_folder(folder.parent)

    def _replace_catalog(self, report: Report) -> None:
        """Put an empty catalog in the place of one that is broken inside."""
        with disk.writing(self.root), lock.held(self.root / LOCK, wait=self._writer.wait):
            self.connection.close()
            place = self.settings.catalog
            self.connection = founding.anew(place, wait=self._writer.wait, report=report)
            self.connection.execute("PRAGMA journal_mode = WAL")
            schema.apply(self.connection)
        self._holdings = self._holdings._replace(connection=self.connection)
        self._writer.holdings = self._holdings


def _digest(entry: Entry) -> str:
    return entry.digest
