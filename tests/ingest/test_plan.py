"""What is to become of a file, decided from facts alone."""

from __future__ import annotations

import datetime as dt

import pytest

from arsip.ingest.plan import over, settled, verdict

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
