"""The order a reader reads in: words to lines, lines down the page, columns one after the other.

Tesseract's own text order moves the rows of tables after any clean-up (mean character error rate
0.0122 against 0.0021 in this order, 24 pages), so the boxes alone decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from arsip.scan.engine import Spot

_SAME_ROW = 0.5
"""Middles nearer than this part of a line's height stand on one row."""
_JUMP, _TALL = 0.7, 1.6
"""In heights of a word: how far the next word of a line stands higher or lower at most; and how
high a word is whose middle tells nothing, for a stroke of a pen is in it."""
_OVERLAP = 0.3
"""Pieces that lie over each other by more of the narrower one are two lines, however near."""

_GUTTERS = 24
"""Places across the text where a gap between columns is looked for."""
_COLUMN_LINES = 7
"""Full lines that each side needs: an address beside the letter's number has five or six."""
_GAP = 4.0
"""Line heights without a line that end a column."""
_FULL = 0.7
_WORDY = 3
_FULL_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words of one run, left to right."""

    words: tuple[Spot, ...]
    left: float
    right: float
    middle: float
    height: float

    @property
    def wide(self) -> float:
        return self.right - self.left


def in_order(spots: Iterable[Spot]) -> list[tuple[Spot, ...]]:
    """The words in lines, in reading order; words side by side share a line.

    Columns of running text are read one after the other; labels, addresses and tables row by row.
    """
    return [line for part in _parts(_pieces(spots)) for line in _rows(part)]


def by_row(spots: Iterable[Spot], usual: float) -> list[Spot]:
    """The words, those of a run that stand on several rows in runs of their own.

    A stroke that reaches from one line to the next makes Tesseract take both for one.

    Args:
        spots: of a page.
        usual: height of its words.
    """
    runs = _runs(spots)
    parted, fresh = list[Spot](), max(runs, default=0) + 1
    for run, words in runs.items():
        rows = list[list[Spot]]()
        for word in sorted(words, key=lambda spot: spot.left):
            row = next((row for row in rows if _goes_on(row, word, usual)), None)
            if row is None:
                rows.append([word])
            else:
                row.append(word)
        for at, row in enumerate(rows):
            parted += [replace(word, run=fresh if at else run) for word in row]
            fresh += bool(at)
    return parted


def _goes_on(row: Sequence[Spot], word: Spot, usual: float) -> bool:
    """Whether a word stands level with the last one before it whose height is a word's."""
    level = next((spot.middle for spot in reversed(row) if _tells_row(spot, usual)), None)
    return level is None or not _tells_row(word, usual) or abs(word.middle - level) <= _JUMP * usual


def _tells_row(spot: Spot, usual: float) -> bool:
    """Whether a word's middle is that of its row: no mark, and no stroke of a pen."""
    return spot.height <= _TALL * usual and any(sign.isalnum() for sign in spot.text)


def _runs(spots: Iterable[Spot]) -> dict[int, list[Spot]]:
    runs: dict[int, list[Spot]] = {}
    for spot in spots:
        runs.setdefault(spot.run, []).append(spot)
    return runs


def _pieces(spots: Iterable[Spot]) -> list[_Piece]:
    return [_piece(words) for words in _runs(spots).values()]


def _piece(words: list[Spot]) -> _Piece:
    words = sorted(words, key=lambda spot: spot.left)
    return _Piece(
        tuple(words),
        left=words[0].left,
        right=max(spot.right for spot in words),
        middle=median(spot.middle for spot in words),
        height=max(median(spot.height for spot in words), 1e-3),
    )


