"""Keywords and values, as people call them."""

from __future__ import annotations

import datetime as dt

import pytest

from arsip.archive.find.parts import Coded, Part, Text
from arsip.archive.find.query import parse
from arsip.archive.find.wording import CALLED
from arsip.fields import DOC_TYPE, LANGUAGE, URGENCY

TODAY = dt.date(2024, 3, 15)


def part(text: str) -> Part | None:
    return parse(text, today=TODAY).part


def hints(text: str) -> list[str]:
    return [hint.slug for hint in parse(text, today=TODAY).hints]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("jenis:SE", Coded(DOC_TYPE, ("surat_edaran",))),
        ("type:Invitation", Coded(DOC_TYPE, ("undangan",))),
        ("jenis:SPT", Coded(DOC_TYPE, ("surat_perintah", "surat_tugas"))),
        ("bahasa:inggris", Coded(LANGUAGE, ("en",))),
        ("sifat:urgent", Coded(URGENCY, ("segera",))),
        ("jenis:st*", Text("jenis:st*")),
    ],
)
def test_codes_may_be_called_as_people_call_them(typed: str, found: Coded | Text) -> None:
    assert part(typed) == found


def test_a_year_is_told_to_be_no_field_but_an_hour_is_plain_words() -> None:
    assert hints("tahun:2019") == ["unknown_field"]
    assert hints("jam:10") == hints("https://x") == []


def test_each_name_of_a_code_leads_to_codes_that_there_are() -> None:
    for field, names in CALLED.items():
        for name, codes in names.items():
            assert set(codes.split()) <= set(field.choices)
            typed = f'{field.keywords[0]}:"{name}"'
            assert part(typed) == Coded(field, tuple(codes.split()))
