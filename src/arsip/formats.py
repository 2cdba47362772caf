"""What files are called, format by format."""

from typing import Final

ENDINGS: Final = {
    "pdf": ("pdf",),
    "jpeg": ("jpg", "jpeg", "jfif"),
    "png": ("png",),
    "tiff": ("tif", "tiff"),
    "bmp": ("bmp",),
    "gif": ("gif",),
    "webp": ("webp",),
    "txt": ("txt",),
}
"""Slug of each format that is read -> what its files are called behind the dot, ours first."""
_ALL: Final = frozenset(ending for some in ENDINGS.values() for ending in some)


def extension(slug: str) -> str:
    """What files of a format are called behind the dot."""
    return ENDINGS[slug][0] if slug in ENDINGS else slug


def ends_as_file(name: str) -> bool:
    """Whether a word ends as the name of a file that is read: ``SCAN0042.pdf``."""
    stem, _dot, ending = name.rpartition(".")
    return any(map(str.isalnum, stem)) and ending.lower() in _ALL
