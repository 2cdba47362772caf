"""Text recognition that dies, hangs or eats memory costs one page, and that page is told."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from arsip.archive.store import Archive
from arsip.ingest import pool
from arsip.ingest.outcome import Outcome
from arsip.ingest.pipeline import Options
from arsip.ingest.rereading import Manner, reread, sheaves
from arsip.model import Doubt, PageText, silent
from arsip.scan.engines import Tesseract
from tests.ingest.conftest import Ingest
from tests.scan.paper import LETTER, sheet, speaker

pytestmark = pytest.mark.slow

WIDE = 1700
"""Pixels across the second page of the scan, as the engine is shown it; the others have 1654."""

WITH_THE_SECOND = """
echo "$image $TMPDIR" >>"{log}"
case "$(od -A n -t u4 -j 18 -N 4 "$image")" in *{wide})
{trouble}
esac
"""
"""A BMP tells its width."""

KILLS_ITS_READER = "kill -9 $PPID; sleep 1"
KILLS_ITSELF = "kill -9 $$"
HANGS = "exec sleep 60"
EATS = f"exec '{sys.executable}' -c 'b = bytearray(4 << 30)'"
STOPS_ITS_READER = "kill -STOP $PPID; sleep 1"

Engine = Callable[..., Options]


@pytest.fixture
def scan(inbox: Path) -> Path:
    """A scan of three pages."""
    pages = [sheet(200, LETTER) for _page in range(3)]
    wide = Image.new("L", (WIDE, pages[1].height), "white")
    wide.paste(pages[1])
    for edge in (0, WIDE - 10):  # with ink at both edges it is shown from edge to edge
        wide.paste(0, (edge, 400, edge + 10, 410))
    path = inbox / "surat.tif"
    pages[0].save(path, save_all=True, append_images=[wide, pages[2]], dpi=(200, 200))
    return path


@pytest.fixture
def engine(tmp_path: Path, options: Options) -> Engine:
    """Options with an engine that has some trouble."""

    def made(trouble: str = ":", **limits: Any) -> Options:
        told = WITH_THE_SECOND.format(log=tmp_path / "log", wide=WIDE, trouble=trouble)
        program = speaker(tmp_path / "tesseract", trouble=told)
        spec = Tesseract(program, (), (5,), frozenset({"ind", "eng"}))
        kept = replace(options.how, engine=spec, layer=False)
        limited = kept.limits._replace(file_bytes=50_000_000)._replace(**limits)
        return replace(options, how=replace(kept, limits=limited), jobs=2)

    return made


def asked(tmp_path: Path) -> list[list[str]]:
    """The image and the folder for temporary files of each time the engine was asked."""
    return [line.split() for line in (tmp_path / "log").read_text().splitlines()]


def pages(archive: Archive, outcome: Outcome) -> list[PageText]:
    assert outcome.entry is not None
    return list(archive.pages(outcome.entry))


@pytest.mark.parametrize(
    ("trouble", "limits", "reason"),
    [
        (KILLS_ITS_READER, {}, "crashed"),
        (KILLS_ITSELF, {}, "ocr_failed"),
        (HANGS, {"page_seconds": 1.0}, "timeout"),
        (EATS, {}, "ocr_failed"),
    ],
    ids=["its reader is killed", "it is killed", "it hangs", "it eats memory"],
)
@pytest.mark.usefixtures("scan")
def test_the_page_is_unread_and_the_letter_filed(
    run: Ingest,
    archive: Archive,
    engine: Engine,
    trouble: str,
    limits: dict[str, float],
    reason: str,
) -> None:
    (outcome,) = run(options=engine(trouble, **limits))
    assert outcome.status == "filed"
    assert outcome.about("unread") == [2]
    assert Doubt(2, "unread", reason) in outcome.doubts
    first, second, third = pages(archive, outcome)
    assert (first.text, second.text, third.text) == ("Undangan", "", "Undangan")
    assert second.unread == reason
    assert archive.verify(full=True) == []


@pytest.mark.usefixtures("scan")
def test_a_reader_that_hangs_is_ended_and_costs_its_page_alone(
    run: Ingest, archive: Archive, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "patience", lambda _task: 8.0)
    (outcome,) = run(options=engine(STOPS_ITS_READER))
    assert [page.unread for page in pages(archive, outcome)] == ["", "time", ""]


@pytest.mark.usefixtures("scan")
def test_one_death_costs_nothing_but_one_try(
    run: Ingest, archive: Archive, engine: Engine, tmp_path: Path
) -> None:
    once = f'[ -e "{tmp_path}/once" ] || {{ : >"{tmp_path}/once"; {KILLS_ITS_READER}; }}'
    (outcome,) = run(options=engine(once))
    assert [page.text for page in pages(archive, outcome)] == ["Undangan"] * 3
    assert len(asked(tmp_path)) == 4


@pytest.mark.usefixtures("scan")
def test_a_page_too_large_for_the_memory_of_a_reader_is_unread_alone(
    run: Ingest, archive: Archive, engine: Engine, inbox: Path
) -> None:
    small = sheet(200, LETTER).convert("1", dither=Image.Dither.NONE)
    large = Image.new("1", (14_000, 17_000), 1)
    large.paste(small)
    path = inbox / "surat.tif"
    small.save(path, save_all=True, append_images=[large], compression="group4", dpi=(200, 200))
    options = engine(memory_bytes=700 << 20)
    (outcome,) = run(options=options)
    assert [page.unread for page in pages(archive, outcome)] == ["", "memory"]


@pytest.mark.usefixtures("scan")
def test_an_unread_page_is_read_by_the_next_engine(
    run: Ingest, archive: Archive, engine: Engine
) -> None:
    (outcome,) = run(options=engine(KILLS_ITSELF))
    manner = Manner(engine().how, jobs=1, ocr=True, pending=True, who="Siti")
    (again,) = reread(sheaves(archive.doubted()), archive=archive, manner=manner, report=silent)
    assert again.status == "reread"
    assert [page.verdict for page in again.pages] == ["better"]
    assert [page.text for page in pages(archive, outcome)] == ["Undangan"] * 3
    assert archive.verify(full=True) == []


@pytest.mark.usefixtures("scan")
def test_page_images_lie_in_the_archive_and_never_in_the_systems_folder(
    run: Ingest,
    archive: Archive,
    engine: Engine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    system = tmp_path / "system"
    system.mkdir()
    monkeypatch.setenv("TMPDIR", str(system))
    monkeypatch.setattr(tempfile, "tempdir", None)
    trouble = f'ls -A "{system}" >>"{tmp_path}/seen"'
    run(options=engine(trouble))
    staging = archive.root / "staging"
    for image, temporary in asked(tmp_path):
        assert Path(image).is_relative_to(staging)
        assert Path(temporary).is_relative_to(staging)
    assert (tmp_path / "seen").read_text() == ""
    assert list(system.iterdir()) == []
    assert [item for item in os.listdir(staging) if item != "lock"] == []  # noqa: PTH208
