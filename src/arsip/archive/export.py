"""Letters handed over as rows: JSON Lines, CSV, or by a template of the reader's own."""

from __future__ import annotations

import csv as rfc4180
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final, TypeAlias

from arsip.errors import BadValue
from arsip.fields import FIELDS, Field
from arsip.model import Entry, PageText
from arsip.words import _

Pages: TypeAlias = Callable[[Entry], Sequence[PageText]]
"""Where a letter's pages come from: ``Archive.pages``."""

PAGE_BREAK: Final = "\f"
"""Between the texts of two pages."""

_ABOUT: Final = ("id", "sha256", "file", "first_page", "pages")
NAMES: Final = (*_ABOUT, *(field.name for field in FIELDS))
"""The columns that need no reading of pages, in their order."""

_FORMULA: Final = ("=", "+", "-", "@", "|", "%")
"""What a spreadsheet may take for a formula at the start of a cell (OWASP, CSV injection)."""
_TEMPLATE: Final = re.compile(r"\{\{|\}\}|\\[tn]|\{(?P<name>[^{}]*)\}|[{}]")
_SPELLED: Final = {"{{": "{", "}}": "}", r"\t": "\t", r"\n": "\n"}


def jsonl(entries: Iterable[Entry], pages: Pages, *, doubtful: bool = False) -> Iterator[str]:
    """One JSON object a letter, without the line's end; with doubtful, candidates are values."""
    for entry in entries:
        values = {field.name: _dumped(entry, field, doubtful=doubtful) for field in FIELDS}
        row = {**_about(entry), **values, "text": _text(entry, pages)}
        yield _whole(json.dumps(row, ensure_ascii=False))


def csv(
    entries: Iterable[Entry], pages: Pages | None = None, *, doubtful: bool = False
) -> Iterator[str]:
    """A header and one record a letter, each with its CRLF; the text too when pages are given."""
    yield record((*NAMES, "text") if pages else NAMES)
    for entry in entries:
        cells = row(entry, doubtful=doubtful)
        if pages:
            cells.append(_text(entry, pages))
        yield record(cells)


def row(entry: Entry, *, doubtful: bool = False) -> list[Any]:
    """What a letter is in the columns of NAMES."""
    values = (_plain(entry, field, doubtful=doubtful) for field in FIELDS)
    return [*_about(entry).values(), *values]


def template(text: str, *, doubtful: bool = False, also: Sequence[str] = ()) -> Callable[..., str]:
    r"""A function that fills ``{sha256}``, ``{letter_number}`` ... in, ``\t`` and ``\n`` too.

    It takes the letter, and what the names in ``also`` stand for. A value that the letter does not
    have is empty; ``{{`` and ``}}`` stand for braces.

    Raises:
        BadValue: a name in braces is none of NAMES and also, or a brace has no partner.
    """
    names = (*NAMES, *also)
    for found in _TEMPLATE.finditer(text):
        if found[0] not in _SPELLED and found["name"] not in names:
            raise BadValue(
                _("“{typed}” names nothing that a letter has.").format(typed=found[0]),
                hint=_("Known names: {names}").format(names=", ".join(names)),
            )

    def fill(entry: Entry, **others: Any) -> str:
        known = zip(NAMES, row(entry, doubtful=doubtful), strict=True)
        values = {name: str(value) for name, value in (*known, *others.items())}
        return _TEMPLATE.sub(lambda found: _SPELLED.get(found[0]) or values[found["name"]], text)

    return fill


def _about(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "sha256": entry.digest,
        "file": entry.source,
        "first_page": entry.pages[0] if entry.pages else 1,
        "pages": len(entry.pages),
    }


def _value(entry: Entry, field: Field[Any], *, doubtful: bool) -> Any:
    best = entry.letter.best(field)
    return None if best is None or (best.doubtful and not doubtful) else best.value


def _dumped(entry: Entry, field: Field[Any], *, doubtful: bool) -> Any:
    value = _value(entry, field, doubtful=doubtful)
    return None if value is None else field.kind.dump(value)


def _plain(entry: Entry, field: Field[Any], *, doubtful: bool) -> str:
    value = _value(entry, field, doubtful=doubtful)
    return "" if value is None else field.kind.plain(value)


def _text(entry: Entry, pages: Pages) -> str:
    return PAGE_BREAK.join(page.text for page in pages(entry))


def _whole(text: str) -> str:
    """The text with each lone surrogate (a broken font's) as its escape: JSON reads it back."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def record(cells: Iterable[Any]) -> str:
    """One record of CSV with its CRLF.

    A cell that a spreadsheet could take for a formula gets an apostrophe in front.
    """
    line = io.StringIO()
    rfc4180.writer(line).writerow([_guarded(cell) for cell in cells])
    return _whole(line.getvalue())


def _guarded(cell: Any) -> Any:
    if isinstance(cell, str) and cell.lstrip().startswith(_FORMULA):
        return "'" + cell
    return cell
