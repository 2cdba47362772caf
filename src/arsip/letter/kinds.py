"""What kind of letter it is: by its printed title, else by what it asks for.

Source: kinds of PermenPANRB 80/2012 and Peraturan ANRI 5/2021.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from arsip.letter.folding import upper_share

_TITLES: Final = (
    ("undangan", r"(SURAT\s*)?UNDANGAN"),
    ("nota_dinas", r"NOTA\s*-?\s*DINAS"),
    ("memorandum", r"MEMO(RANDUM|\s+DINAS|\s+INTERN(AL)?)?\b"),
    ("disposisi", r"(LEMBAR\s*)?DISPOSISI\b"),
    ("surat_edaran", r"SURAT\s*EDARAN\b"),
    ("keputusan", r"(SURAT\s*)?KEPUTUSAN\b"),
    ("instruksi", r"(SURAT\s*)?INSTRUKSI\b"),
    ("sop", r"(STANDAR\s+OPERASIONAL\s+PROSEDUR|PROSEDUR\s+OPERASIONAL\s+STANDAR)"),
    ("pedoman", r"(PEDOMAN|PETUNJUK\s+(TEKNIS|PELAKSANAAN))\b"),
    ("sppd", r"SURAT\s+(PERINTAH\s+)?PERJALANAN\s+DINAS"),
    ("surat_perintah", r"SURAT\s*PERINTAH\b"),
    ("surat_tugas", r"SURAT\s*(PE[RN]U?GASAN|TUGAS)\b"),
    ("surat_keterangan", r"SURAT\s*KETERANGAN\b"),
    ("surat_kuasa", r"SURAT\s*KUASA\b"),
    ("surat_pengantar", r"(SURAT|LEMBAR)\s*PENGANTAR\b"),
    ("berita_acara", r"BERITA\s*ACARA\b"),
    ("pengumuman", r"PENGUMUMAN\b"),
    ("laporan", r"LAPORAN\b"),
    ("telaahan_staf", r"TELAA?H?AN\s+STAF\b"),
    ("notula", r"(NOTULA|NOTULEN|RISALAH)\b"),
    ("perjanjian", r"(PERJANJIAN|NOTA\s+KESEPA(HAMAN|KATAN))\b"),
    ("rekomendasi", r"(SURAT\s*)?REKOMENDASI\b"),
    ("surat_pernyataan", r"SURAT\s*PERNYATAAN\b"),
    ("surat_izin", r"SURAT\s*I[ZJ]IN\b"),
    ("surat_panggilan", r"SURAT\s*PANGGILAN\b"),
    ("radiogram", r"(RADIOGRAM|TELEGRAM|FORMULIR\s+BERITA)\b"),
    ("piagam", r"(PIAGAM|SERTIFIKAT|STTPP)\b"),
    ("daftar_hadir", r"DAFTAR\s*HADIR\b"),
    ("kuitansi", r"K[UW]ITANSI\b"),
    ("invoice", r"(INVOICE|FAKTUR|(SURAT\s+)?TAGIHAN)\b"),
    ("receipt", r"(RECEIPT|STRUK|NOTA\s+PENJUALAN)\b"),
    ("peraturan", r"PERATURAN\b"),
)
_ANY_TITLE: Final = re.compile(
    "|".join(f"(?P<{code}>{pattern})" for code, pattern in _TITLES), re.ASCII
)
_STROKES: Final = str.maketrans({"l": "I", "1": "I", "|": "I", "!": "I", "0": "O", "i": "I"})
_MARKS: Final = re.compile(r"^[^A-Za-z]+")
_MOST_WORDS: Final = 12
_CAPITALS: Final = 0.75
MEMOS: Final = frozenset({"nota_dinas", "memorandum", "telaahan_staf"})
CORRESPONDENCE: Final = frozenset({"surat_dinas", "undangan", "nota_dinas", "memorandum"})
TRADE: Final = frozenset({"invoice", "receipt", "kuitansi"})


@dataclass(frozen=True, slots=True)
class Title:
    """The printed name of a kind: its code, and where its words end in the row."""

    code: str
    end: int


@lru_cache(maxsize=512)
def title_of(text: str) -> Title | None:
    """The kind that a row names when it is a title: capitals, little else, at its start."""
    head = _MARKS.sub("", text)
    if len(head.split()) > _MOST_WORDS or upper_share(head) < _CAPITALS:
        return None
    match = _ANY_TITLE.match(head.translate(_STROKES))
    if not match or (match.lastgroup is None and not match.groupdict()):
        return None
    code = next(name for name, found in match.groupdict().items() if found)
    return Title(code, len(text) - len(head) + match.end())


_ASKS: Final = re.compile(
    r"\b(meng?harap(kan)?|moh?on|mengharap dengan hormat)\s+((dengan hormat|atas)\s+)?"
    r"(kehadiran|kedatangan)|\bharap\s+(kedatangan|kehadiran|hadir)|\bmengundang\b|"
    r"\bmengharap(kan)?\s+\w+\s+(untuk\s+)?(dapat\s+)?hadir|\bkehadiran\s+(bapak|ibu|saudara)|"
    r"\bundang(an)?\s+(bapak|saudara)|\binvite\s+you\b",
    re.IGNORECASE,
)
_TIME: Final = re.compile(r"\b(pukul|pkl|jam|djam|waktu)\b|\d{1,2}[.:]\d{2}\s*W[Il]", re.IGNORECASE)
_VENUE: Final = re.compile(
    r"\b(te[mrn]+pat|bertempat|ruang|aula|lokasi|zoom|tautan|link|gedung|lapangan|"
    r"di\s+[A-Z])\b",
    re.IGNORECASE,
)
_SUMMONS: Final = re.compile(r"\b(panggilan|pemanggilan|permintaan keterangan)\b", re.IGNORECASE)
_INVITES: Final = re.compile(r"undangan\b", re.IGNORECASE)


def invites(subject: str, body: str) -> bool:
    """Whether a letter without a title is an invitation."""
    if _SUMMONS.search(subject):
        return False
    if _INVITES.search(subject.split(" ", 3)[0] if subject else ""):
        return True
    return bool(_ASKS.search(body) and _TIME.search(body) and _VENUE.search(body))
