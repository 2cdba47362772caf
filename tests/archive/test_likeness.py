"""What makes two readings one letter, and what keeps two letters of one form apart."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arsip.archive import likeness
from arsip.archive.likeness import Face, Mark

TEXT = """Dinas Perpustakaan Kabupaten Wanajaya mengundang Saudara hadir pada rapat persiapan lomba
perpustakaan desa tingkat kabupaten yang akan dilaksanakan pada hari Kamis tanggal 21 Maret 2024
pukul 09.00 bertempat di ruang baca utama. Peserta membawa daftar koleksi, laporan kunjungan
pembaca, serta rencana kegiatan semester berikutnya. Kepada Kepala Perpustakaan Desa Sukamekar.
Demikian undangan ini kami sampaikan, atas perhatian Saudara diucapkan terima kasih."""
NUMBER = "005/123/perpu5/2024"
LOOK_ALIKES = {"o": "0", "l": "1", "i": "l", "s": "5", "b": "8", "z": "2"}


def mark(key: str, confidence: float = 0.98, *, fact: bool = True, seen: bool = True) -> Mark:
    return Mark(key, confidence, fact, seen)


WELL = mark(NUMBER)
TODAY = mark("2024-03-12")


def face(text: str = TEXT, number: Mark | None = WELL, date: Mark | None = TODAY) -> Face:
    return Face(number, date, likeness.words([text]))


def scanned(text: str, *, share: float, seed: int) -> str:
    """The text as poor OCR would read it: so many of its letters wrong, some lost."""
    dice = random.Random(seed)
    return "".join(
        dice.choice((LOOK_ALIKES.get(sign, "e"), "", "c")) if dice.random() < share else sign
        for sign in text
    )


def test_a_letter_is_the_same_as_itself() -> None:
    assert likeness.verdict(face(), face()) is True


@given(seed=st.integers(0, 1 << 20))
def test_a_letter_is_known_again_under_the_noise_of_two_scans(seed: int) -> None:
    one, other = (scanned(TEXT, share=0.03, seed=seed + side) for side in (0, 1 << 21))
    assert likeness.verdict(face(one), face(other)) is not None


def test_two_scans_share_several_keys_of_their_sketches() -> None:
    scans = [[scanned(TEXT, share=0.01, seed=seed)] for seed in range(40)]
    shared = [
        len(set(likeness.sketch(one)) & set(likeness.sketch(other)))
        for one, other in itertools.pairwise(scans)
    ]
    assert sum(shared) / len(shared) > 5


@given(
    number=st.sampled_from(["005/124/perpu5/2024", "005/123/5ekda/2024", "005/1230/perpu5/2024"]),
    seed=st.integers(0, 1 << 20),
    confidence=st.floats(0, 1),
)
def test_letters_whose_numbers_differ_are_never_surely_one(
    number: str, seed: int, confidence: float
) -> None:
    other = face(scanned(TEXT, share=0.01, seed=seed), mark(number, confidence))
    assert likeness.verdict(face(), other) is not True


@given(date=st.dates().map(str), confidence=st.floats(0, 1), seen=st.booleans())
def test_letters_whose_dates_differ_are_never_surely_one(
    date: str, confidence: float, *, seen: bool
) -> None:
    other = face(date=mark(date, confidence, seen=seen))
    assert (likeness.verdict(face(), other) is True) == (date == "2024-03-12")


@pytest.mark.parametrize(
    "other",
    [
        face(number=mark("005/124/perpu5/2024")),
        face(date=mark("2024-03-13")),
        face(number=mark("005/12/perpu5/2024", seen=False), date=mark("2024-03-12", seen=False)),
        face("Berita acara serah terima barang"),
        face(""),
    ],
)
def test_what_both_read_well_and_differs_makes_two_letters(other: Face) -> None:
    clear = face(number=mark(NUMBER, seen=False), date=mark("2024-03-12", seen=False))
    assert likeness.verdict(clear, other) is None


@pytest.mark.parametrize(
    "other",
    [
        face(number=mark("005/128/perpu5/2024", 0.6)),
        face(number=mark("005/l23/perpus", 0.3, fact=False)),
        face(number=mark("005/123/perpu52024")),
        face(number=None),
        face(date=None),
        face(date=mark("2024-03-17", 0.6)),
        face(number=None, date=None),
        face(TEXT.replace("Sukamekar", "Cibunar")),
        face(TEXT.replace("tanggal 21", "tanggal 28")),
    ],
)
def test_what_is_near_but_not_sure_is_for_a_person(other: Face) -> None:
    assert likeness.verdict(face(), other) is False


@pytest.mark.parametrize(
    "other",
    [
        face(number=mark("005/128/perpu5/2024", 0.6)),
        face(date=mark("2024-03-17", 0.6)),
    ],
)
def test_what_may_be_misread_is_excused_only_where_nothing_else_differs(other: Face) -> None:
    names = TEXT.replace("Sukamekar", "Cibunar")
    assert likeness.verdict(face(names), other) is None


def test_a_stamp_that_one_has_and_the_other_lacks_does_not_matter() -> None:
    stamped = TEXT + " Diterima 14 Maret 2024 Nomor Agenda 771 Paraf"
    assert likeness.verdict(face(), face(stamped)) is True


def test_the_line_of_a_fax_machine_does_not_matter() -> None:
    first, second = "20/01 10:31 FAX 0216347583 HAL 02\n", "24/01 14:47 FAX 0215946148 HAL 03\n"
    near = mark(NUMBER.replace("perpu5", "perp5"), 0.7)
    assert likeness.verdict(face(first + TEXT), face(second + TEXT, near)) is False


def test_a_sketch_does_not_hang_on_where_the_text_begins() -> None:
    whole = set(likeness.sketch([TEXT]))
    assert len(whole) == likeness.KEYS
    assert len(whole & set(likeness.sketch(["kop surat yang terpotong", TEXT]))) >= 14
    assert likeness.sketch(["", "ada di"]) == ()
