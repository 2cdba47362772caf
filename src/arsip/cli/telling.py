"""What became of files, told: a line each, a table at the end, and one sentence."""

from __future__ import annotations

import contextlib
from collections import Counter as Tally
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import typer

from arsip.cli.guard import AGAIN, SET_ASIDE
from arsip.cli.queries import cells
from arsip.cli.reasons import STATUSES, explained
from arsip.cli.render import Screen
from arsip.ingest.outcome import Outcome
from arsip.model import Event, Report, silent
from arsip.words import _, ngettext


@dataclass(slots=True)
class Telling:
    """Tells outcomes: a line each as they come; to a person a table at the end.

    Attributes:
        dry: nothing was done; the summary says so.
        live: a line each for a person too: nobody waits for an end.
        news_only: what stands as it stood at the last look is not told again.
    """

    screen: Screen
    json: bool
    dry: bool = False
    live: bool = False
    news_only: bool = False
    _tally: Tally[str] = field(default_factory=Tally)
    _rows: list[list[str]] = field(default_factory=list)
    _new_aside: bool = False
    _full: bool = False

    def all(self, outcomes: Iterable[Outcome], *, report: Report = silent, total: int = 0) -> None:
        """Tell each as it comes; total is how many files are known to come."""
        report(Event("settled", total=total))
        for outcome in outcomes:
            if outcome.news or not self.news_only:
                self._one(outcome)
            done = self._tally.total()
            report(Event("settled", outcome.file.name, done, max(done, total)))

    def _one(self, outcome: Outcome) -> None:
        self._tally[outcome.status] += 1
        self._new_aside |= outcome.status == "set_aside" and outcome.news
        self._full |= outcome.reason == "no_space"
        if self.json:
            self.screen.json(outcome.json())
        elif self.screen.person and not self.live:
            self._rows.append(row(outcome, brief=True))
        else:
            self.screen.row(row(outcome))
        self.screen.out.flush()

    @contextlib.contextmanager
    def summary(self) -> Iterator[None]:
        """Whatever ends it, tell what was done until then."""
        whole = False
        try:
            yield
            whole = True
        finally:
            if self._rows:
                headings = (_("Status"), _("ID"), _("File"), _("Number"), _("Date"), _("Subject"))
                self.screen.table(headings, self._rows)
            if self._tally or (whole and not self.live):
                self.screen.note(self._sentence())

    def _sentence(self) -> str:
        total = self._tally.total()
        if not total:
            return _("There is nothing to file here.")
        parts = ", ".join(
            f"{self._tally[status]} {_(word)}"
            for status, word in STATUSES.items()
            if self._tally[status]
        )
        files = ngettext("{total} file: {parts}.", "{total} files: {parts}.", total)
        sentence = files.format(total=total, parts=parts)
        return sentence + " " + _("Nothing was done: this was a dry run.") if self.dry else sentence

    def end(self) -> None:
        """End as the contract of exit codes says.

        Raises:
            typer.Exit: the disk is full, or some files were newly set aside.
        """
        if self._full:
            raise typer.Exit(AGAIN)
        if self._new_aside:
            raise typer.Exit(SET_ASIDE)


def row(outcome: Outcome, *, brief: bool = False) -> list[str]:
    """Status, ID, file, and what the letter is known by; or why it is not filed, and what to do.

    Args:
        outcome: of one file.
        brief: where a letter came from matters no more once it is filed; its name is enough.
    """
    ids = ",".join(map(str, outcome.ids))
    file = outcome.file.name if brief and outcome.reason is None else str(outcome.file)
    head = [_(STATUSES[outcome.status]), ids or "-", file]
    if outcome.reason is not None:
        return [*head, "-", "-", outcome.note or explained(outcome.reason)]
    if outcome.entry is None:
        return [*head, "-", "-", "-"]
    if outcome.entry.letter.secret:
        return [*head, "-", "-", _("(secret: arsip show {id} --rahasia)").format(id=ids)]
    number, date, _sender, subject = cells(outcome.entry)
    if outcome.unread:
        pages = ", ".join(map(str, outcome.unread))
        subject += " " + _("(not readable: page {pages})").format(pages=pages)
    return [*head, number or "-", date or "-", subject or "-"]
