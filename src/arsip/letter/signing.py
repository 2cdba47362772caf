"""The signature block: each line that may be a name, with what stands above and below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from arsip.letter.folding import bare
from arsip.letter.identity import LABEL, Identity, identity_in, unlabelled
from arsip.letter.marks import (
    ACTING,
    BEHALF,
    ELECTRONIC,
    ENACTED,
    FOOTER,
    GREETING,
    OFFICE,
    RANK,
    SIGNED,
    UNDER,
    WITNESS,
)
from arsip.letter.names import WHOLE_WORD, degreed, is_name, only_degrees, title_at_end
from arsip.letter.rows import Row, Strip
from arsip.letter.sheet import Sheet
from arsip.letter.zones import is_place_date

_MOST_ROWS: Final = 60
_MOST_NAMES: Final = 40
_REACH: Final = 22
"""In widths of a letter: how far beside a name what belongs to it may lie with its middle."""
_BELOW: Final = 4
"""Rows below a name in which its rank and number stand."""
_TALL: Final = 1.8
"""In line pitches: the blank that a hand signs in."""
ALIGNED: Final = 1.5
"""In widths of a letter: how far below its title a name may begin and still stand under it."""
_SCRIBE: Final = re.compile(r"\W*Notul(?:[il1]s|en)\s*[,:]\s*(?=\w)", re.IGNORECASE)
"""An office in one line with its name."""
_FIRST_WORD: Final = re.compile(r"[A-Z][a-z]{2,}$|[A-Z]{3,}$")
_TORN: Final = 8
"""In widths of a letter: a gap that a stamp may tear into a name."""
_LEGIBLE: Final = 0.5
_BESIDE: Final = 2
"""Rows by which two signatures side by side may differ."""


@dataclass(frozen=True, slots=True)
class Block:
    """A signature.

    Attributes:
        name: None when only the number is legible.
        above: the strips over the name that belong to it, top to bottom.
        below: those under it, to its number.
        identity, identity_strip: NIP or NRP and where it stands.
        entitled: an office stands above the name, or before it.
        marked: a rank or a number stands below the name.
        greeted: it begins with ``Hormat kami`` or ``Yours sincerely``, or says that it is signed.
        witness: it begins with ``Mengetahui`` or ``Salinan sesuai dengan aslinya``.
        spaced: there is room above the name for a hand's signature.
        aligned: it begins, or is centred, where its title or its number does.
    """

    name: Strip | None
    above: tuple[Strip, ...]
    below: tuple[Strip, ...]
    identity: Identity | None
    identity_strip: Strip | None
    entitled: bool
    marked: bool
    greeted: bool
    witness: bool
    spaced: bool
    aligned: bool

    @property
    def key(self) -> tuple[int, int]:
        """What lines of one signature share: where its title begins, else its number."""
        first = next(iter(self.above), None) or self.identity_strip or self.anchor
        return first.row, first.left

    @property
    def anchor(self) -> Strip:
        """The name, else the number."""
        strip = self.name or self.identity_strip
        assert strip is not None, "a block has one of the two"
        return strip

    @property
    def whole(self) -> bool:
        """Whether it has all that a signature has: an office or greeting, and a sure name."""
        if self.name is None or _comma(self.name.text):
            return False
        sure = self.marked or degreed(self.name.text) or self.spaced
        return self.greeted or (self.entitled and sure)

    @property
    def weight(self) -> int:
        """How much speaks for this line as the name of its signature, in points."""
        points = 3 * self.marked + 2 * self.entitled + self.spaced + 2 * self.aligned
        points -= 3 * (self.greeted and bool(self.above) and not self.entitled)
        if self.name is None:
            return points - 6
        text = self.name.text
        points += 3 * degreed(text) + (len(WHOLE_WORD.findall(text)) > 1)
        return points - 3 * _comma(text) - 2 * (self.name.place.confidence < _LEGIBLE)


def _comma(text: str) -> bool:
    """Whether a line ends as titles do."""
    return text.rstrip().endswith(",") and not degreed(text)


def is_office(text: str) -> bool:
    """Whether a line begins with an office or with the mark of its acting holder."""
    return bool(OFFICE.match(text) or ACTING.match(text))


def author_of(sheet: Sheet) -> Block | None:
    """The signature of who wrote the letter: the first whole one, never a witness's."""
    blocks = sheet.once(signatures)
    own = [block for block in blocks if not block.witness] or blocks
    whole = next((block for block in own if block.whole), None)
    if whole:
        row = [b for b in own if abs(b.anchor.row - whole.anchor.row) <= _BESIDE and _signs(b)]
        return min(row, key=lambda block: block.anchor.left)
    likely = [block for block in own if block.name is None or _signs(block) or block.entitled]
    return max(likely, key=lambda block: (block.weight, block.anchor.row), default=None)


