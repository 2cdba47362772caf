"""The codes of the filing schemes, and which part of a letter number is one."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files
from typing import Final

_PREFIX: Final = re.compile(r"^(SR|R|T|B|K)[-/]")
_REGIONAL: Final = re.compile(r"\d{3}(\.\d+)*$")
_MINISTRY: Final = re.compile(
    r"(?<![A-Za-z0-9])((?:[A-Z]{1,2}\.)?[A-Z]{2}[. ]\d{1,4}(?:\.\d{1,2}){0,2})(?![\d])"
)


@cache
def names() -> dict[str, str]:
    """Every known code with its name; the scheme of 2022 wins over the one before it."""
    path = files("arsip.letter") / "vocabulary" / "classification.csv"
    with path.open(encoding="utf-8") as lines:
        rows = [(row["scheme"], row["code"], row["name"]) for row in csv.DictReader(lines)]
    return {code: name for _, code, name in reversed(rows)}


def known(code: str) -> bool:
    """Whether the code or one of its parents is in a table."""
    table = names()
    while code:
        if code in table:
            return True
        code = code.rpartition(".")[0]
    return False


def code_in(number: str) -> tuple[str, bool] | None:
    """The filing code of a letter number, and whether a table knows it; None without one."""
    bare = _PREFIX.sub("", number)
    first, _, rest = bare.partition("/")
    exact = "." in first and first in names()
    if _REGIONAL.match(first) and (exact or (re.match(r"\d|R-|\s*/|$", rest) and known(first))):
        return first, True
    match = _MINISTRY.search(number)
    return (match[1], False) if match else None
