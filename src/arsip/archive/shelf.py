"""The shelf: the view that people browse, made of links by a template."""

from __future__ import annotations

import itertools
import os
import re
import string
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Final

from arsip.archive import disk, vault
from arsip.errors import ArchiveError
from arsip.fields import DATE_OF_LETTER, DOC_TYPE, LETTER_NUMBER, SENDER, SUBJECT
from arsip.model import Entry
from arsip.words import _

PLACE: Final = "shelf"
PART_BYTES: Final = 80
"""Longest name: readable in a file manager, and far below the 255 bytes of file systems, so that
the shelf can be copied to any disk."""

PARTS: Final = frozenset({"year", "month", "date", "sender", "number", "subject", "type", "id"})
"""What a template can be made of."""

NO_DATE: Final = "tanpa-tanggal"
NO_SENDER: Final = "tanpa-pengirim"
NO_NUMBER: Final = "tanpa-nomor"
NO_SUBJECT: Final = "tanpa-perihal"
NO_TYPE: Final = "tanpa-jenis"
NAMELESS: Final = "tanpa-nama"
SECRETS: Final = "rahasia"
"""Letters of secrecy rahasia and above stand in a folder of their own, so that a year can be shown
or shared without them."""

NOWHERE: Final = ""
"""The place of a letter in the trash."""

_SEPARATORS: Final = re.compile(r'[/\\:*?"<>|]+')
"""What some file system or file manager takes for more than a letter."""
_RESERVED: Final = re.compile(r"(?i)(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)")
"""Names that Windows keeps for devices, with any extension."""


def clean(text: str, *, limit: int = PART_BYTES) -> str:
    """A name for one folder or file, made of any text; cleaning it again changes nothing.

    Composed (NFC), without separators, control and bidi characters; no dot, dash or blank at its
    start, no dot or blank at its end; at most ``limit`` bytes of UTF-8; never empty.
    """
    composed = unicodedata.normalize("NFC", _SEPARATORS.sub("-", text))
    visible = "".join(sign if _visible(sign) else " " for sign in composed)
    name = _trimmed(" ".join(visible.split()), limit)
    if _RESERVED.match(name):
        name = _trimmed(f"_{name}", limit)
    return name or NAMELESS[:limit]


def _visible(sign: str) -> bool:
    # Cc control, Cf format (bidi, zero width), Cs surrogates, Co private, Cn unassigned, Zl Zp.
    return unicodedata.category(sign)[0] != "C" and sign not in "\u2028\u2029"


def _trimmed(name: str, limit: int) -> str:
    """Without what must not stand at the ends, cut to so many bytes between two characters."""
    name = name.lstrip(" .-~")
    name = name.encode()[:limit].decode(errors="ignore")
    return unicodedata.normalize("NFC", name).rstrip(" .")


def fits(template: str) -> bool:
    """Whether names can be made by a template: known parts in braces, at least one."""
    try:
        pieces = list(string.Formatter().parse(template))
    except ValueError:
        return False
    names = {name for _text, name, _spec, _turn in pieces if name is not None}
    plain = not any(spec or turn for _text, _name, spec, turn in pieces)
    return bool(names) and names <= PARTS and plain


def parts(entry: Entry, template: str) -> tuple[str, ...]:
    """The folders and the name, without extension, under which a letter wants to stand."""
    values = _values(entry)
    names = [clean(part.format_map(values)) for part in template.split("/")]
    return (SECRETS, *names) if entry.letter.secret else tuple(names)


def _values(entry: Entry) -> Mapping[str, str]:
    letter = entry.letter
    date = letter.first(DATE_OF_LETTER)
    return {
        "id": str(entry.id),
        "year": NO_DATE if date is None else f"{date.year:04}",
        "month": NO_DATE if date is None else f"{date.month:02}",
        "date": NO_DATE if date is None else date.isoformat(),
        "sender": letter.first(SENDER) or NO_SENDER,
        "number": letter.first(LETTER_NUMBER) or NO_NUMBER,
        "subject": letter.first(SUBJECT) or NO_SUBJECT,
        "type": letter.first(DOC_TYPE) or NO_TYPE,
    }


def numbered(stem: str, extension: str, number: int) -> str:
    """The name of the n-th letter of one name: ``Undangan.pdf``, ``Undangan (2).pdf`` ..."""
    tail = f" ({number})" if number > 1 else ""
    ending = f"{tail}.{extension}"
    return clean(stem, limit=PART_BYTES - len(ending)) + ending


def twin(name: str) -> str:
    """Equal for names that a file system without upper and lower case takes for one."""
    return unicodedata.normalize("NFC", name.casefold())


