"""What OCR engines must do, and those of Tesseract that come along."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from arsip.scan.engine import Layout, OcrEngine, OcrFailed, OcrTimeout
from arsip.scan.engines import Tesseract, candidates
from tests.scan.paper import LETTER, font, recall, scrawled, sheet


def came_along(*, resident: bool = False) -> Tesseract:
    """The program or the library that was installed as a Python package; skips without it."""
    found = [engine for engine in candidates({"PATH": ""}) if engine.resident == resident]
    if not found:
        pytest.skip("not installed here")
    return found[0]


class OcrEngineContract:
    """What every engine must do; a subclass gives it as the fixture ``engine``."""

    @pytest.fixture
    def image(self, tmp_path: Path) -> Path:
        path = tmp_path / "page.bmp"
        sheet(150).save(path)
        return path

    def test_it_has_a_name_with_its_languages(self, engine: OcrEngine) -> None:
        assert engine.name.endswith("ind+eng")

    def test_its_first_language_alone_has_no_other(self, engine: OcrEngine) -> None:
        if engine.alone is not None:
            assert engine.alone.name.endswith(" ind")
            assert engine.alone.alone is None

    def test_words_lie_inside_the_image_and_share_runs_by_line(
        self, engine: OcrEngine, image: Path
    ) -> None:
        (words,) = engine.read([image], dpi=150, seconds=60)
        assert words
        for word in words:
            assert 0 <= word.left < word.right <= 1241
            assert 0 <= word.top < word.bottom <= 1754
            assert 0 <= word.confidence <= 1
            assert word.text.strip() == word.text != ""
        runs: dict[int, list[float]] = {}
        for word in words:
            runs.setdefault(word.run, []).append(word.middle)
        assert all(max(middles) - min(middles) < 40 for middles in runs.values())

    def test_a_block_is_read_too(self, engine: OcrEngine, image: Path) -> None:
        (words,) = engine.read([image], dpi=150, seconds=60, layout=Layout.BLOCK)
        assert words

    def test_of_several_images_each_has_its_words(self, engine: OcrEngine, image: Path) -> None:
        assert len(engine.read([image] * 3, dpi=150, seconds=60)) == 3


class TesseractContract(OcrEngineContract):
    """What Tesseract must do besides, as a program and as a library."""

    def test_a_line_that_a_pen_has_been_over_is_read(
        self, engine: OcrEngine, tmp_path: Path
    ) -> None:
        lines = engine.crossed
        assert lines is not None
        assert lines.crossed is None
        strip = Image.new("L", (560, 60), 255)
        draw = ImageDraw.Draw(strip)
        draw.text((30, 10), "Siti Rahayu, S.E.", fill=0, font=font(36))
        scrawled(draw, (60, -60, 240, 48), width=3)
        path = tmp_path / "name.bmp"
        strip.save(path)
        (words,) = lines.read([path], dpi=200, seconds=60, layout=Layout.LINE)
        assert [word.text for word in words] == ["Siti", "Rahayu,", "S.E."]

    def test_it_reads_a_letter(self, engine: OcrEngine, image: Path) -> None:
        (words,) = engine.read([image], dpi=150, seconds=60)
        assert recall(" ".join(word.text for word in words), LETTER) > 0.9

    def test_what_is_read_of_a_page_does_not_depend_on_pages_before_it(
        self, engine: OcrEngine, image: Path, tmp_path: Path
    ) -> None:
        other = tmp_path / "other.bmp"
        sheet(150, LETTER[::-1]).save(other)
        (alone,) = engine.read([image], dpi=150, seconds=60)
        engine.read([other], dpi=150, seconds=60)
        assert engine.read([image], dpi=150, seconds=60) == [alone]
        assert engine.read([other, image], dpi=150, seconds=60)[1] == alone

    def test_an_empty_page_has_no_words(self, engine: OcrEngine, tmp_path: Path) -> None:
        path = tmp_path / "empty.bmp"
        Image.new("1", (400, 600), 1).save(path)
        assert engine.read([path], dpi=150, seconds=60) == [[]]

    def test_an_image_that_is_none_is_a_failure_and_the_next_one_is_read(
        self, engine: OcrEngine, image: Path, tmp_path: Path
    ) -> None:
        with pytest.raises(OcrFailed):
            engine.read([tmp_path / "nowhere.bmp"], dpi=150, seconds=60)
        (tmp_path / "broken.bmp").write_bytes(b"BM\n9")
        with pytest.raises(OcrFailed):
            engine.read([tmp_path / "broken.bmp"], dpi=150, seconds=60)
        with pytest.raises(OcrFailed):
            engine.read([image, tmp_path / "broken.bmp"], dpi=150, seconds=60)
        assert engine.read([image], dpi=150, seconds=60)

    def test_a_page_that_takes_too_long_is_given_up_and_the_next_one_is_read(
        self, engine: OcrEngine, image: Path
    ) -> None:
        with pytest.raises(OcrTimeout):
            engine.read([image], dpi=150, seconds=0.01)
        assert engine.read([image], dpi=150, seconds=60)
