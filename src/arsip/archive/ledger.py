"""The ledger: an append-only journal of every act, each line chained to the line before."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from arsip.archive import disk

PLACE: Final = "ledger"
VERSION: Final = 1
START: Final = "0" * 64
"""What stands for the line before the first."""
FULL: Final = 64 << 20
"""Bytes after which the next file of the ledger is begun."""
BLOCK: Final = 1 << 16

NOTHING: Final[Mapping[str, str]] = MappingProxyType({})

_SUM: Final = ',"sum":"'

_encode = json.JSONEncoder(separators=(",", ":")).encode


class Act(NamedTuple):
    """Something that was done; it carries no text, subject or name of a letter.

    Attributes:
        name: slug: ``init``, ``file``, ``again``, ``edit``, ``repair``, ``destroy`` ...; of senders
            ``merge``, ``rename``, ``split``, ``undo``.
        ids: the letters it touched.
        files: SHA-256 of every file of the folder it touched, by path below the root; empty: the
            file was destroyed.
        note: what else there is to say: slug -> text.
    """

    name: str
    ids: tuple[int, ...] = ()
    files: Mapping[str, str] = NOTHING
    note: Mapping[str, str] = NOTHING


class Line(NamedTuple):
    """A line as it stands in the ledger.

    Attributes:
        number: 1, 2, 3 ... over all files of the ledger.
        time: ISO 8601 with offset.
        before: SHA-256 of the line before.
        hash: SHA-256 of this line without its line end.
    """

    number: int
    time: str
    act: Act
    before: str
    hash: str


class Flaw(NamedTuple):
    """A place where the ledger is not as it was written.

    Attributes:
        slug: ``line``, ``chain`` or ``torn``.
        number: of the line in its file.
        seq: what the line's number over all files should be.
    """

    path: Path
    slug: str
    number: int
    seq: int

    def before(self, line: Line) -> bool:
        """Whether it lies at or before a line."""
        return self.seq <= line.number


class _Tail(NamedTuple):
    path: Path
    size: int
    number: int
    hash: str


class Ledger:
    """The files ``ledger/NNNNNN.jsonl``; whoever appends or mends holds the archive's lock."""

    def __init__(self, root: Path, *, full: int = FULL) -> None:
        self.folder = root / PLACE
        self.full = full
        self._tail: _Tail | None = None

    def append(self, act: Act, *, time: str) -> None:
        """Add a line and wait until it is durable; a failed append leaves no trace."""
        tail = self._known_tail()
        line = _written(act, time=time, number=tail.number + 1, before=tail.hash)
        path = tail.path
        if tail.size >= self.full:
            path = self.folder / f"{int(path.stem) + 1:06}.jsonl"
        self._tail = None
        start = 0 if path != tail.path else tail.size
        self._add(path, line + b"\n", start=start)
        self._tail = _Tail(path, start + len(line) + 1, tail.number + 1, _hash(line))

    def mend(self, *, mark: str) -> Path | None:
        """Move a torn end aside: what stands behind the last whole line.

        Args:
            mark: goes into the name of the file that keeps what was torn off.
        """
        path = self._last()
        content = path.read_bytes() if path.exists() else b""
        kept = _whole(content)
        if kept == len(content):
            return None
        torn = path.with_name(f"{path.stem}.torn-{mark}")
        disk.write(torn, content[kept:])
        disk.flush_folder(self.folder)
        self._tail = None
        _cut(path, kept)
        return torn

    def lines(self) -> Iterator[Line]:
        """The lines that can be read, oldest first."""
        for path in self.files():
            with path.open("rb") as file:
                for content in file:
                    line = _read(content)
                    if line is not None:
                        yield line

    def sums(self) -> dict[str, str]:
        """The last SHA-256 that was noted of every file, by path below the root."""
        sums: dict[str, str] = {}
        for line in self.lines():
            sums.update(line.act.files)
        return {path: summed for path, summed in sums.items() if summed}

    def ids(self, path: str) -> tuple[int, ...]:
        """The letters of the first act that wrote a file that is there; none when no act did."""
        ids: tuple[int, ...] = ()
        for line in self.lines():
            if path in line.act.files:
                ids = (ids or line.act.ids) if line.act.files[path] else ()
        return ids

    def of(self, name: str) -> Iterator[Line]:
        """The lines of one kind of act, oldest first."""
        return (line for line in self.lines() if line.act.name == name)

    def head(self) -> Line | None:
        """The last line: its hash proves all lines before it, once it was published."""
        last = None
        for line in self.lines():
            last = line
        return last

    def last_id(self) -> int:
        """The highest accession number that an act speaks of; 0 when there is none."""
        return max((number for line in self.lines() for number in line.act.ids), default=0)

    def flaws(self) -> Iterator[Flaw]:
        """Where lines are broken, missing or out of the chain."""
        number, before = 0, START
        for path in self.files():
            with path.open("rb") as file:
                for place, content in enumerate(file, 1):
                    line = _read(content)
                    if line is None:
                        slug = "line" if content.endswith(b"\n") else "torn"
                        yield Flaw(path, slug, place, number + 1)
                        number, before = number + 1, _hash(content.rstrip(b"\n"))
                        continue
                    if (line.number, line.before) != (number + 1, before):
                        yield Flaw(path, "chain", place, number + 1)
                    number, before = line.number, line.hash

    def files(self) -> list[Path]:
        """The files of the ledger, oldest first."""
        return sorted(self.folder.glob("[0-9]" * 6 + ".jsonl"))

    def _last(self) -> Path:
        files = self.files()
        return files[-1] if files else self.folder / "000001.jsonl"

    def _known_tail(self) -> _Tail:
        """Where the next line goes: as remembered, unless another process wrote meanwhile."""
        known = self._tail
        if known is not None and self._last() == known.path and _size(known.path) == known.size:
            return known
        path = self._last()
        if not path.exists():
            return _Tail(path, 0, 0, START)
        line = _last_line(path)
        if line is None:
            self.mend(mark=os.urandom(4).hex())
            line = _last_line(path)
        if line is None:
            # The whole file was torn off: go on where the file before it ends.
            return self._after(path)
        return _Tail(path, _size(path), line.number, line.hash)

    def _after(self, path: Path) -> _Tail:
        number, before = 0, START
        for line in self.lines():
            number, before = line.number, line.hash
        return _Tail(path, 0, number, before)

    def _add(self, path: Path, content: bytes, *, start: int) -> None:
        new = not path.exists()
        descriptor = os.open(
            path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, disk.FILE_MODE
        )
        try:
            disk.pour(descriptor, content)
            disk.flush(descriptor)
        except OSError:
            os.ftruncate(descriptor, start)
            raise
        finally:
            os.close(descriptor)
        if new:
            disk.flush_folder(self.folder)


