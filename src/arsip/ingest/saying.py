"""What people say of letters beforehand, put to what was read of them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from arsip.fields import Field
from arsip.model import Finding, Letter

Given: TypeAlias = Mapping[Field[Any], Any]
NOTHING: Final[Given] = MappingProxyType({})
FOLDER: Final = "folder"
"""The rule of values that a scan folder gives to letters which do not say."""


def supposed(letter: Letter, values: Given) -> Letter:
    """The letter with what its scan folder says, where the letter itself does not say enough."""
    findings = dict(letter.findings)
    for key, value in values.items():
        best = letter.best(key)
        if best is None or best.doubtful:
            rule: Finding[Any] = Finding(value, 1.0, "rule", FOLDER)
            findings[key.name] = (rule, *findings.get(key.name, ()))
    return Letter(findings)


def is_supposed(found: Finding[Any]) -> bool:
    """Whether a scan folder gave a value."""
    return found.origin == "rule" and found.rule == FOLDER


def given(letter: Letter, values: Given, *, who: str) -> Letter:
    """The letter with what a person says of it; their word goes above what was read."""
    findings = dict(letter.findings)
    for key, value in values.items():
        typed: Finding[Any] = Finding(value, 1.0, "person", who)
        findings[key.name] = (typed, *findings.get(key.name, ()))
    return Letter(findings)
