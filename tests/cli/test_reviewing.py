"""review: what waits is put before a person, value by value."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from arsip.archive.store import Archive
from arsip.cli import reviewing
from arsip.cli.walk import Walk
from arsip.errors import NothingFound
from arsip.model import Entry
from tests.archive import keeping
from tests.cli.counters import Answer, Desk

WHOLE: dict[str, Any] = {
    "letter_number": "005/1",
    "date": keeping.NOW.date(),
    "subject": "Rapat",
    "sender": "Setda",
    "doc_type": "undangan",
}


@pytest.fixture
def office(desk: Desk) -> Desk:
    """An office with a whole letter, one with two doubtful values, one without a sender."""
    with keeping.archive(desk.archive) as archive:
        keeping.file(archive, "satu", **WHOLE)
        keeping.file(archive, "dua", doubtful=("letter_number", "date"), **WHOLE)
        rest = {name: value for name, value in WHOLE.items() if name != "sender"}
        keeping.file(archive, "Setda Kabupaten tiga", **rest)
    return desk


def reviewed(office: Desk, keys: str, *args: str) -> Answer:
    """A review that is answered through a pipe."""
    with office.monkeypatch.context() as patch:
        stdin = _Pipe(keys.encode())
        patch.setattr("arsip.cli.asking.sys", type("Sys", (), {"stdin": stdin}))
        return office.types("review", *args)


class _Pipe:
    """Lines that another program types."""

    def __init__(self, content: bytes) -> None:
        self.lines = content.splitlines(keepends=True)
        self.buffer = self

    def readline(self) -> bytes:
        return self.lines.pop(0) if self.lines else b""

    def isatty(self) -> bool:
        return False


def entry(office: Desk, number: int) -> Entry:
    with Archive.open(office.archive, clock=keeping.clock) as archive:
        return archive.entry(str(number))


def test_what_waits_is_counted(office: Desk) -> None:
    assert office.types("review", "--count").out == "2\t3\n"
    assert office.sees("review", "--count").out == "2 letters with 3 values to look at.\n"
    assert office.types("review", "--count", "--json").json == [
        {"v": 1, "letters": 2, "values": 3, "fields": {"letter_number": 1, "date": 1, "sender": 1}}
    ]
    assert office.types("review", "--count", "tiga").out == "1\t1\n"
    assert office.types("review", "--count", "2").out == "1\t2\n"
    assert office.types("review", "--json").code == 2


def test_where_nothing_waits_it_ends_with_five(office: Desk) -> None:
    counted = office.types("review", "--count", "1")
    assert (counted.code, counted.out) == (5, "0\t0\n")
    answer = office.types("review", "1")
    assert (answer.code, "Nothing waits for your word." in answer.err) == (5, True)


def test_values_are_accepted_changed_and_typed(office: Desk) -> None:
    answer = reviewed(office, "\n1/3/2024\nSetda Kota\n")
    assert answer.code == 0
    assert "3 values in 2 letters." in answer.out
    assert (
        "Number: doubtful, 95 % sure; it stands behind its label (page 1, top left)" in answer.out
    )
    assert "Number [005/1]:" in answer.out
    assert "From: not found in the letter\n    Setda Kabupaten tiga\n" in answer.out
    assert answer.out.endswith("3 values settled.\n")
    two, three = entry(office, 2).letter.findings, entry(office, 3).letter.findings
    number = two["letter_number"][0]
    assert (number.value, number.origin, number.page) == ("005/1", "person", 1)
    assert two["date"][0].value.isoformat() == "2024-03-01"
    assert three["sender"][0].value == "Setda Kota"
    assert office.types("review", "--count").code == 5


def test_what_the_letter_does_not_say_does_not_come_again(office: Desk) -> None:
    assert "  = -" in reviewed(office, "n\n", "3").out
    assert entry(office, 3).letter.denied == {"sender"}
    assert office.types("review", "--count", "3").code == 5


def test_what_was_skipped_comes_last_the_next_time(office: Desk) -> None:
    first = reviewed(office, "s\nq\n")
    assert first.out.endswith("0 values settled; 1 skipped; 3 left; to go on: arsip review.\n")
    second = reviewed(office, "s\n")
    asked = [line.split(" [")[0] for line in second.out.splitlines() if line.endswith(": ")]
    assert asked == ["Date", "From: "]
    third = reviewed(office, "Setda\n\n\n")
    assert third.out.endswith("3 values settled.\n")
    [note] = office.state.glob("skipped-*")
    assert note.read_text() == ""


def test_an_end_of_input_and_ctrl_c_are_safe_stops(office: Desk) -> None:
    stopped = reviewed(office, "\n")
    assert (stopped.code, "1 value settled; 2 left" in stopped.out) == (0, True)

    def interrupted(*_args: object) -> str:
        raise KeyboardInterrupt

    office.monkeypatch.setattr("arsip.cli.walk.answered", interrupted)
    answer = office.types("review")
    assert (answer.code, "0 values settled; 2 left" in answer.out) == (130, True)


def test_what_does_not_fit_is_told_and_asked_again(office: Desk) -> None:
    answer = reviewed(office, "s\n31-13-2024\n7\n\n", "2")
    assert "Date cannot be “31-13-2024”." in answer.err
    assert "Date cannot be “7”." in answer.err
    assert answer.out.count("Date [2024-03-15]:") == 3
    assert "There is nothing to accept" in reviewed(office, "\n=\n=s\n", "3").out
    assert entry(office, 3).letter.findings["sender"][0].value == "s"


def test_help_tells_every_key_and_the_codes(office: Desk) -> None:
    with Archive.open(office.archive, clock=keeping.clock) as archive:
        keeping.file(archive, "empat", doubtful=("urgency",), urgency="segera", **WHOLE)
    answer = reviewed(office, "?\n", "4")
    assert "q       stops; what was answered is kept" in answer.out
    assert "One of: biasa, penting, segera, sangat_segera" in answer.out


def test_rivals_are_chosen_by_their_number(office: Desk) -> None:
    with Archive.open(office.archive, clock=keeping.clock) as archive, archive.run() as run:
        desk = run.desk()
        made = keeping.reading(desk, "lima", doubtful=("subject",), **WHOLE)
        best = made.letter.findings["subject"][0]
        rival = best.__class__("Rapat Kerja", 0.1, "ocr", "title", 9, best.box)
        findings = {**made.letter.findings, "subject": (best, rival)}
        letter = made.letter.__class__(findings)
        archive.file(made._replace(letter=letter), desk)
    answer = reviewed(office, "1\n", "4")
    assert "  1  Rapat Kerja - less speaks for it: it stands in the title" in answer.out
    assert entry(office, 4).letter.findings["subject"][0].value == "Rapat Kerja"


def test_the_file_is_opened_and_a_machine_that_cannot_is_no_end(office: Desk) -> None:
    office.monkeypatch.setenv("PATH", str(office.home))
    answer = reviewed(office, "o\n\n", "2")
    assert "This machine has no program to open files with." in answer.err
    assert "1 value settled; 1 left" in answer.out
    opened: list[Path] = []
    office.monkeypatch.setattr("arsip.cli.letters._open", opened.append)
    reviewed(office, "o\n", "2")
    assert [path.name for path in opened] == ["original.pdf"]


def test_a_letter_that_another_settled_or_took_away_is_passed_over(office: Desk) -> None:
    waiting = reviewing._waiting
    office.monkeypatch.setattr(
        reviewing, "_waiting", lambda *args, **options: {**waiting(*args, **options)}
    )
    question = Walk._question

    def meanwhile(self: Walk, value: tuple[int, str]) -> object:
        if value[0] == 3:
            self.archive.edit(3, dict.fromkeys([_sender()], "Setda"), who="Budi")
            return question(self, value)
        number = 99 if value[1] == "date" else value[0]
        return question(self, (number, value[1]))

    office.monkeypatch.setattr(Walk, "_question", meanwhile)
    answer = reviewed(office, "\n")
    assert answer.out.count("]:") == 1
    with pytest.raises(NothingFound), Archive.open(office.archive, clock=keeping.clock) as archive:
        archive.entry("99")


def _sender() -> Any:
    return keeping.field("sender")


def test_a_place_that_cannot_be_written_only_forgets_what_was_skipped(office: Desk) -> None:
    office.state.parent.mkdir(parents=True)
    office.state.write_text("a file where the folder should be")
    assert reviewed(office, "s\nq\n").code == 0


def test_odd_lines_of_what_was_skipped_are_passed_over(office: Desk) -> None:
    reviewed(office, "s\nq\n")
    [note] = office.state.glob("skipped-*")
    note.write_text("2 letter_number\nrubbish\n99 date\n")
    assert "Date [" in reviewed(office, "q\n").out


def test_what_is_no_text_makes_no_harm(office: Desk) -> None:
    with office.monkeypatch.context() as patch:
        stdin = _Pipe(b"\xff\x1b[2J\n")
        patch.setattr("arsip.cli.asking.sys", type("Sys", (), {"stdin": stdin}))
        answer = office.types("review", "3")
    assert "\x1b" not in answer.out
    assert "1 value settled." in answer.out


def test_secret_letters_are_put_before_nobody_who_does_not_ask(office: Desk) -> None:
    office.types("edit", "2", "3", "sifat=rahasia")
    told = office.types("review", "--count")
    assert told.code == 5
    assert "2 secret letters wait, too: arsip review --rahasia" in told.err
    asked = office.types("review", "--count", "--rahasia")
    assert asked.out == "2\t3\n"
    assert "secret" not in asked.err
