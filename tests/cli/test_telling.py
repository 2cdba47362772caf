"""What became of files, told to a person, a pipe and a script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from arsip.cli.reasons import REASONS, advice, told
from arsip.cli.render import Screen
from arsip.cli.telling import Telling, row
from arsip.ingest.outcome import Outcome
from arsip.model import Doubt, Event
from tests.archive import keeping
from tests.cli.counters import Terminal

FILED = Outcome(Path("scan/a.pdf"), "filed", (17,), "ab" * 32, 2)
TWIN = Outcome(Path("scan/b.pdf"), "duplicate", (17,), "ab" * 32, 2)
LOCKED = Outcome(Path("scan/c\x1b[2J.pdf"), "set_aside", sha256="cd" * 32, reason="password")
LOCKED_WORDS = "it is locked with a password; give its password: --password-file FILE"
OLD = Outcome(Path("scan/d.pdf"), "waiting", reason="incomplete", news=False)


def screen(*, person: bool = False) -> tuple[Screen, Terminal, Terminal]:
    out, err = Terminal(person=person), Terminal(person=person)
    return Screen(out, err, quiet=False, verbose=False, person=person, colour=False), out, err


def tell(telling: Telling, *outcomes: Outcome) -> None:
    with telling.summary():
        telling.all(outcomes)


def test_a_pipe_gets_a_line_a_file_and_one_sentence() -> None:
    door, out, err = screen()
    tell(Telling(door, json=False), FILED, TWIN, LOCKED)
    assert out.text.splitlines() == [
        "filed\t17\tscan/a.pdf\t-\t-\t-",
        "duplicate\t17\tscan/b.pdf\t-\t-\t-",
        "set aside\t-\tscan/c\\x1b[2J.pdf\t-\t-\t" + LOCKED_WORDS,
    ]
    assert err.text == "3 files: 1 filed, 1 duplicate, 1 set aside.\n"


def test_what_is_no_document_is_told_by_what_it_is() -> None:
    door, out, _err = screen()
    note = "This is a Word document: print it to PDF, then file that."
    foreign = Outcome(Path("a.docx"), "set_aside", reason="not_a_document", note=note)
    tell(Telling(door, json=False), foreign)
    assert out.text == f"set aside\t-\ta.docx\t-\t-\t{note}\n"


def test_a_person_gets_a_table_at_the_end() -> None:
    door, out, _err = screen(person=True)
    telling = Telling(door, json=False)
    with telling.summary():
        telling.all([FILED])
        assert out.text == ""
    assert "Status" in out.text
    assert "a.pdf" in out.text


def test_a_person_who_watches_gets_each_line_at_once() -> None:
    door, out, _err = screen(person=True)
    telling = Telling(door, json=False, live=True)
    telling.all([FILED])
    assert "scan/a.pdf" in out.text


def test_what_was_done_until_an_interruption_is_told() -> None:
    door, out, err = screen(person=True)
    telling = Telling(door, json=False)

    def outcomes() -> None:
        with telling.summary():
            telling.all([FILED])
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        outcomes()
    assert "a.pdf" in out.text
    assert "1 file: 1 filed." in err.text


def test_what_stands_as_before_is_news_to_nobody_but_who_asks() -> None:
    door, out, err = screen()
    tell(Telling(door, json=False, live=True, news_only=True), OLD)
    assert (out.text, err.text) == ("", "")
    tell(Telling(door, json=False), OLD)
    assert out.text.startswith("waiting")


def test_nothing_to_file_is_told_unless_it_is_cron_that_asks() -> None:
    door, _out, err = screen()
    tell(Telling(door, json=False, live=True))
    assert err.text == ""
    tell(Telling(door, json=False))
    assert err.text == "There is nothing to file here.\n"


def test_what_ends_before_the_first_file_is_not_told_as_nothing_to_file() -> None:
    door, _out, err = screen()
    with pytest.raises(OSError, match="lock"), Telling(door, json=False).summary():
        raise OSError("lock")
    assert err.text == ""


def test_a_dry_run_says_so() -> None:
    door, _out, err = screen()
    tell(Telling(door, json=False, dry=True), FILED)
    assert err.text.endswith("this was a dry run.\n")


def test_progress_knows_how_many_are_done_and_to_come() -> None:
    door, _out, _err = screen()
    events: list[Event] = []
    Telling(door, json=True).all([FILED, TWIN], report=events.append, total=3)
    assert [(event.done, event.total) for event in events] == [(0, 3), (1, 3), (2, 3)]


def test_newly_set_aside_files_end_it_with_4() -> None:
    door, _out, _err = screen()
    telling = Telling(door, json=True)
    telling.all([FILED])
    telling.end()
    telling.all([LOCKED])
    with pytest.raises(typer.Exit) as ended:
        telling.end()
    assert ended.value.exit_code == 4


@pytest.fixture
def half_read(filed: Path) -> Outcome:
    with keeping.archive(filed) as kept:
        entry = kept.entry("1")
    doubts = (Doubt(2, "unread", "timeout"), Doubt(3, "unread", "crashed"))
    return Outcome(Path("a.pdf"), "filed", (1,), entry.digest, 3, entry=entry, doubts=doubts)


def test_pages_that_could_not_be_read_are_named(half_read: Outcome) -> None:
    assert row(half_read)[-1].endswith("(not readable: page 2, 3)")


@pytest.mark.parametrize("slug", REASONS)
def test_every_slug_has_a_plain_sentence(slug: str) -> None:
    assert told(slug)
    assert "_" not in told(slug)


def test_a_slug_that_nobody_knows_is_told_as_words() -> None:
    assert told("ran_away") == "ran away"
    assert advice("ran_away") == ""


GOOD = Outcome(Path("scan/baik.pdf"), "filed", (1,), "ab" * 32, 1)


def doubtful(number: int, *doubts: Doubt) -> Outcome:
    return Outcome(Path(f"scan/{number}.pdf"), "filed", (number,), "ab" * 32, 3, doubts=doubts)


def test_doubtful_pages_are_told_at_the_end_and_good_letters_add_nothing() -> None:
    door, _out, err = screen(person=True)
    tell(
        Telling(door, json=False),
        GOOD,
        doubtful(2, Doubt(1, "faint"), Doubt(2, "turned", "180"), Doubt(3, "blank")),
        doubtful(3, Doubt(2, "blank"), Doubt(1, "wordless")),
    )
    assert err.text.splitlines() == [
        "3 files: 3 filed.",
        "2.pdf (letter 2), page 1: too faint to be read well; scan it again, darker",
        "Blank: 2.pdf (letter 2), page 3; 3.pdf (letter 3), page 2",
        "Without a word: 3.pdf (letter 3), page 1",
    ]


def test_a_watcher_tells_doubtful_pages_with_the_letter() -> None:
    door, _out, err = screen(person=True)
    telling = Telling(door, json=False, live=True)
    telling.all([doubtful(2, Doubt(1, "faint"))])
    assert err.text.startswith("2.pdf (letter 2), page 1: too faint")
    before = err.text
    tell(telling, GOOD)
    assert err.text.removeprefix(before) == "2 files: 2 filed.\n"


def test_a_script_gets_doubts_as_json_only() -> None:
    door, out, err = screen()
    tell(Telling(door, json=True), doubtful(2, Doubt(1, "unread", "timeout")))
    assert '"doubts":[{"page":1,"reason":"unread","note":"timeout"}]' in out.text
    assert err.text == "1 file: 1 filed.\n"


def test_many_blank_backs_are_counted_not_listed() -> None:
    door, _out, err = screen()
    letters = [doubtful(number, Doubt(2, "blank")) for number in range(1, 9)]
    tell(Telling(door, json=False), *letters)
    assert err.text.splitlines()[1:] == ["Blank: 8 pages of 8 letters"]


def test_an_interruption_tells_how_many_files_are_left() -> None:
    door, _out, err = screen()
    telling = Telling(door, json=False)

    def outcomes() -> Iterator[Outcome]:
        yield GOOD
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), telling.summary():
        telling.all(outcomes(), total=6)
    assert err.text == "1 file: 1 filed; 5 left.\n"


def test_an_interruption_before_the_first_file_is_filed_says_so() -> None:
    door, _out, err = screen()
    telling = Telling(door, json=False)

    def outcomes() -> Iterator[Outcome]:
        yield from ()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), telling.summary():
        telling.all(outcomes(), total=6)
    assert err.text == "Nothing was filed; 6 left.\n"
