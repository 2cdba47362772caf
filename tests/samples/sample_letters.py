"""Letters from one office to another: fictional regions, offices and people."""

from __future__ import annotations

import datetime as dt

from sample_blocks import Draft, Signer, copies, facts, hari, letterhead, signature, tanggal
from sample_sheet import F4, LEFT, Sheet

EDUCATION = ("PEMERINTAH KABUPATEN WANAJAYA", "DINAS PENDIDIKAN DAN KEBUDAYAAN")
EDUCATION_ADDRESS = (
    "Jalan Ki Ageng Suradilaga Nomor 14 Wanajaya 56714",
    "Telepon (0287) 441207, Laman disdikbud.wanajaya.example",
)
ASKING = ("400.3.1/1182/Disdikbud/2024", dt.date(2024, 3, 12))
"""Number and date of the letter that the reply cites."""


def asking() -> Draft:
    """A plain surat dinas: block on the left, date on the right of its first line."""
    sheet = Sheet("Serif", 12)
    number, day = ASKING
    letterhead(sheet, EDUCATION, EDUCATION_ADDRESS)
    sheet.put(375, f"Wanajaya, {tanggal(day)}")
    subject = "Permintaan Data Ruang Kelas Rusak Tahun 2024"
    sheet.rows(
        [("Nomor", number), ("Sifat", "Segera"), ("Lampiran", "1 (satu) berkas"), ("Hal", subject)],
        colon=130,
        right=360,
    )
    sheet.down(0.8)
    for row in ("Yth. Camat Rancabunga", "di", "    Rancabunga"):
        sheet.line(row)
    sheet.down(0.8)
    sheet.paragraph(
        "Dalam rangka penyusunan rencana rehabilitasi sarana pendidikan, kami mohon bantuan "
        "Saudara untuk menghimpun data ruang kelas yang rusak ringan, rusak sedang, dan rusak "
        "berat pada sekolah dasar di wilayah Kecamatan Rancabunga.",
        indent=36,
    )
    sheet.paragraph(
        "Data disusun menurut formulir terlampir, dilengkapi foto setiap ruang, dan kami harapkan "
        f"sudah diterima paling lambat hari {hari(dt.date(2024, 3, 22))} melalui Bidang Sarana "
        "dan Prasarana. Keterlambatan pengiriman akan menunda usulan anggaran perubahan.",
        indent=36,
    )
    sheet.paragraph("Atas perhatian dan kerja sama Saudara, kami ucapkan terima kasih.", indent=36)
    sheet.down(1.2)
    signature(
        sheet,
        Signer(
            ("Kepala Dinas Pendidikan", "dan Kebudayaan,"),
            "Drs. Wiratmo Hadikusuma, M.Pd.",
            ("Pembina Utama Muda", "NIP 19680914 199403 1 006"),
            seed=11,
        ),
    )
    copies(sheet, ["Bupati Wanajaya (sebagai laporan);", "Inspektur Kabupaten Wanajaya."])
    sender = "Dinas Pendidikan dan Kebudayaan Kabupaten Wanajaya"
    return Draft(
        sheet,
        facts(
            letter_number=number,
            date=day,
            subject=subject,
            sender=sender,
            recipient=["Camat Rancabunga"],
            urgency="segera",
            attachments="1 (satu) berkas",
            doc_type="surat_dinas",
            language="id",
        ),
    )


