"""Senders and tags for who is typing: read only, and nothing of secret letters."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from arsip.archive.find import completions
from arsip.archive.store import Archive
from tests.archive import keeping


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    root = tmp_path / "arsip"
    with keeping.archive(root) as kept:
        for number, sender in enumerate(
            ("Dinas Kesehatan", "Dinas Sosial", "Dinas Sosial", "BKPSDM", "Désa Mekarsari")
        ):
            keeping.file(kept, f"isi {number}", sender=sender, tags=("ijazah", "pegawai baru"))
        keeping.file(kept, "x", sender="Dinas Rahasia", sensitivity="rahasia", tags=("intel",))
        keeping.file(kept, "y", sender="Dinas Ragu", doubtful=("sender",), date=dt.date(2024, 1, 1))
    return root


def test_senders_are_told_by_how_they_begin(archive: Path) -> None:
    with completions.looking(archive / "catalog.sqlite3") as connection:
        assert completions.senders(connection, "Din") == ["dinas kesehatan", "dinas sosial"]
        assert completions.senders(connection, "dinas-s") == ["dinas sosial"]
        assert completions.senders(connection, "desa") == ["desa mekarsari"]
        assert completions.senders(connection, "") == [
            "bkpsdm", "desa mekarsari", "dinas kesehatan", "dinas sosial",
        ]  # fmt: skip
        assert completions.senders(connection, "zz") == []


def test_only_so_many_senders_are_told(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(completions, "MOST", 1)
    with completions.looking(archive / "catalog.sqlite3") as connection:
        assert completions.senders(connection, "d") == ["desa mekarsari"]


def test_tags_are_told_one_by_one(archive: Path) -> None:
    with completions.looking(archive / "catalog.sqlite3") as connection:
        assert completions.tags(connection) == ["ijazah", "pegawai baru"]


def test_looking_leaves_the_archive_as_it_was(archive: Path) -> None:
    before = keeping.files(archive)
    with completions.looking(archive / "catalog.sqlite3") as connection:
        completions.senders(connection, "d")
    assert keeping.files(archive) == before


def test_looking_sees_what_a_writer_has_just_put_in(archive: Path) -> None:
    with Archive.open(archive, clock=keeping.clock) as kept:
        keeping.file(kept, "baru", sender="Dinas Baru")
        with completions.looking(archive / "catalog.sqlite3") as connection:
            assert "dinas baru" in completions.senders(connection, "dinas")
