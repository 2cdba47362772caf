"""Which letters answer to a query: sets of letters from the index, window by window.

Page rows are numbered so that the letter is known without a join (keys.page_id). Every question
is asked of a window of accession numbers, and of the letters still in question where they are
few: so a common word costs no more than what is looked at.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Sequence
from typing import Final, NamedTuple

from arsip.archive import keys, schema
from arsip.archive.query import (
    Being,
    Coded,
    Dated,
    Every,
    Has,
    Not,
    Numbered,
    OneOf,
    OnPage,
    Part,
    Says,
    Text,
)
from arsip.model import PENDING, REMARKS

SHIFT: Final = keys.PAGES_A_LETTER.bit_length() - 1
PLACE: Final = keys.PAGES_A_LETTER - 1
"""Low bits of a page row: its place among the letter's rows."""

NEWEST: Final = 300
"""Newest pages of a word that are scored always: bm25 costs 1.3 microseconds a page."""
SCORED: Final = 1_000
"""Pages of a word up to which all are scored: a word on more of them tells little by its score."""
PROBE: Final = 200
"""Pages that can be listed while one letter is asked for by itself (50 microseconds)."""
RARER: Final = 4
"""How many times rarer a word must be for its pages to be asked for the other word first."""
AT_ONCE: Final = 900
"""Letters that are asked for by name in one question: SQLite takes 999 values at least."""
ON_PAGE: Final = 40.0
"""For a page that was asked for by its number, so that it is the one to be shown."""

_REASONS: Final = "EXISTS (SELECT 1 FROM json_each(doubts) WHERE json_extract(value, '$[1]')"
_NOT_READ: Final = f"{_REASONS} IN ('{PENDING}', 'unread'))"
_REMARKS: Final = ", ".join(f"'{reason}'" for reason in sorted(REMARKS))
_UNSURE: Final = f"EXISTS (SELECT 1 FROM finding WHERE finding.entry = id AND {schema.UNSURE})"  # noqa: S608 - a constant
_BEING: Final = {
    "doubtful": f"({_UNSURE} OR {_REASONS} NOT IN ({_REMARKS})))",
    "trashed": "state = 'trashed'",
    "secret": "secret = 1",
    "waiting": "waits <> '[]'",
    "unread": _NOT_READ,
    "read": f"NOT {_NOT_READ}",
}
"""Slug of how a letter is -> SQL for it."""


class Window(NamedTuple):
    """Accession numbers from first to last, both included."""

    first: int
    last: int


class Tally:
    """What speaks for the letters found.

    Attributes:
        pages: page row -> sum of bm25 (better is higher) of the words found on it.
        fronts: for each word, the letters with it on the front of their card.
        numbers: letters whose number was asked for: True by whole parts, False by a beginning.
    """

    def __init__(self) -> None:
        self.pages: dict[int, float] = {}
        self.fronts: list[set[int]] = []
        self.numbers: dict[int, bool] = {}

    def words(self, scored: Iterable[tuple[int, float]]) -> None:
        """Counts a word found on these pages."""
        pages = self.pages
        for row, score in scored:
            pages[row] = pages.get(row, 0.0) + score

    def number(self, letter: int, *, whole: bool) -> None:
        """Counts the letter's number as asked for."""
        self.numbers[letter] = whole or self.numbers.get(letter, False)


def expression(part: Text | Says) -> str:
    """The words as FTS5 takes them: always quoted, so that nothing in them is an operator."""
    quoted = '"' + part.text.replace('"', '""') + '"'
    return quoted + " *" if part.prefix else quoted


