"""What to type instead where a query finds nothing: the nearest query that finds something."""

from __future__ import annotations

import datetime as dt
import itertools
import re
import sqlite3
from collections.abc import Iterator
from typing import Final, NamedTuple

from arsip.archive import keys, vocabulary
from arsip.archive.find import search, traits
from arsip.archive.find.nearest_day import nearest_day
from arsip.archive.find.parts import (
    Being,
    Coded,
    Dated,
    Every,
    Named,
    Not,
    Numbered,
    OneOf,
    Part,
    Says,
    Text,
)
from arsip.archive.find.query import Piece, Query, parse
from arsip.archive.find.slips import otherwise, slips
from arsip.archive.find.wording import EXCEPT, FILLERS, LACKED, LETTER, STATES, date_keyword
from arsip.fields import BY_KEYWORD, MONTHS, SECRET, SENSITIVITY
from arsip.words import N_

SHORTEST: Final = 4
"""Letters of a word that is taken for mistyped: a shorter one is near to too many."""
LONGEST: Final = 24
RARE: Final = 300
"""Pages of a word up to which they are counted. A query with a word on fewer costs little in all
letters; one of common words alone is tried in the newest letters."""
HALF: Final = 3
"""Letters of each of two words that were typed as one, at least."""
TRIED: Final = 3
"""Near words that are put into the query, the most used first."""
_YEAR: Final = re.compile(r"\d{4}|\b(?:lalu|kemarin|ini|depan|last|this|next)\b")
"""What says of a month in which year it is."""
MOST_PIECES: Final = 8
"""Parts of a query that are left out one by one."""


class Nearest(NamedTuple):
    """A query that finds something.

    Attributes:
        slug: of REMARKS: what was changed.
        changed: the part that was left out or written otherwise, as typed.
        query: to type; for ``secret`` the same as before.
    """

    slug: str
    changed: str
    query: str


REMARKS: Final = {
    "meant": N_("“{changed}” may be meant so:"),
    "excluded": N_("To leave out letters with “{changed}”, put a dash before it:"),
    "secret": N_("Secret letters are found only when they are asked for:"),
    "case": N_("Words with a capital are looked for as typed. In small letters:"),
    "number": N_("No number has “{changed}” as a whole part. These begin so:"),
    "file": N_("No scan is called “{changed}”. These begin so:"),
    "written": N_("No number is “{changed}”. Written otherwise:"),
    "spelling": N_("No letter has “{changed}”. Did you mean this?"),
    "field": N_("No letter has “{changed}” in that field. Anywhere in a letter:"),
    "date": N_("No letter of “{changed}” answers. The nearest in time:"),
    "dropped": N_("Without “{changed}” there are letters:"),
    "some": N_("No letter answers to all of it, but to a part:"),
}
"""Slug -> the sentence for a person."""


def nearest(
    connection: sqlite3.Connection, query: Query, *, today: dt.date, secret: bool = False
) -> Nearest | None:
    """The nearest query that finds something, for one that finds nothing; None: none is near.

    First secret letters, a dash for a word that excludes, small letters, and numbers that go on or
    are written otherwise; then words joined, another spelling, words outside of their field,
    another date, one part less, some of the parts.
    """
    look = _Look(connection, query, today, secret=secret)
    ways = (
        look.kept_secret, look.excluded, look.lower, look.begun, look.named, look.written,
        look.joined, look.spelled, look.without_field, look.dated, look.dropped, look.some,
    )  # fmt: skip
    return next((found for way in ways if (found := way()) is not None), None)


