"""That secret letters were shown is kept in the ledger: who, which, by which command."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from arsip.archive.keeper import Keeper
from arsip.archive.ledger import Ledger
from arsip.errors import NoSpace
from tests.cli.counters import Desk

SECRET = 2
"""The secret one of the letters of the office."""


def noted(desk: Desk) -> list[tuple[str, tuple[int, ...]]]:
    lines = Ledger(desk.archive).lines()
    return [(line.act.note["command"], line.act.ids) for line in lines if line.act.name == "reveal"]


@pytest.mark.parametrize(
    "words",
    [
        ("search", "pemeriksaan", "--rahasia"),
        ("search", "pemeriksaan", "--rahasia", "--json"),
        ("list", "--rahasia"),
        ("list", "--rahasia", "--paths"),
        ("export", "--rahasia"),
        ("show", "2", "--rahasia"),
        ("why", "2", "--rahasia"),
        ("copy", "2", "."),
    ],
)
def test_showing_a_secret_letter_is_noted_once(
    office: Desk, tmp_path: Path, words: tuple[str, ...]
) -> None:
    office.monkeypatch.chdir(tmp_path)
    assert office.types(*words, ARSIP_WHO="Siti").code == 0
    assert noted(office) == [(words[0], (SECRET,))]
    assert list(Ledger(office.archive).lines())[-1].act.note["who"] == "Siti"
    assert office.types("verify", "--full").code == 0


def test_opening_a_secret_letter_is_noted(office: Desk) -> None:
    office.monkeypatch.setattr(shutil, "which", lambda _name: "/bin/true")
    assert office.types("open", "2").code == 0
    assert noted(office) == [("open", (SECRET,))]


@pytest.mark.parametrize("words", [("list",), ("show", "2"), ("search", "undangan", "--rahasia")])
def test_nothing_is_noted_where_nothing_secret_is_shown(
    office: Desk, words: tuple[str, ...]
) -> None:
    office.types(*words)
    assert noted(office) == []


def test_the_log_tells_who_was_shown_what(office: Desk) -> None:
    office.types("show", "2", "--rahasia", ARSIP_WHO="Siti")
    assert office.types("log", "2").rows[-1][2:] == ["Siti", "was shown secret letter 2"]


def test_a_ledger_that_cannot_be_written_keeps_nobody_from_reading(office: Desk) -> None:
    def full(*_given: object, **_named: object) -> None:
        raise NoSpace("There is no space left.", hint="df")

    office.monkeypatch.setattr(Keeper, "reveal", full)
    answer = office.types("show", "2", "--rahasia")
    assert answer.code == 0
    assert "cannot note that secret letters are shown: There is no space left." in answer.err


def test_a_look_into_a_copy_keeps_no_backup_from_it(office: Desk, tmp_path: Path) -> None:
    copy = tmp_path / "usb"
    assert office.types("backup", copy).code == 0
    assert office.types("--archive", copy, "show", "2", "--rahasia").code == 0
    assert office.types("backup", copy).code == 0
