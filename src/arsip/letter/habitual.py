"""What is known of a sender put beside what the page says: a value at its habitual place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from arsip import fields
from arsip.fields import Field
from arsip.habits import TAUGHT, Habits, Measure, Sign, folded, head, plain, shape, trust
from arsip.letter.calibration import calibrated
from arsip.letter.dating import candidates, date_at
from arsip.letter.evidence import found
from arsip.letter.folding import bare, upper_share
from arsip.letter.numbering import number_at
from arsip.letter.rows import Row, Strip, place
from arsip.letter.sheet import Sheet
from arsip.letter.subject import continued, tidy
from arsip.model import Finding, Word

FIT: Final = 0.7
"""How well a place must fit a sender's habits before its value is looked at."""
_TRIED: Final = 3
"""Places of a number or a subject that are read: the best fitting ones."""
_OVERRULE: Final = 2
"""Letters from which on a habit may outweigh the page: one alone is a chance."""
_SURE: Final = 0.85
_HOME: Final = 0.9
"""Confidence and fit of a value that no habit can better."""
_HEAD_ROWS: Final = 10
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
    if best is not None and _at_home(sheet, best, habits.measure(field)):
        return (best,)
    places = [place for place in _PLACES[field](sheet, habits) if place.fit >= FIT]
    if not places:
        return () if best is None else (best,)
    chosen = max(places, key=lambda one: one.fit)
    heard = _judged(sheet, field, best, chosen, habits)
    if field is fields.DATE_OF_LETTER and heard and heard[0] is not best:
        _prefer(sheet, heard[0].value)
    return heard


def _judged(
    sheet: Sheet, field: Field[Any], best: Finding[Any] | None, chosen: Place, habits: Habits
) -> tuple[Finding[Any], ...]:
    """The habitual place against what the page alone says."""
    usual = _usual(field, chosen, habits)
    if best is None:
        return () if usual is None else (usual,)
    if usual is not None and _same(usual, best):
        return (best._replace(confidence=max(best.confidence, usual.confidence)),)
    lead = max(chosen.fit - _fit(sheet, habits.measure(field), best), 0.0)
    left = round(best.confidence * (1 - habits.caution(field) * lead), 3)
    if usual is None:
        return (best._replace(confidence=left),)
    once = habits.totals[field.name] < _OVERRULE
    return (best,) if once or usual.confidence <= left else (usual, best._replace(confidence=left))


def _at_home(sheet: Sheet, best: Finding[Any], measure: Measure) -> bool:
    """Whether what the page alone says is sure, and stands where it always does."""
    return best.confidence >= _SURE and _fit(sheet, measure, best) >= _HOME


def _fit(sheet: Sheet, measure: Measure, best: Finding[Any]) -> float:
    """How well the place of a finding of the page alone fits."""
    if best.page is None or best.box is None:
        return 0.0
    spot = sheet.ground.within(best.page, best.box)
    if spot is None:
        return 0.0
    form = Sign("shape", shape(measure.field, best.raw or measure.field.kind.plain(best.value)))
    return measure.fit([*sheet.ground.around(spot, spot[0]), form])


