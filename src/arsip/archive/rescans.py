"""The letter that one about to be filed was before: looked up by its number and by its words.

Nothing is compared with all: an index gives the few letters that share what is rare in this one.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from arsip.archive import keys, likeness
from arsip.archive.likeness import Face, Mark
from arsip.fields import DATE_OF_LETTER, LETTER_NUMBER, Field
from arsip.model import Letter, PageText, Same

NEWEST: Final = 32
"""Letters of one key that are looked at, the newest: words of a form are in thousands."""
LIKELY: Final = 24
"""Letters whose number and date are looked at, those that share most."""
COMPARED: Final = 3
"""Letters whose text is read, the most alike."""
SHARED: Final = 2
"""Keys of a sketch that two scans of one letter share at least."""
PAGES: Final = 4
"""Pages of a letter that are compared."""


def found(
    connection: sqlite3.Connection,
    letter: Letter,
    pages: Sequence[PageText],
    *,
    but: Iterable[int] = (),
) -> Same | None:
    """The letter that was filed before as this one; None: there is none.

    Args:
        connection: to the catalog.
        letter: what this one says of itself.
        pages: its pages.
        but: letters that are not looked at: its own number, when it is read again.
    """
    texts = [page.text for page in pages if page.lines][:PAGES]
    face = Face(_mark(letter, LETTER_NUMBER), _mark(letter, DATE_OF_LETTER), likeness.words(texts))
    best: Same | None = None
    for number, rival in _rivals(connection, face, likeness.sketch(texts), frozenset(but)):
        verdict = likeness.verdict(face, rival)
        if verdict is not None and (best is None or (verdict and not best.sure)):
            best = Same(number, verdict)
    return best and _settled(connection, best)


def _mark(letter: Letter, field: Field[Any]) -> Mark | None:
    found = letter.best(field)
    if found is None:
        return None
    key = keys.key(field, field.kind.plain(found.value))
    return Mark(key, found.confidence, not found.doubtful, found.origin == "ocr")


def _rivals(
    connection: sqlite3.Connection, face: Face, sketch: Sequence[int], but: frozenset[int]
) -> Iterator[tuple[int, Face]]:
    """The few letters that this one may be, the most alike first."""
    votes: Counter[int] = Counter()
    for key in sketch:
        votes.update(_newest(connection, "sketch WHERE key = ?", (key,)))
    for one in but:
        del votes[one]
    # Of a form that thousands share the newest, for who scans twice does it soon.
    ranked = sorted(votes.items(), key=lambda vote: (vote[1], vote[0]), reverse=True)[:LIKELY]
    likely = {number for number, shared in ranked if shared >= SHARED}
    if face.number is not None:
        numbered = "finding WHERE field = ? AND key = ?"
        likely |= _newest(connection, numbered, (LETTER_NUMBER.name, face.number.key))
    marks = _marks(connection, likely - but)
    rivals = {number: Face(*found, ()) for number, found in marks.items()}
    left = [number for number, rival in rivals.items() if likeness.possible(face, rival)]
    left.sort(key=lambda one: (likeness.agreeing(face, rivals[one]), votes[one]), reverse=True)
    for number in left[:COMPARED]:
        yield number, rivals[number]._replace(words=likeness.words(_texts(connection, number)))


def _newest(connection: sqlite3.Connection, where: str, values: Sequence[object]) -> set[int]:
    rows = connection.execute(
        f"SELECT entry FROM {where} ORDER BY entry DESC LIMIT {NEWEST}",  # noqa: S608 - our own words
        values,
    )
    return {number for (number,) in rows}


def _marks(
    connection: sqlite3.Connection, numbers: set[int]
) -> dict[int, tuple[Mark | None, Mark | None]]:
    """Letter -> its number and its date."""
    found: dict[int, dict[str, Mark]] = {number: {} for number in sorted(numbers)}
    rows = connection.execute(
        "SELECT entry, field, key, confidence, NOT doubtful, origin = 'ocr' FROM finding"
        " WHERE rank = 0 AND field IN (?, ?) AND entry IN (SELECT value FROM json_each(?))",
        (LETTER_NUMBER.name, DATE_OF_LETTER.name, json.dumps(sorted(numbers))),
    )
    for number, field, key, confidence, fact, seen in rows:
        found[number][field] = Mark(key, confidence, bool(fact), bool(seen))
    return {
        number: (marks.get(LETTER_NUMBER.name), marks.get(DATE_OF_LETTER.name))
        for number, marks in found.items()
    }


def _texts(connection: sqlite3.Connection, number: int) -> list[str]:
    rows = connection.execute(
        "SELECT text FROM page WHERE entry = ? AND number > 0 AND text <> '' ORDER BY id LIMIT ?",
        (number, PAGES),
    )
    return [text for (text,) in rows]


def _settled(connection: sqlite3.Connection, best: Same) -> Same:
    """The same, said of the letter that is shown; nothing is sure of one in the trash."""
    number, state = connection.execute(
        "SELECT CASE WHEN sure THEN same_as ELSE id END, state FROM entry WHERE id = ?", (best.id,)
    ).fetchone()
    return Same(number, best.sure and state == "filed")
