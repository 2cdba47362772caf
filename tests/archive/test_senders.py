"""Which spellings are one sender: decided, kept, shown, searched, taken back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arsip.archive import senders
from arsip.archive.find.query import parse
from arsip.archive.senders import Group, Senders, merged, renamed, split
from arsip.archive.store import Archive
from arsip.errors import BadValue, Damaged, NothingFound
from arsip.fields import SENDER, SUBJECT
from tests.archive import keeping

NAMES = ("Dinas Air", "Dinas Pengairan", "DINAS AIR KOTA", "Kantor Air")
FILE = Path("senders", "senders.json")


@pytest.fixture
def office(kept: Archive) -> Archive:
    """Two letters of one office under two names, and one of another."""
    for number, sender in enumerate(("Dinas Air", "Dinas Pengairan", "Kecamatan Hulu")):
        keeping.file(kept, f"surat {number}", subject=f"Pompa {number}", sender=sender)
    return kept


def decide(kept: Archive, decision: Callable[[Senders], Senders]) -> None:
    kept.decide(decision, who="Siti")


def merge(kept: Archive) -> None:
    decide(kept, lambda now: merged(now, "Dinas Air", "Dinas Pengairan"))


def names(kept: Archive) -> list[str | None]:
    return [entry.letter.first(SENDER) for entry in keeping.listing(kept)]


def found(kept: Archive, query: str) -> list[int]:
    asked = parse(query, today=keeping.NOW.date())
    return sorted(hit.entry.id for hit in kept.search(asked).hits)


def test_a_merged_sender_is_shown_shelved_and_found_under_one_name(
    office: Archive, root: Path
) -> None:
    merge(office)
    assert names(office) == ["Dinas Pengairan", "Dinas Pengairan", "Kecamatan Hulu"]
    assert {Path(place).parts[1] for place in keeping.links(root)} == {
        "Dinas Pengairan",
        "Kecamatan Hulu",
    }
    assert found(office, "dari:pengairan") == [1, 2]
    assert found(office, 'dari:"dinas air"') == [1, 2]
    assert found(office, '"dinas air"') == [1, 2]
    assert found(office, 'dari:"pengairan dinas"') == []
    assert office.verify(full=True) == []


def test_the_record_keeps_the_name_as_it_was_read(office: Archive) -> None:
    before = office.entry("1").letter.best(SENDER)
    record = keeping.files(office.root / "vault")
    merge(office)
    assert keeping.files(office.root / "vault") == record
    best = office.entry("1").letter.best(SENDER)
    assert before is not None
    assert best == before._replace(value="Dinas Pengairan")


def test_letters_that_come_later_bear_the_name_too(office: Archive) -> None:
    merge(office)
    entry = keeping.file(office, "surat lagi", sender="DINAS AIR", subject="Pipa")
    assert entry.letter.first(SENDER) == "Dinas Pengairan"
    assert found(office, "pengairan pipa") == [4]


def test_a_rebuild_shows_what_was_decided(office: Archive) -> None:
    merge(office)
    before = names(office), keeping.links(office.root)
    office.rebuild()
    assert (names(office), keeping.links(office.root)) == before
    assert office.verify(full=True) == []


def test_every_decision_can_be_taken_back_one_after_the_other(office: Archive) -> None:
    first = names(office), keeping.links(office.root)
    merge(office)
    second = names(office)
    decide(office, lambda now: renamed(now, "Dinas Pengairan", "DPU"))
    assert names(office)[:2] == ["DPU", "DPU"]
    office.undecide(who="Siti")
    assert names(office) == second
    office.undecide(who="Siti")
    assert (names(office), keeping.links(office.root)) == first
    with pytest.raises(NothingFound):
        office.undecide(who="Siti")
    assert office.verify(full=True) == []
    merge(office)
    assert names(office) == second
    office.undecide(who="Siti")
    assert names(office) == first[0]


def test_one_spelling_can_be_split_off_again(office: Archive) -> None:
    merge(office)
    decide(office, lambda now: split(now, "Dinas Air"))
    assert names(office)[:2] == ["Dinas Air", "Dinas Pengairan"]
    assert found(office, "dari:pengairan") == [2]


def test_the_ledger_tells_the_act_without_a_name(office: Archive, root: Path) -> None:
    merge(office)
    decide(office, lambda now: renamed(now, "Dinas Pengairan", "DPU"))
    lines = (root / "ledger" / "000001.jsonl").read_text().splitlines()
    act = json.loads(lines[-1])
    assert (act["act"], act["note"]) == ("rename", {"who": "Siti"})
    assert sorted(act["files"]) == ["senders/senders.1.json", "senders/senders.json"]
    assert not any("Pengairan" in line for line in lines)


def test_decisions_that_were_changed_or_lost_are_damage(office: Archive, root: Path) -> None:
    merge(office)
    content = (root / FILE).read_bytes()
    (root / FILE).write_bytes(content.replace(b"Dinas Air", b"Dinas Api"))
    assert [(one.slug, one.path) for one in office.verify(full=False)] == [("changed", FILE)]
    (root / FILE).write_bytes(b"{")
    assert [one.slug for one in office.verify(full=True)] == ["changed"]
    with pytest.raises(Damaged):
        merge(office)
    (root / FILE).unlink()
    assert "missing" in [one.slug for one in office.verify(full=True)]


def test_an_index_that_does_not_show_the_decisions_is_damage(office: Archive) -> None:
    merge(office)
    office.connection.execute("UPDATE meta SET value = '0' WHERE name = 'senders'")
    assert [one.slug for one in office.verify(full=True)] == ["catalog"]


def test_decisions_of_a_newer_arsip_are_left_alone() -> None:
    with pytest.raises(Damaged, match="newer"):
        senders.load(b'{"v": 2}')


def test_a_name_that_a_person_typed_is_that_of_the_letters(office: Archive) -> None:
    assert office.spelled("dinas  AIR") == "Dinas Air"
    with pytest.raises(NothingFound) as told:
        office.spelled("Dinas Pengairann")
    assert "Dinas Pengairan" in told.value.hint


def test_the_overview_counts_letters_kinds_and_what_was_taught(office: Archive) -> None:
    secret = {"sender": "Dinas Pengairan", "sensitivity": "rahasia", "doc_type": "undangan"}
    keeping.file(office, "surat rahasia", **secret)
    office.edit(1, {SUBJECT: "Pompa Air"}, who="Siti")
    merge(office)
    counted = {one.name: (one.letters, one.spellings) for one in office.senders()}
    assert counted == {
        "Dinas Pengairan": (2, ("Dinas Air",)),
        "Kecamatan Hulu": (1, ()),
    }
    one = office.senders(secret=True)[0]
    assert (one.letters, one.kinds) == (3, {"undangan": 1})


def test_what_changes_nothing_is_refused() -> None:
    one = merged(Senders(), "Dinas Air", "Dinas Pengairan")
    with pytest.raises(BadValue):
        merged(one, "dinas air", "Dinas Pengairan")
    with pytest.raises(BadValue):
        renamed(Senders(), "Dinas Air", "Dinas Air")
    with pytest.raises(NothingFound):
        split(one, "Dinas Pengairan")


def test_a_name_may_be_spelled_with_other_capitals() -> None:
    assert renamed(Senders(), "DINAS AIR", "Dinas Air").groups == (
        Group("Dinas Air", ("DINAS AIR",)),
    )


STEPS = st.lists(
    st.tuples(st.sampled_from([merged, renamed]), st.sampled_from(NAMES), st.sampled_from(NAMES)),
    max_size=8,
)


@given(STEPS)
def test_no_spelling_is_ever_of_two_senders(
    steps: list[tuple[Callable[[Senders, str, str], Senders], str, str]],
) -> None:
    now = Senders()
    for decision, one, other in steps:
        try:
            now = decision(now, one, other)
        except BadValue:
            continue
        assert now.group(one).name == now.group(other).name
        assert senders.load(senders.write(now, who="Siti", now=keeping.NOW)).groups == now.groups
    spelled = [word for group in now.groups for word in (group.name, *group.spellings)]
    keys = {name.casefold() for name in spelled}
    assert len(keys) == len(spelled)
