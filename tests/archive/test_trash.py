"""Letters that are hidden, brought back, and destroyed."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from arsip.archive import disk
from arsip.archive.find.query import parse
from arsip.archive.ledger import Ledger
from arsip.archive.store import Archive
from arsip.archive.tombs import Tomb
from arsip.errors import NothingFound, UsageError
from arsip.fields import SUBJECT
from tests.archive import keeping
from tests.archive.test_recovery import Copies, every_step, opened, whole

UNDANGAN = "undangan rapat canggih"
TUGAS = "surat tugas biasa"


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "flush", lambda _descriptor: None)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An archive with two letters, of which the first was corrected once."""
    root = tmp_path / "arsip"
    with keeping.archive(root) as kept:
        keeping.file(kept, UNDANGAN, subject="Undangan Canggih", sender="Dinas", layer=True)
        keeping.file(kept, TUGAS, subject="Tugas")
        kept.edit(1, {SUBJECT: "Undangan Rapat Canggih"}, who="Siti")
    return root


@pytest.fixture
def kept(root: Path) -> Iterator[Archive]:
    with opened(root) as kept:
        yield kept


def listed(kept: Archive, *, trashed: bool = False) -> list[int]:
    asked = parse("", today=keeping.NOW.date())
    return [entry.id for entry in kept.select(asked, trashed=trashed)]


def everything(root: Path) -> bytes:
    return b"".join(keeping.files(root).values())


def destroy(kept: Archive, *ids: int) -> None:
    kept.destroy(kept.doomed(ids), who="Siti", why="retensi habis")


def test_a_trashed_letter_shows_nowhere_and_all_of_it_is_kept(kept: Archive, root: Path) -> None:
    before = keeping.files(root / "vault")
    [after] = kept.trash([1], who="Siti", why="dobel")
    assert after.trashed
    assert listed(kept) == [2]
    assert listed(kept, trashed=True) == [1]
    assert sorted(keeping.links(root).values()) == [TUGAS.encode()]
    assert kept.known(keeping.digest(UNDANGAN)) == (1,)
    assert kept.counts().trashed == 1
    kept_files = keeping.files(root / "vault")
    assert {path for path in before if not path.endswith("record.json")} <= kept_files.keys()
    assert kept.verify(full=True) == []


def test_untrash_takes_trash_back(kept: Archive, root: Path) -> None:
    links, entries = keeping.links(root), keeping.listing(kept)
    kept.trash([2, 1, 2], who="Siti")
    assert keeping.links(root) == {}
    kept.untrash([1, 2], who="Siti")
    assert keeping.links(root) == links
    assert keeping.listing(kept) == entries
    assert kept.verify(full=True) == []


def test_what_is_in_the_trash_stays_there_and_is_not_noted_twice(kept: Archive) -> None:
    kept.trash([1], who="Siti", why="dobel")
    kept.trash([1], who="Budi")
    [line] = Ledger(kept.root).of("trash")
    assert (line.act.ids, line.act.note) == ((1,), {"who": "Siti", "why": "dobel"})
    kept.untrash([1], who="Budi")
    kept.untrash([1], who="Budi")
    assert len(list(Ledger(kept.root).of("untrash"))) == 1


def test_nothing_is_done_when_a_letter_is_not_there(kept: Archive) -> None:
    with pytest.raises(NothingFound):
        kept.trash([1, 9], who="Siti")
    assert listed(kept) == [1, 2]


def test_a_trashed_letter_is_still_in_the_trash_after_a_rebuild(kept: Archive, root: Path) -> None:
    kept.trash([1], who="Siti")
    assert kept.rebuild() == 2
    assert listed(kept, trashed=True) == [1]
    assert len(keeping.links(root)) == 1
    assert kept.verify(full=True) == []


def test_nothing_of_a_destroyed_letter_stays_but_its_tomb(kept: Archive, root: Path) -> None:
    views, aside = root / "views", root / "aside"
    views.mkdir()
    digest = keeping.digest(UNDANGAN)
    (views / f"{digest}.pdf").write_text("canggih")
    (aside / f"{digest[:12]} text.jsonl (1)").mkdir()
    (aside / f"{digest[:12]} text.jsonl (1)" / "text.jsonl").write_text("canggih")
    (root / "catalog.sqlite3.damaged-1").write_text("canggih")
    assert b"canggih" in everything(root)
    destroy(kept, 1)
    left = everything(root / "ledger")
    assert b"Undangan Rapat Canggih" in left
    for path, content in keeping.files(root).items():
        assert "ledger" in path or b"canggih" not in content, path
    assert b"canggih" not in left
    assert list((root / "trash").iterdir()) == []
    assert listed(kept) == [2]
    assert keeping.links(root).keys() == {"tanpa-tanggal/tanpa-pengirim/" + name for name in
                                          ["tanpa-tanggal tanpa-nomor Tugas.pdf"]}  # fmt: skip
    assert kept.verify(full=True) == []


