"""list: all letters that answer, for a person, a pipe and a script."""

from __future__ import annotations

import csv
import io

from tests.archive import keeping
from tests.cli.counters import Desk


def test_list_without_a_query_is_all_but_the_secret_ones(office: Desk) -> None:
    answer = office.types("list")
    assert [row[0] for row in answer.rows] == ["1", "3", "4"]
    assert [row[0] for row in office.types("list", "--rahasia").rows] == ["1", "2", "3", "4"]


def test_list_takes_the_queries_of_search(office: Desk) -> None:
    assert [row[0] for row in office.types("list", "tanggal:2024").rows] == ["1"]
    assert office.types("list", "tanggal:1999").code == 5


def test_list_draws_a_table_for_a_person(office: Desk) -> None:
    out = office.sees("list").out
    assert "Number" in out
    assert "005/17/Umum" in out
    assert "\x1b" not in out


def test_an_empty_archive_is_no_error(desk: Desk) -> None:
    desk.types("init")
    answer = desk.types("list")
    assert (answer.code, answer.out) == (0, "")
    assert "arsip ingest" in answer.err


def test_list_by_a_template(office: Desk) -> None:
    answer = office.types("list", "--format", "{id}: {date} {{{letter_number}}}", "nomor:800")
    assert answer.out == "3: 2023-01-05 {}\n"
    doubtful = office.types(
        "list", "--format", "{letter_number}", "--doubtful", "--exact", "permohonan"
    )
    assert doubtful.out == "800/l4/BKD\n"


def test_a_template_cannot_make_a_terminal_obey(office: Desk) -> None:
    answer = office.types("list", "--format", "{file}", "catatan")
    assert answer.out == "evil\\x1b[2J.txt\n"


def test_a_letter_is_one_line_unless_the_template_breaks_it(desk: Desk) -> None:
    with keeping.archive(desk.archive) as archive:
        keeping.file(archive, "isi", name="two\nlines.pdf")
    assert desk.types("list", "--format", "{file}").out == "two\\nlines.pdf\n"
    assert desk.types("list", "--format", "{id}\\n{id}").out == "1\n1\n"


def test_a_template_with_a_wrong_name_is_a_mistake(office: Desk) -> None:
    answer = office.types("list", "--format", "{colour}")
    assert answer.code == 2
    assert "letter_number" in answer.err


def test_list_in_json(office: Desk) -> None:
    first, _second, third = office.types("list", "--json").json
    assert first["source"] == "scan1.pdf"
    assert len(first["sha256"]) == 64
    assert first["fields"]["letter_number"] == "005/17/Umum"
    assert third["fields"]["letter_number"] is None


def test_list_as_csv(office: Desk) -> None:
    rows = list(csv.DictReader(io.StringIO(office.types("list", "--csv").out)))
    assert [row["id"] for row in rows] == ["1", "3", "4"]
    assert rows[0]["sender"] == "Kecamatan Mekarsari"


def test_an_option_of_a_sister_command_is_told_to_be_hers(office: Desk) -> None:
    told = office.types("list", "--sort", "newest").err
    assert told.startswith(
        "Error: There is no option --sort here; it belongs to arsip search.\n"
        "Hint: arsip list --help\n"
    )
    told = office.types("export", "--csv", "rapat").err
    assert "it belongs to arsip search, arsip list." in told
    assert "Did you mean --limit" in office.types("search", "rapat", "--limt", "3").err
    assert "There is no option --sort." in office.types("show", "1", "--sort", "x").err


def test_list_of_paths(office: Desk) -> None:
    assert office.types("list", "-0").raw.count(b"\0") == 3
