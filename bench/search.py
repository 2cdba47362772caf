"""How much CPU finding takes in an archive of many pages.

    python bench/search.py [--pages 10000 ...] [--archive DIR] [--seed 7] [--hostile] [--worst]

Builds archives of made-up letters (kept below --archive when given), asks each some hundred queries
from rare words to words on half of all pages, and times `arsip search WORD` as a whole process
against `python -c pass` and the least program of typer and FTS5. CPU seconds of user and system;
medians and 95th percentiles, and with several sizes how the cost grows: 1 is in step with the
pages, 0 not at all.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import json
import math
import random
import sqlite3
import statistics
import string
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import made_up

from arsip.archive import catalog, tending, vocabulary
from arsip.archive.find.parts import Text
from arsip.archive.find.query import parse
from arsip.archive.find.search import Sort, search
from arsip.archive.find.widening import Widening
from arsip.fields import MONTHS

TODAY = dt.date(2024, 3, 15)
LIMITS = {
    "one or two words": 20, "one word": 20, "two words": 20, "two of the most common": 20,
    "newest first": 30, "oldest first": 30, "word and sender": 30, "word and kind": 30,
    "word and month": 30, "phrase": 50, "phrase of common words": 50, "prefix": 30,
    "number part": 5, "number": 5, "word and month in words": 30, "word on a page": 30,
    "word and state": 30,
}  # fmt: skip
"""Name of a family -> CPU milliseconds that 95 of 100 queries may take at a million pages."""
HOSTILE = 20_000
"""Strings that nobody means well, when no other number of them is asked for."""


def families(words: list[str], seed: int) -> dict[str, tuple[list[str], Sort]]:
    """Name of a family -> its queries; words spread evenly over the logarithm of their rank."""
    dice = random.Random(seed + 1)

    def word() -> str:
        return words[int(len(words) ** dice.random()) - 1]

    def many(
        make: Callable[[], str], count: int = 60, sort: Sort = "rank"
    ) -> tuple[list[str], Sort]:
        return [make() for _ in range(count)], sort

    def office() -> str:
        return dice.choice(made_up.OFFICES).split()[-1]

    months = list(MONTHS)
    one, two = many(word, 200), many(lambda: f"{word()} {word()}", 200)
    return {
        "one or two words": ([*one[0], *two[0]], "rank"),
        "one word": one,
        "two words": two,
        "two of the most common": many(lambda: " ".join(dice.sample(words[:20], 2))),
        "newest first": many(word, 100, "newest"),
        "oldest first": many(word, 100, "oldest"),
        "word and sender": many(lambda: f"{word()} dari:{office()}"),
        "word and kind": many(lambda: f"{word()} jenis:undangan"),
        "word and month": many(lambda: f"{word()} tanggal:2022-{dice.randint(1, 12):02}"),
        "phrase": many(lambda: f'"{word()} {word()}"'),
        "phrase of common words": many(lambda: '"' + " ".join(dice.sample(words[:30], 2)) + '"'),
        "prefix": many(lambda: f"{word()[:4]}*"),
        "number part": many(lambda: f"nomor:{dice.randint(1, 4000)}"),
        "number": many(lambda: f"005/{dice.randint(1, 4000)}"),
        "number as a word": many(lambda: f"{dice.randint(1, 4000)}"),
        "either": many(lambda: f"{word()} OR {word()}"),
        "without": many(lambda: f"{word()} -{word()}"),
        "year alone": many(lambda: f"date:{dice.randint(2016, 2023)}", 20),
        "word and month in words": many(
            lambda: f"{word()} {dice.choice(months)} {dice.randint(2016, 2023)}"
        ),
        "word and kind in words": many(
            lambda: f"{word()} {dice.choice(('sk', 'surat tugas', 'nodin'))}"
        ),
        "word on a page": many(lambda: f"page:2 {word()}"),
        "word and state": many(
            lambda: f"{word()} {dice.choice(('is:doubtful', 'has:deadline', 'is:read'))}"
        ),
    }


def bm25_ms(connection: sqlite3.Connection, text: str) -> float:
    """CPU that FTS5 takes by itself to rank all pages with all words, without a snippet."""
    asked = " ".join(f'"{word}"' for word in text.split())
    start = time.process_time()
    connection.execute(
        "SELECT rowid FROM page_words WHERE page_words MATCH ? ORDER BY bm25(page_words) LIMIT 20",
        (asked,),
    ).fetchall()
    return (time.process_time() - start) * 1_000


def answer_ms(connection: sqlite3.Connection, text: str, sort: Sort) -> float:
    start = time.process_time()
    search(connection, parse(text, today=TODAY), sort=sort)
    return (time.process_time() - start) * 1_000


def engine(path: Path, words: list[str], seed: int, *, worst: bool) -> dict[str, float]:
    """Prints a table; family -> median."""
    connection = sqlite3.connect(path)
    print(f"{'20 hits with snippets, CPU ms':32}{'median':>8}{'p95':>8}{'most':>8}{'aim':>6}")
    medians = {}
    for family, (typed, sort) in families(words, seed).items():
        timed = sorted((answer_ms(connection, text, sort), text) for text in typed)
        times = [one for one, _text in timed]
        p95 = times[int(len(times) * 0.95)]
        medians[family] = statistics.median(times)
        aim = LIMITS.get(family, "")
        print(f"{family:32}{medians[family]:8.1f}{p95:8.1f}{times[-1]:8.1f}{aim:>6}")
        if worst:
            print("   ", ", ".join(f"{text} {ms:.0f}" for ms, text in timed[-4:]))
    known = families(words, seed)
    asked = [text for family in ("one word", "two words") for text in known[family][0][:60]]
    times = sorted(bm25_ms(connection, text) for text in asked)
    print(f"{'FTS5 alone, by bm25':32}{times[60]:8.1f}{times[114]:8.1f}{times[-1]:8.1f}")
    expansions = []
    for word in random.Random(seed).choices(words, k=100):
        start = time.process_time()
        Widening(connection, {"misread"}).of(Text(word[1:] + "n"))
        expansions.append((time.process_time() - start) * 1_000)
    expansions.sort()
    print(f"{'misread forms of a word':32}{expansions[50]:8.1f}{expansions[95]:8.1f}", end="")
    print(f"{expansions[-1]:8.1f}{5:>6}   of {vocabulary.size(connection)} words")
    connection.close()
    return medians


def sizes(path: Path) -> None:
    """The index and what stands beside it, against the text."""
    connection = sqlite3.connect(path)
    text = connection.execute("SELECT sum(length(CAST(text AS BLOB))) FROM page").fetchone()[0]
    held = (
        "name GLOB 'page_words*' OR name GLOB 'card*' OR name GLOB '*vocabulary*' OR name = 'slice'"
    )
    index = connection.execute(f"SELECT sum(pgsize) FROM dbstat WHERE {held}").fetchone()[0]  # noqa: S608
    print(f"text {text / 1e6:.0f} MB, index and side tables {index / text:.2f} of it")
    connection.close()


def hostile(path: Path, count: int) -> None:
    """Asks strings that nobody means well; raises when one of them makes finding stumble."""
    connection = sqlite3.connect(path)
    dice = random.Random(5)
    pieces = ["NEAR(", "AND", "OR", "NOT", '"', "*", "^", "{", "}", "text:", "codes :", "--", ")",
              "(", "hal:", "nomor:", "tanggal:", "rapat", "\\", "%", "\x00", "\ud800", "\ue000",
              "'; DROP TABLE", "🖨", "é", "-", ":", "+"]  # fmt: skip
    for _ in range(count):
        made = dice.choice(("", " ")).join(dice.choices(pieces, k=dice.randint(1, 8)))
        typed = "".join(dice.choices(string.printable, k=dice.randint(0, 30)))
        search(connection, parse(dice.choice((made, typed)), today=TODAY), limit=2)
    print(f"{count} hostile strings: 0 errors")
    connection.close()


RUN = """\
import json, os, pty, resource, subprocess, sys
runs, command = 11, json.loads(sys.argv[2])
spent = []
for _ in range(runs):
    out = pty.openpty()[1] if sys.argv[1] == "table" else subprocess.DEVNULL
    subprocess.run(command, stdout=out, stderr=out)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent.append(used.ru_utime + used.ru_stime)
