"""The codes of the filing schemes, and which part of a letter number is one."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

_PREFIX: Final = re.compile(r"^(SR|R|T|B|K)[-/]")
_REGIONAL: Final = re.compile(r"\d{3}(\.\d+)*$")
_MINISTRY: Final = re.compile(
    r"(?<![A-Za-z0-9])"
    r"((?:[A-Z]{1,2}\.)?(?!KK\.|R[TW]\.\d)[A-Z]{2}[. ]\d{1,4}(?:\.\d{1,2}){0,2})(?!\d)"
)
RENEWED: Final = 2023
"""The first year of which a code that both regional schemes have is the new one's."""
_NEW, _OLD = "permendagri83_2022", "legacy_000_999"
MINISTRY: Final = "ministry"
_MINISTRY_NAMES: Final = {
    "PR": "Perencanaan", "KU": "Keuangan", "KP": "Kepegawaian", "OT": "Organisasi dan tata laksana",
    "HK": "Hukum", "HM": "Hubungan masyarakat", "KA": "Kearsipan", "TU": "Ketatausahaan",
    "RT": "Kerumahtanggaan", "PL": "Perlengkapan", "UM": "Umum", "TI": "Teknologi informasi",
    "PW": "Pengawasan", "PS": "Pengawasan", "LB": "Penelitian dan pengembangan",
    "PU": "Kepustakaan", "DL": "Pendidikan dan pelatihan", "KM": "Kemahasiswaan",
    "KN": "Kekayaan negara", "SM": "Sumber daya manusia",
}  # fmt: skip
"""Two letters that many ministries share; each has a list of its own, so these are hints."""


@dataclass(frozen=True, slots=True)
class Filed:
    """A filing code.

    Attributes:
        code: as printed.
        scheme: whose it is, one of the fields' SCHEMES.
        name: None when no table has the code itself.
    """

    code: str
    scheme: str
    name: str | None


@cache
def _tables() -> dict[str, dict[str, str]]:
    path = files("arsip.letter") / "vocabulary" / "classification.csv"
    tables: dict[str, dict[str, str]] = {_NEW: {}, _OLD: {}}
    with path.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            tables[row["scheme"]][row["code"]] = row["name"]
    return tables


def known(code: str) -> bool:
    """Whether a regional scheme has this very code."""
    return any(code in table for table in _tables().values())


def filed_under(number: str, *, year: int | None) -> Filed | None:
    """The filing code of a letter number written in a year; None without one."""
    prefix = _PREFIX.match(number)
    bare = number[prefix.end() :] if prefix else number
    ministry = _MINISTRY.search(number)
    if prefix is None or ministry is None:  # D-sequence/office/code is a ministry's
        regional = _regional(bare, year)
        if regional:
            return regional
    if ministry is None:
        return None
    letters = re.findall(r"[A-Z]{2}", ministry[1])[-1]
    return Filed(ministry[1], MINISTRY, _MINISTRY_NAMES.get(letters))


def _regional(number: str, year: int | None) -> Filed | None:
    code, _, rest = number.partition("/")
    dotted = "." in code and known(code)
    if not _REGIONAL.match(code) or not (dotted or re.match(r"\d|R-|\s*/|$", rest)):
        return None
    scheme = _scheme(code, year)
    return Filed(code, scheme, _tables()[scheme].get(code)) if scheme else None


def _scheme(code: str, year: int | None) -> str | None:
    """The scheme that has the code, or the nearest of its parents."""
    while code:
        having = [scheme for scheme, table in _tables().items() if code in table]
        if len(having) > 1:
            return _OLD if year is not None and year < RENEWED else _NEW
        if having:
            return having[0]
        code = code.rpartition(".")[0]
    return None
