"""Letters that came more than once: found when they are filed, joined and parted by people."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from arsip.archive import disk
from arsip.archive.find import gathering
from arsip.archive.find.query import parse
from arsip.archive.ledger import Act
from arsip.archive.store import Archive
from arsip.errors import BadValue, NothingFound, UsageError
from arsip.model import PENDING, Doubt, Entry, Renewal, Same
from tests.archive import keeping
from tests.archive.crashing import dies
from tests.archive.test_likeness import TEXT

TODAY = keeping.NOW.date()
SAID: dict[str, Any] = {"letter_number": "005/123/Perpus/2024", "date": TODAY}


def ids(kept: Archive, query: str = "", **options: bool) -> list[int]:
    return [entry.id for entry in kept.select(parse(query, today=TODAY), **options)]


def hits(kept: Archive, query: str, *, secret: bool = False) -> list[int]:
    found = kept.search(parse(query, today=TODAY), secret=secret)
    assert found.total == len(found.hits)
    return sorted(hit.entry.id for hit in found.hits)


def same(kept: Archive) -> dict[int, Same | None]:
    return {entry.id: entry.same_as for entry in keeping.listing(kept)}


def twice(kept: Archive) -> tuple[Entry, Entry]:
    return (
        keeping.file(kept, TEXT, **SAID),
        keeping.file(kept, TEXT + " Diterima jempol", **SAID),
    )


def three(kept: Archive) -> None:
    for text in ("satu", "dua", "tiga"):
        keeping.file(kept, text)


def test_a_letter_that_comes_again_is_filed_as_a_rendition(kept: Archive, root: Path) -> None:
    first, second = twice(kept)
    assert (first.same_as, second.same_as) == (None, Same(1, sure=True))
    assert kept.renditions(1) == (2,)
    assert kept.holds(second.digest)
    tree = json.loads((root / second.original).with_name("record.json").read_text())
    assert (tree["rendition_of"], tree["resembles"]) == (1, None)
    assert list(keeping.links(root).values()) == [TEXT.encode()]
    assert kept.verify(full=True) == []


def test_a_third_is_a_rendition_of_the_letter_not_of_a_rendition(kept: Archive) -> None:
    twice(kept)
    assert keeping.file(kept, TEXT + " Arsip", **SAID).same_as == Same(1, sure=True)


@pytest.mark.parametrize(
    "said",
    [
        {**SAID, "letter_number": "005/124/Perpus/2024"},
        {**SAID, "date": TODAY + dt.timedelta(1)},
    ],
)
def test_another_number_or_date_makes_another_letter(
    kept: Archive, said: dict[str, object]
) -> None:
    keeping.file(kept, TEXT, **SAID)
    entry = keeping.file(kept, TEXT + ".", **said)
    assert not entry.rendition


def test_what_is_not_sure_is_a_letter_of_its_own_and_told(kept: Archive, root: Path) -> None:
    keeping.file(kept, TEXT, **SAID)
    entry = keeping.file(kept, TEXT + ".", date=TODAY)
    assert (entry.same_as, entry.rendition) == (Same(1, sure=False), False)
    assert [one.id for one in kept.duplicates()] == [2]
    assert ids(kept) == [1, 2]
    assert len(keeping.links(root)) == 2


def test_of_a_letter_in_the_trash_nothing_is_sure(kept: Archive) -> None:
    keeping.file(kept, TEXT, **SAID)
    kept.trash([1], who="Siti")
    assert keeping.file(kept, TEXT + ".", **SAID).same_as == Same(1, sure=False)


def test_a_rendition_shows_only_where_its_letter_does_not_answer(kept: Archive) -> None:
    twice(kept)
    for query in ("rapat", "tanggal:2024", "nomor:123"):
        assert hits(kept, query) == ids(kept, query) == [1]
    assert ids(kept) == [1]
    assert hits(kept, "jempol") == ids(kept, "jempol") == [2]


def test_a_rendition_is_hidden_although_its_letter_lies_in_another_window(
    kept: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "FIRST", 1)
    twice(kept)
    assert ids(kept, "tanggal:2024") == hits(kept, "tanggal:2024") == [1]
    assert ids(kept, "jempol") == hits(kept, "jempol") == [2]


def test_a_rendition_of_a_secret_letter_is_as_secret(kept: Archive) -> None:
    keeping.file(kept, TEXT, sensitivity="rahasia", **SAID)
    keeping.file(kept, TEXT + " jempol", **SAID)
    assert (hits(kept, "jempol"), hits(kept, "jempol", secret=True)) == ([], [2])


def test_the_trash_takes_all_renditions_and_gives_them_back(kept: Archive) -> None:
    twice(kept)
    (gone,) = kept.trash([1], who="Siti")
    assert gone.trashed
    assert (ids(kept), ids(kept, trashed=True)) == ([], [1])
    kept.untrash([1], who="Siti")
    assert [one.state for one in keeping.listing(kept)] == ["filed", "filed"]


def test_no_rendition_outlives_its_letter_unasked(kept: Archive) -> None:
    twice(kept)
    with pytest.raises(UsageError, match="more than once"):
        kept.doomed([1])
    kept.destroy(kept.doomed([1, 2]), who="Siti", why="retensi")
    assert ids(kept) == []


def test_pages_that_were_read_later_are_compared_then(kept: Archive) -> None:
    keeping.file(kept, TEXT, **SAID)
    with kept.run() as run:
        desk = run.desk()
        waits = keeping.reading(desk, "pindaian")._replace(
            pages=(keeping.page(1, ""),), doubts=(Doubt(1, PENDING),)
        )
        entry = kept.file(waits, desk)
    again = Renewal(
        entry.digest, {2: keeping.letter(SAID)}, {2: ()}, pages=(keeping.page(1, TEXT),)
    )
    with kept.run() as run:
        (after,) = kept.renew(again, run.desk(), who="Siti")
    assert after.same_as == Same(1, sure=True)
    assert kept.verify(full=True) == []


def test_letters_are_joined_and_parted_and_both_is_undone(kept: Archive) -> None:
    three(kept)
    assert kept.join(1, [2, 3], who="Siti").id == 1
    joined = {1: None, 2: Same(1, sure=True), 3: Same(1, sure=True)}
    assert same(kept) == joined
    kept.part([3], who="Budi")
    parted = {**joined, 3: None}
    assert same(kept) == parted
    kept.rebuild()
    assert same(kept) == parted
    list(kept.undo(kept.undoing(), who="Ani"))
    assert same(kept) == joined
    act = next(line.number for line in kept._holdings.ledger.lines() if line.act.name == "join")
    list(kept.undo(kept.undoing(act=act), who="Ani"))
    assert same(kept) == {1: None, 2: None, 3: None}
    assert kept.verify(full=True) == []


def test_a_rendition_can_become_the_one_that_shows(kept: Archive) -> None:
    three(kept)
    kept.join(1, [2, 3], who="Siti")
    assert kept.join(3, [1], who="Siti").id == 3
    assert same(kept) == {1: Same(3, sure=True), 2: Same(3, sure=True), 3: None}


def test_who_joins_a_rendition_means_its_letter(kept: Archive) -> None:
    three(kept)
    kept.join(1, [2], who="Siti")
    assert kept.join(2, [3], who="Siti").id == 1
    assert same(kept)[3] == Same(1, sure=True)


def test_what_is_one_already_is_not_joined_nor_what_is_alone_parted(kept: Archive) -> None:
    three(kept)
    kept.join(1, [2], who="Siti")
    with pytest.raises(BadValue, match="already"):
        kept.join(1, [2], who="Siti")
    with pytest.raises(BadValue, match="no rendition"):
        kept.part([3], who="Siti")
    with pytest.raises(BadValue, match="no rendition") as told:
        kept.part([1], who="Siti")
    assert told.value.hint == "arsip duplicates part 2"
    with pytest.raises(NothingFound):
        kept.join(1, [99], who="Siti")


def test_a_file_of_several_letters_is_no_rendition(kept: Archive, root: Path) -> None:
    entry = keeping.file(kept, "dua surat")
    path = (root / entry.original).with_name("record.json")
    tree = json.loads(path.read_text())
    tree["letters"].append({**tree["letters"][0], "id": 2})
    path.write_text(json.dumps(tree))
    kept._holdings.note(Act("repair", (1, 2), kept._holdings.vault.sums(entry.digest)))
    kept.rebuild()
    keeping.file(kept, "tiga")
    with pytest.raises(UsageError, match="shares its file"):
        kept.join(3, [1], who="Siti")


def test_a_record_of_before_this_was_looked_at_is_understood(kept: Archive, root: Path) -> None:
    entry = keeping.file(kept, "satu")
    path = (root / entry.original).with_name("record.json")
    tree = json.loads(path.read_text())
    del tree["resembles"]
    path.write_text(json.dumps(tree))
    kept._holdings.note(Act("repair", (1,), kept._holdings.vault.sums(entry.digest)))
    kept.rebuild()
    assert same(kept) == {1: None}


def in_child(act: str, root: Path) -> None:
    with Archive.open(root, clock=keeping.clock) as kept:
        if act == "join":
            kept.join(3, [1], who="Siti")
        else:
            kept.part([2, 3], who="Siti")


@pytest.mark.slow
@pytest.mark.parametrize("act", ["join", "part"])
def test_whatever_breaks_off_no_letter_is_lost_or_hidden_for_good(tmp_path: Path, act: str) -> None:
    root = tmp_path / "first"
    with keeping.archive(root) as kept:
        three(kept)
        kept.join(1, [2, 3], who="Siti")
    for at in range(1, 400, 7):
        copy = tmp_path / f"copy{at}"
        shutil.copytree(root, copy, symlinks=True)
        ended = not dies(partial(in_child, act, copy), at=at)
        with Archive.open(copy, clock=keeping.clock) as kept:
            with kept.run():
                pass
            now = same(kept)
            shown = [number for number, found in now.items() if found is None]
            assert all(found is None or found.id in shown for found in now.values())
            assert set(shown) == set(ids(kept))
            assert kept.verify(full=True) == []
        shutil.rmtree(copy)
        if ended:
            return
    pytest.fail("the change never came to its end")


class Joining(RuleBasedStateMachine):
    """Letters joined and parted at will, beside a plain picture of what shows under what."""

    def __init__(self) -> None:
        super().__init__()
        self.place = Path(tempfile.mkdtemp(prefix="arsip-"))

    @initialize()
    def make(self) -> None:
        self.kept = keeping.archive(self.place / "arsip")
        for text in ("satu", "dua", "tiga", "empat"):
            keeping.file(self.kept, text)
        self.shown = {number: number for number in range(1, 5)}
        self.before = [dict(self.shown)]

    def teardown(self) -> None:
        self.kept.close()
        shutil.rmtree(self.place)

    def settle(self, now: dict[int, int]) -> None:
        self.before.append(self.shown)
        self.shown = now

    @rule(first=st.integers(1, 4), other=st.integers(1, 4))
    def join(self, first: int, other: int) -> None:
        head = self.shown[first] if self.shown[first] != other else first
        group = {one for one, shown in self.shown.items() if shown == other} | {other, head}
        now = {one: head if one in group else shown for one, shown in self.shown.items()}
        if first == other or now == self.shown:
            with pytest.raises(BadValue):
                self.kept.join(first, [other], who="Siti")
            return
        assert self.kept.join(first, [other], who="Siti").id == head
        self.settle(now)

    @rule(number=st.integers(1, 4))
    def part(self, number: int) -> None:
        if self.shown[number] == number:
            with pytest.raises(BadValue):
                self.kept.part([number], who="Siti")
            return
        self.kept.part([number], who="Siti")
        self.settle({**self.shown, number: number})

    @rule()
    def undo(self) -> None:
        if len(self.before) > 1:
            list(self.kept.undo(self.kept.undoing(), who="Budi"))
            self.shown, self.before = self.before[-1], [*self.before[:-1], self.shown]

    @rule()
    def rebuild(self) -> None:
        self.kept.rebuild()

    @invariant()
    def each_shows_under_the_letter_that_people_said(self) -> None:
        found = same(self.kept)
        assert {one: what.id if what else one for one, what in found.items()} == self.shown
        assert ids(self.kept) == sorted(set(self.shown.values()))
        assert len(keeping.links(self.kept.root)) == len(set(self.shown.values()))
        assert self.kept.verify(full=True) == []


@pytest.mark.slow
def test_any_order_of_joining_parting_and_undoing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "flush", lambda _descriptor: None)
    Joining.TestCase.settings = settings(
        max_examples=8,
        stateful_step_count=8,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    Joining.TestCase().runTest()
