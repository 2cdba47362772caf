"""show, open, edit, export, copy: one letter, and letters on their way out."""

from __future__ import annotations

import csv
import json
import os
import stat
from pathlib import Path

import pytest

from arsip.cli.handover import placed
from arsip.cli.letters import remarks, text_told
from arsip.cli.render import screen
from arsip.model import Doubt, PageText
from tests.archive.keeping import digest
from tests.cli.counters import Desk

TEXT = "Mohon hadir pada rapat stunting di aula"


def desktop(office: Desk, *, code: int = 0) -> Path:
    """A desktop whose opener writes down what it was asked to open."""
    folder = office.home / "bin"
    folder.mkdir()
    asked = office.home / "asked"
    opener = folder / "xdg-open"
    opener.write_text(f'#!/bin/sh\necho "$1" >"{asked}"\nexit {code}\n')
    opener.chmod(0o755)
    office.monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    office.monkeypatch.setattr("sys.platform", "linux")
    return asked


def test_a_letter_in_json_has_the_keys_of_the_contract(office: Desk) -> None:
    [letter] = office.types("show", "1", "--json").json
    assert {"v", "id", "sha256", "state", "filed_at", "source", "files", "fields", "pages"} <= set(
        letter
    )
    assert letter["fields"]["letter_number"] == {
        "value": "005/17/Umum",
        "confidence": 0.95,
        "page": 1,
        "box": [100, 90, 300, 110],
        "origin": "ocr",
    }
    assert letter["fields"]["urgency"] is None
    assert all((office.archive / file).is_file() for file in letter["files"].values())
    [page] = letter["pages"]
    assert (page["number"], page["text"]) == (1, TEXT)
    assert page["engine"] == "tesseract 5.3.0 ind+eng"


def test_a_doubtful_field_is_a_candidate_without_a_value(office: Desk) -> None:
    [letter] = office.types("show", "3", "--json").json
    number = letter["fields"]["letter_number"]
    assert (number["value"], number["candidate"]) == (None, "800/l4/BKD")
    assert number["doubtful"] is True


def test_a_secret_letter_is_shown_only_when_that_is_asked_for(office: Desk) -> None:
    refused = office.types("show", "2")
    assert (refused.code, refused.out) == (5, "")
    assert "Laporan Pemeriksaan" not in refused.err
    assert "arsip show 2 --rahasia" in refused.err
    assert "Laporan Pemeriksaan" in office.types("show", "2", "--rahasia").out


def test_a_letter_is_found_by_the_start_of_its_hash(office: Desk) -> None:
    [letter] = office.types("show", digest(TEXT)[:8], "--json").json
    assert letter["id"] == 1


def test_a_letter_is_told_field_by_field(office: Desk) -> None:
    rows = dict(row[:2] for row in office.types("show", "1").rows if len(row) > 1)
    assert rows["Number"] == "005/17/Umum"
    assert rows["To"] == "Lurah Cibogo; Lurah Sukasari"
    assert rows["SHA-256"] == digest(TEXT)
    assert Path(rows["File"]).name == "reading.pdf"
    assert Path(rows["Original"]).name == "original.pdf"


def test_a_person_is_told_what_is_doubtful(office: Desk) -> None:
    assert "800/l4/BKD  (doubtful, 95 %)" in office.sees("show", "3").out


def test_a_file_name_cannot_make_a_terminal_obey(office: Desk) -> None:
    for answer in (office.types("show", "4"), office.sees("show", "4")):
        assert "\x1b" not in answer.out
        assert "evil\\x1b[2J.txt" in answer.out


def test_what_could_not_be_read_is_told_beside_the_text(
    capsys: pytest.CaptureFixture[str],
) -> None:
    door = screen({})
    pages = (PageText(1, unread="timeout"), PageText(2, unread="memory"))
    text_told(door, pages)
    remarks(door, "Letter 1", ["damaged"], [Doubt(1, "unread", "timeout"), Doubt(2, "faint")])
    told = capsys.readouterr().err.splitlines()
    assert told[0] == "Page 1 could not be read: reading it took longer than the limit"
    assert told[2] == "The file is damaged; what could be read of it is filed."
    assert len(told) == 5


