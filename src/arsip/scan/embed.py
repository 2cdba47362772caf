"""Image files as PDF pages that show their own pixels: bytes as they are where PDF knows them."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
)

from arsip.scan.image import BAD_IMAGE, header_dpi, opened
from arsip.scan.pdfthings import kept
from arsip.scan.pngstream import png_pixels
from arsip.scan.raster import plain, points_of
from arsip.scan.sniff import HEAD
from arsip.scan.tiffstream import TiffPixels, tiff_pixels

_PLACES = {
    1: (1, 0, 0, 1, 0, 0),
    2: (-1, 0, 0, 1, 1, 0),
    3: (-1, 0, 0, -1, 1, 1),
    4: (1, 0, 0, -1, 0, 1),
    5: (0, -1, -1, 0, 1, 1),
    6: (0, -1, 1, 0, 0, 1),
    7: (0, 1, 1, 0, 0, 0),
    8: (0, 1, -1, 0, 1, 0),
}
"""EXIF orientation -> how the unit square of the stored image lies on the page."""

_DEFLATE = 1
"""Noise of a scanner hardly shrinks: level 3 takes twice the time for 10 % less of colours."""
_QUALITY = 90
"""Of a JPEG that is made of pixels that came through another lossy coding: nothing more shows."""
_ORIENTATION, _STRIP_START, _STRIP_LENGTH = 0x0112, 273, 279
_SPACES = {"1": "/DeviceGray", "L": "/DeviceGray", "RGB": "/DeviceRGB", "CMYK": "/DeviceCMYK"}


def image_pages_into(writer: PdfWriter, path: Path, format: str, numbers: Sequence[int]) -> None:
    """Adds a page for each of these pages of the image file."""
    with opened(path, format) as image:
        if image.format in {"JPEG", "MPO"} and image.mode in _SPACES:
            _add_jpeg(writer, image, path)
            return
        if image.format == "PNG" and _add_png(writer, image, path):
            return
        for number in numbers:
            if _stands_at(image, number):
                _add_page(writer, image, path)
            else:
                writer.add_blank_page(*points_of(image.size, header_dpi(image)))


def _stands_at(image: Image.Image, number: int) -> bool:
    """Whether the image is now at a page, counted from 1."""
    try:
        image.seek(number - 1)
    except BAD_IMAGE:
        return False
    return True


def _add_jpeg(writer: PdfWriter, image: Image.Image, path: Path) -> None:
    """A page that shows the JPEG as its EXIF turns it."""
    size = points_of(image.size, header_dpi(image))
    _show_turned(writer, _jpeg(image, path), image.getexif(), size)


def _add_png(writer: PdfWriter, image: Image.Image, path: Path) -> bool:
    """A page that shows the PNG's own stream; False when PDF cannot read it."""
    pixels = png_pixels(path)
    if pixels is None:
        return False
    space: PdfObject = NameObject("/DeviceGray" if pixels.channels == 1 else "/DeviceRGB")
    if pixels.palette:
        last = NumberObject(len(pixels.palette) // 3 - 1)
        colours = ByteStringObject(pixels.palette)
        space = ArrayObject([NameObject("/Indexed"), NameObject("/DeviceRGB"), last, colours])
    stream = _xobject(pixels.size, space=space, bits=pixels.bits, coding="/FlateDecode")
    stream[NameObject("/DecodeParms")] = DictionaryObject(
        {
            NameObject("/Predictor"): NumberObject(15),
            NameObject("/Colors"): NumberObject(pixels.channels),
            NameObject("/BitsPerComponent"): NumberObject(pixels.bits),
            NameObject("/Columns"): NumberObject(pixels.size[0]),
        }
    )
    stream.set_data(pixels.data)
    # Asked here, Pillow would decode all of the image to find it.
    turned = Image.Exif()
    turned.load(pixels.exif)
    _show_turned(writer, stream, turned, points_of(image.size, header_dpi(image)))
    return True


def _show_turned(
    writer: PdfWriter, stored: StreamObject, exif: Image.Exif, size: tuple[float, float]
) -> None:
    """Add a page that shows an image of this size as its EXIF turns it."""
    place = _PLACES.get(exif.get(_ORIENTATION, 1), _PLACES[1])
    _show(writer, stored, place, size if place[0] else size[::-1])


def _add_page(writer: PdfWriter, image: Image.Image, path: Path) -> None:
    """A page that shows the pixels; one that does not decode is left white."""
    dpi = header_dpi(image)
    pixels = tiff_pixels(image, path)
    if pixels is not None:
        _show_turned(writer, _strip(pixels), image.getexif(), points_of(pixels.size, dpi))
        return
    try:
        image.load()
    except BAD_IMAGE:
        writer.add_blank_page(*points_of(image.size, dpi))
        return
    upright = ImageOps.exif_transpose(image)
    stored = _pixels(plain(upright), lossy=_is_lossy(image, path))
    _show(writer, stored, _PLACES[1], points_of(upright.size, dpi))


def _is_lossy(image: Image.Image, path: Path) -> bool:
    """Whether the pixels lost something already, so that to keep each of them keeps noise."""
    if image.format == "WEBP":
        with path.open("rb") as file:
            return b"VP8L" not in file.read(HEAD)
    return image.info.get("compression") == "jpeg"


def _show(
    writer: PdfWriter, stored: StreamObject, place: tuple[int, ...], size: tuple[float, float]
) -> None:
    wide, high = size
    page = writer.add_blank_page(width=wide, height=high)
    a, b, c, d, e, f = place
    numbers = (a * wide, b * high, c * wide, d * high, e * wide, f * high)
    content = StreamObject()
    content.set_data(
        ("q " + " ".join(f"{value:.4f}" for value in numbers) + " cm /Scan Do Q").encode("ascii")
    )
    images = DictionaryObject({NameObject("/Scan"): kept(writer, stored)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): images})
    page[NameObject("/Contents")] = kept(writer, content)


