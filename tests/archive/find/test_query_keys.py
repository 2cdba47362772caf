"""How words and numbers are folded."""

from __future__ import annotations

import datetime as dt
import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arsip.archive import keys
from arsip.fields import DATE_OF_LETTER, DOC_TYPE, LETTER_NUMBER, SENDER
from arsip.model import Finding, Letter


@pytest.mark.parametrize(
    "typed",
    ["005/123/Setda", "005/l23/setda", "OO5/I23/SETDA", "005 / 123 / Setda", "005-123.Setda",
     "005/|23/setda", " 005/123/5etda. ", "\uff10\uff10\uff15/123/Setda"],
)  # fmt: skip
def test_a_number_is_the_same_however_it_was_read(typed: str) -> None:
    assert keys.number(typed) == "005/123/5etda"


def test_a_number_has_a_tail_from_each_part() -> None:
    assert keys.number_parts("B-235/KKA") == ("8/235/kka", "235/kka", "kka")
    assert keys.number_parts(" - ") == ()


def test_words_lose_case_accents_and_signs() -> None:
    assert keys.words("  Rencana  KERJA: Désa (Baru)_2022 ") == "rencana kerja desa baru 2022"


@given(st.text(st.sampled_from("aÉß?“\u2013ﬁ\u0301İ \n"), max_size=12))
def test_sign_for_sign_each_keeps_its_place(text: str) -> None:
    for sign, kept in zip(f" {text} ", keys.sign_for_sign(text), strict=True):
        assert kept.isalnum() == sign.isalnum()


def test_a_key_folds_as_its_field_asks() -> None:
    assert keys.key(LETTER_NUMBER, "005/l23") == "005/123"
    assert keys.key(DATE_OF_LETTER, "2022-09-21") == "2022-09-21"
    assert keys.key(SENDER, "Dinas Sosial,") == "dinas sosial"
    assert keys.key(DOC_TYPE, "surat_tugas") == "surat tugas"


def test_a_card_has_number_subject_and_sender_in_front_and_no_codes() -> None:
    values = {
        "sensitivity": "biasa",
        "sender": "Dinas Sosial",
        "date": dt.date(2022, 9, 21),
        "letter_number": "005/123/Setda",
        "recipient": ("Camat A", "Camat B"),
        "subject": "Undangan",
    }
    letter = Letter(
        {
            name: (Finding(value, 0.3, "ocr", doubtful=True), Finding("x", 0.1, "ocr"))
            for name, value in values.items()
        }
    )
    assert keys.front(letter) == "005/123/Setda\nUndangan\nDinas Sosial"
    assert keys.back(letter) == "2022-09-21\nCamat A; Camat B"


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert keys.words(keys.words(text)) == keys.words(text)
    assert keys.number(keys.number(text)) == keys.number(text)


@given(st.text(alphabet="0123456789lIoO|/.- abS"))
def test_every_part_of_a_number_is_the_end_of_its_key(text: str) -> None:
    key = keys.number(text)
    assert all(key.endswith(part) for part in keys.number_parts(text))
    assert keys.number_parts(text)[:1] == ((key,) if key else ())


def test_words_are_those_of_the_index_whatever_the_script() -> None:
    index = sqlite3.connect(":memory:")
    index.execute(
        "CREATE VIRTUAL TABLE page USING fts5 (text, tokenize = 'unicode61 remove_diacritics 2')"
    )
    index.execute("CREATE VIRTUAL TABLE word USING fts5vocab (page, instance)")
    latin_greek_and_arabic, others = range(1, 0x700), range(0x700, 0x30000, 97)
    signs = [*latin_greek_and_arabic, *others, 0x2126, 0x23FA, 0xF0B7, 0x1F3FB, 0x1F600]
    texts = {code: f"A{chr(code)}b {chr(code)}c" for code in signs if not 0xD800 <= code < 0xE000}
    index.executemany("INSERT INTO page (rowid, text) VALUES (?, ?)", texts.items())
    told: dict[int, list[str]] = {code: [] for code in texts}
    for code, word in index.execute("SELECT doc, term FROM word ORDER BY doc, offset"):
        told[code].append(word)
    assert {code: keys.words(text).split() for code, text in texts.items()} == told


@pytest.mark.parametrize("bullet", ["\uf0b7", "\u23fa", "\U0001f3fb"])
def test_a_bullet_is_no_part_of_the_word_behind_it(bullet: str) -> None:
    assert keys.words(keys.apart(f"{bullet}Undangan")).split()[-1] == "undangan"
    assert keys.apart("Rapat, “2°”, désa: صلاة") == "Rapat, “2°”, désa: صلاة"
