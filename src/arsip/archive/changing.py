"""How what is filed changes afterwards: corrected by a person, or read again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from arsip.archive import catalog, disk, pagetext, record
from arsip.archive.holdings import Holdings
from arsip.archive.ledger import Act
from arsip.errors import BadValue, Damaged
from arsip.fields import Field
from arsip.model import Entry, Finding, Renewal
from arsip.words import _


class Change(NamedTuple):
    """A change of one file's letters that lies on the desk, durable, and has not happened yet.

    Attributes:
        act: its name in the ledger.
        ids: the letters it touches.
        revision: of the record that it takes the place of.
        fresh: name -> SHA-256 of the new files, the record among them.
        who: who asked for it.
    """

    act: str
    digest: str
    ids: tuple[int, ...]
    revision: int
    fresh: Mapping[str, str]
    who: str


def said(changes: Mapping[Field[Any], object | None], *, who: str) -> dict[str, record.Tree]:
    """What a person says of fields, as JSON by the field's name; None: the letter does not say.

    Raises:
        BadValue: a value that its field does not know.
    """
    return {field.name: _said(field, value, who=who) for field, value in changes.items()}


def _said(field: Field[Any], value: object | None, *, who: str) -> record.Tree:
    if value is None:
        return record.emptied(who=who)
    if field.choices and value not in field.choices:
        raise BadValue(
            _('"{value}" is not one of the values of {field}.').format(
                value=value, field=field.name
            ),
            hint=" | ".join(field.choices),
        )
    return record.dump_findings(field, [Finding(value, 1.0, "person", who)])


def correction(
    holdings: Holdings, entry: Entry, fields: Mapping[str, record.Tree], *, who: str, desk: Path
) -> Change:
    """Put what was said of a letter in the place of what was read, on the desk.

    Raises:
        Damaged: the record is not the one that the catalog was made from.
    """
    before = _current(holdings, entry.digest)
    after = record.revise(before, entry.id, fields, who=who, now=holdings.clock())
    fresh = {record.FILE: _laid(desk / record.FILE, record.write(after))}
    return Change("edit", entry.digest, (entry.id,), before["revision"], fresh, who)


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
    holdings: Holdings, renewal: Renewal, sums: Mapping[str, str], *, who: str, desk: Path
) -> Change | None:
    """Put the record of a renewal beside its text and layer on the desk; None: nothing is new.

    Raises:
        Damaged: the record is not the one that the catalog was made from.
    """
    before = _current(holdings, renewal.digest)
    after = record.renew(before, renewal, who=who, now=holdings.clock())
    if after is before:
        return None
    fresh = {**sums, record.FILE: _laid(desk / record.FILE, record.write(after))}
    disk.flush_folder(desk)
    disk.flush_folder(desk.parent)
    ids = tuple(sorted(renewal.doubts))
    return Change("reread", renewal.digest, ids, before["revision"], fresh, who)


def foreseen(holdings: Holdings, renewal: Renewal) -> tuple[Entry, ...]:
    """The letters of a file as a renewal would leave them.

    Raises:
        Damaged: the record is not the one that the catalog was made from.
    """
    before = _current(holdings, renewal.digest)
    after = record.renew(before, renewal, who="", now=holdings.clock())
    return holdings.letters(record.load(record.write(after)))


def perform(holdings: Holdings, change: Change, desk: Path) -> tuple[Entry, ...]:
    """Make a change happen; the old record is kept. Gives the letters of the file."""
    vault, digest = holdings.vault, change.digest
    vault.amend(digest, desk, change.fresh, revision=change.revision)
    files = vault.sums(digest, (record.former(change.revision), *sorted(change.fresh)))
    holdings.note(Act(change.act, change.ids, files, {"who": change.who}))
    return holdings.show(vault.record(digest), holdings.texts(digest))


def _current(holdings: Holdings, digest: str) -> record.Tree:
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
