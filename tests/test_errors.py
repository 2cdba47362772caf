"""What a person is told when something goes wrong."""

from __future__ import annotations

import shlex

import pytest

from arsip.errors import quoted


@pytest.mark.parametrize("path", ["/arsip", "/arsip bupati", "/it's", "''", "/a$b\\c"])
def test_a_path_in_a_hint_is_one_word_to_a_shell(path: str) -> None:
    assert shlex.split(quoted(path)) == [path]
