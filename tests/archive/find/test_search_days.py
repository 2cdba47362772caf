"""Letters found by the days that a query names."""

from __future__ import annotations

import datetime as dt

import pytest

from arsip.archive.find import search
from arsip.archive.find.parts import Dated, Every, Not, OneOf, Text
from arsip.archive.find.periods import Period
from arsip.archive.find.query import parse
from arsip.fields import DATE_OF_LETTER
from tests.archive.cards import Cards

TODAY = dt.date(2024, 3, 15)


def asked(cards: Cards, text: str) -> list[int]:
    """The letters that answer, as filed; search and select must agree."""
    query = parse(text, today=TODAY)
    selected = [entry.id for entry in search.select(cards.connection, query)]
    hits = search.search(cards.connection, query, limit=1_000)
    assert sorted(hit.entry.id for hit in hits.hits) == selected
    return selected


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("sebelum:0001", []),
        ("sebelum:0001 rapat", []),
        ("-sebelum:0001", [1, 2]),
        ("sampai:0001", [1]),
        ("sesudah:9999", []),
        ("sesudah:9999 rapat", []),
        ("sejak:9999", [2]),
        ("tanggal:9999-12", [2]),
        ("berlaku:9999-12", [1]),
        ("after:9999 OR before:0001", []),
    ],
)
def test_no_letter_is_before_the_first_day_or_after_the_last(
    cards: Cards, text: str, letters: list[int]
) -> None:
    cards.put("rapat", date="0001-01-01", effective_from="9999-12-31")
    cards.put("rapat", date="9999-12-31")
    assert asked(cards, text) == letters


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("acara:4 mei 2024", [1]),
        ("acara:mei 2024", [1, 2]),
        ("acara:april - mei 2024", [1, 2]),
        ("-acara:minggu depan", [1, 2, 3]),
        ("acara:2024-05-06", [2]),
        ("acara:17 agustus", [3]),
        ("tempat:gedung", [3]),
        ("acara:2023", []),
    ],
)
def test_meetings_are_found_by_days_and_by_places_of_their_name(
    cards: Cards, text: str, letters: list[int]
) -> None:
    cards.put("satu", event={"date": "2024-05-04", "time": "09:00", "place": "Aula"})
    cards.put("dua", event={"date": "2024-05-05/2024-05-06", "time": None, "place": None})
    cards.put("tiga", event={"date": "2022-11-10", "time": None, "place": "Gedung 17 Agustus"})
    assert asked(cards, text) == letters


@pytest.mark.parametrize(
    ("text", "days"),
    [("maret 2022", ("2022-03-01", "2022-03-31")), ("nopember 2022", ("2022-11-01", "2022-11-30")),
     ("5 maret 2022", ("2022-03-05", "2022-03-05")),
     ("march 11, 2022", ("2022-03-11", "2022-03-11")),
     ("bulan lalu", ("2024-02-01", "2024-02-29")),
     ("bulan yang lalu", ("2024-02-01", "2024-02-29")),
     ("last year", ("2023-01-01", "2023-12-31")), ("11/12/2022", ("2022-12-11", "2022-12-11")),
     ("2022-03-24", ("2022-03-24", "2022-03-24")),
     ("tanggal 12 maret 2022", ("2022-03-12", "2022-03-12")),
     ("1-15 maret 2022", ("2022-03-01", "2022-03-15")),
     ("januari - maret 2022", ("2022-01-01", "2022-03-31")),
     ("januari-maret 2022", ("2022-01-01", "2022-03-31")),
     ("bulan maret 2022", ("2022-03-01", "2022-03-31")),
     ("maret tahun 2022", ("2022-03-01", "2022-03-31")),
     ("bulan januari", ("2024-01-01", "2024-01-31")), ("bln. mei", ("2023-05-01", "2023-05-31")),
     ("tgl. 12 maret", ("2024-03-12", "2024-03-12")),
     ("2 tahun lalu", ("2022-01-01", "2022-12-31")),
     ("12 maret 2022, ", ("2022-03-12", "2022-03-12"))],
)  # fmt: skip
def test_days_said_in_plain_words_are_words_or_days(text: str, days: tuple[str, str]) -> None:
    asked = parse(f"rapat {text}", today=TODAY).part
    assert isinstance(asked, Every)
    rapat, either = asked.parts
    assert rapat == Text("rapat")
    assert isinstance(either, OneOf)
    assert either.parts[-1] == Dated(DATE_OF_LETTER, Period(*map(dt.date.fromisoformat, days)))


