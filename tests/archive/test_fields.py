"""Values as people type them: whatever is typed is a value of its field, or refused in words."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from arsip.archive.keys import key
from arsip.fields import DATE, FIELDS, MONTHS, TAGS, Field, Retag, retag

typed = st.text(max_size=60) | st.from_regex(r"[+-]?\w{1,9}([,;] ?[+-]?\w{1,9}){0,3}")


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
@given(text=typed)
@example(text="1 Mei 2024")
@example(text="99.99.9999")
@example(text="\udc80")
def test_whatever_is_typed_is_a_value_that_can_be_kept_or_is_refused(
    field: Field[Any], text: str
) -> None:
    try:
        value = field.kind.parse(text)
    except ValueError:
        return
    kept = json.loads(json.dumps(field.kind.dump(value)))
    assert field.kind.load(kept) == value
    plain = field.kind.plain(value)
    assert "\n" not in plain
    assert isinstance(key(field, plain), str)


@given(text=typed)
def test_signs_before_tags_change_them_and_nothing_else_does(text: str) -> None:
    try:
        change = retag(text)
    except ValueError:
        return
    if change is not None:
        after = change.upon(("lama",)) or ()
        assert set(change.plus) <= set(after)
        assert not set(change.minus) - set(change.plus) & set(after)


@given(day=st.dates(), gap=st.sampled_from("-/. "))
def test_days_are_understood_with_the_day_first(day: Any, gap: str) -> None:
    parse = DATE.parse
    assert parse(f"{day.day}{gap}{day.month}{gap}{day.year:04}") == day
    names = [name for name, month in MONTHS.items() if month == day.month]
    for name in names:
        assert parse(f"{day.day} {name.title()} {day.year:04}") == day


def test_tags_are_kept_once_and_in_small_letters() -> None:
    assert TAGS.kind.parse("Ijazah; pegawai  baru, ijazah,") == ("ijazah", "pegawai baru")
    assert retag("+a, -b") == Retag(("a",), ("b",))
    assert retag("a,b") is None
    assert Retag(("b",), ("a",)).upon(("a", "c")) == ("c", "b")
    assert Retag((), ("a",)).upon(("a",)) is None
