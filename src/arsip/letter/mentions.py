"""What the prose names: letters it answers, days it sets, meetings it calls."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import Final

from arsip.fields import Occasion, Reference
from arsip.letter.dates import Dated
from arsip.letter.dating import doubt_of_day, letter_date
from arsip.letter.evidence import found
from arsip.letter.folding import clean, office_word, repaired, sure_digits
from arsip.letter.numbering import STRONG, letter_number
from arsip.letter.numbers import normal, number_in
from arsip.letter.rows import Strip
from arsip.letter.sheet import Sheet
from arsip.model import Finding

# --- references ----------------------------------------------------------------------------------

_NUMBERED: Final = re.compile(
    r"\b(?:N[o0](?:m|rn)[o0e]r|No\.|Nomer|Number|Ref\.?)\s*[:;.]?\s*", re.IGNORECASE
)
_LETTERS: Final = re.compile(
    r"\b(surat|undangan|nota\s+dinas|SPK|memorandum|radiogram|telegram|laporan\s+[il]nforma\w+|letter|"
    r"pengantar|edaran)\b",
    re.IGNORECASE,
)
_LAWS: Final = re.compile(
    r"\b(undang\s?-\s?undang|UU|per(aturan|men\w*|pres|da|bup|wal|gub|ka)|PP|keputusan|kepres|inpres|"
    r"instruksi|putusan|akta|pasal|SK|DPA|perjanjian|tap)\b",
    re.IGNORECASE,
)
_DAY_SAID: Final = re.compile(
    r"^[\s,]*(?:tertanggal|tangga[l1it|]?|tgl\.?|dated)\s*:?\s*$", re.IGNORECASE
)
_REACH: Final = 130
"""Letters before a number in which its kind is looked for."""


def references(sheet: Sheet) -> Finding[tuple[Reference, ...]] | None:
    """The letters that this one answers or cites, in the order it names them."""
    own = sheet.once(letter_number)
    cited: list[tuple[Reference, int, int]] = []
    for reference, start, end in _cited(sheet):
        is_own = own is not None and reference.number == own.value
        if not is_own and reference.number not in {other.number for other, _, _ in cited}:
            cited.append((reference, start, end))
    if not cited:
        return None
    spot = sheet.flow.place(cited[0][1], cited[0][2])
    written = sheet.once(letter_date)
    late = any(one.date and written and one.date > written.value for one, _, _ in cited)
    sure = 0.92 - (0.45 if late else 0.0)
    return found(sheet, tuple(one for one, _, _ in cited), spot, "cited", sure=sure)


def _cited(sheet: Sheet) -> Iterator[tuple[Reference, int, int]]:
    text = sheet.flow.text
    for label in _NUMBERED.finditer(text, sheet.body_at):
        tail = text[label.end() : label.end() + 90].replace("\n", " ")
        read = number_in(tail)
        if read is None or not STRONG.search(read[0]):
            continue
        if not _of_letter(text[max(label.start() - _REACH, sheet.body_at) : label.start()]):
            continue
        end = label.end() + _printed_end(tail, read[0])
        yield Reference(normal(read[0]), _its_day(sheet, label.start(), end)), label.end(), end


def _printed_end(tail: str, printed: str) -> int:
    left = len(printed.replace(" ", ""))
    for at, letter in enumerate(tail):
        left -= not letter.isspace()
        if left <= 0:
            return at + 1
    return len(tail)


def _of_letter(before: str) -> bool:
    """Whether the nearest noun before a number is a letter and not a law."""
    letters = [match.end() for match in _LETTERS.finditer(before)]
    laws = [match.end() for match in _LAWS.finditer(before)]
    return bool(letters) and letters[-1] > max(laws, default=-1)


_SAID_BEFORE: Final = re.compile(r"(tangga[l1it|]?|tgl\.?|dated)\s*$", re.IGNORECASE)


def _its_day(sheet: Sheet, start: int, end: int) -> dt.date | None:
    """The day behind a cited number, else the one right before it."""
    text = sheet.flow.text
    for date in sheet.dates:
        if end <= date.start < end + 40 and _DAY_SAID.match(text[end : date.start]):
            return date.value
    for date in sheet.dates:
        said = _SAID_BEFORE.search(text[max(date.start - 14, 0) : date.start])
        if start - 6 <= date.end <= start and said:
            return date.value
    return None


# --- deadline ------------------------------------------------------------------------------------

_DUE: Final = re.compile(
    r"\b(pal[il]ng\s+(la[mrn]+ba[tl]|akhir)|se?lambat\s?-?\s?lambatnya|selambatnya|sebelum\s+(tangga[l1it|]?|tgl)|"
    r"batas\s+(waktu|akhir)|jatuh\s+tempo|tidak\s+melewati\s+tanggal|no\s+later\s+than|due\s+date|"
    r"not\s+later\s+than)\b",
    re.IGNORECASE,
)
_DUE_BY: Final = re.compile(r"\bby\s+(?=\d{1,2}\s?(?:st|nd|rd|th)?\s[A-Z]|[A-Z][a-z]{2,8}\s\d)")
_WITHIN: Final = 75
"""Letters between the cue and its day."""


def deadline(sheet: Sheet) -> Finding[dt.date] | None:
    """The first day by which something must be done; days counted from an event are not dates."""
    text = sheet.flow.text
    written = sheet.once(letter_date)
    start = sheet.body_at if sheet.zones.body < len(sheet.rows) else 0
    cues = [*_DUE.finditer(text, start), *(_DUE_BY.finditer(text, start) if sheet.english else ())]
    for cue in cues:
        date = next((d for d in sheet.dates if cue.end() <= d.start < cue.end() + _WITHIN), None)
        if date is None or re.search(
            r"[;\n]\s*\n|(?<!tgl)\.\s+[A-Z]", text[cue.end() : date.start]
        ):
            continue
        value = _with_year(date, written)
        if written and value < written.value:
            continue
        return found(sheet, value, sheet.flow.place(date.start, date.end), "due", sure=0.9)
    return None


def _with_year(date: Dated, written: Finding[dt.date] | None) -> dt.date:
    """A day without a year falls on or after the letter's own."""
    last = date.until or date.value
    if not date.yearless or written is None:
        return last
    same = last.replace(year=written.value.year)
    return same if same >= written.value else last.replace(year=written.value.year + 1)


