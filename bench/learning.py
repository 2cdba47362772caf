"""What corrections are worth: ``python bench/learning.py [--arsip CMD]``.

Files 10 letters each of eight offices with odd habits, and of one without, corrects what was read
wrong, files the next 10 into that archive and into one that was taught nothing, and counts the
values that are wrong or missing. Exits with 1 unless the errors of the odd offices fall by half or
more, no office has more of them than untaught, and the taught lessons cost less than 2 ms a letter.
"""

from __future__ import annotations

import argparse
import datetime as dt
import shlex
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from odd_letters import ODD, Drawn, Pen, as_pdf, as_text, school

from arsip.archive.store import Archive
from arsip.fields import BY_NAME
from arsip.letter.extract import extract
from arsip.model import Entry

FIELDS = ("letter_number", "date", "subject", "sender")
OFFICES = (*ODD, school)
LETTERS = 10
MOST_SECONDS = 0.002


def now() -> dt.datetime:
    return dt.datetime.now().astimezone()


def drawn(folder: Path, *, round_: int, seed: str) -> dict[str, tuple[str, Drawn]]:
    """Draw letters; file name -> office and truth. Every other one is a PDF, the rest is text."""
    letters: dict[str, tuple[str, Drawn]] = {}
    folder.mkdir()
    for office in OFFICES:
        for at in range(LETTERS):
            letter = office(Pen(f"{seed} {office.__name__} {round_} {at}"))
            kind, content = ("pdf", as_pdf(letter)) if at % 2 else ("txt", as_text(letter))
            name = f"{office.__name__}-{round_}-{at}.{kind}"
            (folder / name).write_bytes(content)
            letters[name] = office.__name__, letter
    return letters


def wrong(entry: Entry, truth: dict[str, str | None]) -> dict[str, str | None]:
    """The fields whose fact is not the truth, with the truth."""
    found: dict[str, str | None] = {}
    for name in FIELDS:
        field = BY_NAME[name]
        fact = entry.letter.first(field)
        plain = None if fact is None else field.kind.plain(fact)
        if plain != truth[name]:
            found[name] = truth[name]
    return found


def filed(archive: Archive, letters: dict[str, tuple[str, Drawn]]) -> list[Entry]:
    """The letters of these files in the archive."""
    return [
        entry
        for number in range(1, archive.counts().letters + 1)
        if (entry := archive.entry(str(number))).source in letters
    ]


def counted(entries: list[Entry], letters: dict[str, tuple[str, Drawn]]) -> Counter[str]:
    errors: Counter[str] = Counter()
    for entry in entries:
        office, letter = letters[entry.source]
        for name in wrong(entry, letter.truth):
            errors[office] += 1
            errors[f"{office} {name}"] += 1
    return errors


def taught(archive: Archive, letters: dict[str, tuple[str, Drawn]]) -> int:
    """Correct every wrong value as ``arsip edit`` does; gives how many."""
    count = 0
    for entry in filed(archive, letters):
        letter = letters[entry.source][1]
        right = {**wrong(entry, letter.truth), **letter.typed}
        changes = {
            BY_NAME[name]: BY_NAME[name].kind.parse(value)
            for name, value in right.items()
            if value is not None
        }
        archive.edit(entry.id, changes, who="bench")
        count += len(changes)
    return count


def cost(archive: Archive, entries: list[Entry]) -> float:
    """CPU seconds a letter that looking up and applying lessons takes, on top of reading."""
    today, spent = now().date(), [0.0, 0.0]
    pages = [archive.pages(entry) for entry in entries]
    for _again in range(3):
        for one in pages:
            start = time.process_time()
            extract(one, today=today)
            middle = time.process_time()
            extract(one, today=today, habits=archive.habits(one))
            spent[0] += middle - start
            spent[1] += time.process_time() - middle
    return (spent[1] - spent[0]) / (3 * len(pages))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--arsip", default="arsip")
    parser.add_argument("--seed", default="1")
    asked = parser.parse_args()
    arsip = shlex.split(asked.arsip)
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        first = drawn(root / "first", round_=1, seed=asked.seed)
        after = drawn(root / "next", round_=2, seed=asked.seed)

        def ingest(archive: str, folder: str) -> None:
            command = [*arsip, "--archive", str(root / archive), "-q", "ingest", str(root / folder)]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

        ingest("taught", "first")
        with Archive.open(root / "taught", clock=now) as archive:
            corrected = taught(archive, first)
        ingest("taught", "next")
        ingest("untaught", "next")
        with Archive.open(root / "untaught", clock=now) as archive:
            before = counted(filed(archive, after), after)
        with Archive.open(root / "taught", clock=now) as archive:
            entries = filed(archive, after)
            now_ = counted(entries, after)
            seconds = cost(archive, entries)
    sys.exit(told(before, now_, corrected=corrected, seconds=seconds))


def told(before: Counter[str], after: Counter[str], *, corrected: int, seconds: float) -> int:
    """Print the errors by office; gives the exit code."""
    print(f"{corrected} values corrected in {LETTERS * len(OFFICES)} letters; errors in the next:")
    for office in OFFICES:
        name = office.__name__
        parts = ", ".join(
            f"{field} {before[f'{name} {field}']} -> {after[f'{name} {field}']}"
            for field in FIELDS
            if before[f"{name} {field}"] or after[f"{name} {field}"]
        )
        print(f"{name:<12} {before[name]:>3} -> {after[name]:>3}   {parts}")
    odd = [office.__name__ for office in ODD]
    once, now_ = sum(before[name] for name in odd), sum(after[name] for name in odd)
    print(f"{'all odd':<12} {once:>3} -> {now_:>3}   of {LETTERS * len(odd) * len(FIELDS)} values")
    print(f"lessons cost {seconds * 1000:.2f} ms of CPU a letter")
    worse = any(after[office.__name__] > before[office.__name__] for office in OFFICES)
    return int(not once or 2 * now_ > once or worse or seconds > MOST_SECONDS)


if __name__ == "__main__":
    main()
