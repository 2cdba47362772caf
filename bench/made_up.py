"""Made-up letters of an Indonesian office, as many as an index is to be measured with.

Words follow Zipf's law: function words and words of offices first, then derived words, then names
and numbers. A page is cut from a long running text of such words and a few of its own, so that a
million pages take minutes. The vocabulary grows with the root of the text. Letters are filed about
in the order of their dates, one in ten out of it.
"""

from __future__ import annotations

import datetime as dt
import itertools
import random
from collections.abc import Iterator
from pathlib import Path

from arsip.archive import catalog, entering, tending
from arsip.archive.cards import Card
from arsip.archive.store import Archive
from arsip.model import Entry, Finding, Letter

FILED = dt.datetime(2024, 3, 15, 8, tzinfo=dt.UTC)
FIRST_DAY = dt.date(2016, 1, 4)
WORDS_A_PAGE = 240
PAGES_A_LETTER = (1, 1, 1, 2, 2, 3)
SECRET_SHARE = 0.01
IN_ORDER = 0.9

COMMON = """\
yang dan di untuk pada dengan dalam dari kepada ini tahun sebagai berikut nomor tanggal
kegiatan surat pelaksanaan daerah kabupaten tersebut serta akan dapat agar oleh tentang hal kami
saudara hari tempat acara pukul rapat peserta pemerintah dinas bupati camat desa kepala bidang
laporan anggaran data program sekolah kesehatan pendidikan undangan permohonan hormat terima kasih
demikian atas perhatian disampaikan dimohon kehadiran koordinasi pembahasan penyusunan dokumen
perencanaan pembangunan masyarakat bantuan pegawai jabatan tugas perjalanan stunting pemilihan
pengadaan barang jasa rekomendasi izin keterangan pengantar lampiran tembusan arsip"""
ROOTS = """\
ajar bangun buat cari catat cetak daftar dukung edar gabung ganti guna harap hitung ikut
isi jalan jawab kaji kelola kembang kendali kerja kirim kumpul laksana lapor latih layan lengkap
libat lindung mohon nilai olah pakai pantau periksa pilih proses pulang pusat rencana sampai
sedia selenggara serah sesuai setuju siap simpan susun tanam tanda terima tetap tingkat tindak
tugas tulis ubah uji undang urus wajib"""
PREFIXES = ("", "me", "di", "pe", "ber", "ter", "per", "ke", "se", "mem", "men", "peng")
SUFFIXES = ("", "kan", "an", "i", "nya", "annya", "kannya")
SYLLABLES = [c + v for c in "bcdfghjklmnprstwy" for v in "aeiou"]
OFFICES = (
    "Dinas Pendidikan", "Dinas Kesehatan", "Sekretariat Daerah", "BKPSDM", "Bappeda",
    "Inspektorat", "Kecamatan Sukamaju", "Desa Mekarsari", "RSUD", "Dinas Perhubungan",
    "Dinas Sosial", "Dinas Pertanian",
)  # fmt: skip
MARKS = ("{},", "{}.", "({})", "{}:", "{},", "{}.", "{};")
FOREIGN = ("“{}”", "{} \u2013", "• {}", "\u2018{}\u2019", "{}…", "{}é")
"""Signs that are no ASCII: what a program prints, or recognition sees in a smudge."""
MARKED, RARE = 7, 600
"""One word in so many has a mark, one has a sign that is no ASCII: a third of the pages."""
KINDS = ("surat_dinas", "surat_dinas", "undangan", "surat_tugas", "keputusan", "nota_dinas")


def vocabulary(dice: random.Random, size: int) -> list[str]:
    """Words from the most to the least used."""
    derived = [p + root + s for root in ROOTS.split() for p in PREFIXES for s in SUFFIXES]
    dice.shuffle(derived)
    words = dict.fromkeys([*COMMON.split(), *derived])
    while len(words) < size:
        words["".join(dice.choices(SYLLABLES, k=dice.randint(2, 5)))] = None
    return list(words)[:size]


class Press:
    """Prints letters, one after the other."""

    def __init__(self, seed: int, pages: int) -> None:
        self._dice = random.Random(seed)
        self._total = max(1, pages)
        self.words = vocabulary(self._dice, int(33 * (pages * WORDS_A_PAGE) ** 0.5))
        weights = list(itertools.accumulate(1 / (rank + 8) for rank in range(len(self.words))))
        length = min(max(pages * WORDS_A_PAGE // 20, 200_000), 8_000_000)
        self._text = self._dice.choices(self.words, cum_weights=weights, k=length)
        for signs, each in ((MARKS, MARKED), (FOREIGN, RARE)):
            for at in self._dice.sample(range(length), length // each):
                self._text[at] = self._dice.choice(signs).format(self._text[at])

    def _some(self, count: int) -> str:
        start = int(self._dice.random() * (len(self._text) - count))
        return " ".join(self._text[start : start + count])

    def _page(self) -> str:
        half = WORDS_A_PAGE // 2
        own = (self.words[int(self._dice.random() * len(self.words))] for _ in range(3))
        return f"{self._some(half)} {' '.join(own)}\n{self._some(half)}"

    def letter(self, number: int, count: int) -> Card:
        """A letter of so many pages as the catalog keeps it."""
        dice = self._dice
        through = (
            min(1.0, number * 1.67 / self._total) if dice.random() < IN_ORDER else dice.random()
        )
        day = FIRST_DAY + dt.timedelta(days=int(2_900 * through) + dice.randrange(10))
        office = dice.choice(OFFICES)
        code = dice.choice(("005", "094", "421.2", "800"))
        numbered = f"{code}/{dice.randint(1, 4_000)}/{office[-4:]}/{day.year}"
        subject = self._some(5).capitalize()
        values = {
            "letter_number": numbered, "date": day, "subject": subject, "sender": office,
            "recipient": (dice.choice(OFFICES),), "doc_type": dice.choice(KINDS), "language": "id",
            "sensitivity": "rahasia" if dice.random() < SECRET_SHARE else "biasa",
        }  # fmt: skip
        head = f"{office}\nNomor : {numbered}\nTanggal : {day}\nHal : {subject}\n"
        texts = {page: ("" if page > 1 else head) + self._page() for page in range(1, count + 1)}
        letter = Letter({name: (Finding(value, 0.9, "ocr"),) for name, value in values.items()})
        return card(number, letter, texts)

    def letters(self, pages: int, *, first: int = 1) -> Iterator[Card]:
        """Letters until there are so many pages."""
        for number in itertools.count(first):
            if pages <= 0:
                return
            count = min(self._dice.choice(PAGES_A_LETTER), pages)
            pages -= count
            yield self.letter(number, count)


def card(number: int, letter: Letter, texts: dict[int, str]) -> Card:
    digest = f"{number:064x}"
    entry = Entry(
        id=number,
        digest=digest,
        state="filed",
        filed_at=FILED,
        source=f"scan{number}.pdf",
        original=Path("vault", digest, "original.pdf"),
        reading=None,
        pages=tuple(texts),
        letter=letter,
    )
    return Card(entry, record="", texts=texts, shelf="")


def archive(root: Path, cards: Iterator[Card]) -> None:
    """An archive whose catalog holds these letters; its vault is empty."""
    Archive.create(root, clock=lambda: FILED)
    connection = catalog.connect(root / "catalog.sqlite3", wait=0)
    connection.execute("PRAGMA synchronous = OFF")
    with catalog.changing(connection), tending.later(connection):
        for one in cards:
            entering.put(connection, one.entry.digest, [one], learn=False)
    connection.close()
