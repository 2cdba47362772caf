"""The compressed pixels of a PNG file, which PDF reads as they are."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_SIGNATURE = 8
_MOST_BITS = 8
_COLOURS = {0: 1, 2: 3, 3: 1}
"""PNG colour type -> channels: grey, RGB, palette; those with alpha need their alpha taken out."""
_PALETTE = 3


@dataclass(frozen=True, slots=True)
class PngPixels:
    """What PDF needs to know of them.

    Attributes:
        data: the zlib stream, rows filtered as PNG does.
        size: width and height.
        bits: of a channel, 1 to 8.
        channels: 1 or 3.
        palette: RGB triples, empty without palette.
        exif: what a camera noted, empty without.
    """

    data: bytes
    size: tuple[int, int]
    bits: int
    channels: int
    palette: bytes = b""
    exif: bytes = b""


def png_pixels(path: Path) -> PngPixels | None:
    """The stream of a PNG that PDF can show; None for alpha, 16 bit and interlaced ones."""
    parts: dict[bytes, list[bytes]] = {}
    for kind, content in _chunks(path.read_bytes()):
        parts.setdefault(kind, []).append(content)
    data = b"".join(parts.get(b"IDAT", ()))
    head, palette, exif = (parts.get(kind, [b""])[0] for kind in (b"IHDR", b"PLTE", b"eXIf"))
    width, height, bits, colour, interlaced = struct.unpack(">IIBBxxB", head)
    if b"tRNS" in parts or colour not in _COLOURS or bits > _MOST_BITS or interlaced or not data:
        return None
    table = palette if colour == _PALETTE else b""
    return PngPixels(data, (width, height), bits, _COLOURS[colour], table, exif)


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = _SIGNATURE
    while at + 12 <= len(content):
        length, kind = struct.unpack_from(">I4s", content, at)
        yield kind, content[at + 8 : at + 8 + length]
        at += 12 + length
