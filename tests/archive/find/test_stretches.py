"""Stretches of places: what several cover, and the days of a period."""

from __future__ import annotations

import datetime as dt

from arsip.archive import places
from arsip.archive.find import stretches
from arsip.archive.find.parts import Dated
from arsip.archive.find.periods import Period
from arsip.archive.find.stretches import ALL, Stretch
from arsip.fields import DATE_OF_LETTER

DAY = dt.date(2022, 9, 21)


def test_what_several_cover_reaches_as_far_as_the_shortest() -> None:
    within = Stretch(0, 100)
    some = [Stretch(40, 100), Stretch(70, 100)]
    assert stretches.common(some, within, oldest=True) == Stretch(70, 100)
    some = [Stretch(0, 40), Stretch(0, 70)]
    assert stretches.common(some, within, oldest=False) == Stretch(0, 40)
    assert stretches.common([], within, oldest=True) == within


def test_both_ends_are_inside() -> None:
    stretch = Stretch(3, 5)
    assert stretches.inside({2, 3, 5, 6}, stretch) == {3, 5}
    assert stretches.size(stretch) == len(range(3, 6))


def test_the_days_of_a_period_are_all_places_of_its_days() -> None:
    found = stretches.days(Dated(DATE_OF_LETTER, Period(DAY, DAY)), ALL)
    before = DAY - dt.timedelta(days=1)
    assert found == Stretch(places.first_place(DAY), places.first_place(before) - 1)
    assert stretches.days(Dated(DATE_OF_LETTER, Period(DAY, dt.date.max)), ALL).first == ALL.first
    since = stretches.days(Dated(DATE_OF_LETTER, Period(dt.date.min, DAY)), ALL)
    assert since.last == places.last_place(dt.date.min) < places.UNDATED
