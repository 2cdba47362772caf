"""What the readers of prose, copies and signatures make of real letters."""

from __future__ import annotations

import datetime as dt

import pytest

from arsip import fields
from arsip.letter.extract import extract
from arsip.letter.rows import rows_of
from arsip.model import Box, Letter, PageText, Word
from tests.letter.typed import END, KOP, NIP, REST, TODAY, facts, letter, page, read

# --- copies and signature ----------------------------------------------------------------------


def test_copies_lose_their_courtesy_town_and_noise() -> None:
    text = (
        letter()
        + END
        + (
            "                    Drs. BUDI\n\nTembusan :\n"
            "1, Yth. Bupati Lintang di Lintang (sebagai laporan);\n2. Kepala Badan Keuangan dan\n"
            "   Aset Daerah;\n3. Arsip.\nDokumen ini telah ditandatangani\n"
        )
    )
    assert facts(text)["copies_to"] == [
        "Bupati Lintang",
        "Kepala Badan Keuangan dan Aset Daerah",
        "Arsip",
    ]


def test_copies_may_stand_in_one_line_or_in_the_head_of_a_note() -> None:
    one = letter() + END + "                    Drs. BUDI\n\nTembusan ; Pj. Bupati Lintang\n"
    note = KOP + (
        "NOTA DINAS\nKepada : Camat\nDari : Sekretaris\nTembusan : Kepala A; Arsip\n"
        "Tanggal : 5 Maret 2024\nHal : Data\n\nBersama ini disampaikan data.\n"
    )
    assert facts(one)["copies_to"] == ["Pj. Bupati Lintang"]
    assert facts(note)["copies_to"] == ["Kepala A", "Arsip"]


def test_copies_keep_their_spread_words_and_leave_the_next_column() -> None:
    rows = ["1. Kepala    Dinas    Sosial              Lintang", " " * 60 + "CATATAN", "2. Arsip"]
    text = letter() + END + "                    Drs. BUDI\n\nTembusan :\n" + "\n".join(rows)
    assert facts(text)["copies_to"] == ["Kepala Dinas Sosial", "Arsip"]


def test_copies_whose_number_was_not_read_are_copies_of_their_own() -> None:
    rows = [
        "1. Ketua Pengurus Daerah di Lintang",
        "Koordinator Cabang Bukit",
        "yang membidangi",
        "3. Inspektorat",
        "Arsip",
    ]
    text = letter() + END + "                    Drs. BUDI\n\nTembusan :\n" + "\n".join(rows)
    assert facts(text)["copies_to"] == [
        "Ketua Pengurus Daerah",
        "Koordinator Cabang Bukit yang membidangi",
        "Inspektorat",
        "Arsip",
    ]


def test_copies_of_nobody_are_absent() -> None:
    assert "copies_to" not in facts(letter() + END + "     Drs. BUDI\n\nTembusan :\n")


def test_the_first_of_two_signers_is_the_author() -> None:
    text = letter() + (
        "Demikian, terima kasih.\n\nKetua Panitia                 Sekretaris\n\n"
        "RUDI HARTONO                  EKA SAPUTRA\n\nMengetahui,\nCamat Talang\n\nDrs. SUYATNO\n"
    )
    said = facts(text)
    assert (said["signatory"], said["signatory_title"]) == ("RUDI HARTONO", "Ketua Panitia")


def test_a_scribe_signs_beside_his_task() -> None:
    text = (
        KOP
        + "NOTULA\nRapat : Evaluasi\nHari/Tanggal : 5 Maret 2024\n\nSelesai.\nNotulis, RATNA DEWI\n"
    )
    assert facts(text)["signatory"] == "RATNA DEWI"


def test_a_balinese_name_keeps_its_first_letter() -> None:
    text = letter() + END + "                    | Made Suartana, S.H.\n" + NIP
    assert facts(text)["signatory"] == "I Made Suartana, S.H."


def test_a_name_covered_at_its_beginning_is_doubtful() -> None:
    text = letter() + END + "                                Manurung, S.H.\n" + NIP
    assert read(text).findings["signatory"][0].doubtful


