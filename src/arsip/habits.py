"""What the letters of one sender have in common: signs of where a value stands, and their counts.

Both sides look at a page in the same way: who counts the signs of values that a person confirmed,
and who looks for the place of a value in the next letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

from arsip.fields import DATE_OF_LETTER, LETTER_NUMBER, SUBJECT, Field
from arsip.model import Box, Line, PageText, Word

TAUGHT: Final[tuple[Field[Any], ...]] = (LETTER_NUMBER, DATE_OF_LETTER, SUBJECT)
"""Fields whose places are learned."""

WEIGHTS: Final = {"behind": 4.0, "shape": 2.0, "over": 1.5, "under": 1.5, "region": 1.0, "": 0.5}
"""Kind of sign -> how much it tells: the label before a value more than the words around it, and
that there is nothing the least."""


_LETTERS: Final = re.compile(r"[^\W\d_]+")
_STROKES: Final = str.maketrans({"i": "l", "1": "l", "|": "l", "!": "l", "0": "o"})
_LABEL_WORDS: Final = 4
_WIDE: Final = 2.5
"""In widths of a letter: what stands further off stands apart."""
_LOUD: Final = 0.8
"""The share of capitals in a line that is printed in them."""


class Sign(NamedTuple):
    """Something that can be said of the place of a value.

    Attributes:
        kind: ``behind`` (the label before it), ``under`` and ``over`` (how the line above it and
            the line below it begin), ``region`` (of the page), ``shape`` (of the value).
        value: in small letters; empty when there is nothing there.
    """

    kind: str
    value: str


class Measure(NamedTuple):
    """What each sign of a place says for it; those of the best place make 1 together.

    A sign that is the same in every letter weighs in full, one that changes hardly at all.
    """

    field: Field[Any]
    shares: Mapping[Sign, float]

    def fit(self, signs: Iterable[Sign]) -> float:
        """How well a place with these signs fits, 0 to 1."""
        return sum(self.shares.get(_alike(sign), 0.0) for sign in signs)

    def most(self, label: str) -> float:
        """How well a place behind a label can fit at the most."""
        labelled = max((n for sign, n in self.shares.items() if sign.kind == "behind"), default=0.0)
        return 1 - labelled + self.shares.get(Sign("behind", folded(label)), 0.0)

    def shape(self) -> Sign | None:
        """The commonest shape: that of a value that is not known yet is taken to be this."""
        shapes = [sign for sign in self.shares if sign.kind == "shape"]
        return max(shapes, key=lambda sign: (self.shares[sign], sign), default=None)


class Habits(NamedTuple):
    """How one sender writes, counted over letters that a person confirmed.

    Attributes:
        sender: what people call it; empty where nobody said.
        named: letters on which they did.
        letters: all that teach whose letterhead it is.
        head: the lines of its letterhead, folded.
        counts: field -> sign -> letters with it.
        totals: field -> letters in which its place is known.
    """

    sender: str
    named: int
    letters: int
    head: frozenset[str]
    counts: Mapping[str, Mapping[Sign, int]]
    totals: Mapping[str, int]

    def measure(self, field: Field[Any]) -> Measure:
        """How places are measured against where this sender has a field."""
        total = self.totals.get(field.name, 0)
        counts: dict[Sign, int] = {}
        for sign, times in self.counts.get(field.name, {}).items():
            alike = _alike(sign)
            counts[alike] = min(counts.get(alike, 0) + times, total)
        commonest = {sign.kind: sign for sign in sorted(counts, key=lambda sign: counts[sign])}
        steady = {
            kind: WEIGHTS[kind if sign.value else ""] * (counts[sign] / total) ** 2
            for kind, sign in commonest.items()
        }
        whole = sum(steady.values())
        shares = {
            sign: steady[sign.kind] * times / counts[commonest[sign.kind]] / whole
            for sign, times in counts.items()
        }
        return Measure(field, shares)

    def caution(self, field: Field[Any]) -> float:
        """What a habit is worth by the number of letters behind it: 1/2, 2/3, 3/4 ... below 1."""
        return trust(self.totals.get(field.name, 0), self.totals.get(field.name, 0))

    def labels(self, field: Field[Any]) -> frozenset[str]:
        """The labels that the field stood behind, folded."""
        counts = self.counts.get(field.name, {})
        return frozenset(
            folded(sign.value) for sign in counts if sign.kind == "behind" and sign.value
        )

    def clearest(self, field: Field[Any]) -> Sign | None:
        """The sign that tells the most of the field's place; None when nothing is known."""
        counts = self.counts.get(field.name, {})
        told = [sign for sign in counts if sign.value and sign.kind != "shape"]
        return max(
            told, key=lambda sign: (WEIGHTS[sign.kind] * counts[sign] ** 2, sign), default=None
        )

    def reason(self, field: Field[Any]) -> str:
        """The rule of a value found by its place, to be told: ``habit:behind:9/10:no naskah``."""
        sign, total = self.clearest(field), self.totals.get(field.name, 0)
        if sign is None:
            return f"habit:shape:{total}/{total}:"
        times = self.counts[field.name][sign]
        return f"habit:{sign.kind}:{times}/{total}:{sign.value}"


def trust(times: int, letters: int) -> float:
    """What it is worth that so many of the letters agree, 0 to below 1."""
    return times / (letters + 1)