def reply() -> Draft:
    """The answer: cites number and date of the letter above before its own matter."""
    sheet = Sheet("Sans", 11)
    number, day = "400.3.1/087/Kec.Rcb", dt.date(2024, 3, 20)
    letterhead(
        sheet,
        ("PEMERINTAH KABUPATEN WANAJAYA", "KECAMATAN RANCABUNGA"),
        ("Jalan Raya Rancabunga Km. 7 Kode Pos 56752", "Pos-el kantor@rancabunga.example"),
    )
    sheet.put(380, f"Rancabunga, {tanggal(day)}")
    sheet.down(1.6)
    subject = "Penyampaian Data Ruang Kelas Rusak"
    sheet.rows(
        [
            ("Nomor", number),
            ("Sifat", "Biasa"),
            ("Lampiran", "12 (dua belas) lembar"),
            ("Perihal", subject),
        ],
        colon=130,
    )
    sheet.down(0.8)
    for row in (
        "Kepada",
        "Yth. Kepala Dinas Pendidikan dan Kebudayaan",
        "Kabupaten Wanajaya",
        "di -",
        "WANAJAYA",
    ):
        sheet.line(row)
    sheet.down(0.8)
    asked, asked_on = ASKING
    sheet.paragraph(
        f"Menindaklanjuti surat Saudara Nomor {asked} tanggal {tanggal(asked_on)} hal Permintaan "
        "Data Ruang Kelas Rusak Tahun 2024, bersama ini kami sampaikan data dari 14 sekolah dasar "
        "di Kecamatan Rancabunga sebagaimana terlampir.",
        indent=36,
    )
    sheet.paragraph(
        "Dari 96 ruang kelas yang diperiksa, 21 ruang rusak ringan, 9 ruang rusak sedang, dan 4 "
        "ruang rusak berat. Dua ruang di SD Negeri 3 Karangsoka tidak dapat dipakai lagi karena "
        "atapnya runtuh sebagian.",
        indent=36,
    )
    sheet.paragraph("Demikian kami sampaikan, atas perhatiannya diucapkan terima kasih.", indent=36)
    sheet.down(1.4)
    signature(
        sheet,
        Signer(
            ("CAMAT RANCABUNGA,",),
            "SRI LESTARINI, S.STP., M.A.P.",
            ("Pembina Tingkat I", "NIP. 19790227 199802 2 003"),
            seed=23,
        ),
    )
    return Draft(
        sheet,
        facts(
            letter_number=number,
            date=day,
            subject=subject,
            sender="Kecamatan Rancabunga Kabupaten Wanajaya",
            recipient=["Kepala Dinas Pendidikan dan Kebudayaan Kabupaten Wanajaya"],
            sensitivity="biasa",
            urgency="biasa",
            attachments="12 (dua belas) lembar",
            doc_type="surat_dinas",
            language="id",
        ),
    )


def long_letter() -> Draft:
    """Two pages from a provincial office; the signature is on the second."""
    sheet = Sheet("Serif", 12, F4, spacing=1.85)
    number, day = "B-218/BPAD/IX/2023", dt.date(2023, 9, 4)
    letterhead(
        sheet,
        ("PEMERINTAH PROVINSI TANJUNG KENCANA", "BADAN PERPUSTAKAAN DAN ARSIP DAERAH"),
        ("Jalan Diponegara Nomor 3 Kota Banyuarum 41216 Telepon (0264) 330918",),
    )
    subject = "Jadwal Pengawasan Kearsipan Internal Semester II Tahun 2023"
    sheet.put(375, f"Banyuarum, {tanggal(day)}")
    sheet.rows(
        [
            ("Nomor", number),
            ("Sifat", "Penting"),
            ("Lampiran", "1 (satu) lembar"),
            ("Hal", subject),
        ],
        colon=130,
        right=355,
    )
    sheet.down(0.8)
    for row in (
        "Yth.",
        "1. Kepala Dinas Kesehatan;",
        "2. Kepala Dinas Perhubungan;",
        "3. Kepala Biro Umum Sekretariat Daerah",
        "di Banyuarum",
    ):
        sheet.line(row)
    sheet.down(0.8)
    for text in (
        (
            "Berdasarkan program kerja pengawasan kearsipan yang telah ditetapkan, kami akan "
            "melakukan pengawasan kearsipan internal pada perangkat daerah Saudara. Pengawasan "
            "meliputi penciptaan, penggunaan, pemeliharaan, dan penyusutan arsip dinamis."
        ),
        "Sehubungan dengan itu, kami mohon Saudara menyiapkan:",
    ):
        sheet.paragraph(text, indent=36)
    sheet.numbered(
        [
            "daftar arsip aktif unit pengolah keadaan sampai dengan bulan Agustus 2023;",
            "daftar arsip inaktif yang disimpan di ruang simpan arsip beserta denah rak;",
            "salinan keputusan tentang klasifikasi keamanan dan akses arsip;",
            "berita acara pemindahan arsip dua tahun terakhir; dan",
            "seorang arsiparis atau pengelola arsip sebagai pendamping tim.",
        ],
        left=LEFT + 20,
        mark="{})",
    )
    for text in (
        (
            "Nilai pengawasan dihitung dari empat aspek dengan bobot yang sama. Perangkat daerah yang "
            "pada tahun sebelumnya memperoleh nilai di bawah 60 akan didampingi selama tiga hari, "
            "sedangkan yang lain selama satu hari kerja."
        ),
        (
            "Tim tidak menerima pemberian dalam bentuk apa pun. Seluruh biaya perjalanan dan "
            "penginapan ditanggung oleh anggaran Badan Perpustakaan dan Arsip Daerah."
        ),
        (
            "Hasil pengawasan disampaikan paling lambat empat belas hari kerja setelah kunjungan, dan "
            "menjadi bahan penilaian kinerja kearsipan tingkat provinsi."
        ),
        (
            "Perangkat daerah yang ruang simpan arsipnya sedang diperbaiki dapat meminta perubahan "
            "waktu satu kali, dengan surat yang diterima sebelum jadwal pertama dimulai."
        ),
    ):
        sheet.paragraph(text, indent=36)
    sheet.turn()
    sheet.centre("- 2 -", bold=False)
    sheet.down()
    sheet.paragraph("Kunjungan tim kami jadwalkan sebagai berikut:")
    for place, visit in (
        ("Dinas Kesehatan", dt.date(2023, 9, 18)),
        ("Dinas Perhubungan", dt.date(2023, 9, 20)),
        ("Biro Umum", dt.date(2023, 9, 26)),
    ):
        sheet.rows([(place, f"{hari(visit)}, pukul 09.00 WIB")], left=LEFT + 20, colon=205)
    sheet.down(0.6)
    sheet.paragraph(
        "Untuk keterangan lebih lanjut Saudara dapat menghubungi Bidang Pembinaan Kearsipan. Atas "
        "perhatian dan kerja sama Saudara, kami ucapkan terima kasih.",
        indent=36,
    )
    sheet.down(1.2)
    signature(
        sheet,
        Signer(
            ("a.n. KEPALA BADAN", "SEKRETARIS,"),
            "Ir. Bambang Sutedja, M.Si.",
            ("Pembina Tingkat I", "NIP 19690811 199503 1 002"),
            seed=31,
        ),
    )
    copies(sheet, ["Yth. Gubernur Tanjung Kencana;", "Yth. Sekretaris Daerah;", "Arsip."])
    return Draft(
        sheet,
        facts(
            letter_number=number,
            date=day,
            subject=subject,
            sender="Badan Perpustakaan dan Arsip Daerah Provinsi Tanjung Kencana",
            recipient=[
                "Kepala Dinas Kesehatan",
                "Kepala Dinas Perhubungan",
                "Kepala Biro Umum Sekretariat Daerah",
            ],
            sensitivity="biasa",
            urgency="penting",
            attachments="1 (satu) lembar",
            doc_type="surat_dinas",
            language="id",
        ),
    )


