"""What stands beside the vault: what was set aside, seen, and held by somebody else."""

import multiprocessing
import os
from pathlib import Path

import pytest

from arsip.archive import disk, lock
from arsip.archive.store import Archive, Seen
from arsip.errors import (
    ArchiveError,
    Busy,
    NoSpace,
)
from tests.archive import keeping


def test_what_stays_in_a_scan_folder_is_kept_in_mind(kept: Archive) -> None:
    path = Path(os.fsdecode(b"/pindai/\xff.pdf"))
    seen = Seen("1:2:3:4:5", "waiting", "incomplete", keeping.NOW)
    assert kept.seen(path) is None
    kept.mark(path, seen)
    kept.mark(path, seen)
    assert kept.seen(path) == seen
    assert kept.all_seen() == [(path, seen)]
    assert kept.counts().waiting == 1
    kept.forget(path)
    assert kept.all_seen() == []


def test_a_file_is_the_same_from_wherever_it_is_named(
    kept: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    seen = Seen("1:2:3:4:5", "waiting", "incomplete", keeping.NOW)
    kept.mark(Path("pindai/../pindai/1.pdf"), seen)
    assert kept.seen(tmp_path / "pindai" / "1.pdf") == seen


def aside(kept: Archive, content: str | None, **options: str) -> Path:
    with kept.run() as run:
        scan = None
        if content is not None:
            scan = run.desk() / "original"
            scan.write_text(content)
        named = {"name": "a.pdf", "digest": keeping.digest(content or "x"), "reason": "password"}
        return kept.set_aside(scan, note="", **{**named, **options})


def test_what_is_set_aside_lies_there_with_its_reason(kept: Archive, root: Path) -> None:
    folder = aside(kept, "terkunci", name="su/rat\x1b.pdf")
    assert folder.parent == root / "aside"
    assert (folder / "su-rat .pdf").read_text() == "terkunci"
    assert "password" in (folder / "ALASAN.txt").read_text()
    assert kept.counts().aside == 1
    assert "rat" not in (root / "ledger" / "000001.jsonl").read_text().replace("staging", "")
    assert kept.verify(full=True) == []


def test_what_is_aside_already_stays_as_it_is(kept: Archive) -> None:
    folder = aside(kept, "terkunci")
    before = keeping.files(folder)
    assert aside(kept, "terkunci", name="b.pdf", reason="crashed") == folder
    assert keeping.files(folder) == before


def test_what_was_only_noted_gets_its_copy_later(kept: Archive) -> None:
    folder = aside(kept, None, reason="incomplete")
    assert len(keeping.files(folder)) == 2
    assert aside(kept, None, reason="incomplete") == folder
    assert aside(kept, "x") == folder
    assert (folder / "a.pdf").read_text() == "x"
    assert kept.verify(full=True) == []


def test_what_was_never_read_is_noted_by_its_name(kept: Archive) -> None:
    first = aside(kept, None, digest="", reason="too_large")
    assert aside(kept, None, digest="", reason="too_large") == first
    assert aside(kept, None, digest="", reason="too_large", name="b.pdf") != first


def test_a_file_that_is_called_like_the_reason_does_not_take_its_place(kept: Archive) -> None:
    folder = aside(kept, "isi", name="aside.json", reason="slug baru")
    assert (folder / "_aside.json").read_text() == "isi"
    assert "slug baru" in (folder / "ALASAN.txt").read_text()


def test_a_disk_that_refuses_is_told_with_the_place(
    kept: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_descriptor: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(disk, "flush", broken)
    with pytest.raises(ArchiveError, match="Input/output error"):
        kept.again("ab" * 32, "a.pdf")


def test_a_busy_archive_is_waited_for_and_then_told(root: Path) -> None:
    with (
        keeping.archive(root, wait=0.05) as kept,
        lock.held(root / "lock", wait=0),
        pytest.raises(Busy) as caught,
    ):
        kept.again("ab" * 32, "a.pdf")
    assert "--wait" in caught.value.hint


def test_a_scan_folder_is_watched_by_one(kept: Archive, root: Path, tmp_path: Path) -> None:
    with Archive.open(root, clock=keeping.clock) as other, kept.claim(tmp_path):
        with pytest.raises(Busy, match=tmp_path.name), other.claim(tmp_path / "." / ""):
            raise AssertionError
        with other.claim(root):
            pass
    with kept.claim(tmp_path):
        pass


def _files(root: Path, texts: list[str]) -> None:
    with Archive.open(root, clock=keeping.clock, wait=60) as kept:
        for text in texts:
            keeping.file(kept, text, subject="Undangan")


@pytest.mark.slow
def test_two_processes_file_at_once_and_nothing_is_filed_twice(kept: Archive, root: Path) -> None:
    shared = [f"sama {number}" for number in range(8)]
    own = [[f"{name} {number}" for number in range(6)] for name in ("satu", "dua")]
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_files, args=(root, shared + mine)) for mine in own]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
        assert writer.exitcode == 0
    listed = keeping.listing(kept)
    assert {entry.digest for entry in listed} == {
        keeping.digest(text) for text in (*shared, *own[0], *own[1])
    }
    assert [entry.id for entry in listed] == list(range(1, 21))
    assert len(keeping.links(root)) == 20
    assert kept.verify(full=True) == []


def test_two_who_make_the_same_archive_at_once_make_one(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = lock.held

    def late(path: Path, *, wait: float) -> object:
        monkeypatch.setattr(lock, "held", real)
        assert Archive.create(root, clock=keeping.clock)
        return real(path, wait=wait)

    monkeypatch.setattr(lock, "held", late)
    assert not Archive.create(root, clock=keeping.clock)


def test_a_full_disk_is_no_reason_not_to_verify(
    kept: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_place: object) -> None:
        raise OSError(28, "No space left on device")

    keeping.file(kept, "surat")
    monkeypatch.setattr(Path, "mkdir", full)
    assert kept.verify(full=True) == []
    with pytest.raises(NoSpace):
        kept.run().__enter__()
