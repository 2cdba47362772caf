"""Watches over folders that differ, go away, come back, and are told of or not."""

from __future__ import annotations

import datetime as dt
import errno
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from arsip.archive.store import Archive, Seen
from arsip.errors import NoSpace, SetupError
from arsip.fields import DIRECTION, SENDER, SUBJECT, UNIT
from arsip.ingest import bells
from arsip.ingest.intake import open_elsewhere
from arsip.ingest.looking import Leave
from arsip.ingest.outcome import Outcome
from arsip.ingest.pipeline import Options
from arsip.ingest.spot import Manner
from arsip.ingest.watch import Remark, Watch
from arsip.model import silent
from tests.ingest.conftest import NOW, letter


class Hours:
    """A clock that goes only when somebody waits, and what happens meanwhile."""

    def __init__(self) -> None:
        self.now = 1_000.0
        self.acts: list[Any] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += max(seconds, 0.01)
        if self.acts:
            self.acts.pop(0)()


class Office:
    """A watch over one folder or more, by a clock of its own."""

    def __init__(self, archive: Archive, options: Options, *folders: Path) -> None:
        options = replace(options, move=True, patience=dt.timedelta(minutes=10))
        self.hours = Hours()
        self.remarks: list[Remark] = []
        self.watch = Watch(
            [Manner(folder, options, settle=5.0, poll=30.0) for folder in folders],
            archive,
            clock=lambda: NOW + dt.timedelta(seconds=self.hours.now),
            report=silent,
            remark=self.remarks.append,
            monotonic=self.hours,
            sleep=self.hours.sleep,
        )

    @property
    def slugs(self) -> list[str]:
        return [remark.slug for remark in self.remarks]

    def treat(self, **changes: Any) -> None:
        self.watch.manners = [replace(manner, **changes) for manner in self.watch.manners]

    def follow(self, *acts: Any) -> list[tuple[str, str, str | None]]:
        """What becomes of files while these things happen, one at each wait; then it ends."""
        self.hours.acts = [*acts, lambda: None, lambda: None, self.watch.stop]
        return fates(self.watch.always())


def fates(outcomes: Iterator[Outcome]) -> list[tuple[str, str, str | None]]:
    return [(one.file.name, one.status, one.reason) for one in outcomes]


