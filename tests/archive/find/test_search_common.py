"""Words that very many letters hold: not all of them are ranked, and what counts is still found."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest

from arsip.archive.find import gathering, index, matching, rows, search
from arsip.archive.find.query import parse
from tests.archive.cards import Cards

TODAY = dt.date(2024, 3, 15)


def ranked(cards: Cards, text: str) -> list[int]:
    query = parse(text, today=TODAY)
    return [hit.entry.id for hit in search.search(cards.connection, query).hits]


def test_a_common_word_shows_its_page_in_letters_that_were_not_scored(
    cards: Cards, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "OPENING", 2)
    monkeypatch.setattr(index, "SCORED", 3)
    for _ in range(8):
        cards.put("kosong", "isi rapat")
    hits = search.search(cards.connection, parse("rapat", today=TODAY)).hits
    assert {(hit.page, hit.snippet) for hit in hits} == {(2, "isi \x02rapat\x03")}
    assert len(hits) == 8


def test_very_common_words_are_answered_with_the_newest(
    cards: Cards, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "FIRST", 4)
    monkeypatch.setattr(gathering, "ENOUGH", 3)
    rare = cards.put("rapat langka")
    for _ in range(30):
        cards.put("rapat")
    connection = cards.connection
    found = search.search(connection, parse("rapat", today=TODAY), limit=2)
    assert ([hit.entry.id for hit in found.hits], found.total, found.exact) == ([31, 30], 4, False)
    assert search.search(connection, parse("rapat", today=TODAY), limit=31).total == 31
    assert search.search(connection, parse("rapat", today=TODAY), sort="oldest", limit=31).exact
    assert ranked(cards, "langka rapat") == [rare]


def test_a_number_is_found_however_many_hold_it_as_a_word(
    cards: Cards, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "FIRST", 4)
    monkeypatch.setattr(gathering, "LEAST", 2)
    monkeypatch.setattr(gathering, "ENOUGH", 3)
    monkeypatch.setattr(gathering, "FRONTS", 2)
    numbered = cards.put("perihal rapat", letter_number="005/31/Setda")
    for _ in range(30):
        cards.put("rapat tanggal 31")
    assert ranked(cards, "31 rapat")[0] == numbered


def test_a_misread_word_is_found_beside_the_other_however_many_are_like_it(cards: Cards) -> None:
    for one, other in itertools.product("bdghk", "rstwy"):
        for _ in range(2):
            cards.put(f"p{one}m{other}da")
    misread = cards.put("yemudo pangkalan")
    cards.put("pangkalan saja")
    assert ranked(cards, "pemuda pangkalan") == [misread]
    query = parse("pemuda pangkalan", today=TODAY)
    (hit,) = search.search(cards.connection, query, explain=True).hits
    assert [tuple(match) for match in hit.explain] == [
        ("pemuda", "yemudo", "misread"),
        ("pangkalan", "pangkalan", "exact"),
    ]


def test_words_that_ran_together_are_not_measured(cards: Cards) -> None:
    together = "undangan" * 40
    cards.put(f"rapat {together}x")
    assert ranked(cards, f"rapat {together}") == []


@pytest.mark.parametrize("letters", [3, 40])
def test_a_word_is_found_in_few_and_in_many_letters_alike(
    letters: int, cards: Cards, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows are listed, single words looked up and pages read: whatever costs the least."""
    monkeypatch.setattr(index, "PROBE", 0)
    monkeypatch.setattr(index, "PROBE_A_SIGN", 0)
    monkeypatch.setattr(matching, "SEEK", -1)
    both, forms = set[int](), set[int]()
    for _ in range(letters):
        both.add(cards.put("notaris", "hadir rapat"))
        forms.add(cards.put("notaris dirapatkan"))
        cards.put("rapat")
    for asked, meant in {
        "Notaris Rapat": both,
        'Notaris "hadir rapat"': both,
        "Notaris rapa*": both,
        "notaris rapat": both | forms,
    }.items():
        query = parse(asked, today=TODAY)
        hits = search.search(cards.connection, query, limit=200).hits
        assert {hit.entry.id for hit in hits} == meant, asked
