"""What this machine gives an archive, tried out."""

from __future__ import annotations

import errno
import fcntl
import os
import sqlite3
from pathlib import Path

import pytest

from arsip.archive import probe

MOUNTS = """\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
40 22 0:35 / {share} rw - nfs4 server:/arsip rw
41 22 0:36 / /mnt/with\\040blank rw - cifs //server/x rw
"""


def refusing(number: int) -> object:
    def refuse(*_args: object, **_options: object) -> None:
        raise OSError(number, os.strerror(number))

    return refuse


def test_a_folder_is_tried_out_and_left_as_it_was(tmp_path: Path) -> None:
    found = probe.filesystem(tmp_path)
    assert found.writable
    assert found.locks
    assert found.symlinks
    assert found.syncs
    assert found.free > 0
    assert not list(tmp_path.iterdir())


def test_for_a_folder_that_is_not_there_the_one_above_is_tried(tmp_path: Path) -> None:
    assert probe.filesystem(tmp_path / "a" / "b").writable


def test_a_folder_that_may_not_be_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.mkdtemp", refusing(errno.EROFS))
    assert not probe.filesystem(tmp_path).writable


def test_a_file_system_that_refuses_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fcntl, "flock", refusing(errno.ENOLCK))
    monkeypatch.setattr(os, "fsync", refusing(errno.EINVAL))
    monkeypatch.setattr(Path, "symlink_to", refusing(errno.EPERM))
    found = probe.filesystem(tmp_path)
    assert not found.locks
    assert not found.syncs
    assert not found.symlinks


def test_a_lock_that_lets_a_second_holder_in_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fcntl, "flock", lambda *_args: None)
    assert not probe.filesystem(tmp_path).locks


def test_the_nearest_mount_tells_the_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = tmp_path / "mountinfo"
    share = (tmp_path / "share").resolve()
    share.mkdir()
    mounts.write_text(MOUNTS.format(share=share))
    monkeypatch.setattr(probe, "MOUNTS", mounts)
    assert probe.filesystem(share).kind == "nfs4"
    assert probe.filesystem(share).network
    assert probe.filesystem(tmp_path).kind == "ext4"
    assert not probe.filesystem(tmp_path).network


def test_a_system_that_tells_no_mounts_has_no_kind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(probe, "MOUNTS", tmp_path / "gone")
    assert probe.filesystem(tmp_path).kind == ""


def test_this_sqlite_can_search() -> None:
    assert probe.index() == probe.Index(sqlite3.sqlite_version, fts5=True)


def test_an_sqlite_that_cannot_search_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    class Poor:
        def execute(self, _sql: str) -> None:
            raise sqlite3.OperationalError("no such module: fts5")

        def close(self) -> None:
            pass

    monkeypatch.setattr(sqlite3, "connect", lambda _path: Poor())
    assert not probe.index().fts5
