"""Days and stretches of time as parts of a query."""

from __future__ import annotations

import datetime as dt

import pytest

from arsip.archive.find.parts import Dated, Every, Not, Numbered, OneOf, Part, Says, Text
from arsip.archive.find.periods import Period
from arsip.archive.find.query import Hint, parse
from arsip.fields import DATE_OF_LETTER, EVENT

TODAY = dt.date(2024, 3, 15)


def part(text: str) -> Part | None:
    return parse(text, today=TODAY).part


def hints(text: str) -> list[str]:
    return [hint.slug for hint in parse(text, today=TODAY).hints]


def dated(first: str, last: str) -> Dated:
    return Dated(DATE_OF_LETTER, Period(dt.date.fromisoformat(first), dt.date.fromisoformat(last)))


def test_a_date_takes_the_words_behind_it_that_belong_to_it() -> None:
    assert part("tanggal:september 2022 rapat") == Every(
        (dated("2022-09-01", "2022-09-30"), Text("rapat"))
    )
    assert part("tanggal:bulan lalu") == dated("2024-02-01", "2024-02-29")
    assert part("date: last month") == dated("2024-02-01", "2024-02-29")
    assert part("tgl:21 september 2022 -rapat") == Every(
        (dated("2022-09-21", "2022-09-21"), Not(Text("rapat")))
    )
    found = part("tanggal:1 september 2022 s.d. 3 oktober 2022")
    assert found == dated("2022-09-01", "2022-10-03")


def test_a_date_takes_a_comma_and_the_words_behind_it() -> None:
    assert part("date:December 11, 2025") == dated("2025-12-11", "2025-12-11")
    assert part("date:Dec 11 2025") == dated("2025-12-11", "2025-12-11")
    assert part("date:June 27, 2024, rapat") == Every(
        (dated("2024-06-27", "2024-06-27"), Text("rapat"))
    )
    assert part("tanggal:januari - maret 2026") == dated("2026-01-01", "2026-03-31")
    assert part("tanggal:2 tahun yang lalu") == dated("2022-01-01", "2022-12-31")
    assert part("tanggal:november tahun lalu") == dated("2023-11-01", "2023-11-30")


@pytest.mark.parametrize("number", ["1182", "0318", "005-32-2024", "1182/2024"])
def test_part_of_a_number_behind_a_month_is_asked_for_beside_it(number: str) -> None:
    found = part(f"tanggal:maret {number}")
    assert isinstance(found, Every)
    month, other = found.parts
    assert month == dated("2024-03-01", "2024-03-31")
    assert other == part(number)
    assert not hints(f"tanggal:maret {number}")


def test_a_month_with_the_word_for_traffic_is_that_month() -> None:
    for text in ("lalu lintas", "Lalu  Lintas"):
        found = part(f"tanggal:februari {text}")
        assert found == Every((dated("2024-02-01", "2024-02-29"), *map(Text, text.split())))
    assert part("tanggal:februari lalu rapat") == Every(
        (dated("2024-02-01", "2024-02-29"), Text("rapat"))
    )


def test_a_date_in_a_group_takes_the_words_behind_it_too() -> None:
    assert part("tanggal:(maret 2023)") == dated("2023-03-01", "2023-03-31")
    assert part("tanggal:(maret 2023 OR 5 april 2022) rapat") == Every(
        (OneOf((dated("2023-03-01", "2023-03-31"), dated("2022-04-05", "2022-04-05"))),
         Text("rapat"))
    )  # fmt: skip
    assert part('date:("June 27, 2023")') == dated("2023-06-27", "2023-06-27")
    assert part("acara:(2 mei 2023)") == OneOf(
        (Says(EVENT, "2023-05-02"), Says(EVENT, "2 mei 2023"))
    )
    query = parse("rapat tanggal:(31 april 2023 OR 2022) cuti", today=TODAY)
    assert query.hints == (Hint("unknown_date", "tanggal:31 april 2023"),)
    assert [piece.text for piece in query.pieces] == [
        "rapat", "tanggal:(31 april 2023 OR 2022)", "cuti",
    ]  # fmt: skip


def test_a_date_may_be_quoted_or_joined() -> None:
    for text in ('tanggal:"september 2022"', "tanggal:september2022", "date:2022-09"):
        assert part(text) == dated("2022-09-01", "2022-09-30")


