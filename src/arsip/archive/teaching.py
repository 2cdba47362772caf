"""What a letter that a person confirmed teaches of its sender: signs of where its values stand."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from sqlite3 import Connection
from typing import Any, Final, TypeAlias

from arsip.archive import keys
from arsip.archive.cards import Lesson
from arsip.fields import LETTER_NUMBER, MONTHS, SENDER, SUBJECT, Field
from arsip.habits import TAUGHT, Ground, Habits, Sign, head
from arsip.model import Letter, PageText

HEAD: Final = "head"
"""The kind of a sign that is a line of the letterhead; its field is the sender."""

Tokens: TypeAlias = tuple[str, ...]
Spot: TypeAlias = tuple[tuple[int, int], tuple[int, int]]
"""Line and word where something begins, and where it ends."""

_PARTS: Final = re.compile(r"[ /]")
_NEAR: Final = 0.85
"""How like a known line of the letterhead a line must be: a scan misreads one letter in seven."""
_PRINTED: Final = 4
"""Parts of a number that is known without one of them."""
_TELLING: Final = 4
"""First words of a subject that are enough to know it by."""


def lessons(letter: Letter, pages: Sequence[PageText]) -> tuple[Lesson, ...]:
    """What a letter teaches, sorted; nothing of what no person said or looked at.

    Who corrected number, date or subject saw the other facts of the letter and left them standing.
    """
    sender = letter.first(SENDER)
    if sender is None or not teaches(letter):
        return ()
    name = keys.words(sender)
    seen = any(_said(letter, field) for field in TAUGHT)
    ground = Ground(pages)
    taught: set[Lesson] = set()
    if seen or _said(letter, SENDER):
        taught.update(Lesson(name, SENDER.name, HEAD, line) for line in ground.head())
    for field in TAUGHT:
        value = letter.first(field) if seen or _said(letter, field) else None
        for sign in _signs(ground, field, value) if value is not None else ():
            taught.add(Lesson(name, field.name, sign.kind, sign.value))
    return tuple(sorted(taught))


def teaches(letter: Letter) -> bool:
    """Whether a person said anything of a letter that teaches."""
    return any(_said(letter, field) for field in (*TAUGHT, SENDER))


def _said(letter: Letter, field: Field[Any]) -> bool:
    best = letter.best(field)
    return best is not None and best.origin == "person"


def _signs(ground: Ground, field: Field[Any], value: Any) -> Iterator[Sign]:
    """The signs of each place where a value stands."""
    split = keys.number if field is LETTER_NUMBER else keys.words
    forms = _forms(field, value)
    standing = list(_standing(ground, forms, split))
    if not standing:
        standing = list(_standing(ground, _partly(field, forms), split))
    for (row, place), (last, end) in standing:
        words = ground.lines[row][place : end + 1 if last == row else None]
        text = " ".join(word.text for word in words)
        yield from ground.signs(field, (row, place), text, last)


def _forms(field: Field[Any], value: Any) -> set[Tokens]:
    """The ways in which a value may be printed, as words of a key."""
    if field is LETTER_NUMBER:
        return {tuple(part for part in keys.number(value).split("/") if part)}
    if field is SUBJECT:
        return {tuple(keys.words(value).split())}
    return _days(value)


def _partly(field: Field[Any], forms: Iterable[Tokens]) -> set[Tokens]:
    """What of a value is enough to know it by.

    A hand may have written one part of a number between printed ones; of a subject the scan may
    have misread some words.
    """
    if field is SUBJECT:
        return {form[:_TELLING] for form in forms if len(form) > _TELLING}
    if field is not LETTER_NUMBER:
        return set()
    return {
        (*form[:at], *form[at + 1 :])
        for form in forms
        if len(form) >= _PRINTED
        for at in range(1, len(form) - 1)
    }


def _days(day: dt.date) -> set[Tokens]:
    """A date as letters print it: by the month's name or number, the day with a nought or not."""
    named = [name for name, month in MONTHS.items() if month == day.month]
    days = {str(day.day), f"{day.day:02}"}
    months = {str(day.month), f"{day.month:02}"}
    years = {str(day.year), f"{day.year % 100:02}"}
    forms: set[Tokens] = set()
    for year in years:
        for first in days:
            forms.update((first, name, year) for name in named)
            forms.update((name, first, year) for name in named)
            forms.update((first, month, year) for month in months)
            forms.update((year, month, first) for month in months)
    return forms


