"""What is taken from a scan folder, what is left alone, and what is let go."""

from __future__ import annotations

import hashlib
import os
import socket
from pathlib import Path
from typing import Any

import pytest

from arsip.errors import ArchiveError, NotADocument, TooLarge
from arsip.ingest import intake
from arsip.ingest.intake import Later, Refused, release, source, take
from arsip.ingest.looking import LEAVE, candidates

LIMIT = 1_000_000


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    folder = tmp_path / "desk"
    folder.mkdir()
    return folder


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "surat.txt"
    path.write_text("Nomor : 005/12/Umum")
    return path


def test_a_copy_has_the_bytes_and_their_hash(letter: Path, desk: Path) -> None:
    taken = take(letter, desk, limit=LIMIT)
    assert taken.copy.read_bytes() == letter.read_bytes()
    assert taken.digest == hashlib.sha256(letter.read_bytes()).hexdigest()
    assert taken.size == letter.stat().st_size
    assert taken.modified.tzinfo is not None


def test_a_source_knows_its_format_by_content(letter: Path, desk: Path) -> None:
    assert source(letter, take(letter, desk, limit=LIMIT)).format == "txt"


def test_bytes_of_no_known_kind_make_no_source(tmp_path: Path, desk: Path) -> None:
    path = tmp_path / "program.pdf"
    path.write_bytes(b"\x7fELF" + bytes(200))
    with pytest.raises(NotADocument):
        source(path, take(path, desk, limit=LIMIT))


@pytest.mark.parametrize("kind", ["symlink", "fifo", "folder", "socket"])
def test_what_is_no_regular_file_is_refused_without_waiting(
    tmp_path: Path, desk: Path, letter: Path, kind: str
) -> None:
    path = tmp_path / "odd"
    with socket.socket(socket.AF_UNIX) as plug:
        match kind:
            case "symlink":
                path.symlink_to(letter)
            case "fifo":
                os.mkfifo(path)
            case "folder":
                path.mkdir()
            case _:
                plug.bind(str(path))
        with pytest.raises(Refused, match="not_a_file"):
            take(path, desk, limit=LIMIT)