def test_a_number_without_a_name_is_still_the_signers() -> None:
    text = letter() + END + NIP
    said = facts(text)
    assert said["signatory_id"] == "196407131990021001"
    assert "signatory" not in said


def test_under_the_hand_of_a_superior_without_his_line() -> None:
    text = letter() + (
        "Demikian, terima kasih.\n\n               u.b. Kepala Dinas Sosial\n"
        "               Sekretaris,\n\n"
        "               Wahyu Budi, S.E.\n"
    )
    said = facts(text)
    assert (said["on_behalf_of"], said["signatory_title"]) == ("Kepala Dinas Sosial", "Sekretaris")


def test_an_annex_does_not_sign() -> None:
    text = (
        letter()
        + END
        + "                    Drs. BUDI SANTOSA\n\fLAMPIRAN SURAT\n\n1. Camat\nDrs. LAIN ORANG\n"
    )
    assert facts(text)["signatory"] == "Drs. BUDI SANTOSA"


# --- dates and mentions ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "Rapat dilaksanakan pada hari Selasa, 12 Maret 2024 pukul 09.00.",
        "Menunjuk surat Saudara Nomor 005/1/X tanggal 1 Maret 2024.",
        "Data diterima paling lambat tanggal 1 Maret 2024.",
        "Kegiatan normal kembali pada tanggal 11 Maret 2024.",
        "Berdasarkan Undang-Undang Nomor 23 Tahun 2014 tanggal 30 September 2014.",
    ],
)
def test_a_day_in_the_prose_is_never_the_letters(line: str) -> None:
    text = (
        KOP + f"Nomor : 400.9/12/X\nHal : Data\n\nYth. Camat\ndi Tempat\n\nDengan hormat,\n{line}\n"
    )
    assert "date" not in facts(text)


def test_a_letter_of_tomorrow_is_of_another_year() -> None:
    assert "date" not in facts(
        letter(head="Nomor : 1/2/X         Lintang, 5 Maret 2031\nHal : A\n")
    )


def test_two_rival_dates_make_the_better_one_less_sure() -> None:
    head = "Nomor : 1/2/X        Lintang, 5 Maret 2024\nTanggal : 9 Maret 2024\nHal : A\n"
    found = read(letter(head=head)).findings["date"][0]
    assert found.confidence < 0.8


def test_a_deadline_without_a_year_follows_the_letter() -> None:
    rest = REST + "Mohon jawaban paling lambat tanggal 3 Januari.\n"
    assert facts(letter("Hal : A\n", rest=rest))["deadline"] == "2025-01-03"


def test_a_deadline_before_the_letter_is_none() -> None:
    rest = REST + "Tahun lalu paling lambat tanggal 3 Januari 2022.\n"
    assert "deadline" not in facts(letter("Hal : A\n", rest=rest))


def test_laws_and_the_letters_own_number_are_no_references() -> None:
    rest = REST + (
        "Menindaklanjuti surat Nomor 400.9/12/Dinsos/2024 tanggal 5 Maret 2024 dan\n"
        "Keputusan Bupati Nomor 188/45/2023 tanggal 4 Mei 2023 serta surat Nomor lisan.\n"
    )
    assert "references" not in facts(letter("Hal : A\n", rest=rest))


def test_an_event_of_days_without_a_clock_has_no_time() -> None:
    text = letter(
        "Hal : Undangan\n", rest=REST + "hari, tanggal : 12 Maret\npukul : siang\ntempat : Aula\n"
    )
    assert facts(text)["event"] == {"date": "2024-03-12", "time": None, "place": "Aula"}


def test_an_impossible_clock_is_no_time() -> None:
    text = letter("Hal : Undangan\n", rest=REST + "hari, tanggal : 12 Maret 2024\npukul : 29.75\n")
    assert facts(text)["event"]["time"] is None


def test_a_company_has_no_filing_code() -> None:
    assert "classification_code" not in facts(letter(kop="PT MAJU\n\n", head="Nomor : 005/12/X\n"))


# --- language and kind -------------------------------------------------------------------------


def test_a_letter_in_two_languages_is_mixed() -> None:
    text = letter(
        "Hal : A\n", rest=REST + "please note that this is for you and our office with the data\n"
    )
    assert facts(text)["language"] == "mixed"


