"""Pages of image files: JPEG, PNG, TIFF, BMP, GIF, WebP."""

from __future__ import annotations

import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageOps, TiffImagePlugin, UnidentifiedImageError

from arsip.errors import TooLarge, Unreadable
from arsip.model import Limits
from arsip.scan.raster import Raster, plain, sensible_dpi, squared
from arsip.words import _

TiffImagePlugin.READ_LIBTIFF = True  # its own way garbles plain pixels that lie on their side

Image.MAX_IMAGE_PIXELS = None  # Limits.pixels decides, by the header, before anything is decoded

FORMATS = {
    "jpeg": ("JPEG", "MPO"),
    "png": ("PNG",),
    "tiff": ("TIFF",),
    "bmp": ("BMP",),
    "gif": ("GIF",),
    "webp": ("WEBP",),
}
"""Format slug -> what Pillow may take it for; no other decoder is let near the bytes."""

BAD_IMAGE = (
    OSError,
    SyntaxError,
    ValueError,
    ArithmeticError,
    LookupError,
    TypeError,
    AttributeError,
    EOFError,
    RuntimeError,
    struct.error,
    zlib.error,
)
"""What Pillow's decoders raise on bytes they cannot make sense of (each seen on a real file)."""

_FIRST_LOOK = 256
"""A JPEG is proven to decode at an eighth of its size or so, which costs a third."""


@contextmanager
def opened(path: Path, format: str) -> Iterator[Image.Image]:
    """The image file, its header read.

    Raises:
        Unreadable: it has no header that makes sense.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # corrupt EXIF and the like: told on stderr, mended anyway
        try:
            image = Image.open(path, formats=FORMATS[format])
        except (UnidentifiedImageError, *BAD_IMAGE) as error:
            raise Unreadable(_("The image cannot be opened.")) from error
        with image:
            yield image


def image_pages(path: Path, format: str, *, complete: bool, limits: Limits) -> int:
    """How many pages the image has.

    An animation is one page; a TIFF has as many as its chain of directories. Only of a file that
    does not reach its own end every page is decoded, to be sure that it can be.

    Raises:
        TooLarge: too many pixels or pages.
        Unreadable: a page that was looked at does not decode.
    """
    with opened(path, format) as image:
        _check_pixels(image, limits)
        count = _frames(image, limits) if format == "tiff" else 1
        try:
            for number in range(0 if complete else count):
                image.seek(number)
                image.draft(image.mode, (_FIRST_LOOK, _FIRST_LOOK))
                image.load()
        except BAD_IMAGE as error:
            raise Unreadable(_("The image cannot be decoded.")) from error
    return count


def image_page(path: Path, format: str, number: int, *, limits: Limits) -> Raster:
    """The pixels of one page, turned as its EXIF says.

    Raises:
        TooLarge: too many pixels.
        Unreadable: no header; and whatever of BAD_IMAGE the decoder raises.
    """
    with opened(path, format) as image:
        if number > 1:
            image.seek(number - 1)
        _check_pixels(image, limits)
        image.load()  # first: asked for its EXIF, a PNG loads itself and keeps its error quiet
        dpi = header_dpi(image)
        photo = _from_camera(image)
        upright = squared(plain(ImageOps.exif_transpose(image)), dpi)
        return Raster(upright, sensible_dpi(upright.size, max(dpi)), photo=photo)


def _check_pixels(image: Image.Image, limits: Limits) -> None:
    width, height = image.size
    if width * height > limits.pixels:
        message = _("The image has {width} x {height} pixels, more than is opened here.")
        raise TooLarge(message.format(width=width, height=height))


def _frames(image: Image.Image, limits: Limits) -> int:
    """Pages of a TIFF, counted by walking no further than the limit."""
    count = 1
    while True:
        try:
            image.seek(count)
        except EOFError:
            return count
        except BAD_IMAGE:
            return count
        count += 1
        if count > limits.pages:
            raise TooLarge(_("The file has more than {pages} pages.").format(pages=limits.pages))


def header_dpi(image: Image.Image) -> tuple[float, float]:
    """What the header says of pixels an inch, across and down as it is shown; 0: nothing."""
    try:
        across, down = (float(value) for value in image.info.get("dpi", (0, 0)))
    except (TypeError, ValueError, ArithmeticError):
        return 0.0, 0.0
    return (across, down) if across > 0 and down > 0 else (0.0, 0.0)


def _from_camera(image: Image.Image) -> bool:
    """Whether EXIF names an exposure or a lens: scanners write a maker at most."""
    if image.format not in {"JPEG", "MPO", "WEBP", "PNG"}:
        return False
    try:
        exif = image.getexif().get_ifd(0x8769)
    except BAD_IMAGE:
        return False
    return bool({0x829A, 0x829D, 0x920A} & set(exif))
