"""Letters, digits and words as OCR mixes them up, folded so that they compare equal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final

_CYRILLIC: Final = (
    "\u0410\u0412\u0415\u0417\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425"
    "\u0430\u0435\u043e\u0440\u0441\u0445\u0131\u0142\u2019\u2018\u02bc\u201c\u201d\u00a0"
)
_INVISIBLE: Final = "\u00ad\u200b\u200c\u200d\ufeff"
LOOKALIKES: Final = str.maketrans(_CYRILLIC, "ABE3KMHOPCTXaeopcxil'''\"\" ", _INVISIBLE)
"""Letters of other alphabets that OCR gives for ours (NFKC leaves them), and marks of no width."""

_DIGITS: Final = str.maketrans("OoQDlI|!iZzSsBGbgq", "000011111225586699"[:18])
_STRONG_DIGITS: Final = str.maketrans("OoQlI|!i]", "000111111")
_LABEL: Final = str.maketrans({"i": "l", "1": "l", "|": "l", "!": "l", "0": "o"})
_NOT_LETTERS: Final = re.compile(r"[^a-z]+")
_NOT_ALNUM: Final = re.compile(r"[^a-z0-9]+")
_GLUED: Final = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[a-z])(?=\d)|(?<=[IVX]{2})(?=[A-Z][a-z])")


def clean(text: str) -> str:
    """The text in one alphabet, with single blanks."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.translate(LOOKALIKES)).translate(LOOKALIKES)
    return " ".join(text.split())


def digits(text: str) -> str:
    """The text with every letter that OCR gives for a digit turned into it: numeric slots only."""
    return text.translate(_DIGITS)


def sure_digits(text: str) -> str:
    """Like digits, for the confusions of round and upright strokes alone: O and l."""
    return text.translate(_STRONG_DIGITS)


@lru_cache(maxsize=4096)
def key(text: str) -> str:
    """What two readings of one printed label share: lower-case letters, strokes and rn merged."""
    folded = text.lower().translate(_LABEL)
    return _NOT_LETTERS.sub("", folded).replace("rn", "m")


@lru_cache(maxsize=4096)
def bare(text: str) -> str:
    """Lower-case letters and digits only."""
    return _NOT_ALNUM.sub("", text.lower())


def distance(left: str, right: str, *, most: int) -> int:
    """The edit distance of two words, or ``most + 1`` when it is larger than ``most``."""
    if abs(len(left) - len(right)) > most:
        return most + 1
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        previous, row[0] = row[0], i
        for j, b in enumerate(right, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (a != b))
        if min(row) > most:
            return most + 1
    return row[-1]


@cache
def _slack(length: int) -> int:
    """How many wrong letters a printed label of this length may carry."""
    return 0 if length < 4 else 1 if length < 8 else 2  # lengths of the rule


def nearest(word: str, words: Iterable[str]) -> str | None:
    """The one of ``words`` that ``word`` is a misreading of; all are folded keys."""
    best, least = None, 99
    for other in words:
        most = _slack(min(len(word), len(other)))
        if most and (far := distance(word, other, most=most)) <= most and far < least:
            best, least = other, far
    return best


def upper_share(text: str) -> float:
    """The share of capitals among the letters, 0 to 1; 0 when there are none."""
    letters = [c for c in text if c.isalpha()]
    return sum(c.isupper() or c == "l" for c in letters) / len(letters) if letters else 0.0


def unglued(text: str) -> str:
    """The text with its blanks back where a text layer lost them: ``DataSiswaKelasIX``."""
    return " ".join(_unglued_word(word) for word in text.split())


def _unglued_word(word: str) -> str:
    """A word of a damaged layer is long and has several capitals inside; names are left alone."""
    long, inner = 18, 2
    if len(word) < long or "/" in word or "@" in word:
        return word
    parts = _GLUED.split(word)
    return " ".join(parts) if len(parts) > inner else word