def _standing(ground: Ground, forms: set[Tokens], split: Callable[[str], str]) -> Iterator[Spot]:
    """Where one of the forms stands, from its first word to its last."""
    parts = [
        (part, (row, place))
        for row, line in enumerate(ground.lines)
        for place, word in enumerate(line)
        for part in _PARTS.split(split(word.text))
        if part
    ]
    tokens = [part for part, _spot in parts]
    for length in {len(form) for form in forms} - {0}:
        for at in range(len(tokens) - length + 1):
            if tuple(tokens[at : at + length]) in forms:
                yield parts[at][1], parts[at + length - 1][1]


def known(connection: Connection, pages: Sequence[PageText]) -> Habits | None:
    """The habits of the office whose letterhead is on these pages; None: it is not known.

    Every line of the letterhead must be a known one of that office, and one of them its alone:
    a department has lines above its name that all departments share.
    """
    lines = head(next((page.lines for page in pages if page.lines), ()))
    if not lines:
        return None
    marks = ",".join("?" * len(lines))
    rows = connection.execute(
        "SELECT value, min(sender), count(DISTINCT sender) FROM lesson"  # noqa: S608 - question marks only
        f" WHERE sign = '{HEAD}' AND value IN ({marks}) GROUP BY value",
        lines,
    ).fetchall()
    alone = {sender for _value, sender, senders in rows if senders == 1}
    found = [sender for sender in alone if _all_known(connection, sender, lines)]
    return habits(connection, found[0]) if len(found) == 1 else None


def _all_known(connection: Connection, sender: str, lines: Sequence[str]) -> bool:
    theirs = [
        value
        for (value,) in connection.execute(
            "SELECT DISTINCT value FROM lesson WHERE sender = ? AND sign = ?", (sender, HEAD)
        )
    ]
    return all(line in theirs or any(_near(line, other) for other in theirs) for line in lines)


def _near(line: str, other: str) -> bool:
    return SequenceMatcher(None, line, other, autojunk=False).ratio() > _NEAR


def habits(connection: Connection, sender: str) -> Habits | None:
    """What is known of a sender, by the key of its name; None: no letter teaches."""
    counts: defaultdict[str, Counter[Sign]] = defaultdict(Counter)
    for field, kind, value, times in connection.execute(
        "SELECT field, sign, value, count(*) FROM lesson WHERE sender = ?"
        " GROUP BY field, sign, value",
        (sender,),
    ):
        counts[field][Sign(kind, value)] = times
    totals = dict(
        connection.execute(
            "SELECT field, count(DISTINCT entry) FROM lesson WHERE sender = ? GROUP BY field",
            (sender,),
        )
    )
    if not totals:
        return None
    head_lines = frozenset(sign.value for sign in counts.pop(SENDER.name, Counter()))
    name, named = _called(connection, sender)
    return Habits(
        sender=name,
        named=named,
        letters=totals.pop(SENDER.name, 0),
        head=head_lines,
        counts={field: dict(signs) for field, signs in counts.items()},
        totals=totals,
    )


def _called(connection: Connection, sender: str) -> tuple[str, int]:
    """What people call a sender on its letters, and on how many; empty where nobody said.

    Where it was merged or renamed, what they said before that is kept as raw.
    """
    row = connection.execute(
        "SELECT CASE raw WHEN '' THEN value ELSE raw END AS name, count(*) FROM finding"
        " WHERE field = ? AND rank = 0 AND origin = 'person' AND entry IN"
        " (SELECT entry FROM lesson WHERE sender = ? AND field = ?)"
        " GROUP BY name ORDER BY count(*) DESC, name LIMIT 1",
        (SENDER.name, sender, SENDER.name),
    ).fetchone()
    return ("", 0) if row is None else (str(row[0]), int(row[1]))