# --- event ---------------------------------------------------------------------------------------

_MEETS: Final = frozenset(
    {"undangan", "surat_tugas", "surat_perintah", "notula", "surat_panggilan"}
)
_ATTEND: Final = re.compile(
    r"\b(hadir|kehadiran|menghadiri|kedatangan|dilaksanakan\s+pada\s*:)", re.IGNORECASE
)
_DAY: Final = re.compile(
    r"\W*(hari\b|tangga[l1it|]?\b|tgl\b)[^:]{0,18}[:;]|\bpada\s+(hari|tangga[l1it|]?)\b|\btgl\b",
    re.IGNORECASE,
)
_CLOCK: Final = re.compile(
    r"(?:\b(?:puku[il1l]|pkl|jam|djam|waktu)\b\s*\.?\s*[:;.]?\s*(?:puku[il1]|pkl|jam)?\s*[.:]?\s*)"
    r"(?:[1lI|](?=[0-9OolI]{2}\s?[.:]))?(?P<a>[0-9OolI]{1,2})\s?[.:]\s?(?P<am>[0-9OolI]{2})"
    r"(?:\s*(?:W[IlT1][TBA]?[TA]?[A-Z]?)?\s*(?:s\s?[./]\s?d\.?|sampai(?:\s+dengan)?|hingga|-|\u2013|\u2014)\s*(?:pukul\s*)?"
    r"(?P<b>[0-9OolI]{1,2})\s?[.:]\s?(?P<bm>[0-9OolI]{2}))?",
    re.IGNORECASE,
)
_WHERE_LABEL: Final = re.compile(
    r"(?:^|\s)(te[mrn]+pa[tl]|lokasi|bertempat)\s*[:;]\s*(?P<where>\S.*)", re.IGNORECASE
)
_WITHIN_HOUSE: Final = (
    r"(?:,\s(?:Ruang|Aula|Lantai|Lt|Gedung|Jalan|Jl|Kamar|Blok|Kabupaten|Kota)\b[^,;.\n]*)*"
)
_WHERE_SAID: Final = re.compile(
    rf"\bbertempat\s+d[il]\s+(?P<where>[^,;.\n]+(?:\n[^,;.\n]+)?{_WITHIN_HOUSE})", re.IGNORECASE
)
_WHERE_NEAR: Final = re.compile(
    r"^(?:[^.;]|\.(?=[\dO])){0,40}?\bd[il]\s+"
    rf"(?P<where>[A-Z][^,;.\n]+(?:\n[A-Z][^,;.\n]+)?{_WITHIN_HOUSE})",
    re.DOTALL,
)
_WHERE_END: Final = re.compile(
    r"\s*(,?\s*acara\b|\s+untuk\b|\s+dengan\s+agenda).*$", re.IGNORECASE | re.DOTALL
)


