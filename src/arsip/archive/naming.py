"""Decisions about senders made, kept and undone; the letters of each shown under its name."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from sqlite3 import Connection
from typing import Final, NamedTuple

from arsip.archive import catalog, disk, keys, senders, teaching
from arsip.archive.being import IS_SECRET
from arsip.archive.holdings import Holdings
from arsip.archive.ledger import Act
from arsip.archive.senders import Senders
from arsip.errors import Damaged, NothingFound
from arsip.fields import DOC_TYPE, SENDER
from arsip.habits import Habits
from arsip.words import _

FRESH: Final = senders.FILE.with_suffix(".new")


class Sender(NamedTuple):
    """A sender of the archive.

    Attributes:
        name: by which its letters are shown.
        spellings: others that people said are the same.
        letters: how many it wrote.
        kinds: codes of the kinds of letter it writes, the most frequent first, and how many.
        habits: what confirmed letters teach of it; None: none do.
    """

    name: str
    spellings: tuple[str, ...]
    letters: int
    kinds: Mapping[str, int]
    habits: Habits | None


def decide(holdings: Holdings, decided: Senders, *, who: str) -> None:
    """Keep decisions in the place of those before, and show letters by them.

    The lock is held and its mark tells of all: whoever finds it finishes what was begun.
    """
    root = holdings.root
    before = senders.read(root)
    content = senders.write(decided, who=who, now=holdings.clock())
    disk.make_folders(root / senders.PLACE)
    if before.revision:
        kept = root / senders.former(before.revision)
        kept.unlink(missing_ok=True)
        disk.write(kept, (root / senders.FILE).read_bytes())
    (root / FRESH).unlink(missing_ok=True)
    disk.write(root / FRESH, content)
    (root / FRESH).rename(root / senders.FILE)
    disk.flush_folder(root / senders.PLACE)
    holdings.note(Act(decided.act, files=_sums(holdings, decided), note={"who": who}))
    refresh(holdings)


def undone(holdings: Holdings) -> Senders:
    """The decisions without the last that holds.

    Raises:
        NothingFound: none holds.
        Damaged: what was decided before cannot be read.
    """
    now = senders.read(holdings.root)
    if not now.base:
        raise NothingFound(
            _("No decision about a sender is left to undo."), hint="arsip senders list"
        )
    before = _former(holdings, now.base - 1)
    return Senders(now.revision + 1, before.base, "undo", "", before.groups)


def _former(holdings: Holdings, revision: int) -> Senders:
    """The decisions of an earlier revision.

    Raises:
        Damaged: they cannot be read.
    """
    if not revision:
        return Senders()
    path = senders.former(revision)
    try:
        return senders.load((holdings.root / path).read_bytes())
    except OSError as error:
        raise Damaged(_("{path} is damaged.").format(path=path), hint="arsip verify") from error


def _sums(holdings: Holdings, now: Senders) -> dict[str, str]:
    """The SHA-256 of the decisions, and of those before them, by path below the root."""
    before = [senders.former(now.revision - 1)] if now.revision > 1 else []
    return {path.as_posix(): disk.digest(holdings.root / path) for path in (*before, senders.FILE)}


def settle(holdings: Holdings, sums: Mapping[str, str]) -> bool:
    """Finish or undo a decision that broke off; whether there was anything to do.

    Args:
        holdings: of the archive.
        sums: path -> SHA-256 by the ledger.
    """
    root = holdings.root
    (root / FRESH).unlink(missing_ok=True)
    with contextlib.suppress(Damaged):
        now = senders.read(root)
        if now.revision:
            (root / senders.former(now.revision)).unlink(missing_ok=True)
            if sums.get(senders.FILE.as_posix()) != now.sum and _follows(holdings, now, sums):
                holdings.note(Act(now.act, files=_sums(holdings, now), note={"recovered": "yes"}))
        return refresh(holdings)
    return False


def _follows(holdings: Holdings, now: Senders, sums: Mapping[str, str]) -> bool:
    """Whether the decisions come right after those that the ledger noted last."""
    noted = sums.get(senders.FILE.as_posix())
    if now.revision == 1:
        return noted is None
    former = holdings.root / senders.former(now.revision - 1)
    return former.exists() and disk.digest(former) == noted


def refresh(holdings: Holdings) -> bool:
    """Show the letters anew whose sender's name changed, or that were never asked what they teach.

    Gives whether there was anything to do.

    Raises:
        Damaged: the decisions cannot be read.
    """
    now = senders.read(holdings.root)
    shown = catalog.told(holdings.connection, "senders")
    if shown == str(now.revision):
        return False
    for digest in _changed(holdings, now, shown):
        with contextlib.suppress(Damaged):
            holdings.show(holdings.vault.record(digest), holdings.texts(digest))
    catalog.tell(holdings.connection, "senders", str(now.revision))
    return True


def _changed(holdings: Holdings, now: Senders, shown: str | None) -> Iterator[str]:
    """The files whose letters the catalog shows otherwise than is decided now."""
    before = Senders()
    if shown is None:
        yield from _corrected(holdings.connection)
    else:
        try:
            before = _former(holdings, int(shown))
        except Damaged:
            yield from catalog.records(holdings.connection)
            return
    names = {
        keys.words(name)
        for group in set(before.groups) ^ set(now.groups)
        for name in (group.name, *group.spellings)
    }
    yield from _sent_by(holdings.connection, names)


def _corrected(connection: Connection) -> tuple[str, ...]:
    """The files of letters of which a person said something."""
    rows = connection.execute(
        "SELECT DISTINCT digest FROM entry JOIN finding ON entry = id WHERE origin = 'person'"
    )
    return tuple(digest for (digest,) in rows.fetchall())


def _sent_by(connection: Connection, names: Iterable[str]) -> tuple[str, ...]:
    """The files of letters whose sender has one of these names, folded, among its spellings."""
    found: dict[str, None] = {}
    for name in names:
        rows = connection.execute(
            "SELECT digest FROM entry JOIN finding ON entry = id WHERE field = ? AND rank = 0"
            " AND instr(' / ' || key || ' / ', ?)",
            (SENDER.name, f" / {name} / "),
        )
        found.update((digest, None) for (digest,) in rows)
    return tuple(found)


def spelled(holdings: Holdings, typed: str) -> str:
    """The name of a sender that a person typed, as its letters bear it.

    Raises:
        NothingFound: no letter is from it; the nearest names are told.
    """
    known = {keys.words(name): name for name, _letters in _counted(holdings, secret=True)}
    for group in senders.read(holdings.root).groups:
        known.update((keys.words(one), one) for one in group.spellings)
    found = known.get(keys.words(typed))
    if found is None:
        near = get_close_matches(keys.words(typed), known, n=3, cutoff=0.5)
        told = ", ".join(f"“{known[one]}”" for one in near)
        hint = _("Did you mean {names}?").format(names=told) if near else "arsip senders list"
        raise NothingFound(_("No letter is from “{name}”.").format(name=typed), hint=hint)
    return found


def overview(holdings: Holdings, *, secret: bool) -> Iterator[Sender]:
    """All senders, by their names; secret letters are counted only when asked for."""
    decided = senders.read(holdings.root)
    connection = holdings.connection
    counted: dict[str, tuple[str, int]] = {}
    for name, letters in _counted(holdings, secret=secret):
        first, before = counted.get(keys.words(name), (name, 0))
        counted[keys.words(name)] = first, before + letters
    for key, (name, letters) in sorted(counted.items()):
        habits = teaching.habits(connection, key)
        kinds = connection.execute(
            "SELECT kind.value, count(*) FROM finding kind JOIN finding sender USING (entry)"  # noqa: S608 - a constant
            " JOIN entry ON entry.id = entry WHERE kind.field = ? AND kind.rank = 0 AND NOT"
            " kind.doubtful AND sender.field = ? AND sender.rank = 0 AND sender.value = ?"
            f" AND {IS_SECRET} <= ? GROUP BY kind.value ORDER BY count(*) DESC, kind.value",
            (DOC_TYPE.name, SENDER.name, name, secret),
        )
        spellings = decided.group(name).spellings
        yield Sender(name, spellings, letters, dict(kinds), habits)


def _counted(holdings: Holdings, *, secret: bool) -> list[tuple[str, int]]:
    rows = holdings.connection.execute(
        "SELECT value, count(*) FROM finding JOIN entry ON entry.id = entry"  # noqa: S608 - a constant
        f" WHERE field = ? AND rank = 0 AND NOT doubtful AND {IS_SECRET} <= ? GROUP BY value",
        (SENDER.name, secret),
    )
    return rows.fetchall()


Decision = Callable[[Senders], Senders]
"""From the decisions that hold to those with one more."""
