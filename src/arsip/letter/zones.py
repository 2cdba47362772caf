"""Rows -> letterhead, head, address, body, end: where on its pages a letter says what."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from arsip.letter import labels
from arsip.letter.dates import dates_in
from arsip.letter.identity import LABEL
from arsip.letter.kinds import Title, title_of
from arsip.letter.labels import Label, label_of, role_of, value_of
from arsip.letter.marks import FOOTER
from arsip.letter.months import month_of
from arsip.letter.rows import Row, Strip
from arsip.letter.stamps import opens_stamp, stamps_of
from arsip.model import Word

HEAD_ROWS: Final = 45
"""Rows of the first page in which a head is looked for; letterheads and long addresses included."""
TITLE_ROWS: Final = 30
_RIGHT: Final = 250
"""In 1/1000 of the page: an address that begins right of this is a right-hand one."""
_LISTED: Final = re.compile(r"\W*[\dlI|]{1,2}[.)]")
_SMALL_WORD: Final = re.compile(r"(?<!\S)[a-z]{3,}")
_SMALL_WORDS: Final = 4
_PROSE: Final = 9
"""Words from which on a row with small letters is prose, not an entry of a list."""

OPENERS: Final = re.compile(
    r"\W{0,3}(?:\d{1,2}[.)]\s*)?(Dengan\s+(hormat|ini)|As+al+a+m|Salam\s+sej|Om\s+Swast|Dalam\s+rangka|Menindak\s*lanjuti|"
    r"Sehubungan|Berdasarkan|Bersama\s+(ini|surat)|Memenuhi|Menunjuk|Merujuk|Menanggapi|Menjawab|"
    r"Disampaikan|Diberitahukan|Berkenaan|Meng?harap|Mengundang|Dear\b|(?-i:We\s)|(?-i:I\s+am)|Mendasari|"
    r"Menimbang|Dasar\b|Mengingat|Yang\s+bertanda|Pada\s+hari|Memperhatikan|Diumumkan|"
    r"Mohon|Akan\s+dilaksanakan|Kami\s|Dipermaklumkan|Membaca\b|Rujukan|Untuk\s+(itu|maks|kepentingan|keperluan)|"
    r"Jatuh\s+tempo|Demikian|Yang\s+terhormat\s+bapak|Guna\s|Mengacu|Atas\s+(nama|dasar)|"
    r"Memperhatikan|Terkait|Puji\s+syukur|Diminta|Dimohon|Menetapkan|Thank|Please|Further)",
    re.IGNORECASE,
)
_ADDRESS_WORD: Final = re.compile(r"[YVJ][ltif]h\b|[YVJ][ltif]h[.,:]|Kepada$|Kpd\.?$|Kepaca$")
_ADDRESSEE: Final = re.compile(r"\W{0,2}(Kepa[dc]a\b|Kpd\b|[YVJ][ltif]h[.,:; \d])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A labelled value of the head.

    Attributes:
        label: the strip that the label begins.
        value: what stands beside it; None when nothing does.
        row: its row.
        colon: the separator was read.
    """

    role: str
    label: Strip
    value: Strip | None
    row: int
    colon: bool


@dataclass(frozen=True, slots=True)
class Zones:
    """The parts of a letter, as indexes into its rows.

    Attributes:
        kop: rows of the letterhead are below this index.
        body: where the prose begins; the number of rows when there is none.
        address_left: left edge of a right-hand address; None when the address is on the left.
        title, title_row: the printed kind of the letter.
        stamps: strips that a stamp left.
        left: strips of the head, the right-hand address and the date beside it taken out.
        right: strips of the right-hand column of the head.
        labelled: values of the head with their labels, from top to bottom.
    """

    kop: int
    body: int
    address_left: int | None
    title: Title | None
    title_row: int
    stamps: tuple[Strip, ...]
    left: tuple[Strip, ...]
    right: tuple[Strip, ...]
    labelled: tuple[Labelled, ...]

    def behind(self, *roles: str) -> Labelled | None:
        """The first entry of these roles that has a value, else the first."""
        found = [one for one in self.labelled if one.role in roles]
        return next((one for one in found if one.value), found[0] if found else None)


def zones_of(rows: Sequence[Row], *, year: int) -> Zones:
    """The zones of a letter whose first row is that of its first page."""
    head = [row for row in rows[:HEAD_ROWS] if row.page == rows[0].page]
    stamps = {id(cell): cell for stamp in stamps_of(head) for cell in stamp}
    title, title_row = _title(head)
    kop = _kop_end(head, title_row, stamps, year)
    body = _body_start(rows, kop, title_row)
    column = _column(head[kop:], body)
    left: list[Strip] = []
    right: list[Strip] = []
    for row in head[kop:]:
        beside = column[0] if column and column[1] <= row.index < body else None
        for side, strip in _sides(row, beside, year):
            if not _made_of(strip, stamps.values()):
                (right if side else left).append(strip)
    reach = max(body, kop + 1)
    labelled = tuple(_labelled([strip for strip in left if strip.row < reach]))
    return Zones(
        kop, body, column[0] if column else None, title, title_row, tuple(stamps.values()),
        tuple(left), tuple(right), labelled,
    )  # fmt: skip


