"""How much CPU finding takes in an archive of many pages.

    python bench/search.py [--pages 10000] [--archive DIR] [--seed 7]

Builds an archive of made-up letters (kept in --archive when given), asks it some hundred queries
from rare words to words on half of all pages, and times `arsip search WORD` as a whole process
against `python -c pass`. CPU seconds of user and system; medians and 95th percentiles.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

from arsip.archive import catalog
from arsip.archive.cards import Card
from arsip.archive.query import parse
from arsip.archive.search import search
from arsip.archive.store import Archive
from arsip.model import Entry, Finding, Letter

TODAY = dt.date(2024, 3, 15)
FILED = dt.datetime(2024, 3, 15, 8, tzinfo=dt.UTC)
WORDS_A_PAGE = 250
PAGES_A_LETTER = (1, 1, 1, 2, 2, 3)

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
OFFICES = ("Dinas Pendidikan", "Dinas Kesehatan", "Sekretariat Daerah", "BKPSDM", "Bappeda",
           "Inspektorat", "Kecamatan Sukamaju", "Desa Mekarsari", "RSUD")  # fmt: skip
SECRET_SHARE = 0.01


def vocabulary(dice: random.Random, size: int) -> list[str]:
    """Words from the most to the least used: function words, derived words, names of places."""
    derived = [p + root + s for root in ROOTS.split() for p in PREFIXES for s in SUFFIXES]
    dice.shuffle(derived)
    words = dict.fromkeys([*COMMON.split(), *derived])
    while len(words) < size:
        words["".join(dice.choices(SYLLABLES, k=dice.randint(2, 5)))] = None
    return list(words)[:size]


def letters(
    dice: random.Random, words: list[str], pages: int
) -> Iterator[tuple[Letter, list[str]]]:
    """Letters with their pages' texts until there are so many pages."""
    weights = list(itertools.accumulate(1 / (rank + 2) for rank in range(len(words))))
    while pages > 0:
        count = min(dice.choice(PAGES_A_LETTER), pages)
        pages -= count
        day = dt.date(2016, 1, 4) + dt.timedelta(days=dice.randrange(2_900))
        office = dice.choice(OFFICES)
        sequence = dice.randint(1, 4_000)
        number = (
            f"{dice.choice(('005', '094', '421.2', '800'))}/{sequence}/{office[-4:]}/{day.year}"
        )
        subject = " ".join(dice.choices(words, cum_weights=weights, k=5)).capitalize()
        values = {
            "letter_number": number,
            "date": day,
            "subject": subject,
            "sender": office,
            "recipient": (dice.choice(OFFICES),),
            "sensitivity": "rahasia" if dice.random() < SECRET_SHARE else "biasa",
            "doc_type": dice.choice(("surat_dinas", "undangan", "surat_tugas")),
            "language": "id",
        }
        texts = [" ".join(dice.choices(words, cum_weights=weights, k=WORDS_A_PAGE))]
        texts[0] = f"{office}\nNomor : {number}\nHal : {subject}\n{texts[0]}"
        texts += [
            " ".join(dice.choices(words, cum_weights=weights, k=WORDS_A_PAGE))
            for _ in range(count - 1)
        ]
        findings = {name: (Finding(value, 0.9, "ocr"),) for name, value in values.items()}
        yield Letter(findings), texts


def build(path: Path, seed: int, pages: int) -> list[str]:
    """Writes the catalog; the vocabulary, most used first."""
    dice = random.Random(seed)
    words = vocabulary(dice, 40_000)
    if path.exists():
        return words
    Archive.create(path.parent, clock=lambda: FILED)
    connection = catalog.connect(path, wait=0)
    with catalog.changing(connection):
        for number, (letter, texts) in enumerate(letters(dice, words, pages), 1):
            catalog.put(connection, f"{number:064x}", [card(number, letter, texts)])
    connection.close()
    return words


def card(number: int, letter: Letter, texts: list[str]) -> Card:
    entry = Entry(
        id=number,
        digest=f"{number:064x}",
        state="filed",
        filed_at=FILED,
        source=f"scan{number}.pdf",
        original=Path("vault", f"{number:064x}", "original.pdf"),
        reading=None,
        pages=tuple(range(1, len(texts) + 1)),
        letter=letter,
    )
    return Card(entry, record="", texts=dict(enumerate(texts, 1)), shelf="")


def queries(words: list[str], seed: int) -> dict[str, list[str]]:
    """Name of a family -> its queries; words spread evenly over the logarithm of their rank."""
    dice = random.Random(seed + 1)

    def word() -> str:
        return words[int(len(words) ** dice.random()) - 1]

    return {
        "one word": [word() for _ in range(200)],
        "two words": [f"{word()} {word()}" for _ in range(200)],
        "two of the most common": [" ".join(dice.sample(words[:20], 2)) for _ in range(50)],
        "word and sender": [
            f"{word()} dari:{dice.choice(OFFICES)[-6:].strip()}" for _ in range(50)
        ],
        "word and month": [f"{word()} tanggal:2022-{dice.randint(1, 12):02}" for _ in range(50)],
        "phrase": [f'"{word()} {word()}"' for _ in range(50)],
        "prefix": [f"{word()[:4]}*" for _ in range(50)],
        "number part": [f"{dice.randint(1, 4000)}" for _ in range(50)],
        "number": [f"005/{dice.randint(1, 4000)}" for _ in range(50)],
        "either": [f"{word()} OR {word()}" for _ in range(50)],
        "without": [f"{word()} -{word()}" for _ in range(50)],
        "year alone": [f"date:{dice.randint(2016, 2023)}" for _ in range(20)],
    }


def answer_ms(connection: sqlite3.Connection, text: str) -> float:
    start = time.process_time()
    search(connection, parse(text, today=TODAY))
    return (time.process_time() - start) * 1_000


def engine(path: Path, words: list[str], seed: int) -> None:
    connection = sqlite3.connect(path)
    print(f"{'20 hits with snippets, CPU ms':32}{'median':>8}{'p95':>8}{'most':>8}")
    for family, typed in queries(words, seed).items():
        times = sorted(answer_ms(connection, text) for text in typed)
        p95 = times[int(len(times) * 0.95)]
        print(f"{family:32}{statistics.median(times):8.1f}{p95:8.1f}{times[-1]:8.1f}")


def process_ms(command: list[str], runs: int = 15) -> float:
    """Median CPU of whole processes."""
    times = []
    for _ in range(runs):
        before = getrusage(RUSAGE_CHILDREN)
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        after = getrusage(RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(times) * 1_000


def process(root: Path, words: list[str]) -> None:
    arsip = [str(Path(sys.executable).with_name("arsip")), "--archive", str(root)]
    bare = process_ms([sys.executable, "-c", "pass"])
    print(f"\n{'whole process, CPU ms':32}{'median':>8}{'x bare':>8}")
    print(f"{'python -c pass':32}{bare:8.1f}{1.0:8.1f}")
    for name, word in (
        ("rare", words[9_000]),
        ("on every tenth page", words[200]),
        ("common", words[1]),
    ):
        spent = process_ms([*arsip, "search", word])
        print(f"{f'arsip search, {name} word':32}{spent:8.1f}{spent / bare:8.1f}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--pages", type=int, default=10_000)
    options.add_argument("--archive", type=Path)
    options.add_argument("--seed", type=int, default=7)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = chosen.archive or Path(folder)
        root.mkdir(parents=True, exist_ok=True)
        path = root / "catalog.sqlite3"
        words = build(path, chosen.seed, chosen.pages)
        engine(path, words, chosen.seed)
        process(root, words)


if __name__ == "__main__":
    main()
