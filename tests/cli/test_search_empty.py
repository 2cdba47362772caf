"""A search in an archive that holds no letter yet."""

from __future__ import annotations

from tests.cli.counters import Desk


def test_who_searches_an_empty_archive_is_told_how_to_fill_it(desk: Desk) -> None:
    assert desk.types("init").code == 0
    answer = desk.types("search", "undangan")
    assert (answer.code, answer.out) == (5, "")
    assert "The archive is empty: arsip ingest FOLDER" in answer.err