class Matching:
    """Asks the index; the tally, when there is one, hears what speaks for the letters."""

    def __init__(self, connection: sqlite3.Connection, tally: Tally | None = None) -> None:
        self.connection = connection
        self.tally = tally

    def letters(self, part: Part, window: Window, among: set[int] | None = None) -> set[int]:
        """The letters of the window, and of those in question when given, that answer."""
        match part:
            case Text():
                found = self._text(part, window, among)
            case Says():
                found = self._says(part, window, among)
            case Numbered():
                found = self._numbered(part, window)
            case OnPage():
                found = self._on_page(part, window)
            case Coded() | Dated() | Has() | Being():
                found = self._column(part, window, among)
            case OneOf(parts):
                found = set[int]().union(*(self.letters(one, window, among) for one in parts))
            case Not(inner):
                found = self._all(window) if among is None else among
                found = found - Matching(self.connection).letters(inner, window, found)
            case _:
                found = self._every(part.parts, window, among)
        return found if among is None else found & among

    def _all(self, window: Window) -> set[int]:
        return self._asked("SELECT id FROM entry WHERE id BETWEEN ? AND ?", *window)

    def _every(self, parts: Sequence[Part], window: Window, among: set[int] | None) -> set[int]:
        """Words first, the rare before the common, then columns, groups and exclusions."""
        words = [part for part in parts if isinstance(part, Text)]
        others = sorted((part for part in parts if not isinstance(part, Text)), key=_cost)
        openings = sorted(
            ((self._opening(part, window), part) for part in words),
            key=lambda pair: len(pair[0]),
        )
        for opening, word in openings:
            beside = "" if among is None else f"{expression(openings[0][1])} AND "
            letters = self._text(word, window, among, opening, beside)
            among = letters if among is None else letters & among
            if not among:
                return among
        for part in others:
            among = self.letters(part, window, among)
            if not among:
                return among
        return self._all(window) if among is None else among

    def _opening(self, part: Text, window: Window) -> list[tuple[int, float]]:
        """The newest pages with the words, at most NEWEST, each with its score.

        A beginning of words gets all its pages, and no bm25: to look up every word that begins so
        costs the most (20 ms for two letters), and each further question would do it again.
        """
        if part.prefix:
            rows = self._pages(expression(part), *_rows(window))
            return [(row, 1.0) for row in reversed(rows)]
        return self._scored(part, *_rows(window), limit=NEWEST)

    def _text(
        self,
        part: Text,
        window: Window,
        among: set[int] | None,
        opening: list[tuple[int, float]] | None = None,
        beside: str = "",
    ) -> set[int]:
        scored = self._opening(part, window) if opening is None else opening
        rows = [row for row, _ in scored]
        if len(rows) == NEWEST and not part.prefix:
            older = self._older(beside, expression(part), (window, among), rows)
            if self.tally is not None and 0 < len(older) <= SCORED - NEWEST:
                scored = scored + self._scored(part, min(older), max(older), limit=SCORED)
            rows += older
        if self.tally is not None:
            self.tally.words(scored)
            self.tally.fronts.append({row >> SHIFT for row in rows if row & PLACE == keys.FRONT})
        return {row >> SHIFT for row in rows}

    def _scored(self, part: Text, first: int, last: int, *, limit: int) -> list[tuple[int, float]]:
        """Pages with the words from the last row down, each with its score: higher is better."""
        score = "0.0" if self.tally is None else "-bm25(page_words)"
        return self.connection.execute(
            f"SELECT rowid, {score} FROM page_words WHERE page_words MATCH ?"  # noqa: S608 - one of two constants
            " AND rowid BETWEEN ? AND ? ORDER BY rowid DESC LIMIT ?",
            (expression(part), first, last, limit),
        ).fetchall()

    def _pages(self, words: str, first: int, last: int) -> list[int]:
        """Pages that answer to an FTS5 expression, first to last."""
        rows = self.connection.execute(
            "SELECT rowid FROM page_words WHERE page_words MATCH ? AND rowid BETWEEN ? AND ?",
            (words, first, last),
        )
        return [row for (row,) in rows]

    def _older(
        self, beside: str, words: str, where: tuple[Window, set[int] | None], newer: Sequence[int]
    ) -> list[int]:
        """The pages before the newer ones, by the way that costs the least.

        All of them are listed, unless few letters are in question: then first the pages with a
        rarer word beside it, then each letter that is still in question by itself.
        """
        window, among = where
        first, top = _rows(window)
        last = newer[-1] - 1
        expected = len(newer) * (last - first) / (top - last)
        if among is None or len(among) * RARER >= expected:
            return self._pages(words, first, last)
        rows = self._pages(beside + words, first, last) if beside else []
        rest = among - {row >> SHIFT for row in (*newer, *rows)}
        if len(rest) * PROBE >= expected:
            return self._pages(words, first, last)
        for letter in rest:
            start, end = _rows(Window(letter, letter))
            rows += self._pages(words, start, min(end, last))
        return rows

    def _says(self, part: Says, window: Window, among: set[int] | None) -> set[int]:
        """Letters with the words in that field: told by its key, many found by the card first."""
        words = keys.words(part.text)
        pattern = f" {words}" if part.prefix else f" {words} "
        if among is not None and len(among) <= AT_ONCE:
            found = self._asked(
                f"SELECT entry FROM finding WHERE {_named(among)} AND field = ? AND rank = 0"  # noqa: S608 - question marks only
                " AND instr(' ' || key || ' ', ?)",
                *among,
                part.field.name,
                pattern,
            )
        else:
            found = self._asked(
                "SELECT finding.entry FROM page_words CROSS JOIN finding"
                " ON finding.entry = page_words.rowid >> ? AND finding.field = ?"
                " AND finding.rank = 0 WHERE page_words MATCH ?"
                " AND page_words.rowid BETWEEN ? AND ? AND page_words.rowid & ? <= ?"
                " AND instr(' ' || finding.key || ' ', ?)",
                SHIFT,
                part.field.name,
                expression(part),
                *_rows(window),
                PLACE,
                keys.BACK,
                pattern,
            )
        if self.tally is not None:
            self.tally.fronts.append(found)
        return found

    def _numbered(self, part: Numbered, window: Window) -> set[int]:
        """Letters whose number has these parts side by side; the last one may go on."""
        end = part.key + ("/\U0010ffff" if part.whole else "\U0010ffff")
        found = set()
        for letter, tail in self.connection.execute(
            # The plus keeps SQLite from walking all letters of the window instead of the parts.
            "SELECT entry, part FROM number_part WHERE part BETWEEN ? AND ?"
            " AND +entry BETWEEN ? AND ?",
            (part.key, end, *window),
        ):
            found.add(letter)
            if self.tally is not None:
                whole = tail == part.key or tail.startswith(part.key + "/")
                self.tally.number(letter, whole=whole)
        return found

    def _on_page(self, part: OnPage, window: Window) -> set[int]:
        """Letters with that page, and all of its words there."""
        first, last = _rows(window)
        if not part.words:
            question = "SELECT id FROM page WHERE number = ? AND id BETWEEN ? AND ?"
            rows = [row for (row,) in self.connection.execute(question, (part.number, first, last))]
        else:
            words = " AND ".join(f"({' OR '.join(map(expression, some))})" for some in part.words)
            question = (
                "SELECT page.id FROM page_words CROSS JOIN page ON page.id = page_words.rowid"
                " AND page.number = ? WHERE page_words MATCH ? AND page_words.rowid BETWEEN ? AND ?"
            )
            asked = self.connection.execute(question, (part.number, words, first, last))
            rows = [row for (row,) in asked]
        if self.tally is not None:
            self.tally.words((row, ON_PAGE) for row in rows)
        return {row >> SHIFT for row in rows}

    def _column(
        self, part: Coded | Dated | Has | Being, window: Window, among: set[int] | None
    ) -> set[int]:
        """Letters by a field's key: of those in question when they are few, else all listed."""
        question, values = _question(part)
        if among is not None and len(among) <= AT_ONCE:
            return self._asked(f"{question} AND {_named(among)}", *values, *among)
        return self._asked(f"{question} AND entry BETWEEN ? AND ?", *values, *window)

    def _asked(self, question: str, *values: str | int) -> set[int]:
        return {letter for (letter,) in self.connection.execute(question, values)}


