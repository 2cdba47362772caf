"""Who wrote: the unit that the letterhead names, with its region."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from arsip.letter import labels
from arsip.letter.casing import people_case
from arsip.letter.evidence import found
from arsip.letter.folding import clean, repaired, repaired_capitals, upper_share
from arsip.letter.kinds import MEMOS
from arsip.letter.rows import Row, Strip, place
from arsip.letter.sheet import Sheet
from arsip.model import Finding

_CONTACT: Final = re.compile(
    r"\b(Jalan|Jln|JL|Jl|Alamat|A\s?l\s?a\s?m\s?a\s?t|Telepon|Telp|Tlp|Telepun|Phone|Faks\w*|Fax|Laman|Website|"
    r"Web|E-?mail|Surel|Pos-?el|Kode\s*Pos|NPSN|NSS|Sekretariat\s*:|Sekretariat\s+(?:Kantor|Balai|Gedung|Rumah)|Kompleks|Komplek|Gedung|"
    r"Menara|Graha|Lantai|Lt\.|Kav\.|Call\s+Center|HP|KP)\b|www\.|https?|@|\d{5}|Bismillah|Akreditasi|"
    r"\b\d{1,3}\s+[A-Z]\w+\s+Street\b",
    re.IGNORECASE,
)
_PARENT: Final = re.compile(r"PEMER[IL1]NTAH\w*\b(?!\s+(DESA|KALURAHAN|NAGARI|GAMPONG|KELURAHAN))")
_REGION: Final = re.compile(
    r"(?:PEMER[IL1]NTAH(?:AN)?\s+)?(?:DAERAH\s+)?(?P<what>KABUPATEN|KAB\.?|KOTA|PROV[IL1]NS[IL1]|PROPINSI|"
    r"DAERAH\s+(?:KHUSUS|ISTIMEWA))\s+(?P<name>.+)"
)
_MINISTRY: Final = re.compile(r"KEMENTER[IL1]AN\b|KEJAKSAAN|MAHKAMAH")
_STATE: Final = re.compile(r"\s*\bREPUBL[IL1]K\s+[IL1]NDONES[IL1]A\b|\s+R[IL1]$")
_UNIT: Final = re.compile(
    r"\W*(PEMER[IL1]NTAH|KEMENTER[IL1]AN|D[IL1]NAS|BADAN|SEKRETAR[IL1]AT|[IL1]NSPEKTORAT|KECAMATAN|KELURAHAN|"
    r"DESA|KANTOR|BALA[IL1]|D[IL1]REKTORAT|UN[IL1]VERS[IL1]TAS|FAKULTAS|FACULTY|[IL1]NST[IL1]TUT|SEKOLAH|"
    r"RSUD|RSUP|RSU|RUMAH\s+SAK[IL1]T|PUSKESMAS|UPT|UPTD|UNIT\s+PELAKSANA|PUSAT|B[IL1]RO|BAG[IL1]AN|"
    r"SMP|SMPN|SMA|SMAN|SMK|SMKN|SD|SDN|TK|PAUD|MTS|MTSN|MAN|MIN|MA|MI|MADRASAH|NAGAR[IL1]|GAMPONG|"
    r"KALURAHAN|KAPANEWON|D[IL1]STR[IL1]K|SATUAN|KOORD[IL1]NATOR|KOM[IL1]S[IL1]|DEWAN|MAJEL[IL1]S|YAYASAN|"
    r"PAN[IL1]T[IL1]A|PENGURUS|PERSATUAN|MUSYAWARAH|PT|CV|PERUMDA|PERUM|PDAM|KOPERAS[IL1]|RESOR|SEKTOR|"
    r"DAERAH|KEPOL[IL1]S[IL1]AN|POL[IL1]KL[IL1]N[IL1]K|POL[IL1]TEKN[IL1]K|LEMBAGA|ARS[IL1]P|BUPAT[IL1]|GUBERNUR|"
    r"WAL[IL1]\s*KOTA|EMBASSY|DJAWATAN|PANGADILAN|PENGAD[IL1]LAN|KEJAKSAAN|MAHKAMAH|SUKU\s+DINAS|"
    r"KABUPATEN|KOTA|PROV[IL1]NS[IL1]|CABANG|JURUSAN|PROGRAM|DEPARTEMEN|BANK|PERHIMPUNAN|IKATAN|FORUM|"
    r"HIMPUNAN|PIMPINAN|GERAKAN|PALANG|KARANG|LURAH|CAMAT|KEPALA)\b\.?",
    re.IGNORECASE,
)
_BARE: Final = re.compile(
    r"(D[IL1]NAS|BADAN|SEKRETAR[IL1]AT|[IL1]NSPEKTORAT|SATUAN|BAG[IL1]AN|B[IL1]RO|KANTOR)\b"
)
_HEADQUARTERS: Final = re.compile(
    r"(D[IL1]REKTORAT|PUSAT|B[IL1]RO|SEKRETAR[IL1]AT|[IL1]NSPEKTORAT)\b"
)
_VILLAGE: Final = re.compile(
    r"KANTOR\s+(KEPALA\s+)?(?=(DESA|KELURAHAN|KALURAHAN|NAGARI|GAMPONG)\b)", re.IGNORECASE
)
_REGION_LINE: Final = re.compile(r"(KABUPATEN|KAB\.|KOTA|PROV[IL1]NS[IL1]|KECAMATAN|KEC\.)\b")
_BODY_OF: Final = re.compile(r"(PAN[IL1]T[IL1]A|PENGURUS|P[IL1]MP[IL1]NAN|CABANG|RANT[IL1]NG)\b")
_EDGES: Final = " .,:;|~*-_'\"`()[]=\u2018\u2019\u00bb\u00ab"
_LEVEL_OF: Final = re.compile(
    r"(SD|SMP|SMA|SMK|TK|PAUD)\s+(SE-?\s?)?(KAB|KEC|KOTA|PROV)", re.IGNORECASE
)
_JOINS: Final = re.compile(r"\b(DAN|DI|OF|AND|UNTUK|SERTA|PADA|[,&])$", re.IGNORECASE)
_MOST_WORDS: Final = 30
"""A longer line names no office."""
_COMPANY: Final = re.compile(
    r"\b(LTD|LIMITED|INC|CORP|CORPORATION|TBK|LLC|PTE|PLC)\b", re.IGNORECASE
)
_ABBREVIATED: Final = re.compile(r"\(([A-Z]{2,8})\b")


@dataclass(frozen=True, slots=True)
class Unit:
    """One office of a letterhead, put together from its lines."""

    text: str
    strips: tuple[Strip, ...]


def sender(sheet: Sheet) -> Finding[str] | None:
    """The office the letter comes from."""
    return _from_line(sheet) or _letterhead(sheet) or _office_of_title(sheet)


def _from_line(sheet: Sheet) -> Finding[str] | None:
    """The Dari line of a note, or of the sheet that goes with a letter."""
    said = sheet.zones.behind(labels.FROM)
    if said is None or said.value is None or sheet.kind not in {*MEMOS, "disposisi"}:
        return None
    text = said.value.text
    below = [s for s in sheet.zones.left if s.row == said.row + 1]
    strips = [said.value]
    if below and abs(below[0].left - said.value.left) < 3 * sheet.rows[said.row].letter:
        strips.append(below[0])
        text = f"{text} {below[0].text}"
    value = re.sub(
        r"^(?:\W*\w{1,2}\s*:)?[\W\d]*(Sdr\.?|Yth\.?)?\s*:?\s*", "", repaired(clean(text))
    ).strip(" .,;:")
    return found(sheet, value, place(strips), "from_line", sure=0.95, raw=text) if value else None


def units_of_head(sheet: Sheet) -> list[Unit]:
    """The offices that the letterhead names, from the body above to the unit itself."""
    strips = list(_kop_strips(sheet))
    first = next((at for at, strip in enumerate(strips) if _names_office(strip.text)), 0)
    return list(_units(strips[first:]))


def _letterhead(sheet: Sheet) -> Finding[str] | None:
    units = sheet.once(units_of_head)
    if not units:
        return None
    name, used, sure = _name(units)
    value = people_case(name)
    raw = " / ".join(unit.text for unit in used)
    strips = [strip for unit in used for strip in unit.strips]
    return found(sheet, value, place(strips), "letterhead", sure=sure, raw=raw)


def _kop_strips(sheet: Sheet) -> Iterator[Strip]:
    """The lines of the letterhead that name offices, without logos, addresses and stamps."""
    stamps = set(sheet.zones.stamps)
    seen_address = False
    for row in sheet.rows[: sheet.zones.kop]:
        cells = [cell for cell in row.cells if cell not in stamps]
        if sum(len(cell.words) for cell in cells) > _MOST_WORDS:
            continue
        if not cells or _is_address(row):
            seen_address = seen_address or bool(cells)
            continue
        words = tuple(word for cell in cells for word in cell.words)
        strip = _without_noise(Strip.of(words, row.page, row.index))
        if strip and not (seen_address and not _UNIT.match(strip.text)):
            yield strip


def _is_address(row: Row) -> bool:
    return bool(_CONTACT.search(row.text)) and not re.match(r"\W*(PT|CV)\b", row.text)


def _without_noise(strip: Strip) -> Strip | None:
    """The strip from its first word of capitals on; None for a motto or what a logo left."""
    found_unit = None
    for at, word in zip(strip.starts, strip.words, strict=True):
        rest = strip.text[max(at, 0) :]
        loud = word.text.isupper() or (word.text[-1].isalnum() and _capitalised(rest))
        if loud and _UNIT.match(rest):
            found_unit = at
            break
    start = found_unit if found_unit is not None and found_unit < 14 else 0  # a logo is short
    kept = strip.cut(max(start, 0))
    end = re.search(r"(\s+[^\w\s]|\s+\S{1,2}[^A-Z.\w]*)+$", kept.text)
    if end and not re.search(r"[IVX\d]$|\b(RI|NO|KE)$", kept.text):
        kept = kept.cut(0, end.start()) if end.start() > 6 else kept
    text = kept.text.strip(" .,:;|~-_")
    letters = sum(c.isalpha() for c in text)
    quiet = upper_share(text) < 0.7 and found_unit is None and not text.startswith("dan ")
    return None if letters < 3 or quiet else kept


def _names_office(text: str) -> bool:
    """Whether a line begins like an office, or ends like a company."""
    return bool(_UNIT.match(text) or _COMPANY.search(text))


def _capitalised(text: str) -> bool:
    """Whether every long word has a capital, as names of offices do."""
    return all(word[0].isupper() for word in re.findall(r"[A-Za-z]{4,}", text))


def _units(strips: Sequence[Strip]) -> Iterator[Unit]:
    """Lines that go on from one another as one unit each."""
    text = ""
    parts: list[Strip] = []
    for strip in strips:
        line = " ".join(repaired_capitals(w) for w in strip.text.strip(_EDGES).split())
        goes_on = bool(text) and (
            not _UNIT.match(line)
            or bool(_JOINS.search(text))
            or _is_state(line)
            or bool(_LEVEL_OF.match(line))
        )
        if goes_on:
            text, parts = f"{text} {line}", [*parts, strip]
            continue
        if text:
            yield Unit(text, tuple(parts))
        text, parts = line, [strip]
    if text:
        yield Unit(text, tuple(parts))


def _is_state(line: str) -> bool:
    return bool(re.match(r"REPUBL[IL1]K\s+[IL1]NDONES[IL1]A", line.upper()))


def _name(units: Sequence[Unit]) -> tuple[str, Sequence[Unit], float]:
    """The name of the sender, the units it is made of, and how sure that is."""
    top = units[0].text.upper()
    if len(units) == 1:
        return _own(units[0].text), units, 0.9 if _UNIT.match(top) else 0.7
    if _PARENT.match(top):
        return _regional(units)
    if _MINISTRY.match(top):
        return _central(units)
    return _organised(units)


def _own(text: str) -> str:
    return _VILLAGE.sub("PEMERINTAH ", text)


def _regional(units: Sequence[Unit]) -> tuple[str, Sequence[Unit], float]:
    """A unit of a regional government: with its region when it has no place of its own."""
    last = units[-1]
    name = _own(last.text)
    region = _REGION.match(units[0].text.upper())
    if region and _BARE.match(name.upper()) and region["name"] not in name.upper():
        what = "KABUPATEN" if region["what"].startswith("KAB") else region["what"]
        return f"{name} {what} {region['name']}", (units[0], last), 0.94
    return name, (last,), 0.94


def _central(units: Sequence[Unit]) -> tuple[str, Sequence[Unit], float]:
    """A unit of a ministry: headquarters carry the ministry's name."""
    last = units[-1]
    if _HEADQUARTERS.match(last.text.upper()):
        ministry = _STATE.sub("", units[0].text.upper())
        return f"{last.text.upper()} {ministry}", (units[0], last), 0.92
    return last.text, (last,), 0.92


