"""Letters of offices with habits of their own, drawn for bench/learning.py: text, PDF and truth.

A letter is a list of lines, each a list of (column, text) on a grid of characters. Every value is
drawn anew for each letter; offices and people are invented.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass, field

# fmt: off
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September",
    "Oktober", "November", "Desember",
)
ENGLISH = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
THINGS = (
    "Bibit", "Pagar", "Saluran", "Gudang", "Timbangan", "Jembatan", "Mesin", "Kursi", "Taman",
    "Perahu", "Lampu", "Papan",
)
DEEDS = (
    "Pengadaan", "Perbaikan", "Peminjaman", "Pemeriksaan", "Penyerahan", "Pendataan", "Pengecatan",
    "Penataan",
)
WHERE = (
    "Sayap Utara", "Sayap Selatan", "Tahap Awal", "Tahap Akhir", "Wilayah Timur", "Wilayah Barat",
)
# fmt: on

Line = list[tuple[int, str]]


@dataclass
class Drawn:
    """A drawn letter and the truth about it.

    Attributes:
        truth: field -> value; None: it cannot be read from the page.
        typed: field -> value that a person types besides what is wrong: arsip cannot read it, or
            was right.
    """

    lines: list[Line]
    truth: dict[str, str | None]
    typed: dict[str, str] = field(default_factory=dict)


class Pen:
    """Draws values that no two letters share."""

    def __init__(self, seed: str) -> None:
        self.chance = random.Random(seed)

    def day(self) -> dt.date:
        """A day of 2024."""
        return dt.date(2024, 1, 3) + dt.timedelta(days=self.chance.randrange(300))

    def near(self, day: dt.date, least: int, most: int) -> dt.date:
        """A day so many days after another."""
        return day + dt.timedelta(days=self.chance.randint(least, most))

    def count(self) -> int:
        """A running number."""
        return self.chance.randint(11, 989)

    def about(self) -> str:
        """What a letter is about."""
        deed, thing, where = (self.chance.choice(words) for words in (DEEDS, THINGS, WHERE))
        return f"{deed} {thing} {where}"


def said(day: dt.date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def figures(day: dt.date) -> str:
    return f"{day:%d-%m-%Y}"


def body(pen: Pen, day: dt.date) -> list[Line]:
    cited, meeting = pen.near(day, -40, -9), pen.near(day, 5, 20)
    return [
        [(0, "Dengan hormat,")],
        [(0, f"Menunjuk surat Saudara Nomor {pen.count()}/TU/{cited.year} tanggal {said(cited)},")],
        [(0, "bersama ini kami sampaikan bahwa kegiatan tersebut akan dibahas pada")],
        [(0, f"hari kerja tanggal {said(meeting)} pukul 09.00 di ruang rapat.")],
        [(0, "Demikian disampaikan, atas perhatian Saudara kami ucapkan terima kasih.")],
        [],
    ]


def more(pen: Pen) -> list[Line]:
    """Lines that some letters have, so that no place is a matter of counting lines."""
    sheets = f"Lampiran : {pen.chance.randint(1, 9)} lembar"
    return pen.chance.sample([[(0, "Sifat : Biasa")], [(0, sheets)]], pen.chance.randint(0, 2))


def to() -> list[Line]:
    return [[(0, "Kepada Yth.")], [(0, "Kepala Bagian Umum")], [(0, "di Tempat")], []]


def sign(title: str, name: str) -> list[Line]:
    return [[(44, f"{title},")], [], [], [(44, name)]]


def cooperative(pen: Pen) -> Drawn:
    """Number behind a label of its own, a member's number first behind the usual one."""
    day, about = pen.day(), pen.about()
    label = pen.chance.choice(("Reg. Naskah", "Reg. Naskah", "Reg. Nsk."))
    number = f"{pen.count():03}/KSU-MJ/{ROMAN[day.month - 1]}/{day.year}"
    lines: list[Line] = [
        [(14, "KOPERASI SERBA USAHA MELATI JINGGA")],
        [(18, "Jalan Kenanga 8, Telp. 0266-777120")],
        [],
        [(0, f"Nomor : {pen.count()}/AGT/{day.year - pen.chance.randint(3, 9)}")],
        [(0, f"{label} : {number}"), (52, f"Melatiwangi, {said(day)}")],
        *more(pen),
        [(0, f"Hal : {about}")],
        [],
        *to(),
        *body(pen, day),
        *sign("Ketua", "Rusmana Jati"),
    ]
    return Drawn(lines, {"letter_number": number, "date": day.isoformat(), "subject": about,
                         "sender": "Koperasi Serba Usaha Melati Jingga"})  # fmt: skip


