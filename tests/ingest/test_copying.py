"""A searchable copy that is asked for is made by a child, or it is said why there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from arsip.ingest import copying
from arsip.ingest.copying import Wanted, make
from arsip.ingest.tasks import Failure
from arsip.model import Box, Limits, PageText, Word
from arsip.scan.caption import Caption
from tests.scan.paper import jpeg, sheet

SEEN = PageText(1, ((Word("Yth.", Box(100, 100, 160, 115), 0.9),),), engine="tesseract 5")


def wanted(folder: Path, content: bytes) -> Wanted:
    original = folder / "original.pdf"
    original.write_bytes(content)
    out = folder / "made.pdf"
    return Wanted(original, (SEEN,), Caption("ab" * 32), out, (), Limits())


def test_a_scan_whatever_its_name_gets_its_copy(tmp_path: Path) -> None:
    asked = wanted(tmp_path, jpeg(sheet(50)))
    assert make(asked) == ""
    assert asked.out.read_bytes().startswith(b"%PDF-1.7")


@pytest.mark.parametrize(
    ("content", "slug"),
    [
        (b"MZ", "not_a_document"),
        (b"%PDF-1.7\n", "incomplete"),
        (jpeg(sheet(50))[:99], "incomplete"),
    ],
)
def test_what_cannot_be_copied_says_why(tmp_path: Path, content: bytes, slug: str) -> None:
    asked = wanted(tmp_path, content)
    assert make(asked) == slug
    assert not asked.out.exists()


def test_a_child_that_fails_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copying, "_answer", lambda _pool, _task: Failure("memory"))
    assert make(wanted(tmp_path, jpeg(sheet(50)))) == "memory"
