"""Tesseract as a library: through tesserocr, its models loaded once and kept."""

from __future__ import annotations

import functools
import importlib
import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from arsip.scan.engine import Layout, OcrFailed, OcrTimeout, Spot
from arsip.scan.engines import ALONE, CROSSED, LIBRARY, Tesseract, assembled, for_crossed
from arsip.scan.image import BAD_IMAGE
from arsip.scan.lent import cpu_lent
from arsip.scan.tsv import pages


class ResidentTesseract:
    """Tesseract in this very process, one thread, one pass for words with boxes.

    What it makes of a page depends on that page alone. It can take its process down with it, so
    it belongs into a child that may die.
    """

    def __init__(self, spec: Tesseract, languages: str, work: Path) -> None:
        """Nothing is loaded before the first page.

        Args:
            spec: which library, from ``engines.choose``.
            languages: as Tesseract wants them: ``ind+eng``.
            work: a folder of ours for links to models.
        """
        self.name = f"{spec.label} {languages}"
        first = ALONE.get(languages)
        self.alone = ResidentTesseract(spec, first, work) if first else None
        lines = for_crossed(spec, languages)
        self.crossed = ResidentTesseract(lines, CROSSED, work) if lines else None
        self._spec, self._languages, self._work = spec, languages, work

    @functools.cached_property
    def _api(self) -> Any:
        """The library with its models loaded."""
        os.environ["OMP_THREAD_LIMIT"] = "1"  # read when the library is loaded
        library: Any = importlib.import_module(LIBRARY)
        return library.PyTessBaseAPI(
            path=str(assembled(self._spec.models, self._work)),
            lang=self._languages,
            variables={"debug_file": os.devnull},
        )

    def read(
        self, images: Sequence[Path], *, dpi: int, seconds: float, layout: Layout = Layout.PAGE
    ) -> list[list[Spot]]:
        """The words of each image, in Tesseract's own order.

        Raises:
            OcrTimeout: it took more than ``seconds``. The time is looked at between words: who
                must not wait for a layout that does not end has a deadline for the process.
            OcrFailed: a model does not load, or it ended without an answer.
        """
        until = time.monotonic() + seconds
        try:
            with cpu_lent(seconds, burned=time.process_time()):
                return [
                    words
                    for image in images
                    for words in pages(self._table(image, dpi=dpi, until=until, layout=layout), 1)
                ]
        except BAD_IMAGE as error:  # what leptonica cannot read is shown to Pillow
            if time.monotonic() >= until:
                raise OcrTimeout(str(error)) from error
            raise OcrFailed(str(error)) from error

    def _table(self, image: Path, *, dpi: int, until: float, layout: Layout) -> str:
        api = self._api
        try:
            api.SetPageSegMode(layout)
            api.SetImageFile(str(image))
            api.SetSourceResolution(dpi)
            if not api.Recognize(max(1, round(1000 * (until - time.monotonic())))):
                raise RuntimeError(image.name)
            table: str = api.GetTSVText(0)
            return table
        finally:
            api.Clear()
            api.ClearAdaptiveClassifier()
