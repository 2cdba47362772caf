"""What is damaged or lost is told, made anew from the vault, and never guessed."""

import sqlite3
from pathlib import Path

import pytest

from arsip.archive import catalog, disk, reader, schema
from arsip.archive.store import Archive, Seen
from arsip.errors import (
    ArchiveError,
    Busy,
    Damaged,
    NoSpace,
    SetupError,
    UsageError,
)
from arsip.fields import SENDER, SUBJECT
from arsip.model import Entry, Event
from tests.archive import keeping


def test_a_hash_that_can_be_several_letters_names_them(kept: Archive) -> None:
    keeping.file(kept, "surat")
    kept.connection.execute(
        "INSERT INTO entry SELECT 2, digest, state, filed_at, source, original, reading, pages,"
        " flags, secret, shelf, record, doubts, denied, waits, same_as, sure, 9 FROM entry"
    )
    with pytest.raises(UsageError, match="1, 2"):
        kept.entry(keeping.digest("surat")[:12])


def test_a_damaged_original_is_replaced_and_set_aside_and_words_of_people_stay(
    kept: Archive, root: Path
) -> None:
    entry = keeping.file(kept, "surat", subject="Undongan", layer=True)
    kept.edit(1, {SUBJECT: "Undangan"}, who="Siti")
    for name in ("original.pdf", "text.jsonl"):
        path = root / entry.original.with_name(name)
        path.chmod(0o600)
        path.write_bytes(b"rusak")
    (root / entry.original.with_name("reading.pdf")).unlink()
    assert not kept.holds(entry.digest)
    repaired = keeping.file(kept, "surat", subject="Lain", layer=True)
    assert repaired.id == 1
    assert repaired.letter.first(SUBJECT) == "Undangan"
    assert kept.verify(full=True) == []
    aside = keeping.files(root / "aside")
    assert sorted(aside.values()).count(b"rusak") == 2


def test_a_record_that_cannot_be_read_is_made_anew_with_its_number(
    kept: Archive, root: Path
) -> None:
    entry = keeping.file(kept, "surat")
    keeping.file(kept, "lain")
    for name in ("original.pdf", "record.json"):
        path = root / entry.original.with_name(name)
        path.chmod(0o600)
        path.write_bytes(b"rusak")
    assert keeping.file(kept, "surat", subject="Baru").id == 1
    assert kept.verify(full=True) == []


def test_a_folder_that_is_known_to_nobody_gets_a_number_of_its_own(
    kept: Archive, root: Path
) -> None:
    folder = root / "vault" / keeping.digest("surat")[:2] / keeping.digest("surat")[2:4]
    (folder / keeping.digest("surat")).mkdir(parents=True)
    (folder / keeping.digest("surat") / "original.pdf").write_bytes(b"rusak")
    assert keeping.file(kept, "surat").id == 1
    assert kept.verify(full=True) == []


def test_a_copy_that_changed_while_it_was_read_is_refused(kept: Archive) -> None:
    with kept.run() as run:
        desk = run.desk()
        reading = keeping.reading(desk, "surat")
        (desk / "original").write_bytes(b"surut")
        with pytest.raises(ArchiveError, match=r"scan1\.pdf"):
            kept.file(reading, desk)
    assert kept.counts().letters == 0


def test_nothing_is_changed_upon_a_damaged_record(kept: Archive, root: Path) -> None:
    entry = keeping.file(kept, "surat", subject="Undangan")
    path = root / entry.original.with_name("record.json")
    path.write_bytes(path.read_bytes().replace(b"Undangan", b"Undongan"))
    for _time in range(2):
        with pytest.raises(Damaged):
            kept.edit(1, {SENDER: "Setda"}, who="Siti")
        assert kept.rebuild() == 1
    assert "changed" in {damage.slug for damage in kept.verify(full=True)}


def test_pages_that_are_lost_are_told_and_the_letter_still_shows(kept: Archive, root: Path) -> None:
    entry = keeping.file(kept, "surat", subject="Undangan")
    (root / entry.original.with_name("text.jsonl")).unlink()
    with pytest.raises(Damaged, match=r"text\.jsonl"):
        kept.pages(entry)
    assert kept.rebuild() == 1
    assert kept.entry("1") == entry


def test_rebuild_gives_the_same_list_and_the_same_shelf(kept: Archive, root: Path) -> None:
    for number in range(4):
        keeping.file(kept, f"surat {number}", subject="Undangan")
    keeping.file(kept, "rahasia", subject="Undangan", sensitivity="rahasia")
    kept.edit(2, {SUBJECT: "Rapat"}, who="Siti")
    kept.mark(Path("/pindai/a.pdf"), Seen("1:2:3:4:5", "waiting", "empty", keeping.NOW))
    listed, links = keeping.listing(kept), keeping.links(root)
    kept.connection.execute("DELETE FROM entry")
    events: list[Event] = []
    assert kept.rebuild(events.append) == 5
    assert keeping.listing(kept) == listed
    assert kept.seen(Path("/pindai/a.pdf")) is not None
    assert sorted(keeping.links(root).values()) == sorted(links.values())
    assert keeping.file(kept, "berikut").id == 6
    assert events[-1] == Event("rebuild", done=5, total=5)
    assert any(name.startswith("rahasia/") for name in keeping.links(root))