def _made_of(strip: Strip, stamps: Collection[Strip]) -> bool:
    """Whether a strip is of stamps alone."""
    words = {id(word) for stamp in stamps for word in stamp.words}
    return bool(words) and all(id(word) in words for word in strip.words)


def _title(head: Sequence[Row]) -> tuple[Title | None, int]:
    """The first row that is a title; PERATURAN and the like only above the prose."""
    for row in head[:TITLE_ROWS]:
        found = title_of(row.text) or _title_in_cell(row)
        if found:
            return found, row.index
        if OPENERS.match(row.text) and row.index > 0:
            break
    return None, -1


def _title_in_cell(row: Row) -> Title | None:
    """A title beside what a logo or a speck left in its row."""
    for cell in row.cells[1:]:
        found = title_of(cell.text)
        if found:
            return Title(found.code, row.text.rfind(cell.text) + found.end)
    return None


def _kop_end(head: Sequence[Row], title_row: int, stamps: dict[int, Strip], year: int) -> int:
    """The first row that is not letterhead: a title, a label, a date beside a place, an address."""
    for row in head:
        cells = [cell for cell in row.cells if id(cell) not in stamps]
        if row.index == title_row or any(_opens_head(cell, row, year) for cell in cells):
            return row.index
        if row.index and OPENERS.match(row.text):
            return row.index
    return min(len(head), 4)


_PLACE_DATE: Final = re.compile(r"[^\w:]{0,2}([A-Z][\w .'/|-]{1,40}?)?\s*[,.;:]?\s*$")
UNDATED: Final = re.compile(
    r"\W{0,2}(?P<place>[A-Z][\w .|-]{2,30}),\s*(?:[._]{2,}\s*)?"
    r"(?P<month>[A-Za-z]{3,9})\s+[12]\d{3}$"
)


_HEAD_ROLES: Final = frozenset(
    {
        labels.NUMBER,
        labels.NATURE,
        labels.ATTACHMENTS,
        labels.SUBJECT,
        labels.DATED,
        labels.TO,
        labels.FROM,
        labels.ABOUT,
    }
)


def _opens_head(cell: Strip, row: Row, year: int) -> bool:
    label = label_of(cell)
    if label and label.role in _HEAD_ROLES:
        if label.colon:
            return not re.search(r"\d{5}|@|www|Jalan|Jl\.", row.text) or cell is row.cells[0]
        return bool(cell is row.cells[0] and _plausible(label, cell))
    return is_place_date(cell.text, year) or bool(_ADDRESSEE.match(cell.text))


_BLOCK_ROLES: Final = _HEAD_ROLES - {labels.TO, labels.FROM}


_NUMBERLIKE: Final = re.compile(r"\d.*[/.-]|[/.-].*\d|\d\s+TAHUN\b", re.IGNORECASE)


def _plausible(label: Label, cell: Strip) -> bool:
    """A label that lost its colon must be followed by what it asks for."""
    rest = cell.text[label.end :].strip()
    if label.role == labels.NUMBER:
        return not rest or bool(_NUMBERLIKE.search(rest))
    if label.role == labels.DATED:
        return bool(re.search(r"\d", rest))
    return label.role != labels.FROM or bool(rest)


_TENTATIVE: Final = re.compile(r"\d|[|l]\s")


def is_place_date(text: str, year: int) -> bool:
    """Whether a strip is nothing but ``Place, date``, or a date alone."""
    if len(text) > 60 or not _TENTATIVE.search(text):  # longer is prose
        return False
    found = dates_in(text, year=year)
    if not found and (blank := UNDATED.match(text)):
        return month_of(blank["month"]) is not None
    if len(found) != 1 or found[0].yearless or len(text) - found[0].end > 6:
        return False
    return bool(_PLACE_DATE.match(text[: found[0].start]))


def _body_start(rows: Sequence[Row], kop: int, title_row: int) -> int:
    """The first row of prose: a known opening, or a long row of small letters."""
    left = min((row.left for row in rows[kop : kop + HEAD_ROWS]), default=0)
    for row in rows[max(kop, title_row) + (1 if title_row >= kop else 0) :]:
        if row.index <= kop and title_row < 0 and not OPENERS.match(row.text):
            continue
        if _opens_body(row, left) and not _billed(row, rows):
            return row.index
    return len(rows)


_DUE: Final = re.compile(r"\W*(Jatuh\s+Tempo|Periode)\b", re.IGNORECASE)


def _billed(row: Row, rows: Sequence[Row]) -> bool:
    """A line of a bill's head, with the one who pays named below it."""
    if not _DUE.match(row.text):
        return False
    below = [label_of(other.whole) for other in rows[row.index + 1 : row.index + 3]]
    return any(label and label.role == labels.TO for label in below)


