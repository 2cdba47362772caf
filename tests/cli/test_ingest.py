"""ingest, watch, read: letters go in by the words of the clerk."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from arsip.archive import tending
from arsip.cli.manner import children
from arsip.config import Config
from arsip.ingest.pool import Children
from tests.cli.counters import Desk

LETTER = """\
PEMERINTAH KABUPATEN MEKAR RAYA
KECAMATAN MEKARSARI

                                        Mekarsari, 11 Maret 2024
Nomor    : 005/17/Umum
Sifat    : Biasa
Lampiran : -
Hal      : Undangan Rapat

Yth. Lurah Cibogo
di Tempat

Mohon hadir pada rapat koordinasi di aula kecamatan.

                                        Camat Mekarsari,
                                        Siti Rahayu
"""


@pytest.fixture
def scan(desk: Desk) -> Path:
    """A scan folder with a letter, its twin, and something that is no letter."""
    folder = desk.home / "scan"
    folder.mkdir()
    (folder / "a.txt").write_text(LETTER)
    (folder / "b.txt").write_text(LETTER)
    (folder / "c.bin").write_bytes(b"\x00\x01\x02 no letter")
    return folder


def test_the_first_ingest_makes_the_archive_and_tells_each_file(desk: Desk, scan: Path) -> None:
    answer = desk.types("ingest", scan)
    assert answer.code == 4
    assert answer.err.startswith(f"Made the archive {desk.archive}\n")
    assert answer.err.endswith("3 files: 1 filed, 1 duplicate, 1 set aside.\n")
    first, second, third = answer.rows
    assert first[:4] == ["filed", "1", str(scan / "a.txt"), "005/17/Umum"]
    assert second[:2] == ["duplicate", "1"]
    assert third[0] == "set aside"
    assert (scan / "a.txt").exists()
    assert [row[1] for row in desk.types("list").rows] == ["005/17/Umum"]
    again = desk.types("ingest", scan, "--json")
    assert again.code == 0
    assert [told["status"] for told in again.json] == ["duplicate", "duplicate", "set_aside"]


@pytest.mark.parametrize("command", [("ingest",), ("watch", "--once", "--settle", "0")])
def test_how_common_words_are_is_counted_at_the_end(
    desk: Desk, scan: Path, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tending, "STALE", 3)
    (scan / "b.txt").write_text(LETTER.replace("005/17", "005/18").replace("Cibogo", "Legok"))
    desk.types(*command, scan)
    with contextlib.closing(sqlite3.connect(desk.archive / "catalog.sqlite3")) as catalog:
        rows = catalog.execute(
            "SELECT word, pages FROM vocabulary WHERE word IN ('rapat', 'legok')"
        )
        told = dict(rows)
    assert told["rapat"] == 2 * told["legok"]


def test_what_may_not_be_read_is_not_refused_for_all_in_typers_words(
    desk: Desk, scan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    access = os.access
    monkeypatch.setattr(
        os, "access", lambda path, mode: str(scan) not in str(path) and access(path, mode)
    )
    assert desk.types("ingest", scan / "a.txt").rows[0][0] == "filed"
    assert desk.types("watch", "--once", scan).code == 3


def test_ingest_in_json_has_the_keys_of_the_contract(desk: Desk, scan: Path) -> None:
    [told] = desk.types("ingest", "--json", scan / "a.txt", "--set", "sifat=rahasia").json
    assert set(told) == {
        "v", "file", "status", "id", "ids", "sha256", "pages", "reason", "seconds", "doubts",
        "same_as", "sure",
    }  # fmt: skip
    assert (told["v"], told["status"], told["ids"], told["pages"]) == (1, "filed", [1], 1)
    assert desk.types("list").out == ""
    [letter] = desk.types("show", "1", "--json", "--rahasia").json
    assert letter["fields"]["sensitivity"]["origin"] == "person"


def test_the_line_of_a_secret_letter_does_not_tell_what_it_is_about(desk: Desk, scan: Path) -> None:
    answer = desk.types("ingest", scan / "a.txt", "--set", "sifat=rahasia")
    assert answer.rows == [
        ["filed", "1", str(scan / "a.txt"), "-", "-", "(secret: arsip show 1 --rahasia)"]
    ]


def test_a_full_disk_asks_to_try_again(
    desk: Desk, scan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("arsip.ingest.intake.SPARE", 1 << 60)
    answer = desk.types("ingest", scan / "a.txt", "--json")
    assert answer.code == 6
    assert [(told["status"], told["reason"]) for told in answer.json] == [("waiting", "no_space")]


def test_moving_removes_what_is_safe_and_nothing_else(desk: Desk, scan: Path) -> None:
    desk.types("ingest", scan, "--move")
    assert [path.name for path in scan.iterdir()] == ["c.bin"]


def test_a_dry_run_does_nothing(desk: Desk, scan: Path) -> None:
    desk.types("init")
    answer = desk.types("ingest", "--dry-run", scan)
    assert [row[0] for row in answer.rows] == ["filed", "filed", "set aside"]
    assert answer.code == 0
    assert desk.types("list").out == ""


def test_a_person_gets_a_table(desk: Desk, scan: Path) -> None:
    answer = desk.sees("ingest", scan / "a.txt")
    assert "Status" in answer.out
    assert "005/17/Umum" in answer.out
    assert "1 file: 1 filed." in answer.err


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["gone.pdf"], "There is no file gone.pdf."),
        ([".", "--set", "warna=merah"], "warna=merah names no field"),
        ([".", "--set", "hal="], "--set needs a value."),
        ([".", "--password-file", "gone.txt"], "The password file gone.txt cannot be read"),
        ([".", "--jobs", "many"], "--jobs: “many” is no whole number."),
    ],
)
def test_a_mistake_files_nothing(desk: Desk, args: list[str], told: str) -> None:
    desk.monkeypatch.chdir(desk.home)
    answer = desk.types("ingest", *args)
    assert answer.code == 2
    assert told in answer.err


def test_a_wrong_field_makes_no_archive(desk: Desk, scan: Path) -> None:
    assert desk.types("ingest", scan, "--set", "warna=merah").code == 2
    assert desk.types("watch", "--once", scan, "--set", "warna=merah").code == 2
    assert not desk.archive.exists()


def test_a_language_that_no_engine_knows_is_a_matter_of_set_up(desk: Desk, scan: Path) -> None:
    answer = desk.types("ingest", scan, "--lang", "xyz")
    assert answer.code == 3
    assert "xyz" in answer.err


def test_read_tells_what_a_letter_says_and_needs_no_archive(desk: Desk, scan: Path) -> None:
    passwords = desk.home / "passwords.txt"
    passwords.write_text("one\n\ntwo\n")
    answer = desk.types("read", scan / "a.txt", "--text", "--password-file", passwords)
    assert (answer.code, answer.err) == (0, "")
    assert answer.rows[0] == [str(scan / "a.txt")]
    assert ["Number", "005/17/Umum"] in answer.rows
    assert "Mohon hadir" in answer.out
    assert not desk.archive.exists()


def test_read_in_json_has_pages_and_fields_as_in_show(desk: Desk, scan: Path) -> None:
    answer = desk.types("read", "--json", scan / "a.txt", scan / "c.bin")
    assert answer.code == 4
    letter, other = answer.json
    assert (letter["v"], letter["file"]) == (1, str(scan / "a.txt"))
    assert letter["fields"]["date"]["value"] == "2024-03-11"
    assert letter["pages"][0]["number"] == 1
    assert (other["reason"], other["pages"]) == ("not_a_document", [])
    assert letter.keys() == other.keys()


def test_read_tells_why_a_file_is_no_letter(desk: Desk, scan: Path) -> None:
    answer = desk.types("read", scan / "c.bin")
    assert answer.code == 4
    assert "This is no scan, no PDF and no text letter" in answer.err


def test_watch_once_moves_what_it_files_and_is_silent_when_there_is_nothing(
    desk: Desk, scan: Path
) -> None:
    first = desk.types("watch", "--once", scan, "--settle", "0")
    assert first.code == 4
    assert [row[0] for row in first.rows] == ["filed", "duplicate", "set aside"]
    assert [path.name for path in scan.iterdir()] == ["c.bin"]
    again = desk.types("watch", "--once", scan, "--settle", "0")
    assert (again.code, again.out, again.err) == (0, "", "")


def test_watch_can_keep_the_files(desk: Desk, scan: Path) -> None:
    desk.types("watch", "--once", "--keep", scan, "--settle", "0", "--json")
    assert len(list(scan.iterdir())) == 3
    assert desk.types("watch", "--once", "--keep", scan, "--settle", "0").out == ""


def test_watch_wants_folders(desk: Desk) -> None:
    answer = desk.types("watch", "--once", desk.home / "gone")
    assert answer.code == 2
    assert "mkdir -p" in answer.err


def test_reading_steps_back_behind_other_work(
    desk: Desk, scan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stepped: list[int] = []
    started = Children._start

    def start(pool: Children) -> Any:
        child = started(pool)
        stepped.append(pool.nice)
        return child

    monkeypatch.setattr(Children, "_start", start)
    desk.types("watch", "--once", scan, "--settle", "0")
    assert stepped
    assert min(stepped) > 0


def test_as_many_pages_are_read_at_a_time_as_there_are_cores_unless_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: {0, 1, 2}, raising=False)
    assert children(Config(Path("arsip"))) == 3
    assert children(Config(Path("arsip"), jobs=7)) == 7
