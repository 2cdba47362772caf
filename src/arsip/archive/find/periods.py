"""Days, months, years and stretches of them as clerks type them, in Indonesian and English."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final, NamedTuple

from arsip.fields import MONTHS


class Period(NamedTuple):
    """From the first day to the last, both included; date.min and date.max leave it open."""

    first: dt.date
    last: dt.date


NO_DAY: Final = Period(dt.date.max, dt.date.min)
"""What has the form of a date and names no day: 31 April, month 13, a thousand years ago."""

_UNITS: Final = {
    "day": "hari days day",
    "week": "minggu pekan weeks week",
    "month": "bulan months month",
    "year": "tahun years year",
}
_UNIT: Final = {name: unit for unit, names in _UNITS.items() for name in names.split()}
_ANY_UNIT: Final = "|".join(_UNIT)
IN_FULL: Final = {month: name for name, month in reversed(MONTHS.items())}
"""Month -> its name in full."""
_ANY_MONTH: Final = "|".join(MONTHS)

_NAMED: Final = {
    "hariini": ("day", 0),
    "today": ("day", 0),
    "sekarang": ("day", 0),
    "kemarin": ("day", -1),
    "yesterday": ("day", -1),
    "besok": ("day", 1),
    "tomorrow": ("day", 1),
}
_STEPS: Final = {"ini": 0, "this": 0, "lalu": -1, "kemarin": -1, "last": -1, "depan": 1, "next": 1}
_BEFORE: Final = "(?P<before>this|last|next)"
_AFTER: Final = "(?P<after>ini|lalu|kemarin|depan)"
_BESIDE: Final = rf"{_BEFORE}?(?P<unit>{_ANY_UNIT})(?:yang)?{_AFTER}?"
_COUNTED: Final = (
    rf"(?P<before>last|past)?(?P<count>\d{{1,3}})(?P<unit>{_ANY_UNIT})"
    r"(?:yang)?(?P<after>terakhir|lalu|ago)?"
)

_YEAR: Final = r"(?:19|20)\d\d"
"""A year where a part of a letter's number may stand as well."""
_NO_YEAR: Final = rf"\d{{4}}(?<!{_YEAR})"
_ISO: Final = r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?"
_DAY_FIRST: Final = rf"(?:(\d{{1,2}})[-/. ])?(\d{{1,2}})(?:[-/.]| (?={_YEAR}))(\d{{4}})"
_SHORT_YEAR: Final = r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{2})"
_NTH: Final = "st|[nr]d|th"
_MONTHS: Final = (
    rf"{_BEFORE}?(?:(?P<day>\d{{1,2}})(?:{_NTH})?)?(?P<name>{_ANY_MONTH})(?:(?:yang)?{_AFTER})?",
    rf"(?:(?P<day>\d{{1,2}})(?:{_NTH})?)?(?P<name>{_ANY_MONTH})(?P<year>{_YEAR})",
    rf"(?P<name>{_ANY_MONTH})(?P<day>0?[1-9]|[12]\d|3[01])(?: |{_NTH})(?P<year>{_YEAR})",
    rf"(?P<year>{_YEAR})(?P<name>{_ANY_MONTH})",
)
"""A month or a day of it: near today, then three orders of it and its year."""
_DECEMBER: Final = 12
LEAP_GAP: Final = 9
"""Years within which every day of the calendar has been: 29 February 1896, then 1904."""
_PARTS: Final = {"triwulan": 3, "tw": 3, "kuartal": 3, "quarter": 3, "q": 3, "semester": 6}
"""A part of the year -> its months."""
_PART: Final = rf"({'|'.join(_PARTS)})(?:ke)?([1-4]|i{{1,3}}|iv) ?({_YEAR})?"
ROMAN: Final = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6,
    "vii": 7, "viii": 8, "ix": 9, "x": 10, "xi": 11, "xii": 12,
}  # fmt: skip
"""Roman digits of a part of the year, or a month -> what they count."""

