"""What would find something, where a query finds nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arsip.archive.find import gathering, nearest_day, search
from arsip.archive.find import nearest as looking
from arsip.archive.find.nearest import REMARKS, Nearest, nearest
from arsip.archive.find.query import parse
from arsip.archive.find.slips import slips
from tests.archive.cards import Cards

TODAY = dt.date(2024, 3, 15)


@pytest.fixture
def cards() -> Iterator[Cards]:
    cards = Cards()
    cards.put("Undangan rapat stunting", date="2022-09-21", sender="Dinas Kesehatan")
    cards.put("Undangan sidang", date="2023-05-02", sender="Kecamatan Sukamaju")
    cards.put("Laporan kas", date="2021-01-05", sensitivity="rahasia")
    cards.put("Kwitansi lama", state="trashed")
    yield cards
    cards.connection.close()


def near_to(cards: Cards, text: str, *, secret: bool = False) -> Nearest | None:
    query = parse(text, today=TODAY, ways=())
    assert not search.search(cards.connection, query, secret=secret).total
    found = nearest(cards.connection, query, today=TODAY, secret=secret)
    if found is not None:
        again = parse(found.query, today=TODAY, ways=())
        asked_for_secret = secret or found.slug == "secret"
        assert search.search(cards.connection, again, secret=asked_for_secret).total
        assert found.slug in REMARKS
    return found


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("undagnan", "undangan"),
        ("Undangn rapat", "undangan rapat"),
        ('"rapat stuntin"', '"rapat stunting"'),
        ("dari:kecamtan sidang", "dari:kecamatan sidang"),
        ("-rapat siddang", "-rapat sidang"),
        ("undsngan zzzz", "undangan"),
        ("rapatstunting", "rapat stunting"),
        ("undang an rapat", "undangan rapat"),
    ],
)
def test_a_mistyped_word_becomes_one_of_the_archive(cards: Cards, typed: str, query: str) -> None:
    found = near_to(cards, typed)
    assert found is not None
    assert (found.slug, found.query) == ("spelling", query)


def test_of_near_words_the_one_used_most_is_told(cards: Cards) -> None:
    cards.put("undangen")
    found = near_to(cards, "undangin")
    assert found is not None
    assert found.query == "undangan"


def test_a_word_of_hidden_letters_is_not_given_away(cards: Cards) -> None:
    assert near_to(cards, "lapoan") is None
    assert near_to(cards, "kwitansj") is None
    found = near_to(cards, "lapoan", secret=True)
    assert found == Nearest("spelling", "lapoan", "laporan")


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("undangan tanggal:2019", "undangan tanggal:2022-09"),
        ("undangan date:2023-07", "undangan date:2023-05"),
        ("undangan after:2030", "undangan date:2023-05"),
        ("tanggal:1999", "tanggal:2022-09"),
        ("stunting tanggal:2023-05", "stunting tanggal:2022-09"),
    ],
)
def test_another_date_is_the_nearest_that_answers(cards: Cards, typed: str, query: str) -> None:
    found = near_to(cards, typed)
    assert found is not None
    assert (found.slug, found.query) == ("date", query)


def test_a_day_far_away_is_found_by_a_rare_word(
    cards: Cards, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nearest_day, "AROUND", 1)
    for _ in range(5):
        cards.put("biasa", date="2023-12-01")
    found = near_to(cards, "sidang tanggal:2024")
    assert found is not None
    assert found.query == "sidang tanggal:2023-05"


@pytest.mark.parametrize(
    ("typed", "slug", "changed", "query"),
    [
        ("undangan rapat sidang", "dropped", "sidang", "undangan rapat"),
        ("undangan rapat dari sidang", "dropped", "sidang", "undangan rapat"),
        ("undangan jenis:kuitansi", "dropped", "jenis:kuitansi", "undangan"),
        ("undangan -rapat -sidang", "dropped", "-sidang", "undangan -rapat"),
        ("undangan xx yy", "dropped", "xx yy", "undangan"),
        ("rapat stunting sidang kecamatan", "some", "", "sidang kecamatan"),
        ("undangan bukan stunting", "excluded", "stunting", "undangan -stunting"),
        ("undangan kecuali stunting", "excluded", "stunting", "undangan -stunting"),
        ("undangan tanpa nomor", "excluded", "nomor", "undangan -ada:nomor"),
        ("undangan tanpa tanda tangan", "excluded", "tanda tangan", "undangan -ada:ttd"),
        ("hal:kecamatan", "field", "hal:kecamatan", "kecamatan"),
        ("xyzzyq of rapat by zzyx", "dropped", "xyzzyq zzyx", "rapat"),
        ("undangan mei", "dropped", "mei", "undangan"),
        ("letters about undangn of xyzzyq", "spelling", "undangn", "undangan"),
        ("nomor:99 stunting", "dropped", "nomor:99", "stunting"),
        ("stunting nomor:99 dari:sukamundur", "some", "", "stunting"),
    ],
)
def test_less_is_asked_for_where_that_finds_something(
    cards: Cards, typed: str, slug: str, changed: str, query: str
) -> None:
    assert near_to(cards, typed) == Nearest(slug, changed, query)


@pytest.mark.parametrize("typed", ["formulir kp4", "kp4 formulir"])
def test_the_word_that_tells_the_least_is_left_out(cards: Cards, typed: str) -> None:
    for text in ("pendataan kp4", "formulir biodata", "formulir cuti"):
        cards.put(text)
    assert near_to(cards, typed) == Nearest("dropped", "formulir", "kp4")


@pytest.mark.parametrize("text", ["sifat:rahasia", "is:secret", "kas status:rahasia"])
def test_who_asks_for_secret_letters_is_told_how(cards: Cards, text: str) -> None:
    assert near_to(cards, text) == Nearest("secret", "", text)


def test_who_types_that_a_letter_is_secret_is_told_how_too(cards: Cards) -> None:
    cards.put("Sifat: Rahasia. Daftar gaji", sensitivity="rahasia")
    assert near_to(cards, "gaji rahasia") == Nearest("secret", "", "gaji rahasia")


@pytest.mark.parametrize(
    "text", ["zzzzzz", "surat zzzzzz", "-undangan", "nomor:99", '"', "jenis:sppd tanggal:1"]
)
def test_nothing_near_is_nothing(cards: Cards, text: str) -> None:
    assert near_to(cards, text) is None


def test_common_words_are_tried_where_the_newest_of_them_stand(
    cards: Cards, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "RARE", 1)
    monkeypatch.setattr(gathering, "FIRST", 1)
    assert near_to(cards, "stunting zzz") == Nearest("dropped", "zzz", "stunting")


def test_an_empty_archive_has_nothing_near() -> None:
    cards = Cards()
    for text in ("undangan", "tanggal:2024", "undangan rapat tanggal:2024"):
        assert near_to(cards, text) is None
    cards.connection.close()


@given(st.from_regex(r"[a-z]{4,24}", fullmatch=True))
def test_near_words_are_one_slip_away_and_not_too_many(word: str) -> None:
    words = list(slips(word))
    assert len(words) == len(set(words))
    assert all(abs(len(other) - len(word)) <= 1 for other in words)
    assert len(words) <= 40 * len(word) + 26


def test_a_letter_wrong_lost_swapped_or_too_many_is_near() -> None:
    for slip in ("undangn", "undagnan", "undsngan", "undangaan", "unndangan"):
        assert "undangan" in slips(slip)


def told(cards: Cards, text: str, *, secret: bool = False) -> tuple[str, str] | None:
    """The nearest query with words in other forms, too: slug and text."""
    query = parse(text, today=TODAY)
    assert not search.search(cards.connection, query, secret=secret).total
    found = nearest(cards.connection, query, today=TODAY, secret=secret)
    return None if found is None else (found.slug, found.query)


def test_other_forms_of_words_count_in_what_is_proposed(cards: Cards) -> None:
    cards.put("surat perintah tugas")
    assert told(cards, "spt 094") == ("dropped", "spt")
    assert told(cards, "xyzzyq spt") == ("dropped", "spt")


def test_a_word_with_a_capital_is_proposed_in_small_letters(cards: Cards) -> None:
    cards.put("surat permohonan hibah")
    assert told(cards, "BANTUAN") == ("case", "bantuan")
    assert told(cards, "BANTUAN Permohonan") == ("case", "bantuan permohonan")


@pytest.mark.parametrize(
    ("typed", "written"),
    [("17/PAN", "017/PAN"), ("17.Pan rapat", "017.Pan rapat"), ("b2206", "b-2206"),
     ("8/UM", "0008/UM")],
)  # fmt: skip
def test_a_number_is_proposed_as_it_is_written(cards: Cards, typed: str, written: str) -> None:
    for number in ("017/PAN/X/2020", "B-2206/Setda", "0008/UM/2021"):
        cards.put("rapat", letter_number=number)
    assert told(cards, typed) == ("written", written)
    assert near_to(cards, "9/UM") is None


def test_a_number_is_proposed_that_begins_so(cards: Cards) -> None:
    cards.put("isi", letter_number="005/8474/Setda")
    assert told(cards, "847") == ("number", "nomor:847")
    assert told(cards, "1847") is None


def test_no_hint_tells_whether_a_word_is_in_a_secret_letter(cards: Cards) -> None:
    cards.put("operasi rapet", sensitivity="rahasia")
    assert near_to(cards, "rapet") == Nearest("spelling", "rapet", "rapat")
    assert near_to(cards, "rapit") == Nearest("spelling", "rapit", "rapat")
    assert told(cards, "operasi undangann") == told(cards, "xyzzyqq undangann")
    assert told(cards, "operasi undangann") == ("spelling", "undangan")


def test_the_nearest_month_is_proposed_for_one_in_plain_words(cards: Cards) -> None:
    assert told(cards, "stunting januari 2022") == ("date", "stunting tanggal:2022-09")
    assert told(cards, "stunting sejak:2030") == ("date", "stunting tanggal:2022-09")
    assert told(cards, "januari 1999") == ("date", "tanggal:2022-09")
    assert told(cards, "surat januari 1999") == ("date", "tanggal:2022-09")


def test_of_a_month_without_a_year_the_same_month_is_nearest(cards: Cards) -> None:
    cards.put("Undangan halal bihalal", date="2020-04-30")
    assert told(cards, "undangan bulan april") == ("date", "undangan tanggal:2020-04")
    assert told(cards, "undangan april 2024") == ("date", "undangan tanggal:2023-05")
