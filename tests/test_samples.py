"""The sample documents are what their truth says, and arsip reads them rightly."""

from __future__ import annotations

import datetime as dt
import hashlib
import importlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from arsip.scan.sniff import sniff, whole
from bench.samples import distance, folded

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "sample_docs"
TRUTHS: dict[str, dict[str, Any]] = {
    truth["file"]: truth
    for path in sorted((ROOT / "tests" / "samples" / "truth").glob("*.json"))
    for truth in [json.loads(path.read_text(encoding="utf-8"))]
}
LETTERS = [name for name, truth in TRUTHS.items() if truth["fields"]]
CLEAR = [
    name for name, truth in TRUTHS.items() if (truth["look"], truth["dpi"]) == ("straight", 300)
]
FONTS = Path("/usr/share/fonts/truetype/crosextra")
MOST_BYTES = 6_000_000
MOST_ERRORS = 0.02
"""Character error rate allowed on a straight page of 300 dpi."""
MONTHS = "januari februari maret april mei juni juli agustus september oktober november desember"
WEEKDAYS = "Senin Selasa Rabu Kamis Jumat Sabtu Minggu"
DAY_AND_DATE = re.compile(r"(\w+), (\d{1,2}) (\w+) (20\d\d)")
NIP = re.compile(r"NIP\.? ?(\d{8}) ?(\d{6}) ?(\d) ?(\d{3})")


def test_every_sample_has_its_truth_and_its_bytes() -> None:
    sums = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in SAMPLES.iterdir()}
    assert sums == {name: truth["sha256"] for name, truth in TRUTHS.items()}
    assert len(LETTERS) >= 14
    assert sum(path.stat().st_size for path in SAMPLES.iterdir()) < MOST_BYTES


def test_every_way_in_is_among_the_samples() -> None:
    looks = {truth["look"] for truth in TRUTHS.values()}
    assert looks >= {"straight", "skewed", "turned", "photo", "fax", "low", "digital", "text"}
    formats = {sniff(SAMPLES / name, name) for name in TRUTHS}
    assert formats >= {"pdf", "jpeg", "tiff", "png", "txt"}
    kinds = {TRUTHS[name]["fields"]["doc_type"] for name in LETTERS}
    assert len(kinds) >= 8


def test_weekdays_in_the_samples_agree_with_their_dates() -> None:
    seen = 0
    for truth in TRUTHS.values():
        for weekday, day, month, year in DAY_AND_DATE.findall(folded(" ".join(truth["pages"]))):
            if weekday in WEEKDAYS:
                number = MONTHS.split().index(month.lower()) + 1
                date = dt.date(int(year), number, int(day))
                assert WEEKDAYS.split()[date.weekday()] == weekday, truth["file"]
                seen += 1
    assert seen >= 8


def test_officials_in_the_samples_have_numbers_of_the_right_build() -> None:
    seen = 0
    for truth in TRUTHS.values():
        for born, since, sex, order in NIP.findall(folded(" ".join(truth["pages"]))):
            birth = dt.datetime.strptime(born, "%Y%m%d").replace(tzinfo=dt.UTC)
            entry = dt.datetime.strptime(since, "%Y%m").replace(tzinfo=dt.UTC)
            assert 17 <= entry.year - birth.year <= 58
            assert sex in "12"
            assert order != "000"
            seen += 1
    assert seen >= 10


def test_one_letter_answers_another() -> None:
    asked = TRUTHS["SCAN0001.pdf"]["fields"]
    answer = folded(TRUTHS["SCAN0002.pdf"]["pages"][0])
    assert f"surat Saudara Nomor {asked['letter_number']} tanggal 12 Maret 2024" in answer
    assert asked["date"] == "2024-03-12"


@pytest.mark.parametrize("name", [name for name in LETTERS if TRUTHS[name]["look"] == "digital"])
def test_a_digital_sample_says_what_its_truth_says(name: str) -> None:
    with pypdfium2.PdfDocument(SAMPLES / name) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    assert sorted(folded(" ".join(texts)).split()) == sorted(
        folded(" ".join(TRUTHS[name]["pages"])).split()
    )


def test_the_odd_ones_are_odd() -> None:
    twin = TRUTHS["lampiran email.pdf"]
    assert twin["sha256"] == TRUTHS[twin["same_as"]]["sha256"]
    assert not whole(SAMPLES / "SCAN0010.pdf", "pdf")
    assert whole(SAMPLES / "SCAN0002.pdf", "pdf")
    with pytest.raises(pypdfium2.PdfiumError, match="password"):
        pypdfium2.PdfDocument(SAMPLES / "slip gaji mei.pdf")


@pytest.mark.skipif(not FONTS.is_dir(), reason="the samples' fonts are not on this machine")
def test_the_script_still_writes_what_the_truth_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(ROOT / "tests" / "samples")
    make = importlib.import_module("make")
    make.load_fonts()
    for paper in make.PAPERS:
        draft = paper.write()
        truth = TRUTHS[paper.name]
        assert (draft.fields, draft.sheet.texts()) == (truth["fields"], truth["pages"])


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive that has taken in the whole folder, and what it said beside it."""
    root = tmp_path_factory.mktemp("samples") / "arsip"
    said = typed(root, "ingest", str(SAMPLES), "--json")
    (root.parent / "said.jsonl").write_text(said.stdout, encoding="utf-8")
    assert said.returncode == 4, said.stderr  # done, some set aside
    return root


def typed(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "arsip", "--archive", str(root), *words]
    environ = {**os.environ, "ARSIP_LANG": "en"}
    return subprocess.run(command, env=environ, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def exported(archive: Path) -> dict[str, dict[str, Any]]:
    """Every letter of the archive as ``export`` hands it over, by file name."""
    text = typed(archive, "export", "--format", "jsonl", "--rahasia").stdout
    return {Path(row["file"]).name: row for row in map(json.loads, text.splitlines())}


together = pytest.mark.xdist_group("samples")
"""Tests of one archive run on one worker, so that it is made once."""


@together
@pytest.mark.ocr
@pytest.mark.slow
def test_every_sample_becomes_what_its_truth_says(archive: Path) -> None:
    rows = map(json.loads, (archive.parent / "said.jsonl").read_text("utf-8").splitlines())
    became = {Path(row["file"]).name: (row["status"], row["reason"]) for row in rows}
    assert became == {name: (truth["status"], truth["reason"]) for name, truth in TRUTHS.items()}


@together
@pytest.mark.ocr
@pytest.mark.slow
@pytest.mark.parametrize("name", LETTERS)
def test_number_and_date_of_a_sample_are_read_rightly(
    name: str, exported: dict[str, dict[str, Any]]
) -> None:
    row = exported[name]
    fields = TRUTHS[name]["fields"]
    assert (row["letter_number"], row["date"]) == (fields["letter_number"], fields["date"])
    assert row["pages"] == len(TRUTHS[name]["pages"])


@together
@pytest.mark.ocr
@pytest.mark.slow
@pytest.mark.parametrize("name", CLEAR)
def test_a_clear_scan_is_read_almost_without_error(
    name: str, exported: dict[str, dict[str, Any]]
) -> None:
    read = folded(exported[name]["text"])
    truth = folded(" ".join(TRUTHS[name]["pages"]))
    assert distance(truth, read) / len(truth) <= MOST_ERRORS


@together
@pytest.mark.ocr
@pytest.mark.slow
def test_the_secret_sample_stays_out_of_an_ordinary_list(archive: Path) -> None:
    listed = typed(archive, "list", "--json").stdout
    assert "R-041" not in listed
    assert "R-041" in typed(archive, "list", "--json", "--rahasia").stdout
