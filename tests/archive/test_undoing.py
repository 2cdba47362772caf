"""What was changed can be taken back, and that too; nothing disappears from the history."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from arsip.archive import disk, history
from arsip.archive.ledger import Act, Line
from arsip.archive.store import Archive
from arsip.archive.undoing import Undoing
from arsip.errors import Damaged, NothingFound, UsageError
from arsip.fields import DATE_OF_LETTER, LETTER_NUMBER, NOTE, SENDER, SUBJECT, TAGS, Field, Retag
from arsip.model import Entry, Letter, Renewal
from tests.archive import keeping
from tests.archive.crashing import dies


def said(entry: Entry) -> dict[str, Any]:
    """What a letter says, as a person would see it."""
    values = {name: found[0].value for name, found in entry.letter.findings.items()}
    return values | dict.fromkeys(entry.letter.denied, "none")


def undone(kept: Archive, **options: int) -> Undoing:
    what = kept.undoing(**options)
    list(kept.undo(what, who="Budi"))
    return what


def lines(root: Path) -> list[Line]:
    return list(history.told(root))


def test_the_last_change_is_taken_back_by_a_new_act(kept: Archive, root: Path) -> None:
    before = keeping.file(kept, "surat", subject="Undongan", sender="Setda")
    kept.edit(1, {SUBJECT: "Undangan", SENDER: None}, who="Siti")
    what = undone(kept)
    assert kept.entry("1") == before
    assert [(one.field, one.after and one.after.value) for one in what.changes] == [
        (SUBJECT, "Undongan"),
        (SENDER, "Setda"),
    ]
    last = lines(root)[-1].act
    assert (last.name, last.ids, dict(last.note)) == (
        "undo",
        (1,),
        {"who": "Budi", "undoes": "edit"},
    )
    names = {path.name for path in (root / before.original).parent.iterdir()}
    assert {"record.1.json", "record.2.json", "record.json"} <= names
    assert kept.verify(full=True) == []


def test_an_undo_is_undone_in_turn(kept: Archive) -> None:
    keeping.file(kept, "surat", subject="Undongan")
    after = kept.edit(1, {SUBJECT: "Undangan"}, who="Siti")
    assert [undone(kept).act for _again in range(4)] == ["edit", "undo", "redo", "undo"]
    assert kept.entry("1") == after


def test_what_was_done_since_to_other_fields_stays(kept: Archive, root: Path) -> None:
    keeping.file(kept, "surat", subject="Undongan")
    kept.edit(1, {SUBJECT: "Undangan"}, who="Siti")
    number = lines(root)[-1].number
    kept.edit(1, {NOTE: "asli di map 3"}, who="Siti")
    undone(kept, act=number)
    assert said(kept.entry("1")) == {"subject": "Undongan", "note": "asli di map 3"}


def test_what_was_changed_again_since_is_not_taken_back(kept: Archive, root: Path) -> None:
    keeping.file(kept, "surat", subject="Undongan")
    kept.edit(1, {SUBJECT: "Undangan"}, who="Siti")
    number = lines(root)[-1].number
    kept.edit(1, {SUBJECT: "Undangan Rapat"}, who="Siti")
    before = keeping.files(root / "vault")
    with pytest.raises(UsageError, match="changed again"):
        kept.undoing(act=number)
    assert keeping.files(root / "vault") == before


def test_what_one_command_did_to_many_letters_is_one(kept: Archive) -> None:
    for text in ("satu", "dua", "tiga"):
        keeping.file(kept, text)
    for number in (1, 2, 3):
        kept.edit(number, {TAGS: Retag(plus=("ijazah",))}, who="Siti", together="ab12")
    assert undone(kept).ids == (1, 2, 3)
    assert [said(entry) for entry in keeping.listing(kept)] == [{}, {}, {}]


def test_one_letter_of_many_can_be_taken_back(kept: Archive) -> None:
    for text in ("satu", "dua"):
        keeping.file(kept, text)
    for number in (1, 2):
        kept.edit(number, {TAGS: ("ijazah",)}, who="Siti", together="ab12")
    assert undone(kept, letter=2).ids == (2,)
    assert [said(entry) for entry in keeping.listing(kept)] == [{"tags": ("ijazah",)}, {}]


def test_rules_of_today_can_be_taken_back_but_not_pages_that_were_read_again(kept: Archive) -> None:
    entry = keeping.file(kept, "surat", subject="Undongan")
    again = Renewal(entry.digest, {1: keeping.letter({"subject": "Undangan"})}, {1: ()})
    with kept.run() as run:
        kept.renew(again, run.desk(), who="Siti")
    undone(kept)
    assert said(kept.entry("1")) == {"subject": "Undongan"}
    with kept.run() as run:
        pages = (keeping.page(1, "surat baru"),)
        kept.renew(again._replace(pages=pages), run.desk(), who="Siti")
    with pytest.raises(UsageError, match="not kept"):
        kept.undoing()


@pytest.mark.parametrize("options", [{}, {"letter": 1}, {"act": 2}, {"act": 99}])
def test_where_nothing_was_changed_there_is_nothing_to_undo(
    kept: Archive, options: dict[str, int]
) -> None:
    keeping.file(kept, "surat")
    with pytest.raises(NothingFound):
        kept.undoing(**options)


def test_an_act_is_not_undone_twice(kept: Archive, root: Path) -> None:
    keeping.file(kept, "surat")
    kept.edit(1, {NOTE: "asli"}, who="Siti")
    number = lines(root)[-1].number
    what = undone(kept, act=number)
    with pytest.raises(NothingFound, match="already"):
        kept.undoing(act=number)
    assert list(kept.undo(what, who="Budi")) == []


def test_a_record_that_is_not_as_it_was_is_not_brought_back(kept: Archive, root: Path) -> None:
    entry = keeping.file(kept, "surat")
    kept.edit(1, {NOTE: "asli"}, who="Siti")
    former = (root / entry.original).with_name("record.1.json")
    former.write_bytes(former.read_bytes().replace(b"pdf", b"fdp"))
    with pytest.raises(Damaged):
        kept.undoing()
    assert list(history.changed(kept._holdings.vault, lines(root)[-1])) == []


def test_a_change_that_is_none_is_no_act(kept: Archive, root: Path) -> None:
    keeping.file(kept, "surat", subject="Undangan")
    kept.edit(1, {SUBJECT: "Undangan", TAGS: ("ijazah",), SENDER: None}, who="Siti")
    count = len(lines(root))
    kept.edit(1, {SUBJECT: "Undangan", TAGS: Retag(("ijazah",), ("x",))}, who="Budi")
    kept.edit(1, {SENDER: None}, who="Budi")
    assert len(lines(root)) == count


def test_who_says_what_was_read_keeps_its_place(kept: Archive) -> None:
    before = keeping.file(kept, "surat", doubtful=("subject",), subject="Undangan")
    after = kept.edit(1, {SUBJECT: "Undangan"}, who="Siti").letter.best(SUBJECT)
    read = before.letter.best(SUBJECT)
    assert read is not None
    assert after is not None
    assert (after.origin, after.rule, after.doubtful) == ("person", "Siti", False)
    assert (after.page, after.box, after.raw) == (read.page, read.box, read.raw)


def test_tags_and_notes_leave_no_trace_when_they_are_taken_away(kept: Archive) -> None:
    before = keeping.file(kept, "surat")
    kept.edit(1, {TAGS: ("ijazah",), NOTE: "asli"}, who="Siti")
    assert kept.edit(1, {TAGS: Retag(minus=("ijazah",)), NOTE: None}, who="Siti") == before


def test_where_the_letter_does_not_say_is_known_to_the_catalog(kept: Archive) -> None:
    keeping.file(kept, "surat", sender="Setda")
    after = kept.edit(1, {SENDER: None}, who="Siti")
    assert after.letter.denied == {"sender"}
    kept.rebuild()
    assert kept.entry("1") == after
    assert kept.verify(full=True) == []


def test_a_file_of_several_letters_is_undone_letter_by_letter(kept: Archive, root: Path) -> None:
    entry = keeping.file(kept, "surat")
    path = (root / entry.original).with_name("record.json")
    tree = json.loads(path.read_text())
    tree["letters"].append({**tree["letters"][0], "id": 2})
    path.write_text(json.dumps(tree))
    kept._holdings.note(Act("repair", (1, 2), kept._holdings.vault.sums(entry.digest)))
    kept.rebuild()
    for number in (1, 2):
        kept.edit(number, {NOTE: f"surat {number}"}, who="Siti", together="ab12")
    assert len(undone(kept).changes) == 2
    assert [said(one) for one in keeping.listing(kept)] == [{}, {}]
    undone(kept)
    undone(kept, letter=1)
    assert [said(one) for one in keeping.listing(kept)] == [{}, {"note": "surat 2"}]


def steps() -> Iterator[int]:
    """Enough places to die at for two small changes."""
    yield from range(1, 160, 5)


@pytest.mark.slow
def test_whatever_breaks_off_every_letter_is_wholly_old_or_wholly_new(tmp_path: Path) -> None:
    root = tmp_path / "first"
    with keeping.archive(root) as kept:
        for text in ("satu", "dua"):
            keeping.file(kept, text, subject="Lama", sender="Lama")
    for at in steps():
        copy = tmp_path / f"copy{at}"
        shutil.copytree(root, copy, symlinks=True)
        ended = not dies(partial(both_in_child, copy), at=at)
        with Archive.open(copy, clock=keeping.clock) as kept:
            with kept.run():
                pass
            for entry in keeping.listing(kept):
                assert said(entry) in (
                    {"subject": "Lama", "sender": "Lama"},
                    {"subject": "Baru", "sender": "Baru"},
                )
            assert kept.verify(full=True) == []
            after = [said(entry)["subject"] for entry in keeping.listing(kept)]
            if "Baru" in after:
                list(kept.undo(kept.undoing(), who="Budi"))
                assert {said(entry)["subject"] for entry in keeping.listing(kept)} == {"Lama"}
        shutil.rmtree(copy)
        if ended:
            return
    pytest.fail("the change never came to its end")


def both_in_child(root: Path) -> None:
    with Archive.open(root, clock=keeping.clock) as kept, kept.run():
        for number in (1, 2):
            changes: dict[Field[Any], object] = {SUBJECT: "Baru", SENDER: "Baru"}
            kept.edit(number, changes, who="Siti", together="ab12")


FIELDS_SAID = (SUBJECT, NOTE, TAGS, LETTER_NUMBER)
VALUES: dict[str, list[object]] = {
    "subject": ["Satu", "Dua", None],
    "note": ["asli", "salinan", None],
    "tags": [("a",), ("a", "b"), Retag(("b",)), Retag((), ("a",)), None],
    "letter_number": ["005/1", "005/2", None],
}


class Undo(RuleBasedStateMachine):
    """Letters beside a list of what they have said, and where in it the last undo would lead."""

    def __init__(self) -> None:
        super().__init__()
        self.place = Path(tempfile.mkdtemp(prefix="arsip-"))
        self.states: list[tuple[dict[str, Any], dict[str, Any]]] = []

    @initialize()
    def make(self) -> None:
        self.kept = keeping.archive(self.place / "arsip")
        for text in ("satu", "dua"):
            keeping.file(self.kept, text, subject="Lama")
        self.states = [self.now]
        self.back = self.states[0]

    @property
    def now(self) -> tuple[dict[str, Any], dict[str, Any]]:
        one, two = (said(entry) for entry in keeping.listing(self.kept))
        return one, two

    def teardown(self) -> None:
        self.kept.close()
        shutil.rmtree(self.place)

    @rule(
        numbers=st.sampled_from([(1,), (2,), (1, 2)]),
        field=st.sampled_from(FIELDS_SAID),
        data=st.data(),
        mark=st.integers(0, 1 << 30),
    )
    def edit(
        self, numbers: tuple[int, ...], field: Field[Any], data: st.DataObject, mark: int
    ) -> None:
        value = data.draw(st.sampled_from(VALUES[field.name]))
        before, acts = self.now, len(lines(self.kept.root))
        for number in numbers:
            self.kept.edit(number, {field: value}, who="Siti", together=f"{acts}-{mark}")
        if len(lines(self.kept.root)) > acts:
            self.back = before

    @rule()
    def undo(self) -> None:
        before = self.now
        try:
            undone(self.kept)
        except NothingFound:
            assert self.now == self.states[0]
            return
        assert self.now == self.back
        self.back = before

    @rule()
    def rebuild(self) -> None:
        self.kept.rebuild()

    @invariant()
    def history_only_grows_and_all_is_well(self) -> None:
        revisions = [
            json.loads(path.read_text())["revision"]
            for path in sorted((self.kept.root / "vault").rglob("record*.json"))
        ]
        assert len(revisions) == len(lines(self.kept.root)) - self.rebuilt
        assert self.kept.verify(full=True) == []

    @property
    def rebuilt(self) -> int:
        return sum(line.act.name in {"init", "rebuild"} for line in lines(self.kept.root))


@pytest.mark.slow
def test_any_order_of_changing_and_undoing_keeps_all_of_history(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(disk, "flush", lambda _descriptor: None)
    Undo.TestCase.settings = settings(
        max_examples=6,
        stateful_step_count=10,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    Undo.TestCase().runTest()


def test_a_reading_leaves_what_a_person_denied(kept: Archive) -> None:
    entry = keeping.file(kept, "surat", date=keeping.NOW.date())
    kept.edit(1, {DATE_OF_LETTER: None}, who="Siti")
    letter = Letter(keeping.letter({"date": keeping.NOW.date()}).findings)
    with kept.run() as run:
        (after,) = kept.renew(Renewal(entry.digest, {1: letter}, {1: ()}), run.desk(), who="Budi")
    assert after.letter.best(DATE_OF_LETTER) is None
    assert after.letter.denied == {"date"}
