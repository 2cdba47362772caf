"""Stamps and signatures in colour taken off the print they lie on.

Colour goes only where dark neutral print stands near. A plain channel maximum over the whole page
erased up to 90 % of a letterhead printed in blue or red.
"""

from __future__ import annotations

from PIL import Image, ImageChops, ImageFilter, ImageStat

_REDUCE = 4
_COLOURED = 50
"""Difference between the strongest and the weakest channel from which a pixel has a colour."""
_LEAST_SHARE = 0.0005
_DARK = 140
_NEUTRAL = 40
_REACH_INCHES = 7 / 25.4
_DENSE = 3
"""Mean of the mask, of 255, from which there is print near: some letters in the square."""


def grey_of(image: Image.Image, dpi: float) -> Image.Image:
    """The page in grey; colour over and around black print left out."""
    if image.mode != "RGB":
        return image if image.mode == "L" else image.convert("L")
    grey = image.convert("L")
    small = image.reduce(_REDUCE)
    most, least = _extremes(small)
    colour = ImageChops.subtract(most, least)
    coloured = colour.point([255 if value > _COLOURED else 0 for value in range(256)])
    if ImageStat.Stat(coloured).mean[0] < _LEAST_SHARE * 255:
        return grey
    near = _near_print(most, colour, dpi / _REDUCE)
    near = ImageChops.multiply(
        near, coloured.filter(ImageFilter.BoxBlur(2)).point([0] + [255] * 255)
    )
    box = near.getbbox()
    if box is None:
        return grey
    left, top, right, bottom = (side * _REDUCE for side in box)
    right, bottom = min(right, image.width), min(bottom, image.height)
    most, least = _extremes(image.crop((left, top, right, bottom)))
    bleached = ImageChops.add(most, ImageChops.subtract(most, least))
    where = near.crop(box).resize(
        ((box[2] - box[0]) * _REDUCE, (box[3] - box[1]) * _REDUCE), Image.Resampling.NEAREST
    )
    grey.paste(bleached, (left, top), where.crop((0, 0, right - left, bottom - top)))
    return grey


def _extremes(image: Image.Image) -> tuple[Image.Image, Image.Image]:
    red, green, blue = image.split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return most, ImageChops.darker(ImageChops.darker(red, green), blue)


def _near_print(most: Image.Image, colour: Image.Image, dpi: float) -> Image.Image:
    """Where dark neutral print stands within 7 mm."""
    dark = most.point([255 if value < _DARK else 0 for value in range(256)])
    neutral = colour.point([255 if value < _NEUTRAL else 0 for value in range(256)])
    ink = ImageChops.multiply(dark, neutral)
    around = ink.filter(ImageFilter.BoxBlur(max(1, round(_REACH_INCHES * dpi))))
    return around.point([255 if value >= _DENSE else 0 for value in range(256)])
