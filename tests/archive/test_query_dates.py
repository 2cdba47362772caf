"""Days, months and stretches of time as they are typed."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arsip.archive.periods import Period, period

TODAY = dt.date(2024, 3, 15)  # a Friday


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
        ("march 5, 2022", None, None),
        ("maret", "2024-03-01", "2024-03-31"),
        ("april", "2023-04-01", "2023-04-30"),
        ("15 maret", "2024-03-15", "2024-03-15"),
        ("16 maret", "2023-03-16", "2023-03-16"),
        ("29 februari", "2024-02-29", "2024-02-29"),
        ("30 februari", None, None),
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
        ("3 bulan lalu", "2023-12-15", "2024-03-15"),
        ("2 years ago", "2022-03-15", "2024-03-15"),
        ("sebulan terakhir", "2024-02-15", "2024-03-15"),
        ("setahun yang lalu", "2023-03-15", "2024-03-15"),
        ("tahun 2022", "2022-01-01", "2022-12-31"),
        ("bulan maret 2022", "2022-03-01", "2022-03-31"),
        ("bulan 3 2022", "2022-03-01", "2022-03-31"),
        ("tanggal 21 maret tahun 2022", "2022-03-21", "2022-03-21"),
        ("bulan april", "2023-04-01", "2023-04-30"),
        ("triwulan I 2024", "2024-01-01", "2024-03-31"),
        ("Q4 2023", "2023-10-01", "2023-12-31"),
        ("semester 2", "2023-07-01", "2023-12-31"),
        ("triwulan ke-1", "2024-01-01", "2024-03-31"),
        ("semester 3", None, None),
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
def test_a_time_is_its_days(text: str, first: str | None, last: str | None) -> None:
    found = period(text, today=TODAY)
    if first is None or last is None:
        assert found is None
    else:
        assert found == Period(dt.date.fromisoformat(first), dt.date.fromisoformat(last))


@pytest.mark.parametrize(
    "text",
    ["", "..", "entah", "2022..entah", "2022-13", "2022-09-31", "0000", "bulan", "3 bulan",
     "last bulan lalu", "31 juni", "21 entah 2022", "2022 entah", "12345", "999 tahun lalu lagi"],
)  # fmt: skip
def test_what_names_no_day_is_none(text: str) -> None:
    assert period(text, today=TODAY) is None


def test_a_month_before_its_shorter_one_ends_with_it() -> None:
    today = dt.date(2024, 3, 31)
    assert period("1 bulan lalu", today=today) == Period(dt.date(2024, 2, 29), today)


def test_leap_day_is_the_latest_there_was() -> None:
    today = dt.date(2024, 2, 28)
    assert period("29 feb", today=today) == Period(dt.date(2020, 2, 29), dt.date(2020, 2, 29))


def test_there_is_no_day_before_the_first() -> None:
    assert period("5 tahun lalu", today=dt.date(3, 1, 1)) is None
    assert period("desember", today=dt.date(1, 1, 1)) is None


@given(st.dates(max_value=dt.date(9999, 11, 30)), st.dates())
def test_a_day_and_its_month_hold_the_day(day: dt.date, today: dt.date) -> None:
    assert period(day.isoformat(), today=today) == Period(day, day)
    month = period(day.isoformat()[:7], today=today)
    assert month is not None
    assert month.first <= day <= month.last
    assert (month.first.day, (month.last + dt.timedelta(days=1)).day) == (1, 1)


@given(st.text(alphabet="0123456789-./ abdeijlmnrstu"), st.dates())
def test_any_string_names_a_time_or_none(text: str, today: dt.date) -> None:
    found = period(text, today=today)
    assert found is None or found.first <= found.last
