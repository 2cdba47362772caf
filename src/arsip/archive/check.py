"""Verification: the vault against the ledger, the catalog and the shelf against the vault."""

from __future__ import annotations

import contextlib
import datetime as dt
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from arsip.archive import aside, catalog, checked, disk, entering, record, senders, tombs, vault
from arsip.archive.holdings import Holdings
from arsip.archive.record import Record
from arsip.archive.vault import is_original
from arsip.errors import ArchiveError, Damaged
from arsip.model import Event, Report
from arsip.words import N_, _

KINDS: Final = {
    "missing": N_("is missing"),
    "changed": N_("is not what was filed"),
    "unreadable": N_("cannot be read"),
    "unknown": N_("was not put there by arsip"),
    "unrecorded": N_("is not in the ledger"),
    "ledger": N_("is broken in the ledger"),
    "head": N_("does not have the line of that hash: it was changed or cut since"),
    "catalog": N_("is not as the vault says; arsip rebuild mends it"),
    "shelf": N_("does not stand on the shelf as it should; arsip rebuild mends it"),
    "orphan": N_("is in the copy, but not in this archive"),
    "aside": N_("was set aside, and its copy is damaged"),
}


class Damage(NamedTuple):
    """Something that is not as arsip left it.

    Attributes:
        slug: a key of KINDS.
        path: below the archive's root.
        ids: the letters it concerns.
        digest: of the file it concerns; empty when it concerns none.
        line: in a ledger file; 0 elsewhere.
    """

    slug: str
    path: Path
    ids: tuple[int, ...] = ()
    digest: str = ""
    line: int = 0

    @property
    def words(self) -> str:
        """One sentence for people."""
        where = f"{self.path}:{self.line}" if self.line else str(self.path)
        return f"{where} {_(KINDS[self.slug])}."


class _Noted(NamedTuple):
    """What ledger and catalog say of each file.

    Attributes:
        sums: digest -> name in its folder -> SHA-256.
        others: path -> SHA-256 of files that are not in the vault: what people decided of senders.
        records: digest -> SHA-256 of the record that the catalog shows.
    """

    sums: dict[str, dict[str, str]]
    others: dict[str, str]
    records: Mapping[str, str]


class Round(NamedTuple):
    """A part of the archive that was read in full.

    Attributes:
        damage: what is not as it should be.
        read: how many files as they came were read.
        left: how many were not, this time.
        oldest: when that was read which is now the longest ago; None: some never was.
    """

    damage: list[Damage]
    read: int
    left: int
    oldest: dt.datetime | None


def verify(holdings: Holdings, *, full: bool, report: Report) -> list[Damage]:
    """Everything that is not as it should be.

    Args:
        holdings: of the archive.
        report: hears of each file.
        full: read and hash every file and compare every row, instead of looking for them only.
    """
    noted = _noted(holdings)
    digests = _digests(holdings, noted)
    found = list(_around(holdings, noted, full=full))
    for done, digest in enumerate(digests, 1):
        found += _folder(holdings, digest, noted, full=full)
        report(Event("verify", done=done, total=len(digests)))
    if full:
        _remember(holdings, dict.fromkeys((checked.AROUND, *digests), holdings.clock()))
    return found


def turn(holdings: Holdings, seconds: float, *, report: Report) -> Round:
    """Read in full what was not read for the longest time, until so many seconds are over."""
    noted = _noted(holdings)
    digests = _digests(holdings, noted)
    known = checked.times(holdings.root)
    order = checked.oldest_first((checked.AROUND, *digests), known)
    known = {what: known[what] for what in order if what in known}
    found = list(_around(holdings, noted, full=False))
    end = time.monotonic() + seconds
    done = 0
    for done, what in enumerate(order, 1):
        if what == checked.AROUND:
            found += (one for one in _around(holdings, noted, full=True) if one not in found)
        else:
            found += _folder(holdings, what, noted, full=True)
        known[what] = holdings.clock()
        report(Event("verify", done=done, total=len(order)))
        if time.monotonic() >= end:
            break
    _remember(holdings, known)
    read = done - (checked.AROUND in order[:done])
    oldest = min(known.values()) if len(known) == len(order) else None
    return Round(found, read, len(digests) - read, oldest)


def proven(holdings: Holdings, head: str) -> list[Damage]:
    """Whether all lines up to one with this hash are as they were when it was published.

    Gives the flaws among them; or that there is no such line.
    """
    place = holdings.ledger.folder.relative_to(holdings.root)
    found = next((line for line in holdings.ledger.lines() if line.hash == head), None)
    if found is None:
        return [Damage("head", place)]
    flaws = (flaw for flaw in holdings.ledger.flaws() if flaw.before(found))
    return [
        Damage("ledger", flaw.path.relative_to(holdings.root), line=flaw.number) for flaw in flaws
    ]


def _remember(holdings: Holdings, known: Mapping[str, dt.datetime]) -> None:
    """Keep in mind what was read, where that can be written."""
    if disk.writable(holdings.root):
        with contextlib.suppress(ArchiveError), disk.writing(holdings.root):
            checked.keep(holdings.root, known)


def _digests(holdings: Holdings, noted: _Noted) -> list[str]:
    return sorted({*noted.sums, *noted.records, *holdings.vault.digests()})


def confirmed(holdings: Holdings, found: Sequence[Damage], *, full: bool) -> list[Damage]:
    """Which of these still are, now that nobody else writes: the lock is held."""
    noted = _noted(holdings)
    around = any(not one.digest for one in found)
    again = list(_around(holdings, noted, full=full)) if around else []
    for digest in sorted({one.digest for one in found if one.digest}):
        again += _folder(holdings, digest, noted, full=full)
    return again


