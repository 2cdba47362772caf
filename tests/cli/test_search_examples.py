"""What docs/search.md tells to type finds something among the samples."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest

from tests.cli.counters import Desk, clean_environment

ROOT = Path(__file__).resolve().parents[2]
PAPER = (ROOT / "docs" / "search.md").read_text("utf-8")
TYPED = re.compile(r"(?:^|`)(arsip (?:search|list|export) [^`\n]*)", re.MULTILINE)
ANSWERED = re.compile(r"^\$ arsip (.*)\n((?:[A-Z].*\n)+)", re.MULTILINE)
OF_TODAY = {
    "tanggal:agustus", "tanggal:maret 1182", "tanggal:bulan lalu", "tanggal:2 tahun lalu",
    "diterima:minggu-ini", "surat bupati bulan lalu",
}  # fmt: skip
"""Which letters answer to these depends on the day."""
PASSING = {"is:waiting", "is:unread"}
"""Letters are so for a while, and those of the samples need not be."""


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of the samples as their pages say, to which people added what examples ask for."""
    home = tmp_path_factory.mktemp("samples")
    scans = home / "scans"
    scans.mkdir()
    for truth in sorted((ROOT / "tests" / "samples" / "truth").glob("*.json")):
        told = json.loads(truth.read_text("utf-8"))
        if told["fields"]:
            (scans / f"{told['file']}.txt").write_text("\f".join(told["pages"]), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        clean_environment(patch, home)
        office = Desk(home, patch)
        assert office.types("ingest", scans).code == 0
        assert office.types("edit", "nomor:470/118", "tags=ijazah", "--yes").code == 0
        assert office.types("trash", "14").code == 0
    return home / "arsip"


@pytest.fixture
def sampled(desk: Desk, samples: Path) -> Desk:
    shutil.copytree(samples, desk.archive, symlinks=True)
    return desk


def test_each_example_finds_something(sampled: Desk) -> None:
    commands = [found.split(" | ")[0] for found in TYPED.findall(PAPER)]
    assert len(commands) > 60
    for command in commands:
        words = shlex.split(command.replace("\\|", "|"))[1:]
        answer = sampled.types(*words)
        if not {" ".join(words[1:])} & (OF_TODAY | PASSING):
            assert (answer.code, bool(answer.out)) == (0, True), command


def test_what_finds_nothing_is_answered_as_printed(sampled: Desk) -> None:
    printed = ANSWERED.findall(PAPER)
    assert printed
    for command, told in printed:
        answer = sampled.types(*shlex.split(command))
        assert (answer.code, answer.err) == (5, told)
