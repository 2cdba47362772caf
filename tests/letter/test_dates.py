from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arsip.letter.dates import by_weekday, dates_in, of_year
from arsip.letter.months import month_of, spelled

MONTHS = {1: "Januari", 2: "Februari", 3: "Maret", 4: "April", 5: "Mei", 6: "Juni"}
MONTHS |= {7: "Juli", 8: "Agustus", 9: "September", 10: "Oktober", 11: "November", 12: "Desember"}


def one(text: str, year: int = 2025) -> str | None:
    found = dates_in(text, year=year)
    return found[0].iso if found else None


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Garut, 2l September 2O22", "2022-09-21"),
        ("1O0ktober 2023", "2023-10-10"),
        ("5 Dcscmbcr 2022", "2022-12-05"),
        ("28 Ju|i 2O23", "2023-07-28"),
        ("29 Pebruari 2024", "2024-02-29"),
        ("3 Ags 2023", "2023-08-03"),
        ("1 Nop 2022", "2022-11-01"),
        ("17 Djuni 1965", "1965-06-17"),
        ("4 Desember.2025", "2025-12-04"),
        ("13 FEBRUARI 2022", "2022-02-13"),
        ("18 MAR 2024", "2024-03-18"),
        ("22-01-24", "2024-01-22"),
        ("6-6-2O23", "2023-06-06"),
        ("21/9/22", "2022-09-21"),
        ("15.10.2021", "2021-10-15"),
        ("2024-03-05", "2024-03-05"),
        ("June 27, 2024", "2024-06-27"),
        ("27th June 2024", "2024-06-27"),
        ("tanggal 4\nJanuari 2022 berlaku", "2022-01-04"),
        ("dua puluh satu bulan September tahun dua ribu dua puluh tiga", "2023-09-21"),
        ("tujuh belas Agustus seribu sembilan ratus delapan puluh tujuh", "1987-08-17"),
        ("3 s.d. 7 Februari 2025", "2025-02-03/2025-02-07"),
        ("28 Nopember s.d. 3 Desember 2022", "2022-11-28/2022-12-03"),
        ("28 Desember s.d. 3 Januari 2023", "2022-12-28/2023-01-03"),
        ("16 Februari 2024 sampai dengan 1 Maret 2024", "2024-02-16/2024-03-01"),
    ],
)
def test_a_date_is_read_in_every_form_of_an_office(text: str, iso: str) -> None:
    assert one(text) == iso


@pytest.mark.parametrize(
    "text",
    [
        "Undang-Undang Nomor 23 Tahun 2014",
        "Agustus 2023",
        "Nomor 12/3/2023/X",
        "005/12/2023",
        "1 (satu) berkas",
        "31 Februari 2024",
        "15 Ramadhan 1444 H",
        "|\nJanuary dan seterusnya",
        "pukul 09.00 WIB",
        "99/99/2023",
        "dua puluh bulan Purnama dua ribu dua",
        "tiga puluh bulan Februari dua ribu dua",
    ],
)
def test_what_is_no_date_gives_none(text: str) -> None:
    assert one(text) is None


@pytest.mark.parametrize("year", range(1945, 2027))
def test_a_cited_law_is_never_a_date(year: int) -> None:
    assert dates_in(f"Undang-Undang Nomor 23 Tahun {year} tentang Arsip", year=2025) == []


def test_a_day_without_a_year_gets_the_year_of_reference() -> None:
    found = dates_in("tgl 30 Agustus di aula", year=2024)
    assert (found[0].iso, found[0].yearless) == ("2024-08-30", True)


def test_a_weekday_is_checked_against_its_date() -> None:
    right, wrong = dates_in("Senin, 26 September 2022 dan Kamis, 27 September 2022", year=2025)
    assert (right.agrees, wrong.agrees) == (True, False)
    assert dates_in("26 September 2022", year=2025)[0].agrees is None


def test_a_two_digit_year_lies_at_most_a_year_ahead() -> None:
    assert one("1/2/26") == "2026-02-01"
    assert one("1/2/65") == "1965-02-01"