def test_numbers_are_never_given_twice_even_when_a_letter_is_lost(
    kept: Archive, root: Path
) -> None:
    keeping.file(kept, "satu")
    entry = keeping.file(kept, "dua")
    for path in (root / entry.original).parent.iterdir():
        path.unlink()
    (root / entry.original).parent.rmdir()
    kept.rebuild()
    assert keeping.file(kept, "tiga").id == 3


def test_rebuild_tells_and_passes_over_what_cannot_be_shown(kept: Archive, root: Path) -> None:
    first, second, third = (keeping.file(kept, text) for text in ("satu", "dua", "tiga"))
    (root / first.original.with_name("record.json")).write_bytes(b"rusak")
    path = root / third.original.with_name("record.json")
    path.write_bytes(path.read_bytes().replace(b'"id": 3', b'"id": 2'))
    events: list[Event] = []
    assert kept.rebuild(events.append) == 1
    told = {event.source: event.note for event in events if event.step == "damaged"}
    assert set(told) >= {str(first.original.parent)}
    assert "twice" in told.values()
    assert kept.known(second.digest) == (2,) or kept.known(third.digest) == (2,)


@pytest.mark.parametrize("content", [None, b"", b"bukan basis data" * 100])
def test_a_catalog_that_is_missing_or_broken_is_made_anew_saying_so(
    root: Path, content: bytes | None
) -> None:
    with keeping.archive(root) as kept:
        entry = keeping.file(kept, "surat")
    path = root / "catalog.sqlite3"
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    assert reader.opened(root) is None
    events: list[Event] = []
    with Archive.open(root, clock=keeping.clock, report=events.append) as kept:
        assert kept.entry("1") == entry
        assert kept.verify(full=True) == []
    slug = "catalog_missing" if content is None else "catalog_damaged"
    assert (slug in {event.step for event in events}) == (content != b"")
    assert len(list(root.glob("*.damaged-*"))) == bool(content)


def test_a_catalog_without_its_tables_is_made_anew(root: Path) -> None:
    with keeping.archive(root) as kept:
        keeping.file(kept, "surat")
        kept.connection.execute("DROP TABLE meta")
    with Archive.open(root, clock=keeping.clock) as kept:
        assert kept.entry("1").id == 1


def test_a_catalog_may_live_elsewhere(root: Path, tmp_path: Path) -> None:
    Archive.create(root, clock=keeping.clock)
    toml = root / "archive.toml"
    elsewhere = tmp_path / "lokal" / "a b?#%.sqlite3"
    toml.write_text(toml.read_text().replace('"catalog.sqlite3"', f'"{elsewhere}"'))
    with Archive.open(root, clock=keeping.clock) as kept:
        keeping.file(kept, "surat")
    assert elsewhere.exists()


def test_a_catalog_of_a_newer_arsip_is_refused(root: Path) -> None:
    with keeping.archive(root) as kept:
        kept.connection.execute("PRAGMA user_version = 999")
    with pytest.raises(SetupError):
        Archive.open(root, clock=keeping.clock)
    with pytest.raises(SetupError):
        reader.opened(root)


def test_a_catalog_that_a_newer_arsip_brought_up_to_date_meanwhile_is_not_written(
    root: Path,
) -> None:
    with keeping.archive(root) as kept, Archive.open(root, clock=keeping.clock) as other:
        known = schema.version(kept.connection)
        other.connection.execute("PRAGMA user_version = 999")
        with pytest.raises(SetupError):
            keeping.file(kept, "surat")
        other.connection.execute(f"PRAGMA user_version = {known}")
    with Archive.open(root, clock=keeping.clock) as kept:
        assert keeping.file(kept, "surat").id == 1
        assert kept.verify(full=True) == []


