"""What is to become of a file, decided from facts alone."""

from __future__ import annotations

import datetime as dt

import pytest

from arsip.ingest import plan
from arsip.ingest.plan import over, settled, verdict
from arsip.model import PENDING, Box, Doubt, Finding, Letter, PageText, Word

NOW = dt.datetime(2024, 3, 15, 9, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("whole", "failure", "unread", "expected"),
    [
        (True, None, False, (None, None)),
        (True, None, True, (None, None)),
        (True, "password", False, ("password", None)),
        (True, "unreadable", False, ("unreadable", None)),
        (False, None, False, (None, "damaged")),
        (False, None, True, ("incomplete", None)),
        (False, "unreadable", False, ("incomplete", None)),
        (False, "crashed", False, ("incomplete", None)),
        (False, "password", False, ("password", None)),
        (False, "too_large", False, ("too_large", None)),
        (False, "not_a_document", False, ("not_a_document", None)),
    ],
)
def test_a_cut_file_is_filed_only_when_every_page_decodes(
    *,
    whole: bool,
    failure: str | None,
    unread: bool,
    expected: tuple[str | None, str | None],
) -> None:
    assert verdict(whole=whole, failure=failure, unread=unread) == expected


def test_only_what_two_looks_show_alike_has_settled() -> None:
    before = {"a": "1", "b": "1", "gone": "1"}
    now = {"c": "1", "b": "2", "a": "1"}
    assert list(settled(before, now)) == ["a"]


def test_patience_ends_after_its_time_and_never_by_a_clock_set_back() -> None:
    patience = dt.timedelta(minutes=10)
    assert not over(NOW, NOW + dt.timedelta(minutes=9), patience)
    assert over(NOW, NOW + patience, patience)
    assert not over(NOW, NOW - dt.timedelta(days=400), patience)
    assert over(NOW, NOW, dt.timedelta(0))


def words(text: str, confidence: float = 0.9) -> PageText:
    line = tuple(Word(word, Box(100, 100, 110, 110), confidence) for word in text.split())
    return PageText(1, (line,) if line else (), confidence=confidence, engine="tesseract")


SURAT = "Dengan hormat kami sampaikan undangan rapat koordinasi penataan arsip"


@pytest.mark.parametrize(
    ("old", "new", "verdict"),
    [
        (words(SURAT), words(SURAT), "same"),
        (words(SURAT), words(SURAT)._replace(engine="tesseract 9"), "same"),
        (words(SURAT, 0.7), words(SURAT, 0.9), "better"),
        (words(SURAT, 0.9), words(SURAT, 0.7), "worse"),
        (words(SURAT), words("Dengan hormat"), "worse"),
        (words(SURAT), words(SURAT, 0.895), "better"),
        (words(SURAT), PageText(1, unread="timeout"), "worse"),
        (PageText(1, unread="timeout"), words("Dengan"), "better"),
        (PageText(1, unread=PENDING), PageText(1, blank=True), "better"),
        (PageText(1, unread=PENDING), PageText(1, unread="timeout"), "unread"),
        (words(SURAT), PageText(1, blank=True), "worse"),
    ],
)
def test_a_second_reading_is_taken_only_when_it_is_better(
    old: PageText, new: PageText, verdict: str
) -> None:
    assert plan.compared(old, new) == verdict


def test_the_other_source_is_followed_unless_half_the_page_is_lost() -> None:
    glued = words(SURAT, 1.0)._replace(origin="text")
    assert plan.compared(glued, words(SURAT, 0.8)) == "better"
    assert plan.compared(glued, words("Dengan hormat")) == "worse"


def test_the_doubts_of_a_letter_are_those_of_its_pages_and_of_what_is_missing() -> None:
    pages = (words(SURAT), PageText(2, unread="memory"))
    letter = Letter({"attachments": (Finding("4 lembar", 0.9, "ocr"),)})
    assert plan.doubts(pages, letter) == (
        Doubt(2, "unread", "memory"),
        Doubt(None, "missing", "4"),
    )
