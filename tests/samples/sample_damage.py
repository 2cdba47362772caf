"""What a printer, a scanner, a fax and a telephone do to a clean page."""

from __future__ import annotations

import io
import random
import time
from dataclasses import dataclass
from typing import Final

import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageFilter

SCANNED: Final = time.gmtime(1_720_000_000)
"""One moment for all files, so that the same letters give the same bytes."""
TABLE: Final = (96, 74, 58)
"""The colour of the desk that a letter is photographed on."""


@dataclass(frozen=True, slots=True)
class Scanner:
    """How a page becomes a picture."""

    dpi: int = 300
    mode: str = "L"
    """Pillow's name: 1 is black and white, L is grey, RGB is colour."""
    turn: int = 0
    """Degrees the sheet lies turned on the glass, in steps of 90."""
    skew: float = 0.0
    noise: float = 6.0
    """Standard deviation of the sensor's grain, of 255."""
    quality: int = 55
    """JPEG quality of grey and colour pages."""
    seed: int = 1

    def scan(self, pdf: bytes) -> list[Image.Image]:
        """Every page as a picture."""
        document = pypdfium2.PdfDocument(pdf)
        try:
            pages = [page.render(scale=self.dpi / 72).to_pil() for page in document]
        finally:
            document.close()
        return [self._damaged(page.convert("RGB")) for page in pages]

    def _damaged(self, page: Image.Image) -> Image.Image:
        if self.skew:
            page = page.rotate(self.skew, Image.Resampling.BICUBIC, fillcolor="white")
        page = page.rotate(self.turn, expand=True)
        grey = page if self.mode == "RGB" else page.convert("L")
        if self.mode != "1":
            grey = grey.filter(ImageFilter.GaussianBlur(0.6))
        grained = _grained(grey, self.noise, random.Random(self.seed))
        return (
            grained.point(lambda level: 255 * (level > 148), "1") if self.mode == "1" else grained
        )


def _grained(page: Image.Image, noise: float, rng: random.Random) -> Image.Image:
    """The page with paper tone and sensor grain; one seeded tile of grain covers it all."""
    if not noise:
        return page
    tile = Image.new("L", (256, 256))
    tile.putdata([round(min(255.0, max(0.0, rng.gauss(128, noise)))) for _ in range(256 * 256)])
    grain = Image.new("L", page.size)
    for left in range(0, page.width, 256):
        for top in range(0, page.height, 256):
            grain.paste(tile.rotate(90 * rng.randrange(4)), (left, top))
    layers = grain if page.mode == "L" else Image.merge("RGB", [grain] * 3)
    return ImageChops.add(page.point(lambda level: level * 0.93 + 4), layers, offset=-128)


def photograph(page: Image.Image, *, seed: int) -> bytes:
    """A JPEG as a telephone takes it: perspective, a shadow, warm light, a desk around."""
    size = (2250, 3000)
    corners = ((165, 190), (2080, 120), (2170, 2870), (95, 2800))
    sheet = page.convert("RGB").resize((1900, 2690), Image.Resampling.LANCZOS)
    way = _projection(corners, sheet.size)
    photo = sheet.transform(
        size, Image.Transform.PERSPECTIVE, way, Image.Resampling.BICUBIC, fillcolor=TABLE
    )
    mask = Image.new("L", size)
    ImageDraw.Draw(mask).polygon(corners, fill=255)
    light = Image.linear_gradient("L").rotate(115, Image.Resampling.BICUBIC, expand=True)
    inner = light.crop((90, 90, light.width - 90, light.height - 90))
    shadow = inner.resize(size, Image.Resampling.BICUBIC).point(lambda level: 140 + level * 0.45)
    warm = ImageChops.multiply(photo, Image.merge("RGB", (shadow, shadow, shadow)))
    desk = _grained(Image.new("RGB", size, TABLE), 9, random.Random(seed))
    desk.paste(_grained(warm, 4, random.Random(seed + 1)), mask=mask)
    out = io.BytesIO()
    desk.filter(ImageFilter.GaussianBlur(0.7)).save(out, "JPEG", quality=62)
    return out.getvalue()


def _projection(corners: tuple[tuple[int, int], ...], size: tuple[int, int]) -> tuple[float, ...]:
    """Coefficients that take a point of the photo back to the sheet.

    Heckbert, "Fundamentals of Texture Mapping and Image Warping" (1989), 2.2.3: unit square to
    quadrilateral, then inverted by the adjugate.
    """
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = corners
    sx, sy = x0 - x1 + x2 - x3, y0 - y1 + y2 - y3
    dx1, dx2, dy1, dy2 = x1 - x2, x3 - x2, y1 - y2, y3 - y2
    whole = dx1 * dy2 - dx2 * dy1
    g, h = (sx * dy2 - dx2 * sy) / whole, (dx1 * sy - sx * dy1) / whole
    a, b, c = x1 - x0 + g * x1, x3 - x0 + h * x3, x0
    d, e, f = y1 - y0 + g * y1, y3 - y0 + h * y3, y0
    back = (
        (e - f * h, c * h - b, b * f - c * e),
        (f * g - d, a - c * g, c * d - a * f),
        (d * h - e * g, b * g - a * h, a * e - b * d),
    )
    unit = back[2][2]
    wide, high = size
    rows = [
        [v / unit * scale for v in row] for row, scale in zip(back, (wide, high, 1), strict=True)
    ]
    return (*rows[0], *rows[1], rows[2][0], rows[2][1])


def image_pdf(pages: list[Image.Image], scanner: Scanner) -> bytes:
    """A scanner's PDF: one picture a page and not a word in it."""
    out = io.BytesIO()
    quality = {} if scanner.mode == "1" else {"quality": scanner.quality}
    pages[0].save(
        out,
        "PDF",
        resolution=scanner.dpi,
        save_all=True,
        append_images=pages[1:],
        producer="Scan",
        creationDate=SCANNED,
        modDate=SCANNED,
        **quality,
    )
    return out.getvalue()


def tiff(pages: list[Image.Image], scanner: Scanner) -> bytes:
    """A fax group 4 TIFF, all pages in one file."""
    out = io.BytesIO()
    pages[0].save(
        out,
        "TIFF",
        compression="group4",
        dpi=(scanner.dpi, scanner.dpi),
        save_all=True,
        append_images=pages[1:],
    )
    return out.getvalue()


def png(page: Image.Image, scanner: Scanner) -> bytes:
    """A PNG in sixteen greys."""
    out = io.BytesIO()
    grey = page.convert("L").quantize(16)
    grey.save(out, "PNG", optimize=True, dpi=(scanner.dpi, scanner.dpi))
    return out.getvalue()


def jpeg(page: Image.Image, scanner: Scanner) -> bytes:
    """A JPEG from a flat-bed scanner."""
    out = io.BytesIO()
    page.save(out, "JPEG", quality=scanner.quality, dpi=(scanner.dpi, scanner.dpi))
    return out.getvalue()
