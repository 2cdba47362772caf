"""What of a letter a person should look at: doubtful values, and missing ones that matter."""

from __future__ import annotations

from typing import Any, Final

from arsip.fields import (
    DATE_OF_LETTER,
    DOC_TYPE,
    FIELDS,
    FOLLOWING,
    LETTER_NUMBER,
    SENDER,
    SUBJECT,
    Field,
)
from arsip.model import PENDING, Entry

IMPORTANT: Final[tuple[Field[Any], ...]] = (LETTER_NUMBER, DATE_OF_LETTER, SUBJECT, SENDER)
"""What the register asks of every letter."""

_UNNUMBERED: Final = frozenset({
    "daftar_hadir", "disposisi", "kuitansi", "laporan", "notula", "pedoman", "piagam", "receipt",
    "surat_pernyataan", "telaahan_staf",
})  # fmt: skip
_TITLED_ONLY: Final = frozenset({
    "berita_acara", "daftar_hadir", "disposisi", "invoice", "kuitansi", "piagam", "radiogram",
    "receipt", "rekomendasi", "sppd", "surat_izin", "surat_keterangan", "surat_kuasa",
    "surat_pengantar", "surat_pernyataan", "surat_perintah", "surat_tugas",
})  # fmt: skip
_WITHOUT: Final = {LETTER_NUMBER: _UNNUMBERED, SUBJECT: _TITLED_ONLY}
"""Kinds of letter that bear no number, and that have a title in the place of a subject."""


def waiting(entry: Entry) -> tuple[Field[Any], ...]:
    """The fields of a letter that wait for a person, in the order of FIELDS.

    Nothing is missing from a letter whose pages are not read yet.
    """
    return tuple(field for field in FIELDS if _waits(entry, field))


def _waits(entry: Entry, field: Field[Any]) -> bool:
    best = entry.letter.best(field)
    if best is not None:
        return best.doubtful and field not in FOLLOWING
    if field not in IMPORTANT or field.name in entry.letter.denied:
        return False
    kind = entry.letter.first(DOC_TYPE)
    return kind not in _WITHOUT.get(field, ()) and not any(
        doubt.reason == PENDING for doubt in entry.doubts
    )
