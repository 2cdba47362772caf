"""Words that only join others, pages beside choices, fields before groups and quotes."""

from __future__ import annotations

import datetime as dt

import pytest

from arsip.archive.find import search
from arsip.archive.find.parts import Coded, Every, Not, Numbered, OneOf, OnPage, Part, Says, Text
from arsip.archive.find.query import parse
from arsip.fields import DOC_TYPE, SUBJECT
from tests.archive.cards import Cards

TODAY = dt.date(2024, 3, 15)


def part(text: str) -> Part | None:
    return parse(text, today=TODAY).part


def found(cards: Cards, text: str) -> list[int]:
    asked = parse(text, today=TODAY, ways=())
    return [entry.id for entry in search.select(cards.connection, asked)]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("surat dari dinas", "surat dinas"), ("tembusan ke bupati", "tembusan bupati"),
     ("(yang belum) disposisi", "belum disposisi"), ("letter of the mayor", "letter mayor"),
     ("surat mengenai mutasi", "surat mutasi"),
     ("invitation in and about march", "invitation march")],
)  # fmt: skip
def test_words_that_join_others_are_not_looked_for(typed: str, meant: str) -> None:
    assert part(typed) == part(meant)


@pytest.mark.parametrize(
    "text", ["dari", "yang untuk", '"dari" dinas', "dari -dinas", "Dari dinas", "untuk hal:rapat"]
)
def test_but_for_those_alone_in_quotes_or_with_a_capital(text: str) -> None:
    words = text.replace('"', "").split()
    asked = part(text)
    some = asked.parts if isinstance(asked, Every) else (asked,)
    assert len(some) == len(words)


def test_a_letter_is_found_whatever_joins_the_words(cards: Cards) -> None:
    letter = cards.put("surat Dinas Kesehatan")
    asked = parse("surat dari dinas kesehatan", today=TODAY)
    assert [entry.id for entry in search.select(cards.connection, asked)] == [letter]
    assert not found(cards, "surat dari dinas kesehatan")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("no.1182", "1182"), ("No. 1182/disdik", "1182/disdik"), ("nomor : B-12", "B-12"),
     ("rapat no 1182", "rapat 1182"), ("Nomor.1182*", "1182*"), ("(nmr 1182)", "1182"),
     ("https://dinas.example.id/a", "dinas.example.id/a"), ("-no.1182", "-1182")],
)  # fmt: skip
def test_that_a_number_is_one_need_not_stand_before_it(typed: str, meant: str) -> None:
    assert part(typed) == part(meant)
    assert parse(typed, today=TODAY, ways=()).part != parse(meant, today=TODAY, ways=()).part


@pytest.mark.parametrize(
    "text", ["no", "no rapat", "nomor induk 12", "no. rapat", "https:// rapat"]
)
def test_but_a_label_of_other_words_is_looked_for(text: str) -> None:
    assert text.split(maxsplit=1)[0].rstrip(".:/") in repr(part(text))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("surat undangan", "undangan"), ("surat pendidikan tim", "pendidikan tim"),
     ("surat dari dinas kesehatan", "dinas kesehatan"),
     ("surat dari:setda", "dari:setda"), ("surat bulan lalu", "bulan lalu"),
     ("letters about stunting", "stunting"), ("(surat 1182)", "1182")],
)  # fmt: skip
def test_that_a_letter_is_wanted_need_not_stand_in_it(typed: str, meant: str) -> None:
    assert part(typed) == part(meant)


@pytest.mark.parametrize(
    "text",
    ["surat", "surat tugas", "surat perintah tugas", "surat jalan", "surat -rapat", "surat page:2",
     '"surat" rapat', "kop surat", "surat OR rapat", "letter"],
)  # fmt: skip
def test_but_a_kind_is_called_so_and_a_word_alone_is_looked_for(text: str) -> None:
    assert "surat" in repr(part(text)) or "letter" in repr(part(text))


