"""The index of words, asked for the parts of a query: the words of pages, the fields of letters."""

from __future__ import annotations

import itertools
import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from arsip.archive import keys, vocabulary
from arsip.archive.find import traits
from arsip.archive.find.expressions import Expressions, quoted
from arsip.archive.find.parts import (
    Coded,
    Dated,
    Forms,
    Named,
    Numbered,
    Part,
    Says,
    Text,
    choices,
)
from arsip.archive.find.rows import FORM, Rows
from arsip.archive.find.spelled import spelled
from arsip.archive.find.stretches import Stretch
from arsip.archive.find.tally import Tally
from arsip.archive.find.wording import NOT_KIN
from arsip.archive.places import PAGE_BITS, PAGE_MASK

SCORED: Final = 300
"""Rows of a word up to which bm25 weighs them: it counts all rows of the word first."""
PROBE: Final = 40
PROBE_A_SIGN: Final = 8
"""Rows that can be listed while one letter's pages are read (20 microseconds), and looked through
for each of the signs that forms have in common."""
SEEK: Final = 20
"""Rows that can be listed while a word is looked up in one letter (10 microseconds)."""
KEPT: Final = 2_000
"""Letters whose pages are kept once they were read."""
ON_PAGE: Final = 1_000
"""Letters whose pages are looked up one by one."""
CARD: Final = 5
"""Rows that can be listed while one card is read (4 microseconds)."""
BEGUN: Final = 2_000
"""Letters whose number begins with something that are listed at once: the index merges all of them
before it tells the first one."""


