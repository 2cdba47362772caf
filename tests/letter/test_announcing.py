"""What a letter announces of itself, and what its receiver put on it."""

from __future__ import annotations

import pytest

from arsip.letter.extract import extract
from tests.letter.typed import END, HEAD, KOP, NIP, REST, TODAY, facts, letter, pages, read

NAME = "                    Drs. BUDI SANTOSA\n"
FOOTER = (
    "\nDokumen ini telah ditandatangani secara elektronik menggunakan sertifikat elektronik\n"
    "yang diterbitkan oleh Balai Besar Sertifikasi Elektronik (BSrE), BSSN\n"
)

# --- electronic signature ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "foot",
    [
        FOOTER,
        "\nDokumen lni te1ah di tandatangani secara eiektronik dengan sertifikat elektronlk\n",
        "\nSurat ini sah dan tidak memerlukan tanda tangan basah\n",
        "\n[TTE]\n",
    ],
)
def test_a_footer_claims_an_electronic_signature(foot: str) -> None:
    assert facts(letter() + END + NAME + NIP + foot)["esigned"] == "claimed"


def test_prose_about_electronic_signatures_claims_none() -> None:
    rest = REST + "Dokumen ditandatangani secara elektronik dengan sertifikat elektronik BSrE.\n"
    assert "esigned" not in facts(letter(rest=rest) + END + NAME + NIP)


def test_a_signature_in_the_file_is_more_than_a_claim() -> None:
    text = letter() + END + NAME + NIP + FOOTER
    found = extract(pages(text), today=TODAY, signed=True).findings["esigned"][0]
    assert (found.value, found.origin) == ("signed", "rule")


# --- pages -------------------------------------------------------------------------------------


def test_a_letter_tells_how_many_pages_it_has() -> None:
    assert facts(letter() + END + NAME + "\nHalaman 1 dari 3\n")["pages_announced"] == 3


def test_attached_sheets_are_pages_too() -> None:
    said = facts(letter("Lampiran : 2 (dua) lembar\n") + END + NAME + NIP)
    assert said["pages_announced"] == 3
    assert "pages_announced" not in facts(letter("Lampiran : 2 (dua) berkas\n") + END + NAME + NIP)


# --- effect ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("terhitung mulai tanggal 1 April 2024 jam kerja berubah.", "2024-04-01"),
        ("kenaikan gaji TMT 1 April 2024 diberikan.", "2024-04-01"),
        ("Ketentuan ini berlaku sejak tanggal 2 April 2024.", "2024-04-02"),
        ("Surat ini mulai berlaku pada tanggal ditetapkan.", "2024-03-05"),
        ("Rapat berlaku hemat.", None),
    ],
)
def test_a_letter_tells_from_when_it_holds(sentence: str, day: str | None) -> None:
    text = letter(rest=f"{REST}{sentence}\n") + END + NAME + NIP
    assert facts(text).get("effective_from") == day


# --- what the receiver put on it ---------------------------------------------------------------


@pytest.mark.parametrize(
    "stamp",
    [
        "            DITERlMA TGL  18 MAR 2024\n            NO. AGENDA  2l4\n",
        "            TERIMA TGL: l8/O3/2O24\n            AGENDA 214\n",
        "        TELAH DITERIMA\n        Tanggal : 18 Maret 2024\n        No. Agenda: 214\n",
        "            SURAT MASUK No. 214 Tgl 18-3-24\n",
        "            Tgl. Terima : l8 Maret 2O24\n            No. Agenda : 214\n",
    ],
)
def test_a_stamp_tells_the_day_and_the_number_of_its_receipt(stamp: str) -> None:
    said = facts(letter("Hal : A\n", kop=KOP + stamp) + END + NAME + NIP)
    assert (said["received_date"], said["agenda_number"]) == ("2024-03-18", "214")
    assert said["direction"] == "masuk"
    assert said["date"] == "2024-03-05"
    assert said["sender"] == "Dinas Sosial Kabupaten Lintang"


def test_a_stamp_that_nobody_filled_in_tells_nothing() -> None:
    said = facts(
        letter("Hal : A\n", kop=KOP + "            Diterima tanggal ..........\n") + END + NAME
    )
    assert not {"received_date", "agenda_number", "direction"} & said.keys()


def test_a_letter_is_not_received_before_it_was_written() -> None:
    text = letter("Hal : A\n", kop=KOP + "            DITERIMA TGL 18 FEB 2024\n") + END + NAME
    assert read(text).findings["received_date"][0].doubtful


def test_the_day_of_receipt_is_kept_as_a_rival_of_the_letters_day() -> None:
    text = letter("Hal : A\n", kop=KOP + "            DITERIMA TGL 18 MAR 2024\n") + END + NAME
    rivals = read(text).findings["date"][1:]
    assert [(one.value.isoformat(), one.rule) for one in rivals] == [("2024-03-18", "received")]


def test_the_body_above_a_sender_is_kept() -> None:
    best, *rivals = read(letter() + END).findings["sender"]
    assert best.value == "Dinas Sosial Kabupaten Lintang"
    assert ("Pemerintah Kabupaten Lintang", "body_above") in {(r.value, r.rule) for r in rivals}


def test_a_stamp_of_secrecy_hides_a_letter_that_calls_itself_common() -> None:
    kop = KOP.replace("DINAS SOSIAL", "DINAS SOSIAL                                 RAHASIA")
    found = read(letter("Sifat : Biasa\n", kop=kop) + END)
    assert [one.value for one in found.findings["sensitivity"]] == ["biasa", "rahasia"]
    assert found.secret


# --- weekdays ----------------------------------------------------------------------------------


def test_a_misread_day_is_put_right_by_its_weekday() -> None:
    rest = (
        REST
        + "mengundang rapat\nhari/tanggal : Selasa, 72 Maret 2024\npukul : 09.00\ntempat : Aula\n"
    )
    wrong = REST.replace("data", "undangan") + (
        "Kami mengundang Saudara hadir pada\nhari/tanggal : Selasa, 18 Maret 2024\n"
        "pukul : 09.00 WIB\ntempat : Aula\n"
    )
    found = read(letter("Hal : Undangan\n", rest=wrong)).findings["event"][0]
    assert found.value.date == "2024-03-18"
    assert found.confidence < 0.8
    assert "event" not in facts(letter("Hal : A\n", rest=rest))


def test_a_day_before_which_a_letter_is_cited_cannot_be_after_it() -> None:
    rest = REST + "Menindaklanjuti surat Camat Nomor 005/12/Kec tanggal 9 Mei 2024 hal data.\n"
    assert read(letter(head=HEAD, rest=rest)).findings["references"][0].doubtful
