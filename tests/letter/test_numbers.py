from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arsip.letter.codes import filed_under, known
from arsip.letter.identity import identity_in, unlabelled, valid
from arsip.letter.numbers import dotted, month_in, normal, number_in, years_in

CLEAN = r"[0-9]{3}(\.[0-9]{1,2}){0,2}/[0-9]{1,4}/[A-Z]{3,8}(/(II|V|X)/2023)?"


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("005/ 123 /Setda", "005/123/Setda"),
        ("OOO.8.3.3/0488", "000.8.3.3/0488"),
        ("8O0.1.11.13/ 4l2 /BKPSDMD", "800.1.11.13/412/BKPSDMD"),
        ("424/025/lll/2O23", "424/025/III/2023"),
        ("424/025/l/2023", "424/025/I/2023"),
        ("421.3/1059/Ds.KM/1/2026", "421.3/1059/Ds.KM/I/2026"),
        ("S-1O24/WPB.16/KP.0707/2O23", "S-1024/WPB.16/KP.0707/2023"),
        ("1187/lT6.1/KM.O5.O1/2024", "1187/IT6.1/KM.05.01/2024"),
        ("8OO/O87/V.O1/SMA.09/2O23", "800/087/V.01/SMA.09/2023"),
        ("460 / l.456 / 4.7 / 2022", "460/1.456/4.7/2022"),
        ("R-7OO.1.2/O33/lTKAB", "R-700.1.2/033/ITKAB"),
        ("018/MTs-AH/S.Und/Vl/2023", "018/MTs-AH/S.Und/VI/2023"),
        ("188.4/45O TAHUN 2022", "188.4/450 TAHUN 2022"),
        ("B-2230/SETDAI04/2019", "B-2230/SETDA/04/2019"),
        ("900/69/BPA-lll", "900/69/BPA-III"),
        ("001/PP/X11/2025", "001/PP/XII/2025"),
        ("12/A4S2/2023", "12/A4S2/2023"),
        ("12/KP-4S21/2023", "12/KP-4521/2023"),
        ("B/07/I/HUK.6.6./2024/Reskrim", "B/07/I/HUK.6.6./2024/Reskrim"),
        ("16/VllX/2023", "16/VllX/2023"),
    ],
)
def test_a_number_is_repaired_in_its_numeric_places_only(printed: str, value: str) -> None:
    assert normal(printed) == value


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("HM.01.02/394/Ds.KM/2020 Sukamaju, 26 Oktober 2020", "HM.01.02/394/Ds.KM/2020"),
        ("UM 0201-Am/133", "UM 0201-Am/133"),
        ("3 TAHUN 2023 TENTANG", "3 TAHUN 2023"),
        ("10/PAN-HUT RI/VIII/2024", "10/PAN-HUT RI/VIII/2024"),
        ("> KP.02/18/DINKES/2018", "KP.02/18/DINKES/2018"),
        ("1 800/04.55/DISDIK", "800/04.55/DISDIK"),
        ("[400.3/04.595/Disdik]", "400.3/04.595/Disdik"),
        ("069/Um/PGRI-S)/IV/2026", "069/Um/PGRI-SJ/IV/2026"),
        ("440 / 7181/ KD.D", "440/7181/KD.D"),
        ("B-7/Kec.LTG/07/2024 . _", "B-7/Kec.LTG/07/2024"),
    ],
)
def test_only_what_belongs_to_a_number_is_taken(text: str, printed: str) -> None:
    read = number_in(text)
    assert read is not None
    assert read[0] == printed


@pytest.mark.parametrize(
    "text",
    ["523/      /433.117/2023", "094/ /2024", "B/…/2023", "......", "tanpa nomor", "/ / 2023"],
)
def test_a_number_with_a_blank_is_none(text: str) -> None:
    assert number_in(text) is None


def test_a_number_tells_its_year_and_month() -> None:
    assert years_in("421/12/SMP/V/2023") == {2023}
    assert month_in("421/12/SMP/V/2023") == 5
    assert month_in("B-12/Disdik/07/2023") == 7
    assert month_in("005/12/Setda") is None


def test_a_place_that_is_glued_to_the_year_is_no_part_of_a_number() -> None:
    assert number_in("UM.01/11/SMPN.3/2021Telaga, 13.12.2021") == ("UM.01/11/SMPN.3/2021", 20)


@given(st.text(max_size=80))
def test_no_text_breaks_the_reading_of_numbers(text: str) -> None:
    read = number_in(text)
    if read:
        assert normal(read[0])


@given(st.from_regex(CLEAN, fullmatch=True))
def test_the_normal_form_of_a_clean_number_is_itself(number: str) -> None:
    assert normal(number) == number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("NIP. 19650817 199003 1 005", "196508171990031005"),
        ("NlP. l96506l2 l99003 l 004", "196506121990031004"),
        ("NIP.I9660404 I98703 I 0I5", "196604041987031015"),
        ("N I P. l97402l9 200l l2 2 OOl", "197402192001122001"),
        ("NlP, l97O04l0l996031002", "197004101996031002"),
        ("NIP 1967O521 19930\u0417 2 007", "196705211993032007"),
        ("NIP 130122455", "130122455"),
    ],
)
def test_a_nip_is_repaired_by_its_structure(text: str, value: str) -> None:
    found = identity_in(text)
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize("text", ["NIP 9670521 199303 2 007", "NIP -", "nomor 12", "NRP 12"])
def test_a_nip_that_lost_a_digit_is_none(text: str) -> None:
    assert identity_in(text) is None


