"""To whom: the address, without courtesy and place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from arsip.letter import labels
from arsip.letter.evidence import found
from arsip.letter.folding import clean, holder_word, office_word, repaired, unglued
from arsip.letter.kinds import MEMOS
from arsip.letter.labels import label_of
from arsip.letter.rows import Row, Strip, place
from arsip.letter.sheet import Sheet
from arsip.letter.zones import OPENERS, is_place_date
from arsip.model import Finding

_COURTESY: Final = re.compile(
    r"^\W*(?:(?:Kepa[dc]a|Kpd)\b\.?(?:\s+Yang\s+Terhormat)?\s*[:;.,]*\s*)?"
    r"(?:(?:[YVJ]\s?[.]?\s?[ltif]\s?[.]?\s?h\b|Yang\s+Terhormat)\s*[.,:;]*\s*)?[:;,.]*\s*",
    re.IGNORECASE,
)
_PERSON: Final = re.compile(
    r"^(?:(?:Sdr|Sdri|Sdra|Saudara|Saudari)\b\.?(?:\s*\(i\))?[.,/]*\s*)+|"
    r"^(?:Bapak|Ibu|Bpk\.?)\s+(?=(?:Kepala|Ketua|D[il]rektur|Camat|Bupati|Gubernur|Wali|Sekretaris|"
    r"Menteri|Rektor|Dekan|Pimpinan|Lurah|Inspektur|Komandan|Kapol)\b(?!\s+(Murid|Santri|Siswa)))"
)
_END: Final = re.compile(
    r"\W*(d[il1t]\s*[-_\u2013\u2014.,:]*\s*$|[dg][il1]\s*[-\u2013\u2014.,:]*\s+(?!lingkungan|lingkup|wilayah)\S|d[il1]-|"
    r"(d[il]\s*[-\u2013]?\s*)?te[mrn]+[np]?[pn]at\W*$|mas[il]ng\s*[-\u2013]\s*mas[il]ng|Jalan\b|Jln\b|Jl\b|"
    r"NOTA\s+DINAS|SURAT\s+[A-Z]{4})",
    re.IGNORECASE,
)
_INLINE_END: Final = re.compile(
    r"[,;]?\s+(?:d[il]\s*[-\u2013:,]?\s*te[mrn]+pat\b.*|d[il]\s*[-\u2013]\s*$|d[il]\s*[-\u2013:]?\s*[A-Z]{4,}$|"
    r"d[il]\s*[-\u2013:]?\s*(?!Lingk|Wilayah|Seluruh|Bidang)[A-Z][a-z]+(?:\s[A-Z][a-z]+)?\W*$|d[il]$)"
)
_ITEM: Final = re.compile(
    r"^\W{0,3}(?:\d{1,2}|[lI|a-j])\s*[.)]\s*|^\W{0,2}\d,\s+(?=[A-Z])|^\W{0,2}\d{1,2}\s+(?=[A-Z])|^\s*[-•*·]\s*(?=[A-Z])"
)
_LOST_ITEM: Final = re.compile(r"^\s*[.,]\s+(?=[A-Z])|^[A-Za-z]{1,2}[.)]\s+(?=[A-Z])")
_ATTENTION: Final = re.compile(r"\W*(u\.?\s?p\.?|c\.?\s?q\.?|attn\.?)\s*[.:]?\s", re.IGNORECASE)
_SCOPE: Final = re.compile(r"\W*Se\s?-?\s?(Kab|Kec|Kota|Prov|Indonesia)", re.IGNORECASE)
"""Below a list: where all of them are, ``Se-Kabupaten Sinjai``; no part of the last one's name."""
_OFFICE: Final = re.compile(
    r"(Para|Kepala|Ketua|Koordinator|Camat|D[il]rektur|Pengurus|Sekretaris|Pimpinan|Kabid|Inspektur|"
    r"Bupati|Wali|Gubernur|Lurah|Bendahara|Pendamping|Penilik|Pengawas)\b"
)
_OPEN: Final = re.compile(
    r"(\b(dan|dan/atau|serta|pada|di|se|dari|dalam)|[,/&-])\s*$", re.IGNORECASE
)
_MOST_LINES: Final = 24
_ORDERS: Final = frozenset({"surat_tugas", "surat_perintah", "instruksi", "sppd"})
_BILLS: Final = frozenset({"invoice", "receipt", "kuitansi"})
_OTHER_MARK: Final = re.compile(r"\W*(Dengan\s+hormat|As+al+amu)", re.IGNORECASE)