def test_words_of_a_destroyed_letter_are_not_in_the_catalog_but_in_its_tomb(
    kept: Archive, root: Path
) -> None:
    destroy(kept, 1)
    kept.close()
    catalog = b"".join(
        content for path, content in keeping.files(root).items() if path.startswith("catalog")
    )
    assert b"undangan rapat canggih" not in catalog


def test_the_tomb_tells_what_was_destroyed_and_outlives_a_rebuild(kept: Archive) -> None:
    digest = keeping.digest(UNDANGAN)
    destroy(kept, 1)
    tomb = Tomb(
        1,
        digest,
        keeping.NOW.isoformat(),
        "Siti",
        "retensi habis",
        {"sender": "Dinas", "subject": "Undangan Rapat Canggih"},
    )
    for _look in range(2):
        assert kept.destroyed(digest) == (tomb,)
        with pytest.raises(NothingFound, match="Letter 1 was destroyed on 2024-03-15 by Siti"):
            kept.entry("1")
        kept.rebuild()
    assert kept.verify(full=True) == []


def test_the_tomb_of_a_secret_letter_keeps_its_subject_to_itself(kept: Archive) -> None:
    keeping.file(kept, "kas", subject="Pemeriksaan", letter_number="R/1", sensitivity="rahasia")
    destroy(kept, 3)
    [tomb] = kept.destroyed(keeping.digest("kas"))
    assert tomb.fields == {"letter_number": "R/1"}


def test_numbers_of_destroyed_letters_are_never_given_again(kept: Archive) -> None:
    destroy(kept, 1, 2)
    kept.rebuild()
    assert keeping.file(kept, "surat baru").id == 3


def test_bytes_that_were_destroyed_can_be_filed_again_as_a_new_letter(kept: Archive) -> None:
    destroy(kept, 1)
    assert keeping.file(kept, UNDANGAN, subject="Undangan").id == 3
    assert kept.destroyed(keeping.digest(UNDANGAN)) == ()
    kept.rebuild()
    assert listed(kept) == [2, 3]
    assert kept.verify(full=True) == []
    destroy(kept, 3)
    assert [tomb.id for tomb in kept.destroyed(keeping.digest(UNDANGAN))] == [1, 3]


def test_a_damaged_letter_can_be_destroyed(kept: Archive, root: Path) -> None:
    folder = root / kept.entry("1").original.parent
    (folder / "record.json").write_bytes(b"{")
    destroy(kept, 1)
    assert not folder.exists()
    assert kept.verify(full=True) == []


def test_a_letter_that_shares_its_file_is_destroyed_with_the_others_only(
    kept: Archive, root: Path
) -> None:
    record = root / kept.entry("2").original.parent / "record.json"
    tree = json.loads(record.read_bytes())
    tree["letters"].append({**tree["letters"][0], "id": 3})
    record.write_text(json.dumps(tree))
    kept.rebuild()
    with pytest.raises(UsageError, match="Letter 2 shares its file with others: 3") as told:
        kept.doomed([2])
    assert told.value.hint == "arsip destroy 2 3"
    assert [[one.id for one in file] for file in kept.doomed([2, 3])] == [[2, 3]]


def test_what_is_destroyed_meanwhile_is_not_destroyed_again(kept: Archive) -> None:
    doomed = kept.doomed([1])
    kept.destroy(doomed, who="Siti", why="retensi")
    kept.destroy(doomed, who="Budi", why="lagi")
    assert len(list(Ledger(kept.root).of("destroy"))) == 1
    assert [tomb.who for tomb in kept.destroyed(keeping.digest(UNDANGAN))] == ["Siti"]
    assert kept.verify(full=True) == []


@pytest.mark.slow
@pytest.mark.parametrize("act", ["trash", "untrash"])
def test_a_move_that_dies_at_any_step_is_done_or_not_begun(
    root: Path, tmp_path: Path, act: str
) -> None:
    if act == "untrash":
        with opened(root) as kept:
            kept.trash([1], who="Siti")
    copies = Copies(root, tmp_path / "spare")

    def move() -> None:
        with opened(root) as kept:
            getattr(kept, act)([1], who="Siti")

    seen = set()
    for _at in every_step(move, copies.back):
        with opened(root) as kept:
            with kept.run():
                pass
            assert kept.verify(full=True) == []
            seen.add(kept.entry("1").trashed)
            move()
            assert kept.entry("1").trashed == (act == "trash")
            assert kept.verify(full=True) == []
    assert seen == {True, False}


@pytest.mark.slow
def test_a_destruction_that_dies_at_any_step_is_done_or_not_begun(
    root: Path, tmp_path: Path
) -> None:
    copies = Copies(root, tmp_path / "spare")
    before = whole(root)
    copies.back()

    def act() -> None:
        with opened(root) as kept:
            destroy(kept, 1)

    seen = set()
    for _at in every_step(act, copies.back):
        after = whole(root)
        assert after in (before, before[1:])
        done = after != before
        assert (b"canggih" in everything(root / "vault")) != done
        assert list((root / "trash").iterdir()) == []
        with opened(root) as kept:
            assert len(kept.destroyed(keeping.digest(UNDANGAN))) == done
        seen.add(done)
    assert seen == {True, False}
