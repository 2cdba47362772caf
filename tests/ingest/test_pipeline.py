"""Every file ends in one of the outcomes, and the others go on."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import replace
from pathlib import Path

import pytest

from arsip import fields
from arsip.archive.store import Archive, Seen
from arsip.errors import NoSpace
from arsip.ingest.intake import fingerprint
from arsip.ingest.looking import candidates
from arsip.ingest.outcome import Outcome
from arsip.ingest.pipeline import Options, preview
from arsip.model import Entry, Reading
from tests.ingest.conftest import NOW, Ingest, letter

NO_IMAGE = b"\x89PNG\r\n\x1a\n\0\0\0\0IEND\xaeB`\x82"
"""A PNG that reaches its end without having begun."""


def fates(outcomes: list[Outcome]) -> list[tuple[str, str, str | None]]:
    return [(outcome.file.name, outcome.status, outcome.reason) for outcome in outcomes]


def test_letters_are_filed_in_the_order_of_their_names(run: Ingest, inbox: Path) -> None:
    for number in (3, 1, 2):
        (inbox / f"{number}.txt").write_text(letter(number))
    outcomes = run()
    assert [(outcome.file.name, outcome.ids) for outcome in outcomes] == [
        ("1.txt", (1,)),
        ("2.txt", (2,)),
        ("3.txt", (3,)),
    ]
    assert {outcome.status for outcome in outcomes} == {"filed"}
    entry = outcomes[0].entry
    assert entry is not None
    assert entry.letter.first(fields.LETTER_NUMBER) == "045/1/Diskar/2024"
    assert entry.letter.first(fields.DATE_OF_LETTER) == dt.date(2024, 3, 1)


def test_the_outcome_of_a_file_is_an_object_of_the_published_shape(
    run: Ingest, inbox: Path
) -> None:
    (inbox / "a.txt").write_text(letter(1))
    (outcome,) = run()
    shape = outcome.json()
    assert shape.pop("seconds") >= 0
    assert shape == {
        "v": 1,
        "file": str(inbox / "a.txt"),
        "status": "filed",
        "id": 1,
        "ids": [1],
        "sha256": outcome.sha256,
        "pages": 1,
        "reason": None,
        "doubts": [],
        "same_as": None,
        "sure": None,
    }


def test_the_source_stays_unless_it_is_to_be_moved(
    run: Ingest, inbox: Path, options: Options
) -> None:
    source = inbox / "a.txt"
    source.write_text(letter(1))
    run()
    assert source.exists()
    (again,) = run(options=replace(options, move=True))
    assert (again.status, again.ids) == ("duplicate", (1,))
    assert not source.exists()


def test_the_same_bytes_under_two_names_are_one_letter(run: Ingest, inbox: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (inbox / name).write_text(letter(1))
    assert [(outcome.status, outcome.ids) for outcome in run()] == [
        ("filed", (1,)),
        ("duplicate", (1,)),
    ]


def test_a_source_is_not_let_go_when_the_archive_lost_its_bytes(
    run: Ingest, inbox: Path, options: Options, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / "a.txt").write_text(letter(1))
    monkeypatch.setattr(Archive, "holds", lambda _archive, _digest: False)
    (outcome,) = run(options=replace(options, move=True))
    assert outcome.status == "filed"
    assert (inbox / "a.txt").exists()
    assert archive.known(outcome.sha256 or "") == (1,)


def test_a_letter_whose_stored_bytes_are_damaged_is_mended_by_scanning_it_again(
    run: Ingest, inbox: Path, archive: Archive
) -> None:
    (inbox / "a.txt").write_text(letter(1))
    (first,) = run()
    assert first.entry is not None
    original = archive.root / first.entry.original
    original.chmod(0o600)
    original.write_text("rot")
    (mended,) = run()
    assert (mended.status, mended.ids) == ("filed", (1,))
    assert original.read_text() == letter(1)


def test_bad_files_are_set_aside_and_the_good_ones_go_on(run: Ingest, inbox: Path) -> None:
    (inbox / "1.pdf").write_bytes(b"\x7fELF" + bytes(100))
    (inbox / "2.pdf").write_bytes(b"%PDF-1.7\n" + b"x" * 500)
    (inbox / "3.png").write_bytes(NO_IMAGE)
    (inbox / "4.txt").write_bytes(b"x" * 200_000)
    (inbox / "5.pdf").touch()
    (inbox / "6.pdf").symlink_to(inbox / "7.txt")
    (inbox / "7.txt").write_text(letter(7))
    outcomes = run()
    assert outcomes[0].note.startswith("This is a program")
    assert fates(outcomes) == [
        ("1.pdf", "set_aside", "not_a_document"),
        ("2.pdf", "set_aside", "incomplete"),
        ("3.png", "set_aside", "unreadable"),
        ("4.txt", "set_aside", "too_large"),
        ("5.pdf", "waiting", "empty"),
        ("6.pdf", "refused", "not_a_file"),
        ("7.txt", "filed", None),
    ]


def test_only_what_was_copied_aside_is_let_go(
    run: Ingest, inbox: Path, options: Options, archive: Archive
) -> None:
    (inbox / "1.pdf").write_bytes(b"\x7fELF" + bytes(100))
    (inbox / "2.png").write_bytes(NO_IMAGE)
    run(options=replace(options, move=True))
    assert [path.name for path in inbox.iterdir()] == ["1.pdf"]
    kept = [path.read_bytes() for path in (archive.root / "aside").rglob("*.png")]
    assert NO_IMAGE in kept


def test_what_was_never_copied_is_left_where_it_is_and_the_others_are_moved(
    run: Ingest, inbox: Path, options: Options
) -> None:
    (inbox / "1.pdf").touch()
    (inbox / "2.txt").write_bytes(b"x" * (options.how.limits.file_bytes + 1))
    (inbox / "3.pdf").symlink_to(inbox / "1.pdf")
    (inbox / "4.txt").write_text(letter(4))
    assert fates(run(options=replace(options, move=True))) == [
        ("1.pdf", "waiting", "empty"),
        ("2.txt", "set_aside", "too_large"),
        ("3.pdf", "refused", "not_a_file"),
        ("4.txt", "filed", None),
    ]
    assert sorted(path.name for path in inbox.iterdir()) == ["1.pdf", "2.txt", "3.pdf"]


def test_a_source_that_cannot_be_removed_is_told(
    run: Ingest, inbox: Path, options: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / "1.txt").write_text(letter(1))
    moving = replace(options, move=True)
    with monkeypatch.context() as patch:
        patch.setattr("arsip.ingest.pipeline.release", lambda *_file: False)
        assert fates(run(options=moving)) == [("1.txt", "filed", "not_removed")]
        (again,) = run(options=moving)
        assert (again.status, again.reason) == ("duplicate", "not_removed")
    assert fates(run(options=moving)) == [("1.txt", "duplicate", None)]
    assert not list(inbox.iterdir())


def test_the_twin_of_a_bad_file_is_set_aside_for_the_same_reason(run: Ingest, inbox: Path) -> None:
    for name in ("1.png", "2.png"):
        (inbox / name).write_bytes(NO_IMAGE)
    assert [fate[1:] for fate in fates(run())] == [("set_aside", "unreadable")] * 2


def test_what_stays_in_the_folder_is_news_once(run: Ingest, inbox: Path) -> None:
    (inbox / "1.pdf").write_bytes(b"\x7fELF" + bytes(100))
    assert [outcome.news for outcome in run()] == [True]
    assert [outcome.news for outcome in run()] == [False]
    (inbox / "1.pdf").write_bytes(b"\x7fELF" + bytes(101))
    assert [outcome.news for outcome in run()] == [True]


def test_what_was_waiting_is_forgotten_once_it_is_filed(
    run: Ingest, inbox: Path, archive: Archive
) -> None:
    source = inbox / "1.txt"
    source.touch()
    run()
    assert archive.seen(source) is not None
    source.write_text(letter(1))
    run()
    assert archive.seen(source) is None


def test_a_kept_source_is_remembered_when_that_is_asked_for(
    run: Ingest, inbox: Path, archive: Archive, options: Options
) -> None:
    source = inbox / "1.txt"
    source.write_text(letter(1))
    run(options=replace(options, remember=True))
    seen = archive.seen(source)
    assert seen == Seen(fingerprint(source.lstat()), "filed", "", NOW)


def test_a_file_that_is_not_whole_waits_until_patience_is_over(
    run: Ingest, inbox: Path, archive: Archive, options: Options
) -> None:
    source = inbox / "1.pdf"
    source.write_bytes(b"%PDF-1.7\n" + b"x" * 500)
    patient = replace(options, patience=dt.timedelta(minutes=10))
    assert fates(run(options=patient)) == [("1.pdf", "waiting", "incomplete")]
    seen = archive.seen(source)
    assert seen is not None
    archive.mark(source, Seen(seen.print, seen.status, seen.reason, NOW - dt.timedelta(minutes=11)))
    assert fates(run(options=patient)) == [("1.pdf", "set_aside", "incomplete")]


def test_a_full_disk_leaves_the_file_waiting_and_the_twin_too(
    run: Ingest, inbox: Path, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_archive: Archive, _reading: Reading, _desk: Path) -> Entry:
        raise NoSpace("The disk is full.")

    for name in ("a.txt", "b.txt"):
        (inbox / name).write_text(letter(1))
    monkeypatch.setattr(Archive, "file", full)
    assert [fate[1:] for fate in fates(run())] == [("waiting", "no_space")] * 2
    monkeypatch.undo()
    assert [outcome.status for outcome in run()] == ["filed", "duplicate"]
    assert archive.counts().letters == 1


def test_what_a_person_says_goes_above_what_was_read(
    run: Ingest, inbox: Path, options: Options
) -> None:
    (inbox / "a.txt").write_text(letter(1))
    (outcome,) = run(options=replace(options, given={fields.SENSITIVITY: "rahasia"}, who="sari"))
    assert outcome.entry is not None
    best = outcome.entry.letter.best(fields.SENSITIVITY)
    assert best is not None
    assert (best.value, best.origin, best.rule) == ("rahasia", "person", "sari")


def test_the_archive_is_not_ingested_into_itself(
    run: Ingest, inbox: Path, archive: Archive
) -> None:
    (inbox / "a.txt").write_text(letter(1))
    run()
    assert [outcome.file.name for outcome in run(archive.root.parent)] == ["a.txt"]


def test_a_name_that_is_no_text_is_filed_like_any_other(run: Ingest, inbox: Path) -> None:
    path = inbox / os.fsdecode(b"surat\xff.txt")
    path.write_text(letter(1))
    (outcome,) = run()
    assert outcome.status == "filed"


def test_a_preview_tells_the_fate_of_each_file_and_keeps_nothing(
    run: Ingest, inbox: Path, archive: Archive, options: Options
) -> None:
    (inbox / "1.txt").write_text(letter(1))
    run()
    (inbox / "2.txt").write_text(letter(2))
    (inbox / "3.pdf").write_bytes(b"\x7fELF" + bytes(100))
    (inbox / "4.pdf").touch()
    (inbox / "5.pdf").symlink_to(inbox / "1.txt")
    before = sorted(archive.root.rglob("*"))
    assert fates(list(preview(candidates([inbox]), archive=archive, options=options))) == [
        ("1.txt", "duplicate", None),
        ("2.txt", "filed", None),
        ("3.pdf", "set_aside", "not_a_document"),
        ("4.pdf", "waiting", "empty"),
        ("5.pdf", "refused", "not_a_file"),
    ]
    assert sorted(archive.root.rglob("*")) == before
    assert archive.seen(inbox / "3.pdf") is None
