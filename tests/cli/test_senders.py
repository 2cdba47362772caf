"""Senders as a clerk names them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from arsip.cli.rules import REGIONS, place_told
from arsip.fields import LETTER_NUMBER
from arsip.habits import Sign
from tests.archive import keeping
from tests.archive.test_teaching import letter
from tests.cli.counters import Desk


@pytest.fixture
def office(desk: Desk, filed: Path) -> Desk:
    shutil.copytree(filed, desk.archive, symlinks=True)
    return desk


@pytest.fixture
def taught(desk: Desk) -> Desk:
    """A cooperative with two letters whose number was corrected."""
    with keeping.archive(desk.archive) as kept:
        for number in (1, 2):
            entry = letter(kept, number)
            kept.edit(entry.id, {LETTER_NUMBER: f"{number}/KT/V/2024"}, who="Siti")
    return desk


def test_senders_are_listed_with_their_letters_and_secret_ones_only_when_asked(
    office: Desk,
) -> None:
    assert office.types("senders").rows == [["Kecamatan Mekarsari", "1", "", "undangan 1", ""]]
    named = [row[0] for row in office.types("senders", "list", "--rahasia").rows]
    assert named == ["Inspektorat", "Kecamatan Mekarsari"]


def test_what_corrections_taught_is_told_in_words(taught: Desk) -> None:
    [[name, letters, _spellings, _kinds, learned]] = taught.types("senders", "list").rows
    assert (name, letters) == ("Koperasi Tani Maju Bersama", "2")
    assert "Number behind “reg”, 2 of 2" in learned


def test_a_sender_in_json_has_its_habits(taught: Desk) -> None:
    [one] = taught.types("senders", "list", "--json").json
    assert set(one) == {"v", "name", "spellings", "letters", "kinds", "taught", "habits"}
    assert {
        "field": "letter_number",
        "sign": "behind",
        "value": "reg",
        "times": 2,
        "of": 2,
    } in one["habits"]


def test_merging_tells_how_many_letters_bear_the_name_now(office: Desk) -> None:
    answer = office.types("senders", "merge", "inspektorat", "Kecamatan  Mekarsari")
    assert answer.out == "2 letters are from “Kecamatan Mekarsari” now.\n"
    assert office.types("list", "--rahasia", "dari:inspektorat").code == 0
    undone = office.types("senders", "undo", "--json").json
    assert undone == [{"v": 1, "act": "undo", "name": None, "letters": 0}]
    assert office.types("senders", "undo").code == 5


def test_renaming_and_splitting_are_told_in_json_too(office: Desk) -> None:
    [renamed] = office.types("senders", "rename", "Inspektorat", "Itda", "--json").json
    assert renamed == {"v": 1, "act": "rename", "name": "Itda", "letters": 1}
    [split] = office.types("senders", "split", "Inspektorat", "--json").json
    assert split == {"v": 1, "act": "split", "name": "Inspektorat", "letters": 1}
    assert office.types("senders", "undo").out == (
        "The last decision about a sender is taken back.\n"
    )


@pytest.mark.parametrize(
    ("typed", "code", "told"),
    [
        (("gabung",), 2, "“gabung” is none of list, merge, rename, split, undo."),
        (("merge", "Inspektorat"), 2, "merge takes 2 names."),
        (("rename", "Inspektorat", " "), 2, "rename takes 2 names."),
        (("split", "Inspektorat"), 5, "is no spelling of another sender"),
        (("merge", "Inspektorat", "Mekar"), 5, "No letter is from “Mekar”."),
        (("merge", "Inspektorat", "inspektorat"), 2, "are one sender already"),
        (("rename", "Inspektorat", "Inspektorat"), 2, "is called “Inspektorat” already"),
        (
            ("rename", "Inspektorat", "Kecamatan Mekarsari"),
            2,
            "arsip senders merge Inspektorat 'Kecamatan Mekarsari'",
        ),
        (("undo",), 5, "No decision about a sender is left to undo."),
    ],
)
def test_what_cannot_be_decided_is_told(
    office: Desk, typed: tuple[str, ...], code: int, told: str
) -> None:
    answer = office.types("senders", *typed)
    assert answer.code == code
    assert told in answer.err
    assert not (office.archive / "senders").exists()


def test_an_archive_without_senders_says_what_to_do(desk: Desk) -> None:
    desk.types("init")
    answer = desk.types("senders")
    assert (answer.code, answer.out) == (0, "")
    assert "arsip ingest FOLDER" in answer.err


@pytest.mark.parametrize("region", REGIONS)
def test_every_region_has_words(region: str) -> None:
    assert "page" in place_told(Sign("region", region))
