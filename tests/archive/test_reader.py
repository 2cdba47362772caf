"""What names a letter, and an archive that is only read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from arsip.archive import reader
from arsip.archive.reader import is_id
from tests.archive import keeping


@pytest.mark.parametrize("word", ["1", "17", "9" * 15, "9" * 16, "12ab34cd", "12AB34CD", "f" * 64])
def test_a_number_or_digits_of_a_hash_name_a_letter(word: str) -> None:
    assert is_id(word)


@pytest.mark.parametrize("word", ["", "-1", "1.5", "12ab34c", "rapat", "rapatrapat", "f" * 65])
def test_anything_else_names_none(word: str) -> None:
    assert not is_id(word)


@pytest.mark.parametrize("beside", [True, False])
def test_on_a_medium_that_cannot_be_written_the_last_letter_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, beside: bool
) -> None:
    with keeping.archive(tmp_path) as kept:
        keeping.file(kept, "rapat")
        # Who is killed here leaves what was written last beside the catalog.
        keeping.file(kept, "undangan")
        if not beside:
            kept.close()
        monkeypatch.setattr(os, "access", lambda *_asked: False)
        found = reader.opened(tmp_path)
    assert found is not None
    with found:
        assert found.connection.execute("PRAGMA query_only").fetchone() == (1,)
        assert [entry.id for entry in found.latest(3)] == [2, 1]
