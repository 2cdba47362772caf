"""How damage is mended from a copy: bytes are taken only when they hash to what was filed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from arsip.archive import aside, catalog, disk, filing, record, settings, tombs, vault
from arsip.archive.check import Damage
from arsip.archive.holdings import Holdings
from arsip.archive.ledger import Act, Ledger
from arsip.archive.vault import Vault
from arsip.errors import Damaged, SetupError, UsageError
from arsip.model import Event, Report
from arsip.words import _

WANTING: Final = frozenset({"missing", "changed", "unreadable"})
"""Damage of a file whose bytes a copy may have."""


class Mending(NamedTuple):
    """Something that is damaged, and what can mend it.

    Attributes:
        damage: as ``verify`` tells it; ``orphan``: a folder of the copy that the archive has not.
        digest: SHA-256 of the bytes that belong there; of an orphan that of its original.
        source: where those bytes are; None: nowhere in the copy.
        place: where they belong, below the archive's root.
    """

    damage: Damage
    digest: str
    source: Path | None
    place: Path


def plan(
    holdings: Holdings, found: Iterable[Damage], source: Path, *, report: Report
) -> list[Mending]:
    """What of the damage bytes in a folder can mend; nothing is written.

    Args:
        holdings: of the archive.
        found: what ``verify`` found.
        source: a copy of the archive, or any folder of files.
        report: hears of each file that is looked at.

    Raises:
        UsageError: there is no such folder, or it is the archive's own.
    """
    _fit(holdings.root, source)
    wanted = dict(_wanted(holdings, found))
    sounds = dict(_sounds(source, wanted, report))
    mended = [
        Mending(damage, digest, sounds.get(digest), place)
        for place, (damage, digest) in sorted(wanted.items())
    ]
    return [*mended, *_orphans(holdings, source)]


def _fit(root: Path, source: Path) -> None:
    if not source.is_dir():
        raise UsageError(
            _("There is no folder {folder}.").format(folder=source), hint="arsip repair --help"
        )
    if Path(os.path.realpath(source)).is_relative_to(os.path.realpath(root)):
        raise UsageError(
            _("{folder} is the archive itself; name a copy.").format(folder=source),
            hint="arsip repair --from /media/usb/arsip",
        )


def _wanted(
    holdings: Holdings, found: Iterable[Damage]
) -> Iterator[tuple[Path, tuple[Damage, str]]]:
    """Place -> the damage there, and the SHA-256 of what belongs there."""
    noted = holdings.ledger.sums()
    for damage in found:
        if damage.slug in WANTING and str(damage.path) in noted:
            original = vault.is_original(damage.path.name) and damage.digest
            yield damage.path, (damage, original or noted[str(damage.path)])
        elif damage.slug == "aside":
            told = aside.read(holdings.root / damage.path)
            assert told is not None
            place = damage.path / aside.copy_name(holdings.root / damage.path, told[0])
            yield place, (damage, told[0].digest)


def _sounds(
    source: Path, wanted: Mapping[Path, tuple[Damage, str]], report: Report
) -> Iterator[tuple[str, Path]]:
    """SHA-256 -> a file in the source with those bytes; where a copy has it is looked first."""
    left = {digest for _damage, digest in wanted.values()}
    places = (source / place for place in wanted)
    for done, path in enumerate((*places, *(_files(source) if left else ())), 1):
        if not left:
            return
        report(Event("repair", done=done))
        try:
            digest = disk.digest(path) if path.is_file() and not path.is_symlink() else ""
        except OSError:
            continue
        if digest in left:
            left.discard(digest)
            yield digest, path


def _files(source: Path) -> Iterator[Path]:
    for folder, _folders, names in os.walk(source):
        yield from (Path(folder, name) for name in sorted(names))


def _orphans(holdings: Holdings, source: Path) -> Iterator[Mending]:
    """Whole letters of a copy of this archive that it has lost every trace of, or never had."""
    if not (source / vault.PLACE).is_dir() or not _same(holdings.root, source):
        return
    theirs = Vault(source)
    noted = {Path(path).parent.name for path in holdings.ledger.sums()}
    sums = Ledger(source).sums()
    for digest in theirs.digests():
        buried = tombs.of_digest(holdings.connection, digest)
        if holdings.vault.names(digest) or digest in noted or buried:
            continue
        place = theirs.place(digest)
        ids = _ids(theirs, digest)
        free = ids and not any(_given(holdings, number) for number in ids)
        sound = free and theirs.holds(digest) and _as_noted(theirs, digest, sums)
        damage = Damage("orphan", place, ids, digest)
        yield Mending(damage, digest, theirs.folder(digest) if sound else None, place)


def _same(root: Path, source: Path) -> bool:
    """Whether a folder is a copy of this archive; one that does not say so may be."""
    try:
        return settings.read(source).id == settings.read(root).id
    except SetupError:
        return not (source / settings.FILE).exists()


def _ids(theirs: Vault, digest: str) -> tuple[int, ...]:
    try:
        return theirs.record(digest).ids
    except Damaged:
        return ()


def _given(holdings: Holdings, number: int) -> bool:
    connection = holdings.connection
    return catalog.taken(connection, number) or bool(tombs.of_id(connection, number))


def _as_noted(theirs: Vault, digest: str, sums: Mapping[str, str]) -> bool:
    """Whether a folder of a copy is what the copy's ledger says, as far as it says anything."""
    return all(sums.get(path, summed) == summed for path, summed in theirs.sums(digest).items())


