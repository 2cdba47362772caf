"""A search over a catalog that is found damaged only while it is asked."""

from __future__ import annotations

import sqlite3

import pytest

from arsip.archive import settings
from tests.cli.counters import Desk


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE finding SET json = '{'",
        "DELETE FROM page_words_docsize WHERE id = (SELECT id FROM page WHERE entry = 1 LIMIT 1)",
        "UPDATE page_words_data SET block = zeroblob(length(block)) WHERE id > 10",
    ],
)
def test_the_catalog_is_made_anew_and_the_search_answered(office: Desk, harm: str) -> None:
    well = office.types("search", "stunting")
    connection = sqlite3.connect(settings.read(office.archive).catalog)
    connection.execute(harm)
    connection.commit()
    connection.close()
    answer = office.types("search", "stunting")
    assert (answer.code, answer.out) == (0, well.out)
    assert office.types("search", "stunting").err == well.err
