"""Amounts, numbers of staff, phones, hours and classes, found however they are written."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arsip.archive.find import search
from arsip.archive.find.parts import Numbered, OneOf, Says
from arsip.archive.find.query import parse
from arsip.fields import SIGNATORY_ID
from tests.archive.cards import Cards

TODAY = dt.date(2024, 3, 15)


def asked(cards: Cards, text: str) -> list[int]:
    query = parse(text, today=TODAY)
    return [entry.id for entry in search.select(cards.connection, query)]


@pytest.mark.parametrize(
    "text",
    ["Rp1.250.500,00", "rp 1.250.500", "Rp. 1.250.500,-", "1.250.500", "rp1250500", "rp. 1250500",
     "1.250.500 anggaran", "anggaran (rp 1.250.500)", "rp 1.250.500, anggaran", "1250500",
     "1,250,500", "Rp 1,250,500.00", "1.250.500 rupiah", "1,2505 juta", "1.2505jt",
     "1.250,5 ribu rupiah", "0,0012505 miliar"],
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


@pytest.mark.parametrize(
    "text", ["1,250", "12.50.500", "0.250.500", "0250500", "19821315", "rp 12", "1.2 m"]
)
def test_other_figures_are_looked_for_as_typed(cards: Cards, text: str) -> None:
    letter = cards.put(f"jumlah {text} saja")
    cards.put("jumlah Rp1.250.500, Rp250.500, 198213152009011004")
    assert asked(cards, text) == [letter]


@pytest.mark.parametrize(
    ("text", "written"),
    [("219,1 juta", "Rp219.100.000"), ("219.1 juta", "219,1 jt"), ("219 jt", "Rp. 219,000,000"),
     ("81.9jt", "81.900.000,00"), ("1,5 miliar", "Rp1.500.000.000,-"), ("2 milyar", "2 miliar"),
     ("rp 350 ribu", "350.000"), ("1.250 juta", "1.250.000.000"), ("500 rb", "Rp500 ribu")],
)  # fmt: skip
def test_a_round_amount_is_the_exact_one(cards: Cards, text: str, written: str) -> None:
    cards.put("sebesar Rp219.150.000, Rp81.950.000, Rp1.550.000.000, 35.000, juta, miliar")
    letter = cards.put(f"sebesar {written} saja")
    assert asked(cards, text) == [letter]


def test_a_round_amount_of_no_whole_rupiahs_is_words(cards: Cards) -> None:
    letter = cards.put("naik 0,3333 ribu")
    cards.put("naik 333")
    assert asked(cards, "0,3333 ribu") == [letter]
    assert asked(cards, "0 juta") == []


@pytest.mark.parametrize(
    "text",
    ["05322031502", "(0532) 2031502", "(0532)2031502", "0532-2031502", "0532 2031502",
     "+625322031502", "+62 532 2031502", "(0532) 203-1502", "surat (0532) 2031502"],
)  # fmt: skip
def test_a_phone_is_found_with_any_gaps(cards: Cards, text: str) -> None:
    written = ("(0532) 2031502", "0532-203 1502", "05322031502", "+62 532 2031502")
    letters = [cards.put(f"surat telepon {phone}") for phone in written]
    other = cards.put("surat telepon (0532) 2031503, 0531 2031502")
    assert asked(cards, text) == letters
    assert asked(cards, "surat -(0532) 2031502") == [other]


@pytest.mark.parametrize(
    ("text", "written"),
    [("0217805851", "021-7805851"), ("0217805851", "(021) 780 5851"),
     ("081234567890", "0812-3456-7890"), ("081234567890", "+62 812 3456 7890"),
     ("081234567890", "081 234 567 890"), ("0812 3456 7890", "081234567890"),
     ("+6281234567890", "0812 34567890"), ("+62 812-3456-7890", "6281234567890"),
     ("0812345678", "0812-345-678"), ("0287443190", "(0287) 443190")],
)  # fmt: skip
def test_a_phone_is_split_as_people_do(cards: Cards, text: str, written: str) -> None:
    letter = cards.put(f"hubungi {written} segera")
    cards.put("hubungi 021, 0812 atau 7890")
    assert asked(cards, text) == [letter]


HOURS = (
    "pukul 09.00 s.d. selesai", "Pukul : 09.00 WIB", "jam 09.00", "09:00 WITA", "Pkl. 9.00",
    "9:00 WIT", "jam 9 pagi", "pukul 9 WIB",
)  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["jam 9", "jam 09.00", "jam 9:00", "pkl 09.00", "pukul 9", "jam 9 pagi", "Pukul : 09.00 WIB",
     "pukul:9", "9 pagi", "9.00 wib", "PKL.09.00", "jam 9, acara", "(acara jam 9)"],
)  # fmt: skip
def test_an_hour_is_found_however_it_is_written(cards: Cards, text: str) -> None:
    letters = [cards.put(f"acara {hour} di aula") for hour in HOURS]
    other = cards.put("acara pukul 19.00, jam 10.09, 9 orang")
    assert asked(cards, text) == letters
    assert asked(cards, f"acara -{text.strip('()').removeprefix('acara ')}") == [other]


@pytest.mark.parametrize(
    ("text", "written"),
    [("jam 2 siang", "14.00"), ("jam 2 siang", "pukul 02.00 siang"), ("14.00 WIB", "2 siang"),
     ("jam 4 sore", "Pukul 16:00"), ("pukul 7 malam", "19.00 WIB"), ("jam 12 malam", "24.00"),
     ("jam 1 malam", "01.00"), ("jam 12 siang", "12.00"), ("jam 13.30", "13:30"),
     ("jam 8.30", "pukul 8.30"), ("pkl 7 pagi", "07.00"), ("jam 10", "pukul 10 WIB")],
)  # fmt: skip
def test_an_hour_of_a_part_of_the_day(cards: Cards, text: str, written: str) -> None:
    letter = cards.put(f"acara {written}")
    cards.put("acara pukul 09.15, 20.00")
    assert asked(cards, text) == [letter]


@pytest.mark.parametrize("text", ["jam 40", "pkl 12 siswa", "jam 4 pelajaran", "jam 9.5"])
def test_what_is_no_hour_is_words(cards: Cards, text: str) -> None:
    letter = cards.put(f"{text.partition(' ')[2]} untuk {text.partition(' ')[0]}")
    cards.put("pukul 12.00, 04.00, 09.00 untuk siswa, pelajaran")
    assert asked(cards, text) == [letter]


@pytest.mark.parametrize(
    "text", ["kelas 9", "kls 9", "kelas IX", "kelas ix", "Kelas sembilan", "kls. 09", "kelas: 9"]
)
def test_a_class_is_found_in_digits_and_words(cards: Cards, text: str) -> None:
    written = ("kelas 9", "Kelas IX", "kelas IX.A", "kls IX", "kelas sembilan")
    letters = [cards.put(f"siswa {one} ikut") for one in written]
    apart = cards.put("siswa kelas VII, VIII dan IX ikut")
    cards.put("siswa kelas 10, kelas VIII, IXA")
    cards.put("siswa IX ikut")
    assert asked(cards, text) == [*letters, apart]


@pytest.mark.parametrize("text", ["kelas 7 dan 8", "kelas VII, VIII", "kelas tujuh dan delapan"])
def test_classes_are_all_asked_for(cards: Cards, text: str) -> None:
    written = ("kelas 7 dan 8", "Kelas VII dan VIII", "kelas VIII, kelas VII")
    letters = [cards.put(f"siswa {one}") for one in written]
    cards.put("siswa kelas VII")
    assert asked(cards, text) == letters


def test_a_class_side_by_side_comes_first(cards: Cards) -> None:
    side_by_side = cards.put("untuk kelas IX")
    apart = cards.put("kelas VII, VIII dan IX", subject="Ruang kelas")
    hits = search.search(cards.connection, parse("kelas 9", today=TODAY)).hits
    assert [hit.entry.id for hit in hits] == [side_by_side, apart]


@pytest.mark.parametrize("text", ["kelas 13", "kelas 9 maret 2023", "kelas 9A", "kelas rusak"])
def test_what_is_no_class_is_words(text: str) -> None:
    assert "Forms" not in repr(parse(text, today=TODAY).part)
    of_day = parse("kelas 8, 9 maret 2023", today=TODAY).pieces
    assert [piece.text for piece in of_day] == ["kelas 8", "9 maret 2023"]


@pytest.mark.parametrize("text", ["1250500", "081234567890", "1.250.500", "1,2505jt"])
def test_a_figure_may_be_a_number_of_a_letter(text: str) -> None:
    found = parse(text, today=TODAY).part
    assert isinstance(found, OneOf)
    assert any(isinstance(one, Numbered) for one in found.parts)


def test_a_number_of_staff_that_is_asked_of_its_field_takes_the_pieces_behind_it() -> None:
    for typed in ("19790322 199912 1 001", "19790322 199912.1.001", "197903221999121001"):
        assert parse(f"nip:{typed}", today=TODAY).part == Says(
            SIGNATORY_ID, "197903221999121001", prefix=True
        )
    begun = parse("nip:19790322 199912 rapat 1", today=TODAY).pieces
    assert [piece.text for piece in begun] == ["nip:19790322 199912", "rapat", "1"]
    assert len(parse("nip:19790322 2024", today=TODAY).pieces) == 2
    assert parse("nip:(19790322 OR 19790323)", today=TODAY).hints == ()


@pytest.mark.parametrize(
    ("text", "written"),
    [("1.250.500", "Rp1.250.500"), ("1250500", "1.250.500"), ("5 juta", "5.000.000"),
     ("021 7805851", "0217805851"), ("jam 9", "09.00"), ("kelas 9", "kelas IX"),
     ("(021) 780", "0217805851"), ("bulan 8", "Agustus")],
)  # fmt: skip
def test_as_typed_they_are_words(cards: Cards, text: str, written: str) -> None:
    cards.put(f"sebesar {written}")
    exact = parse(text, today=TODAY, ways=())
    assert not list(search.select(cards.connection, exact))


def test_a_page_holds_the_figure_that_is_asked_for_beside_it(cards: Cards) -> None:
    letter = cards.put("sampul", "acara pukul 09.00")
    cards.put("acara pukul 09.00", "lampiran")
    assert asked(cards, "jam 9 page:2") == [letter]


PIECES = (
    "jam", "pukul:", "pkl", "kelas", "kls", "rp", "juta", "jt", "dan", ",", ".", "(", ")", "-", ":",
    '"', " ", "0", "08", "9", "62", "+", "IX", "sembilan", "1250500", "19820315", "nip:", "bulan",
    "wib", "malam", "\u0663", "\u0130", "\u017fatu", "mil\u0130ar", "OR", "*",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_any_figures_are_a_query(text: str) -> None:
    assert parse(text, today=TODAY).text == parse(text, today=TODAY, ways=()).text
