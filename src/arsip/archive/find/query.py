"""What a clerk types, understood: any string is a query, and an odd one is just words.

Words must all be in the letter, on any of its pages or among its fields. ``OR`` joins the two
parts beside it, ``-`` excludes, parentheses group, quotes keep words together.
"""

import datetime as dt
import itertools
import re
import unicodedata
from collections.abc import Collection, Sequence
from typing import Any, Final, NamedTuple

from arsip.archive import keys
from arsip.archive.find import figures, keyed, spoken, wording
from arsip.archive.find.groups import Group, is_filler
from arsip.archive.find.parts import (
    Being,
    Dated,
    Every,
    Not,
    Numbered,
    OneOf,
    Part,
    Says,
    Text,
    choices,
)
from arsip.archive.find.periods import NO_DAY, in_iso
from arsip.archive.find.wording import TOKEN
from arsip.fields import BY_KEYWORD, DATE, DATE_OF_LETTER, EVENT, LETTER_NUMBER, SIGNATORY_ID, Field
from arsip.words import N_

LONGEST: Final = 2_000
"""Signs of a query that are read; a pasted letter is longer than any question."""
MOST: Final = 48
"""Parts of a query that are read."""
WAYS: Final = ("stem", "spelling", "abbreviation", "synonym", "misread")
"""How a word may be looked for beside what was typed, the nearest first."""


class Piece(NamedTuple):
    """One of the parts that must all be answered to, and how it was typed."""

    text: str
    part: Part


class Hint(NamedTuple):
    """A part that was not understood as it looks: slug of why, and the part as typed."""

    slug: str
    text: str


HINTS: Final = {
    "no_words": N_("“{text}” holds no letter or digit to look for."),
    "unknown_field": N_("“{text}” names no field; it was looked for as words."),
    "unknown_date": N_("“{text}” is no date; it was looked for as words."),
    "unknown_code": N_("“{text}” is no value of that field; it was looked for as words."),
    "small_or": N_("“{text}” is a word; in capitals it asks for the one or the other."),
    "newest": N_("“{text}” is a word; with --sort newest the newest letters come first."),
    "too_long": N_("The query is too long; what comes after “{text}” was left out."),
}
"""Slug of a hint -> the sentence for a person."""


class Query(NamedTuple):
    """A query understood.

    Attributes:
        text: as typed, cleaned of signs that no letter has.
        part: what a letter must answer to; None when nothing typed can be looked for.
        hints: what was not understood as it looks.
        pieces: the parts that make it, in the order typed.
        ways: of WAYS, those by which words are widened.
    """

    text: str
    part: Part | None
    hints: tuple[Hint, ...] = ()
    pieces: tuple[Piece, ...] = ()
    ways: frozenset[str] = frozenset(WAYS)

    @property
    def trashed(self) -> bool:
        """Whether letters in the trash are asked for."""
        return self.part is not None and _asks(self.part, Being("trashed"))

    def without(self, *pieces: Piece) -> str:
        """What to type to leave pieces out, and words that joined them to what is before."""
        kept = self._kept(pieces)
        return " ".join(one.text for one in kept)

    def replaced(self, out: Sequence[Piece], piece: Piece, text: str) -> str:
        """What to type to ask for something instead of a piece, and to leave others out."""
        kept = self._kept([one for one in out if one is not piece], piece)
        return " ".join(text if one is piece else one.text for one in kept)

    def _kept(self, out: Sequence[Piece], always: Piece | None = None) -> list[Piece]:
        """The pieces without some, and without words that join what is behind, which is out.

        None that joins something to what is before stands first, either.
        """
        kept: list[Piece] = []
        joins_nothing = bool(out)
        for one in reversed(self.pieces):
            joins = one is not always and is_filler(one.part)
            if one not in out and not (joins and joins_nothing):
                kept.insert(0, one)
            joins_nothing = one in out or (joins and joins_nothing)
        while out and len(kept) > 1 and kept[0] is not always and is_filler(kept[0].part):
            kept.pop(0)
        return kept or [one for one in self.pieces if one not in out]


def _asks(part: Part, wanted: Part) -> bool:
    if isinstance(part, Every | OneOf):
        return any(_asks(one, wanted) for one in part.parts)
    return type(part) is type(wanted) and part == wanted


