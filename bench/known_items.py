"""Whether a letter is found by what a clerk half remembers of it, among 20,000 other pages.

    python bench/known_items.py LETTERS [LETTERS ...] [--others 20000] [--tell]

LETTERS are folders with truth/*.json, as tests/samples: fields of letters, and their text or pages;
those of batches are left out.
Each letter is asked for as clerks do: by a part of its number and a word; by its sender's short
name and its month; by two of its words, one in another form and one mistyped; and by words of which
one or two letters were misread, in the query or in the letter. Peers that this machine has are
asked the same on the same text: SQLite's FTS5 by itself, ripgrep, tantivy.
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib
import itertools
import json
import random
import re
import shutil
import sqlite3
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import made_up

from arsip.archive import catalog, entering, keys, stems
from arsip.archive.find.query import parse
from arsip.archive.find.search import search
from arsip.archive.find.widening import kinship
from arsip.fields import BY_NAME
from arsip.model import Finding, Letter

TODAY = dt.date(2026, 1, 15)
MONTHS = "januari februari maret april mei juni juli agustus september oktober november desember"
FIELDS = ("letter_number", "date", "subject", "sender", "doc_type", "sensitivity")
LOOKS = {"m": "rn", "l": "1", "o": "0", "s": "5", "e": "c", "u": "n", "b": "8", "i": "l",
         "d": "cl", "g": "9", "a": "o", "t": "f", "n": "u", "r": "t", "k": "h",
         "h": "b", "p": "g"}  # fmt: skip
TWO = 2
LONG = 6
"""Letters of a word that is misread."""
SUFFIXED = ("{}nya", "{}kan", "di{}", "{}an")


class Known(NamedTuple):
    """A letter that a clerk looks for."""

    fields: dict[str, Any]
    text: str


class Asked(NamedTuple):
    """A query, the letter meant, and the text of it that a scan damaged (empty: it is whole)."""

    query: str
    letter: int
    damaged: str = ""


def known(folders: list[Path]) -> list[Known]:
    letters = []
    for path in sorted(itertools.chain(*(folder.glob("truth/*.json") for folder in folders))):
        told = json.loads(path.read_text("utf-8"))
        pages = told.get("pages")
        text = told.get("text") or "\n".join(map(_text, pages if isinstance(pages, list) else ()))
        if "fields" in told and text:
            letters.append(Known(told["fields"], text))
    return letters


def _text(page: str | dict[str, str]) -> str:
    return page if isinstance(page, str) else page["text"]


def as_card(number: int, letter: Known, text: str = "") -> made_up.Card:
    """The letter as the catalog keeps it; a field that its kind cannot hold is left out."""
    findings = {}
    for name in FIELDS:
        value = letter.fields.get(name)
        if value:
            field = BY_NAME[name]
            findings[name] = (Finding(field.kind.load(value), 0.9, "ocr", page=1),)
    return made_up.card(number, Letter(findings), {1: text or letter.text})


class Clerk:
    """Makes queries of what somebody remembers of a letter."""

    def __init__(self, letters: list[Known], texts: Iterable[str], seed: int) -> None:
        self._dice = random.Random(seed)
        self._letters = letters
        self._spread = Counter(word for text in texts for word in set(self._words(text)))

    def _words(self, text: str) -> list[str]:
        return re.findall(r"\b[a-z]{6,14}\b", text.lower())

    def _rare(self, letter: Known, count: int) -> list[str]:
        """Words that few letters hold, of the subject and the body."""
        words = list(dict.fromkeys(self._words(f"{letter.fields.get('subject')} {letter.text}")))
        words = [word for word in words if stems.stem(word) in stems.roots()] or words
        return sorted(words, key=lambda word: (self._spread[word], self._dice.random()))[:count]

    def by_number(self) -> Iterator[Asked]:
        """A part of the number and a word."""
        for at, letter in enumerate(self._letters):
            parts = re.split(r"[/\s]+", letter.fields.get("letter_number") or "")
            sure = [part for part in parts if re.search(r"\d{2,}", part) and not _year(part)]
            words = self._rare(letter, 4)
            if sure and words:
                yield Asked(f"{self._dice.choice(sure)} {self._dice.choice(words)}", at)

    def by_sender(self) -> Iterator[Asked]:
        """The sender, by a short name where it has one, a word and the month."""
        short = {
            f" {long} ": word
            for kin in kinship()["abbreviation"]
            for word in kin
            for long in kin
            if " " in long and " " not in word
        }
        for at, letter in enumerate(self._letters):
            sender = keys.words(letter.fields.get("sender") or "")
            date = letter.fields.get("date")
            if not sender or not date:
                continue
            named = max((one for one in short if one in f" {sender} "), key=len, default="")
            month = f"{MONTHS.split()[int(date[5:7]) - 1]} {date[:4]}"
            who = short[named] if named else " ".join(sender.split()[-2:])
            what = self._rare(letter, 6)[-1:]
            yield Asked(" ".join((who, *what, f"tanggal:{month}")), at)

    def by_words(self) -> Iterator[Asked]:
        """Two words, one in another form and one mistyped."""
        for at, letter in enumerate(self._letters):
            words = self._rare(letter, 5)
            if len(words) < TWO:
                continue
            one, other = self._dice.sample(words, 2)
            yield Asked(f"{self._other_form(one)} {self._typed_badly(other)}", at)

    def misread_query(self, errors: int) -> Iterator[Asked]:
        """A word misread in the query, and another one."""
        for at, word, beside in self._long_words():
            yield Asked(" ".join((self._misread(word, errors, letters=True), *beside)), at)

    def misread_text(self, errors: int) -> Iterator[Asked]:
        """A word that was misread on the page, and another one."""
        for at, word, beside in self._long_words():
            bad = re.compile(rf"\b{word}\b", re.IGNORECASE)
            text = bad.sub(lambda _, word=word: self._misread(word, errors), self._letters[at].text)
            yield Asked(" ".join((word, *beside)), at, text)

    def _long_words(self) -> Iterator[tuple[int, str, list[str]]]:
        """Each letter with a rare word that is long enough to be misread, and another one."""
        for at, letter in enumerate(self._letters):
            for word in self._rare(letter, 2)[:1]:
                if len(word) >= LONG:
                    yield at, word, [one for one in self._rare(letter, 6) if one != word][-1:]

    def _other_form(self, word: str) -> str:
        root = stems.stem(word)
        forms = [form.format(root) for form in SUFFIXED]
        alike = [form for form in (root, *forms) if form != word and stems.stem(form) == root]
        return self._dice.choice(alike) if alike else word

    def _typed_badly(self, word: str) -> str:
        at = self._dice.randrange(1, len(word) - 2)
        if self._dice.choice((True, False)):
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        return word[:at] + word[at + 1 :]

    def _misread(self, word: str, errors: int, *, letters: bool = False) -> str:
        places = [at for at, sign in enumerate(word) if sign in LOOKS]
        for at in sorted(self._dice.sample(places, min(errors, len(places))), reverse=True):
            sign = LOOKS[word[at]]
            if letters and sign.isdigit():
                sign = "x"
            word = word[:at] + sign + word[at + 1 :]
        return word


def _year(part: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d", part))


class Shelf:
    """The letters among others, in arsip's index and as plain text for peers."""

    def __init__(self, folder: Path, letters: list[Known], others: int) -> None:
        self.letters = letters
        self.first = 1
        cards = [as_card(number, one) for number, one in enumerate(letters, self.first)]
        rest = list(made_up.Press(11, others).letters(others, first=len(letters) + 1))
        made_up.archive(folder / "archive", iter([*cards, *rest]))
        self.connection = catalog.connect(folder / "archive" / "catalog.sqlite3", wait=0)
        self.texts = {one.entry.id: "\n".join(one.texts.values()) for one in (*cards, *rest)}

    def damage(self, asked: Asked) -> None:
        """Put the letter in as a scan damaged it."""
        letter = self.letters[asked.letter]
        card = as_card(asked.letter + self.first, letter, asked.damaged)
        with catalog.changing(self.connection):
            entering.put(self.connection, card.entry.digest, [card])

    def arsip(self, query: str) -> list[int]:
        """What arsip finds, best first."""
        found = search(self.connection, parse(query, today=TODAY), limit=5)
        return [hit.entry.id for hit in found.hits]


