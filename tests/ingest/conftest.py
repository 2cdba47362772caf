"""An archive, a scan folder and a way to ingest, for the tests of the way in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest

from arsip.archive.store import Archive
from arsip.ingest.outcome import Outcome
from arsip.ingest.pipeline import Options, ingest
from arsip.ingest.transcribe import How
from arsip.model import Limits, silent
from arsip.scan.engines import Tesseract

NOW = dt.datetime(2024, 3, 15, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=7)))

Ingest: TypeAlias = Callable[..., list[Outcome]]


def letter(number: int, *, subject: str = "Undangan Rapat") -> str:
    """A fictional letter as text; another number is another letter."""
    return (
        "PEMERINTAH KABUPATEN TIRTASARI\nDINAS KEARSIPAN DAN PERPUSTAKAAN\n\n"
        f"                                   Tirtasari, {number} Maret 2024\n"
        f"Nomor    : 045/{number}/Diskar/2024\nSifat    : Biasa\nLampiran : -\n"
        f"Hal      : {subject}\n\nYth. Camat Banyuasri\ndi\n     Banyuasri\n\n"
        "Dengan hormat kami sampaikan bahwa rapat diadakan di aula.\n"
    )


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    root = tmp_path / "arsip"
    Archive.create(root, clock=lambda: NOW)
    with Archive.open(root, clock=lambda: NOW) as opened:
        yield opened


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


@pytest.fixture
def options() -> Options:
    engine = Tesseract(Path("/nowhere/tesseract"), (), (5,), frozenset({"ind", "eng"}))
    how = How(
        engine=engine,
        languages="ind+eng",
        passwords=(),
        limits=Limits(file_bytes=100_000),
        today=NOW.date(),
    )
    return Options(how, jobs=1)


@pytest.fixture
def run(archive: Archive, inbox: Path, options: Options) -> Ingest:
    def act(*paths: Path, options: Options = options) -> list[Outcome]:
        return list(
            ingest(
                paths or [inbox],
                archive=archive,
                options=options,
                clock=lambda: NOW,
                report=silent,
            )
        )

    return act


@pytest.fixture
def sample_pdf() -> bytes:
    """A whole digital PDF from the sample documents."""
    samples = Path(__file__).parents[2] / "sample_docs"
    return (samples / "undangan webinar (2).pdf").read_bytes()
