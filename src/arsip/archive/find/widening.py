"""What a word is looked for as beside itself: nothing of what was typed is ever replaced.

A word that a person typed in lower case, without quotes, star or sign, also finds words of the
same stem, other spellings, short and long forms, words used for the same thing, and what a scan
may have made of it.
"""

from __future__ import annotations

import functools
import itertools
import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from arsip.archive import keys, mistakes, stems, vocabulary
from arsip.archive.find import traits, wording
from arsip.archive.find.parts import Every, Forms, Not, OneOf, OnPage, Part, Says, Text, choices
from arsip.archive.vocabulary import Near
from arsip.fields import COPIES_TO, MONTHS, RECIPIENT, SENDER, Field

KIN: Final = Path(__file__).with_name("kin.json")

FAMILY: Final = 24
"""Words of one stem that are looked for, the most used ones."""
LARGE: Final = 120
"""The same where misread forms are looked for, too: there little was found."""
FAR: Final = 2
"""Letters that differ, from which on a misread form is less likely."""
MOST_MISREAD: Final = 12
"""Misread forms that are looked for, the nearest ones."""

_LONG_MONTH: Final = 6
"""Letters of the name of a month that is like no other word."""

_OF_OTHERS: Final = frozenset(" ".join(wording.NOT_KIN.values()).split()) - wording.NOT_KIN.keys()
"""Words that stand only beside one which then means something else."""
_NAMES: Final = (SENDER, RECIPIENT, COPIES_TO)
"""Fields in which offices stand, by short names or long ones."""
_PREFIX: Final = "se"
"""Short for a circular, but on nearly every page a prefix: "se-Kabupaten"."""


class Widening:
    """Widens the words of a query by the ways that are switched on."""

    def __init__(self, connection: sqlite3.Connection, ways: Collection[str]) -> None:
        self._connection = connection
        self._ways = ways
        self._rivals: dict[tuple[str, int], list[Near]] = {}

    def of(self, part: Part, differ: int = FAR, beside: Collection[str] = ()) -> Part:
        """The part with each of its words widened; what must not be there stays as typed.

        Of misread forms at most so many letters differ, one or two. The words beside one are no
        forms of it: who types both looks for both.
        """
        match part:
            case Text():
                word, *forms = self._with_forms(part, differ, beside)
                widened = _either(word, forms)
            case Says(field, text, prefix=False) if field in _NAMES:
                widened = _either(part, self._names(field, text))
            case OneOf(parts):
                widened = OneOf(tuple(self._flat(parts, differ, beside)))
            case Every(parts):
                typed = traits.typed_words(part)
                widened = Every(tuple(self.of(one, differ, typed) for one in parts))
            case OnPage(number, words):
                flat = itertools.chain.from_iterable
                widened = OnPage(
                    number,
                    tuple(
                        tuple(flat(self._with_forms(one, differ) for one in some)) for some in words
                    ),
                )
            case Not(one):
                widened = Not(self._with_names(one))
            case _:
                widened = part
        return widened

    def _with_forms(
        self, word: Text | Forms, differ: int, beside: Collection[str] = ()
    ) -> Iterator[Text | Forms]:
        """The word, and its other forms when it takes some."""
        yield word
        if isinstance(word, Text) and (word.loose or word.capital):
            some = self._forms(word, differ) if word.loose else self._long_forms(word)
            others = (one._replace(forms=_without(one.forms, beside)) for one in some)
            yield from _each_once(others, {keys.words(word.text)})

    def among(self, part: Part, words: Collection[str], differ: int) -> Part:
        """A word with the forms that it has, and with the misread ones too that are among words."""
        known = choices(part)
        typed = known[0]
        if not (isinstance(typed, Text) and typed.loose):
            return part
        word = keys.words(typed.text)
        if len(word) > vocabulary.LONGEST:
            return part
        met = {word}.union(*(one.forms for one in known if isinstance(one, Forms)))
        # Two signs that may be one make a word a letter longer than it looks.
        nearly = {one for one in words if abs(len(one) - len(word)) <= differ + 1}
        found = mistakes.near(word, sorted(nearly - met), differ)
        rivals = self._misread(word, (Near(cost, 0, rival) for rival, cost in found.items()))
        more = tuple(_each_once(_misread_forms(typed, list(rivals)), met))
        return OneOf((*known, *more)) if more else part

    def _with_names(self, part: Part) -> Part:
        """The part with the other names of offices alone: words stay as typed."""
        match part:
            case OneOf(parts) | Every(parts):
                return type(part)(tuple(map(self._with_names, parts)))
            case Says():
                return self.of(part)
            case _:
                return part

    def _names(self, field: Field[Any], text: str) -> Iterator[Says]:
        """The long forms of a short name of an office, or the short ones of a long name."""
        if "abbreviation" in self._ways:
            kin = kin_of("abbreviation", keys.words(text))
            yield from (Says(field, one, typed=text) for one in kin)

    def _flat(
        self, parts: tuple[Part, ...], differ: int, beside: Collection[str]
    ) -> Iterator[Part]:
        for one in parts:
            part = self.of(one, differ, beside)
            yield from choices(part)

    def _forms(self, typed: Text, differ: int) -> Iterator[Forms]:
        """The forms to which each way leads, if any, the likeliest way first."""
        word = keys.words(typed.text)
        if "stem" in self._ways:
            most = LARGE if "misread" in self._ways else FAMILY
            family = vocabulary.family(self._connection, stems.stem(word), most)
            yield Forms(typed.text, "stem", _without(family, _OF_OTHERS))
        for way in kinship():
            if way in self._ways:
                yield Forms(typed.text, way, kin_of(way, word))
        if "misread" in self._ways:
            rivals = self._misread(word, self._near(word, differ))
            yield from _misread_forms(typed, list(itertools.islice(rivals, MOST_MISREAD)))

    def _long_forms(self, typed: Text) -> Iterator[Forms]:
        """What a short form in capitals stands for."""
        if "abbreviation" in self._ways:
            long = kin_of("abbreviation", keys.words(typed.text))
            yield Forms(typed.text, "abbreviation", long)

    def _near(self, word: str, differ: int) -> Iterator[Near]:
        """The nearest words first; those of which one letter differs are looked for once."""
        met = {word}
        for far in range(1, min(differ, mistakes.most_forgiven(word)) + 1):
            if (word, far) not in self._rivals:
                self._rivals[word, far] = list(vocabulary.near(self._connection, word, far, met))
            yield from self._rivals[word, far]
            met.update(one.word for one in self._rivals[word, far])

    def _misread(self, word: str, rivals: Iterable[Near]) -> Iterator[Near]:
        """What a scan may have made of the word, or the person who typed it.

        Two words that both are Indonesian are two words, if the archive knows the one typed; two
        months are two. Of a short form one letter may differ, of a short month none. No word in
        letters alone is read as digits alone.
        """
        known = word in stems.roots() or vocabulary.knows(self._connection, word)
        apart = known and stems.stem(word) in stems.roots()
        short = bool(kin_of("abbreviation", word))
        month = MONTHS.get(word)
        most = 0 if month and len(word) < _LONG_MONTH else FAR - 1 if short else FAR
        for one in rivals:
            if one.word.isdigit() and word.isalpha():
                continue
            two = (apart or short) and stems.stem(one.word) in stems.roots()
            two = two or (month is not None and MONTHS.get(one.word, month) != month)
            if one.cost <= most and not two:
                yield one


