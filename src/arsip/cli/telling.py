"""What became of files, told: a line each, a table at the end, and one sentence."""

from __future__ import annotations

import contextlib
from collections import Counter as Tally
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

import typer

from arsip.cli.doubting import doubts_told, places
from arsip.cli.guard import AGAIN, SET_ASIDE
from arsip.cli.likening import same_told
from arsip.cli.queries import cells
from arsip.cli.reasons import STATUSES, explained
from arsip.cli.render import Screen
from arsip.ingest.outcome import Outcome
from arsip.model import Clock, Event, Report, silent
from arsip.words import N_, _, ngettext

FEW: Final = 6
"""Letters with blank pages that are named one by one; backs of sheets may be many more."""
EMPTY: Final = {"blank": N_("Blank: {where}"), "wordless": N_("Without a word: {where}")}
MANY: Final = frozenset({*EMPTY, "pending"})
"""Reasons of doubts that half the pages of a run may have; they are told together."""


@dataclass(slots=True)
class Telling:
    """Tells outcomes: a line each as they come; to a person a table at the end.

    Attributes:
        dry: nothing was done; the summary says so.
        live: a line each for a person too: nobody waits for an end.
        news_only: what stands as it stood at the last look is not told again.
        clock: tells when, for a log of JSON Lines; None: the objects are those of answers.
    """

    screen: Screen
    json: bool
    dry: bool = False
    live: bool = False
    news_only: bool = False
    clock: Clock | None = None
    _tally: Tally[str] = field(default_factory=Tally)
    _rows: list[list[str]] = field(default_factory=list)
    _doubted: list[Outcome] = field(default_factory=list)
    _same: list[Outcome] = field(default_factory=list)
    _new_aside: bool = False
    _full: bool = False
    _expected: int = 0

    def all(self, outcomes: Iterable[Outcome], *, report: Report = silent, total: int = 0) -> None:
        """Tell each as it comes; total is how many files are known to come."""
        report(Event("settled", total=total))
        self._expected = total
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
            self.screen.json(self._logged("file") | outcome.json())
        elif self.screen.person and not self.live:
            self._rows.append(row(outcome, brief=True))
        else:
            self.screen.row(row(outcome))
        self.screen.out.flush()
        if outcome.doubts and not self.json:
            self._doubted.append(outcome)
        if outcome.same_as and not self.json:
            self._same.append(outcome)
        if self.live:
            self._doubts_told()

    def remark(self, event: str, sentence: str, **details: str) -> None:
        """Tell of something that is no file: a sentence, or an object in a log."""
        if self.clock is None:
            self.screen.note(sentence)
            return
        self.screen.json({"v": 1} | self._logged(event) | details)
        self.screen.out.flush()

    def _logged(self, event: str) -> dict[str, str]:
        if self.clock is None:
            return {}
        return {"time": self.clock().isoformat(timespec="seconds"), "event": event}

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
            left = 0 if whole else self._left
            if self._tally or left or (whole and not self.live):
                self.screen.note(self._sentence(left=left))
            self._doubts_told()

    @property
    def _left(self) -> int:
        return max(0, self._expected - self._tally.total())

    def _doubts_told(self) -> None:
        """What was not told yet: letters that came before, and doubts, those that are many last."""
        same_told(self.screen, self._same, few=FEW)
        self._same.clear()
        for outcome in self._doubted:
            grave = [doubt for doubt in outcome.doubts if doubt.reason not in MANY]
            doubts_told(self.screen, _named(outcome), grave)
        for reason in EMPTY:
            self._empty_told(reason)
        waiting = sum(len(one.about("pending")) for one in self._doubted)
        if waiting:
            text = ngettext(
                "{count} page waits to be read: {command}",
                "{count} pages wait to be read: {command}",
                waiting,
            )
            self.screen.note(text.format(count=waiting, command="arsip reread --ocr --pending"))
        self._doubted.clear()

    def _empty_told(self, reason: str) -> None:
        """The pages with nothing to read on them; backs of sheets, which may be many, by number."""
        empty = {_named(one): pages for one in self._doubted if (pages := one.about(reason))}
        named = [f"{name}, {places(pages)}" for name, pages in empty.items()]
        where = "; ".join(named)
        if len(named) > FEW and not self.screen.verbose:
            message = _("{count} pages of {letters} letters")
            where = message.format(count=sum(map(len, empty.values())), letters=len(named))
        if named:
            self.screen.note(_(EMPTY[reason]).format(where=where))

    def _sentence(self, *, left: int) -> str:
        total = self._tally.total()
        if left and not total:
            return _("Nothing was filed; {left} left.").format(left=left)
        if not total:
            return _("There is nothing to file here.")
        parts = ", ".join(
            f"{self._tally[status]} {_(word)}"
            for status, word in STATUSES.items()
            if self._tally[status]
        )
        if left:
            parts += "; " + _("{left} left").format(left=left)
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


def _named(outcome: Outcome) -> str:
    letters = ",".join(map(str, outcome.ids))
    return _("{file} (letter {id})").format(file=outcome.file.name, id=letters)


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
        return [*head, "-", "-", outcome.note or explained(outcome.reason, outcome.status)]
    if outcome.entry is None:
        return [*head, "-", "-", "-"]
    if outcome.entry.letter.secret:
        return [*head, "-", "-", _("(secret: arsip show {id} --rahasia)").format(id=ids)]
    number, date, _sender, subject = cells(outcome.entry)
    if unread := outcome.about("unread"):
        pages = ", ".join(map(str, unread))
        subject += " " + _("(not readable: page {pages})").format(pages=pages)
    if outcome.about("pending"):
        subject = subject or _("(not read yet)")
    return [*head, number or "-", date or "-", subject or "-"]