def plain(query: str) -> list[str]:
    return keys.words(query.replace("tanggal:", "")).split()


def fts5(shelf: Shelf) -> Callable[[str], list[int]]:
    """SQLite's FTS5 as it comes, all words, by bm25."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE letter USING fts5 (text)")
    base.executemany("INSERT INTO letter (rowid, text) VALUES (?, ?)", shelf.texts.items())

    def ask(query: str) -> list[int]:
        words = " ".join(f'"{word}"' for word in plain(query))
        rows = base.execute(
            "SELECT rowid FROM letter WHERE letter MATCH ? ORDER BY rank LIMIT 5", (words,)
        )
        return [number for (number,) in rows]

    return ask


def ripgrep(shelf: Shelf, folder: Path) -> Callable[[str], list[int]] | None:
    """Files with all words, in the order of their names."""
    program = shutil.which("rg")
    if program is None:
        return None
    folder.mkdir()
    for number, text in shelf.texts.items():
        (folder / f"{number:08}").write_text(text, "utf-8")

    def ask(query: str) -> list[int]:
        files = [str(folder)]
        for word in plain(query):
            told = subprocess.run(
                [program, "-liw", "--sort", "path", word, *files],
                capture_output=True, text=True, check=False,
            )  # fmt: skip
            files = told.stdout.split()
            if not files:
                break
        return [int(Path(one).name) for one in files[:5] if Path(one).name.isdigit()]

    return ask


def tantivy(shelf: Shelf) -> Callable[[str], list[int]] | None:
    """All words, by bm25."""
    try:
        engine = importlib.import_module("tantivy")
    except ImportError:
        return None
    builder = engine.SchemaBuilder()
    builder.add_text_field("text")
    builder.add_integer_field("number", stored=True)
    index = engine.Index(builder.build())
    writer = index.writer()
    for number, text in shelf.texts.items():
        writer.add_document(engine.Document(text=text, number=number))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def ask(query: str) -> list[int]:
        words = " ".join(f"+{word}" for word in plain(query))
        hits = searcher.search(index.parse_query(words, ["text"]), 5).hits
        return [searcher.doc(where)["number"][0] for _score, where in hits]

    return ask


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("folders", nargs="+", type=Path)
    options.add_argument("--others", type=int, default=20_000)
    options.add_argument("--seed", type=int, default=3)
    options.add_argument("--tell", action="store_true", help="name what was not found")
    chosen = options.parse_args()
    letters = known(chosen.folders)
    with tempfile.TemporaryDirectory() as folder:
        shelf = Shelf(Path(folder), letters, chosen.others)
        clerk = Clerk(letters, shelf.texts.values(), chosen.seed)
        families: dict[str, list[Asked]] = {
            "number and word": list(clerk.by_number()),
            "sender and month": list(clerk.by_sender()),
            "two words, other form, mistyped": list(clerk.by_words()),
            "one letter misread in the query": list(clerk.misread_query(1)),
            "two letters misread in the query": list(clerk.misread_query(2)),
            "one letter misread on the page": list(clerk.misread_text(1)),
            "two letters misread on the page": list(clerk.misread_text(2)),
        }
        peers = {
            "arsip": shelf.arsip,
            "fts5": fts5(shelf),
            "ripgrep": ripgrep(shelf, Path(folder) / "text"),
            "tantivy": tantivy(shelf),
        }
        print(f"{len(letters)} letters among {chosen.others:,} pages: first / within five, percent")
        for family, asked in families.items():
            print(f"{family:36}{len(asked):4}", end="")
            for name, ask in peers.items():
                # What a scan damaged is put into arsip's index alone: no peer reads it better.
                if ask is None or (asked[0].damaged and name != "arsip"):
                    continue
                first, five = rates(shelf, ask, asked, tell=chosen.tell and name == "arsip")
                print(f"   {name} {first:.1f} / {five:.1f}", end="")
            print()


def rates(
    shelf: Shelf, ask: Callable[[str], list[int]], asked: list[Asked], *, tell: bool
) -> tuple[float, float]:
    """Percent of the letters meant that came first, and that were among five."""
    first = five = 0
    for one in asked:
        if one.damaged:
            shelf.damage(one)
        found = ask(one.query)
        first += found[:1] == [one.letter + shelf.first]
        five += one.letter + shelf.first in found
        if tell and found[:1] != [one.letter + shelf.first]:
            print(f"\n    {one.query}: meant {one.letter + shelf.first}, found {found}", end="")
        if one.damaged:
            shelf.damage(one._replace(damaged=shelf.letters[one.letter].text))
    return 100 * first / len(asked), 100 * five / len(asked)


if __name__ == "__main__":
    main()
