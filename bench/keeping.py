"""How long keeping takes in an archive of many letters, and whether rot in it is found.

    python bench/keeping.py [--letters 10000] [--archive DIR] [--seed 7] [--flips 200]

Files made-up letters through the archive (kept in --archive when given), then times rebuild, both
ways of verify, the first backup and the next one. It holds that rebuild changes neither list, nor
numbers, nor the ten best answers to a hundred queries; then it flips one bit in random places of
vault and ledger, a file at a time, and counts how many of them verify --full finds and a copy mends
(a ledger is told, never mended); then in the catalog, which is made anew. CPU and wall seconds of
this process.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import hashlib
import os
import random
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import made_up

from arsip.archive import disk
from arsip.archive.find.query import parse
from arsip.archive.store import Archive
from arsip.model import Box, Entry, Event, PageText, Reading, Source, Word

NOW = dt.datetime(2024, 3, 15, 8, tzinfo=dt.UTC)
QUERIES = 100
BEST = 10
WORDS_A_LINE = 10


def clock() -> dt.datetime:
    return NOW


def page(number: int, text: str) -> PageText:
    words = text.split()
    lines = tuple(
        tuple(
            Word(word, Box(100, 20 * row, 180, 20 * row + 12), 0.93)
            for word in words[start : start + WORDS_A_LINE]
        )
        for row, start in enumerate(range(0, len(words), WORDS_A_LINE))
    )
    return PageText(number, lines=lines, engine="bench", confidence=0.93)


def fill(root: Path, letters: int, seed: int) -> list[str]:
    """Files so many letters; gives the vocabulary. Nothing waits for the disk meanwhile."""
    press = made_up.Press(seed, letters * 4)
    if not Archive.create(root, clock=clock):
        return press.words
    flush, disk.flush = disk.flush, lambda _descriptor: None
    with Archive.open(root, clock=clock) as kept, kept.run() as run:
        kept.connection.execute("PRAGMA synchronous = OFF")
        for number, card in zip(range(letters), press.letters(letters * 4), strict=False):
            texts = list(card.texts.values())
            desk = run.desk()
            copy, layer = desk / "original", desk / "layer.pdf"
            content = f"{number}\n".join(texts).encode() * 8
            copy.write_bytes(content)
            layer.write_bytes(b"%PDF " + content)
            digest = hashlib.sha256(content).hexdigest()
            source = Source(copy, f"scan{number}.pdf", digest, len(content), "pdf", NOW)
            pages = tuple(page(place, text) for place, text in enumerate(texts, 1))
            kept.file(Reading(source, pages, card.entry.letter, layer=layer), desk)
    with Archive.open(root, clock=clock) as kept:
        kept.recount()
    disk.flush = flush
    return press.words


def timed(name: str, act: Callable[[], object]) -> object:
    wall, cpu = time.perf_counter(), time.process_time()
    found = act()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"{name:<28} {wall:8.1f} s  {cpu:8.1f} s CPU", flush=True)
    return found


def answers(kept: Archive, queries: list[str]) -> list[list[int]]:
    today = NOW.date()
    return [
        [hit.entry.id for hit in kept.search(parse(query, today=today), limit=BEST).hits]
        for query in queries
    ]


def listing(kept: Archive) -> list[Entry]:
    return list(kept.select(parse("", today=NOW.date()), secret=True))


def rot(root: Path, spare: Path, flips: int, dice: random.Random) -> None:
    """Flips bits, one after another, each in a file and place that dice choose."""
    files = [path for path in sorted(root.rglob("*")) if counts(root, path)]
    found = mended = 0
    for _flip in range(flips):
        path = dice.choice(files)
        place = dice.randrange(path.stat().st_size * 8)
        mode = path.stat().st_mode
        path.chmod(0o600)
        flip(path, place)
        with Archive.open(root, clock=clock) as kept:
            damage = kept.verify(full=True)
            found += bool(damage)
            left = kept.mend(spare, apply=True)[1] if damage else []
            mended += bool(damage) and not left
        if not damage or left:
            flip(path, place)
        path.chmod(mode)
    print(f"{flips} bits flipped: {found} found, {mended} mended from a copy")


def catalog_rot(root: Path, flips: int, dice: random.Random) -> None:
    """The same in the catalog; rebuild or opening mends it. Bits of no content do no harm."""
    place = root / "catalog.sqlite3"
    sound = place.read_bytes()
    found = mended = unused = 0
    known = content(place)
    for _flip in range(flips):
        flip(place, dice.randrange(len(sound) * 8))
        told: list[Event] = []
        with Archive.open(root, clock=clock, report=told.append) as kept:
            damage = bool(told) or bool(kept.verify(full=True))
            found += damage
            if damage:
                kept.rebuild()
                mended += kept.verify(full=True) == []
            elif content(place) == known:
                unused += 1
        for side in ("-wal", "-shm"):
            place.with_name(place.name + side).unlink(missing_ok=True)
        place.write_bytes(sound)
    print(
        f"{flips} bits flipped in the catalog: {found} found, {mended} mended, {unused} no content"
    )


def content(place: Path) -> list[str]:
    """Every row of every table of a catalog, the shadows of its index of words included."""
    with contextlib.closing(sqlite3.connect(f"file:{place}?mode=ro", uri=True)) as connection:
        connection.text_factory = lambda text: text.decode("utf-8", "backslashreplace")
        return list(connection.iterdump())


def flip(path: Path, place: int) -> None:
    content = bytearray(path.read_bytes())
    content[place // 8] ^= 1 << place % 8
    path.write_bytes(content)


def counts(root: Path, path: Path) -> bool:
    """Whether a file is one of those whose every bit is proven by a hash."""
    return path.is_file() and path.relative_to(root).parts[0] in {"vault", "ledger"}


def queries(dice: random.Random, words: list[str]) -> Iterator[str]:
    for _number in range(QUERIES):
        yield " ".join(dice.choices(words[:4000], k=dice.choice((1, 1, 2))))


def measured(root: Path, spare: Path, asked: list[str]) -> bool:
    """Times each act; gives whether rebuild changed nothing that is asked for."""
    with Archive.open(root, clock=clock) as kept:
        before = listing(kept), answers(kept, asked)
        timed("rebuild", kept.rebuild)
        same = before == (listing(kept), answers(kept, asked))
        print("same list, numbers and ten best of 100 queries:", "yes" if same else "NO")
        timed("verify", lambda: kept.verify(full=False))
        timed("verify --full", lambda: kept.verify(full=True))
        timed("backup, first", lambda: kept.back_up(spare))
        timed("backup, next", lambda: kept.back_up(spare))
    return same


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--letters", type=int, default=10_000)
    options.add_argument("--archive", type=Path)
    options.add_argument("--seed", type=int, default=7)
    options.add_argument("--flips", type=int, default=0)
    args = options.parse_args()
    dice = random.Random(args.seed)
    with tempfile.TemporaryDirectory() as name:
        root = args.archive or Path(name, "arsip")
        spare = Path(name, "copy")
        words = fill(root, args.letters, args.seed)
        same = measured(root, spare, list(queries(dice, words)))
        if args.flips:
            rot(root, spare, args.flips, dice)
            catalog_rot(root, args.flips, dice)
        shutil.rmtree(spare)
    os.sync()
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