@dataclass(slots=True)
class _Address:
    """Lines of an address gathered into addressees."""

    parts: list[list[str]] = field(default_factory=list)
    strips: list[Strip] = field(default_factory=list)
    listed: bool = False

    def take(self, strip: Strip) -> None:
        """Adds a line: a numbered one begins a new addressee."""
        text = strip.text if self.parts else _COURTESY.sub("", strip.text)
        text = _COURTESY.sub("", text) if re.match(r"\W*([YVJ][ltif]h|Kepada)\b", text) else text
        if not re.search(r"\w{2}", text):
            return
        unaddressed = _PERSON.sub("", text)
        text = unaddressed if _ITEM.match(unaddressed) else text
        item = _ITEM.match(text) or (_LOST_ITEM.match(text) if self.listed else None)
        if item:
            self.listed = True
            self.parts.append([text[item.end() :]])
        elif self.listed and len(self.parts) > 1 and _SCOPE.match(text):
            return
        elif (
            self.parts
            and self.listed
            and _OFFICE.match(text)
            and not _OPEN.search(self.parts[-1][-1])
        ):
            self.parts.append([text])
        elif self.parts:
            self.parts[-1].append(text)
        else:
            self.parts.append([text])
        self.strips.append(strip)

    @property
    def values(self) -> tuple[str, ...]:
        """The addressees without courtesy."""
        parts = self.parts if self.listed else [part for one in self.parts for part in _each(one)]
        values = (_tidy(" ".join(part)) for part in parts)
        return tuple(value for value in values if len(value) > 2)


def _each(lines: list[str]) -> list[list[str]]:
    """The lines of an address, parted where a list has lost its numbers."""
    begins = [at for at, line in enumerate(lines) if _OFFICE.match(_LOST_NUMBER.sub("", line))]
    if len(begins) < _LISTED or begins[0]:
        return [lines]
    ends = [*begins[1:], len(lines)]
    return [
        [_LOST_NUMBER.sub("", lines[start]), *lines[start + 1 : end]]
        for start, end in zip(begins, ends, strict=True)
    ]


_LOST_NUMBER: Final = re.compile(r"^\W*\w{1,6}[.)]\s+(?=[A-Z])")
_LISTED: Final = 3
"""Lines that begin with an office: from so many on they are addressees of their own."""


def recipient(sheet: Sheet) -> Finding[tuple[str, ...]] | None:
    """Those the letter is addressed to."""
    if sheet.kind in _ORDERS:
        ordered = _ordered(sheet)
        if ordered or sheet.kind != "instruksi":
            return ordered
    address = _Address()
    rule = "address"
    for strip in _address_strips(sheet):
        if address.values and _over(sheet, strip, address):
            break
        if not address.values and _END.match(strip.text) and address.strips:
            break
        if _ATTENTION.match(strip.text):
            continue
        address.take(strip)
    if not address.values:
        return _english(sheet)
    raw = " / ".join(strip.text for strip in address.strips)
    sure = 0.93 if sheet.zones.address_left is None else 0.88
    return found(sheet, address.values, place(address.strips), rule, sure=sure, raw=raw)


_ANYBODY: Final = re.compile(r"\W*To\s+whom\b", re.IGNORECASE)


def _address_strips(sheet: Sheet) -> Iterator[Strip]:
    """The lines from the first label of an address on."""
    zones = sheet.zones
    if zones.address_left is not None:
        column = [s for s in zones.right if not is_place_date(s.text, sheet.today.year)]
        yield from column[:_MOST_LINES]
        return
    said = next(
        (e for e in zones.labelled if e.role == labels.TO and not _ANYBODY.match(e.label.text)),
        None,
    )
    if said is None:
        return
    yield said.label
    below = [s for s in zones.left if s.row > said.row and s.row < zones.body]
    for strip in below[:_MOST_LINES]:
        if sheet.kind in MEMOS and label_of(strip):
            return
        if sheet.kind in _BILLS and _ITEM.match(strip.text):
            return
        yield strip


def _over(sheet: Sheet, strip: Strip, address: _Address) -> bool:
    """Whether the address has ended before this line."""
    row: Row = sheet.rows[strip.row]
    if _END.match(strip.text) or OPENERS.match(strip.text) or _OTHER_MARK.match(strip.text):
        return True
    if strip.row == address.strips[-1].row:
        return False
    town = strip.text.isupper() and strip.text.isalpha() and not address.strips[-1].text.isupper()
    outside = town or strip.left < address.strips[0].left - 4 * row.letter
    apart = row.apart and not _ITEM.match(strip.text)
    return outside or apart or _is_other(strip) or is_place_date(strip.text, sheet.today.year)


