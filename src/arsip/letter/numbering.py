"""Which of its numbers is the letter's own: the one behind Nomor, else the one that looks it."""

from __future__ import annotations

import re
from typing import Final

from arsip.letter import labels
from arsip.letter.codes import known
from arsip.letter.evidence import found
from arsip.letter.folding import distance
from arsip.letter.labels import label_of
from arsip.letter.mending import ROMANS, Known, mended, units_of
from arsip.letter.numbers import is_blank, month_in, normal, number_in, years_in
from arsip.letter.rows import Strip
from arsip.letter.sheet import Sheet
from arsip.letter.zones import is_place_date
from arsip.model import Finding

STRONG: Final = re.compile(r"[A-Za-z0-9.\-]+/.*\d|\d.*/|\d\s+TAHUN\s+\d", re.IGNORECASE)
"""What looks like the number of a letter even without a label."""
_LOOSE: Final = re.compile(
    r"^\W*(?:[^\W\d]{1,6}\W{1,3}){0,2}?((?:[A-Z]{1,3}[-/.])?[\dOoIl]{1,4}[\w.-]*\s?/\s?\S.*)$"
)
_CODED: Final = re.compile(r"(?<![\w/.])(\d{3}(?:\.\d+)*\s?/\s?\S.*)$")
_BELOW_NUMBER: Final = frozenset({labels.NATURE, labels.ATTACHMENTS, labels.SUBJECT})
_CODE_FIRST: Final = re.compile(r"\d{3}(\.\d+)*/|[A-Z]{1,3}[-/]\d+/|[A-Z]{2}\.\d\d")


def letter_number(sheet: Sheet) -> Finding[str] | None:
    """The letter's own number, in its normal form."""
    numbers = [one for one in sheet.zones.labelled if one.role == labels.NUMBER]
    for number in numbers:
        if number.value is None:
            continue
        if is_blank(number.value.text) and not number_in(number.value.text):
            return None
        finding = number_at(sheet, number.value, "label" if number.colon else "label_bare")
        if finding:
            return finding
    return None if numbers and numbers[0].value is None else _loose_number(sheet)


def number_printed(sheet: Sheet) -> str | None:
    """The number's words even where a blank in it is still to be filled by hand."""
    number = sheet.zones.behind(labels.NUMBER)
    return re.sub(r"\s+", "", number.value.text) if number and number.value else None


def number_at(sheet: Sheet, strip: Strip, rule: str) -> Finding[str] | None:
    """The number that a strip begins with, as sure as rule and page let it be."""
    read = number_in(strip.text)
    if read is None:
        return None
    printed, _ = read
    value = mended(normal(printed), sheet.once(_known)) if sheet.scanned else normal(printed)
    spot = strip.cut(0, _end_of(strip.text, printed))
    alone = not re.search(r"\w", strip.text[len(spot.text) :])
    sure = 0.98 if STRONG.match(value) else 0.72 if alone else 0.4
    sure -= 0.06 if rule == "label_bare" else 0.25 if rule == "shape" else 0.0
    changed = value != re.sub(r"\s", "", spot.text)
    misread = _month_misread(value, sheet, changed=changed)
    broken_off = bool(_MORE_OF_IT.match(strip.text[len(spot.text) :]))
    sure = _checked(value, sheet, sure) - (_BROKEN if misread or broken_off else 0.0)
    finding = found(sheet, value, spot.place, rule, sure=sure, raw=spot.text)
    return finding if misread or broken_off else _filed(finding)


_MORE_OF_IT: Final = re.compile(
    r"[ ,;]*[^\s/]*\d[^\s/]*/(?:\d{1,2}/)?(?:19|20)\d\d\b|[ ,;]+[IVXLl1|!]{1,5}[/' ](?:19|20)\d\d\b"
)
"""What follows a number that a blank has broken: ``601/SMPN 3 B/11/2023``."""
_BROKEN: Final = 0.65
"""What is taken off a number of which something is known to be wrong."""
_ENOUGH: Final = 0.85
_SOME: Final = 0.2
"""Confidence below which a known code saves nothing."""


def _filed(finding: Finding[str]) -> Finding[str]:
    """Surer for a number of three parts whose dotted filing code the tables know."""
    first, _, rest = finding.value.partition("/")
    filed = "." in first and "/" in rest and known(first)
    if not filed or not _SOME < finding.confidence < _ENOUGH:
        return finding
    return finding._replace(confidence=round(min(finding.confidence + 0.3, _ENOUGH), 3))


