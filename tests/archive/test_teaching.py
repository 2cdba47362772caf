"""Corrected letters teach, exactly as far as they are corrected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arsip.archive import senders, teaching
from arsip.archive.store import Archive
from arsip.fields import DATE_OF_LETTER, LETTER_NUMBER, SENDER, SUBJECT
from arsip.habits import Sign
from arsip.model import Entry, Finding, Letter, PageText
from tests.archive import keeping
from tests.letter.typed import page

HEAD = "KOPERASI TANI MAJU BERSAMA\nJalan Sawah 7\n\n"
TEXT = HEAD + "No : {other}/B/2020\nReg : {number}     Sawahan, {day} Mei 2024\nHal : Bibit {day}"


def sheet(number: str, day: int = 5, *, text: str = TEXT) -> PageText:
    return page(text.format(number=number, day=day, other=day + 40))


def filed(kept: Archive, sheets: Sequence[PageText], **values: Any) -> Entry:
    with kept.run() as run:
        desk = run.desk()
        made = keeping.reading(desk, sheets[0].text, **values)
        return kept.file(made._replace(pages=tuple(sheets)), desk)


def letter(kept: Archive, number: int) -> Entry:
    """A letter whose number was misread, and whose other fields are right."""
    return filed(
        kept,
        [sheet(f"{number}/KT/V/2024", number)],
        letter_number=f"{number + 40}/B/2020",
        date=dt.date(2024, 5, number),
        subject=f"Bibit {number}",
        sender="Koperasi Tani Maju Bersama",
    )


def lessons(kept: Archive) -> list[tuple[object, ...]]:
    return kept.connection.execute("SELECT * FROM lesson ORDER BY 1, 2, 3, 4, 5").fetchall()


def corrected(kept: Archive, entry: Entry) -> None:
    kept.edit(entry.id, {LETTER_NUMBER: f"{entry.id}/KT/V/2024"}, who="Siti")


def test_a_letter_that_nobody_looked_at_teaches_nothing(kept: Archive) -> None:
    letter(kept, 1)
    assert lessons(kept) == []
    assert kept.habits([sheet("9/KT/V/2024")]) is None


def test_a_corrected_number_teaches_its_place_and_what_was_left_standing_does_too(
    kept: Archive,
) -> None:
    for number in (1, 2):
        corrected(kept, letter(kept, number))
    known = kept.habits([sheet("9/KT/V/2024", 9)])
    assert known is not None
    assert (known.sender, known.named, known.letters) == ("", 0, 2)
    assert known.counts["letter_number"][Sign("behind", "reg")] == 2
    assert known.counts["letter_number"][Sign("shape", "9/A/A/9")] == 2
    assert known.counts["date"][Sign("behind", "sawahan")] == 2
    assert known.counts["subject"][Sign("behind", "hal")] == 2


def test_a_number_that_was_written_in_by_hand_is_known_by_its_printed_parts() -> None:
    said = Letter(
        {
            "sender": (Finding("Koperasi Tani", 0.9, "ocr"),),
            "letter_number": (Finding("005/77/Kec.GL/2024", 1.0, "person", "Siti"),),
        }
    )
    found = teaching.lessons(said, [page("Nomor Naskah : 005/      /Kec.GL/2024")])
    assert ("koperasi tani", "letter_number", "behind", "nomor naskah") in found


def test_a_date_is_found_however_it_is_printed() -> None:
    for printed in ("5 Mei 2024", "05-05-2024", "May 5, 2024", "2024-05-05", "5/5/24"):
        said = Letter(
            {
                "sender": (Finding("Koperasi Tani", 0.9, "ocr"),),
                "date": (Finding(dt.date(2024, 5, 5), 1.0, "person", "Siti"),),
            }
        )
        found = teaching.lessons(said, [page(f"Ditulis : {printed}\n")])
        assert ("koperasi tani", "date", "behind", "ditulis") in found


def test_a_name_that_a_person_gave_is_what_the_next_letters_are_called_by(kept: Archive) -> None:
    for number in (1, 2):
        kept.edit(letter(kept, number).id, {SENDER: "KT Maju"}, who="Siti")
    kept.decide(lambda now: senders.renamed(now, "KT Maju", "Koperasi Maju"), who="Siti")
    known = kept.habits([sheet("9/KT/V/2024")])
    assert known is not None
    assert (known.sender, known.named, known.letters) == ("KT Maju", 2, 2)


def test_a_letterhead_that_two_senders_share_names_neither(kept: Archive) -> None:
    for number, sender in ((1, "Koperasi Tani"), (2, "Koperasi Tani Cabang Timur")):
        entry = letter(kept, number)
        kept.edit(entry.id, {SENDER: sender}, who="Siti")
    assert kept.habits([sheet("9/KT/V/2024")]) is None


def test_a_letterhead_with_a_line_more_is_another_office(kept: Archive) -> None:
    corrected(kept, letter(kept, 1))
    more = sheet("9/KT/V/2024", text=TEXT.replace("\nJalan", "\nUNIT PENGGILINGAN PADI\nJalan"))
    assert kept.habits([more]) is None


def test_a_scan_may_misread_a_line_of_a_letterhead_of_two(kept: Archive) -> None:
    two = TEXT.replace("\nJalan", "\nCABANG SUMBERJAYA\nJalan")
    entry = filed(kept, [sheet("1/KT/V/2024", text=two)], sender="Koperasi Tani")
    kept.edit(entry.id, {LETTER_NUMBER: "1/KT/V/2024"}, who="Siti")
    assert kept.habits([sheet("9/KT", text=two.replace("SUMBERJAYA", "SUMBEPJAYA"))]) is not None
    assert kept.habits([sheet("9/KT", text=two.replace("SUMBERJAYA", "SUKAMULYA"))]) is None


def test_pages_without_words_teach_and_ask_nothing(kept: Archive) -> None:
    entry = filed(kept, [PageText(1)], sender="Koperasi Tani")
    kept.edit(entry.id, {LETTER_NUMBER: "1/KT/V/2024"}, who="Siti")
    assert lessons(kept) == []
    assert kept.habits([PageText(1)]) is None


def test_a_catalog_made_before_there_were_lessons_is_taught_when_it_is_opened(
    kept: Archive, root: Path
) -> None:
    corrected(kept, letter(kept, 1))
    before = lessons(kept)
    kept.connection.execute("DROP TABLE lesson")
    kept.connection.execute("DELETE FROM meta WHERE name = 'senders'")
    kept.connection.execute("PRAGMA user_version = 3")
    kept.close()
    with Archive.open(root, clock=keeping.clock) as again:
        assert lessons(again) == before != []
        assert again.verify(full=True) == []


EDITS = st.lists(
    st.tuples(
        st.integers(1, 3),
        st.sampled_from([LETTER_NUMBER, DATE_OF_LETTER, SUBJECT, SENDER]),
        st.booleans(),
    ),
    max_size=6,
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(edits=EDITS)
def test_whatever_is_corrected_a_rebuild_counts_the_same(
    tmp_path: Path, edits: list[tuple[int, object, bool]]
) -> None:
    root = tmp_path / str(len(list(tmp_path.iterdir())))
    values = {
        LETTER_NUMBER: "1/KT/V/2024",
        DATE_OF_LETTER: dt.date(2024, 5, 2),
        SUBJECT: "Bibit 2",
        SENDER: "KT Maju",
    }
    with keeping.archive(root) as kept:
        for number in (1, 2, 3):
            letter(kept, number)
        for number, field, empty in edits:
            kept.edit(number, {field: None if empty else values[field]}, who="Siti")  # type: ignore[dict-item]
        before = lessons(kept)
        kept.rebuild()
        assert lessons(kept) == before
