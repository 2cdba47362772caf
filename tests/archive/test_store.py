"""An archive as other rooms hold it: made, filled, asked, changed."""

import os
from pathlib import Path

import pytest

from arsip.archive import catalog, reader
from arsip.archive.find.query import parse
from arsip.archive.store import Archive
from arsip.errors import (
    ArchiveError,
    BadValue,
    NothingFound,
    SetupError,
    UsageError,
)
from arsip.fields import LETTER_NUMBER, RECIPIENT, SENDER, SENSITIVITY, SUBJECT
from tests.archive import keeping


def test_an_archive_is_made_once_and_for_its_owner_only(root: Path) -> None:
    assert Archive.create(root, clock=keeping.clock)
    assert not Archive.create(root, clock=keeping.clock)
    for path in (root, *root.rglob("*")):
        assert path.stat().st_mode & 0o077 == 0
    assert "sha256sum" in (root / "ARSIP.txt").read_text()
    with Archive.open(root, clock=keeping.clock) as kept:
        assert kept.verify(full=True) == []
        assert kept.counts().letters == 0


def test_where_an_archive_cannot_be_made_the_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("x")
    with pytest.raises(ArchiveError, match="berkas"):
        Archive.create(tmp_path / "berkas" / "arsip", clock=keeping.clock)


def test_no_archive_and_a_template_that_makes_no_names_are_refused(root: Path) -> None:
    with pytest.raises(SetupError, match="There is no archive"):
        Archive.open(root, clock=keeping.clock)
    Archive.create(root, clock=keeping.clock)
    toml = root / "archive.toml"
    toml.write_text(toml.read_text().replace("{year}/", "{tahun}/", 1).replace("# {tahun}", "# "))
    toml.write_text(toml.read_text().replace('shelf = "{year}', 'shelf = "{tahun}'))
    with pytest.raises(SetupError, match="shelf"):
        Archive.open(root, clock=keeping.clock)


def test_a_filed_letter_is_found_again_as_it_went_in(kept: Archive, root: Path) -> None:
    entry = keeping.file(
        kept,
        "undangan rapat",
        layer=True,
        pages=2,
        subject="Undangan",
        recipient=("Kepala Dinas", "Camat"),
        doubtful=("subject",),
    )
    assert entry.id == 1
    assert kept.entry("1") == entry
    assert kept.entry(entry.digest[:8].upper()) == entry
    assert entry.letter.first(RECIPIENT) == ("Kepala Dinas", "Camat")
    assert entry.letter.first(SUBJECT) is None
    assert [page.number for page in kept.pages(entry)] == [1, 2]
    assert kept.pages(entry)[0].text == "undangan rapat"
    assert kept.known(entry.digest) == (1,)
    assert kept.holds(entry.digest)
    assert (root / entry.original).read_bytes() == b"undangan rapat"
    assert (root / entry.original).stat().st_mode & 0o777 == 0o400
    assert (root / entry.file).name == "reading.pdf"
    assert list((root / "staging").iterdir()) == []
    assert kept.search(parse("rapat", today=keeping.NOW.date())).total == 1
    assert list(kept.select(parse("rapat", today=keeping.NOW.date()))) == [entry]


def test_bytes_that_are_no_text_in_a_name_are_shown_and_kept(kept: Archive) -> None:
    name = os.fsdecode(b"sur\xffat.pdf")
    entry = keeping.file(kept, "surat", name=name)
    assert entry.source == "sur\\udcffat.pdf"
    assert kept.entry("1") == entry


def test_strange_signs_in_a_letter_are_kept_and_found_around(kept: Archive) -> None:
    keeping.file(kept, "surat\0aneh \ud800 biasa", subject="x\ud800")
    assert kept.search(parse("biasa", today=keeping.NOW.date())).total == 1
    assert kept.verify(full=True) == []


@pytest.mark.parametrize("ref", ["2", "0", "12345678", "abcdef01", "9" * 40])
def test_a_letter_that_is_not_there_is_told(kept: Archive, ref: str) -> None:
    keeping.file(kept, "surat")
    with pytest.raises(NothingFound, match=ref):
        kept.entry(ref)


@pytest.mark.parametrize("ref", ["", "abc", "surat", "-1", "1.5"])
def test_a_word_that_names_no_letter_is_told(kept: Archive, ref: str) -> None:
    with pytest.raises(UsageError):
        kept.entry(ref)


