"""What a letter is about: Hal, else TENTANG, else what its title or first sentence names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from arsip.letter import labels
from arsip.letter.evidence import found
from arsip.letter.folding import clean, repaired, unglued, upper_share
from arsip.letter.kinds import TRADE
from arsip.letter.labels import label_of, value_of
from arsip.letter.months import ROMAN
from arsip.letter.rows import Row, Strip, place
from arsip.letter.sheet import Sheet
from arsip.letter.zones import HEAD_ROWS, OPENERS, Labelled, is_place_date
from arsip.model import Finding

_ABOUT: Final = re.compile(r"\W{0,3}T\s?E\s?N\s?T\s?A\s?N\s?G\W{0,3}$", re.IGNORECASE)
_STOPS: Final = re.compile(
    r"\W*(NOMOR|No\.|Menimbang|DENGAN\s+RAHMAT|Yth\b|Kepada\b|Dasar\b|Dalam\b|Berdasarkan\b|"
    r"(BUPAT[Il1]|GUBERNUR|WAL[Il1]\s*KOTA|KEPALA|MENTER[Il1]|CAMAT|DIREKTUR|SEKRETARIS|DEKAN|"
    r"REKTOR|LURAH|KETUA)\b[^\n]{0,60},\s*$)",
)
_TASK: Final = re.compile(r"\bUntuk\s*:?\s*(?:1[.)]\s*)?", re.IGNORECASE)
_TASK_END: Final = re.compile(
    r"\s*(,|;|\.\s|\.$|\byang\s+(akan\s+)?(dilaksanakan|diselenggarakan)|\b(pada|di|tgl|tanggal)\s+"
    r"(hari|tanggal|tgl|[A-Z0-9])|\bbertempat|\bselama\b|\bmulai\s+tanggal)",
    re.DOTALL,
)
_DONE: Final = re.compile(
    r"\btelah\s+(?:dilaksanakan|dilakukan|diadakan|melaksanakan)\s+(?P<what>[^.,;]{4,120}?)"
    r"(?=\s*(?:,|;|\.|\bdengan\b|\bberdasarkan\b|\bantara\b|\bsebanyak\b))",
    re.DOTALL,
)
_MEETING: Final = re.compile(
    r"\W*((?:Sidang\s*/\s*)?Rapat|Acara|Agenda|Kegiatan|Judul|Topik)\s*:\s*(?P<what>.+)",
    re.IGNORECASE,
)
_SENT: Final = re.compile(
    r"(jen[il]s|enis|naskah|ura[il]an|[il]s[il]|per[il]ha[l1]|nama\s+barang)\b", re.IGNORECASE
)
_AMOUNT: Final = re.compile(r"\b(banyaknya|jum[l1]ah|vo[l1]ume)\b", re.IGNORECASE)
_MOST_LINES: Final = 6
"""Below TENTANG."""
_MOST_WRAPPED: Final = 5
"""Lines on which a value of Hal goes on."""
_ENDS: Final = re.compile(
    r"\W*(Kepa[dc]a\b|[YVJ][ltif]h\b|Kpd\b|di\b\W*$|di\s*[-\u2013]|D[il]\s+Te)", re.IGNORECASE
)


def subject(sheet: Sheet) -> Finding[str] | None:
    """What the letter is about."""
    return _behind_label(sheet) or _tentang(sheet) or _titled(sheet)


def _behind_label(sheet: Sheet) -> Finding[str] | None:
    """What ``Hal`` says, with its wrapped lines."""
    said = sheet.zones.behind(labels.SUBJECT) or _below_greeting(sheet)
    if said is None or said.value is None:
        return None
    strips = [said.value, *continued(sheet, said.value, said.label.left)]
    text = " ".join(strip.text for strip in strips)
    value = tidy(text)
    if not re.search(r"\w{2}", value):
        return None
    sure = 0.95 if said.colon else 0.88
    return found(sheet, value, place(strips), "label", sure=sure, raw=text)


def _below_greeting(sheet: Sheet) -> Labelled | None:
    """An English subject, which stands below ``Dear Sir``."""
    if not sheet.english:
        return None
    for row in sheet.rows[sheet.zones.body : sheet.zones.body + 4]:
        label = label_of(row.whole)
        if label and label.role == labels.SUBJECT and label.colon:
            return Labelled(
                label.role, row.whole, value_of(row.whole, label), row.index, colon=True
            )
    return None


def tidy(text: str) -> str:
    """A subject as people write it: no stop at its end, strokes and blanks mended."""
    value = repaired(unglued(clean(text))).strip(" .;:,_-\u2013\u2014*|'>~")
    value = value.strip('" ') if value.count('"') == 1 else value
    value = re.sub(r"^[\"'`|l1!:;.,]{1,2}\s+(?=[A-Z])", "", value)
    value = _COUNTED.sub(_roman, value)
    value = re.sub(r"(?<=\s)l(?=\s|$)", "I", value)
    value = re.sub(r"(?<=\s)ll(?=\s|$)", "II", value)
    return re.sub(r"\b[12][\dOo]{3}\b", lambda m: m[0].replace("O", "0").replace("o", "0"), value)


_COUNTED: Final = re.compile(
    r"\b(Triwulan|Semester|Caturwulan|Tahap|Gelombang|Tingkat|Periode|Angkatan|Bagian)\s"
    r"(?=[A-Za-z|!])([IVXlt|!]{1,4})(?=\s|$)",
    re.IGNORECASE,
)
"""A period with its Roman number, as OCR gives it: ``Triwulan It``."""


def _roman(match: re.Match[str]) -> str:
    strokes = re.sub(r"[lt|!]", "I", match[2])
    return f"{match[1]} {strokes if strokes in ROMAN else match[2]}"


def continued(sheet: Sheet, value: Strip, label_left: int) -> Iterator[Strip]:
    """The strips of the left column that carry a value on below its line."""
    last = value.row
    following = [strip for strip in sheet.zones.left if strip.row > value.row]
    for strip in following[:_MOST_WRAPPED]:
        row = sheet.rows[strip.row]
        if row.apart or strip.row >= sheet.zones.body or strip.row - last > 2:
            break
        if label_of(strip) or _ENDS.match(strip.text) or OPENERS.match(strip.text):
            break
        if is_place_date(strip.text, sheet.today.year) or not re.search(r"\w{2}", strip.text):
            break
        aligned = abs(strip.left - value.left) <= 4 * row.letter
        if not aligned and not (
            strip.left <= label_left + 2 * row.letter and _address_near(sheet, strip)
        ):
            break
        last = strip.row
        yield strip


def _address_near(sheet: Sheet, strip: Strip) -> bool:
    """Whether an address follows at once: what stands between Hal and it belongs to Hal."""
    return any(
        _ENDS.match(sheet.rows[at].text)
        for at in range(strip.row + 1, min(strip.row + 3, len(sheet.rows)))
    )


def _tentang(sheet: Sheet) -> Finding[str] | None:
    """The lines below TENTANG; the label may stand in front of its own text."""
    last = min(sheet.zones.kop + 14, sheet.zones.body)
    for row in sheet.rows[sheet.zones.kop : last]:
        text = row.text
        label = label_of(row.whole)
        if label and label.role == labels.ABOUT and not _ABOUT.match(text):
            strip = row.whole.cut(label.end)
            return _about(sheet, [strip, *_lines_below(sheet, row, capitals=False)])
        if _ABOUT.match(text):
            return _about(sheet, _lines_below(sheet, row, capitals=True))
    return None


def _about(sheet: Sheet, strips: list[Strip]) -> Finding[str] | None:
    value = tidy(" ".join(strip.text for strip in strips))
    if not strips or not value:
        return None
    raw = " ".join(strip.text for strip in strips)
    return found(sheet, value, place(strips), "tentang", sure=0.94, raw=raw)


def _lines_below(sheet: Sheet, row: Row, *, capitals: bool) -> list[Strip]:
    strips: list[Strip] = []
    for below in sheet.rows[row.index + 1 : row.index + 1 + _MOST_LINES]:
        text = below.text
        if strips and (below.apart or (capitals and _quieter(strips[0].text, text))):
            break
        if _STOPS.match(text) or (OPENERS.match(text) and not text.isupper()):
            break
        if re.search(r"\w{2}", text):
            strips.append(below.whole)
    return strips


def _quieter(first: str, text: str) -> bool:
    """Small letters below a line of capitals."""
    loud, quiet = 0.85, 0.6
    spoken = re.search(r"[A-Za-z]", text)
    return bool(spoken) and upper_share(first) >= loud and upper_share(text) < quiet


def _titled(sheet: Sheet) -> Finding[str] | None:
    """What a title names, or the sentence that says what was done or ordered."""
    title = sheet.zones.title
    if title is None or title.code in TRADE:
        return None
    row = sheet.rows[sheet.zones.title_row].whole
    rest = row.text[title.end :].strip(" :.-")
    if title.code == "surat_keterangan":
        return found(sheet, tidy(row.text), row.place, "title", sure=0.8, raw=row.text)
    if rest and title.code in (
        "berita_acara",
        "laporan",
        "perjanjian",
        "rekomendasi",
        "surat_izin",
    ):
        spot = row.cut(title.end)
        return found(sheet, tidy(rest), spot.place, "title", sure=0.88, raw=rest)
    reader = _BY_KIND.get(title.code)
    return reader(sheet) if reader else None


def _task(sheet: Sheet) -> Finding[str] | None:
    text, at = sheet.flow.text, sheet.body_at
    match = _TASK.search(text, at)
    if not match:
        return None
    end = _TASK_END.search(text, match.end())
    return _from_flow(sheet, match.end(), end.start() if end else match.end(), "task")


def _done(sheet: Sheet) -> Finding[str] | None:
    match = _DONE.search(sheet.flow.text, sheet.body_at)
    return _from_flow(sheet, *match.span("what"), "done") if match else None


def _meeting(sheet: Sheet) -> Finding[str] | None:
    for row in sheet.rows[sheet.zones.title_row + 1 : sheet.zones.title_row + 8]:
        match = _MEETING.match(row.text)
        if match:
            spot = row.whole.cut(match.start("what"))
            return found(sheet, tidy(spot.text), spot.place, "label", sure=0.85, raw=spot.text)
    return None


def _sent(sheet: Sheet) -> Finding[str] | None:
    """The first thing in the table of a surat pengantar."""
    for row in sheet.rows[: HEAD_ROWS + 1]:
        column = _column_of_things(row)
        if column is None:
            continue
        strips = list(_first_thing(sheet.rows[row.index + 1 :], column))
        if strips:
            text = " ".join(strip.text for strip in strips)
            value = tidy(re.sub(r"^\W*\d{1,2}\W+(?=\D)", "", text))
            return found(sheet, value, place(strips), "table", sure=0.8, raw=text)
    return None


def _column_of_things(row: Row) -> tuple[int, int] | None:
    """Between which edges a table's header names what is sent; None: the row is no header."""
    if not _AMOUNT.search(row.text) or not _SENT.search(row.text):
        return None
    words = list(row.words)
    at = next(
        at
        for at, word in enumerate(words)
        if _SENT.match(word.text.lstrip("|([1lI")) or at + 1 == len(words)
    )
    amount = next((w.box.left for w in words[at:] if _AMOUNT.search(w.text)), 1000)
    return words[at].box.left, amount