def foundation(pen: Pen) -> Drawn:
    """Its own day at the foot, another one beside a place at the head."""
    day, about = pen.day(), pen.about()
    number = f"{pen.count()}/YPR/{ROMAN[day.month - 1]}/{day.year}"
    lines: list[Line] = [
        [(20, "YAYASAN PELITA RANDUALAS")],
        [(20, "Jalan Randu 21 Randualas")],
        [],
        [(0, f"Nomor : {number}"), (48, f"Gedung Serbaguna, {said(pen.near(day, -28, -3))}")],
        *more(pen),
        [(0, f"Perihal : {about}")],
        [],
        *to(),
        *body(pen, day),
        *sign("Ketua Pengurus", "Sulastri Wening"),
        [],
        [(0, f"Naskah ditulis : {said(day)}")],
    ]
    return Drawn(lines, {"letter_number": number, "date": day.isoformat(), "subject": about,
                         "sender": "Yayasan Pelita Randualas"})  # fmt: skip


def trader(pen: Pen) -> Drawn:
    """English, with the other side's reference first and a file number of its own."""
    day, about = pen.day(), pen.about()
    number = f"ATP/{pen.count():04}/{day.year % 100}"
    lines: list[Line] = [
        [(0, "PT ARUNIKA TIMBANGAN PRIMA")],
        [(0, "17 Harbour Street, phone 031-889100")],
        [],
        [(0, f"Ref : {pen.count()}/LOG/{ROMAN[day.month - 2]}/{day.year}")],
        [(0, f"File with us : {number}")],
        [(0, f"{ENGLISH[day.month - 1]} {day.day}, {day.year}")],
        [],
        [(0, "The Head of General Affairs")],
        [],
        [(0, "Dear Sir,")],
        [(0, f"Subject : {about}")],
        [(0, "We thank you for your letter and are pleased to confirm that the goods will")],
        [(0, "be delivered to your warehouse as agreed, no later than next month.")],
        [(0, "Yours faithfully,")],
        [],
        [(0, "Harto Prakosa")],
        [(0, "Director")],
    ]
    return Drawn(lines, {"letter_number": number, "date": day.isoformat(), "subject": about,
                         "sender": "PT Arunika Timbangan Prima"})  # fmt: skip


def waterworks(pen: Pen) -> Drawn:
    """Two numbers and two days, the wrong ones first."""
    day, about = pen.day(), pen.about()
    number = f"600.1/{pen.count()}/PGR/{day.year}"
    lines: list[Line] = [
        [(16, "PEMERINTAH KABUPATEN TIRTAWENING")],
        [(24, "DINAS PENGAIRAN")],
        [(16, "Jalan Bendungan 3 Tirtawening 45199")],
        [],
        [(0, f"Nomor          : {pen.count()}/PGR-REG/{day.year}")],
        [(0, f"Nomor Induk    : {number}")],
        [(0, f"Tanggal        : {said(pen.near(day, -25, -2))}")],
        [(0, f"Hari Penetapan : {said(day)}")],
        *more(pen),
        [(0, f"Hal            : {about}")],
        [],
        *to(),
        *body(pen, day),
        *sign("Kepala Dinas", "Ir. Wahyu Sagara"),
    ]
    return Drawn(lines, {"letter_number": number, "date": day.isoformat(), "subject": about,
                         "sender": "Dinas Pengairan Kabupaten Tirtawening"})  # fmt: skip


def committee(pen: Pen) -> Drawn:
    """What it is about in a line of capitals, without a label."""
    day, about = pen.day(), pen.about()
    number = f"{pen.count()}/PPMS/{ROMAN[day.month - 1]}/{day.year}"
    lines: list[Line] = [
        [(18, "PANITIA PEMUGARAN MENARA SURYA")],
        [(20, "Jalan Menara 1 Suryapada")],
        [],
        [(0, f"Nomor : {number}"), (46, f"Suryapada, {said(day)}")],
        *more(pen),
        [],
        [(12, about.upper())],
        [],
        *to(),
        *body(pen, day),
        *sign("Ketua Panitia", "Darsono Pelangi"),
    ]
    return Drawn(lines, {"letter_number": number, "date": day.isoformat(),
                         "subject": about.upper(),
                         "sender": "Panitia Pemugaran Menara Surya"})  # fmt: skip


