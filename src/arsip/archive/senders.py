"""senders.json: which spellings people say are one sender, and what it is called."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeAlias

from arsip.archive import keys
from arsip.errors import BadValue, Damaged, NothingFound
from arsip.fields import SENDER
from arsip.model import Entry
from arsip.words import _

PLACE: Final = "senders"
FILE: Final = Path(PLACE, "senders.json")
VERSION: Final = 1

Tree: TypeAlias = dict[str, Any]


class Group(NamedTuple):
    """A sender with the other spellings that its letters bear."""

    name: str
    spellings: tuple[str, ...]


class Senders(NamedTuple):
    """What people decided about senders.

    Attributes:
        revision: 0 while nothing was decided.
        base: the revision whose decision is the last that holds: an undo goes back behind it.
        act: what made this revision: ``merge``, ``rename``, ``split``, ``undo``.
        sum: SHA-256 of the file; empty when there is none.
    """

    revision: int = 0
    base: int = 0
    act: str = ""
    sum: str = ""
    groups: tuple[Group, ...] = ()

    def group(self, name: str) -> Group:
        """The group of a spelling; one of its own when nothing was decided about it."""
        key = keys.words(name)
        for group in self.groups:
            if key in map(keys.words, (group.name, *group.spellings)):
                return group
        return Group(name, ())

    def applied(self, entries: Iterable[Entry]) -> tuple[Entry, ...]:
        """The letters under the names that people decided; what was read stays as ``raw``."""
        return tuple(self._named(entry) if self.groups else entry for entry in entries)

    def _named(self, entry: Entry) -> Entry:
        found = entry.letter.findings.get(SENDER.name)
        if not found:
            return entry
        best, *rivals = found
        name = self.group(best.value).name
        if name == best.value:
            return entry
        named = best._replace(value=name, raw=best.raw or best.value)
        findings = {**entry.letter.findings, SENDER.name: (named, *rivals)}
        return entry._replace(letter=entry.letter._replace(findings=findings))

    def also(self, entry: Entry) -> tuple[str, ...]:
        """The other spellings of a letter's sender."""
        best = entry.letter.best(SENDER)
        return self.group(best.value).spellings if best and self.groups else ()


def read(root: Path) -> Senders:
    """What people decided about the senders of an archive.

    Raises:
        Damaged: the file is not what arsip wrote, or a newer arsip wrote it.
    """
    try:
        content = (root / FILE).read_bytes()
    except FileNotFoundError:
        return Senders()
    except OSError as error:
        raise _damaged() from error
    return load(content)


def load(content: bytes) -> Senders:
    """The decisions of the file's bytes.

    Raises:
        Damaged: as ``read``.
    """
    try:
        tree = json.loads(content)
        if tree["v"] > VERSION:
            raise Damaged(
                _("{path} was written by a newer arsip.").format(path=FILE),
                hint="pip install --upgrade arsip",
            )
        return Senders(
            revision=int(tree["revision"]),
            base=int(tree["base"]),
            act=tree["revised"]["act"],
            sum=hashlib.sha256(content).hexdigest(),
            groups=tuple(
                Group(str(one["name"]), tuple(map(str, one["spellings"])))
                for one in tree["senders"]
            ),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _damaged() from error


def _damaged() -> Damaged:
    return Damaged(
        _("{path} is damaged.").format(path=FILE),
        hint=_("Put it back from a copy, or take it away: letters then bear the names as read."),
    )


def write(senders: Senders, *, who: str, now: dt.datetime) -> bytes:
    """The file's bytes: indented, for people without the program."""
    tree = {
        "v": VERSION,
        "revision": senders.revision,
        "base": senders.base,
        "revised": {"at": now.isoformat(timespec="seconds"), "who": who, "act": senders.act},
        "senders": [
            {"name": group.name, "spellings": list(group.spellings)} for group in senders.groups
        ],
    }
    return json.dumps(tree, ensure_ascii=False, indent=1).encode() + b"\n"


def former(revision: int) -> Path:
    """Where the decisions of a revision are kept once newer ones took their place."""
    return Path(PLACE, f"senders.{revision}.json")


def merged(senders: Senders, name: str, into: str) -> Senders:
    """The decisions with one more: both are one sender, called by the second name.

    Raises:
        BadValue: they are one already.
    """
    one, other = senders.group(name), senders.group(into)
    if _same(one, other):
        raise BadValue(
            _("“{name}” and “{into}” are one sender already.").format(name=name, into=into),
            hint="arsip senders list",
        )
    whole = _whole(other.name, (*other.spellings, one.name, *one.spellings))
    return _next(senders, "merge", (one, other), (whole,))


def renamed(senders: Senders, old: str, new: str) -> Senders:
    """The decisions with one more: a sender is called by a new name.

    Raises:
        BadValue: it is called so already, or another one is.
    """
    group = senders.group(old)
    other = senders.group(new)
    if other in senders.groups and not _same(group, other):
        raise BadValue(
            _("Another sender is called “{name}” already.").format(name=new),
            hint="arsip senders merge --help",
        )
    if group.name == new:
        raise BadValue(_("The sender is called “{name}” already.").format(name=new), hint="")
    whole = _whole(new, (group.name, *group.spellings))
    return _next(senders, "rename", (group,), (whole,))


def split(senders: Senders, spelling: str) -> Senders:
    """The decisions with one more: letters with this spelling are of a sender of their own.

    Raises:
        NothingFound: it is no spelling of another name.
    """
    key = keys.words(spelling)
    group = senders.group(spelling)
    kept = tuple(one for one in group.spellings if keys.words(one) != key)
    if len(kept) == len(group.spellings):
        raise NothingFound(
            _("“{name}” is no spelling of another sender.").format(name=spelling),
            hint="arsip senders list",
        )
    return _next(senders, "split", (group,), (Group(group.name, kept),) if kept else ())


def _whole(name: str, spellings: Iterable[str]) -> Group:
    """A group without its name or a spelling twice, as keys compare them."""
    by_key: Mapping[str, str] = {keys.words(one): one for one in reversed(tuple(spellings))}
    others = [one for one in by_key.values() if one != name]
    return Group(name, tuple(sorted(others)))


def _same(one: Group, other: Group) -> bool:
    return keys.words(one.name) == keys.words(other.name)


def _next(senders: Senders, act: str, old: Iterable[Group], new: Iterable[Group]) -> Senders:
    gone = {group.name for group in old}
    groups = (*(group for group in senders.groups if group.name not in gone), *new)
    revision = senders.revision + 1
    return Senders(revision, revision, act, "", tuple(sorted(groups)))
