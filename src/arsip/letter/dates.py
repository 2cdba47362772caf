"""Every date that a text names, in the forms of Indonesian offices."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from arsip.letter.folding import sure_digits
from arsip.letter.months import DAYS, NUMBER_WORDS, month_of, spelled


@dataclass(frozen=True, slots=True)
class Dated:
    """A date in a text.

    Attributes:
        value: the day; of a range the first.
        until: the last day of a range.
        start, end: where it stands in the text, its weekday not counted.
        yearless: the year was not said and is the reference year.
        weekday: 0 (Monday) to 6 when one is printed before it.
        words: it is spelled in words.
        mended: its day was put right by its weekday.
        figures: it is written as ``03/05/2024``: day and month may change places.
        cut: its year may have lost its last two figures: ``26 September 20``.
    """

    value: dt.date
    start: int
    end: int
    until: dt.date | None = None
    yearless: bool = False
    weekday: int | None = None
    words: bool = False
    mended: bool = False
    figures: bool = False
    cut: bool = False

    @property
    def agrees(self) -> bool | None:
        """Whether the printed weekday is that of the date; None when none is printed."""
        return None if self.weekday is None else self.value.weekday() == self.weekday

    @property
    def iso(self) -> str:
        """``a`` or ``a/b``."""
        first = self.value.isoformat()
        return f"{first}/{self.until.isoformat()}" if self.until else first


_D: Final = r"[0-9OoQlI|!i]"
_DAY: Final = rf"(?P<d>{_D}{{1,2}})"
_MONTH: Final = r"(?P<m>0?[A-Za-z|!][A-Za-z\u00c0-\u00ff1|!0]{2,11})"
_YEAR: Final = rf"(?P<y>[12lI|!][0-9OoQlI|!SB]{{3}}|{_D}{{2}}(?!\d))"
_UNTIL: Final = r"(?:s\s?[./]\s?d\.?|sd\.?|sampai(?:\s+dengan)?|hingga|-|\u2013|\u2014|to|dan)"
_SEP: Final = r"\s{0,3}[.,-]?\s{0,3}"

_LONG: Final = re.compile(
    rf"(?<![\w/.])(?:(?P<a>{_D}{{1,2}})(?:\s+(?P<am>[A-Za-z]{{3,10}})(?:\s+(?P<ay>\d{{4}}))?)?"
    rf"\s*{_UNTIL}\s*)?"
    rf"(?:(?:tgl|tanggal)\.?\s*)?"
    rf"{_DAY}(?:st|nd|rd|th)?{_SEP}{_MONTH}\.?(?:{_SEP}{_YEAR})?(?![\w/])",
    re.IGNORECASE,
)
_COLON_LOST: Final = re.compile(
    rf"^\W*(?:Tanggal|Tgl\.?)\s+[1lI|!](?P<d>[0-3]\d){_SEP}{_MONTH}\.?{_SEP}{_YEAR}(?![\w/])",
    re.IGNORECASE | re.MULTILINE,
)
"""``Tanggal 111 Des. 2022``: the colon behind the label read as one more figure of the day."""
_AMERICAN: Final = re.compile(
    rf"\b(?P<m>[A-Z][a-z]{{2,8}}|[A-Z]{{3,9}})\.?\s+{_DAY}(?:st|nd|rd|th)?\s*[,.]\s*(?P<y>\d{{4}})\b"
)
_NUMERIC: Final = re.compile(
    rf"(?<![\w/.,-]){_DAY}\s?(?P<sep>[-/.])\s?(?P<n>{_D}{{1,2}})\s?(?P=sep)\s?{_YEAR}"
    r"(?![\w/-]|[.,]\w)"
)
_ISO: Final = re.compile(r"(?<![\w/.-])(?P<y>[12]\d{3})-(?P<n>[01]\d)-(?P<d>[0-3]\d)(?![\w/-])")
_N: Final = "(?:" + "|".join(sorted(NUMBER_WORDS, key=len, reverse=True)) + r")"
_WORDS: Final = re.compile(
    rf"(?P<d>{_N}(?:\s+{_N}){{0,3}})\s*,?\s*(?:bu[l1]an\s+)?(?P<m>[A-Za-z0|1]{{3,10}})\s*,?\s*"
    r"(?:tahun\s+)?(?P<y>dua\s+ribu(?:\s+[a-z]+){0,4}|seribu\s+sembilan(?:\s+[a-z]+){1,5})",
    re.IGNORECASE,
)
_WEEKDAY: Final = re.compile(
    r"([A-Za-z'\u2019]{4,9})\s*[,/]?\s*(?:\(?tanggal|tgl\.?)?\s*$", re.IGNORECASE
)
OLDEST: Final = 1900
CENTURIES: Final = frozenset({"19", "20"})
"""Where a year begins."""


def dates_in(text: str, *, year: int) -> list[Dated]:
    """All dates of the text in the order they stand.

    ``year`` is the reference for dates without one and for years of two digits: they lie at most
    a year after it. In figures the day comes first, unless the text writes ``March 5, 2024``.
    """
    found: list[Dated] = []
    for reader in (_american, _dates_behind_lost_colon, _long_dates, _numeric, _spelled_dates):
        for date in reader(text, year):
            _add(found, date)
    return [_with_weekday(text, date) for date in found]


def _add(found: list[Dated], date: Dated) -> None:
    """Put a date among those that were found, unless it shares signs with one of them."""
    at = bisect_left(found, date.start, key=lambda other: other.start)
    if at and found[at - 1].end > date.start:
        return
    if at < len(found) and found[at].start < date.end:
        return
    found.insert(at, date)


def _long_dates(text: str, year: int) -> Iterator[Dated]:
    at = 0
    while match := _LONG.search(text, at):
        found = _long_date(match, year)
        at = match.end() if found else match.start() + 1
        if found:
            yield found


def _dates_behind_lost_colon(text: str, year: int) -> Iterator[Dated]:
    for match in _COLON_LOST.finditer(text):
        month = month_of(match["m"])
        value = month and _day(_year(match["y"], year), month, match["d"])
        if value:
            yield Dated(value, match.start("d"), match.end())


def _long_date(match: re.Match[str], year: int) -> Dated | None:
    month = _month(match)
    if month is None:
        return None
    said = _year(match["y"], year) if match["y"] else year
    value = _day(said, month, match["d"])
    wrapped = "\n" in match.string[match.end("d") : match.start("m")]
    if value is None or (wrapped and not match["d"].isdigit()):
        return None
    start = match.start("d")
    first = _range_start(match, value)
    end = match.end() if match["y"] else match.end("m")
    if first:
        return Dated(first, match.start("a"), end, until=value, yearless=not match["y"])
    return Dated(value, start, end, yearless=not match["y"], cut=match["y"] in CENTURIES)


def _month(match: re.Match[str]) -> int | None:
    """The month named; without a year behind it only a clean name counts."""
    word = match["m"]
    if match["y"]:
        return month_of(word)
    return month_of(word) if word[:1].isupper() and word.isalpha() and len(word) > 2 else None


def _range_start(match: re.Match[str], until: dt.date) -> dt.date | None:
    if not match["a"]:
        return None
    month = month_of(match["am"]) if match["am"] else until.month
    if month is None:
        return None
    year = int(match["ay"]) if match["ay"] else until.year
    first = _day(year, month, match["a"])
    if first and first > until and not match["ay"]:
        first = _day(year - 1, month, match["a"])
    return first if first and first < until else None


def _american(text: str, _year: int) -> Iterator[Dated]:
    for match in _AMERICAN.finditer(text):
        month = month_of(match["m"])
        value = month and _day(int(match["y"]), month, match["d"])
        if value:
            yield Dated(value, match.start(), match.end())


def _numeric(text: str, year: int) -> Iterator[Dated]:
    american = bool(_AMERICAN.search(text))
    for pattern in (_ISO, _NUMERIC):
        for match in pattern.finditer(text):
            if not re.search(r"\d", match[0]):
                continue
            orders = [(match["n"], match["d"])]
            if american and pattern is _NUMERIC:
                orders.insert(0, (match["d"], match["n"]))
            said = _year(match["y"], year)
            values = [value for month, day in orders if (value := _in_figures(said, month, day))]
            if values:
                either = pattern is _NUMERIC and values[0].day <= 12
                yield Dated(values[0], match.start(), match.end(), figures=either)


def _in_figures(year: int, month: str, day: str) -> dt.date | None:
    number = sure_digits(month)
    return _day(year, int(number), day) if number.isdigit() else None


def _spelled_dates(text: str, _year: int) -> Iterator[Dated]:
    if "ribu" not in text.lower():  # the year of every date in words
        return
    for match in _WORDS.finditer(text):
        words = match["y"].split()
        while words and (said := spelled(" ".join(words))) is None:
            words.pop()
        month, day = month_of(match["m"]), spelled(match["d"])
        if not words or month is None or day is None or said is None:
            continue
        value = _day(said, month, str(day))
        if value:
            end = match.start("y") + len(match["y"])
            yield Dated(value, match.start(), end, words=True)


def _year(text: str, reference: int) -> int:
    figures = re.sub(r"\D", "", sure_digits(text).replace("S", "5").replace("B", "8"))
    if len(figures) == 4:  # written out
        return int(figures)
    if len(figures) != 2:
        return 0
    near = reference // 100 * 100 + int(figures)
    return near if near <= reference + 1 else near - 100


def _day(year: int, month: int, figures: str) -> dt.date | None:
    day = sure_digits(figures)
    if not day.isdigit() or not OLDEST <= year < 2200:  # no letter is from then
        return None
    try:
        return dt.date(year, month, int(day))
    except ValueError:
        return None


_TAKEN_FOR: Final = {
    "0": "68", "1": "47", "2": "7", "3": "58", "4": "19", "5": "36", "6": "058", "7": "12",
    "8": "036", "9": "4",
}  # fmt: skip
"""Figures that OCR gives for one another."""


def by_weekday(date: Dated) -> Dated:
    """A misread day put right by its weekday, when one figure alone can make the two agree."""
    if date.agrees is not False or date.until or date.words:
        return date
    figures = f"{date.value.day:02d}"
    days = {
        figures[:at] + other + figures[at + 1 :]
        for at, figure in enumerate(figures)
        for other in _TAKEN_FOR[figure]
    }
    values = (_day(date.value.year, date.value.month, day) for day in days)
    fitting = [value for value in values if value and value.weekday() == date.weekday]
    return replace(date, value=fitting[0], mended=True) if len(fitting) == 1 else date


def of_year(date: Dated, year: int) -> Dated:
    """The date with the year that it lost, when that one begins with what is left."""
    left = f"{date.value.year:04d}"[2:]
    value = _day(year, date.value.month, str(date.value.day))
    return replace(date, value=value) if value and str(year).startswith(left) else date


def _with_weekday(text: str, date: Dated) -> Dated:
    before = text[max(date.start - 30, 0) : date.start]
    match = _WEEKDAY.search(before)
    day = DAYS.get(match[1].lower()) if match else None
    if day is None:
        return date
    return replace(date, weekday=day)
