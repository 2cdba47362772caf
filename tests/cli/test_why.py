"""why: what speaks for a value, and what lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from arsip.archive.store import Archive
from arsip.cli import rules
from arsip.cli.around import head_rows, place_said, rows_around
from arsip.cli.rules import RULES, because, lost
from arsip.model import Box, Finding, PageText, Word
from tests.archive import keeping
from tests.cli.counters import Desk
from tests.letter.typed import read

LETTER = Path(rules.__file__).parents[1] / "letter"
TOLD = re.compile(
    r"""(?:found|inferred)\((?:[^()]|\([^()]*\))*?"([a-z_]+)"\s*,\s*sure""", re.DOTALL
)


def word(text: str, left: int, top: int) -> Word:
    return Word(text, Box(left, top, left + 10 * len(text), top + 10))


def page() -> PageText:
    """Two columns: labels and a date beside each other, then three rows."""
    lines = (
        (word("Nomor", 100, 100), word("005/l23", 160, 100)),
        (word("Jakarta,", 600, 101), word("5", 700, 101), word("Maret", 730, 101)),
        (word("Hal", 100, 120), word("Undangan", 160, 120)),
        (word("Yth.", 100, 200),),
        (word("isi", 100, 300),),
        (word("tanda", 100, 500), word("tangan", 160, 500)),
    )
    return PageText(1, lines=lines)


def test_the_rows_around_a_value_are_as_they_are_printed() -> None:
    rows = rows_around(page(), Box(160, 100, 230, 110))
    assert [row.text for row in rows] == [
        "Nomor «005/l23»   Jakarta, 5 Maret",
        "Hal Undangan",
        "Yth.",
    ]
    assert [row.marked for row in rows] == [True, False, False]
    assert rows_around(page(), Box(900, 900, 950, 950)) == ()
    assert [row.text for row in head_rows(page())][-1] == "tanda tangan"


@pytest.mark.parametrize(
    ("box", "said"),
    [
        (None, "page 2"),
        (Box(10, 10, 200, 30), "page 2, top left"),
        (Box(800, 400, 900, 420), "page 2, on the right"),
        (Box(10, 950, 990, 1000), "page 2, bottom"),
        (Box(1000, 1000, 1000, 1000), "page 2, bottom right"),
    ],
)
def test_a_place_is_said_as_a_person_would(box: Box | None, said: str) -> None:
    assert place_said(2, box) == said
    assert place_said(None, box) == ""


def test_every_rule_of_the_readers_has_its_sentence() -> None:
    named = {rule for path in LETTER.glob("*.py") for rule in TOLD.findall(path.read_text())}
    assert len(named) > 15
    # A habit is told with the place that the sender's letters taught.
    assert named - set(RULES) == {"habit"}


def test_every_rule_that_golden_letters_need_has_its_sentence() -> None:
    papers = sorted((Path(__file__).parents[1] / "letter" / "golden").glob("*.txt"))
    letters = [read(paper.read_text(encoding="utf-8")) for paper in papers]
    found = {one.rule for letter in letters for many in letter.findings.values() for one in many}
    assert found - set(RULES) == set()


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("habit:behind:9/10:no: naskah", "it stands where this sender has it, behind “no: naskah”"),
        ("habit:region:2/3:first top left", "has it, on the first page, at the top left (2/3"),
        ("habit:shape:4/4:", "it is written as this sender writes it (4/4 letters)"),
        ("letterhead_known:3/3", "people call the office of this letterhead so (3/3 letters)"),
    ],
)
def test_what_other_letters_of_a_sender_taught_is_told(rule: str, said: str) -> None:
    assert said in because(Finding("x", 0.9, "ocr", rule))


def test_a_rule_of_a_newer_arsip_is_told_as_it_is_called() -> None:
    found: Finding[str] = Finding("x", 0.4, "ocr", "by_magic")
    assert because(found) == "by magic"
    assert lost(found) == "less speaks for it: by magic"
    assert lost(found._replace(rule="cited")) == "the letter refers to it"
    assert because(found._replace(origin="person", rule="")) == "? says so"


def test_a_person_is_told_words_place_and_reason(office: Desk) -> None:
    seen = office.sees("why", "3").out
    assert "800/l4/BKD  (doubtful, 95 %)" in seen
    assert "on the page: “letter_number :”" in seen
    assert "page 1, top left; read from the image of the page" in seen
    assert "it stands behind its label" in seen
    assert "Not found in it: From, To, " in seen


def test_one_field_comes_with_the_lines_around_it(office: Desk) -> None:
    answer = office.types("why", "1", "hal")
    assert answer.rows[0][:3] == ["Subject", "sure", "Undangan Rapat Stunting"]
    assert answer.code == 0


def test_what_is_absent_or_denied_is_told(office: Desk) -> None:
    office.types("edit", "1", "hal=")
    assert office.types("why", "1", "hal").rows == [
        ["Subject", "a person says that the letter has none"]
    ]
    assert office.types("why", "1", "tenggat").rows == [["Deadline", "not found in the letter"]]
    assert office.types("why", "1", "tag").rows == [["Tags", "nobody has given it any"]]
    rows = office.types("why", "1").rows
    assert ["Subject", "a person says that the letter has none"] in rows
    assert ["Deadline", "-"] in rows


def test_what_a_person_typed_is_told_as_theirs(office: Desk) -> None:
    office.types("edit", "1", "hal=Baru", ARSIP_WHO="Siti")
    seen = office.sees("why", "1", "hal").out.splitlines()
    assert seen[0].split() == ["Subject", "Baru"]
    assert [line.strip() for line in seen[1:]] == ["typed or confirmed by a person", "Siti says so"]


def test_secret_letters_and_unknown_fields_are_refused(office: Desk) -> None:
    assert office.types("why", "2").code == 5
    assert office.types("why", "2", "--rahasia").code == 0
    assert "There is no field warna." in office.types("why", "1", "warna").err


def filed(office: Desk) -> None:
    """A letter whose date has a rival, with a page of rows."""
    office.home.joinpath("arsip").mkdir(exist_ok=True)
    with Archive.open(office.archive, clock=keeping.clock) as archive, archive.run() as run:
        place = run.desk()
        made = keeping.reading(place, "surat lima")
        best = Finding("005/123", 0.4, "ocr", "label", 1, Box(160, 100, 230, 110), "005/l23", True)
        rival = best._replace(value="004/9", rule="cited", raw="")
        letter = made.letter._replace(findings={"letter_number": (best, rival)})
        archive.file(made._replace(pages=(page(),), letter=letter), place)


def test_rivals_are_told_with_why_they_lost(office: Desk) -> None:
    filed(office)
    seen = office.sees("why", "5", "nomor", colour=True).out
    assert "not 004/9: the letter refers to it (page 1, top left)" in seen
    assert "Nomor \x1b[1m«005/l23»\x1b[0m   Jakarta, 5 Maret" in seen
    rows = office.types("why", "5").rows
    assert rows[1][:3] == ["Number", "lost", "004/9"]
    [told] = office.types("why", "5", "nomor", "--json").json
    assert (told["field"], told["denied"], told["found"]["candidate"]) == (
        "letter_number",
        False,
        "005/123",
    )
    assert (told["found"]["rule"], told["found"]["raw"]) == ("label", "005/l23")
    assert told["rivals"][0]["candidate"] == "004/9"
    assert told["lines"][0] == {
        "page": 1,
        "text": "Nomor «005/l23»   Jakarta, 5 Maret",
        "marked": True,
    }
    assert len(office.types("why", "5", "--json").json) > 20