class _Look:
    """One look for a nearest query."""

    def __init__(
        self, connection: sqlite3.Connection, query: Query, today: dt.date, *, secret: bool
    ) -> None:
        self.connection = connection
        self.query = query
        self.today = today
        self.secret = secret

    def _finds(self, text: str) -> bool:
        """Whether a changed query finds a letter."""
        asked = self._parsed(text)
        if all(isinstance(piece.part, Not) for piece in asked.pieces):
            return False
        rare = any(self._rare(piece.part) for piece in asked.pieces)
        return search.anything(self.connection, asked, secret=self.secret, newest=not rare)

    def _rare(self, part: Part) -> bool:
        if isinstance(part, OneOf):
            return all(map(self._rare, part.parts))
        if isinstance(part, Text):
            return any(self._pages(word) < RARE for word in keys.words(part.text).split())
        return isinstance(part, Numbered) or traits.asks_for_file(part)

    def _parsed(self, text: str) -> Query:
        return parse(text, today=self.today, ways=self.query.ways)

    def kept_secret(self) -> Nearest | None:
        """The same with the secret letters, when the query itself asks for such."""
        if self.secret or not any(_asks_for_secret(piece.part) for piece in self.query.pieces):
            return None
        if search.anything(self.connection, self.query, secret=True):
            return Nearest("secret", "", self.query.text)
        return None

    def excluded(self) -> Nearest | None:
        """With a dash for a word that may mean one, before a word or what a letter may lack."""
        for at, word in enumerate(self.query.pieces):
            if word.text.lower() not in EXCEPT:
                continue
            for behind in (self.query.pieces[at + 1 : at + 3], self.query.pieces[at + 1 : at + 2]):
                said = " ".join(piece.text for piece in behind)
                lacked = LACKED.get(said.lower())
                one = len(behind) == 1 and isinstance(behind[0].part, Text)
                if lacked or one:
                    other = f"-ada:{lacked}" if lacked else f"-{said}"
                    text = self.query.replaced((word, *behind[1:]), behind[0], other)
                    if self._finds(text):
                        return Nearest("excluded", said, text)
        return None

    def lower(self) -> Nearest | None:
        """With all words in small letters, so that other forms of them answer too."""
        large = [one for one in self.query.pieces if isinstance(one.part, Text) and _capital(one)]
        text = " ".join(
            piece.text.lower() if piece in large else piece.text for piece in self.query.pieces
        )
        return Nearest("case", "", text) if large and self._finds(text) else None

    def begun(self) -> Nearest | None:
        """With numbers that begin with the one that was typed as a word."""
        for piece in self.query.pieces[:MOST_PIECES]:
            if _may_be_number(piece.part):
                text = self.query.replaced((), piece, f"nomor:{piece.text}")
                if self._finds(text):
                    return Nearest("number", piece.text, text)
        return None

    def named(self) -> Nearest | None:
        """With the scans whose names begin so."""
        for piece in self.query.pieces[:MOST_PIECES]:
            if isinstance(piece.part, Named):
                text = self.query.replaced((), piece, f"{piece.text}*")
                if self._finds(text):
                    return Nearest("file", piece.part.name, text)
        return None

    def written(self) -> Nearest | None:
        """With the zeros before a number, or the signs in it, that were left out."""
        for piece in self.query.pieces[:MOST_PIECES]:
            for other in otherwise(piece.text) if _may_be_number(piece.part) else ():
                text = self.query.replaced((), piece, other)
                if self._finds(text):
                    return Nearest("written", piece.text, text)
        return None

    def spelled(self) -> Nearest | None:
        """With a word of the archive instead of one that it does not have."""
        for piece in filter(_tells, self.query.pieces[:MOST_PIECES]):
            for word in _words(piece.part):
                found = None if self._shows(word) else self._respelled(piece, word)
                if found is not None:
                    return found
        return None

    def _respelled(self, piece: Piece, word: str) -> Nearest | None:
        """With other words for one of a piece; further words that no letter has are left out."""
        lost = tuple(one for one in self.query.pieces if self._unknown(one.part))
        halves = self._halves(word) if isinstance(piece.part, Text) else ()
        for other in itertools.chain(self._used(word), halves):
            text = self.query.replaced(lost, piece, _replaced(piece.text, word, other))
            if self._finds(text):
                return Nearest("spelling", word, text)
        return None

    def _used(self, word: str) -> list[str]:
        """Words near to one that stand in the archive, the most used first."""
        known = vocabulary.pages(self.connection, slips(word))
        return sorted(known, key=lambda other: (-self._pages(other), other))[:TRIED]

    def _halves(self, word: str) -> Iterator[str]:
        """Two words that stand side by side in a letter and were typed as one."""
        cuts = [(word[:at], word[at:]) for at in range(HALF, len(word) - HALF + 1)]
        known = vocabulary.pages(self.connection, itertools.chain.from_iterable(cuts))
        both = (" ".join(cut) for cut in cuts if known.keys() >= set(cut))
        return (words for words in both if self._finds(f'"{words}"'))

    def joined(self) -> Nearest | None:
        """With one word of the archive instead of two side by side."""
        for first, second in itertools.pairwise(self.query.pieces):
            both = f"{first.text}{second.text}".lower()
            words = isinstance(first.part, Text) and isinstance(second.part, Text)
            if words and vocabulary.pages(self.connection, [both]):
                text = self.query.replaced((first,), second, both)
                if self._finds(text):
                    return Nearest("spelling", f"{first.text} {second.text}", text)
        return None

    def _shows(self, word: str) -> bool:
        """Whether a letter that shows has the word, or another form of it."""
        asked = self._parsed(word)
        return search.anything(self.connection, asked, secret=self.secret)

    def _pages(self, word: str) -> int:
        """How many pages hold the word, counted up to RARE."""
        return int(
            self.connection.execute(
                "SELECT count(*) FROM (SELECT 1 FROM page_words WHERE page_words MATCH ? LIMIT ?)",
                (f'"{word}"', RARE),
            ).fetchone()[0]
        )

    def dated(self) -> Nearest | None:
        """With the month nearest to the one that was asked for."""
        vague = tuple(piece for piece in self.query.pieces if not _tells(piece))
        for piece in self.query.pieces:
            dated = piece.part.parts[-1] if isinstance(piece.part, OneOf) else piece.part
            if not isinstance(dated, Dated):
                continue
            rest = self._parsed(self.query.without(piece, *vague))
            day = nearest_day(
                self.connection,
                rest,
                dated,
                secret=self.secret,
                everywhere=any(self._rare(one.part) for one in rest.pieces),
                yearless=not _YEAR.search(piece.text),
            )
            if day is not None:
                typed = piece.text.lstrip("-").partition(":")[0].lower()
                keyword = typed if typed in BY_KEYWORD else date_keyword(typed)
                text = self.query.replaced(vague, piece, f"{keyword}:{day:%Y-%m}")
                return Nearest("date", piece.text, text)
        return None

    def dropped(self) -> Nearest | None:
        """Without the words that no letter has, else without one part.

        Filters go first, then the word that most pages hold: it tells the least.
        """
        pieces = self.query.pieces[:MOST_PIECES]
        rarest_last = sorted(pieces, key=self._rareness)
        unknown = tuple(piece for piece in filter(_tells, pieces) if self._unknown(piece.part))
        for out in filter(None, (unknown, *((piece,) for piece in rarest_last))):
            text = self.query.without(*out)
            tells = any(_tells(piece) for piece in self.query.pieces if piece not in out)
            if tells and self._finds(text):
                return Nearest("dropped", " ".join(piece.text for piece in out), text)
        return None

    def _unknown(self, part: Part) -> bool:
        return isinstance(part, Text) and not all(map(self._shows, keys.words(part.text).split()))

    def _commonness(self, piece: Piece) -> tuple[int, int]:
        """How many pages hold the rarest of its words; of equal ones the longest is first."""
        words = _words(piece.part)
        return min(map(self._pages, words), default=0), -len(piece.text)

    def _rareness(self, piece: Piece) -> tuple[bool, int, int]:
        """Whether it tells what is said, on how few pages, and how early it was typed."""
        words = set() if _may_be_number(piece.part) else {*_all_words(piece.part)} - MONTHS.keys()
        pages = min(map(self._pages, words), default=0)
        return bool(words), -pages, -self.query.pieces.index(piece)

    def without_field(self) -> Nearest | None:
        """With the words of a field anywhere in the letter."""
        for piece in self.query.pieces[:MOST_PIECES]:
            if isinstance(piece.part, Says):
                value = piece.text.partition(":")[2].strip()
                text = self.query.replaced((), piece, value)
                if self._finds(text):
                    return Nearest("field", piece.text, text)
        return None

    def some(self) -> Nearest | None:
        """With the rarest part that finds something, and each further one with which it does."""
        pieces = self.query.pieces[:MOST_PIECES]
        if len(pieces) < 3:  # noqa: PLR2004 - of two, one was left out before
            return None
        kept: list[Piece] = []
        for piece in sorted(filter(_tells, pieces), key=self._commonness):
            if not _words(piece.part):
                continue
            others = [one for one in self.query.pieces if one not in (*kept, piece)]
            if self._finds(self.query.without(*others)):
                kept.append(piece)
        others = [one for one in self.query.pieces if one not in kept]
        return Nearest("some", "", self.query.without(*others)) if kept else None