def test_a_date_stops_before_an_or() -> None:
    assert part("date:2022 OR date:2023") == OneOf(
        (dated("2022-01-01", "2022-12-31"), dated("2023-01-01", "2023-12-31"))
    )


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("after:2022-09", "2022-10-01", "9999-12-31"),
        ("sesudah:2022", "2023-01-01", "9999-12-31"),
        ("before:2022-09", "0001-01-01", "2022-08-31"),
        ("sebelum:21 september 2022", "0001-01-01", "2022-09-20"),
        ("sejak:bulan lalu", "2024-02-01", "9999-12-31"),
        ("until:2022-09", "0001-01-01", "2022-09-30"),
        ("sejak:3 bulan lalu", "2023-12-01", "9999-12-31"),
        ("date:2022-09-01..2022-09-30", "2022-09-01", "2022-09-30"),
        ("date:2022-09..", "2022-09-01", "9999-12-31"),
    ],
)
def test_bounds_leave_out_what_they_name_and_since_and_until_do_not(
    text: str, first: str, last: str
) -> None:
    assert part(text) == dated(first, last)


@pytest.mark.parametrize(("nothing", "edge"), [("after:9999", 9999), ("sebelum:0001", 1)])
def test_no_day_is_after_the_last_one_or_before_the_first(nothing: str, edge: int) -> None:
    found = part(nothing)
    assert isinstance(found, Dated)
    first, last = found.period
    assert first > last
    assert first.year == last.year == edge


@pytest.mark.parametrize(
    "day", ["29 februari 2023", "2024-02-30", "31 april 2024", "30 februari", "1-31 april 2024"]
)
def test_a_day_that_there_is_not_is_no_date_however_much_of_it_is_one(day: str) -> None:
    for text in (f"tanggal:{day}", f'tanggal:"{day}"', f"sebelum:{day}", f"tenggat:{day}"):
        assert part(text) == Text(text)
        assert [*parse(f"-{text}", today=TODAY).hints] == [Hint("unknown_date", text)]
    assert part(f"tanggal:{day} rapat") == Every((Text(f"tanggal:{day}"), Text("rapat")))


def test_the_days_of_a_meeting_are_asked_for_as_they_are_kept() -> None:
    for text in ("acara:4 mei 2026", 'acara:"4 mei 2026"', "tempat:4 mei 2026"):
        assert part(text) == OneOf((Says(EVENT, "2026-05-04"), Says(EVENT, "4 mei 2026")))
    assert part("acara:2026-05-04") == Says(EVENT, "2026-05-04")
    assert part("acara:mei 2026 rapat") == Every(
        (OneOf((Says(EVENT, "2026-05"), Says(EVENT, "mei 2026"))), Text("rapat"))
    )
    week = part("acara:minggu ini")
    assert isinstance(week, OneOf)
    assert len(week.parts) == 7 + 1
    assert part("acara:aula pemda") == Every((Says(EVENT, "aula"), Text("pemda")))
    assert part("acara:2026-05*") == Says(EVENT, "2026-05", prefix=True)


@pytest.mark.parametrize("days", ["31 april 2026", "2026-05.."])
def test_a_meeting_on_no_day_or_without_end_is_looked_for_as_words(days: str) -> None:
    assert part(f"acara:{days}") == Text(f"acara:{days}")
    assert hints(f"acara:{days}") == ["unknown_date"]


