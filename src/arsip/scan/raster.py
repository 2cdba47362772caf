"""One page as pixels, ready to be cleaned: mode 1, L or RGB, upright as a viewer would show it."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image

POINTS_PER_INCH = 72.0
A4_SHORT_INCHES = 8.27
_SHORT_SIDE_INCHES = (2.0, 17.0)
"""A receipt is 2 inches wide, the short side of A2 is 17: what says otherwise lies."""
_MOST_STRETCH = 3.0
"""Between the resolutions of both directions; headers that say more are not believed."""
_SQUARE = 0.1
"""Letters a tenth wider than high are read as well, and scanners round."""
_WHITE = 255


@dataclass(frozen=True, slots=True)
class Raster:
    """A page's pixels.

    Attributes:
        image: mode ``1``, ``L`` or ``RGB``; on white, no alpha.
        dpi: of the image as it is, by its header if that makes a page of sensible size.
        photo: taken by a camera, so that the sheet may lie anywhere in it.
    """

    image: Image.Image
    dpi: float
    photo: bool = False

    @property
    def points(self) -> tuple[float, float]:
        """Width and height of the page in points."""
        width, height = self.image.size
        scale = POINTS_PER_INCH / self.dpi
        return width * scale, height * scale


def sensible_dpi(size: tuple[int, int], given: float) -> float:
    """The resolution that makes a page of sensible size; A4 when the given one does not."""
    short = max(1, min(size))
    if given > 0:
        least, most = _SHORT_SIDE_INCHES
        if least <= short / given <= most:
            return given
    return max(1.0, short / A4_SHORT_INCHES)


def points_of(size: tuple[int, int], dpi: tuple[float, float]) -> tuple[float, float]:
    """Width and height in points of an image with these resolutions across and down."""
    across, down = dpi
    finer = sensible_dpi(size, max(across, down))
    if min(across, down) <= 0 or max(across, down) > _MOST_STRETCH * min(across, down):
        across = down = 1.0
    scale = POINTS_PER_INCH / finer * max(across, down)
    return size[0] * scale / across, size[1] * scale / down


def squared(image: Image.Image, dpi: tuple[float, float]) -> Image.Image:
    """The image with as many pixels an inch down as across (a fax has 204 x 98)."""
    width, height = points_of(image.size, dpi)
    across, down = dpi
    if (
        min(dpi) <= 0
        or abs(across - down) <= _SQUARE * max(dpi)
        or max(dpi) > _MOST_STRETCH * min(dpi)
    ):
        return image
    size = (
        (round(image.height * width / height), image.height)
        if across < down
        else (image.width, round(image.width * height / width))
    )
    return image.convert("L").resize(size, Image.Resampling.BICUBIC)


def resized(
    image: Image.Image, size: tuple[int, int], *, area: tuple[int, int, int, int] | None = None
) -> Image.Image:
    """The image in another size.

    Args:
        image: in any mode but 1.
        size: width and height in pixels of the whole image.
        area: left, top, right, bottom in pixels of that size, when only a part is wanted.
    """
    if area is None and size == image.size:
        return image
    left, top, right, bottom = area or (0, 0, *size)
    across, down = image.width / size[0], image.height / size[1]
    smaller = size[0] < image.width
    return image.resize(
        (right - left, bottom - top),
        Image.Resampling.HAMMING if smaller else Image.Resampling.BICUBIC,
        box=(left * across, top * down, right * across, bottom * down),
        reducing_gap=2.0,
    )


def plain(image: Image.Image) -> Image.Image:
    """The image in mode 1, L or RGB, on white."""
    mode = image.mode
    if mode in {"1", "L", "RGB"}:
        return image
    if mode.startswith("I;16"):
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if mode in {"I", "F"}:
        return _stretched(image)
    if mode in {"LA", "La"} or image.has_transparency_data:
        return _on_white(image.convert("RGBA"))
    return image.convert("RGB")


def _stretched(image: Image.Image) -> Image.Image:
    """Whole or broken numbers of any range, as grey from the least to the most of them."""
    low, high = image.getextrema()
    assert isinstance(low, int | float)
    assert isinstance(high, int | float)
    scale = 255 / ((high - low) or 1)
    return image.point(lambda value: value * scale - low * scale).convert("L")


def _on_white(image: Image.Image) -> Image.Image:
    paper = Image.new("RGB", image.size, (_WHITE, _WHITE, _WHITE))
    paper.paste(image, mask=image.getchannel("A"))
    return paper
