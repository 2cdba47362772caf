"""Names of offices as people write them: capitals of a letterhead made into words."""

from __future__ import annotations

import re
from typing import Final

from arsip.letter.folding import repaired_capitals, upper_share

_SMALL: Final = frozenset({
    "dan", "di", "ke", "dari", "yang", "untuk", "pada", "dengan", "of", "the", "and", "for",
    "in", "atau", "se",
})  # fmt: skip
_LOUD: Final = frozenset({
    "PT", "CV", "UD", "RI", "SD", "SDN", "SMP", "SMPN", "SMA", "SMAN", "SMK", "SMKN", "TK",
    "PAUD", "MI", "MIN", "MTS", "MAN", "MA", "SLB", "RSUD", "RSUP", "RSU", "RS", "UPT", "UPTD",
    "UPTB", "DPRD", "DPR", "DPD", "KPU", "KPUD", "BPBD", "BPKAD", "BKD", "BKPSDM", "PKK", "RT",
    "RW", "PGRI", "MKKS", "KKG", "MGMP", "K3S", "PPK", "PPS", "HUT", "BPD", "BUMD", "BUMN",
    "PDAM", "TNI", "POLRI", "BPS", "BPN", "BNN", "BNNP", "BMKG", "ANRI", "BKN", "LAN", "BPK",
    "BPKP", "KPPN", "DIY", "DKI", "PKM", "LSM", "FEB", "FKIP", "FMIPA", "SKB", "SPNF", "PKBM",
    "PMI", "NU", "IT", "STIE", "STMIK", "IAIN", "UIN", "KUA", "LLDIKTI", "BBPMP", "BPMP",
    "P2KB", "PP", "KB", "OPD", "SKPD", "KP",
})  # fmt: skip
_PROPER: Final = {"MTSN": "MTsN", "MTS": "MTs"}
_ROMAN: Final = re.compile(r"[IVX]{1,5}$")
_WORD: Final = re.compile(r"[^\s/()\-]+|[\s/()\-]+")
ENOUGH: Final = 0.75


def people_case(text: str) -> str:
    """Words with a capital each when the text is all capitals; else the text as it stands."""
    text = " ".join(repaired_capitals(word) for word in text.split())
    if upper_share(text) < ENOUGH:
        return text
    parts = _WORD.findall(text)
    return "".join(_cased(part, first=at == 0) for at, part in enumerate(parts))


def _cased(word: str, *, first: bool) -> str:
    core = word.strip(".,;:'\"")
    if core in _PROPER:
        return word.replace(core, _PROPER[core])
    if not core or not core[0].isalpha() or _keeps(core):
        return word
    if core.lower() in _SMALL and not first:
        return word.lower()
    if "." in core:
        return ".".join(part.capitalize() for part in word.split("."))
    return word.replace(core, core[0].upper() + core[1:].lower())


_VOWEL: Final = re.compile("[AEIOUaeiou]")


def _keeps(core: str) -> bool:
    """Whether a word stays in capitals: an abbreviation, a Roman number, ``S.E``."""
    short = "." in core and len(core) < 4  # initials
    return core in _LOUD or short or bool(_ROMAN.match(core)) or not _VOWEL.search(core)
