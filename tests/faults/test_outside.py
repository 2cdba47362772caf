"""What shows outside the archive: no letter in files, arguments and logs, no way out to others."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.archive import keeping
from tests.ingest.conftest import letter
from tests.scan.paper import LETTER, sheet

SECRETS = 20
PROGRAMS = {Path(sys.executable).resolve(), Path(sys.executable)}
"""All that may be started; an engine comes to them when it is a program."""

pytestmark = pytest.mark.slow


class Home:
    """A person's home, with the archive, the scans and all else that arsip may leave there."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.inbox, self.root = place / "scans", place / "arsip"
        self.inbox.mkdir()
        (place / "tmp").mkdir()

    def types(self, *words: str, before: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
        """A command in a process of its own; what it says is kept as a log would keep it."""
        ended = subprocess.run(
            [*before, sys.executable, "-P", "-m", "arsip", "--archive", str(self.root), *words],
            env={
                "HOME": str(self.place),
                "TMPDIR": str(self.place / "tmp"),
                "PATH": "/usr/bin:/bin",
            },
            cwd=self.place,
            capture_output=True,
            text=True,
            check=False,
        )
        with (self.place / "log").open("a", encoding="utf-8") as log:
            log.write(ended.stdout + ended.stderr)
        return ended


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path)
    made.types("init")
    return made


def canary(number: int) -> str:
    return f"Kenariku{chr(97 + number)}satu"


def secret(number: int) -> str:
    """A letter of secrecy Rahasia with a word that stands nowhere else, in subject and text."""
    text = letter(number + 1, subject=f"Pemeriksaan {canary(number)}")
    return text.replace("Sifat    : Biasa", "Sifat    : Rahasia") + f"\n{canary(number)} di aula.\n"


def test_no_word_of_a_secret_letter_lies_outside_the_archive(home: Home) -> None:
    for number in range(SECRETS):
        (home.inbox / f"scan{number}.txt").write_text(secret(number))
    assert home.types("watch", str(home.inbox), "--once", "--settle", "0").returncode == 0
    for words in (
        ["list"],
        ["search", "aula"],
        ["status"],
        ["log"],
        ["verify", "--full"],
        ["doctor"],
    ):
        home.types(*words)
    assert not list(home.inbox.iterdir())
    kept = keeping.files(home.place)
    outside = {name: content for name, content in kept.items() if not name.startswith("arsip/")}
    assert "log" in outside
    for number in range(SECRETS):
        word = canary(number)
        assert [name for name, content in outside.items() if word.encode() in content] == []
        assert [name for name in outside if word in name] == []
    ledger = b"".join(content for name, content in kept.items() if "/ledger/" in name)
    assert b"Kenariku" not in ledger


def test_nobody_else_may_read_what_lies_in_the_archive(home: Home) -> None:
    (home.inbox / "surat.txt").write_text(letter(1))
    (home.inbox / "rusak.pdf").write_bytes(b"%PDF-1.4 broken")
    sheet(100, LETTER).save(home.inbox / "scan.png", dpi=(100, 100))
    home.types("ingest", str(home.inbox), "--defer-ocr")
    home.types("edit", "1", "hal=Rapat")
    home.types("backup", str(home.place / "usb"))
    assert list(open_to_others(home.root)) == []
    assert list(open_to_others(home.place / "usb")) == []


def open_to_others(root: Path) -> Iterator[Path]:
    for path in (root, *root.rglob("*")):
        if not path.is_symlink() and path.stat().st_mode & 0o077:
            yield path


def traces(home: Home, *words: str) -> list[str]:
    """The calls with which a command starts programs and opens connections."""
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed")
    calls = home.place / "calls"
    strace = (
        "strace",
        "-f",
        "-qq",
        "-s",
        "4096",
        "-o",
        str(calls),
        "-e",
        "trace=execve,socket,connect",
    )
    ended = home.types(*words, before=strace)
    if not calls.exists() or not calls.read_text():
        pytest.skip("strace cannot be used here")
    assert ended.returncode == 0, ended.stderr
    return calls.read_text().splitlines()


@pytest.mark.ocr
def test_only_this_python_and_the_engine_are_started_and_no_connection_is_opened(
    home: Home,
) -> None:
    (home.inbox / "surat.txt").write_text(secret(1))
    sheet(150, LETTER).save(home.inbox / "scan.png", dpi=(150, 150))
    calls = traces(home, "ingest", str(home.inbox))
    started = [
        match for call in calls if (match := re.search(r'execve\("([^"]+)", (\[.*?\])', call))
    ]
    programs = {Path(match[1]) for match in started if not match.string.endswith("ENOENT")}
    engines = {path for path in programs if path.name == "tesseract"}
    assert programs - engines <= PROGRAMS
    assert [call for call in calls if re.search(r"socket\((?!AF_UNIX)|connect\(", call)] == []
    assert not any("Kenariku" in match[2] or "Pemeriksaan" in match[2] for match in started)


def test_finding_starts_no_program_and_opens_no_connection(home: Home) -> None:
    (home.inbox / "surat.txt").write_text(letter(1))
    home.types("ingest", str(home.inbox))
    calls = traces(home, "search", "aula")
    assert sum("execve(" in call and "ENOENT" not in call for call in calls) == 1
    assert [call for call in calls if "socket(" in call or "connect(" in call] == []
