"""A page made ready for OCR: even light, straight, upright, no finer than it needs to be."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image, ImageStat

from arsip.scan.colour import grey_of
from arsip.scan.ink import Ink, ink_of, lightened
from arsip.scan.photo import Coefficients, coefficients, flat, sheet_in
from arsip.scan.raster import A4_SHORT_INCHES, Raster
from arsip.scan.skew import lie_of, straight
from arsip.scan.specks import specks_of
from arsip.scan.turn import upside

WORK_DPI = 240
"""What Tesseract reads as truly as 300 dpi and in 0.8 of the time."""

GREY_UP_TO = 220
"""Pages of this resolution and less lose letters when cut to one bit: they stay grey."""

COARSE, ENLARGED_DPI = 170, 200
"""Pages below 170 dpi are enlarged to 200: at 100 dpi 1.4 % of the words are lost instead of 5.7,
at 150 dpi 1.0 instead of 1.5, on faxes a tenth fewer."""
_MOST_ENLARGED = 4_000_000

FAINT = 0.5
"""Depth of ink from which a page counts as faint."""

UNEVEN = 0.75
"""Brightness of the darkest paper over the lightest, below which the light is taken out."""

BLANK_INK = 0.003
"""Share of ink below which a page is blank: noise, bleed-through and dark edges stay below, the
emptiest letter measured had 0.047."""

_SIDEWAYS = 1.6
"""Between 0.55, the most of 60 upright pages, and 4.8, the least of those on their side."""
_LEAST_SKEW = 0.05
_DUSTING_DPI = 180
"""Below it the strokes of letters are as thin as specks."""
_BLACK, _LIGHT, _BETWEEN = 16, 240, 0.01
_WHITE = 255


@dataclass(frozen=True, slots=True)
class Clean:
    """A page ready for OCR.

    Attributes:
        image: mode ``1`` or ``L``, upright and straight.
        dpi: of the image.
        turn: degrees clockwise that were needed, 0, 90, 180 or 270.
        skew: degrees clockwise that the lines leaned on top of it.
        blank: no ink worth reading.
        warp: from the sheet laid flat, before turn and skew, into the photo; None for scans.
    """

    image: Image.Image
    dpi: int
    turn: int = 0
    skew: float = 0.0
    blank: bool = False
    warp: Coefficients | None = None


def clean(raster: Raster) -> Clean:
    """The page made ready for OCR."""
    grey, dpi, warp = _at_work_size(raster)
    ink = ink_of(grey)
    mask = ink.mask
    page = _page(grey, ink, mask, dpi)
    specks = specks_of(mask) if dpi >= _DUSTING_DPI else None
    if specks:
        page.paste(_WHITE, mask=specks)
        mask.paste(0, mask=specks)
    if ImageStat.Stat(mask).mean[0] / _WHITE < BLANK_INK:
        return Clean(page, dpi, blank=True)
    lie = lie_of(mask)
    turn = 0
    if lie.sideways > _SIDEWAYS:
        turn = 90
        page = page.transpose(Image.Transpose.ROTATE_270)
        mask = mask.transpose(Image.Transpose.ROTATE_270)
        lie = lie_of(mask)
    skew = lie.skew if abs(lie.skew) >= _LEAST_SKEW else 0.0
    page = straight(page, skew, paper=_WHITE)
    if upside(straight(mask, skew, paper=0), dpi) < 0:
        page, turn = page.transpose(Image.Transpose.ROTATE_180), turn + 180
    if dpi > GREY_UP_TO or _black_or_white(grey):
        page = page.convert("1", dither=Image.Dither.NONE)
    return Clean(page, dpi, turn=turn, skew=skew, warp=warp)


def _black_or_white(grey: Image.Image) -> bool:
    """Whether a fax or a copier has cut the page to one bit already: nothing is lost once more."""
    levels = grey.histogram()
    return sum(levels[_BLACK:_LIGHT]) < _BETWEEN * sum(levels)


def _page(grey: Image.Image, ink: Ink, mask: Image.Image, dpi: int) -> Image.Image:
    """What the engine is given: black on white, or grey where the resolution is low."""
    if dpi > GREY_UP_TO:
        return mask.point([_WHITE - value for value in range(256)])
    if ink.depth > FAINT or ink.light < UNEVEN:
        return lightened(ink)
    return grey.copy()


def _at_work_size(raster: Raster) -> tuple[Image.Image, int, Coefficients | None]:
    """The page in grey, no finer than the working resolution; a photographed sheet laid flat."""
    image = raster.image.convert("L") if raster.image.mode == "1" else raster.image
    sheet = sheet_in(image)
    if sheet:
        dpi = min(float(WORK_DPI), min(sheet.size) / A4_SHORT_INCHES)
        scale = dpi * A4_SHORT_INCHES / min(sheet.size)
        size = (round(sheet.size[0] * scale), round(sheet.size[1] * scale))
        return flat(grey_of(image, dpi), sheet, size), round(dpi), coefficients(sheet, size)
    dpi = _work_dpi(raster)
    if dpi == round(raster.dpi):
        return grey_of(image, dpi), dpi, None
    scale = dpi / raster.dpi
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    method = Image.Resampling.HAMMING if scale < 1 else Image.Resampling.BICUBIC
    return grey_of(image.resize(size, method, reducing_gap=2.0), dpi), dpi, None


def _work_dpi(raster: Raster) -> int:
    """The resolution to read at; what is nearly right stays as it is."""
    if raster.dpi > WORK_DPI * 1.05:
        return WORK_DPI
    if raster.dpi < COARSE and raster.image.width * raster.image.height < _MOST_ENLARGED:
        return ENLARGED_DPI
    return round(raster.dpi)
