"""Where letters stand in the index: by their days, and their pages behind them."""

from __future__ import annotations

import datetime as dt

import pytest

from arsip.archive import places, schema, tending
from arsip.archive.find import search
from arsip.archive.find.query import parse
from arsip.model import Finding, Letter
from tests.archive.cards import Cards

DAY = dt.date(2022, 9, 21)


def dated(day: dt.date) -> Letter:
    return Letter({"date": (Finding(day, 0.9, "ocr"),)})


def test_a_page_row_holds_its_letter() -> None:
    assert places.page_id(17, 0) == 17 * places.PAGES_A_LETTER
    assert places.page_id(17, 0) < places.back_id(17) < places.page_id(17, 1)
    assert places.page_id(17, 3) // places.PAGES_A_LETTER == 17
    assert places.page_id(17, 9_999) == places.page_id(18, 0) - 1


def test_of_letters_of_one_day_the_last_one_stands_first(cards: Cards) -> None:
    last = places.last_place(DAY)
    assert places.given(cards.connection, dated(DAY), None) == last
    number = cards.put("isi", date=f"{DAY}")
    assert places.of(cards.connection, number) == last
    assert places.given(cards.connection, dated(DAY), None) == last - 1
    assert last < places.UNDATED <= places.given(cards.connection, Letter({}), None)


def test_a_letter_keeps_its_place_until_its_day_is_another(cards: Cards) -> None:
    kept = places.last_place(DAY) - 5
    assert places.given(cards.connection, dated(DAY), kept) == kept
    later = DAY + dt.timedelta(days=1)
    assert places.given(cards.connection, dated(later), kept) == places.last_place(later) < kept


def test_letters_past_the_last_place_of_a_day_stand_with_those_without_one(cards: Cards) -> None:
    number = cards.put("isi", date=f"{DAY}")
    first = places.first_place(DAY)
    cards.connection.execute("UPDATE entry SET place = ? WHERE id = ?", (first, number))
    place = places.given(cards.connection, dated(DAY), None)
    assert place >= places.UNDATED
    assert places.fits(dated(DAY), place)
    assert places.fits(dated(DAY), first)
    assert not places.fits(dated(DAY), first - 1)


def test_places_that_no_letter_has_are_passed_over(cards: Cards) -> None:
    one, other = cards.put("isi", date=f"{DAY}"), cards.put("isi")
    last, undated = places.last_place(DAY), places.LAST
    found = places.numbers(cards.connection, [undated, places.UNDATED, last])
    assert list(found.items()) == [(undated, other), (last, one)]
    assert places.of(cards.connection, one + other) is None


def test_letters_of_an_older_catalog_are_turned_round(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = schema.steps()
    with monkeypatch.context() as before:
        before.setattr(schema, "steps", lambda: steps[:13])
        cards = Cards()
    for date in ("2022-09-21", "2022-09-21", "9999-12-31", "0001-01-01"):
        cards.put("isi", "rapat", date=date)
    cards.put("rapat")
    tables = [
        "SELECT id, place FROM entry ORDER BY id",
        "SELECT place, entry, subject FROM card ORDER BY place",
        "SELECT id, entry, number, text FROM page ORDER BY id",
    ]
    stand = [cards.connection.execute(table).fetchall() for table in tables]
    for table, column, bits in (("entry", "place", 0), ("card", "place", 0), ("page", "id", 10)):
        rows = cards.connection.execute(f"SELECT {column} FROM {table}").fetchall()  # noqa: S608 - our own names
        stood = [
            (row, (places.LAST - (row >> bits) << bits) + row % (1 << bits)) for (row,) in rows
        ]
        change = f"UPDATE {table} SET {column} = ? WHERE {column} = ?"  # noqa: S608 - our own names
        cards.connection.executemany(change, [(-row - 1, row) for row, _was in stood])
        cards.connection.executemany(change, [(was, -row - 1) for row, was in stood])
    schema.apply(cards.connection)
    assert [cards.connection.execute(table).fetchall() for table in tables] == stand
    assert not tending.sound(cards.connection)
    assert tending.mended(cards.connection)
    hits = search.search(cards.connection, parse("rapat", today=DAY)).hits
    assert [hit.entry.id for hit in hits] == [3, 2, 1, 4, 5]
    cards.connection.close()
