"""How a letter is, as SQL over its row in the catalog: doubtful, waiting, unread ..."""

from __future__ import annotations

from typing import Final

from arsip.archive import schema
from arsip.model import PENDING, REMARKS

_REASONS: Final = "EXISTS (SELECT 1 FROM json_each(doubts) WHERE json_extract(value, '$[1]')"
_NOT_READ: Final = f"{_REASONS} IN ('{PENDING}', 'unread'))"
_REMARKS: Final = ", ".join(f"'{reason}'" for reason in sorted(REMARKS))
_UNSURE: Final = f"EXISTS (SELECT 1 FROM finding WHERE finding.entry = id AND {schema.UNSURE})"  # noqa: S608 - a constant
IS_SECRET: Final = (
    "(entry.secret = 1 OR (entry.sure = 1 AND EXISTS"  # noqa: S105 - no password
    " (SELECT 1 FROM entry AS letter WHERE letter.id = entry.same_as AND letter.secret = 1)))"
)
"""SQL: whether a letter is secret, or a rendition of one that is."""
BEING: Final = {
    "doubtful": f"({_UNSURE} OR {_REASONS} NOT IN ({_REMARKS})))",
    "trashed": "state = 'trashed'",
    "secret": IS_SECRET,
    "waiting": "waits <> '[]'",
    "unread": _NOT_READ,
    "read": f"NOT {_NOT_READ}",
}
"""Slug of how a letter is -> SQL for it."""
