"""Makes tests/archive/golden: an archive of format 1, kept as it is for ever.

``python -m tests.archive.golden DIR`` makes one like it. The one that is kept is never made anew:
it proves that what was written by the first arsip is read by every later one.
"""

from __future__ import annotations

import datetime as dt
import shutil
import sys
from pathlib import Path

from arsip.fields import SENDER, SUBJECT
from tests.archive import keeping

KEPT = ("ARSIP.txt", "archive.toml", "vault", "ledger", "aside")
"""What counts of an archive; the rest can be made again."""


def make(root: Path) -> None:
    """Four letters: one corrected, one in the trash, one secret, one destroyed; a file aside."""
    with keeping.archive(root) as kept:
        keeping.file(
            kept,
            "Mohon hadir pada rapat koordinasi posyandu di balai desa",
            name="pindai 1.pdf",
            pages=2,
            layer=True,
            letter_number="400.7/12/Ds.Tirta",
            date=dt.date(2024, 3, 4),
            subject="Undangan Rapat Posyandu",
            sender="Desa Tirtawangi",
            recipient=("Ketua RW 01", "Ketua RW 02"),
            doc_type="undangan",
        )
        keeping.file(kept, "Surat tugas yang terpindai dua kali", subject="Surat Tugas")
        keeping.file(
            kept,
            "Hasil pemeriksaan kas",
            doubtful=("letter_number",),
            letter_number="R/3/lnsp",
            subject="Laporan Pemeriksaan",
            sensitivity="rahasia",
        )
        keeping.file(kept, "Nota yang habis retensinya", subject="Nota", letter_number="9/Nota")
        kept.edit(1, {SUBJECT: "Undangan Rapat Koordinasi", SENDER: None}, who="Siti")
        kept.trash([2], who="Siti", why="dobel")
        kept.destroy(kept.doomed([4]), who="Budi", why="Berita acara 1/2024")
        scan = root / "staging" / "x"
        scan.write_bytes(b"%PDF-1.4 potongan")
        digest = keeping.digest("%PDF-1.4 potongan")
        kept.set_aside(scan, name="rusak.pdf", digest=digest, reason="unreadable", note="?")


if __name__ == "__main__":
    place = Path(sys.argv[1])
    make(place)
    for item in place.iterdir():
        if item.name not in KEPT:
            shutil.rmtree(item) if item.is_dir() else item.unlink()
