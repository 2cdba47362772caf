"""To invite is one thing, and a law, which is written with the same words, another."""

from __future__ import annotations

import datetime as dt

import pytest

from arsip.archive.find import search
from arsip.archive.find.query import parse
from tests.archive.cards import Cards

TODAY = dt.date(2024, 3, 15)


@pytest.fixture
def mixed(cards: Cards) -> Cards:
    cards.put("kami mengundang Bapak")
    cards.put("sesuai Undang-Undang Nomor 23 tentang pemerintahan")
    cards.put("menurut peraturan perundang-undangan yang berlaku")
    cards.put("memenuhi undangan Bapak")
    cards.put("undangan itu menurut peraturan perundang-undangan")
    cards.put("undang mereka")
    return cards


def asked(cards: Cards, text: str, **ways: set[str]) -> list[int]:
    hits = search.search(cards.connection, parse(text, today=TODAY, **ways)).hits
    return [hit.entry.id for hit in hits]


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("undangan", [5, 4, 6, 1, 3]),
        ("undang", [6, 4, 1, 2]),
        ("mengundang", [1, 6, 4]),
        ("undang-undang", [2]),
        ("undang undang", [2]),
        ("undang undang nomor 23", [2]),
        ("perundang undangan", [5, 3]),
    ],
)
def test_letters_that_only_name_a_law_come_after_all_that_invite(
    mixed: Cards, text: str, letters: list[int]
) -> None:
    assert asked(mixed, text) == letters


@pytest.mark.parametrize("body", ["mereka diundang", "undangan ini"])
def test_beside_a_law_other_forms_still_invite(cards: Cards, body: str) -> None:
    cards.put(f"{body} sesuai Undang-Undang Nomor 23")
    assert asked(cards, "mengundang") == [1]


def test_as_typed_a_word_is_found_wherever_it_stands(mixed: Cards) -> None:
    assert sorted(asked(mixed, "undangan", ways=set())) == [3, 4, 5]


def test_a_law_in_many_letters_is_told_from_an_invitation(
    mixed: Cards, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("arsip.archive.find.index.SCORED", 1)
    assert asked(mixed, "undangan")[0] == 4
