"""Rows that answer to what an index of words is asked, the newest first."""

from __future__ import annotations

import bisect
import functools
import json
import math
import sqlite3
from collections.abc import Sequence
from typing import Final

from arsip.archive import places
from arsip.archive.find import stretches
from arsip.archive.find.stretches import ALL, Stretch
from arsip.archive.places import PAGE_BITS, PAGE_MASK

OPENING: Final = 300
"""Rows that are asked for to know how rare they are: 0.1 milliseconds of one word."""
FORM: Final = 20
"""Rows that can be listed while the index looks for where those of one word begin."""
WHOLE: Final = 1_500
"""Rows, about, up to which all are listed when more of them are asked for: 0.4 milliseconds."""


class Rows:
    """Lists the rows of FTS5 expressions: none of the newest ones twice, all once they are few.

    Args:
        connection: to the catalog.
        table: of FTS5; a row of it is a page's, or a letter's.
        bits: of a row, below those of the letter's place.

    Attributes:
        spent: rows that were looked at, about.
    """

    def __init__(
        self, connection: sqlite3.Connection, table: str = "page_words", bits: int = PAGE_BITS
    ) -> None:
        self._connection = connection
        self._table = table
        self._bits = bits
        self.spent = 0
        self._end = self._span(ALL)[1]
        self._newest: dict[str, _Newest] = {}
        self._some: dict[tuple[str, Stretch, int, bool], list[int]] = {}
        self._density: dict[str, float] = {}

    def rows(
        self,
        match: str,
        within: Stretch,
        most: int,
        *,
        oldest: bool = False,
        least: int = OPENING,
    ) -> list[int]:
        """Those that answer to an expression, rising: the newest first, unless the oldest.

        At most so many of them; all for -1. Where none is known, at least so many are listed.
        """
        if not match:
            return []
        first, last = self._span(within)
        rare = self._is_rare(match)
        if match not in self._newest:
            self._newest[match] = _Newest()
        newest = self._newest[match]
        found = newest.inside(first, last)
        enough = newest.until >= last or 0 <= most <= len(found)
        if rare and not (enough or oldest):
            # Rare as the newest ones tell: a year stands in most letters of that year.
            self._lengthen(match, self._end, WHOLE)
            found = newest.inside(first, last)
        known, reached = newest.until >= last, newest.until >= first - 1
        if not known and (oldest or not reached):
            asked = match, within, most, oldest
            if asked not in self._some:
                self._some[asked] = self._listed(match, first, last, most, oldest=oldest)
            return self._some[asked]
        if not known and not 0 <= most <= len(found):
            self._lengthen(match, last, -1 if most < 0 else max(most - len(found), least))
            found = newest.inside(first, last)
        if oldest:
            found = found[::-1]
        return found[:most] if most >= 0 else found

    def _is_rare(self, match: str) -> bool:
        """Whether all rows are listed at once: where more of them are asked for, up to WHOLE."""
        total = self._density.get(match, math.inf) * self._places
        return total <= (WHOLE if match in self._newest else 2 * OPENING)

    def _lengthen(self, match: str, until: int, limit: int) -> None:
        """List so many more of the newest rows, up to one; all up to there for -1."""
        newest = self._newest[match]
        older = self._listed(match, newest.until + 1, until, limit)
        newest.rows += older
        newest.until = older[-1] if len(older) == limit else until

    def _listed(
        self, match: str, first: int, last: int, most: int, *, oldest: bool = False
    ) -> list[int]:
        order = "DESC" if oldest else "ASC"
        # One long text is handed over in two thirds of the time that so many rows take.
        told = self._connection.execute(
            f"SELECT json_group_array(rowid) FROM (SELECT rowid FROM {self._table}"  # noqa: S608 - our own words
            f" WHERE {self._table} MATCH ? AND rowid BETWEEN ? AND ?"
            f" ORDER BY rowid {order} LIMIT ?)",
            (match, first, last, most),
        ).fetchone()[0]
        found = sorted(json.loads(told), reverse=oldest)
        self.spent += len(found) + FORM * (match.count(" OR ") + 1)
        if 0 < most == len(found):
            self._density[match] = self._density_of(found)
        return found

    def _span(self, within: Stretch) -> tuple[int, int]:
        """The first row of a stretch of letters, and the last."""
        return within.first << self._bits, (within.last + 1 << self._bits) - 1

    def _density_of(self, rows: Sequence[int]) -> float:
        """How many there are for each place of a letter."""
        return len(rows) / (abs((rows[0] >> self._bits) - (rows[-1] >> self._bits)) + 1)

    def knows(self, match: str) -> bool:
        """Whether all rows that answer to an expression were listed."""
        return match in self._newest and self._newest[match].until == self._end

    def count(self, match: str) -> int:
        """How many of the newest rows were listed."""
        return len(self._newest[match].rows)

    def rows_of(self, match: str, letters: set[int]) -> list[int]:
        """The rows of letters, of an expression of which all rows are known."""
        newest = self._newest[match]
        found = []
        for letter in letters & newest.letters:
            found += newest.inside(letter << PAGE_BITS, letter << PAGE_BITS | PAGE_MASK)
        return found

    def expected(self, match: str, within: Stretch, span: Stretch) -> int:
        """How many there are in a span, about, as the newest ones in the stretch around it tell."""
        if match not in self._density:
            found = self.rows(match, within, OPENING)
            if len(found) < OPENING:
                return len(found)
            self._density[match] = self._density_of(found)
        newest = self._newest.get(match)
        first, last = self._span(span)
        if newest is not None and newest.until >= last:
            return len(newest.inside(first, last))
        return int(self._density[match] * stretches.size(span))

    def expect(self, match: str, rows: int) -> None:
        """Be told about how many rows answer to an expression of which none was listed yet."""
        self._density.setdefault(match, rows / max(self._places, 1))

    def nth(self, match: str, within: Stretch, nth: int, *, oldest: bool) -> int | None:
        """The place of the letter with the n-th row that answers; None: there are fewer."""
        order = "DESC" if oldest else "ASC"
        row = self._connection.execute(
            f"SELECT rowid FROM {self._table} WHERE {self._table} MATCH ? AND rowid BETWEEN ? AND ?"  # noqa: S608 - our own words
            f" ORDER BY rowid {order} LIMIT 1 OFFSET ?",
            (match, *self._span(within), nth),
        ).fetchone()
        self.spent += nth
        return None if row is None else row[0] >> self._bits

    @functools.cached_property
    def _places(self) -> int:
        """From the newest letter with a date to the oldest one."""
        first, last = self._connection.execute(
            "SELECT (SELECT min(place) FROM entry), (SELECT max(place) FROM entry WHERE place < ?)",
            (places.UNDATED,),
        ).fetchone()
        return 0 if last is None else last - first + 1


class _Newest:
    """The newest rows that answer.

    Attributes:
        rows: rising.
        until: row up to which these are all.
    """

    def __init__(self) -> None:
        self.rows: list[int] = []
        self.until = -1

    def inside(self, first: int, last: int) -> list[int]:
        """Those of a stretch of rows."""
        start = bisect.bisect_left(self.rows, first)
        return self.rows[start : bisect.bisect_right(self.rows, last, start)]

    @functools.cached_property
    def letters(self) -> set[int]:
        """The letters of all rows, once these are known."""
        return {row >> PAGE_BITS for row in self.rows}
