"""Lampiran: what comes with a letter."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from arsip.letter import labels
from arsip.letter.evidence import found
from arsip.letter.folding import clean, key
from arsip.letter.months import spelled
from arsip.letter.rows import Strip
from arsip.letter.sheet import Sheet
from arsip.model import Finding

_NOTHING: Final = re.compile(
    r"[\s:;.,|'\u2019=~*_\u00bb\u00ab\-\u2013\u2014]*$|\W*(nihil|tidak\s+ada|kosong)\W*$",
    re.IGNORECASE,
)
_NOTHING_AFTER_ONE: Final = re.compile(r"\W*[1lI|]?\s*[-\u2013\u2014]+\W*$")
_UNITS: Final = (
    r"lembar|lbr|lb|berkas|bendel|bundel|eksemplar|eks|eksp|set|dokumen|rangkap|jadwal|halaman|"
    r"exemplar|examplar|bindel|proposal|buah|bh|gabung|file|map|buku|sheets?|pages?|copy|copies"
)
_APART: Final = 3
"""In widths of a letter: a gap between columns."""
_SPECK_AFTER: Final = re.compile(r"(?<=[a-z])(?<!\bke)\s+(?:[^\w\s]+|\w)$")
"""What a scan left behind the words."""
_UNIT_KEYS: Final = {key(unit): unit for unit in _UNITS.split("|") if unit.isalpha()}


def attachments(sheet: Sheet) -> Finding[str] | None:
    """What is attached, as printed; a dash means nothing."""
    said = sheet.zones.behind(labels.ATTACHMENTS)
    if said is None or said.value is None:
        return None
    text = _first_column(said.value, sheet.rows[said.value.row].letter).text
    if _NOTHING.match(text) or _NOTHING_AFTER_ONE.match(text):
        return None
    value = _count_repaired(clean(text).lstrip(" .:;,'|=-").rstrip(" .,;") or "")
    if text.rstrip().endswith(("eks.", "eksp.", "lbr.", "bh.", "lb.")):
        value += "."
    value = _SPECK_AFTER.sub("", value)
    if not re.search(r"\w", value):
        return None
    plain = bool(re.search(rf"\b({_UNITS})\b", value, re.IGNORECASE))
    sure = 0.96 if plain else 0.8 if re.match(r"\d.*[a-z(]", value) else 0.5
    sure += 0.2 if value.isdigit() and not sheet.scanned else 0.0
    return found(sheet, value, said.value.place, "label", sure=sure, raw=text)


def _first_column(value: Strip, letter: float) -> Strip:
    """The words up to their unit, when others stand apart from it: those of an address beside."""
    for at, (one, other) in enumerate(pairwise(value.words), 1):
        apart = other.box.left - one.box.right > _APART * letter
        if apart and re.search(rf"\b({_UNITS})\W*$", value.text[: value.starts[at]], re.IGNORECASE):
            return value.cut(0, value.starts[at])
    return value


def _unit(word: str) -> str:
    """A unit of paper spelled right: ``eksempiar``."""
    right = _UNIT_KEYS.get(key(word))
    return right if right and not word[0].isupper() and key(word) == key(right) else word


def _count_repaired(text: str) -> str:
    """The number at its start read as one: ``I (satu) lembar``, ``1 (satu} berkas``."""
    text = text.replace("{", "(").replace("}", ")")
    text = re.sub(r"^[1lI|]\s*(?=\d+\s*\()", "", text)
    counted = re.match(r"(\d+)\s*\(\s*([a-z]+(?:\s[a-z]+)?)\s*\)", text.lower())
    if counted and (said := spelled(counted[2])) is not None:
        text = f"{said}{text[len(counted[1]) :]}"
    text = " ".join(_unit(word) for word in text.split())
    text = re.sub(r"^[lIi|!](?=\s*[(A-Za-z ])(?=\W|\s)", "1", text)
    return re.sub(r"^[lI|]\s", "1 ", text)
