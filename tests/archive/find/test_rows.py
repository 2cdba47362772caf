"""Rows that were listed before and rows that the index is asked for are the same."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from arsip.archive.find import rows
from arsip.archive.find.rows import Rows
from arsip.archive.find.stretches import ALL, Stretch
from arsip.archive.places import PAGE_BITS
from tests.archive.cards import Cards

WORDS = ("rapat", "dinas", "desa")

asks = st.tuples(
    st.sampled_from(['"rapat"', '"dinas"', '"rapat" OR "desa"', '"tidak"']),
    st.one_of(st.just(ALL), st.tuples(st.integers(0, 14), st.integers(0, 14))),
    st.integers(-1, 6),
    st.booleans(),
)


@given(
    letters=st.lists(st.lists(st.sampled_from(WORDS), max_size=3), min_size=1, max_size=14),
    asked=st.lists(asks, max_size=12),
    told=st.none() | st.integers(0, 30),
    opening=st.integers(1, 4),
    whole=st.integers(1, 30),
)
@example(  # a year: few of the newest letters say it, and all of older ones
    letters=[["rapat"], ["rapat"], ["rapat"]],
    asked=[('"rapat"', (0, 0), 1, False)],
    told=0,
    opening=1,
    whole=1,
)
def test_what_is_listed_is_what_the_index_holds(
    letters: list[list[str]],
    asked: list[tuple[str, Stretch | tuple[int, int], int, bool]],
    told: int | None,
    opening: int,
    whole: int,
) -> None:
    cards = Cards()
    for day, words in enumerate(letters, 1):
        cards.put(*words, date=f"2024-01-{day:02}")
    places = sorted(
        place for (place,) in cards.connection.execute("SELECT place FROM entry").fetchall()
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rows, "OPENING", opening)
        patch.setattr(rows, "WHOLE", whole)
        listing = Rows(cards.connection)
        if told is not None:
            listing.expect('"rapat"', told)
        for match, ends, most, oldest in asked:
            within = ends if isinstance(ends, Stretch) else _between(places, *ends)
            held = _held(cards, match, within, oldest=oldest)
            found = listing.rows(match, within, most, oldest=oldest)
            assert found == (held if most < 0 else held[:most])
            if listing.knows(match):
                some = set(places[::2])
                every = _held(cards, match, ALL, oldest=False)
                assert sorted(listing.rows_of(match, some)) == [
                    row for row in every if row >> PAGE_BITS in some
                ]
            assert listing.expected(match, ALL, within) >= 0
    cards.connection.close()


def _between(places: list[int], first: int, last: int) -> Stretch:
    start, end = sorted(min(one, len(places) - 1) for one in (first, last))
    return Stretch(places[start], places[end])


def _held(cards: Cards, match: str, within: Stretch, *, oldest: bool) -> list[int]:
    found = cards.connection.execute(
        "SELECT rowid FROM page_words WHERE page_words MATCH ? ORDER BY rowid", (match,)
    )
    inside = [row for (row,) in found if within.first <= row >> PAGE_BITS <= within.last]
    return inside[::-1] if oldest else inside
