"""The end of a letter: where its prose stops, who signs, who gets copies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from arsip.letter import labels
from arsip.letter.folding import upper_share
from arsip.letter.identity import LABEL
from arsip.letter.labels import label_of
from arsip.letter.rows import Row, Strip
from arsip.letter.zones import is_place_date

FOOTER: Final = re.compile(
    r"\W*(Dokumen\s+ini|d[il]\s?tanda\s?tangani\s+secara|ditandatangani\s+secara|yang\s+diterbitkan|"
    r"Balai\s+(Besar\s+)?Ser|UU\s*[Il]TE|\W*\d?\.?\s*UU\s|dipindai|Halaman\s+\d|hasil\s+cetak|"
    r"[\"']?Informasi\s+Elektronik|Kementerian\s+.*tidak\s+menerima|elektron[il]k\W*$|"
    r"sertifikat\s+elektron|\W*catatan\s*:|Surat\s+ini\s+(sah|ditanda)|ha[l1]\s+\d|\W*\d{1,2}\W*$)",
    re.IGNORECASE,
)
_OFFICES: Final = (
    r"KEPALA|SEKRETAR[Il1]S|D[Il1]REKTUR|BUPAT[Il1]|GUBERNUR|WAL[Il1]\s*KOTA|WAL[Il1]KOTA|CAMAT|LURAH|KETUA|"
    r"KOORD[Il1]NATOR|[Il1]NSPEKTUR|DEKAN|WAK[Il1]L|REKTOR|MENTER[Il1]|AS[Il1]STEN|MANAJER|MANAGER|"
    r"KEUCH[Il1]K|NOTUL[Il1]S|HEAD|D[Il1]RECTOR|ACCOUNT|COUNSELLOR|VICE|DEAN|PENGAWAS|PEJABAT|KOMANDAN|"
    r"BENDAHARA|PANIT[Il1]A|PENGURUS|PRES[Il1]DEN|KAPOL\w+|WADIR|KABAG|KABID|KASI|LEKTOR|PIMPINAN|"
    r"PENANGGUNG|PJ|PLT|PLH|PJS|KADES|PERBEKEL|UNIT|TIM|PARAN[Il1]RADYA|SECRETARY|CHAIR\w*|"
    r"WAL[Il1]\s+NAGAR[Il1]|PENGASUH|DEPUT[Il1]|JAKSA|HAKIM|PANITERA|KUASA|SEKDA|STAF|CHIEF|GENERAL|SENIOR|OFFICER|SEKJEN|DIRJEN|"
    r"PENGHULU|DANRAMIL|KAPUS\w*|D[Il1]REKS[Il1]|PERWAKILAN|PARAN"
)
OFFICE: Final = re.compile(rf"\W*({_OFFICES})\b", re.IGNORECASE)
BEHALF: Final = re.compile(r"\W*(a\s?\.?\s?n\s?\.|an\.|atas\s+nama)\s*:?\s*", re.IGNORECASE)
UNDER: Final = re.compile(r"\W*(u\s?\.\s?b\s?\.?|untuk\s+beliau)(?=\W|$)\s*", re.IGNORECASE)
ACTING: Final = re.compile(r"\W*(Plt|Plh|Pjs|Pj|P[Il1]t|P[Il1]h)\b\.?\s*", re.IGNORECASE)
RANK: Final = re.compile(
    r"\W*(Pangkat\b|Tingk\w*\b|T[Kk]\.\s|.*[([]?[IVl1]{1,3}\s?/\s?[a-e]\W*$|Pemb[il]na\b|Penata\b|Pengatur\b|Juru\b|Gol(ongan)?\b|[IVl1]{1,3}\s?/\s?[a-e]\b|"
    r"(AJUN\s+)?KOM[Il1]SAR[Il1]S|[Il1]NSPEKTUR\s+(POL|SATU|DUA)|(LET|MA|KO|BR[Il1]G|KAP)[A-Z]*(JEN|KOL|TEN)\w*|"
    r"A[Il1]PDA|A[Il1]PTU|BR[Il1]P\w+|[Il1]PDA|[Il1]PTU|NPA|NIDN)",
    re.IGNORECASE,
)
NOT_NAME: Final = re.compile(
    r"\W*(ttd|t\.t\.d|cap|hormat\s+kami|yours|sincerely|regards|best\s|mengetahui|menyetujui|mengesahkan|"
    r"ditetapkan|dikeluarkan|dibuat|pada\s+tanggal|saksi|tembusan|\[|meterai|materai|tanda\s+tangan|"
    r"salinan|lampiran|demikian|wassalam|ditandatangani|dokumen|secara|elektronik|nama\b)",
    re.IGNORECASE,
)
GREETING: Final = re.compile(
    r"\W*(hormat\s+kami|yours|sincerely|regards|best\s+regards)", re.IGNORECASE
)
_WITNESS: Final = re.compile(r"\W*(mengetahui|menyetujui|mengesahkan|saksi)", re.IGNORECASE)
_ANNEX: Final = re.compile(r"\W*(LAMPIRAN|Lampiran\s+(Surat|Keputusan|I\b|\d))")
_CLOSERS: Final = re.compile(
    r"\W*(Demikian|Atas\s+perhatian|terima\s*kasih|mestinya|kerja\s?sama|Kasih\b)|terima\s*kasih\W*$|"
    r"\bThank\s+you",
    re.IGNORECASE,
)
_SMALL: Final = re.compile(r"(?<!\S)[a-z]{3,}")
_DEGREE: Final = re.compile(
    r"\b(S|M|Drs?|Dra|Ir|Prof|H|Hj|A|Sp|dr|drg)\.|,\s*(S|M|A|Ph)\.?\s?[A-Z]|\b(SH|SE|MM|MSi|MH|SP)\b"
)


@dataclass(frozen=True, slots=True)
class Closing:
    """The rows of a letter's end.

    Attributes:
        start, end: the rows of the signature block: ``start <= row < end``.
        copies: the row of the copies' label; None when there are none below the prose.
    """

    start: int
    end: int
    copies: int | None


def closing_of(rows: Sequence[Row], body: int, *, year: int) -> Closing:
    """Where the prose ends and the names begin."""
    if body >= len(rows):
        body = _below_head(rows)
    stop = _annex(rows, body)
    copies = next(
        (row.index for row in rows[body:stop] if _is_copies(row)),
        None,
    )
    end = stop if copies is None else copies
    while end > body and FOOTER.match(rows[end - 1].text):
        end -= 1
    thanks = [row.index for row in rows[min(body, end) : end] if _CLOSERS.search(row.text)]
    if thanks:
        return Closing(thanks[-1] + 1, end, copies)
    start = end
    for row in reversed(rows[min(body, end) : end]):
        if _is_prose(row, year):
            break
        start = row.index
    return Closing(start, end, copies)


def _below_head(rows: Sequence[Row]) -> int:
    """The row below the last label, for a letter without prose."""
    last = 0
    for row in rows[:-1]:
        label = label_of(row.cells[0])
        if label and label.role not in (labels.OTHER, labels.COPIES):
            last = row.index
    return last + 1


def _annex(rows: Sequence[Row], body: int) -> int:
    """The first row of an annex on a later page; the number of rows when there is none."""
    for row in rows[body:]:
        first_of_page = row.page != rows[row.index - 1].page if row.index else False
        if first_of_page and _ANNEX.match(row.text) and row.page > rows[0].page:
            return row.index
    return len(rows)


def _is_copies(row: Row) -> bool:
    label = label_of(row.whole)
    if label is None or label.role != labels.COPIES:
        return False
    rest = row.text[label.end :].strip(" :;.,")
    return label.colon or not rest or rest.lower().startswith(("yth", "disampaikan", "kepada"))


_SHORT: Final = 7


_FEW: Final = 4
"""Small words from which on a line is prose."""


_LINE: Final = 60
"""Letters that a title in a signature block does not have."""


_TABLED: Final = re.compile(r"\W*(\d{1,2}[.)]?\s+)?(Nama\b|N[Il1]P\s*:.*Jabatan)|\d{1,2}\s")


def _is_prose(row: Row, year: int) -> bool:
    """A sentence, a labelled line of the body, or a thing of a list or table."""
    text = row.text
    if _CLOSERS.search(text):
        return True
    if any(_signs(cell) for cell in row.cells[1:]):
        return False
    if FOOTER.match(text) or is_place_date(text, year) or LABEL.search(text):
        return bool(_TABLED.match(text))
    small = len(_SMALL.findall(text))
    if BEHALF.match(text) or OFFICE.match(text) or RANK.match(text):
        return small > _FEW or (text.rstrip().endswith((".", ";")) and len(text) > _LINE)
    return _is_labelled(row) or small >= _FEW or (small > 1 and len(text.split()) > _SHORT)


_LIST: Final = re.compile(r"\W*\d{1,2}[.)]\s|\W*[a-h][.)]\s|\W*[-\u2022]\s+[A-Z]")


def _is_labelled(row: Row) -> bool:
    label = label_of(row.cells[0])
    head = label is not None and (label.colon or label.role != labels.OTHER)
    return head or bool(_LIST.match(row.text))


def _signs(cell: Strip) -> bool:
    """Whether the right half of a row belongs to a signature."""
    short = len(cell.words) < _SHORT and cell.left > 350  # right of a list or a label
    return short and bool(OFFICE.match(cell.text) or LABEL.match(cell.text) or degreed(cell.text))


def is_name(text: str) -> bool:
    """Whether a line can be a person's name."""
    core = text.strip(" .,()_-|'\"*")
    words = core.split()
    if not 1 <= len(words) <= 9 or len(core) < 4 or re.search(r"\d|[:@]", core):
        return False
    if NOT_NAME.match(core) or RANK.match(core) or BEHALF.match(core) or LABEL.match(core):
        return False
    if OFFICE.match(core) and not _DEGREE.search(core):
        return False
    plain = [word for word in words if word[:1].isalpha()]
    capital = all(_begins_name(word) for word in plain)
    return bool(plain) and capital and (len(words) > 1 or upper_share(core) > 0.9 or len(core) > 4)


