"""Who did what and when, told from the ledger; and the last change taken back: log, undo."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Final

import typer

from arsip.archive import history
from arsip.archive.history import Changed
from arsip.archive.ledger import Line
from arsip.archive.undoing import Undoing
from arsip.archive.vault import Vault
from arsip.cli import shapes
from arsip.cli.asking import agreed
from arsip.cli.assignments import who
from arsip.cli.command import JSON, SECRET, WAIT, YES, speaks, whole
from arsip.cli.counter import Counter
from arsip.cli.finding import readable
from arsip.cli.opening import opened
from arsip.cli.reasons import told
from arsip.cli.render import Screen, plain
from arsip.fields import Field
from arsip.model import Finding
from arsip.words import N_, _, ngettext

ACTS: Final[Mapping[str, str]] = {
    "init": N_("made the archive"),
    "file": N_("filed {letters}"),
    "again": N_("the file of {letters} came again"),
    "edit": N_("corrected {letters}"),
    "reread": N_("read {letters} again"),
    "undo": N_("took back a change of {letters}"),
    "redo": N_("changed {letters} again, as before the undo"),
    "trash": N_("put {letters} into the trash"),
    "untrash": N_("brought {letters} back from the trash"),
    "join": N_("joined {letters} with another"),
    "part": N_("made {letters} a letter of its own"),
    "destroy": N_("destroyed {letters}"),
    "release": N_("took a file off the list of what was set aside"),
    "repair": N_("mended the files of {letters}"),
    "aside": N_("set a file aside: {reason}"),
    "reveal": N_("was shown secret {letters}"),
    "rebuild": N_("made the index anew"),
}
"""Name of an act in the ledger -> what was done; one of a newer arsip is told as it is called."""
MOST_NAMED: Final = 10
"""Letters of one act that are named by their numbers."""
PREVIEWED: Final = 20
"""Changes that are shown before they are taken back."""

Ref = Annotated[
    str | None, typer.Argument(metavar="ID", help=_("One letter, as in show; else all."))
]


@speaks(
    _(
        "Tell what was done, newest last: who, when and what, and the values that were changed. "
        "Those of secret letters are told only with --rahasia."
    ),
    "arsip log 17",
    "arsip log --limit 20",
)
def log(
    ctx: typer.Context,
    letter: Ref = None,
    *,
    limit: Annotated[
        int, typer.Option("--limit", parser=whole, metavar="N", help=_("The last N acts only."))
    ] = 0,
    secret: Annotated[bool, SECRET] = False,
    json: Annotated[bool, JSON] = False,
    wait: Annotated[float | None, WAIT] = None,
) -> None:
    """Tell the ledger."""
    counter: Counter = ctx.obj
    with readable(counter, wait=wait) as archive:
        number = 0 if letter is None else archive.entry(letter).id
        vault = Vault(archive.root)
        lines: Iterable[Line] = history.told(archive.root, letter=number)
        for line in deque(lines, limit) if limit else lines:
            changes = [one for one in history.changed(vault, line) if number in {0, one.id}]
            if json:
                counter.screen.json(_shape(line, changes, secret=secret))
            else:
                _line_told(counter.screen, line, changes, secret=secret)


def _line_told(screen: Screen, line: Line, changes: list[Changed], *, secret: bool) -> None:
    """An act, and below it each value that it changed; for a pipe a row for each."""
    when = _when(line.time)
    head = (str(line.number), when, line.act.note.get("who", ""), _done(line))
    rows = [_row(one, secret=secret) for one in changes]
    if not screen.person:
        for row in rows or [[]]:
            screen.row((*head, *row))
        return
    number = screen.faint(head[0].rjust(5))
    by = f"{head[2]}: " if head[2] else ""
    screen.show(number, "  ", when, "  ", plain(by + head[3]))
    for identity, title, *value in rows:
        before = f"{identity}  " if len(line.act.ids) > 1 else ""
        screen.show(" " * 9, plain(f"{before}{title}: {' '.join(value)}"))


def _when(time: str) -> str:
    """The minute of an act as its own clock showed it."""
    try:
        return f"{dt.datetime.fromisoformat(time):%Y-%m-%d %H:%M}"
    except ValueError:
        return time


def _done(line: Line) -> str:
    """What an act did, in plain words."""
    act = line.act
    name = history.meant(act.name, act.note.get("undoes", ""))
    sentence = ACTS.get(name)
    text = _(sentence) if sentence else f"{name.replace('_', ' ')} {{letters}}"
    done = text.format(letters=_letters(act.ids), reason=told(act.note.get("reason", ""))).strip()
    return done + " " + _("(finished after a break-off)") if "recovered" in act.note else done


def _letters(ids: tuple[int, ...]) -> str:
    if not ids:
        return ""
    names = ", ".join(map(str, ids[:MOST_NAMED]))
    more = f" (+{len(ids) - MOST_NAMED})" if len(ids) > MOST_NAMED else ""
    return ngettext("letter {ids}", "letters {ids}", len(ids)).format(ids=names + more)


def _row(one: Changed, *, secret: bool) -> list[str]:
    """ID, field, before, ``->``, after."""
    if one.secret and not secret:
        return [str(one.id), _(one.field.title), "...", "->", "..."]
    before, after = _value(one.field, one.before), _value(one.field, one.after)
    if before == after:
        before, after = f"{before} ({_origin(one.before)})", f"{after} ({_origin(one.after)})"
    return [str(one.id), _(one.field.title), before, "->", after]


def _value(field: Field[Any], found: Finding[Any] | None) -> str:
    if found is None:
        return "-"
    text = field.kind.plain(found.value)
    return f"{text} ?" if found.doubtful else text


def _origin(found: Finding[Any] | None) -> str:
    if found is None:
        return _("not found")
    return _("confirmed") if found.origin == "person" else _("read")


def _shape(line: Line, changes: Iterable[Changed], *, secret: bool) -> dict[str, Any]:
    """An act as JSON, version 1; ``hidden`` where values of a secret letter are left out."""
    return {
        "v": shapes.VERSION,
        "number": line.number,
        "time": line.time,
        "act": line.act.name,
        "who": line.act.note.get("who"),
        "ids": list(line.act.ids),
        "note": {name: text for name, text in line.act.note.items() if name != "who"},
        "changes": [_changed_shape(one, hidden=one.secret and not secret) for one in changes],
    }


def _changed_shape(one: Changed, *, hidden: bool) -> dict[str, Any]:
    return {
        "id": one.id,
        "field": one.field.name,
        "before": None if hidden else shapes.finding(one.field, one.before),
        "after": None if hidden else shapes.finding(one.field, one.after),
        "denied": one.denied,
        "hidden": hidden,
    }


@speaks(
    _(
        "Take back what was changed last, in the archive or in one letter: a correction, or a "
        "reading again. What one command did to many letters is taken back as one. It is a new act "
        "in the history, and can be undone in turn. It tells what will be, and asks first."
    ),
    "arsip undo",
    "arsip undo 17 --yes",
)
def undo(  # noqa: PLR0913 - an option each
    ctx: typer.Context,
    letter: Ref = None,
    *,
    act: Annotated[
        int, typer.Option("--act", parser=whole, metavar="N", help=_("The act N of the log."))
    ] = 0,
    yes: Annotated[bool, YES] = False,
    secret: Annotated[bool, SECRET] = False,
    json: Annotated[bool, JSON] = False,
    wait: Annotated[float | None, WAIT] = None,
) -> None:
    """Take back the last change."""
    counter: Counter = ctx.obj
    screen = counter.screen
    with opened(counter, wait=wait) as archive:
        number = 0 if letter is None else archive.entry(letter).id
        what = archive.undoing(letter=number, act=act)
        if not yes:
            _foretold(screen, what, secret=secret)
        if not agreed(screen, _("Take it back?"), yes=yes):
            screen.note(_("Nothing was changed."))
            return
        ids = [entry.id for entry in archive.undo(what, who=who(counter))]
    if json:
        changes = [_changed_shape(one, hidden=one.secret and not secret) for one in what.changes]
        screen.json({"v": shapes.VERSION, "undone": what.number, "ids": ids, "changes": changes})
        return
    for one in what.changes:
        screen.row(_row(one, secret=secret))
    screen.note(_sentence(what, ids))


def _foretold(screen: Screen, what: Undoing, *, secret: bool) -> None:
    """The act, and what the letters will say without it."""
    screen.note(_headline(what))
    for one in what.changes[:PREVIEWED]:
        identity, title, *value = _row(one, secret=secret)
        screen.note(f"  {identity}  {title}: {plain(' '.join(value))}")
    more = len(what.changes) - PREVIEWED
    if more > 0:
        screen.note("  " + ngettext("and {n} more", "and {n} more", more).format(n=more))


def _headline(what: Undoing) -> str:
    text = _(ACTS[what.act]).format(letters=_letters(what.ids), reason="")
    by = f"{what.who}: " if what.who else ""
    return plain(f"{what.number}  {_when(what.time)}  {by}{text}")


def _sentence(what: Undoing, ids: list[int]) -> str:
    count = len(ids)
    if what.act == "undo":
        text = ngettext(
            "{n} letter is again as before the undo.",
            "{n} letters are again as before the undo.",
            count,
        )
    else:
        text = ngettext(
            "{n} letter is as before act {act}.", "{n} letters are as before act {act}.", count
        )
    return text.format(n=count, act=what.number)