_LABEL: Final = (
    r"(?i)\b(?:tanggal|tgl|bulan|bln|tahun|thn?)(?:\.\s*|[\s_-]+)"
    rf"(?=\d{{1,4}}\b(?!\s*(?:{_ANY_UNIT}))|(?:{_ANY_MONTH})\b)"
)
"""Words before a day, month or year that say what it is."""
_BY_NUMBER: Final = (
    r"(?ai)\b(?:(?P<day>(?:tanggal|tgl)\.?\s+\d{1,2}\s+)(?:bulan|bln)\.?|(?P<label>(?:bulan|bln)\.?))\s+"
    rf"(?P<number>0?[1-9]|1[0-2]|{'|'.join(ROMAN)})\b(?!\s*[-/.]\s*\d)"
)
A_UNIT: Final = rf"(?i)\s*(?:{_ANY_UNIT})\b"
"""Behind a number: it counts days, weeks, months or years."""
_ONE: Final = r"\bse(?=(?:hari|minggu|pekan|bulan|tahun)\b)"
_COUNTS: Final = {
    "dua": "2", "tiga": "3", "empat": "4", "lima": "5", "enam": "6", "tujuh": "7",
    "delapan": "8", "sembilan": "9", "sepuluh": "10",
    "two": "2", "three": "3", "four": "4", "five": "5", "six": "6",
}  # fmt: skip
_COUNT: Final = rf"\b({'|'.join(_COUNTS)})(?= (?:{_ANY_UNIT})\b)"
_OF_YEAR: Final = (
    rf"(?P<what>.*[a-z].*?)[\s_-]*"
    rf"(?:{_BEFORE}[\s_-]*year|(?:tahun|year)[\s_-]*(?:yang[\s_-]*)?{_AFTER})"
)
"""A month, or another part, of the last year, of this one or of the next."""
_SAME_MONTH: Final = r"\d{1,2}([-/. _]+\S.*)"
_DASH: Final = r"\s*[-\u2013]\s*"
_IN_ISO: Final = r"(?<!\S)\d{4}-\d{1,2}(?:-\d{1,2})?(?!\S)"
"""A month or a day: its dashes lead to nothing else."""
_TO_WORD: Final = r"\b(?:s\.d\.?|s/d\b|sampai(?: dengan)?\b|hingga\b|to\b)(?!\s*$)"
_TO: Final = rf"\s*(?:\.{{2,3}}|{_TO_WORD})\s*"
_LIFETIME: Final = 100
"""Years of the longest stretch that is told year by year."""
_LONGEST: Final = 80
"""Signs of a date in words: what is longer is none."""


def period(text: str, *, today: dt.date) -> Period | None:
    """The days that the words name; NO_DAY: there are no such days; None: they name none.

    ``2022``, ``2022-09``, ``21/9/2022``, ``september 2022``, ``21 nopember``, ``June 27, 2024``,
    ``bulan lalu``, ``maret tahun lalu``, ``2 years ago``, ``last 3 weeks``, ``triwulan I 2024``,
    and ``from..to`` of any two, of which one may be left out, and each may leave to the other what
    both share. A month or a day without its year is the latest that has begun. Weeks start on
    Monday.
    """
    words = " ".join(text.lower().replace(",", " ").split())
    if len(words) > _LONGEST:
        return None
    counted = re.sub(_COUNT, lambda said: _COUNTS[said[1]], re.sub(_ONE, "1 ", words))
    folded = unlabelled(by_name(counted))
    return _single(_with_year(folded, today), today) or _stretch(folded, today)


def unlabelled(text: str) -> str:
    """The text without words that say of a day, month or year what it is."""
    return re.sub(_LABEL, "", text)


def by_name(text: str) -> str:
    """The text with months that are named by their number, ``bulan 8``, by their name."""
    return re.sub(_BY_NUMBER, _name, text)


def _name(said: re.Match[str]) -> str:
    number = said["number"].lower()
    name = IN_FULL[ROMAN.get(number) or int(number)]
    return f"{said['day']}{name}" if said["day"] else f"{said['label']} {name}"


def in_iso(days: Period) -> list[str]:
    """Days as years, months and single days in ISO, as few as can be; open ends give none."""
    if days.last.year - days.first.year > _LIFETIME:
        return []
    found: list[str] = []
    at, end = days.first.toordinal(), days.last.toordinal()
    while at <= end:
        day = dt.date.fromordinal(at)
        wholes = {4: _whole(day.year), 7: _whole(day.year, day.month), 10: Period(day, day)}
        signs, whole = next(
            (signs, one)
            for signs, one in wholes.items()
            if one.first == day and one.last <= days.last
        )
        found.append(day.isoformat()[:signs])
        at = whole.last.toordinal() + 1
    return found


