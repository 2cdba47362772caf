"""What is shown of the letters found: the page to look at, its snippet, which word matched how."""

from __future__ import annotations

import itertools
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from arsip.archive import catalog, places
from arsip.archive.find.snippet import LONGEST, Marker, beginning
from arsip.fields import LETTER_NUMBER
from arsip.model import Entry, Hit, Match

AT_ONCE: Final = 100
"""Letters whose pages to be shown are read at once."""


def hits_of(
    connection: sqlite3.Connection,
    marker: Marker,
    scored: Mapping[int, float],
    best: Mapping[int, int],
) -> Iterator[Hit]:
    """The hits of letters with a score, in the order of best: letter -> row of its page, or 0."""
    where = {number: place for place, number in places.numbers(connection, best).items()}
    numbers = iter(where)
    while some := list(itertools.islice(numbers, AT_ONCE)):
        rows = [row for number in some if (row := best[where[number]])]
        pages = _pages_at(connection, rows)
        for entry in catalog.entries(connection, some):
            place = where[entry.id]
            page, snippet = _shown(connection, marker, entry, place, pages.get(best[place]))
            yield Hit(entry=entry, score=scored[place], page=page, snippet=snippet)


def _pages_at(connection: sqlite3.Connection, rows: Sequence[int]) -> dict[int, tuple[int, str]]:
    """Row of a page -> its number and text; those without text are passed over."""
    pages = connection.execute(
        "SELECT page.id, number, substr(text, 1, ?) FROM json_each(?)"
        " CROSS JOIN page ON page.id = json_each.value AND text <> ''",
        (LONGEST, json.dumps(rows)),
    )
    return {row: (number, text) for row, number, text in pages}


def _pages_of(connection: sqlite3.Connection, place: int, most: int) -> Iterator[tuple[int, str]]:
    """The first pages of the letter at a place that have text: their numbers and texts."""
    return connection.execute(
        "SELECT number, substr(text, 1, ?) FROM page WHERE id BETWEEN ? AND ? AND text <> ''"
        " ORDER BY id LIMIT ?",
        (LONGEST, places.back_id(place) + 1, places.page_id(place, places.PAGE_MASK), most),
    )


def _shown(
    connection: sqlite3.Connection,
    marker: Marker,
    entry: Entry,
    place: int,
    best: tuple[int, str] | None,
) -> tuple[int | None, str]:
    """The page to look at and its snippet, of a letter at a place.

    Of the best page, where one is told, else of the first page with a match, else of the number,
    else of the card, else how the letter begins; before that its file, if asked for by it.
    """
    most = -1 if marker.reads_pages else 1
    pages = iter((best,)) if best else _pages_of(connection, place, most)
    first = next(pages, None)
    for number, text in () if first is None else itertools.chain((first,), pages):
        if snippet := marker.page(text):
            return number, snippet
    found = entry.letter.best(LETTER_NUMBER)
    if found is not None and (snippet := marker.number(found.value)):
        return found.page, snippet
    sides = connection.execute(
        "SELECT text FROM page WHERE id IN (?, ?) ORDER BY id",
        (places.page_id(place, places.FRONT), places.back_id(place)),
    )
    if snippet := marker.card("\n".join(text for (text,) in sides if text)):
        return None, snippet
    page, begins = (None, "") if first is None else (first[0], beginning(first[1]))
    return page, " · ".join(filter(None, (marker.file(entry.source), begins)))


def matches_of(connection: sqlite3.Connection, marker: Marker, entry: Entry) -> tuple[Match, ...]:
    """Which word matched how, on the pages of a letter and on its card."""
    rows = connection.execute(
        "SELECT substr(text, 1, ?) FROM page WHERE entry = ? ORDER BY id", (LONGEST, entry.id)
    )
    number = entry.letter.best(LETTER_NUMBER)
    texts = [text for (text,) in rows]
    return marker.matches(texts, "" if number is None else number.value, entry.source)
