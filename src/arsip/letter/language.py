"""Which language a letter is written in, by its commonest small words."""

from __future__ import annotations

import re
from typing import Final

from arsip.letter.evidence import inferred
from arsip.letter.sheet import Sheet
from arsip.model import Finding

_INDONESIAN: Final = frozenset({
    "dan", "yang", "di", "ke", "dari", "pada", "untuk", "dengan", "dalam", "ini", "itu", "oleh",
    "sebagai", "atau", "tidak", "akan", "telah", "dapat", "kepada", "nomor", "tanggal", "surat",
    "hal", "perihal", "lampiran", "kami", "saudara", "bapak", "ibu", "bahwa", "tersebut",
    "serta", "sehubungan", "hormat", "kepala", "dinas", "kabupaten", "kota", "pemerintah",
    "tahun", "undangan", "rapat", "sifat", "yth", "kecamatan", "desa", "badan", "tempat",
    "pukul", "hari", "bulan", "atas", "demikian", "adalah",
})  # fmt: skip
_ENGLISH: Final = frozenset({
    "the", "and", "of", "to", "in", "for", "with", "that", "this", "is", "are", "we", "our",
    "you", "your", "be", "have", "has", "will", "would", "from", "as", "by", "on", "at",
    "please", "letter", "subject", "dear", "sincerely", "yours", "faithfully", "sir", "madam",
    "kind", "request", "regarding", "no", "date", "ref", "not", "us", "any", "it", "which",
    "been",
})  # fmt: skip
_WORD: Final = re.compile(r"[a-z]+")
_ENOUGH: Final = 3
_MIXED: Final = 0.3


def language(sheet: Sheet) -> Finding[str] | None:
    """``id``, ``en`` or ``mixed``; None when there are too few words to tell."""
    words = _WORD.findall(sheet.flow.text.lower())
    local = sum(word in _INDONESIAN for word in words)
    foreign = sum(word in _ENGLISH for word in words)
    if local + foreign < _ENOUGH:
        return None
    share = foreign / (local + foreign)
    code = "en" if share > 1 - _MIXED else "id" if share < _MIXED else "mixed"
    clear = abs(share - 0.5) * 2
    return inferred(code, "words", sure=round(0.75 + 0.24 * clear, 3))