def test_too_few_words_have_no_language_and_no_kind() -> None:
    assert facts("xyz abc") == {}


def test_a_summons_is_no_invitation() -> None:
    text = letter(
        "Hal : Panggilan Klarifikasi\n", rest=REST + "mengundang Saudara pukul 09.00 di Aula\n"
    )
    assert facts(text)["doc_type"] == "surat_dinas"


def test_a_lost_title_is_told_by_what_stands_below_it() -> None:
    note = (
        "Yth. : Camat Talang\nDari : Sekretaris\nTanggal : 5 Maret 2024\nHal : Data\n\n"
        "Disampaikan data.\n"
    )
    minutes = "Nomor : 1/2/X\n\nPada hari ini Selasa tanggal 5 Maret 2024 diadakan rapat.\n"
    assert facts(KOP + note)["doc_type"] == "nota_dinas"
    assert facts(KOP + minutes)["doc_type"] == "berita_acara"


def test_a_title_may_stand_beside_a_speck() -> None:
    assert facts("8                 BERITA ACARA\nNOMOR : 1/2/X\n")["doc_type"] == "berita_acara"


# --- pages -------------------------------------------------------------------------------------


def test_lines_of_two_columns_make_one_row() -> None:
    words = [("Nomor", 100, 200), (":", 200, 200), ("12/X/2024", 230, 200)]
    left = tuple(Word(text, Box(x, y, x + 70, y + 12)) for text, x, y in words)
    right = tuple(
        Word(text, Box(x, 201, x + 50, 213))
        for text, x in (("Lintang,", 640), ("5", 700), ("Maret", 720), ("2024", 780))
    )
    below = (Word("Hal", Box(100, 230, 140, 242)), Word(":", Box(200, 230, 204, 242)))
    rows = rows_of([PageText(1, (left, below, right))])
    assert [row.text for row in rows] == ["Nomor : 12/X/2024 Lintang, 5 Maret 2024", "Hal :"]


def test_a_later_page_of_a_scan_keeps_its_number() -> None:
    text = letter("Hal : A\n") + "\f" + END + "                    Drs. BUDI SANTOSA\n" + NIP
    found = read(text).findings
    assert found["signatory"][0].page == 2
    assert found["letter_number"][0].page == 1


def test_a_finding_tells_where_its_words_came_from() -> None:
    typed = read(letter()).findings["date"][0]
    assert typed.origin == "text"
    assert typed.value == dt.date(2024, 3, 5)
    assert read(letter()).first(fields.DATE_OF_LETTER) == dt.date(2024, 3, 5)
    scanned = page(letter(), engine="tesseract")
    again = extract([PageText(1, scanned.lines)], today=TODAY).findings["date"][0]
    assert again.origin == "ocr"


# --- names that a stamp or a scan spoilt -------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "date"),
    [("12/Dinsos/VIII/2025", "2025-08-12"), ("12/Dinsos/08/2025", "2025-08-12"),
     ("12/Dinsos/VII/2025", None), ("12/Dinsos/2025", None)],
)  # fmt: skip
def test_a_date_to_come_is_believed_when_the_number_is_of_its_month(
    number: str, date: str | None
) -> None:
    head = f"Nomor : {number}            Lintang, 12 Agustus 2025\n"
    assert facts(letter(head=head)).get("date") == date


def scanned(text: str, *, doubtful: frozenset[str] = frozenset()) -> Letter:
    """What a letter says when it comes off a scan; some of its words were hardly legible."""
    lines = tuple(
        tuple(Word(w.text, w.box, 0.3 if w.text in doubtful else 0.95) for w in line)
        for line in page(text).lines
    )
    read_off = [PageText(1, lines, origin="ocr", engine="tesseract 5.3.0")]
    return extract(read_off, today=TODAY)


@pytest.mark.parametrize(
    "name",
    ["S.Kom., M.T.", "Rinawati", "Dr. Rina", "Drs. H. Ri", "Ir. Rina Wi", "RinaYulianti, S.H."],
)
def test_a_name_of_which_a_part_is_seen_is_doubtful(name: str) -> None:
    finding = scanned(letter() + END + f"{' ' * 20}{name}\n{NIP}").findings["signatory"][0]
    assert finding.doubtful