def received() -> Draft:
    """A letter with the stamp of the office that got it: the stamp's date is not the letter's."""
    sheet = Sheet("Carlito", 12)
    number, day = "UM.02.03/514/BPJ.4/2024", dt.date(2024, 7, 8)
    letterhead(
        sheet,
        ("BALAI PEMELIHARAAN JALAN WILAYAH IV", "SATUAN KERJA WANAJAYA"),
        ("Jalan Lingkar Selatan Nomor 88 Wanajaya 56719 Telepon (0287) 552010",),
    )
    sheet.put(400, f"Wanajaya, {tanggal(day)}")
    subject = "Pemberitahuan Penutupan Jembatan Kali Serut"
    sheet.rows(
        [("Nomor", number), ("Sifat", "Sangat Segera"), ("Lampiran", "-"), ("Hal", subject)],
        colon=130,
        right=390,
    )
    sheet.down(0.8)
    for row in ("Yth. Kepala Dinas Perhubungan Kabupaten Wanajaya", "di", "    Wanajaya"):
        sheet.line(row)
    sheet.down(0.8)
    sheet.paragraph(
        "Kami beritahukan bahwa Jembatan Kali Serut pada ruas jalan Wanajaya - Rancabunga akan "
        f"ditutup bagi semua kendaraan mulai hari {hari(dt.date(2024, 7, 15))} pukul 22.00 WIB "
        f"sampai dengan hari {hari(dt.date(2024, 7, 19))} pukul 05.00 WIB karena penggantian "
        "siar muai dan perbaikan lantai jembatan.",
        indent=36,
    )
    sheet.paragraph(
        "Kami mohon Saudara mengatur pengalihan lalu lintas melalui Jalan Pasar Lama serta "
        "memasang rambu sementara sekurang-kurangnya 500 meter sebelum kedua ujung jembatan.",
        indent=36,
    )
    sheet.paragraph("Atas bantuan Saudara kami ucapkan terima kasih.", indent=36)
    sheet.down(1.2)
    signature(
        sheet,
        Signer(
            ("Kepala Satuan Kerja,",), "Yohanes Tri Nugraha, S.T.", ("NIP 197706052005021001",), 41
        ),
    )
    top = sheet.y + 14
    sheet.box(LEFT, top, LEFT + 190, top + 62)
    sheet.y = top + 17
    for row in ("DITERIMA", "Tanggal : 11-07-2024", "Agenda No. : 1073"):
        sheet.line(row, LEFT + 12, bold=row == "DITERIMA")
    return Draft(
        sheet,
        facts(
            letter_number=number,
            date=day,
            subject=subject,
            sender="Balai Pemeliharaan Jalan Wilayah IV Satuan Kerja Wanajaya",
            recipient=["Kepala Dinas Perhubungan Kabupaten Wanajaya"],
            urgency="sangat_segera",
            doc_type="surat_dinas",
            language="id",
        ),
    )
