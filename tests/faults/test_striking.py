"""The short form of the campaign: a few faults of each kind in what is done every day."""

from __future__ import annotations

import errno

import pytest

from tests.faults.acts import OPPOSITE
from tests.faults.striking import MODES, Fault, evenly, trials

POINTS = 5
EVERYDAY = ("ingest", "watch", "edit", "undo")

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("act", EVERYDAY)
def test_no_fault_loses_a_letter_doubles_it_or_leaves_the_archive_out_of_step(
    act: str, mode: str
) -> None:
    told = list(trials(act, MODES[mode](act, POINTS)))
    # What SQLite is refused cannot be brought about from inside: the last places are not reached.
    assert len(told) >= POINTS - (mode == "refuse")
    assert [one for one in told if one[1]] == []


def test_an_undo_that_died_is_no_damage_to_the_next_one() -> None:
    told = list(trials("undo", [Fault("undo", at) for at in (13, 17, 20, 25)]))
    assert [found for _fault, found in told] == [[], [], [], []]


@pytest.mark.parametrize("act", OPPOSITE)
def test_what_broke_off_can_be_taken_back_at_once(act: str) -> None:
    told = list(trials(act, [Fault(act, at) for at in (17, 19, 22)]))
    assert [found for _fault, found in told] == [[], [], []]


def test_a_fault_behind_the_last_change_strikes_nothing() -> None:
    assert list(trials("edit", [Fault("edit", 10_000), Fault("edit", 10_000, errno.EIO)])) == []


@pytest.mark.parametrize(
    ("count", "points", "places"),
    [(3, 5, [1, 2, 3]), (10, 5, [1, 3, 5, 7, 9]), (7, 7, [1, 2, 3, 4, 5, 6, 7])],
)
def test_points_are_spread_over_all_places(count: int, points: int, places: list[int]) -> None:
    assert evenly(count, points) == places
