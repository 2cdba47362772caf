"""reread, and reading that was put off: what the clerk types and sees."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from arsip.model import PENDING, Doubt, Finding, Letter, PageText, Renewal
from tests.archive import keeping
from tests.cli.counters import Desk
from tests.cli.test_ingest import LETTER
from tests.scan.paper import sheet, speaker


@pytest.fixture
def scan(desk: Desk) -> Path:
    """A scan folder with a scan and a letter of text."""
    folder = desk.home / "pindai"
    folder.mkdir()
    sheet(200).save(folder / "surat balai.png", dpi=(200, 200))
    (folder / "teks.txt").write_text(LETTER)
    return folder


def engine(desk: Desk, *, word: str = "Undangan", sure: int = 95) -> None:
    program = speaker(desk.home / "tesseract", word=word, sure=sure)
    desk.environ["ARSIP_TESSERACT"] = str(program)


def older(desk: Desk, **values: str) -> None:
    """Letter 1 as rules of before understood it."""
    with keeping.archive(desk.archive) as kept, kept.run() as run:
        entry = kept.entry("1")
        findings = dict(entry.letter.findings)
        findings |= {name: (Finding(value, 0.9, "ocr"),) for name, value in values.items()}
        kept.renew(Renewal(entry.digest, {1: Letter(findings)}, {}), run.desk(), who="")


@pytest.fixture
def old(desk: Desk, scan: Path) -> Desk:
    """An office with one letter, whose subject was read by rules of before."""
    desk.types("ingest", scan / "teks.txt")
    older(desk, subject="Undangan")
    return desk


def test_differences_are_told_and_made(old: Desk) -> None:
    dry = old.types("reread", "--dry-run")
    assert dry.rows == [["1", "Subject", "Undangan", "->", "Undangan Rapat"]]
    assert dry.err == "1 file: 1 changed. Nothing was done: this was a dry run.\n"
    done = old.types("reread")
    assert (done.code, done.rows, done.err) == (0, dry.rows, "1 file: 1 changed.\n")
    assert old.types("reread").err == "1 file: 1 as before.\n"
    assert ["Subject", "Undangan Rapat"] in old.types("show", "1").rows


@pytest.mark.parametrize("words", [["1"], ["hal:undangan"], []])
def test_letters_are_named_by_number_or_query_or_not_at_all(old: Desk, words: list[str]) -> None:
    assert old.types("reread", "--dry-run", *words).rows[0][0] == "1"


def test_what_is_not_there_is_told(old: Desk) -> None:
    assert old.types("reread", "99").code == 5
    assert old.types("reread", "zamrud").code == 5
    refused = old.types("reread", "--pending")
    assert refused.code == 2
    assert "arsip reread --ocr --pending" in refused.err
    none = old.types("reread", "--ocr", "--pending")
    assert (none.code, none.err) == (0, "There is nothing to read again.\n")


def test_differences_in_json_have_the_keys_of_the_contract(old: Desk) -> None:
    [told] = old.types("reread", "--ocr", "--dry-run", "--json").json
    assert set(told) == {
        "v", "id", "sha256", "status", "reason", "pages", "fields", "doubts", "seconds",
    }  # fmt: skip
    assert (told["v"], told["id"], told["status"]) == (1, 1, "reread")
    assert told["fields"]["subject"]["after"]["value"] == "Undangan Rapat"
    [page] = told["pages"]
    assert (page["page"], page["verdict"]) == (1, "same")
    assert page["before"]["words"] == page["after"]["words"] > 10


def test_the_values_of_a_secret_letter_are_told_only_when_that_is_asked_for(old: Desk) -> None:
    old.types("edit", "1", "sifat=rahasia")
    assert old.types("reread", "--dry-run").rows == [["1", "Subject", "...", "->", "..."]]
    [told] = old.types("reread", "--dry-run", "--json").json
    assert told["fields"] == {"subject": None}
    assert "Undangan Rapat" in old.types("reread", "--dry-run", "--rahasia").out


def test_a_damaged_letter_is_told_and_ends_it_with_7(old: Desk) -> None:
    next((old.archive / "vault").rglob("text.jsonl")).unlink()
    answer = old.types("reread")
    assert answer.code == 7
    assert "Letter 1: " in answer.err
    assert answer.err.endswith("1 file: 1 failed.\n")


def test_a_file_that_cannot_be_read_now_ends_it_with_4(old: Desk) -> None:
    config = old.home / "config.toml"
    config.write_text("[limits]\npages = 0\n")
    answer = old.types("--config", config, "reread", "--ocr")
    assert answer.code == 4
    assert "it is larger than the limit" in answer.err


def test_scans_are_filed_at_once_and_read_later(desk: Desk, scan: Path) -> None:
    engine(desk, word="Zamrud")
    first = desk.types("ingest", "--defer-ocr", scan)
    assert first.code == 0
    waits, text = first.rows
    assert waits[-1] == "(not read yet)"
    assert text[3] == "005/17/Umum"
    assert "1 page waits to be read: arsip reread --ocr --pending" in first.err
    assert dict(desk.types("status").rows[:7])["Pages to be read"] == "1"
    assert "arsip reread --ocr --pending" in desk.types("status").err
    assert [row[0] for row in desk.types("search", "balai").rows] == ["1"]
    assert "not read yet" in desk.types("show", "1", "--text").err
    later = desk.types("reread", "--ocr", "--pending")
    assert later.rows[0] == ["1", "page 1", "not read yet", "->", "1 word, 95 % sure"]
    assert later.rows[1][:4] == ["1", "Letter", "-", "->"]
    assert later.err == "1 file: 1 changed.\n"
    assert desk.types("status").err == ""
    assert [row[0] for row in desk.types("search", "zamrud").rows] == ["1"]
    assert desk.types("verify", "--full").code == 0


def test_reading_is_put_off_by_watch_too(desk: Desk, scan: Path) -> None:
    engine(desk)
    answer = desk.types("watch", "--once", "--settle", "0", "--defer-ocr", scan, "--json")
    assert [told["doubts"] for told in answer.json] == [
        [{"page": 1, "reason": "pending", "note": None}],
        [],
    ]
    assert list(scan.iterdir()) == []


def test_a_page_that_reads_worse_now_keeps_its_words_and_that_is_told(
    desk: Desk, scan: Path
) -> None:
    engine(desk)
    desk.types("ingest", scan / "surat balai.png")
    engine(desk, word="Und", sure=60)
    answer = desk.types("reread", "--ocr")
    assert answer.rows == [["1", "page 1", "1 word, 95 % sure", "=", "1 word, 60 % sure"]]
    assert answer.err == "1 file: 1 kept, for they read worse now.\n"
    engine(desk, word="UndanganRapat", sure=95)
    assert desk.types("reread", "--ocr").rows[0][3] == "->"


def test_a_blank_scan_that_waits_is_told_as_blank_once_it_is_read(desk: Desk, scan: Path) -> None:
    engine(desk)
    white = scan / "kosong.png"
    Image.new("L", (1654, 2339), "white").save(white, dpi=(200, 200))
    desk.types("ingest", "--defer-ocr", white)
    answer = desk.types("reread", "--ocr", "--pending")
    assert "Letter 1, page 1: blank" in answer.err


def test_what_still_cannot_be_read_is_told(desk: Desk, scan: Path) -> None:
    engine(desk)
    desk.types("ingest", "--defer-ocr", scan / "surat balai.png")
    speaker(desk.home / "tesseract", trouble="exit 1")
    first = desk.types("reread", "--ocr", "--pending")
    assert first.rows == [
        ["1", "page 1", "not read yet", "->", "the text recognition failed"],
        ["1", "Letter", "-", "->", "-"],
    ]
    assert "page 1: could not be read: the text recognition failed; scan it again" in first.err
    again = desk.types("reread", "--ocr", "--pending")
    assert again.err.endswith("1 file: 1 still without words.\n")
    assert ["Pages without words", "1"] in desk.types("status").rows


def test_pages_that_wait_in_an_archive_of_others_are_found_by_query_too(desk: Desk) -> None:
    with keeping.archive(desk.archive) as kept, kept.run() as run:
        for number in (1, 2):
            place = run.desk()
            made = keeping.reading(place, f"surat {number}", name="camat.pdf")
            waits = made._replace(
                pages=(PageText(1, unread=PENDING),), doubts=(Doubt(1, "pending"),)
            )
            kept.file(waits if number == 1 else made, place)
    told = desk.types("reread", "--ocr", "--pending", "--dry-run", "--json", "camat").json
    assert [_brief(one) for one in told] == [(1, "failed")]


def _brief(told: dict[str, Any]) -> tuple[int, str]:
    json.dumps(told)
    return told["id"], told["status"]