def _either(part: Part, others: Iterable[Part]) -> Part:
    some = tuple(others)
    return OneOf((part, *some)) if some else part


def _without(words: Iterable[str], some: Collection[str]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in some)


def _misread_forms(typed: Text, rivals: Sequence[Near]) -> Iterator[Forms]:
    near = tuple(one.word for one in rivals if one.cost < FAR)
    far = tuple(one.word for one in rivals if one.cost >= FAR)
    yield Forms(typed.text, "misread", near)
    yield Forms(typed.text, "misread", far, far=True)


def _each_once(some: Iterable[Forms], met: set[str]) -> Iterator[Forms]:
    """The forms, each once: the first way that leads to one counts; ways with none are left out.

    Words side by side that hold a form that was met, or the word itself, lead to no letter more.
    """
    for one in some:
        forms = tuple(
            dict.fromkeys(form for form in one.forms if met.isdisjoint((form, *form.split())))
        )
        met.update(forms)
        if plain := tuple(form for form in forms if form not in wording.NOT_KIN):
            yield one._replace(forms=plain)
        for form in forms:
            if form in wording.NOT_KIN:
                yield one._replace(forms=(form,), unless=wording.NOT_KIN[form])


@functools.cache
def kinship() -> Mapping[str, Sequence[Sequence[str]]]:
    """Way -> sets of words that are kin, as kin.json tells."""
    told = json.loads(KIN.read_text("utf-8"))
    return {way: told[way] for way in ("spelling", "abbreviation", "synonym")}


@functools.lru_cache(1_000)
def kin_of(way: str, word: str) -> tuple[str, ...]:
    """The kin of a word by one way."""
    alike = (kin for kin in kinship()[way] if word in kin)
    return tuple(one for kin in alike for one in kin if one not in (word, _PREFIX))
