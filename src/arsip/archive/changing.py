"""How what is filed changes afterwards: corrected by a person, or read again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeAlias

from arsip.archive import catalog, disk, pagetext, record, rescans, sameness
from arsip.archive.holdings import Holdings
from arsip.archive.ledger import Act
from arsip.archive.record import Hand
from arsip.errors import BadValue, Damaged, UsageError
from arsip.fields import PERSONAL, Field, Retag
from arsip.model import PENDING, Entry, Finding, Letter, Renewal, Same
from arsip.words import _

STATES: Final = {"trash": "trashed", "untrash": "filed"}
"""Act -> the state that it brings letters to."""
Changes: TypeAlias = Mapping[Field[Any], object | None]
"""Field -> what a person says of it; None: the letter does not say."""
Told: TypeAlias = record.Tree | None


class Change(NamedTuple):
    """A change of one file's letters that lies on the desk, durable, and has not happened yet.

    Attributes:
        act: its name in the ledger.
        ids: the letters it touches.
        revision: of the record that it takes the place of.
        fresh: name -> SHA-256 of the new files, the record among them.
        note: what the ledger says of it beside its name.
    """

    act: str
    digest: str
    ids: tuple[int, ...]
    revision: int
    fresh: Mapping[str, str]
    note: Mapping[str, str]


def checked(changes: Changes) -> Changes:
    """The same changes, when each value is one that its field knows.

    Raises:
        BadValue: one is not.
    """
    for field, value in changes.items():
        if value is not None and field.choices and value not in field.choices:
            raise BadValue(
                _('"{value}" is not one of the values of {field}.').format(
                    value=value, field=field.name
                ),
                hint=" | ".join(field.choices),
            )
    return changes


def said(letter: Letter, changes: Changes, *, who: str) -> dict[str, Told]:
    """What a person says of a letter's fields, as JSON by the field's name; None: nothing at all.

    What was said before in the same words is left out.
    """
    told = {field: _meant(letter, field, value) for field, value in changes.items()}
    return {
        field.name: _said(letter, field, value, who=who)
        for field, value in told.items()
        if not _stands(letter, field, value)
    }


def _meant(letter: Letter, field: Field[Any], value: object | None) -> object | None:
    return value.upon(letter.first(field) or ()) if isinstance(value, Retag) else value


def _stands(letter: Letter, field: Field[Any], value: object | None) -> bool:
    """Whether a person said so before."""
    if value is None:
        return letter.best(field) is None if field in PERSONAL else field.name in letter.denied
    best = letter.best(field)
    return best is not None and best.origin == "person" and best.value == value


def _said(letter: Letter, field: Field[Any], value: object | None, *, who: str) -> Told:
    if value is None:
        return None if field in PERSONAL else record.emptied(who=who)
    typed: Finding[Any] = Finding(value, 1.0, "person", who)
    # Who says what was read keeps the place where it stands.
    for found in letter.findings.get(field.name, ()):
        if found.value == value:
            typed = typed._replace(page=found.page, box=found.box, raw=found.raw)
            break
    return record.dump_findings(field, [typed])


def correction(
    holdings: Holdings, entry: Entry, changes: Changes, *, hand: Hand, desk: Path
) -> Change | None:
    """Put what was said of a letter in the place of what was read, on the desk; None: it stands so.

    Raises:
        Damaged: the record is not the one that the catalog was made from.
    """
    fields = said(entry.letter, changes, who=hand.who)
    if not fields:
        return None
    before = current(holdings, entry.digest)
    after = record.revise(before, entry.id, fields, hand=hand, now=holdings.clock())
    return laid(entry.digest, after, (entry.id,), desk=desk)


def laid(digest: str, after: record.Tree, ids: tuple[int, ...], *, desk: Path) -> Change:
    """The change that puts a record, written to the desk, in the place of the one before it."""
    fresh = {record.FILE: _laid(desk / record.FILE, record.write(after))}
    act, note = after["revised"]["act"], record.noted(after)
    return Change(act, digest, ids, after["revision"] - 1, fresh, note)


class Move(NamedTuple):
    """Letters of one file into the trash, or out of it; each way takes back the other.

    Attributes:
        act: ``trash`` or ``untrash``.
    """

    act: str
    digest: str
    ids: tuple[int, ...]


def moving(holdings: Holdings, move: Move, desk: Path, *, hand: Hand, why: str = "") -> Change:
    """Put the record with letters in their new state on the desk.

    Raises:
        Damaged: the record is not the one that the catalog was made from.
    """
    before = current(holdings, move.digest)
    state, now = STATES[move.act], holdings.clock()
    moved = record.move(before, move.ids, state)
    after = record.signed(moved, move.act, hand=hand, now=now, why=why)
    return laid(move.digest, after, move.ids, desk=desk)


def likening(
    holdings: Holdings, entry: Entry, same_as: Same | None, desk: Path, *, act: str, hand: Hand
) -> Change:
    """Put the record of a file that brings this letter once more on the desk; None: one of its own.

    Raises:
        UsageError: the file holds other letters, too.
        Damaged: the record is not the one that the catalog was made from.
    """
    before = current(holdings, entry.digest)
    if len(before["letters"]) > 1:
        message = _("Letter {id} shares its file with others: {others}.")
        others = [one["id"] for one in before["letters"] if one["id"] != entry.id]
        raise UsageError(
            message.format(id=entry.id, others=", ".join(map(str, others))),
            hint=f"arsip show {entry.id}",
        )
    after = record.signed(sameness.likened(before, same_as), act, hand=hand, now=holdings.clock())
    return laid(entry.digest, after, (entry.id,), desk=desk)


def lay_out(renewal: Renewal, desk: Path) -> dict[str, str]:
    """Put text and layer of a renewal on the desk, durably; gives name -> SHA-256."""
    sums: dict[str, str] = {}
    if renewal.pages is not None:
        sums[record.TEXT] = _laid(desk / record.TEXT, pagetext.dump(renewal.pages))
    if renewal.layer is not None:
        place = desk / record.READING
        sums[record.READING] = disk.moved(renewal.layer, place, mode=disk.FILE_MODE)
    return sums


def renewed(
    holdings: Holdings, renewal: Renewal, sums: Mapping[str, str], *, hand: Hand, desk: Path
) -> Change | None:
    """Put the record of a renewal beside its text and layer on the desk; None: nothing is new.

    Raises:
        Damaged: the record is not the one that the catalog was made from.
    """
    before = current(holdings, renewal.digest)
    after = record.renew(before, renewal, hand=hand, now=holdings.clock())
    if after is before:
        return None
    if renewal.pages is not None and _waited(before):
        (number,) = renewal.letters
        letter = renewal.letters[number]
        same_as = rescans.found(holdings.connection, letter, renewal.pages, but=renewal.letters)
        after = sameness.likened(after, same_as)
    change = laid(renewal.digest, after, tuple(sorted(renewal.doubts)), desk=desk)
    disk.flush_folder(desk)
    disk.flush_folder(desk.parent)
    return change._replace(fresh={**sums, **change.fresh})


def _waited(tree: record.Tree) -> bool:
    """Whether a file with one letter was filed before its pages were read: nothing was compared."""
    reasons = [doubt["reason"] for letter in tree["letters"] for doubt in letter.get("doubts", ())]
    return len(tree["letters"]) == 1 and PENDING in reasons


def foreseen(holdings: Holdings, renewal: Renewal) -> tuple[Entry, ...]:
    """The letters of a file as a renewal would leave them.

    Raises:
        Damaged: the record is not the one that the catalog was made from.
    """
    before = current(holdings, renewal.digest)
    after = record.renew(before, renewal, hand=Hand(""), now=holdings.clock())
    return holdings.letters(record.load(record.write(after)))


def perform(holdings: Holdings, change: Change, desk: Path) -> tuple[Entry, ...]:
    """Make a change happen; the old record is kept. Gives the letters of the file."""
    vault, digest = holdings.vault, change.digest
    vault.amend(digest, desk, change.fresh, revision=change.revision)
    files = vault.sums(digest, (record.former(change.revision), *sorted(change.fresh)))
    holdings.note(Act(change.act, change.ids, files, change.note))
    return holdings.show(vault.record(digest), holdings.texts(digest))


def current(holdings: Holdings, digest: str) -> record.Tree:
    """The record that is to be changed.

    Raises:
        Damaged: it is not the one that the catalog was made from.
    """
    content = holdings.vault.content(digest)
    if disk.summed(content) != catalog.record_of(holdings.connection, digest):
        raise Damaged(
            _("{path} is damaged.").format(path=holdings.vault.place(digest) / record.FILE),
            hint="arsip verify",
        )
    return record.read(content)


def _laid(path: Path, content: bytes) -> str:
    disk.write(path, content)
    return disk.summed(content)
