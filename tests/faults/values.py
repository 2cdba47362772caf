"""Hostile words, values and bytes: ``python -m tests.faults.values [--count 20000]``.

Asks an archive so many hostile queries, puts half as many letters with hostile values on a shelf,
and lets records, texts and ledgers be read with bytes that were changed; prints what broke.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from arsip.archive import pagetext, record
from arsip.archive.find.query import parse
from arsip.archive.ledger import Ledger
from arsip.archive.shelf import PART_BYTES, Shelf
from arsip.archive.store import Archive
from arsip.errors import ArsipError, Damaged
from arsip.model import Entry
from tests.archive import keeping

TODAY: Final = dt.date(2024, 3, 15)
_SPACED: Final = r"""
rapat surat OR AND NOT NEAR( - -- " ' ( ) * : ^ { } + ~ ; \ / % _ , = | < > ? ! hal: tanggal: page:
is: nomor: dari:* tag: sifat:rahasia .. ..9999 2022.. {0} {year} %s $(x) `x` '; DROP entry;-- ../
/etc C:\ CON nul.pdf =1+1 é İ ß ﬁ ١٢ ½ 😀
"""
WORDS: Final = (
    *_SPACED.split(),
    *("e\u0301", "\ud800", "\udcff", "\u202e", "\u200b", "\U0010ffff", "x" * 300, "ñ" * 150),
    *("\x00", "\x02", "\x03", "\x1b[2J", "\n", "\t"),
)
TEMPLATES: Final = (
    "{year}/{sender}/{date} {number} {subject}",
    "{sender}",
    "{type}/{subject}/{id}",
)


def hostile(dice: random.Random) -> str:
    """Some hostile words, glued, spaced or drawn from all signs there are."""
    kind = dice.random()
    if kind < 0.5:
        return "".join(dice.choices(WORDS, k=dice.randint(1, 10)))
    if kind < 0.85:
        return " ".join(dice.choices(WORDS, k=dice.randint(1, 10)))
    return "".join(chr(dice.randrange(0x110000)) for _ in range(dice.randint(1, 30)))


def asked(place: Path, count: int, dice: random.Random) -> Iterator[str]:
    """What goes wrong with so many queries to an archive of a few letters."""
    with keeping.archive(place / "ditanya") as kept:
        for number in range(5):
            keeping.file(kept, f"undangan rapat {number}", subject="Rapat", sender="Dinas")
        for _turn in range(count):
            query = hostile(dice)
            try:
                kept.search(parse(query, today=TODAY), limit=5, secret=True)
                list(kept.select(parse(query, today=TODAY)))
            except Exception as error:  # noqa: BLE001 - whatever comes is what is looked for
                yield f"query {query!r}: {error!r}"


def shelved(place: Path, count: int, dice: random.Random) -> Iterator[str]:
    """What goes wrong with so many letters on a shelf that say hostile things of themselves."""
    before = sorted(place.iterdir())
    for turn, template in enumerate(TEMPLATES):
        root = place / f"rak{turn}"
        (root / "shelf").mkdir(parents=True)
        shelf = Shelf(root, template)
        for number in range(count // len(TEMPLATES)):
            values = {name: hostile(dice) for name in ("sender", "subject", "letter_number")}
            one = _entry(number + 1, values)
            stands = shelf.place(one)
            shelf.link(one.file, stands)
            yield from (f"{values}: {why}" for why in _misplaced(root, stands))
    made = [place / f"rak{turn}" for turn in range(len(TEMPLATES))]
    if sorted(place.iterdir()) != sorted([*before, *made]):
        yield f"outside the shelf: {sorted(place.iterdir())}"
    for root in made:
        yield from (f"outside the shelf: {one}" for one in root.iterdir() if one.name != "shelf")


def _entry(number: int, values: dict[str, str]) -> Entry:
    folder = Path("vault", "ab", "cd", f"{number:064x}")
    return Entry(
        id=number,
        digest=f"{number:064x}",
        state="filed",
        filed_at=keeping.NOW,
        source="scan.pdf",
        original=folder / "original.pdf",
        reading=None,
        pages=(1,),
        letter=keeping.letter(values),
    )


def _misplaced(root: Path, stands: str) -> Iterator[str]:
    path = root / "shelf" / stands
    if ".." in Path(stands).parts or not path.is_symlink():
        yield "no link on the shelf"
    if not path.parent.resolve().is_relative_to((root / "shelf").resolve()):
        yield "outside the shelf"
    if any(len(part.encode()) > PART_BYTES for part in Path(stands).parts):
        yield "too long a name"
    if any(sign < " " for sign in stands):
        yield "a control character"


def mauled(content: bytes, dice: random.Random) -> bytes:
    """Bytes with some of them changed, doubled or gone, or a value of JSON put for another."""
    made = bytearray(content)
    for _turn in range(dice.randint(1, 4)):
        at = dice.randrange(len(made) or 1)
        kind = dice.randrange(4)
        if kind == 0:
            made[at : at + 1] = bytes([dice.randrange(256)])
        elif kind == 1:
            del made[at : at + dice.randint(1, 40)]
        elif kind == 2:
            made[at:at] = made[at : at + dice.randint(1, 40)]
        else:
            made = bytearray(_swapped(bytes(made), dice))
    return bytes(made)


def _swapped(content: bytes, dice: random.Random) -> bytes:
    values = (b"null", b"[]", b"{}", b'""', b"-1", b"1e999", b"true", b'"\\ud800"', b"[[]]")
    places = [at for at, sign in enumerate(content) if sign in b":,["]
    if not places:
        return content
    at = dice.choice(places) + 1
    ends = [end for end in (content.find(sign, at) for sign in b",}]") if end > 0]
    return content[:at] + dice.choice(values) + content[min(ends, default=len(content)) :]


def read(place: Path, count: int, dice: random.Random) -> Iterator[str]:
    """What goes wrong when damaged records, texts and ledgers are read: Damaged is all right."""
    with keeping.archive(place / "dibaca") as kept:
        keeping.file(kept, "undangan rapat", pages=2, subject="Rapat", sender="Dinas")
        folder = kept.root / kept.entry("1").original.parent
        notes = kept.root / "ledger" / "000001.jsonl"
        sound = {
            "record": (folder / "record.json").read_bytes(),
            "text": (folder / "text.jsonl").read_bytes(),
            "ledger": notes.read_bytes(),
        }
    readers: dict[str, Callable[[bytes], object]] = {
        "record": record.load,
        "text": pagetext.load,
        "ledger": lambda content: _ledger(place / "buku", content),
    }
    for turn in range(count):
        kind = ("record", "text", "ledger")[turn % 3]
        content = mauled(sound[kind], dice)
        try:
            readers[kind](content)
        except Damaged:
            continue
        except Exception as error:  # noqa: BLE001 - whatever comes is what is looked for
            yield f"{kind} {content!r}: {error!r}"


def _ledger(root: Path, content: bytes) -> None:
    folder = root / "ledger"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "000001.jsonl").write_bytes(content)
    ledger = Ledger(root)
    list(ledger.lines())
    list(ledger.flaws())
    ledger.sums()


def opened(place: Path, count: int, dice: random.Random) -> Iterator[str]:
    """What goes wrong when an archive is opened, looked at and made anew with a mauled record."""
    with keeping.archive(place / "dibuka") as kept:
        keeping.file(kept, "undangan rapat", subject="Rapat", sender="Dinas")
        path = kept.root / kept.entry("1").original.with_name("record.json")
    sound = path.read_bytes()
    for _turn in range(count):
        path.write_bytes(mauled(sound, dice))
        try:
            with Archive.open(place / "dibuka", clock=keeping.clock) as kept:
                kept.verify(full=True)
                kept.rebuild()
        except ArsipError:
            continue
        except Exception as error:  # noqa: BLE001 - whatever comes is what is looked for
            yield f"{path.read_bytes()!r}: {error!r}"


TRIALS: Final = {
    "queries": (asked, 1),
    "values": (shelved, 2),
    "bytes": (read, 2),
    "records": (opened, 50),
}
"""Name -> what is tried, and what part of the count it gets."""


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--count", type=int, default=20_000)
    options.add_argument("--seed", type=int, default=11)
    args = options.parse_args()
    total = 0
    for name, (trial, part) in TRIALS.items():
        with tempfile.TemporaryDirectory() as folder:
            wrong = list(trial(Path(folder), args.count // part, random.Random(args.seed)))
        total += len(wrong)
        print(f"{name:<8} {args.count // part:>6} tried, {len(wrong)} broke")
        for one in wrong[:5]:
            print("   ", ascii(one)[:600])
        sys.stdout.flush()
    return 1 if total else 0


if __name__ == "__main__":
    sys.exit(main())
