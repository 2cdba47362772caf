"""The same letter scanned twice: ``python bench/rescans.py [--scans FIRST SECOND] [--letters N]``.

FIRST and SECOND are folders with scans of the same letters, of the same names: they are filed one
after the other, and it is counted how many of the second are known again, and as which letter.
Then 1,000 letters of one form are filed, each with another number or another day: none may become
a rendition. Last, N letters are put into a catalog, and what it costs to look one up is measured:
of letters of forms that thousands share, and of letters that nothing is like.
Exits with 1 unless 98 % are found, none is joined wrongly, and a look costs 5 ms of CPU at most.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import shlex
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from arsip.archive import keys, likeness, places, rescans, schema
from arsip.fields import DATE_OF_LETTER, LETTER_NUMBER
from arsip.letter.extract import extract
from arsip.model import Box, Finding, Letter, PageText, Word

FORM = """PEMERINTAH KABUPATEN WANAJAYA
DINAS PERPUSTAKAAN
Jalan Melati No. 7 Wanajaya 45311

                                        Wanajaya, {day}
Nomor     : {number}
Sifat     : Biasa
Lampiran  : -
Hal       : Undangan Rapat Koordinasi

Yth. Kepala Perpustakaan Desa
di Wanajaya

Dengan hormat, dalam rangka persiapan lomba perpustakaan desa tingkat kabupaten
tahun ini, kami mengundang Saudara hadir pada rapat koordinasi yang akan
dilaksanakan di ruang baca utama pukul 09.00 sampai selesai.
Demikian undangan ini kami sampaikan, atas perhatian Saudara diucapkan terima kasih.

                                        Kepala Dinas Perpustakaan,


                                        Siti Rahma
                                        NIP 197001011990032001
"""
MONTHS = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus",
          "September", "Oktober", "November", "Desember")  # fmt: skip
SYLLABLES = [first + last for first in "bdklmnprst" for last in "aiu"]
LEAST_FOUND = 0.98
MOST_SECONDS = 0.005
FORMS = 20
"""Forms that half of the many letters are of."""


def ingested(arsip: str, archive: Path, folder: Path, *extra: str) -> list[dict[str, object]]:
    command = [*shlex.split(arsip), "--archive", str(archive), "ingest", str(folder), "--json"]
    done = subprocess.run([*command, *extra], capture_output=True, text=True, check=False)
    if not done.stdout:
        sys.exit(done.stderr)
    return [json.loads(line) for line in done.stdout.splitlines()]


def pairs(arsip: str, first: Path, second: Path, extra: list[str]) -> bool:
    """File both folders; whether nearly all of the second were known again as what they are."""
    with tempfile.TemporaryDirectory() as name:
        archive = Path(name) / "arsip"
        letters = {
            Path(str(told["file"])).stem: told["id"]
            for told in ingested(arsip, archive, first, *extra)
            if told["status"] == "filed"
        }
        again = ingested(arsip, archive, second, *extra)
    counted: Counter[str] = Counter()
    for told in again:
        stem = Path(str(told["file"])).stem
        if told["status"] != "filed" or stem not in letters:
            counted["not both filed"] += 1
        elif told["same_as"] is None:
            counted["missed"] += 1
            print(f"missed: {stem}")
        elif told["same_as"] == letters[stem]:
            counted["renditions" if told["sure"] else "told as probable"] += 1
        else:
            counted["taken for another"] += 1
            print(f"taken for letter {told['same_as']}: {stem}")
    print("pairs:", ", ".join(f"{times} {word}" for word, times in counted.items()))
    found = counted["renditions"] + counted["told as probable"]
    return found >= LEAST_FOUND * (found + counted["missed"] + counted["taken for another"])


def near_identical(letters: int) -> Iterator[str]:
    """Letters of one form: each with its own number, or with its own day."""
    yield FORM.format(day="12 Maret 2024", number="005/1000/Perpus/2024")
    start = dt.date(2020, 1, 1)
    for at in range(1, letters // 2):
        yield FORM.format(day="12 Maret 2024", number=f"005/{1000 + at}/Perpus/2024")
    for at in range(letters // 2):
        day = start + dt.timedelta(at)
        told = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
        yield FORM.format(day=told, number="005/1000/Perpus/2024")


def forms(arsip: str, letters: int) -> bool:
    """File letters of one form; whether none became a rendition of another."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "scan"
        folder.mkdir()
        for at, text in enumerate(near_identical(letters)):
            (folder / f"{at:05}.txt").write_text(text, "utf-8")
        told = ingested(arsip, Path(name) / "arsip", folder)
    sure = Counter(one["sure"] for one in told)
    print(f"letters of one form: {len(told)}, joined {sure[True]}, told as probable {sure[False]}")
    return len(told) == letters and not sure[True]


def scanned(text: str, dice: random.Random, *, share: float) -> PageText:
    """A page as OCR gives it: so many of its signs wrong, and those words less sure."""
    lines = []
    for row, line in enumerate(filter(None, map(str.strip, text.splitlines()))):
        words = []
        for place, word in enumerate(line.split()):
            read = "".join(dice.choice("eocl1580") if dice.random() < share else x for x in word)
            box = Box(50 + 60 * place, 20 * row, 100 + 60 * place, 20 * row + 15)
            words.append(Word(read, box, 0.95 if read == word else 0.6))
        lines.append(tuple(words))
    return PageText(1, tuple(lines), engine="bench", confidence=0.93, width=595, height=842)


