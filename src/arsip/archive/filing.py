"""How a reading becomes a folder of the vault, and how damaged files of one are replaced."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from arsip.archive import aside, catalog, checking, disk, pagetext, record, rescans, vault
from arsip.archive.aside import Aside
from arsip.archive.holdings import Holdings
from arsip.archive.ledger import Act
from arsip.errors import ArchiveError, Damaged
from arsip.model import Entry, Reading
from arsip.words import _


def lay_out(reading: Reading, folder: Path) -> dict[str, str]:
    """Put all but the record into a new folder, durably; original and layer are moved there.

    Gives the SHA-256 of each file by its name.

    Raises:
        ArchiveError: the copy is no longer what was taken.
    """
    folder.mkdir(disk.FOLDER_MODE)
    original = f"original.{reading.source.extension}"
    sums = {original: disk.moved(reading.source.path, folder / original, mode=disk.ORIGINAL_MODE)}
    if sums[original] != reading.source.digest:
        raise ArchiveError(
            _("The copy of {name} changed while it was read.").format(
                name=checking.printable(reading.source.name)
            ),
            hint=_("Try again; if it happens again, look for a failing disk."),
        )
    if reading.layer is not None:
        sums[record.READING] = disk.moved(
            reading.layer, folder / record.READING, mode=disk.FILE_MODE
        )
    text = pagetext.dump(reading.pages)
    disk.write(folder / record.TEXT, text)
    return {**sums, record.TEXT: disk.summed(text)}


def commit(holdings: Holdings, reading: Reading, folder: Path, sums: Mapping[str, str]) -> Entry:
    """File what was laid out: record, one rename, ledger, catalog, shelf.

    The lock is held, so that no other takes the accession number.
    """
    digest = reading.source.digest
    number = catalog.last_id(holdings.connection) + 1
    same_as = rescans.found(holdings.connection, reading.letter, reading.pages)
    tree = record.compose(reading, ids=(number,), now=holdings.clock(), same_as=same_as)
    content = record.write(tree)
    disk.write(folder / record.FILE, content)
    disk.flush_folder(folder)
    holdings.vault.put(folder, digest)
    filed = record.load(content)
    place = holdings.vault.place(digest)
    files = {**sums, record.FILE: disk.summed(content)}
    holdings.note(
        Act("file", filed.ids, {str(place / name): files[name] for name in sorted(files)})
    )
    return holdings.show(filed, {page.number: page.text for page in reading.pages})[0]


def again(holdings: Holdings, digest: str, name: str) -> None:
    """Note that the same bytes came again under a name, of which only the hash is told."""
    ids = catalog.known(holdings.connection, digest)
    named = disk.summed(checking.printable(name).encode())
    holdings.note(Act("again", ids, note={"sha256": digest, "name_sha256": named}))


def renewed(
    holdings: Holdings, reading: Reading, folder: Path, sums: Mapping[str, str]
) -> dict[str, str]:
    """What of a reading that was laid out must take the place of damaged files of the same bytes.

    Accession numbers are kept, and the record too if it can be read, with the words of people.
    Gives name -> SHA-256.
    """
    digest = reading.source.digest
    place = holdings.vault.place(digest)
    noted = {**holdings.ledger.sums(), **_original(holdings, digest)}
    fresh = dict(sums)
    try:
        if holdings.vault.record(digest).reading is None:
            fresh.pop(record.READING, None)
    except Damaged:
        content = _remade(holdings, reading, noted)
        disk.write(folder / record.FILE, content)
        fresh[record.FILE] = disk.summed(content)
    return {
        name: summed
        for name, summed in fresh.items()
        if not _sound(holdings.root / place / name, noted.get(str(place / name)))
    }


def _remade(holdings: Holdings, reading: Reading, noted: Mapping[str, str]) -> bytes:
    """A record in the place of one that cannot be read.

    It is the newest sound one of those before it, for the words of people in it; else it is made
    of the reading, with the accession numbers that ledger or catalog know.
    """
    digest = reading.source.digest
    place = holdings.vault.place(digest)
    formers = record.formers(holdings.vault.names(digest))
    revision = max(formers, default=0) + 1
    for former in formers:
        path = place / record.former(former)
        if _sound(holdings.root / path, noted.get(str(path))):
            tree = record.read((holdings.root / path).read_bytes())
            return record.write({**tree, "revision": revision})
    ids = holdings.ledger.ids(str(place / record.FILE))
    ids = ids or catalog.known(holdings.connection, digest)
    ids = ids or (catalog.last_id(holdings.connection) + 1,)
    tree = record.compose(reading, ids=ids, now=holdings.clock())
    return record.write({**tree, "revision": revision})


def repair(holdings: Holdings, reading: Reading, folder: Path, fresh: Mapping[str, str]) -> Entry:
    """Put fresh files in the place of damaged ones, which are set aside."""
    digest = reading.source.digest
    place = holdings.vault.place(digest)
    for name in sorted(fresh):
        replace(holdings, folder / name, holdings.root / place / name)
    disk.flush_folder(holdings.root / place)
    known = holdings.vault.record(digest)
    holdings.note(
        Act("repair", known.ids, {str(place / name): fresh[name] for name in sorted(fresh)})
    )
    return holdings.show(known, holdings.texts(digest))[0]


def _original(holdings: Holdings, digest: str) -> dict[str, str]:
    """What the original must hash to, whatever the ledger says."""
    place = holdings.vault.place(digest)
    return {
        str(place / name): digest
        for name in holdings.vault.names(digest)
        if vault.is_original(name)
    }


def _sound(path: Path, noted: str | None) -> bool:
    try:
        return disk.digest(path) == noted
    except OSError:
        return False


def replace(holdings: Holdings, fresh: Path, place: Path) -> None:
    """Put a fresh file in the place of a damaged one, which is set aside.

    Args:
        holdings: of the archive.
        fresh: lies in a folder of a desk.
        place: where it belongs.
    """
    if place.exists():
        desk = fresh.parent.with_name(f"damaged-{place.name}")
        desk.mkdir(disk.FOLDER_MODE)
        told = Aside(f"{place.parent.name[:12]} {place.name}", "", "damaged", "", holdings.clock())
        aside.prepare(desk, told, None)
        kept = aside.free_folder(holdings.root, told)
        desk.rename(kept)
        try:
            os.link(place, kept / place.name)
        except OSError:
            # A folder, or a disk without links: for a moment there is neither the bad nor the good.
            place.rename(kept / place.name)
        disk.flush_folder(kept)
        disk.flush_folder(kept.parent)
    fresh.rename(place)
