"""Dust and copier specks taken off a page; full stops and dots on an i are larger and stay."""

from __future__ import annotations

from PIL import Image, ImageChops, ImageFilter, ImageStat

_REDUCE = 2
_LONELY = (2, 42, 5)
"""What has no print around: mean ink, of 255, up to 42 in a square of 10 pixels, 10 away from
more. A speck of 4 x 4 gives 41, a thin table rule 50."""
_SMALL = (1, 82, 1)
"""What is smaller than a full stop: mean ink up to 82 in a square of 6 pixels, 3 pixels away from
more. Of five settings this left the fewest errors on third copies (0.047 instead of 0.127)."""
_DUSTY = 0.008
"""Share of the ink that stands alone from which a page is dusty: third copies have 0.017 and more,
clean pages 0.001 at most."""
_SAMPLE = (0.2, 0.3, 0.8, 0.6)
"""Part of the page that is looked at to see whether it is dusty."""


def specks_of(mask: Image.Image) -> Image.Image | None:
    """Where specks stand in an ink mask: mode L, 255 on specks; None when there is hardly any."""
    width, height = mask.size
    left, top, right, bottom = _SAMPLE
    sample = mask.crop(
        (round(width * left), round(height * top), round(width * right), round(height * bottom))
    )
    ink = ImageStat.Stat(sample).mean[0]
    if not ink or ImageStat.Stat(_apart(sample, _LONELY)).mean[0] < _DUSTY * ink:
        return None
    return _apart(mask, _SMALL)


def _apart(mask: Image.Image, measure: tuple[int, int, int]) -> Image.Image:
    """The ink that is apart from print, by a measure of (reach, mean ink, distance)."""
    reach, most, distance = measure
    near = mask.reduce(_REDUCE).filter(ImageFilter.BoxBlur(reach))
    printed = near.point([255 if value > most else 0 for value in range(256)])
    around = printed.filter(ImageFilter.BoxBlur(distance))
    empty = around.point([255] + [0] * 255).resize(mask.size, Image.Resampling.NEAREST)
    return ImageChops.multiply(mask, empty)
