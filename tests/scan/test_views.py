"""A line shown several times, and what most of its readings say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from arsip.scan.engine import Spot
from arsip.scan.views import agreed, in_turn, is_worth_more, other_views

WIDER = 1.12


def line(*words: tuple[str, float], drawn_out: float = 1.0) -> list[Spot]:
    """Words of 100 pixels side by side, with confidences."""
    return [
        Spot(text, 110 * at * drawn_out, 0, (110 * at + 100) * drawn_out, 30, sure)
        for at, (text, sure) in enumerate(words)
    ]


def seen(*readings: list[tuple[str, float]]) -> list[tuple[str, float]]:
    """What the readings of the views agree on."""
    plain, wide, cut = readings
    read = agreed(line(*plain), line(*wide, drawn_out=WIDER), line(*cut))
    return [(word.text, word.confidence) for word in read]


def test_the_other_views_are_longer_and_lower() -> None:
    wide, cut = other_views(Image.new("L", (300, 40), 255))
    assert (wide.size, cut.size) == ((336, 40), (300, 34))


@pytest.mark.parametrize(
    ("words", "worth"),
    [
        ([("Tri", 0.95), ("Lestari", 0.6)], True),
        ([("Tri", 0.95), ("Lestari", 0.95), ("-", 0.1)], False),
        ([("Sa", 0.2), ("Fy", 0.6)], False),
        ([], False),
    ],
)
def test_lines_with_sure_and_doubtful_words_are_worth_other_views(
    words: list[tuple[str, float]],
    worth: bool,  # noqa: FBT001
) -> None:
    assert is_worth_more(line(*words)) == worth


def test_what_all_views_show_is_surer_than_what_one_of_them_was() -> None:
    ((name, sure),) = seen([("Lestari", 0.1)], [("Lestari", 0.2)], [("Lestari", 0.05)])
    assert name == "Lestari"
    assert sure > 0.5


def test_what_one_view_alone_shows_is_doubtful() -> None:
    (_first, (name, sure)) = seen(
        [("Tri", 0.9), ("Lestari", 0.9)], [("Tri", 0.9), ("Leslari", 0.2)], [("Tri", 0.9)]
    )
    assert name == "Lestari"
    assert sure < 0.5


def test_a_word_is_as_most_views_show_it() -> None:
    ((name, sure),) = seen([("Leslari", 0.5)], [("Lestari", 0.6)], [("Lestari", 0.5)])
    assert name == "Lestari"
    assert 0.4 < sure < 0.6


def test_words_lie_where_the_plain_view_has_them() -> None:
    wide = line(("Tri", 0.9), ("Lestari", 0.9), drawn_out=WIDER)
    read = agreed([], wide, wide)
    assert [word.left for word in read] == pytest.approx([0, 110])
    assert [word.right for word in read] == pytest.approx([100, 210])


def test_boxes_that_overlap_are_taken_one_after_the_other() -> None:
    words = [Spot("Tri", 0, 0, 80, 30, 0.9), Spot("Lestari", 60, 0, 200, 30, 0.9)]
    first, second = in_turn(words)
    assert first.right <= second.left


READINGS = st.lists(
    st.builds(
        Spot,
        st.text("abc.", min_size=1, max_size=5),
        st.floats(0, 400),
        st.just(0.0),
        st.floats(401, 900),
        st.just(30.0),
        st.floats(0, 1),
    ),
    max_size=5,
)


@given(st.tuples(READINGS, READINGS, READINGS))
def test_whatever_is_read_its_confidence_is_one(
    readings: tuple[list[Spot], list[Spot], list[Spot]],
) -> None:
    read = agreed(*readings)
    assert len(read) in {len(words) for words in readings}
    assert all(0 <= word.confidence <= 1 for word in read)
    assert {word.text for word in read} <= {w.text for words in readings for w in words}