def _end_of(text: str, printed: str) -> int:
    """Where the printed number ends in a text that may have blanks in it."""
    left = len(printed.replace(" ", ""))
    for at, letter in enumerate(text):
        left -= not letter.isspace()
        if left <= 0:
            return at + 1
    return len(text)


def _checked(value: str, sheet: Sheet, sure: float) -> float:
    """Lower where the number's year contradicts every date, or it has a blank or colon in it."""
    years = years_in(value)
    said = {date.value.year for date in sheet.dates if not date.yearless}
    if years and min(years) > sheet.today.year + 1:
        sure -= _BROKEN
    if years and said and not years & {y + d for y in said for d in (0, 1)}:
        sure -= 0.15
    if sheet.scanned and any(fault.search(value) for fault in (_BY_HAND, _TORN_YEAR, _NO_SIGN)):
        sure -= _BROKEN
    if ":" in value or (sheet.scanned and " " in value.split(" TAHUN", maxsplit=1)[0]):
        sure -= _BROKEN
    return sure


_TORN_YEAR: Final = re.compile(r"/(?:19|20)\d$")
_NO_SIGN: Final = re.compile(r"[?!*=<>{}$%@#~^]")
"""What no number has in it."""
_BY_HAND: Final = re.compile(r"(?<=[/.])\d{0,4}[a-z]\d*(?=/)")
"""Figures with a small letter among them, as OCR gives what a hand wrote into a printed number."""


def _known(sheet: Sheet) -> Known:
    """What the letter says of itself that its number repeats."""
    heads = [row.text for row in sheet.rows[: sheet.zones.kop]]
    return Known(frozenset(_months_outside_prose(sheet)), units_of(heads))


def _month_misread(value: str, sheet: Sheet, *, changed: bool) -> bool:
    """Whether the number's month is no date's, and was mended or is one stroke from one that is."""
    month, months = month_in(value), _months_outside_prose(sheet)
    if not month or not months or month in months:
        return False
    return changed or _stroke_lost(month, months, sheet)


def _months_outside_prose(sheet: Sheet) -> set[int]:
    """The months of the dates above and below the prose; of all dates where there are none."""
    dates = [date for date in sheet.dates if not _within_number(sheet, date.start)]
    if not sheet.scanned:
        return {date.value.month for date in dates}
    own = {
        date.value.month
        for date in dates
        if not sheet.zones.body <= sheet.flow.row_at(date.start) < sheet.closing.start
    }
    return own or {date.value.month for date in dates}


def _within_number(sheet: Sheet, position: int) -> bool:
    """Whether what looks like a date is the end of a number: ``SMPN. 8/11/2022``."""
    label = label_of(sheet.flow.strip_at(position))
    return label is not None and label.role == labels.NUMBER


def _stroke_lost(month: int, months: set[int], sheet: Sheet) -> bool:
    """Whether a scan's Roman month is one stroke away from that of one of its dates: IX, X."""
    roman = ROMANS[month]
    return sheet.scanned and any(distance(roman, ROMANS[other], most=1) == 1 for other in months)


def _loose_number(sheet: Sheet) -> Finding[str] | None:
    """A number whose label was not read: a strip of the head that is little else."""
    zones = sheet.zones
    block = next((e.row for e in zones.labelled if e.role in _BELOW_NUMBER), 0)
    above = [row.whole for row in sheet.rows[max(zones.kop - 1, 0) : zones.kop]]
    for strip in [*above, *zones.left]:
        if strip.row >= zones.body:
            break
        label = label_of(strip)
        if label and label.role != labels.NUMBER:
            continue
        match = _LOOSE.search(strip.text) or (
            _CODED.search(strip.text) if strip.row == block - 1 else None
        )
        if match and not is_place_date(strip.text, sheet.today.year):
            finding = number_at(sheet, strip.cut(match.start(1)), "shape")
            if finding and finding.value.count("/") > 1:
                return _by_shape(finding)
    return None


def _by_shape(finding: Finding[str]) -> Finding[str]:
    """Without its label a number may have lost its beginning: only a whole code is trusted."""
    whole = _CODE_FIRST.match(finding.value)
    return finding if whole else finding._replace(confidence=min(finding.confidence, 0.3))
