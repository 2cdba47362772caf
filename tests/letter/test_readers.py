"""What single readers make of the oddities of real letters."""

from __future__ import annotations

import pytest

from arsip.letter.casing import people_case
from arsip.letter.extract import extract
from arsip.letter.folding import clean, distance, nearest, office_word, repaired, unglued
from arsip.letter.labels import role_of
from arsip.model import PageText, Word
from tests.letter.typed import HEAD, KOP, TODAY, facts, letter, pages, read

# --- folding -----------------------------------------------------------------------------------


def test_words_are_cleaned_of_other_alphabets_and_marks_of_no_width() -> None:
    assert clean("\u041dal\u200b \u2019x\u2019") == "Hal 'x'"
    assert clean("a  b") == "a b"


def test_distance_stops_at_its_bound() -> None:
    assert distance("abc", "xyzw", most=1) == 2
    assert distance("abcd", "abcf", most=2) == 1
    assert distance("abcd", "wxyz", most=2) == 3
    assert nearest("tembusam", ("tembusan", "lampiran")) == "tembusan"
    assert nearest("xx", ("tembusan",)) is None


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("DlNAS KESEHATAN", "DINAS KESEHATAN"),
        ("lnspektur Kabupaten", "Inspektur Kabupaten"),
        ("Bapak/lbu Wali", "Bapak/Ibu Wali"),
        ("PROVINS! X", "PROVINSI X"),
        ("K0TA AMBON", "KOTA AMBON"),
        ("Jl. Kenari", "Jl. Kenari"),
        ("lll", "lll"),
        ("Semester 1", "Semester 1"),
    ],
)
def test_strokes_are_mended_in_prose(text: str, mended: str) -> None:
    assert repaired(text) == mended


def test_glued_words_of_a_bad_layer_are_parted_and_names_are_not() -> None:
    assert unglued("PermintaanDataKompetensiPegawai") == "Permintaan Data Kompetensi Pegawai"
    assert unglued("Mangunkusumotinggalan") == "Mangunkusumotinggalan"
    assert unglued("https://tautan.example.id/AbcDefGhi") == "https://tautan.example.id/AbcDefGhi"


def test_an_office_word_is_spelled_right_after_one_lost_stroke() -> None:
    assert office_word("Kepaia") == "Kepala"
    assert office_word("Puskesrnas,") == "Puskesmas,"
    assert office_word("Kelapa") == "Kelapa"
    assert office_word("KEPAIA") == "KEPAIA"


@pytest.mark.parametrize(
    ("loud", "quiet"),
    [
        ("DINAS PENDIDIKAN DAN KEBUDAYAAN", "Dinas Pendidikan dan Kebudayaan"),
        ("SMP NEGERI 3 (MKKS) WILAYAH III", "SMP Negeri 3 (MKKS) Wilayah III"),
        ("MTSN 1 LINTANG", "MTsN 1 Lintang"),
        ("CV. BINA KARYA, S.E.", "CV. Bina Karya, S.E."),
        ("PT. A.BC.DEF", "PT. A.Bc.Def"),
        ("Badan Kepegawaian", "Badan Kepegawaian"),
    ],
)
def test_a_letterhead_is_written_as_people_write(loud: str, quiet: str) -> None:
    assert people_case(loud) == quiet


@pytest.mark.parametrize(
    ("printed", "role"),
    [("Nornor", "number"), ("Larnpiran", "attachments"), ("Ternbusan", "copies"), ("Kepala", None),
     ("Ha1", "subject"), ("SlFAT", "nature"), ("Kepaca", "to"), ("Rapat", None)],
)  # fmt: skip
def test_a_label_is_known_through_misprints(printed: str, role: str | None) -> None:
    assert role_of(printed) == role