def test_the_text_of_a_letter_has_a_form_feed_between_pages(office: Desk) -> None:
    out = office.types("show", "3", "--text").out
    assert [page.strip() for page in out.split("\f")] == ["Permohonan data pegawai untuk rapat"] * 2
    assert "--- page 2 ---" in office.sees("show", "3", "--text").out


def test_one_page_can_be_asked_for(office: Desk) -> None:
    assert office.types("show", "3", "--page", "2").out.count("Permohonan") == 1
    [letter] = office.types("show", "3", "--page", "2", "--json").json
    assert [page["number"] for page in letter["pages"]] == [2]
    answer = office.types("show", "3", "--page", "9")
    assert answer.code == 5
    assert "Letter 3 has no page 9." in answer.err


@pytest.mark.parametrize(("ref", "code"), [("99", 5), ("abc", 2), ("0" * 64, 5)])
def test_a_letter_that_is_not_there_is_told(office: Desk, ref: str, code: int) -> None:
    assert office.types("show", ref).code == code


def test_open_hands_the_searchable_copy_to_the_desktop(office: Desk) -> None:
    asked = desktop(office)
    assert office.types("open", "1").code == 0
    assert asked.read_text().strip().endswith("/reading.pdf")
    assert office.types("open", "1", "--original").code == 0
    assert asked.read_text().strip().endswith("/original.pdf")


def test_open_takes_a_hit_of_the_last_search(office: Desk) -> None:
    asked = desktop(office)
    office.types("search", "rapat", "--sort", "oldest")
    assert office.types("open", "--hit", "2").code == 0
    assert digest(TEXT) in asked.read_text()
    assert office.types("open", "--hit", "3").code == 5
    assert office.types("open", "--hit", "0").code == 5


def test_the_last_search_in_another_archive_is_none(office: Desk) -> None:
    office.types("search", "rapat")
    other = office.home / "other"
    office.types("init", other)
    assert office.types("--archive", other, "open", "--hit", "1").code == 5


def test_a_search_answers_even_when_it_cannot_be_remembered(office: Desk) -> None:
    office.state.parent.mkdir(parents=True)
    office.state.write_text("a file where the folder should be")
    answer = office.types("-v", "search", "stunting")
    assert answer.code == 0
    assert str(office.state) in answer.err


@pytest.mark.parametrize("args", [[], ["1", "--hit", "1"]])
def test_open_wants_one_letter(office: Desk, args: list[str]) -> None:
    assert office.types("open", *args).code == 2


def test_without_a_desktop_the_path_is_told(office: Desk) -> None:
    office.monkeypatch.setenv("PATH", str(office.home))
    answer = office.types("open", "1")
    assert answer.code == 3
    assert "/reading.pdf" in answer.err
    assert "Hint: apt install xdg-utils" in answer.err


def test_a_desktop_that_fails_is_told(office: Desk) -> None:
    desktop(office, code=4)
    answer = office.types("open", "1")
    assert answer.code == 3
    assert "Hint: xdg-open '" in answer.err


def test_edit_tells_what_was_and_what_is(office: Desk) -> None:
    answer = office.types("edit", "3", "nomor=800/14/BKD", "tanggal=2023-01-06", "hal=")
    assert answer.rows == [
        ["Number", "800/l4/BKD", "->", "800/14/BKD"],
        ["Date", "2023-01-05", "->", "2023-01-06"],
        ["Subject", "Permohonan Data", "->", "-"],
    ]
    assert office.types("list", "--format", "{letter_number}|{subject}", "nomor:800").out == (
        "800/14/BKD|\n"
    )


def test_edit_in_json_is_the_letter_as_it_is_now(office: Desk) -> None:
    [letter] = office.types("edit", "1", "kepada=Camat A; Camat B", "--json").json
    recipient = letter["fields"]["recipient"]
    assert (recipient["value"], recipient["origin"]) == (["Camat A", "Camat B"], "person")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("warna=merah", "warna=merah names no field"),
        ("nomor", "nomor names no field"),
        ("tanggal=kemarin", "Type a date like 2024-03-15."),
        ("sifat=gawat", "Type biasa | terbatas | rahasia | sangat_rahasia."),
    ],
)
def test_a_correction_that_does_not_fit_is_told_and_changes_nothing(
    office: Desk, change: str, told: str
) -> None:
    before = office.types("show", "1", "--json").out
    answer = office.types("edit", "1", "hal=Lain", change)
    assert answer.code == 2
    assert told in answer.err
    assert office.types("show", "1", "--json").out == before