def parse(text: str, *, today: dt.date, ways: Collection[str] = WAYS) -> Query:
    """The query that the words make; never raises. Relative dates count from today.

    With no ways to widen words all of them are words, such as only join others and plain dates too.
    """
    printed = text if text.isprintable() else "".join(s if s.isprintable() else " " for s in text)
    composed = unicodedata.normalize("NFC", printed)
    clean = wording.cleaned(keys.apart(composed).strip())
    reader = _Reader(clean[:LONGEST], today, exact=not ways)
    part = reader.read()
    if len(clean) > LONGEST and all(hint.slug != "too_long" for hint in reader.hints):
        reader.hint("too_long", clean[LONGEST - 40 : LONGEST])
    if not text.strip():
        part = Every(())
    elif part is None:
        reader.hint("no_words", clean)
    return Query(clean, part, tuple(reader.hints), reader.pieces(), frozenset(ways))


class _Reader:
    """Reads one query from left to right."""

    def __init__(self, text: str, today: dt.date, *, exact: bool) -> None:
        self.exact = exact
        self.text = text
        self.today = today
        self.at = 0
        self.count = 0
        self.hints: list[Hint] = []
        self.groups = [Group(exact=exact)]

    def hint(self, slug: str, text: str) -> None:
        self.hints.append(Hint(slug, text.strip()))

    def read(self) -> Part | None:
        while (token := TOKEN.match(self.text, self.at)) is not None:
            if self.count >= MOST:
                self.hint("too_long", self.text[max(0, self.at - 40) : self.at])
                break
            self.at = token.end()
            self.count += 1
            self._take(token)
        while len(self.groups) > 1:
            self._close()
        return self.groups[0].whole() if self.groups[0].parts else None

    def pieces(self) -> tuple[Piece, ...]:
        """The parts outside all parentheses."""
        outer = self.groups[0]
        return tuple(
            Piece(self.text[start:end].strip(), part)
            for part, (start, end) in zip(outer.parts, outer.spans, strict=True)
        )

    def _take(self, token: re.Match[str]) -> None:
        part = self._figure(token) if token["open"] or token["keyword"] else None
        if part is None and (token["open"] or token["group"]):
            keyword, minus = self._keyword(token), bool(token["minus"])
            group = Group(token.start(), exact=self.exact, negative=minus, keyword=keyword)
            self.groups.append(group)
        elif token["close"]:
            if len(self.groups) > 1:
                self._close()
        elif token["bare"] in wording.OR and not token["minus"]:
            self.groups[-1].joining = bool(self.groups[-1].parts)
        elif token["bare"] not in wording.AND:
            if token["bare"] in wording.AMBIGUOUS and self.groups[-1].parts:
                self.hint(wording.AMBIGUOUS[token["bare"]], token["bare"])
            part = part or self._part(token)
            if part is not None:
                part = Not(part) if token["minus"] else part
                self.groups[-1].take(part, token.start(), self.at)

    def _keyword(self, token: re.Match[str]) -> str:
        """The field that is asked of all in a group; empty: of none."""
        keyword: str = token["keyword"] or self.groups[-1].keyword
        if keyword and keyword.lower() not in wording.KEYWORDS:
            self.hint("unknown_field", f"{keyword}:")
            return ""
        return keyword

    def _close(self) -> None:
        group = self.groups.pop()
        if group.parts:
            self.groups[-1].take(group.whole(), group.start, self.at)

    def _part(self, token: re.Match[str]) -> Part | None:
        if token["keyword"]:
            return self._field(token)
        if (keyword := self.groups[-1].keyword) and (token["phrase"] or token["bare"]):
            return self._field_of_group(keyword, token)
        if token["phrase"] is not None:
            part = self._text(token["phrase"], prefix=bool(token["star"]))
            widened = part is not None and (part.loose or part.capital)
            return part._replace(quoted=True) if part is not None and widened else part
        return None if token["bare"] is None else self._plain(token)

    def _plain(self, token: re.Match[str]) -> Part | None:
        """A word; or those of days or a kind, in place of which the letter may be of these."""
        found = None if self.exact else spoken.meant(token, today=self.today)
        if found is None:
            aside = not self.exact and wording.is_label(token)
            return None if aside else self._figure(token) or self._word(token["bare"])
        self.at = found.end
        said = itertools.chain.from_iterable(map(self._said, found.said))
        return OneOf((*said, found.part))

    def _said(self, words: Sequence[str]) -> Sequence[Part]:
        """The ways to say what words mean: a single one may be a number, too."""
        first, *others = words
        alone = None if others or " " in first else self._word(first)
        if alone is not None:
            return choices(alone)
        texts = tuple(part for word in words if (part := self._text(word)) is not None)
        return (Every(texts) if len(texts) > 1 else texts[0],)

    def _figure(self, token: re.Match[str]) -> Part | None:
        """A figure, however a letter writes it; what is asked of a field stays as typed."""
        found = None if self.exact or self.groups[-1].keyword else figures.figure(token)
        if found is None:
            return None
        word = self._word(token["bare"]) if token["bare"] and found.end <= self.at else None
        self.at = max(self.at, found.end)
        said = () if word is None else choices(word)
        return OneOf(tuple(dict.fromkeys((*said, *found.forms))))

    def _text(self, text: str, *, prefix: bool = False) -> Text | None:
        if keys.words(text):
            return Text(" ".join(text.split()), prefix)
        return None

    def _word(self, bare: str) -> Part | None:
        bare = bare if self.exact else wording.unlabelled(bare)
        prefix = bare.endswith("*")
        part = self._text(bare.rstrip("*"), prefix=prefix)
        number = wording.number_key(bare)
        file = None if self.exact else keyed.called(bare)
        if part is None or not (number or file):
            return part
        numbers = (Numbered(number, whole="/" not in number and not prefix),) if number else ()
        return OneOf((part, *numbers, *((file,) if file else ())))

    def _field_of_group(self, keyword: str, token: re.Match[str]) -> Part | None:
        """A word of a group behind a field, as if the field stood before the word."""
        begins = token.start("bare") if token["bare"] else token.start("phrase") - 1
        alone = TOKEN.match(f"{keyword}:{self.text[begins:]}")
        assert alone is not None
        self.at = alone.end()
        part = self._field(alone)
        self.at += begins - len(f"{keyword}:")
        return part

    def _field(self, token: re.Match[str]) -> Part | None:
        keyword = token["keyword"].lower()
        typed = token[0].strip().removeprefix("-")
        value = token["value"] if token["said"] is None else token["said"]
        prefix = bool(token["more"]) or value.endswith("*")
        known = BY_KEYWORD.get(keyword)
        if keyword in wording.BOUNDS or (known is not None and known.kind is DATE):
            return self._dated(keyword, known or DATE_OF_LETTER, token)
        if known is EVENT and (meeting := self._meeting(known, token)) is not None:
            return meeting
        if known is not None:
            if token["said"] is None and (known.choices or known is SIGNATORY_ID):
                coded = bool(known.choices)
                self.at = (
                    wording.end_of_code(known, token) if coded else figures.end_of_staff(token)
                )
                value = token.string[token.start("value") : self.at]
            part = self._value(known, value.rstrip("*"), prefix=prefix)
            return part or self._unknown_code(typed)
        if keyword in wording.KEYWORDS:
            if keyword in wording.FILE_KEYWORDS:
                part, self.at = keyed.file(token)
            else:
                part = keyed.asked(keyword, value)
            return part or self._unknown_code(typed)
        if wording.looks_like_a_field(keyword, value):
            self.hint("unknown_field", typed)
        return self._word(typed)

    def _value(self, known: Field[Any], value: str, *, prefix: bool) -> Part | None:
        if not keys.words(value):
            return None
        if known is LETTER_NUMBER:
            return Numbered(keys.number(value))
        if known is SIGNATORY_ID and (digits := "".join(filter(str.isdigit, value))):
            return Says(known, digits, prefix=True)
        if not known.choices:
            return Says(known, " ".join(value.split()), prefix)
        each = [wording.coded(known, one, prefix=prefix) for one in value.split(",")]
        named = tuple(itertools.chain.from_iterable(each)) if all(each) else ()
        return OneOf(named) if len(named) > 1 else named[0] if named else None

    def _unknown_code(self, typed: str) -> Part | None:
        self.hint("unknown_code", typed)
        return self._text(typed)

    def _dated(self, keyword: str, known: Field[Any], token: re.Match[str]) -> Part | None:
        found, self.at = wording.dated(token, today=self.today)
        if found is None or found == NO_DAY:
            return self._no_date(token)
        return Dated(known, wording.bounded(keyword, found))

    def _meeting(self, known: Field[Any], token: re.Match[str]) -> Part | None:
        """A meeting on the days that are named, or at a place of that name; None: just words."""
        found, end = wording.dated(token, today=self.today)
        days = [] if found is None else in_iso(found)
        typed = token["said"] or token.string[token.start("value") : end].strip()
        if found is None or days == [typed]:
            return None
        self.at = end
        said = tuple(Says(known, one) for one in (*days, typed))
        return OneOf(said) if days else self._no_date(token)

    def _no_date(self, token: re.Match[str]) -> Part | None:
        """The words up to here, with a hint that they name no days."""
        typed = token.string[token.start() : self.at].strip().removeprefix("-")
        self.hint("unknown_date", typed)
        return self._text(typed)
