"""Which letters are ranked where more answer than are looked at: the best ones, however old."""

from __future__ import annotations

import datetime as dt

import pytest

from arsip.archive import vocabulary
from arsip.archive.find import gathering, search
from arsip.archive.find.query import parse
from tests.archive.cards import Cards

TODAY = dt.date(2024, 3, 15)
MANY = 40


@pytest.fixture(autouse=True)
def few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"FIRST": 4, "LEAST": 2, "ENOUGH": 3, "FRONTS": 3, "FRONT_EACH": 3}.items():
        monkeypatch.setattr(gathering, name, value)


def best(cards: Cards, text: str, limit: int = 1) -> list[int]:
    found = search.search(cards.connection, parse(text, today=TODAY), limit=limit)
    assert not found.exact
    return [hit.entry.id for hit in found.hits]


def test_all_words_on_the_front_as_typed_go_before_newer_other_forms_there(cards: Cards) -> None:
    typed = cards.put("isi", subject="Laporan kegiatan")
    for _ in range(MANY):
        cards.put("laporan kegiatan", subject="Pelaporan kegiatan")
    assert best(cards, "laporan kegiatan") == [typed]
    assert best(cards, "laporan") == [typed]


def test_a_word_on_the_front_counts_while_the_other_is_on_a_page(cards: Cards) -> None:
    front = cards.put("menurut pelaporan", subject="Mutasi guru")
    for _ in range(MANY):
        cards.put("mutasi dan laporan")
    assert best(cards, "mutasi laporan") == [front]
    assert best(cards, "laporan mutasi") == [front]


def test_words_as_typed_go_before_newer_other_forms(cards: Cards) -> None:
    typed = cards.put("laporan rapat")
    for _ in range(MANY):
        cards.put("dilaporkan dalam rapat")
    vocabulary.recount(cards.connection)
    assert best(cards, "laporan rapat") == [typed]


@pytest.mark.parametrize("asked", ["dari:dinas", "tanggal:2022-03", "jenis:undangan"])
def test_the_front_counts_among_the_letters_of_a_sender_a_kind_a_month(
    asked: str, cards: Cards
) -> None:
    invited, sender = "undangan", "Dinas Kesehatan"
    old = cards.put("isi", subject="Rapat", sender=sender, date="2022-03-01", doc_type=invited)
    for day in range(2, MANY):
        date = f"2022-03-{day % 28 + 2:02}"
        cards.put("rapat", sender="Dinas Sosial", date=date, doc_type=invited)
        cards.put("isi", subject="Rapat", sender="Bupati", date=date.replace("2022", "2023"))
    assert best(cards, f"rapat {asked}") == [old]


def test_two_letters_of_a_word_may_differ_only_where_few_are_found_else(cards: Cards) -> None:
    far = cards.put("kesahatam rapat")
    for _ in range(gathering.AS_TYPED - 1):
        cards.put("kesehafan rapat")
    found = search.search(cards.connection, parse("kesehatan rapat", today=TODAY), limit=50)
    assert far in [hit.entry.id for hit in found.hits]
    cards.put("kesehafan rapat")
    found = search.search(cards.connection, parse("kesehatan rapat", today=TODAY), limit=50)
    assert far not in [hit.entry.id for hit in found.hits]


@pytest.mark.parametrize("sort", ["rank", "newest", "oldest", "number"])
def test_page_after_page_every_letter_comes_once(cards: Cards, sort: search.Sort) -> None:
    for number in range(MANY):
        subject = "Laporan kegiatan" if number % 7 == 0 else "isi"
        cards.put(
            "kegiatan yang dilaporkan" if number % 3 else "laporan kegiatan",
            subject=subject,
            date=f"20{10 + number % 9}-03-{number % 28 + 1:02}",
        )
    asked = parse("laporan kegiatan", today=TODAY)
    shown: list[int] = []
    for offset in range(0, MANY + 4, 4):
        found = search.search(cards.connection, asked, limit=4, offset=offset, sort=sort)
        shown += [hit.entry.id for hit in found.hits]
    assert sorted(shown) == list(range(1, MANY + 1))


@pytest.mark.parametrize("asked", ["nomor:005/12", "005/12", "nomor:12", "rapat nomor:005/12"])
def test_a_whole_number_goes_before_newer_ones_that_begin_so(cards: Cards, asked: str) -> None:
    whole = cards.put("rapat", letter_number="OO5/12/Setda")
    for number in range(MANY):
        cards.put("rapat 005", letter_number=f"005/12{number}/Setda")
    assert best(cards, asked) == [whole]


def test_a_rendition_shows_once_where_its_letter_is_found_by_another_form(cards: Cards) -> None:
    first = cards.put("kami mengundang saudara", date="2001-01-01")
    cards.put("undangan", date="2023-12-31", same_as=first)
    for _ in range(MANY):
        cards.put("mengundang")
    asked = parse("undangan", today=TODAY)
    total = len(list(search.select(cards.connection, asked)))
    found = search.search(cards.connection, asked, limit=4, offset=total - 4)
    assert (found.total, found.exact) == (total, True)
