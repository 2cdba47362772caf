"""Programs that are told: what they hear, what they do not, and what their failures do."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from arsip.archive.hooks import Hook
from arsip.archive.store import Archive
from arsip.fields import SENSITIVITY
from arsip.ingest.calling import Calls, Failure, run
from arsip.ingest.pipeline import Options
from tests.ingest.conftest import NOW, Ingest, letter

LISTENER = """import sys
open(sys.argv[1], "ab").write(sys.stdin.buffer.read())
"""

Told: TypeAlias = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def heard(tmp_path: Path) -> Path:
    return tmp_path / "heard"


@pytest.fixture
def listener(tmp_path: Path, heard: Path) -> tuple[str, ...]:
    program = tmp_path / "listener.py"
    program.write_text(LISTENER)
    return sys.executable, str(program), str(heard)


def calls(archive: Archive, *hooks: Hook, allowed: bool = True) -> tuple[Calls, list[Failure]]:
    failures: list[Failure] = []
    programs = {Path(hook.run[0]) for hook in hooks} if allowed else set()
    made = Calls(hooks, programs, archive.root, lambda: NOW, failures.append)
    return made, failures


def told(heard: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in heard.read_text().splitlines()]


def test_a_program_hears_of_what_is_filed_set_aside_and_of_the_end(
    run: Ingest, inbox: Path, archive: Archive, heard: Path, listener: tuple[str, ...]
) -> None:
    (inbox / "1.txt").write_text(letter(1))
    (inbox / "2.pdf").write_bytes(b"\x7fELF" + bytes(100))
    made, failures = calls(archive, *(Hook(on, listener) for on in ("filed", "set_aside", "pass")))
    with made.made():
        assert len(list(made.follow(run()))) == 2
        made.passed()
    filed, aside, end = told(heard)
    assert failures == []
    assert (filed["event"], filed["id"], filed["v"]) == ("filed", 1, 1)
    assert filed["fields"]["subject"] == "Undangan Rapat"
    assert Path(filed["path"]).is_file()
    assert (aside["event"], aside["reason"]) == ("set_aside", "not_a_document")
    assert end["counts"] == {"filed": 1, "set_aside": 1}


def test_of_a_secret_letter_it_hears_the_number_alone_unless_it_may(
    run: Ingest,
    inbox: Path,
    archive: Archive,
    options: Options,
    heard: Path,
    listener: tuple[str, ...],
) -> None:
    (inbox / "Pemeriksaan Pegawai.txt").write_text(letter(1))
    made, _failures = calls(archive, Hook("filed", listener), Hook("filed", listener, secret=True))
    with made.made():
        list(made.follow(run(options=replace(options, given={SENSITIVITY: "rahasia"}))))
    first, second = told(heard)
    assert set(first) == {"v", "event", "time", "archive", "id", "ids", "secret"}
    assert "Pegawai" not in json.dumps(first)
    assert second["fields"]["subject"] == "Undangan Rapat"


def test_a_program_that_this_person_does_not_allow_is_not_run_and_told_once(
    run: Ingest, inbox: Path, archive: Archive, heard: Path, listener: tuple[str, ...]
) -> None:
    for number in (1, 2):
        (inbox / f"{number}.txt").write_text(letter(number))
    made, failures = calls(archive, Hook("filed", listener), allowed=False)
    with made.made():
        list(made.follow(run()))
    assert failures == [Failure(listener[0], "not_allowed")]
    assert not heard.exists()


def test_nothing_is_called_at_the_end_of_a_pass_without_news(
    archive: Archive, heard: Path, listener: tuple[str, ...]
) -> None:
    made, _failures = calls(archive, Hook("pass", listener))
    with made.made():
        made.passed()
    assert not heard.exists()


@pytest.mark.parametrize(
    ("words", "reason", "note"),
    [
        (("/nonexistent/program",), "not_started", ""),
        ((sys.executable, "-c", "import time; time.sleep(60)"), "timeout", "0.3"),
        ((sys.executable, "-c", "import sys; sys.exit('no printer')"), "failed", "1"),
    ],
)
def test_a_failure_is_told_and_nothing_else(words: tuple[str, ...], reason: str, note: str) -> None:
    failure = run(Hook("filed", words, seconds=0.3 if reason == "timeout" else 30.0), b"{}\n")
    assert failure is not None
    assert (failure.reason, failure.note) == (reason, note)
    assert reason != "failed" or failure.said == "no printer"


def test_a_program_that_does_not_listen_is_no_failure() -> None:
    assert run(Hook("filed", (sys.executable, "-c", "")), b"x" * 1_000_000) is None


def test_calls_that_were_not_made_are_left_out_when_a_run_breaks_off(
    run: Ingest, inbox: Path, archive: Archive
) -> None:
    for number in (1, 2, 3):
        (inbox / f"{number}.txt").write_text(letter(number))
    slow = Hook("filed", (sys.executable, "-c", "import time; time.sleep(0.5)"))
    made, failures = calls(archive, slow)

    def broken_off() -> None:
        with made.made():
            list(made.follow(run()))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken_off()
    assert [failure.reason for failure in failures] == ["dropped"]
