"""The printed labels of a letter's head, and how OCR spells them.

Source: spellings seen in public letter templates and Indonesian office usage.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from arsip.letter.folding import key, nearest
from arsip.letter.rows import Strip

NUMBER: Final = "number"
NATURE: Final = "nature"
ATTACHMENTS: Final = "attachments"
SUBJECT: Final = "subject"
ABOUT: Final = "about"
DATED: Final = "dated"
TO: Final = "to"
FROM: Final = "from"
COPIES: Final = "copies"
RECEIVED: Final = "received"
AGENDA: Final = "agenda"
ATTENTION: Final = "attention"
OTHER: Final = "other"

_PRINTED: Final = {
    NUMBER: (
        "Nomor", "No", "Nomer", "Nmr", "Nomor Surat", "No Surat", "Number", "Ref", "Our Ref",
        "Ref No", "Reference", "Reference No", "Our Reference", "Letter No", "Invoice No",
        "No Invoice", "Nomor Invoice", "No Faktur",
    ),
    NATURE: ("Sifat", "Sifat Surat", "Derajat", "Klasifikasi"),
    ATTACHMENTS: (
        "Lampiran", "Lamp", "Lampr", "Enclosure", "Enclosures", "Encl", "Attachment", "Attachments",
    ),
    SUBJECT: ("Hal", "Perihal", "Prihal", "Subject", "Re"),
    ABOUT: ("Tentang",),
    DATED: ("Tanggal", "Tgl", "Tanggal Surat", "Tgl Surat", "Date", "Tanggal Invoice"),
    TO: (
        "Kepada", "Kepada Yth", "Yth", "Kpd", "Kpd Yth", "To", "Kepada Yang Terhormat",
        "Yang Terhormat", "Attention", "Untuk",
    ),
    FROM: ("Dari", "From", "Surat Dari", "Asal Surat"),
    COPIES: (
        "Tembusan", "Tembusan Yth", "Tembusan Kepada Yth", "Tembusan disampaikan kepada Yth",
        "Tembusan disampaikan kepada", "Tembusan disampaikan", "Tembusan Kepada", "Tindasan",
        "Salinan", "Salinan disampaikan kepada", "CC", "Copies to", "Copy to",
        "Salinan Keputusan ini disampaikan kepada", "Tembusan surat ini disampaikan kepada",
        "Tembusan Surat", "Tindasan disampaikan kepada", "Salinan Keputusan ini disampaikan",
        "Tembusan Keputusan ini disampaikan kepada",
    ),
    RECEIVED: ("Diterima tgl", "Diterima tanggal", "Diterima", "Tgl Terima", "Tanggal Terima",
               "Terima Tgl", "Terima Tanggal"),
    AGENDA: ("No Agenda", "Nomor Agenda", "Agenda", "Agenda No"),
    ATTENTION: ("Up", "Cq", "Attn"),
    OTHER: (
        "Hari", "Hari Tanggal", "Hari Tgl", "Pukul", "Waktu", "Jam", "Tempat", "Acara", "Dasar",
        "Menimbang", "Mengingat", "Nama", "NIP", "Jabatan", "Catatan", "Indeks", "Pangkat",
        "Diteruskan kepada", "Keperluan", "Jatuh Tempo", "Periode", "Memperhatikan", "Menetapkan",
        "Pakaian", "Agenda Acara", "Perusahaan", "Alamat", "Melalui",
    ),
}  # fmt: skip

ROLES: Final = {key(printed): role for role, many in _PRINTED.items() for printed in many}
_LONG: Final = tuple(name for name in ROLES if len(name) > 4)  # short ones: exactly
_SHORT: Final = {"hal": SUBJECT, "hall": SUBJECT, "hat": SUBJECT, "vth": TO, "ylh": TO, "jth": TO,
                 "yih": TO, "namor": NUMBER, "nomar": NUMBER, "lamplran": ATTACHMENTS,
                 "penhal": SUBJECT, "perlhat": SUBJECT, "slfal": NATURE, "sltat": NATURE,
                 "ret": NUMBER, "tgi": DATED, "darl": FROM, "dart": FROM,
                 "lamo": ATTACHMENTS}  # fmt: skip
_COLON_NEEDED: Final = frozenset({key("Untuk"), key("To"), key("Attention")})
"""Words that begin sentences too."""
_COPIES: Final = re.compile(
    r"\W*(Sa[l1][il1]nan|Te[mrn]+busan|T[il1]ndasan)\b.{0,40}\b(d[il1]sampa[il1]kan|d[il1]ber[il1]kan|kepada|yth)\b"
    r"\W{0,3}((kepada|yth)\b\W{0,3}){0,2}",
    re.IGNORECASE,
)
_COLON: Final = re.compile(r"\W{0,3}([A-Za-z0|!][\w|!./,() -]{0,44}?)\s*([:;])\s*")
_WORD: Final = re.compile(r"\S+")
_LEAD: Final = re.compile(r"[\s:;.,|'\u2019=~*_\u00bb\u00ab-]+")
MOST_WORDS: Final = 3


@dataclass(frozen=True, slots=True)
class Label:
    """A label at the start of a strip.

    Attributes:
        role: one of the names above.
        end: where its value begins in the strip's text.
        colon: whether a separator stands behind it.
    """

    role: str
    end: int
    colon: bool


@lru_cache(maxsize=4096)
def role_of(printed: str) -> str | None:
    """What a label asks for, or None when it is no label."""
    folded = key(printed)
    role = ROLES.get(folded) or _SHORT.get(folded)
    if role or len(folded) < 4 or folded.startswith("kepala"):  # no guessing
        return role
    near = nearest(folded, _LONG)
    return ROLES[near] if near else None


def label_of(strip: Strip) -> Label | None:
    """The label that the strip begins with; the separator may be lost."""
    return _label_of(strip.text)


@lru_cache(maxsize=2048)
def _label_of(text: str) -> Label | None:
    match = _COLON.match(text)
    if match and (role := role_of(match[1])):
        return Label(role, match.end(), colon=True)
    if copies := _COPIES.match(text):
        return Label(COPIES, copies.end(), colon=True)
    return _bare_label(text)


def _bare_label(text: str) -> Label | None:
    """A label whose colon OCR lost: the first one to three words are nothing but the label."""
    found = None
    for count, word in enumerate(_WORD.finditer(text), 1):
        if count > MOST_WORDS:
            break
        head = text[: word.end()]
        role = role_of(head) if count == 1 else ROLES.get(key(head))
        if role and role != OTHER and key(word[0]) and key(head) not in _COLON_NEEDED:
            rest = _LEAD.match(text, word.end())
            found = Label(role, rest.end() if rest else word.end(), colon=False)
    return found


def value_of(strip: Strip, label: Label) -> Strip | None:
    """What stands behind the label in the same strip."""
    rest = _LEAD.match(strip.text, label.end)
    start = rest.end() if rest and label.role != ATTACHMENTS else label.end
    return strip.cut(start) if strip.text[start:].strip() else None