# --- head --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sifat", "secrecy", "speed"),
    [("Sangat Rahasia", "sangat_rahasia", None), ("Rahasia/Segera", "rahasia", "segera"),
     ("Konfidensial", "terbatas", None), ("Kilat", None, "sangat_segera"), ("-", None, None),
     ("Biasa", "biasa", "biasa")],
)  # fmt: skip
def test_sifat_says_secrecy_and_urgency(sifat: str, secrecy: str | None, speed: str | None) -> None:
    said = facts(letter(f"Sifat : {sifat}\nHal : Data\n"))
    assert (said.get("sensitivity"), said.get("urgency")) == (secrecy, speed)


def test_a_secret_number_makes_a_secret_letter_without_sifat() -> None:
    said = facts(letter(head="Nomor : SR-12/Dinsos/2024\nHal : Data\n"))
    assert said["sensitivity"] == "sangat_rahasia"


def test_an_ordinary_prefix_counts_in_correspondence_only() -> None:
    kept = facts(letter(head="Nomor : B-12/Dinsos/2024\nHal : Data\n"))
    order = facts(KOP + "PENGUMUMAN\nNomor : B-12/Dinsos/2024\nTENTANG\nLIBUR\n\nDiumumkan libur.")
    assert kept["sensitivity"] == "biasa"
    assert "sensitivity" not in order


@pytest.mark.parametrize(
    ("printed", "value"),
    [("-", None), ("--", None), ("nihil", None), ("1 -", None), ("Satu berkas", "Satu berkas"),
     ("I (satu) lembar", "1 (satu) lembar"), ("11 (satu) lembar", "1 (satu) lembar"),
     ("1 1 (satu) set", "1 (satu) set"), ("3 eksp.", "3 eksp."), ("l bendel", "1 bendel"),
     ("2 (dua) eksempiar", "2 (dua) eksemplar"), ("...", None),
     ("1 (satu) lembar        Daerah", "1 (satu) lembar"),
     ("1 (satu) lembar Daerah", "1 (satu) lembar Daerah")],
)  # fmt: skip
def test_lampiran_is_counted_or_absent(printed: str, value: str | None) -> None:
    assert facts(letter(f"Lampiran : {printed}\nHal : Data\n")).get("attachments") == value


def test_a_bare_figure_of_attachments_off_a_scan_is_doubtful() -> None:
    scan = [
        PageText(p.number, p.lines, origin="ocr", engine="tesseract 5.3.0")
        for p in pages(letter("Lampiran : 1\nHal : Data\n"))
    ]
    spoilt = tuple(tuple(Word(w.text, w.box, 0.6) for w in line) for line in scan[0].lines)
    found = extract([PageText(1, spoilt)], today=TODAY).findings["attachments"][0]
    assert found.doubtful


def test_a_number_whose_label_was_lost_is_found_by_its_shape() -> None:
    said = facts(letter(head="xq 400.9.1/12/Dinsos/2024\nLamp. : -\nHal : Data\n"))
    assert said["letter_number"] == "400.9.1/12/Dinsos/2024"


def test_a_number_that_may_have_lost_its_beginning_is_doubtful() -> None:
    found = read(letter(head="or: 4/DM.00/2024/X\nLamp. : -\nHal : Data\n")).findings
    assert found["letter_number"][0].doubtful


def test_a_number_with_a_colon_in_it_is_doubtful() -> None:
    found = read(letter(head="Nomor or: /B/C4/DM.00.02/2024\nHal : Data\n")).findings
    assert found["letter_number"][0].doubtful


def test_a_label_without_a_value_gives_no_number() -> None:
    assert "letter_number" not in facts(letter(head="Nomor :\nHal : Data\n"))


def test_a_number_of_another_year_than_every_date_is_less_sure() -> None:
    right = read(letter()).findings["letter_number"][0].confidence
    wrong = read(letter(head=HEAD.replace("s/2024", "s/2019"))).findings
    assert wrong["letter_number"][0].confidence < right
    assert wrong["date"][0].confidence < 0.6


