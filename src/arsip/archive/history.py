"""What became of letters, act by act: the ledger, with the values that records have kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from arsip.archive import disk, record
from arsip.archive.ledger import Ledger, Line
from arsip.archive.record import Filed
from arsip.archive.vault import Vault
from arsip.errors import Damaged
from arsip.fields import FIELDS, Field
from arsip.model import Finding
from arsip.words import _

CHANGES: Final = frozenset({"edit", "reread", "undo", "trash", "untrash", "join", "part"})
"""Acts that put a record in the place of another and keep the old one: they can be told and undone.
An act of this kind that is new needs its name here, and no more."""


class Step(NamedTuple):
    """What one act did to one file: it took the place of the record of this revision."""

    line: Line
    digest: str
    revision: int


class Changed(NamedTuple):
    """A field of a letter that an act changed.

    Attributes:
        before, after: the best finding; None: there was none.
        denied: a person says that the letter does not say, since then.
        secret: the letter was, or is, one of secrecy Rahasia or above.
    """

    id: int
    field: Field[Any]
    before: Finding[Any] | None
    after: Finding[Any] | None
    denied: bool
    secret: bool


def meant(act: str, undoes: str) -> str:
    """The name of an act, ``redo`` for one that took back an undoing."""
    return "redo" if act == undoes == "undo" else act


def steps(line: Line) -> tuple[Step, ...]:
    """The files whose records an act of CHANGES replaced; none for other acts."""
    if line.act.name not in CHANGES:
        return ()
    found = ((Path(path), record.formers([Path(path).name])) for path in line.act.files)
    return tuple(
        Step(line, path.parent.name, revisions[0]) for path, revisions in found if revisions
    )


def sides(vault: Vault, step: Step) -> tuple[record.Tree, record.Tree]:
    """The record before and after a step.

    Raises:
        Damaged: one of them is not as the ledger has it.
    """
    return _kept(vault, step, step.revision), _kept(vault, step, step.revision + 1)


def _kept(vault: Vault, step: Step, revision: int) -> record.Tree:
    place = vault.place(step.digest)
    former = place / record.former(revision)
    path = former if (vault.root / former).exists() else place / record.FILE
    noted = former if revision == step.revision else place / record.FILE
    try:
        content = (vault.root / path).read_bytes()
    except OSError:
        content = b""
    if disk.summed(content) != step.line.act.files.get(str(noted)):
        raise Damaged(_("{path} is damaged.").format(path=path), hint="arsip verify")
    return record.read(content)


def differences(before: record.Tree, after: record.Tree) -> Iterator[Changed]:
    """The fields of which the second record says something else than the first."""
    then, now = (record.load(record.write(tree)) for tree in (before, after))
    known = {filed.id: filed for filed in then.letters}
    for filed in now.letters:
        if filed.id in known:
            yield from _differing(known[filed.id], filed)


def _differing(then: Filed, now: Filed) -> Iterator[Changed]:
    secret = then.letter.secret or now.letter.secret
    for field in FIELDS:
        before, after = then.letter.best(field), now.letter.best(field)
        denied = field.name in now.letter.denied
        if _said(before) != _said(after) or denied != (field.name in then.letter.denied):
            yield Changed(now.id, field, before, after, denied, secret)


def _said(found: Finding[Any] | None) -> tuple[object, ...]:
    """What of a finding a person would call another: its value, and whose word it is."""
    return () if found is None else (found.value, found.doubtful, found.origin == "person")


def changed(vault: Vault, line: Line) -> Iterator[Changed]:
    """The fields that an act changed; none where the records of it cannot be read any more."""
    for step in steps(line):
        try:
            before, after = sides(vault, step)
        except Damaged:
            continue
        yield from (one for one in differences(before, after) if one.id in line.act.ids)


def told(root: Path, *, letter: int = 0) -> Iterator[Line]:
    """The acts of an archive, or those that touched one letter, oldest first."""
    for line in Ledger(root).lines():
        if not letter or letter in line.act.ids:
            yield line
