"""Invitations, a letter in English, and papers from villages and companies."""

from __future__ import annotations

import datetime as dt

from sample_blocks import BLUE, Draft, Signer, copies, facts, hari, letterhead, signature, tanggal
from sample_sheet import F4, LEFT, Sheet


def english() -> Draft:
    """A letter in English from a university's office of partnerships."""
    sheet = Sheet("Serif", 12)
    number, day = "77/UTK.R4/KS/2024", dt.date(2024, 2, 6)
    letterhead(
        sheet,
        ("UNIVERSITAS TANJUNG KENCANA", "OFFICE OF INTERNATIONAL PARTNERSHIPS"),
        ("12 Campus Road, Banyuarum 41220, Indonesia", "Phone +62 264 771155"),
    )
    sheet.line(f"{day.day} February {day.year}", 440)
    sheet.down(0.6)
    subject = "Visit to the Digital Archive Laboratory"
    sheet.rows([("Our ref", number), ("Subject", subject)], colon=130)
    sheet.down(0.8)
    for row in (
        "Dr. Helena Brandt",
        "Head of Collections",
        "Nordhaven Maritime Library",
        "Nordhaven",
    ):
        sheet.line(row)
    sheet.down(0.8)
    sheet.line("Dear Dr. Brandt,")
    sheet.down(0.5)
    for text in (
        (
            "Thank you for your letter of 15 January 2024 and for your interest in our programme for "
            "the preservation of harbour records. We would be glad to receive you and two of your "
            "colleagues at the Digital Archive Laboratory in the week of 22 April 2024."
        ),
        (
            "We suggest one day for the scanning workshop, one day for the description of charts and "
            "ship registers, and a public lecture in the afternoon of the third day. Accommodation on "
            "the campus can be arranged at no cost to your institution."
        ),
        (
            "Please let us know the names of the participants no later than 15 March 2024, so that we "
            "can prepare the letters of invitation that the visa office will ask for."
        ),
    ):
        sheet.paragraph(text)
        sheet.down(0.5)
    sheet.line("Yours sincerely,")
    sheet.scribble(LEFT + 6, sheet.y + 18, seed=53)
    sheet.down(3.2)
    sheet.line("Prof. Dr. Ratna Kusumadewi", bold=True)
    sheet.line("Director")
    return Draft(
        sheet,
        facts(
            letter_number=number,
            date=day,
            subject=subject,
            sender="Office of International Partnerships Universitas Tanjung Kencana",
            recipient=["Dr. Helena Brandt"],
            doc_type="surat_dinas",
            language="en",
        ),
    )


def invitation() -> Draft:
    """The regional tradition: the addressee in the right column beside the number block."""
    sheet = Sheet("Sans", 11, F4)
    number, day = "005/ 431 /Setda", dt.date(2024, 8, 1)
    letterhead(
        sheet,
        ("PEMERINTAH KABUPATEN WANAJAYA", "SEKRETARIAT DAERAH"),
        ("Jalan Alun-Alun Utara Nomor 1 Wanajaya 56711", "Telepon (0287) 440001"),
    )
    sheet.line(f"Wanajaya, {tanggal(day)}", 360)
    subject = "Undangan Rapat Persiapan Hari Jadi Kabupaten"
    sheet.down(0.4)
    top = sheet.y
    for row, x in (
        ("Kepada", 360),
        ("Yth. Para Kepala Perangkat Daerah", 340),
        ("Kabupaten Wanajaya", 360),
        ("di -", 360),
        ("W A N A J A Y A", 380),
    ):
        sheet.line(row, x)
    bottom, sheet.y = sheet.y, top
    sheet.rows(
        [("Nomor", number), ("Sifat", "Penting"), ("Lampiran", "-"), ("Perihal", subject)],
        colon=125,
        right=325,
    )
    sheet.y = max(bottom, sheet.y)
    sheet.down(1.2)
    sheet.paragraph(
        "Dalam rangka persiapan peringatan Hari Jadi ke-193 Kabupaten Wanajaya, dengan hormat "
        "kami mengharap kehadiran Saudara pada:",
        indent=36,
    )
    sheet.down(0.4)
    sheet.rows(
        [
            ("Hari", "Kamis"),
            ("Tanggal", tanggal(dt.date(2024, 8, 8))),
            ("Pukul", "09.30 WIB s.d. selesai"),
            ("Tempat", "Aula Adipati, Lantai 2 Sekretariat Daerah"),
            ("Acara", "Pembagian tugas panitia dan susunan acara"),
        ],
        left=LEFT + 36,
        colon=175,
    )
    sheet.down(0.4)
    sheet.paragraph(
        "Mengingat pentingnya acara tersebut, kehadiran Saudara tidak diwakilkan. Demikian untuk "
        "menjadi maklum dan dilaksanakan.",
        indent=36,
    )
    sheet.down(1.2)
    signature(
        sheet,
        Signer(
            ("a.n. BUPATI WANAJAYA", "SEKRETARIS DAERAH,"),
            "Drs. H. SUMARDJA, M.M.",
            ("Pembina Utama Madya", "NIP. 19660130 199103 1 004"),
            seed=61,
            ink=BLUE,
        ),
    )
    copies(sheet, ["Yth. Bupati Wanajaya (sebagai laporan);", "Yth. Wakil Bupati Wanajaya."])
    return Draft(
        sheet,
        facts(
            letter_number="005/431/Setda",
            date=day,
            subject=subject,
            sender="Sekretariat Daerah Kabupaten Wanajaya",
            recipient=["Para Kepala Perangkat Daerah Kabupaten Wanajaya"],
            urgency="penting",
            doc_type="undangan",
            language="id",
        ),
    )


