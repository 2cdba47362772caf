"""What no search shows unless it is asked for: secret letters, the trash, renditions."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from arsip.archive import reader
from arsip.archive.find import completions, search
from arsip.archive.find.nearest import nearest
from arsip.archive.find.query import parse
from arsip.archive.store import Archive
from tests.archive import keeping
from tests.archive.cards import Cards

TODAY = dt.date(2024, 3, 15)


def found(cards: Cards, query: str, *, limit: int = 20, offset: int = 0) -> search.Hits:
    asked = parse(query, today=TODAY)
    return search.search(cards.connection, asked, limit=limit, offset=offset)


def ids(cards: Cards, query: str) -> list[int]:
    hits = found(cards, query, limit=100)
    numbers = sorted(hit.entry.id for hit in hits.hits)
    selected = [entry.id for entry in search.select(cards.connection, parse(query, today=TODAY))]
    assert (numbers, hits.total) == (selected, len(selected))
    return numbers


@pytest.mark.parametrize(("limit", "offset"), [(1_000, 0), (100, 900), (20, 1_150)])
def test_of_many_letters_those_that_are_kept_away_are_left_out(
    cards: Cards, limit: int, offset: int
) -> None:
    for number in range(1_300):
        sensitivity = "rahasia" if number % 50 == 0 else "biasa"
        state = "trashed" if number % 51 == 0 else "filed"
        day = f"20{10 + number % 14}-0{1 + number % 9}-1{number % 9}"
        cards.put("isi rapat", date=day, state=state, sensitivity=sensitivity)
    hits = found(cards, "rapat", limit=limit, offset=offset).hits
    assert hits
    assert not any(hit.entry.secret or hit.entry.trashed for hit in hits)


def test_no_month_of_a_secret_letter_is_proposed(cards: Cards) -> None:
    cards.put("isi", letter_number="005/9/x", date="2022-07-05", sensitivity="rahasia")
    for _ in range(500):
        cards.put("isi", date="2022-12-05")
    for number in range(1_100):
        cards.put("isi", letter_number=f"005/{number}/x", date=f"2010-01-{1 + number % 28:02}")
    asked = parse("nomor:005 tanggal:2023-02", today=TODAY)
    told = nearest(cards.connection, asked, today=TODAY)
    assert told is not None
    assert told.query == "nomor:005 tanggal:2010-01"


@pytest.mark.parametrize("state", ["filed", "trashed"])
def test_a_rendition_is_as_secret_as_its_letter(cards: Cards, state: str) -> None:
    first = cards.put("operasi sandi", sensitivity="rahasia", state=state)
    cards.put("operasi sandi", same_as=first, sender="Dinas Rahasia", tags=("sandi",))
    assert not ids(cards, "operasi")
    assert not ids(cards, "")
    assert not completions.senders(cards.connection, "dinas")
    assert not completions.tags(cards.connection)


def test_a_letter_and_its_rendition_are_one_however_each_was_read(cards: Cards) -> None:
    misread = cards.put("rapat kesehafan desa")
    cards.put("rapat kesehatan desa", same_as=misread)
    assert ids(cards, "kesehatan") == [misread]
    assert ids(cards, "rapat kesehatan") == [misread]


def test_so_are_those_of_which_one_word_of_two_is_misread(cards: Cards) -> None:
    for _ in range(25):
        cards.put("rapatnya kesehatan")
    misread = cards.put("rapat kesehafan")
    rendition = cards.put("rapat kesehatan", same_as=misread)
    found = ids(cards, "rapat kesehatan")
    assert misread in found
    assert rendition not in found


def test_a_search_answers_from_one_state_of_the_catalog(kept: Archive, root: Path) -> None:
    keeping.file(kept, "rapat umum")
    others = [lambda: kept.trash((1,), who="Sari")]

    def meanwhile(question: str) -> None:
        if "FROM entry" in question and others:
            others.pop()()

    with reader.opened(root) or kept as looking:
        looking.connection.set_trace_callback(meanwhile)
        (hit,) = looking.search(parse("rapat", today=TODAY)).hits
        assert not others
        assert not hit.entry.trashed
        assert not looking.search(parse("rapat", today=TODAY)).hits
