"""What waits for a person's word is known to the catalog."""

from __future__ import annotations

import pytest

from arsip.archive.find.query import parse
from arsip.archive.store import Archive
from arsip.archive.waiting import waiting
from arsip.fields import DATE_OF_LETTER, LETTER_NUMBER, SENDER, SUBJECT, Field
from arsip.model import PENDING, Doubt, Entry
from tests.archive import keeping

WHOLE = {"letter_number": "005/1", "date": keeping.NOW.date(), "subject": "Rapat", "sender": "A"}


def waits(kept: Archive, query: str = "", *, secret: bool = False) -> dict[int, list[str]]:
    asked = parse(query, today=keeping.NOW.date(), ways=())
    found = kept.waiting(asked, secret=secret)
    return {number: [field.name for field in names] for number, names in found.items()}


def test_a_letter_of_which_all_is_sure_does_not_wait(kept: Archive) -> None:
    keeping.file(kept, "surat", **WHOLE)
    assert waits(kept) == {}


def test_doubtful_values_wait_and_missing_ones_that_matter(kept: Archive) -> None:
    keeping.file(kept, "surat", doubtful=("place", "subject"), place="Cibogo", subject="Rapat")
    assert waits(kept) == {1: ["letter_number", "date", "subject", "sender", "place"]}


@pytest.mark.parametrize(
    ("kind", "missing"),
    [
        ("surat_dinas", {LETTER_NUMBER, DATE_OF_LETTER, SUBJECT, SENDER}),
        ("surat_tugas", {LETTER_NUMBER, DATE_OF_LETTER, SENDER}),
        ("notula", {DATE_OF_LETTER, SUBJECT, SENDER}),
        ("daftar_hadir", {DATE_OF_LETTER, SENDER}),
    ],
)
def test_what_matters_is_what_letters_of_the_kind_have(
    kept: Archive, kind: str, missing: set[Field[object]]
) -> None:
    assert set(waiting(keeping.file(kept, "surat", doc_type=kind))) == missing


def test_what_a_person_said_does_not_wait_any_more(kept: Archive) -> None:
    keeping.file(kept, "surat", doubtful=("subject",), **WHOLE)
    keeping.file(kept, "lain", **{**WHOLE, "sender": "B"}, doubtful=("sender",))
    kept.edit(1, {SUBJECT: "Rapat"}, who="Siti")
    kept.edit(2, {SENDER: None}, who="Siti")
    assert waits(kept) == {}


def test_what_follows_from_the_filing_code_is_not_asked_for(kept: Archive) -> None:
    doubtful = ("classification_code", "classification_name")
    keeping.file(
        kept,
        "surat",
        doubtful=doubtful,
        classification_code="005",
        classification_name="Undangan",
        **WHOLE,
    )
    assert waits(kept) == {1: ["classification_code"]}


def test_nothing_is_missing_while_pages_are_not_read(kept: Archive) -> None:
    entry: Entry = keeping.file(kept, "surat")
    assert waiting(entry._replace(doubts=(Doubt(1, PENDING),))) == ()


def test_what_waits_can_be_asked_for_and_secret_letters_are_left_out(kept: Archive) -> None:
    keeping.file(kept, "undangan rapat", **{**WHOLE, "sensitivity": "rahasia"}, doubtful=("date",))
    keeping.file(kept, "undangan makan", **WHOLE, doubtful=("date",))
    keeping.file(kept, "laporan", **WHOLE, doubtful=("date",))
    assert list(waits(kept)) == [2, 3]
    assert list(waits(kept, "undangan")) == [2]
    assert list(waits(kept, "undangan", secret=True)) == [1, 2]
