"""A copy of the archive, brought up to date while others work in it, and proven by its hashes.

The folders of the vault are copied while nobody is held up; what changed meanwhile follows under
the archive's lock, and the ledger last: what it names lies in the copy already. So a copy that
broke off is a whole older one with some letters more.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from arsip.archive import (
    aside,
    destroying,
    disk,
    founding,
    ledger,
    lock,
    record,
    settings,
    vault,
)
from arsip.archive.check import Damage
from arsip.archive.holdings import Holdings
from arsip.archive.ledger import Ledger
from arsip.archive.vault import Vault
from arsip.archive.writing import LOCK, Writer
from arsip.errors import Busy, UsageError
from arsip.model import Event, Report
from arsip.words import _

DESK: Final = "backup"
"""Below ``staging/`` of the copy: where files lie until they are whole."""
HARMLESS: Final = frozenset({"rebuild", "reveal"})
"""Acts that a look into the copy leaves in its ledger."""
_CATALOG: Final = re.compile(r"^\s*catalog\s*=.*$", re.MULTILINE)
_INSIDE: Final = 'catalog = "catalog.sqlite3"'
_TRIES: Final = 3
"""Rounds of copying without the lock: each leaves less for the end."""


class Backup(NamedTuple):
    """What a backup did.

    Attributes:
        files: that the copy holds now and are proven.
        copied: of them, how many were copied now.
        bytes: that were copied now.
        gone: files that left the copy because their letters were destroyed.
        head: hash of the ledger's last line in the copy.
        damage: files of the archive that are not what was filed, and were not copied.
    """

    files: int
    copied: int
    bytes: int
    gone: int
    head: str
    damage: list[Damage]


class _Copy:
    """The copy while it is brought up to date; its lock is held."""

    def __init__(self, holdings: Holdings, root: Path, report: Report) -> None:
        self.holdings = holdings
        self.root = root
        self.report = report
        self.known = Ledger(root).sums()
        self.proven: dict[str, str] = {}
        self.damaged: set[str] = set()
        self.copied = self.bytes = 0
        self.desk = root / "staging" / DESK

    def vault(self, sums: Mapping[str, str]) -> None:
        """Copy what the ledger names and the copy has not, a folder of the vault at a time."""
        folders: dict[Path, dict[str, str]] = {}
        for path, summed in sums.items():
            if self.proven.get(path) != summed:
                folders.setdefault(Path(path).parent, {})[Path(path).name] = summed
        for done, (place, files) in enumerate(sorted(folders.items()), 1):
            self._folder(place, files)
            self.report(Event("backup", done=done, total=len(folders)))

    def _folder(self, place: Path, files: Mapping[str, str]) -> None:
        """Bring one folder up to date: one that is new comes by one rename, whole."""
        missing = {
            name: summed
            for name, summed in files.items()
            if not self._kept(str(place / name), summed)
        }
        disk.wipe(self.desk)
        _made(self.desk)
        laid = [name for name, summed in missing.items() if self._laid(place / name, summed)]
        target = self.root / place
        if laid and not target.exists() and place.parts:
            _made(target.parent)
            self.desk.rename(target)
            return
        # The record goes last, as in a change.
        for name in sorted(laid, key=lambda name: (name == record.FILE, name)):
            (self.desk / name).replace(target / name)

    def _kept(self, path: str, summed: str) -> bool:
        """Whether the copy has a file already: by its own ledger and size, else by its hash."""
        place = self.root / path
        try:
            if self.known.get(path) == summed:
                same = place.stat().st_size == (self.holdings.root / path).stat().st_size
            else:
                same = disk.digest(place) == summed
        except OSError:
            return False
        if same:
            self.proven[path] = summed
        return same

    def _laid(self, path: Path, summed: str) -> bool:
        """Put a file on the desk and read it again there; False: the archive's own is not sound."""
        place = self.desk / path.name
        size = _copied(self.holdings.root / path, place)
        if size is None or disk.digest(place) != summed:
            place.unlink(missing_ok=True)
            self.damaged.add(str(path))
            return False
        self.damaged.discard(str(path))
        self.proven[str(path)] = summed
        self.copied += 1
        self.bytes += size
        return True

    def aside(self) -> None:
        """Copy what was set aside and is not in the copy as it is here."""
        for folder in aside.folders(self.holdings.root):
            for file in sorted(item for item in folder.iterdir() if item.is_file()):
                place = self.root / file.relative_to(self.holdings.root)
                if not place.exists() or disk.digest(place) != disk.digest(file):
                    _made(self.desk)
                    _made(place.parent)
                    if _copied(file, self.desk / file.name) is not None:
                        (self.desk / file.name).replace(place)

    def papers(self) -> None:
        """Copy the notice and the settings; the copy keeps its index in itself."""
        for name in (founding.NOTICE, settings.FILE):
            text = (self.holdings.root / name).read_bytes().decode()
            if name == settings.FILE:
                text = _CATALOG.sub(_INSIDE, text)
            disk.put(self.root / name, text.encode())

    def ledger(self) -> None:
        """Copy the ledger; what a look into the copy left in its own is moved out of the way."""
        own = {path.name for path in (self.root / ledger.PLACE).iterdir()}
        for file in sorted((self.holdings.root / ledger.PLACE).iterdir()):
            place = self.root / ledger.PLACE / file.name
            own.discard(file.name)
            if not place.exists() or place.read_bytes() != file.read_bytes():
                disk.put(place, file.read_bytes())
        for name in own:
            if name.endswith(".jsonl"):
                place = self.root / ledger.PLACE / name
                place.rename(place.with_suffix(f".torn-{os.urandom(4).hex()}"))

    def bury(self) -> int:
        """Let leave what the ledger calls destroyed; gives how many files that were."""
        known = Vault(self.root)
        gone = [digest for digest in destroying.ended(self.holdings) if known.names(digest)]
        for digest in gone:
            trash = self.root / destroying.PLACE / digest
            disk.wipe(trash)
            known.folder(digest).rename(trash)
        for path in (self.root / destroying.PLACE).iterdir():
            disk.wipe(path)
        for path in destroying.beside(self.root, gone):
            disk.wipe(path) if path.is_dir() else path.unlink()
        return len(gone)