@pytest.mark.parametrize(
    ("ref", "hint"),
    [
        ("005/12/Set", "arsip search nomor:005/12/Set"),
        ("surat", "arsip list"),
        ("real-010.pdf", "arsip search file:real-010.pdf"),
        ("scans/Undangan Rapat.PDF", "arsip search 'file:Undangan Rapat.PDF'"),
    ],
)
def test_who_names_a_letter_by_its_number_or_its_file_is_told_to_search(
    kept: Archive, ref: str, hint: str
) -> None:
    with pytest.raises(UsageError) as told:
        kept.entry(ref)
    assert told.value.hint == hint


def test_the_same_bytes_are_noted_and_not_filed_twice(kept: Archive, root: Path) -> None:
    entry = keeping.file(kept, "surat")
    kept.again(entry.digest, "lagi.pdf")
    assert keeping.file(kept, "surat") == entry
    ledger = (root / "ledger" / "000001.jsonl").read_text()
    assert ledger.count('"act":"again"') == 2
    assert "lagi.pdf" not in ledger
    assert kept.verify(full=True) == []


def test_a_change_is_shown_everywhere_and_the_record_before_is_kept(
    kept: Archive, root: Path
) -> None:
    entry = keeping.file(kept, "surat", subject="Undongan", letter_number="1/2")
    before = (root / entry.original.with_name("record.json")).read_bytes()
    changed = kept.edit(1, {SUBJECT: "Undangan", SENDER: "Setda", LETTER_NUMBER: None}, who="Siti")
    assert kept.entry("1") == changed
    assert changed.letter.first(SUBJECT) == "Undangan"
    best = changed.letter.best(SENDER)
    assert best is not None
    assert (best.origin, best.rule) == ("person", "Siti")
    assert changed.letter.best(LETTER_NUMBER) is None
    assert (root / entry.original.with_name("record.1.json")).read_bytes() == before
    assert list(keeping.links(root)) == [
        "tanpa-tanggal/Setda/tanpa-tanggal tanpa-nomor Undangan.pdf"
    ]
    assert kept.search(parse("dari:setda", today=keeping.NOW.date())).total == 1
    assert kept.verify(full=True) == []


def test_a_change_within_a_run_uses_its_staging(kept: Archive) -> None:
    keeping.file(kept, "surat")
    with kept.run():
        assert kept.edit(1, {SUBJECT: "Satu"}, who="Siti").letter.first(SUBJECT) == "Satu"


def test_no_change_changes_nothing(kept: Archive, root: Path) -> None:
    entry = keeping.file(kept, "surat")
    before = keeping.files(root / "vault")
    assert kept.edit(1, {}, who="Siti") == entry
    assert keeping.files(root / "vault") == before


def test_a_value_that_its_field_does_not_know_is_refused(kept: Archive) -> None:
    keeping.file(kept, "surat")
    with pytest.raises(BadValue, match="rahasia sekali"):
        kept.edit(1, {SENSITIVITY: "rahasia sekali"}, who="Siti")


def test_a_reader_finds_what_was_filed(root: Path) -> None:
    with keeping.archive(root) as kept:
        entry = keeping.file(kept, "undangan rapat")
    looking = reader.opened(root)
    assert looking is not None
    with looking:
        assert looking.entry("1") == entry
        assert looking.search(parse("rapat", today=keeping.NOW.date())).total == 1


def test_letters_of_more_pages_than_rows_keep_all_their_words(kept: Archive) -> None:
    with kept.run() as run:
        desk = run.desk()
        reading = keeping.reading(desk, "surat", pages=4100)
        entry = kept.file(reading, desk)
    assert len(entry.pages) == 4100
    assert kept.verify(full=True) == []


def test_many_letters_are_asked_for_at_once(kept: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalog, "AT_ONCE", 2)
    for number in range(5):
        keeping.file(kept, f"surat {number}")
    ids = [5, 9, 1, 3, 2, 4]
    assert [entry.id for entry in catalog.entries(kept.connection, ids)] == [5, 1, 3, 2, 4]


def test_an_original_that_cannot_be_read_is_not_held(kept: Archive, root: Path) -> None:
    entry = keeping.file(kept, "surat")
    (root / entry.original).unlink()
    assert not kept.holds(entry.digest)
    (root / entry.original).mkdir()
    assert not kept.holds(entry.digest)


def test_a_secret_word_of_a_person_settles_what_was_only_a_candidate(kept: Archive) -> None:
    keeping.file(kept, "surat", sensitivity="rahasia", doubtful=("sensitivity",))
    assert kept.counts().secret == 1
    kept.edit(1, {SENSITIVITY: "biasa"}, who="Siti")
    assert kept.counts().secret == 0


def test_a_letter_without_pages_is_kept(kept: Archive) -> None:
    entry = keeping.file(kept, "surat", pages=0)
    assert entry.pages == ()
    assert kept.pages(entry) == ()
    assert kept.verify(full=True) == []
