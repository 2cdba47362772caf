"""From what went wrong to a sentence and an exit code."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest
import typer
from typer._click import exceptions as click

from arsip import errors
from arsip.archive.claims import pulses
from arsip.cli import guard as guarding
from arsip.cli.guard import guard, usage, write_report
from tests.cli.counters import Desk, clean_environment


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    clean_environment(monkeypatch, tmp_path)
    return tmp_path / ".local" / "state" / "arsip"


def code_of(error: BaseException, *, debug: bool = False) -> int:
    with pytest.raises(typer.Exit) as ended, guard(["search"], debug=debug):
        raise error
    return ended.value.exit_code


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.UsageError("u"), 2),
        (errors.SetupError("s"), 3),
        (errors.Unreadable("r"), 4),
        (errors.NothingFound("n"), 5),
        (errors.Busy("b"), 6),
        (errors.NoSpace("n"), 6),
        (errors.Damaged("d"), 7),
        (KeyboardInterrupt(), 130),
        (OSError(errno.ENOSPC, "full", "a.csv"), 6),
        (PermissionError(errno.EACCES, "denied", b"a.csv"), 3),
        (OSError(errno.EROFS, "read-only"), 3),
        (click.UsageError("odd"), 2),
    ],
)
def test_every_kind_of_error_has_its_exit_code(
    error: BaseException, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert code_of(error) == code
    said = capsys.readouterr().err
    assert said.startswith("Error: ")
    assert "Traceback" not in said


def test_the_codes_are_those_of_the_contract() -> None:
    names = ("DONE", "BUG", "USAGE", "SETUP", "SET_ASIDE", "NOTHING_FOUND", "AGAIN", "DAMAGED")
    assert [getattr(guarding, name) for name in names] == list(range(8))
    assert guarding.INTERRUPTED == 130


def test_an_end_with_a_code_passes() -> None:
    assert code_of(typer.Exit(4)) == 4


def test_a_bug_writes_a_report_and_shows_no_traceback(
    state: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert code_of(ZeroDivisionError("by \x1b zero")) == 1
    said = capsys.readouterr().err
    [report] = state.glob("bug-*.txt")
    assert str(report) in said
    assert "Traceback" not in said
    text = report.read_text()
    assert "ZeroDivisionError" in text
    assert "command: search" in text
    assert report.stat().st_mode & 0o077 == 0


def test_an_unknown_refusal_of_the_system_is_a_bug_too(state: Path) -> None:
    assert code_of(OSError(errno.EBADF, "bad")) == 1
    assert len(list(state.glob("bug-*.txt"))) == 1


def test_a_bug_is_told_even_when_the_report_cannot_be_written(
    state: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    state.parent.mkdir(parents=True)
    state.write_text("a file where the folder should be")
    assert code_of(ZeroDivisionError()) == 1
    assert "--debug" in capsys.readouterr().err


@pytest.mark.parametrize("error", [ZeroDivisionError("x"), errors.Busy("x")])
def test_debug_shows_where_it_happened(
    error: Exception, state: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code_of(error, debug=True)
    assert "Traceback" in capsys.readouterr().err
    assert state.exists() is isinstance(error, ZeroDivisionError)


def test_a_report_can_hold_any_name(tmp_path: Path) -> None:
    report = write_report(ValueError("\udce9"), [], {"XDG_STATE_HOME": str(tmp_path)})
    assert "\\udce9" in report.read_text()


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (click.BadParameter("too odd", param_hint="--colour"), "--colour: too odd"),
        (click.UsageError("Something else."), "Something else."),
    ],
)
def test_whatever_typer_complains_of_is_told(error: click.ClickException, sentence: str) -> None:
    assert usage(error) == sentence


class _Gone(io.StringIO):
    """A terminal that was closed."""

    def write(self, _text: str, /) -> int:
        raise OSError(errno.EIO, "Input/output error")


def test_where_nobody_hears_the_complaint_the_exit_code_tells(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "stderr", _Gone())
    assert code_of(errors.SetupError("There is no Tesseract.", hint="apt install")) == 3


def told(process: subprocess.Popen[bytes]) -> str:
    assert process.stderr is not None
    return process.stderr.read().decode()


def until_watched(folder: Path, office: Desk) -> None:
    """Wait until somebody looked into a folder."""
    for _try in range(1_000):
        looked = {pulse.folder: pulse.looked for pulse, _held in pulses(office.archive)}
        if looked.get(folder.resolve()):
            return
        time.sleep(0.02)
    pytest.fail("nobody looks into the folder")


@contextlib.contextmanager
def arsip(
    desk: Desk, *args: str, stdout: int | IO[bytes] = subprocess.DEVNULL
) -> Iterator[subprocess.Popen[bytes]]:
    """The command as at a terminal, killed when the test is done with it.

    Tests that were themselves started in the background ignore the interrupt, and hand that down.
    """
    command = [sys.executable, "-m", "arsip", "--archive", str(desk.archive), *args]
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        process = subprocess.Popen(command, stdout=stdout, stderr=subprocess.PIPE)
    finally:
        signal.signal(signal.SIGINT, before)
    with process:
        try:
            yield process
            process.wait(timeout=60)
        finally:
            process.kill()


def test_a_reader_that_leaves_is_no_error(office: Desk) -> None:
    with arsip(office, "list", "--json", stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert told(process) == ""
    assert process.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full disk to offer")
def test_a_full_disk_behind_the_answers_is_told(office: Desk) -> None:
    with Path("/dev/full").open("wb") as full, arsip(office, "list", stdout=full) as process:
        said = told(process)
    assert process.returncode == 6
    assert said.startswith("Error: There is no space left")
    assert "Traceback" not in said


def test_a_process_that_is_interrupted_ends_with_130(office: Desk) -> None:
    folder = office.home / "scan"
    folder.mkdir()
    with arsip(office, "-q", "watch", str(folder)) as process:
        until_watched(folder, office)
        os.kill(process.pid, signal.SIGINT)
        said = told(process)
    assert process.returncode == 130
    assert said.startswith("Error: Interrupted.")


def test_a_watch_that_is_asked_to_end_ends_well(office: Desk) -> None:
    folder = office.home / "scan"
    folder.mkdir()
    with arsip(office, "-q", "watch", str(folder)) as process:
        until_watched(folder, office)
        os.kill(process.pid, signal.SIGTERM)
        assert told(process) == ""
    assert process.returncode == 0


def test_a_watch_without_a_terminal_reads_its_settings_again_when_asked(office: Desk) -> None:
    folder = office.home / "scan"
    folder.mkdir()
    words = [sys.executable, "-m", "arsip", "watch", str(folder)]
    with subprocess.Popen(words, stderr=subprocess.PIPE, start_new_session=True) as process:
        until_watched(folder, office)
        os.kill(process.pid, signal.SIGHUP)
        assert process.stderr is not None
        said = [process.stderr.readline().decode() for _line in range(3)]
        os.kill(process.pid, signal.SIGTERM)
    assert said[-1] == "The settings were read again.\n"
    assert process.returncode == 0


def test_a_watch_whose_terminal_closes_ends_well(office: Desk) -> None:
    folder = office.home / "scan"
    folder.mkdir()
    process, screen = pty.fork()
    if not process:
        words = [sys.executable, "-m", "arsip", "watch", str(folder)]
        os.execv(sys.executable, words)  # noqa: S606 - it takes the terminal over
    until_watched(folder, office)
    os.close(screen)
    _process, status = os.waitpid(process, 0)
    assert os.waitstatus_to_exitcode(status) in {0, 1}  # it may tell that it ends, to nobody


def test_an_ingest_that_is_asked_to_end_leaves_nothing_behind(office: Desk) -> None:
    folder = office.home / "scan"
    folder.mkdir()
    samples = Path(__file__).parents[2] / "sample_docs"
    for number in range(12):
        content = (samples / "SCAN0002.pdf").read_bytes() + b"\n%% %d\n" % number
        (folder / f"{number:02}.pdf").write_bytes(content)
    staging = office.home / "arsip" / "staging"
    with arsip(office, "ingest", str(folder)) as process:
        while not list(staging.glob("run-*/0*/original")):
            assert process.poll() is None
            time.sleep(0.01)
        os.kill(process.pid, signal.SIGTERM)
        said = told(process)
    assert process.returncode == 130
    assert "Error: Interrupted." in said
    assert not list(staging.iterdir())


@pytest.mark.parametrize("closed", ["<&-", ">&-", "<&- >&- 2>&-"])
def test_a_process_whose_streams_are_closed_works_all_the_same(office: Desk, closed: str) -> None:
    letter = office.home / "surat.txt"
    letter.write_text("Nomor : 005/77/Umum/2024\nHal : Undangan\n")
    command = f'exec "$0" -m arsip ingest "$1" {closed}'
    done = subprocess.run(
        ["sh", "-c", command, sys.executable, str(letter)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, "Error" in done.stderr) == (0, False)
    assert office.types("search", "005/77/Umum/2024").code == 0
