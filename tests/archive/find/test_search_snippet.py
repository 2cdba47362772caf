"""The words that show why a letter was found."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arsip.archive.find.query import parse
from arsip.archive.find.snippet import END, LONGEST, SIGNS, START, Marker, beginning

TODAY = dt.date(2024, 3, 15)


def marker(text: str) -> Marker:
    part = parse(text, today=TODAY).part
    assert part is not None
    return Marker(part)


def plain(snippet: str | None) -> str:
    assert snippet is not None
    return snippet.replace(START, "[").replace(END, "]")


@pytest.mark.parametrize(
    ("typed", "page", "shown"),
    [
        ("rapat", "Rapat, RAPAT dan dirapatkan", "[Rapat], [RAPAT] dan dirapatkan"),
        ("desa", "pemerintah Désa", "pemerintah [Désa]"),
        ("undang*", "diundang undangan", "diundang [undangan]"),
        ('"surat tugas"', "surat\n  tugas surat", "[surat tugas] surat"),
        ('surat OR "surat tugas"', "surat tugas surat", "[surat tugas] [surat]"),
        ("005/123", "nomor 005 / 123 / Setda", "nomor [005 / 123] / Setda"),
        ("rapat -cuti", "rapat cuti", "[rapat] cuti"),
        ("(rapat desa) OR camat", "camat desa", "[camat] [desa]"),
        ("ibu-ibu", "para ibu-ibu", "para [ibu-ibu]"),
        ("rapat", f"ra{START}pat rapat{END} lagi", "[rapat] [rapat] lagi"),
        ("rapat", "a.rapat_b", "a.[rapat]_b"),
    ],
)  # fmt: skip
def test_the_words_are_marked_as_the_index_sees_them(typed: str, page: str, shown: str) -> None:
    assert plain(marker(typed).page(page)) == shown


@pytest.mark.parametrize("typed", ["cuti", "hal:rapat", "date:2022", "nomor:005", "-rapat"])
def test_a_page_without_the_words_has_no_snippet(typed: str) -> None:
    assert marker(typed).page("rapat desa 2022") is None


@pytest.mark.parametrize(
    ("typed", "page", "shown"),
    [
        ("nomor:17", "Nomor : 005 / l7/Umum", "Nomor : [005 / l7/Umum]"),
        ("nomor:17/umum", "surat 005/17/Umum dan 17/Umum", "surat [005/17/Umum] dan 17/Umum"),
        ("nomor:18", "Nomor : 005/17/Umum", "Nomor : 005/17/Umum"),
        ("nomor:17 rapat", "005/17/Umum: Rapat", "[005/17/Umum]: [Rapat]"),
        ('hal:"rapat desa"', "Hal : Rapat Desa, rapat", "Hal : [Rapat Desa], rapat"),
        ("jenis:undangan", "Undangan", "Undangan"),
    ],
)
def test_a_whole_page_shows_what_was_asked_of_fields_and_the_number_too(
    typed: str, page: str, shown: str
) -> None:
    assert plain(marker(typed).whole(page, "005/17/Umum")) == shown


def test_only_words_of_the_text_are_looked_for_on_pages() -> None:
    assert marker("rapat").reads_pages
    assert not marker("hal:rapat date:2022").reads_pages


def test_a_snippet_of_a_long_page_is_cut_between_words() -> None:
    page = "kata " * 100 + "rapat penting " + "lain " * 100
    shown = plain(marker("rapat").page(page))
    assert shown.startswith("… kata ")
    assert "kata [rapat] penting" in shown
    assert shown.endswith("lain …")
    assert len(shown) <= SIGNS + 10


def test_a_snippet_shows_the_place_with_the_most_different_words() -> None:
    page = "rapat rapat rapat " + "kata " * 100 + "rapat tentang anggaran" + " kata" * 100
    assert "[rapat] tentang [anggaran]" in plain(marker("rapat anggaran").page(page))


def test_a_word_longer_than_a_snippet_is_shown_whole() -> None:
    word = "a" * (2 * SIGNS)
    assert plain(marker(word).page(f"x {word} y")) == f"x [{word}] …"


def test_only_the_beginning_of_an_endless_page_is_looked_at() -> None:
    assert marker("rapat").page("x " * LONGEST + "rapat") is None


def test_a_word_that_fills_a_page_is_weighed_only_so_often() -> None:
    shown = plain(marker("rapat").page("rapat " * 5_000))
    assert shown.startswith("[rapat] [rapat]")
    assert shown.endswith("[rapat] …")


def test_a_card_is_shown_field_by_field() -> None:
    shown = plain(marker("dari:sosial").card("005/123\nUndangan\nDinas Sosial"))
    assert shown == "005/123 · Undangan · Dinas [Sosial]"
    assert marker("date:2022").card("005/123") is None


def test_a_number_is_marked_only_when_it_was_asked_for() -> None:
    assert plain(marker("nomor:123").number("005/l23/Setda")) == "[005/l23/Setda]"
    assert marker("nomor:124").number("005/l23/Setda") is None
    assert marker("31").number("005/3124/Setda") is None
    assert plain(marker("3124").number("005/3124/Setda")) == "[005/3124/Setda]"
    assert marker("setda").number("005/l23/Setda") is None


def test_a_beginning_is_one_line_cut_between_words() -> None:
    assert beginning("  Dengan\n hormat ") == "Dengan hormat"
    long = beginning("kata " * 100)
    assert long.endswith("kata …")
    assert len(long) <= SIGNS + 2
    assert beginning(f"a{START}b") == "ab"


@given(
    st.lists(st.sampled_from(["rapat", "Désa", "kata", ",", "\n", "ﬁ", "İ", "ß", START])),
    st.sampled_from(["rapat", "desa kata", "de* OR ra*", '"kata rapat"']),
)
def test_a_snippet_holds_the_page_s_own_words(words: list[str], typed: str) -> None:
    page = " ".join(words)
    found = marker(typed).page(page)
    if found is not None:
        marks = re.sub(f"[^{START}{END}]", "", found)
        assert marks == (START + END) * (len(marks) // 2)
        assert len(marks) >= 2
        bare = found.replace(START, "").replace(END, "").removeprefix("… ").removesuffix(" …")
        assert bare in " ".join(page.replace(START, "").split())
