"""The index of words: small, in step, and mended by itself."""

from __future__ import annotations

import datetime as dt
import sqlite3
from pathlib import Path

import pytest

from arsip.archive import catalog, mistakes, reader, tending, vocabulary
from arsip.archive.find import search
from arsip.archive.find.query import parse
from arsip.archive.store import Archive
from tests.archive import keeping
from tests.archive.cards import Cards

TODAY = dt.date(2024, 3, 15)


def index_size(connection: sqlite3.Connection) -> int:
    held = "SELECT sum(length(block)) FROM page_words_data"
    return int(connection.execute(held).fetchone()[0])


def found(connection: sqlite3.Connection, text: str) -> list[int]:
    hits = search.search(connection, parse(text, today=TODAY, ways=())).hits
    return sorted(hit.entry.id for hit in hits)


def test_a_thousand_rereads_leave_no_more_behind_than_a_few() -> None:
    cards = Cards()
    cards.connection.execute("PRAGMA foreign_keys = ON")
    sizes = []
    for reread in range(1_000):
        cards.last = 0
        cards.put(f"rapat koordinasi baca{reread} tentang anggaran", subject="Undangan")
        if reread in {99, 999}:
            while tending.tend(cards.connection):
                pass
            sizes.append((index_size(cards.connection), vocabulary.size(cards.connection)))
    assert sizes[1][0] <= sizes[0][0] + 4_000
    assert found(cards.connection, "baca999") == [1]
    assert found(cards.connection, "baca998") == []
    cards.connection.close()


def test_words_that_no_page_holds_are_forgotten_at_once() -> None:
    cards = Cards()
    cards.connection.execute("PRAGMA foreign_keys = ON")
    cards.put("satu dua tigatiga empat lima", subject="tetap")
    cards.put("empat")
    cards.last = 0
    cards.put("enam tujuh delapan tetap")
    words = {word for (word,) in cards.connection.execute("SELECT word FROM vocabulary")}
    assert words == {"empat", "enam", "tujuh", "delapan", "tetap"}
    assert not list(vocabulary.near(cards.connection, "tigatigo", 2))
    cut = sorted((mark, word) for word in words for mark in mistakes.slices(word))
    held = cards.connection.execute("SELECT mark, words FROM slice")
    assert sorted((mark, word) for mark, some in held for word in some.split()) == cut
    cards.connection.close()


def test_how_common_words_are_is_counted_again_when_many_came(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tending, "STALE", 3)
    cards = Cards()
    for number in range(4):
        cards.put(f"rapat lain{number}")
    while tending.tend(cards.connection):
        pass
    assert vocabulary.beginning(cards.connection, "rapat", 1) == [("rapat", 4)]
    assert not tending.tend(cards.connection)
    cards.connection.close()


def test_letters_indexed_later_are_found_as_if_they_had_come_one_by_one() -> None:
    cards = Cards()
    with catalog.changing(cards.connection), tending.later(cards.connection):
        first = cards.put("rapat anggaran", subject="Undangan", date="2024-02-01")
    second = cards.put("rapat desa", date="2023-02-01")
    assert found(cards.connection, "rapat") == [first, second]
    assert found(cards.connection, "hal:undangan") == [first]
    assert catalog.intact(cards.connection, full=True)
    cards.connection.close()


@pytest.mark.parametrize(
    "harm",
    [
        "DELETE FROM page_words_data",
        "DELETE FROM page_words_docsize",
        "DELETE FROM page_words_docsize WHERE id < (SELECT max(id) FROM page_words_docsize)",
        "DELETE FROM page_words_idx",
        "DELETE FROM card",
        "INSERT INTO card_words (card_words, rowid, rest) SELECT 'delete', place, rest FROM card",
        "DROP TABLE slice",
        "DELETE FROM slice",
        "DELETE FROM vocabulary",
        "DELETE FROM page",
        "DELETE FROM finding",
        "UPDATE card_words_data SET block = zeroblob(length(block)) WHERE id > 10",
        "DROP TABLE page_words",
        "DROP TABLE card_words",
        "DROP TABLE vocabulary",
        "INSERT INTO page_words (page_words) VALUES ('delete-all')",
    ],
)
def test_an_index_that_is_damaged_or_missing_is_mended(root: Path, harm: str) -> None:
    archive = keeping.archive(root)
    letter = keeping.file(archive, "rapat koordinasi", doc_type="undangan")
    path = archive.settings.catalog
    archive.close()
    connection = sqlite3.connect(path)
    connection.execute(harm)
    connection.commit()
    connection.close()
    assert reader.opened(root) is None
    with Archive.open(root, clock=keeping.clock) as again:
        assert found(again.connection, "rapat") == [letter.id]
        assert not again.tend()


def test_a_letter_that_is_filed_meanwhile_makes_no_index_look_damaged(root: Path) -> None:
    archive = keeping.archive(root)
    keeping.file(archive, "rapat", date=dt.date(2024, 3, 1))
    connection = catalog.connect(archive.settings.catalog, wait=0)
    newer = iter(["undangan"])

    def file(asked: str) -> None:
        if "FROM entry" in asked:
            for text in newer:
                keeping.file(archive, text, date=dt.date(2024, 3, 2))

    connection.set_trace_callback(file)
    assert tending.sound(connection)
    connection.set_trace_callback(None)
    assert next(newer, None) is None
    assert tending.sound(connection)
    connection.close()
    archive.close()


def test_an_index_that_nobody_changed_is_not_looked_at_again(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = keeping.archive(root)
    keeping.file(archive, "rapat koordinasi")
    while archive.tend():
        pass
    tended: list[object] = []
    monkeypatch.setattr(tending, "tend", tended.append)
    archive.tend()
    assert not tended
    keeping.file(archive, "rapat lain")
    archive.tend()
    assert len(tended) == 1
    archive.close()


def test_what_a_destroyed_letter_alone_held_is_no_form_of_a_word(root: Path) -> None:
    archive = keeping.archive(root)
    keeping.file(archive, "surat perihal kesehafan")
    keeping.file(archive, "surat perihal kesehatan")
    archive.trash([1], who="Siti")
    archive.destroy(archive.doomed([1]), who="Siti", why="uji")
    words = {word for (word,) in archive.connection.execute("SELECT word FROM vocabulary")}
    assert "kesehatan" in words
    assert "kesehafan" not in words
    archive.close()


def test_an_index_whose_damage_was_met_while_its_words_were_counted_is_made_anew() -> None:
    cards = Cards()
    cards.put("satu dua tigatiga empat lima")
    damage = "UPDATE page_words_data SET block = x'ffffffffffffffff' WHERE id > 10"
    cards.connection.execute(damage)
    with pytest.raises(sqlite3.DatabaseError, match="malformed"):
        vocabulary.sound(cards.connection)
    tending.refill(cards.connection)
    assert vocabulary.sound(cards.connection)
    cards.connection.close()
