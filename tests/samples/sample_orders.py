"""Papers that instruct: nota dinas, surat tugas, surat edaran, keputusan; and a plain text."""

from __future__ import annotations

import datetime as dt

from sample_blocks import Draft, Signer, facts, hari, letterhead, signature, tanggal
from sample_sheet import F4, Sheet


def note() -> Draft:
    """A nota dinas: the table Kepada, Dari, Tanggal, Nomor, Hal."""
    sheet = Sheet("Sans", 11.5)
    number, day = "045.2/19/Umum", dt.date(2024, 5, 6)
    letterhead(
        sheet,
        ("PEMERINTAH KABUPATEN WANAJAYA", "DINAS PERHUBUNGAN"),
        ("Jalan Terminal Baru Nomor 5 Wanajaya 56713 Telepon (0287) 443190",),
    )
    sheet.centre("NOTA DINAS", size=14)
    sheet.down()
    subject = "Pemindahan Arsip Inaktif ke Ruang Simpan"
    sheet.rows(
        [
            ("Kepada", "Yth. Kepala Dinas Perhubungan"),
            ("Dari", "Kepala Subbagian Umum dan Kepegawaian"),
            ("Tanggal", tanggal(day)),
            ("Nomor", number),
            ("Sifat", "Biasa"),
            ("Lampiran", "2 (dua) lembar"),
            ("Hal", subject),
        ],
        colon=150,
    )
    sheet.rule(thick=0.8)
    sheet.down()
    for text in (
        (
            "Bersama ini kami laporkan bahwa 37 boks arsip tahun 2015 sampai dengan 2018 telah habis "
            "masa aktifnya dan siap dipindahkan ke ruang simpan. Daftar arsip terlampir."
        ),
        (
            f"Apabila Bapak berkenan, pemindahan dilaksanakan pada hari {hari(dt.date(2024, 5, 13))} "
            "dengan bantuan empat orang tenaga kebersihan dan satu unit kendaraan operasional."
        ),
        "Demikian disampaikan, mohon petunjuk lebih lanjut.",
    ):
        sheet.paragraph(text, indent=36)
    sheet.down(1.4)
    signature(
        sheet,
        Signer(
            ("Kepala Subbagian Umum", "dan Kepegawaian,"),
            "Nur Aisyah Rahmawati, S.E.",
            ("Penata Tingkat I", "NIP 19840512 200901 2 007"),
            seed=83,
        ),
    )
    return Draft(
        sheet,
        facts(
            letter_number=number,
            date=day,
            subject=subject,
            sender="Kepala Subbagian Umum dan Kepegawaian",
            recipient=["Kepala Dinas Perhubungan"],
            sensitivity="biasa",
            urgency="biasa",
            attachments="2 (dua) lembar",
            doc_type="nota_dinas",
            language="id",
        ),
    )


