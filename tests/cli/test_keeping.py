"""verify, repair, rebuild, backup, ledger, as they are typed."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from arsip.archive import check, checked, disk
from tests.archive.keeping import archive
from tests.cli.counters import Desk


def spoil(path: Path) -> None:
    path.chmod(0o600)
    path.write_bytes(b"x" * path.stat().st_size)


def original(desk: Desk) -> Path:
    return min((desk.archive / "vault").rglob("original.*"))


def test_a_check_that_is_short_of_time_goes_on_the_next_time(office: Desk) -> None:
    first = office.types("verify", "--max-duration", "0s")
    assert first.code == 0
    assert first.err == "0 files read: all is well. The other 4 come the next times.\n"
    for _turn in range(4):
        answer = office.types("verify", "--max-duration", "0")
        assert answer.err.startswith("1 file read: all is well. The other 3 come")
    again = office.types("verify", "--max-duration", "0m")
    assert f"All were read since {dt.date.today():%Y-%m-%d}." in again.err  # noqa: DTZ011 - local
    assert office.types("verify", "--max-duration", "1h").err == ("4 files checked: all is well.\n")


def test_what_was_read_longest_ago_is_read_first(office: Desk) -> None:
    spoil(original(office))
    digest = original(office).parent.name
    assert office.types("verify", "--max-duration", "1h").code == 7
    known = checked.times(office.archive)
    assert len(known) == 5
    known[digest] -= dt.timedelta(days=9)
    checked.keep(office.archive, known)
    assert office.types("verify", "--max-duration", "0").code == 7
    assert office.types("verify", "--max-duration", "0").code == 0


def test_a_note_of_checks_that_makes_no_sense_counts_as_none(office: Desk) -> None:
    (office.archive / "checked").write_text("x\nab kemarin\ncd 2024-01-01T00:00:00\n")
    assert office.types("verify", "--max-duration", "0").err.startswith("0 files read")
    (office.archive / "checked").write_bytes(b"\xff")
    assert office.types("verify", "--max-duration", "0").err.startswith("0 files read")


@pytest.mark.parametrize("time", ["10x", "", "m", "-1s", "sebentar"])
def test_a_time_that_is_none_is_refused(office: Desk, time: str) -> None:
    answer = office.types("verify", f"--max-duration={time}")
    assert answer.code == 2
    assert "is no time, as 90s, 10m or 2h" in answer.err


def test_full_and_a_time_exclude_each_other(office: Desk) -> None:
    assert office.types("verify", "--full", "--max-duration", "1s").code == 2


def test_verify_writes_nothing_but_when_it_read(office: Desk) -> None:
    def state() -> dict[Path, tuple[int, int]]:
        return {
            path: (path.lstat().st_mtime_ns, path.lstat().st_size)
            for path in office.archive.rglob("*")
            if "catalog" not in path.name and path.name != "checked"
        }

    before = state()
    for options in ([], ["--full"], ["--max-duration", "1m"], ["--head", "0" * 64]):
        office.types("verify", *options)
    assert state() == before


def test_a_published_head_proves_the_ledger_before_it(office: Desk) -> None:
    head, line, _time = office.types("ledger", "head").rows[0]
    [told] = office.types("ledger", "head", "--json").json
    assert (told["head"], told["line"]) == (head, int(line))
    seen = office.sees("ledger", "head")
    assert seen.out == f"{head}\n"
    assert seen.err.startswith(f"Line {line}, of ")
    office.types("edit", "1", "hal=Ralat")
    answer = office.types("verify", "--head", head.upper())
    assert answer.code == 0
    assert "Nothing in the ledger up to that hash was changed." in answer.err


def test_a_ledger_that_was_cut_lacks_the_published_line(office: Desk) -> None:
    head = office.types("ledger", "head").rows[0][0]
    ledger = office.archive / "ledger" / "000001.jsonl"
    ledger.write_bytes(b"".join(ledger.read_bytes().splitlines(keepends=True)[:-1]))
    answer = office.types("verify", "--head", head, "--json")
    assert answer.code == 7
    assert answer.json[0]["damage"] == "head"


def test_a_line_that_was_changed_before_the_published_one_is_told(office: Desk) -> None:
    head = office.types("ledger", "head").rows[0][0]
    ledger = office.archive / "ledger" / "000001.jsonl"
    ledger.write_bytes(ledger.read_bytes().replace(b'"ids":[1]', b'"ids":[7]'))
    with archive(office.archive) as kept:
        assert [one.line for one in kept.proven(head)] == [2, 3]
        assert {one.slug for one in check.proven(kept._holdings, "f" * 64)} == {"head"}
    answer = office.types("verify", "--head", head)
    assert answer.code == 7
    assert "ledger/000001.jsonl:2 is broken in the ledger." in answer.out


def test_an_empty_ledger_has_no_head(office: Desk) -> None:
    (office.archive / "ledger" / "000001.jsonl").write_bytes(b"")
    assert office.types("ledger", "head").code == 5


def test_the_ledger_is_asked_for_its_head_only(office: Desk) -> None:
    assert office.types("ledger", "tail").code == 2


def test_backup_says_what_it_copied_and_repair_mends_from_it(office: Desk) -> None:
    copy = office.home / "usb"
    first = office.types("backup", copy)
    assert (
        first.out == f"13 files in {copy}; 13 copied now (0.0 MB) and compared with their hashes.\n"
    )
    [again] = office.types("backup", copy, "--json").json
    assert (again["files"], again["copied"], again["gone"], again["damage"]) == (13, 0, 0, [])
    assert again["head"] == office.types("ledger", "head").rows[0][0]

    assert office.types("repair", "--from", copy).err == "There is nothing to mend.\n"
    path = original(office)
    content = path.read_bytes()
    spoil(path)
    dry = office.types("repair", "--from", copy)
    assert dry.code == 7
    assert dry.rows[0][0] == "can be mended"
    assert f"To mend: arsip repair --from '{copy}' --apply" in dry.err
    [told] = office.types("repair", "--from", copy, "--json").json
    assert (told["status"], told["path"]) == (
        "found",
        path.relative_to(office.archive).as_posix(),
    )
    done = office.types("repair", "--from", copy, "--apply")
    assert (done.code, done.rows[0][0]) == (0, "mended")
    assert path.read_bytes() == content
    assert office.types("verify", "--full").code == 0


def test_a_repair_that_finds_no_sound_bytes_says_what_is_left(office: Desk) -> None:
    (office.home / "kosong").mkdir()
    spoil(original(office))
    answer = office.types("repair", "--from", office.home / "kosong", "--apply")
    assert answer.code == 7
    assert answer.rows[0][0] == "not in the copy"
    assert "Error: 1 thing is damaged." in answer.err
    [told] = office.types("repair", "--from", office.home / "kosong", "--json").json
    assert (told["status"], told["source"]) == ("not_found", None)


def test_repair_from_nowhere_is_refused(office: Desk) -> None:
    assert office.types("repair", "--from", office.home / "tidak-ada").code == 2


def test_what_rebuild_mends_is_told_so(office: Desk) -> None:
    shutil.rmtree(office.archive / "shelf")
    answer = office.types("verify")
    assert answer.code == 7
    assert answer.err.endswith("Hint: arsip rebuild\n")
    assert office.types("rebuild").code == 0
    assert office.types("verify").code == 0


def test_a_ledger_that_is_broken_is_to_be_left_as_it_is(office: Desk) -> None:
    ledger = office.archive / "ledger" / "000001.jsonl"
    ledger.write_bytes(ledger.read_bytes().replace(b'"act":"init"', b'"act":"inat"'))
    answer = office.types("verify")
    assert answer.code == 7
    assert "Leave the ledger as it is" in answer.err


@pytest.mark.parametrize("json", [[], ["--json"]])
def test_a_backup_of_a_damaged_archive_says_so_and_ends_with_7(
    office: Desk, json: list[str]
) -> None:
    spoil(original(office))
    answer = office.types("backup", office.home / "usb", *json)
    assert answer.code == 7
    assert original(office).name in answer.out


def test_a_backup_tells_which_files_left_it(office: Desk) -> None:
    office.types("backup", office.home / "usb")
    office.types("destroy", "1", "--why", "retensi", "--yes")
    answer = office.types("backup", office.home / "usb")
    assert "1 file left the copy: its letters were destroyed.\n" in answer.out


def test_where_nothing_can_be_written_a_check_remembers_nothing(
    office: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.types("verify")
    monkeypatch.setattr(disk, "writable", lambda _root: False)
    assert office.types("verify", "--full").code == 0
    assert not (office.archive / "checked").exists()
