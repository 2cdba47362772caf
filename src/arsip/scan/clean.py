"""A page made ready for OCR: even light, straight, upright, no finer than it needs to be."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PIL import Image

from arsip.scan.blank import is_blank
from arsip.scan.colour import grey_of
from arsip.scan.dropouts import rows_mended
from arsip.scan.ink import ink_of, lightened
from arsip.scan.photo import Coefficients, coefficients, flat, sheet_in
from arsip.scan.raster import A4_SHORT_INCHES, Raster
from arsip.scan.skew import lie_of, straight
from arsip.scan.specks import dusted, is_dusty
from arsip.scan.turn import upside

WORK_DPI = 240
"""What Tesseract reads as truly as 300 dpi and in 0.8 of the time."""

GREY_UP_TO = 220
"""Pages of this resolution and less lose letters when cut to one bit: they stay grey."""

COARSE, ENLARGED_DPI = 170, 200
"""Pages below 170 dpi are enlarged to 200: at 100 dpi 1.4 % of the words are lost instead of 5.7,
at 150 dpi 1.0 instead of 1.5, on faxes a tenth fewer."""
_MOST_ENLARGED = 16_000_000
"""Pixels of the enlarged page: A2; what would be larger has a resolution that cannot be true."""

FAINT = 0.5
"""Depth of ink from which a page counts as faint."""

UNEVEN = 0.75
"""Brightness of the darkest paper over the lightest, below which the light is taken out."""

_SIDEWAYS = 1.6
"""Between 0.55, the most of 60 upright pages, and 4.8, the least of those on their side."""
_ON_ITS_HEAD = -0.15
"""Between 0.1, the least of 88 upright pages, and -0.4, the most of those on their heads."""
_OF_GREYS = frozenset({"dusted", "lightened", "one_bit"})
"""Steps that change the greys of a page."""
_LEAST_SKEW = 0.05
_DUSTING_DPI = 180
"""Below it the strokes of letters are as thin as specks."""
_BLACK, _LIGHT, _BETWEEN = 16, 240, 0.01
_WHITE, _HALF = 255, 128


@dataclass(frozen=True, slots=True)
class Clean:
    """A page ready for OCR.

    Attributes:
        image: mode ``1`` or ``L``, upright and straight.
        dpi: of the image.
        grey: mode ``L``, its greys as they came; neither turned nor straight.
        turn: degrees clockwise that were needed, 0, 90, 180 or 270.
        skew: degrees clockwise that the lines leaned on top of it.
        blank: no ink worth reading.
        warp: from the sheet laid flat, before turn and skew, into the photo; None for scans.
        steps: slugs of what was done, in order.
        depth: brightness of the darkest print relative to the paper, as it came; see ink.py.
    """

    image: Image.Image
    dpi: int
    grey: Image.Image
    turn: int = 0
    skew: float = 0.0
    blank: bool = False
    warp: Coefficients | None = None
    steps: tuple[str, ...] = ()
    depth: float = 0.0

    @property
    def held(self) -> int:
        """Bytes of its pixels."""
        return 2 * self.grey.width * self.grey.height


@dataclass(frozen=True, slots=True)
class _Sized:
    """A page in grey, no finer than the working resolution, and the steps that led to it."""

    grey: Image.Image
    dpi: int
    warp: Coefficients | None
    steps: tuple[str, ...]


def clean(raster: Raster) -> Clean:
    """The page made ready for OCR."""
    sized = _at_work_size(raster)
    ink = ink_of(sized.grey)
    page = Clean(
        sized.grey, sized.dpi, sized.grey, warp=sized.warp, steps=sized.steps, depth=ink.depth
    )
    if is_blank(ink.mask, sized.dpi):
        return replace(page, blank=True)
    dim = ink.depth > FAINT or ink.light < UNEVEN
    if sized.dpi >= _DUSTING_DPI and is_dusty(ink.mask):
        dustless = dusted(lightened(ink), sized.dpi)
        page = replace(page, image=dustless, steps=(*page.steps, "dusted"))
        mask = dustless.point([_WHITE] * _HALF + [0] * (256 - _HALF))
        if is_blank(mask, sized.dpi):
            return replace(page, blank=True)
        return _upright(page, mask)
    if dim:
        page = replace(page, steps=(*page.steps, "lightened"))
    if sized.dpi > GREY_UP_TO:
        return _upright(replace(page, image=ink.mask), ink.mask)
    if dim:
        page = replace(page, image=lightened(ink))
    page = _upright(page, ink.mask)
    return _cut(page) if _black_or_white(sized.grey) else page


def in_grey(page: Clean) -> Clean:
    """The page as upright and straight, its greys as they came."""
    image = straight(_turned(page.grey, page.turn), page.skew, paper=_WHITE)
    steps = tuple(step for step in page.steps if step not in _OF_GREYS)
    return replace(page, image=image, steps=steps)


def _upright(page: Clean, mask: Image.Image) -> Clean:
    """The page turned and straightened as its ink says; a page that is its own mask is cut to it.

    Args:
        page: as it lies.
        mask: its ink, mode L.
    """
    turn = 0
    laid = mask
    lie = lie_of(laid)
    if lie.sideways > _SIDEWAYS:
        turn = 90
        laid = _turned(mask, turn)
        lie = lie_of(laid)
    skew = lie.skew if abs(lie.skew) >= _LEAST_SKEW else 0.0
    laid = straight(laid, skew, paper=0)
    if upside(laid, page.dpi) < _ON_ITS_HEAD:
        laid, turn = _turned(laid, 180), turn + 180
    steps = (*(["turned"] if turn else []), *(["straightened"] if skew else []))
    page = replace(page, turn=turn, skew=skew, steps=(*page.steps, *steps))
    if page.image is mask:
        negative = laid.point([_WHITE] * _HALF + [0] * (256 - _HALF), "1")
        return replace(page, image=negative, steps=(*page.steps, "one_bit"))
    return replace(page, image=straight(_turned(page.image, turn), skew, paper=_WHITE))


def _turned(image: Image.Image, turn: int) -> Image.Image:
    """The image turned clockwise by quarters."""
    for _quarter in range(turn // 90):
        image = image.transpose(Image.Transpose.ROTATE_270)
    return image


def _cut(page: Clean) -> Clean:
    one_bit = page.image.convert("1", dither=Image.Dither.NONE)
    return replace(page, image=one_bit, steps=(*page.steps, "one_bit"))


def _black_or_white(grey: Image.Image) -> bool:
    """Whether a fax or a copier has cut the page to one bit already: nothing is lost once more."""
    levels = grey.histogram()
    return sum(levels[_BLACK:_LIGHT]) < _BETWEEN * sum(levels)


def _at_work_size(raster: Raster) -> _Sized:
    """The page in grey, no finer than the working resolution; a photographed sheet laid flat."""
    image, steps = _plain(raster.image)
    sheet = sheet_in(image)
    if sheet:
        dpi = min(float(WORK_DPI), min(sheet.size) / A4_SHORT_INCHES)
        scale = dpi * A4_SHORT_INCHES / min(sheet.size)
        size = (round(sheet.size[0] * scale), round(sheet.size[1] * scale))
        grey, bleached = grey_of(flat(image, sheet, size), dpi, size)
        steps += ("flattened", "bleached") if bleached else ("flattened",)
        return _Sized(grey, round(dpi), coefficients(sheet, size), steps)
    dpi = _work_dpi(raster)
    size = image.size
    if dpi != round(raster.dpi):
        scale = dpi / raster.dpi
        size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
        steps += ("reduced",) if scale < 1 else ("enlarged",)
    grey, bleached = grey_of(image, raster.dpi, size)
    return _Sized(grey, dpi, None, (*steps, "bleached") if bleached else steps)


def _plain(image: Image.Image) -> tuple[Image.Image, tuple[str, ...]]:
    """The image in mode L or RGB; a fax with its lost rows filled."""
    if image.mode != "1":
        return image, ()
    mended = rows_mended(image)
    return (mended or image).convert("L"), ("rows_mended",) if mended else ()


def _work_dpi(raster: Raster) -> int:
    """The resolution to read at; what is nearly right stays as it is."""
    if raster.dpi > WORK_DPI * 1.05:
        return WORK_DPI
    enlarged = raster.image.width * raster.image.height * (ENLARGED_DPI / raster.dpi) ** 2
    if raster.dpi < COARSE and enlarged <= _MOST_ENLARGED:
        return ENLARGED_DPI
    return round(raster.dpi)