class Ground:
    """Pages as somebody sees them who looks for a place: lines of words, and what is around."""

    def __init__(self, pages: Sequence[PageText]) -> None:
        self.lines: list[Line] = [line for page in pages for line in page.lines]
        self._pages = [page.number for page in pages for _line in page.lines]
        self._letter = _letter_width(self.lines)
        self._at = {
            (page, word.box.left, word.box.top): (row, place)
            for row, (page, line) in enumerate(zip(self._pages, self.lines, strict=True))
            for place, word in enumerate(line)
        }

    def spot(self, page: int, word: Word) -> tuple[int, int] | None:
        """The line of a word and its place in it; None when it is of no line here."""
        return self._at.get((page, word.box.left, word.box.top))

    def within(self, page: int, box: Box) -> tuple[int, int] | None:
        """The line and place of the first word in a box; None when none begins there."""
        return next(
            (
                spot
                for (number, left, top), spot in self._at.items()
                if number == page and left == box.left and box.top <= top <= box.bottom
            ),
            None,
        )

    def behind(self, row: int, place: int) -> str:
        """The label that stands before a word in its line: up to four words without a figure."""
        line = self.lines[row]
        words: list[str] = []
        right: int | None = line[place].box.left
        for word in reversed(line[:place]):
            letters = plain(word.text)
            apart = right is not None and right - word.box.right > _WIDE * self._letter
            if any(sign.isdigit() for sign in word.text) or (apart and words):
                break
            if letters:
                words.insert(0, letters)
            right = word.box.left
            if len(words) == _LABEL_WORDS:
                break
        return " ".join(words)

    def signs(self, field: Field[Any], spot: tuple[int, int], text: str, last: int) -> list[Sign]:
        """What can be said of the place of a value.

        Args:
            field: whose value it is.
            spot: line and place of its first word.
            text: of the value, as printed.
            last: its last line.
        """
        return [*self.around(spot, last), Sign("shape", shape(field, text))]

    def around(self, spot: tuple[int, int], last: int) -> list[Sign]:
        """What can be said of a place before its value is known."""
        row, place = spot
        label = self.behind(row, place)
        word = None if label else self.lines[row][place]
        return [
            Sign("behind", label),
            Sign("under", self._word(row - 1, word)),
            Sign("over", self._word(last + 1, word)),
            Sign("region", self._region(row, place)),
        ]

    def _word(self, row: int, beside: Word | None) -> str:
        """The first word of a line, or the one right above or below another; else empty.

        A value without a label before it may stand in a column, below its heading.
        """
        if not 0 <= row < len(self.lines):
            return ""
        if beside is None:
            return plain(self.lines[row][0].text)
        left, right = beside.box.left, beside.box.right
        words = (w for w in self.lines[row] if w.box.left < right and w.box.right > left)
        return plain(next((word.text for word in words), ""))

    def _region(self, row: int, place: int) -> str:
        box = self.lines[row][place].box
        page = "first" if self._pages[row] == self._pages[0] else "last"
        height = ("top", "middle", "bottom")[min(box.top * 3 // 1001, 2)]
        return f"{page} {height} {'left' if box.left < 400 else 'right'}"  # noqa: PLR2004 - 1/1000 of the page

    def head(self) -> list[str]:
        """The lines of the letterhead, folded: those without a figure before the first label."""
        return head(self.lines)


HEAD: Final = 3
"""Lines that a letterhead is known by."""
_SHORTEST: Final = 6
_HEAD_ENDS: Final = re.compile(
    r"[^\W\d]+\W{0,2}:|^\W*(nomor|no|hal|perihal|ref|kepada|yth|our|your|date|tanggal|lampiran|sifat|kode)\b",
    re.IGNORECASE,
)
_CONTACT: Final = re.compile(
    r"\b(telp|telepon|phone|fax|faks|e-?mail|website|laman|surel)\b|@|www|http", re.IGNORECASE
)


def head(lines: Sequence[Line]) -> list[str]:
    """The folded lines of a letterhead, at most HEAD; none when the page begins otherwise."""
    found: list[str] = []
    for line in lines:
        text = " ".join(word.text for word in line)
        if _CONTACT.search(text):
            continue
        if len(found) == HEAD or _HEAD_ENDS.search(text):
            break
        letters = "".join(_LETTERS.findall(text.lower())).translate(_STROKES)
        if len(letters) >= _SHORTEST and not any(sign.isdigit() for sign in text):
            found.append(letters)
    return found


def plain(word: str) -> str:
    """A word in small letters alone."""
    return "".join(_LETTERS.findall(word.lower()))


@lru_cache(maxsize=4096)
def folded(word: str) -> str:
    """Words in small letters with the strokes that OCR takes for each other made one."""
    return word.lower().translate(_STROKES).replace("rn", "m")


@lru_cache(maxsize=4096)
def _alike(sign: Sign) -> Sign:
    """A sign as it compares: a scan may have misread the label."""
    return sign if sign.kind == "shape" else Sign(sign.kind, folded(sign.value))


def shape(field: Field[Any], text: str) -> str:
    """The form of a value: ``A-9/A/9`` of a number, ``9 a 9`` of a date, loud or quiet letters."""
    if field is SUBJECT:
        letters = [sign for sign in text if sign.isalpha()]
        loud = sum(sign.isupper() for sign in letters) > _LOUD * len(letters)
        return "capitals" if loud else "words"
    plain = re.sub(r"[^\W\d_]+", "A", text)
    return re.sub(r"\s+", " ", re.sub(r"\d+", "9", plain)).strip(" .,;:")


def _letter_width(lines: Sequence[Line]) -> float:
    widths = sorted(_widths(lines))
    return max(widths[len(widths) // 2], 1.0) if widths else 10.0


def _widths(lines: Sequence[Line]) -> Iterator[float]:
    for line in lines:
        for word in line:
            if len(word.text) > 2:  # noqa: PLR2004 - short words measure badly
                yield (word.box.right - word.box.left) / len(word.text)