@pytest.mark.parametrize(
    "text",
    ["sekolah menengah atas", "perjalanan dalam negeri", "bagi hasil", "peran serta",
     "yang hal:(rapat OR sidang)"],
)  # fmt: skip
def test_no_word_is_left_out_that_makes_another_name_of_one(text: str) -> None:
    asked = part(text)
    assert isinstance(asked, Every)
    assert len(asked.parts) == len(text.partition("(")[0].split())


def test_a_word_that_joins_others_is_left_out_beside_a_group_of_words() -> None:
    assert part("dari (rapat undangan)") == part("(rapat undangan)")


def test_an_unknown_field_before_a_group_is_told() -> None:
    assert part("foo:(rapat OR sidang)") == part("(rapat OR sidang)")
    assert [hint.slug for hint in parse("foo:(rapat)", today=TODAY).hints] == ["unknown_field"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("hal:(rapat kelas)", "hal:rapat hal:kelas"),
     ("hal:(rapat OR kelas)", "(hal:rapat OR hal:kelas)"),
     ('-hal:(rapat "ruang kelas")', '-(hal:rapat hal:"ruang kelas")'),
     ("jenis:(undang* OR nota*)", "(jenis:undang* OR jenis:nota*)"),
     ("tanggal:(2022 OR 2023)", "(tanggal:2022 OR tanggal:2023)"),
     ("hal:(rapat (kelas OR guru))", "hal:rapat (hal:kelas OR hal:guru)"),
     ('hal: "ruang kelas"', 'hal:"ruang kelas"'), ('hal:"ruang kelas', 'hal:"ruang kelas"')],
)  # fmt: skip
def test_a_field_before_a_group_or_a_quote_is_asked_of_all_in_it(typed: str, meant: str) -> None:
    assert part(typed) == part(meant)
    assert not parse(typed, today=TODAY).hints


def test_what_stands_behind_such_a_group_is_read_on() -> None:
    assert part("hal:(rapat) guru") == Every((Says(SUBJECT, "rapat"), Text("guru")))
    asked = part("jenis:(undangan) guru")
    assert isinstance(asked, Every)
    assert [type(one) for one in asked.parts] == [Coded, Text]
    assert asked.parts[0] == Coded(DOC_TYPE, ("undangan",))


@pytest.mark.parametrize("text", ["hal:*", "nomor:-", 'hal:""', "dari:!!"])
def test_a_field_of_no_value_is_told(text: str) -> None:
    assert [hint.slug for hint in parse(text, today=TODAY).hints] in (
        ["unknown_code"],
        ["no_words"],
    )


def test_a_page_takes_the_words_beside_it_in_any_order() -> None:
    either = (Text("delta"), Text("1"))
    for text in ("delta OR 1 gama page:2", "1 OR delta gama page:2"):
        asked = part(text)
        assert isinstance(asked, Every)
        (page,) = (one for one in asked.parts if isinstance(one, OnPage))
        assert [set(some) for some in page.words] == [set(either), {Text("gama")}]


def test_each_of_two_pages_takes_them() -> None:
    words = ((Text("delta"),),)
    assert part("delta page:1 OR page:2") == Every(
        (Text("delta"), OneOf((OnPage(1, words), OnPage(2, words))))
    )


def test_a_word_need_not_be_on_the_page_when_a_number_may_be_instead(cards: Cards) -> None:
    letter = cards.put("isi", letter_number="005/123/Setda")
    assert found(cards, "eko OR nomor:123 page:1") == [letter]


def test_there_is_no_page_nought(cards: Cards) -> None:
    cards.put("isi")
    assert not found(cards, "page:0")


def test_a_number_is_no_word_that_looks_like_it(cards: Cards) -> None:
    cards.put("isi", letter_number="005/II/2024", subject="rapat", date="2010-01-01")
    for _ in range(200):
        cards.put("rapat 11")
    asked = parse('rapat "11"', today=TODAY, ways=())
    hits = search.search(cards.connection, asked, limit=300)
    assert {hit.entry.id for hit in hits.hits} == set(range(2, 202))
    assert isinstance(part("-005/II"), Not)
    assert part("005/II") == OneOf((Text("005/II"), Numbered("005/11")))
