"""What the papers say is so: commands run, codes are told, links lead somewhere."""

from __future__ import annotations

import contextlib
import os
import pty
import re
import shutil
import subprocess
import sys
import termios
from collections.abc import Iterator
from pathlib import Path

import pytest

from arsip import errors
from arsip.cli.app import WORDS

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
COMMANDS = ROOT / "docs" / "commands.md"
ARCHITECTURE = ROOT / "docs" / "architecture.md"
PAPERS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
MOST_WORDS = 700
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SET_ASIDE = 4
"""Exit code: done, some of the samples are meant to be set aside."""
WIDTH = 100
LINK = re.compile(r"\[[^\]]+\]\(([^)#\s]+)(?:#[^)]*)?\)")


def typed(paper: Path) -> Iterator[tuple[str, list[str]]]:
    """What a paper tells to type, in order, and what it says will be answered."""
    for block in BLOCK.findall(paper.read_text(encoding="utf-8")):
        for entry in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *answer = entry.splitlines()
            yield command.split("  #")[0].strip(), answer


def on_a_terminal(command: str, *, home: Path, path: str) -> tuple[int, str]:
    """Exit code and screen of a command that a person types at a terminal."""
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (50, WIDTH))
    environ = {"HOME": str(home), "PATH": path, "LANG": "C.UTF-8", "ARSIP_LANG": "en"}
    environ |= {"TERM": "dumb", "NO_COLOR": "1", "DISPLAY": ":0"}
    child = subprocess.Popen(
        ["bash", "-c", command], cwd=home, env=environ, stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    screen = b""
    with contextlib.suppress(OSError):  # Linux ends a terminal so when its last writer is gone
        while part := os.read(ours, 65536):
            screen += part
    os.close(ours)
    return child.wait(), screen.decode("utf-8", "replace")


def fold(text: str) -> str:
    return " ".join(text.split())


def test_the_readme_is_short_enough_to_be_read() -> None:
    assert len(README.read_text(encoding="utf-8").split()) <= MOST_WORDS


@pytest.mark.ocr
@pytest.mark.slow
@pytest.mark.timeout(300)
def test_every_command_of_the_readme_runs_and_answers_as_printed(tmp_path: Path) -> None:
    home, tools = tmp_path / "home", tmp_path / "bin"
    home.mkdir()
    tools.mkdir()
    # run.py and the wheel are proven in test_setup.py; here arsip is on the path already
    for name, script in {
        "arsip": f'exec "{sys.executable}" -m arsip "$@"',
        "python3": '[ "$1" = run.py ]',
        "pip": '[ "$*" = "install .[fast]" ]',
        "xdg-open": '[ -f "$1" ]',
        "open": '[ -f "$1" ]',
    }.items():
        (tools / name).write_text(f"#!/bin/sh\n{script}\n")
        (tools / name).chmod(0o755)
    shutil.copytree(ROOT / "sample_docs", home / "sample_docs")
    commands = list(typed(README))
    assert len(commands) >= 10
    for command, answer in commands:
        code, screen = on_a_terminal(command, home=home, path=f"{tools}:/usr/bin:/bin")
        assert code in {0, SET_ASIDE}, f"{command}\n{screen}"
        for line in answer:
            assert fold(line.split("...")[0]) in fold(screen), f"{command}\n{screen}"


@pytest.mark.parametrize("word", sorted(WORDS))
def test_every_command_has_its_section(word: str) -> None:
    headings = re.findall(r"^#+ .*$", COMMANDS.read_text(encoding="utf-8"), re.MULTILINE)
    assert any(re.search(rf"`{word}\b", heading) for heading in headings)


def test_every_exit_code_is_told() -> None:
    codes = {
        error.exit_code
        for error in vars(errors).values()
        if isinstance(error, type) and issubclass(error, errors.ArsipError)
    }
    text = COMMANDS.read_text(encoding="utf-8")
    told = {int(code) for code in re.findall(r"^\| (\d+) \|", text, re.MULTILINE)}
    assert told >= {0, 4, 130, *codes}


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: str(paper.relative_to(ROOT)))
def test_links_lead_somewhere(paper: Path) -> None:
    links = LINK.findall(paper.read_text(encoding="utf-8"))
    inner = [link for link in links if "://" not in link]
    assert [link for link in inner if not (paper.parent / link).exists()] == []


def test_the_map_names_every_module_in_its_room_and_no_other() -> None:
    rooms = ARCHITECTURE.read_text(encoding="utf-8").split("\n## ")[1:]
    drawn = {
        f"{place[1]}/{name}"
        for room in rooms
        if (place := re.match(r".*: (src/arsip\S*)$", room, re.MULTILINE))
        for name in re.findall(r"`(\w+\.py)`", room)
    }
    modules = (path.relative_to(ROOT) for path in (ROOT / "src" / "arsip").rglob("*.py"))
    assert drawn == {path.as_posix() for path in modules if path.name != "__init__.py"}


def test_decisions_are_numbered_without_a_gap() -> None:
    notes = sorted(path.name for path in (ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    assert [int(name[:4]) for name in notes] == list(range(1, len(notes) + 1))
