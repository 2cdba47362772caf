"""Any order of filing, changing, hiding, destroying, copying, mending and dying, beside a model."""

import os
import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from arsip.archive import disk
from arsip.archive.store import Archive
from arsip.errors import NothingFound
from arsip.fields import SENDER, SUBJECT
from tests.archive import keeping
from tests.archive.crashing import dies

TEXTS = [f"surat nomor {number}" for number in range(6)]
SUBJECTS = ["Undangan", "UNDANGAN", "Rapat/Koordinasi", "x" * 100, "..", "Undangan (2)"]
SENDERS = [None, "Dinas Perairan", "DINAS PERAIRAN", "-"]

texts = st.sampled_from(TEXTS)
subjects = st.sampled_from(SUBJECTS)
senders = st.sampled_from(SENDERS)


@dataclass
class Letter:
    text: str
    subject: str
    sender: str | None = None
    changes: int = 0
    trashed: bool = False
    said: tuple[object, ...] = ()


class Keeping(RuleBasedStateMachine):
    """An archive beside a dictionary of what must be in it."""

    def __init__(self) -> None:
        super().__init__()
        self.place = Path(tempfile.mkdtemp(prefix="arsip-"))
        self.root = self.place / "arsip"
        self.copy = self.place / "usb"
        self.letters: dict[int, Letter] = {}
        self.destroyed: dict[int, str] = {}

    @initialize()
    def make(self) -> None:
        self.kept = keeping.archive(self.root)

    def teardown(self) -> None:
        self.kept.close()
        shutil.rmtree(self.place)

    def number(self, text: str) -> int | None:
        return next((number for number, one in self.letters.items() if one.text == text), None)

    def expected(self, text: str) -> int:
        return self.number(text) or max([0, *self.letters, *self.destroyed]) + 1

    @rule(text=texts, subject=subjects)
    def file(self, text: str, subject: str) -> None:
        expected = self.expected(text)
        assert keeping.file(self.kept, text, subject=subject).id == expected
        self.letters.setdefault(expected, Letter(text, subject))

    @rule(text=texts, subject=subjects, at=st.integers(1, 70))
    def die_filing(self, text: str, subject: str, at: int) -> None:
        expected = self.expected(text)
        self.kept.close()
        died = dies(lambda: self.in_child(text, subject), at=at)
        self.reopen()
        with self.kept.run():
            known = self.kept.known(keeping.digest(text))
        assert known in {(), (expected,)}
        assert known or died
        if known:
            self.letters.setdefault(expected, Letter(text, subject))

    def in_child(self, text: str, subject: str) -> None:
        with Archive.open(self.root, clock=keeping.clock) as kept:
            keeping.file(kept, text, subject=subject)

    @precondition(lambda self: self.letters)
    @rule(data=st.data(), subject=subjects, sender=senders)
    def edit(self, data: st.DataObject, subject: str, sender: str | None) -> None:
        number = data.draw(st.sampled_from(sorted(self.letters)))
        self.kept.edit(number, {SUBJECT: subject, SENDER: sender}, who="Siti")
        before = self.letters[number]
        said = (subject, sender)
        news = said != before.said
        self.letters[number] = replace(
            before, subject=subject, sender=sender, changes=before.changes + news, said=said
        )

    @precondition(lambda self: self.letters)
    @rule(data=st.data(), subject=subjects, at=st.integers(1, 50))
    def die_editing(self, data: st.DataObject, subject: str, at: int) -> None:
        number = data.draw(st.sampled_from(sorted(self.letters)))
        before = self.letters[number]
        said = (subject, *before.said[1:])
        after = replace(before, subject=subject, changes=before.changes + 1, said=said)
        self.kept.close()
        dies(lambda: self.edit_in_child(number, subject), at=at)
        self.reopen()
        with self.kept.run():
            pass
        record = self.kept.root / self.kept.entry(str(number)).original.parent
        changed = (record / f"record.{after.changes}.json").exists()
        self.letters[number] = after if changed else before

    def edit_in_child(self, number: int, subject: str) -> None:
        with Archive.open(self.root, clock=keeping.clock) as kept:
            kept.edit(number, {SUBJECT: subject}, who="Siti")

    @precondition(lambda self: self.letters)
    @rule(data=st.data(), trashed=st.booleans())
    def move(self, data: st.DataObject, trashed: bool) -> None:  # noqa: FBT001 - drawn by name
        number = data.draw(st.sampled_from(sorted(self.letters)))
        self.moved([number], trashed=trashed)
        self.letters[number] = self.after(number, trashed=trashed)

    def moved(self, ids: list[int], *, trashed: bool) -> None:
        if trashed:
            self.kept.trash(ids, who="Siti", why="dobel")
        else:
            self.kept.untrash(ids, who="Siti")

    def after(self, number: int, *, trashed: bool) -> Letter:
        before = self.letters[number]
        changes = before.changes + (before.trashed != trashed)
        return replace(before, trashed=trashed, changes=changes)

    @precondition(lambda self: self.letters)
    @rule(data=st.data(), trashed=st.booleans(), at=st.integers(1, 50))
    def die_moving(self, data: st.DataObject, trashed: bool, at: int) -> None:  # noqa: FBT001 - drawn by name
        number = data.draw(st.sampled_from(sorted(self.letters)))
        self.kept.close()
        dies(lambda: self.move_in_child(number, trashed=trashed), at=at)
        self.reopen()
        with self.kept.run():
            pass
        if self.kept.entry(str(number)).trashed == trashed:
            self.letters[number] = self.after(number, trashed=trashed)

    def move_in_child(self, number: int, *, trashed: bool) -> None:
        self.kept = Archive.open(self.root, clock=keeping.clock)
        self.moved([number], trashed=trashed)

    @precondition(lambda self: self.letters)
    @rule(data=st.data())
    def destroy(self, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(sorted(self.letters)))
        self.kept.destroy(self.kept.doomed([number]), who="Siti", why="retensi")
        self.destroyed[number] = self.letters.pop(number).text

    @precondition(lambda self: self.letters)
    @rule(data=st.data(), at=st.integers(1, 60))
    def die_destroying(self, data: st.DataObject, at: int) -> None:
        number = data.draw(st.sampled_from(sorted(self.letters)))
        self.kept.close()
        dies(lambda: self.destroy_in_child(number), at=at)
        self.reopen()
        with self.kept.run():
            known = self.kept.known(keeping.digest(self.letters[number].text))
        if not known:
            self.destroyed[number] = self.letters.pop(number).text

    def destroy_in_child(self, number: int) -> None:
        with Archive.open(self.root, clock=keeping.clock) as kept:
            kept.destroy(kept.doomed([number]), who="Siti", why="retensi")

    @rule(at=st.integers(0, 80))
    def back_up(self, at: int) -> None:
        """A copy that may break off; the next one makes it what the archive is."""
        if at:
            self.kept.close()
            dies(self.copy_in_child, at=at)
            self.reopen()
        assert self.kept.back_up(self.copy).damage == []
        with Archive.open(self.copy, clock=keeping.clock) as copied:
            assert copied.verify(full=True) == []
            assert self.shown(copied) == self.shown(self.kept)

    def copy_in_child(self) -> None:
        with Archive.open(self.root, clock=keeping.clock) as kept:
            kept.back_up(self.copy)

    @precondition(lambda self: self.letters)
    @rule(data=st.data(), name=st.sampled_from(("original.pdf", "record.json", "text.jsonl")))
    def rot_and_repair(self, data: st.DataObject, name: str) -> None:
        number = data.draw(st.sampled_from(sorted(self.letters)))
        self.kept.back_up(self.copy)
        path = self.root / self.kept.entry(str(number)).original.with_name(name)
        content = path.read_bytes()
        path.unlink()
        path.write_bytes(content[:-2] + b"??")
        assert self.kept.mend(self.copy, apply=True)[1] == []
        assert path.read_bytes() == content

    @rule()
    def rebuild(self) -> None:
        assert self.kept.rebuild() == len(self.letters)

    @rule(lost=st.booleans())
    def open_again(self, lost: bool) -> None:  # noqa: FBT001 - drawn by name
        self.kept.close()
        if lost:
            (self.root / "catalog.sqlite3").unlink()
        self.reopen()

    def reopen(self) -> None:
        self.kept = Archive.open(self.root, clock=keeping.clock)

    def shown(self, kept: Archive) -> dict[int, tuple[str, str | None, str | None, bool]]:
        return {
            entry.id: (
                entry.digest,
                entry.letter.first(SUBJECT),
                entry.letter.first(SENDER),
                entry.trashed,
            )
            for entry in keeping.listing(kept)
        }

    @invariant()
    def the_list_is_the_models(self) -> None:
        assert self.shown(self.kept) == {
            number: (keeping.digest(one.text), one.subject, one.sender, one.trashed)
            for number, one in self.letters.items()
        }

    @invariant()
    def of_what_was_destroyed_only_its_tomb_is_there(self) -> None:
        known = {one.text for one in self.letters.values()}
        for number, text in self.destroyed.items():
            with pytest.raises(NothingFound, match="was destroyed"):
                self.kept.entry(str(number))
            if text not in known:
                tombs = self.kept.destroyed(keeping.digest(text))
                assert number in {tomb.id for tomb in tombs}
                held = keeping.files(self.root / "vault").values()
                assert text.encode() not in held

    @invariant()
    def the_shelf_leads_to_every_letter_once(self) -> None:
        led = sorted(keeping.links(self.root).values())
        assert led == sorted(one.text.encode() for one in self.letters.values() if not one.trashed)

    @invariant()
    def nothing_is_damaged_or_left_over(self) -> None:
        assert self.kept.verify(full=True) == []
        assert list((self.root / "staging").iterdir()) == []


@pytest.mark.slow
def test_any_order_of_acts_keeps_every_letter_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "flush", lambda _descriptor: None)
    monkeypatch.setattr(os, "sync", lambda: None)
    Keeping.TestCase.settings = settings(
        max_examples=12,
        stateful_step_count=12,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    Keeping.TestCase().runTest()
