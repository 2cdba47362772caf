"""Brings the Indonesian catalogue in step with the sentences in the source.

``python tests/locale_refresh.py`` reads src/, keeps every translation that still has its
sentence, puts the new ones into arsip.po with an empty twin, compiles arsip.mo, and lists what a
person has to translate.
"""

from __future__ import annotations

import datetime as dt
import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

SOURCE = Path(__file__).parents[1] / "src" / "arsip"
PO = SOURCE / "locale" / "id" / "LC_MESSAGES" / "arsip.po"
MO = PO.with_suffix(".mo")
MIME = [
    ("Language", "id"),
    ("MIME-Version", "1.0"),
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Content-Transfer-Encoding", "8bit"),
    ("Plural-Forms", "nplurals=1; plural=0;"),
]
BIRTH = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
"""A date that does not change: version control knows when a sentence did."""
HEADER = "# Indonesian sentences of arsip. To refresh: python tests/locale_refresh.py\n#"


def extracted() -> Catalog:
    """Every sentence of the source, with the files it stands in."""
    found = Catalog(
        locale="id",
        domain="arsip",
        project="arsip",
        version="1",
        last_translator="arsip",
        language_team="arsip",
        msgid_bugs_address="-",
        creation_date=BIRTH,
        revision_date=BIRTH,
        fuzzy=False,
    )
    found.mime_headers = MIME
    messages = extract_from_dir(SOURCE, [("**.py", "python")], strip_comment_tags=True)
    for name, _line, message, _comments, context in sorted(messages, key=lambda row: row[:2]):
        found.add(message, locations=[(name, 1)], context=context)
    return found


def translated() -> Catalog:
    """The catalogue as it is kept."""
    with PO.open("rb") as file:
        return read_po(file, locale="id", domain="arsip")


def compiled(catalog: Catalog) -> bytes:
    """The catalogue as the program reads it."""
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def refreshed() -> Catalog:
    """The sentences of today with the translations that are known."""
    catalog = extracted()
    known = translated() if PO.exists() else Catalog(locale="id")
    for message in catalog:
        twin = known.get(message.id) if message.id else None
        if twin is not None:
            message.string = twin.string
    catalog.header_comment = HEADER
    return catalog


def untranslated(catalog: Catalog) -> list[str]:
    """The sentences without a twin."""
    return [str(message.id) for message in catalog if message.id and not all(strings(message))]


def strings(message: Message) -> tuple[str, ...]:
    """The translations of a sentence: one, or one for each plural form; empty: there is none."""
    twin = message.string or ""
    return (twin,) if isinstance(twin, str) else tuple(twin)


def main() -> int:
    """Write both files; 1 when a sentence has no twin yet."""
    catalog = refreshed()
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as file:
        write_po(file, catalog, include_lineno=False, sort_by_file=True)
    MO.write_bytes(compiled(catalog))
    missing = untranslated(catalog)
    for sentence in missing:
        sys.stdout.write(f"no twin yet: {sentence}\n")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
