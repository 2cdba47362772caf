"""The program as a process: what a shell, cron and an Indonesian clerk meet."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from arsip import __main__
from arsip.cli import guard
from tests.cli.counters import Desk
from tests.scan.paper import sheet, speaker

ENGLISH = ("Usage", "Options", "Arguments", "Examples", "Commands", "Show this", "Error", "Hint")


def run(
    desk: Desk, *args: str | Path, code: int = 0, **environ: str
) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LC_")}
    done = subprocess.run(
        [sys.executable, "-m", "arsip", *map(str, args)],
        env=kept | {"HOME": str(desk.home), "LANG": "C.UTF-8"} | environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    return done


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (["list"], 0),
        (["list", "--nope"], 2),
        (["--archive", "/nonexistent/arsip", "list"], 3),
        (["search", "zamrud"], 5),
    ],
)
def test_a_process_ends_with_the_code_of_the_contract(
    office: Desk, args: list[str], code: int
) -> None:
    run(office, *args, code=code)


@pytest.mark.parametrize("args", [["--help"], ["search", "--help"], ["copy", "--help"]])
def test_help_in_indonesian_has_no_english_heading(desk: Desk, args: list[str]) -> None:
    told = run(desk, *args, ARSIP_LANG="id").stdout
    assert told.startswith("Cara pakai: arsip ")
    assert "Tampilkan bantuan ini lalu selesai." in told
    assert not [word for word in ENGLISH if word in told]


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["show"], "Sebutkan satu surat: ID-nya, atau --hit N."),
        (["pages"], "ID belum diisi."),
        (["list", "--nope"], "Tidak ada opsi --nope."),
        (["lst"], "Tidak ada perintah lst."),
        (["show", "1", "2"], "Terlalu banyak kata: 2"),
        (["--archive"], "Opsi --archive memerlukan nilai."),
        (["search", "a", "--limit", "b"], "--limit: “b” bukan bilangan bulat."),
    ],
)
def test_mistakes_are_told_in_indonesian(desk: Desk, args: list[str], sentence: str) -> None:
    told = run(desk, *args, code=2, ARSIP_LANG="id").stderr
    assert told.startswith(f"Kesalahan: {sentence}\nPetunjuk: arsip")


def test_json_is_the_same_in_every_language(office: Desk) -> None:
    english = run(office, "show", "1", "--json", ARSIP_LANG="en").stdout
    assert run(office, "show", "1", "--json", ARSIP_LANG="id").stdout == english


def test_a_locale_that_knows_no_utf8_is_served(office: Desk) -> None:
    told = run(office, "search", "stunting", PYTHONIOENCODING="ascii", PYTHONUTF8="0").stdout
    assert "\\xabstunting\\xbb" in told


def test_a_person_at_a_terminal_gets_a_table_and_a_pipe_gets_none(office: Desk) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "arsip", "list"]
    environ = os.environ | {"HOME": str(office.home), "TERM": "xterm", "NO_COLOR": "1"}
    with subprocess.Popen(command, stdout=theirs, stderr=theirs, env=environ) as process:
        process.wait()
        seen = os.read(ours, 65536).decode()
    os.close(theirs)
    os.close(ours)
    assert "Number" in seen
    assert "─" in seen
    assert "\x1b" not in seen
    assert "Number" not in run(office, "list").stdout


def test_an_interruption_before_anything_began_is_one_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_name: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(__main__, "importlib", SimpleNamespace(import_module=interrupted))
    monkeypatch.setattr(__main__, "gc", SimpleNamespace(disable=lambda: None))
    with pytest.raises(SystemExit) as ended:
        __main__.main()
    assert ended.value.code == guard.INTERRUPTED


@pytest.mark.slow
def test_ctrl_c_files_what_is_read_and_tells_what_is_left(desk: Desk) -> None:
    scans = desk.home / "pindai"
    engine = speaker(desk.home / "tesseract", trouble="sleep 0.5")
    scans.mkdir()
    for number in range(8):
        page = sheet(100)
        page.putpixel((0, number), 0)
        page.save(scans / f"{number}.png", dpi=(100, 100))
    environ = os.environ | {
        "HOME": str(desk.home),
        "ARSIP_LANG": "en",
        "ARSIP_TESSERACT": str(engine),
        "ARSIP_JOBS": "1",
    }
    command = [sys.executable, "-m", "arsip", "ingest", str(scans)]
    with subprocess.Popen(
        command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("filed\t1\t")
        process.send_signal(signal.SIGINT)
        rest, told = process.communicate()
    assert process.returncode == guard.INTERRUPTED
    filed = 1 + len(rest.splitlines())
    assert f"{filed} filed; {8 - filed} left." in told
    assert "type the same again" in told
    again = run(desk, "ingest", scans, ARSIP_TESSERACT=str(engine))
    assert f"{8 - filed} filed, {filed} duplicate" in again.stderr
    run(desk, "verify", "--full")
