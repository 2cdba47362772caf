"""A font of one glyph, a plain box, for words that are found and copied but never seen.

Every sign maps to that glyph, half as wide as high; what a sign means stands in the ToUnicode map.
The text is drawn in the invisible mode. A glyph without outline would do, too, but PDFium drops
words of no height when they stand upright on the page. Built here from the tables that PDF readers
ask of an embedded TrueType font.
"""

from __future__ import annotations

import struct

UNITS = 1000
WIDTH = 500
"""Advance of the glyph in 1/1000 of the font size."""

_ASCENT, _DESCENT = 1000, -1


def font_file() -> bytes:
    """The TrueType file, some 600 bytes."""
    glyph = _box()
    tables = {
        b"cmap": _cmap(),
        b"glyf": glyph,
        b"head": _head(),
        b"hhea": _hhea(),
        b"hmtx": struct.pack(">HhHh", WIDTH, 0, WIDTH, 0),
        b"loca": struct.pack(">HHH", 0, 0, len(glyph) // 2),
        b"maxp": struct.pack(">IH13H", 0x00010000, 2, 4, 1, *(0,) * 11),
        b"name": struct.pack(">HHH", 0, 0, 6),
        b"post": struct.pack(">IIhhIIIII", 0x00030000, 0, 0, 0, 1, 0, 0, 0, 0),
    }
    offset = 12 + 16 * len(tables)
    header = struct.pack(">IHHHH", 0x00010000, len(tables), 128, 3, 16 * len(tables) - 128)
    directory, body = b"", b""
    for tag, table in sorted(tables.items()):
        directory += struct.pack(">4sIII", tag, _sum(table), offset + len(body), len(table))
        body += table + b"\0" * (-len(table) % 4)
    return header + directory + body


def to_unicode() -> bytes:
    """The map from two-byte codes to signs: each code is its own UTF-16 unit."""
    ranges = "".join(f"<{high:02X}00> <{high:02X}FF> <{high:02X}00>\n" for high in range(256))
    blocks = ranges.splitlines(keepends=True)
    parts = [blocks[at : at + 100] for at in range(0, 256, 100)]
    body = "".join(f"{len(part)} beginbfrange\n{''.join(part)}endbfrange\n" for part in parts)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{body}"
        "endcmap CMapName currentdict /CMap defineresource pop end end\n"
    ).encode("ascii")


def glyph_of_code() -> bytes:
    """CIDToGIDMap: every code shows glyph 1."""
    return b"\0\1" * 65536


def _box() -> bytes:
    """The outline of the glyph: four points on the curve, as steps from the last one."""
    head = struct.pack(">hhhhhHH", 1, 0, 0, WIDTH, UNITS, 3, 0)
    across, down = (0, WIDTH, 0, -WIDTH), (0, 0, UNITS, 0)
    return head + b"\1" * 4 + struct.pack(">8h", *across, *down)


def _cmap() -> bytes:
    segment = struct.pack(">HHHHHHHHHHHH", 4, 24, 0, 2, 2, 0, 0, 0xFFFF, 0, 0xFFFF, 1, 0)
    return struct.pack(">HHHHI", 0, 1, 3, 1, 12) + segment


def _head() -> bytes:
    return struct.pack(
        ">IIIIHHqqhhhhHHhhh",
        0x00010000,
        0x00010000,
        0,
        0x5F0F3CF5,
        0x0407,
        UNITS,
        0,
        0,
        0,
        0,
        WIDTH,
        UNITS,
        0,
        3,
        2,
        0,
        0,
    )


def _hhea() -> bytes:
    return struct.pack(">IhhhHhhhhhhhhhhhH", 0x00010000, _ASCENT, _DESCENT, 0, WIDTH, *(0,) * 11, 2)


def _sum(table: bytes) -> int:
    padded = table + b"\0" * (-len(table) % 4)
    return int(sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF)
