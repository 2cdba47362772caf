"""Who wrote: senders under one name, and what their letters teach."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from typing import Annotated, Any, Final

import typer

from arsip.archive import keys
from arsip.archive import senders as decisions
from arsip.archive.store import Archive, Sender
from arsip.cli.assignments import who
from arsip.cli.command import JSON, SECRET, WAIT, speaks
from arsip.cli.counter import Counter
from arsip.cli.opening import opened
from arsip.cli.rules import place_told
from arsip.errors import BadValue, UsageError
from arsip.fields import BY_NAME
from arsip.habits import TAUGHT, Sign
from arsip.words import _, ngettext

NAMES: Final = {"list": 0, "merge": 2, "rename": 2, "split": 1, "undo": 0}
"""What can be done -> how many names follow it."""


@speaks(
    _(
        "Tell who wrote: list shows each sender, its letters, and what corrections taught. merge "
        "shows the letters of the first name under the second, rename gives a sender a new name, "
        "split makes a spelling a sender of its own again, undo takes the last of these back."
    ),
    "arsip senders list",
    "arsip senders merge 'Dinkes Wanajaya' 'Dinas Kesehatan Kabupaten Wanajaya'",
    "arsip senders rename 'PT Sinar' 'PT Sinar Baru Abadi'",
    "arsip senders undo",
)
def senders(
    ctx: typer.Context,
    action: Annotated[
        str, typer.Argument(metavar="ACTION", help="list, merge, rename, split, undo")
    ] = "list",
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME...]", help=_("Names of senders."))
    ] = None,
    *,
    json: Annotated[bool, JSON] = False,
    secret: Annotated[bool, SECRET] = False,
    wait: Annotated[float | None, WAIT] = None,
) -> None:
    """List senders, or decide which are one and what they are called."""
    counter: Counter = ctx.obj
    given = _checked(action, names or [])
    with opened(counter, wait=wait) as archive:
        if action == "list":
            _listed(counter, archive.senders(secret=secret), json=json)
            return
        name = _decided(archive, action, given, who=who(counter))
        letters = sum(
            one.letters
            for one in archive.senders(secret=True)
            if keys.words(one.name) == keys.words(name)
        )
    if json:
        counter.screen.json({"v": 1, "act": action, "name": name or None, "letters": letters})
    elif action == "undo":
        counter.screen.line(_("The last decision about a sender is taken back."))
    else:
        text = ngettext(
            "{letters} letter is from “{name}” now.",
            "{letters} letters are from “{name}” now.",
            letters,
        )
        counter.screen.line(text.format(letters=letters, name=name))


def _checked(action: str, names: list[str]) -> list[str]:
    """The names that were typed, in one blank each.

    Raises:
        UsageError: there is no such action, or it takes another number of names.
    """
    if action not in NAMES:
        message = _("“{text}” is none of {words}.")
        raise UsageError(
            message.format(text=action, words=", ".join(NAMES)), hint="arsip senders --help"
        )
    given = [" ".join(name.split()) for name in names]
    if len(given) != NAMES[action] or not all(map(keys.words, given)):
        text = ngettext(
            "{action} takes {count} name.", "{action} takes {count} names.", NAMES[action]
        )
        raise UsageError(
            text.format(action=action, count=NAMES[action]), hint="arsip senders --help"
        )
    return given


def _decided(archive: Archive, action: str, names: list[str], *, who: str) -> str:
    """Decide, and give the name that the letters bear now; empty after an undo.

    Raises:
        NothingFound: there is no such sender, or nothing to undo.
        BadValue: nothing would change, or another sender is called so.
    """
    if action == "undo":
        archive.undecide(who=who)
        return ""
    first = archive.spelled(names[0])
    if action == "split":
        archive.decide(lambda now: decisions.split(now, first), who=who)
        return first
    if action == "merge":
        second = archive.spelled(names[1])
        archive.decide(lambda now: decisions.merged(now, first, second), who=who)
        return next(one.name for one in archive.senders(secret=True) if _is(one, second))
    _free(archive, first, names[1])
    archive.decide(lambda now: decisions.renamed(now, first, names[1]), who=who)
    return names[1]


def _is(sender: Sender, name: str) -> bool:
    return keys.words(name) in map(keys.words, (sender.name, *sender.spellings))


def _free(archive: Archive, old: str, new: str) -> None:
    """Let a new name pass that is no other sender's.

    Raises:
        BadValue: it is.
    """
    if any(_is(one, new) and not _is(one, old) for one in archive.senders(secret=True)):
        raise BadValue(
            _("Another sender is called “{name}” already.").format(name=new),
            hint=shlex.join(["arsip", "senders", "merge", old, new]),
        )


def _listed(counter: Counter, found: tuple[Sender, ...], *, json: bool) -> None:
    screen = counter.screen
    if json:
        for one in found:
            screen.json(_shape(one))
        return
    if not found:
        screen.note(_("No letter names its sender yet. To file letters: arsip ingest FOLDER"))
        return
    headings = (_("From"), _("Letters"), _("Spelled too"), _("Kinds"), _("Learned"))
    screen.table(headings, (_cells(one) for one in found))


def _cells(sender: Sender) -> tuple[str, ...]:
    kinds = ", ".join(f"{code.replace('_', ' ')} {n}" for code, n in sender.kinds.items())
    habits = "; ".join(
        _("{field} {place}, {times} of {total}").format(
            field=_(BY_NAME[field].title), place=place_told(sign), times=times, total=total
        )
        for field, sign, times, total in _habits(sender)
    )
    return (sender.name, str(sender.letters), "; ".join(sender.spellings), kinds, habits)


def _habits(sender: Sender) -> Iterator[tuple[str, Sign, int, int]]:
    """The clearest sign of each field: its name, the sign, letters with it, and all that teach."""
    if sender.habits is None:
        return
    for field in TAUGHT:
        sign = sender.habits.clearest(field)
        if sign is not None:
            times = sender.habits.counts[field.name][sign]
            yield field.name, sign, times, sender.habits.totals[field.name]


def _shape(sender: Sender) -> dict[str, Any]:
    return {
        "v": 1,
        "name": sender.name,
        "spellings": list(sender.spellings),
        "letters": sender.letters,
        "kinds": dict(sender.kinds),
        "taught": sender.habits.letters if sender.habits else 0,
        "habits": [
            {"field": field, "sign": sign.kind, "value": sign.value, "times": times, "of": total}
            for field, sign, times, total in _habits(sender)
        ],
    }
