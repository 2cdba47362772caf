"""No letter, however odd, breaks a reader, and no finding is out of bounds."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arsip import fields
from arsip.letter.extract import READERS, extract
from arsip.model import Box, Letter, PageText, Word
from tests.letter.typed import TODAY, pages, read

GOLDEN = Path(__file__).parent / "golden"
TEXTS = [path.read_text(encoding="utf-8") for path in sorted(GOLDEN.glob("*.txt"))]
WORDS_OF_LETTERS = """
Nomor Nomor: : / 005/12/Setda Sifat Hal Lampiran - Yth. Kepada di Tempat Tembusan: NIP 19650817 a.n.
KEPALA DINAS, 3 Mei 2023 SURAT TUGAS TENTANG Dear Sir 1. | l pada tanggal Ditetapkan ttd Drs. H.
(satu) PEMERINTAH KABUPATEN X \u2013 \u200b \x00 \u202e
"""
SCRAPS = st.sampled_from(WORDS_OF_LETTERS.split())
LINES = st.lists(st.one_of(SCRAPS, st.text(max_size=12)), max_size=7).map(" ".join)


def sound(letter: Letter) -> None:
    """Every finding is typed, within bounds and on the page."""
    for name, found in letter.findings.items():
        for finding in found:
            assert 0 <= finding.confidence <= 1
            kind = fields.BY_NAME[name].kind
            assert kind.load(kind.dump(finding.value)) == finding.value
            assert kind.plain(finding.value)
            if finding.box:
                assert 0 <= finding.box.left <= finding.box.right <= 1000
                assert 0 <= finding.box.top <= finding.box.bottom <= 1000


@given(st.lists(LINES, max_size=25).map("\n".join))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_text_breaks_any_reader(text: str) -> None:
    sound(read(text))


@given(st.sampled_from(TEXTS), st.integers(0, 40), st.integers(0, 40), st.text(max_size=30))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_letter_with_lines_lost_or_spoilt_breaks_no_reader(
    text: str, lost: int, spoilt: int, noise: str
) -> None:
    rows = text.split("\n")
    del rows[lost % len(rows)]
    rows[spoilt % len(rows)] = noise
    sound(read("\n".join(rows)))


WORDS = st.builds(
    lambda text, left, top, width, height, sure: Word(
        text, Box(left, top, min(left + width, 1000), min(top + height, 1000)), sure
    ),
    st.one_of(SCRAPS, st.text(max_size=10)),
    st.integers(0, 999),
    st.integers(0, 999),
    st.integers(0, 300),
    st.integers(0, 40),
    st.floats(0, 1),
)


@given(st.lists(st.lists(WORDS, min_size=1, max_size=6).map(tuple), max_size=20).map(tuple))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_words_anywhere_on_a_page_break_no_reader(lines: tuple[tuple[Word, ...], ...]) -> None:
    sound(extract([PageText(1, lines, engine="tesseract 5.3.0 ind+eng")], today=TODAY))


@pytest.mark.parametrize(
    "scrap", ["/ ", ". ", "- ", "1 ", "l l ", "A ", "dua ", "3 Mei 2024 ", "Yth. "]
)
def test_endless_scraps_in_one_line_cost_no_more_than_their_length(scrap: str) -> None:
    """Eight times the text costs some eight times as much; with every pair looked at, 64 times."""
    costs = []
    for count in (400, 3200):
        start = time.process_time()
        sound(read(scrap * count))
        costs.append(time.process_time() - start)
    short, long = costs
    assert long < 24 * max(short, 0.02)


def test_a_letter_without_words_says_nothing() -> None:
    assert extract([], today=TODAY).findings == {}
    assert extract([PageText(1, blank=True)], today=TODAY).findings == {}
    assert extract(pages("\x00 \u200b"), today=TODAY).findings.get("date") is None


def test_every_field_that_a_letter_tells_has_one_reader() -> None:
    told = [field for field in fields.FIELDS if field not in fields.PERSONAL]
    assert [field for field, _ in READERS] == told


@pytest.mark.parametrize("threshold", [0.0, 1.01])
def test_the_threshold_decides_what_is_a_fact(threshold: float) -> None:
    letter = extract(pages(TEXTS[0]), today=TODAY, threshold=threshold)
    assert letter.findings
    doubts = {found[0].doubtful for found in letter.findings.values()}
    assert doubts == {threshold > 1}
