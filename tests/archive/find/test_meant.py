"""What to type instead of a part of a query that was not understood."""

from __future__ import annotations

import datetime as dt

import pytest

from arsip.archive.find.completions import values
from arsip.archive.find.meant import instead
from arsip.archive.find.meant import values as expected
from arsip.archive.find.query import Hint, parse
from arsip.fields import BY_KEYWORD, LANGUAGES

TODAY = dt.date(2024, 3, 15)


def hint(text: str) -> Hint:
    [told] = parse(text, today=TODAY).hints
    return told


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("bulan:april", ["tanggal:april"]),
        ("tahun:2019", ["tanggal:2019"]),
        ("Month:March", ["date:March"]),
        ("tahun:naga", []),
        ("pengirm:dinas", ["pengirim:dinas"]),
        ("judul:rapat", ["hal:rapat"]),
        ("author:ani", ["from:ani"]),
        ("jnis:undangan", ["jenis:undangan"]),
        ("jnis:brosur", []),
        ("warna:merah", []),
        ("jenis:undagan", ["jenis:undangan"]),
        ("jenis:invitaton", ["jenis:invitation"]),
        ('jenis:"surat tugs"', ["jenis:surat_tugas"]),
        ("bahasa:ingris", ["bahasa:inggris"]),
        ("is:doubtfull", ["is:doubtful"]),
        ("ada:tengat", ["ada:tenggat"]),
        ("sifat:sangat-segra", ["sifat:sangat_segera"]),
        ("page:dua", []),
        ("tanggal:naga", []),
    ],
)
def test_what_is_near_and_means_something_is_named_instead(typed: str, near: list[str]) -> None:
    assert list(instead(hint(typed), today=TODAY))[:1] == near


def test_the_values_of_a_short_list_are_told_and_no_others() -> None:
    assert expected(hint("bahasa:jepang")) == LANGUAGES
    assert expected(hint("warna:merah")) == expected(hint("page:dua")) == ()
    assert {"penting", "rahasia"} <= set(values("sifat"))
    assert set(values("ada")) == set(BY_KEYWORD)
