"""Who tells of changes, what is looked at, and a folder that is tried out."""

from __future__ import annotations

import errno
import threading
import time
from pathlib import Path

import pytest

from arsip.ingest import bells, plan
from arsip.ingest.bells import Bells, tells
from arsip.ingest.looking import below
from arsip.ingest.probing import probe


@pytest.mark.parametrize(
    ("folder", "move", "reason"),
    [
        ("/srv/arsip", False, "archive"),
        ("/srv/arsip/vault", False, "in_archive"),
        ("/srv", True, "around_archive"),
        ("/srv", False, None),
        ("/", True, "root"),
        ("/home/siti", True, "home"),
        ("/home/siti", False, None),
        ("/home/siti/scan", True, None),
    ],
)
def test_files_are_not_taken_out_of_places_that_are_no_scan_folders(
    folder: str, *, move: bool, reason: str | None
) -> None:
    why = plan.barred(Path(folder), archive=Path("/srv/arsip"), home=Path("/home/siti"), move=move)
    assert why == reason


@pytest.mark.parametrize(
    ("kind", "told"),
    [("ext4", True), ("btrfs", True), ("", True), ("nfs4", False), ("cifs", False)]
    + [(kind, False) for kind in ("smb3", "fuse.sshfs", "fuseblk", "9p", "vboxsf", "virtiofs")],
)
def test_the_system_tells_of_local_disks_only(kind: str, *, told: bool) -> None:
    assert tells(kind) == told


def test_the_archive_and_a_closed_folder_are_not_entered(tmp_path: Path) -> None:
    for name in ("arsip/1.txt", "b/2.txt", "3.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = [Path(entry.path).name for entry in below(tmp_path, but=[tmp_path / "arsip"])]
    assert found == ["3.txt", "2.txt"]
    assert list(below(tmp_path, but=[tmp_path])) == []
    with pytest.raises(FileNotFoundError):
        list(below(tmp_path / "gone"))


def test_a_bell_rings_for_what_comes_and_not_for_what_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bells, "tells", lambda _kind: True)
    ringing = Bells()
    with ringing.hung():
        bell = ringing.hang(tmp_path, recursive=True)
        (tmp_path / "1.txt").write_text("x")
        for _try in range(200):
            ringing.wait(0.05)
            if bell.closed:
                break
        assert (bell.rung, bell.closed, bell.told) == (True, True, True)
        time.sleep(0.2)
        bell.rung = bell.closed = False
        (tmp_path / "1.txt").read_text()
        ringing.wait(0.2)
        assert not bell.rung
        ringing.take_down(bell)
        ringing.take_down(bell)


def test_who_waits_is_woken_from_outside() -> None:
    ringing = Bells()
    threading.Timer(0.05, ringing.wake).start()
    begun = time.monotonic()
    ringing.wait(20)
    assert time.monotonic() - begun < 15


def test_a_probe_tells_of_the_folder_and_leaves_nothing(tmp_path: Path) -> None:
    found = probe(tmp_path, patience=5.0)
    assert found.free > 0
    assert abs(found.clock) < 5
    assert list(tmp_path.iterdir()) == []


def test_a_probe_that_fails_leaves_nothing_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: Path) -> None:
        raise OSError(errno.EIO, f"Input/output error: {self}")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "stat", fail)
        with pytest.raises(OSError, match="Input/output"):
            probe(tmp_path, patience=0.1)
    assert list(tmp_path.iterdir()) == []
