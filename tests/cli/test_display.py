"""How fast pages are read, and when the rest will be done."""

from __future__ import annotations

from arsip.cli.display import Pace
from arsip.model import Event


def paced(*events: tuple[float, Event]) -> Pace:
    pace = Pace()
    for now, event in events:
        pace.hear(event, now)
    return pace


def pages(done: int, total: int) -> Event:
    return Event("pages", done=done, total=total)


TAKE = Event("take", "scan.pdf")


def test_nothing_is_told_before_some_pages_are_read() -> None:
    assert Pace().told(5.0) == ""
    assert paced((10.0, TAKE), (11.0, pages(2, 9))).told(12.0) == ""


def test_the_rest_of_the_pages_takes_as_long_as_those_before() -> None:
    pace = paced((10.0, TAKE), (11.0, pages(10, 40)))
    assert pace.told(20.0) == "60 pages/min, 0:30 left"


def test_files_that_are_not_opened_yet_count_with_as_many_pages_as_the_others_had() -> None:
    settled = Event("settled", total=10)
    pace = paced((0.0, settled), (10.0, TAKE), (10.0, TAKE), (11.0, pages(4, 4)))
    assert pace.told(14.0) == "60 pages/min, 0:16 left"


def test_when_all_is_read_no_time_is_left() -> None:
    assert paced((10.0, TAKE), (11.0, pages(6, 6))).told(16.0) == "60 pages/min"


def test_long_times_are_told_in_minutes() -> None:
    assert paced((10.0, TAKE), (11.0, pages(3, 603))).told(40.0) == "6 pages/min, 100:00 left"
