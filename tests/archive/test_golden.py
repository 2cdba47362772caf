"""The archive that the first arsip made: it opens for ever, and means what it meant."""

import datetime as dt
import shutil
from pathlib import Path

import pytest

from arsip.archive.store import Archive
from arsip.errors import NothingFound, SetupError
from arsip.fields import DATE_OF_LETTER, LETTER_NUMBER, RECIPIENT, SENDER, SUBJECT
from tests.archive import golden, keeping

GOLDEN = Path(__file__).with_name("golden_v1")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(GOLDEN, tmp_path / "arsip")
    return tmp_path / "arsip"


def test_it_opens_whole_and_says_what_it_said(root: Path) -> None:
    with Archive.open(root, clock=keeping.clock) as kept:
        assert kept.verify(full=True) == []
        first, second, third = keeping.listing(kept)
        assert [one.state for one in (first, second, third)] == ["filed", "trashed", "filed"]
        assert first.letter.first(LETTER_NUMBER) == "400.7/12/Ds.Tirta"
        assert first.letter.first(DATE_OF_LETTER) == dt.date(2024, 3, 4)
        assert first.letter.first(SUBJECT) == "Undangan Rapat Koordinasi"
        assert first.letter.first(SENDER) is None
        assert first.letter.first(RECIPIENT) == ("Ketua RW 01", "Ketua RW 02")
        assert third.letter.secret
        assert third.letter.first(LETTER_NUMBER) is None
        assert kept.pages(first)[1].text.startswith("Mohon hadir")
        with pytest.raises(NothingFound, match="Budi: Berita acara 1/2024"):
            kept.entry("4")
        assert kept.counts().aside == 1
        assert keeping.file(kept, "surat baru").id == 5


def test_nothing_that_counts_is_rewritten_when_it_is_opened(root: Path) -> None:
    with Archive.open(root, clock=keeping.clock):
        pass
    after = keeping.files(root)
    for name, content in keeping.files(GOLDEN).items():
        assert after[name].startswith(content) if "ledger" in name else after[name] == content


def test_an_archive_made_today_has_files_of_the_same_names(tmp_path: Path) -> None:
    golden.make(tmp_path / "arsip")
    assert keeping.files(tmp_path / "arsip").keys() >= keeping.files(GOLDEN).keys()


def test_one_of_a_newer_arsip_is_refused_with_what_to_do(root: Path) -> None:
    toml = root / "archive.toml"
    toml.write_text(toml.read_text().replace("format = 1", "format = 2"))
    with pytest.raises(SetupError, match=r"a newer arsip \(format 2\)") as told:
        Archive.open(root, clock=keeping.clock)
    assert told.value.hint == "pip install --upgrade arsip"