def _begins_name(word: str) -> bool:
    """A capital, a stroke read as l before capitals, or a particle."""
    stroke = word[0] == "l" and word[1:2].isupper()
    return word[0].isupper() or stroke or word[:2] in ("dr", "bi", "al", "el")


def degreed(text: str) -> bool:
    """Whether a line carries an academic degree or a title of the pilgrim."""
    return bool(_DEGREE.search(text))


def columns(rows: Sequence[Row]) -> Iterator[list[Strip]]:
    """The strips of a signature block, column by column, from the first signer's on."""
    strips = [cell for row in rows for cell in row.cells]
    groups: list[list[Strip]] = []
    for strip in strips:
        for group in groups:
            if _same_column(strip, group):
                group.append(strip)
                break
        else:
            groups.append([strip])
    yield from groups


def _same_column(strip: Strip, group: Sequence[Strip]) -> bool:
    left = min(other.left for other in group)
    right = max(other.right for other in group)
    if any(other.row == strip.row for other in group):
        return False
    return strip.left < right and left < strip.right


def above_witness(rows: Sequence[Row]) -> list[Row]:
    """The rows before ``Mengetahui``: who signs below it only witnesses."""
    kept: list[Row] = []
    for row in rows:
        witness = _WITNESS.match(row.text) and len(row.cells) == 1
        if witness and kept:
            break
        if not witness:
            kept.append(row)
    return kept
