"""Letters found by how they are, by what they have and by days in them, few or many of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from arsip.archive.find import search, tables
from arsip.archive.find.query import parse
from arsip.model import Doubt
from tests.archive.cards import Cards

TODAY = dt.date(2024, 3, 15)


def asked(cards: Cards, text: str, *, limit: int = 1_000, secret: bool = False) -> list[int]:
    hits = search.search(cards.connection, parse(text, today=TODAY), limit=limit, secret=secret)
    return [hit.entry.id for hit in hits.hits]


def mixed(cards: Cards) -> None:
    """Thirty letters, each second of them about a meeting."""
    for number in range(30):
        values: dict[str, Any] = {"date": f"2022-01-{number + 1:02}"}
        if number == 28:
            values["sensitivity"] = "rahasia"
        if number % 10 == 0:
            values["deadline"] = f"2022-{number // 10 + 2:02}-01"
        cards.put(
            "rapat" if number % 2 else "kerja",
            "rapat kedua",
            doubtful=["date"] if number % 15 == 0 else [],
            doubts=(Doubt(1, "unread"),) if number % 7 == 3 else (),
            state="trashed" if number == 29 else "filed",
            **values,
        )


@pytest.mark.parametrize("few", [0, 3, 1_000])
@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("has:deadline", {1, 11, 21}),
        ("rapat has:deadline", {1, 11, 21}),
        ("kerja -has:deadline", {3, 5, 7, 9, 13, 15, 17, 19, 23, 25, 27}),
        ("tenggat:maret 2022", {11}),
        ("tenggat:2022 tanggal:januari 2022 kerja", {1, 11, 21}),
        ("is:doubtful", {1, 4, 11, 16, 18, 25}),
        ("is:doubtful kerja", {1, 11, 25}),
        ("is:unread", {4, 11, 18, 25}),
        ("is:read rapat tanggal:1-5 januari 2022", {1, 2, 3, 5}),
        ("is:trashed", {30}),
        ("is:secret", set()),
        ("page:1 rapat tanggal:1-5 januari 2022", {2, 4}),
        ("page:2 kedua has:deadline", {1, 11, 21}),
    ],
)
def test_few_letters_are_listed_and_many_looked_through_with_one_result(
    cards: Cards, monkeypatch: pytest.MonkeyPatch, text: str, letters: set[int], few: int
) -> None:
    monkeypatch.setattr(tables, "FEW", few)
    mixed(cards)
    assert set(asked(cards, text)) == letters
    newest = search.search(cards.connection, parse(text, today=TODAY), sort="newest", limit=1_000)
    assert [hit.entry.id for hit in newest.hits] == sorted(letters, reverse=True)
    assert {
        entry.id for entry in search.select(cards.connection, parse(text, today=TODAY))
    } == letters


def test_secret_letters_are_listed_for_who_may_see_them(cards: Cards) -> None:
    mixed(cards)
    assert asked(cards, "is:secret", secret=True) == [29]


@pytest.mark.parametrize(
    ("text", "steps"),
    [("undangan has:deadline", 300), ("has:deadline", 20), ("is:doubtful", 20), ("maret 2019", 20)],
)
def test_few_letters_among_many_are_found_without_looking_at_those(
    cards: Cards, text: str, steps: int
) -> None:
    """Steps: hundreds of the instructions of SQLite; looking at all takes two to ten times more."""
    for day in range(600):
        date = dt.date(2022, 1, 1) + dt.timedelta(days=day)
        cards.put("undangan", date=date.isoformat())
    old = cards.put("undangan", doubtful=["date"], date="2019-03-07", deadline="2019-03-10")
    taken: list[None] = []
    cards.connection.set_progress_handler(lambda: taken.append(None), 100)
    assert asked(cards, text) == [old]
    assert len(taken) < steps


def test_letters_of_a_month_come_before_newer_ones_that_only_name_it(cards: Cards) -> None:
    of_the_month = cards.put("undangan rapat", date="2019-03-07")
    for day in range(200):
        date = dt.date(2022, 1, 1) + dt.timedelta(days=day)
        cards.put("undangan rapat, seperti maret 2019", date=date.isoformat())
    assert asked(cards, "undangan maret 2019", limit=20)[0] == of_the_month


def test_a_page_is_found_among_letters_that_stand_far_apart(cards: Cards) -> None:
    """Letters with the word in their subject are ranked wherever they stand."""
    first = cards.put("sampul", "anggaran", subject="anggaran", date="2001-01-01")
    other = cards.put("sampul", "lampiran", subject="anggaran", date="2001-01-02")
    for day in range(300):
        date = dt.date(2022, 1, 1) + dt.timedelta(days=day)
        cards.put("sampul", "anggaran", date=date.isoformat())
    found = asked(cards, "page:2 anggaran", limit=20)
    assert found[0] == first
    assert other not in found