def apply(holdings: Holdings, planned: Sequence[Mending], desk: Callable[[], Path]) -> None:
    """Mend what can be mended; what was there is set aside, nothing is deleted.

    Args:
        holdings: of the archive; its lock is held.
        planned: as ``plan`` gives it.
        desk: gives a new empty folder.
    """
    folders: dict[Path, list[Mending]] = {}
    for one in planned:
        if one.source is not None and one.damage.slug == "orphan":
            _adopted(holdings, one, one.source, desk())
        elif one.source is not None:
            folders.setdefault(one.place.parent, []).append(one)
    for place, mendings in folders.items():
        _mended(holdings, place, mendings, desk())


def _adopted(holdings: Holdings, one: Mending, source: Path, desk: Path) -> None:
    """Take a whole folder over from the copy."""
    folder = desk / "letter"
    folder.mkdir(disk.FOLDER_MODE)
    for file in sorted(source.iterdir()):
        _taken(file, folder / file.name)
    disk.flush_folder(folder)
    holdings.vault.put(folder, one.digest)
    known = holdings.vault.record(one.digest)
    holdings.note(Act("file", known.ids, holdings.vault.sums(one.digest), {"recovered": "copy"}))
    holdings.show(known, holdings.texts(one.digest))


def _mended(holdings: Holdings, place: Path, mendings: Sequence[Mending], desk: Path) -> None:
    """Put sound bytes into one folder."""
    fresh = desk / "fresh"
    fresh.mkdir(disk.FOLDER_MODE)
    sound = [one for one in mendings if one.source and _sound(one, one.source, fresh)]
    digest = mendings[0].damage.digest
    lost = bool(digest) and not holdings.vault.names(digest)
    if lost and not any(vault.is_original(one.place.name) for one in sound):
        return
    if lost:
        disk.flush_folder(fresh)
        holdings.vault.put(fresh, digest)
    else:
        for one in sound:
            filing.replace(holdings, fresh / one.place.name, holdings.root / one.place)
        disk.flush_folder(holdings.root / place)
    files = {str(one.place): one.digest for one in sound if one.damage.slug != "aside"}
    if files:
        holdings.note(Act("repair", holdings.ledger.ids(min(files)), files))
    _shown(holdings, digest)


def _sound(one: Mending, source: Path, fresh: Path) -> bool:
    """Whether the bytes that were copied still are what belongs there."""
    _taken(source, fresh / one.place.name)
    return disk.digest(fresh / one.place.name) == one.digest


def _taken(source: Path, place: Path) -> None:
    shutil.copyfile(source, place)
    place.chmod(disk.ORIGINAL_MODE if vault.is_original(place.name) else disk.FILE_MODE)
    disk.flush_file(place)


def _shown(holdings: Holdings, digest: str) -> None:
    """Show the letters of a folder that has a sound record now."""
    if digest and record.FILE in holdings.vault.names(digest):
        try:
            holdings.show(holdings.vault.record(digest), holdings.texts(digest))
        except Damaged:
            return
