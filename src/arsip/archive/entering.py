"""A letter put into the catalog and taken out of it, with the words that it brings."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from arsip.archive import catalog, places, vocabulary
from arsip.archive.cards import Card, rows


def put(
    connection: sqlite3.Connection, digest: str, cards: Iterable[Card], *, learn: bool = True
) -> None:
    """Put letters in the place of all of the digest, and learn their words, in a transaction."""
    kept = dict(connection.execute("SELECT id, place FROM entry WHERE digest = ?", (digest,)))
    before = vocabulary.held(connection, kept) if learn else set()
    connection.execute("DELETE FROM entry WHERE digest = ?", (digest,))
    ids = []
    for card in cards:
        place = places.given(connection, card.entry.letter, kept.get(card.entry.id))
        for table, columns, content in rows(card, place):
            marks = ", ".join("?" * len(columns.split(",")))
            connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", content)  # noqa: S608 - our own names
        catalog.remember_id(connection, card.entry.id)
        ids.append(card.entry.id)
    if learn:
        now = vocabulary.held(connection, ids)
        vocabulary.learn(connection, now - before)
        vocabulary.forget(connection, before - now)


def remove(connection: sqlite3.Connection, digest: str) -> None:
    """Take all letters of the digest out, with all words that no other has, in a transaction."""
    put(connection, digest, ())


def agrees(connection: sqlite3.Connection, card: Card) -> bool:
    """Whether the catalog has a letter exactly as it would be put there."""
    place = places.of(connection, card.entry.id)
    if place is None or not places.fits(card.entry.letter, place):
        return False
    for table, columns, content in rows(card, place):
        own = "id" if table == "entry" else "entry"
        found = connection.execute(
            f"SELECT {columns} FROM {table} WHERE {own} = ?",  # noqa: S608 - our own names
            (card.entry.id,),
        )
        if set(found) != set(content):
            return False
    return True
