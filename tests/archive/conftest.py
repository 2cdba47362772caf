"""An empty archive and an empty catalog for the tests of the archive."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from arsip.archive.store import Archive
from tests.archive import keeping
from tests.archive.cards import Cards


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "arsip"


@pytest.fixture
def kept(root: Path) -> Archive:
    return keeping.archive(root)


@pytest.fixture
def cards() -> Iterator[Cards]:
    cards = Cards()
    yield cards
    cards.connection.close()
