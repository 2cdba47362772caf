"""How letters end for good: the ledger says so first, then every byte of them leaves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from arsip.archive import aside, catalog, disk, entering, record, tending, tombs
from arsip.archive.holdings import Holdings
from arsip.archive.vault import DIGEST, VIEWS
from arsip.errors import ArchiveError, Damaged, quoted
from arsip.model import Entry
from arsip.words import _

PLACE: Final = "trash"
"""Where folders of the vault lie for the moment between their end and that of their bytes."""
BROKEN: Final = ".damaged-*"
"""The end of the names of catalogs that were moved out of the way."""


def destroy(holdings: Holdings, files: Sequence[Sequence[Entry]], *, who: str, why: str) -> None:
    """Destroy files with all their letters; the ledger's lines are what makes it so.

    Args:
        holdings: of the archive.
        files: of each file all its letters.
        who: who asked for it.
        why: their reason.
    """
    noted = holdings.ledger.sums()
    for entries in files:
        place = holdings.vault.place(entries[0].digest)
        names = {str(place / name) for name in holdings.vault.names(entries[0].digest)}
        names |= {path for path in noted if Path(path).parent == place}
        holdings.note(tombs.act(entries, names, who=who, why=why))
    finish(holdings)


def ended(holdings: Holdings) -> dict[str, tuple[int, ...]]:
    """The files that were destroyed and have left nothing of a later filing: digest -> letters."""
    last = {line.act.note["sha256"]: line.act.ids for line in holdings.ledger.of(tombs.ACT)}
    return {digest: ids for digest, ids in last.items() if not _filed_again(holdings, digest, ids)}


def _filed_again(holdings: Holdings, digest: str, ids: Sequence[int]) -> bool:
    """Whether the folder of these bytes is of a later filing, by its accession numbers."""
    try:
        known = holdings.vault.record(digest).ids
    except Damaged:
        place = holdings.vault.place(digest)
        known = holdings.ledger.ids(str(place / record.FILE))
    return not set(known) <= set(ids)


def finish(holdings: Holdings) -> int:
    """Let all bytes of what the ledger calls destroyed leave; gives how many files that were.

    Any of it may be done already, by a run that broke off.
    """
    trash = holdings.root / PLACE
    disk.make_folders(trash)
    for digest in ended(holdings):
        if holdings.vault.names(digest):
            _remove(trash / digest)
            holdings.vault.folder(digest).rename(trash / digest)
            disk.flush_folder(trash)
            disk.flush_folder(holdings.vault.folder(digest).parent)
    left = sorted(item.name for item in trash.iterdir() if DIGEST.fullmatch(item.name))
    if left:
        _hide(holdings, left)
        for path in (*beside(holdings.root, left), *_old_catalogs(holdings)):
            _remove(path)
        for digest in left:
            _remove(trash / digest)
        disk.flush_folder(trash)
    return len(left)


def _hide(holdings: Holdings, digests: Sequence[str]) -> None:
    """Take letters out of catalog and shelf, where only their tombs stay."""
    connection = holdings.connection
    places = [place for digest in digests for place in catalog.shelved(connection, digest).values()]
    with catalog.changing(connection):
        for digest in digests:
            entering.remove(connection, digest)
        tombs.put(connection, tombs.told(holdings.ledger))
    # No word of theirs stays behind in the index, nor in the files that SQLite keeps beside it.
    tending.optimise(connection)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for place in places:
        holdings.shelf.unlink(place)
    holdings.shelf.flush()


def beside(root: Path, digests: Sequence[str]) -> Iterator[Path]:
    """What else holds bytes of files: copies made for a look, and what was set aside of them."""
    for digest in digests:
        yield from (root / VIEWS).glob(f"{digest}.*")
        yield from (root / VIEWS).glob(f".{digest[:16]}.*")
        yield from (root / aside.PLACE).glob(f"{digest[:12]} *")
        yield from (root / aside.PLACE).glob(f"* {digest[:12]}")


def _old_catalogs(holdings: Holdings) -> Iterator[Path]:
    """Catalogs that broke and were moved out of the way: they hold words of all letters."""
    *_head, place = holdings.connection.execute("PRAGMA database_list").fetchone()
    yield from Path(place).parent.glob(f"{Path(place).name}{BROKEN}")


def _remove(path: Path) -> None:
    """Remove a file or folder of ours.

    Raises:
        ArchiveError: some of it stays.
    """
    if path.is_dir() and not path.is_symlink():
        disk.wipe(path)
    else:
        path.unlink(missing_ok=True)
    if path.exists():
        raise ArchiveError(
            _("{path} cannot be removed.").format(path=path), hint=f"ls -l {quoted(path.parent)}"
        )