def nursery(pen: Pen) -> Drawn:
    """Labels of its own for all: what it is about behind Pokok, days in figures, two of them."""
    day, about = pen.day(), pen.about()
    number = f"SR-{pen.count()}.{day.month:02}.{day.year}"
    lines: list[Line] = [
        [(16, "BALAI PENYALUR BIBIT SEMAI RAYA")],
        [(20, "Jalan Pembibitan 44 Semairaya")],
        [],
        [(0, f"Kode Berkas : {number}")],
        [(0, f"Tanggal : {figures(pen.near(day, -20, -4))}")],
        [(0, f"Dikeluarkan : {figures(day)}")],
        *more(pen),
        [(0, f"Pokok Naskah : {about}")],
        [],
        *to(),
        *body(pen, day),
        *sign("Kepala Balai", "Tuti Rahmani"),
    ]
    return Drawn(lines, {"letter_number": number, "date": day.isoformat(), "subject": about,
                         "sender": "Balai Penyalur Bibit Semai Raya"})  # fmt: skip


def district(pen: Pen) -> Drawn:
    """Its number is written in by hand behind a printed prefix; the register's stands above."""
    day, about = pen.day(), pen.about()
    lines: list[Line] = [
        [(16, "PEMERINTAH KABUPATEN TIRTAWENING")],
        [(22, "KECAMATAN GIRILAYA")],
        [(18, "Jalan Raya Girilaya 10")],
        [],
        [(0, f"No : {pen.count()}/R/{day.year}"), (48, f"Girilaya, {said(day)}")],
        [(0, f"Naskah Nomor : 005/        /Kec.GL/{day.year}")],
        *more(pen),
        [(0, f"Pokok Surat : {about}")],
        [],
        *to(),
        *body(pen, day),
        *sign("Camat", "Bambang Lesmana"),
    ]
    return Drawn(lines, {"letter_number": None, "date": day.isoformat(), "subject": about,
                         "sender": "Kecamatan Girilaya"},
                 {"letter_number": f"005/{pen.count()}/Kec.GL/{day.year}"})  # fmt: skip


def builder(pen: Pen) -> Drawn:
    """A mark in the letterhead where people know it by its full name; values below their labels."""
    day, about = pen.day(), pen.about()
    number = f"{pen.count()}/KBL-DIR/{day.year}"
    lines: list[Line] = [
        [(26, "KARSABUANA GROUP")],
        [(16, "Membangun Bersama Negeri Tercinta")],
        [],
        [(0, "Berkas"), (30, "Ditulis"), (56, "Dicetak")],
        [(0, number), (30, figures(day)), (56, figures(pen.near(day, 1, 6)))],
        [],
        *more(pen),
        [(0, f"Hal : {about}")],
        [],
        *to(),
        *body(pen, day),
        *sign("Direktur", "Gunawan Setra"),
    ]
    return Drawn(lines, {"letter_number": number, "date": day.isoformat(), "subject": about,
                         "sender": "CV Karsa Buana Lestari"})  # fmt: skip


def school(pen: Pen) -> Drawn:
    """No habit at all, as most letters are; a person confirms its number."""
    day, about = pen.day(), pen.about()
    number = f"421.3/{pen.count()}/SMPN2/{day.year}"
    lines: list[Line] = [
        [(16, "PEMERINTAH KABUPATEN TIRTAWENING")],
        [(16, "SMP NEGERI 2 TIRTAWENING")],
        [(16, "Jalan Pelajar 2 Tirtawening")],
        [],
        [(0, f"Nomor : {number}"), (46, f"Tirtawening, {said(day)}")],
        [(0, "Sifat : Biasa")],
        *more(pen),
        [(0, f"Hal : {about}")],
        [],
        *to(),
        *body(pen, day),
        *sign("Kepala Sekolah", "Dra. Endang Kirana"),
    ]
    return Drawn(lines, {"letter_number": number, "date": day.isoformat(), "subject": about,
                         "sender": "SMP Negeri 2 Tirtawening"},
                 {"letter_number": number})  # fmt: skip


ODD: tuple[Callable[[Pen], Drawn], ...] = (
    cooperative, foundation, trader, waterworks, committee, nursery, district, builder,
)  # fmt: skip


def as_text(drawn: Drawn) -> bytes:
    """The letter as a plain text file."""
    rows = []
    for line in drawn.lines:
        row = ""
        for column, text in line:
            row = f"{row:<{column}}{text}"
        rows.append(row)
    return ("\n".join(rows) + "\n").encode()


def as_pdf(drawn: Drawn) -> bytes:
    """The letter as a PDF with words of its own, each piece where its column is."""
    parts = ["BT /F 10 Tf"]
    for at, line in enumerate(drawn.lines):
        for column, text in line:
            plain = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
            parts.append(f"1 0 0 1 {60 + column * 6} {790 - at * 14} Tm ({plain}) Tj")
    content = "\n".join([*parts, "ET"])
    fonts = "/Resources << /Font << /F 5 0 R >> >>"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R {fonts} >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
    ]
    out, places = "%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{one}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    return (
        f"{out}xref\n0 {size}\n0000000000 65535 f \n{table}"
        f"trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    ).encode()
