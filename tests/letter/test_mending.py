"""Numbers that a scan broke, mended by what the letter knows; and none that it does not know."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arsip.letter.mending import Known, mended, units_of
from arsip.letter.months import ROMAN

KOP = ["PEMERINTAH KOTA LINTANG", "BALAI PENGELOLAAN AIR WILAYAH III", "CAHAYA NIAGA SENTOSA"]
UNITS = units_of([*KOP, "SMP NEGERI 4 LINTANG"])


@pytest.mark.parametrize(
    ("read_as", "month", "number"),
    [
        ("893/Kec,WNS/XII/2023", 12, "893/Kec.WNS/XII/2023"),
        ("907/Kec. WNS/II/2021", 2, "907/Kec.WNS/II/2021"),
        ("12/SETDA/VIN/2024", 8, "12/SETDA/VIII/2024"),
        ("12/SETDANII/2024", 7, "12/SETDA/VII/2024"),
        ("12/SETDAIX/2024", 10, "12/SETDA/X/2024"),
        ("12/SETDAIX/2024", 9, "12/SETDA/IX/2024"),
        ("12/SETDAIMI/2024", 3, "12/SETDA/III/2024"),
        ("12/SETDA//2024", 1, "12/SETDA/I/2024"),
        ("12/SETDA/111/2024", 5, "12/SETDA/III/2024"),
        ("12/SETDA/11/2024", 11, "12/SETDA/11/2024"),
        ("12/BPA-II1/XI/2024", 11, "12/BPA-III/XI/2024"),
        ("12/BPA-IN/V/2024", 5, "12/BPA-III/V/2024"),
        ("CN5/2024/11/29", 11, "CNS/2024/11/29"),
        ("12/5MPN.4/2024", 2, "12/SMPN.4/2024"),
        ("421 3/12/SETDA/VI/2024", 6, "421.3/12/SETDA/VI/2024"),
        ("440 7181/KD.D", 6, "440/7181/KD.D"),
        ("800/04 2433/DISDIK", 6, "800/04.2433/DISDIK"),
        ("12/KecITLG/2024", 6, "12/Kec.TLG/2024"),
        ("005/12/ADMI/2024", 1, "005/12/ADMI/2024"),
        ("005/12/BKPSDM/2024", 2, "005/12/BKPSDM/2024"),
        ("005/12/DLH/2024", 2, "005/12/DLH/2024"),
    ],
)
def test_a_broken_number_is_mended(read_as: str, month: int, number: str) -> None:
    assert mended(read_as, Known(frozenset({month}), UNITS)) == number


def test_months_in_doubt_mend_nothing() -> None:
    assert mended("12/SETDANII/2024", Known(frozenset({6, 7}), UNITS)) == "12/SETDANII/2024"


@pytest.mark.parametrize(
    ("number", "mended_as"),
    [("12/BPA-II/X/2019", "12/BPA-III/X/2019"), ("12/BPA-11/X/2019", "12/BPA-III/X/2019"),
     ("12/BPA-IIE", "12/BPA-III"), ("12/BPA-N/X/2019", "12/BPA-III/X/2019"),
     ("12/BPA-V/X/2019", "12/BPA-V/X/2019"), ("12/BPA.2/X/2019", "12/BPA.2/X/2019")],
)  # fmt: skip
def test_the_number_of_a_unit_is_that_of_the_letterhead(number: str, mended_as: str) -> None:
    units = units_of(["BALAI PENGELOLAAN ARSIP WILAYAH III"])
    assert mended(number, Known(frozenset({10}), units)) == mended_as


def test_a_letterhead_that_lost_a_stroke_takes_none_from_the_number() -> None:
    units = units_of(["BALAI PENGELOLAAN ARSIP WILAYAH II"])
    number = "12/BPA-III/X/2019"
    assert mended(number, Known(frozenset({10}), units)) == number


def test_the_number_of_a_floor_is_no_units() -> None:
    number = "12/SET-III/X/2019"
    units = units_of(["SEKRETARIAT DAERAH", "GEDUNG ARSIP LANTAI II"])
    assert mended(number, Known(frozenset({10}), units)) == number


@given(
    st.sampled_from(["005", "400.3.1", "B-12"]),
    st.integers(1, 9999),
    st.sampled_from(["Setda", "DINSOS", "BPA-III", "UN7.F3", "SMPN.4"]),
    st.sampled_from(sorted(ROMAN)),
    st.integers(2000, 2030),
)
def test_a_sound_number_is_left_alone(code: str, n: int, unit: str, roman: str, year: int) -> None:
    number = f"{code}/{n}/{unit}/{roman}/{year}"
    assert mended(number, Known(frozenset({ROMAN[roman]}), UNITS)) == number


@given(st.text(max_size=60), st.frozensets(st.integers(1, 12)))
def test_no_text_breaks_the_mending(text: str, months: frozenset[int]) -> None:
    mended(text, Known(months, UNITS))