@pytest.mark.parametrize(
    "name",
    ["Sutarno, S.H.", "Drs. A. RUSMAN", "R. Soekirman", "Rina Yulianti", "dr. Rina Tan, Sp.A."],
)
def test_a_short_name_that_is_whole_is_a_fact(name: str) -> None:
    finding = scanned(letter() + END + f"{' ' * 20}{name}\n{NIP}").findings["signatory"][0]
    assert (finding.value, finding.doubtful) == (name, False)


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        ("              DINSOS Rina Yulianti, S.H.", "Rina Yulianti, S.H."),
        (
            "                    Rina Yulianti, S.H.\n                    LINTANG",
            "Rina Yulianti, S.H.",
        ),
        ("                    Rina Yulianti\n                    LINTANG", "Rina Yulianti"),
        ("                    A Dr.   Rina Yulianti, S.H.", "Dr. Rina Yulianti, S.H."),
        ("                    AbduI RaSyid, S.H.", "Abdul Rasyid, S.H."),
        ("                    Rina Yulianti, \u00a7.H.", "Rina Yulianti, S.H."),
    ],
)
def test_what_a_stamp_put_beside_a_name_is_no_part_of_it(lines: str, name: str) -> None:
    found = scanned(f"{letter()}{END}{lines}\n{NIP}").findings["signatory"][0]
    assert (found.value, found.doubtful) == (name, False)


def test_a_scrawl_between_title_and_name_is_no_title() -> None:
    text = f"{letter()}{END}                 Ortar,\n                    Rina Yulianti, S.H.\n{NIP}"
    found = scanned(text, doubtful=frozenset({"Ortar,"})).findings
    assert found["signatory_title"][0].value == "KEPALA DINAS"


@pytest.mark.parametrize(
    ("month", "doubtful"), [("III", False), ("II", True), ("IV", False), ("IX", False)]
)
def test_a_month_one_stroke_off_that_of_the_letters_day_is_doubtful(
    month: str, *, doubtful: bool
) -> None:
    head = f"Nomor : 400.9/12/Dinsos/{month}/2024       Lintang, 5 Maret 2024\n"
    rest = "Yth. Camat Talang\n\nDengan hormat,\nrapat 6 Februari 2024, 3 April 2024, di aula.\n"
    finding = scanned(letter(head=head, rest=rest)).findings["letter_number"][0]
    assert finding.doubtful is doubtful


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("B-12/DINSOSNII/2024", "B-12/DINSOS/VII/2024"),
        ("B-12/DINSOSIVII/2024", "B-12/DINSOS/VII/2024"),
        ("B-12/DINSOSVII/2024", "B-12/DINSOS/VII/2024"),
        ("B-12/DINSOSIX/2024", "B-12/DINSOSIX/2024"),
        ("B-12/TPA-VII/2024", "B-12/TPA-VII/2024"),
    ],
)
def test_the_month_of_the_letters_day_is_parted_from_the_office(printed: str, value: str) -> None:
    head = f"Nomor : {printed}       Lintang, 5 Juli 2024\n"
    assert scanned(letter(head=head)).findings["letter_number"][0].value == value


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("190/UT.F3/111/2024", "190/UT.F3/III/2024"),
        ("190/UT.F3/11/2024", "190/UT.F3/11/2024"),
        ("B/111/2024", "B/111/2024"),
    ],
)
def test_strokes_read_as_ones_are_the_month_when_the_letters_day_says_so(
    printed: str, value: str
) -> None:
    head = f"Nomor : {printed}       Lintang, 5 Maret 2024\n"
    assert scanned(letter(head=head)).findings["letter_number"][0].value == value


@pytest.mark.parametrize(
    "number", ["601/SMPN 3/11/2024", "005/148/BPA-III/V/202", "4?1.3/94/DS.SKM"]
)
def test_a_number_with_a_blank_a_torn_year_or_a_sign_of_no_number_is_doubtful(number: str) -> None:
    head = f"Nomor : {number}\n"
    assert scanned(letter(head=head)).findings["letter_number"][0].doubtful
