from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from arsip.scan.engine import OcrEngine, OcrFailed
from arsip.scan.resident import ResidentTesseract
from tests.scan.contract import TesseractContract, came_along
from tests.scan.paper import sheet

pytestmark = pytest.mark.ocr


class TestResidentTesseract(TesseractContract):
    @pytest.fixture
    def engine(self, tmp_path: Path) -> OcrEngine:
        return ResidentTesseract(came_along(resident=True), "ind+eng", tmp_path)


def test_a_model_that_does_not_load_is_a_failure(tmp_path: Path) -> None:
    spec = replace(came_along(resident=True), models=())
    sheet(150).save(tmp_path / "page.pgm")
    with pytest.raises(OcrFailed):
        ResidentTesseract(spec, "ind+eng", tmp_path).read(
            [tmp_path / "page.pgm"], dpi=150, seconds=60
        )
