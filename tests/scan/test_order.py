from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from arsip.scan.engine import Spot
from arsip.scan.order import by_row, in_order
from tests.scan.paper import spot, texts


def line(text: str, left: float, top: float, run: int) -> list[Spot]:
    spots, at = [], left
    for word in text.split():
        spots.append(spot(word, at, top, run=run))
        at += 12 * (len(word) + 1)
    return spots


def test_number_and_addressee_beside_each_other_are_read_line_by_line() -> None:
    left = ["Nomor : 045/12/2024", "Sifat : Biasa", "Hal : Undangan"]
    right = ["Kepada", "Yth. Camat Telaga", "di Tempat"]
    spots = [
        found
        for at, (a, b) in enumerate(zip(left, right, strict=True))
        for found in [*line(b, 700, 100 + 30 * at + 4, 10 + at), *line(a, 50, 100 + 30 * at, at)]
    ]
    assert texts(in_order(spots)) == [
        "Nomor : 045/12/2024 Kepada",
        "Sifat : Biasa Yth. Camat Telaga",
        "Hal : Undangan di Tempat",
    ]


def test_a_table_is_read_row_by_row_though_the_engine_read_its_columns() -> None:
    cells = [["No", "Nama", "Jumlah"], ["1", "Rak arsip", "12"], ["2", "Boks arsip", "480"]]
    spots = [
        found
        for column in range(3)
        for row in range(3)
        for found in line(cells[row][column], 50 + 300 * column, 100 + 40 * row, 10 * column + row)
    ]
    assert texts(in_order(spots)) == [" ".join(row) for row in cells]


def test_columns_of_running_text_are_read_one_after_the_other() -> None:
    spots = [*line("Berita Kearsipan edisi bulan ini untuk semua pembaca setia kami", 60, 20, 99)]
    for at in range(10):
        spots += line(f"kiri{at} arsip yang masih dipakai setiap hari", 50, 80 + 30 * at, at)
        spots += line(f"kanan{at} berkas lama yang tidak dipakai", 620, 83 + 30 * at, 50 + at)
    spots += line("Penutup halaman", 60, 500, 100)
    read = texts(in_order(spots))
    assert read[0].startswith("Berita")
    assert [text.split()[0] for text in read[1:11]] == [f"kiri{at}" for at in range(10)]
    assert [text.split()[0] for text in read[11:21]] == [f"kanan{at}" for at in range(10)]
    assert read[21] == "Penutup halaman"


def test_lines_that_nearly_touch_stay_two_lines() -> None:
    spots = [*line("DINAS ARSIP", 50, 100, 1), *line("Jalan Melati", 50, 109, 2)]
    assert texts(in_order(spots)) == ["DINAS ARSIP", "Jalan Melati"]


def test_words_of_a_run_that_stand_on_two_rows_are_in_two_runs() -> None:
    upper, lower = line("Tri Lestari", 50, 100, 3), line("Pembina Utama", 52, 130, 3)
    stroke = Spot("Hh", 150, 90, 190, 160, 0.2, 3)
    parted = by_row([*upper, *lower, stroke, *line("NIP", 50, 160, 4)], 20)
    runs: dict[int, list[str]] = {}
    for word in parted:
        runs.setdefault(word.run, []).append(word.text)
    assert [sorted(words) for words in runs.values()] in (
        [["Hh", "Lestari", "Tri"], ["Pembina", "Utama"], ["NIP"]],
        [["Lestari", "Tri"], ["Hh", "Pembina", "Utama"], ["NIP"]],
    )
    assert by_row(upper, 20) == upper


def test_no_words_make_no_lines() -> None:
    assert texts(in_order([])) == []


places = st.floats(0, 2000, allow_nan=False)
spots = st.builds(
    lambda text, left, top, wide, high, run: Spot(text, left, top, left + wide, top + high, 1, run),
    st.text("abc", min_size=1, max_size=4),
    places,
    places,
    st.floats(0, 400),
    st.floats(0, 60),
    st.integers(0, 30),
)


@given(st.lists(spots, max_size=60))
def test_every_word_is_read_once(found: list[Spot]) -> None:
    read = [word for row in in_order(found) for word in row]
    assert sorted(read, key=repr) == sorted(found, key=repr)
