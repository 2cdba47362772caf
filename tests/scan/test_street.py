"""Streets: what was printed as Jl. and read as something else, and what was not."""

from __future__ import annotations

import pytest

from arsip.scan.engine import Spot
from arsip.scan.street import with_streets


def line(text: str) -> list[Spot]:
    return [Spot(word, 10 * at, 0, 10 * at + 9, 10) for at, word in enumerate(text.split())]


def told(text: str) -> str:
    return " ".join(spot.text for spot in with_streets(line(text)))


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("Alamat : JI. Merdeka Nomor 4", "Alamat : Jl. Merdeka Nomor 4"),
        ("J1. Merdeka", "Jl. Merdeka"),
        ("Kantor: Ji.Merdeka 12", "Kantor: Jl.Merdeka 12"),
        ("Ji Merdeka No. 6 Telp. 22", "Jl Merdeka No. 6 Telp. 22"),
        ("Alamat Ji R.A Kartini", "Alamat Jl R.A Kartini"),
    ],
)
def test_a_street_gets_its_letter_back(read: str, printed: str) -> None:
    assert told(read) == printed


@pytest.mark.parametrize(
    "read",
    [
        "Jl. Merdeka",
        "Sdr. Ji Hoon Park",
        "Jika Anda hadir",
        "lampiran JI. tiga",
        "huruf Ji.",
        "J1 7307",
    ],
)
def test_other_words_stay(read: str) -> None:
    assert told(read) == read


def test_the_place_and_the_confidence_of_the_word_stay() -> None:
    misread = Spot("JI.", 1, 2, 3, 4, confidence=0.6, run=7)
    (street, _name) = with_streets([misread, Spot("Merdeka", 5, 2, 9, 4)])
    assert street == Spot("Jl.", 1, 2, 3, 4, confidence=0.6, run=7)