def test_a_nip_is_valid_when_its_days_and_years_fit() -> None:
    assert valid("196508171990031005")
    assert not valid("196513321990031005")
    assert not valid("196508171970031005")
    assert not valid("196508171990033005")
    assert not valid("19650817")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("NIP 497908192009052020", "197908192009052020"),
        ("NIP i197710192005041008", "197710192005041008"),
    ],
)
def test_a_century_that_can_be_no_other_is_put_right(text: str, value: str) -> None:
    found = identity_in(text)
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize("text", ["NIP 197710192095041008", "NIP 497908192095052020"])
def test_a_nip_of_a_day_to_come_is_doubtful(text: str) -> None:
    found = identity_in(text)
    assert found is not None
    assert found.sure < 0.5


def test_eighteen_digits_are_a_nip_without_its_label() -> None:
    found = unlabelled("Abah 197903221999121001")
    assert found is not None
    assert found.value == "197903221999121001"
    assert unlabelled("rekening 123456789012345678") is None


def test_an_officer_has_an_nrp() -> None:
    found = identity_in("KOMPOL NRP 8206O512")
    assert found is not None
    assert (found.value, found.service) == ("82060512", "nrp")


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("005/123/Setda", "005"),
        ("000.5.6/2215/118.4/2024", "000.5.6"),
        ("R-700.1.2/033/ITKAB", "700.1.2"),
        ("700/R-118/438.4/2021", "700"),
        ("400.7.22/PKS/015/2024", "400.7.22"),
        ("B/1511/M.SM.01.00/2022", "M.SM.01.00"),
        ("UM 0201-Am/133", "UM 0201"),
        ("412/PL.01.2-Und/3301/2023", "PL.01.2"),
        ("018/MTs-AH/S.Und/VI/2023", None),
        ("113/SP/MA/2023", None),
        ("B-182/35.18.05.2020/PR.03.02/06/2017", "PR.03.02"),
        ("13/Kk.09.12.1/UM.01.02/2021", "UM.01.02"),
        ("B/7103/UN37.1.7/TU/2024", None),
        ("3 TAHUN 2023", None),
    ],
)
def test_the_filing_code_of_a_number_is_told_from_its_sequence(
    number: str, code: str | None
) -> None:
    filed = filed_under(number, year=2023)
    assert (filed.code if filed else None) == code


def test_a_code_that_no_table_has_is_of_its_parents_scheme() -> None:
    filed = filed_under("000.5.6.99/12/Setda", year=2023)
    assert filed is not None
    assert (filed.scheme, filed.name) == ("permendagri83_2022", None)
    assert known("000.5.6")
    assert not known("000.5.6.99")


@pytest.mark.parametrize(
    ("number", "year", "scheme", "name"),
    [
        ("005/12/Setda", 2019, "legacy_000_999", "Undangan"),
        ("000.1.2.3/12/Setda", 2024, "permendagri83_2022", None),
        ("800.1/12/BKD", 2021, "legacy_000_999", None),
        ("800.1/12/BKD", 2023, "permendagri83_2022", "Sumber Daya Manusia"),
        ("800.1/12/BKD", None, "permendagri83_2022", None),
        ("B/1511/M.SM.01.00/2022", 2022, "ministry", "Sumber daya manusia"),
    ],
)
def test_a_code_has_a_scheme_and_a_name(
    number: str, year: int | None, scheme: str, name: str | None
) -> None:
    filed = filed_under(number, year=year)
    assert filed is not None
    assert filed.scheme == scheme
    assert filed.name
    assert name is None or filed.name.lower() == name.lower()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1207/PDM-LT/IX 2024", "1207/PDM-LT/IX/2024"),
        ("77/BAPPEDA IV 2021", "77/BAPPEDA/IV/2021"),
        ("045/31/DISPORA 2019", "045/31/DISPORA/2019"),
        ("12/PKK-LT XI", "12/PKK-LT/XI"),
        ("B-17'DISPORA/03/2021", "B-17/DISPORA/03/2021"),
        ("045.2'61'DISPORA", "045.2/61/DISPORA"),
        ("470/33/Ds.TLG:1/2021", "470/33/Ds.TLG/I/2021"),
        ("188.4/450 TAHUN 2022", "188.4/450 TAHUN 2022"),
        ("12/MTs-Qur'an/V/2021", "12/MTs-Qur'an/V/2021"),
    ],
)
def test_strokes_that_were_lost_or_misread_part_the_number_again(text: str, value: str) -> None:
    read = number_in(text)
    assert read is not None
    assert normal(read[0]) == value


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("12/DISPORA/IV/2021 2021", "12/DISPORA/IV/2021"),
        ("12/DISPORA 2021 tentang Arsip", "12/DISPORA"),
        ("12/DISPORA I", "12/DISPORA"),
    ],
)
def test_what_stands_behind_a_whole_number_is_no_part_of_it(text: str, printed: str) -> None:
    read = number_in(text)
    assert read is not None
    assert read[0] == printed


@pytest.mark.parametrize(
    ("number", "value"),
    [
        ("B-31/Kec TLG/10/2020", "B-31/Kec.TLG/10/2020"),
        ("HM 01.02/8/DISPORA/2023", "HM.01.02/8/DISPORA/2023"),
        ("UM 0201-Am/133", "UM 0201-Am/133"),
        ("10/PAN-HUT RI/VIII/2024", "10/PAN-HUT RI/VIII/2024"),
    ],
)
def test_only_an_abbreviation_gets_back_the_dot_a_scan_lost(number: str, value: str) -> None:
    assert dotted(number) == value


def test_the_count_behind_a_filing_code_is_no_year() -> None:
    assert years_in("421.3/2096/UN5.F2") == set()
    assert years_in("421.3/2096/UN5.F2/2024") == {2024}
    assert years_in("CNS/2021/322") == {2021}
