"""Letters read again: what is better stays, what people said stays, and the others go on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from arsip.archive.store import Archive
from arsip.fields import LETTER_NUMBER, SENDER, SUBJECT
from arsip.ingest.pipeline import Options
from arsip.ingest.rereading import Manner, Outcome, reread, sheaves
from arsip.model import Entry, Finding, Letter, Limits, Renewal, silent
from tests.ingest.conftest import Ingest, letter

Again = Callable[..., list[Outcome]]


@pytest.fixture
def again(archive: Archive, options: Options) -> Again:
    """Reads all letters again."""

    def act(*letters: Entry, **manner: Any) -> list[Outcome]:
        chosen = letters or tuple(archive.entry(str(number)) for number in ids(archive))
        how = Manner(options.how, jobs=1, who="Siti")
        asked = replace(how, **manner)
        return list(reread(sheaves(chosen), archive=archive, manner=asked, report=silent))

    return act


def ids(archive: Archive) -> list[int]:
    return [row[0] for row in archive.connection.execute("SELECT id FROM entry ORDER BY id")]


@pytest.fixture
def filed(run: Ingest, inbox: Path, archive: Archive) -> Entry:
    """A letter whose subject was read by rules that took less, and whose sender a person set."""
    (inbox / "a.txt").write_text(letter(1))
    (outcome,) = run()
    assert outcome.entry is not None
    old = dict(outcome.entry.letter.findings)
    old["subject"] = (Finding("Undangan", 0.6, "ocr", "older"),)
    with archive.run() as stay:
        before = Renewal(outcome.entry.digest, {1: Letter(old)}, {1: ()})
        archive.renew(before, stay.desk(), who="")
    return archive.edit(1, {SENDER: "Diskar"}, who="Sari")


def ledger(archive: Archive) -> str:
    return (archive.root / "ledger" / "000001.jsonl").read_text()


def test_letters_are_understood_by_todays_rules_and_people_keep_the_last_word(
    again: Again, filed: Entry, archive: Archive
) -> None:
    (outcome,) = again()
    assert (outcome.status, outcome.before) == ("reread", (filed,))
    (after,) = outcome.after
    assert after.letter.first(SUBJECT) == "Undangan Rapat"
    assert after.letter.first(SENDER) == "Diskar"
    assert archive.entry("1") == after
    assert '"act":"reread"' in ledger(archive).splitlines()[-1]
    assert archive.verify(full=True) == []
    assert [outcome.status for outcome in again()] == ["unchanged"]


def test_a_dry_run_tells_the_same_and_writes_nothing(
    again: Again, filed: Entry, archive: Archive
) -> None:
    before = ledger(archive)
    (told,) = again(dry=True)
    assert archive.entry("1") == filed
    assert ledger(archive) == before
    (done,) = again()
    assert (told.status, told.after) == (done.status, done.after)


@pytest.mark.usefixtures("filed")
def test_pages_that_read_the_same_change_nothing(again: Again) -> None:
    again()
    (outcome,) = again(ocr=True)
    assert outcome.status == "unchanged"
    assert [page.verdict for page in outcome.pages] == ["same"]


def test_words_that_are_lost_are_read_anew_from_the_file(
    again: Again, filed: Entry, archive: Archive
) -> None:
    (archive.root / filed.original.with_name("text.jsonl")).unlink()
    (outcome,) = again()
    assert (outcome.status, outcome.reason) == ("failed", "damaged")
    (outcome,) = again(ocr=True)
    assert outcome.status == "reread"
    assert archive.verify(full=True) == []


def test_a_file_that_cannot_be_read_now_keeps_all_it_has_and_the_others_go_on(
    again: Again, filed: Entry, run: Ingest, inbox: Path, archive: Archive, options: Options
) -> None:
    (inbox / "b.txt").write_text(letter(2) + "\f" + letter(3))
    run()
    strict = replace(options.how, limits=Limits(pages=1))
    first, second = again(ocr=True, how=strict)
    assert first.status == "reread"
    assert (second.status, second.reason) == ("failed", "too_large")
    assert archive.entry("2").letter.first(LETTER_NUMBER) == "045/2/Diskar/2024"
    assert filed.id == 1


def test_a_file_whose_bytes_are_damaged_is_not_read_again(
    again: Again, filed: Entry, archive: Archive
) -> None:
    original = archive.root / filed.original
    original.chmod(0o600)
    original.write_text("rusak")
    (outcome,) = again(ocr=True)
    assert (outcome.status, outcome.reason) == ("failed", "damaged")


def test_a_letter_that_went_away_meanwhile_is_told(
    again: Again, filed: Entry, archive: Archive
) -> None:
    archive.connection.execute("DELETE FROM entry")
    (outcome,) = again(filed)
    assert (outcome.status, outcome.reason) == ("failed", "nothing_found")


def test_letters_of_one_file_go_together(filed: Entry) -> None:
    letters = [filed._replace(id=number, digest=name) for number, name in enumerate("aba", 1)]
    assert [[one.id for one in sheaf.letters] for sheaf in sheaves(letters)] == [[1, 3], [2]]