def _usual(field: Field[Any], chosen: Place, habits: Habits) -> Finding[Any] | None:
    """What stands at the habitual place, as sure as place, page and number of letters allow."""
    if chosen.finding is None:
        return None
    sure = calibrated(field.name, chosen.finding.confidence)
    return chosen.finding._replace(
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
    if not habits.sender or (best is not None and bare(best.value) == bare(habits.sender)):
        return () if best is None else (best,)
    rows = [row for row in sheet.rows[:_HEAD_ROWS] if _of_head(row, habits)]
    if not rows:
        return () if best is None else (best,)
    agreed, rule = trust(habits.named, habits.letters), f"{habits.named}/{habits.letters}"
    spot = place([row.whole for row in rows[:1]])
    known = found(sheet, habits.sender, spot, f"letterhead_known:{rule}", sure=0.98)
    sure = calibrated(fields.SENDER.name, known.confidence) * agreed
    known = known._replace(confidence=round(sure, 3), raw=best.raw if best else rows[0].text)
    if best is None:
        return (known,)
    left = round(best.confidence * (1 - agreed), 3)
    return (best,) if known.confidence <= left else (known, best._replace(confidence=left))


def _of_head(row: Row, habits: Habits) -> bool:
    lines = head([tuple(row.words)])
    return bool(lines) and lines[0] in habits.head


def _numbers(sheet: Sheet, habits: Habits) -> Iterator[Place]:
    """Places of a number: words with a figure, and what stands behind a habitual label."""
    field = fields.LETTER_NUMBER
    measure = habits.measure(field)
    for fit, strip in _likeliest(sheet, field, habits):
        finding = number_at(sheet, strip, "habit")
        yield _placed(sheet, measure, strip, finding) if finding else Place(fit, None)


def _subjects(sheet: Sheet, habits: Habits) -> Iterator[Place]:
    """Places of a subject: what stands behind a habitual label, else whole strips."""
    field = fields.SUBJECT
    measure = habits.measure(field)
    for _fit, strip in _likeliest(sheet, field, habits):
        strips = [strip, *_more(sheet, strip)]
        raw = " ".join(one.text for one in strips)
        value = tidy(raw)
        if any(sign.isalpha() for sign in value):
            finding = found(sheet, value, place(strips), "habit", sure=0.93, raw=raw)
            yield _placed(sheet, measure, strip, finding, last=strips[-1].row)


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
    measure = habits.measure(fields.DATE_OF_LETTER)
    latest = sheet.today + dt.timedelta(days=1)
    for date in sheet.dates:
        if not date.yearless and date.until is None and date.value <= latest:
            finding = date_at(sheet, date, "habit", sure=0.97)
            yield _placed(sheet, measure, sheet.flow.cut(date.start, date.end), finding)


def _prefer(sheet: Sheet, day: dt.date) -> None:
    """Let those who ask for what stands around the letter's date look at this one."""
    ranked = sheet.once(candidates)
    sheet.settle(candidates, sorted(ranked, key=lambda one: one.date.value != day))


_PLACES: Final = {
    fields.LETTER_NUMBER: _numbers,
    fields.DATE_OF_LETTER: _dates,
    fields.SUBJECT: _subjects,
}


def _likeliest(sheet: Sheet, field: Field[Any], habits: Habits) -> list[tuple[float, Strip]]:
    """The strips that begin where a value most likely does, with how well each place fits."""
    measure = habits.measure(field)
    form = measure.shape()
    kept: list[tuple[float, int, Row, Sequence[Word]]] = []
    for row, words in _starts(sheet, field, habits.labels(field)):
        spot = sheet.ground.spot(row.page, words[0])
        if spot is None or measure.most(sheet.ground.behind(*spot)) < FIT:
            continue
        signs = sheet.ground.around(spot, spot[0])
        fit = measure.fit([*signs, form] if form else signs)
        if fit >= FIT:
            kept.append((fit, -row.index, row, words))
    kept.sort(key=lambda one: one[:2], reverse=True)
    return [(fit, Strip.of(words, row.page, row.index)) for fit, _at, row, words in kept[:_TRIED]]


def _starts(
    sheet: Sheet, field: Field[Any], labels: frozenset[str]
) -> Iterator[tuple[Row, Sequence[Word]]]:
    """Where a value may begin: at a word with a figure or a strip's first, behind a known label."""
    ends = {label.split()[-1] for label in labels}
    numbered = field is fields.LETTER_NUMBER
    for row in sheet.rows:
        before, whole = "", tuple(row.words)
        for cell in row.cells:
            fresh = not numbered
            for at, word in enumerate(cell.words):
                letters, figured = folded(plain(word.text)), any(map(str.isdigit, word.text))
                if (letters or figured) and (fresh or before in ends or (figured and numbered)):
                    # A number may have a gap for the hand to fill: it may go on in the next strip.
                    yield row, whole[whole.index(word) :] if numbered else cell.words[at:]
                before, fresh = letters or before, fresh and not (letters or figured)


def _placed(
    sheet: Sheet,
    measure: Measure,
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
    form = Sign("shape", shape(measure.field, finding.raw or str(finding.value)))
    return Place(measure.fit([*sheet.ground.around(spot, below), form]), finding)