def _stretch(text: str, today: dt.date) -> Period | None:
    """From one to another: by dots or a word, else by the first dash between two that are dates."""
    start, *end = re.split(_TO, text, maxsplit=1)
    if end:
        return _between(start, end[0], today)
    if re.search(_NO_YEAR, text):
        return None
    parted = re.sub(_IN_ISO, lambda iso: iso[0].replace("-", "."), text)
    sides = ((text[: dash.start()], text[dash.end() :]) for dash in re.finditer(_DASH, parted))
    found = (_between(start, end, today) for start, end in sides if start and end)
    return next(filter(None, found), None)


def _between(start: str, end: str, today: dt.date) -> Period | None:
    """From the first to the last of two, each of which may say for both what they share."""
    start, end = _with_year(start, today), _with_year(end, today)
    if not start or not end:
        return _open(_single(start or end, today), start)
    shared = re.fullmatch(_SAME_MONTH, end) if re.fullmatch(r"\d{1,2}", start) else None
    if shared is not None:
        start += shared[1]
    if re.search(r"\d{4}", end):
        last = _single(end, today)
        first = _beside(start, last, -1, today)
    else:
        first = _single(start, today)
        last = _beside(end, first, 1, today)
    if first is None or last is None:
        return None
    if NO_DAY in (first, last):
        return NO_DAY
    if first.first > last.last:
        first, last = last, first
    return Period(first.first, last.last)


def _open(days: Period | None, start: str) -> Period | None:
    """From the days on; without a start, up to them."""
    if days is None or days == NO_DAY:
        return days
    return Period(days.first, dt.date.max) if start else Period(dt.date.min, days.last)


def _beside(text: str, other: Period | None, step: int, today: dt.date) -> Period | None:
    """One end of a stretch, in the year of the other end or the next to it when it says none."""
    own = re.search(r"\d{4}|^\d+$", text)
    if own or other is None or other == NO_DAY:
        return _single(text, today)
    year = other.first.year
    found = _single(f"{text} {year:04}", today)
    if found is None:
        return _single(text, today)
    past = found.first > other.last if step < 0 else found.last < other.first
    if past and found != NO_DAY:
        return _single(f"{text} {year + step:04}", today)
    return found


def _with_year(text: str, today: dt.date) -> str:
    """The text with words for a year behind a month as that year: ``maret 2023``."""
    found = re.fullmatch(_OF_YEAR, text)
    if found is None:
        return text
    return f"{found['what']} {today.year + _STEPS[found['before'] or found['after']]:04}"


def _single(text: str, today: dt.date) -> Period | None:
    joined = _joined(text)
    try:
        return (
            _numeric(text, today)
            or _month(joined, today)
            or _part(joined, today)
            or _relative(joined, today)
            or _counted(joined, today)
        )
    except (ValueError, OverflowError):
        return NO_DAY


def _joined(text: str) -> str:
    """The text without gaps and dots behind a word; one blank is left between two numbers."""
    parted = re.sub(r"(?<=\d)[\s_-]+(?=\d)", " ", re.sub(r"(?<=[a-z])\.", "", text))
    return re.sub(r"(?<!\d)[\s_-]+|[\s_-]+(?!\d)", "", parted)


def _numeric(text: str, today: dt.date) -> Period | None:
    if found := re.fullmatch(_ISO, text):
        year, month, day = found.groups()
    elif found := re.fullmatch(_DAY_FIRST, text):
        day, month, year = found.groups()
    elif found := re.fullmatch(_SHORT_YEAR, text):
        day, month, short = found.groups()
        year = _full_year(int(short), today)
    else:
        return None
    return _whole(int(year), _number(month), _number(day))


def _number(digits: str | None) -> int | None:
    return None if digits is None else int(digits)


def _full_year(short: int, today: dt.date) -> int:
    """Two digits are of this century up to next year, of the last one after that."""
    century = today.year // 100 * 100
    return century + short - (100 if short > today.year % 100 + 1 else 0)