def _written(act: Act, *, time: str, number: int, before: str) -> bytes:
    body = _encode(
        {
            "v": VERSION,
            "seq": number,
            "time": time,
            "act": act.name,
            "ids": act.ids,
            "files": dict(act.files),
            **({"note": dict(act.note)} if act.note else {}),
            "prev": before,
        }
    )[:-1]
    return f'{body}{_SUM}{_hash(body.encode())}"}}'.encode()


def _read(content: bytes) -> Line | None:
    """A whole line, or None when it is not as it was written."""
    line = content.rstrip(b"\n")
    body, found, own = line.rpartition(_SUM.encode())
    if not found or content == line or own != f'{_hash(body)}"}}'.encode():
        return None
    tree: dict[str, Any] = json.loads(line)
    return Line(
        number=tree["seq"],
        time=tree["time"],
        act=Act(tree["act"], tuple(tree["ids"]), tree["files"], tree.get("note", {})),
        before=tree["prev"],
        hash=_hash(line),
    )


def _hash(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()


def _whole(content: bytes) -> int:
    """How many bytes there are up to the end of the last whole line."""
    end = len(content)
    while end:
        start = content.rfind(b"\n", 0, end - 1) + 1
        if _read(content[start:end]) is not None:
            return end
        end = start
    return 0


def _last_line(path: Path) -> Line | None:
    size = _size(path)
    width = BLOCK
    with path.open("rb") as file:
        while True:
            file.seek(max(size - width, 0))
            content = file.read()
            start = content.rfind(b"\n", 0, len(content) - 1) + 1
            if start or width >= size:
                return _read(content[start:])
            width *= 4


def _cut(path: Path, size: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CLOEXEC)
    try:
        os.ftruncate(descriptor, size)
        disk.flush(descriptor)
    finally:
        os.close(descriptor)


def _size(path: Path) -> int:
    return path.stat().st_size
