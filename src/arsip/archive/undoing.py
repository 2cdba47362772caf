"""Taking back what was done: field by field, by a new act; what was done since stays."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from arsip.archive import changing, history, record
from arsip.archive.changing import Change
from arsip.archive.history import CHANGES, Changed, Step
from arsip.archive.holdings import Holdings
from arsip.archive.ledger import Line
from arsip.archive.record import Hand
from arsip.errors import NothingFound, UsageError
from arsip.fields import BY_NAME
from arsip.words import _

_OWN: Final = frozenset({"revision", "revised", "letters"})
"""Keys of a record that an act of undoing treats by themselves."""


class Undoing(NamedTuple):
    """An act that is to be taken back; acts of one command are one here.

    Attributes:
        act: its name in the ledger, ``redo`` when it took back an undoing.
        number, time, who: of its last line.
        steps: digest -> what it did to that file, the newest first.
        ids: the letters that are to be as they were; of a file only these.
        changes: the fields that will be as they were.
    """

    act: str
    number: int
    time: str
    who: str
    steps: Mapping[str, tuple[Step, ...]]
    ids: tuple[int, ...]
    changes: tuple[Changed, ...]


def last(holdings: Holdings, *, letter: int = 0, act: int = 0) -> Undoing:
    """The last act that changed letters, or a letter, or the act of this number in the ledger.

    Raises:
        NothingFound: there is none, or it is undone already.
        UsageError: it keeps no record of what was before, or that was changed again since.
    """
    lines = _chosen(holdings, letter, act)
    steps: dict[str, tuple[Step, ...]] = {}
    for line in reversed(lines):
        _undoable(line)
        for step in history.steps(line):
            steps[step.digest] = (*steps.get(step.digest, ()), step)
    newest = lines[-1]
    touched = sorted({number for line in lines for number in line.act.ids})
    found = Undoing(
        act=history.meant(newest.act.name, newest.act.note.get("undoes", "")),
        number=newest.number,
        time=newest.time,
        who=newest.act.note.get("who", ""),
        steps=dict(reversed(steps.items())),
        ids=(letter,) if letter else tuple(touched),
        changes=(),
    )
    trees = {digest: changing.current(holdings, digest) for digest in steps}
    changes = [(now, reverted(holdings, found, digest, now)) for digest, now in trees.items()]
    if all(now == then for now, then in changes):
        raise NothingFound(
            _("Act {number} is undone already.").format(number=found.number), hint="arsip log"
        )
    told = [one for now, then in changes for one in history.differences(now, then)]
    return found._replace(changes=tuple(sorted(told, key=lambda one: one.id)))


def _chosen(holdings: Holdings, letter: int, act: int) -> list[Line]:
    """The lines of one command, oldest first; at least one.

    Raises:
        NothingFound: no such act changed a letter.
    """
    lines = [
        line for line in history.told(holdings.root, letter=letter) if line.act.name in CHANGES
    ]
    found = next((line for line in reversed(lines) if act in {0, line.number}), None)
    if found is None and act:
        message = _("Act {number} changed nothing that could be undone.")
        raise NothingFound(message.format(number=act), hint="arsip log")
    if found is None:
        what = _("There is nothing to undo.")
        raise NothingFound(what, hint=f"arsip log {letter}" if letter else "arsip log")
    mark = found.act.note.get("together")
    return [line for line in lines if mark == line.act.note.get("together")] if mark else [found]


def _undoable(line: Line) -> None:
    """Make sure that an act changed nothing but the record, for only that is kept.

    Raises:
        UsageError: it changed the text of the pages, too.
    """
    names = {Path(path).name for path in line.act.files}
    if record.TEXT in names or record.READING in names:
        message = _("Act {number} read pages again; the text of before is not kept.")
        first = next(iter(line.act.ids), 0)
        raise UsageError(message.format(number=line.number), hint=f"arsip edit {first} FIELD=VALUE")


def reverted(holdings: Holdings, what: Undoing, digest: str, now: record.Tree) -> record.Tree:
    """The record of a file as it would be without the act; what was done since stays in it.

    Raises:
        UsageError: something that the act changed was changed again since.
        Damaged: a record that is needed is not as the ledger has it.
    """
    tree = copy.deepcopy(now)
    for step in what.steps[digest]:
        before, after = history.sides(holdings.vault, step)
        _take_back(tree, before, after, step, but=_OWN)
        sides = ({one["id"]: one for one in side["letters"]} for side in (before, after))
        old, new = sides
        for letter in tree["letters"]:
            number = letter["id"]
            if number in what.ids and number in old and number in new:
                fields = (letter["fields"], old[number]["fields"], new[number]["fields"])
                _take_back(letter, old[number], new[number], step, but=frozenset({"fields"}))
                _take_back(*fields, step)
    return tree


def _take_back(
    now: dict[str, Any],
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    step: Step,
    *,
    but: frozenset[str] = frozenset(),
) -> None:
    """Put what a step changed back, in place.

    Raises:
        UsageError: it was changed again since.
    """
    for key in {*before, *after} - but:
        if before.get(key) in (after.get(key), now.get(key)):
            continue
        if now.get(key) != after.get(key):
            name = _(BY_NAME[key].title) if key in BY_NAME else key
            message = _("“{field}” was changed again since act {number}; undo that first.")
            first = next(iter(step.line.act.ids), 0)
            raise UsageError(
                message.format(field=name, number=step.line.number), hint=f"arsip log {first}"
            )
        if key in before:
            now[key] = before[key]
        else:
            now.pop(key, None)


def prepared(
    holdings: Holdings, what: Undoing, digest: str, *, hand: Hand, desk: Path
) -> Change | None:
    """The record of a file without the act, on the desk; None: it is so already.

    Raises:
        UsageError, Damaged: as ``reverted``.
    """
    now = changing.current(holdings, digest)
    tree = reverted(holdings, what, digest, now)
    if tree == now:
        return None
    after = record.signed(tree, "undo", hand=hand, now=holdings.clock(), undoes=what.act)
    touched = tuple(one["id"] for one in tree["letters"] if one["id"] in what.ids)
    return changing.laid(digest, after, touched, desk=desk)
