"""Catalog and shelf made anew: nobody who asks sees a difference."""

import datetime as dt
import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from arsip.archive import disk
from arsip.archive.find.query import parse
from arsip.archive.store import Archive
from arsip.fields import SUBJECT
from arsip.model import Entry, Event
from tests.archive import keeping

WORDS = [
    *("undangan", "rapat", "jalan", "jembatan", "posyandu", "stunting", "sekolah", "pupuk"),
    *("banjir", "irigasi", "pasar", "retribusi", "pegawai", "cuti", "mutasi", "anggaran"),
]
LETTERS = 40
QUERIES = 100
BEST = 10


@pytest.fixture
def kept(root: Path, monkeypatch: pytest.MonkeyPatch) -> Archive:
    """Letters of words by chance; some corrected, hidden or destroyed."""
    monkeypatch.setattr(disk, "flush", lambda _descriptor: None)
    dice = random.Random(11)
    kept = keeping.archive(root)
    for number in range(LETTERS):
        keeping.file(
            kept,
            " ".join(dice.choices(WORDS, k=30)),
            pages=dice.choice((1, 2)),
            layer=number % 2 == 0,
            subject=" ".join(dice.choices(WORDS, k=3)).title(),
            sender=f"Dinas {dice.choice(WORDS).title()}",
            letter_number=f"005/{number}/2024",
            date=dt.date(2024, 1, 1) + dt.timedelta(days=dice.randrange(300)),
        )
    kept.edit(3, {SUBJECT: "Rapat Jembatan"}, who="Siti")
    kept.trash([4, 5], who="Siti")
    kept.destroy(kept.doomed([6, 7]), who="Siti", why="retensi")
    return kept


def queries() -> list[str]:
    dice = random.Random(12)

    def word() -> str:
        return dice.choice(WORDS)

    forms = (
        word,
        lambda: f"{word()} {word()}",
        lambda: f"{word()} OR {word()}",
        lambda: f"{word()} -{word()}",
        lambda: f"dari:{word()}",
        lambda: f"{word()[:3]}*",
        lambda: f'"{word()} {word()}"',
        lambda: f"tanggal:2024-{dice.randint(1, 12):02}",
    )
    return [dice.choice(forms)() for _number in range(QUERIES)]


def answers(kept: Archive, asked: Sequence[str]) -> list[list[tuple[int, int | None, str]]]:
    return [
        [(hit.entry.id, hit.page, hit.snippet) for hit in found.hits]
        for text in asked
        for found in [kept.search(parse(text, today=keeping.NOW.date()), limit=BEST)]
    ]


def everything(kept: Archive) -> tuple[list[Entry], dict[str, bytes]]:
    return keeping.listing(kept), keeping.links(kept.root)


def test_list_numbers_shelf_and_the_ten_best_of_a_hundred_queries_stay(kept: Archive) -> None:
    asked = queries()
    before = everything(kept), answers(kept, asked)
    assert sum(map(bool, before[1])) > QUERIES / 2
    events: list[Event] = []
    kept.rebuild(events.append)
    assert (everything(kept), answers(kept, asked)) == before
    done = [event.done for event in events if event.step == "rebuild"]
    assert done == list(range(1, LETTERS - 1))


def test_the_same_where_the_catalog_was_lost(kept: Archive) -> None:
    asked = queries()
    before = everything(kept), answers(kept, asked)
    kept.close()
    (kept.root / "catalog.sqlite3").unlink()
    with Archive.open(kept.root, clock=keeping.clock) as again:
        assert (everything(again), answers(again, asked)) == before
        assert again.verify(full=True) == []
