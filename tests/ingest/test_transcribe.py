"""The script of one file: what is asked, in which order, and what is made of bad answers."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from arsip.errors import Crashed, PasswordNeeded, Unreadable
from arsip.habits import Habits
from arsip.ingest.tasks import Answer, Extract, Failure, Inspect, Lay, Layer, ReadPage, Task
from arsip.ingest.transcribe import How, Script, captioned, transcribe
from arsip.model import (
    BROKEN,
    PENDING,
    Box,
    Doubt,
    Finding,
    Letter,
    Limits,
    Outline,
    PageText,
    Reading,
    Source,
    Word,
)
from arsip.scan.caption import Caption
from arsip.scan.engines import Tesseract

HOW = How(
    engine=Tesseract(Path("/usr/bin/tesseract"), (), (5, 3, 0), frozenset({"ind", "eng"})),
    languages="ind+eng",
    passwords=("rahasia",),
    limits=Limits(),
    today=dt.date(2024, 3, 15),
)
SOURCE = Source(
    path=Path("desk/original"),
    name="SCAN0001.pdf",
    digest="ab" * 32,
    size=10,
    format="pdf",
    modified=dt.datetime(2024, 3, 15, tzinfo=dt.UTC),
)
SEEN = PageText(1, ((Word("Yth.", Box(100, 100, 160, 115), 0.9),),), confidence=0.9)


def script() -> Script[Reading]:
    return transcribe(SOURCE, desk=Path("desk"), how=HOW)


def finish(script: Script[Reading], *answers: Answer) -> Reading:
    with pytest.raises(StopIteration) as end:
        script.send(answers)
    assert isinstance(end.value.value, Reading)
    return end.value.value


def after_outline(outline: Outline) -> tuple[Script[Reading], tuple[Task, ...]]:
    running = script()
    (first,) = next(running)
    assert isinstance(first, Inspect)
    assert first.passwords == ("rahasia",)
    return running, running.send((outline,))


def test_the_pages_are_read_side_by_side_with_the_password_that_opened_the_file() -> None:
    _, tasks = after_outline(Outline(3, password="rahasia"))
    assert [task.number for task in tasks if isinstance(task, ReadPage)] == [1, 2, 3]
    assert {task.password for task in tasks if isinstance(task, ReadPage)} == {"rahasia"}


def test_a_scan_gets_a_letter_and_a_reading_copy() -> None:
    running, _ = after_outline(Outline(1, flags=("active_content",)))
    page, letter = SEEN, Letter()
    (extract,) = running.send((page,))
    assert isinstance(extract, Extract)
    (lay,) = running.send((letter,))
    assert isinstance(lay, Lay)
    assert extract.pages == lay.pages == (page,)
    assert lay.caption == Caption("ab" * 32, "SCAN0001.pdf")
    reading = finish(running, Layer(lay.out))
    assert reading == Reading(SOURCE, (page,), letter, ("active_content",), lay.out)


def test_a_digital_file_needs_no_reading_copy() -> None:
    running, _ = after_outline(Outline(1))
    tasks = running.send((PageText(1, origin="text", engine="pdf"),))
    assert [type(task) for task in tasks] == [Extract]
    assert finish(running, Letter()).layer is None


def test_the_office_of_the_letterhead_is_looked_up_before_the_letter_is_understood() -> None:
    known = Habits("Dinas Air", 2, 2, frozenset(), {}, {})
    asked: list[tuple[PageText, ...]] = []

    def habits(pages: tuple[PageText, ...]) -> Habits:
        asked.append(pages)
        return known

    running = transcribe(SOURCE, desk=Path("desk"), how=replace(HOW, habits=habits))
    next(running)
    running.send((Outline(1),))
    (extract,) = running.send((SEEN,))
    assert isinstance(extract, Extract)
    assert extract.habits is known
    assert asked == [(SEEN,)]


def test_a_page_whose_child_died_is_unread_and_the_others_stay() -> None:
    running, _ = after_outline(Outline(2))
    (extract,) = running.send((Failure("memory"), PageText(2)))
    assert isinstance(extract, Extract)
    assert [page.unread for page in extract.pages] == ["memory", ""]


def test_a_letter_that_cannot_be_understood_is_still_filed_with_a_flag() -> None:
    running, _ = after_outline(Outline(1))
    running.send((SEEN,))
    running.send((Failure("crashed", "Traceback"),))
    reading = finish(running, Layer(Path("desk/layer.pdf")))
    assert reading.letter == Letter()
    assert reading.flags == ("not_understood",)
    assert reading.layer == Path("desk/layer.pdf")


@pytest.mark.parametrize("answer", [Failure("memory"), Layer(None)])
def test_a_reading_copy_that_fails_costs_the_letter_nothing(answer: Answer) -> None:
    running, _ = after_outline(Outline(1))
    running.send((SEEN,))
    letter = Letter({"language": (Finding("id", 0.9, "ocr"),)})
    running.send((letter,))
    reading = finish(running, answer)
    assert reading.letter == letter
    assert reading.flags == ("no_reading_copy",)
    assert reading.layer is None


def test_a_reading_copy_says_what_the_letter_says_of_itself_but_nothing_doubtful() -> None:
    letter = Letter(
        {
            "subject": (Finding("Undangan Rapat", 0.9, "ocr"),),
            "date": (Finding(dt.date(2024, 3, 4), 0.9, "ocr"),),
            "sender": (Finding("Dinas", 0.2, "ocr", doubtful=True),),
        }
    )
    said = captioned(letter, digest="ab" * 32, name="SCAN0001.pdf")
    assert said == Caption("ab" * 32, "Undangan Rapat", "", dt.date(2024, 3, 4))
    numbered = Letter({"letter_number": (Finding("045.2/1/A", 0.9, "ocr"),)})
    assert captioned(numbered, digest="ab" * 32, name="a.pdf").title == "045.2/1/A"


def test_a_page_without_a_word_makes_no_reading_copy() -> None:
    running, _ = after_outline(Outline(1))
    running.send((PageText(1, blank=True),))
    assert finish(running, Letter()).flags == ()


def test_an_image_that_does_not_decode_is_unreadable_but_not_one_with_a_page_that_does() -> None:
    broken, read = PageText(1, unread=BROKEN), PageText(2)
    for form, pages in (("tiff", (broken, read)), ("pdf", (broken, broken))):
        running = transcribe(SOURCE._replace(format=form), desk=Path("desk"), how=HOW)
        next(running)
        running.send((Outline(2),))
        assert running.send(pages)
    running = transcribe(SOURCE._replace(format="tiff"), desk=Path("desk"), how=HOW)
    next(running)
    running.send((Outline(2),))
    with pytest.raises(Unreadable):
        running.send((broken, broken))


def test_a_file_that_cannot_be_opened_raises_its_own_error() -> None:
    running = script()
    next(running)
    with pytest.raises(PasswordNeeded):
        running.send((Failure("password", "locked"),))


@pytest.mark.parametrize("reason", ["crashed", "memory", "time"])
def test_a_file_that_kills_its_reader_is_told_as_crashed(reason: str) -> None:
    running = script()
    next(running)
    with pytest.raises(Crashed):
        running.send((Failure(reason, "the child ended with -9"),))


def test_no_reading_copy_is_made_when_none_is_wanted() -> None:
    how = How(HOW.engine, HOW.languages, (), Limits(), HOW.today, layer=False)
    running = transcribe(SOURCE, desk=Path("desk"), how=how)
    next(running)
    running.send((Outline(1),))
    assert [type(task) for task in running.send((PageText(1),))] == [Extract]


def test_a_signature_in_the_file_is_told_to_the_readers_of_fields() -> None:
    running, _ = after_outline(Outline(1, flags=("signed",)))
    (asked,) = running.send((PageText(1),))
    assert isinstance(asked, Extract)
    assert asked.signed


def test_pages_that_are_put_off_wait_and_no_reading_copy_is_made_yet() -> None:
    how = replace(HOW, defer=True)
    running = transcribe(SOURCE, desk=Path("desk"), how=how)
    next(running)
    tasks = running.send((Outline(2),))
    assert all(task.defer for task in tasks if isinstance(task, ReadPage))
    running.send((SEEN, PageText(2, unread=PENDING)))
    reading = finish(running, Letter())
    assert reading.layer is None
    assert reading.doubts == (Doubt(2, "pending"),)


def test_a_reading_tells_what_is_doubtful_of_its_pages() -> None:
    running, _ = after_outline(Outline(2))
    running.send((Failure("time"), SEEN._replace(number=2)))
    running.send((Letter(),))
    assert finish(running, Layer(Path("l.pdf"))).doubts == (Doubt(1, "unread", "time"),)