def back_up(holdings: Holdings, target: Path, *, writer: Writer, report: Report) -> Backup:
    """Bring the copy of an archive in a folder up to date; see ``Keeper.back_up``.

    Raises:
        UsageError: the folder is no place for a copy of this archive.
        Busy: another backup goes there.
        NoSpace, ArchiveError: it cannot be written; the next backup goes on.
    """
    target = target.absolute()
    _fit(holdings.root, target)
    with _claimed(target):
        _still_ours(holdings, target)
        _forget_index(target)
        copy = _Copy(holdings, target, report)
        for _round in range(_TRIES):
            sums = holdings.ledger.sums()
            copy.vault(sums)
            if holdings.ledger.sums() == sums:
                break
        # So that little is left to be waited for while the lock is held.
        os.sync()
        with writer.act():
            gone = _ended(copy)
            head = holdings.ledger.head()
            sums = holdings.ledger.sums()
        disk.wipe(copy.desk)
        os.sync()
    return Backup(
        files=sum(1 for path in sums if copy.proven.get(path) == sums[path]),
        copied=copy.copied,
        bytes=copy.bytes,
        gone=gone,
        head=head.hash if head else "",
        damage=_damage(holdings, copy.damaged & sums.keys()),
    )


@contextlib.contextmanager
def _claimed(target: Path) -> Iterator[None]:
    """Holds the folder of a copy, furnished as one.

    Raises:
        Busy: another backup goes there.
    """
    with disk.writing(target), contextlib.ExitStack() as stack:
        for name in founding.FOLDERS:
            disk.make_folders(target / name)
        try:
            stack.enter_context(lock.held(target / LOCK, wait=0))
        except Busy:
            raise Busy(
                _("Another backup is at work in {folder}.").format(folder=target),
                hint=_("Try again when it has finished."),
            ) from None
        yield


