"""Letters of fictional offices with what each of them says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.letter.typed import facts, read

GOLDEN = Path(__file__).parent / "golden"
LETTERS = sorted(path.stem for path in GOLDEN.glob("*.txt"))


@pytest.mark.parametrize("name", LETTERS)
def test_a_golden_letter_says_what_it_says_and_no_more(name: str) -> None:
    wanted = json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))
    said = facts((GOLDEN / f"{name}.txt").read_text(encoding="utf-8"))
    assert {key: said.get(key) for key in wanted} == wanted


@pytest.mark.parametrize("name", LETTERS)
def test_every_fact_of_a_golden_letter_has_its_evidence(name: str) -> None:
    letter = read((GOLDEN / f"{name}.txt").read_text(encoding="utf-8"))
    for found in letter.findings.values():
        for finding in found:
            assert 0 <= finding.confidence <= 1
            assert finding.rule
            assert (finding.page is None) == (finding.box is None)
            if finding.box is None:
                assert finding.origin == "rule"


def test_there_are_golden_letters_of_many_kinds() -> None:
    assert len(LETTERS) >= 12