def _is_other(strip: Strip) -> bool:
    """Whether a line begins with a label that is no addressee's."""
    label = label_of(strip)
    return label is not None and label.role not in (labels.TO, labels.OTHER, labels.ATTENTION)


_DEGREE: Final = re.compile(r",\s*[A-Z][A-Za-z]{0,3}\.\s?[A-Z][A-Za-z]{0,4}\.$")


def _tidy(text: str) -> str:
    value = repaired(unglued(clean(text)))
    value = re.sub(r"\b([Ss]e)-\s+(?=[A-Z])", r"\1-", _INLINE_END.sub("", value))
    value = _PERSON.sub("", value)
    first, *others = [office_word(word) for word in value.split()] or [""]
    value = " ".join((holder_word(first), *others))
    degree = _DEGREE.search(value.rstrip(" ;:,"))
    value = re.sub(r"[\s;:,]+(dan)?[\s;:,.]*$", "", value.strip(" ;:,.-\u2013|_'\"")).strip()
    value += "." if degree else ""
    return value if re.search(r"[A-Za-z]{2}", value) else ""


# --- orders: those who are sent ------------------------------------------------------------------

_NAMED: Final = re.compile(
    r"\bNama(?:\s*/\s*N[Il1]P)?\s*:\s*(?P<name>[^:/\n\t]{3,60}?)\s*(?=/|\n|\t|\bN[Il1]P\b|\bJabatan\b|\bPangkat\b|$)"
)
_TO_WHOM: Final = re.compile(r"\bkepada\s*:", re.IGNORECASE)


def _ordered(sheet: Sheet) -> Finding[tuple[str, ...]] | None:
    """The people after ``Kepada`` in an order; a table without it names nobody as addressee."""
    text = sheet.flow.text
    start = _TO_WHOM.search(text, max(sheet.body_at - 80, 0))
    if not start:
        return None
    stop = re.compile(r"\n\W*(Untuk|untuk)\b").search(text, start.end())
    end = stop.start() if stop else len(text)
    block = text[start.end() : end]
    named = list(_NAMED.finditer(block))
    if named:
        names = tuple(_tidy(match["name"]) for match in named)
        spot = sheet.flow.place(
            start.end() + named[0].start("name"), start.end() + named[-1].end("name")
        )
        return found(sheet, names, spot, "ordered", sure=0.88)
    line = block.strip().split("\n")[0].replace("\t", " ")
    value = _tidy(line)
    if not value or re.match(r"\W*(No\b|\d)", line):
        return None
    at = text.find(line[:20], start.end())
    return found(sheet, (value,), sheet.flow.place(at, at + len(line)), "ordered", sure=0.85)


# --- English -------------------------------------------------------------------------------------

_TITLED: Final = re.compile(r"(Mr|Mrs|Ms|Dr|Prof|Ir|Drs|Dra)\b\.?|(H|Hj)\.\s")
_HOUSE: Final = re.compile(
    r"\W*(PT|CV|City|Ministry|Embassy|Bank|University|Universitas|Faculty)\b|"
    r".*\b(Ltd|Limited|Inc|Corporation|Corp|Company|Tbk|GmbH|Pte|Group)\b",
)
"""Where an addressee works; he is named above it."""
_TOWN: Final = re.compile(r"[A-Z][a-z]+(\s[A-Z][a-z]+)?(\s\d{5})?$")


def _english(sheet: Sheet) -> Finding[tuple[str, ...]] | None:
    """The lines between the reference and ``Dear``: a person, or an office with its house."""
    body = sheet.zones.body
    if not sheet.english:
        return None
    strips = [s for s in sheet.zones.left if s.row < body]
    lines = _last_block(strips, sheet)
    if not lines:
        return None
    names = lines if not _TITLED.match(lines[0].text) else lines[:1]
    while len(names) > 1 and _TOWN.match(names[-1].text.strip(" .,;\"'0123456789")):
        names = names[:-1]
    if len(names) > 1 and _HOUSE.match(names[1].text):
        names = names[:1]
    value = " ".join(strip.text.strip(" ,.;:|'\"") for strip in names)
    return found(sheet, (value,), place(names), "inside_address", sure=0.8)


def _last_block(strips: Sequence[Strip], sheet: Sheet) -> list[Strip]:
    """The unlabelled lines nearest above the salutation."""
    block: list[Strip] = []
    for strip in reversed(strips):
        label = label_of(strip)
        if (label and not _ANYBODY.match(strip.text)) or is_place_date(
            strip.text, sheet.today.year
        ):
            if block:
                break
            continue
        if not _ANYBODY.match(strip.text) and re.search(r"[A-Za-z]{2}", strip.text):
            block.insert(0, strip)
    return block