_ACADEMY: Final = re.compile(
    r"(UN[IL1]VERS|[IL1]NST[IL1]TUT|POL[IL1]TEKN|SEKOLAH\s+T[IL1]NGG[IL1])"
)


def _organised(units: Sequence[Unit]) -> tuple[str, Sequence[Unit], float]:
    """Schools, parties, committees, universities, companies."""
    first, last = units[0], units[-1]
    top = first.text.upper()
    if _ACADEMY.match(top):
        comma = ", " if last.text.upper().startswith("FACULTY") else " "
        return f"{last.text}{comma}{first.text}", (first, last), 0.9
    if any(_BODY_OF.match(unit.text.upper()) for unit in units):
        named = next((unit for unit in units if _names_itself(unit, units)), None)
        return (named.text, (named,), 0.85) if named else (_committee(units), units, 0.8)
    if _REGION_LINE.match(last.text.upper()):
        return " ".join(unit.text for unit in units), units, 0.88
    best = first if re.match(r"(PT|CV|UD)\b", top) else last
    return best.text, (best,), 0.88


def _names_itself(unit: Unit, units: Sequence[Unit]) -> bool:
    """A branch that carries its party's short name: ``Pengurus Cabang PGRI Bulupoddo``."""
    if not _BODY_OF.match(unit.text.upper()):
        return False
    words = set(unit.text.upper().split())
    shorts = {"".join(w[0] for w in other.text.upper().split()) for other in units}
    shorts |= {match[1] for other in units if (match := _ABBREVIATED.search(other.text))}
    shorts |= {word for word in units[0].text.upper().split() if len(word) == 4 and word.isalpha()}
    return bool(words & {short for short in shorts if len(short) > 2})


