"""Letters handed over as rows."""

from __future__ import annotations

import csv as rfc4180
import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arsip.archive.export import NAMES, csv, jsonl, template
from arsip.errors import BadValue
from arsip.fields import FIELDS
from arsip.model import Box, Entry, Finding, Letter, PageText, Word

FILED = dt.datetime(2024, 3, 15, 8, tzinfo=dt.UTC)


def finding(value: Any, *, doubtful: bool = False) -> tuple[Finding[Any], ...]:
    return (Finding(value, 0.9, "ocr", doubtful=doubtful),)


LETTER = Letter(
    {
        "letter_number": finding("005/l23", doubtful=True),
        "date": finding(dt.date(2022, 9, 21)),
        "subject": finding("Undangan; rapat"),
        "recipient": finding(("Camat A", "Camat B")),
    }
)
ENTRY = Entry(
    id=17,
    digest="ab" * 32,
    state="filed",
    filed_at=FILED,
    source="scan 1.pdf",
    original=Path("vault/ab/original.pdf"),
    reading=None,
    pages=(3, 4),
    letter=LETTER,
)


def pages(_entry: Entry) -> tuple[PageText, ...]:
    box = Box(0, 0, 1, 1)
    return tuple(
        PageText(number, ((Word("Halaman", box), Word(str(number), box)),)) for number in (3, 4)
    )


def named(**values: Any) -> Entry:
    found = {name: finding(value) for name, value in values.items()}
    return ENTRY._replace(letter=Letter(found))


def test_a_json_row_has_every_field_and_the_text() -> None:
    (line,) = jsonl([ENTRY], pages)
    row = json.loads(line)
    assert list(row) == [*NAMES, "text"]
    assert row == {
        **dict.fromkeys((field.name for field in FIELDS), None),
        "id": 17,
        "sha256": "ab" * 32,
        "file": "scan 1.pdf",
        "first_page": 3,
        "pages": 2,
        "date": "2022-09-21",
        "subject": "Undangan; rapat",
        "recipient": ["Camat A", "Camat B"],
        "text": "Halaman 3\fHalaman 4",
    }
    assert "\n" not in line


def test_a_candidate_is_a_value_only_on_request() -> None:
    (line,) = jsonl([ENTRY], pages, doubtful=True)
    assert json.loads(line)["letter_number"] == "005/l23"
    assert template("{letter_number}")(ENTRY) == ""
    assert template("{letter_number}", doubtful=True)(ENTRY) == "005/l23"


def test_a_letter_without_pages_begins_at_the_first() -> None:
    (line,) = jsonl([ENTRY._replace(pages=())], lambda _: ())
    row = json.loads(line)
    assert (row["first_page"], row["pages"], row["text"]) == (1, 0, "")


def test_a_broken_sign_is_still_json_and_utf8() -> None:
    (line,) = jsonl([named(subject="rusak \udcff")], pages)
    assert json.loads(line.encode())["subject"] == "rusak \udcff"
    (*_, record) = csv([named(subject="rusak \udcff")])
    assert b"rusak \\udcff" in record.encode()


def read(text: str) -> list[dict[str, str]]:
    return list(rfc4180.DictReader(io.StringIO(text, newline="")))


def test_csv_has_a_header_and_a_record_a_letter() -> None:
    (row,) = read("".join(csv([ENTRY], pages, doubtful=True)))
    assert list(row) == [*NAMES, "text"]
    assert row["letter_number"] == "005/l23"
    assert row["recipient"] == "Camat A; Camat B"
    assert row["sensitivity"] == ""
    assert row["text"] == "Halaman 3\fHalaman 4"


def test_csv_without_pages_has_no_text() -> None:
    header, record = csv([ENTRY])
    assert header == ",".join(NAMES) + "\r\n"
    assert record.endswith("\r\n")
    assert "Halaman" not in record


@pytest.mark.parametrize(
    "value", ["=HYPERLINK(1)", "+62 811", "-", "@SUM(A1)", " =1+1", "\t=1", "%0A", "|calc"]
)
def test_a_cell_is_no_formula(value: str) -> None:
    (row,) = read("".join(csv([named(subject=value)._replace(source=value)])))
    assert row["subject"] == row["file"] == "'" + value


@given(st.text(alphabet='=+-@ab,;"\n\r\t '))
def test_csv_reads_back_as_it_was(text: str) -> None:
    (row,) = read("".join(csv([named(subject=text)])))
    assert row["subject"] in (text, "'" + text)
    assert not row["subject"].lstrip().startswith(("=", "+", "-", "@"))


def test_a_template_names_what_a_letter_has() -> None:
    fill = template(r"{id}\t{sha256} {file} {first_page}+{pages} {date} {recipient}\n{{x}}")
    assert fill(ENTRY) == (
        f"17\t{'ab' * 32} scan 1.pdf 3+2 2022-09-21 Camat A; Camat B\n{{x}}"
    )  # fmt: skip
    assert template("tanpa nama")(ENTRY) == "tanpa nama"


def test_a_value_is_not_read_as_a_template() -> None:
    assert template("{subject}")(named(subject=r"{sha256} {{ \t")) == r"{sha256} {{ \t"


@pytest.mark.parametrize(
    "text",
    [
        "{nomor}",
        "{}",
        "{id.__class__}",
        "{id!r}",
        "{id:>10}",
        "{0}",
        "{subject[0]}",
        "{",
        "}",
        "{id",
    ],
)
def test_a_template_with_another_name_is_refused(text: str) -> None:
    with pytest.raises(BadValue) as caught:
        template(text)
    assert "letter_number" in caught.value.hint
    assert caught.value.exit_code == 2
