"""What filing digital letters costs: ``python bench/ingest.py [--letters 500] [--arsip CMD]``.

Makes one-page digital PDFs, files one (start-up), then all of them into the same archive, and
prints the CPU a letter beyond start-up, the peak resident memory of the parent process, and the
peak memory of all processes.
"""

from __future__ import annotations

import argparse
import json
import random
import shlex
import tempfile
from pathlib import Path

from tree import run

MONTHS = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September")
WORDS = (
    "sehubungan dengan pelaksanaan kegiatan penataan arsip di lingkungan pemerintah daerah kami "
    "mohon saudara menyampaikan laporan bulanan beserta lampiran selambatnya pada akhir bulan ini "
    "untuk menjadi perhatian dan dilaksanakan dengan penuh tanggung jawab terima kasih"
)


def letter(number: int) -> list[str]:
    """The lines of a fictional letter; the same number gives the same letter."""
    pick = random.Random(number)
    words = WORDS.split()
    body = [" ".join(pick.choices(words, k=12)).capitalize() for _ in range(14)]
    day, month = pick.randint(1, 28), pick.choice(MONTHS)
    return [
        "PEMERINTAH KABUPATEN TIRTASARI",
        "DINAS KEARSIPAN DAN PERPUSTAKAAN",
        "Jalan Kenanga Nomor 7 Tirtasari 54321",
        "",
        f"Tirtasari, {day} {month} 2024",
        f"Nomor    : 045/{number}/Diskar/2024",
        "Sifat    : Biasa",
        "Lampiran : -",
        f"Hal      : Permintaan Laporan {pick.choice(words).capitalize()}",
        "",
        "Yth. Camat se-Kabupaten Tirtasari",
        "di Tempat",
        "",
        *body,
        "",
        "KEPALA DINAS,",
        "",
        "Drs. SUTRISNO HADI, M.Si.",
    ]


def pdf(lines: list[str]) -> bytes:
    """A minimal one-page PDF with these lines."""
    shown = "".join(f"({line.replace('(', ' ').replace(')', ' ')}) Tj T*\n" for line in lines)
    stream = f"BT /F 11 Tf 60 780 Td 15 TL\n{shown}ET".encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            b"/Resources << /Font << /F 5 0 R >> >> >>"
        ),
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
    ]
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        start,
    )
    return bytes(out)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=500)
    parser.add_argument("--arsip", default="arsip")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        first, rest = work / "first", work / "rest"
        for folder in (first, rest):
            folder.mkdir()
        (first / "0.pdf").write_bytes(pdf(letter(0)))
        for number in range(1, asked.letters + 1):
            (rest / f"{number:05d}.pdf").write_bytes(pdf(letter(number)))
        arsip = [*shlex.split(asked.arsip), "--archive", str(work / "archive")]
        run([*arsip, "init"])
        start_up = run([*arsip, "ingest", str(first)])
        cost = run([*arsip, "ingest", str(rest)])
        print(
            json.dumps(
                {
                    "letters": asked.letters,
                    "start_up_cpu_s": round(start_up.cpu, 3),
                    "cpu_ms_a_letter": round(1000 * (cost.cpu - start_up.cpu) / asked.letters, 1),
                    "wall_ms_a_letter": round(1000 * cost.wall / asked.letters, 1),
                    "parent_peak_mb": cost.parent_mb,
                    "tree_peak_mb": cost.tree_mb,
                }
            )
        )


if __name__ == "__main__":
    main()
