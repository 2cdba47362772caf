"""duplicates, and what other commands tell of renditions, as they are typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from arsip.cli import letters
from arsip.cli.telling import FEW
from tests.archive.test_likeness import TEXT
from tests.cli.counters import Desk

LETTER = f"""DINAS PERPUSTAKAAN KABUPATEN WANAJAYA

                                   Wanajaya, 12 Maret 2024
Nomor : 005/123/Perpus/2024
Hal   : Undangan Rapat Lomba

Yth. Kepala Dinas Kearsipan
di Wanajaya

{TEXT}

                                   Kepala Dinas Perpustakaan,


                                   Siti Rahma
"""
STAMPED = LETTER + "\nDiterima jempol\n"
UNNUMBERED = LETTER.replace("Nomor : 005/123/Perpus/2024\n", "")


def scans(desk: Desk, *texts: str) -> Path:
    folder = desk.home / "scan"
    folder.mkdir(exist_ok=True)
    for at, text in enumerate(texts):
        (folder / f"{at:02}.txt").write_text(text, "utf-8")
    return folder


@pytest.fixture
def twice(desk: Desk) -> Desk:
    desk.types("ingest", scans(desk, LETTER, STAMPED, UNNUMBERED))
    return desk


def test_what_came_before_is_told_while_it_is_filed(desk: Desk) -> None:
    folder = scans(desk, LETTER, STAMPED, UNNUMBERED)
    answer = desk.types("ingest", folder)
    assert answer.code == 0
    assert answer.err.splitlines()[-2:] == [
        "01.txt (letter 2): the same letter as 1, kept as a further rendition of it",
        "02.txt (letter 3): probably the same letter as 1; to compare: arsip duplicates 3",
    ]


def test_scripts_hear_of_it_too(desk: Desk) -> None:
    told = desk.types("ingest", scans(desk, LETTER, STAMPED, UNNUMBERED), "--json").json
    assert [(one["same_as"], one["sure"]) for one in told] == [(None, None), (1, True), (1, False)]
    again = desk.types("ingest", scans(desk, LETTER, STAMPED), "--json").json
    assert {one["same_as"] for one in again} == {None}


def test_many_are_counted(desk: Desk) -> None:
    copies = [f"{LETTER}\nlembar {word}\n" for word in "abcdefghij"[: FEW + 2]]
    answer = desk.types("ingest", scans(desk, *copies))
    told = answer.err.splitlines()[-1]
    assert told.startswith(f"{FEW + 1} files are further renditions of letters that were filed")
    assert told.endswith("arsip duplicates")


def test_all_are_listed_or_those_of_a_letter(twice: Desk) -> None:
    rows = twice.types("duplicates").rows
    assert [row[:3] for row in rows] == [["2", "1", "a rendition of it"], ["3", "1", "probably"]]
    assert [row[0] for row in twice.types("duplicates", "--unsure").rows] == ["3"]
    assert [row[0] for row in twice.types("duplicates", "1").rows] == ["2", "3"]
    assert [row[0] for row in twice.types("duplicates", "list", "3").rows] == ["2", "3"]
    assert "join 1 3" in twice.types("duplicates").err


def test_lists_show_one_letter_and_a_search_what_only_a_rendition_says(twice: Desk) -> None:
    assert [row[0] for row in twice.types("list").rows] == ["1", "3"]
    assert [row[0] for row in twice.types("search", "jempol").rows] == ["2"]
    assert len(twice.types("export", "--format", "jsonl").json) == 2


def test_letters_are_joined_parted_and_that_undone(twice: Desk) -> None:
    assert twice.types("duplicates", "join", "1", "3").out == (
        "Letter 1 has these further renditions: 2, 3\n"
    )
    assert twice.types("duplicates", "part", "2").out == "Letter 2 is a letter of its own.\n"
    assert "made letter 2 a letter of its own" in twice.types("log", "2").out
    assert twice.types("undo", "--yes").code == 0
    [first, second] = twice.types("duplicates", "--json").json
    assert (first["id"], first["same_as"], first["sure"]) == (2, 1, True)
    assert (second["id"], second["sure"]) == (3, True)
    [told] = twice.types("duplicates", "join", "3", "1", "--json").json
    assert (told["id"], told["same_as"], told["renditions"]) == (3, None, [1, 2])
    assert twice.types("verify", "--full").code == 0


def test_what_makes_no_sense_is_told(twice: Desk) -> None:
    assert twice.types("duplicates", "join", "1").code == 2
    assert twice.types("duplicates", "part").code == 2
    assert "arsip duplicates part 2" in twice.types("duplicates", "part", "1").err
    assert twice.types("duplicates", "join", "1", "99").code == 5
    assert "arsip destroy 1 2" in twice.types("destroy", "1", "--why", "x", "--yes").err


def test_where_nothing_came_twice_that_is_told(desk: Desk) -> None:
    desk.types("ingest", scans(desk, LETTER))
    answer = desk.types("duplicates")
    assert (answer.code, answer.out) == (0, "")
    assert "more than once" in answer.err


def test_secret_letters_are_joined_only_when_that_is_asked_for(desk: Desk) -> None:
    folder = scans(desk, LETTER, STAMPED)
    desk.types("ingest", folder, "--set", "sifat=rahasia")
    assert desk.types("duplicates").rows == []
    assert len(desk.types("duplicates", "--rahasia").rows) == 1
    assert desk.types("duplicates", "part", "2").code == 5
    assert desk.types("duplicates", "part", "2", "--rahasia").code == 0


def test_a_letter_shows_its_renditions_and_opens_them(
    twice: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[bytes] = []
    monkeypatch.setattr(letters, "_open", lambda file: opened.append(file.read_bytes()))
    assert "Renditions\t2" in twice.types("show", "1").out
    assert "Rendition of\t1" in twice.types("show", "2").out
    assert "Probably the same as\t1" in twice.types("show", "3").out
    [told] = twice.types("show", "1", "--json").json
    assert (told["same_as"], told["renditions"]) == (None, [2])
    assert twice.types("open", "1", "--rendition", "2").code == 0
    assert twice.types("open", "1").code == 0
    assert opened == [STAMPED.encode(), LETTER.encode()]
    assert twice.types("open", "1", "--rendition", "3").code == 5
