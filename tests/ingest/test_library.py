"""A library that works in the reading child may take it down, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from arsip.ingest import pool as pool_module
from arsip.ingest.pool import Children
from arsip.ingest.tasks import Answer, Failure, Inspect, ReadPage
from arsip.model import Limits, Outline, PageText
from arsip.scan.engines import Tesseract
from tests.scan.paper import sheet

TABLE = "1\\t1\\n5\\t1\\t1\\t1\\t1\\t1\\t200\\t200\\t90\\t20\\t96\\tNomor"
LIBRARY = f"""
import os, pathlib, signal, time
NOTE = pathlib.Path(__file__).with_name("read")

class PyTessBaseAPI:
    def __init__(self, **_asked): pass
    def SetPageSegMode(self, _mode): pass
    def SetImageFile(self, _path): pass
    def SetSourceResolution(self, _dpi): pass
    def Clear(self): pass
    def ClearAdaptiveClassifier(self): pass
    def GetTSVText(self, _page): return "{TABLE}"

    def Recognize(self, _milliseconds):
        with NOTE.open("a") as note:
            print(os.getpid(), file=note)
        FAULT
        return True
"""


@pytest.fixture
def pool(tmp_path: Path) -> Iterator[Children]:
    with Children(1, temp=tmp_path, memory_bytes=1 << 30) as pool:
        yield pool


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package that plays the library, before the children's own."""
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    folder = tmp_path / "tesserocr"
    folder.mkdir()
    return folder


def library(home: Path, fault: str) -> Tesseract:
    (home / "__init__.py").write_text(LIBRARY.replace("FAULT", fault))
    return Tesseract(home, (), (5, 5, 4), frozenset({"ind"}), bundled=True, resident=True)


def page(folder: Path, number: int, engine: Tesseract) -> ReadPage:
    path = folder / f"{number}.png"
    sheet(100).save(path)
    return ReadPage(path, "png", 1, "", engine, "ind", folder, Limits())


def drained(pool: Children) -> dict[int, Answer]:
    answers: dict[int, Answer] = {}
    while batch := pool.take():
        answers.update(batch)
    return answers


def words(answer: Answer) -> set[str]:
    assert isinstance(answer, PageText)
    return set(answer.text.split())


def children(home: Path) -> list[str]:
    """The process that each reading was asked of."""
    return (home / "read").read_text().split()


def test_one_child_keeps_the_library_for_all_its_pages(
    pool: Children, home: Path, tmp_path: Path
) -> None:
    engine = library(home, "")
    for number in (1, 2, 3):
        pool.put(page(tmp_path, number, engine))
    answers = list(drained(pool).values())
    assert [words(answer) for answer in answers] == [{"Nomor"}] * 3
    assert len(set(children(home))) == 1
    assert len(list(tmp_path.glob("engine-*"))) == 1


@pytest.mark.parametrize("fault", ["os.abort()", "os.kill(os.getpid(), signal.SIGSEGV)"])
def test_a_crash_costs_one_page_one_retry(
    pool: Children, home: Path, tmp_path: Path, fault: str
) -> None:
    engine = library(home, f"len(NOTE.read_text().split()) == 1 and {fault}")
    ticket = pool.put(page(tmp_path, 1, engine))
    answer = drained(pool)[ticket]
    assert words(answer) == {"Nomor"}
    first, *others = children(home)
    assert others
    assert first not in others


def test_a_page_that_crashes_it_every_time_fails_alone(
    pool: Children, home: Path, tmp_path: Path
) -> None:
    doomed = pool.put(page(tmp_path, 1, library(home, "os.abort()")))
    (tmp_path / "letter.txt").write_text("Nomor : 1")
    fine = pool.put(Inspect(tmp_path / "letter.txt", "txt", (), Limits()))
    answers = drained(pool)
    failure = answers[doomed]
    assert isinstance(failure, Failure)
    assert failure.reason == "crashed"
    assert answers[fine] == Outline(1)
    assert len(set(children(home))) == 2


def test_a_page_that_it_never_ends_with_fails_by_time(
    pool: Children, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool_module, "TRIES", 1)
    engine = library(home, "NOTE.with_name('hang').exists() and time.sleep(60)")
    pool.put(page(tmp_path, 1, engine))
    drained(pool)
    (home / "hang").touch()
    monkeypatch.setattr(pool_module, "patience", lambda _task: 0.3)
    ticket = pool.put(page(tmp_path, 2, engine))
    failure = drained(pool)[ticket]
    assert isinstance(failure, Failure)
    assert failure.reason == "time"