def duty() -> Draft:
    """A surat tugas: who goes where; its date stands above the signature."""
    sheet = Sheet("Serif", 12.5)
    number, day = "800.1.11.1/226/Dishub", dt.date(2024, 3, 8)
    letterhead(
        sheet,
        ("PEMERINTAH KABUPATEN WANAJAYA", "DINAS PERHUBUNGAN"),
        ("Jalan Terminal Baru Nomor 5 Wanajaya 56713 Telepon (0287) 443190",),
    )
    sheet.centre("SURAT TUGAS", size=15)
    sheet.centre(f"NOMOR {number}", bold=False)
    sheet.down()
    sheet.rows(
        [
            (
                "Dasar",
                (
                    "Surat Kepala Dinas Perhubungan Provinsi Tanjung Kencana Nomor 551/702/DP.2 "
                    f"tanggal {tanggal(dt.date(2024, 2, 27))} hal Uji Berkala Kendaraan."
                ),
            )
        ],
        colon=150,
    )
    sheet.down(0.6)
    sheet.centre("MENUGASKAN")
    sheet.down(0.4)
    sheet.rows(
        [
            ("Kepada", "1. Agus Prihantoro, A.Md."),
            ("", "NIP 19900317 201503 1 005"),
            ("", "2. Dewi Anggrahini, S.T."),
            ("", "NIP 19931122 201903 2 011"),
            (
                "Untuk",
                (
                    "Mengikuti pelatihan penguji kendaraan bermotor di Kota Banyuarum pada tanggal 12 "
                    "s.d. 14 Maret 2024."
                ),
            ),
        ],
        colon=150,
    )
    sheet.down(0.6)
    sheet.paragraph(
        "Surat tugas ini dilaksanakan dengan penuh tanggung jawab dan dilaporkan secara tertulis "
        "setelah pelatihan selesai."
    )
    sheet.down(1.2)
    sheet.line(f"Wanajaya, {tanggal(day)}", 320)
    signature(
        sheet,
        Signer(
            ("Kepala Dinas,",),
            "Ir. Totok Suhartanto, M.T.",
            ("Pembina Utama Muda", "NIP 19691005 199603 1 003"),
            seed=97,
        ),
    )
    return Draft(
        sheet,
        facts(
            letter_number=number,
            date=day,
            sender="Dinas Perhubungan Kabupaten Wanajaya",
            recipient=["Agus Prihantoro, A.Md.", "Dewi Anggrahini, S.T."],
            doc_type="surat_tugas",
            language="id",
        ),
    )


def circular() -> Draft:
    """A surat edaran as it leaves an old fax machine, in typewriter letters."""
    sheet = Sheet("Mono", 11, justified=False)
    sheet.y = 84.0
    number, day = "SE-12/DINKES/2023", dt.date(2023, 12, 18)
    for office in ("PEMERINTAH KABUPATEN WANAJAYA", "DINAS KESEHATAN"):
        sheet.centre(office)
    sheet.centre("Jalan Husada Nomor 10 Wanajaya 56715", bold=False)
    sheet.rule()
    sheet.down(1.4)
    sheet.centre("SURAT EDARAN")
    sheet.centre(f"NOMOR {number}", bold=False)
    sheet.down(0.4)
    sheet.centre("TENTANG", bold=False)
    sheet.down(0.4)
    sheet.centre("KESIAPSIAGAAN PUSKESMAS PADA MUSIM HUJAN")
    sheet.down(1.2)
    for row in ("Yth. Kepala Puskesmas se-Kabupaten Wanajaya", "di Tempat"):
        sheet.line(row)
    sheet.down(0.8)
    sheet.paragraph("Menghadapi puncak musim hujan, agar Saudara melaksanakan hal-hal berikut:")
    sheet.down(0.3)
    sheet.numbered(
        [
            (
                "memeriksa persediaan obat diare, obat kulit, dan oralit sekurang-kurangnya untuk "
                "empat belas hari;"
            ),
            "menyiapkan satu tim gerak cepat dan satu kendaraan;",
            "melaporkan kejadian luar biasa dalam waktu 24 jam; dan",
            "membersihkan saluran air di sekitar gedung setiap hari Jumat.",
        ]
    )
    sheet.paragraph("Demikian untuk dilaksanakan.")
    sheet.down(1.4)
    for row in (
        "Ditetapkan di Wanajaya",
        f"pada tanggal {tanggal(day)}",
        "KEPALA DINAS KESEHATAN,",
    ):
        sheet.line(row, 300)
    sheet.down(2.8)
    for row in ("dr. HARTINI SOEMARNO, M.Kes.", "NIP. 19700228 200003 2 002"):
        sheet.line(row, 300)
    return Draft(
        sheet,
        facts(
            letter_number=number,
            date=day,
            subject="Kesiapsiagaan Puskesmas pada Musim Hujan",
            sender="Dinas Kesehatan Kabupaten Wanajaya",
            recipient=["Kepala Puskesmas se-Kabupaten Wanajaya"],
            doc_type="surat_edaran",
            language="id",
        ),
    )


