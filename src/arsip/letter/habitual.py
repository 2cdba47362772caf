"""What is known of a sender put beside what the page says: a value at its habitual place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from arsip import fields
from arsip.fields import Field
from arsip.habits import TAUGHT, Habits, Sign, folded, head, trust
from arsip.letter.calibration import calibrated
from arsip.letter.dating import candidates, date_at
from arsip.letter.evidence import found
from arsip.letter.folding import bare, upper_share
from arsip.letter.numbering import number_at
from arsip.letter.rows import Row, Strip, place
from arsip.letter.sheet import Sheet
from arsip.letter.subject import continued, tidy
from arsip.model import Finding

FIT: Final = 0.6
"""How well a place must fit a sender's habits before its value is looked at."""
_TRIED: Final = 6
"""Places of a number or a subject that are read: the best fitting ones."""
_LOUD: Final = 0.8
_MOST_LINES: Final = 3
"""Lines of a subject in capitals."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place where a value may stand.

    Attributes:
        fit: how well it is where this sender has the field, 0 to 1.
        finding: what stands there, as sure as the page lets it be; None when nothing legible does.
    """

    fit: float
    finding: Finding[Any] | None


def weighed(
    sheet: Sheet, field: Field[Any], best: Finding[Any] | None, habits: Habits
) -> tuple[Finding[Any], ...]:
    """The finding of a field after the sender's habits were heard, then what lost to it.

    Args:
        sheet: the letter.
        field: whose value is looked for.
        best: what the page alone says, its confidence calibrated.
        habits: of the letter's sender.
    """
    if field is fields.SENDER:
        return _sender(sheet, best, habits)
    if field not in TAUGHT or not habits.totals.get(field.name):
        return () if best is None else (best,)
    places = sorted(_PLACES[field](sheet, habits), key=lambda one: -one.fit)
    chosen = next((one for one in places if one.fit >= FIT), None)
    if chosen is None:
        return () if best is None else (best,)
    heard = _judged(field, best, places, habits)
    if field is fields.DATE_OF_LETTER and heard and heard[0] is not best:
        _prefer(sheet, heard[0].value)
    return heard


def _judged(
    field: Field[Any], best: Finding[Any] | None, places: list[Place], habits: Habits
) -> tuple[Finding[Any], ...]:
    """The habitual place against what the page alone says."""
    chosen, caution = places[0], habits.caution(field)
    usual = _usual(field, chosen, habits)
    if best is None:
        return () if usual is None else (usual,)
    if usual is not None and _same(usual, best):
        return (replace(best, confidence=max(best.confidence, usual.confidence)),)
    fits = max((one.fit for one in places if _same(one.finding, best)), default=0.0)
    left = round(best.confidence * (1 - caution * max(chosen.fit - fits, 0.0)), 3)
    if usual is None or usual.confidence <= left:
        return (replace(best, confidence=left if usual is None else best.confidence),)
    return usual, replace(best, confidence=left)


def _usual(field: Field[Any], chosen: Place, habits: Habits) -> Finding[Any] | None:
    """What stands at the habitual place, as sure as place, page and number of letters allow."""
    if chosen.finding is None:
        return None
    sure = calibrated(field.name, chosen.finding.confidence)
    return replace(
        chosen.finding,
        confidence=round(sure * chosen.fit * habits.caution(field), 3),
        rule=habits.reason(field),
    )


def _same(one: Finding[Any] | None, other: Finding[Any]) -> bool:
    if one is None:
        return False
    if isinstance(one.value, str) and isinstance(other.value, str):
        return bare(one.value) == bare(other.value)
    return bool(one.value == other.value)


def _sender(sheet: Sheet, best: Finding[str] | None, habits: Habits) -> tuple[Finding[Any], ...]:
    """The name under which people know the office of this letterhead."""
    rows = [row for row in sheet.rows if head([tuple(row.words)]) and _of_head(row, habits)]
    if not rows or (best is not None and bare(best.value) == bare(habits.sender)):
        return () if best is None else (best,)
    spot = place([row.whole for row in rows[:1]])
    agreed = f"{habits.letters}/{habits.letters}"
    known = found(sheet, habits.sender, spot, f"letterhead_known:{agreed}", sure=0.98)
    sure = calibrated(fields.SENDER.name, known.confidence) * trust(habits.letters)
    known = replace(known, confidence=round(sure, 3), raw=best.raw if best else rows[0].text)
    if best is None:
        return (known,)
    left = round(best.confidence * (1 - trust(habits.letters)), 3)
    if known.confidence <= left:
        return (best,)
    return known, replace(best, confidence=left)


