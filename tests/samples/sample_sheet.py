"""A sheet of office paper: draws lines of a letter and remembers the words it drew.

Measures are points (1/72 inch) from the top left corner. Only reportlab is needed, and the fonts
Liberation and Carlito, which may be embedded freely (SIL Open Font License).
"""

from __future__ import annotations

import io
import itertools
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FONTS: Final = Path("/usr/share/fonts/truetype")
FAMILIES: Final = {
    "Serif": "liberation/LiberationSerif",
    "Sans": "liberation/LiberationSans",
    "Mono": "liberation/LiberationMono",
    "Carlito": "crosextra/Carlito",
}
A4: Final = (595.28, 841.89)
F4: Final = (609.45, 935.43)
"""Folio, 215 x 330 mm: what most Indonesian offices have in the tray."""

LEFT: Final = 71.0
RULER: Final = 0.6
SAME_LINE: Final = 3.0
"""Pieces whose base lines differ by less are one line of text."""


def load_fonts() -> None:
    """Make the four families known to reportlab, plain and bold."""
    for family, stem in FAMILIES.items():
        for style in ("Regular", "Bold"):
            name = family if style == "Regular" else f"{family}-Bold"
            pdfmetrics.registerFont(TTFont(name, FONTS / f"{stem}-{style}.ttf"))


@dataclass(frozen=True, slots=True)
class Piece:
    """One run of words at its place."""

    x: float
    y: float
    text: str


