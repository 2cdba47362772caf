"""Who signed, as what, for whom: the signature block."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from arsip.letter.closing import (
    ACTING,
    BEHALF,
    FOOTER,
    GREETING,
    NOT_NAME,
    OFFICE,
    RANK,
    UNDER,
    above_witness,
    columns,
    degreed,
    is_name,
)
from arsip.letter.evidence import found
from arsip.letter.folding import clean, repaired
from arsip.letter.identity import LABEL, Identity, identity_in, unlabelled
from arsip.letter.rows import Strip, place
from arsip.letter.sheet import Sheet
from arsip.letter.zones import is_place_date
from arsip.model import Finding

_MOST_ROWS: Final = 22


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature block put in order.

    Attributes:
        name: the strip of the name.
        office: strips of the signer's title, top to bottom.
        behalf: the strip after ``a.n.``.
        identity, identity_strip: NIP or NRP and where it stands.
        sure: 0 to 1.
    """

    name: Strip | None
    office: tuple[Strip, ...]
    behalf: Strip | None
    identity: Identity | None
    identity_strip: Strip | None
    sure: float


def signature_of(sheet: Sheet) -> Signature | None:
    """The signature of the author: the first signer's, never a witness's."""
    closing = sheet.closing
    rows = above_witness(sheet.rows[closing.start : closing.end])[-_MOST_ROWS:]
    sides = [column for column in columns(rows) if not _noise(column)]
    first = _first_of_several(sides)
    best = None
    for column in first or sides:
        read = _read(column, sheet)
        if read and (best is None or read.sure > best.sure + 0.15):
            best = read
    return best


def _noise(column: Sequence[Strip]) -> bool:
    """A column that a speck or a stamp left."""
    return not any(re.search(r"[A-Za-z]{3}|\d{8}", strip.text) for strip in column)


def _first_of_several(sides: Sequence[Sequence[Strip]]) -> list[Sequence[Strip]] | None:
    """Where offices stand side by side, the leftmost is the author's."""
    offices = [[s for s in column if OFFICE.match(s.text)] for column in sides]
    rows = [strip.row for found_in in offices for strip in found_in[:1]]
    if len(rows) < 2 or len(set(rows)) == len(rows):  # one signer, or one above the other
        return None
    signing = [column for column, found_in in zip(sides, offices, strict=True) if found_in]
    return [min(signing, key=lambda column: min(strip.left for strip in column))]


def _read(column: Sequence[Strip], sheet: Sheet) -> Signature | None:
    numbered = [
        (strip, one)
        for strip in column
        if (one := identity_in(strip.text) or unlabelled(strip.text))
    ]
    identity_strip, identity = numbered[-1] if numbered else (None, None)
    marks = [s.row for s in column if RANK.match(s.text) or LABEL.match(s.text)]
    marks += [strip.row for strip, _ in numbered]
    limit = min((row for row in marks), default=10**9)
    above = [s for s in column if s.row < limit]
    name = _name(above, marked=bool(marks)) or _beside_rank(column)
    if name is None and identity is None:
        return None
    office, behalf = _office(above, name, sheet)
    name = name and _without_stamp(_whole(name, sheet), office, sheet)
    sure = 0.9 if name and (identity or office) else 0.6
    sure += 0.06 if name and identity and identity.sure > 0.9 else 0.0
    return Signature(name, tuple(office), behalf, identity, identity_strip, sure)


def _whole(name: Strip, sheet: Sheet) -> Strip:
    """A name whose academic title stands a gap before it: ``Dr.   Rina Astuti, S.H.``."""
    row = sheet.rows[name.row]
    following = [cell for cell in row.cells if cell.left > name.right]
    if _core(name.text) or not following or not is_name(following[0].text):
        return name
    return Strip.of((*name.words, *following[0].words), name.page, name.row)


_STAMP_WORD: Final = re.compile(r"[^a-z.]{1,7}|[A-Za-z]{1,2}")
_ALIGNED: Final = 1.5
"""In widths of a letter: how far below its title a name may begin and still stand under it."""


def _without_stamp(name: Strip, office: Sequence[Strip], sheet: Sheet) -> Strip:
    """The name from where its title begins, when what stands before is of a stamp: ``DLH Rina``."""
    reach = _ALIGNED * sheet.rows[name.row].letter
    if office and abs(name.left - office[0].left) <= reach:
        return name
    for at, word in enumerate(name.words[1:], 1):
        stamped = all(_STAMP_WORD.fullmatch(other.text) for other in name.words[:at])
        below = bool(office) and abs(word.box.left - office[0].left) <= reach
        if stamped and below and re.match(r"[A-Z][a-z]", word.text):
            return name.cut(name.starts[at])
    return name


