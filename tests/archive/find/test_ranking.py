"""The order of the letters found."""

from __future__ import annotations

from arsip.archive import places
from arsip.archive.find import ranking
from arsip.fields import LETTER_NUMBER, SENDER
from tests.archive.cards import Cards

NEW, OLD, UNDATED = 1, 2, places.UNDATED + 1


def test_the_best_come_first_and_of_equal_ones_the_newer() -> None:
    assert ranking.by_score({UNDATED: 2.0, OLD: 1.0, NEW: 1.0}, 3) == [UNDATED, NEW, OLD]
    assert ranking.by_score({UNDATED: 2.0, OLD: 1.0, NEW: 1.0}, 1) == [UNDATED]


def test_letters_without_a_date_come_last_from_either_end() -> None:
    found = {UNDATED, NEW, OLD}
    assert ranking.by_date(found, newest=True) == [NEW, OLD, UNDATED]
    assert ranking.by_date(found, newest=False) == [OLD, NEW, UNDATED]


def test_digits_are_numbers_and_what_is_not_said_comes_last(cards: Cards) -> None:
    ids = [
        cards.put("isi", letter_number=number, sender=sender, date="2022-09-21")
        for number, sender in (("10/C", "Dinas Sosial"), ("9/C", "Bappeda"), ("9/A", "Bappeda"))
    ]
    ids.append(cards.put("isi", date="2022-09-21"))
    first, second, third, last = found = [places.of(cards.connection, one) or 0 for one in ids]
    by_number = ranking.by_key(cards.connection, found, LETTER_NUMBER)
    assert by_number == [third, second, first, last]
    assert ranking.by_key(cards.connection, found, SENDER) == [third, second, first, last]