@pytest.fixture(autouse=True)
def no_events(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the clock alone: nothing is told."""
    monkeypatch.setattr(bells, "tells", lambda _kind: False)


@pytest.fixture
def office(archive: Archive, options: Options, inbox: Path) -> Office:
    return Office(archive, options, inbox)


def test_what_stood_still_for_its_time_is_taken(office: Office, inbox: Path) -> None:
    (inbox / "1.txt").write_text(letter(1))
    assert office.follow() == [("1.txt", "filed", None)]
    assert office.slugs == ["first"]


def test_each_folder_waits_as_long_as_it_says(
    archive: Archive, options: Options, inbox: Path, tmp_path: Path
) -> None:
    slow = tmp_path / "slow"
    slow.mkdir()
    office = Office(archive, options, slow, inbox)
    office.watch.manners = [
        replace(manner, settle=3600.0 if manner.folder == slow else 5.0)
        for manner in office.watch.manners
    ]
    (slow / "1.txt").write_text(letter(1))
    (inbox / "2.txt").write_text(letter(2))
    assert office.follow() == [("2.txt", "filed", None)]
    later = Office(archive, options, slow)
    assert [file for file, *_rest in fates(later.watch.once())] == ["1.txt"]


def test_a_folder_that_goes_away_and_comes_back_is_told_once_each(
    office: Office, inbox: Path
) -> None:
    away = inbox.with_name("away")
    (inbox / "1.txt").write_text(letter(1))

    def go() -> None:
        inbox.rename(away)

    def nothing() -> None:
        pass

    told = office.follow(go, nothing, nothing, lambda: away.rename(inbox), nothing, nothing)
    assert told == [("1.txt", "filed", None)]
    assert office.slugs == ["first", "away", "back"]


def test_cron_is_told_of_a_folder_that_is_away_once_over_many_passes(
    office: Office, inbox: Path, archive: Archive
) -> None:
    inbox.rmdir()
    for _pass in range(3):
        assert fates(office.watch.once()) == []
    assert office.slugs == ["first", "away"]
    assert archive.seen(inbox) == Seen("", "waiting", "away", archive.all_seen()[0][1].since)
    inbox.mkdir()
    list(office.watch.once())
    assert office.slugs == ["first", "away", "back"]
    assert archive.seen(inbox) is None


def test_the_empty_place_of_a_share_is_not_taken_for_the_share(
    office: Office, archive: Archive, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("arsip.archive.probe.kind_of", lambda _folder: "nfs4")
    list(office.watch.once())
    monkeypatch.setattr("arsip.archive.probe.kind_of", lambda _folder: "ext4")
    list(office.watch.once())
    assert office.slugs == ["first", "away"]
    (inbox / "1.txt").write_text(letter(1))
    assert fates(office.watch.once()) == [("1.txt", "filed", None)]
    assert office.slugs == ["first", "away", "back"]
    assert [pulse.kind for pulse, _held in archive.pulses()] == ["ext4"]


def test_an_archive_that_cannot_be_written_now_is_told_once_and_tried_again(
    office: Office, inbox: Path, monkeypatch: pytest.MonkeyPatch, archive: Archive
) -> None:
    (inbox / "1.txt").write_text(letter(1))

    def full() -> object:
        raise NoSpace("There is no space left.")

    whole = archive.run
    monkeypatch.setattr(archive, "run", full)

    def mend() -> None:
        monkeypatch.setattr(archive, "run", whole)

    def nothing() -> None:
        pass

    assert office.follow(nothing, nothing, nothing, mend, nothing) == [("1.txt", "filed", None)]
    assert office.slugs == ["first", "trouble"]
    [(pulse, _held)] = archive.pulses()
    assert pulse.trouble == "There is no space left."


def test_settings_that_are_read_again_hold_from_then_on(
    office: Office, inbox: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "2.txt").write_text(letter(2))
    first = office.watch.manners[0]
    office.watch.renew = lambda: [replace(first, folder=other)]

    def put() -> None:
        (inbox / "1.txt").write_text(letter(1))

    def nothing() -> None:
        pass

    told = office.follow(office.watch.ask_renewal, put, nothing, nothing)
    assert told == [("2.txt", "filed", None)]
    assert office.slugs == ["first", "first", "renewed"]


def test_settings_that_make_no_sense_are_told_and_those_before_hold(
    office: Office, inbox: Path
) -> None:
    def wrong() -> list[Manner]:
        raise SetupError("The setting makes no sense.")

    office.watch.renew = wrong
    (inbox / "1.txt").write_text(letter(1))
    assert office.follow(office.watch.ask_renewal) == [("1.txt", "filed", None)]
    assert office.remarks[-1] == Remark("not_renewed", Path(), "The setting makes no sense.")


def test_who_has_nothing_to_do_may_do_something_else(office: Office) -> None:
    tended: list[int] = []
    office.watch.idle = lambda: tended.append(1)
    office.follow()
    assert tended


def test_an_end_that_is_asked_for_lets_the_letters_in_hand_be_filed_and_no_more(
    office: Office, inbox: Path
) -> None:
    for number in range(1, 25):
        (inbox / f"{number}.txt").write_text(letter(number))
    filed = []
    for outcome in office.watch.always():
        filed.append(outcome.file.name)
        office.watch.stop()
    assert 1 <= len(filed) < 24
    assert len(list(inbox.iterdir())) == 24 - len(filed)


def test_many_files_are_taken_in_batches_and_none_is_forgotten(
    office: Office, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("arsip.ingest.watch.BATCH", 2)
    passes: list[int] = []
    office.watch.passed = lambda: passes.append(1)
    for number in range(1, 6):
        (inbox / f"{number}.txt").write_text(letter(number))
    assert len(office.follow()) == 5
    assert len(passes) == 3


def test_a_folder_within_another_is_looked_at_by_itself(
    archive: Archive, options: Options, inbox: Path
) -> None:
    inner = inbox / "inner"
    inner.mkdir()
    office = Office(archive, options, inbox, inner)
    (inner / "1.txt").write_text(letter(1))
    (inbox / "2.txt").write_text(letter(2))
    assert sorted(fates(office.watch.once())) == [
        ("1.txt", "filed", None),
        ("2.txt", "filed", None),
    ]


def test_a_flat_folder_and_patterns_leave_files_alone(office: Office, inbox: Path) -> None:
    (inbox / "konsep").mkdir()
    for name in ("konsep/1.txt", "2.txt", "3.bak.txt"):
        (inbox / name).write_text(letter(int(name[-5]) if name[-5].isdecimal() else 3))
    office.treat(leave=Leave(["*.BAK.*", "konsep/*"]))
    assert fates(office.watch.once()) == [("2.txt", "filed", None)]
    office.treat(recursive=False, leave=Leave())
    assert fates(office.watch.once()) == [("3.bak.txt", "filed", None)]


def test_what_a_folder_says_fills_gaps_and_what_it_sets_stands_above(
    office: Office, inbox: Path, archive: Archive
) -> None:
    (inbox / "1.txt").write_text(letter(1))
    usual = {SENDER: "Kantor Lain", UNIT: "Umum"}
    options = office.watch.manners[0].options
    office.treat(
        options=replace(
            options,
            given={DIRECTION: "keluar", SUBJECT: "Ditetapkan"},
            usual=lambda _path: usual,
            who="scan",
        )
    )
    list(office.watch.once())
    found = archive.entry("1").letter
    assert found.first(SENDER) == "Dinas Kearsipan dan Perpustakaan Kabupaten Tirtasari"
    fields = (UNIT, DIRECTION, SUBJECT)
    assert [found.first(field) for field in fields] == ["Umum", "keluar", "Ditetapkan"]
    assert [found.findings[field.name][0].origin for field in fields] == [
        "rule",
        "person",
        "person",
    ]


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="leases are known to Linux")
def test_a_file_that_a_program_has_open_is_waited_for(
    office: Office, inbox: Path, sample_pdf: bytes
) -> None:
    path = inbox / "1.pdf"
    with path.open("wb") as scanner:
        scanner.write(sample_pdf)
        scanner.flush()
        assert open_elsewhere(path)
        assert fates(office.watch.once()) == [("1.pdf", "waiting", "open")]
        assert [one for one in office.watch.once() if one.news] == []
    assert not open_elsewhere(path)
    assert fates(office.watch.once()) == [("1.pdf", "filed", None)]


def test_patience_with_a_program_that_never_closes_a_file_ends(
    office: Office, inbox: Path, sample_pdf: bytes
) -> None:
    path = inbox / "1.pdf"
    with path.open("wb") as scanner:
        scanner.write(sample_pdf)
        scanner.flush()
        list(office.watch.once())
        office.hours.now += 700
        assert fates(office.watch.once()) == [("1.pdf", "filed", None)]


def test_no_file_is_open_that_is_none_or_gone(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert not open_elsewhere(tmp_path / "pipe")
    assert not open_elsewhere(tmp_path / "gone")


def test_a_file_that_a_person_took_away_waits_no_more(
    office: Office, inbox: Path, archive: Archive
) -> None:
    (inbox / "1.pdf").write_bytes(b"%PDF-1.7\n" + b"x" * 300)
    assert fates(office.watch.once()) == [("1.pdf", "waiting", "incomplete")]
    (inbox / "1.pdf").unlink()
    list(office.watch.once())
    assert archive.all_seen() == []


def test_a_system_that_watches_as_many_folders_as_it_may_is_told_once(
    office: Office, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def exhausted(*_arguments: object, **_options: object) -> None:
        raise OSError(errno.ENOSPC, "inotify watch limit reached")

    monkeypatch.setattr(bells, "tells", lambda _kind: True)
    monkeypatch.setattr("watchdog.observers.api.BaseObserver.schedule", exhausted)
    (inbox / "1.txt").write_text(letter(1))
    assert office.follow() == [("1.txt", "filed", None)]
    assert office.slugs == ["first", "exhausted"]