def _name(above: Sequence[Strip], *, marked: bool) -> Strip | None:
    """The name: right above the rank or number; else below a title or a greeting."""
    named = [s for s in above if is_name(s.text) and not _is_town(s)]
    with_degree = [s for s in named if degreed(s.text)]
    several = [s for s in named if len(_WHOLE_WORD.findall(s.text)) > 1]
    greeted = next((at for at, s in enumerate(above) if GREETING.match(s.text)), None)
    if named and marked:
        return (with_degree or several or named)[-1]
    if with_degree:
        return with_degree[-1]
    if greeted is not None:
        return next((s for s in above[greeted + 1 :] if is_name(s.text)), None)
    titled = [
        s.row for s in above if OFFICE.match(s.text) or BEHALF.match(s.text) or _is_headed(s.text)
    ]
    below = [s for s in named if titled and s.row > titled[0]]
    return below[-1] if below else None


_WHOLE_WORD: Final = re.compile(r"[^\W\d_]{3,}")


def _is_town(strip: Strip) -> bool:
    return bool(re.match(r"[A-Z][a-z]+,\s*$", strip.text))


def _beside_rank(column: Sequence[Strip]) -> Strip | None:
    """A name in one line with its label: ``Notulis, RATNA DEWI``."""
    for strip in column:
        match = re.match(r"\W*Notulis\s*[,:]\s*(.+)", strip.text, re.IGNORECASE)
        if match and is_name(match[1]):
            return strip.cut(match.start(1))
    return None


def _office(
    above: Sequence[Strip], name: Strip | None, sheet: Sheet
) -> tuple[list[Strip], Strip | None]:
    """The strips of the title, and the one that names the superior."""
    office: list[Strip] = []
    behalf: Strip | None = None
    before = [s for s in above if name is None or s.row < name.row]
    for strip in before:
        if (mark := BEHALF.match(strip.text)) and strip.text[mark.end() :].strip():
            behalf, office = strip.cut(mark.end()), []
        elif mark := UNDER.match(strip.text):
            rest = strip.text[mark.end() :].strip(" .,:")
            if rest and behalf is None:
                behalf = strip.cut(mark.end())
            office = []
        elif _is_title_line(strip, office, sheet):
            office.append(strip)
    if not office and name is not None:
        greeted = any(GREETING.match(strip.text) for strip in before)
        below = [s for s in above if s.row > name.row and re.search(r"[A-Za-z]{3}", s.text)][:1]
        office = [s for s in below if greeted or OFFICE.match(s.text)]
    return office, behalf


_SCRAWL: Final = 0.5
"""Mean word confidence below which a line between a title and a name is a hand's signature."""


def _is_title_line(strip: Strip, office: Sequence[Strip], sheet: Sheet) -> bool:
    text = strip.text
    if FOOTER.match(text) or NOT_NAME.match(text) or is_place_date(text, sheet.today.year):
        return False
    if OFFICE.match(text) or ACTING.match(text):
        return True
    if strip.place.confidence < _SCRAWL:
        return False
    if _is_headed(text):
        return True
    near = bool(office) and strip.row - office[-1].row == 1 and not sheet.rows[strip.row].apart
    ended = bool(office) and office[-1].text.rstrip().endswith(",")
    return near and not ended and not degreed(text) and bool(re.search(r"[A-Za-z]{3}", text))


def _is_headed(text: str) -> bool:
    """A title of an office that no list has: a short line that ends with a comma."""
    return text.rstrip().endswith(",") and text[:1].isupper() and not degreed(text)


def signatory(sheet: Sheet) -> Finding[str] | None:
    """The name of who signed, with its degrees."""
    signature = sheet.once(signature_of)
    if signature is None or signature.name is None:
        return None
    name = signature.name
    value = _person(name.text)
    if not value:
        return None
    worst = min(word.confidence for word in name.words)
    sure = signature.sure * (0.6 + 0.4 * worst) - _doubt(sheet, value, signature)
    return found(sheet, value, name.place, "signature", sure=sure, raw=name.text)


_SHIFT: Final = 3
"""In widths of a letter: a name begins below its title, or is centred below it."""


