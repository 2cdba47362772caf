"""Where letters stand in the index: by their days, and their pages behind them."""

from __future__ import annotations

import datetime as dt

from arsip.archive import places
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


def test_letters_of_one_day_stand_in_the_order_in_which_they_came(cards: Cards) -> None:
    first = places.first_place(DAY)
    assert places.given(cards.connection, dated(DAY), None) == first
    number = cards.put("isi", date=f"{DAY}")
    assert places.of(cards.connection, number) == first
    assert places.given(cards.connection, dated(DAY), None) == first + 1
    assert places.given(cards.connection, Letter({}), None) < places.DATED <= first


def test_a_letter_keeps_its_place_until_its_day_is_another(cards: Cards) -> None:
    kept = places.first_place(DAY) + 5
    assert places.given(cards.connection, dated(DAY), kept) == kept
    later = DAY + dt.timedelta(days=1)
    assert places.given(cards.connection, dated(later), kept) == places.first_place(later)


def test_letters_past_the_last_place_of_a_day_stand_with_those_without_one(cards: Cards) -> None:
    number = cards.put("isi", date=f"{DAY}")
    last = places.first_place(DAY + dt.timedelta(days=1)) - 1
    cards.connection.execute("UPDATE entry SET place = ? WHERE id = ?", (last, number))
    place = places.given(cards.connection, dated(DAY), None)
    assert place < places.DATED
    assert places.fits(dated(DAY), place)
    assert places.fits(dated(DAY), last)
    assert not places.fits(dated(DAY), last + 1)


def test_places_that_no_letter_has_are_passed_over(cards: Cards) -> None:
    one, other = cards.put("isi", date=f"{DAY}"), cards.put("isi")
    first, undated = places.first_place(DAY), 0
    found = places.numbers(cards.connection, [undated, places.DATED - 1, first])
    assert list(found.items()) == [(undated, other), (first, one)]
    assert places.of(cards.connection, one + other) is None
