"""Scan folders under watch: what settles is taken, once, and nothing is taken too early."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from arsip.archive.store import Archive
from arsip.errors import Busy
from arsip.ingest.outcome import Outcome
from arsip.ingest.pipeline import Options
from arsip.ingest.spot import Manner
from arsip.ingest.watch import Watch
from arsip.model import silent
from tests.ingest.conftest import NOW, letter


@pytest.fixture
def watch(archive: Archive, inbox: Path, options: Options) -> Watch:
    options = replace(options, move=True, patience=dt.timedelta(minutes=10))
    manner = Manner(inbox, options, settle=0.05, poll=5.0)
    return Watch([manner], archive, clock=lambda: NOW, report=silent)


def treat(watch: Watch, **changes: Any) -> None:
    """Have all folders of a watch treated another way."""
    watch.manners = [replace(manner, **changes) for manner in watch.manners]


def statuses(outcomes: list[Outcome]) -> list[tuple[str, str]]:
    return [(outcome.file.name, outcome.status) for outcome in outcomes]


def test_a_pass_files_what_has_settled_and_clears_the_folder(watch: Watch, inbox: Path) -> None:
    for number in (1, 2):
        (inbox / f"{number}.txt").write_text(letter(number))
    assert statuses(list(watch.once())) == [("1.txt", "filed"), ("2.txt", "filed")]
    assert not list(inbox.iterdir())


def test_a_pass_over_an_empty_folder_does_not_wait(watch: Watch) -> None:
    treat(watch, settle=60.0)
    assert list(watch.once()) == []


def test_a_file_that_grows_between_two_looks_is_left(watch: Watch, inbox: Path) -> None:
    path = inbox / "1.txt"
    path.write_text(letter(1))

    watch.sleep = lambda _seconds: path.write_text(letter(1) + "more")
    assert list(watch.once()) == []
    assert path.exists()


def test_with_no_settling_one_look_is_enough(watch: Watch, inbox: Path) -> None:
    treat(watch, settle=0.0)
    (inbox / "1.txt").write_text(letter(1))
    assert statuses(list(watch.once())) == [("1.txt", "filed")]


def test_a_link_to_a_folder_is_refused_and_never_entered(
    watch: Watch, inbox: Path, tmp_path: Path
) -> None:
    (tmp_path / "private").mkdir()
    (tmp_path / "private" / "1.txt").write_text(letter(1))
    (inbox / "link").symlink_to(tmp_path / "private")
    assert statuses(list(watch.once())) == [("link", "refused")]
    assert (tmp_path / "private" / "1.txt").exists()


def test_a_file_that_became_a_link_to_a_folder_after_the_look_is_never_entered(
    watch: Watch, inbox: Path, tmp_path: Path
) -> None:
    (tmp_path / "private").mkdir()
    (tmp_path / "private" / "1.txt").write_text(letter(1))
    (inbox / "2.txt").write_text(letter(2))
    with watch._claimed():
        [spot] = watch._all
        (inbox / "2.txt").unlink()
        (inbox / "2.txt").symlink_to(tmp_path / "private")
        assert statuses(list(watch._take(spot, [inbox / "2.txt"]))) == [("2.txt", "refused")]
    assert (tmp_path / "private" / "1.txt").exists()


def test_a_source_that_cannot_be_removed_is_left_in_peace(
    watch: Watch, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("arsip.ingest.pipeline.release", lambda *_file: False)
    (inbox / "1.txt").write_text(letter(1))
    (outcome,) = watch.once()
    assert (outcome.status, outcome.reason) == ("filed", "not_removed")
    assert list(watch.once()) == []


def test_a_kept_source_is_taken_once(watch: Watch, inbox: Path) -> None:
    options = replace(watch.manners[0].options, move=False, remember=True)
    treat(watch, options=options)
    (inbox / "1.txt").write_text(letter(1))
    assert statuses(list(watch.once())) == [("1.txt", "filed")]
    assert list(watch.once()) == []


def test_a_file_set_aside_is_taken_again_only_when_it_changes(watch: Watch, inbox: Path) -> None:
    path = inbox / "1.pdf"
    path.write_bytes(b"\x7fELF" + bytes(100))
    assert statuses(list(watch.once())) == [("1.pdf", "set_aside")]
    assert list(watch.once()) == []
    path.unlink()
    (inbox / "1.txt").write_text(letter(1))
    assert statuses(list(watch.once())) == [("1.txt", "filed")]


def test_half_a_file_waits_is_told_once_and_is_filed_when_it_is_whole(
    watch: Watch, inbox: Path, sample_pdf: bytes
) -> None:
    path = inbox / "1.pdf"
    path.write_bytes(sample_pdf[: len(sample_pdf) // 2])
    assert statuses(list(watch.once())) == [("1.pdf", "waiting")]
    assert list(watch.once()) == []
    path.write_bytes(sample_pdf)
    assert statuses(list(watch.once())) == [("1.pdf", "filed")]


def test_half_a_file_is_set_aside_when_patience_is_over(watch: Watch, inbox: Path) -> None:
    (inbox / "1.pdf").write_bytes(b"%PDF-1.7\n" + b"x" * 300)
    assert statuses(list(watch.once())) == [("1.pdf", "waiting")]
    watch.clock = lambda: NOW + dt.timedelta(minutes=11)
    assert statuses(list(watch.once())) == [("1.pdf", "set_aside")]


def test_two_watches_over_one_folder_are_one_too_many(
    watch: Watch, archive: Archive, inbox: Path
) -> None:
    with archive.claim(inbox), Archive.open(archive.root, clock=lambda: NOW) as other:
        second = replace(watch, archive=other)
        with pytest.raises(Busy):
            list(second.once())


def follow(watch: Watch, act: Callable[[], None], *, enough: int) -> list[Outcome]:
    """What an endless watch files while something happens in the folder."""
    timer = threading.Timer(0.2, act)
    guard = threading.Timer(20.0, watch.stop)
    for thread in (timer, guard):
        thread.daemon = True
        thread.start()
    outcomes: list[Outcome] = []
    for outcome in watch.always():
        outcomes.append(outcome)
        if len(outcomes) == enough:
            watch.stop()
    guard.cancel()
    return outcomes


def test_an_endless_watch_is_woken_by_what_comes(watch: Watch, inbox: Path) -> None:
    started = time.monotonic()
    treat(watch, poll=60.0)
    outcomes = follow(watch, lambda: drop(inbox / "1.txt", letter(1)), enough=1)
    assert statuses(outcomes) == [("1.txt", "filed")]
    assert time.monotonic() - started < 15


def test_an_endless_watch_that_is_told_of_nothing_looks_by_itself(
    watch: Watch, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_watches(*_arguments: object, **_options: object) -> None:
        raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr("watchdog.observers.api.BaseObserver.schedule", no_watches)
    treat(watch, poll=0.1)
    outcomes = follow(watch, lambda: drop(inbox / "1.txt", letter(1)), enough=1)
    assert statuses(outcomes) == [("1.txt", "filed")]


def test_an_endless_watch_that_is_told_to_stop_ends(watch: Watch) -> None:
    treat(watch, poll=60.0)
    assert follow(watch, watch.stop, enough=1) == []


def drop(path: Path, text: str) -> None:
    part = path.with_suffix(".part")
    part.write_text(text)
    part.rename(path)
