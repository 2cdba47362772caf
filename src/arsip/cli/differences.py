"""What became of letters that were read again, told: their differences, and one sentence."""

from __future__ import annotations

import contextlib
from collections import Counter as Tally
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import typer

from arsip.cli.doubting import doubts_told
from arsip.cli.guard import DAMAGED, SET_ASIDE
from arsip.cli.queries import cell, cells
from arsip.cli.reasons import advice, told
from arsip.cli.render import Screen
from arsip.cli.shapes import VERSION, finding
from arsip.errors import Damaged
from arsip.fields import FIELDS
from arsip.ingest.rereading import Outcome
from arsip.ingest.retranscribe import Compared
from arsip.model import PENDING, Entry, Event, PageText, Report
from arsip.words import N_, _, ngettext

STATUSES: Final = {
    "reread": N_("changed"),
    "kept": N_("kept, for they read worse now"),
    "unread": N_("still without words"),
    "unchanged": N_("as before"),
    "failed": N_("failed"),
}
"""Slug -> its words, in the order of the summary."""


@dataclass(slots=True)
class Differences:
    """Tells what became of letters as they come.

    Attributes:
        secret: values of secret letters are told too.
        dry: nothing was done; the summary says so.
        doubts: those about their pages are told too.
    """

    screen: Screen
    json: bool
    secret: bool
    dry: bool
    doubts: bool
    _tally: Tally[str] = field(default_factory=Tally)
    _expected: int = 0
    _damaged: bool = False

    def all(self, outcomes: Iterable[Outcome], *, report: Report, total: int) -> None:
        """Tell each as it comes; total is how many files will come."""
        self._expected = total
        report(Event("settled", total=total))
        for done, outcome in enumerate(outcomes, 1):
            self._one(outcome)
            report(Event("settled", outcome.before[0].source, done, total))

    def _one(self, outcome: Outcome) -> None:
        self._tally[outcome.status] += 1
        self._damaged |= outcome.reason == Damaged.slug
        for before, after in zip(outcome.before, outcome.after, strict=True):
            open_ = self.secret or not (before.letter.secret or after.letter.secret)
            if self.json:
                self.screen.json(shape(outcome, before, after, values=open_))
            elif outcome.reason is not None:
                why = _("Letter {id}: {why}").format(id=before.id, why=told(outcome.reason))
                self.screen.error(why, advice(outcome.reason))
            else:
                for row in rows(outcome, before, after, values=open_):
                    self.screen.row(row)
                if self.doubts:
                    doubts_told(self.screen, _("Letter {id}").format(id=after.id), after.doubts)
        self.screen.out.flush()

    @contextlib.contextmanager
    def summary(self) -> Iterator[None]:
        """Whatever ends it, tell what was done until then."""
        try:
            yield
        finally:
            self.screen.note(self._sentence())

    def _sentence(self) -> str:
        total = self._tally.total()
        if not total:
            return _("There is nothing to read again.")
        parts = ", ".join(
            f"{self._tally[status]} {_(word)}"
            for status, word in STATUSES.items()
            if self._tally[status]
        )
        if left := max(0, self._expected - total):
            parts += "; " + _("{left} left").format(left=left)
        files = ngettext("{total} file: {parts}.", "{total} files: {parts}.", total)
        sentence = files.format(total=total, parts=parts)
        return sentence + " " + _("Nothing was done: this was a dry run.") if self.dry else sentence

    def end(self) -> None:
        """End as the contract of exit codes says.

        Raises:
            typer.Exit: something in the archive is damaged, or a file could not be read.
        """
        if self._damaged:
            raise typer.Exit(DAMAGED)
        if self._tally["failed"]:
            raise typer.Exit(SET_ASIDE)


def rows(outcome: Outcome, before: Entry, after: Entry, *, values: bool) -> Iterator[list[str]]:
    """What is different now: ID, what, before, ``->``, after; of a page that was kept ``=``.

    A letter that had no words yet is told in one row, not field by field.
    """
    number = str(before.id)
    for page in outcome.pages:
        if page.after.number in before.pages and page.verdict != "same":
            where = _("page {pages}").format(pages=page.after.number)
            arrow = "=" if page.verdict == "worse" else "->"
            yield [number, where, _brief(page.before), arrow, _brief(page.after)]
    if all(page.before.unread for page in outcome.pages) and outcome.pages:
        known = " · ".join(filter(None, cells(after))) if values else "..."
        yield [number, _("Letter"), "-", "->", known or "-"]
        return
    for key in FIELDS:
        old, new = cell(before, key), cell(after, key)
        if old != new:
            shown = (old or "-", "->", new or "-") if values else ("...", "->", "...")
            yield [number, _(key.title), *shown]


def _brief(page: PageText) -> str:
    """How well a page was read, in a few words."""
    if page.unread == PENDING:
        return _("not read yet")
    if page.unread:
        return told(page.unread)
    count = sum(1 for _word in page.words)
    text = ngettext("{count} word, {sure} % sure", "{count} words, {sure} % sure", count)
    return text.format(count=count, sure=round(100 * page.confidence))


def shape(outcome: Outcome, before: Entry, after: Entry, *, values: bool) -> dict[str, Any]:
    """What became of one letter as JSON, version 1; values of a secret letter are left out."""
    changed = {
        key.name: {
            "before": finding(key, before.letter.best(key)),
            "after": finding(key, after.letter.best(key)),
        }
        for key in FIELDS
        if cell(before, key) != cell(after, key)
    }
    return {
        "v": VERSION,
        "id": before.id,
        "sha256": before.digest,
        "status": outcome.status,
        "reason": outcome.reason,
        "pages": [_page_shape(page) for page in outcome.pages if page.after.number in before.pages],
        "fields": changed if values else dict.fromkeys(changed),
        "doubts": [doubt.json() for doubt in after.doubts],
        "seconds": round(outcome.seconds, 2),
    }


def _page_shape(page: Compared) -> dict[str, Any]:
    return {
        "page": page.after.number,
        "verdict": page.verdict,
        "before": _measured(page.before),
        "after": _measured(page.after),
    }


def _measured(page: PageText) -> dict[str, Any]:
    return {
        "words": sum(1 for _word in page.words),
        "confidence": round(page.confidence, 3),
        "unread": page.unread or None,
    }