class Index:
    """Asks the index; the tally, when there is one, hears what speaks for the letters."""

    def __init__(
        self, connection: sqlite3.Connection, tally: Tally | None = None, *, thorough: bool = True
    ) -> None:
        self.tally = tally
        self._match = Expressions(connection, thorough=thorough)
        self._connection = connection
        self._words = Rows(connection)
        self._cards = Rows(connection, "card_words", bits=0)
        self._spent = 0
        self._counted: dict[Part, int | None] = {}
        self._heard: set[Text] = set()
        self._kept: dict[int, list[tuple[int, str]]] = {}

    @property
    def whole(self) -> bool:
        """Whether all words were looked for; False when a beginning stood for too many."""
        return self._match.whole

    @property
    def spent(self) -> int:
        """Rows that were looked at, about."""
        return self._spent + self._words.spent + self._cards.spent

    def rows(self, part: Part, within: Stretch, most: int, *, oldest: bool = False) -> list[int]:
        """Page rows with a word in one of its forms, the newest first unless the oldest."""
        return self._words.rows(self._match.of(part), within, most, oldest=oldest)

    def knows(self, part: Part) -> bool:
        """Whether all page rows with a word were listed."""
        return self._words.knows(self._match.of(part))

    def rows_of(self, part: Part, letters: set[int]) -> list[int]:
        """The page rows of letters, of a word of which all rows are known."""
        return self._words.rows_of(self._match.of(part), letters)

    def nth(self, part: Part, within: Stretch, nth: int, *, oldest: bool) -> int | None:
        """The place of the letter with the n-th page row with a word; None: there are fewer."""
        return self._words.nth(self._match.of(part), within, nth, oldest=oldest)

    def weigh(self, letters: set[int]) -> None:
        """Tell the tally what bm25 says of pages with rare words: better is higher."""
        if self.tally is None:
            return
        for part in self._heard:
            match = self._match.of(part)
            if self._words.knows(match) and self._words.count(match) <= SCORED:
                rows = self._connection.execute(
                    "SELECT rowid, -bm25(page_words) FROM page_words WHERE page_words MATCH ?"
                    " AND +rowid IN (SELECT value FROM json_each(?))",
                    (match, json.dumps(self._words.rows_of(match, letters))),
                )
                self.tally.weigh(part.text, rows)

    def cards(self, part: Part, within: Stretch, most: int, *, oldest: bool = False) -> list[int]:
        """Places of letters whose fields answer, the newest first unless the oldest."""
        begun = isinstance(part, Numbered) and not part.whole
        least = BEGUN if begun else 0
        return self._cards.rows(self._match.of(part), within, most, oldest=oldest, least=least)

    def cards_among(self, part: Says | Coded | Numbered, letters: set[int]) -> set[int]:
        """Those of the letters whose fields answer, by reading their cards."""
        column, wanted, prefix = traits.sought(part)
        ends = "" if prefix else " "
        said = [f" {one}{ends}" for one in wanted]
        rows = self._connection.execute(
            f"SELECT place, {column} FROM json_each(?) CROSS JOIN card ON place = json_each.value",  # noqa: S608 - our own names
            (json.dumps(list(letters)),),
        )
        self._spent += CARD * len(letters)
        folded = column == "number"  # as it is compared (archive/cards.py)
        return {
            place
            for place, text in rows
            for held in (f" {text if folded else keys.words(text)} ",)
            if any(one in held for one in said)
        }

    def on_page(
        self,
        number: int,
        words: Sequence[Sequence[Text | Forms]],
        within: Stretch,
        among: set[int] | None,
    ) -> list[int]:
        """Page rows of that number with one of the words of each choice, of letters in question.

        Of all in the stretch when none are given.
        """
        if among is None:
            rows = self._numbered_pages(number, words, within)
        elif self._listed_for_less(words, within, among):
            rows = self._numbered_pages(number, words, Stretch(min(among), max(among)))
        else:
            rows = self._numbered_among(number, words, among)
        if self.tally is not None:
            self.tally.page(rows)
        return rows

    def _listed_for_less(
        self, words: Sequence[Sequence[Text | Forms]], within: Stretch, letters: set[int]
    ) -> bool:
        """Whether all pages with one of the words cost less than reading these letters does."""
        if not words:
            return len(letters) > ON_PAGE
        span = Stretch(min(letters), max(letters))
        return sum(self.effort(one, within, span) for one in words[0]) < PROBE * len(letters)

    def _numbered_pages(
        self, number: int, words: Sequence[Sequence[Text | Forms]], within: Stretch
    ) -> list[int]:
        asked = " AND ".join(f"({' OR '.join(map(self._match.of, some))})" for some in words)
        question = (
            "SELECT page.id FROM page_words CROSS JOIN page ON page.id = page_words.rowid"
            " AND page.number = ? WHERE page_words MATCH ? AND page_words.rowid BETWEEN ? AND ?"
            if asked
            else "SELECT id FROM page WHERE number = ? AND id BETWEEN ? AND ?"
        )
        first, last = within.first << PAGE_BITS, within.last << PAGE_BITS | PAGE_MASK
        values = (number, *([asked] if asked else []), first, last)
        return [row for (row,) in self._connection.execute(question, values)]

    def _numbered_among(
        self, number: int, words: Sequence[Sequence[Text | Forms]], letters: set[int]
    ) -> list[int]:
        found = self._connection.execute(
            "SELECT page.id FROM json_each(?1) CROSS JOIN page ON page.number = ?2"
            " AND page.id BETWEEN json_each.value << ?3 AND json_each.value << ?3 | ?4",
            (json.dumps(list(letters)), number, PAGE_BITS, PAGE_MASK),
        )
        rows = {row for (row,) in found}
        if not words:
            return list(rows)
        sought = [spelled(*some) for some in words]
        return [
            row
            for row, page in self._pages_of({row >> PAGE_BITS for row in rows})
            if row in rows and all(one.first_on(page) is not None for one in sought)
        ]

    def on_front(
        self,
        words: Iterable[Part],
        fields: Iterable[Part],
        within: Stretch,
        most: int,
        among: set[int] | None = None,
    ) -> set[int]:
        """Places of the newest letters with all words on the front of their card.

        Of those in question, when they are given, and with what the fields must say.
        """
        front = " AND ".join(f"({self._match.of_words(one)})" for one in words)
        says = "".join(f" AND ({self._match.of(one)})" for one in fields)
        asked = "" if among is None else " AND +rowid IN (SELECT value FROM json_each(?))"
        listed = () if among is None else (json.dumps(list(among)),)
        rows = self._connection.execute(
            "SELECT rowid FROM card_words WHERE card_words MATCH ? AND rowid BETWEEN ? AND ?"  # noqa: S608 - our own words
            f"{asked} ORDER BY rowid LIMIT ?",
            (f"{{subject sender}} : ({front}){says}", *within, *listed, most),
        )
        return {place for (place,) in rows}

    def front_words(self, letters: Iterable[int]) -> dict[int, set[str]]:
        """Letter -> the words on the front of its card."""
        rows = self._connection.execute(
            "SELECT place, subject || ' ' || sender"
            " FROM json_each(?) CROSS JOIN card ON place = json_each.value",
            (json.dumps(list(letters)),),
        )
        return {place: set(keys.words(text).split()) for place, text in rows}

    def verified(self, part: Part, letters: set[int]) -> set[int]:
        """Those whose field says it, where the field shares its column with others."""
        if not (isinstance(part, Says) and traits.shares_column(part) and letters):
            return letters
        words = keys.words(part.text)
        pattern = f" {words}" if part.prefix else f" {words} "
        rows = self._connection.execute(
            "SELECT place FROM json_each(?) CROSS JOIN entry ON place = json_each.value"
            " CROSS JOIN finding ON finding.entry = entry.id AND field = ? AND rank = 0"
            " WHERE instr(' ' || finding.key || ' ', ?)",
            (json.dumps(list(letters)), part.field.name, pattern),
        )
        return {place for (place,) in rows}

    def reading(self, letters: AbstractSet[int], forms: Sequence[Text | Forms]) -> int:
        """How many rows can be listed, about, while the pages of letters are read."""
        unread = len(letters - self._kept.keys())
        return PROBE * unread + PROBE_A_SIGN * len(spelled(*forms).signs) * len(letters)

    def reads(self, letters: Iterable[int], forms: Sequence[Text | Forms]) -> set[int]:
        """Those of the letters on a page of which one of the forms stands, by reading their pages.

        The tally is told of each such page, with the first form that stands there.
        """
        sought = spelled(*forms)
        standing: list[list[int]] = [[] for _form in forms]
        for row, page in self._pages_of(letters):
            rank = sought.first_on(page)
            if rank is not None:
                standing[rank].append(row)
        for form, found in zip(forms, standing, strict=True):
            self.tell(form, found)
        return {row >> PAGE_BITS for found in standing for row in found}

    def words(self, letters: Iterable[int]) -> set[str]:
        """All words of letters, on pages and cards."""
        return set().union(*(page.split() for _row, page in self._pages_of(letters)))

    def seeks(self, letters: Iterable[int], form: Part) -> set[int]:
        """Those of the letters that have the form, each looked up by itself.

        That costs a third of what it costs to read the letter's pages.
        """
        asked = sorted(letters)
        self._spent += SEEK * len(asked)
        rows = self._connection.execute(
            "SELECT page_words.rowid FROM json_each(?1) CROSS JOIN page_words"
            " WHERE page_words MATCH ?2 AND page_words.rowid"
            " BETWEEN json_each.value << ?3 AND json_each.value << ?3 | ?4",
            (json.dumps(asked), self._match.of(form), PAGE_BITS, PAGE_MASK),
        ).fetchall()
        self.tell(form, [row for (row,) in rows])
        return {row >> PAGE_BITS for (row,) in rows}

    def _pages_of(self, letters: Iterable[int]) -> Iterator[tuple[int, str]]:
        """The pages of letters by their rows; those that were read before are kept, up to KEPT."""
        unread = []
        for letter in letters:
            if letter in self._kept:
                yield from self._kept[letter]
            else:
                unread.append(letter)
        self._spent += PROBE * len(unread)
        rows = self._connection.execute(
            "SELECT page.id, text FROM json_each(?1) CROSS JOIN page"
            " ON page.id BETWEEN json_each.value << ?2 AND json_each.value << ?2 | ?3",
            (json.dumps(sorted(unread)), PAGE_BITS, PAGE_MASK),
        )
        kept = len(self._kept) + len(unread) <= KEPT
        if kept:
            self._kept.update((letter, []) for letter in unread)
        for row, text in rows:
            page = keys.parted(text)
            if kept:
                self._kept[row >> PAGE_BITS].append((row, page))
            yield row, page

    def heard(self, part: Part, rows: Sequence[int]) -> set[int]:
        """The letters of page rows, after the tally was told."""
        if self.tally is not None:
            self.tell(part, rows)
            if isinstance(part, Text) and traits.is_one_word(part):
                self._heard.add(part)
        return {row >> PAGE_BITS for row in rows}

    def tell(self, part: Part, rows: Iterable[int]) -> None:
        """Tell the tally what speaks for letters: page rows of words, places of fields."""
        if self.tally is None:
            return
        match part:
            case Text(text):
                rows = list(rows)
                apart = self._apart(part, rows)
                self.tally.words(text, "aside", apart)
                self.tally.words(text, "exact", (row for row in rows if row not in apart))
            case Forms(word, way, far=far):
                self.tally.words(word, "far" if far else way, rows)
            case Says(_field, text):
                self.tally.fields(f"{text}:", rows)
            case Dated() | Coded() | Named():
                self.tally.meant(rows)
            case Numbered(key):
                begun = set(rows)
                whole = begun if part.whole else self.cards_among(Numbered(key, whole=True), begun)
                self.tally.numbers(whole, exact=True)
                self.tally.numbers(begun - whole, exact=False)
            case _:
                pass

    def _apart(self, word: Text, rows: Sequence[int]) -> set[int]:
        """The page rows on which a word means something else and does not stand alone, too."""
        if not (word.loose and word.text in NOT_KIN and 0 < len(rows) <= KEPT):
            return set()
        span = Stretch(min(rows) >> PAGE_BITS, max(rows) >> PAGE_BITS)
        first = NOT_KIN[word.text].partition(" ")[0]
        # A phrase costs twenty times what its first word does, which is said nowhere else.
        sign = quoted(NOT_KIN[word.text] if first == word.text else first)
        found = set(self._words.rows(sign, span, 2 * len(rows))).intersection(rows)
        other = re.compile(NOT_KIN[word.text].replace(" ", " +"))
        read = {row >> PAGE_BITS for row in found} if len(found) <= SCORED else set()
        return found - {
            row for row, page in self._pages_of(read) if f" {word.text} " in other.sub("", page)
        }

    def page_count(self, part: Part) -> int | None:
        """On how many pages a word stands, in any of its forms, about; None: it is no word."""
        if part not in self._counted:
            some = choices(part)
            words = list(map(traits.words_of, some))
            self._counted[part] = None
            if all(words):
                known = vocabulary.pages(self._connection, itertools.chain(*words))
                each = [sum(known.get(word, 0) for word in forms) for forms in words]
                for form, pages in zip(some, each, strict=True):
                    self._counted[form] = pages
                    self._words.expect(self._match.of(form), pages)
                self._counted[part] = sum(each)
        return self._counted[part]

    def effort(self, part: Text | Forms, within: Stretch, span: Stretch) -> int:
        """How many rows, about, can be listed while those of a word in a span are."""
        self.page_count(part)
        forms = len(part.forms) if isinstance(part, Forms) else 1
        return FORM * forms + self._words.expected(self._match.of(part), within, span)
