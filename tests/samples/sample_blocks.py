"""The blocks that letters of Indonesian offices are built of, and their dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from sample_sheet import LEFT, Sheet

MONTHS: Final = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
DAYS: Final = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
VIOLET: Final = (0.36, 0.22, 0.60)
BLUE: Final = (0.16, 0.25, 0.62)


@dataclass(frozen=True, slots=True)
class Draft:
    """A written letter, and what is true of it."""

    sheet: Sheet
    fields: dict[str, object]


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: the lines of the post, the name, and what stands below it."""

    post: Sequence[str]
    name: str
    below: Sequence[str] = ()
    seed: int = 1
    ink: tuple[float, float, float] = field(default=VIOLET)


def tanggal(day: dt.date) -> str:
    """The date as letters write it: ``12 Maret 2024``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def hari(day: dt.date) -> str:
    """The date with its weekday: ``Senin, 18 Maret 2024``."""
    return f"{DAYS[day.weekday()]}, {tanggal(day)}"


def facts(**given: object) -> dict[str, object]:
    """Every field in its order; what the letter does not say is None."""
    names = (
        "letter_number",
        "date",
        "subject",
        "sender",
        "recipient",
        "sensitivity",
        "urgency",
        "attachments",
        "doc_type",
        "language",
    )
    unknown = set(given) - set(names)
    if unknown:
        raise ValueError(f"no such field: {sorted(unknown)}")
    return {
        name: value.isoformat() if isinstance(value := given.get(name), dt.date) else value
        for name in names
    }


def letterhead(sheet: Sheet, offices: Sequence[str], address: Sequence[str]) -> None:
    """Crest, the offices from the highest to the writer, the address, and a double rule."""
    sheet.crest()
    sheet.y = 56.0
    for office in offices:
        sheet.centre(office, size=14 if office == offices[-1] else 12.5)
    for row in address:
        sheet.centre(row, bold=False, size=9.5)
    sheet.y = max(sheet.y, 92.0)
    sheet.rule()
    sheet.down(0.8)


def signature(sheet: Sheet, signer: Signer, *, x: float = 320.0, scanned: bool = True) -> None:
    """Post, pen and stamp (on paper), name, rank and NIP in the right half."""
    for row in signer.post:
        sheet.line(row, x)
    if scanned:
        sheet.stamp(x - 38, sheet.y + 22, colour=signer.ink)
        sheet.scribble(x + 6, sheet.y + 20, seed=signer.seed)
    sheet.down(3.4)
    sheet.line(signer.name, x, bold=True)
    for row in signer.below:
        sheet.line(row, x)


def copies(sheet: Sheet, people: Sequence[str]) -> None:
    """The list of those who get a copy."""
    sheet.down(0.8)
    sheet.line("Tembusan:", LEFT)
    sheet.numbered(people, left=LEFT)
