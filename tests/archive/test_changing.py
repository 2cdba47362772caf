"""What is filed changes as a whole, and what people said of it stays."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from arsip.archive import record
from arsip.archive.find.query import parse
from arsip.archive.store import Archive
from arsip.errors import Damaged, NothingFound
from arsip.fields import LETTER_NUMBER, SENDER, SUBJECT
from arsip.model import PENDING, Doubt, Entry, Letter, PageText, Reading, Renewal, Source
from tests.archive import keeping


def renewal(entry: Entry, **options: Any) -> Renewal:
    """The letter read again: another subject, nothing doubtful."""
    letter = options.pop("letter", keeping.letter({"subject": "Undangan Rapat"}))
    return Renewal(entry.digest, {entry.id: letter}, {entry.id: ()})._replace(**options)


def renewed(kept: Archive, entry: Entry, **options: Any) -> Entry:
    with kept.run() as run:
        desk = run.desk()
        if "layer" in options:
            options["layer"] = desk / "layer.pdf"
            options["layer"].write_bytes(b"%PDF baru")
        (after,) = kept.renew(renewal(entry, **options), desk, who="Siti")
    return after


def filed(kept: Archive, *pages: PageText, doubts: tuple[Doubt, ...] = (), **values: Any) -> Entry:
    with kept.run() as run:
        desk = run.desk()
        made: Reading = keeping.reading(desk, "surat", **values)
        return kept.file(made._replace(pages=pages or made.pages, doubts=doubts), desk)


def acts(root: Path) -> list[dict[str, Any]]:
    lines = (root / "ledger" / "000001.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines]


def test_text_copy_and_record_take_the_place_of_the_old_ones(kept: Archive, root: Path) -> None:
    entry = keeping.file(kept, "surat", subject="Undangan", layer=True)
    text = (keeping.page(1, "undangan rapat lengkap"),)
    after = renewed(kept, entry, pages=text, layer=True)
    assert after.letter.first(SUBJECT) == "Undangan Rapat"
    assert kept.entry("1") == after
    assert [page.text for page in kept.pages(after)] == ["undangan rapat lengkap"]
    assert after.reading is not None
    assert (root / after.reading).read_bytes() == b"%PDF baru"
    act = acts(root)[-1]
    assert (act["act"], act["ids"], act["note"]["who"]) == ("reread", [1], "Siti")
    names = sorted(Path(path).name for path in act["files"])
    assert names == ["reading.pdf", "record.1.json", "record.json", "text.jsonl"]
    assert kept.verify(full=True) == []
    assert list(kept.select(parse("lengkap", today=keeping.NOW.date()))) == [after]


def test_what_a_person_said_stays_whatever_is_read(kept: Archive) -> None:
    entry = keeping.file(kept, "surat", subject="Undongan", sender="Dinas Perairan")
    kept.edit(1, {SUBJECT: "Undangan", SENDER: None}, who="Siti")
    read = keeping.letter({"subject": "Lain", "sender": "Dinas Lain", "letter_number": "1/2"})
    after = renewed(kept, entry, letter=read)
    assert after.letter.first(SUBJECT) == "Undangan"
    assert after.letter.best(SENDER) is None
    assert after.letter.first(LETTER_NUMBER) == "1/2"


def test_what_is_corrected_while_pages_are_read_stays_too(kept: Archive) -> None:
    entry = keeping.file(kept, "surat", subject="Undongan")
    with kept.run() as run:
        desk = run.desk()
        kept.edit(1, {SUBJECT: "Undangan"}, who="Siti")
        (after,) = kept.renew(renewal(entry), desk, who="Budi")
    assert after.letter.first(SUBJECT) == "Undangan"


def test_nothing_is_written_when_nothing_is_new(kept: Archive, root: Path) -> None:
    entry = keeping.file(kept, "surat", subject="Undangan Rapat")
    before = keeping.files(root / "vault")
    assert renewed(kept, entry) == entry
    assert keeping.files(root / "vault") == before
    assert acts(root)[-1]["act"] == "file"


def test_what_would_change_can_be_seen_before(kept: Archive, root: Path) -> None:
    entry = keeping.file(kept, "surat", subject="Undangan")
    before = keeping.files(root / "vault")
    (foreseen,) = kept.foreseen(renewal(entry))
    assert foreseen.letter.first(SUBJECT) == "Undangan Rapat"
    assert keeping.files(root / "vault") == before
    assert acts(root)[-1]["act"] == "file"
    assert renewed(kept, entry) == foreseen


def test_flags_of_one_reading_go_with_it_and_those_of_the_file_stay(kept: Archive) -> None:
    entry = keeping.file(kept, "surat")
    renewed(kept, entry, flags=("damaged", "not_understood"))
    after = renewed(kept, entry, flags=("signed",))
    assert after.flags == ("damaged", "signed")
    assert renewed(kept, entry, flags=None).flags == ("damaged", "signed")


def test_a_letter_that_is_gone_or_damaged_is_not_read_again(kept: Archive, root: Path) -> None:
    entry = keeping.file(kept, "surat")
    with kept.run() as run, pytest.raises(NothingFound):
        kept.renew(renewal(entry)._replace(digest="ff" * 32), run.desk(), who="Siti")
    path = root / entry.original.with_name("record.json")
    path.write_bytes(path.read_bytes().replace(b"pdf", b"fdp"))
    with pytest.raises(Damaged):
        renewed(kept, entry)
    with pytest.raises(Damaged):
        kept.foreseen(renewal(entry))


def test_a_letter_knows_the_file_it_came_in(kept: Archive, root: Path) -> None:
    entry = keeping.file(kept, "surat", name="scan7.pdf")
    source = kept.source(entry)
    assert (source.name, source.format, source.size) == ("scan7.pdf", "pdf", 5)
    assert source.path == root / entry.original
    assert source.modified == keeping.NOW


DOUBTS = (Doubt(1, "faint"), Doubt(2, "unread", "timeout"), Doubt(None, "missing", "3"))


def test_doubts_about_pages_are_kept_with_the_letter_and_counted(kept: Archive) -> None:
    filed(kept, doubts=DOUBTS)
    keeping.file(kept, "lain")
    assert kept.entry("1").doubts == DOUBTS
    assert [entry.id for entry in kept.doubted()] == [1]
    counts = kept.counts()
    assert (counts.doubtful, counts.unread, counts.pending) == (1, 1, 0)
    kept.rebuild()
    assert kept.entry("1").doubts == DOUBTS
    assert kept.verify(full=True) == []


@pytest.mark.parametrize("reason", ["blank", "turned", "pending"])
def test_a_page_that_lost_no_word_makes_no_letter_doubtful(kept: Archive, reason: str) -> None:
    filed(kept, doubts=(Doubt(1, reason),))
    counts = kept.counts()
    assert (counts.doubtful, counts.pending) == (0, reason == "pending")


def test_a_letter_with_a_doubtful_value_and_a_doubtful_page_is_counted_once(kept: Archive) -> None:
    filed(kept, doubts=DOUBTS, doubtful=("subject",), subject="Undangan")
    assert kept.counts().doubtful == 1


def test_a_letter_whose_pages_wait_is_found_by_the_name_of_its_file(kept: Archive) -> None:
    waits = PageText(1, unread=PENDING)
    entry = filed(kept, waits, doubts=(Doubt(1, "pending"),), name="Surat Camat 17.pdf")
    asked = parse("camat", today=keeping.NOW.date())
    assert [found.id for found in kept.select(asked)] == [1]
    after = renewed(kept, entry, pages=(keeping.page(1, "undangan"),))
    assert after.doubts == ()
    assert list(kept.select(asked)) == []
    assert kept.verify(full=True) == []


def test_records_of_before_doubts_were_kept_have_none(kept: Archive) -> None:
    letter = Letter()
    made = Reading(kept.source(keeping.file(kept, "surat")), (PageText(1),), letter)
    tree = record.compose(made, ids=(1,), now=keeping.NOW)
    del tree["letters"][0]["doubts"]
    assert record.load(record.write(tree)).letters[0].doubts == ()


def test_what_a_newer_arsip_added_stays_when_a_letter_is_read_again() -> None:
    source = Source(Path("scan.pdf"), "scan.pdf", "ab" * 32, 1, "pdf", keeping.NOW)
    made = Reading(source, (PageText(1),), keeping.letter({"subject": "Lama"}))
    tree = record.compose(made, ids=(1,), now=keeping.NOW)
    tree["added"] = 1
    tree["letters"][0]["fields"]["kelak"] = {"value": 1, "origin": "rule"}
    again = Renewal("ab" * 32, {1: Letter()}, {})
    after = record.renew(tree, again, hand=record.Hand("Siti"), now=keeping.NOW)
    assert after["added"] == 1
    assert list(after["letters"][0]["fields"]) == ["kelak"]
    assert (after["revision"], after["revised"]["act"]) == (2, "reread")