def _rows(pieces: Sequence[_Piece]) -> list[tuple[Spot, ...]]:
    """Pieces glued where they stand side by side, from top to bottom."""
    rows: list[list[_Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.middle):
        row = next((row for row in reversed(rows[-4:]) if _beside(row, piece)), None)
        if row is None:
            rows.append([piece])
        else:
            row.append(piece)
    rows.sort(key=lambda row: median(piece.middle for piece in row))
    return [
        tuple(spot for piece in sorted(row, key=lambda piece: piece.left) for spot in piece.words)
        for row in rows
    ]


def _beside(row: Sequence[_Piece], piece: _Piece) -> bool:
    """Whether the piece stands on the row: as high, and not over one that is there."""
    return all(
        abs(other.middle - piece.middle) < _SAME_ROW * max(min(other.height, piece.height), 1e-3)
        and _shared(other, piece) <= _OVERLAP * min(other.wide, piece.wide)
        for other in row
    )


def _shared(one: _Piece, other: _Piece) -> float:
    return min(one.right, other.right) - max(one.left, other.left)


def _parts(pieces: list[_Piece]) -> list[list[_Piece]]:
    """Bands of the page from top to bottom, columns of running text as parts of their own."""
    if len(pieces) < 2 * _COLUMN_LINES:
        return [pieces]
    band = max((band for band in _bands(pieces)), key=len, default=None)
    if band is None:
        return [pieces]
    top, bottom = band.top, band.bottom
    rest = [piece for piece in pieces if piece not in band.both]
    above = [piece for piece in rest if piece.middle < (top + bottom) / 2]
    below = [piece for piece in rest if piece.middle >= (top + bottom) / 2]
    return [*_parts(above), *_parts(band.left), *_parts(band.right), *_parts(below)]


@dataclass(frozen=True, slots=True)
class _Band:
    """A stretch of the page that a gutter parts into two columns of running text."""

    left: list[_Piece]
    right: list[_Piece]

    @property
    def both(self) -> list[_Piece]:
        return [*self.left, *self.right]

    def __len__(self) -> int:
        return len(self.left) + len(self.right)

    @property
    def top(self) -> float:
        return min(piece.middle for piece in self.both)

    @property
    def bottom(self) -> float:
        return max(piece.middle for piece in self.both)


def _bands(pieces: Sequence[_Piece]) -> list[_Band]:
    """Every stretch of running text in two columns, for each place where a gutter may be."""
    left = min(piece.left for piece in pieces)
    right = max(piece.right for piece in pieces)
    places = [left + (right - left) * (0.25 + 0.5 * at / _GUTTERS) for at in range(_GUTTERS + 1)]
    return [band for place in places for band in _bands_at(pieces, place)]


def _bands_at(pieces: Sequence[_Piece], gutter: float) -> list[_Band]:
    crossing = sorted(piece.middle for piece in pieces if piece.left < gutter < piece.right)
    bands = []
    for top, bottom in pairwise([float("-inf"), *crossing, float("inf")]):
        inside = [piece for piece in pieces if top < piece.middle < bottom]
        sides = (
            _together([piece for piece in inside if piece.right <= gutter]),
            _together([piece for piece in inside if piece.left >= gutter]),
        )
        if all(_running(side) for side in sides):
            bands.append(_Band(*sides))
    return bands


def _together(side: Sequence[_Piece]) -> list[_Piece]:
    """The longest stretch of a column without a wide gap."""
    stretches: list[list[_Piece]] = [[]]
    for piece in sorted(side, key=lambda piece: piece.middle):
        last = stretches[-1]
        if last and piece.middle - last[-1].middle > _GAP * piece.height:
            stretches.append([])
        stretches[-1].append(piece)
    return max(stretches, key=len)


def _running(side: Sequence[_Piece]) -> bool:
    """Whether these pieces are a column of running text: most of its lines are full."""
    if len(side) < _COLUMN_LINES:
        return False
    width = max(piece.right for piece in side) - min(piece.left for piece in side)
    full = [piece for piece in side if piece.wide >= _FULL * width and len(piece.words) >= _WORDY]
    return len(full) >= max(_COLUMN_LINES, _FULL_SHARE * len(side))
