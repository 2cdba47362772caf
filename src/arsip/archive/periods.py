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


_UNITS: Final = {
    "day": "hari days day",
    "week": "minggu pekan weeks week",
    "month": "bulan months month",
    "year": "tahun years year",
}
_UNIT: Final = {name: unit for unit, names in _UNITS.items() for name in names.split()}
_ANY_UNIT: Final = "|".join(_UNIT)

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

_BESIDE: Final = (
    rf"(?P<before>this|last|next)?(?P<unit>{_ANY_UNIT})(?:yang)?(?P<after>ini|lalu|kemarin|depan)?"
)
_STRETCH: Final = (
    rf"(?:last|past)?(?P<count>\d{{1,3}})(?P<unit>{_ANY_UNIT})(?:yang)?(?:terakhir|lalu|ago)?"
)
_ISO: Final = r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?"
_DAY_FIRST: Final = r"(?:(\d{1,2})[-/. ])?(\d{1,2})[-/. ](\d{4})"
_SHORT_YEAR: Final = r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{2})"
_NAMED_MONTH: Final = r"(\d{1,2})?([a-z]+)(\d{4})?"
_YEAR_MONTH: Final = r"(\d{4})([a-z]+)"
LEAP_GAP: Final = 9
"""Years within which every day of the calendar has been: 29 February 1896, then 1904."""
_PARTS: Final = {"triwulan": 3, "tw": 3, "kuartal": 3, "quarter": 3, "q": 3, "semester": 6}
"""A part of the year -> its months."""
_PART: Final = rf"({'|'.join(_PARTS)})(?:ke)?([1-4]|i{{1,3}}|iv)(\d{{4}})?"
_ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_LABEL: Final = re.compile(
    rf"\b(?:tanggal|tgl|bulan|tahun)[\s_-]+(?=\d{{1,4}}\b(?!\s*(?:{_ANY_UNIT}))|(?:{'|'.join(MONTHS)})\b)"
)
"""Words before a day, month or year that say what it is."""
_ONE: Final = re.compile(r"\bse(?=(?:hari|minggu|pekan|bulan|tahun)\b)")
_SAME_MONTH: Final = r"\d{1,2}([-/. _]+\S.*)"
_GAPS: Final = r"[\s_,-]+"
_DASH: Final = r"(?<=\d)\s*[-\u2013]\s*(?=\d{1,2}\s+[a-z])"
_TO: Final = rf"\s*(?:\.{{2,3}}|\bs\.d\.?|\bs/d\b|\bsampai\b|\bhingga\b|{_DASH})\s*"


def period(text: str, *, today: dt.date) -> Period | None:
    """The days that the words name, or None when they name none.

    ``2022``, ``2022-09``, ``21/9/2022``, ``september 2022``, ``21 nopember``, ``bulan lalu``,
    ``last 3 weeks``, ``triwulan I 2024``, and ``from..to`` of any two, of which one may be left
    out, and the first may leave to the second what both share. A month or a day without its year is
    the latest that has begun. Weeks start on Monday.
    """
    folded = _LABEL.sub("", _ONE.sub("1 ", " ".join(text.lower().split())))
    sides = re.split(_TO, folded, maxsplit=1)
    try:
        return _single(folded, today) if len(sides) == 1 else _stretch(*sides, today=today)
    except (ValueError, OverflowError):  # 31 February, the year 0, a thousand years ago
        return None


def _stretch(start: str, end: str, *, today: dt.date) -> Period | None:
    last = _single(end, today) if end else Period(dt.date.max, dt.date.max)
    first = _first(start, end, last, today) if start else Period(dt.date.min, dt.date.min)
    if first is None or last is None or not (start or end):
        return None
    return Period(min(first.first, last.first), max(first.last, last.last))


def _first(start: str, end: str, last: Period | None, today: dt.date) -> Period | None:
    shared = None if last is None else _sharing(start, end, last)
    return _single(start, today) if shared is None else shared


def _sharing(start: str, end: str, last: Period) -> Period | None:
    """The start with the month or the year of the end; None: it has its own."""
    shared = re.fullmatch(_SAME_MONTH, end) if re.fullmatch(r"\d{1,2}", start) else None
    if shared is not None:
        return _single(start + shared[1], last.last)
    if re.search(r"\d{4}", start) or not re.search(r"\d{4}", end):
        return None
    return _month(re.sub(_GAPS, "", start), last.first)


def _single(text: str, today: dt.date) -> Period | None:
    joined = re.sub(_GAPS, "", text)
    return (
        _numeric(text, today)
        or _month(joined, today)
        or _part(joined, today)
        or _relative(joined, today)
    )


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
    return _whole(int(year), month and int(month), day and int(day))


def _full_year(short: int, today: dt.date) -> int:
    """Two digits are of this century up to next year, of the last one after that."""
    century = today.year // 100 * 100
    return century + short - (100 if short > today.year % 100 + 1 else 0)


def _month(joined: str, today: dt.date) -> Period | None:
    if found := re.fullmatch(_YEAR_MONTH, joined):
        day, (year, name) = None, found.groups()
    elif found := re.fullmatch(_NAMED_MONTH, joined):
        day, name, year = found.groups()
    else:
        return None
    month = MONTHS.get(name)
    if month is None:
        return None
    if year is not None:
        return _whole(int(year), month, day and int(day))
    return _latest(month, day and int(day), today)


def _part(joined: str, today: dt.date) -> Period | None:
    """A quarter or half of a year; without its year the latest that has begun."""
    found = re.fullmatch(_PART, joined)
    if found is None:
        return None
    months = _PARTS[found[1]]
    number = _ROMAN.get(found[2]) or int(found[2])
    begins = (number - 1) * months + 1
    year = int(found[3] or today.year)
    if found[3] is None and dt.date(year, begins, 1) > today:
        year -= 1
    return Period(_whole(year, begins).first, _whole(year, begins + months - 1).last)


def _latest(month: int, day: int | str | None, today: dt.date) -> Period | None:
    """The month, or the day of it, in the latest year that has such a day and saw it begin."""
    for year in range(today.year, max(today.year - LEAP_GAP, 0), -1):
        if int(day or 1) <= _whole(year, month).last.day:
            found = _whole(year, month, day)
            if found.first <= today:
                return found
    return None


def _relative(joined: str, today: dt.date) -> Period | None:
    if joined in _NAMED:
        unit, step = _NAMED[joined]
        return _unit(unit, step, today)
    if found := re.fullmatch(_BESIDE, joined):
        step_word = found["before"] or found["after"]
        if step_word is None or (found["before"] and found["after"]):
            return None
        return _unit(_UNIT[found["unit"]], _STEPS[step_word], today)
    found = re.fullmatch(_STRETCH, joined)
    if found is None or found["count"] + found["unit"] == joined:
        return None
    return Period(_back(_UNIT[found["unit"]], int(found["count"]), today), today)


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


def _whole(year: int, month: int | str | None = None, day: int | str | None = None) -> Period:
    if not month:
        return Period(dt.date(year, 1, 1), dt.date(year, 12, 31))
    if day:
        only = dt.date(year, int(month), int(day))
        return Period(only, only)
    first = dt.date(year, int(month), 1)
    last = dt.date(year + first.month // 12, first.month % 12 + 1, 1) - dt.timedelta(days=1)
    return Period(first, last)
