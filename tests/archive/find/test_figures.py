"""Amounts of money and numbers of staff, found however they are written."""

from __future__ import annotations

import datetime as dt

import pytest

from arsip.archive.find import search
from arsip.archive.find.query import parse
from tests.archive.cards import Cards

TODAY = dt.date(2024, 3, 15)


def asked(cards: Cards, text: str) -> list[int]:
    query = parse(text, today=TODAY)
    return [entry.id for entry in search.select(cards.connection, query)]


@pytest.mark.parametrize(
    "text",
    ["Rp1.250.500,00", "rp 1.250.500", "Rp. 1.250.500,-", "1.250.500", "rp1250500", "rp. 1250500",
     "1.250.500 anggaran", "anggaran (rp 1.250.500)", "rp 1.250.500, anggaran"],
)  # fmt: skip
def test_an_amount_is_found_however_it_is_written(cards: Cards, text: str) -> None:
    written = ("Rp1.250.500,00", "Rp. 1.250.500,-", "Rp 1.250.500", "Rp1250500", "Rp.1.250.500")
    letters = [cards.put(f"anggaran sebesar {amount} saja") for amount in written]
    cards.put("anggaran sebesar Rp1.250.000, terdiri atas 500 lembar")
    assert asked(cards, text) == letters


@pytest.mark.parametrize(
    "text", ["198203152009011004", "19820315 200901 1 004", "19820315.200901.1.004", "19820315"]
)
def test_a_number_of_staff_is_found_with_gaps_and_without(cards: Cards, text: str) -> None:
    letters = [cards.put(f"NIP {nip}") for nip in ("198203152009011004", "19820315 200901 1 004")]
    cards.put("NIP 19820316 200901 1 004")
    assert asked(cards, text) == letters
    assert asked(cards, f"nip {text}") == letters
    assert asked(cards, f"-{text}") == [letters[-1] + 1]


@pytest.mark.parametrize("text", ["1250500", "12.50.500", "0.250.500", "19821315", "rp 12"])
def test_other_figures_are_looked_for_as_typed(cards: Cards, text: str) -> None:
    letter = cards.put(f"jumlah {text} saja")
    cards.put("jumlah Rp1.250.500, Rp250.500, 198213152009011004")
    assert asked(cards, text) == [letter]


def test_as_typed_they_are_words(cards: Cards) -> None:
    cards.put("sebesar Rp1.250.500")
    exact = parse("1.250.500", today=TODAY, ways=())
    assert not list(search.select(cards.connection, exact))
