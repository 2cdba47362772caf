"""What names a letter."""

from __future__ import annotations

import pytest

from arsip.archive.reader import is_id


@pytest.mark.parametrize("word", ["1", "17", "9" * 15, "9" * 16, "12ab34cd", "12AB34CD", "f" * 64])
def test_a_number_or_digits_of_a_hash_name_a_letter(word: str) -> None:
    assert is_id(word)


@pytest.mark.parametrize("word", ["", "-1", "1.5", "12ab34c", "rapat", "rapatrapat", "f" * 65])
def test_anything_else_names_none(word: str) -> None:
    assert not is_id(word)
