"""An office, empty or with letters."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from tests.archive import keeping
from tests.cli.counters import Desk, clean_environment


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    clean_environment(monkeypatch, tmp_path)
    return Desk(tmp_path, monkeypatch)


@pytest.fixture(scope="session")
def filed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four letters: a plain one, a secret one, a doubtful one of two pages, a nameless one."""
    root = tmp_path_factory.mktemp("filed") / "arsip"
    with keeping.archive(root) as archive:
        keeping.file(
            archive,
            "Mohon hadir pada rapat stunting di aula",
            name="scan1.pdf",
            layer=True,
            letter_number="005/17/Umum",
            date=dt.date(2024, 3, 11),
            subject="Undangan Rapat Stunting",
            sender="Kecamatan Mekarsari",
            recipient=("Lurah Cibogo", "Lurah Sukasari"),
            doc_type="undangan",
        )
        keeping.file(
            archive,
            "Hasil pemeriksaan kas desa",
            name="scan2.pdf",
            letter_number="R/3/Insp",
            date=dt.date(2024, 3, 12),
            subject="Laporan Pemeriksaan",
            sender="Inspektorat",
            sensitivity="rahasia",
        )
        keeping.file(
            archive,
            "Permohonan data pegawai untuk rapat",
            name="scan3.pdf",
            pages=2,
            doubtful=("letter_number",),
            letter_number="800/l4/BKD",
            date=dt.date(2023, 1, 5),
            subject="Permohonan Data",
        )
        keeping.file(archive, "catatan \x1b[31m tanpa nomor", name="evil\x1b[2J.txt")
    return root


@pytest.fixture
def office(desk: Desk, filed: Path) -> Desk:
    """An office with the four letters."""
    shutil.copytree(filed, desk.archive, symlinks=True)
    return desk
