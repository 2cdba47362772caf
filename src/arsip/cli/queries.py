"""What search, list and export have in common: the words of a query, and a letter in one row."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from arsip.cli.render import Screen
from arsip.errors import UsageError
from arsip.fields import DATE_OF_LETTER, LETTER_NUMBER, SENDER, SUBJECT, Field
from arsip.model import Entry
from arsip.words import _

COLUMNS: Final = (LETTER_NUMBER, DATE_OF_LETTER, SENDER, SUBJECT)
"""What a letter is known by, in the order of the columns."""

_QUERY: Final = typer.Argument(
    metavar="QUERY...",
    help=_("Words, a phrase in quotes, start*, -not, date:2024-03, from:setda."),
)
Words = Annotated[list[str], _QUERY]
MaybeWords = Annotated[list[str] | None, _QUERY]
Paths = Annotated[
    bool, typer.Option("--paths", help=_("Tell the path of each letter's file only."))
]
Null = Annotated[
    bool, typer.Option("-0", help=_("As --paths, each path ended by a zero byte (xargs -0)."))
]

CSV: Final = typer.Option("--csv", help=_("Answer as CSV, for a spreadsheet."))
EXACT: Final = typer.Option("--exact", help=_("Words as typed only, not widened."))


def one_form(**asked: bool) -> None:
    """Nothing, when at most one form of answer is asked for.

    Raises:
        UsageError: there are several.
    """
    named = [f"--{name}" for name, wanted in asked.items() if wanted]
    if len(named) > 1:
        message = _("Ask for one form of answer, not for {forms}.")
        raise UsageError(message.format(forms=", ".join(named)), hint=named[0])


def cells(entry: Entry) -> list[str]:
    """What a letter is known by, as text; a doubtful value bears a question mark."""
    return [cell(entry, field) for field in COLUMNS]


def cell(entry: Entry, field: Field[Any]) -> str:
    """A value as text, a doubtful one with a question mark; empty: the letter does not say."""
    best = entry.letter.best(field)
    if best is None:
        return ""
    text = field.kind.plain(best.value)
    return f"{text} ?" if best.doubtful else text


def templates_told(screen: Screen, texts: Iterable[str], *, form: str) -> None:
    """Filled templates, a line each unless the template breaks lines itself."""
    breaks = "\n" in form or "\\n" in form
    for text in texts:
        screen.line(text if breaks else text.replace("\n", "\\n"))


def paths_told(screen: Screen, files: Iterable[Path], *, null: bool) -> None:
    """Paths for another program: a line each, or each ended by a zero byte."""
    for file in files:
        screen.path(file, end="\0" if null else "\n")
