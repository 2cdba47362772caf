"""What is looked at in files and folders that are named, and which names are left alone."""

from __future__ import annotations

import contextlib
import fnmatch
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

LEFT_ALONE: Final = (
    ".*",
    "~$*",
    "*.part",
    "*.tmp",
    "*.crdownload",
    "thumbs.db",
    "desktop.ini",
    "#recycle",
    "@eadir",
    "$recycle.bin",
)
"""Names of files and folders that nobody means to file."""


class Leave:
    """Which names are never taken: hidden, temporary, a recycle bin; and what a person adds.

    A pattern of a person, like those of a shell, means a name anywhere, or with a stroke in it a
    path below the scan folder; capitals do not matter.
    """

    def __init__(self, patterns: Iterable[str] = (), *, usual: Iterable[str] = LEFT_ALONE) -> None:
        self.patterns = tuple(pattern.strip("/") for pattern in patterns)
        named = [one for one in self.patterns if "/" not in one]
        self._names = _either([*usual, *named])
        self._paths = _either([one for one in self.patterns if "/" in one])

    def __call__(self, name: str, path: str = "") -> bool:
        """Whether a file or folder is left alone.

        Args:
            name: its own.
            path: below the scan folder.
        """
        return self._names(name) or self._paths(path)


def _either(patterns: Sequence[str]) -> Callable[[str], bool]:
    together = "|".join(fnmatch.translate(pattern) for pattern in patterns)
    if not together:
        return lambda _name: False
    match = re.compile(together, re.IGNORECASE).match
    return lambda name: match(name) is not None


LEAVE: Final = Leave()


def candidates(paths: Iterable[Path], *, but: Path | None = None) -> Iterator[Path]:
    """The files named, and those below the folders named, in the order of their names.

    A link to a folder is entered when it is named itself; one that stands in a folder is given
    as it is, like a link to a file, and so is a folder that may not be listed. One that went away
    gives nothing.

    Args:
        paths: as they were typed.
        but: a folder that is not entered: the archive itself.
    """
    for path in paths:
        if path.is_dir():
            with contextlib.suppress(FileNotFoundError):
                yield from (Path(entry.path) for entry in below(path, but=[but] if but else ()))
        else:
            yield path


class Closed(NamedTuple):
    """A folder that may not be listed, given in the place of what is in it."""

    path: str

    def stat(self, *, follow_symlinks: bool) -> os.stat_result:
        """Of the folder itself."""
        return Path(self.path).stat(follow_symlinks=follow_symlinks)


def below(
    folder: Path, *, but: Iterable[Path] = (), leave: Leave = LEAVE, recursive: bool = True
) -> Iterator[os.DirEntry[str] | Closed]:
    """What is to be looked at below a folder, in the order of names, folders last.

    Args:
        folder: as it was named.
        but: folders that are not entered.
        leave: names that are left alone.
        recursive: folders in it are entered.

    Raises:
        OSError: the folder itself cannot be listed; those in it that are gone give nothing.
    """
    walk = _Walk({_place(one) for one in but} - {None}, leave, len(str(folder).rstrip("/")) + 1)
    if _place(folder) in walk.barred:
        return
    waiting = [str(folder)]
    while waiting:
        place = waiting.pop()
        inner: list[str] = []
        try:
            yield from walk.listed(place, inner)
        except PermissionError:
            yield Closed(place)
        except OSError:
            if place == str(folder):
                raise
        if recursive:
            waiting += reversed(inner)


class _Walk(NamedTuple):
    barred: set[tuple[int, int] | None]
    leave: Leave
    start: int

    def listed(self, place: str, inner: list[str]) -> Iterator[os.DirEntry[str]]:
        """The files of one folder by their names; folders that are to be entered go into inner."""
        with os.scandir(place) as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
        for entry in entries:
            if self.leave(entry.name, entry.path[self.start :]):
                continue
            if not entry.is_dir(follow_symlinks=False):
                yield entry
            elif _place(entry.path) not in self.barred:
                inner.append(entry.path)


def _place(path: str | Path) -> tuple[int, int] | None:
    try:
        state = Path(path).stat()
    except OSError:
        return None
    return state.st_dev, state.st_ino
