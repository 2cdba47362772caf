"""Stems: words of one family fold to one, others stay apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arsip.archive.stems import roots, stem

FAMILIES = """\
undang undangan mengundang diundang
kirim mengirim pengiriman dikirimkan kiriman pengirim
terima menerima penerimaan diterima
lapor melapor melaporkan laporan pelaporan
tugas menugaskan penugasan ditugaskan petugas bertugas
mohon memohon permohonan dimohon pemohon
ajar mengajar belajar pelajaran pengajaran pembelajaran
susun menyusun penyusunan disusun
nilai menilai penilaian dinilai
musnah memusnahkan pemusnahan
pegawai kepegawaian
pemerintah pemerintahan
perintah memerintahkan diperintahkan
beritahu pemberitahuan memberitahukan
tindaklanjut menindaklanjuti ditindaklanjuti
tanggungjawab pertanggungjawaban
ikutserta mengikutsertakan
bayar membayar pembayaran
panggil memanggil panggilan pemanggilan
pinjam meminjam peminjaman
tandatangan menandatangani penandatanganan
setuju menyetujui persetujuan
sampai menyampaikan penyampaian
tahu mengetahui diketahui pengetahuan
hadir menghadiri kehadiran
didik pendidikan mendidik
kerja bekerja pekerjaan mengerjakan
putus memutuskan keputusan
kelola mengelola pengelolaan
ambil mengambil pengambilan
adu pengaduan mengadukan
atur mengatur peraturan pengaturan
ubah mengubah perubahan
verifikasi memverifikasi diverifikasi
izin perizinan mengizinkan
camat kecamatan
surat soerat suratnya
jelas penjelasan pendjelasan"""
APART = [
    ("pemerintah", "perintah"),
    ("anda", "tanda"),
    ("aksi", "saksi"),
    ("pegawai", "gawai"),
    ("tahun", "tahu"),
    ("ketua", "tua"),
    ("berangkat", "angkat"),
]


@pytest.mark.parametrize("family", FAMILIES.splitlines())
def test_words_of_a_family_have_one_stem(family: str) -> None:
    first, *others = family.split()
    assert {stem(word) for word in others} == {stem(first)}


@pytest.mark.parametrize(("one", "other"), APART)
def test_words_that_look_alike_stay_apart(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_a_word_of_an_unknown_root_loses_what_it_most_likely_has() -> None:
    assert {stem(f"{word}nya") for word in ("digawila", "bergawila", "pergawilaan")} == {"gawila"}
    assert stem("menyolami") == stem("penyolami") == "solami"
    assert stem("kegawilaan") == "gawila"


def test_what_is_no_word_is_its_own_stem() -> None:
    assert [stem(text) for text in ("", "di", "x1", "di5erahkan", "a" * 99)] == [
        "",
        "di",
        "x1",
        "di5erahkan",
        "a" * 99,
    ]


@given(st.text("abdegikmnprstuy", max_size=20))
def test_any_word_has_a_stem_and_roots_are_their_own(word: str) -> None:
    assert bool(stem(word)) == bool(word)
    assert stem(word) in roots() or len(stem(word)) <= len(word) + 1


def test_every_root_is_its_own_stem() -> None:
    assert all(stem(root) == root for root in roots())
