from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arsip.scan.engine import OcrFailed
from arsip.scan.tsv import pages

HEAD = "level page_num block_num par_num line_num word_num left top width height conf text"
PAGE = "1\t1\t0\t0\t0\t0\t0\t0\t90\t90\t-1\t"


def test_each_image_has_its_own_words_and_one_without_any_has_none() -> None:
    word = "5\t{}\t1\t1\t1\t1\t1\t2\t30\t9\t90\t{}"
    rows = [PAGE, word.format(1, "Nomor"), PAGE.replace("1", "2", 2).replace("2", "1", 1)]
    rows += [f"1\t3{PAGE[3:]}", word.format(3, "Hal")]
    found = pages("\n".join(rows), 3)
    with pytest.raises(OcrFailed, match="3 of 2"):
        pages("\n".join(rows), 2)
    assert [[spot.text for spot in words] for words in found] == [["Nomor"], [], ["Hal"]]
    assert found[2][0].run == 0


def test_rows_without_letters_are_no_words() -> None:
    rows = [
        HEAD.replace(" ", "\t"),
        PAGE,
        "4\t1\t1\t1\t1\t0\t1\t1\t50\t9\t-1\t",
        "5\t1\t1\t1\t1\t1\t1\t2\t30\t9\t96.5\tNomor",
        "5\t1\t1\t1\t1\t2\t40\t2\t30\t9\t50\t ",
        '5\t1\t1\t1\t2\t1\t1\t20\t30\t9\t-1\t"Hal',
        "5\t1\t1\t1\t2\t2\t40\t20",
        "",
    ]
    (found,) = pages("\n".join(rows), 1)
    assert [(word.text, word.run) for word in found] == [("Nomor", 0), ('"Hal', 1)]
    assert found[0].confidence == pytest.approx(0.965)
    assert found[1].confidence == 0


@given(
    st.lists(
        st.tuples(
            st.integers(1, 9),
            st.integers(0, 9999),
            st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"])),
        )
    )
)
def test_each_word_comes_back_with_its_line_and_place(rows: list[tuple[int, int, str]]) -> None:
    table = f"{PAGE}\n" + "".join(
        f"5\t1\t1\t1\t{line}\t1\t{left}\t7\t3\t2\t90.0\t{text}\n" for line, left, text in rows
    )
    kept = [(line, left, text.strip()) for line, left, text in rows if text.strip()]
    (found,) = pages(table, 1)
    assert [(word.left, word.right, word.text) for word in found] == [
        (left, left + 3, text) for _line, left, text in kept
    ]
    lines = dict(zip((word.run for word in found), (line for line, _, _ in kept), strict=False))
    assert [lines[word.run] for word in found] == [line for line, _, _ in kept]