@pytest.mark.parametrize(
    "text",
    ["maret", "tahun 2022", "2022", "laporan 2022", "surat ini", "3 bulan", "maret 1182",
     "bulan ramadan", "tanggal lahir", "005/2022", '"maret 2022"'],
)  # fmt: skip
def test_other_words_are_no_days(text: str) -> None:
    assert "Dated" not in repr(parse(text, today=TODAY).part)


@pytest.mark.parametrize(
    ("typed", "plain"),
    [("rapat bulan maret", "rapat maret"), ("rapat tahun 2021", "rapat 2021"),
     ("(rapat thn. 2021)", "rapat 2021"), ("tahun 2021, rapat", "2021, rapat"),
     ("tahun 2020 OR tahun 2021", "2020 OR 2021")],
)  # fmt: skip
def test_what_says_that_a_word_is_a_month_or_a_year_is_not_looked_for(
    cards: Cards, typed: str, plain: str
) -> None:
    old = cards.put("rapat di Sukaraja, Maret 2021")
    cards.put("rapat di Sukaraja, Mei 2022")
    assert asked(cards, typed) == asked(cards, plain) == [old]


def test_what_says_that_a_word_is_a_year_stays_a_word_elsewhere() -> None:
    assert parse("tahun 2021/2022", today=TODAY).part == Every(
        (Text("tahun"), parse("2021/2022", today=TODAY).part or Text(""))
    )
    year = parse("2021", today=TODAY).part
    assert parse("-tahun 2021", today=TODAY).part == Every((Not(Text("tahun")), year or Text("")))
    assert parse("tahun 2021", today=TODAY, ways=()).part == Every(
        (Text("tahun"), year or Text(""))
    )


def test_words_of_days_near_today_are_looked_for_side_by_side_as_typed(cards: Cards) -> None:
    said = cards.put("Laporan dikirim minggu ini juga")
    cards.put("Laporan tiap hari Minggu, yang mana ini penting")
    cards.put("Laporan ini hingga selesai")
    assert asked(cards, "laporan minggu ini") == [said]


def test_days_after_a_dash_are_left_out(cards: Cards) -> None:
    cards.put("rapat 24.03.2022", date="2022-03-24")
    april = cards.put("rapat 24.04.2022", date="2022-04-24")
    assert asked(cards, "rapat -maret 2022") == [april]


def test_to_be_of_the_days_counts_more_than_to_speak_of_them(cards: Cards) -> None:
    of_the_month = cards.put("rapat 24.03.2022", date="2022-03-24")
    cards.put(
        "rapat, seperti rapat pada bulan Maret 2022", date="2022-05-24", letter_number="005/2022"
    )
    found = search.search(cards.connection, parse("rapat maret 2022", today=TODAY))
    assert found.hits[0].entry.id == of_the_month


@pytest.mark.parametrize("text", ["rapat maret 2022", "-maret 2022 rapat", "rapat bulan lalu"])
def test_as_typed_they_are_words(text: str) -> None:
    assert "Dated" not in repr(parse(text, today=TODAY, ways=()).part)


@pytest.mark.parametrize(
    "text", ["tanggal:2024-03 12", "tanggal:2024-03-12 5", "sampai:2021-06 3", "tanggal:2024-01 43"]
)
def test_a_number_behind_a_date_in_iso_is_no_end_of_it(text: str) -> None:
    date, number = text.split()
    assert parse(text, today=TODAY).part == Every(
        tuple(part for one in (date, number) if (part := parse(one, today=TODAY).part) is not None)
    )


def test_a_letter_is_found_by_its_month_however_it_writes_it(cards: Cards) -> None:
    figures = cards.put("rapat 24.03.2022", date="2022-03-24")
    words = cards.put("rapat 2 Maret 2022", date="2022-03-02")
    cards.put("rapat 24.04.2022", date="2022-04-24")
    for text in ("rapat maret 2022", "maret 2022 rapat", "maret 2022", "rapat Maret 2022"):
        found = search.search(cards.connection, parse(text, today=TODAY))
        assert [hit.entry.id for hit in found.hits] == [words, figures]
        assert found.exact
