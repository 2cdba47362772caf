"""Names of people: what can be one, and how it is written once a scan has spoilt it."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Final

from arsip.letter.folding import clean, repaired, upper_share
from arsip.letter.identity import LABEL
from arsip.letter.marks import BEHALF, NOT_NAME, OFFICE, ORGANISATION, RANK

_TITLE: Final = r"(?:Prof|Drs?|Dra|drg?|Ir|Hj?|KH|Tgk)\."
_TITLES: Final = re.compile(rf"(?:\b{_TITLE}\s*)+")
_LAST_TITLES: Final = re.compile(rf"(?<!\S)(?:{_TITLE}\s*)+$")
_DEGREE: Final = re.compile(
    r"\b(S|M|Drs?|Dra|Ir|Prof|H|Hj|A|Sp|dr|drg)\.|,\s*(S|M|A|Ph)\.?\s?[A-Z]|\b(SH|SE|MM|MSi|MH|SP)\b"
)
_ONLY_DEGREES: Final = re.compile(
    r"\W*(?:(?:[SMA]\.\s?[A-Z][A-Za-z]{0,4}|Ph\.?\s?D|Sp\.\s?[A-Z]\w*|SH|SE|MM|MH|MPd|MSi)\b[.,;\s]*)+$"
)
_ACADEMIC: Final = re.compile(r"[A-Z]\.[A-Z][A-Za-z]{0,3}\.?$")
_RANKED: Final = re.compile(
    r"\b(\w?emb[il]na|Penata|Pengatur|Utama\s+M(uda|adya)|T[Kk]\.|T[il]ngkat)(?![a-z])"
)
_PARTICLES: Final = frozenset(
    {"bin", "binti", "van", "de", "der", "den", "al", "el", "von", "ibnu"}
)
_SHORT_NAMES: Final = frozenset({"I", "Ni", "La", "Wa", "Al", "Ki", "Ny", "Sy", "St", "Gt", "Nu"})
_CUT: Final = re.compile(r"\s(?:[A-Z][A-Za-z]?)$")
"""A last word of one or two letters, without the stop of an initial."""
_MIXED: Final = re.compile(r"[{}<>=\\/&!?#*]|[a-z][A-Z]|\w'(?:\s|$)")
_POST: Final = re.compile(
    r"\b(B[il]dang|Bag[il]an|Dekan|D[il]nas|Daerah|Sekretar[il]s\w*|Kepala|Umum|Keuangan|Pelayanan|"
    r"Pendidikan|Kesehatan|Administrasi|Kepegawaian|Anggaran)\b",
    re.IGNORECASE,
)
"""Words of titles and offices that no person is called."""
_NEVER: Final = re.compile(r"\d|[:@]|^(?:[A-Z]{1,3} )*[A-Z]{1,2}(?: [A-Z]{1,3})*$")
"""What no name has in it, and scraps of a stamp's capitals: ``TRI T NE``."""
WHOLE_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_EDGES: Final = " .,()_-|'\"*:;"
_FIVE_FOR_S: Final = re.compile(r"(?<![\w.])5\.(?=\s?[A-Z])")
"""The first letter of a degree: ``5.H.``"""
_INNER_DIGITS: Final = re.compile(r"(?<=[a-z])[05](?=[a-z])|(?<=[A-Z])[05](?=[A-Z])")


@cache
def _borne() -> frozenset[str]:
    listed = files("arsip.letter").joinpath("vocabulary/names.txt")
    return frozenset(listed.read_text(encoding="utf-8").upper().split())


def is_borne(word: str) -> bool:
    """Whether a word is a name that many bear, a title or a degree."""
    plain = word.strip(_EDGES)
    return plain.upper() in _borne() or bool(_TITLES.fullmatch(f"{plain}.")) or degreed(word)


def is_name(text: str) -> bool:
    """Whether a line can be a person's name."""
    core = _INNER_DIGITS.sub("o", _FIVE_FOR_S.sub("S.", text.strip(_EDGES)))
    words = core.split()
    if not 1 <= len(words) <= 9 or len(core) < 4 or _NEVER.search(core):
        return False
    if NOT_NAME.match(core) or RANK.match(core) or BEHALF.match(core) or LABEL.match(core):
        return False
    if (OFFICE.match(core) or ORGANISATION.match(core)) and not _DEGREE.search(core):
        return False
    if (_RANKED.search(core) or _POST.search(core)) and not _DEGREE.search(core):
        return False
    plain = [word for word in words if word[:1].isalpha()]
    small = sum(not _begins_name(word) for word in plain)
    capital = not small or (small == 1 and bool(_DEGREE.search(core)))
    return bool(plain) and capital and (len(words) > 1 or upper_share(core) > 0.9 or len(core) > 4)


