"""What a letter is in the catalog: the rows of its tables."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from arsip.archive import keys, likeness, places
from arsip.archive.waiting import waiting
from arsip.fields import BY_NAME, LETTER_NUMBER, RECIPIENT, SENDER, SUBJECT
from arsip.model import PENDING, Entry

ENTRY_COLUMNS: Final = (
    "id, digest, state, filed_at, source, original, reading, pages, flags, secret, shelf, record,"
    " doubts, denied, waits, same_as, sure, place"
)
FINDING_COLUMNS: Final = (
    "entry, field, rank, value, key, json, confidence, origin, rule, page, box, raw, doubtful"
)
CARD_COLUMNS: Final = "place, entry, number, subject, sender, recipient, rest, codes"
LESSON_COLUMNS: Final = "sender, field, sign, value, entry"

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Lesson(NamedTuple):
    """One sign, seen in one letter.

    Attributes:
        sender: its name as a key.
        field: name of the field whose place it is a sign of.
        sign: its kind, and value what it is.
    """

    sender: str
    field: str
    sign: str
    value: str


class Card(NamedTuple):
    """A letter as the catalog keeps it.

    Attributes:
        record: SHA-256 of the record it was made from.
        texts: the text of each of its pages.
        shelf: its link below ``shelf/``.
        also: other spellings of its sender, by which it is found too.
        lessons: what it teaches of its sender.
    """

    entry: Entry
    record: str
    texts: Mapping[int, str]
    shelf: str
    also: tuple[str, ...] = ()
    lessons: tuple[Lesson, ...] = ()


def rows(card: Card, place: int) -> Iterator[tuple[str, str, Iterable[tuple[Any, ...]]]]:
    """What a letter is in the catalog, at its place of the index: table, columns, rows."""
    yield "entry", ENTRY_COLUMNS, (_entry_row(card, place),)
    yield "finding", FINDING_COLUMNS, _finding_rows(card.entry, card.also)
    yield "card", CARD_COLUMNS, (_card_row(card, place),)
    yield "page", "id, entry, number, text", _page_rows(card, place)
    yield "lesson", LESSON_COLUMNS, ((*lesson, card.entry.id) for lesson in card.lessons)
    yield "sketch", "key, entry", ((key, card.entry.id) for key in _sketch(card))


def _entry_row(card: Card, place: int) -> tuple[Any, ...]:
    entry = card.entry
    return (
        entry.id,
        entry.digest,
        entry.state,
        entry.filed_at.isoformat(),
        entry.source,
        str(entry.original),
        str(entry.reading) if entry.reading else None,
        _encode(entry.pages),
        _encode(entry.flags),
        entry.letter.secret,
        card.shelf,
        card.record,
        _encode(entry.doubts),
        _encode(sorted(entry.letter.denied)),
        _encode([field.name for field in waiting(entry)]),
        entry.same_as and entry.same_as.id,
        entry.rendition,
        place,
    )


def _sketch(card: Card) -> tuple[int, ...]:
    return likeness.sketch(card.texts.get(page, "") for page in card.entry.pages)


def _finding_rows(entry: Entry, also: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
    for name, found in entry.letter.findings.items():
        field = BY_NAME[name]
        for rank, finding in enumerate(found):
            plain = _text(field.kind.plain(finding.value))
            yield (
                entry.id,
                name,
                rank,
                plain,
                keys.spellings(plain, also) if field is SENDER else keys.key(field, plain),
                _text(json.dumps(field.kind.dump(finding.value))),
                finding.confidence,
                finding.origin,
                finding.rule,
                finding.page,
                None if finding.box is None else _encode(finding.box),
                _text(finding.raw),
                finding.doubtful,
            )


def _card_row(card: Card, place: int) -> tuple[Any, ...]:
    letter = card.entry.letter
    apart = f" {keys.BETWEEN} "
    numbers = letter.findings.get(LETTER_NUMBER.name, ())
    senders = (keys.told(letter, SENDER), *card.also)
    return (
        place,
        card.entry.id,
        apart.join(dict.fromkeys(keys.number_words(one.value) for one in numbers)),
        _text(keys.told(letter, SUBJECT)),
        _text(apart.join(dict.fromkeys(filter(None, senders)))),
        _text(keys.told(letter, RECIPIENT)),
        _text(_back(card.entry)),
        keys.codes(letter),
    )


def _page_rows(card: Card, place: int) -> Iterator[tuple[int, int, int, str]]:
    """The card as pages 0 and -1, then the pages; those past what fits share the last row."""
    number = card.entry.id
    front = "\n".join((keys.front(card.entry.letter), *card.also))
    yield places.page_id(place, 0), number, 0, _text(front)
    yield places.back_id(place), number, -1, _text(_back(card.entry))
    row, page, texts = 0, 0, [""]
    for ordinal, of_file in enumerate(card.entry.pages, 1):
        if row == (slot := places.page_id(place, ordinal)):
            texts.append(card.texts.get(of_file, ""))
            continue
        if row:
            yield row, number, page, _text("\n".join(texts))
        row, page, texts = slot, of_file, [card.texts.get(of_file, "")]
    if row:
        yield row, number, page, _text("\n".join(texts))


def _back(entry: Entry) -> str:
    """The back of the card; while pages have no words yet, the name that the file came under too.

    Later the name says less than the letter, and "scan" would find them all.
    """
    said = keys.back(entry.letter)
    waits = any(doubt.reason == PENDING for doubt in entry.doubts)
    return f"{said}\n{keys.words(entry.source)}" if waits else said


def _text(text: str) -> str:
    """Text that SQLite takes whole: without lone surrogates and NUL, bullets apart from words."""
    return keys.apart(text.encode("utf-8", "replace").decode().replace("\0", " "))