@given(st.dates(min_value=dt.date(1945, 1, 1), max_value=dt.date(2026, 12, 31)))
def test_a_printed_date_is_read_back(date: dt.date) -> None:
    text = f"Lintang, {date.day} {MONTHS[date.month]} {date.year}"
    assert one(text, year=date.year) == date.isoformat()


@given(st.text(max_size=200))
def test_no_text_breaks_the_reading_of_dates(text: str) -> None:
    for date in dates_in(text, year=2025):
        assert 0 <= date.start < date.end <= len(text)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("seratus empat puluh dua", 142),
        ("dua ribu dua puluh empat", 2024),
        ("sebelas", 11),
        ("tujuh belas", 17),
        ("tiga ratus", 300),
        ("seribu sembilan ratus enam puluh lima", 1965),
        ("satu karung", None),
        ("", None),
    ],
)
def test_numbers_are_read_from_words(words: str, number: int | None) -> None:
    assert spelled(words) == number


@pytest.mark.parametrize(
    ("word", "month"),
    [("Nopernber", 11), ("0ktober", 10), ("Peb", 2), ("Agust.", 8), ("Rapat", None), ("12", None)],
)
def test_a_month_is_known_through_misprints(word: str, month: int | None) -> None:
    assert month_of(word) == month


def test_a_colon_read_as_a_figure_is_no_part_of_the_day() -> None:
    found = dates_in("Dari Kepala Bidang\nTanggal 114 Nov. 2023\nSifat Biasa", year=2024)
    assert [date.value for date in found] == [dt.date(2023, 11, 14)]


def test_a_day_of_two_figures_behind_its_label_stays_whole() -> None:
    found = dates_in("Tanggal 14 Nov. 2023", year=2024)
    assert [date.value for date in found] == [dt.date(2023, 11, 14)]


def test_a_lost_colon_before_no_month_gives_no_date() -> None:
    assert dates_in("Tanggal 114 Unit 2023", year=2024) == []


# --- in figures, and by the weekday --------------------------------------------------------------


def test_an_american_text_puts_the_month_first() -> None:
    text = "March 5, 2024 and 03/25/2024 and 04/06/2024"
    assert [date.iso for date in dates_in(text, year=2025)] == [
        "2024-03-05",
        "2024-03-25",
        "2024-04-06",
    ]
    assert one("03/05/2024") == "2024-05-03"


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Selasa, 18 Maret 2024", "2024-03-18"),
        ("Selasa, 12 Maret 2024", "2024-03-12"),
        ("Rabu, 28 Maret 2024", "2024-03-20"),
        ("Selasa, 3 s.d. 5 Maret 2024", "2024-03-03/2024-03-05"),
    ],
)
def test_a_day_is_put_right_only_when_one_figure_alone_can_do_it(text: str, iso: str) -> None:
    (date,) = dates_in(text, year=2025)
    assert by_weekday(date).iso == iso


@pytest.mark.parametrize("year", range(1945, 2027))
@pytest.mark.parametrize(
    "law",
    [
        "Undang-Undang Nomor 23 Tahun {year} tentang Pemerintahan Daerah",
        "UU No. 23 Tahun {year} (Lembaran Negara Tahun {year} Nomor 244)",
    ],
)
def test_a_law_is_no_date(law: str, year: int) -> None:
    assert dates_in(law.format(year=year), year=2027) == []


def test_a_year_that_was_cut_off_gets_its_figures_back() -> None:
    (date,) = dates_in("Lintang, 26 September 20", year=2025)
    assert date.cut
    assert of_year(date, 2023).iso == "2023-09-26"
    assert of_year(date, 1998).iso == "2020-09-26"


@pytest.mark.parametrize("text", ["26 September 2020", "26-09-20", "26 September 21"])
def test_a_year_of_which_nothing_is_missing_is_not_cut(text: str) -> None:
    (date,) = dates_in(text, year=2025)
    assert not date.cut
