"""Days, months and stretches of time as they are typed."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from arsip.archive.find.periods import NO_DAY, Period, in_iso, period
from arsip.fields import MONTHS

TODAY = dt.date(2024, 3, 15)  # a Friday


def days(first: str, last: str) -> Period:
    return Period(dt.date.fromisoformat(first), dt.date.fromisoformat(last))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2022", "2022-01-01", "2022-12-31"),
        ("2022-09", "2022-09-01", "2022-09-30"),
        ("2022/9", "2022-09-01", "2022-09-30"),
        ("2022-12", "2022-12-01", "2022-12-31"),
        ("2024-2", "2024-02-01", "2024-02-29"),
        ("2022-09-21", "2022-09-21", "2022-09-21"),
        ("21-09-2022", "2022-09-21", "2022-09-21"),
        ("21/9/2022", "2022-09-21", "2022-09-21"),
        ("21.9.22", "2022-09-21", "2022-09-21"),
        ("1-2-25", "2025-02-01", "2025-02-01"),
        ("1-2-65", "1965-02-01", "1965-02-01"),
        ("09-2022", "2022-09-01", "2022-09-30"),
        ("september 2022", "2022-09-01", "2022-09-30"),
        ("Nopember_2022", "2022-11-01", "2022-11-30"),
        ("2022 pebruari", "2022-02-01", "2022-02-28"),
        ("21 djuni 1965", "1965-06-21", "1965-06-21"),
        ("21-sep-2022", "2022-09-21", "2022-09-21"),
        ("maret", "2024-03-01", "2024-03-31"),
        ("april", "2023-04-01", "2023-04-30"),
        ("15 maret", "2024-03-15", "2024-03-15"),
        ("16 maret", "2023-03-16", "2023-03-16"),
        ("29 februari", "2024-02-29", "2024-02-29"),
        ("hari ini", "2024-03-15", "2024-03-15"),
        ("yesterday", "2024-03-14", "2024-03-14"),
        ("besok", "2024-03-16", "2024-03-16"),
        ("minggu ini", "2024-03-11", "2024-03-17"),
        ("pekan lalu", "2024-03-04", "2024-03-10"),
        ("last week", "2024-03-04", "2024-03-10"),
        ("bulan ini", "2024-03-01", "2024-03-31"),
        ("bulan yang lalu", "2024-02-01", "2024-02-29"),
        ("last-month", "2024-02-01", "2024-02-29"),
        ("bulan depan", "2024-04-01", "2024-04-30"),
        ("tahun lalu", "2023-01-01", "2023-12-31"),
        ("this year", "2024-01-01", "2024-12-31"),
        ("7 hari terakhir", "2024-03-08", "2024-03-15"),
        ("last 2 weeks", "2024-03-01", "2024-03-15"),
        ("last 3 months", "2023-12-15", "2024-03-15"),
        ("3 bulan terakhir", "2023-12-15", "2024-03-15"),
        ("sebulan terakhir", "2024-02-15", "2024-03-15"),
        ("setahun yang lalu", "2023-01-01", "2023-12-31"),
        ("tahun 2022", "2022-01-01", "2022-12-31"),
        ("bulan maret 2022", "2022-03-01", "2022-03-31"),
        ("bulan 3 2022", "2022-03-01", "2022-03-31"),
        ("tanggal 21 maret tahun 2022", "2022-03-21", "2022-03-21"),
        ("bulan april", "2023-04-01", "2023-04-30"),
        ("triwulan I 2024", "2024-01-01", "2024-03-31"),
        ("Q4 2023", "2023-10-01", "2023-12-31"),
        ("semester 2", "2023-07-01", "2023-12-31"),
        ("triwulan ke-1", "2024-01-01", "2024-03-31"),
        ("1 s.d. 15 maret 2022", "2022-03-01", "2022-03-15"),
        ("1-15 maret 2022", "2022-03-01", "2022-03-15"),
        ("1 \u2013 15 maret", "2024-03-01", "2024-03-15"),
        ("1..15/3/2022", "2022-03-01", "2022-03-15"),
        ("maret..mei 2022", "2022-03-01", "2022-05-31"),
        ("28 februari s.d. 3 maret 2022", "2022-02-28", "2022-03-03"),
        ("desember..februari 2022", "2021-12-01", "2022-02-28"),
        ("maret 2021..mei 2022", "2021-03-01", "2022-05-31"),
        ("kemarin..2025", "2024-03-14", "2025-12-31"),
        ("2022..", "2022-01-01", "9999-12-31"),
        ("..2022-09", "0001-01-01", "2022-09-30"),
        ("2022-09-01..2022-09-30", "2022-09-01", "2022-09-30"),
        ("2023..2022", "2022-01-01", "2023-12-31"),
        ("1 mei 2022 s.d. 3 juni 2022", "2022-05-01", "2022-06-03"),
        ("januari 2022 sampai maret 2022", "2022-01-01", "2022-03-31"),
    ],
)
def test_a_time_is_its_days(text: str, first: str, last: str) -> None:
    assert period(text, today=TODAY) == days(first, last)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("December 11, 2025", "2025-12-11"),
        ("Dec 11 2025", "2025-12-11"),
        ("Dec. 1, 2025", "2025-12-01"),
        ("June 27th, 2024", "2024-06-27"),
        ("27th June 2024", "2024-06-27"),
        ("march 5, 2022", "2022-03-05"),
        ("maret 5 tahun lalu", "2023-03-05"),
    ],
)
def test_a_month_may_stand_before_its_day(text: str, day: str) -> None:
    assert period(text, today=TODAY) == days(day, day)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("februari lalu", "2024-02-01", "2024-02-29"),
        ("maret lalu", "2023-03-01", "2023-03-31"),
        ("april yang lalu", "2023-04-01", "2023-04-30"),
        ("april kemarin", "2023-04-01", "2023-04-30"),
        ("bulan april lalu", "2023-04-01", "2023-04-30"),
        ("last april", "2023-04-01", "2023-04-30"),
        ("14 maret lalu", "2024-03-14", "2024-03-14"),
        ("15 maret lalu", "2023-03-15", "2023-03-15"),
        ("29 februari lalu", "2024-02-29", "2024-02-29"),
        ("april ini", "2024-04-01", "2024-04-30"),
        ("maret depan", "2025-03-01", "2025-03-31"),
        ("next april", "2024-04-01", "2024-04-30"),
        ("29 februari depan", "2028-02-29", "2028-02-29"),
        ("november tahun lalu", "2023-11-01", "2023-11-30"),
        ("november-tahun-lalu", "2023-11-01", "2023-11-30"),
        ("april tahun ini", "2024-04-01", "2024-04-30"),
        ("november last year", "2023-11-01", "2023-11-30"),
        ("maret tahun depan", "2025-03-01", "2025-03-31"),
        ("5 maret tahun yang lalu", "2023-03-05", "2023-03-05"),
        ("semester 2 tahun lalu", "2023-07-01", "2023-12-31"),
        ("januari - maret tahun lalu", "2023-01-01", "2023-03-31"),
    ],
)
def test_a_month_may_be_told_by_where_it_lies(text: str, first: str, last: str) -> None:
    assert period(text, today=TODAY) == days(first, last)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2 years ago", "2022-01-01", "2022-12-31"),
        ("2 tahun yang lalu", "2022-01-01", "2022-12-31"),
        ("7 bulan lalu", "2023-08-01", "2023-08-31"),
        ("sebulan lalu", "2024-02-01", "2024-02-29"),
        ("3 minggu lalu", "2024-02-19", "2024-02-25"),
        ("3 weeks ago", "2024-02-19", "2024-02-25"),
        ("5 hari lalu", "2024-03-10", "2024-03-10"),
        ("3 bulan lalu sampai sekarang", "2023-12-01", "2024-03-15"),
    ],
)
def test_so_long_ago_is_the_one_that_lies_there(text: str, first: str, last: str) -> None:
    assert period(text, today=TODAY) == days(first, last)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("januari - maret 2026", "2026-01-01", "2026-03-31"),
        ("januari-maret 2026", "2026-01-01", "2026-03-31"),
        ("januari \u2013 maret 2026", "2026-01-01", "2026-03-31"),
        ("januari sampai maret 2026", "2026-01-01", "2026-03-31"),
        ("januari sampai dengan maret 2026", "2026-01-01", "2026-03-31"),
        ("january to march 2026", "2026-01-01", "2026-03-31"),
        ("1 januari - 5 maret 2026", "2026-01-01", "2026-03-05"),
        ("June 1 - July 5, 2024", "2024-06-01", "2024-07-05"),
        ("2025-2026", "2025-01-01", "2026-12-31"),
        ("2025 - 2026", "2025-01-01", "2026-12-31"),
        ("2025-12", "2025-12-01", "2025-12-31"),
        ("2024-01-31 - 2024-03-01", "2024-01-31", "2024-03-01"),
        ("2024-01-31-2024-03-01", "2024-01-31", "2024-03-01"),
        ("1-1-24 - 31-12-24", "2024-01-01", "2024-12-31"),
        ("q1-q2 2023", "2023-01-01", "2023-06-30"),
        ("desember-februari 2022", "2021-12-01", "2022-02-28"),
        ("desember 2021 - februari", "2021-12-01", "2022-02-28"),
        ("januari - april", "2024-01-01", "2024-04-30"),
        ("desember - februari", "2023-12-01", "2024-02-29"),
        ("1-20 maret", "2024-03-01", "2024-03-20"),
        ("maret sampai kemarin", "2024-03-01", "2024-03-14"),
        ("15 maret 2022 - maret 2022", "2022-03-15", "2022-03-31"),
        ("minggu-lalu - hari-ini", "2024-03-04", "2024-03-15"),
        ("sampai maret 2022", "0001-01-01", "2022-03-31"),
    ],
)
def test_a_dash_or_a_word_leads_from_one_to_the_other(text: str, first: str, last: str) -> None:
    assert period(text, today=TODAY) == days(first, last)


@pytest.mark.parametrize(
    "text",
    ["30 februari", "29 februari 2023", "31 april 2024", "2024-02-30", "2022-13", "2022-00",
     "2022-09-31", "00 maret 2022", "0000", "31 juni", "february 29, 2023", "semester 3",
     "1-31 april 2024", "29 februari - 3 maret 2022", "1 februari - 29 februari 2023",
     "2022..2022-13", "2022-13..", "999 bulan lalu - 31 juni"],
)  # fmt: skip
def test_the_form_of_a_date_may_name_no_day(text: str) -> None:
    assert period(text, today=TODAY) == NO_DAY


@pytest.mark.parametrize(
    "text",
    ["maret 1182", "mei 0318", "1182 maret", "5 maret 1182", "q1 1182", "12 1182", "maret 45 2024",
     "2025-1182", "0318-2026", "maret 005-32-2024", "maret yang", "maret 1 12024", "1 2 maret"],
)  # fmt: skip
def test_part_of_a_number_is_no_year(text: str) -> None:
    assert period(text, today=TODAY) is None


def test_other_years_are_understood_where_nothing_else_can_be_meant() -> None:
    assert period("1850", today=TODAY) == days("1850-01-01", "1850-12-31")
    assert period("1850-08", today=TODAY) == days("1850-08-01", "1850-08-31")
    assert period("17/8/1850", today=TODAY) == days("1850-08-17", "1850-08-17")
    assert period("9999-12", today=TODAY) == days("9999-12-01", "9999-12-31")


@pytest.mark.parametrize(
    "text",
    ["", "..", "entah", "2022..entah", "bulan", "3 bulan", "last bulan lalu", "last april lalu",
     "21 entah 2022", "2022 entah", "12345", "999 tahun lalu lagi", "2024 sampai", "maret - rapat",
     "bulan lalu 2023", "2022" + "." * 99],
)  # fmt: skip
def test_what_names_no_day_is_none(text: str) -> None:
    assert period(text, today=TODAY) is None


def test_a_month_before_its_shorter_one_ends_with_it() -> None:
    today = dt.date(2024, 3, 31)
    assert period("1 bulan terakhir", today=today) == Period(dt.date(2024, 2, 29), today)


def test_leap_day_is_the_latest_there_was() -> None:
    today = dt.date(2024, 2, 28)
    assert period("29 feb", today=today) == Period(dt.date(2020, 2, 29), dt.date(2020, 2, 29))


def test_there_is_no_day_before_the_first() -> None:
    assert period("5 tahun lalu", today=dt.date(3, 1, 1)) == NO_DAY
    assert period("desember", today=dt.date(1, 1, 1)) == NO_DAY
    assert period("besok", today=dt.date.max) == NO_DAY
    assert period("1 januari depan", today=dt.date.max) == NO_DAY


@given(st.dates(), st.dates())
@example(dt.date.max, TODAY)
def test_a_day_and_its_month_hold_the_day(day: dt.date, today: dt.date) -> None:
    assert period(day.isoformat(), today=today) == Period(day, day)
    month = period(day.isoformat()[:7], today=today)
    assert month is not None
    assert month.first <= day <= month.last
    assert month.first.day == 1
    assert month.last == dt.date.max or (month.last + dt.timedelta(days=1)).day == 1


OF_TODAY = st.dates(dt.date(1902, 1, 1), dt.date(2097, 12, 31))
NAMES = st.sampled_from(sorted(MONTHS))


@given(OF_TODAY, NAMES, st.integers(1, 31), OF_TODAY)
def test_a_day_is_the_same_in_every_order(day: dt.date, name: str, at: int, today: dt.date) -> None:
    year, month = day.year, MONTHS[name]
    try:
        only = dt.date(year, month, at)
        expected = Period(only, only)
    except ValueError:
        expected = NO_DAY
    for text in (
        f"{at} {name} {year}", f"{name} {at}, {year}", f"{at}-{name}-{year}",
        f"{at}/{month}/{year}", f"{year}-{month:02}-{at:02}",
    ):  # fmt: skip
        assert period(text, today=today) == expected


@given(NAMES, OF_TODAY)
def test_a_month_past_is_behind_today_and_one_to_come_before_it(name: str, today: dt.date) -> None:
    past, coming = (period(f"{name} {word}", today=today) for word in ("lalu", "depan"))
    assert past is not None
    assert coming is not None
    assert past.last < today < coming.first
    assert past.first.month == coming.first.month == MONTHS[name]
    assert (today - past.last).days <= 366
    assert (coming.first - today).days <= 366


@given(st.integers(0, 900), OF_TODAY)
def test_so_many_months_ago_is_one_whole_month(count: int, today: dt.date) -> None:
    found = period(f"{count} bulan lalu", today=today)
    assert found is not None
    assert (found.first.year, found.first.month) == (found.last.year, found.last.month)
    months = (today.year - found.first.year) * 12 + today.month - found.first.month
    assert months == count
    assert found == period(f"{found.first:%Y-%m}", today=today)


@given(
    st.tuples(OF_TODAY, OF_TODAY).map(sorted),
    st.sampled_from(["..", "-", " - ", " s/d ", " sampai ", " to "]),
)
def test_two_dates_are_a_stretch_however_they_are_joined(days: list[dt.date], by: str) -> None:
    first, last = days
    for form in ("{:%Y-%m-%d}", "{:%d/%m/%Y}"):
        text = by.join(form.format(day) for day in days)
        assert period(text, today=TODAY) == Period(first, last)
    years = by.join(str(day.year) for day in days)
    assert period(years, today=TODAY) == Period(
        dt.date(first.year, 1, 1), dt.date(last.year, 12, 31)
    )


@given(NAMES, NAMES, st.sampled_from(["..", "-", " - ", " s/d "]), OF_TODAY)
def test_two_months_share_the_year_behind_them(
    start: str, end: str, by: str, today: dt.date
) -> None:
    found = period(f"{start}{by}{end} 2022", today=today)
    over = MONTHS[start] > MONTHS[end]
    assert found is not None
    assert (found.first.year, found.first.month) == (2021 if over else 2022, MONTHS[start])
    assert (found.last.year, found.last.month) == (2022, MONTHS[end])


@given(NAMES, st.from_regex(r"\A[0-9]{4}\Z"))
def test_four_digits_behind_a_month_are_a_year_of_our_time_or_none(name: str, year: str) -> None:
    found = period(f"{name} {year}", today=TODAY)
    assert (found is not None) == (1900 <= int(year) <= 2099)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4 mei 2026", ["2026-05-04"]),
        ("2025..februari 2026", ["2025", "2026-01", "2026-02"]),
        ("30 april 2026 s.d. 2 juni 2026", ["2026-04-30", "2026-05", "2026-06-01", "2026-06-02"]),
        ("9999-12-31", ["9999-12-31"]),
        ("2026..", []),
        ("..2026", []),
        ("30 februari", []),
    ],
)
def test_days_are_told_as_few_dates(text: str, expected: list[str]) -> None:
    found = period(text, today=TODAY)
    assert found is not None
    assert in_iso(found) == expected


@given(
    st.text(alphabet="0123456789-./, abdeijlmnrstu")
    | st.lists(
        st.sampled_from(
            ["1", "31", "2024", "februari", "tahun", "lalu", "last", "year", "-", "..", "bulan",
             "to", "ago", "s/d", "ini", "depan", "q", "3", "hari", "terakhir"]
        )
    ).map(" ".join),
    st.dates(),
)  # fmt: skip
def test_any_string_names_a_time_or_none(text: str, today: dt.date) -> None:
    found = period(text, today=today)
    assert found is None or found == NO_DAY or found.first <= found.last
