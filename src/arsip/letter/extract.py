"""Pages of words -> Letter: one reader a field, each asked once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

from arsip import fields
from arsip.fields import Field
from arsip.habits import Habits
from arsip.letter.announcing import effective_from, esigned, pages_announced
from arsip.letter.attachments import attachments
from arsip.letter.calibration import calibrated
from arsip.letter.classification import (
    classification_code,
    classification_name,
    classification_scheme,
)
from arsip.letter.copies import copies_to
from arsip.letter.dating import letter_date, place_of_letter
from arsip.letter.evidence import Reader, found, inferred
from arsip.letter.habitual import weighed
from arsip.letter.language import language
from arsip.letter.mentions import deadline, event, references
from arsip.letter.nature import sensitivity, urgency
from arsip.letter.numbering import letter_number
from arsip.letter.receiving import agenda_number, direction, received_date
from arsip.letter.recipient import recipient
from arsip.letter.rivals import rivals
from arsip.letter.sender import sender
from arsip.letter.sheet import Sheet
from arsip.letter.signature import on_behalf_of, signatory, signatory_id, signatory_title
from arsip.letter.subject import subject
from arsip.model import DOUBT, Finding, Letter, PageText


def doc_type(sheet: Sheet) -> Finding[str] | None:
    """Its kind: a printed title is sure, a letter without one is told by its body."""
    code, zones = sheet.kind, sheet.zones
    if code is None:
        return None
    if zones.title:
        strip = sheet.rows[zones.title_row].whole
        return found(sheet, code, strip.place, "title", sure=0.98, raw=strip.text)
    return inferred(code, "body", sure=0.93 if code == "undangan" else 0.92)


READERS: Final[tuple[tuple[Field[Any], Reader], ...]] = (
    (fields.LETTER_NUMBER, letter_number),
    (fields.DATE_OF_LETTER, letter_date),
    (fields.SUBJECT, subject),
    (fields.SENDER, sender),
    (fields.RECIPIENT, recipient),
    (fields.SENSITIVITY, sensitivity),
    (fields.URGENCY, urgency),
    (fields.ATTACHMENTS, attachments),
    (fields.DOC_TYPE, doc_type),
    (fields.LANGUAGE, language),
    (fields.PLACE, place_of_letter),
    (fields.SIGNATORY, signatory),
    (fields.SIGNATORY_TITLE, signatory_title),
    (fields.SIGNATORY_ID, signatory_id),
    (fields.ON_BEHALF_OF, on_behalf_of),
    (fields.COPIES_TO, copies_to),
    (fields.REFERENCES, references),
    (fields.EVENT, event),
    (fields.DEADLINE, deadline),
    (fields.EFFECTIVE_FROM, effective_from),
    (fields.CLASSIFICATION_CODE, classification_code),
    (fields.CLASSIFICATION_SCHEME, classification_scheme),
    (fields.CLASSIFICATION_NAME, classification_name),
    (fields.RECEIVED_DATE, received_date),
    (fields.AGENDA_NUMBER, agenda_number),
    (fields.DIRECTION, direction),
    (fields.ESIGNED, esigned),
    (fields.PAGES_ANNOUNCED, pages_announced),
)


def extract(
    pages: Sequence[PageText],
    *,
    today: dt.date,
    threshold: float = DOUBT,
    signed: bool = False,
    habits: Habits | None = None,
) -> Letter:
    """What the letter on these pages says of itself.

    A finding whose confidence is below ``threshold`` is doubtful: a candidate, not a fact.
    ``signed``: the file carries an electronic signature. ``habits``: of the office that wrote it.
    """
    sheet = Sheet([page for page in pages if page.lines], today, signed=signed)
    if not sheet.rows:
        return Letter()
    findings = {}
    for field, reader in READERS:
        finding = sheet.once(reader)
        heard = _heard(sheet, field, finding, habits)
        if heard:
            if finding is None or heard[0].rule != finding.rule:
                sheet.settle(reader, heard[0])
            best = heard[0]._replace(doubtful=heard[0].confidence < threshold)
            losers = (*heard[1:], *rivals(sheet, field, best))
            findings[field.name] = (best, *(loser._replace(doubtful=True) for loser in losers))
    return Letter(findings)


def _heard(
    sheet: Sheet, field: Field[Any], finding: Finding[Any] | None, habits: Habits | None
) -> tuple[Finding[Any], ...]:
    """The finding as sure as it is worth, after the sender's habits were heard; then what lost."""
    best = finding and finding._replace(confidence=calibrated(field.name, finding.confidence))
    if habits is not None:
        return weighed(sheet, field, best, habits)
    return () if best is None else (best,)
