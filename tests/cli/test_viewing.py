"""Searchable copies made on demand: for a look, for a hand-over, and when there can be none."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from arsip.cli import viewing
from arsip.model import Box, Finding, Letter, PageText, Reading, Source, Word
from tests.archive import keeping
from tests.cli.counters import Desk
from tests.cli.test_letters import desktop
from tests.scan.paper import PdfSheet, jpeg, pdf, sheet

SEEN = PageText(1, ((Word("Yth.", Box(100, 100, 160, 115), 0.9),),), engine="tesseract 5")
LETTER = Letter({"subject": (Finding("Undangan Rapat", 0.9, "ocr"),)})


def locked(content: bytes) -> bytes:
    writer, out = PdfWriter(clone_from=PdfReader(BytesIO(content))), BytesIO()
    writer.encrypt("melati", algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


def scan(desk: Desk, content: bytes, kind: str, *flags: str) -> None:
    """A scan in the archive, of which no searchable copy is kept."""
    copy = desk.home / "copy"
    copy.write_bytes(content)
    modified = dt.datetime(2024, 3, 11, tzinfo=keeping.WIB)
    digest = hashlib.sha256(content).hexdigest()
    source = Source(copy, f"scan.{kind}", digest, len(content), kind, modified)
    with keeping.archive(desk.archive) as archive, archive.run() as run:
        archive.file(Reading(source, (SEEN,), LETTER, flags), run.desk())


def test_open_shows_a_searchable_copy_that_it_makes_itself(desk: Desk) -> None:
    scan(desk, jpeg(sheet(50)), "jpeg")
    asked = desktop(desk)
    answer = desk.types("open", "1")
    assert (answer.code, answer.err) == (0, "")
    shown = Path(asked.read_text().strip())
    assert shown.parent == desk.archive / "views"
    found = PdfReader(shown)
    assert "Yth." in found.pages[0].extract_text()
    assert found.metadata
    assert found.metadata.title == "Undangan Rapat"
    assert shown.stat().st_mode & 0o777 == 0o600
    assert desk.types("verify", "--full").code == 0


def test_open_original_makes_no_copy(desk: Desk) -> None:
    scan(desk, jpeg(sheet(50)), "jpeg")
    asked = desktop(desk)
    assert desk.types("open", "1", "--original").code == 0
    assert asked.read_text().strip().endswith("/original.jpg")
    assert not (desk.archive / "views").exists()


def test_copy_hands_over_a_searchable_copy(desk: Desk) -> None:
    scan(desk, jpeg(sheet(50)), "jpeg")
    answer = desk.types("copy", "1", desk.home)
    assert answer.code == 0
    assert "Yth." in PdfReader(answer.out.strip()).pages[0].extract_text()


def test_a_locked_scan_needs_its_password_for_a_copy(desk: Desk) -> None:
    scan(desk, locked(pdf(PdfSheet(jpeg=jpeg(sheet(50))))), "pdf")
    asked = desktop(desk)
    answer = desk.types("open", "1")
    assert answer.code == 0
    assert "No searchable copy can be made (it is locked with a password)" in answer.err
    assert asked.read_text().strip().endswith("/original.pdf")
    (desk.home / "sandi.txt").write_text("mawar\nmelati\n")
    assert desk.types("open", "1", ARSIP_PASSWORDS=str(desk.home / "sandi.txt")).err == ""
    assert "/views/" in asked.read_text()


def test_where_no_copy_can_be_written_the_original_opens(desk: Desk) -> None:
    scan(desk, jpeg(sheet(50)), "jpeg")
    asked = desktop(desk)
    (desk.archive / "views").write_text("in the way")
    answer = desk.types("open", "1")
    assert (answer.code, "this is the original" in answer.err) == (0, True)
    assert asked.read_text().strip().endswith("/original.jpg")


def test_a_scan_that_could_not_be_copied_before_is_not_tried_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan(desk, jpeg(sheet(50)), "jpeg", "no_reading_copy")
    desktop(desk)
    monkeypatch.setattr(viewing, "searchable", None)
    assert desk.types("open", "1").code == 0


def test_copies_of_yesterday_are_removed(desk: Desk) -> None:
    scan(desk, jpeg(sheet(50)), "jpeg")
    desktop(desk)
    folder = desk.archive / "views"
    folder.mkdir()
    for name, age in (("old.pdf", 90_000), ("new.pdf", 60)):
        (folder / name).touch()
        os.utime(folder / name, (dt.datetime.now(dt.UTC).timestamp() - age,) * 2)
    assert desk.types("open", "1").code == 0
    assert {path.name for path in folder.iterdir()} >= {"new.pdf"}
    assert not (folder / "old.pdf").exists()


def test_open_warns_of_programs_in_the_original_alone(desk: Desk) -> None:
    content = pdf(PdfSheet(jpeg=jpeg(sheet(50))), trailer=b"/OpenAction<</S/JavaScript/JS(x)>>")
    scan(desk, content, "pdf", "active_content")
    desktop(desk)
    assert "holds programs" in desk.types("open", "1", "--original").err
    assert desk.types("open", "1").err == ""


@pytest.mark.ocr
@pytest.mark.parametrize(("setting", "kept"), [("always", True), ("on-demand", False)])
def test_the_archive_says_whether_copies_are_kept(desk: Desk, setting: str, *, kept: bool) -> None:
    desk.types("init")
    settings = desk.archive / "archive.toml"
    told = settings.read_text().replace('reading = "always"', f'reading = "{setting}"')
    settings.write_text(told)
    (desk.home / "scan.jpg").write_bytes(jpeg(sheet(150), dpi=(150, 150)))
    assert desk.types("ingest", desk.home / "scan.jpg").code == 0
    [letter] = desk.types("show", "1", "--json").json
    assert (letter["files"]["reading"] is not None) is kept
    assert bool(list(desk.archive.glob("vault/*/*/*/reading.pdf"))) is kept
    asked = desktop(desk)
    assert desk.types("open", "1").code == 0
    assert "Undangan" in PdfReader(asked.read_text().strip()).pages[0].extract_text()
