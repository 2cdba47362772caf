"""What kind of file this is, by its bytes, and whether it reaches its own end.

Standard library only: the parent process asks these questions of files it has not yet trusted, so
nothing here decodes anything.
"""

from __future__ import annotations

import mmap
import re
import struct
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from arsip.errors import NotADocument
from arsip.scan import foreign

HEAD = 64 * 1024
"""Bytes looked at; a PDF header may stand behind junk, readers in the field go past 2 kB of it."""

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"II+\0", "tiff"),
    (b"MM\0+", "tiff"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
)
_HEADLESS_PDF = re.compile(rb"^%[\x80-\xff]{4}\s+\d+ \d+ obj\b")
"""What is left of a PDF whose first line a transfer has eaten; the second marks it as binary."""
_BMP_HEADERS = frozenset({12, 40, 52, 56, 64, 108, 124})
_SECTORS = 8
"""Of its directory: names of four files each."""
_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def sniff(path: Path, name: str) -> str:
    """The slug of the file's format, by content; a ``.txt`` by its name if it looks like text.

    Args:
        path: where the bytes are.
        name: what the file was called when it came.

    Raises:
        NotADocument: the bytes are of no kind that is read here.
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
    found = "" if foreign.contains(head) else _by_magic(head)
    if found:
        return found
    is_text = foreign.looks_like_text(head) and not foreign.marked(head)
    if is_text and name.lower().endswith(".txt"):
        return "txt"
    raise NotADocument(foreign.sentence(head + _directory(path, head)))


def _by_magic(head: bytes) -> str:
    for magic, slug in _MAGIC:
        if head.startswith(magic):
            return slug
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head[:2] == b"BM" and len(head) >= 18 and _u32(head, 14) in _BMP_HEADERS:  # noqa: PLR2004
        return "bmp"
    return "pdf" if b"%PDF-" in head or _HEADLESS_PDF.search(head) else ""


def _directory(path: Path, head: bytes) -> bytes:
    """The names in an old office file, which may stand far behind its first bytes."""
    if not head.startswith(_OFFICE) or len(head) < 52:  # noqa: PLR2004 - where the header says it
        return b""
    sector = 1 << min(head[30], 16)
    with path.open("rb") as file:
        file.seek((_u32(head, 48) + 1) * sector)
        return file.read(_SECTORS * sector)


def _u32(bytes_: bytes, at: int) -> int:
    return int.from_bytes(bytes_[at : at + 4], "little")


def whole(path: Path, format: str) -> bool:
    """Whether the file reaches the end that its own structure announces.

    A file that is still being written, or was cut off, is not whole; a whole file may still be
    damaged inside.
    """
    if path.stat().st_size == 0:
        return False
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as view:
        return _WHOLE.get(format, _always)(view)


def _always(_view: mmap.mmap) -> bool:
    return True


_XREF_AT = re.compile(rb"startxref\s+(\d{1,12})")
_XREF_HERE = re.compile(rb"\s*(?:xref\b|\d+\s+\d+\s+obj\b)")


def _pdf_whole(view: mmap.mmap) -> bool:
    """The last startxref is followed by %%EOF and points at a table or a stream of references."""
    last = view.rfind(b"startxref")
    if last < 0 or view.find(b"%%EOF", last) < 0:
        return False
    match = _XREF_AT.match(view, last)
    if match is None:
        return False
    at = int(match[1])
    header = max(view.find(b"%PDF-", 0, HEAD), 0)
    return any(
        0 <= start < last and _XREF_HERE.match(view, start) is not None
        for start in {at, at + header}
    )


def _png_whole(view: mmap.mmap) -> bool:
    """The chain of chunks ends with IEND inside the file."""
    at = 8
    while at + 12 <= len(view):
        length, kind = struct.unpack_from(">I4s", view, at)
        at += 12 + length
        if kind == b"IEND":
            return bool(at <= len(view))
    return False


def _jpeg_whole(view: mmap.mmap) -> bool:
    """An end marker stands behind the start of the scan; the one of a thumbnail stands before."""
    at = 2
    while at + 4 <= len(view) and view[at] == 0xFF:  # noqa: PLR2004 - every marker starts with it
        marker, length = struct.unpack_from(">xBH", view, at)
        if marker == 0xDA:  # noqa: PLR2004 - start of scan
            return view.find(b"\xff\xd9", at) >= 0
        at += 2 + length
    return False


def _gif_whole(view: mmap.mmap) -> bool:
    return view[max(0, len(view) - 16) :].rstrip(b"\0").endswith(b";")


def _bmp_whole(view: mmap.mmap) -> bool:
    return bool(len(view) >= _u32(view[:6], 2))


def _webp_whole(view: mmap.mmap) -> bool:
    return len(view) >= _u32(view[:8], 4) + 8


_STARTS, _COUNTS = frozenset({273, 324}), frozenset({279, 325})
"""TIFF tags: where strips and tiles start, and how many bytes each of them has."""
_TYPE_SIZES = {3: 2, 4: 4, 16: 8}
"""TIFF field types that hold whole numbers: SHORT, LONG, LONG8."""


def _tiff_whole(view: mmap.mmap) -> bool:
    """Every directory of the chain, and the pixels each points at, lie inside the file."""
    try:
        return all(_pixels_inside(view, directory) for directory in _directories(view))
    except (struct.error, ValueError, KeyError, OverflowError):
        return False


class _Numbers:
    """The whole numbers of a TIFF in its own byte order; classic or big."""

    def __init__(self, view: mmap.mmap) -> None:
        self.view = view
        self.order = "<" if view[:2] == b"II" else ">"
        self.big = view[2:4] in (b"+\0", b"\0+")
        self.word = 8 if self.big else 4

    def at(self, place: int, size: int) -> int:
        code = {2: "H", 4: "I", 8: "Q"}[size]
        return int(struct.unpack_from(self.order + code, self.view, place)[0])


def _directories(view: mmap.mmap) -> Iterator[tuple[_Numbers, int, int]]:
    """(numbers, place of the first tag, count of tags) of each directory; a loop ends the chain."""
    numbers = _Numbers(view)
    counter = 8 if numbers.big else 2
    tag = 20 if numbers.big else 12
    seen: set[int] = set()
    place = numbers.at(8 if numbers.big else 4, numbers.word)
    while place and place not in seen:
        seen.add(place)
        count = numbers.at(place, counter)
        yield numbers, place + counter, count
        place = numbers.at(place + counter + count * tag, numbers.word)
    if not seen:
        raise ValueError


def _pixels_inside(view: mmap.mmap, directory: tuple[_Numbers, int, int]) -> bool:
    numbers, first, count = directory
    step = 20 if numbers.big else 12
    starts: list[int] = []
    counts: list[int] = []
    for place in range(first, first + count * step, step):
        tag = numbers.at(place, 2)
        if tag in _STARTS:
            starts = _values(numbers, place)
        elif tag in _COUNTS:
            counts = _values(numbers, place)
    return all(start + size <= len(view) for start, size in zip(starts, counts, strict=False))


def _values(numbers: _Numbers, place: int) -> list[int]:
    size = _TYPE_SIZES[numbers.at(place + 2, 2)]
    count = numbers.at(place + 4, numbers.word)
    at = place + 4 + numbers.word
    if count * size > numbers.word:
        at = numbers.at(at, numbers.word)
    if at + count * size > len(numbers.view):
        raise ValueError
    return [numbers.at(at + index * size, size) for index in range(count)]


_WHOLE: Mapping[str, Callable[[mmap.mmap], bool]] = {
    "pdf": _pdf_whole,
    "png": _png_whole,
    "jpeg": _jpeg_whole,
    "gif": _gif_whole,
    "bmp": _bmp_whole,
    "webp": _webp_whole,
    "tiff": _tiff_whole,
}
