from __future__ import annotations

import importlib.util
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from arsip.scan import engines, tesseract
from arsip.scan.engine import OcrEngine, OcrFailed, OcrTimeout
from arsip.scan.engines import Tesseract, candidates
from arsip.scan.tesseract import TesseractEngine
from tests.scan.contract import OcrEngineContract, TesseractContract, came_along
from tests.scan.paper import LETTER, Reciter, recall, sheet, spot


class TestReciter(OcrEngineContract):
    @pytest.fixture
    def engine(self) -> OcrEngine:
        return Reciter([[spot("Nomor", 10, 10)], [spot("Hal", 10, 50, run=1)]])


@pytest.mark.ocr
class TestBundledTesseract(TesseractContract):
    @pytest.fixture
    def engine(self, tmp_path: Path) -> OcrEngine:
        return TesseractEngine(came_along(), "ind+eng", tmp_path)


def named(path: Path) -> Tesseract:
    return Tesseract(path, (), (5, 0), frozenset({"ind", "eng"}))


def script(folder: Path, body: str) -> Tesseract:
    path = folder / "with a blank"
    path.mkdir()
    path /= "tesseract"
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return named(path)


@pytest.mark.ocr
def test_the_systems_own_engine_reads_a_letter(tmp_path: Path) -> None:
    """Where the machine has none, the bundled one behind a script plays it."""
    own = [engine for engine in candidates(os.environ) if not engine.bundled]
    fit = [engine for engine in own if {"ind", "eng"} <= engine.languages]
    bundled = TesseractEngine(came_along(), "ind+eng", tmp_path)
    play = f'exec "{came_along().executable}" "$@" --tessdata-dir "{tmp_path}/tessdata"'
    spec = fit[0] if fit else script(tmp_path, play)
    assert bundled.name.startswith("tesseract 5")
    sheet(150).save(tmp_path / "page.bmp")
    (words,) = TesseractEngine(spec, "ind+eng", tmp_path).read(
        [tmp_path / "page.bmp"], dpi=150, seconds=60
    )
    assert recall(" ".join(word.text for word in words), LETTER) > 0.9


def test_an_engine_that_does_not_end_is_stopped(tmp_path: Path) -> None:
    engine = TesseractEngine(script(tmp_path, "exec sleep 30"), "eng", tmp_path)
    with pytest.raises(OcrTimeout):
        engine.read([tmp_path / "page.bmp"], dpi=200, seconds=0.2)


def test_an_engine_that_fails_or_says_nothing_has_failed(tmp_path: Path) -> None:
    engine = TesseractEngine(script(tmp_path, "echo broken >&2; exit 3"), "eng", tmp_path)
    with pytest.raises(OcrFailed, match="broken"):
        engine.read([tmp_path / "page.bmp"], dpi=200, seconds=5)
    engine = TesseractEngine(named(Path("/bin/true")), "eng", tmp_path)
    with pytest.raises(OcrFailed):
        engine.read([tmp_path / "page.bmp"], dpi=200, seconds=5)
    engine = TesseractEngine(named(tmp_path / "nowhere"), "eng", tmp_path)
    with pytest.raises(OcrFailed):
        engine.read([tmp_path / "page.bmp"], dpi=200, seconds=5)


def test_an_engine_that_was_killed_is_started_once_more(tmp_path: Path) -> None:
    tries = tmp_path / "tries"
    body = f'echo >> "{tries}"; kill -9 $$'
    engine = TesseractEngine(script(tmp_path, body), "eng", tmp_path)
    with pytest.raises(OcrFailed):
        engine.read([tmp_path / "page.bmp"], dpi=200, seconds=5)
    assert tries.read_text() == "\n\n"


@pytest.mark.parametrize("hard", [resource.RLIM_INFINITY, 300])
def test_an_engine_has_the_time_of_the_clock_and_its_starter_keeps_its_own(
    tmp_path: Path, hard: int
) -> None:
    source = (
        "import resource; from pathlib import Path\n"
        "from arsip.scan.engine import OcrFailed\n"
        "from tests.scan.test_tesseract import script\n"
        "from arsip.scan.tesseract import TesseractEngine\n"
        f"place = Path({str(tmp_path)!r})\n"
        f"resource.setrlimit(resource.RLIMIT_CPU, (40, {hard}))\n"
        "engine = TesseractEngine(script(place, f'ulimit -St > {place}/limit'), 'eng', place)\n"
        "try: engine.read([place / 'page.bmp'], dpi=200, seconds=120)\n"
        "except OcrFailed: print(resource.getrlimit(resource.RLIMIT_CPU)[0])\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", source], capture_output=True, text=True, check=True
    )
    assert said.stdout == "40\n"
    assert (tmp_path / "limit").read_text() == "121\n"


def test_one_thread_an_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OMP_THREAD_LIMIT", raising=False)
    engine = TesseractEngine(
        script(tmp_path, f'echo "$OMP_THREAD_LIMIT" > "{tmp_path}/limit"'), "eng", tmp_path
    )
    with pytest.raises(OcrFailed):
        engine.read([tmp_path / "page.bmp"], dpi=200, seconds=5)
    assert (tmp_path / "limit").read_text() == "1\n"


def test_models_are_copied_where_links_cannot_be_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(_self: Path, _target: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "symlink_to", no_links)
    TesseractEngine(came_along(), "ind+eng", tmp_path)
    models = sorted(path.name for path in (tmp_path / "tessdata").iterdir())
    assert {"ind.traineddata", "eng.traineddata"} <= set(models)
    assert not any(path.is_symlink() for path in (tmp_path / "tessdata").iterdir())
    TesseractEngine(came_along(), "ind+eng", tmp_path)


def test_a_link_that_another_worker_made_first_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_late(_self: Path, _target: Path) -> None:
        raise FileExistsError

    monkeypatch.setattr(Path, "symlink_to", too_late)
    engines._link(tmp_path / "a", tmp_path / "b")
    assert not (tmp_path / "b").exists()


def test_numpy_and_pandas_stay_out_though_they_are_installed(tmp_path: Path) -> None:
    for name in ("numpy", "pandas"):
        (tmp_path / f"{name}.py").write_text("ndarray = DataFrame = object\n")
    ask = (
        "import sys, arsip.scan.tesseract as t;"
        "print(t.pytesseract.numpy_installed, 'numpy' in sys.modules, 'pandas' in sys.modules);"
        "import numpy; print(numpy.ndarray is object)"
    )
    answer = subprocess.run(
        [sys.executable, "-c", ask],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout.split() == ["False", "False", "False", "True"]


def test_a_module_that_was_there_before_is_there_after() -> None:
    with tesseract._absent("csv", "no_such_module"):
        assert importlib.util.find_spec("csv") is None
    assert importlib.util.find_spec("csv") is not None
    assert "no_such_module" not in sys.modules
