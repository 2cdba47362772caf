"""A page seen as coarse cells: which of them hang together."""

from __future__ import annotations

from collections.abc import Iterator

from PIL import Image

Cell = tuple[int, int]
"""Column and row, from the top left corner."""

_FULL = 255
_REACH = (-2, -1, 0, 1, 2)
_NEAR = tuple((across, down) for across in _REACH for down in _REACH if across or down)
"""Cells that touch, or have one between them, hang together."""


def filled(image: Image.Image, least: int) -> frozenset[Cell]:
    """The cells of an image in mode L, a pixel each, that are at least so bright."""
    full = image.point([_FULL if level >= least else 0 for level in range(256)]).tobytes()
    return frozenset((at % image.width, at // image.width) for at in _places(full))


def _places(full: bytes) -> Iterator[int]:
    at = full.find(_FULL)
    while at >= 0:
        yield at
        at = full.find(_FULL, at + 1)


def groups(cells: frozenset[Cell]) -> Iterator[set[Cell]]:
    """Cells that hang together, a group at a time."""
    left = set(cells)
    while left:
        waiting = [left.pop()]
        group = set(waiting)
        while waiting:
            x, y = waiting.pop()
            touching = {(x + across, y + down) for across, down in _NEAR} & left
            left -= touching
            group |= touching
            waiting.extend(touching)
        yield group
