"""The door to the terminal: nothing from a letter or a file name goes through raw."""

from __future__ import annotations

import io
import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arsip.cli.render import Screen, block, marked, plain, screen
from arsip.model import Event
from tests.cli.counters import Terminal

ANY_TEXT = st.text(st.characters(exclude_categories=()))


def shown(
    *, person: bool = False, colour: bool = False, quiet: bool = False, encoding: str = "utf-8"
) -> tuple[Screen, Terminal, Terminal]:
    out, err = Terminal(encoding=encoding, person=person), Terminal(person=person)
    return Screen(out, err, quiet=quiet, verbose=False, person=person, colour=colour), out, err


def dangerous(text: str) -> set[str]:
    """Characters that a terminal obeys instead of showing."""
    marks = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    return {
        sign for sign in text if unicodedata.category(sign) in {"Cc", "Cs", "Zl"} or sign in marks
    }


@given(ANY_TEXT)
def test_a_line_never_carries_a_control_bidi_or_surrogate_character(text: str) -> None:
    assert not dangerous(plain(text))


@given(ANY_TEXT)
def test_a_block_carries_no_control_character_but_line_ends_and_tabs(text: str) -> None:
    assert dangerous(block(text)) <= {"\n", "\t"}


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"])))
def test_harmless_text_is_shown_as_it_is(text: str) -> None:
    assert plain(text) == text


def test_an_escape_sequence_is_seen_not_obeyed() -> None:
    assert plain("\x1b[2Jsurat\u202efdp.exe") == r"\x1b[2Jsurat\u202efdp.exe"


def test_a_byte_of_a_file_name_that_is_no_utf8_is_seen_as_that_byte() -> None:
    assert plain("surat-\udce9.pdf") == r"surat-\xe9.pdf"


@given(ANY_TEXT)
def test_json_says_exactly_what_the_letter_says_and_hides_nothing(text: str) -> None:
    door, out, _err = shown()
    door.json({"text": text})
    line = out.text
    assert not dangerous(line.removesuffix("\n"))
    assert json.loads(line) == {"text": text}


def test_json_on_a_stream_that_is_not_utf8_is_plain_ascii() -> None:
    door, out, _err = shown(encoding="iso-8859-1")
    door.json({"snippet": "«undangan» →"})
    assert out.text.isascii()
    assert json.loads(out.text) == {"snippet": "«undangan» →"}


def test_a_snippet_marks_its_matches_with_guillemets_where_there_is_no_colour() -> None:
    snippet = "mohon\nhadir pada \x02undangan\x03 rapat \x1b[0m"
    assert marked(snippet) == r"mohon hadir pada «undangan» rapat \x1b[0m"
    door, out, _err = shown()
    door.flow(*door.runs(snippet))
    assert out.text == marked(snippet) + "\n"


def test_a_snippet_is_bold_where_there_is_colour_and_its_own_codes_stay_dead() -> None:
    door, out, _err = shown(person=True, colour=True)
    door.flow(*door.runs("\x02undangan\x03 \x1b[31m"))
    assert out.text == "\x1b[1mundangan\x1b[0m \\x1b[31m\n"


def test_marks_in_a_text_keep_its_lines_and_its_own_codes_stay_dead() -> None:
    door, out, _err = shown(person=True, colour=True)
    door.marks("Hal :\x02Undangan\x03\n\x1b[31m")
    assert out.text == "Hal :\x1b[1mUndangan\x1b[0m\n\\x1b[31m\n"
    door, out, _err = shown(person=True)
    door.marks("Hal :\x02Undangan\x03")
    assert out.text == "Hal :«Undangan»\n"


def test_guillemets_of_the_text_itself_are_not_taken_for_marks() -> None:
    text = "rapat «\x02desa\x03» lagi"
    assert marked(text) == "rapat \u2039«desa»\u203a lagi"
    for colour, seen in ((False, marked(text)), (True, "rapat «\x1b[1mdesa\x1b[0m» lagi")):
        door, out, _err = shown(person=True, colour=colour)
        door.marks(text)
        door.flow(*door.runs(text))
        assert out.text == f"{seen}\n{seen}\n"


def test_a_row_for_a_pipe_has_one_tab_between_cells_whatever_the_cells_hold() -> None:
    door, out, _err = shown()
    door.row(["a\tb", "c\nd", "e"])
    assert out.text == "a\\tb\tc\\nd\te\n"