def test_what_is_no_date_is_looked_for_as_words() -> None:
    assert part("tanggal:entah") == Text("tanggal:entah")
    assert part('tanggal:"entah kapan"') == Text('tanggal:"entah kapan"')
    assert hints("-after:entah") == ["unknown_date"]
    assert part("-after:entah") == Not(Text("after:entah"))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("tgl 9/4/23", "2023-04-09", "2023-04-09"),
        ("12/2023", "2023-12-01", "2023-12-31"),
        ("mei s/d juli 2023", "2023-05-01", "2023-07-31"),
        ("28 mei s.d. 3 juli 2023", "2023-05-28", "2023-07-03"),
        ("mei sampai juli 2023", "2023-05-01", "2023-07-31"),
        ("tiga bulan lalu", "2023-12-01", "2023-12-31"),
        ("two months ago", "2024-01-01", "2024-01-31"),
        ("sebelum mei 2023", "0001-01-01", "2023-04-30"),
        ("sejak 2023", "2023-01-01", "9999-12-31"),
        ("setelah tahun 2022", "2023-01-01", "9999-12-31"),
        ("maret th. 2022", "2022-03-01", "2022-03-31"),
        ("25 nov", "2023-11-25", "2023-11-25"),
        ("August 7th, 2023", "2023-08-07", "2023-08-07"),
        ("24Maret2022", "2022-03-24", "2022-03-24"),
        ("july to september 2022", "2022-07-01", "2022-09-30"),
        ("q3 2022", "2022-07-01", "2022-09-30"),
        ("3 bulan terakhir", "2023-12-15", "2024-03-15"),
        ("setahun terakhir", "2023-03-15", "2024-03-15"),
        ("last 4 months", "2023-11-15", "2024-03-15"),
        ("past three years", "2021-03-15", "2024-03-15"),
        ("akhir maret 2022", "2022-03-01", "2022-03-31"),
        ("sekitar jan 2022", "2022-01-01", "2022-01-31"),
        ("antara maret dan mei 2022", "2022-03-01", "2022-05-31"),
        ("between 2019 and 2021", "2019-01-01", "2021-12-31"),
        ("7-Aug-2023", "2023-08-07", "2023-08-07"),
        ("7th August 2023", "2023-08-07", "2023-08-07"),
        ("bulan 8", "2023-08-01", "2023-08-31"),
        ("bln. 08 2022", "2022-08-01", "2022-08-31"),
        ("bulan 8 tahun 2022", "2022-08-01", "2022-08-31"),
        ("Bulan VIII 2022", "2022-08-01", "2022-08-31"),
        ("bulan ii tahun lalu", "2023-02-01", "2023-02-28"),
        ("bulan 12 lalu", "2023-12-01", "2023-12-31"),
        ("tanggal 5 bulan 8 tahun 2022", "2022-08-05", "2022-08-05"),
        ("bulan 8/2022", "2022-08-01", "2022-08-31"),
        ("sebelum bulan 8 2022", "0001-01-01", "2022-07-31"),
    ],
)
def test_days_are_known_without_a_keyword(text: str, first: str, last: str) -> None:
    found = part(text)
    assert isinstance(found, OneOf)
    assert found.parts[-1] == dated(first, last)


@pytest.mark.parametrize(
    "text",
    ["13/2023", "setelah lebaran", "mulai mei", "sejak pagi", "9/4/23", "tiga kali lalu",
     "bulan 13", "bulan 0", "bulan ke 8", "gaji bulan", "2 bulan 3 minggu", "bulan 8 hari",
     "minggu terakhir", "akhir tahun", "antara kita dan mereka", "last but not least"],
)  # fmt: skip
def test_what_may_be_no_days_is_words_alone(text: str) -> None:
    assert "Dated" not in repr(part(text))


def words(text: str) -> list[str]:
    """The ways in which a letter may say days, beside being of them."""
    found = part(text)
    assert isinstance(found, OneOf)
    said = [one.parts if isinstance(one, Every) else (one,) for one in found.parts[:-1]]
    texts = [[one.text for one in way if isinstance(one, Text)] for way in said]
    return ["+".join(way) for way in texts if way]


def test_a_day_is_looked_for_in_each_way_that_letters_write_it() -> None:
    assert words("23/11/2023") == ["23/11/2023", "23 november 2023"]
    assert words("4 mei 2023") == ["4+mei+2023", "04 mei 2023", "04-05-2023"]
    assert words("5 okt 2023") == [
        "5+okt+2023", "5+oktober+2023", "05 oktober 2023", "05-10-2023"
    ]  # fmt: skip
    assert words("5 okt") == ["5 okt", "5 oktober", "05 oktober"]
    assert words("tanggal 17 agustus") == ["17 agustus"]
    assert words("hari ini") == ["hari ini", "15 maret 2024", "15-03-2024"]


def test_a_month_by_its_number_is_looked_for_by_its_name_too() -> None:
    assert part("bulan 8 2023") == part("bulan agustus 2023")
    assert part("bulan VIII") == part("bulan agustus")
    assert part("tanggal:bulan 8 2023") == dated("2023-08-01", "2023-08-31")
    assert parse("bulan 8", today=TODAY, ways=()).part == Every(
        (Text("bulan"), OneOf((Text("8"), Numbered("8", whole=True))))
    )


def test_a_short_month_is_looked_for_in_full_too() -> None:
    assert words("okt 2023") == ["okt+2023", "oktober+2023"]
    assert words("nopember 2023") == ["nopember+2023", "november+2023"]
    assert words("oktober 2023") == ["oktober+2023"]
