"""The script of a filed file that is read again: what is asked for, and what is kept."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from arsip.errors import PasswordNeeded
from arsip.ingest.retranscribe import Again, Filed, _above, looked_at, thought_over
from arsip.ingest.saying import FOLDER
from arsip.ingest.tasks import Answer, Extract, Failure, Inspect, Lay, Layer, ReadPage, Task
from arsip.ingest.transcribe import How, Script
from arsip.model import (
    PENDING,
    Box,
    Doubt,
    Entry,
    Finding,
    Letter,
    Limits,
    Outline,
    PageText,
    Source,
    Word,
)
from arsip.scan.engines import Tesseract

HOW = How(
    engine=Tesseract(Path("/usr/bin/tesseract"), (), (5, 3, 0), frozenset({"ind", "eng"})),
    languages="ind+eng",
    passwords=("rahasia",),
    limits=Limits(),
    today=dt.date(2024, 3, 15),
)
MONDAY = dt.datetime(2024, 3, 15, tzinfo=dt.UTC)
SOURCE = Source(Path("vault/original.pdf"), "scan.pdf", "ab" * 32, 10, "pdf", MONDAY)
PERSON = Finding("Camat Sukasari", 1.0, "person", "Sari")


def page(number: int, text: str = "Undangan rapat", confidence: float = 0.9) -> PageText:
    line = tuple(Word(word, Box(100, 100, 160, 115), confidence) for word in text.split())
    return PageText(number, (line,), engine="tesseract 5.3.0 ind+eng", confidence=confidence)


def entry(
    number: int, *pages: int, flags: tuple[str, ...] = (), reading: str | None = "reading.pdf"
) -> Entry:
    return Entry(
        id=number,
        digest=SOURCE.digest,
        state="filed",
        filed_at=MONDAY,
        source=SOURCE.name,
        original=Path("original.pdf"),
        reading=Path(reading) if reading else None,
        pages=pages,
        letter=Letter({"sender": (PERSON,)}),
        flags=flags,
    )


def filed(*pages: PageText, letters: tuple[Entry, ...] = ()) -> Filed:
    letters = letters or (entry(7, *(page.number for page in pages)),)
    return Filed(SOURCE, pages, {letter.id: letter for letter in letters})


def looked(
    what: Filed, outline: Outline, *, pending: bool = False
) -> tuple[Script[Again], tuple[Task, ...]]:
    running = looked_at(what, pending=pending, desk=Path("desk"), how=HOW)
    (first,) = next(running)
    assert isinstance(first, Inspect)
    assert first.path == SOURCE.path
    return running, running.send((outline,))


def numbers(tasks: tuple[Task, ...]) -> list[int]:
    return [task.number for task in tasks if isinstance(task, ReadPage)]


def finish(running: Script[Again], *answers: Answer) -> Again:
    with pytest.raises(StopIteration) as end:
        running.send(answers)
    assert isinstance(end.value.value, Again)
    return end.value.value


SAID = Letter({"subject": (Finding("Undangan", 0.9, "ocr"),)})


def test_kept_words_are_understood_again_and_no_page_is_looked_at() -> None:
    running = thought_over(filed(page(1)), HOW)
    (extract,) = next(running)
    assert isinstance(extract, Extract)
    again = finish(running, SAID)
    assert again.pages == ()
    assert again.renewal.pages is None
    assert again.renewal.letters[7].findings["subject"] == SAID.findings["subject"]
    assert again.renewal.letters[7].findings["sender"] == (PERSON,)


def test_a_letter_whose_reader_fails_keeps_what_was_known() -> None:
    running = thought_over(filed(page(1)), HOW)
    next(running)
    again = finish(running, Failure("crashed"))
    assert again.renewal.letters == {}
    assert again.renewal.doubts == {7: ()}


def test_only_the_pages_without_words_are_looked_at_when_that_is_asked_for() -> None:
    kept = filed(page(1), PageText(2, unread=PENDING), PageText(3, unread="timeout"))
    assert numbers(looked(kept, Outline(3), pending=True)[1]) == [2, 3]
    assert numbers(looked(kept, Outline(3))[1]) == [1, 2, 3]


def test_pages_of_other_letters_of_the_file_are_left_alone() -> None:
    kept = filed(page(1), page(2), letters=(entry(7, 2),))
    assert numbers(looked(kept, Outline(2))[1]) == [2]


def test_words_that_are_lost_are_read_for_all_letters_of_the_file() -> None:
    assert numbers(looked(filed(letters=(entry(7, 2),)), Outline(2))[1]) == [1, 2]


def test_when_no_page_is_to_be_read_the_letter_is_understood_at_once() -> None:
    running, tasks = looked(filed(page(1)), Outline(1), pending=True)
    assert [type(task) for task in tasks] == [Extract]
    assert finish(running, SAID).renewal.pages is None


def test_each_page_keeps_its_better_reading_and_a_new_copy_is_made_of_them() -> None:
    good, poor = page(1, confidence=0.9), page(2, "Undangan", confidence=0.5)
    running, _tasks = looked(filed(good, poor), Outline(2))
    worse, better = page(1, confidence=0.4), page(2, "Undangan rapat", confidence=0.9)
    (extract,) = running.send((worse, better))
    assert isinstance(extract, Extract)
    assert extract.pages == (good, better)
    (lay,) = running.send((SAID,))
    assert isinstance(lay, Lay)
    assert lay.caption.sender == "Camat Sukasari"
    again = finish(running, Layer(lay.out))
    assert [page.verdict for page in again.pages] == ["worse", "better"]
    assert again.renewal.pages == (good, better)
    assert again.renewal.layer == lay.out


def test_the_copy_stays_when_no_page_is_better() -> None:
    running, _tasks = looked(filed(page(1), letters=(entry(7, 1, flags=("signed",)),)), Outline(1))
    running.send((page(1, confidence=0.4),))
    again = finish(running, SAID)
    assert (again.renewal.pages, again.renewal.layer) == (None, None)
    assert again.renewal.flags == ()


@pytest.mark.parametrize("reading", ["reading.pdf", None])
def test_where_copies_are_made_on_demand_one_that_is_kept_is_made_anew(reading: str | None) -> None:
    letters = (entry(7, 1, reading=reading),)
    how = replace(HOW, layer=False)
    running = looked_at(
        filed(page(1, confidence=0.5), letters=letters), pending=False, desk=Path("desk"), how=how
    )
    next(running)
    running.send((Outline(1),))
    running.send((page(1, confidence=0.9),))
    if reading is None:
        assert finish(running, SAID).renewal.layer is None
    else:
        (lay,) = running.send((SAID,))
        assert isinstance(lay, Lay)


def test_a_copy_that_could_not_be_made_before_is_tried_again() -> None:
    without = entry(7, 1, flags=("no_reading_copy",), reading=None)
    running, _tasks = looked(filed(page(1), letters=(without,)), Outline(1))
    running.send((page(1),))
    (lay,) = running.send((SAID,))
    assert isinstance(lay, Lay)
    assert finish(running, Failure("memory")).renewal.flags == ("no_reading_copy",)


def test_a_page_that_fails_in_another_way_says_so_now() -> None:
    running, _tasks = looked(filed(PageText(1, unread=PENDING)), Outline(1))
    running.send((PageText(1, unread="timeout"),))
    again = finish(running, Letter())
    assert again.renewal.pages == (PageText(1, unread="timeout"),)
    assert again.renewal.doubts == {7: (Doubt(1, "unread", "timeout"),)}


def test_a_page_that_fails_as_before_changes_nothing() -> None:
    running, _tasks = looked(filed(PageText(1, unread="timeout")), Outline(1))
    running.send((Failure("timeout"),))
    assert finish(running, Letter()).renewal.pages is None


def test_a_file_that_does_not_open_now_raises_its_error() -> None:
    running = looked_at(filed(page(1)), pending=False, desk=Path("desk"), how=HOW)
    next(running)
    with pytest.raises(PasswordNeeded):
        running.send((Failure("password"),))


def test_what_a_scan_folder_says_stays_until_the_letter_itself_says_more() -> None:
    supposed: Finding[Any] = Finding("Umum", 1.0, "rule", FOLDER)
    sender: Finding[Any] = Finding("Folder Dinkes", 1.0, "rule", FOLDER)
    known = Letter({"unit": (supposed,), "sender": (sender,), "subject": (sender,)})
    sure: Finding[Any] = Finding("Dinas Kesehatan", 0.9, "ocr", "letterhead")
    unsure = sure._replace(doubtful=True)
    found = _above(known, Letter({"sender": (sure,), "subject": (unsure,)}))
    assert found.findings == {"unit": (supposed,), "sender": (sure,), "subject": (sender, unsure)}