def test_a_long_subject_goes_on_below_its_first_line() -> None:
    said = facts(letter("Hal   : Permintaan Data\n        Pegawai Non ASN.\n"))
    assert said["subject"] == "Permintaan Data Pegawai Non ASN"


def test_specks_before_a_subject_are_no_part_of_it() -> None:
    assert facts(letter("Hal : > Permintaan Data\n"))["subject"] == "Permintaan Data"


def test_a_subject_ends_where_the_address_begins() -> None:
    said = facts(letter("Hal : Data\nKepada Yth. Camat\n"))
    assert said["subject"] == "Data"


def test_a_meeting_note_is_about_its_meeting() -> None:
    text = KOP + "NOTULA\nRapat : Evaluasi Bantuan\nHari/Tanggal : Selasa, 5 Maret 2024\n\nSelesai."
    said = facts(text)
    assert (said["subject"], said["date"]) == ("Evaluasi Bantuan", "2024-03-05")


def test_a_covering_letter_is_about_the_first_thing_it_sends() -> None:
    text = (
        KOP + "SURAT PENGANTAR\nNomor : 400.9/12/Dinsos/2024\n\nYth. Camat Talang\ndi Tempat\n\n"
        "No   Jenis yang Dikirim                 Banyaknya\n"
        "1    Laporan Realisasi Bantuan          1 (satu) berkas\n"
    )
    assert facts(text)["subject"] == "Laporan Realisasi Bantuan"


def test_minutes_are_about_what_was_done() -> None:
    text = (
        KOP + "BERITA ACARA\nNOMOR : 400.9/12/2024\n\nPada hari ini Selasa, tanggal 5 Maret 2024, "
        "telah dilaksanakan Serah Terima Barang, dengan hasil baik.\n"
    )
    assert facts(text)["subject"] == "Serah Terima Barang"


def test_an_order_without_a_task_has_no_subject() -> None:
    assert "subject" not in facts(KOP + "SURAT TUGAS\nNomor : 094/1/X\n\nDasar : surat\n")


def test_tentang_may_stand_before_its_own_words() -> None:
    text = KOP + "PENGUMUMAN\nNomor : 400.9/12/2024\nTentang : Libur Layanan\n\nDiumumkan libur.\n"
    assert facts(text)["subject"] == "Libur Layanan"


# --- sender ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kop", "name"),
    [
        ("PEMERINTAH KOTA SAWAHAN\nKANTOR KEPALA DESA SUKA", "Pemerintah Desa Suka"),
        ("KEMENTERIAN SOSIAL REPUBLIK INDONESIA\nPUSAT DATA", "Pusat Data Kementerian Sosial"),
        ("KEMENTERIAN SOSIAL\nREPUBLIK INDONESIA\nBALAI BESAR LINTANG", "Balai Besar Lintang"),
        ("UNIVERSITAS LINTANG\nFACULTY OF LAW", "Faculty of Law, Universitas Lintang"),
        ("UNIVERSITAS LINTANG\nFAKULTAS HUKUM", "Fakultas Hukum Universitas Lintang"),
        ("KOMISI PEMILIHAN UMUM\nKABUPATEN LINTANG", "Komisi Pemilihan Umum Kabupaten Lintang"),
        (
            "PERSATUAN GURU MANDIRI (PGM)\nKECAMATAN TALANG\nPANITIA PELAKSANA",
            "Panitia Pelaksana PGM Kecamatan Talang",
        ),
        ("PGM\nPERSATUAN GURU MANDIRI\nPENGURUS CABANG PGM TALANG", "Pengurus Cabang PGM Talang"),
        (
            "PERSATUAN PETANI\nPENGURUS KABUPATEN LINTANG",
            "Persatuan Petani Pengurus Kabupaten Lintang",
        ),
        ("PT MAJU\nKontraktor dan Pemasok\nJl. Raya 1", "PT Maju"),
        ("q. DINAS PENDIDIKAN", "Dinas Pendidikan"),
        ("xy qz\nPEMERINTAH KOTA SAWAHAN\nDINAS SOSIAL", "Dinas Sosial Kota Sawahan"),
        ("ACME TRADING LTD", "Acme Trading LTD"),
        ("MUSYAWARAH KERJA\nSMP KABUPATEN LINTANG", "Musyawarah Kerja SMP Kabupaten Lintang"),
        (
            "Kementerian Sosial\nDirektorat Jenderal Bantuan",
            "Direktorat Jenderal Bantuan Kementerian Sosial",
        ),
        ("\u20ac) PEMERINTAH KABUPATEN MEKAR\nKECAMATAN SUKAJAYA", "Kecamatan Sukajaya"),
        ("\u20ac) KECAMATAN SUKAJAYA", "Kecamatan Sukajaya"),
    ],
)
def test_the_sender_is_the_unit_of_the_letterhead(kop: str, name: str) -> None:
    assert facts(letter(kop=kop + "\n\n")).get("sender") == name