class Shelf:
    """The links below ``shelf/``; whoever changes them holds the archive's lock.

    Only links into the vault are ever removed: what a person put there stays.
    """

    def __init__(self, root: Path, template: str) -> None:
        self.root = root
        self.folder = root / PLACE
        self.template = template
        self._touched: set[Path] = set()
        self._listed: dict[Path, tuple[int, dict[str, str]]] = {}

    def place(self, entry: Entry, *, current: str = "", reserved: Collection[str] = ()) -> str:
        """Where a letter stands, as a path below ``shelf/``: free, or its own already.

        A letter in the trash stands nowhere, nor does a rendition of another.

        Args:
            entry: the letter.
            current: where it stood until now.
            reserved: places that are given to others, but have no link yet.
        """
        if entry.trashed or entry.rendition:
            return NOWHERE

        def free(path: Path) -> bool:
            place = str(path.relative_to(self.folder))
            taken = twin(path.name) in self._names(path.parent) or os.path.lexists(path)
            return place not in reserved and (place == current or not taken)

        return self._chosen(entry, self._names, free)

    def plan(self) -> Callable[[Entry], str]:
        """Gives place after place to all letters anew, as if none of them stood on the shelf."""
        planned: dict[Path, dict[str, str]] = {}

        def names(folder: Path) -> dict[str, str]:
            if folder not in planned:
                planned[folder] = {twin(name): name for name in self._strangers(folder)}
            return planned[folder]

        def free(path: Path) -> bool:
            return twin(path.name) not in names(path.parent)

        def place(entry: Entry) -> str:
            if entry.trashed or entry.rendition:
                return NOWHERE
            chosen = self._chosen(entry, names, free)
            path = self.folder / chosen
            while path != self.folder:
                names(path.parent)[twin(path.name)] = path.name
                path = path.parent
            return chosen

        return place

    def _chosen(
        self,
        entry: Entry,
        names: Callable[[Path], Mapping[str, str]],
        free: Callable[[Path], bool],
    ) -> str:
        """The first free place; folders and names that differ in case only are taken for one."""
        *folders, stem = parts(entry, self.template)
        folder = self.folder
        for name in folders:
            folder /= names(folder).get(twin(name), name)
        extension = entry.file.suffix.lstrip(".")
        taken = names(folder)
        numbers = (numbered(stem, extension, number) for number in itertools.count(1))
        paths = (folder / taken.get(twin(name), name) for name in numbers)
        return str(next(path for path in paths if free(path)).relative_to(self.folder))

    def link(self, file: Path, place: str) -> None:
        """Put the link to a letter's file in its place; what is there already and right stays."""
        if place == NOWHERE:
            return
        path = self._inside(place)
        target = self._target(file, place)
        if _linked(path) == target:
            return
        disk.make_folders(path.parent)
        if path.is_symlink():
            path.unlink()
        path.symlink_to(target)
        self._touch(path)

    def unlink(self, place: str) -> None:
        """Take a letter's link away, and the folders that are empty then."""
        if place == NOWHERE:
            return
        path = self._inside(place)
        if not path.is_symlink():
            return
        path.unlink()
        self._touch(path)
        folder = path.parent
        while folder != self.folder and not list(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent
            self._touched.add(folder)

    def stands(self, file: Path, place: str) -> bool:
        """Whether the link to a letter's file is in its place."""
        return place == NOWHERE or _linked(self.folder / place) == self._target(file, place)

    def links(self) -> Iterator[str]:
        """All links into the vault, as paths below ``shelf/``."""
        for folder, folders, files in os.walk(self.folder):
            for name in (*folders, *files):
                path = Path(folder, name)
                if _ours(path):
                    yield str(path.relative_to(self.folder))

    def flush(self) -> None:
        """Make durable what was linked and unlinked since the last time."""
        folders = {above for folder in self._touched for above in (folder, *folder.parents)}
        for folder in folders:
            if folder.is_relative_to(self.folder) and folder.is_dir():
                disk.flush_folder(folder)
        self._touched.clear()

    def _target(self, file: Path, place: str) -> str:
        ups = [".."] * len(Path(PLACE, place).parent.parts)
        return str(Path(*ups, file))

    def _inside(self, place: str) -> Path:
        """The path of a place, which must not lead out of the shelf, by name or by a link."""
        path = self.folder / place
        home, real = os.path.realpath(self.folder), os.path.realpath(path.parent)
        if ".." in path.parts or os.path.commonpath((home, real)) != home:
            raise ArchiveError(
                _("{path} leads out of the shelf.").format(path=path), hint="arsip verify"
            )
        return path

    def _names(self, folder: Path) -> dict[str, str]:
        """The names in a folder by their twin form; listed again only when another changed it."""
        try:
            changed = folder.stat().st_mtime_ns
        except FileNotFoundError:
            return {}
        known = self._listed.get(folder)
        if known is None or known[0] != changed:
            names = {twin(name): name for name in sorted(os.listdir(folder), reverse=True)}  # noqa: PTH208 - names only
            known = self._listed[folder] = changed, names
        return known[1]

    def _strangers(self, folder: Path) -> list[str]:
        """Names in a folder that are no links of ours."""
        if not folder.is_dir():
            return []
        with os.scandir(folder) as items:
            return [item.name for item in items if not _ours(Path(item))]

    def _touch(self, path: Path) -> None:
        """Keep in mind that a name in a folder changed, by our own hand."""
        folder = path.parent
        self._touched.add(folder)
        if folder in self._listed:
            names = self._listed[folder][1]
            if path.is_symlink():
                names[twin(path.name)] = path.name
            else:
                names.pop(twin(path.name), None)
            self._listed[folder] = folder.stat().st_mtime_ns, names


def _ours(path: Path) -> bool:
    return f"../{vault.PLACE}/" in (_linked(path) or "")


def _linked(path: Path) -> str | None:
    try:
        return os.readlink(path)  # noqa: PTH115 - the words of the link, not a path
    except OSError:
        return None
