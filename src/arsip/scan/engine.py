"""What an OCR engine is: an image file in, words with pixel places out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from pathlib import Path
from typing import Protocol


class Layout(IntEnum):
    """What an image holds, as Tesseract's page segmentation modes.

    Others were tried on whole pages: 6 loses 5 % of the words of tables, 4 breaks columns, 1 costs
    a quarter more.
    """

    PAGE = 3
    """A page whose layout must be found."""
    BLOCK = 6
    """One block of lines."""
    LINE = 13
    """One line, as it stands: its ink is not looked at to find out where it lies."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A word where it was seen.

    Attributes:
        left, top, right, bottom: from the top left corner, in pixels of the image that was read
            (in points for a PDF's own text).
        confidence: 0 to 1.
        run: words of one printed line, as the reader grouped them, share a number.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    confidence: float = 1.0
    run: int = 0

    @property
    def height(self) -> float:
        """Of the word's box."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Half way down the word."""
        return (self.top + self.bottom) / 2

    def moved(self, across: float, down: float) -> Spot:
        """The word somewhere else."""
        return replace(
            self,
            left=self.left + across,
            right=self.right + across,
            top=self.top + down,
            bottom=self.bottom + down,
        )


class OcrTimeout(Exception):
    """The engine was given its time and did not end; it was stopped."""


class OcrFailed(Exception):
    """The engine ended without an answer."""


class OcrEngine(Protocol):
    """Anything that reads words from an image file."""

    @property
    def name(self) -> str:
        """What is kept with each page it reads: ``tesseract 5.3.0 ind+eng``."""
        ...

    @property
    def alone(self) -> OcrEngine | None:
        """The engine with its first language alone; None when that is no use."""
        ...

    @property
    def crossed(self) -> OcrEngine | None:
        """The engine for single lines that a pen or a stamp has been over; None without one."""
        ...

    def read(
        self, images: Sequence[Path], *, dpi: int, seconds: float, layout: Layout = Layout.PAGE
    ) -> list[list[Spot]]:
        """The words of each image, in the engine's own order.

        Args:
            images: BMP files: Tesseract takes one in at once, a PGM sign by sign in 0.04 s.
            dpi: their resolution.
            seconds: patience with all of them, by the clock on the wall.
            layout: what each of them holds.

        Raises:
            OcrTimeout: it took more than ``seconds``.
            OcrFailed: it ended without an answer for each.
        """
        ...