def _ended(copy: _Copy) -> int:
    """The end of a backup, while nobody writes; gives how many destroyed files left the copy."""
    copy.vault(copy.holdings.ledger.sums())
    copy.aside()
    copy.papers()
    # One wait for all that was copied; the ledger, which vouches for it, comes after.
    os.sync()
    copy.ledger()
    return copy.bury()


def _damage(holdings: Holdings, paths: Iterable[str]) -> list[Damage]:
    def told(path: str) -> Damage:
        slug = "changed" if (holdings.root / path).exists() else "missing"
        digest = Path(path).parent.name
        return Damage(slug, Path(path), holdings.ledger.ids(path), digest)

    return [told(path) for path in sorted(paths)]


def _fit(root: Path, target: Path) -> None:
    """Make sure that a folder can hold a copy of the archive.

    Raises:
        UsageError: it lies in the archive, or the archive in it, or it holds something else.
    """
    real, place = Path(os.path.realpath(root)), Path(os.path.realpath(target))
    if place.is_relative_to(real) or real.is_relative_to(place):
        raise UsageError(
            _("A copy must not lie in the archive, nor the archive in it: {folder}").format(
                folder=target
            ),
            hint="arsip backup /media/usb/arsip",
        )
    if target.exists() and not target.is_dir():
        raise UsageError(
            _("{folder} is no folder.").format(folder=target), hint="arsip backup /media/usb/arsip"
        )
    ours = target / settings.FILE
    if ours.exists():
        if settings.read(target).id != settings.read(root).id:
            raise UsageError(
                _("{folder} holds another archive.").format(folder=target),
                hint=f"arsip backup {target}-2",
            )
    elif _strange(target):
        raise UsageError(
            _("{folder} is not empty, and no copy of this archive.").format(folder=target),
            hint=f"arsip backup {target / 'arsip'}",
        )


def _strange(target: Path) -> bool:
    """Whether a folder holds what no backup that broke off has left there."""
    known = {*(Path(name).parts[0] for name in founding.FOLDERS), LOCK, founding.NOTICE}
    known |= {f"{name}.new" for name in (founding.NOTICE, settings.FILE)}
    return target.exists() and any(item.name not in known for item in target.iterdir())


def _still_ours(holdings: Holdings, target: Path) -> None:
    """Make sure that nobody has filed into the copy: its ledger is the beginning of ours.

    Raises:
        UsageError: it has lines that ours has not.
    """
    own = {line.hash for line in holdings.ledger.lines()}
    for line in Ledger(target).lines():
        if line.hash not in own and line.act.name not in HARMLESS:
            raise UsageError(
                _("{folder} was used as an archive of its own since it was copied.").format(
                    folder=target
                ),
                hint=f"arsip backup {target}-2",
            )


def _forget_index(target: Path) -> None:
    """Take an index out of the copy that a look into it has made: it would be an old one."""
    for path in target.glob("catalog.sqlite3*"):
        path.unlink()
    disk.flush_folder(target)


def _copied(source: Path, target: Path) -> int | None:
    """Copy a file's bytes; never a link to it. Gives how many; None: it cannot be read.

    Raises:
        OSError: the copy cannot be written.
    """
    mode = disk.ORIGINAL_MODE if vault.is_original(source.name) else disk.FILE_MODE
    target.unlink(missing_ok=True)
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
    try:
        for chunk in _read(source):
            if chunk is None:
                return None
            disk.pour(descriptor, chunk)
        return os.fstat(descriptor).st_size
    finally:
        os.close(descriptor)


def _read(source: Path) -> Iterator[bytes | None]:
    """A file in parts; None where it cannot be read."""
    try:
        with source.open("rb", buffering=0) as file:
            while chunk := file.read(disk.CHUNK):
                yield chunk
    except OSError:
        yield None


def _made(path: Path) -> None:
    """Make a folder and those above it; they are waited for all at once, at the end."""
    if not path.is_dir():
        _made(path.parent)
        path.mkdir(disk.FOLDER_MODE)
