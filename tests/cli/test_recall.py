"""The last search: remembered for this terminal alone, and privately."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from tests.cli.counters import Desk
from tests.cli.test_letters import desktop


def test_a_hit_is_named_by_its_place_in_show_and_open(office: Desk) -> None:
    office.types("search", "rapat", "--sort", "oldest")
    assert office.types("show", "--hit", "1", "--json").json[0]["id"] == 3
    assert office.types("show", "--hit", "2", "--json").json[0]["id"] == 1


def test_places_count_from_the_first_hit_of_all(office: Desk) -> None:
    office.types("search", "rapat", "--sort", "oldest", "--offset", "1")
    assert office.types("show", "--hit", "2", "--json").json[0]["id"] == 1
    answer = office.types("show", "--hit", "1")
    assert (answer.code, answer.err) == (
        5, "Error: The last search showed no hit 1.\nHint: arsip show --hit 2\n",
    )  # fmt: skip


@pytest.mark.parametrize("form", ["--json", "--csv", "--paths", "-0", "--format={id}"])
def test_a_search_for_a_script_is_the_last_one_too(office: Desk, form: str) -> None:
    office.types("search", "stunting", form)
    assert office.types("show", "--hit", "1", "--json").json[0]["id"] == 1


def test_without_a_search_there_is_something_to_type(office: Desk) -> None:
    answer = office.types("show", "--hit", "1")
    assert (answer.code, answer.err.splitlines()[1]) == (5, "Hint: arsip search undangan")
    office.types("search", "rapat", "--limit", "0")
    assert office.types("show", "--hit", "1").code == 5


def test_a_search_that_found_nothing_has_no_hits(office: Desk) -> None:
    office.types("search", "stunting")
    assert office.types("search", "zamrud").code == 5
    for command in ("show", "open"):
        answer = office.types(command, "--hit", "1")
        assert (answer.code, answer.out) == (5, "")
        assert answer.err.startswith("Error: The last search showed no hit 1.\n")


def test_a_search_that_cannot_be_kept_is_answered_and_forgets_the_older_one(office: Desk) -> None:
    office.types("search", "stunting")

    def full(*_args: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with office.monkeypatch.context() as patch:
        patch.setattr(Path, "write_text", full)
        assert office.types("search", "permohonan").code == 0
    assert list(office.state.iterdir()) == []
    assert office.types("show", "--hit", "1").code == 5


def test_the_note_is_private_and_holds_no_word_of_a_letter(office: Desk) -> None:
    office.types("search", "stunting")
    [note] = office.state.iterdir()
    assert stat.S_IMODE(note.stat().st_mode) == 0o600
    assert stat.S_IMODE(office.state.stat().st_mode) == 0o700
    assert (
        note.read_text()
        == f"{office.archive}\nstunting\n0 abbreviation misread spelling stem synonym\n1"
    )


def test_a_note_that_was_open_to_all_is_private_again(office: Desk) -> None:
    office.state.mkdir(parents=True)
    note = office.state / "last-search"
    note.write_text("old")
    note.chmod(0o644)
    office.types("search", "stunting")
    assert stat.S_IMODE(note.stat().st_mode) == 0o600


def test_a_note_of_an_older_arsip_is_no_search(office: Desk) -> None:
    office.state.mkdir(parents=True)
    for text in ("", f"{office.archive}", f"{office.archive}\nrapat\nx\n1"):
        (office.state / "last-search").write_text(text)
        assert office.types("show", "--hit", "1").code == 5


def test_each_terminal_has_its_own_last_search(office: Desk) -> None:
    places = {"one": "/dev/pts/1", "two": "/dev/pts/2"}

    def at(name: str) -> None:
        office.monkeypatch.setattr(os, "ttyname", lambda _stream: places[name])

    at("one")
    office.types("search", "stunting")
    at("two")
    assert office.types("show", "--hit", "1").code == 5
    office.types("search", "permohonan")
    at("one")
    assert office.types("show", "--hit", "1", "--json").json[0]["id"] == 1
    assert {note.name for note in office.state.iterdir()} == {
        "last-search-pts-1", "last-search-pts-2",
    }  # fmt: skip


def test_a_person_sees_the_words_of_the_last_search_marked(office: Desk) -> None:
    office.types("search", "stunting")
    assert "«stunting»" in office.sees("show", "--hit", "1", "--page", "1").out
    assert "\x1b[1mstunting\x1b[0m" in office.sees("show", "1", "--text", colour=True).out
    assert "«" not in office.sees("show", "3", "--text").out


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("stuntnig", "«stunting»"),
        ("menghadiri", "«hadir»"),
        ("hal:stunting", "«stunting»"),
        ("permohonan data pegawal", "«pegawai»"),
        ("pertemuan -stunting", "«rapat»"),
    ],
)
def test_the_page_of_a_hit_has_the_marks_of_the_search(
    office: Desk, query: str, marked: str
) -> None:
    found = office.types("search", "--", query).rows[0][0]
    assert marked in office.sees("show", "--hit", "1", "--page", "1").out
    assert marked in office.types("show", found, "--page", "1", "--mark", query).out


def test_words_that_were_not_widened_are_marked_as_typed(office: Desk) -> None:
    office.types("search", "rapat", "--exact")
    assert "«rapat»" in office.sees("show", "1", "--text").out
    office.types("search", "hadir", "OR", "pertemuan", "--exact")
    seen = office.sees("show", "1", "--text").out
    assert "«hadir»" in seen
    assert "«rapat»" not in seen


def test_words_are_marked_in_letters_that_do_not_show_in_a_search(office: Desk) -> None:
    secret = office.types("show", "2", "--rahasia", "--mark", "diperiksa", "--text").out
    assert "«pemeriksaan»" in secret
    assert office.types("trash", "1").code == 0
    assert "«stunting»" in office.types("show", "1", "--mark", "stuntnig").out


def test_a_pipe_gets_the_text_as_it_is_unless_marks_are_asked_for(office: Desk) -> None:
    office.types("search", "stunting")
    assert "«" not in office.types("show", "1", "--text").out
    assert "«hadir»" in office.types("show", "1", "--mark", "hadir").out
    assert "«" not in office.types("show", "1", "--mark", '"').out
    assert "«" not in office.types("show", "1", "--mark", "nomor:17").out


def test_show_wants_one_letter(office: Desk) -> None:
    for args in ((), ("1", "--hit", "1")):
        answer = office.types("show", *args)
        assert (answer.code, answer.out) == (2, "")


def test_open_takes_the_place_that_was_told(office: Desk, tmp_path: Path) -> None:
    asked = desktop(office)
    told = office.sees("search", "rapat", "--sort", "newest", "--offset", "1").err
    assert "arsip open --hit 2" in told
    assert office.types("open", "--hit", "2").code == 0
    assert str(tmp_path) in asked.read_text()