@dataclass(slots=True)
class Sheet:
    """Paper to write a letter on, page after page."""

    family: str = "Serif"
    size: float = 12.0
    paper: tuple[float, float] = A4
    justified: bool = True
    """Words spread to the right edge, each drawn by itself: for pages that will be images."""
    password: str = ""
    title: str = ""
    spacing: float = 1.25
    y: float = 50.0
    pages: list[list[Piece]] = field(default_factory=lambda: [[]])
    out: io.BytesIO = field(default_factory=io.BytesIO)
    canvas: Canvas = field(init=False)

    def __post_init__(self) -> None:
        lock = StandardEncryption(self.password, strength=128) if self.password else None
        self.canvas = Canvas(self.out, pagesize=self.paper, invariant=1, encrypt=lock)
        self.canvas.setTitle(self.title)

    @property
    def right(self) -> float:
        """The right margin's edge."""
        return self.paper[0] - 57.0

    @property
    def leading(self) -> float:
        """From one base line to the next."""
        return self.size * self.spacing

    def width(self, text: str, *, bold: bool = False, size: float = 0.0) -> float:
        """How wide a text is when printed."""
        name = f"{self.family}-Bold" if bold else self.family
        return float(pdfmetrics.stringWidth(text, name, size or self.size))

    def put(self, x: float, text: str, *, bold: bool = False, size: float = 0.0) -> None:
        """Print a text at x on the present line."""
        self.canvas.setFont(f"{self.family}-Bold" if bold else self.family, size or self.size)
        self.canvas.drawString(x, self.paper[1] - self.y, text)
        self.pages[-1].append(Piece(x, self.y, text))

    def down(self, lines: float = 1.0) -> None:
        """Go on some lines below."""
        self.y += lines * self.leading

    def line(self, text: str, x: float = LEFT, *, bold: bool = False, size: float = 0.0) -> None:
        """Print one line and go to the next."""
        self.put(x, text, bold=bold, size=size)
        self.y += max(size, self.size) * 1.25

    def centre(self, text: str, *, bold: bool = True, size: float = 0.0) -> None:
        """Print one line in the middle of the paper."""
        x = (self.paper[0] - self.width(text, bold=bold, size=size)) / 2
        self.put(x, text, bold=bold, size=size)
        self.y += (size or self.size) * 1.2

    def paragraph(
        self, text: str, *, left: float = LEFT, right: float = 0.0, indent: float = 0.0
    ) -> None:
        """Print a text as lines between left and right, the first one indented."""
        lines = self._wrapped(text, (right or self.right) - left, indent)
        for number, words in enumerate(lines):
            x = left + (indent if number == 0 else 0.0)
            if self.justified and number < len(lines) - 1:
                self._spread(words, x, right or self.right)
            else:
                self.put(x, " ".join(words))
            self.down()

    def rows(
        self, rows: Iterable[tuple[str, str]], *, left: float = LEFT, colon: float, right: float = 0
    ) -> None:
        """Print labels, colons in a column, and values that may wrap."""
        for label, value in rows:
            if label:
                self.put(left, label)
                self.put(colon, ":")
            self.paragraph(value, left=colon + 10, right=right)

    def numbered(self, items: Sequence[str], *, left: float = LEFT, mark: str = "{}.") -> None:
        """Print a numbered list."""
        for number, item in enumerate(items, 1):
            self.put(left, mark.format(number))
            self.paragraph(item, left=left + 20)

    def rule(self, *, thick: float = 1.5) -> None:
        """Draw the line under a letterhead."""
        y = self.paper[1] - self.y + self.size * RULER
        self.canvas.setLineWidth(thick)
        self.canvas.line(LEFT - 8, y, self.right + 8, y)
        self.canvas.setLineWidth(RULER)
        self.canvas.line(LEFT - 8, y - 2.5, self.right + 8, y - 2.5)
        self.down()

    def box(self, left: float, top: float, right: float, bottom: float) -> None:
        """Draw a rectangle."""
        self.canvas.setLineWidth(RULER)
        self.canvas.rect(left, self.paper[1] - bottom, right - left, bottom - top)

    def crest(self, x: float = LEFT + 22, y: float = 66.0, r: float = 20.0) -> None:
        """Draw a made-up coat of arms, without words."""
        c, h = self.canvas, self.paper[1] - y
        c.setLineWidth(1.6)
        c.circle(x, h, r)
        c.circle(x, h, r * 0.78)
        for step in range(3):
            c.line(x - r * 0.4, h - 6 + step * 6, x + r * 0.4, h - 6 + step * 6)
        c.line(x, h - r * 0.7, x, h + r * 0.7)

    def stamp(self, x: float, y: float, *, colour: tuple[float, float, float]) -> None:
        """Press a round office stamp, in its ink, beside a signature."""
        c, h = self.canvas, self.paper[1] - y
        c.saveState()
        c.setStrokeColorRGB(*colour)
        for radius, thick in ((32, 2.0), (28, 0.7), (17, 0.7)):
            c.setLineWidth(thick)
            c.circle(x, h, radius)
        for turn in range(5):
            c.line(x - 10 + turn * 5, h - 6, x, h + 9)
        c.restoreState()

    def scribble(self, x: float, y: float, *, seed: int) -> None:
        """Sign by hand: a few loops of a blue pen."""
        rng, c, h = random.Random(seed), self.canvas, self.paper[1] - y
        c.saveState()
        c.setStrokeColorRGB(0.13, 0.17, 0.52)
        c.setLineWidth(1.3)
        points = [(x + step * 14.0, h + rng.uniform(-16, 20)) for step in range(8)]
        for (x1, y1), (x2, y2) in itertools.pairwise(points):
            c.bezier(x1, y1, x1 + 16, y1 + rng.uniform(0, 22), x2 - 14, y2 - 14, x2, y2)
        c.restoreState()

    def turn(self) -> None:
        """Take the next page."""
        self.canvas.showPage()
        self.pages.append([])
        self.y = 62.0

    def texts(self) -> list[str]:
        """The words of each page, line by line, as a person reads them."""
        return ["\n".join(_lines(page)) for page in self.pages]

    def pdf(self) -> bytes:
        """The finished document as a digital PDF."""
        self.canvas.save()
        return self.out.getvalue()

    def _wrapped(self, text: str, width: float, indent: float) -> list[list[str]]:
        lines: list[list[str]] = [[]]
        for word in text.split():
            room = width - (indent if len(lines) == 1 else 0.0)
            if lines[-1] and self.width(" ".join([*lines[-1], word])) > room:
                lines.append([])
            lines[-1].append(word)
        return lines

    def _spread(self, words: list[str], left: float, right: float) -> None:
        blank = right - left - sum(self.width(word) for word in words)
        gap = blank / max(1, len(words) - 1)
        x = left
        for word in words:
            self.put(x, word)
            x += self.width(word) + gap


def _lines(page: list[Piece]) -> list[str]:
    rows: list[list[Piece]] = []
    for piece in sorted(page, key=lambda piece: (piece.y, piece.x)):
        if rows and abs(rows[-1][0].y - piece.y) < SAME_LINE:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [" ".join(p.text for p in sorted(row, key=lambda p: p.x)) for row in rows]
