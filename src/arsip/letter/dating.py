"""Which of its dates is the letter's own: evidence is scored, the best wins."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from arsip.letter import labels
from arsip.letter.dates import Dated, of_year
from arsip.letter.evidence import found
from arsip.letter.kinds import MEMOS
from arsip.letter.labels import role_of
from arsip.letter.numbering import letter_number
from arsip.letter.numbers import month_in, years_in
from arsip.letter.sheet import Sheet
from arsip.letter.zones import UNDATED
from arsip.model import Finding

LEAST: Final = 3
"""Points below which a date is not the letter's."""
_CLEAR: Final = 2
"""A lead in points from which on a rival is no rival."""

_ENACTED: Final = re.compile(
    r"\b(di?\s?[lt]?etapkan|dikeluarkan|dibuat|ditandatangani)\s+di\b[^.;]{0,60}?(pada\s+)?"
    r"(tanggal|tgl|tang?ga[l1it|]?)\W*$",
    re.IGNORECASE | re.DOTALL,
)
_ON_DAY: Final = re.compile(r"\W*pa[dt]+a\s+tangga[l1it|]?\W*$", re.IGNORECASE)
_TODAY: Final = re.compile(r"\bhari\s+[il1]ni\b[^.]{0,60}$", re.IGNORECASE | re.DOTALL)
_RECEIVED: Final = re.compile(
    r"(D[Il1]?TER[Il1]MA|TER[Il1]MA\s+TGL|TGL\.?\s*TER[Il1]MA|AGENDA|SURAT\s+MASUK|d[il1]ter[il1]ma)"
    r"[^\n]{0,40}$"
)
_EVENT: Final = re.compile(
    r"(hari\s*[/,&-]?\s*(dan\s+)?(tangga[l1it|]?|tgl)|pada\s+hari|\bhari\b|pelaksanaan|dilaksanakan)"
    r"[^.\n]{0,45}$",
    re.IGNORECASE,
)
_CLOCK: Final = re.compile(r"^[^.\n]{0,25}\b(pukul|pkl|jam|djam)\b", re.IGNORECASE)
_CITED: Final = re.compile(
    r"\b(nomor|no|tertanggal|surat|undangan|keputusan|peraturan)\b[^\n]{0,70}\b(tangga[l1it|]?|tgl|"
    r"tertanggal)\W*$|\b(surat|nomor|dated)\b[^\n]{0,60}$",
    re.IGNORECASE | re.DOTALL,
)
_OTHER_DAY: Final = re.compile(
    r"(pal[il1]ng\s+(la[mrn]+bat|cepat)|se?[il1]ambat|sebelum|batas\s+(waktu|akhir)|jatuh\s+tempo|"
    r"tidak\s+melewati|tmt|terhitung|lahir|berlaku|diundangkan|mulai|sampai|sejak|s\.?d\.?|hingga|"
    r"no\s+later\s+than|by|until|due|dicetak|berakhir|periode|per)\b[^\n]{0,30}$",
    re.IGNORECASE,
)
_SAID: Final = re.compile(r"\b(tangga[l1it|]?|tgl|tertanggal)\W*$", re.IGNORECASE)
_PLACE: Final = re.compile(
    r"(?:^|[\t\n]|\s)(?P<place>[A-Z][A-Za-z1|.'-]+(?:[ ][A-Z][A-Za-z1|.'-]+){0,3})\s*[,.;:]\s*$"
)
_NO_PLACE: Final = frozenset({
    "senin", "selasa", "rabu", "kamis", "jumat", "jum'at", "sabtu", "minggu", "ahad", "tanggal",
    "tgl", "date", "hari", "nomor", "no", "sifat", "lampiran", "hal", "perihal", "tempo",
    "waktu", "pukul", "tempat", "acara",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidate:
    """A date with its points and the rule that gave most of them.

    Attributes:
        place: the town before it, as printed; empty when there is none.
        other: slug of what it is the day of, when it is not the letter's; else empty.
    """

    date: Dated
    points: int
    rule: str
    place: str = ""
    other: str = ""


def candidates(sheet: Sheet) -> list[Candidate]:
    """Every date that may be the letter's, the likeliest first.

    One to come is, when the letter's number is of that month too: the clock of an old PC stands.
    """
    number = sheet.once(letter_number)
    latest = sheet.today + dt.timedelta(days=1)
    scored = [
        _scored(sheet, date)
        for date in sheet.dates
        if not date.yearless
        and date.until is None
        and (date.value <= latest or (number and _is_of(number.value, date.value)))
    ]
    if number:
        scored = [_with_number(_completed(one, number.value), number.value) for one in scored]
    return sorted(scored, key=lambda one: (-one.points, one.date.start))


def _is_of(number: str, date: dt.date) -> bool:
    """Whether a number is of the month and year of a date."""
    return month_in(number) == date.month and date.year in years_in(number)


def letter_date(sheet: Sheet) -> Finding[dt.date] | None:
    """The day the letter was written."""
    ranked = sheet.once(candidates)
    if not ranked or ranked[0].points < LEAST:
        return None
    best = ranked[0]
    rivals = [
        other
        for other in ranked[1:]
        if other.date.value != best.date.value and best.points - other.points < _CLEAR
    ]
    sure = 0.98 if best.points >= 7 else 0.96 if best.points >= 5 else 0.85
    sure -= 0.35 if any(other.points >= LEAST for other in rivals) else 0.0
    if best.points == LEAST:
        sure -= 0.2
    return date_at(sheet, best.date, best.rule, sure=sure)


def date_at(sheet: Sheet, date: Dated, rule: str, *, sure: float) -> Finding[dt.date]:
    """A date of the running text as the letter's, less sure for what speaks against its words."""
    if _another_year(sheet, date):
        sure -= 0.5
    sure -= doubt_of_day(date)
    sure -= 0.3 if sheet.english and date.figures else 0.0
    spot = sheet.flow.place(date.start, date.end)
    raw = sheet.flow.text[date.start : date.end]
    return found(sheet, date.value, spot, rule, sure=sure, raw=raw)


def doubt_of_day(date: Dated) -> float:
    """What its own words say against a date: a weekday that mended it or denies it, a cut year."""
    weekday = 0.25 if date.mended else 0.3 if date.agrees is False else 0.0
    return weekday + (0.35 if date.cut else 0.0)


def _another_year(sheet: Sheet, date: Dated) -> bool:
    """Whether the number names a year that is not the date's: one of the two is misread."""
    number = sheet.once(letter_number)
    years = years_in(number.value) if number else set()
    return bool(years) and not years & {date.value.year, date.value.year - 1}


def place_of_letter(sheet: Sheet) -> Finding[str] | None:
    """The town that stands before the letter's date."""
    ranked = sheet.once(candidates)
    if not ranked or ranked[0].points < LEAST:
        return _place_of_draft(sheet)
    if not ranked[0].place:
        return None
    best = ranked[0]
    start = sheet.flow.text.rfind(best.place, 0, best.date.start)
    spot = sheet.flow.place(start, start + len(best.place))
    value = best.place.replace("|", "l").replace("1", "l").strip(" .")
    return found(sheet, value, spot, best.rule, sure=0.93, raw=best.place)


def _place_of_draft(sheet: Sheet) -> Finding[str] | None:
    """The town of a letter whose day was left open: ``Bangkalan,      Agustus 2023``."""
    for row in sheet.rows[: sheet.zones.body]:
        match = UNDATED.match(row.text)
        if match:
            spot = row.whole.cut(*match.span("place"))
            return found(sheet, spot.text, spot.place, "place_of_draft", sure=0.85)
    return None


_SAYS_SO: Final = frozenset({"enacted", "today", "label"})
"""Rules whose own words outweigh what stands near."""


def _scored(sheet: Sheet, date: Dated) -> Candidate:
    text = sheet.flow.text
    before = text[max(date.start - 130, 0) : date.start]
    line = before[before.rfind("\n") + 1 :]
    after = text[date.end : date.end + 60].split("\n", 1)[0]
    row = sheet.flow.row_at(date.start)
    head = row < sheet.zones.body
    points, rule, town = _for(_Setting(sheet, date, row, before, line, after, head))
    if sheet.stamped(date.start):
        return Candidate(date, points - 8, rule, other="received")
    less, other = _against(line, before, after, enacted=rule in _SAYS_SO, placed=bool(town))
    points += less + (0 if date.agrees is None else 1 if date.agrees else -1)
    return Candidate(date, points, rule, town, other)


_NOTHING: Final = 3
"""A stop, a bracket, a speck."""


@dataclass(frozen=True, slots=True)
class _Setting:
    """The words around a date, cut once.

    Attributes:
        before: up to 130 letters, line ends included.
        line: those of its own line.
        head: it stands above the prose.
        last: nothing stands behind it in its line.
    """

    sheet: Sheet
    date: Dated
    row: int
    before: str
    line: str
    after: str
    head: bool

    @property
    def last(self) -> bool:
        return len(self.after.strip()) <= _NOTHING


_Evidence: TypeAlias = tuple[int, str, str]
"""Points, rule, town."""


def _for(setting: _Setting) -> _Evidence:
    """The evidence that speaks for a date."""
    for witness in (_enacted, _today, _labelled, _beside_place, _alone):
        evidence = witness(setting)
        if evidence:
            return evidence
    return (1 if setting.head else 0), "position", ""


def _enacted(setting: _Setting) -> _Evidence | None:
    if _ENACTED.search(setting.before):
        return 6, "enacted", _enacted_town(setting.before)
    if not setting.head and setting.last and _ON_DAY.match(setting.line):
        return 4, "enacted", ""
    return None


_MET_IN: Final = re.compile(r"^\s*(?:\([^)]*\))?\s*,?\s*bertempat\s+di\s+(?P<town>[A-Z][a-z]+)\s*,")


_MINUTES: Final = frozenset({"berita_acara", "perjanjian", "notula"})


def _today(setting: _Setting) -> _Evidence | None:
    kind = setting.sheet.kind
    if _TODAY.search(setting.before) or (kind == "notula" and _EVENT.search(setting.line)):
        text = setting.sheet.flow.text[setting.date.end : setting.date.end + 90]
        town = _MET_IN.search(" ".join(text.split()))
        return (5 if kind in _MINUTES else 2), "today", town["town"] if town else ""
    return None


_DATED_HEADS: Final = frozenset({*MEMOS, "disposisi", "invoice", "receipt", "kuitansi"})


_DAY_ABOVE: Final = re.compile(r"\W*Har[il1]\s*[:;]", re.IGNORECASE)
"""Above the date of a meeting."""


def _labelled(setting: _Setting) -> _Evidence | None:
    if not setting.head or _label_before(setting.line) != labels.DATED:
        return None
    if setting.row and _DAY_ABOVE.match(setting.sheet.rows[setting.row - 1].text):
        return None
    return (6 if setting.sheet.kind in _DATED_HEADS else 5), "label", ""


_TAIL: Final = 12


_LINE: Final = 60


_INDENT: Final = 40
"""Letters: what may follow a date beside its place, and how far in its line it may stand."""


def _beside_place(setting: _Setting) -> _Evidence | None:
    town = _PLACE.search(setting.line)
    if not town or setting.date.weekday is not None:
        return None
    if _NO_PLACE & set(town["place"].lower().split()):
        return None
    if setting.head and len(setting.after) < _TAIL:
        return 5, "place", town["place"]
    early = len(setting.line) < _LINE and town.start("place") <= _INDENT
    if not setting.head and setting.last and early:
        return 4 + _late(setting.sheet, setting.row), "place", town["place"]
    return None


def _alone(setting: _Setting) -> _Evidence | None:
    """A date in the head with nothing before it in its line but a gap or a numbered label."""
    if not setting.head or not setting.last:
        return None
    cell = setting.line[setting.line.rfind("\t") + 1 :]
    numbered = _label_before(setting.line, anywhere=True) == labels.NUMBER
    if not cell.strip(" ,.:") or (numbered and not _SAID.search(setting.line)):
        return 4, "beside_number", ""
    return None


def _late(sheet: Sheet, row: int) -> int:
    """One point for a date in the last two thirds, where letters are signed."""
    return 1 if row > sheet.zones.kop + (len(sheet.rows) - sheet.zones.kop) // 3 else -1


def _label_before(line: str, *, anywhere: bool = False) -> str | None:
    """The role of the label that a date stands behind."""
    head, colon, rest = line.replace("\t", " ").rpartition(":")
    if colon and (anywhere or not rest.strip()):
        first = (
            line.split(":", maxsplit=1)[0] if anywhere else re.split(r"\s{2,}|\t", head.strip())[-1]
        )
        role = role_of(first.strip()) or role_of(" ".join(first.split()[-2:]))
        if role:
            return role
    return role_of(line.strip()) if not colon and len(line) < 20 else None


_ENACTED_IN: Final = re.compile(
    r".*\b[Dd][Il1i]\b\s*:?\s*(?P<town>[A-Z][\w.' -]{2,30}?)\s*[\n\t,]?\s*"
    r"(?:[Pp][Aa][Dd][Aa]\s+)?[Tt][Aa][Nn][Gg][Gg][Aa][LlI1]\W*$",
    re.DOTALL,
)


def _enacted_town(before: str) -> str:
    match = _ENACTED_IN.search(before)
    return " ".join(match["town"].split()) if match else ""


def _against(line: str, before: str, after: str, *, enacted: bool, placed: bool) -> tuple[int, str]:
    """Points of the evidence that a date is somebody else's, and whose."""
    near = line if line.strip() else before[-60:]
    if _RECEIVED.search(near):
        return -8, "received"
    if enacted or placed:
        return 0, ""
    joined = before.replace("\n", " ")[-95:]
    points, other = 0, ""
    if _EVENT.search(near) or _CLOCK.search(after):
        points, other = points - 5, "event"
    if _CITED.search(joined) and _SAID.search(joined):
        points, other = points - 6, "cited"
    if _OTHER_DAY.search(near if near.strip() else joined):
        points, other = points - 6, other or "other_day"
    return points, other


def _completed(one: Candidate, number: str) -> Candidate:
    """A date whose year was cut off with the year of the number."""
    years = years_in(number)
    if not one.date.cut or len(years) != 1:
        return one
    return replace(one, date=of_year(one.date, min(years)))


def _with_number(one: Candidate, number: str) -> Candidate:
    """Two points more for a date that agrees with the number's year or month."""
    years, month = years_in(number), month_in(number)
    if not years and month is None:
        return one
    agrees = (not years or one.date.value.year in years) and month in (None, one.date.value.month)
    return replace(one, points=one.points + 2) if agrees and one.points > 0 else one
