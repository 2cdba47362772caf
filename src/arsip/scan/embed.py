"""Image files as PDF pages that show their own pixels: bytes as they are where PDF knows them."""

from __future__ import annotations

import zlib
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
)

from arsip.scan.image import BAD_IMAGE, header_dpi, opened
from arsip.scan.pngstream import png_pixels
from arsip.scan.raster import plain, points_of

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

_DEFLATE = 3
"""Noise of a scanner hardly shrinks: level 6 takes twice the time for 2 % less."""
_ORIENTATION, _STRIP_START, _STRIP_LENGTH = 0x0112, 273, 279
_SPACES = {"1": "/DeviceGray", "L": "/DeviceGray", "RGB": "/DeviceRGB", "CMYK": "/DeviceCMYK"}


def kept(writer: PdfWriter, thing: PdfObject) -> IndirectObject:
    """The thing as an object of the file."""
    return writer._add_object(thing)  # noqa: SLF001 - pypdf has no public way


def image_pages_into(writer: PdfWriter, path: Path, format: str) -> None:
    """Adds a page for each page of the image file."""
    with opened(path, format) as image:
        if image.format in {"JPEG", "MPO"} and image.mode in _SPACES:
            _add_jpeg(writer, image, path)
            return
        if image.format == "PNG" and _add_png(writer, image, path):
            return
        number = 0
        while number == 0 or (format == "tiff" and _has(image, number)):
            _add_pixels(writer, image)
            number += 1


def _has(image: Image.Image, number: int) -> bool:
    try:
        image.seek(number)
    except BAD_IMAGE:
        return False
    return True


def _add_jpeg(writer: PdfWriter, image: Image.Image, path: Path) -> None:
    """A page that shows the JPEG as its EXIF turns it."""
    place = _PLACES.get(image.getexif().get(_ORIENTATION, 1), _PLACES[1])
    wide, high = points_of(image.size, header_dpi(image))
    if not place[0]:
        wide, high = high, wide
    _show(writer, _jpeg(image, path), place, (wide, high))


def _add_png(writer: PdfWriter, image: Image.Image, path: Path) -> bool:
    """A page that shows the PNG's own stream; False when PDF cannot read it."""
    pixels = png_pixels(path)
    if pixels is None or image.getexif().get(_ORIENTATION, 1) != 1:
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
    _show(writer, stream, _PLACES[1], points_of(image.size, header_dpi(image)))
    return True


def _add_pixels(writer: PdfWriter, image: Image.Image) -> None:
    """A page that shows the pixels; one that does not decode is left white."""
    dpi = header_dpi(image)
    try:
        image.load()
    except BAD_IMAGE:
        writer.add_blank_page(*points_of(image.size, dpi))
        return
    upright = ImageOps.exif_transpose(image)
    _show(writer, _pixels(plain(upright)), _PLACES[1], points_of(upright.size, dpi))


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


def _pixels(image: Image.Image) -> StreamObject:
    """The pixels, without loss: black and white as a fax is coded, else deflated."""
    if image.mode == "1":
        return _fax(image)
    stream = _xobject(
        image.size, space=NameObject(_SPACES[image.mode]), bits=8, coding="/FlateDecode"
    )
    stream.set_data(zlib.compress(image.tobytes(), _DEFLATE))
    return stream


def _fax(image: Image.Image) -> StreamObject:
    """One strip of CCITT group 4, as libtiff writes it."""
    file = BytesIO()
    image.save(file, "TIFF", compression="group4", strip_size=1 << 30)
    with Image.open(file, formats=("TIFF",)) as coded:
        tags = coded.getexif()
        start, length = tags[_STRIP_START], tags[_STRIP_LENGTH]
    stream = _xobject(image.size, space=NameObject("/DeviceGray"), bits=1, coding="/CCITTFaxDecode")
    stream[NameObject("/DecodeParms")] = DictionaryObject(
        {
            NameObject("/K"): NumberObject(-1),
            NameObject("/Columns"): NumberObject(image.width),
            NameObject("/Rows"): NumberObject(image.height),
            NameObject("/BlackIs1"): BooleanObject(value=True),
        }
    )
    stream.set_data(file.getvalue()[start : start + length])
    return stream