def _first_thing(rows: Sequence[Row], column: tuple[int, int]) -> Iterator[Strip]:
    """The lines of the first entry of a table's column."""
    left, right = column
    for count, row in enumerate(rows[:_MOST_LINES]):
        if count and (row.gap > _NEXT_ENTRY or re.match(r"\W*\d{1,2}[.)]?\s", row.text)):
            return
        words = [
            w
            for w in row.words
            if left - 3 * row.letter <= w.box.left
            and w.box.right < right
            and re.search(r"\w", w.text)
        ]
        if words:
            yield Strip.of(words, row.page, row.index)
        elif count:
            return


_NEXT_ENTRY: Final = 1.25
"""In line pitches: a wider step begins the next entry of a table."""


def _from_flow(sheet: Sheet, start: int, end: int, rule: str) -> Finding[str] | None:
    raw = sheet.flow.text[start:end]
    value = tidy(" ".join(raw.split()))
    if not 3 < len(value) < 200 or ":" in value:  # neither a scrap nor a paragraph
        return None
    return found(sheet, value, sheet.flow.place(start, end), rule, sure=0.82, raw=value)


_BY_KIND: Final = {
    "surat_tugas": _task,
    "surat_perintah": _task,
    "sppd": _task,
    "berita_acara": _done,
    "notula": _meeting,
    "surat_pengantar": _sent,
}
