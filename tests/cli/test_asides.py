"""aside list, show, retry, release; and what is tried again by itself."""

from __future__ import annotations

import io
import os
import time
from pathlib import Path

import pytest
from pypdf import PdfWriter

from arsip.archive import disk
from tests.archive import keeping
from tests.cli.counters import Desk
from tests.scan import paper


def set_aside(desk: Desk, name: str, content: bytes | None, reason: str) -> None:
    with keeping.archive(desk.archive) as kept:
        copy = None
        if content is not None:
            copy = desk.archive / "staging" / "x"
            copy.write_bytes(content)
        kept.set_aside(copy, name=name, digest=disk.summed(content or b""), reason=reason, note="?")


@pytest.fixture
def full(desk: Desk) -> Desk:
    set_aside(desk, "rusak.pdf", b"%PDF-1.4 x", "unreadable")
    set_aside(desk, "surat.docx", None, "not_a_document")
    return desk


def test_what_was_set_aside_is_told_with_why_and_what_to_do(full: Desk) -> None:
    rows = full.types("aside", "list").rows
    assert [row[1] for row in rows] == ["rusak.pdf", "surat.docx"]
    assert rows[0][3:] == ["it cannot be opened", "scan the letter again"]
    told = full.types("aside", "list", "--json").json
    assert [(one["file"], one["reason"], bool(one["copy"])) for one in told] == [
        ("rusak.pdf", "unreadable", True),
        ("surat.docx", "not_a_document", False),
    ]
    key = rows[0][0]
    shown = full.types("aside", "show", key[:4]).out
    assert "File\trusak.pdf" in shown
    assert f"SHA-256\t{disk.summed(b'%PDF-1.4 x')}" in shown
    assert "not copied; it stayed where it was found" in full.types("aside", "show").out
    assert full.types("aside", "show", "rusak.pdf", "--json").json[0]["key"] == key


def test_nothing_set_aside_is_told(desk: Desk) -> None:
    desk.types("init")
    assert desk.types("aside", "list").err == "Nothing is set aside.\n"


def test_a_name_of_nothing_and_one_of_several_are_told(full: Desk) -> None:
    assert full.types("aside", "show", "lain.pdf").code == 5
    set_aside(full, "rusak.pdf", b"%PDF-1.4 y", "unreadable")
    answer = full.types("aside", "show", "rusak.pdf")
    assert answer.code == 2
    assert "more than once" in answer.err


def test_what_a_repair_replaced_is_named_by_its_digits(office: Desk) -> None:
    copy = office.home / "usb"
    office.types("backup", copy)
    path = min((office.archive / "vault").rglob("text.jsonl"))
    path.write_bytes(b"x")
    office.types("repair", "--from", copy, "--apply")
    [row] = office.types("aside", "list").rows
    assert row[0] == path.parent.name[:8]
    assert "a sound copy took its place" in row[3]
    answer = office.types("aside", "release", row[0], "--to", office.home / "out")
    assert Path(answer.out.strip()).read_bytes() == b"x"


def test_what_is_given_back_is_written_over_nothing_and_leaves_the_list(full: Desk) -> None:
    out = full.home / "out"
    assert full.types("aside", "release").code == 2
    assert full.types("aside", "release", "rusak.pdf").code == 2
    answer = full.types("aside", "release", "rusak.pdf", "--to", out)
    assert answer.out == f"{out / 'rusak.pdf'}\n"
    assert (out / "rusak.pdf").read_bytes() == b"%PDF-1.4 x"
    set_aside(full, "rusak.pdf", b"%PDF-1.4 z", "unreadable")
    assert full.types("aside", "release", "rusak.pdf", "--to", out).code == 2
    [told] = full.types("aside", "release", "surat.docx", "--json").json
    assert told["copy"] is None
    assert [row[1] for row in full.types("aside", "list").rows] == ["rusak.pdf"]
    assert full.types("verify", "--full").code == 0


def test_a_copy_that_does_not_come_out_as_it_is_stays(
    full: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.copyfile", lambda _source, place: Path(place).write_bytes(b"?"))
    assert full.types("aside", "release", "rusak.pdf", "--to", full.home / "out").code == 6
    assert len(full.types("aside", "list").rows) == 2


def test_what_can_be_read_now_is_filed_and_leaves_the_list(desk: Desk) -> None:
    letter = b"Nomor : 005/1/Umum\nHal : Undangan\n\nMohon hadir pada rapat di aula.\n"
    set_aside(desk, "surat.txt", letter, "crashed")
    set_aside(desk, "rusak.pdf", b"%PDF-1.4 x", "unreadable")
    set_aside(desk, "surat.docx", None, "not_a_document")
    answer = desk.types("aside", "retry")
    assert answer.code == 0
    assert answer.rows[1][:3] == ["filed", "1", "surat.txt"]
    assert answer.rows[0][:3] == ["set aside", "-", "rusak.pdf"]
    assert "surat.docx was not copied" in answer.err
    assert [row[1] for row in desk.types("aside", "list").rows] == ["rusak.pdf", "surat.docx"]
    assert (desk.archive / "vault").exists()
    assert desk.types("verify", "--full").code == 0


def test_a_file_that_is_filed_after_all_leaves_the_list(desk: Desk) -> None:
    letter = b"Nomor : 005/1/Umum\nHal : Undangan\n\nMohon hadir pada rapat di aula.\n"
    set_aside(desk, "surat.txt", letter, "crashed")
    (desk.home / "lain.txt").write_bytes(letter)
    assert desk.types("ingest", desk.home / "lain.txt").code == 0
    assert desk.types("aside", "list").rows == []


def lock(path: Path, password: str) -> Path:
    writer = PdfWriter(clone_from=io.BytesIO(paper.pdf(paper.typed())))
    writer.encrypt(password, algorithm="RC4-128")
    writer.write(path)
    return path


def test_a_locked_file_is_tried_again_once_there_is_a_new_password(
    desk: Desk, tmp_path: Path
) -> None:
    locked = lock(tmp_path / "terkunci.pdf", "rahasia123")
    secrets = desk.home / "sandi.txt"
    secrets.write_text("salah\n")
    args = ("ingest", locked, "--password-file", secrets)
    assert desk.types(*args).rows[0][0] == "set aside"
    other = desk.home / "b.txt"
    other.write_text("Hal : Undangan\n\nMohon hadir pada rapat di aula desa.\n")
    again = ("ingest", other, "--password-file", secrets)
    assert [row[0] for row in desk.types(*again).rows] == ["filed"]
    secrets.write_text("salah\nrahasia123\n")
    later = time.time() + 5
    os.utime(secrets, (later, later))
    assert [row[0] for row in desk.types(*again).rows] == ["filed", "duplicate"]
    assert desk.types("aside", "list").rows == []
