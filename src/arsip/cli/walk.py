"""The walk of a review: value by value, with the page around it, until a person stops."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from arsip.archive.store import Archive
from arsip.archive.waiting import waiting
from arsip.cli import rules
from arsip.cli.around import Row, head_rows, place_said, rows_around, rows_told
from arsip.cli.asking import answered
from arsip.cli.assignments import read, who
from arsip.cli.breaking import Breaking
from arsip.cli.counter import Counter
from arsip.cli.letters import chosen_file, handed_over
from arsip.cli.queries import cells
from arsip.cli.render import plain
from arsip.cli.skipped import Skipped, Value
from arsip.errors import ArsipError, BadValue, NothingFound
from arsip.fields import BY_NAME, Field
from arsip.model import Entry, Finding
from arsip.words import _, ngettext

LITERAL: Final = "="
"""Before a value that would be taken for a key."""


class Question(NamedTuple):
    """A value that waits for a person.

    Attributes:
        found: what was read, the best first; none when the value is missing.
    """

    entry: Entry
    field: Field[Any]
    found: tuple[Finding[Any], ...]

    @property
    def value(self) -> Value:
        """What it is about."""
        return self.entry.id, self.field.name


class Said(NamedTuple):
    """What a person says of a value; None: the letter does not say."""

    value: object | None


@dataclass(slots=True)
class Walk:
    """Asks about one value after the other; each answer is kept before the next question.

    Attributes:
        settled, skipped: how many values were.
    """

    counter: Counter
    archive: Archive
    postponed: Skipped
    breaking: Breaking
    settled: int = 0
    skipped: int = 0
    _letter: int = 0
    _rows: tuple[Row, ...] = field(default=())

    def all(self, values: Sequence[Value]) -> bool:
        """Ask about these; False: the person stopped."""
        letters = len({number for number, _name in values})
        self.counter.screen.line(_brief(len(values), letters))
        return all(self._goes_on(value) for value in values)

    def _goes_on(self, value: Value) -> bool:
        question = self._question(value)
        if question is None:
            return True
        self._asked(question)
        while (said := self._said(question)) is None:
            pass
        return said

    def _question(self, value: Value) -> Question | None:
        """What is to be asked; None: it was settled meanwhile."""
        number, name = value
        try:
            entry = self.archive.entry(str(number))
        except NothingFound:
            return None
        field = BY_NAME[name]
        found = entry.letter.findings.get(name, ())
        return Question(entry, field, found) if field in waiting(entry) else None

    def _asked(self, question: Question) -> None:
        """Show the letter, when it is another one, and the value with its page and rivals."""
        screen, entry = self.counter.screen, question.entry
        if entry.id != self._letter:
            self._letter, self._rows = entry.id, ()
            known = " · ".join(filter(None, cells(entry)))
            screen.line()
            screen.show(screen.strong(_("Letter {id}").format(id=entry.id)), plain(f"  {known}"))
        screen.line()
        screen.line(_headline(question))
        rows = self._around(question)
        if rows != self._rows:
            rows_told(screen, rows)
        self._rows = rows
        for place, rival in enumerate(question.found[1:], 1):
            screen.line(f"  {place}  {_rival(question.field, rival)}")

    def _around(self, question: Question) -> tuple[Row, ...]:
        """The lines of the page around a value; the head of the letter where it is missing."""
        pages = self.archive.pages(question.entry)
        best = question.found[0] if question.found else None
        if best is None or best.box is None:
            return head_rows(pages[0]) if pages else ()
        found = (page for page in pages if page.number == best.page)
        return next((rows_around(page, best.box) for page in found), ())

    def _said(self, question: Question) -> bool | None:
        """Whether the walk goes on after the next answer; None: the question is still open."""
        screen = self.counter.screen
        with self.breaking.breakable():
            typed = answered(screen, _prompt(question))
        match None if typed is None else typed.lower():
            case None | "q":
                return False
            case "s":
                self.postponed.add(question.value)
                self.skipped += 1
                return True
            case "?":
                screen.line(_help(question))
            case "o":
                self._open(question.entry)
            case _:
                return self._settled(question, typed or "")
        return None

    def _settled(self, question: Question, typed: str) -> bool | None:
        """Keep what was said; None: it makes no value."""
        try:
            said = _meant(question, typed)
        except BadValue as error:
            self.counter.screen.error(error.message, error.hint)
            return None
        if said is None:
            self.counter.screen.line(_("There is nothing to accept: type a value, or ? for help."))
            return None
        self.archive.edit(question.entry.id, {question.field: said.value}, who=who(self.counter))
        self.postponed.discard(question.value)
        self.settled += 1
        shown = "-" if said.value is None else question.field.kind.plain(said.value)
        self.counter.screen.line(f"  = {plain(shown)}")
        return True

    def _open(self, entry: Entry) -> None:
        """Open the letter's file; where that fails, say so and go on."""
        try:
            file = chosen_file(self.counter, self.archive, entry, original=False)
            handed_over(self.counter, self.archive.root, entry, file)
        except ArsipError as error:
            self.counter.screen.error(error.message, error.hint)


def _meant(question: Question, typed: str) -> Said | None:
    """What an answer says of the value; None: nothing.

    Raises:
        BadValue: it does not fit the field.
    """
    best, rivals = question.found[:1], question.found[1:]
    if not typed:
        return Said(best[0].value) if best else None
    if typed.lower() == "n":
        return Said(None)
    if typed.isdecimal() and len(typed) < len("100") and 1 <= int(typed) <= len(rivals):
        return Said(rivals[int(typed) - 1].value)
    text = typed.removeprefix(LITERAL).strip()
    return Said(read(_(question.field.title), question.field, text)) if text else None


def _brief(values: int, letters: int) -> str:
    many = ngettext("{n} value", "{n} values", values).format(n=values)
    where = ngettext("in {n} letter", "in {n} letters", letters).format(n=letters)
    keys = _("Enter accepts, or type what is right; s skips, o opens, n: none, ? help, q stops.")
    return f"{many} {where}. {keys}"


def _headline(question: Question) -> str:
    title = _(question.field.title)
    if not question.found:
        return plain(_("{field}: not found in the letter").format(field=title))
    best = question.found[0]
    where = place_said(best.page, best.box)
    percent = round(100 * best.confidence)
    line = _("{field}: doubtful, {percent} % sure; {why}").format(
        field=title, percent=percent, why=rules.because(best)
    )
    return plain(f"{line} ({where})" if where else line)


def _rival(field: Field[Any], rival: Finding[Any]) -> str:
    value = field.kind.plain(rival.value)
    where = place_said(rival.page, rival.box)
    return plain(" - ".join(filter(None, (value, rules.lost(rival), where))))


def _prompt(question: Question) -> str:
    title, found = _(question.field.title), question.found
    return f"{title} [{question.field.kind.plain(found[0].value)}]:" if found else f"{title}:"


def _help(question: Question) -> str:
    """All keys, and what may be typed."""
    lines = [
        _("Enter   accepts the value in brackets"),
        _("1, 2    takes the value of that number instead, where there are some"),
        _("text    is the value; =text where it would be taken for a key"),
        _("n       the letter does not say"),
        _("s       skip: it comes last the next time"),
        _("o       opens the letter's file"),
        _("q       stops; what was answered is kept"),
    ]
    choices = question.field.choices
    if choices:
        lines.append(_("One of: {choices}").format(choices=", ".join(choices)))
    return "\n".join(f"  {line}" for line in lines)
