"""log, undo: who did what, and the last of it taken back."""

from __future__ import annotations

import pytest

from arsip.archive.ledger import Act, Line
from arsip.cli.deeds import _done, _when
from arsip.cli.rules import RULES
from tests.cli.counters import Desk
from tests.cli.test_editing import asked


def corrected(office: Desk, *words: str) -> None:
    assert office.types("edit", *words, ARSIP_WHO="Siti").code == 0


def test_the_log_tells_who_changed_what(office: Desk) -> None:
    corrected(office, "3", "nomor=800/14/BKD", "hal=")
    number, when, who, what, *change = office.types("log", "3").rows[-1]
    assert (who, what) == ("Siti", "corrected letter 3")
    assert change == ["3", "Subject", "Permohonan Data", "->", "-"]
    seen = office.sees("log", "3").out.splitlines()
    assert seen[0].split("  ")[-1] == "filed letter 3"
    assert seen[1] == f"{number.rjust(5)}  {when}  Siti: corrected letter 3"
    assert seen[2] == " " * 9 + "Number: 800/l4/BKD ? -> 800/14/BKD"


def test_a_value_that_was_confirmed_is_told_so(office: Desk) -> None:
    corrected(office, "1", "hal=Undangan Rapat Stunting")
    assert office.types("log", "1").rows[-1][-3:] == [
        "Undangan Rapat Stunting (read)",
        "->",
        "Undangan Rapat Stunting (confirmed)",
    ]
    corrected(office, "4", "dari=")
    assert office.types("log", "4").rows[-1][-3:] == ["- (not found)", "->", "- (not found)"]


def test_the_whole_log_or_its_end_can_be_asked_for(office: Desk) -> None:
    acts = [row[3] for row in office.types("log").rows]
    assert acts[0] == "made the archive"
    assert acts[1:] == [f"filed letter {number}" for number in (1, 2, 3, 4)]
    assert len(office.types("log", "--limit", "2").rows) == 2


def test_values_of_secret_letters_are_told_only_when_asked_for(office: Desk) -> None:
    corrected(office, "2", "hal=Laporan Kas")
    for command in (["log", "2"], ["undo", "2", "--yes"]):
        assert "Kas" not in office.types(*command).out
    assert "Laporan Kas" in office.types("log", "2", "--rahasia").out
    changes = office.types("log", "2", "--json").json[-1]["changes"]
    assert (changes[0]["hidden"], changes[0]["before"], changes[0]["after"]) == (True, None, None)


def test_the_log_in_json_has_the_values_with_their_evidence(office: Desk) -> None:
    corrected(office, "1", "hal=Baru")
    act = office.types("log", "1", "--json").json[-1]
    assert (act["v"], act["act"], act["who"], act["ids"], act["note"]) == (
        1,
        "edit",
        "Siti",
        [1],
        {},
    )
    [change] = act["changes"]
    assert (change["id"], change["field"], change["denied"]) == (1, "subject", False)
    assert change["before"]["value"] == "Undangan Rapat Stunting"
    assert change["after"]["origin"] == "person"


def line(name: str, ids: tuple[int, ...] = (), **note: str) -> Line:
    return Line(1, "2024-03-15T08:30:00+07:00", Act(name, ids, {}, note), "", "")


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (line("aside", reason="password"), "set a file aside: it is locked with a password"),
        (line("undo", (1,), undoes="edit"), "took back a change of letter 1"),
        (line("undo", (1,), undoes="undo"), "changed letter 1 again, as before the undo"),
        (line("undo", (1,), undoes="redo"), "took back a change of letter 1"),
        (line("edit", (1,), recovered="yes"), "corrected letter 1 (finished after a break-off)"),
        (line("file", tuple(range(1, 13))), "filed letters 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 (+2)"),
        (line("put_to_rest", (4,)), "put to rest letter 4"),
    ],
)
def test_every_act_is_told_in_plain_words(act: Line, told: str) -> None:
    assert _done(act) == told


def test_a_time_that_is_none_is_told_as_it_stands() -> None:
    assert _when("yesterday") == "yesterday"


def test_undo_tells_what_it_did(office: Desk) -> None:
    corrected(office, "1", "hal=Baru")
    answer = office.types("undo", "--yes")
    assert answer.rows == [["1", "Subject", "Baru", "->", "Undangan Rapat Stunting"]]
    assert answer.err == "1 letter is as before act 6.\n"
    assert office.types("undo", "--yes").err == "1 letter is again as before the undo.\n"
    [told] = office.types("undo", "1", "--yes", "--json").json
    assert (told["undone"], told["ids"]) == (8, [1])
    assert told["changes"][0]["after"]["value"] == "Undangan Rapat Stunting"


def test_undo_asks_first(office: Desk) -> None:
    office.types("edit", "rapat", "tags=x,y", "--yes", ARSIP_WHO="Siti")
    assert office.types("undo").code == 2
    office.monkeypatch.setattr("arsip.cli.deeds.PREVIEWED", 1)
    code, out, err = asked(office, "n\n", "undo")
    assert (code, "Take it back? [y/N]" in out) == (0, True)
    assert "Siti: corrected letters 1, 3" in err
    assert "  1  Tags: x, y -> -" in err
    assert "  and 1 more" in err
    assert err.endswith("Nothing was changed.\n")
    assert asked(office, "y\n", "undo")[2].endswith("2 letters are as before act 7.\n")


def test_an_earlier_act_can_be_taken_back_by_its_number(office: Desk) -> None:
    corrected(office, "1", "hal=Baru")
    corrected(office, "1", "catatan=asli")
    assert office.types("undo", "--act", "6", "--yes").code == 0
    assert office.types("list", "--format", "{subject} {note}", "stunting").out == (
        "Undangan Rapat Stunting asli\n"
    )
    again = office.types("undo", "--act", "6", "--yes")
    assert (again.code, "undone already" in again.err) == (5, True)


def test_where_nothing_was_changed_a_hint_is_told(office: Desk) -> None:
    answer = office.types("undo", "4", "--yes")
    assert answer.code == 5
    assert "Hint: arsip log 4" in answer.err


def test_sentences_for_rules_are_no_sentences_of_their_own() -> None:
    assert all(not text.endswith(".") for text in RULES.values())
