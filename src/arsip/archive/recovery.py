"""What a broken-off run left half done is finished or undone."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from arsip.archive import destroying, disk, lock, naming, record
from arsip.archive.holdings import Holdings
from arsip.archive.ledger import NOTHING, Act
from arsip.archive.record import Record
from arsip.errors import Damaged
from arsip.words import _

STAGING: Final = "staging"
RUN: Final = "run-"
LOCK: Final = "lock"


def dead(root: Path) -> list[Path]:
    """The folders of runs that broke off: no living process holds their lock."""
    return [folder for folder in sorted((root / STAGING).glob(f"{RUN}*")) if _left(folder)]


def _left(folder: Path) -> bool:
    if (folder / LOCK).exists():
        return lock.free(folder / LOCK)
    # A run that ends well removes its lock last: an empty folder is none that broke off.
    with contextlib.suppress(OSError):
        folder.rmdir()
    return folder.exists()


def owed(root: Path) -> bool:
    """Whether a run broke off and left something to be finished."""
    if not disk.writable(root):
        return False
    mark = root / LOCK
    left = mark.exists() and mark.stat().st_size > 0 and lock.free(mark)
    return left or bool(dead(root))


def reconcile(holdings: Holdings) -> int:
    """Bring ledger, catalog and shelf in step with the whole vault.

    Gives how many files had to be brought in step. What is damaged stays as it is: verify tells.
    """
    holdings.ledger.mend(mark=os.urandom(4).hex())
    count = destroying.finish(holdings)
    sums = holdings.ledger.sums()
    for digest in holdings.vault.digests():
        with contextlib.suppress(Damaged):
            count += _settled(holdings, digest, sums)
    count += naming.settle(holdings, sums)
    holdings.tidy()
    return count


def resume(holdings: Holdings, digest: str, fresh: Mapping[str, str], desk: Path) -> None:
    """Finish a change whose old record was kept and whose new files were not all moved.

    Where a file of it is missing, or nothing was kept yet, all stays as it is.

    Args:
        holdings: of the archive.
        digest: the folder's name.
        fresh: name -> SHA-256 of the new files.
        desk: where those lie that were not moved.
    """
    vault = holdings.vault
    folder = vault.folder(digest)
    with contextlib.suppress(Damaged):
        known = vault.record(digest)
        kept = _is(folder / record.former(known.revision), known.sum)
        if kept and all(
            _is(folder / name, summed) or _is(desk / name, summed) for name, summed in fresh.items()
        ):
            vault.replace(digest, desk, fresh)


def _is(path: Path, summed: str) -> bool:
    try:
        return disk.digest(path) == summed
    except OSError:
        return False


def settle(holdings: Holdings, digest: str, fresh: Mapping[str, str]) -> None:
    """Bring ledger, catalog and shelf in step with one folder of the vault, if it is there.

    Args:
        holdings: of the archive.
        digest: the folder's name.
        fresh: name -> SHA-256 of files that a repair or a change meant to put there.
    """
    vault = holdings.vault
    if not vault.names(digest):
        return
    holdings.ledger.mend(mark=os.urandom(4).hex())
    sums = holdings.ledger.sums()
    with contextlib.suppress(Damaged):
        known = vault.record(digest)
        put = vault.sums(digest, [name for name in vault.names(digest) if name in fresh])
        new = {path: found for path, found in put.items() if _put(path, found, fresh, sums)}
        if new and not _kept(holdings, known, sums):
            holdings.note(Act("repair", known.ids, new, {"recovered": "yes"}))
            holdings.show(known, holdings.texts(digest))
            sums, new = {**sums, **new}, {}
        _settled(holdings, digest, sums, new)
    holdings.tidy()


def _put(path: str, found: str, fresh: Mapping[str, str], sums: Mapping[str, str]) -> bool:
    return found == fresh[Path(path).name] and found != sums.get(path)


def _kept(holdings: Holdings, known: Record, sums: Mapping[str, str]) -> dict[str, str]:
    """The record that a change replaced and kept, when it is the one that was noted last.

    Gives its SHA-256 by its path; nothing when no such change was made.
    """
    place = holdings.vault.place(known.digest)
    former = record.former(known.revision - 1)
    found = holdings.vault.sums(
        known.digest, [name for name in holdings.vault.names(known.digest) if name == former]
    )
    noted = sums.get(str(place / record.FILE))
    return {path: summed for path, summed in found.items() if summed == noted != known.sum}


def _settled(
    holdings: Holdings, digest: str, sums: Mapping[str, str], new: Mapping[str, str] = NOTHING
) -> bool:
    """Whether something had to be done for a folder, which then was done.

    Args:
        holdings: of the archive.
        digest: the folder's name.
        sums: path -> SHA-256 by the ledger.
        new: the same of files that a change put there beside its record.

    Raises:
        Damaged: the folder is not what any act of ours leaves.
    """
    known = holdings.vault.record(digest)
    done = acknowledge(holdings, known, sums, new)
    if holdings.in_step(known):
        return done
    holdings.show(known, holdings.texts(digest))
    return True


def acknowledge(
    holdings: Holdings, known: Record, sums: Mapping[str, str], new: Mapping[str, str] = NOTHING
) -> bool:
    """Note in the ledger what was committed to a folder; what was not is undone.

    Gives whether there was any of it; see ``settle``.

    Raises:
        Damaged: the folder is not what any act of ours leaves.
    """
    undone = holdings.vault.undo(known.digest, revision=known.revision)
    act = _owed(holdings, known, sums, new)
    if act is not None:
        holdings.note(act)
    return undone or act is not None


def _owed(
    holdings: Holdings, known: Record, sums: Mapping[str, str], new: Mapping[str, str]
) -> Act | None:
    """The act that was committed but not noted; None when the ledger is in step.

    Raises:
        Damaged: the folder is not what any act of ours leaves.
    """
    vault, digest = holdings.vault, known.digest
    noted = sums.get(str(vault.place(digest) / record.FILE))
    if noted == known.sum:
        return None
    recovered = {"recovered": "yes"}
    if noted is None and vault.holds(digest):
        return Act("file", known.ids, vault.sums(digest), recovered)
    kept = _kept(holdings, known, sums)
    if kept:
        files = {**kept, **vault.sums(digest, (record.FILE,)), **new}
        return Act(known.act, known.ids, files, {**known.note, **recovered})
    raise Damaged(_("{path} is damaged.").format(path=vault.place(digest)), hint="arsip verify")
