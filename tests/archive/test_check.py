from collections.abc import Callable
from pathlib import Path

import pytest

from arsip.archive import check
from arsip.archive.store import Archive, Damage
from arsip.fields import SUBJECT
from arsip.model import Event
from tests.archive import keeping


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with two letters, a change and a file set aside."""
    root = tmp_path_factory.mktemp("sound") / "arsip"
    with keeping.archive(root) as kept:
        keeping.file(kept, "undangan rapat", subject="Undangan", layer=True)
        keeping.file(kept, "surat tugas dua", subject="Tugas", sender="Dinas")
        kept.edit(2, {SUBJECT: "Perintah"}, who="Siti")
        scan = root / "staging" / "x"
        scan.write_bytes(b"potongan")
        kept.set_aside(
            scan, name="x.pdf", digest=keeping.digest("potongan"), reason="crashed", note="?"
        )
    return root


@pytest.fixture
def root(sound: Path, tmp_path: Path) -> Path:
    for path in sorted(sound.rglob("*")):
        copy = tmp_path / path.relative_to(sound)
        if path.is_symlink():
            copy.symlink_to(path.readlink())
        elif path.is_dir():
            copy.mkdir()
        else:
            copy.write_bytes(path.read_bytes())
    return tmp_path


def verified(root: Path, *, full: bool = True) -> list[Damage]:
    with Archive.open(root, clock=keeping.clock) as kept:
        return kept.verify(full=full)


def one(root: Path, pattern: str) -> Path:
    return min(root.rglob(pattern))


def test_a_sound_archive_has_no_damage(root: Path) -> None:
    assert verified(root) == []
    assert verified(root, full=False) == []


@pytest.mark.parametrize("place", [0.0, 0.3, 0.7, 0.999])
@pytest.mark.parametrize(
    "pattern",
    [
        "original.pdf",
        "record.json",
        "record.1.json",
        "text.jsonl",
        "reading.pdf",
        "000001.jsonl",
        "x.pdf",
    ],
)
def test_one_flipped_byte_is_found(root: Path, pattern: str, place: float) -> None:
    path = one(root, pattern)
    content = bytearray(path.read_bytes())
    content[int(len(content) * place)] ^= 1
    path.chmod(0o600)
    path.write_bytes(content)
    found = verified(root)
    assert path.relative_to(root) in {damage.path for damage in found} or pattern == "x.pdf"
    assert found
    assert all(damage.words for damage in found)


def test_one_flipped_byte_in_the_text_of_the_catalog_is_found(root: Path) -> None:
    path = root / "catalog.sqlite3"
    content = path.read_bytes()
    path.write_bytes(content.replace(b"undangan rapat", b"undangan ropat", 1))
    assert {damage.slug for damage in verified(root)} == {"catalog"}


@pytest.mark.parametrize("full", [True, False])
@pytest.mark.parametrize(
    "pattern", ["original.pdf", "record.json", "record.1.json", "text.jsonl", "reading.pdf"]
)
def test_a_missing_file_is_found_at_a_glance(root: Path, pattern: str, full: bool) -> None:  # noqa: FBT001 - a case of the table
    path = one(root, pattern)
    path.unlink()
    (damage,) = (one for one in verified(root, full=full) if one.slug == "missing")
    assert damage.path == path.relative_to(root)
    assert damage.ids or pattern == "record.json"


def test_a_cut_original_is_found_at_a_glance(root: Path) -> None:
    path = one(root, "original.pdf")
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:-1])
    assert [damage.slug for damage in verified(root, full=False)] == ["changed"]


def test_a_link_in_the_place_of_a_file_is_found(root: Path) -> None:
    path = one(root, "original.pdf")
    twin = root / "salinan.pdf"
    path.rename(twin)
    path.symlink_to(twin)
    assert "changed" in {damage.slug for damage in verified(root)}


def test_a_folder_in_the_place_of_a_file_is_found(root: Path) -> None:
    path = one(root, "text.jsonl")
    path.unlink()
    path.mkdir()
    assert "unreadable" in {damage.slug for damage in verified(root)}


def _extra_file(root: Path) -> None:
    (one(root, "original.pdf").parent / "catatan.txt").write_text("x")


def _lost_folder(root: Path) -> None:
    keeping_away = one(root, "original.pdf").parent
    keeping_away.rename(root / "trash" / "x")


def _lost_link(root: Path) -> None:
    (root / "shelf" / min(keeping.links(root))).unlink()


def _stray_link(root: Path) -> None:
    (root / "shelf" / "x.pdf").symlink_to("../vault/tidak/ada.pdf")


def _other_record(root: Path) -> None:
    first, second = sorted(root.glob("vault/*/*/*/record.json"))
    first.write_bytes(second.read_bytes())


def _strange_record(root: Path) -> None:
    one(root, "record.json").write_bytes(b"{}")


def _no_ledger(root: Path) -> None:
    (root / "ledger" / "000001.jsonl").unlink()


def _lost_aside(root: Path) -> None:
    one(root, "x.pdf").unlink()


def _strange_aside(root: Path) -> None:
    (root / "aside" / "catatan").mkdir()


def _lost_row(root: Path) -> None:
    with Archive.open(root, clock=keeping.clock) as kept:
        kept.connection.execute("DELETE FROM entry WHERE id = 1")


def _extra_row(root: Path) -> None:
    with Archive.open(root, clock=keeping.clock) as kept:
        kept.connection.execute(
            "INSERT INTO entry SELECT 9, 'ff', state, filed_at, source, original, reading, pages,"
            " flags, secret, 'x', record, doubts, denied, waits, same_as, sure,"
            " (SELECT max(place) FROM entry) - 1 FROM entry WHERE id = 1"
        )


def _lost_words(root: Path) -> None:
    with Archive.open(root, clock=keeping.clock) as kept:
        kept.connection.execute(
            "INSERT INTO page_words (page_words, rowid, text)"
            " SELECT 'delete', id, text FROM page ORDER BY id LIMIT 1 OFFSET 1"
        )


@pytest.mark.parametrize(
    ("harm", "slugs"),
    [
        (_extra_file, {"unknown"}),
        (_lost_folder, {"missing"}),
        (_lost_link, {"shelf"}),
        (_stray_link, {"shelf"}),
        (_other_record, {"changed", "unreadable"}),
        (_strange_record, {"changed", "unreadable"}),
        (_no_ledger, {"unrecorded"}),
        (_lost_aside, {"aside"}),
        (_strange_aside, {"unknown"}),
        (_lost_row, {"catalog", "shelf"}),
        (_extra_row, {"catalog"}),
        (_lost_words, {"catalog"}),
    ],
)
def test_what_does_not_fit_is_told(
    root: Path, harm: Callable[[Path], None], slugs: set[str]
) -> None:
    harm(root)
    assert {damage.slug for damage in verified(root)} == slugs


def test_a_broken_line_of_the_ledger_is_told_with_its_number(root: Path) -> None:
    path = root / "ledger" / "000001.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"act":"edit"', b'"act":"adit"'))
    lines = [damage for damage in verified(root) if damage.slug == "ledger"]
    assert lines[0].words.startswith("ledger/000001.jsonl:")


def test_rebuild_mends_what_can_be_made_again(root: Path) -> None:
    for harm in (_lost_row, _stray_link, _extra_row):
        harm(root)
    with Archive.open(root, clock=keeping.clock) as kept:
        kept.rebuild()
        assert kept.verify(full=True) == []


def test_a_bit_that_makes_a_value_of_the_catalog_no_text_is_found_and_mended(root: Path) -> None:
    with Archive.open(root, clock=keeping.clock) as kept:
        kept.connection.execute("UPDATE finding SET value = CAST(x'ff41' AS TEXT) WHERE entry = 1")
    assert [damage.slug for damage in verified(root)] == ["catalog"]
    with Archive.open(root, clock=keeping.clock) as kept:
        kept.rebuild()
        assert kept.verify(full=True) == []


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE slice SET words = replace(words, 'undangan', 'undanoan')",
        "UPDATE slice SET words = replace(words, 'rapat' || char(10), 'rapatz')",
        "UPDATE slice SET mark = mark + 1 WHERE mark = (SELECT max(mark) FROM slice)",
        "UPDATE vocabulary SET word = 'suraz' WHERE word = 'surat'",
        "UPDATE vocabulary SET stem = 'udang' WHERE word = 'undangan'",
        "DELETE FROM vocabulary WHERE word = 'perintah'",
    ],
)
def test_what_is_wrong_in_the_index_and_its_words_is_found_and_mended(
    root: Path, harm: str
) -> None:
    with Archive.open(root, clock=keeping.clock) as kept:
        assert kept.connection.execute(harm).rowcount
    assert [damage.slug for damage in verified(root)] == ["catalog"]
    with Archive.open(root, clock=keeping.clock) as kept:
        kept.rebuild()
        assert kept.verify(full=True) == []


def test_a_catalog_that_breaks_while_it_is_open_is_told(root: Path) -> None:
    with Archive.open(root, clock=keeping.clock) as kept:
        kept.connection.execute("ALTER TABLE entry RENAME TO lost")
        assert "catalog" in {damage.slug for damage in check_only(kept)}


def check_only(kept: Archive) -> list[Damage]:
    return check.verify(kept._holdings, full=True, report=lambda _event: None)


def test_what_another_process_was_just_writing_is_no_damage(root: Path) -> None:
    """A letter that is filed between two looks is looked at again under the lock."""
    with (
        Archive.open(root, clock=keeping.clock) as kept,
        Archive.open(root, clock=keeping.clock) as other,
    ):
        events: list[Event] = []

        def report(event: Event) -> None:
            if not events:
                other.edit(1, {SUBJECT: "Baru"}, who="Siti")
                other.edit(2, {SUBJECT: "Baru"}, who="Siti")
            events.append(event)

        assert kept.verify(full=True, report=report) == []
    assert events[-1] == Event("verify", done=2, total=2)


def test_a_copy_that_cannot_be_written_is_verified_as_it_lies(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Archive.open(root, clock=keeping.clock) as kept:
        kept.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    monkeypatch.setattr("os.access", lambda _path, _mode: False)
    before = keeping.files(root)
    with Archive.open(root, clock=keeping.clock) as kept:
        assert kept.verify(full=True) == []
        assert kept.entry("1").letter.first(SUBJECT) == "Undangan"
    assert keeping.files(root) == before