def _signs(block: Block) -> bool:
    """Whether a name is one beyond doubt, though its title may be lost."""
    named = block.name is not None
    return block.whole or (named and (block.marked or degreed(block.anchor.text)))


def signatures(sheet: Sheet) -> list[Block]:
    """All signatures, from top to bottom: of the lines that may be the name of one, the best."""
    region = _Region(sheet)
    names = list(region.names())[-_MOST_NAMES:]
    blocks = [region.block(name, names) for name in names]
    best: dict[tuple[int, int], Block] = {}
    for block in blocks:
        other = best.get(block.key)
        if other is None or block.weight > other.weight:
            best[block.key] = block
    taken = {block.identity_strip.row for block in blocks if block.identity_strip}
    numbers = [strip for strip in region.numbers() if strip.row not in taken]
    alone = [region.block(strip, names) for strip in numbers]
    return sorted((*best.values(), *alone), key=lambda block: block.anchor.row)


class _Region:
    """The rows below the prose."""

    def __init__(self, sheet: Sheet) -> None:
        closing, zones = sheet.closing, sheet.zones
        self._rows: Sequence[Row] = sheet.rows[closing.start : closing.end][:_MOST_ROWS]
        self._year = sheet.today.year
        heads = [row.text.upper() for row in sheet.rows[: zones.kop]]
        self._stamp = re.sub(r"[^A-Z]", "", "".join(heads))
        self._heads = frozenset(bare(head) for head in heads)
        self._edges = [
            cell.left
            for row in self._rows
            for cell in row.cells[1:]
            if is_office(cell.text) or LABEL.match(cell.text)
        ]
        self._whole = frozenset(word for head in heads for word in re.findall("[A-Z]+", head))

    def names(self) -> Iterator[Strip]:
        """Strips that can be a person's name."""
        last = -1
        for row in self._rows:
            for part in self._parts(row):
                scribe = _SCRIBE.match(part.text)
                strip = part.cut(scribe.end()) if scribe else part
                rest = only_degrees(strip.text) and last == row.index - 1
                other = rest or _is_town(strip) or self._noise(strip)
                if is_name(strip.text) and not other:
                    last = row.index
                    yield self._with_title(strip, row)

    def _parts(self, row: Row) -> list[Strip]:
        """The cells of a row: two names in one cell parted, one name in two cells put together."""
        parts: list[Strip] = []
        for part in (part for cell in row.cells for part in self._side_by_side(cell, row)):
            near = bool(parts) and part.left - parts[-1].right <= _TORN * row.letter
            if near and is_name(part.text) and self._begins_name(parts[-1], row):
                words = (*parts.pop().words, *part.words)
                parts.append(Strip.of(words, row.page, row.index))
            else:
                parts.append(part)
        return parts

    def _begins_name(self, part: Strip, row: Row) -> bool:
        """Whether a cell is the first word of a name: it stands where the lines around it begin."""
        edges = [cell.left for other in self._rows for cell in other.cells if other is not row]
        under = sum(abs(part.left - edge) <= ALIGNED * row.letter for edge in edges) > 1
        return under and bool(_FIRST_WORD.match(part.text)) and not self._is_stamp(part.text)

    def _side_by_side(self, cell: Strip, row: Row) -> Iterator[Strip]:
        """Names that stand close beside each other, parted where their titles and numbers are."""
        cuts = [
            start
            for word, start in zip(cell.words[1:], cell.starts[1:], strict=True)
            if any(abs(word.box.left - edge) <= ALIGNED * row.letter for edge in self._edges)
        ]
        for start, end in pairwise([0, *cuts, len(cell.text)]):
            yield cell.cut(start, end) if cuts else cell

    def numbers(self) -> Iterator[Strip]:
        """Strips with the number of an official."""
        for row in self._rows:
            strip = row.whole
            if identity_in(strip.text) or unlabelled(strip.text):
                yield strip

    def block(self, anchor: Strip, names: Sequence[Strip]) -> Block:
        """The signature that a name, or a number without one, belongs to."""
        low, high = self._bounds(anchor, names)
        column = [strip for row in self._rows for strip in self._between(row, low, high)]
        over = [strip for strip in column if strip.row < anchor.row]
        above, witness, greeted = self._above(over, anchor)
        under = [strip for strip in column if strip.row > anchor.row]
        below, identity, spot = self._below(anchor, under, greeted=greeted)
        named = not identity_in(anchor.text) and not unlabelled(anchor.text)
        if not named:
            identity, spot = identity_in(anchor.text) or unlabelled(anchor.text), anchor
        marked = bool(identity) or any(RANK.match(s.text) or LABEL.match(s.text) for s in below)
        row = self._rows[anchor.row - self._rows[0].index].text
        entitled = any(is_office(s.text) or BEHALF.match(s.text) for s in above)
        last = above[-1].row if above else None
        return Block(
            anchor if named else None, tuple(above), tuple(below), identity, spot,
            entitled=entitled or bool(_SCRIBE.match(row)), marked=marked, greeted=greeted,
            witness=witness, spaced=self._spaced(anchor, last),
            aligned=_under(anchor, [*above, *below], self._rows[0].letter),
        )  # fmt: skip

    def _above(self, over: Sequence[Strip], anchor: Strip) -> tuple[list[Strip], bool, bool]:
        """The strips over a name up to the start of its block, whether it witnesses, is greeted."""
        above: list[Strip] = []
        letter = self._rows[0].letter
        signed = False
        for strip in reversed(over):
            text = strip.text
            signed = signed or bool(ELECTRONIC.match(text))
            if WITNESS.match(text):
                return above[::-1], True, False
            if GREETING.match(text):
                return above[::-1], False, True
            if self._begins(text):
                break
            stamped = self._is_stamp(text) and not _under(strip, [anchor, *above], letter)
            if not SIGNED.match(text) and not stamped:
                above.append(strip)
        return above[::-1], False, signed and not above

    def _begins(self, text: str) -> bool:
        """Whether a block begins below this: a place and date, or another's signature."""
        if ENACTED.match(text) or is_place_date(text, self._year) or LABEL.match(text):
            return True
        number = unlabelled(text) is not None or bool(RANK.match(text))
        return number or (degreed(text) and is_name(text))

    def _below(
        self, anchor: Strip, under: Sequence[Strip], *, greeted: bool
    ) -> tuple[list[Strip], Identity | None, Strip | None]:
        """The strips under a name to its number."""
        below: list[Strip] = []
        for strip in under:
            text = strip.text
            far = strip.row - anchor.row > _BELOW or bool(FOOTER.match(text))
            other = is_name(text) and not only_degrees(text) and not self._is_stamp(text)
            other = other and (degreed(text) or not (below or greeted))
            if far or other or (below and is_office(text)):
                break
            spot = _from_label(strip)
            below.append(spot)
            if identity := identity_in(spot.text) or unlabelled(spot.text):
                return below, identity, spot
        return below, None, None

    def _spaced(self, anchor: Strip, last: int | None) -> bool:
        since = self._rows[0].index if last is None else last + 1
        first = self._rows[0].index
        return any(row.gap >= _TALL for row in self._rows[since - first : anchor.row - first + 1])

    def _bounds(self, anchor: Strip, names: Sequence[Strip]) -> tuple[float, float]:
        """Between which edges the column of a name lies: names beside it part the page."""
        reach = _REACH * self._rows[anchor.row - self._rows[0].index].letter
        low, high = anchor.left - reach, anchor.right + reach
        for other in names:
            if abs(other.row - anchor.row) > _BESIDE:
                continue
            if other.right <= anchor.left:
                low = max(low, (other.right + anchor.left) / 2)
            elif other.left >= anchor.right:
                high = min(high, (other.left + anchor.right) / 2)
        return low, high

    def _with_title(self, cell: Strip, row: Row) -> Strip:
        """A name with the academic title that stands a gap before it."""
        before = [other for other in row.cells if other.right <= cell.left]
        start = title_at_end(before[-1].text) if before else None
        if start is None:
            return cell
        title = before[-1].cut(start)
        return Strip.of((*title.words, *cell.words), cell.page, cell.row)

    def _noise(self, strip: Strip) -> bool:
        """Whether a strip is a speck, a scrap of a stamp, or the organisation's own name."""
        return _is_speck(strip) or bare(strip.text) in self._heads or self._is_stamp(strip.text)

    def _is_stamp(self, text: str) -> bool:
        """Whether all words may be scraps of the letterhead, which stamps repeat."""
        if is_office(text) or degreed(text):
            return False
        words = [word for part in text.split() if (word := re.sub(r"[^A-Za-z]", "", part))]
        scraps = bool(words) and all(word.isupper() and word in self._stamp for word in words)
        return scraps and (len(words) < 2 or not self._whole.issuperset(words))

    def _between(self, row: Row, low: float, high: float) -> Iterator[Strip]:
        """What of a row lies between two edges with its middle, as one strip without scraps."""
        cells = [
            cell
            for cell in row.cells
            if low <= (cell.left + cell.right) / 2 <= high and not _is_speck(cell)
        ]
        clean = [cell for cell in cells if not self._is_stamp(cell.text)] or cells
        if words := [word for cell in clean for word in cell.words]:
            yield self._from_office(Strip.of(words, row.page, row.index))

    def _from_office(self, strip: Strip) -> Strip:
        """A title from its office on, where scraps of a stamp stand before it."""
        for at, word in enumerate(strip.words):
            if is_office(strip.text[strip.starts[at] :]):
                return strip.cut(strip.starts[at]) if at else strip
            letters = re.sub(r"[^A-Za-z]", "", word.text)
            if letters and not (letters.isupper() and letters in self._stamp):
                break
        return strip


def _from_label(strip: Strip) -> Strip:
    """A line from its NIP on, without the specks before it."""
    label = LABEL.search(strip.text)
    return strip.cut(label.start()) if label else strip


def _is_town(strip: Strip) -> bool:
    return bool(re.match(r"[A-Z][a-z]+,\s*$", strip.text))


def _is_speck(strip: Strip) -> bool:
    text = strip.text
    told = re.search(r"[A-Za-z]{3}|\d{6}|^[IVX]{2,4},?$", text) or UNDER.match(text)
    return not told and not only_degrees(text)


def _under(strip: Strip, others: Sequence[Strip], letter: float) -> bool:
    """Whether a strip begins, or is centred, where one of the others does."""
    middle = strip.left + strip.right
    return any(
        abs(strip.left - other.left) <= ALIGNED * letter
        or abs(middle - other.left - other.right) <= 2 * ALIGNED * letter
        for other in others
    )
