"""The vault: one folder a file as it came, complete from the moment it exists."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from arsip.archive import disk, pagetext, record
from arsip.archive.record import Record
from arsip.errors import Damaged
from arsip.model import PageText
from arsip.words import _, cause

PLACE: Final = "vault"
VIEWS: Final = "views"
"""Where searchable PDFs lie that were made for a look: on the disk that the letters lie on,
encrypted or not."""
DIGEST: Final = re.compile(r"[0-9a-f]{64}")


class Vault:
    """The folders below ``vault/``; the digest of the original is the name of each."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def place(self, digest: str) -> Path:
        """A digest's folder, below the archive's root."""
        return Path(PLACE, digest[:2], digest[2:4], digest)

    def folder(self, digest: str) -> Path:
        """A digest's folder."""
        return self.root / self.place(digest)

    def digests(self) -> Iterator[str]:
        """The names of all folders, in order."""
        for first in _folders(self.root / PLACE):
            for second in _folders(first):
                for folder in _folders(second):
                    if DIGEST.fullmatch(folder.name):
                        yield folder.name

    def content(self, digest: str) -> bytes:
        """The bytes of a record.

        Raises:
            Damaged: there is none.
        """
        return self._bytes(digest, record.FILE)

    def record(self, digest: str) -> Record:
        """The record of a folder.

        Raises:
            Damaged: there is none, it cannot be understood, or it is of other bytes.
        """
        known = record.load(self.content(digest))
        if known.digest != digest:
            raise Damaged(
                _("{path} belongs to another file.").format(path=self.place(digest) / record.FILE)
            )
        return known

    def pages(self, digest: str) -> tuple[PageText, ...]:
        """All pages of a file.

        Raises:
            Damaged: they are missing or cannot be understood.
        """
        return pagetext.load(self._bytes(digest, record.TEXT))

    def texts(self, digest: str) -> dict[int, str]:
        """The text of each page of a file by its number, without its words and boxes.

        Raises:
            Damaged: they are missing or cannot be understood.
        """
        return pagetext.texts(self._bytes(digest, record.TEXT))

    def original(self, digest: str) -> Path | None:
        """The original in a folder, or None when there is none."""
        return next(
            (self.folder(digest) / name for name in self.names(digest) if is_original(name)), None
        )

    def holds(self, digest: str) -> bool:
        """Whether the original is there and is what its folder's name says."""
        original = self.original(digest)
        try:
            return original is not None and disk.digest(original) == digest
        except OSError:
            return False

    def names(self, digest: str) -> tuple[str, ...]:
        """The names of the files in a folder, in order; none when there is no folder."""
        try:
            return tuple(sorted(os.listdir(self.folder(digest))))  # noqa: PTH208 - names only
        except OSError:
            return ()

    def sums(self, digest: str, names: Iterable[str] | None = None) -> dict[str, str]:
        """The SHA-256 of files in a folder, by path below the root; of all when none is named."""
        place = self.place(digest)
        chosen = self.names(digest) if names is None else names
        return {str(place / name): disk.digest(self.root / place / name) for name in chosen}

    def sizes(self) -> tuple[int, int]:
        """Bytes of all originals, and of all searchable copies beside them."""
        originals = copies = 0
        for digest in self.digests():
            for path in self.folder(digest).iterdir():
                if is_original(path.name):
                    originals += path.stat().st_size
                elif path.name == record.READING:
                    copies += path.stat().st_size
        return originals, copies

    def put(self, folder: Path, digest: str) -> None:
        """The commit point: a complete, durable folder becomes the vault's by one rename."""
        target = self.folder(digest)
        disk.make_folders(target.parent)
        folder.rename(target)
        disk.flush_folder(target.parent)

    def amend(self, digest: str, desk: Path, names: Iterable[str], *, revision: int) -> None:
        """Put durable new files, a record among them, in the place of those of this revision.

        The old record is kept.
        """
        folder = self.folder(digest)
        content = (folder / record.FILE).read_bytes()
        disk.write(folder / record.former(revision), content)
        disk.flush_folder(folder)
        self.replace(digest, desk, names)

    def replace(self, digest: str, desk: Path, names: Iterable[str]) -> None:
        """Move files from the desk over those in a folder, as far as they still lie there.

        The record goes last: it is what makes the change.
        """
        folder = self.folder(digest)
        others = sorted(set(names) - {record.FILE})
        for batch in (others, [record.FILE]):
            for name in batch:
                if (desk / name).exists():
                    (desk / name).rename(folder / name)
            if batch:
                disk.flush_folder(folder)

    def undo(self, digest: str, *, revision: int) -> bool:
        """Take back a half-done change: the record of this revision was kept, but never replaced.

        Gives whether there was one.
        """
        former = self.folder(digest) / record.former(revision)
        try:
            former.unlink()
        except FileNotFoundError:
            return False
        disk.flush_folder(former.parent)
        return True

    def _bytes(self, digest: str, name: str) -> bytes:
        path = self.folder(digest) / name
        try:
            return path.read_bytes()
        except OSError as error:
            raise Damaged(
                _("{path} cannot be read: {why}.").format(path=path, why=cause(error)),
                hint="arsip verify",
            ) from error


def is_original(name: str) -> bool:
    """Whether a file of this name in a folder is the file as it came."""
    return name.startswith("original.")


def _folders(path: Path) -> list[Path]:
    with os.scandir(path) as items:
        return sorted(Path(item.path) for item in items if item.is_dir(follow_symlinks=False))
