"""Correcting what was read: edit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final

import typer

from arsip.archive.store import Archive
from arsip.cli import shapes
from arsip.cli.asking import agreed
from arsip.cli.assignments import assignments, together, who
from arsip.cli.breaking import Breaking
from arsip.cli.command import JSON, SECRET, WAIT, YES, Querying, speaks
from arsip.cli.counter import Counter
from arsip.cli.finding import all_ids, chosen
from arsip.cli.opening import opened
from arsip.cli.queries import cells
from arsip.errors import UsageError
from arsip.fields import Field, Retag
from arsip.model import Entry
from arsip.words import _, ngettext

SHOWN: Final = 5
"""Letters that are named before many are changed."""


@speaks(
    _(
        "Correct letters: those of these IDs, or all that answer to a query. What they said before "
        "is kept in the history. A field without value, as hal=, says that the letter has none. "
        "Tags and a note are fields too: tags=+ijazah adds one, tags=-ijazah takes it away."
    ),
    "arsip edit 17 nomor=005/3124/Setda tanggal=2022-09-21",
    "arsip edit 'dari:setda tanggal:2022' tags=+kepegawaian",
    kind=Querying,
)
def edit(
    ctx: typer.Context,
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="ID|QUERY... FIELD=VALUE...", help=_("Which letters, then as hal=Undangan.")
        ),
    ],
    *,
    yes: Annotated[bool, YES] = False,
    secret: Annotated[bool, SECRET] = False,
    json: Annotated[bool, JSON] = False,
    wait: Annotated[float | None, WAIT] = None,
) -> None:
    """Correct letters."""
    counter: Counter = ctx.obj
    asked, wanted = _divided(words)
    with opened(counter, wait=wait) as archive:
        letters = chosen(counter, archive, asked, secret=secret)
        if not all_ids(asked) and not _wanted(counter, letters, wanted, yes=yes):
            counter.screen.note(_("Nothing was changed."))
            return
        run = _Editing(counter, archive, wanted, json=json)
        run.all(letters)


def _divided(words: Sequence[str]) -> tuple[list[str], dict[Field[Any], Any]]:
    """Which letters, as typed; and what is said of them.

    Raises:
        UsageError: one of the two is missing, or a field or value is not understood.
    """
    first = next((place for place, word in enumerate(words) if "=" in word), len(words))
    hint = "arsip edit 17 hal=Undangan"
    if first == len(words):
        raise UsageError(_("Say what is to be changed."), hint=hint)
    said = assignments(words[first:])
    if not any(word.strip() for word in words[:first]):
        raise UsageError(_("Say which letters are to be changed."), hint=hint)
    return list(words[:first]), said


def _wanted(
    counter: Counter, letters: Sequence[Entry], wanted: Mapping[Field[Any], Any], *, yes: bool
) -> bool:
    """Whether so many letters are to be changed so."""
    screen = counter.screen
    for entry in letters[:SHOWN]:
        known = " · ".join(filter(None, cells(entry)))
        screen.note(f"  {entry.id}  {known}")
    if len(letters) > SHOWN:
        more = len(letters) - SHOWN
        screen.note("  " + ngettext("and {n} more", "and {n} more", more).format(n=more))
    what = "; ".join(f"{_(field.title)}: {_told(field, value)}" for field, value in wanted.items())
    count = len(letters)
    question = ngettext("Change {n} letter: {what}?", "Change {n} letters: {what}?", count)
    return agreed(screen, question.format(n=count, what=what), yes=yes)


def _told(field: Field[Any], value: Any) -> str:
    if isinstance(value, Retag):
        signed = [f"+{tag}" for tag in value.plus] + [f"-{tag}" for tag in value.minus]
        return ", ".join(signed)
    return "-" if value is None else field.kind.plain(value)


@dataclass(slots=True)
class _Editing:
    """Changes letters one by one, and tells each."""

    counter: Counter
    archive: Archive
    wanted: Mapping[Field[Any], Any]
    json: bool
    changed: int = 0
    done: int = 0

    def all(self, letters: Sequence[Entry]) -> None:
        """Change them; a request to end is heard between two."""
        mark = together() if len(letters) > 1 else ""
        breaking = Breaking()
        try:
            with self.archive.run(), breaking.heard():
                for before in letters:
                    with breaking.breakable():
                        pass
                    after = self.archive.edit(
                        before.id, self.wanted, who=who(self.counter), together=mark
                    )
                    self.done += 1
                    self.changed += before != after
                    self._one(before, after, many=len(letters) > 1)
        finally:
            if len(letters) > 1:
                self.counter.screen.note(self._sentence(len(letters)))

    def _one(self, before: Entry, after: Entry, *, many: bool) -> None:
        screen = self.counter.screen
        if self.json:
            others = self.archive.renditions(after.id)
            screen.json(shapes.entry(after, self.archive.pages(after), renditions=others))
            return
        for row in self._rows(before, after, all_told=not many):
            screen.row([str(after.id), *row] if many else row)
        screen.out.flush()

    def _rows(self, before: Entry, after: Entry, *, all_told: bool) -> Iterator[list[str]]:
        for field in self.wanted:
            old, new = _value(before, field), _value(after, field)
            if all_told or old != new:
                yield [_(field.title), old or "-", "->", new or "-"]

    def _sentence(self, total: int) -> str:
        changed = ngettext("{n} letter changed", "{n} letters changed", self.changed)
        parts = [changed.format(n=self.changed)]
        if same := self.done - self.changed:
            parts.append(_("{n} said so already").format(n=same))
        if left := total - self.done:
            parts.append(_("{left} left").format(left=left))
        return "; ".join(parts) + "."


def _value(entry: Entry, field: Field[Any]) -> str:
    best = entry.letter.best(field)
    return "" if best is None else field.kind.plain(best.value)
