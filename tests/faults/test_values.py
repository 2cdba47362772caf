"""The short form of hostile words, values and bytes; the long one is ``tests.faults.values``."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.faults.values import TRIALS

COUNT = 600
SEED = 4


@pytest.mark.slow
@pytest.mark.parametrize("name", TRIALS)
def test_nothing_hostile_breaks_what_reads_it(tmp_path: Path, name: str) -> None:
    trial, part = TRIALS[name]
    assert list(trial(tmp_path, COUNT // part, random.Random(SEED))) == []