def event(sheet: Sheet) -> Finding[Occasion] | None:
    """When and where those addressed are to meet."""
    date = _event_day(sheet)
    if date is None:
        return None
    text, written = sheet.flow.text, sheet.once(letter_date)
    around = text[max(date.start - 80, 0) : date.end + 260]
    value = Occasion(_span(date, written), _clock(around), _where(sheet, date))
    called = sheet.kind in _MEETS or bool(_ATTEND.search(sheet.body))
    if not called and not (value.time and value.place):
        return None
    whole = 0.02 * bool(value.time) + 0.02 * bool(value.place)
    sure = 0.92 + whole - doubt_of_day(date)
    return found(sheet, value, sheet.flow.place(date.start, date.end), "event", sure=sure)


def _event_day(sheet: Sheet) -> Dated | None:
    """The first day in the prose that a meeting's words introduce."""
    text, written = sheet.flow.text, sheet.once(letter_date)
    start = sheet.body_at if sheet.zones.body < len(sheet.rows) else 0
    start = sheet.flow.start_of_row(sheet.zones.title_row) if sheet.kind == "notula" else start
    end = sheet.flow.start_of_row(max(sheet.closing.start, sheet.zones.body + 1))
    for date in sheet.dates:
        line = text[max(date.start - 60, 0) : date.start]
        early = written and not date.yearless and date.value < written.value
        if not start <= date.start < end or early or _DUE.search(line):
            continue
        if _DAY.search(line.rsplit("\n", 1)[-1] or line) or _DAY.search(
            line.replace("\n", " ")[-40:]
        ):
            return date
    return None


def _span(date: Dated, written: Finding[dt.date] | None) -> str:
    if date.yearless and written:
        value = _with_year(date, written)
        return value.isoformat()
    return date.iso


def _clock(text: str) -> str | None:
    match = _CLOCK.search(text)
    if not match:
        return None
    first = _time(match["a"], match["am"])
    last = _time(match["b"], match["bm"]) if match["b"] else None
    return f"{first}-{last}" if first and last else first


def _time(hour: str, minute: str) -> str | None:
    figures = sure_digits(hour), sure_digits(minute)
    if not all(part.isdigit() for part in figures) or int(figures[0]) > 24 or int(figures[1]) > 59:
        return None
    return f"{int(figures[0]):02d}:{figures[1]}"


def _where(sheet: Sheet, date: Dated) -> str | None:
    row = sheet.flow.row_at(date.start)
    for below in sheet.rows[row : row + 8]:
        for strip in _halves(below.cells, below.whole):
            match = _WHERE_LABEL.search(strip.text)
            if match:
                return _tidy(match["where"])
    after = sheet.flow.text[date.end : date.end + 220]
    said = _WHERE_SAID.search(after) or _WHERE_NEAR.search(after)
    return _tidy(_WHERE_END.sub("", said["where"])) if said else None


def _halves(cells: Sequence[Strip], whole: Strip) -> Iterator[Strip]:
    """The row as a whole, and from each of its cells on."""
    yield whole
    for cell in cells[1:]:
        at = whole.text.find(cell.text)
        if at > 0:
            yield whole.cut(at)


def _tidy(text: str) -> str:
    words = " ".join(office_word(word) for word in repaired(clean(text)).split())
    return re.sub(r"(?<=\s)l{1,3}(?=\s|$)", lambda m: "I" * len(m[0]), words).strip(" .,;:|")
