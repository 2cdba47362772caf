"""An empty archive for the tests of the archive."""

from pathlib import Path

import pytest

from arsip.archive.store import Archive
from tests.archive import keeping


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "arsip"


@pytest.fixture
def kept(root: Path) -> Archive:
    return keeping.archive(root)
