"""status: how the archive stands, how it goes with the scan folders, what waits and why."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from arsip.archive.claims import PLACE
from arsip.cli.command import duration
from tests.archive.keeping import NOW, archive
from tests.cli.counters import Desk
from tests.cli.test_upkeep import leave_something_out


def test_status_counts(office: Desk) -> None:
    rows = dict(row for row in office.types("status").rows if len(row) == 2)
    assert rows["Letters"] == "4"
    assert rows["Secret"] == "1"
    assert rows["Waiting"] == "0"


def test_status_tells_what_is_not_in_the_archive_why_and_what_to_do(desk: Desk) -> None:
    leave_something_out(desk)
    rows = desk.types("status").rows
    wait = "wait; without it, it is set aside later"
    assert ["waiting", "/scan/growing.pdf", "its end is not there yet", wait] in rows
    assert ["left alone", "/scan/link.pdf", "it is no regular file", "name the file itself"] in rows
    assert rows[-1][:3] == ["set aside", "note.docx", "zip"]
    assert "done.pdf" not in str(rows)


def test_status_in_json(desk: Desk) -> None:
    leave_something_out(desk)
    [told] = desk.types("status", "--json").json
    assert told["counts"]["waiting"] == 1
    assert [one["reason"] for one in told["waiting"]] == ["incomplete", "not_a_file"]
    assert dt.datetime.fromisoformat(told["waiting"][0]["since"]) == NOW
    [aside] = told["aside"]
    assert (aside["file"], aside["reason"]) == ("note.docx", "not_a_document")
    assert (desk.archive / aside["folder"]).is_dir()
    assert (told["folders"], told["latest"]) == ([], [])


def test_the_last_letters_are_told_and_the_words_of_a_secret_one_are_not(office: Desk) -> None:
    answer = office.types("status")
    assert "Undangan Rapat Stunting" in answer.out
    assert "Laporan Pemeriksaan" not in answer.out
    [told] = office.types("status", "--json").json
    assert [one["id"] for one in told["latest"]] == [4, 3, 2, 1]


def test_what_is_read_now_where_and_how_fast(desk: Desk, tmp_path: Path) -> None:
    scan = tmp_path / "scan"
    scan.mkdir()
    with archive(desk.archive) as kept, kept.claim(scan) as claim:
        claim.tell(looked=NOW, reading="surat.pdf", done=2, of=5, pace=12.5, told=True)
        told = desk.types("status").out
        [shape] = desk.types("status", "--json").json
    assert "reads surat.pdf (2/5)" in told
    assert "by events" in told
    assert "12.5" in told
    assert shape["folders"][0]["reading"] == "surat.pdf"
    assert shape["folders"][0]["watched"] is True
    after = desk.types("status").out
    assert "surat.pdf" not in after


def test_what_went_wrong_lately_is_told(desk: Desk, tmp_path: Path) -> None:
    scan = tmp_path / "scan"
    scan.mkdir()
    now = dt.datetime.now().astimezone()
    with archive(desk.archive) as kept, kept.claim(scan) as claim:
        claim.tell(trouble="the program /bin/x failed", troubled=now)
        assert "the program /bin/x failed" in desk.types("status").out
        claim.tell(troubled=now - dt.timedelta(days=30))
        assert "the program /bin/x failed" not in desk.types("status").out


def test_monitoring_hears_when_nothing_was_looked_at(desk: Desk, tmp_path: Path) -> None:
    scan = tmp_path / "scan"
    scan.mkdir()
    desk.types("init")
    never = desk.types("status", "--max-age", "1h")
    assert (never.code, "never" in never.err) == (3, True)
    with archive(desk.archive) as kept, kept.claim(scan) as claim:
        claim.tell(looked=dt.datetime.now().astimezone() - dt.timedelta(minutes=30))
    assert desk.types("status", "--max-age", "1h").code == 0
    assert desk.types("status", "--max-age", "15m").code == 3
    desk.types("folders", "add", tmp_path / "scan")
    desk.types("folders", "add", _other(tmp_path))
    late = desk.types("status", "--max-age", "1h")
    assert (late.code, "other" in late.err) == (3, True)


def _other(tmp_path: Path) -> Path:
    (tmp_path / "other").mkdir()
    return tmp_path / "other"


def test_a_claim_of_an_older_arsip_is_passed_over(desk: Desk) -> None:
    desk.types("init")
    (desk.archive / PLACE / "00ff").write_text("/scan\n")
    assert desk.types("status", "--json").json[0]["folders"] == []


@pytest.mark.parametrize(
    ("text", "expected"), [("90s", 90), ("15m", 900), ("1h", 3600), ("2d", 172800)]
)
def test_a_stretch_of_time_is_understood(text: str, expected: int) -> None:
    assert duration(text) == expected


@pytest.mark.parametrize("text", ["", "h", "1w", "-1h", "x"])
def test_what_is_no_stretch_of_time_is_refused(desk: Desk, text: str) -> None:
    assert desk.types("status", "--max-age", text).code == 2
