"""Stamps on a letter: of the office that received it, and of secrecy.

Source: stamps of incoming mail as registries use them, with the readings of OCR.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

from arsip.letter.folding import upper_share
from arsip.letter.rows import Row, Strip

Stamp: TypeAlias = tuple[Strip, ...]
"""The strips of one stamp, top to bottom."""

_LOUD: Final = re.compile(
    r"\W*((TELAH\s+)?D[Il1]T[EB]R[Il1]MA|TER[Il1]MA\s+(TGL|TANGGAL)|TGL\.?\s+TER[Il1]MA|"
    r"(NO\.?|NOMOR)\s*AGENDA|AGENDA\s*(NO\b|[:.]?\s*\d)|SURAT\s+MASUK|TELAH\s+D[Il1]AGENDAKAN|"
    r"RECE[Il1]VED|PARAF\b|KADIS\b|SANGAT\s+RAHAS[Il1]A|RAHAS[Il1]A|TERBATAS|\[?stempel)"
)
_QUIET: Final = re.compile(
    r"\W*((Telah\s+)?D[il1]ter[il1]ma\s+(Tgl|Tanggal|Pada)|Tgl\.?\s+(D[il1])?ter[il1]ma|"
    r"Tanggal\s+(D[il1])?ter[il1]ma|(No|Nomor)\.?\s*Agenda)\b",
    re.IGNORECASE,
)
_WITHIN: Final = re.compile(
    r"\W*(Tangga[l1]|Tg[l1]|No\b|Nomor|Agenda|Paraf|Jam|Pukul|Kode|[Il1]ndeks|D[il1]teruskan|Oleh|Dari|"
    r"\d{1,2}[\s/.-]\s?(\d{1,2}|[A-Za-z]{3,9})[\s/.-]\s?\d{2,4}\W*$|\d{1,5}(/\d{2,4})?\W*$)",
    re.IGNORECASE,
)
_FEW: Final = 8
"""Words of the longest line in a stamp."""
_LOUDNESS: Final = 0.7
_ROWS: Final = 6
"""Rows below its first line that a stamp may have."""


def stamps_of(rows: Sequence[Row]) -> list[Stamp]:
    """The stamps among these rows."""
    found: list[Stamp] = []
    taken: set[int] = set()
    for at, row in enumerate(rows):
        for cell in row.cells:
            if id(cell) not in taken and opens_stamp(cell):
                stamp = (cell, *_below(cell, rows[at + 1 : at + 1 + _ROWS]))
                taken.update(map(id, stamp))
                found.append(stamp)
    return found


def opens_stamp(cell: Strip) -> bool:
    """Whether a strip is the first line of a stamp."""
    if len(cell.words) > _FEW:
        return False
    loud = _LOUD.match(cell.text) and upper_share(cell.text) > _LOUDNESS
    return bool(loud or _QUIET.match(cell.text))


def _below(first: Strip, rows: Sequence[Row]) -> Iterator[Strip]:
    """The lines of a stamp under its first one; print that it covers may stand between them."""
    strange = 0
    for row in rows:
        if row.page != first.page:
            return
        own = [cell for cell in row.cells if _belongs(cell, first, row.letter)]
        yield from own
        covered = any(cell.left < first.right and first.left < cell.right for cell in row.cells)
        strange = 0 if own else strange + covered
        if strange > 1:
            return


def _belongs(cell: Strip, first: Strip, letter: float) -> bool:
    """Whether a strip looks it, and begins or is centred where the stamp's first line does."""
    aligned = abs(cell.left - first.left) <= 2 * letter
    centred = abs(cell.left + cell.right - first.left - first.right) <= 4 * letter
    return (aligned or centred) and len(cell.words) <= _FEW and bool(_WITHIN.match(cell.text))