def test_a_table_for_a_pipe_is_rows_without_a_heading() -> None:
    door, out, _err = shown()
    door.table(["ID", "Number"], [["1", "005/1/Umum"], ["2", ""]])
    assert out.text == "1\t005/1/Umum\n2\t\n"


def test_a_table_for_a_person_has_headings_and_takes_markup_for_text() -> None:
    door, out, _err = shown(person=True)
    door.table(["ID", "Subject"], [["1", "[bold]Undangan[/] :smile: \x1b[31m"]])
    assert "Subject" in out.text
    assert r"[bold]Undangan[/] :smile: \x1b[31m" in out.text
    assert "\x1b" not in out.text


def test_a_number_in_a_narrow_table_does_not_break(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    door, out, _err = shown(person=True)
    subject = "Penyampaian data ruang kelas yang rusak pada tahun anggaran berjalan"
    door.table(["Number", "Date", "Subject"], [["400.3.1/087/Kec.Rcb", "2024-03-20", subject]])
    assert "400.3.1/087/Kec.Rcb   2024-03-20   Penyampaian" in out.text


LETTER = ("filed", "18", "SCAN0001.pdf", "400.3.1/1182/Disdikbud/2024", "2024-03-12")
ABOUT = "Permintaan Data Riwayat Pengembangan Kompetensi Semester II Tahun 2025"


@pytest.mark.parametrize("columns", [20, 45, 60, 80, 90, 100, 120])
def test_a_table_is_never_wider_than_the_terminal_and_loses_nothing(
    monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    door, out, _err = shown(person=True)
    door.table(["Status", "ID", "File", "Number", "Date", "Subject"], [[*LETTER, ABOUT]])
    assert max(map(len, out.text.splitlines())) <= columns
    assert all(out.text.count(sign) == "".join((*LETTER, ABOUT)).count(sign) for sign in "048/")


def test_on_eighty_columns_a_number_is_whole_and_the_subject_stands_below(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    door, out, _err = shown(person=True)
    door.table(["Status", "ID", "File", "Number", "Date", "Subject"], [[*LETTER, ABOUT]])
    assert [line.rstrip() for line in out.text.splitlines()[2:]] == [
        "  ".join(LETTER).replace("filed  ", "filed   "),
        "    " + ABOUT,
    ]


def test_paths_for_another_program_are_its_bytes_ended_as_asked() -> None:
    door, out, _err = shown()
    door.path(Path("scan/surat-\udce9.pdf"), end="\0")
    door.path(Path("a b.pdf"))
    door.out.flush()
    assert out.bytes.getvalue() == b"scan/surat-\xe9.pdf\0a b.pdf\n"


def test_a_path_for_a_person_is_escaped() -> None:
    door, out, _err = shown(person=True)
    door.path(Path("a\x1bb.pdf"))
    assert out.text == "a\\x1bb.pdf\n"


def test_quiet_leaves_out_notes_but_no_errors() -> None:
    door, _out, err = shown(quiet=True)
    door.note("12 files")
    door.detail("a detail")
    door.error("It is broken.", "arsip doctor")
    assert err.text == "Error: It is broken.\nHint: arsip doctor\n"


def test_progress_is_drawn_for_a_person_and_leaves_nothing_behind_for_a_pipe() -> None:
    door, out, err = shown(person=True)
    with door.progress() as report:
        report(Event("take", "surat\x1b[2J.pdf"))
        report(Event("settled", "surat.pdf", 1, 2))
    assert "surat" in err.text
    assert "\x1b[2J" not in err.text
    assert out.text == ""
    piped, _out, silent_err = shown()
    with piped.progress() as report:
        report(Event("take", "surat.pdf"))
    assert silent_err.text == ""


def test_colour_is_for_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout", Terminal())
    assert screen({}).colour


@pytest.mark.parametrize("environ", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_a_person_can_do_without_colour(
    environ: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout", Terminal())
    assert not screen(environ).colour


def test_a_pipe_gets_no_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout", Terminal(person=False))
    assert not screen({}).colour


def test_a_terminal_that_knows_no_utf8_is_written_to_without_an_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr("sys.stdout", out)
    screen({}).line("«undangan»")
    out.flush()
    assert out.buffer.getvalue() == b"\\xabundangan\\xbb\n"
