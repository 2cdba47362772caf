"""Tesseract as a program: through pytesseract, by file path, always with the resolution."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from arsip.scan.engine import Layout, OcrFailed, OcrTimeout, Spot
from arsip.scan.engines import ALONE, CROSSED, Tesseract, assembled, for_crossed
from arsip.scan.lent import cpu_lent
from arsip.scan.tsv import pages


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


@contextmanager
def _listed(images: Sequence[Path], answer: Path) -> Iterator[Path]:
    """What Tesseract is shown: the image itself, or a text file with the paths of several."""
    if len(images) == 1:
        yield images[0]
        return
    paths = answer.with_suffix(".txt")
    paths.write_bytes(b"".join(os.fsencode(image) + b"\n" for image in images))
    try:
        yield paths
    finally:
        paths.unlink(missing_ok=True)


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
        first = ALONE.get(languages)
        self.alone = TesseractEngine(spec, first, work) if first else None
        lines = for_crossed(spec, languages)
        self.crossed = TesseractEngine(lines, CROSSED, work) if lines else None
        self._languages = languages
        self._answer = work / f"words-{os.getpid()}"
        models = shlex.quote(str(assembled(spec.models, work))) if spec.bundled else ""
        self._models = f"--tessdata-dir {models} " if models else ""
        os.environ["OMP_THREAD_LIMIT"] = "1"
        self._program = str(spec.executable)

    def read(
        self, images: Sequence[Path], *, dpi: int, seconds: float, layout: Layout = Layout.PAGE
    ) -> list[list[Spot]]:
        """The words of each image, in Tesseract's own order; one start serves them all.

        Raises:
            OcrTimeout: it took more than ``seconds``.
            OcrFailed: it ended without an answer for each.
        """
        table = self._answer.with_suffix(".tsv")
        config = f"{self._models}--dpi {dpi} --psm {layout} -c tessedit_create_tsv=1"
        try:
            with cpu_lent(seconds), _listed(images, self._answer) as shown:
                self._run(shown, config, seconds)
            return pages(table.read_text(encoding="utf-8", errors="replace"), len(images))
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
