"""A search over a catalog that is found damaged only while it is asked."""

from __future__ import annotations

import contextlib
import os
import resource
import sqlite3
from collections.abc import Iterator, Sequence

import pytest

from arsip.archive import catalog, settings, tending
from arsip.archive.find import search as finding
from arsip.archive.find.search import Hits
from arsip.model import Entry
from tests.cli.counters import Desk


def strike(office: Desk, harm: str) -> None:
    connection = sqlite3.connect(settings.read(office.archive).catalog)
    connection.execute(harm)
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE finding SET json = '{'",
        "DELETE FROM page_words_docsize WHERE id = (SELECT id FROM page WHERE entry = 1 LIMIT 1)",
        "UPDATE page_words_data SET block = zeroblob(length(block)) WHERE id > 10",
        "UPDATE page_words_data SET block = x'ffffffff' WHERE id = 1",
        "UPDATE page SET text = CAST(text AS BLOB)",
        "UPDATE finding SET json = 'null'",
        "UPDATE finding SET box = '[1]'",
        "UPDATE entry SET filed_at = '2024-13-99'",
        "UPDATE entry SET doubts = '[[1]]'",
        "UPDATE entry SET original = CAST(original AS BLOB)",
        "UPDATE slice SET words = CAST(words AS BLOB)",
        "UPDATE vocabulary SET pages = 'many'",
    ],
)
def test_the_catalog_is_made_anew_and_the_search_answered(office: Desk, harm: str) -> None:
    well = office.types("search", "stunting rapt")
    strike(office, harm)
    answer = office.types("search", "stunting rapt")
    assert (answer.code, answer.out) == (0, well.out)
    assert office.types("search", "stunting rapt").err == well.err


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE entry SET doubts = '[[1]]'",
        "UPDATE meta SET value = 'x' WHERE name = 'last_id'",
        "UPDATE slice SET words = CAST(words AS BLOB) WHERE words LIKE '%stunting%'",
        "UPDATE vocabulary SET pages = 'many'",
    ],
)
def test_a_value_of_another_kind_is_found_by_verify_and_mended(office: Desk, harm: str) -> None:
    strike(office, harm)
    assert office.types("verify", "--full").code == 7
    assert office.types("rebuild").code == 0
    assert office.types("verify", "--full").code == 0


@pytest.mark.parametrize("word", ["search", "rebuild"])
def test_a_catalog_whose_tables_are_described_in_no_text_is_made_anew(
    office: Desk, word: str
) -> None:
    well = office.types("search", "stunting")
    place = settings.read(office.archive).catalog
    connection = sqlite3.connect(place)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    held = place.read_bytes()
    # SQLite tells the name of the table that it cannot make out.
    told = held.replace(b"tablemetameta", b"table\xe9\xc7\xd7\xffmeta").replace(
        b"LE meta", b"L@ meta"
    )
    assert told != held
    place.write_bytes(told)
    assert office.types(word, *["stunting"] * (word == "search")).code == 0
    assert office.types("search", "stunting") == well
    assert office.types("verify", "--full").code == 0


def test_a_catalog_that_asks_for_more_memory_than_there_is_is_made_anew(
    office: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    well = office.types("search", "stunting")
    asked = iter([MemoryError()])

    def entries(connection: sqlite3.Connection, ids: Sequence[int]) -> Iterator[Entry]:
        for error in asked:
            raise error
        return whole(connection, ids)

    whole = catalog.entries
    monkeypatch.setattr(catalog, "entries", entries)
    answer = office.types("search", "stunting")
    assert (answer.code, answer.out) == (0, well.out)


@pytest.mark.parametrize("word", ["search", "list", "rebuild"])
@pytest.mark.parametrize("harm", ["DROP TABLE seen", "PRAGMA user_version = 11"])
def test_a_catalog_that_lacks_a_table_or_a_step_is_made_anew(
    office: Desk, harm: str, word: str
) -> None:
    well = office.types("search", "stunting")
    strike(office, harm)
    assert office.types(word, *["stunting"] * (word == "search")).code == 0
    assert office.types("rebuild").code == 0
    assert office.types("verify", "--full").code == 0
    assert office.types("search", "stunting") == well


@pytest.mark.parametrize(
    ("harm", "code", "said"),
    [
        ("DELETE FROM page_words_data", 3, "cannot be written to make it anew"),
        ("PRAGMA user_version = 7", 3, "cannot be written to make it anew"),
        ("UPDATE finding SET json = '{'", 7, "is damaged"),
    ],
)
def test_where_nothing_can_be_written_it_is_told_what_is_wrong(
    office: Desk, monkeypatch: pytest.MonkeyPatch, harm: str, code: int, said: str
) -> None:
    strike(office, harm)
    monkeypatch.setattr(os, "access", lambda *_asked: False)
    answer = office.types("search", "stunting")
    assert (answer.code, answer.out) == (code, "")
    assert said in answer.err
    assert "made anew from the vault" not in answer.err


def test_for_a_mistake_of_our_own_no_catalog_is_blamed(
    office: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def search(*_asked: object, **_how: object) -> Hits:
        raise TypeError

    monkeypatch.setattr(finding, "search", search)
    answer = office.types("search", "stunting")
    assert answer.code == 1
    assert "made anew" not in answer.err


@contextlib.contextmanager
def full_disk() -> Iterator[None]:
    """No file can grow any more: that is how a full disk looks to SQLite."""
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, usual[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)


def test_on_a_full_disk_letters_are_found(office: Desk) -> None:
    well = office.types("search", "stunting")
    with full_disk():
        assert office.types("search", "stunting") == well
        assert office.types("edit", "1", "subject=Rapat").code == 6
    assert office.types("verify", "--full").code == 0


def test_on_a_full_disk_a_damaged_index_stays_until_there_is_room(
    office: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    well = office.types("search", "stunting")
    strike(office, "DELETE FROM slice")

    def refill(_connection: sqlite3.Connection) -> None:
        raise full

    full = sqlite3.OperationalError("database or disk is full")
    full.sqlite_errorname = "SQLITE_FULL"
    with monkeypatch.context() as patch:
        patch.setattr(tending, "refill", refill)
        answer = office.types("search", "stunting")
    assert answer.code == 6
    assert "no space left" in answer.err
    mended = office.types("search", "stunting")
    assert mended.out == well.out
    assert mended.err == f"The index of words is not whole; it is made anew.\n{well.err}"
    assert office.types("search", "stunting") == well
    assert not list(office.archive.glob("*.damaged-*"))
