"""The operators of a page's content, and the hidden words that are taken out of it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arsip.scan import operators
from arsip.scan.operators import Strange, shows_text, steps, without_fonts, without_hidden_text


def names(content: bytes) -> list[bytes]:
    return [step.name for step in steps(content)]


def test_operators_are_found_behind_every_kind_of_operand() -> None:
    content = (
        b"q 1 0 0 -1.5 .5 +2. cm% a remark with Tj\n/Im0 Do [(a)-3<0a F>]TJ (b (c) \\) d)' "
        b"/P<</MCID 0/X true>>BDC EMC Q"
    )
    assert names(content) == [b"q", b"cm", b"Do", b"TJ", b"'", b"BDC", b"EMC", b"Q"]


def test_an_operator_knows_its_place_and_its_last_operand() -> None:
    [show, fill] = steps(b"  (Yth) Tj /Gray cs")
    assert (show.start, show.end, show.last) == (2, 10, b"(Yth)")
    assert fill.last == b"/Gray"


@pytest.mark.parametrize("content", [b"(open", b"a > b", b"BI /W 1 ID \x80\xff EI", b"((((a))))Tj"])
def test_what_is_not_understood_is_said_to_be_strange(content: bytes) -> None:
    with pytest.raises(Strange):
        list(steps(content))


def test_an_endless_content_is_not_looked_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operators, "MOST_BYTES", 10)
    with pytest.raises(Strange):
        list(steps(b"q Q q Q q Q"))


@pytest.mark.parametrize(
    ("content", "left"),
    [
        (b"BT 3 Tr (tua) Tj [(tua)]TJ ET", b"BT 3 Tr   ET"),
        (b"3 Tr BT (tua) Tj ET 0 Tr BT (baru) Tj ET", b"3 Tr BT  ET 0 Tr BT (baru) Tj ET"),
        (b"q 3 Tr Q BT (baru) Tj ET", None),
        (b"q 3 Tr BT (tua) Tj ET Q BT (baru) Tj ET", b"q 3 Tr BT  ET Q BT (baru) Tj ET"),
        (b"BT (baru) Tj 3 Tr (tua) Tj ET", None),
        (b"BT 3 Tr (tua) ' ET", None),
        (b"Q Q BT 3 Tr (tua) Tj ET", b"Q Q BT 3 Tr  ET"),
        (b"q 9 0 0 9 0 0 cm /Im Do Q", None),
    ],
)
def test_only_hidden_words_are_taken_out(content: bytes, left: bytes | None) -> None:
    assert without_hidden_text(content) == (content if left is None else left)


def test_a_content_without_text_needs_no_font() -> None:
    content = b"BT /F1 12 Tf 14 TL ET /Im Do"
    assert not shows_text(content)
    assert without_fonts(content) == b"BT  14 TL ET /Im Do"
    assert shows_text(b"BT (Yth) Tj ET")


words = st.binary(max_size=8).map(
    lambda word: b"(" + b"".join(b"\\%03o" % byte for byte in word) + b")"
)


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from([b"0", b"1", b"3"]), words), max_size=6))
def test_what_is_seen_stays_and_what_is_hidden_goes(shown: list[tuple[bytes, bytes]]) -> None:
    content = b" ".join(b"BT %b Tr %b Tj ET" % part for part in shown)
    left = without_hidden_text(content)
    assert left.count(b"Tj") == sum(mode != b"3" for mode, _word in shown)
    assert without_hidden_text(left) == left


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_gone_through_or_strange(content: bytes) -> None:
    try:
        found = list(steps(content))
    except Strange:
        return
    assert all(0 <= step.start < step.end <= len(content) for step in found)
    assert without_hidden_text(content) in {content, without_hidden_text(content)}
