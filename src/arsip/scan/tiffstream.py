"""The compressed pixels of a page of a TIFF file, where PDF reads them as they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image

_WIDTH, _HEIGHT = 256, 257
_COMPRESSION, _PHOTOMETRIC, _FILL_ORDER = 259, 262, 266
_STARTS, _LENGTHS, _PLANES, _TABLES = 273, 279, 284, 347
_WHITE_IS_ZERO, _RGB = 0, 2
_CODINGS = {4: "fax", 7: "jpeg"}
"""TIFF compression -> what PDF knows it as; the older ways of JPEG and fax are drawn anew."""

_CHANNELS = {"1": 1, "L": 1, "RGB": 3, "YCbCr": 3}
_START, _END = b"\xff\xd8", b"\xff\xd9"


@dataclass(frozen=True, slots=True)
class TiffPixels:
    """What PDF needs to know of them.

    Attributes:
        data: a strip of CCITT group 4, or a JPEG.
        coding: ``fax`` or ``jpeg``.
        size: width and height as stored, whatever way the page is turned.
        channels: 1 or 3.
        inverted: 0 is white.
        plain_rgb: a JPEG whose three channels are red, green and blue themselves.
    """

    data: bytes
    coding: str
    size: tuple[int, int]
    channels: int
    inverted: bool
    plain_rgb: bool


def tiff_pixels(image: Image.Image, path: Path) -> TiffPixels | None:
    """The one strip of the page that the image stands at; None when PDF cannot read it."""
    tags: Mapping[int, Any] = getattr(image, "tag_v2", {})
    coding = _CODINGS.get(tags.get(_COMPRESSION, 0))
    starts, lengths = tags.get(_STARTS, ()), tags.get(_LENGTHS, ())
    if coding is None or len(starts) != 1 or len(lengths) != 1 or not _plain(tags):
        return None
    if image.mode not in _CHANNELS or (coding == "fax") != (image.mode == "1"):
        return None
    with path.open("rb") as file:
        file.seek(starts[0])
        data = file.read(lengths[0])
    if coding == "jpeg":
        data = _with_tables(data, bytes(tags.get(_TABLES, b"")))
    if len(data) < lengths[0] or not data:
        return None
    colours = tags.get(_PHOTOMETRIC)
    return TiffPixels(
        data,
        coding,
        (tags[_WIDTH], tags[_HEIGHT]),
        _CHANNELS[image.mode],
        inverted=colours == _WHITE_IS_ZERO,
        plain_rgb=colours == _RGB,
    )


def _plain(tags: Mapping[int, Any]) -> bool:
    """Whether bits and channels stand in the usual order."""
    return bool(tags.get(_FILL_ORDER, 1) == 1 and tags.get(_PLANES, 1) == 1)


def _with_tables(strip: bytes, tables: bytes) -> bytes:
    """A JPEG of its own: the tables that the strips of a file share, then the strip."""
    if not strip.startswith(_START):
        return b""
    shared = tables.removeprefix(_START).removesuffix(_END)
    return _START + shared + strip.removeprefix(_START)
