"""What people say of letters beforehand, put to what was read of them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from arsip.fields import Field
from arsip.model import Finding, Letter

Given: TypeAlias = Mapping[Field[Any], Any]
NOTHING: Final[Given] = MappingProxyType({})


def missing(letter: Letter, values: Given) -> Given:
    """Those of the values of which the letter itself does not say enough."""
    best = {key: letter.best(key) for key in values}
    return {
        key: value
        for key, value in values.items()
        if (found := best[key]) is None or found.doubtful
    }


def given(letter: Letter, values: Given, *, who: str) -> Letter:
    """The letter with what a person says of it; their word goes above what was read."""
    findings = dict(letter.findings)
    for key, value in values.items():
        typed: Finding[Any] = Finding(value, 1.0, "person", who)
        findings[key.name] = (typed, *findings.get(key.name, ()))
    return Letter(findings)