def _opens_body(row: Row, left: int) -> bool:
    text = row.text
    if OPENERS.match(text):
        return True
    if FOOTER.match(text):
        return False
    label = label_of(row.cells[0])
    if label:
        return label.role == labels.OTHER and label.colon and not LABEL.match(text)
    prose = len(text.split()) >= _PROSE and row.left < left + 120 and len(row.cells) <= 2
    return prose and not _LISTED.match(text) and len(_SMALL_WORD.findall(text)) >= _SMALL_WORDS


def _column(head: Sequence[Row], body: int) -> tuple[int, int] | None:
    """The left edge and first row of a right-hand address: ``Kepada`` or ``Yth`` beside labels."""
    found = []
    for row in head:
        if row.index >= body:
            break
        words = list(row.words)
        for at, word in enumerate(words):
            addressed = _ADDRESS_WORD.match(word.text) and not _tabled(words, at, row)
            if addressed and word.box.left > _RIGHT and (at == 0 or _stands_apart(words, at, row)):
                found.append((word.box.left, row.index))
                break
    if not found:
        return None
    edge, first = min(left for left, _ in found), min(row for _, row in found)
    return (
        (edge, first)
        if any(_labels_left(row, edge) for row in head if first <= row.index < body)
        else None
    )


def _tabled(words: Sequence[Word], at: int, row: Row) -> bool:
    """Whether a word is the value of ``Kepada :`` in a nota dinas: no column begins there."""
    label = label_of(row.cells[0])
    addressee = label is not None and label.role == labels.TO
    return addressee and at > 0 and not words[at - 1].text.strip(" .;:|")


def _labels_left(row: Row, edge: int) -> bool:
    """Whether a label stands left of the column, so that the two are interleaved."""
    label = label_of(row.cells[0])
    return label is not None and label.role in _BLOCK_ROLES and row.left < edge - row.letter


def _stands_apart(words: Sequence[object], at: int, row: Row) -> bool:
    """An addressee in the middle of a row counts beside a label, or after a gap."""
    return label_of(row.cells[0]) is not None or any(
        cell.words[0] is words[at] for cell in row.cells
    )


def _sides(row: Row, edge: int | None, year: int) -> Iterator[tuple[bool, Strip]]:
    """The strips of a row with True for those of the right-hand column."""
    strip = row.whole
    cut = None if edge is None else _column_cut(row, edge)
    if cut is not None:
        words = tuple(row.words)
        if cut:
            yield from _dated_sides(Strip.of(words[:cut], row.page, row.index), row, year)
        yield True, Strip.of(words[cut:], row.page, row.index)
        return
    yield from _dated_sides(strip, row, year)


def _column_cut(row: Row, edge: float) -> int | None:
    """The index of the row's first word in the right-hand column."""
    words = list(row.words)
    for at, word in enumerate(words):
        if _ADDRESS_WORD.match(word.text) and word.box.left > _RIGHT:
            return at
        if word.box.left < edge - 1.5 * row.letter:
            continue
        gap = word.box.left - words[at - 1].box.right if at else 99.0
        if gap >= 1.8 * row.letter or abs(word.box.left - edge) <= 0.6 * row.letter:
            return at
    return None


def _dated_sides(strip: Strip, row: Row, year: int) -> Iterator[tuple[bool, Strip]]:
    """A date, a stamp and a second label on the row's right end stand for themselves."""
    cuts = [0]
    at = 0
    for cell in row.cells[1:]:
        at = strip.text.find(cell.text, at)
        if at < 0:
            break
        if at and _stands_alone(strip.text[at:], cell, year) and not _awaits(strip.text[:at]):
            cuts.append(at)
    for start, end in zip(cuts, [*cuts[1:], None], strict=True):
        part = strip.cut(start, end)
        if part.text:
            dated = start > 0 and label_of(part) is None and is_place_date(part.text, year)
            yield dated, part


def _awaits(before: str) -> bool:
    """Whether the row so far is a label whose value has yet to come."""
    return before.rstrip().endswith(":") or role_of(before.strip()) == labels.DATED


_SECOND_LABEL: Final = re.compile(r"[A-Z][\w. /]{1,20}:")


def _stands_alone(rest: str, cell: Strip, year: int) -> bool:
    """A strip on the right end of a row that is no part of what stands before it."""
    if _SECOND_LABEL.match(rest):
        label = role_of(rest.split(":", maxsplit=1)[0])
        if label:
            return True
    return opens_stamp(cell) or is_place_date(cell.text, year)


def _labelled(strips: Sequence[Strip]) -> Iterator[Labelled]:
    for strip in strips:
        label = label_of(strip)
        if label is None:
            continue
        if not label.colon and not _plausible(label, strip):
            continue
        yield Labelled(label.role, strip, value_of(strip, label), strip.row, label.colon)
