"""Doubts about pages, as sentences for the person at the scanner."""

from __future__ import annotations

import pytest

from arsip.cli.doubting import doubts_told, sentences
from arsip.cli.reasons import DOUBTS
from arsip.cli.render import Screen
from arsip.model import Doubt
from tests.cli.counters import Terminal


def told(*doubts: Doubt) -> list[str]:
    return [sentence for _reason, sentence in sentences("scan.pdf", doubts)]


def test_pages_with_the_same_doubt_share_a_sentence_and_the_gravest_goes_first() -> None:
    doubts = (
        Doubt(1, "turned", "180"),
        Doubt(2, "faint"),
        Doubt(3, "unread", "timeout"),
        Doubt(4, "faint"),
    )
    assert told(*doubts) == [
        "scan.pdf, page 3: could not be read: reading it took longer than the limit; scan it again",
        "scan.pdf, pages 2, 4: too faint to be read well; scan it again, darker",
        "scan.pdf, page 1: lay turned by 180 degrees and was put right",
    ]


def test_a_missing_page_is_told_by_its_number_and_missing_sheets_by_their_count() -> None:
    assert told(Doubt(3, "missing", "3"), Doubt(None, "missing", "2")) == [
        "scan.pdf, page 3: missing; it says that it has 3 pages; look for the rest",
        "scan.pdf: it speaks of attached sheets (2), and not all are here; look for the rest",
    ]


@pytest.mark.parametrize("reason", DOUBTS)
def test_every_reason_makes_a_sentence_without_a_slug(reason: str) -> None:
    (sentence,) = told(Doubt(2, reason, "timeout"))
    assert sentence.startswith("scan.pdf, page 2: ")
    assert "_" not in sentence
    assert "{" not in sentence


def test_what_was_put_right_is_told_only_to_who_asks_for_more() -> None:
    for verbose in (False, True):
        err = Terminal()
        screen = Screen(Terminal(), err, quiet=False, verbose=verbose, person=True, colour=False)
        doubts_told(screen, "scan.pdf", [Doubt(1, "turned", "90")])
        assert ("turned by 90" in err.text) == verbose