def test_a_letter_without_a_letterhead_names_no_sender() -> None:
    assert "sender" not in facts(letter(kop=""))


# --- recipient ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("block", "names"),
    [
        ("Yth. Bapak Bupati Lintang\ndi Lintang", ["Bupati Lintang"]),
        ("Kepada\nYth. Sdr. Camat Talang\nUp. Kasi Sosial\ndi - Tempat", ["Camat Talang"]),
        (
            "Yth. 1. Kepala Dinas A\n     2. Kepala Dinas B\n     Se-Kabupaten Lintang\ndi\nTempat",
            ["Kepala Dinas A", "Kepala Dinas B"],
        ),
        (
            "Yth. 1. Kepala Dinas A\n     . Kepala Dinas B\n     Para Camat\ndi Tempat",
            ["Kepala Dinas A", "Kepala Dinas B", "Para Camat"],
        ),
        ("Kepada Yth. Para Lurah\nJalan Merdeka 5", ["Para Lurah"]),
        ("Yth. Para Camat di Tempat", ["Para Camat"]),
        ("Yth. Kepala Dinas\n     Sosial\n\nKota lain", ["Kepala Dinas Sosial"]),
    ],
)
def test_the_address_names_whom_it_is_for(block: str, names: list[str]) -> None:
    text = letter("Hal : Data\n", rest=f"{block}\n\nDengan hormat,\nBersama ini kami sampaikan.\n")
    assert facts(text)["recipient"] == names


def test_an_instruction_is_for_those_behind_kepada() -> None:
    text = (
        "BUPATI LINTANG\n\nINSTRUKSI BUPATI LINTANG\nNOMOR 3 TAHUN 2023\nTENTANG\nHEMAT AIR\n\n"
        "Dengan ini menginstruksikan\nKepada : Seluruh Camat\nUntuk  :\nKESATU : Hemat air.\n"
    )
    assert facts(text)["recipient"] == ["Seluruh Camat"]


def test_an_order_with_a_table_names_no_recipient() -> None:
    text = KOP + "SURAT TUGAS\nNomor : 094/1/X\n\nMenimbang : perlu;\nMENUGASKAN:\nNama : Tri\n"
    assert "recipient" not in facts(text)


def test_a_bill_names_who_pays_below_the_day_it_is_due() -> None:
    text = (
        "CV MEKAR ABADI\nJalan Melati 4 Lintang 34512\n\nINVOICE\n"
        "Nomor Invoice   : INV/2024/11\nTanggal         : 5 Maret 2024\n"
        "Jatuh Tempo     : 4 April 2024\nKepada          : Dinas Sosial Kabupaten Lintang\n\n"
        "1   Kertas   10   58.000\n"
    )
    assert facts(text)["recipient"] == ["Dinas Sosial Kabupaten Lintang"]