def decree() -> Draft:
    """A keputusan: Menimbang, Mengingat, MEMUTUSKAN; its date is below, after Ditetapkan di."""
    sheet = Sheet("Serif", 12, F4)
    number, day = "188.4/57 TAHUN 2024", dt.date(2024, 1, 15)
    sheet.crest(x=sheet.paper[0] / 2, y=66)
    sheet.y = 110.0
    for row in ("BUPATI WANAJAYA", "KEPUTUSAN BUPATI WANAJAYA"):
        sheet.centre(row, size=13)
    sheet.centre(f"NOMOR {number}", bold=False)
    sheet.down(0.3)
    sheet.centre("TENTANG", bold=False)
    sheet.down(0.3)
    sheet.centre("PEMBENTUKAN TIM PENYELAMATAN ARSIP DAERAH")
    sheet.down(0.3)
    sheet.centre("BUPATI WANAJAYA,")
    sheet.down(0.8)
    wide = {"colon": 150.0}
    sheet.rows(
        [
            (
                "Menimbang",
                (
                    "bahwa arsip yang bernilai guna sejarah perlu diselamatkan dari kerusakan dan "
                    "kehilangan akibat bencana;"
                ),
            ),
            ("Mengingat", "Undang-Undang Nomor 43 Tahun 2009 tentang Kearsipan;"),
        ],
        **wide,
    )
    sheet.down(0.5)
    sheet.centre("MEMUTUSKAN:")
    sheet.down(0.4)
    sheet.rows(
        [
            (
                "KESATU",
                (
                    "Membentuk Tim Penyelamatan Arsip Daerah dengan susunan sebagaimana tercantum "
                    "dalam Lampiran Keputusan ini."
                ),
            ),
            (
                "KEDUA",
                (
                    "Tim bertugas mendata, mengevakuasi, dan memulihkan arsip, serta melaporkan "
                    "hasilnya kepada Bupati melalui Sekretaris Daerah setiap tiga bulan."
                ),
            ),
            (
                "KETIGA",
                (
                    "Keputusan ini mulai berlaku pada tanggal ditetapkan, dengan ketentuan segala "
                    "biaya dibebankan pada anggaran pendapatan dan belanja daerah."
                ),
            ),
        ],
        **wide,
    )
    sheet.down(1.2)
    for row in ("Ditetapkan di Wanajaya", f"pada tanggal {tanggal(day)}"):
        sheet.line(row, 340)
    signature(sheet, Signer(("BUPATI WANAJAYA,",), "R. ADIWIJAYA KUSUMAH", seed=101), x=340)
    return Draft(
        sheet,
        facts(
            letter_number=number,
            date=day,
            subject="Pembentukan Tim Penyelamatan Arsip Daerah",
            sender="Bupati Wanajaya",
            doc_type="keputusan",
            language="id",
        ),
    )


MEMO_FACTS = facts(
    letter_number="19/MD/KOP-WJ/2024",
    date=dt.date(2024, 6, 5),
    subject="Penggantian Kunci Lemari Arsip",
    sender="Ketua Koperasi",
    recipient=["Pengelola Arsip"],
    doc_type="memorandum",
    language="id",
)
MEMO = f"""KOPERASI PEGAWAI WANAJAYA

MEMORANDUM
Nomor : 19/MD/KOP-WJ/2024

Kepada  : Pengelola Arsip
Dari    : Ketua Koperasi
Tanggal : 5 Juni 2024
Hal     : Penggantian Kunci Lemari Arsip

Kunci lemari arsip nomor 3 dan 4 diganti pada hari {hari(dt.date(2024, 6, 10))}. Harap seluruh
berkas dipindahkan sementara ke lemari nomor 1 sebelum hari tersebut.

Ketua,

Murtiningsih
"""
"""A letter that was typed as plain text and never printed."""
