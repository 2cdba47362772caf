"""Confidences: rising, within bounds, and none where nothing was measured."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arsip.fields import BY_NAME
from arsip.letter.calibration import CURVES, calibrated

SURE = st.floats(0, 1)


@pytest.mark.parametrize("field", CURVES)
def test_a_curve_rises_from_nothing_to_near_certainty(field: str) -> None:
    assert field in BY_NAME
    knots = CURVES[field]
    assert knots[0] == (0.0, 0.0)
    assert knots[-1][0] == 1.0
    assert list(knots) == sorted(knots)
    assert all(0 <= share < 1 for _, share in knots)


@given(st.sampled_from(sorted(CURVES)), SURE, SURE)
def test_who_is_surer_is_trusted_no_less(field: str, one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0 <= calibrated(field, low) <= calibrated(field, high) <= 1


def test_a_field_without_a_curve_is_as_sure_as_its_reader() -> None:
    assert calibrated("language", 0.7) == 0.7
