"""A kind of letter named by its short form, or by more than one word, is known by what it is."""

from __future__ import annotations

import datetime as dt

import pytest

from arsip.archive.find import search
from arsip.archive.find.parts import Coded, Every, OneOf, Text
from arsip.archive.find.query import parse
from arsip.fields import DOC_TYPE
from tests.archive.cards import Cards

TODAY = dt.date(2024, 3, 15)


@pytest.fixture
def office(cards: Cards) -> Cards:
    cards.put("KEPUTUSAN KEPALA DINAS tentang tim arsip", doc_type="keputusan", subject="Tim arsip")
    cards.put("penyampaian SK kepala dinas tentang tim arsip", subject="SK tim arsip")
    cards.put("SURAT EDARAN tentang ramadan", doc_type="surat_edaran", subject="Ramadan")
    cards.put("menindaklanjuti surat edaran ramadan", subject="Surat edaran ramadan")
    cards.put("memerintahkan piket kantor", doc_type="surat_perintah")
    cards.put("menugaskan piket kantor", doc_type="surat_tugas")
    return cards


def asked(cards: Cards, text: str) -> list[int]:
    hits = search.search(cards.connection, parse(text, today=TODAY)).hits
    return [hit.entry.id for hit in hits]


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("sk", [1, 2]),
        ("SK tim arsip", [1, 2]),
        ("sk kepala dinas", [1, 2]),
        ("se ramadan", [3, 4]),
        ("surat edaran ramadan", [3, 4]),
        ("surat keputusan tim arsip", [1, 2]),
        ("SPT piket", [6, 5]),
        ("surat tugas piket kantor", [6]),
        ("sk -tim", []),
        ('"sk" kepala dinas', [2]),
    ],
)
def test_letters_of_the_kind_come_first(office: Cards, text: str, letters: list[int]) -> None:
    assert asked(office, text) == letters


@pytest.mark.parametrize(
    ("text", "words", "codes"),
    [
        ("sk", Text("sk"), ("keputusan",)),
        ("Spt.", Text("Spt"), ("surat_perintah", "surat_tugas")),
        ("berita acara", Every((Text("berita"), Text("acara"))), ("berita_acara",)),
        ("surat keputusan", Text("keputusan"), ("keputusan",)),
        ("surat tugas", Every((Text("surat"), Text("tugas"))), ("surat_tugas",)),
    ],
)
def test_its_words_need_not_stand_in_the_letter(
    text: str, words: Text | Every, codes: tuple[str, ...]
) -> None:
    assert parse(text, today=TODAY).part == OneOf((words, Coded(DOC_TYPE, codes)))


@pytest.mark.parametrize("text", ["undangan", "surat dinas", "keputusan", '"surat tugas"', "sk*"])
def test_what_many_letters_say_is_words(text: str) -> None:
    assert not isinstance(parse(text, today=TODAY).part, OneOf)


@pytest.mark.parametrize("text", ["sk | rapat", "jenis:sk | rapat", "sk OR rapat"])
def test_a_name_ends_where_another_part_is_joined(text: str) -> None:
    part = parse(text, today=TODAY).part
    assert isinstance(part, OneOf)
    assert part.parts[-1] == Text("rapat")


def test_as_typed_a_kind_is_words() -> None:
    assert parse("sk", today=TODAY, ways=()).part == Text("sk")


def test_beside_a_kind_too_a_word_that_only_looks_like_one_is_told(cards: Cards) -> None:
    cards.put("cuti bersama lebarun", doc_type="surat_edaran")
    found = search.search(cards.connection, parse("surat edaran lebaran", today=TODAY))
    assert (found.total, found.guessed) == (1, ("lebaran",))


def test_the_name_of_a_kind_is_no_misread_form_of_the_word_beside_it(cards: Cards) -> None:
    cards.put("edaran cuti bersama", doc_type="surat_edaran")
    assert not search.search(cards.connection, parse("edaran lebaran", today=TODAY)).total
    assert not search.search(cards.connection, parse("surat edaran lebaran", today=TODAY)).total
