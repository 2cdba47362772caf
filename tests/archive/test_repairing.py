"""Damage that is mended from a copy: sound bytes only, and nothing is deleted."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from arsip.archive import disk
from arsip.archive.mending import Mending
from arsip.archive.store import Archive, Damage
from arsip.errors import UsageError
from arsip.fields import SUBJECT
from tests.archive import keeping
from tests.archive.crashing import dies
from tests.archive.test_recovery import Copies, copy, every_step, opened

UNDANGAN, TUGAS = "undangan rapat", "surat tugas"
FILES = ("original.pdf", "record.json", "record.1.json", "text.jsonl", "reading.pdf")


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "flush", lambda _descriptor: None)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An archive with two letters, of which the first was corrected once, and a file aside."""
    root = tmp_path / "arsip"
    with keeping.archive(root) as kept:
        keeping.file(kept, UNDANGAN, subject="Undangan", sender="Dinas", layer=True)
        keeping.file(kept, TUGAS, subject="Tugas")
        kept.edit(1, {SUBJECT: "Undangan Rapat"}, who="Siti")
        scan = root / "staging" / "x"
        scan.write_bytes(b"potongan")
        kept.set_aside(
            scan, name="x.pdf", digest=keeping.digest("potongan"), reason="crashed", note="?"
        )
    return root


@pytest.fixture
def spare(root: Path, tmp_path: Path) -> Path:
    """A plain copy of it."""
    copy(root, tmp_path / "spare")
    return tmp_path / "spare"


def folder(root: Path, text: str) -> Path:
    digest = keeping.digest(text)
    return root / "vault" / digest[:2] / digest[2:4] / digest


def spoil(path: Path) -> None:
    content = path.read_bytes()
    path.unlink()
    path.write_bytes(content[:-3] + b"???")


def drop(path: Path) -> None:
    path.unlink()


def mend(root: Path, source: Path, *, apply: bool) -> tuple[list[Mending], list[Damage]]:
    with opened(root) as kept:
        return kept.mend(source, apply=apply)


@pytest.mark.parametrize("harm", [spoil, drop])
@pytest.mark.parametrize("name", FILES)
def test_every_file_of_a_letter_is_mended_from_a_copy(
    root: Path, spare: Path, name: str, harm: Callable[[Path], None]
) -> None:
    path = folder(root, UNDANGAN) / name
    before = keeping.files(root / "vault")
    harm(path)
    bad = path.read_bytes() if path.exists() else None

    plan, left = mend(root, spare, apply=False)
    assert [(one.place, one.source) for one in plan] == [
        (path.relative_to(root), folder(spare, UNDANGAN) / name)
    ]
    assert left
    assert (path.read_bytes() if path.exists() else None) == bad

    plan, left = mend(root, spare, apply=True)
    assert len(plan) == 1
    assert left == []
    assert keeping.files(root / "vault") == before
    assert bad is None or bad in keeping.files(root / "aside").values()
    with opened(root) as kept:
        assert kept.verify(full=True) == []
        assert kept.entry("1").letter.first(SUBJECT) == "Undangan Rapat"
    assert mend(root, spare, apply=True) == ([], [])


def test_a_file_that_was_set_aside_is_mended_too(root: Path, spare: Path) -> None:
    [path] = (root / "aside").glob("*/x.pdf")
    for harm in (spoil, drop):
        harm(path)
        assert mend(root, spare, apply=True)[1] == []
        assert path.read_bytes() == b"potongan"


def test_any_folder_of_files_will_do(root: Path, tmp_path: Path) -> None:
    scans = tmp_path / "scan" / "2024"
    scans.mkdir(parents=True)
    (scans / "apa saja.pdf").write_text(UNDANGAN)
    (scans / "tautan.pdf").symlink_to("apa saja.pdf")
    (scans / "lain.txt").write_text("lain")
    spoil(folder(root, UNDANGAN) / "original.pdf")
    plan, left = mend(root, tmp_path / "scan", apply=True)
    assert [one.source for one in plan] == [scans / "apa saja.pdf"]
    assert left == []


def test_bytes_that_are_not_those_that_were_filed_are_never_taken(root: Path, spare: Path) -> None:
    for place in (root, spare):
        spoil(folder(place, UNDANGAN) / "original.pdf")
    before = keeping.files(root)
    plan, left = mend(root, spare, apply=True)
    assert [one.source for one in plan] == [None]
    assert [one.slug for one in left] == ["changed"]
    after = keeping.files(root)
    assert {name: after[name] for name in before if name != "checked"} == {
        name: content for name, content in before.items() if name != "checked"
    }


def test_a_lost_letter_comes_back_whole(root: Path, spare: Path) -> None:
    before = keeping.files(root / "vault")
    shutil.rmtree(folder(root, UNDANGAN))
    plan, left = mend(root, spare, apply=True)
    assert len(plan) == len(FILES)
    assert left == []
    assert keeping.files(root / "vault") == before
    with opened(root) as kept:
        assert kept.entry("1").letter.first(SUBJECT) == "Undangan Rapat"
        assert kept.verify(full=True) == []


def test_of_a_lost_letter_the_scan_alone_is_taken_and_filing_it_again_gives_its_number(
    root: Path, tmp_path: Path
) -> None:
    shutil.rmtree(folder(root, UNDANGAN))
    (tmp_path / "scan").mkdir()
    (tmp_path / "scan" / "a.pdf").write_text(UNDANGAN)
    _plan, left = mend(root, tmp_path / "scan", apply=True)
    assert {one.slug for one in left} >= {"missing"}
    with opened(root) as kept:
        assert keeping.file(kept, UNDANGAN, subject="Undangan").id == 1