def _begins_name(word: str) -> bool:
    """A capital, a stroke read as l before capitals, or a particle."""
    stroke = word[0] == "l" and word[1:2].isupper()
    return word[0].isupper() or stroke or word[:2] in ("dr", "bi", "al", "el")


def degreed(text: str) -> bool:
    """Whether a line carries an academic degree or a title of the pilgrim."""
    return bool(_DEGREE.search(text))


def only_degrees(text: str) -> bool:
    """Whether a line is nothing but degrees: the rest of a long name."""
    return bool(_ONLY_DEGREES.match(text))


def title_at_end(text: str) -> int | None:
    """Where the academic titles begin that a text ends with: ``A Dr.``; None without one."""
    match = _LAST_TITLES.search(text)
    return match.start() if match else None


def core(name: str) -> str:
    """A name without titles and degrees; empty when nothing is left of it."""
    own = _TITLES.sub("", name.split(",", maxsplit=1)[0]).strip()
    return own if WHOLE_WORD.search(own) and not _ACADEMIC.match(own) else ""


def in_part(name: str) -> bool:
    """Whether a scanned name is only a part: no word of it, one alone, a cut or a mixed one."""
    own = core(name)
    if not own or (" " not in own and "," not in name) or max(map(len, own.split())) < 4:
        return True
    small = (word for word in own.split() if word[0].islower() and not word.endswith("."))
    first = own.split()[0]
    odd = any(word not in _PARTICLES for word in small)
    odd = odd or (len(first) < 3 and not first.endswith(".") and first not in _SHORT_NAMES)
    return odd or bool(_CUT.search(own) or _MIXED.search(name))


_BALINESE: Final = re.compile(
    r"[|l1!]\s+(?=(?:Made|Ketut|Wayan|Nyoman|Gede|Putu|Komang|Gusti|Dewa|Nengah|Kadek)\b)",
    re.IGNORECASE,
)
_NOISE: Final = re.compile(
    r"^(?:[^A-Za-z(]+|[A-Z]?\d\w*\s+|[a-z]{1,2}\s+(?!\w+\.)|\W*[A-Z]{1,2}\d\s+)+"
)
_BROKEN_TITLES: Final = (
    (re.compile(r"^\W*(?:[BO0D][rt]s|r?s)\.\s+"), "Drs. "),
    (re.compile(r"^\W*[tlf]r\.\s+"), "Ir. "),
    (re.compile(r"^\W*(?:[O0]r|D[fl1])\.\s+"), "Dr. "),
    (re.compile(r"^\W*(Drs?|Dra|Ir|Prof)[,:;]\s+"), r"\1. "),
    (re.compile(r"^\W*d[fl1t]\.\s+"), "dr. "),
    (re.compile(r"^\W*P\w{1,2}[ft]\.\s+(?=D|Ir|[A-Z][a-z])"), "Prof. "),
)
"""Academic titles as OCR gives them; the start of a name is a slot that little else can fill."""
_STROKE: Final = re.compile(r"\b([BCDFGHJKLMNPRSTVWZ])[lj](?=[bcdfghjkmnpqrstvwxz])")
"""A stroke after the first letter and before another that only a vowel can follow: ``Fltri``."""
_AS_LETTERS: Final = str.maketrans({"0": "o", "5": "s"})


def person(text: str) -> str:
    """A name as its bearer writes it: strokes mended, brackets and marks of a scan taken off."""
    value = _BALINESE.sub("I ", repaired(clean(text).replace("\u00a7", "S")))
    value = re.sub(r"(?<=[a-z]{2})I(?=[a-z]|\b)", "l", value)
    value = _STROKE.sub(r"\1i", value)
    value = re.sub(r"\b([A-Z]) ['`](?=[a-z]{2})", r"\1", value)
    value = _FIVE_FOR_S.sub("S.", value)
    value = re.sub(r"(?<=[a-z])[/\\]\s?(?=[A-Z][a-z])", " ", value)  # a stroke of the signature
    value = re.sub(r"(?<=[a-z])[COSVWXZ](?=[a-z])", lambda m: m[0].lower(), value)
    value = re.sub(r"(?<=[a-z])[05](?=[a-z])", lambda m: m[0].translate(_AS_LETTERS), value)
    value = re.sub(rf"^[A-Z]\s(?={_TITLE})", "", value)
    for broken, title in _BROKEN_TITLES:
        value = broken.sub(title, value)
    value = _NOISE.sub("", value).strip(" ,;:|_-()'\"*")
    value = re.sub(r"\s*\[[^\]]*\]\s*", " ", value).strip()
    return value if re.search(r"[A-Za-z]{3}", value) else ""
