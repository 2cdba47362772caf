"""Signs of a place, and how they are counted."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from arsip.fields import DATE_OF_LETTER, LETTER_NUMBER, SUBJECT
from arsip.habits import Ground, Habits, Sign, folded, head, shape, trust
from tests.letter.typed import page

KINDS = st.sampled_from(["behind", "shape", "under", "over", "region"])
SIGNS = st.builds(Sign, KINDS, st.text("ab", max_size=2))


def habits(counts: dict[Sign, int], total: int) -> Habits:
    name = LETTER_NUMBER.name
    return Habits("Dinas Pengairan", total, total, frozenset(), {name: counts}, {name: total})


def signs(text: str, word: str) -> dict[str, str]:
    ground = Ground([page(text)])
    spot = next(
        (row, place)
        for row, line in enumerate(ground.lines)
        for place, one in enumerate(line)
        if one.text == word
    )
    return {sign.kind: sign.value for sign in ground.signs(LETTER_NUMBER, spot, word, spot[0])}


def test_the_label_stands_before_the_value_whatever_the_gap_to_its_colon() -> None:
    text = "Nomor Induk        : 600.1/12/PGR\nHal : Rapat"
    assert signs(text, "600.1/12/PGR") == {
        "behind": "nomor induk",
        "shape": "9.9/9/A",
        "under": "",
        "over": "hal",
        "region": "first top left",
    }


def test_what_stands_further_off_in_the_line_is_no_label() -> None:
    text = "Nomor : 12/AB/2024      Cetak      5-5-2024"
    assert signs(text, "12/AB/2024")["behind"] == "nomor"
    assert signs(text, "5-5-2024")["behind"] == "cetak"


def test_a_value_without_a_label_is_below_the_heading_of_its_column() -> None:
    text = "Berkas            Ditulis\n12/KBL            05-03-2024"
    assert signs(text, "05-03-2024")["under"] == "ditulis"
    assert signs(text, "12/KBL")["under"] == "berkas"


def test_shapes_are_those_of_numbers_dates_and_loud_or_quiet_words() -> None:
    assert shape(LETTER_NUMBER, "B-045/Setda/III/2024") == "A-9/A/A/9"
    assert shape(DATE_OF_LETTER, "5  Maret 2024,") == "9 A 9"
    assert shape(SUBJECT, "PERBAIKAN PAGAR") == "capitals"
    assert shape(SUBJECT, "Perbaikan Pagar") == "words"


def test_a_letterhead_is_its_lines_before_the_first_label() -> None:
    text = "DINAS PENGAIRAN\nJalan Air 3\nTelp. 021-55\nSumber Hidup Kita\nHal : Rapat Kerja"
    assert head(Ground([page(text)]).lines) == ["dlnaspengalran", "sumberhldupklta"]
    assert head(Ground([page("Nomor : 12\nDINAS PENGAIRAN")]).lines) == []


def test_strokes_that_ocr_takes_for_each_other_fold_alike() -> None:
    assert folded("lnduk Nornor") == folded("Induk Nomor") == "lnduk nomor"
    known = habits({Sign("behind", "induk"): 2}, 2)
    assert known.measure(LETTER_NUMBER).fit([Sign("behind", "lnduk")]) == 1


def test_a_place_with_all_the_steady_signs_fits_and_another_label_does_not() -> None:
    known = habits({Sign("behind", "reg"): 10, Sign("shape", "9/A"): 10}, 10)
    measure = known.measure(LETTER_NUMBER)
    assert measure.fit([Sign("behind", "reg"), Sign("shape", "9/A")]) == 1
    assert measure.fit([Sign("behind", "no"), Sign("shape", "9/A")]) < 0.5
    assert measure.most("no") < 0.5 < measure.most("reg")


def test_a_sign_that_changes_with_each_letter_hardly_counts() -> None:
    changing = {Sign("over", str(number)): 1 for number in range(10)}
    measure = habits({Sign("behind", "reg"): 10, **changing}, 10).measure(LETTER_NUMBER)
    assert measure.fit([Sign("behind", "reg")]) > 0.99


def test_the_reason_is_the_clearest_sign_with_its_count() -> None:
    known = habits({Sign("behind", "reg naskah"): 9, Sign("region", "first top left"): 10}, 10)
    assert known.reason(LETTER_NUMBER) == "habit:behind:9/10:reg naskah"
    assert habits({Sign("behind", ""): 2}, 2).reason(LETTER_NUMBER) == "habit:shape:2/2:"


def test_few_letters_are_worth_little() -> None:
    assert [trust(times, 3) for times in (0, 1, 3)] == [0, 0.25, 0.75]


@given(st.dictionaries(SIGNS, st.integers(1, 9), min_size=1), st.lists(SIGNS, unique=True))
def test_a_fit_is_a_share_and_no_place_fits_better_than_its_label_lets_it(
    counts: dict[Sign, int], found: list[Sign]
) -> None:
    place = list({sign.kind: sign for sign in found}.values())
    measure = habits(counts, 9).measure(LETTER_NUMBER)
    label = next((sign.value for sign in place if sign.kind == "behind"), "?")
    assert -1e-9 <= measure.fit(place) <= measure.most(label) + 1e-9 <= 1 + 2e-9