def _committee(units: Sequence[Unit]) -> str:
    """A body within an organisation: ``Panitia Pelaksana PGRI Kecamatan Bulupoddo``."""
    whole = units[0].text
    short = _ABBREVIATED.search(whole)
    regions = [unit.text for unit in units[1:-1] if _REGION_LINE.match(unit.text.upper())]
    if short:
        return " ".join([units[-1].text, short[1], *regions])
    return " ".join(unit.text for unit in units)


_OFFICE: Final = re.compile(
    r"(BUPAT[IL1]|GUBERNUR|WAL[IL1]\s*KOTA|KEPALA|MENTER[IL1]|CAMAT|D[IL1]REKTUR|SEKRETAR[IL1]S|DEKAN|"
    r"REKTOR|LURAH|KETUA|[IL1]NSPEKTUR)\b"
)


def _office_of_title(sheet: Sheet) -> Finding[str] | None:
    """The office that rules: ``KEPUTUSAN KEPALA DESA SUKAMAJU`` without a letterhead."""
    title = sheet.zones.title
    if title is None:
        return None
    strip = sheet.rows[sheet.zones.title_row].whole.cut(title.end)
    if not _OFFICE.match(strip.text.upper()):
        return None
    return found(
        sheet, people_case(strip.text.strip(" .,:")), strip.place, "title", sure=0.9, raw=strip.text
    )
