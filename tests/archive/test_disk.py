import errno
import fcntl
import os
from pathlib import Path

import pytest

from arsip.archive import disk
from arsip.errors import ArchiveError, ArsipError, NoSpace, SetupError


def test_new_folders_are_their_owners_only(tmp_path: Path) -> None:
    disk.make_folders(tmp_path / "satu" / "dua")
    disk.make_folders(tmp_path / "satu" / "dua")
    assert (tmp_path / "satu" / "dua").stat().st_mode & 0o777 == 0o700


def test_a_file_is_written_once(tmp_path: Path) -> None:
    disk.write(tmp_path / "a", b"isi")
    assert (tmp_path / "a").read_bytes() == b"isi"
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        disk.write(tmp_path / "a", b"lain")


def test_a_system_that_takes_a_little_at_a_time_gets_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.write
    monkeypatch.setattr("os.write", lambda descriptor, content: real(descriptor, content[:2]))
    disk.write(tmp_path / "a", b"isi surat")
    assert (tmp_path / "a").read_bytes() == b"isi surat"


def test_where_fsync_stops_at_the_drive_the_drive_is_told_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(disk, "FULL_SYNC", 51)
    monkeypatch.setattr(fcntl, "fcntl", lambda _descriptor, what: asked.append(what))
    disk.write(tmp_path / "a", b"isi")
    assert asked == [51]


def refusing(number: int) -> object:
    def refuse(_descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    return refuse


def test_a_file_system_that_needs_no_fsync_of_folders_is_let_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "flush", refusing(errno.EINVAL))
    disk.flush_folder(tmp_path)
    monkeypatch.setattr(disk, "flush", refusing(errno.EIO))
    with pytest.raises(OSError, match="Input/output"):
        disk.flush_folder(tmp_path)


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, NoSpace),
        (errno.EDQUOT, NoSpace),
        (errno.EIO, ArchiveError),
        (errno.EACCES, SetupError),
        (errno.EROFS, SetupError),
    ],
)
def test_what_the_system_refuses_is_told_with_the_place(
    number: int, kind: type[ArsipError]
) -> None:
    with pytest.raises(ArsipError, match="/arsip/lock") as caught, disk.writing(Path("/arsip")):
        raise OSError(number, os.strerror(number), "/arsip/lock")
    assert type(caught.value) is kind


def test_wiping_removes_all_below_but_follows_no_link(tmp_path: Path) -> None:
    desk, kept = tmp_path / "desk", tmp_path / "kept"
    (desk / "dalam").mkdir(parents=True)
    (desk / "dalam" / "a").write_text("x")
    kept.mkdir()
    (kept / "surat").write_text("x")
    (desk / "dalam" / "link").symlink_to(kept)
    disk.wipe(desk)
    disk.wipe(desk)
    assert not desk.exists()
    assert (kept / "surat").exists()