def webinar() -> Draft:
    """A digital PDF from a ministry: everything left, the date at the right end of the line."""
    sheet = Sheet("Sans", 11, justified=False, title="Undangan Webinar")
    number, day = "B/903/TU.01.02/2024", dt.date(2024, 5, 13)
    letterhead(
        sheet,
        ("KEMENTERIAN PENGELOLAAN DOKUMEN NEGARA", "SEKRETARIAT JENDERAL"),
        ("Jalan Cempaka Wangi Kav. 20, Kota Banyuarum 41210",),
    )
    sheet.put(440, tanggal(day))
    subject = "Undangan Webinar Pengelolaan Arsip Digital"
    sheet.rows(
        [("Nomor", number), ("Sifat", "Biasa"), ("Lampiran", "Satu berkas"), ("Hal", subject)],
        colon=130,
        right=430,
    )
    sheet.down(0.8)
    for row in ("Yth. Sekretaris Daerah Kabupaten Wanajaya", "di Wanajaya"):
        sheet.line(row)
    sheet.down(0.8)
    event = dt.date(2024, 5, 21)
    for text in (
        (
            "Sebagai tindak lanjut penerapan aplikasi kearsipan umum, kami mengundang Saudara untuk "
            f"mengikuti webinar pada hari {hari(event)}, pukul 13.00 WIB s.d. 15.30 WIB, secara "
            "daring. Tautan pertemuan tercantum dalam lampiran surat ini."
        ),
        (
            "Setiap instansi menugaskan dua orang peserta. Konfirmasi kehadiran disampaikan paling "
            f"lambat tanggal {tanggal(dt.date(2024, 5, 17))}."
        ),
        "Atas perhatian Saudara, kami ucapkan terima kasih.",
    ):
        sheet.paragraph(text)
        sheet.down(0.4)
    sheet.down()
    signature(sheet, Signer(("Sekretaris Jenderal,",), "Marlina Simatupang"), x=340, scanned=False)
    copies(sheet, ["Menteri Pengelolaan Dokumen Negara."])
    return Draft(
        sheet,
        facts(
            letter_number=number,
            date=day,
            subject=subject,
            sender="Sekretariat Jenderal Kementerian Pengelolaan Dokumen Negara",
            recipient=["Sekretaris Daerah Kabupaten Wanajaya"],
            sensitivity="biasa",
            urgency="biasa",
            attachments="Satu berkas",
            doc_type="undangan",
            language="id",
        ),
    )


def secret() -> Draft:
    """A digital letter of secrecy Rahasia: lists and searches leave it out unless asked."""
    sheet = Sheet("Serif", 12, justified=False, title="R-041")
    number, day = "R-041/Insp/XI/2023", dt.date(2023, 11, 6)
    letterhead(
        sheet,
        ("PEMERINTAH KABUPATEN WANAJAYA", "INSPEKTORAT DAERAH"),
        ("Jalan Alun-Alun Selatan Nomor 6 Wanajaya 56711 Telepon (0287) 440377",),
    )
    sheet.put(380, f"Wanajaya, {day.day} Nopember {day.year}")
    subject = "Penyampaian Hasil Pemeriksaan Khusus"
    sheet.rows(
        [
            ("Nomor", number),
            ("Sifat", "Rahasia"),
            ("Lampiran", "1 (satu) bendel"),
            ("Hal", subject),
        ],
        colon=130,
        right=370,
    )
    sheet.down(0.8)
    for row in ("Yth. Bupati Wanajaya", "di", "    Wanajaya"):
        sheet.line(row)
    sheet.down(0.8)
    for text in (
        (
            "Bersama ini kami sampaikan hasil pemeriksaan khusus atas pengelolaan barang milik daerah "
            "pada gudang Bagian Umum. Pemeriksaan berlangsung sepuluh hari kerja."
        ),
        "Rekomendasi termuat dalam lampiran dan agar tidak disebarluaskan sebelum ditindaklanjuti.",
    ):
        sheet.paragraph(text)
        sheet.down(0.4)
    sheet.down()
    signature(
        sheet,
        Signer(
            ("INSPEKTUR,",),
            "Dra. Endah Purwaningrum, Ak.",
            ("Pembina Utama Muda", "NIP 19670419 199203 2 001"),
        ),
        scanned=False,
    )
    return Draft(
        sheet,
        facts(
            letter_number=number,
            date=day,
            subject=subject,
            sender="Inspektorat Daerah Kabupaten Wanajaya",
            recipient=["Bupati Wanajaya"],
            sensitivity="rahasia",
            attachments="1 (satu) bendel",
            doc_type="surat_dinas",
            language="id",
        ),
    )