def _noted(holdings: Holdings) -> _Noted:
    noted = _Noted({}, {}, _records(holdings))
    for path, summed in holdings.ledger.sums().items():
        place = Path(path)
        if place.parts[0] == vault.PLACE:
            noted.sums.setdefault(place.parent.name, {})[place.name] = summed
        else:
            noted.others[path] = summed
    return noted


def _records(holdings: Holdings) -> dict[str, str]:
    try:
        return catalog.records(holdings.connection)
    except catalog.BROKEN:
        return {}


def _around(holdings: Holdings, noted: _Noted, *, full: bool) -> Iterator[Damage]:
    """What is no folder of the vault: ledger, catalog, stray links, senders, what is aside."""
    root = holdings.root
    for flaw in holdings.ledger.flaws():
        yield Damage("ledger", flaw.path.relative_to(root), line=flaw.number)
    try:
        sound = catalog.intact(holdings.connection, full=full) and (not full or _told(holdings))
        places = set(catalog.shelved(holdings.connection).values())
    except (*catalog.BROKEN, *catalog.ODD):
        sound, places = False, set(holdings.shelf.links())
    if not sound:
        yield Damage("catalog", Path("catalog"))
    for place in sorted(set(holdings.shelf.links()) - places):
        yield Damage("shelf", holdings.shelf.folder.relative_to(root) / place)
    yield from _decided(holdings, noted, full=full)
    yield from _aside(root, full=full)


def _told(holdings: Holdings) -> bool:
    """Whether the catalog knows what the ledger says of numbers that were given and destroyed."""
    given = max(holdings.ledger.last_id(), catalog.greatest(holdings.connection))
    return catalog.last_id(holdings.connection) == given and tombs.agree(
        holdings.connection, tombs.told(holdings.ledger)
    )


def _decided(holdings: Holdings, noted: _Noted, *, full: bool) -> Iterator[Damage]:
    """The decisions about senders that are missing or changed, and whether letters show them."""
    wrong = False
    for path, summed in sorted(noted.others.items()):
        # They are small and were typed by people: quick or full, they are compared.
        slug = _file(holdings, Path(path), summed, None, full=True)
        if slug:
            wrong = True
            yield Damage(slug, Path(path))
    if not wrong and full and _behind(holdings):
        yield Damage("catalog", senders.FILE)


def _behind(holdings: Holdings) -> bool:
    try:
        shown = catalog.told(holdings.connection, "senders")
        return shown != str(senders.read(holdings.root).revision)
    except (*catalog.BROKEN, Damaged):
        return False


def _aside(root: Path, *, full: bool) -> Iterator[Damage]:
    for folder in aside.folders(root):
        told = aside.read(folder)
        place = folder.relative_to(root)
        if told is None:
            yield Damage("unknown", place)
        elif told[1] and not (aside.kept(folder, told[0].digest) if full else aside.copied(folder)):
            yield Damage("aside", place)


def _folder(holdings: Holdings, digest: str, noted: _Noted, *, full: bool) -> Iterator[Damage]:
    """What is wrong with one folder of the vault, and with what is shown of it."""
    sums = noted.sums.get(digest, {})
    known = _record(holdings, digest)
    ids = known.ids if known else ()
    place = holdings.vault.place(digest)
    names = holdings.vault.names(digest)
    if names and not sums:
        yield Damage("unrecorded", place, ids, digest)
    for name in sorted({*sums, *names}):
        slug = _file(holdings, place / name, sums.get(name), known, full=full)
        if slug and (sums or slug != "unknown"):
            yield Damage(slug, place / name, ids, digest)
    if known is not None:
        yield from _shown(holdings, known, noted, full=full)
    elif not sums and not names:
        yield Damage("catalog", place, ids, digest)
    elif record.FILE in names:
        yield Damage("unreadable", place / record.FILE, ids, digest)


def _record(holdings: Holdings, digest: str) -> Record | None:
    try:
        return holdings.vault.record(digest)
    except Damaged:
        return None


def _file(
    holdings: Holdings, path: Path, summed: str | None, known: Record | None, *, full: bool
) -> str:
    """The slug of what is wrong with one file; empty when nothing is."""
    real = holdings.root / path
    try:
        size = real.lstat().st_size
        if summed is None:
            return "unknown"
        cut = is_original(path.name) and known is not None and size != known.size
        changed = cut or (full and (real.is_symlink() or disk.digest(real) != summed))
    except OSError as error:
        return "missing" if isinstance(error, FileNotFoundError) else "unreadable"
    return "changed" if changed else ""


def _shown(holdings: Holdings, known: Record, noted: _Noted, *, full: bool) -> Iterator[Damage]:
    """Where catalog and shelf do not show a record as it is."""
    place = holdings.vault.place(known.digest)
    try:
        places = catalog.shelved(holdings.connection, known.digest)
        entries = holdings.letters(known)
        noted_sum = noted.sums.get(known.digest, {}).get(record.FILE, known.sum)
        right = noted.records.get(known.digest) == noted_sum
        right = right and places.keys() == set(known.ids)
        if right and full:
            texts = holdings.texts(known.digest)
            right = all(
                entering.agrees(
                    holdings.connection, holdings.card(entry, noted_sum, texts, places[entry.id])
                )
                for entry in entries
            )
    except (*catalog.BROKEN, Damaged) as error:
        if "decode" in str(error):  # bytes that are no text have no code of their own
            yield Damage("catalog", place, known.ids, known.digest)
        return
    if not right:
        yield Damage("catalog", place, known.ids, known.digest)
        return
    for entry in entries:
        if not holdings.shelf.stands(entry.file, places[entry.id]):
            where = holdings.shelf.folder.relative_to(holdings.root) / places[entry.id]
            yield Damage("shelf", where, (entry.id,), known.digest)