def _question(part: Coded | Dated | Has | Being) -> tuple[str, tuple[str, ...]]:
    """SQL for the letters by a field's key or by how they are, its values but the window's."""
    if isinstance(part, Being):
        return f"SELECT id AS entry FROM entry WHERE {_BEING[part.state]}", ()  # noqa: S608 - one of the constants
    if isinstance(part, Has):
        return "SELECT entry FROM finding WHERE field = ? AND rank = 0", (part.field.name,)
    if isinstance(part, Dated):
        wanted = "BETWEEN ? AND ?"
        keyed = tuple(day.isoformat() for day in part.period)
    else:
        wanted = f"IN ({', '.join('?' * len(part.codes))})"
        keyed = tuple(keys.words(code) for code in part.codes)
    question = f"SELECT entry FROM finding WHERE field = ? AND rank = 0 AND key {wanted}"  # noqa: S608 - question marks only
    return question, (part.field.name, *keyed)


_COSTS: Final = (Numbered, Says, OneOf, Coded, Dated, OnPage, Has, Being, Every, Not)


def _cost(part: Part) -> int:
    """Where a part stands in the order of asking: what finds little comes first."""
    return _COSTS.index(type(part))


def _rows(window: Window) -> tuple[int, int]:
    """The first and the last page row of the window's letters."""
    return window.first << SHIFT, (window.last << SHIFT) | PLACE


def _named(letters: Collection[int]) -> str:
    """SQL for "is one of these letters"."""
    return f"entry IN ({', '.join('?' * len(letters))})"
