"""What plain words can hardly mean but days, or a kind of letter: ``mei 2023``, ``sk``."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final, NamedTuple

from arsip.archive import keys
from arsip.archive.find.parts import Coded, Dated, Part
from arsip.archive.find.periods import A_UNIT, IN_FULL, NO_DAY, Period, by_name, period, unlabelled
from arsip.archive.find.wording import CALLED, bounded, ends, is_any_letter
from arsip.fields import DATE_OF_LETTER, DOC_TYPE, MONTHS

_DAY: Final = r"\d{1,2}(?:st|[nr]d|th)?"
_LABELLED: Final = r"(?:tanggal|tgl|bulan|bln)\.?\s+"
_SPOKEN: Final = (
    rf"(?:{_LABELLED})?\d{{1,2}}\s+[a-z]{{3,9}}|{_LABELLED}(?:[a-z]{{3,9}}|\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{2}})"
    rf"|(?:{_LABELLED})?(?:(?:awal|pertengahan|akhir|sekitar|around)\s+)?"
    rf"(?:(?:(?:\d{{1,2}}\s+)?[a-z]{{3,9}}\s*(?:-|s\.d\.?|s/d|sampai|hingga|to)\s*)?(?:(?:\d{{1,2}}-)?{_DAY}\s+)?"
    rf"(?!tahun|thn|year)[a-z]{{3,9}}\.?\s+(?:tahun\s+|thn?\.?\s+|{_DAY},?\s+)?\d{{4}}|q[1-4]\s+\d{{4}}"
    r"|(?:\d{1,3}\s+|[a-z]{3,9}\s+)?[a-z]{3,9}\s+(?:(?:yang\s+)?(?:lalu|kemarin|ini|depan)|terakhir|ago)"
    r"|(?:last|past|this|next)\s+(?:(?:\d{1,3}|[a-z]{3,5})\s+)?[a-z]{3,9}"
    r"|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{1,2}-?[a-z]{3,9}-?\d{4}|\d{4}-\d{2}-\d{2}|(?:0?[1-9]|1[0-2])/(?:19|20)\d\d)"
)
"""How a day, a week, a month or a year that was, is or comes is said without a keyword."""
_ABOUT: Final = r"^(?:awal|pertengahan|akhir|sekitar|around)\s+"
"""Before a month: who says so knows no more than the month."""
_MOST_YEARS: Final = 10
"""Years of the longest of them."""
_A_YEAR: Final = r"(?:(?:tahun|thn?\.?|year)\s+)?(?:19|20)\d\d"
_BEYOND: Final = r"(sebelum|sesudah|setelah|sejak|before|after|since)\s+(.+)"
"""Days before or after others, as said; what else lies beside days says more often what happens."""
_BETWEEN: Final = r"(?:antara|between)\s+(.+)\s+(?:dan|and|sampai|hingga)\s+(.+)"
_TELLING: Final = frozenset({
    "tanggal", "tgl", "bulan", "bln", "lalu", "kemarin", "ini", "depan", "terakhir", "ago", "last",
    "past", "this", "next",
})  # fmt: skip
"""Days that are said so have a digit or one of these words: else no pattern need be made."""


_SHORT_KINDS: Final = frozenset({
    "sk", "se", "spt", "st", "sprin", "suket", "nd", "nodin", "spd", "ba", "bast", "mou",
})  # fmt: skip
"""Names of kinds that letters hardly say of themselves: they write them out."""
_KINDS: Final = {
    name: tuple(codes.split())
    for name, codes in (
        *((code.replace("_", " "), code) for code in DOC_TYPE.choices),
        *CALLED[DOC_TYPE].items(),
    )
    if (" " in name and codes != "surat_dinas") or name in _SHORT_KINDS
}
"""Kinds that are told by more than one word, or a short form; "surat dinas" may be any letter."""


class Meant(NamedTuple):
    """Days or a kind that words name.

    Attributes:
        part: which.
        said: how a letter may say it instead, in some ways; each is words that stand in it, of
            which some are words side by side.
        end: where the words end.
    """

    part: Part
    said: list[list[str]]
    end: int


def meant(token: re.Match[str], *, today: dt.date) -> Meant | None:
    """What a word can hardly mean but days or a kind, with as many behind it as belong to it."""
    for end in reversed(ends(token)):
        typed = token.string[token.start("bare") : end].rstrip(".,;")
        if not typed.endswith("*") and (codes := _KINDS.get(keys.words(typed))):
            first, *behind = typed.split()
            aside = behind and is_any_letter(first.lower(), " ".join(behind).lower())
            return Meant(Coded(DOC_TYPE, codes), [behind if aside else [first, *behind]], end)
        if not _may_be_days(typed):
            continue
        named = typed if re.match(A_UNIT, token.string[end:]) else by_name(typed)
        days = _days(named.lower(), today=today)
        if days is not None:
            return Meant(Dated(DATE_OF_LETTER, days), _as_said(named, days), end)
    return None


def _may_be_days(text: str) -> bool:
    words = text.lower().replace(".", " ").split()
    return not _TELLING.isdisjoint(words) or any(map(str.isdigit, text))


def _days(text: str, *, today: dt.date) -> Period | None:
    """The days that words name, if these can mean little else."""
    if beyond := re.fullmatch(_BEYOND, text):
        bound, said = beyond.groups()
        days = _year_or_days(said, today=today)
        return None if days is None else bounded(bound, days)
    if between := re.fullmatch(_BETWEEN, text):
        start, end = between.groups()
        known = _year_or_days(end, today=today)
        return None if known is None else period(f"{start} sampai {end}", today=today)
    spoken = re.fullmatch(_SPOKEN, text)
    found = period(re.sub(_ABOUT, "", text), today=today) if spoken else None
    if found is None or found == NO_DAY or found.last.year - found.first.year > _MOST_YEARS:
        return None
    return found


def _year_or_days(text: str, *, today: dt.date) -> Period | None:
    return period(text, today=today) if re.fullmatch(_A_YEAR, text) else _days(text, today=today)


def _as_said(typed: str, days: Period) -> list[list[str]]:
    """How a letter would say days: as typed, with the month in full, and one day in each way.

    What is typed stands side by side, but a year may stand elsewhere.
    """
    said = unlabelled(typed).strip()
    full = re.sub("[a-z]+", _month_in_full, said.lower())
    ways = [one.split() if re.search(r"\d{4}", one) else [one] for one in (said, full)]
    if days.first == days.last:
        of_any_year = full.endswith(IN_FULL[days.first.month])
        ways += [[one] for one in _written(days.first, of_any_year=of_any_year)]
    each: dict[str, list[str]] = {}
    for way in ways:
        each.setdefault(keys.words(" ".join(way)), way)
    return list(each.values())


def _month_in_full(word: re.Match[str]) -> str:
    return IN_FULL[MONTHS[word[0]]] if word[0] in MONTHS else word[0]


def _written(day: dt.date, *, of_any_year: bool) -> tuple[str, ...]:
    """A day as letters write it: 4 mei 2026, 04 mei 2026, 04-05-2026."""
    short, long = (f"{number} {IN_FULL[day.month]}" for number in (day.day, f"{day:%d}"))
    if of_any_year:
        return short, long
    return f"{short} {day.year}", f"{long} {day.year}", f"{day:%d-%m}-{day.year}"
