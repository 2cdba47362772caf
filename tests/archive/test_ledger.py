import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arsip.archive import disk, ledger
from arsip.archive.ledger import Act, Ledger

TIME = "2024-03-15T08:30:00+07:00"


@pytest.fixture
def book(tmp_path: Path) -> Ledger:
    return fresh(tmp_path)


def fresh(root: Path, **options: int) -> Ledger:
    (root / "ledger").mkdir()
    return Ledger(root, **options)


def fill(book: Ledger, count: int = 3) -> None:
    for number in range(1, count + 1):
        book.append(Act("file", (number,), {f"vault/{number}": "0" * 64}), time=TIME)


def test_each_line_holds_the_hash_of_the_line_before(book: Ledger) -> None:
    fill(book)
    lines = (book.folder / "000001.jsonl").read_bytes().splitlines()
    assert json.loads(lines[0])["prev"] == "0" * 64
    for before, line in itertools.pairwise(lines):
        assert json.loads(line)["prev"] == disk.summed(before)
    assert [line.number for line in book.lines()] == [1, 2, 3]
    assert list(book.flaws()) == []
    assert book.last_id() == 3


def test_the_sum_of_a_line_can_be_checked_by_a_stranger(book: Ledger) -> None:
    book.append(Act("again", (1,), note={"sha256": "ab"}), time=TIME)
    (line,) = (book.folder / "000001.jsonl").read_bytes().splitlines()
    body, _mark, rest = line.rpartition(b',"sum":"')
    assert rest == disk.summed(body).encode() + b'"}'


def test_two_who_write_in_turn_make_one_chain(book: Ledger) -> None:
    other = Ledger(book.folder.parent)
    for number in range(4):
        (book, other)[number % 2].append(Act("file", (number,)), time=TIME)
    assert list(book.flaws()) == []
    assert [line.number for line in book.lines()] == [1, 2, 3, 4]


def test_a_full_file_is_followed_by_the_next(tmp_path: Path) -> None:
    book = fresh(tmp_path, full=300)
    fill(book, 5)
    assert [path.name for path in book.files()] == [
        "000001.jsonl",
        "000002.jsonl",
        "000003.jsonl",
        "000004.jsonl",
        "000005.jsonl",
    ]
    assert list(book.flaws()) == []
    fill(Ledger(tmp_path, full=10_000), 1)
    assert [line.number for line in book.lines()][-1] == 6


@settings(max_examples=30, deadline=None)
@given(place=st.integers(0, 900), flip=st.integers(1, 255))
def test_any_flipped_byte_is_found(
    tmp_path_factory: pytest.TempPathFactory, place: int, flip: int
) -> None:
    book = fresh(tmp_path_factory.mktemp("ledger"))
    fill(book)
    path = book.folder / "000001.jsonl"
    content = bytearray(path.read_bytes())
    content[place % len(content)] ^= flip
    path.write_bytes(bytes(content))
    assert list(book.flaws())


def test_a_line_that_was_taken_out_is_found(book: Ledger) -> None:
    fill(book)
    path = book.folder / "000001.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0] + lines[2])
    assert [(flaw.slug, flaw.number) for flaw in book.flaws()] == [("chain", 2)]


@pytest.mark.parametrize("cut", [1, 20, 200])
def test_a_torn_end_is_moved_aside_and_the_chain_goes_on(book: Ledger, cut: int) -> None:
    fill(book)
    path = book.folder / "000001.jsonl"
    content = path.read_bytes()
    path.write_bytes(content[:-cut])
    assert [flaw.slug for flaw in book.flaws()] == ["torn"]
    later = Ledger(book.folder.parent)
    later.append(Act("edit", (9,)), time=TIME)
    assert list(later.flaws()) == []
    assert [line.number for line in later.lines()] == [1, 2, 3]
    (torn,) = book.folder.glob("*.torn-*")
    assert content[:-cut].endswith(torn.read_bytes())


def test_a_file_that_is_torn_from_its_beginning_goes_on_from_the_file_before(
    tmp_path: Path,
) -> None:
    book = fresh(tmp_path, full=1)
    fill(book, 2)
    (book.folder / "000002.jsonl").write_bytes(b"\0" * 50)
    later = Ledger(tmp_path, full=10_000)
    fill(later, 1)
    assert list(later.flaws()) == []
    assert [line.number for line in later.lines()] == [1, 2]


def test_a_sound_ledger_needs_no_mending(book: Ledger) -> None:
    assert book.mend(mark="x") is None
    fill(book)
    assert book.mend(mark="x") is None


def test_a_line_longer_than_a_block_is_read_back(
    book: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "BLOCK", 16)
    fill(book)
    later = Ledger(book.folder.parent)
    fill(later, 1)
    assert list(later.flaws()) == []


def test_a_failed_append_leaves_no_trace(book: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(book)
    path = book.folder / "000001.jsonl"
    before = path.read_bytes()

    def full(_descriptor: int) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr(disk, "flush", full)
    with pytest.raises(OSError, match="no space"):
        fill(book, 1)
    monkeypatch.undo()
    assert path.read_bytes() == before
    fill(book, 1)
    assert list(book.flaws()) == []


def test_the_last_hash_of_a_file_counts(book: Ledger) -> None:
    book.append(Act("file", (1,), {"a": "1", "b": "1"}), time=TIME)
    book.append(Act("edit", (1,), {"a": "2"}), time=TIME)
    assert book.sums() == {"a": "2", "b": "1"}
