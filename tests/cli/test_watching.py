"""watch, folders, service and the pipe, by the words of the clerk."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from arsip.cli import service as services
from arsip.cli import units
from arsip.cli.units import Job
from tests.cli.counters import Desk

LETTER = (
    "DINAS KEARSIPAN KABUPATEN TIRTASARI\n\nTirtasari, {number} Maret 2024\n"
    "Nomor : 045/{number}/Diskar/2024\nHal : Undangan Rapat\n\nYth. Camat Banyuasri\n"
)


@pytest.fixture
def scan(desk: Desk) -> Path:
    folder = desk.home / "scan"
    folder.mkdir()
    (folder / "surat.txt").write_text(LETTER.format(number=1))
    return folder


@pytest.fixture
def known(desk: Desk, scan: Path) -> Desk:
    """An office whose archive knows its scan folder."""
    desk.types("init")
    desk.types("folders", "add", scan, "--set", "arah=masuk", "--settle", "0")
    return desk


def test_the_folders_of_the_archive_are_watched_when_none_is_named(known: Desk) -> None:
    answer = known.types("watch", "--once")
    assert answer.rows[0][:2] == ["filed", "1"]
    assert "is removed there once it is safe" in answer.err
    [told] = known.types("show", "1", "--json").json
    assert told["fields"]["direction"]["value"] == "masuk"
    again = known.types("watch", "--once")
    assert (again.code, again.out, again.err) == (0, "", "")


def test_an_archive_without_scan_folders_wants_one(desk: Desk) -> None:
    desk.types("init")
    answer = desk.types("watch", "--once")
    assert (answer.code, "arsip folders add DIR" in answer.err) == (2, True)


@pytest.mark.parametrize("place", ["home", "archive", "vault"])
def test_files_are_not_taken_out_of_the_home_folder_or_the_archive(desk: Desk, place: str) -> None:
    desk.types("init")
    folder = {"home": desk.home, "archive": desk.archive, "vault": desk.archive / "vault"}[place]
    for words in (("watch", "--once"), ("folders", "add")):
        answer = desk.types(*words, folder)
        assert answer.code == 2
        assert "Hint" in answer.err


def test_the_home_folder_is_refused_before_an_archive_is_made(desk: Desk) -> None:
    assert desk.types("watch", "--once", desk.home).code == 2
    assert not desk.archive.exists()


def test_a_dry_run_says_what_it_would_do_and_does_nothing(known: Desk, scan: Path) -> None:
    answer = known.types("watch", "--dry-run")
    assert answer.rows[0][0] == "filed"
    assert "each file is removed once" in answer.err
    assert (scan / "surat.txt").exists()
    kept = known.types("watch", "--dry-run", "--keep", scan)
    assert "the files stay" in kept.err


def test_a_log_in_json_tells_everything_with_its_time(known: Desk) -> None:
    first, file = known.types("watch", "--once", "--log-format", "json").json
    assert (first["event"], first["note"]) == ("first", "move")
    assert (file["event"], file["status"]) == ("file", "filed")
    assert dt.datetime.fromisoformat(file["time"]).tzinfo is not None


def test_a_pass_that_overlaps_is_silent_when_that_was_asked(known: Desk, scan: Path) -> None:
    held = (
        "import sys; from pathlib import Path; from arsip.archive.claims import claimed\n"
        "with claimed(Path(sys.argv[1]), Path(sys.argv[2])): print('held', flush=True), input()"
    )
    words = [sys.executable, "-c", held, str(known.archive), str(scan)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        other.stdout.readline()
        quiet = known.types("-q", "watch", "--once")
        loud = known.types("watch", "--once")
        other.communicate("\n")
    assert (quiet.code, quiet.out, quiet.err) == (6, "", "")
    assert (loud.code, "Another arsip" in loud.err) == (6, True)


def test_a_pass_needs_nothing_of_the_environment(known: Desk) -> None:
    words = [sys.executable, "-m", "arsip", "--archive", str(known.archive), "watch", "--once"]
    done = subprocess.run(
        words,
        env={"HOME": str(known.home), "LANG": "C"},
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout.split("\t")[0]) == (0, "filed")


@pytest.mark.parametrize(
    ("name", "content", "verdict", "reason"),
    [
        ("a.txt", LETTER, "filed", None),
        (".a.txt", LETTER, "left_alone", "pattern"),
        ("a.pdf", "%PDF-1.7 and no end", "waiting", "incomplete"),
        ("a.pdf", "", "waiting", "empty"),
        ("a.zip", "PK\x03\x04" + "x" * 50, "set_aside", "not_a_document"),
        ("gone.txt", None, "waiting", "vanished"),
    ],
)
def test_what_would_happen_to_a_file_is_told(
    known: Desk, scan: Path, name: str, content: str | None, verdict: str, reason: str | None
) -> None:
    path = scan / name
    if content is not None:
        path.write_text(content)
    [told] = known.types("watch", "--explain", path, "--json").json
    assert (told["verdict"], told["reason"]) == (verdict, reason)
    assert told["set"] == ({"direction": "masuk"} if verdict == "filed" else {})
    assert path.exists() == (content is not None)
    assert known.types("watch", "--explain", path).code == 0


def test_a_file_that_must_stand_still_or_was_dealt_with_is_explained(
    known: Desk, scan: Path
) -> None:
    path = scan / "surat.txt"
    [waits] = known.types("watch", "--explain", path, "--settle", "900", "--json").json
    assert (waits["verdict"], waits["reason"]) == ("waiting", "settling")
    known.types("watch", "--once", "--keep", scan)
    stands = known.types("watch", "--explain", path)
    assert "it was dealt with (filed)" in stands.out
    inner = scan / "inner" / "b.txt"
    inner.parent.mkdir()
    inner.write_text(LETTER.format(number=1))
    [flat] = known.types("watch", scan, "--flat", "--explain", inner, "--json").json
    assert (flat["verdict"], flat["reason"]) == ("left_alone", "deeper")
    [same] = known.types("watch", "--explain", inner, "--json").json
    assert (same["verdict"], same["ids"]) == ("duplicate", [1])


def test_folders_are_added_listed_and_taken_out_and_comments_stay(desk: Desk, scan: Path) -> None:
    desk.types("init")
    place = desk.archive / "archive.toml"
    place.write_text(place.read_text() + "\n# of the office\n")
    assert "knows no scan folder" in desk.types("folders").err
    words = ("--keep", "--flat", "--ignore", "*.bak", "--subfolders", "{dari}", "--lang", "ind")
    more = ("--default", "bagian=Umum", "--set", "tag=a, b", "--patience", "3", "--poll", "9")
    added = desk.types("folders", "add", scan, *words, *more)
    assert (added.code, added.out) == (0, f"Added the scan folder {scan}\n")
    assert desk.types("folders", "add", scan).code == 2
    [told] = desk.types("folders", "list", "--json").json
    assert (told["move"], told["recursive"], told["ignore"]) == (False, False, ["*.bak"])
    assert (told["set"], told["default"]) == ({"tags": ["a", "b"]}, {"unit": "Umum"})
    listed = desk.types("folders").out
    assert "set tags=a, b" in listed
    assert "poll 9 s" in listed
    assert "# of the office" in place.read_text()
    assert desk.types("folders", "remove", scan).code == 0
    assert desk.types("folders", "remove", scan).code == 5
    assert "# of the office" in place.read_text()
    assert "[[folder]]" not in place.read_text()


@pytest.mark.parametrize(
    "words",
    [
        ("fly",),
        ("add",),
        ("list", "x"),
        ("list", "--keep"),
        ("add", "{scan}", "--subfolders", "{warna}"),
        ("add", "{scan}", "--set", "warna=merah"),
        ("add", "{scan}/gone"),
    ],
)
def test_what_makes_no_folder_is_refused(desk: Desk, scan: Path, words: tuple[str, ...]) -> None:
    desk.types("init")
    answer = desk.types(
        "folders", *(word.format(scan=scan) if "{scan}" in word else word for word in words)
    )
    assert (answer.code, "Hint" in answer.err) == (2, True)


def test_a_folder_written_by_hand_in_another_form_is_left_to_a_person(
    desk: Desk, scan: Path
) -> None:
    desk.types("init")
    place = desk.archive / "archive.toml"
    place.write_text(place.read_text() + f'folder = [{{ path = "{scan}" }}]\n')
    answer = desk.types("folders", "remove", scan)
    assert (answer.code, "only a person" in answer.err) == (3, True)


def test_a_folder_is_tried_out(desk: Desk, scan: Path) -> None:
    rows = dict(desk.types("folders", "test", scan).rows)
    assert rows["Its clock"] == "right"
    [told] = desk.types("folders", "test", scan, "--json").json
    assert told["free"] > 0
    assert [path.name for path in scan.iterdir()] == ["surat.txt"]


def test_a_document_comes_through_a_pipe(desk: Desk) -> None:
    def piped(content: bytes) -> subprocess.CompletedProcess[bytes]:
        words = [sys.executable, "-m", "arsip", "ingest", "-", "--json"]
        return subprocess.run(
            words, input=content, env=os.environ | {"LANG": "C"}, capture_output=True, check=False
        )

    good = piped(LETTER.format(number=7).encode())
    told = json.loads(good.stdout)
    assert (good.returncode, told["status"]) == (0, "filed")
    assert Path(told["file"]).suffix == ".txt"
    foreign = piped(b"\x7fELF" + bytes(100))
    assert foreign.returncode == 4
    [kept] = (desk.state / "pipe").iterdir()
    assert str(kept) in foreign.stderr.decode()
    assert kept.read_bytes() == b"\x7fELF" + bytes(100)
    assert piped(b"").returncode == 2


def test_a_keyboard_is_no_pipe(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("arsip.cli.piping.sys", SimpleNamespace(stdin=None))
    assert desk.types("ingest", "-").code == 2


def test_more_than_a_file_may_hold_does_not_come_through_a_pipe(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    stdin = SimpleNamespace(isatty=lambda: False, buffer=io.BytesIO(b"x" * 2_000))
    monkeypatch.setattr("arsip.cli.piping.sys", SimpleNamespace(stdin=stdin))
    config = desk.home / "c.toml"
    config.write_text("[limits]\nfile_bytes = 1000\n")
    assert desk.types("--config", config, "ingest", "-").code == 4


JOB = Job(
    "arsip-1a2b",
    ("/usr/bin/python3", "-m", "arsip"),
    Path("/srv/my 100% arsip"),
    (Path("/s%n"),),
    7,
    {},
)


def test_units_are_what_systemd_reads() -> None:
    [(name, text)] = units.units(JOB, "watch").items()
    assert name == "arsip-1a2b.service"
    assert 'ExecStart=/usr/bin/python3 -m arsip --archive "/srv/my 100%% arsip" watch\n' in text
    assert "Nice=10\nIOSchedulingClass=idle\n" in text
    timed = units.units(JOB, "timer")
    assert "PathChanged=/s%%n\n" in timed["arsip-1a2b.path"]
    assert "OnUnitInactiveSec=7min" in timed["arsip-1a2b.timer"]
    assert "-q watch --once" in timed["arsip-1a2b.service"]
    assert units.started(JOB, "timer") == ("arsip-1a2b.timer", "arsip-1a2b.path")


def test_a_line_of_cron_is_put_in_once_and_taken_out_again() -> None:
    line = units.crontab(JOB._replace(environment={"ARSIP_LANG": "id"}))
    assert line.startswith("*/7 * * * * ARSIP_LANG=id nice /usr/bin/python3")
    assert "100\\% arsip" in line
    table = "0 1 * * * backup"
    once = units.with_line(table, JOB)
    assert units.with_line(once, JOB) == once
    assert units.without_line(once, JOB) == table + "\n"


class System:
    """The programs of a system: what they were asked, and a table of cron."""

    def __init__(self, *, cron: bool = True, systemd: int = 0) -> None:
        self.asked: list[list[str]] = []
        self.table = ""
        self.cron, self.systemd = cron, systemd

    def run(self, words: list[str], *, given: str = "") -> subprocess.CompletedProcess[str] | None:
        self.asked.append(words)
        if words[0] == "crontab":
            if not self.cron:
                return None
            if words[1] == "-":
                self.table = given
            return subprocess.CompletedProcess(words, 0, self.table, "")
        return subprocess.CompletedProcess(words, self.systemd, "active\n", "no bus")


def test_cron_runs_the_watch_and_is_left_as_it_was(
    known: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    system = System()
    monkeypatch.setattr(services, "_run", system.run)
    assert known.types("service", "install").code == 2  # nobody is there to be asked
    answer = known.types("service", "install", "--yes", "--minutes", "1")
    assert answer.code == 0
    assert system.table.startswith("* * * * * ")
    assert system.table.strip() == answer.out.strip()
    assert known.types("service").out.strip() == answer.out.strip()
    assert known.types("service", "remove", "--yes").code == 0
    assert system.table == ""
    assert known.types("service", "remove", "--yes").code == 5
    assert known.types("service", "--json").code == 5


def test_systemd_runs_the_watch(known: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    system = System()
    monkeypatch.setattr(services, "_run", system.run)
    monkeypatch.setattr(services, "_systemd", lambda: True)
    assert known.types("service", "install", "--yes").code == 0
    folder = known.home / ".config" / "systemd" / "user"
    [unit] = folder.iterdir()
    assert ["systemctl", "--user", "enable", "--now", unit.name] in system.asked
    [told] = known.types("service", "status", "--json").json
    assert told["states"] == {unit.name: "active"}
    assert known.types("service", "install", "--as", "timer", "--yes").code == 0
    assert {path.suffix for path in folder.iterdir()} == {".service", ".timer", ".path"}
    assert f"{unit}: active" in known.types("service").out
    assert known.types("service", "remove", "--yes").code == 0
    assert list(folder.iterdir()) == []


def test_a_system_that_takes_nothing_is_told(known: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "_run", System(cron=False, systemd=1).run)
    for kind in ("cron", "watch"):
        answer = known.types("service", "install", "--as", kind, "--yes")
        assert (answer.code, "Hint" in answer.err) == (3, True)
    assert known.types("service", "install", "--minutes", "0").code == 2


def test_a_program_that_is_not_there_is_none(desk: Desk) -> None:
    desk.types("init")
    assert services._run(["/nonexistent/crontab"]) is None
    assert desk.types("service", "install").code == 2


def test_programs_are_told_and_their_failure_is_no_failure_of_filing(
    known: Desk, scan: Path
) -> None:
    place = known.archive / "archive.toml"
    place.write_text(place.read_text() + '\n[[hook]]\non = "filed"\nrun = ["/bin/false"]\n')
    refused = known.types("watch", "--once")
    assert (refused.code, "does not allow it" in refused.err) == (0, True)
    (scan / "b.txt").write_text(LETTER.format(number=2))
    failed = known.types("watch", "--once", ARSIP_HOOKS="/bin/false")
    assert (failed.code, failed.rows[0][0]) == (0, "filed")
    assert "/bin/false ended with 1" in failed.err
