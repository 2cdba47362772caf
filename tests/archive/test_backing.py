"""The copy of an archive: whole at any moment, and enough to go on from."""

import os
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from arsip.archive import backing, catalog, disk, lock
from arsip.archive.backing import Backup
from arsip.archive.store import Archive
from arsip.errors import Busy, UsageError
from arsip.fields import SUBJECT
from arsip.model import Event
from tests.archive import keeping
from tests.archive.crashing import dies
from tests.archive.test_recovery import Copies, every_step, opened, wipe

TEXTS = ("undangan rapat", "surat tugas", "nota dinas")


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    def connect(path: Path, *, wait: float) -> sqlite3.Connection:
        connection = real(path, wait=wait)
        connection.execute("PRAGMA synchronous = OFF")
        return connection

    real = catalog.connect
    monkeypatch.setattr(catalog, "connect", connect)
    monkeypatch.setattr(disk, "flush", lambda _descriptor: None)
    monkeypatch.setattr(os, "sync", lambda: None)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An archive with three letters, a change and a file set aside."""
    root = tmp_path / "arsip"
    with keeping.archive(root) as kept:
        for text in TEXTS:
            keeping.file(kept, text, subject=text.title(), layer=True)
        kept.edit(1, {SUBJECT: "Undangan"}, who="Siti")
        scan = root / "staging" / "x"
        scan.write_bytes(b"potongan")
        kept.set_aside(
            scan, name="x.pdf", digest=keeping.digest("potongan"), reason="crashed", note="?"
        )
    return root


@pytest.fixture
def kept(root: Path) -> Iterator[Archive]:
    with opened(root) as kept:
        yield kept


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "usb" / "arsip"


def letters(root: Path) -> list[tuple[int, str, str | None, str]]:
    """What an archive holds, after proving it."""
    with opened(root) as kept:
        assert kept.verify(full=True) == []
        return [
            (one.id, one.digest, one.letter.first(SUBJECT), one.state)
            for one in keeping.listing(kept)
        ]


def names(root: Path, *places: str) -> dict[str, bytes]:
    return {f"{place}/{name}": content for place in places
            for name, content in keeping.files(root / place).items()}  # fmt: skip


def test_a_copy_is_an_archive_with_the_same_letters(
    kept: Archive, root: Path, target: Path
) -> None:
    done = kept.back_up(target)
    head = kept.head()
    assert head is not None
    assert done == Backup(files=13, copied=13, bytes=done.bytes, gone=0, head=head.hash, damage=[])
    kinds = ("vault", "ledger", "aside")
    assert names(target, *kinds) == names(root, *kinds)
    assert letters(target) == letters(root)
    assert len(keeping.links(target)) == 3


def test_no_file_of_the_copy_is_one_of_the_archive(kept: Archive, root: Path, target: Path) -> None:
    kept.back_up(target)
    ours = {path.stat().st_ino for path in root.rglob("*") if path.is_file()}
    theirs = {path.stat().st_ino for path in target.rglob("*") if path.is_file()}
    assert not ours & theirs
    [original] = target.glob(f"vault/*/*/{keeping.digest(TEXTS[0])}/original.pdf")
    assert original.stat().st_mode & 0o777 == 0o400
    assert all(path.stat().st_mode & 0o077 == 0 for path in target.rglob("*"))


def test_only_what_is_new_is_copied_the_next_time(kept: Archive, root: Path, target: Path) -> None:
    kept.back_up(target)
    assert kept.back_up(target).copied == 0
    keeping.file(kept, "surat baru", subject="Baru")
    kept.edit(2, {SUBJECT: "Perintah"}, who="Siti")
    kept.trash([3], who="Siti")
    done = kept.back_up(target)
    assert done.copied == 3 + 2 + 2
    assert letters(target) == letters(root)


def test_a_look_into_the_copy_harms_no_later_backup(
    kept: Archive, root: Path, target: Path
) -> None:
    kept.back_up(target)
    letters(target)
    keeping.file(kept, "surat baru", subject="Baru")
    assert kept.back_up(target).copied == 3
    assert letters(target) == letters(root)


def test_a_destroyed_letter_leaves_the_copy(kept: Archive, root: Path, target: Path) -> None:
    kept.back_up(target)
    letters(target)
    kept.destroy(kept.doomed([1]), who="Siti", why="retensi")
    assert kept.back_up(target).gone == 1
    assert all(TEXTS[0].encode() not in content for content in keeping.files(target).values())
    assert letters(target) == letters(root)


def test_damaged_bytes_never_take_the_place_of_sound_ones(
    kept: Archive, root: Path, target: Path
) -> None:
    kept.back_up(target)
    kept.edit(2, {SUBJECT: "Perintah"}, who="Siti")
    record = root / kept.entry("2").original.parent / "record.json"
    record.write_bytes(record.read_bytes()[:-2])
    done = kept.back_up(target)
    assert [(one.slug, root / one.path, one.ids) for one in done.damage] == [
        ("changed", record, (2,))
    ]
    copy = target / record.relative_to(root)
    assert copy.read_bytes() == (record.parent / "record.1.json").read_bytes()
    record.unlink()
    assert [one.slug for one in kept.back_up(target).damage] == ["missing"]


def test_what_cannot_be_read_is_told_and_the_rest_is_copied(
    kept: Archive, root: Path, target: Path
) -> None:
    text = root / kept.entry("2").original.parent / "text.jsonl"
    text.unlink()
    text.mkdir()
    done = kept.back_up(target)
    assert [(one.slug, root / one.path) for one in done.damage] == [("changed", text)]
    assert done.copied == 12


def test_rot_in_the_copy_of_what_is_not_vouched_for_is_copied_over(
    kept: Archive, root: Path, target: Path
) -> None:
    kept.back_up(target)
    shutil.rmtree(target / "ledger")
    [original] = target.glob(f"vault/*/*/{keeping.digest(TEXTS[0])}/original.pdf")
    original.chmod(0o600)
    original.write_bytes(b"x" * original.stat().st_size)
    assert kept.back_up(target).copied == 1
    assert letters(target) == letters(root)


def test_an_index_elsewhere_is_none_of_the_copy(root: Path, target: Path, tmp_path: Path) -> None:
    toml = root / "archive.toml"
    toml.write_text(toml.read_text().replace("catalog.sqlite3", str(tmp_path / "i.sqlite3")))
    with opened(root) as kept:
        kept.back_up(target)
    assert 'catalog = "catalog.sqlite3"\n' in (target / "archive.toml").read_text()
    assert letters(target) == letters(root)
    assert (target / "catalog.sqlite3").exists()


def test_what_changes_while_it_is_copied_is_in_the_copy(
    kept: Archive, root: Path, target: Path
) -> None:
    with opened(root) as other:
        done = False

        def report(_event: Event) -> None:
            nonlocal done
            if not done:
                keeping.file(other, "surat baru", subject="Baru")
                other.edit(1, {SUBJECT: "Ralat"}, who="Siti")
                done = True

        kept.back_up(target, report=report)
    assert letters(target) == letters(root)
    assert len(letters(root)) == 4


@pytest.mark.slow
def test_a_copy_that_is_taken_while_others_file_is_whole(root: Path, target: Path) -> None:
    stop = threading.Event()

    def clerk() -> None:
        with opened(root) as kept:
            number = 0
            while not stop.is_set() and number < 200:
                number += 1
                keeping.file(kept, f"surat {number}", subject=f"Surat {number}")
                kept.edit(2, {SUBJECT: f"Ralat {number}"}, who="Siti")

    working = threading.Thread(target=clerk)
    working.start()
    try:
        with opened(root) as kept:
            for _round in range(4):
                assert kept.back_up(target).damage == []
                copied = letters(target)
                assert {number for number, *_rest in copied} == set(range(1, len(copied) + 1))
    finally:
        stop.set()
        working.join()
    with opened(root) as kept:
        kept.back_up(target)
    assert letters(target) == letters(root)


@pytest.mark.slow
def test_a_backup_that_dies_at_any_step_is_gone_on_with(root: Path, target: Path) -> None:
    target.parent.mkdir()
    with opened(root) as kept:
        kept.back_up(target)
        kept.edit(1, {SUBJECT: "Ralat"}, who="Siti")
        keeping.file(kept, "surat baru", subject="Baru")
        kept.destroy(kept.doomed([3]), who="Siti", why="retensi")
    before, after = letters(target), letters(root)
    copies = Copies(target, target.with_name("spare"))

    def act() -> None:
        with opened(root) as kept:
            kept.back_up(target)

    for _at in every_step(act, copies.back):
        with opened(target) as kept:
            # Letters come and go, and none is in pieces.
            originals = {one.digest for one in keeping.listing(kept) if kept.holds(one.digest)}
        assert originals >= {digest for _id, digest, *_rest in before[:2]}
        copies.back()
    for at in (5, 15, 30, 45, 60):
        dies(act, at=at)
        act()
        assert letters(target) == after
        copies.back()


def test_two_backups_into_one_folder_wait_for_each_other(kept: Archive, target: Path) -> None:
    kept.back_up(target)
    with lock.held(target / "lock", wait=0), pytest.raises(Busy, match="Another backup"):
        kept.back_up(target)


@pytest.mark.parametrize("place", [".", "cadangan", ".."])
def test_a_copy_cannot_lie_in_the_archive_nor_around_it(kept: Archive, place: str) -> None:
    with pytest.raises(UsageError, match="must not lie in the archive"):
        kept.back_up(kept.root / place)


def test_a_folder_with_other_things_in_it_is_left_alone(
    kept: Archive, target: Path, tmp_path: Path
) -> None:
    target.mkdir(parents=True)
    (target / "foto.jpg").write_bytes(b"x")
    with pytest.raises(UsageError, match="not empty"):
        kept.back_up(target)
    with pytest.raises(UsageError, match="is no folder"):
        kept.back_up(target / "foto.jpg")
    keeping.archive(tmp_path / "lain").close()
    with pytest.raises(UsageError, match="holds another archive"):
        kept.back_up(tmp_path / "lain")


def test_a_copy_that_somebody_filed_into_is_left_alone(kept: Archive, target: Path) -> None:
    kept.back_up(target)
    with opened(target) as other:
        keeping.file(other, "surat lain")
    with pytest.raises(UsageError, match="an archive of its own"):
        kept.back_up(target)


def test_a_copy_whose_first_backup_broke_off_is_gone_on_with(
    kept: Archive, root: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(backing._Copy, "papers", lambda _self: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            kept.back_up(target)
    assert kept.back_up(target).copied == 0
    assert letters(target) == letters(root)


@pytest.mark.slow
def test_a_plain_copy_taken_at_any_moment_of_a_filing_can_be_gone_on_with(
    root: Path, tmp_path: Path
) -> None:
    """As rsync or a file manager takes it: file by file, while the archive changes."""
    drill = tmp_path / "drill"
    with opened(root) as kept:
        before = letters(root)
        for moment in range(24):
            steps = naive(root, drill)
            for _step in range(moment * 3):
                next(steps, None)
            keeping.file(kept, f"surat {moment}", subject=f"Surat {moment}", layer=True)
            kept.edit(1, {SUBJECT: f"Ralat {moment}"}, who="Siti")
            for _rest in steps:
                pass
            (drill / "catalog.sqlite3").unlink(missing_ok=True)
            with opened(drill) as copy:
                copy.rebuild()
                whole = {one.id for one in keeping.listing(copy) if copy.holds(one.digest)}
                told = {number for one in copy.verify(full=True) for number in one.ids}
            assert whole >= {number for number, *_rest in before}
            # What was changed between the copying of two files of one folder is told, not hidden.
            assert told <= {1}
            before = letters(root)
            wipe(drill)


def naive(source: Path, target: Path) -> Iterator[None]:
    """Copies file by file, as the names come."""
    for folder, folders, files in os.walk(source):
        folders.sort()
        place = target / Path(folder).relative_to(source)
        place.mkdir(exist_ok=True)
        for name in sorted(files):
            path = Path(folder, name)
            if path.is_symlink():
                (place / name).symlink_to(path.readlink())
            elif path.exists():
                (place / name).write_bytes(path.read_bytes())
            yield