def test_an_older_catalog_gets_the_steps_it_lacks(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with keeping.archive(root) as kept:
        entry = keeping.file(kept, "surat")
    steps = tmp_path / "sql"
    steps.mkdir()
    for step in schema.steps():
        (steps / step.name).write_text(step.read_text())
    (steps / "0099_later.sql").write_text("-- later\nCREATE TABLE later (x);\n-- end\n")
    monkeypatch.setattr(schema, "STEPS", steps)
    assert reader.opened(root) is None
    events: list[Event] = []
    with Archive.open(root, clock=keeping.clock, report=events.append) as kept:
        kept.connection.execute("SELECT x FROM later")
        assert kept.entry("1") == entry
    assert [event.step for event in events] == ["catalog_older"]


def test_a_full_disk_is_told_and_nothing_is_lost(
    kept: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeping.file(kept, "satu")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device", "x")

    with kept.run() as run:
        desk = run.desk()
        reading = keeping.reading(desk, "dua")
        with monkeypatch.context() as patch:
            patch.setattr(disk, "flush", full)
            with pytest.raises(NoSpace) as caught:
                kept.file(reading, desk)
    assert caught.value.exit_code == 6
    assert keeping.file(kept, "dua").id == 2
    assert kept.verify(full=True) == []


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("SQLITE_BUSY", Busy),
        ("SQLITE_FULL", NoSpace),
        ("SQLITE_IOERR_WRITE", ArchiveError),
        ("SQLITE_CORRUPT", Damaged),
        ("", Damaged),
    ],
)
def test_what_the_database_says_is_said_in_the_archives_words(
    name: str, kind: type[ArchiveError]
) -> None:
    error = sqlite3.OperationalError("x")
    error.sqlite_errorname = name
    with pytest.raises(ArchiveError) as caught, catalog.asking(Path("c.sqlite3")):
        raise error
    assert type(caught.value) is kind


def test_a_catalog_that_cannot_be_asked_just_now_is_not_taken_for_broken(
    monkeypatch: pytest.MonkeyPatch, root: Path
) -> None:
    with keeping.archive(root):
        pass
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorname = "SQLITE_IOERR"

    def failing(_connection: object) -> int:
        raise error

    monkeypatch.setattr(schema, "version", failing)
    with pytest.raises(ArchiveError) as caught:
        Archive.open(root, clock=keeping.clock)
    assert type(caught.value) is ArchiveError


def test_a_field_of_a_newer_arsip_is_passed_over_in_the_catalog(kept: Archive) -> None:
    entry = keeping.file(kept, "surat", subject="Undangan")
    kept.connection.execute(
        "INSERT INTO finding SELECT entry, 'kelak', rank, value, key, json, confidence, origin,"
        " rule, page, box, raw, doubtful FROM finding"
    )
    assert kept.entry("1") == entry


def test_a_transaction_that_fails_leaves_nothing_and_lets_the_next_begin(kept: Archive) -> None:
    class Cut(Exception):
        pass

    def broken_off() -> None:
        with catalog.changing(kept.connection):
            catalog.remember_id(kept.connection, 9)
            raise Cut

    with pytest.raises(Cut):
        broken_off()
    assert catalog.last_id(kept.connection) == 0
    with catalog.changing(kept.connection):
        catalog.remember_id(kept.connection, 2)
    assert catalog.last_id(kept.connection) == 2


def test_a_broken_page_of_the_catalog_is_seen_and_rebuild_mends_it(root: Path) -> None:
    with keeping.archive(root) as kept:
        for number in range(12):
            keeping.file(kept, f"surat {number}", subject="Undangan")
        listed = keeping.listing(kept)
        (page,) = kept.connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'finding_key'"
        ).fetchone()
    path = root / "catalog.sqlite3"
    content = bytearray(path.read_bytes())
    content[(page - 1) * 4096 : page * 4096] = bytes(4096)
    path.write_bytes(content)
    with Archive.open(root, clock=keeping.clock) as kept:
        assert "catalog" in {damage.slug for damage in kept.verify(full=False)}
        events: list[Event] = []
        assert kept.rebuild(events.append) == 12
        assert "catalog_damaged" in {event.step for event in events}
        assert keeping.listing(kept) == listed
        assert keeping.file(kept, "berikut").id == 13
        assert kept.verify(full=True) == []


def spoiled(root: Path, entry: Entry, *names: str) -> None:
    for name in names:
        path = root / entry.original.with_name(name)
        path.chmod(0o600)
        path.write_bytes(b"rusak")


def test_a_lost_record_comes_back_from_the_newest_sound_one_before_it(
    kept: Archive, root: Path
) -> None:
    entry = keeping.file(kept, "surat", subject="Undongan")
    for subject in ("Undangan", "Rapat", "Rapat Kerja"):
        kept.edit(1, {SUBJECT: subject}, who="Siti")
    spoiled(root, entry, "original.pdf", "record.json", "record.3.json")
    assert keeping.file(kept, "surat", subject="Lain").letter.first(SUBJECT) == "Undangan"
    # The spoiled history itself has no copy to come back from: it stays told.
    assert [damage.path.name for damage in kept.verify(full=True)] == ["record.3.json"]
    assert kept.edit(1, {SUBJECT: "Rapat"}, who="Siti").letter.first(SUBJECT) == "Rapat"


def test_a_lost_record_keeps_the_number_that_the_ledger_knows(kept: Archive, root: Path) -> None:
    entry = keeping.file(kept, "surat")
    keeping.file(kept, "lain")
    spoiled(root, entry, "original.pdf", "record.json")
    assert kept.rebuild() == 1
    assert keeping.file(kept, "surat").id == 1
    assert kept.verify(full=True) == []