def _month(joined: str, today: dt.date) -> Period | None:
    found = next(filter(None, (re.fullmatch(form, joined) for form in _MONTHS)), None)
    if found is None:
        return None
    said = found.groupdict()
    month, day = MONTHS[said["name"]], _number(said.get("day"))
    if "year" in said:
        return _whole(int(said["year"]), month, day)
    if said["before"] and said["after"]:
        return None
    return _nearest(month, day, said["before"] or said["after"], today)


def _nearest(month: int, day: int | None, step_word: str | None, today: dt.date) -> Period:
    """The month or the day of it that is past, this year's or to come; else the latest begun."""
    step = None if step_word is None else _STEPS[step_word]
    if step == 0:
        return _whole(today.year, month, day)
    ahead = range(today.year, min(today.year + LEAP_GAP, dt.MAXYEAR + 1))
    back = range(today.year, max(today.year - LEAP_GAP, 0), -1)
    for year in ahead if step == 1 else back:
        if day is None or day <= _whole(year, month).last.day:
            found = _whole(year, month, day)
            if _lies(found, step, today):
                return found
    return NO_DAY


def _lies(days: Period, step: int | None, today: dt.date) -> bool:
    """Whether days are past, to come, or begun when no step is said."""
    if step is None:
        return days.first <= today
    return days.last < today if step < 0 else days.first > today


def _part(joined: str, today: dt.date) -> Period | None:
    """A quarter or half of a year; without its year the latest that has begun."""
    found = re.fullmatch(_PART, joined)
    if found is None:
        return None
    months = _PARTS[found[1]]
    number = ROMAN.get(found[2]) or int(found[2])
    begins = (number - 1) * months + 1
    year = int(found[3] or today.year)
    if found[3] is None and dt.date(year, begins, 1) > today:
        year -= 1
    return Period(_whole(year, begins).first, _whole(year, begins + months - 1).last)


def _relative(joined: str, today: dt.date) -> Period | None:
    """A day, week, month or year by its name or by where it lies beside today's."""
    if joined in _NAMED:
        unit, step = _NAMED[joined]
        return _unit(unit, step, today)
    found = re.fullmatch(_BESIDE, joined)
    if found is None:
        return None
    step_word = found["before"] or found["after"]
    if step_word is None or (found["before"] and found["after"]):
        return None
    return _unit(_UNIT[found["unit"]], _STEPS[step_word], today)


def _counted(joined: str, today: dt.date) -> Period | None:
    """The last so many days, weeks, months or years; or the one that lies so many ago."""
    found = re.fullmatch(_COUNTED, joined)
    if found is None or not (found["before"] or found["after"]):
        return None
    unit, count = _UNIT[found["unit"]], int(found["count"])
    if found["before"] or found["after"] == "terakhir":
        return Period(_back(unit, count, today), today)
    return _unit(unit, -count, today)


def _back(unit: str, count: int, today: dt.date) -> dt.date:
    """The day that many units before today; in a shorter month its last day."""
    if unit in ("day", "week"):
        return today - dt.timedelta(days=count * (7 if unit == "week" else 1))
    months = today.year * 12 + today.month - 1 - count * (12 if unit == "year" else 1)
    month = _whole(months // 12, months % 12 + 1)
    return month.first.replace(day=min(today.day, month.last.day))


def _unit(unit: str, step: int, today: dt.date) -> Period:
    """The whole day, week, month or year, so many steps from today's."""
    if unit == "day":
        day = today + dt.timedelta(days=step)
        return Period(day, day)
    if unit == "week":
        monday = today + dt.timedelta(days=7 * step - today.weekday())
        return Period(monday, monday + dt.timedelta(days=6))
    if unit == "year":
        return _whole(today.year + step)
    months = today.year * 12 + today.month - 1 + step
    return _whole(months // 12, months % 12 + 1)


def _whole(year: int, month: int | None = None, day: int | None = None) -> Period:
    """The year, a month or a day of it.

    Raises:
        ValueError: there is none such.
    """
    if month is None:
        return Period(dt.date(year, 1, 1), dt.date(year, 12, 31))
    if day is not None:
        only = dt.date(year, month, day)
        return Period(only, only)
    first = dt.date(year, month, 1)
    if month == _DECEMBER:
        return Period(first, dt.date(year, 12, 31))
    return Period(first, dt.date(year, month + 1, 1) - dt.timedelta(days=1))
