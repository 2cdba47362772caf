"""What was set aside: the file, and in plain words why."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from pathlib import Path
from typing import Any, Final, NamedTuple

from arsip.archive import disk, shelf
from arsip.archive.checking import printable
from arsip.words import N_, _

PLACE: Final = "aside"
RECORD: Final = "aside.json"
LETTER: Final = "ALASAN.txt"
VERSION: Final = 1
NAME_BYTES: Final = 60

REASONS: Final = {
    "unreadable": N_("No page of this file can be opened."),
    "password": N_("This file is locked with a password that arsip does not know."),
    "not_a_document": N_("This file is of no kind that arsip reads."),
    "too_large": N_("This file is larger than arsip may take."),
    "incomplete": N_("This file is cut off: its end is missing."),
    "crashed": N_("The program that read this file broke down twice."),
    "damaged": N_("This file was damaged in the archive, and a sound copy took its place."),
}


class Aside(NamedTuple):
    """A file that was set aside.

    Attributes:
        name: of the file as it came.
        reason: slug.
        note: what the reader of the file said; may quote the file.
        since: aware.
    """

    name: str
    digest: str
    reason: str
    note: str
    since: dt.datetime


def folder(root: Path, aside: Aside) -> Path:
    """Where a file is set aside: one folder for its bytes, or for its name when not copied."""
    stem = shelf.clean(printable(aside.name), limit=NAME_BYTES)
    key = aside.digest or hashlib.sha256(printable(aside.name).encode()).hexdigest()
    found = sorted((root / PLACE).glob(f"* {key[:12]}"))
    return found[0] if found else root / PLACE / f"{stem} {key[:12]}"


def folders(root: Path) -> list[Path]:
    """The folders of what is aside, by name."""
    return sorted(path for path in (root / PLACE).glob("*") if path.is_dir())


def of(root: Path, digest: str) -> list[Path]:
    """The folders of what is aside with these bytes."""
    near = sorted((root / PLACE).glob(f"* {digest[:12]}"))
    return [path for path in near if (told := read(path)) is not None and told[0].digest == digest]


def free_folder(root: Path, aside: Aside) -> Path:
    """A folder that is not there yet, for something that may come more than once."""
    stem = shelf.clean(printable(aside.name), limit=NAME_BYTES)
    number = 1
    while (place := root / PLACE / shelf.clean(f"{stem} ({number})")).exists():
        number += 1
    return place


def kept(folder: Path, digest: str) -> bool:
    """Whether a folder holds a sound copy of these bytes."""
    return any(
        disk.digest(path) == digest
        for path in folder.iterdir()
        if path.name not in {RECORD, LETTER} and path.is_file()
    )


def copy_name(folder: Path, told: Aside) -> str:
    """The name of the copy in a folder, or the one that it should have."""
    names = (path.name for path in folder.iterdir() if path.name not in {RECORD, LETTER})
    return next(iter(sorted(names)), _fit(told.name))


def copied(folder: Path) -> bool:
    """Whether a folder holds a copy at all."""
    return any(path.name not in {RECORD, LETTER} for path in folder.iterdir())


def prepare(desk: Path, aside: Aside, copy: Path | None) -> None:
    """Lay out a durable folder: the copy moved into it, the reason for people and for programs."""
    disk.write(desk / RECORD, _tree(aside, copied=copy is not None))
    disk.write(desk / LETTER, _words(aside, copied=copy is not None).encode("utf-8"))
    if copy is not None:
        take(desk, aside, copy)
    disk.flush_folder(desk)


def take(folder: Path, aside: Aside, copy: Path) -> None:
    """Move a copy into a folder under its own name, as far as the name is fit for one."""
    copy.chmod(disk.ORIGINAL_MODE)
    disk.flush_file(copy)
    copy.rename(folder / _fit(aside.name))


def _fit(name: str) -> str:
    """The name of a file as far as it is fit for one."""
    fit = shelf.clean(printable(name))
    return f"_{fit}" if fit in {RECORD, LETTER} else fit


def read(folder: Path) -> tuple[Aside, bool] | None:
    """What a folder says of itself, and whether it has a copy; None when it cannot be read."""
    try:
        tree: dict[str, Any] = json.loads((folder / RECORD).read_bytes())
        since = dt.datetime.fromisoformat(tree["since"])
        told = Aside(tree["name"], tree["sha256"], tree["reason"], tree["note"], since)
        return told, bool(tree["copied"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _tree(aside: Aside, *, copied: bool) -> bytes:
    tree = {
        "v": VERSION,
        "name": aside.name,
        "sha256": aside.digest,
        "copied": copied,
        "reason": aside.reason,
        "note": aside.note,
        "since": aside.since.isoformat(timespec="seconds"),
    }
    text = json.dumps(tree, ensure_ascii=False, indent=1)
    return text.encode("utf-8", "backslashreplace") + b"\n"


def _words(aside: Aside, *, copied: bool) -> str:
    where = (
        _("The file lies here, unchanged.")
        if copied
        else _("The file was not copied; it stays where it was found.")
    )
    reason = REASONS.get(aside.reason)
    lines = (
        printable(aside.name),
        _(reason) if reason else aside.reason,
        where,
        printable(aside.note),
    )
    return "".join(f"{line}\n" for line in lines if line)