def _doubt(sheet: Sheet, value: str, signature: Signature) -> float:
    """What speaks against a name: one word alone, or a beginning that a stamp has covered."""
    doubt = _in_part(value, scanned=sheet.scanned)
    name, office = signature.name, signature.office
    if name is None or not office:
        return doubt
    letter = sheet.rows[name.row].letter
    shifted = name.left - office[0].left > _SHIFT * letter
    middle = (name.left + name.right - office[0].left - office[0].right) / 2
    return doubt + (0.5 if shifted and abs(middle) > _SHIFT * letter else 0.0)


def _in_part(value: str, *, scanned: bool) -> float:
    """What speaks against a name by its words: no word of it, one alone, a cut or mixed one."""
    core = _core(value)
    if not core:
        return 0.6
    if not scanned:
        return 0.0 if " " in value else 0.3
    if " " not in core and "," not in value:
        return 0.5
    return 0.5 if _CUT.search(core) or _MIXED.search(value) else 0.0


_TITLES: Final = re.compile(r"(?:\b(?:Prof|Drs?|Dra|drg?|Ir|Hj?|KH)\.\s*)+")
_DEGREE: Final = re.compile(r"[A-Z]\.[A-Z][A-Za-z]{0,3}\.?$")
_CUT: Final = re.compile(r"\s(?:[A-Z][A-Za-z]?)$")
"""A last word of one or two letters, without the stop of an initial."""
_MIXED: Final = re.compile(r"[{}<>=\\]|[a-z][A-Z]")


def _core(name: str) -> str:
    """A name without titles and degrees; empty when nothing is left of it."""
    own = _TITLES.sub("", name.split(",", maxsplit=1)[0]).strip()
    return own if _WHOLE_WORD.search(own) and not _DEGREE.match(own) else ""


def signatory_title(sheet: Sheet) -> Finding[str] | None:
    """The office of who signed."""
    signature = sheet.once(signature_of)
    if signature is None or not signature.office:
        return None
    raw = " ".join(strip.text for strip in signature.office)
    value = repaired(clean(raw)).strip(" .,:;|_-")
    return found(
        sheet, value, place(signature.office), "signature", sure=signature.sure - 0.02, raw=raw
    )


def on_behalf_of(sheet: Sheet) -> Finding[str] | None:
    """The superior in whose name it is signed: what follows ``a.n.``."""
    signature = sheet.once(signature_of)
    if signature is None or signature.behalf is None:
        return None
    value = repaired(clean(signature.behalf.text)).strip(" .,:;|_-")
    return found(
        sheet, value, signature.behalf.place, "signature", sure=0.93, raw=signature.behalf.text
    )


def signatory_id(sheet: Sheet) -> Finding[str] | None:
    """The NIP or NRP of who signed, repaired by its structure."""
    signature = sheet.once(signature_of)
    if signature is None or signature.identity is None or signature.identity_strip is None:
        return None
    one = signature.identity
    if one.service != "nip":
        return None
    spot = signature.identity_strip.cut(one.start, one.end)
    return found(sheet, one.value, spot.place, one.service, sure=one.sure, raw=spot.text)


_BALINESE: Final = re.compile(
    r"[|l1!]\s+(?=(?:Made|Ketut|Wayan|Nyoman|Gede|Putu|Komang|Gusti|Dewa|Nengah|Kadek)\b)",
    re.IGNORECASE,
)
_NOISE: Final = re.compile(
    r"^(?:[^A-Za-z(]+|[A-Z]?\d\w*\s+|[a-z]{1,2}\s+(?!\w+\.)|\W*[A-Z]{1,2}\d\s+)+"
)


def _person(text: str) -> str:
    value = _BALINESE.sub("I ", repaired(clean(text).replace("\u00a7", "S")))
    value = re.sub(r"(?<=[a-z]{2})I(?=[a-z]|\b)", "l", value)
    value = re.sub(r"(?<=[a-z])[COSVWXZ](?=[a-z])", lambda m: m[0].lower(), value)
    value = re.sub(r"^[A-Z]\s(?=(?:Prof|Drs?|Dra|Ir|Hj?)\.)", "", value)
    value = _NOISE.sub("", value).strip(" ,;:|_-()'\"*")
    value = re.sub(r"\s*\[[^\]]*\]\s*", " ", value).strip()
    return value if re.search(r"[A-Za-z]{3}", value) else ""
