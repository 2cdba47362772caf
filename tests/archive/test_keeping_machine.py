"""Any order of filing, changing, dying, rebuilding and opening again, against a simple model."""

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from arsip.archive import disk
from arsip.archive.store import Archive
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
    said: tuple[object, ...] = ()


class Keeping(RuleBasedStateMachine):
    """An archive beside a dictionary of what must be in it."""

    def __init__(self) -> None:
        super().__init__()
        self.place = Path(tempfile.mkdtemp(prefix="arsip-"))
        self.root = self.place / "arsip"
        self.letters: dict[int, Letter] = {}

    @initialize()
    def make(self) -> None:
        self.kept = keeping.archive(self.root)

    def teardown(self) -> None:
        self.kept.close()
        shutil.rmtree(self.place)

    def number(self, text: str) -> int | None:
        return next((number for number, one in self.letters.items() if one.text == text), None)

    def expected(self, text: str) -> int:
        return self.number(text) or len(self.letters) + 1

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
        self.letters[number] = Letter(before.text, subject, sender, before.changes + news, said)

    @precondition(lambda self: self.letters)
    @rule(data=st.data(), subject=subjects, at=st.integers(1, 50))
    def die_editing(self, data: st.DataObject, subject: str, at: int) -> None:
        number = data.draw(st.sampled_from(sorted(self.letters)))
        before = self.letters[number]
        said = (subject, *before.said[1:])
        after = Letter(before.text, subject, before.sender, before.changes + 1, said)
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

    @invariant()
    def the_list_is_the_models(self) -> None:
        found = {
            entry.id: (entry.digest, entry.letter.first(SUBJECT), entry.letter.first(SENDER))
            for entry in keeping.listing(self.kept)
        }
        assert found == {
            number: (keeping.digest(one.text), one.subject, one.sender)
            for number, one in self.letters.items()
        }

    @invariant()
    def the_shelf_leads_to_every_letter_once(self) -> None:
        led = sorted(keeping.links(self.root).values())
        assert led == sorted(one.text.encode() for one in self.letters.values())

    @invariant()
    def nothing_is_damaged_or_left_over(self) -> None:
        assert self.kept.verify(full=True) == []
        assert list((self.root / "staging").iterdir()) == []


@pytest.mark.slow
def test_any_order_of_acts_keeps_every_letter_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "flush", lambda _descriptor: None)
    Keeping.TestCase.settings = settings(
        max_examples=12,
        stateful_step_count=12,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    Keeping.TestCase().runTest()
