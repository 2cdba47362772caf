"""Values that were in the running and lost: their rule tells what they are instead."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final, TypeAlias

from arsip import fields
from arsip.fields import Field
from arsip.letter.casing import people_case
from arsip.letter.dating import candidates
from arsip.letter.evidence import found
from arsip.letter.names import person
from arsip.letter.nature import signs_of_secrecy
from arsip.letter.rows import place
from arsip.letter.sender import units_of_head
from arsip.letter.sheet import Sheet
from arsip.letter.signing import author_of, signatures
from arsip.model import Finding

Runners: TypeAlias = Callable[[Sheet], Iterator[Finding[Any]]]

MOST: Final = 3
"""Rivals that are kept of one field."""
_LOST: Final = 0.1
"""What a rival is trusted: it was looked at, and something else fitted better."""


def rivals(sheet: Sheet, field: Field[Any], best: Finding[Any]) -> tuple[Finding[Any], ...]:
    """The runners-up of a field, best first, without those that say the same."""
    runners = _RUNNERS.get(field)
    if runners is None:
        return ()
    kept: list[Finding[Any]] = []
    for runner in runners(sheet):
        if runner.value not in (best.value, *(other.value for other in kept)):
            kept.append(runner)
    return tuple(kept[:MOST])


def _days(sheet: Sheet) -> Iterator[Finding[Any]]:
    """The letter's other dates: received, event, cited, or less likely to be its own."""
    for one in sheet.once(candidates):
        spot = sheet.flow.place(one.date.start, one.date.end)
        yield found(sheet, one.date.value, spot, one.other or one.rule, sure=_LOST)


def _signers(sheet: Sheet) -> Iterator[Finding[Any]]:
    """Those who sign beside or below the author."""
    author = sheet.once(author_of)
    for block in sheet.once(signatures):
        if block.name is not None and block is not author:
            name = person(block.name.text)
            rule = "witness" if block.witness else "other_signer"
            if name:
                yield found(sheet, name, block.name.place, rule, sure=_LOST, raw=block.name.text)


def _bodies(sheet: Sheet) -> Iterator[Finding[Any]]:
    """The bodies above the unit that writes."""
    for unit in sheet.once(units_of_head):
        spot = place(unit.strips)
        yield found(sheet, people_case(unit.text), spot, "body_above", sure=_LOST, raw=unit.text)


def _secrecy(sheet: Sheet) -> Iterator[Finding[Any]]:
    """What else speaks of secrecy: it keeps a letter out of sight though Sifat says otherwise."""
    yield from sheet.once(signs_of_secrecy)[1:]


_RUNNERS: Final[dict[Field[Any], Runners]] = {
    fields.DATE_OF_LETTER: _days,
    fields.SIGNATORY: _signers,
    fields.SENDER: _bodies,
    fields.SENSITIVITY: _secrecy,
}
