"""What a reader's own certainty is worth: the measured share of right values behind it.

Measured by bench/reread.py on 689 drawn letters of two families, 239 of them scanned, faxed or
photographed; smoothed by hand, and kept below what was measured where letters of other hands may
read worse. A field without a curve is as sure as its reader.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final, TypeAlias

Curve: TypeAlias = tuple[tuple[float, float], ...]
"""Knots (the reader's certainty, the share that was right), rising; straight lines between them."""

_STEADY: Final[Curve] = ((0.0, 0.0), (0.5, 0.5), (0.8, 0.9), (0.92, 0.98), (1.0, 0.99))
_FILED: Final[Curve] = ((0.0, 0.0), (0.5, 0.65), (0.8, 0.94), (0.93, 0.98), (1.0, 0.99))
CURVES: Final[dict[str, Curve]] = {
    "letter_number": (
        (0.0, 0.0), (0.2, 0.17), (0.35, 0.45), (0.5, 0.62), (0.75, 0.9), (0.9, 0.95), (1.0, 0.99),
    ),
    "date": ((0.0, 0.0), (0.3, 0.4), (0.45, 0.55), (0.7, 0.85), (0.85, 0.95), (1.0, 0.995)),
    "subject": ((0.0, 0.0), (0.5, 0.5), (0.8, 0.85), (0.88, 0.96), (0.95, 0.985), (1.0, 0.99)),
    "sender": ((0.0, 0.0), (0.6, 0.35), (0.8, 0.76), (0.9, 0.95), (0.94, 0.985), (1.0, 0.99)),
    "recipient": ((0.0, 0.0), (0.6, 0.45), (0.8, 0.72), (0.88, 0.94), (0.93, 0.98), (1.0, 0.99)),
    "sensitivity": _STEADY,
    "urgency": _STEADY,
    "attachments": ((0.0, 0.0), (0.3, 0.1), (0.5, 0.4), (0.8, 0.88), (0.96, 0.985), (1.0, 0.99)),
    "doc_type": _STEADY,
    "place": _STEADY,
    "signatory": (
        (0.0, 0.0), (0.35, 0.25), (0.45, 0.45), (0.65, 0.64), (0.77, 0.84), (0.9, 0.95),
        (1.0, 0.99),
    ),
    "signatory_title": ((0.0, 0.0), (0.6, 0.5), (0.85, 0.88), (0.92, 0.98), (1.0, 0.99)),
    "signatory_id": ((0.0, 0.0), (0.3, 0.25), (0.7, 0.7), (0.85, 0.93), (0.96, 0.985), (1.0, 0.99)),
    "on_behalf_of": _STEADY,
    "copies_to": ((0.0, 0.0), (0.6, 0.5), (0.86, 0.92), (0.92, 0.98), (1.0, 0.99)),
    "references": ((0.0, 0.0), (0.5, 0.4), (0.86, 0.88), (0.92, 0.96), (1.0, 0.98)),
    "event": ((0.0, 0.0), (0.6, 0.55), (0.92, 0.95), (1.0, 0.97)),
    "deadline": ((0.0, 0.0), (0.5, 0.5), (0.9, 0.96), (1.0, 0.98)),
    "effective_from": ((0.0, 0.0), (0.5, 0.5), (0.92, 0.95), (1.0, 0.98)),
    "classification_code": _FILED,
    "classification_scheme": _FILED,
    "received_date": ((0.0, 0.0), (0.5, 0.5), (0.92, 0.96), (1.0, 0.98)),
    "agenda_number": ((0.0, 0.0), (0.5, 0.5), (0.92, 0.96), (1.0, 0.98)),
}  # fmt: skip


def calibrated(field: str, sure: float) -> float:
    """The confidence of a finding whose reader is this sure; both 0 to 1."""
    for (low, below), (high, above) in pairwise(CURVES.get(field, ())):
        if sure <= high:
            return round(below + (above - below) * (sure - low) / (high - low), 3)
    return sure