def invoice() -> Draft:
    """A company's invoice, made by its book-keeping program."""
    sheet = Sheet("Carlito", 11, justified=False, title="Invoice")
    number, day = "INV/2024/03/0318", dt.date(2024, 3, 27)
    sheet.line("CV SINAR KERTAS MANDIRI", bold=True, size=16)
    sheet.line("Alat tulis kantor, mesin pemindai, dan jasa perbaikan", size=9.5)
    sheet.line("Jalan Pasar Lama Nomor 21 Wanajaya 56712 Telepon (0287) 448812", size=9.5)
    sheet.down(1.4)
    sheet.line("INVOICE", bold=True, size=18)
    sheet.down(0.4)
    sheet.rows(
        [
            ("Nomor Invoice", number),
            ("Tanggal", tanggal(day)),
            ("Jatuh Tempo", tanggal(dt.date(2024, 4, 26))),
            ("Kepada", "Dinas Perhubungan Kabupaten Wanajaya"),
        ],
        colon=160,
    )
    sheet.down(0.8)
    columns = (LEFT, 100.0, 340.0, 400.0, 480.0)
    goods = (
        ("No", "Uraian", "Jumlah", "Harga", "Nilai"),
        ("1", "Kertas HVS F4 70 gram (rim)", "40", "58.000", "2.320.000"),
        ("2", "Map gantung, isi 50 lembar", "12", "96.500", "1.158.000"),
        ("3", "Servis mesin pemindai", "1", "450.000", "450.000"),
    )
    for row in goods:
        for x, cell in zip(columns, row, strict=True):
            sheet.put(x, cell, bold=row is goods[0])
        sheet.down(1.3)
    for label, amount in (
        ("Subtotal", "3.928.000"),
        ("PPN 11%", "432.080"),
        ("Total", "4.360.080"),
    ):
        sheet.put(400, label, bold=label == "Total")
        sheet.put(480, amount, bold=label == "Total")
        sheet.down(1.2)
    sheet.down()
    sheet.paragraph(
        "Pembayaran melalui rekening 0140-01-77120-3 atas nama CV Sinar Kertas Mandiri."
    )
    sheet.down(2)
    sheet.line("Hormat kami,", 400)
    sheet.down(2.4)
    sheet.line("Lim Hendrawan", 400, bold=True)
    return Draft(
        sheet,
        facts(
            letter_number=number,
            date=day,
            sender="CV Sinar Kertas Mandiri",
            recipient=["Dinas Perhubungan Kabupaten Wanajaya"],
            doc_type="invoice",
            language="id",
        ),
    )


def village() -> Draft:
    """A village's certificate, for the small desk scanner at 200 dpi."""
    sheet = Sheet("Serif", 13)
    number, day = "470/118/33.91.07.2004/2024", dt.date(2024, 10, 2)
    letterhead(
        sheet,
        ("PEMERINTAH KABUPATEN WANAJAYA", "KECAMATAN RANCABUNGA", "DESA KARANGSOKA"),
        ("Jalan Balai Desa Nomor 2 Karangsoka 56752",),
    )
    sheet.centre("SURAT KETERANGAN", size=15)
    sheet.centre(f"Nomor : {number}", bold=False)
    sheet.down()
    sheet.paragraph("Yang bertanda tangan di bawah ini Kepala Desa Karangsoka menerangkan bahwa:")
    sheet.down(0.3)
    sheet.rows(
        [
            ("Nama", "Siti Maemunah"),
            ("Tempat/Tgl. Lahir", f"Wanajaya, {tanggal(dt.date(1987, 6, 14))}"),
            ("Pekerjaan", "Pedagang"),
            ("Alamat", "Dusun Krajan RT 02 RW 05 Desa Karangsoka"),
        ],
        left=LEFT + 30,
        colon=230,
    )
    sheet.down(0.3)
    sheet.paragraph(
        "adalah benar penduduk Desa Karangsoka dan memiliki usaha warung kelontong sejak tahun "
        "2016. Surat keterangan ini dibuat untuk persyaratan pinjaman koperasi.",
    )
    sheet.paragraph("Demikian surat keterangan ini dibuat untuk dipergunakan seperlunya.")
    sheet.down(1.4)
    sheet.line(f"Karangsoka, {tanggal(day)}", 320)
    signature(sheet, Signer(("Kepala Desa Karangsoka,",), "SUGENG RIYADI", seed=71))
    return Draft(
        sheet,
        facts(
            letter_number=number,
            date=day,
            sender="Desa Karangsoka Kecamatan Rancabunga Kabupaten Wanajaya",
            doc_type="surat_keterangan",
            language="id",
        ),
    )


def payslip() -> Draft:
    """A paper behind a password: arsip sets it aside and says how to give the password."""
    sheet = Sheet("Sans", 11, justified=False, password="wanajaya-2024", title="Slip Gaji")
    sheet.centre("SLIP GAJI", size=14)
    sheet.down()
    sheet.rows([("Bulan", "Mei 2024"), ("Nama", "Sri Lestarini")], colon=160)
    return Draft(sheet, facts())
