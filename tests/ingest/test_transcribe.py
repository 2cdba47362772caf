"""The script of one file: what is asked, in which order, and what is made of bad answers."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from arsip.errors import Crashed, PasswordNeeded
from arsip.ingest.tasks import Answer, Extract, Failure, Inspect, Lay, Layer, ReadPage, Task
from arsip.ingest.transcribe import How, Script, transcribe
from arsip.model import Finding, Letter, Limits, Outline, PageText, Reading, Source
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
    page, letter = PageText(1), Letter()
    (extract,) = running.send((page,))
    assert isinstance(extract, Extract)
    (lay,) = running.send((letter,))
    assert isinstance(lay, Lay)
    assert extract.pages == lay.pages == (page,)
    reading = finish(running, Layer(lay.out))
    assert reading == Reading(SOURCE, (page,), letter, ("active_content",), lay.out)


def test_a_digital_file_needs_no_reading_copy() -> None:
    running, _ = after_outline(Outline(1))
    tasks = running.send((PageText(1, origin="text", engine="pdf"),))
    assert [type(task) for task in tasks] == [Extract]
    assert finish(running, Letter()).layer is None


def test_a_page_whose_child_died_is_unread_and_the_others_stay() -> None:
    running, _ = after_outline(Outline(2))
    (extract,) = running.send((Failure("memory"), PageText(2)))
    assert isinstance(extract, Extract)
    assert [page.unread for page in extract.pages] == ["memory", ""]


def test_a_letter_that_cannot_be_understood_is_still_filed_with_a_flag() -> None:
    running, _ = after_outline(Outline(1))
    running.send((PageText(1),))
    running.send((Failure("crashed", "Traceback"),))
    reading = finish(running, Layer(Path("desk/layer.pdf")))
    assert reading.letter == Letter()
    assert reading.flags == ("not_understood",)
    assert reading.layer == Path("desk/layer.pdf")


def test_a_reading_copy_that_fails_costs_the_letter_nothing() -> None:
    running, _ = after_outline(Outline(1))
    running.send((PageText(1),))
    letter = Letter({"language": (Finding("id", 0.9, "ocr"),)})
    running.send((letter,))
    reading = finish(running, Failure("memory"))
    assert reading.letter == letter
    assert reading.flags == ("no_reading_copy",)
    assert reading.layer is None


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