def repaired_capitals(word: str) -> str:
    """A word of capitals with the strokes that OCR read as l or 1 made I again: ``DlNAS``."""
    letters = [c for c in word if c.isalpha() and c != "l"]
    if "l" in word and all(c.isupper() for c in letters) and len(word.strip(".,;:()/")) > 1:
        if not letters or word.startswith("Jl"):
            return word
        word = word.replace("l", "I")
    if (
        "0" in word
        and len(letters) > 1
        and all(c.isupper() for c in letters)
        and not re.search(r"[1-9]", word)
    ):
        word = word.replace("0", "O")
    return re.sub(r"(?<=[A-Z])(?:1(?=[A-Z])|[|!](?=[A-Z\W]|$))", "I", word)


def repaired(text: str) -> str:
    """Prose with the strokes of its words mended: ``lnformasi``, ``DlNAS``, ``Narasurnber``."""
    return " ".join(_repaired_word(word) for word in _SPLIT_M.sub("m", text).split(" "))


_SPLIT_M: Final = re.compile(r"rn(?=[bp])")
"""An m that OCR took for two letters: no Indonesian word has them before b or p."""


_OFFICE_WORDS: Final = {
    key(word): word for word in (
        "Kepala", "Sekretaris", "Sekretariat", "Direktur", "Koordinator", "Pengurus",
        "Puskesmas", "Kabupaten", "Kecamatan", "Kelurahan", "Pendidikan", "Kesehatan",
        "Pemerintah", "Kementerian", "Inspektur", "Inspektorat", "Gubernur", "Menteri",
        "Pimpinan", "Provinsi", "Bendahara", "Satuan", "Komunikasi", "Informatika",
        "Kepegawaian", "Daerah", "Perangkat", "Keuangan",
        "Perhubungan", "Pertanian", "Lingkungan", "Perencanaan", "Pembangunan", "Pemberdayaan",
        "Masyarakat", "Kependudukan", "Perdagangan", "Kebudayaan", "Perpustakaan",
    )
}  # fmt: skip
_HOLDERS: Final = {
    key(word): word for word in (
        "Kepala", "Camat", "Lurah", "Bupati", "Ketua", "Direktur", "Para", "Sekretaris",
        "Gubernur", "Inspektur", "Menteri", "Rektor", "Dekan", "Komandan", "Bendahara",
        "Koordinator", "Pimpinan", "Pengurus",
    )
}  # fmt: skip


@lru_cache(maxsize=2048)
def office_word(word: str) -> str:
    """A word of many addresses spelled right when OCR missed one stroke of it: ``Kepaia``."""
    core = word.strip(".,;:()").rpartition("-")[2]
    if len(core) < 6 or not core[0].isupper() or core.isupper():  # short: too near
        return word
    folded = key(core)
    right = _OFFICE_WORDS.get(folded)
    if right is None and (near := nearest(folded, tuple(_OFFICE_WORDS))):
        same = distance(folded, near, most=1) == 1 and len(folded) == len(near)
        right = _OFFICE_WORDS[near] if same else None
    return word.replace(core, right) if right else word


@lru_cache(maxsize=1024)
def holder_word(word: str) -> str:
    """The first word of an address spelled right, where it can only be an office: ``Gamat``."""
    core = word.strip(".,;:()")
    if not core[:1].isupper() or core.isupper() or core == "Ketut":
        return word
    near = nearest(key(core), tuple(_HOLDERS))
    return word.replace(core, _HOLDERS[near]) if near else word


_STRUCK_L: Final = re.compile(r"(?<=[a-z]{2})!(?=[a-z,;.)]|$)")
_HEAD_L: Final = re.compile(r"(?<![A-Za-z])l(?=[bcdfgjklmnpqrstvwxz])(?![lL])|(?<=/)l(?=[a-z])")


def _repaired_word(word: str) -> str:
    word = _STRUCK_L.sub("l", repaired_capitals(word))
    if "l" in word:
        word = _HEAD_L.sub("I", word)
    return word