def test_who_corrects_is_as_the_settings_say(office: Desk) -> None:
    assert office.types("edit", "1", "hal=Baru", ARSIP_WHO="Siti").code == 0
    records = [path.read_text() for path in office.archive.rglob("record.json")]
    assert any("Siti" in record for record in records)


def test_an_account_without_a_name_can_correct(office: Desk) -> None:
    def nobody() -> str:
        raise KeyError

    office.monkeypatch.setattr("getpass.getuser", nobody)
    assert office.types("edit", "1", "hal=Baru").code == 0


def test_export_is_one_flat_object_a_letter(office: Desk) -> None:
    rows = office.types("export").json
    assert [row["id"] for row in rows] == [1, 3, 4]
    assert rows[0]["text"] == TEXT
    assert rows[0]["file"] == "scan1.pdf"
    assert rows[0]["letter_number"] == "005/17/Umum"
    assert rows[1]["letter_number"] is None
    assert rows[1]["text"].count("\f") == 1


def test_export_takes_a_query_and_gives_doubtful_and_secret_on_request(office: Desk) -> None:
    [row] = office.types("export", "--doubtful", "permohonan").json
    assert row["letter_number"] == "800/l4/BKD"
    assert len(office.types("export", "--rahasia").json) == 4
    assert office.types("export", "zamrud").code == 5


def test_export_to_a_file_says_how_many(office: Desk) -> None:
    target = office.home / "letters.csv"
    answer = office.types("export", "--format", "csv", "-o", target)
    assert (answer.code, answer.out) == (0, "")
    assert answer.err == f"3 letters written to {target}\n"
    with target.open(newline="", encoding="utf-8") as file:
        assert [row["id"] for row in csv.DictReader(file)] == ["1", "3", "4"]


def test_an_export_that_breaks_off_leaves_the_old_file(office: Desk) -> None:
    target = office.home / "letters.jsonl"
    target.write_text("old")
    next((office.archive / "vault").rglob("text.jsonl")).unlink()
    answer = office.types("export", "--rahasia", "-o", target)
    assert answer.code == 7
    assert target.read_text() == "old"
    assert not list(office.home.glob(".letters*"))


def test_export_to_a_folder_that_is_not_there_is_a_mistake(office: Desk) -> None:
    answer = office.types("export", "-o", office.home / "gone" / "a.csv")
    assert answer.code == 2
    assert "mkdir -p" in answer.err


def test_export_to_a_device_writes_to_the_device(office: Desk) -> None:
    assert office.types("export", "-o", "/dev/null").code == 0
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


def test_copies_have_names_that_people_can_read(office: Desk) -> None:
    target = office.home / "out"
    target.mkdir()
    answer = office.types("copy", "1", "3", target)
    assert answer.code == 0
    copies = [Path(line) for line in answer.out.splitlines()]
    assert copies[0].name == "2024-03-11 005-17-Umum Undangan Rapat Stunting.pdf"
    assert copies[0].read_bytes() == b"%PDF layer of " + TEXT.encode()
    [original] = office.types("copy", "1", target, "--original").out.splitlines()
    assert Path(original).read_bytes() == TEXT.encode()
    assert len(list(target.iterdir())) == 3
    [told] = office.types("copy", "1", target, "--json").json
    assert told == {"v": 1, "id": 1, "file": str(copies[0])}


def test_copying_again_makes_no_second_copy(office: Desk) -> None:
    first = office.types("copy", "1", office.home)
    assert office.types("copy", "1", office.home) == first


def test_a_copy_writes_nothing_over(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("mine")
    for name in ("out.pdf", "out (2).pdf"):
        (tmp_path / name).write_text("other")
    assert placed(tmp_path / "a", tmp_path, "out.pdf") == tmp_path / "out (3).pdf"
    assert (tmp_path / "out.pdf").read_text() == "other"


def test_copy_wants_letters_and_a_folder(office: Desk) -> None:
    assert "Name the letters" in office.types("copy", office.home).err
    assert "There is no folder" in office.types("copy", "1", office.home / "gone").err
    assert office.types("copy", "99", office.home).code == 5


def test_json_of_a_letter_is_one_line(office: Desk) -> None:
    assert json.loads(office.types("show", "4", "--json").out)["source"] == "evil\x1b[2J.txt"