def test_without_the_scan_nothing_of_a_lost_letter_is_put_back(root: Path, spare: Path) -> None:
    shutil.rmtree(folder(root, UNDANGAN))
    (folder(spare, UNDANGAN) / "original.pdf").unlink()
    _plan, left = mend(root, spare, apply=True)
    assert not folder(root, UNDANGAN).exists()
    assert {one.slug for one in left} >= {"missing"}


def test_a_letter_of_a_copy_that_the_archive_knows_nothing_of_is_adopted(
    root: Path, spare: Path
) -> None:
    with opened(spare) as newer:
        keeping.file(newer, "surat baru", subject="Baru")
    [one] = mend(root, spare, apply=False)[0]
    assert (one.damage.slug, one.damage.ids) == ("orphan", (3,))
    assert one.damage.words.endswith("is in the copy, but not in this archive.")
    mend(root, spare, apply=True)
    with opened(root) as kept:
        assert kept.entry("3").letter.first(SUBJECT) == "Baru"
        assert kept.verify(full=True) == []
        assert keeping.file(kept, "lebih baru").id == 4


def _number_is_given(kept: Archive) -> None:
    keeping.file(kept, "surat lain")


def _number_was_destroyed(kept: Archive) -> None:
    keeping.file(kept, "surat lain")
    kept.destroy(kept.doomed([3]), who="Siti", why="retensi")


@pytest.mark.parametrize("meanwhile", [_number_is_given, _number_was_destroyed])
def test_a_letter_whose_number_is_given_is_told_and_not_adopted(
    root: Path, spare: Path, meanwhile: Callable[[Archive], None]
) -> None:
    with opened(spare) as newer:
        keeping.file(newer, "surat baru", subject="Baru")
    with opened(root) as kept:
        meanwhile(kept)
    [one] = mend(root, spare, apply=True)[0]
    assert (one.damage.slug, one.source) == ("orphan", None)


def _record(folder: Path) -> None:
    (folder / "record.json").write_bytes(b"{")


def _scan(folder: Path) -> None:
    spoil(folder / "original.pdf")


def _text(folder: Path) -> None:
    spoil(folder / "text.jsonl")


@pytest.mark.parametrize("harm", [_record, _scan, _text])
def test_a_damaged_letter_of_a_copy_is_not_adopted(
    root: Path, spare: Path, harm: Callable[[Path], None]
) -> None:
    with opened(spare) as newer:
        keeping.file(newer, "surat baru", subject="Baru")
    harm(folder(spare, "surat baru"))
    [one] = mend(root, spare, apply=True)[0]
    assert one.source is None


def test_a_destroyed_letter_does_not_come_back_from_a_copy(root: Path, spare: Path) -> None:
    with opened(root) as kept:
        kept.destroy(kept.doomed([1]), who="Siti", why="retensi")
    assert mend(root, spare, apply=True) == ([], [])


def test_letters_of_another_archive_are_not_adopted(root: Path, tmp_path: Path) -> None:
    with keeping.archive(tmp_path / "lain") as other:
        for number in range(3):
            keeping.file(other, f"surat lain {number}")
    assert mend(root, tmp_path / "lain", apply=True) == ([], [])


def test_what_no_copy_mends_stays_told(root: Path, spare: Path) -> None:
    (folder(root, TUGAS) / "catatan.txt").write_text("x")
    plan, left = mend(root, spare, apply=True)
    assert plan == []
    assert [one.slug for one in left] == ["unknown"]


def test_a_copy_must_be_a_folder_and_not_the_archive(root: Path, tmp_path: Path) -> None:
    for source in (tmp_path / "tidak-ada", root, root / "vault"):
        with pytest.raises(UsageError):
            mend(root, source, apply=False)


def test_bytes_that_change_while_they_are_copied_are_not_taken(
    root: Path, spare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(folder(root, UNDANGAN) / "original.pdf")

    def copying(_source: Path, place: Path) -> None:
        place.write_bytes(b"lain")

    monkeypatch.setattr(shutil, "copyfile", copying)
    _plan, left = mend(root, spare, apply=True)
    assert [one.slug for one in left] == ["changed"]


@pytest.fixture
def harmed(root: Path, spare: Path) -> Path:
    for name in FILES[:4]:
        spoil(folder(root, UNDANGAN) / name)
    shutil.rmtree(folder(root, TUGAS))
    with opened(spare) as newer:
        keeping.file(newer, "surat baru", subject="Baru")
    return root


@pytest.mark.slow
def test_a_repair_that_dies_at_any_step_is_gone_on_with(
    harmed: Path, spare: Path, tmp_path: Path
) -> None:
    copies = Copies(harmed, tmp_path / "before")
    bad = {(folder(harmed, UNDANGAN) / name).read_bytes() for name in FILES[:4]}
    theirs = keeping.files(spare / "vault")

    def act() -> None:
        mend(harmed, spare, apply=True)

    for at in every_step(act, copies.back):
        held = set(keeping.files(harmed).values())
        assert bad <= held
        if at % 3 == 0:
            act()
            assert keeping.files(harmed / "vault") == theirs
            assert bad <= set(keeping.files(harmed / "aside").values())
            with opened(harmed) as kept:
                assert kept.verify(full=True) == []
    assert not dies(act, at=10_000)
