"""How a letter is, as SQL over its row in the catalog: doubtful, waiting, unread ..."""

from __future__ import annotations

from typing import Final

from arsip.archive import schema
from arsip.model import PENDING, REMARKS

_REASONS: Final = "EXISTS (SELECT 1 FROM json_each(doubts) WHERE json_extract(value, '$[1]')"
_NOT_READ: Final = f"{_REASONS} IN ('{PENDING}', 'unread'))"
_REMARKS: Final = ", ".join(f"'{reason}'" for reason in sorted(REMARKS))
_UNSURE: Final = f"EXISTS (SELECT 1 FROM finding WHERE finding.entry = id AND {schema.UNSURE})"  # noqa: S608 - a constant
_DOUBTED: Final = f"{_REASONS} NOT IN ({_REMARKS}))"
_WITH_DOUBTS: Final = "SELECT id FROM entry INDEXED BY entry_doubted WHERE doubts <> '[]' AND"
_HIDDEN: Final = (
    "SELECT id FROM entry INDEXED BY entry_hidden WHERE (secret = 1 OR state <> 'filed') AND"
)
IS_SECRET: Final = (
    "(entry.secret = 1 OR (entry.sure = 1 AND EXISTS"  # noqa: S105 - no password
    " (SELECT 1 FROM entry AS letter WHERE letter.id = entry.same_as AND letter.secret = 1)))"
)
"""SQL: whether a letter is secret, or a rendition of one that is."""
BEING: Final = {
    "doubtful": f"({_UNSURE} OR {_DOUBTED})",
    "trashed": "state = 'trashed'",
    "secret": IS_SECRET,
    "waiting": "waits <> '[]'",
    "unread": _NOT_READ,
    "read": f"NOT {_NOT_READ}",
}
"""Slug of how a letter is -> SQL for it."""
_WITH_UNSURE: Final = f"SELECT DISTINCT entry FROM finding WHERE {schema.UNSURE}"  # noqa: S608 - a constant
_OF_SECRET: Final = (
    "SELECT entry.id FROM entry INDEXED BY entry_rendition"  # noqa: S105 - no password
    " CROSS JOIN entry AS letter ON letter.id = entry.same_as"
    " WHERE entry.sure = 1 AND letter.secret = 1"
)
LISTED: Final = {
    "doubtful": (
        _WITH_UNSURE,
        f"{_WITH_DOUBTS} {_DOUBTED}",
    ),
    "trashed": (f"{_HIDDEN} state = 'trashed'",),
    "secret": (
        f"{_HIDDEN} secret = 1",
        _OF_SECRET,
    ),
    "waiting": ("SELECT id FROM entry INDEXED BY entry_waiting WHERE waits <> '[]'",),
    "unread": (f"{_WITH_DOUBTS} {_NOT_READ}",),
}
"""The same -> what an index is asked for the numbers of all letters that are so."""