def _of_head(row: Row, habits: Habits) -> bool:
    return head([tuple(row.words)])[0] in habits.head


def _numbers(sheet: Sheet, habits: Habits) -> Iterator[Place]:
    """Places of a number: words with a figure, and what stands behind a habitual label."""
    field = fields.LETTER_NUMBER
    starts = [
        (fit, strip)
        for fit, strip in _starts(sheet, field, habits)
        if any(sign.isdigit() for sign in strip.text) or fit >= FIT
    ]
    for fit, strip in sorted(starts, key=lambda one: -one[0])[:_TRIED]:
        finding = number_at(sheet, strip, "habit")
        yield _placed(sheet, field, habits, strip, finding) if finding else Place(fit, None)


def _subjects(sheet: Sheet, habits: Habits) -> Iterator[Place]:
    """Places of a subject: what stands behind a habitual label, else whole lines."""
    field = fields.SUBJECT
    starts = sorted(_starts(sheet, field, habits), key=lambda one: -one[0])
    for _fit, strip in starts[:_TRIED]:
        strips = [strip, *_more(sheet, strip)]
        value = tidy(" ".join(one.text for one in strips))
        if any(sign.isalpha() for sign in value):
            spot = place(strips)
            raw = " ".join(one.text for one in strips)
            finding = found(sheet, value, spot, "habit", sure=0.93, raw=raw)
            yield _placed(sheet, field, habits, strip, finding, last=strips[-1].row)


def _more(sheet: Sheet, strip: Strip) -> list[Strip]:
    """The lines on which a subject goes on."""
    if upper_share(strip.text) < _LOUD:
        return list(continued(sheet, strip, strip.left))
    more: list[Strip] = []
    for row in sheet.rows[strip.row + 1 : strip.row + _MOST_LINES]:
        if row.apart or row.page != strip.page or upper_share(row.text) < _LOUD:
            break
        more.append(row.whole)
    return more


def _dates(sheet: Sheet, habits: Habits) -> Iterator[Place]:
    """All dates that may be the letter's."""
    field, latest = fields.DATE_OF_LETTER, sheet.today + dt.timedelta(days=1)
    for date in sheet.dates:
        if date.yearless or date.until is not None or date.value > latest:
            continue
        at = sheet.flow.strip_at(date.start)
        start = sheet.flow.starts[sheet.flow.strips.index(at)]
        strip = at.cut(date.start - start, date.end - start)
        finding = date_at(sheet, date, "habit", sure=0.97)
        yield _placed(sheet, field, habits, strip, finding)


def _prefer(sheet: Sheet, day: dt.date) -> None:
    """Let those who ask for what stands around the letter's date look at this one."""
    ranked = sheet.once(candidates)
    sheet.settle(candidates, sorted(ranked, key=lambda one: one.date.value != day))


_PLACES: Final = {
    fields.LETTER_NUMBER: _numbers,
    fields.DATE_OF_LETTER: _dates,
    fields.SUBJECT: _subjects,
}


def _starts(sheet: Sheet, field: Field[Any], habits: Habits) -> Iterator[tuple[float, Strip]]:
    """Where a value may begin, with how well the place fits before its value is known.

    It may be the first word of a strip, a word with a figure, or one behind a habitual label.
    """
    ends = {label.split()[-1] for label in habits.labels(field)}
    shapes = [sign for sign in habits.counts[field.name] if sign.kind == "shape"]
    for row in sheet.rows:
        for cell in row.cells:
            before = ""
            for at, word in zip(cell.starts, cell.words, strict=True):
                letters = folded(word.text)
                begins = at <= 0 or before in ends or _figured(word.text)
                spot = sheet.ground.spot(cell.page, word) if begins else None
                if spot is not None and (letters or _figured(word.text)):
                    signs = sheet.ground.signs(field, spot, "", spot[0])
                    known = [sign for sign in signs if sign.kind != "shape"]
                    yield habits.fit(field, [*known, *shapes[:1]]), cell.cut(at)
                before = letters or before


def _figured(text: str) -> bool:
    return any(sign.isdigit() for sign in text)


def _placed(
    sheet: Sheet,
    field: Field[Any],
    habits: Habits,
    strip: Strip,
    finding: Finding[Any],
    *,
    last: int | None = None,
) -> Place:
    """A place with the value that stands there, and how well both fit."""
    spot = sheet.ground.spot(strip.page, strip.words[0])
    if spot is None:
        return Place(0.0, finding)
    below = spot[0] + (0 if last is None else last - strip.row)
    text = finding.raw or str(finding.value)
    signs: list[Sign] = sheet.ground.signs(field, spot, text, below)
    return Place(habits.fit(field, signs), finding)