def _xobject(size: tuple[int, int], *, space: PdfObject, bits: int, coding: str) -> StreamObject:
    stream = StreamObject()
    stream.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Image"),
            NameObject("/Width"): NumberObject(size[0]),
            NameObject("/Height"): NumberObject(size[1]),
            NameObject("/ColorSpace"): space,
            NameObject("/BitsPerComponent"): NumberObject(bits),
            NameObject("/Filter"): NameObject(coding),
        }
    )
    return stream


def _jpeg(image: Image.Image, path: Path) -> StreamObject:
    """The JPEG file itself; inks of Adobe's kind are stored inverted and said to be."""
    stream = _xobject(
        image.size, space=NameObject(_SPACES[image.mode]), bits=8, coding="/DCTDecode"
    )
    if image.mode == "CMYK" and "adobe" in image.info:
        stream[NameObject("/Decode")] = ArrayObject(NumberObject(n) for n in (1, 0) * 4)
    stream.set_data(path.read_bytes())
    return stream


def _pixels(image: Image.Image, *, lossy: bool) -> StreamObject:
    """The pixels: black and white as a fax is coded; else deflated, or as JPEG when lossy."""
    if image.mode == "1":
        return _fax(image)
    coding = "/DCTDecode" if lossy else "/FlateDecode"
    stream = _xobject(image.size, space=NameObject(_SPACES[image.mode]), bits=8, coding=coding)
    if lossy:
        file = BytesIO()
        image.save(file, "JPEG", quality=_QUALITY)
        stream.set_data(file.getvalue())
    else:
        stream.set_data(_deflated(image))
    return stream


def _deflated(image: Image.Image) -> bytes:
    """Grey noise repeats nothing but white: to look for more costs time, and makes it longer."""
    strategy = zlib.Z_RLE if image.mode == "L" else zlib.Z_DEFAULT_STRATEGY
    coder = zlib.compressobj(_DEFLATE, zlib.DEFLATED, zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL, strategy)
    return coder.compress(image.tobytes()) + coder.flush()


def _fax(image: Image.Image) -> StreamObject:
    """One strip of CCITT group 4, as libtiff writes it."""
    file = BytesIO()
    image.save(file, "TIFF", compression="group4", strip_size=1 << 30)
    with Image.open(file, formats=("TIFF",)) as coded:
        tags = coded.getexif()
        start, length = tags[_STRIP_START], tags[_STRIP_LENGTH]
    return _fax_strip(file.getvalue()[start : start + length], image.size, black_is_one=True)


def _fax_strip(data: bytes, size: tuple[int, int], *, black_is_one: bool) -> StreamObject:
    stream = _xobject(size, space=NameObject("/DeviceGray"), bits=1, coding="/CCITTFaxDecode")
    stream[NameObject("/DecodeParms")] = DictionaryObject(
        {
            NameObject("/K"): NumberObject(-1),
            NameObject("/Columns"): NumberObject(size[0]),
            NameObject("/Rows"): NumberObject(size[1]),
            NameObject("/BlackIs1"): BooleanObject(value=black_is_one),
        }
    )
    stream.set_data(data)
    return stream


def _strip(pixels: TiffPixels) -> StreamObject:
    """The strip of a TIFF as it is."""
    if pixels.coding == "fax":
        return _fax_strip(pixels.data, pixels.size, black_is_one=not pixels.inverted)
    space = NameObject("/DeviceGray" if pixels.channels == 1 else "/DeviceRGB")
    stream = _xobject(pixels.size, space=space, bits=8, coding="/DCTDecode")
    if pixels.inverted:
        stream[NameObject("/Decode")] = ArrayObject((NumberObject(1), NumberObject(0)))
    if pixels.plain_rgb:
        plain_rgb = DictionaryObject({NameObject("/ColorTransform"): NumberObject(0)})
        stream[NameObject("/DecodeParms")] = plain_rgb
    stream.set_data(pixels.data)
    return stream
