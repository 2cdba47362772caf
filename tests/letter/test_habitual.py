"""What is known of a sender against what the page says."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from arsip import fields
from arsip.fields import DATE_OF_LETTER, LETTER_NUMBER, SENDER, SUBJECT, Field
from arsip.habits import Habits, Sign
from arsip.letter.extract import extract
from arsip.model import Finding, Letter
from tests.letter.typed import TODAY, pages

LETTER = """YAYASAN PELITA JATIWANGUN
Jalan Jati 4 Jatiwangun

Nomor : 88/AGT/2024
Reg. Naskah : {number}               Jatiwangun, 5 Mei 2024
Hal : Perbaikan Pagar

Kepada Yth. Kepala Bagian Umum
di Tempat

Dengan hormat,
Bersama ini kami sampaikan bahwa pagar akan diperbaiki pada bulan depan.

Dicatat : 9 Mei 2024
"""


def known(field: Field[Any], *signs: Sign, letters: int = 10, sender: str = "") -> Habits:
    return Habits(
        sender=sender or "Yayasan Pelita Jatiwangun",
        named=letters,
        letters=letters,
        head=frozenset({"yayasanpelltajatlwangun"}),
        counts={field.name: dict.fromkeys(signs, letters)},
        totals={field.name: letters},
    )


REGISTER = known(LETTER_NUMBER, Sign("behind", "reg naskah"), Sign("shape", "9/A/A/9"))


def read(text: str, habits: Habits | None = None) -> Letter:
    return extract(pages(text), today=TODAY, habits=habits)


def of(number: str = "12/YPJ/V/2024") -> str:
    return LETTER.format(number=number)


def test_the_number_behind_the_habitual_label_wins_and_the_other_stays_a_rival() -> None:
    assert read(of()).first(LETTER_NUMBER) == "88/AGT/2024"
    best, *rivals = read(of(), REGISTER).findings[LETTER_NUMBER.name]
    assert (best.value, best.doubtful) == ("12/YPJ/V/2024", False)
    assert best.rule == "habit:behind:10/10:reg naskah"
    assert best.page == 1
    assert best.box is not None
    assert [(rival.value, rival.rule) for rival in rivals] == [("88/AGT/2024", "label")]
    assert rivals[0].doubtful


def test_one_letter_alone_overrules_no_page() -> None:
    once = REGISTER._replace(letters=1, totals={LETTER_NUMBER.name: 1})
    once = once._replace(
        counts={LETTER_NUMBER.name: dict.fromkeys(REGISTER.counts[LETTER_NUMBER.name], 1)}
    )
    assert read(of(), once).first(LETTER_NUMBER) == "88/AGT/2024"


def test_a_number_that_a_hand_must_fill_in_makes_the_other_one_doubtful() -> None:
    letter = read(of("12/      /V/2024"), REGISTER)
    assert letter.first(LETTER_NUMBER) is None
    best = letter.best(LETTER_NUMBER)
    assert best is not None
    assert best.doubtful


def test_a_letter_without_the_habitual_place_is_read_by_the_page_alone() -> None:
    text = of().replace("Reg. Naskah : 12/YPJ/V/2024", "")
    assert read(text, REGISTER).findings == read(text).findings


def test_what_is_sure_at_its_habitual_place_stays_as_it_was() -> None:
    usual = known(SUBJECT, Sign("behind", "hal"), Sign("shape", "words"))
    assert read(of(), usual).findings == read(of()).findings


def test_the_date_at_the_habitual_place_is_the_letters_own() -> None:
    noted = known(DATE_OF_LETTER, Sign("behind", "dicatat"), Sign("shape", "9 A 9"))
    assert read(of()).first(DATE_OF_LETTER) == dt.date(2024, 5, 5)
    letter = read(of(), noted)
    assert letter.first(DATE_OF_LETTER) == dt.date(2024, 5, 9)
    assert letter.first(fields.PLACE) != "Jatiwangun"


def test_a_subject_without_a_label_is_found_between_its_neighbours() -> None:
    text = of().replace("Hal : Perbaikan Pagar", "\n        PERBAIKAN PAGAR\n        SAYAP UTARA\n")
    place = (
        Sign("behind", ""), Sign("shape", "capitals"),
        Sign("under", "naskah"), Sign("over", "yth"),
    )  # fmt: skip
    assert read(text).best(SUBJECT) is None
    assert read(text, known(SUBJECT, *place)).first(SUBJECT) == "PERBAIKAN PAGAR SAYAP UTARA"


def test_a_known_letterhead_gives_the_name_that_people_use() -> None:
    named = known(SUBJECT, Sign("behind", "hal"), sender="Yayasan Pelita")
    best, *rivals = read(of(), named).findings[SENDER.name]
    assert (best.value, best.rule) == ("Yayasan Pelita", "letterhead_known:10/10")
    assert "Yayasan Pelita Jatiwangun" in [rival.value for rival in rivals]
    once = named._replace(named=1)
    assert read(of(), once).first(SENDER) == "Yayasan Pelita Jatiwangun"


@given(st.text(max_size=300), st.sampled_from([LETTER_NUMBER, DATE_OF_LETTER, SUBJECT]))
def test_no_habit_raises_or_finds_what_the_page_does_not_say(text: str, field: Field[Any]) -> None:
    letter = read(text, known(field, Sign("behind", ""), Sign("under", "")))
    for finding in letter.findings.get(field.name, ()):
        assert isinstance(finding, Finding)
        assert 0 <= finding.confidence <= 1
        assert finding.page is not None