print(json.dumps([[b - a for a, b in zip([0, *spent], spent)], used.ru_maxrss]))
"""
"""A small process that starts others: what a large one starts is counted as large as it is."""


LEAST = """\
import gc
gc.disable()
import json, sqlite3, tomllib
import typer
app = typer.Typer(add_completion=False)
@app.command()
def search(catalog: str, word: str, limit: int = 20) -> None:
    asked = "SELECT rowid FROM page_words WHERE page_words MATCH ? LIMIT ?"
    print(sqlite3.connect(catalog).execute(asked, (word, limit)).fetchall())
app()
"""
"""The least program of the same libraries that finds something: what arsip starts from."""


def process_ms(command: list[str], manner: str = "piped") -> tuple[float, float]:
    """Median CPU of whole processes, and the most memory one took in MB."""
    told = subprocess.run(
        [sys.executable, "-c", RUN, manner, json.dumps(command)],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    times, memory = json.loads(told)
    return statistics.median(times) * 1_000, memory / 1_024


def process(root: Path, words: list[str]) -> None:
    """Times `arsip search` of a rare and of a common word as a person or a program starts it."""
    arsip = [str(Path(sys.executable).with_name("arsip")), "--archive", str(root)]
    bare, _memory = process_ms([sys.executable, "-c", "pass"])
    print(f"{'whole process, CPU ms':32}{'median':>8}{'x bare':>8}{'MB':>8}   aim 100, table 150")
    print(f"{'python -c pass':32}{bare:8.1f}{1.0:8.1f}")
    least = [sys.executable, "-c", LEAST, str(root / "catalog.sqlite3"), words[1]]
    spent, memory = process_ms(least)
    print(f"{'least typer program':32}{spent:8.1f}{spent / bare:8.1f}{memory:8.0f}")
    for manner in ("piped", "table"):
        for name, word in (("rare", words[9_000]), ("common", words[1])):
            spent, memory = process_ms([*arsip, "search", word], manner)
            told = f"arsip search, {name} word, {manner}"
            print(f"{told:32}{spent:8.1f}{spent / bare:8.1f}{memory:8.0f}")


def build(root: Path, press: made_up.Press, pages: int) -> Path:
    """The catalog of an archive of so many pages, made unless it is there."""
    path = root / "catalog.sqlite3"
    if not path.exists():
        cards = press.letters(pages)
        printed = time.process_time()
        for _ in made_up.Press(1, 1_000).letters(1_000):
            pass
        a_page = (time.process_time() - printed) / 1_000
        start = time.process_time()
        made_up.archive(root, cards)
        spent = time.process_time() - start - a_page * pages
        print(f"letters put in and indexed: {pages / spent:,.0f} pages a second of CPU")
    connection = catalog.connect(path, wait=0)
    start = time.process_time()
    with catalog.changing(connection):
        tending.refill(connection)
    print(f"index alone: {pages / (time.process_time() - start):,.0f} pages a second of CPU")
    connection.close()
    return path


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--pages", type=int, nargs="+", default=[10_000])
    options.add_argument("--archive", type=Path)
    options.add_argument("--seed", type=int, default=7)
    options.add_argument(
        "--hostile", type=int, nargs="?", default=0, const=HOSTILE, metavar="N",
        help=f"ask N strings that nobody means well, too ({HOSTILE:,})",
    )  # fmt: skip
    options.add_argument("--worst", action="store_true", help="name the slowest queries")
    chosen = options.parse_args()
    medians: dict[int, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for pages in chosen.pages:
            print(f"\n{pages:,} pages")
            root = (chosen.archive or Path(folder)) / str(pages)
            root.mkdir(parents=True, exist_ok=True)
            press = made_up.Press(chosen.seed, pages)
            path = build(root, press, pages)
            sizes(path)
            gc.freeze()  # what the press holds is no part of an answer
            medians[pages] = engine(path, press.words, chosen.seed, worst=chosen.worst)
            process(root, press.words)
            if chosen.hostile:
                hostile(path, chosen.hostile)
    if len(medians) > 1:
        first, *_, last = medians
        print(f"\ngrowth from {first:,} to {last:,} pages (log-log slope of medians)")
        for family in medians[first]:
            slope = math.log(medians[last][family] / medians[first][family]) / math.log(
                last / first
            )
            print(f"{family:32}{slope:8.2f}")


if __name__ == "__main__":
    main()
