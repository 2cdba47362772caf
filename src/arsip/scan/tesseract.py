"""The engine in use: Tesseract through pytesseract, by file path, always with the resolution."""

from __future__ import annotations

import csv
import os
import resource
import shlex
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from arsip.scan.engine import OcrFailed, OcrTimeout, Spot
from arsip.scan.engines import MODELS, Tesseract


@contextmanager
def _absent(*names: str) -> Iterator[None]:
    """Keeps modules from being found by what is imported inside.

    pytesseract imports numpy and pandas whenever they are installed, for inputs and outputs that
    are not used here: 0.3 s and 60 MB a worker.
    """
    kept = {name: sys.modules.get(name) for name in names}
    for name in names:
        sys.modules[name] = None  # type: ignore[assignment]  # importlib: None means "not there"
    try:
        yield
    finally:
        for name, module in kept.items():
            if module is None:
                del sys.modules[name]
            else:
                sys.modules[name] = module


with _absent("numpy", "pandas"):
    from pytesseract import pytesseract

_PAGE, _BLOCK = 3, 6
"""Page segmentation modes: find the layout, or take it as one block. Others were tried on whole
pages: 6 loses 5 % of the words of tables, 4 breaks columns, 1 costs a quarter more."""

WORD_LEVEL = "5"
"""Of Tesseract's TSV rows: 1 page, 2 block, 3 paragraph, 4 line, 5 word."""


class TesseractEngine:
    """Tesseract, one thread, one pass for words with boxes.

    Two threads already cost 2.6 times the CPU of one (measured), so every worker has its own core.
    """

    def __init__(self, spec: Tesseract, languages: str, work: Path) -> None:
        """Prepares the engine.

        Args:
            spec: which program, from ``engines.choose``.
            languages: as Tesseract wants them: ``ind+eng``.
            work: a folder of ours; answers and, for a bundled engine, links to models go there.
        """
        self.name = f"{spec.label} {languages}"
        self._languages = languages
        self._answer = work / f"words-{os.getpid()}"
        models = _assembled(spec.tessdata, work) if spec.bundled else spec.tessdata
        self._models = f"--tessdata-dir {shlex.quote(str(models))} " if models else ""
        os.environ["OMP_THREAD_LIMIT"] = "1"
        self._program = str(spec.executable)

    def read(self, image: Path, *, dpi: int, seconds: float, block: bool = False) -> list[Spot]:
        """The words of the image, in Tesseract's own order.

        Raises:
            OcrTimeout: it took more than ``seconds``.
            OcrFailed: it ended without an answer.
        """
        table = self._answer.with_suffix(".tsv")
        layout = _BLOCK if block else _PAGE
        config = f"{self._models}--dpi {dpi} --psm {layout} -c tessedit_create_tsv=1"
        try:
            with _time_of_its_own(seconds):
                self._run(image, config, seconds)
            return list(_spots(table.read_text(encoding="utf-8", errors="replace")))
        except pytesseract.TesseractError as error:
            raise OcrFailed(error.message) from error
        except RuntimeError as error:  # what pytesseract raises when the time is over
            raise OcrTimeout(str(error)) from error
        except OSError as error:
            raise OcrFailed(str(error)) from error
        finally:
            table.unlink(missing_ok=True)

    def _run(self, image: Path, config: str, seconds: float) -> None:
        """Run the program; once more when it was killed: short of memory, a system picks blindly.

        Raises:
            TesseractError, RuntimeError, OSError: as pytesseract does.
        """
        pytesseract.tesseract_cmd = self._program
        for killed in (False, True):
            try:
                pytesseract.run_tesseract(
                    str(image),
                    str(self._answer),
                    extension="",
                    lang=self._languages,
                    config=config,
                    timeout=seconds,
                )
            except pytesseract.TesseractError as error:
                if killed or error.status >= 0:
                    raise
            else:
                return


@contextmanager
def _time_of_its_own(seconds: float) -> Iterator[None]:
    """Lets a program that is started inside burn CPU for as long as the clock gives it.

    The limit of a worker's own CPU is handed down to what it starts, and is shorter.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if soft != resource.RLIM_INFINITY:
        enough = max(soft, int(seconds) + 1)
        given = enough if hard == resource.RLIM_INFINITY else min(enough, hard)
        resource.setrlimit(resource.RLIMIT_CPU, (given, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def _spots(table: str) -> Iterator[Spot]:
    """The words of a TSV answer; what has no letters and no box is left out."""
    rows = csv.DictReader(table.split("\n"), delimiter="\t", quoting=csv.QUOTE_NONE)
    runs: dict[tuple[str, ...], int] = {}
    for row in rows:
        text = (row["text"] or "").strip()
        if row["level"] != WORD_LEVEL or not text:
            continue
        key = (row["block_num"], row["par_num"], row["line_num"])
        left, top = int(row["left"]), int(row["top"])
        yield Spot(
            text=text,
            left=left,
            top=top,
            right=left + int(row["width"]),
            bottom=top + int(row["height"]),
            confidence=max(0.0, float(row["conf"])) / 100,
            run=runs.setdefault(key, len(runs)),
        )


def _assembled(models: Path | None, work: Path) -> Path:
    """A folder in ``work`` with the bundled engine's models and those of arsip side by side."""
    folder = work / "tessdata"
    folder.mkdir(parents=True, exist_ok=True)
    for home in (models, MODELS):
        for model in sorted(home.glob("*.traineddata")) if home else ():
            _link(model, folder / model.name)
    return folder


def _link(model: Path, place: Path) -> None:
    """Puts a model at a place; a copy where the file system knows no links (FAT, some NAS)."""
    if place.exists():
        return
    try:
        place.symlink_to(model)
    except FileExistsError:  # another worker was quicker
        return
    except OSError:
        shutil.copyfile(model, place)
