from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arsip.errors import TooLarge
from arsip.model import Limits
from arsip.scan.text import LINES_A_PAGE, decoded, text_page, text_pages


def put(path: Path, text: str | bytes) -> Path:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_gap_on_a_line_is_a_gap_between_boxes(tmp_path: Path) -> None:
    path = put(tmp_path / "a.txt", "Nomor : 12/A/2024" + " " * 43 + "Kepada\n\tHal : Undangan")
    page = text_page(path, 1)
    assert page.text == "Nomor : 12/A/2024 Kepada\nHal : Undangan"
    first, second = page.lines
    assert first[-1].box.left == 1000 * 60 // 80
    assert second[0].box.left == 1000 * 8 // 80
    assert (first[0].box.top, first[0].box.bottom, second[0].box.top) == (0, 500, 500)
    assert (page.origin, page.engine, page.confidence) == ("text", "txt", 1.0)


def test_a_form_feed_parts_pages_and_empty_ones_at_the_end_go(tmp_path: Path) -> None:
    path = put(tmp_path / "a.txt", "satu\fdua\r\n\f\n \n")
    assert text_pages(path, limits=Limits()) == 2
    assert text_page(path, 2).text == "dua"


def test_a_text_that_runs_on_is_cut_into_pages(tmp_path: Path) -> None:
    path = put(tmp_path / "a.txt", "\n".join(f"baris {at}" for at in range(LINES_A_PAGE + 1)))
    assert text_pages(path, limits=Limits()) == 2
    assert text_page(path, 2).text == f"baris {LINES_A_PAGE}"


def test_too_many_pages_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TooLarge):
        text_pages(put(tmp_path / "a.txt", "a\f" * 5 + "b"), limits=Limits(pages=3))


def test_an_empty_text_is_a_blank_page(tmp_path: Path) -> None:
    page = text_page(put(tmp_path / "a.txt", "\n  \n"), 1)
    assert page.blank
    assert page.confidence == 0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_encoding_is_found(encoding: str) -> None:
    assert decoded("Café résumé €".encode(encoding)) == "Café résumé €"


def test_utf_16_with_the_high_byte_first_is_read() -> None:
    assert decoded(b"\xfe\xff\0N\0o") == "No"


@settings(max_examples=80, deadline=None)
@given(content=st.binary(max_size=400))
def test_any_bytes_make_pages_with_boxes_on_the_page(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = put(tmp_path_factory.mktemp("any") / "a.txt", content)
    for number in range(1, text_pages(path, limits=Limits()) + 1):
        for word in text_page(path, number).words:
            assert word.text
            assert 0 <= word.box.left < word.box.right <= 1000
            assert 0 <= word.box.top < word.box.bottom <= 1000
