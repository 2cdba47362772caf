"""The index against reading every letter, on archives small enough to read."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arsip.archive.find import expressions, gathering, index, matching, rows, search, tables
from arsip.archive.find.parts import Dated, Every, Named, Not, OneOf, Part, Says, Text
from arsip.archive.find.query import parse
from arsip.archive.find.search import Sort
from tests.archive.cards import Cards

TODAY = dt.date(2024, 3, 15)
WORDS = ("rapat", "desa", "cuti", "surat", "tim", "9124")


class Sheet(NamedTuple):
    """A letter to read."""

    pages: list[str]
    subject: str
    sender: str
    date: dt.date
    source: str


def answers(part: Part, sheet: Sheet) -> bool:
    """Whether a letter answers, by reading it."""
    if isinstance(part, Not):
        found = not answers(part.part, sheet)
    elif isinstance(part, Every | OneOf):
        told = [answers(one, sheet) for one in part.parts]
        found = all(told) if isinstance(part, Every) else any(told)
    elif isinstance(part, Dated):
        found = part.period.first <= sheet.date <= part.period.last
    elif isinstance(part, Named):
        found = called(sheet.source.lower(), part)
    elif isinstance(part, Text):
        card = f"{sheet.subject} {sheet.sender}"
        found = any(says(text, part) for text in (*sheet.pages, card))
    else:  # the sheets have no number, and no codes are asked for
        found = isinstance(part, Says) and says(getattr(sheet, part.field.name), part)
    return found


def says(text: str, part: Text | Says) -> bool:
    wanted = f" {part.text}" if part.prefix else f" {part.text} "
    return wanted in f" {text} "


def called(source: str, part: Named) -> bool:
    wanted = part.name.lower()
    whole = source in (wanted, f"{wanted}.pdf")
    return source.startswith(wanted) if part.prefix else whole


SOURCES = ("SCAN1.pdf", "Scan12.pdf", "rapat.pdf", "rapat desa.PDF", "9124.pdf", "tim.pdf")
TEXTS = st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join)
SHEETS = st.builds(
    Sheet,
    pages=st.lists(TEXTS, max_size=3),
    subject=TEXTS.filter(bool),
    sender=TEXTS.filter(bool),
    date=st.dates(dt.date(2022, 1, 1), dt.date(2023, 12, 31)),
    source=st.sampled_from(SOURCES),
)


@st.composite
def queries(draw: st.DrawFn) -> str:
    word = st.sampled_from(WORDS)
    leaf = st.one_of(
        word,
        word.map(lambda one: one[:2] + "*"),
        st.tuples(word, word).map(lambda two: f'"{two[0]} {two[1]}"'),
        word.map(lambda one: f"hal:{one}"),
        word.map(lambda one: f"dari:{one[:3]}*"),
        st.sampled_from(["date:2022", "after:2023-06", "date:2022-05..2023-04"]),
        st.sampled_from(["file:scan1", "file:sc*", 'file:"rapat desa"', "berkas:RAPAT.pdf"]),
        st.sampled_from(["scan1.pdf", "9124.pdf", "tim.pdf", "rapat.pdf"]),
    )
    part = st.tuples(st.sampled_from(["", "", "-"]), leaf).map("".join)
    group = st.lists(part, min_size=1, max_size=3).map(lambda parts: f"({' '.join(parts)})")
    either = st.tuples(part | group, part | group).map(" OR ".join)
    return " ".join(draw(st.lists(part | group | either, max_size=4)))


@settings(max_examples=200, deadline=None)
@given(
    st.lists(SHEETS, max_size=9),
    queries(),
    st.sampled_from(["whole", "steps", "reading"]),
    st.sampled_from(["rank", "newest", "oldest"]),
    st.sampled_from([0, 2, tables.FEW]),
)
def test_the_index_finds_what_reading_finds(
    sheets: list[Sheet], text: str, manner: str, sort: Sort, few: int
) -> None:
    query = parse(text, today=TODAY)
    assert query.part is not None
    cards = Cards()
    for sheet in sheets:
        day = sheet.date.isoformat()
        cards.put(
            *sheet.pages,
            source=sheet.source,
            subject=sheet.subject,
            sender=sheet.sender,
            date=day,
        )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "FEW", few)
        if manner != "whole":
            patch.setattr(rows, "OPENING", 2)
            patch.setattr(rows, "WHOLE", 3)
            patch.setattr(matching, "STEP", 1)
            patch.setattr(expressions, "LIGHT", 0)
            patch.setattr(gathering, "FIRST", 1)
            patch.setattr(gathering, "LEAST", 1)
        if manner == "reading":
            patch.setattr(index, "PROBE", 0)
            patch.setattr(index, "PROBE_A_SIGN", 0)
        selected = [entry.id for entry in search.select(cards.connection, query)]
        hits = search.search(cards.connection, query, limit=99, sort=sort)
    cards.connection.close()
    assert selected == [n for n, sheet in enumerate(sheets, 1) if answers(query.part, sheet)]
    assert sorted(hit.entry.id for hit in hits.hits) == selected
    assert hits.total == len(selected)
    assert hits.exact


def test_a_letter_of_many_pages_is_found_by_words_far_apart() -> None:
    cards = Cards()
    cards.put("awal", *["tengah"] * 4_200, "akhir dunia")
    cards.put("awal")
    hits = search.search(cards.connection, parse("akhir awal", today=TODAY)).hits
    cards.connection.close()
    assert [hit.entry.id for hit in hits] == [1]