def _tells(piece: Piece) -> bool:
    """Whether a part asks for more than any letter."""
    return not (isinstance(piece.part, Text) and piece.part.text in FILLERS | LETTER)


def _all_words(part: Part) -> list[str]:
    """The words of a part, folded."""
    if isinstance(part, OneOf | Every):
        return [word for one in part.parts for word in _all_words(one)]
    return keys.words(part.text).split() if isinstance(part, Text | Says) else []


def _words(part: Part) -> list[str]:
    """Those that may be mistyped."""
    words = _all_words(part)
    return [word for word in words if SHORTEST <= len(word) <= LONGEST and word.isalpha()]


def _may_be_number(part: Part) -> bool:
    some = part.parts if isinstance(part, OneOf) else ()
    return any(isinstance(one, Numbered) for one in some)


def _replaced(typed: str, word: str, other: str) -> str:
    """What was typed with another word in the place of one, whatever its capitals."""
    at = typed.lower().find(word)
    return typed[:at] + other + typed[at + len(word) :] if at >= 0 else other


def _capital(piece: Piece) -> bool:
    return piece.text.isalpha() and not piece.text.islower()


def _asks_for_secret(part: Part) -> bool:
    if isinstance(part, Coded):
        return part.field is SENSITIVITY and not SECRET.isdisjoint(part.codes)
    if isinstance(part, Text):
        return STATES.get(part.text.lower()) == "secret"
    return isinstance(part, Being) and part.state == "secret"
