"""Every sentence a person reads goes through here: English source, Indonesian catalogue.

The language is ``ARSIP_LANG``, else the locale's. JSON keys, slugs and exit codes are never
translated.
"""

from __future__ import annotations

import gettext
import os
from pathlib import Path

DOMAIN = "arsip"
LOCALE = Path(__file__).parent / "locale"


def language() -> str:
    """The two-letter code of the language that people are spoken to in: ``id`` or ``en``."""
    for name in ("ARSIP_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "id" if value.lower().startswith(("id", "in_")) else "en"
    return "en"


_translation = gettext.translation(DOMAIN, LOCALE, [language()], fallback=True)

_ = _translation.gettext
ngettext = _translation.ngettext


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "mark, translate later"
    """The message unchanged; marks a sentence in a table for translation when it is shown."""
    return message


SYSTEM = frozenset(
    (
        N_("Input/output error"),
        N_("Is a directory"),
        N_("No such file or directory"),
        N_("Not a directory"),
        N_("Operation not permitted"),
        N_("Permission denied"),
        N_("Read-only file system"),
        N_("Too many open files"),
    )
)
"""What operating systems say that offices meet; all else is told in the system's own words."""


def cause(error: Exception) -> str:
    """Why the system refused, in the reader's language where the catalogue has it."""
    said = getattr(error, "strerror", None) or str(error)
    return _(said) if said in SYSTEM else said