class Shelf:
    """A catalog with the rows that a look needs, and no more."""

    def __init__(self, path: Path) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None)
        schema.apply(self.connection)
        self.connection.execute("DROP TRIGGER page_added")
        self.connection.execute("PRAGMA foreign_keys = OFF")

    def put(self, number: int, letter: Letter, text: str) -> None:
        """Put a letter's rows in."""
        add = self.connection.execute
        add(
            "INSERT INTO entry (id, digest, state, filed_at, source, original, pages, flags,"
            " secret, shelf, record) VALUES (?, ?, 'filed', '', '', '', '', '', 0, '', '')",
            (number, str(number)),
        )
        for field in (LETTER_NUMBER, DATE_OF_LETTER):
            found = letter.best(field)
            if found is not None:
                key = keys.key(field, field.kind.plain(found.value))
                add(
                    "INSERT INTO finding (entry, field, rank, value, key, json, confidence, origin,"
                    " rule, raw, doubtful) VALUES (?, ?, 0, '', ?, '', ?, ?, '', '', ?)",
                    (number, field.name, key, found.confidence, found.origin, found.doubtful),
                )
        row = places.page_id(number, 1)
        add("INSERT INTO page (id, entry, number, text) VALUES (?, ?, 1, ?)", (row, number, text))
        self.connection.executemany(
            "INSERT INTO sketch VALUES (?, ?)", ((key, number) for key in likeness.sketch([text]))
        )


def prose(dice: random.Random, words: int) -> str:
    return " ".join(
        "".join(dice.choices(SYLLABLES, k=dice.randint(2, 4))) for _word in range(words)
    )


def many(letters: int) -> Iterator[tuple[Letter, str]]:
    """Half of them of a few forms, half with words of their own between the usual ones."""
    dice = random.Random(7)
    bodies = [prose(dice, 150) for _form in range(FORMS)]
    head, tail = FORM.split("Dengan hormat")
    for at in range(letters):
        body = bodies[dice.randrange(FORMS)] if at % 2 else prose(dice, 150)
        day = dt.date(2014, 1, 1) + dt.timedelta(at * 4000 // letters)
        number = f"{dice.randint(0, 999):03}/{at}/Perpus/{day.year}"
        told = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
        text = head.format(day=told, number=number) + body + tail
        yield Letter({
            "letter_number": (Finding(number, 0.95, "ocr"),),
            "date": (Finding(day, 0.98, "ocr"),),
        }), text  # fmt: skip


def cost(letters: int, looks: int) -> bool:
    """CPU of a look among so many letters; whether it is little."""
    dice = random.Random(11)
    with tempfile.TemporaryDirectory() as name:
        shelf = Shelf(Path(name) / "catalog.sqlite3")
        shelf.connection.execute("BEGIN")
        asked = []
        for number, (letter, text) in enumerate(many(letters), 1):
            shelf.put(number, letter, text)
            if number % (letters // looks) in {0, 1}:
                asked.append((number, letter, text))
        shelf.connection.execute("COMMIT")
        spent, right = [], 0
        for number, letter, text in asked:
            pages = (scanned(text, dice, share=0.02),)
            start = time.process_time()
            same = rescans.found(shelf.connection, letter, pages)
            spent.append(time.process_time() - start)
            right += same is not None and same.id == number
        shelf.connection.close()
    mean, worst = sum(spent) / len(spent), max(spent)
    print(f"{letters} letters: a look {mean * 1000:.2f} ms CPU, worst {worst * 1000:.2f}, "
          f"{right} of {len(asked)} scanned again known")  # fmt: skip
    return mean <= MOST_SECONDS and right >= LEAST_FOUND * len(asked)


def noisy_forms(letters: int) -> bool:
    """Letters of one form, as OCR reads them, looked up one after the other."""
    dice = random.Random(13)
    counted: Counter[bool | None] = Counter()
    with tempfile.TemporaryDirectory() as name:
        shelf = Shelf(Path(name) / "catalog.sqlite3")
        for number, text in enumerate(near_identical(letters), 1):
            page = scanned(text, dice, share=0.004)
            letter = extract((page,), today=dt.date(2026, 1, 1))
            same = rescans.found(shelf.connection, letter, (page,))
            counted[same and same.sure] += 1
            shelf.put(number, letter, page.text)
        shelf.connection.close()
    print(f"the same as OCR reads them: joined {counted[True]}, told as probable {counted[False]}")
    return True


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--arsip", default=f"{sys.executable} -m arsip")
    parser.add_argument("--scans", nargs=2, type=Path, metavar=("FIRST", "SECOND"))
    parser.add_argument("--password-file", type=Path)
    parser.add_argument("--forms", type=int, default=1000)
    parser.add_argument("--letters", type=int, default=100_000)
    parser.add_argument("--looks", type=int, default=200)
    asked = parser.parse_args()
    extra = ["--password-file", str(asked.password_file)] if asked.password_file else []
    good = [forms(asked.arsip, asked.forms), noisy_forms(asked.forms)]
    good.append(cost(asked.letters, asked.looks))
    if asked.scans:
        good.append(pairs(asked.arsip, *asked.scans, extra))
    sys.exit(not all(good))


if __name__ == "__main__":
    main()