def test_a_symlink_put_in_place_of_a_file_is_refused(
    letter: Path, desk: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    link = tmp_path / "link.txt"
    link.symlink_to(letter)
    monkeypatch.setattr(os, "lstat", os.stat)
    with pytest.raises(Refused, match="not_a_file"):
        take(link, desk, limit=LIMIT)


def test_a_file_that_may_not_be_read_is_refused(
    letter: Path, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def deny(*_arguments: object) -> int:
        raise PermissionError

    monkeypatch.setattr(os, "open", deny)
    with pytest.raises(Refused, match="no_permission"):
        take(letter, desk, limit=LIMIT)


def test_a_share_that_fails_now_is_tried_later(
    letter: Path, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "read", fail)
    with pytest.raises(Later, match="unreadable_now"):
        take(letter, desk, limit=LIMIT)
    monkeypatch.setattr(os, "open", fail)
    with pytest.raises(Later, match="unreadable_now"):
        take(letter, desk, limit=LIMIT)


def test_an_empty_file_and_one_that_is_gone_wait(tmp_path: Path, desk: Path) -> None:
    (tmp_path / "empty.pdf").touch()
    with pytest.raises(Later, match="empty"):
        take(tmp_path / "empty.pdf", desk, limit=LIMIT)
    with pytest.raises(Later, match="vanished"):
        take(tmp_path / "gone.pdf", desk, limit=LIMIT)


def test_a_file_above_the_limit_is_not_copied(letter: Path, desk: Path) -> None:
    with pytest.raises(TooLarge):
        take(letter, desk, limit=3)
    assert not list(desk.iterdir())


def test_a_sparse_giant_is_refused_by_its_size(tmp_path: Path, desk: Path) -> None:
    path = tmp_path / "giant.pdf"
    with path.open("wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(TooLarge):
        take(path, desk, limit=LIMIT)


def test_a_file_that_changes_while_it_is_copied_waits(
    letter: Path, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = os.read

    def grow(descriptor: int, size: int) -> bytes:
        with letter.open("a") as file:
            file.write("more and more")
        return read(descriptor, size)

    monkeypatch.setattr(os, "read", grow)
    with pytest.raises(Later, match="changing"):
        take(letter, desk, limit=LIMIT)
    assert not list(desk.iterdir())


def test_a_full_disk_makes_a_file_wait(
    letter: Path, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "SPARE", 1 << 60)
    with pytest.raises(Later, match="no_space"):
        take(letter, desk, limit=LIMIT)


def test_a_disk_that_fills_while_copying_makes_a_file_wait(
    letter: Path, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Later, match="no_space"):
        take(letter, desk, limit=LIMIT)
    assert not list(desk.iterdir())


def test_an_error_of_our_own_disk_is_not_hidden(
    letter: Path, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_descriptor: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(ArchiveError, match="Input/output"):
        take(letter, desk, limit=LIMIT)
    assert not list(desk.iterdir())


def test_a_source_is_let_go_though_its_folder_cannot_be_flushed(
    letter: Path, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_descriptor: int) -> None:
        raise OSError(5, "Input/output error")

    taken = take(letter, desk, limit=LIMIT)
    monkeypatch.setattr(os, "fsync", broken)
    assert release(letter, taken)
    assert not letter.exists()


def test_a_source_is_let_go_only_while_it_is_what_was_taken(letter: Path, desk: Path) -> None:
    taken = take(letter, desk, limit=LIMIT)
    letter.write_text("another letter under the same name")
    assert not release(letter, taken)
    assert letter.exists()


def test_a_source_that_did_not_change_is_let_go(letter: Path, desk: Path) -> None:
    taken = take(letter, desk, limit=LIMIT)
    assert release(letter, taken)
    assert not letter.exists()
    assert not release(letter, taken)


def test_a_folder_gives_its_files_by_name_and_leaves_alone_what_nobody_means(
    tmp_path: Path,
) -> None:
    for name in ["b.pdf", "a.pdf", ".hidden.pdf", "~$draft.docx", "x.part", "Thumbs.db"]:
        (tmp_path / name).touch()
    for folder in ["sub", ".git", "@eaDir", "#recycle", "arsip"]:
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "c.pdf").touch()
    found = list(candidates([tmp_path], but=tmp_path / "arsip"))
    assert found == [tmp_path / "a.pdf", tmp_path / "b.pdf", tmp_path / "sub" / "c.pdf"]


def test_a_folder_that_may_not_be_listed_is_given_and_refused(
    tmp_path: Path, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked, listed, opened = tmp_path / "locked", os.scandir, os.open
    locked.mkdir()

    def forbidden(path: Path | str) -> None:
        if Path(path) == locked:
            raise PermissionError(13, "Permission denied", str(path))

    def scandir(path: str) -> Any:
        forbidden(path)
        return listed(path)

    def open_(path: Path, flags: int) -> int:
        forbidden(path)
        return opened(path, flags)

    monkeypatch.setattr(os, "scandir", scandir)
    monkeypatch.setattr(os, "open", open_)
    assert locked in list(candidates([tmp_path]))
    assert list(candidates([locked])) == [locked]
    with pytest.raises(Refused) as caught:
        take(locked, desk, limit=LIMIT)
    assert caught.value.args == ("no_permission",)


def test_a_file_named_outright_is_a_candidate_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / ".hidden.pdf"
    path.touch()
    assert list(candidates([path])) == [path]


def test_a_link_to_a_folder_is_entered_only_when_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.pdf").touch()
    (tmp_path / "scan").mkdir()
    (tmp_path / "scan" / "link").symlink_to(tmp_path / "real")
    assert list(candidates([tmp_path / "scan" / "link"])) == [tmp_path / "scan" / "link" / "a.pdf"]
    assert list(candidates([tmp_path / "scan"])) == [tmp_path / "scan" / "link"]


def test_names_are_left_alone_in_any_case() -> None:
    assert LEAVE("THUMBS.DB")
    assert LEAVE("Desktop.ini")
    assert not LEAVE("SCAN0001.PDF")
