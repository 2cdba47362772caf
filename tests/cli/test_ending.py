"""trash, untrash, destroy, as they are typed; and what is scanned again."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from arsip.cli import ending
from tests.cli.counters import Desk


def test_a_letter_goes_into_the_trash_and_comes_back(office: Desk) -> None:
    answer = office.types("trash", "1", "--why", "dobel")
    assert answer.rows == [
        ["in the trash now", "1", "005/17/Umum", "2024-03-11", "Kecamatan Mekarsari",
         "Undangan Rapat Stunting"]
    ]  # fmt: skip
    assert answer.err == "To bring back: arsip untrash 1\n"
    assert [row[0] for row in office.types("list").rows] == ["3", "4"]
    assert [row[0] for row in office.types("list", "--trash").rows] == ["1"]
    assert [row[0] for row in office.types("search", "rapat").rows] == ["3"]
    assert [row[0] for row in office.types("search", "rapat", "--trash").rows] == ["1"]
    assert office.types("trash", "1").rows[0][0] == "in the trash already"
    assert "(in the trash)" in office.types("show", "1").out
    [back] = office.types("untrash", "1", "--json").json
    assert (back["id"], back["state"], back["changed"]) == (1, "filed", True)
    assert office.types("untrash", "1").rows[0][0] == "not in the trash"
    assert [row[0] for row in office.types("list").rows] == ["1", "3", "4"]


def test_several_letters_go_at_once_each_named_once(office: Desk) -> None:
    told = office.types("trash", "4", "1", "4", "--json").json
    assert [one["id"] for one in told] == [4, 1]


def test_of_a_secret_letter_only_that_is_told(office: Desk) -> None:
    assert office.types("trash", "2").rows == [["in the trash now", "2", "(secret)"]]
    assert office.types("list", "--trash").rows == []
    assert [row[0] for row in office.types("list", "--trash", "--rahasia").rows] == ["2"]


def test_what_one_command_put_into_the_trash_is_undone_at_once(office: Desk) -> None:
    office.types("trash", "1", "3", "--why", "dobel")
    assert "put letter 3 into the trash" in office.types("log", "3").out
    assert "into the trash" in office.types("undo").err
    assert office.types("undo", "--yes").code == 0
    assert office.types("list", "--trash").rows == []
    assert len(office.types("list").rows) == 3
    assert office.types("verify", "--full").code == 0


def test_an_empty_trash_is_told(office: Desk) -> None:
    answer = office.types("list", "--trash")
    assert (answer.code, answer.err) == (0, "The trash is empty.\n")


def test_a_letter_that_is_not_there_is_told_and_nothing_is_done(office: Desk) -> None:
    assert office.types("trash", "1", "99").code == 5
    assert office.types("list", "--trash").rows == []


def test_destroying_needs_a_reason_and_somebody_to_ask(office: Desk) -> None:
    for args in (["1"], ["1", "--why", "  "], ["1", "--yes"]):
        assert "The reason is missing." in office.types("destroy", *args).err
    answer = office.types("destroy", "1", "--why", "retensi")
    assert answer.code == 2
    assert "--yes" in answer.err
    assert office.types("show", "1").code == 0


class Keyboard(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("typed", "gone"), [("yes\n", True), ("y\n", False), ("", False)])
def test_at_a_terminal_it_asks_first(
    office: Desk, monkeypatch: pytest.MonkeyPatch, typed: str, *, gone: bool
) -> None:
    class System:
        stdin = Keyboard(typed)

    monkeypatch.setattr(ending, "sys", System)
    answer = office.types("destroy", "1", "--why", "retensi")
    assert answer.code == 0
    assert "Destroy 1 letter for good? Type yes: " in answer.err
    assert ("Nothing was destroyed." in answer.err) != gone
    assert (office.types("show", "1").code == 5) == gone


def test_what_was_destroyed_is_told_when_it_is_asked_for(office: Desk) -> None:
    [told] = office.types("destroy", "1", "--why", "retensi habis", "--yes", "--json").json
    assert (told["id"], told["state"]) == (1, "destroyed")
    answer = office.types("show", "1")
    assert answer.code == 5
    assert "Letter 1 was destroyed on " in answer.err
    assert "retensi habis" in answer.err
    assert office.types("destroy", "4", "--why", "retensi", "--yes").rows[0][:2] == [
        "destroyed",
        "4",
    ]
    assert office.types("verify", "--full").code == 0


@pytest.fixture
def scan(desk: Desk) -> Path:
    path = desk.home / "surat.txt"
    path.write_text("Nomor : 005/1/Umum\nHal : Undangan\n\nMohon hadir pada rapat di aula.\n")
    assert desk.types("ingest", path).code == 0
    return path


def test_a_trashed_letter_that_is_scanned_again_is_told(desk: Desk, scan: Path) -> None:
    desk.types("trash", "1")
    answer = desk.types("ingest", scan)
    assert answer.rows[0][:2] == ["duplicate", "1"]
    assert answer.rows[0][-1] == "it is in the trash; bring it back: arsip untrash ID"
    [told] = desk.types("ingest", scan, "--json").json
    assert (told["status"], told["reason"], told["id"]) == ("duplicate", "trashed", 1)
    assert desk.types("ingest", scan, "--dry-run").rows[0][-1].startswith("it is in the trash")
    assert desk.types("ingest", "--move", scan).code == 0
    assert not scan.exists()


def test_a_destroyed_letter_that_is_scanned_again_is_left_alone(desk: Desk, scan: Path) -> None:
    desk.types("destroy", "1", "--why", "retensi", "--yes")
    for options in (["--move"], ["--dry-run"], []):
        [row] = desk.types("ingest", *options, scan).rows
        assert row[0] == "left alone"
        assert row[-1].startswith("its letter was destroyed")
        assert scan.exists()
    [told] = desk.types("ingest", scan, "--json").json
    assert (told["status"], told["reason"], told["ids"]) == ("refused", "destroyed", [1])
    assert desk.types("ingest", "--again", scan).rows[0][:2] == ["filed", "2"]
    assert desk.types("ingest", scan).rows[0][:2] == ["duplicate", "2"]
