"""How truly fields are read, and whether a confidence means what it says: no page is read again.

``python bench/reread.py ARCHIVE TRUTH [ARCHIVE TRUTH ...] [--show FIELD] [--curves]``: the words of
filed letters are taken from the vault, extracted with today's rules and compared with TRUTH, a
folder of JSON with ``file`` and ``fields``. ``--curves`` gives what letter/calibration.py holds.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from arsip.archive.pagetext import load
from arsip.fields import BY_NAME, FIELDS
from arsip.letter.calibration import CURVES
from arsip.letter.extract import extract
from arsip.model import Letter, PageText

BINS = 10
CLOSE = 0.8
"""Share of the words of a text that make it no wrong value."""
TEXTS = {"subject", "sender", "recipient", "signatory", "copies_to", "attachments", "place",
         "signatory_title", "on_behalf_of", "classification_name"}  # fmt: skip
KINDS = {"surat_keputusan": "keputusan", "memo": "memorandum", "surat_perusahaan": "surat_dinas",
         "english_letter": "surat_dinas"}  # fmt: skip


class Said(NamedTuple):
    """A value that was found, held against the truth."""

    file: str
    raw: float
    confidence: float
    right: bool
    close: bool
    fact: bool
    shown: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+", type=Path, metavar="ARCHIVE TRUTH")
    parser.add_argument("--today", type=dt.date.fromisoformat, default=dt.date(2030, 1, 1))
    parser.add_argument("--show", metavar="FIELD", help="values of a field that are not right")
    parser.add_argument("--curves", action="store_true", help="confidences as they should be")
    asked = parser.parse_args()
    said: dict[str, list[Said]] = defaultdict(list)
    present: Counter[str] = Counter()
    costs: list[float] = []
    for archive, truth in zip(asked.sets[::2], asked.sets[1::2], strict=True):
        for file, pages, wanted in letters(archive, truth):
            start = time.process_time()
            letter = extract(pages, today=asked.today)
            costs.append(time.process_time() - start)
            compare(file, letter, wanted, said, present)
    if asked.show:
        show(said[asked.show])
    elif asked.curves:
        curves(said)
    else:
        table(said, present)
        print(f"{len(costs)} letters, {1000 * sum(costs) / len(costs):.1f} ms CPU each")


def letters(archive: Path, truth: Path) -> Iterator[tuple[str, Sequence[PageText], dict[str, Any]]]:
    """Each letter of an archive that the truth knows: its file, pages and fields."""
    known = {}
    for path in truth.glob("*.json"):
        told = json.loads(path.read_text())
        if "file" in told and not told.get("batch"):
            known[told["file"]] = {
                key: value for key, value in told["fields"].items()
                if key in BY_NAME and key not in told.get("unscored", ())
            }  # fmt: skip
    for path in sorted((archive / "vault").rglob("record.json")):
        name = json.loads(path.read_text())["sources"][0]["name"]
        if name in known:
            yield name, load((path.parent / "text.jsonl").read_bytes()), known[name]


def compare(
    file: str, letter: Letter, wanted: dict[str, Any],
    said: dict[str, list[Said]], present: Counter[str],
) -> None:  # fmt: skip
    """Each wanted field held against the best finding."""
    for name, value in wanted.items():
        graded = name == "sensitivity"  # truth has one Sifat, the letter two answers
        names = (name, "urgency") if graded else (name,)
        found = [letter.findings[n][0] for n in names if n in letter.findings]
        present[name] += norm(name, value) != ""
        if graded and norm(name, value) == "":
            continue
        best = next((f for f in found if same(name, value, f.value)), found[0] if found else None)
        if best is None:
            continue
        given = BY_NAME[name].kind.dump(best.value) if not graded else best.value
        right = same(name, value, given)
        close = right or (name in TEXTS and overlap(value, given) >= CLOSE)
        shown = f"{value!r} -> {given!r} ({best.rule}, {best.confidence})"
        said[name].append(
            Said(file, uncurved(name, best.confidence), best.confidence, right, close,
                 not best.doubtful, shown)
        )  # fmt: skip


def uncurved(name: str, confidence: float) -> float:
    """The confidence as the reader gave it, before its curve."""
    curve = CURVES.get(name, ())
    for (x0, y0), (x1, y1) in pairwise(curve):
        if y0 <= confidence <= y1 and y1 > y0:
            return x0 + (x1 - x0) * (confidence - y0) / (y1 - y0)
    return confidence


def norm(name: str, value: Any) -> str:
    """A value without what does not matter."""
    if value in (None, "", []):
        return ""
    if isinstance(value, dict) or (isinstance(value, list) and isinstance(value[0], dict)):
        return json.dumps(value, sort_keys=True).lower()
    text = "; ".join(value) if isinstance(value, list) else str(value)
    if name == "letter_number":
        return re.sub(r"\s+", "", text).upper().strip(".:")
    if name == "doc_type":
        return KINDS.get(text, text)
    if name == "copies_to":
        text = re.sub(
            r"\(?sebagai laporan\)?|\byth\b\.?|,?\s+di\s+[\w. ]+(?=;|$)",
            "",
            text,
            flags=re.IGNORECASE,
        )
    return re.sub(r"[^\w]+", " ", text.replace("_", " ").lower()).strip()


def same(name: str, truth: Any, given: Any) -> bool:
    return norm(name, truth) == norm(name, given) != ""


def overlap(truth: Any, given: Any) -> float:
    """F1 of the words of two texts."""
    one, other = (Counter(norm("", value).split()) for value in (truth, given))
    both = (one & other).total()
    return 2 * both / (one.total() + other.total()) if both else 0.0


def table(said: dict[str, list[Said]], present: Counter[str]) -> None:
    print(f"{'field':22}truth given right wrong doubt    F1   ECE")
    for field in FIELDS:
        found = said.get(field.name, [])
        if not found and not present[field.name]:
            continue
        facts = [one for one in found if one.fact]
        right = sum(one.right for one in facts)
        f1 = 2 * right / max(present[field.name] + len(facts), 1)
        wrong = sum(not one.close for one in facts)
        print(
            f"{field.name:22}{present[field.name]:5}{len(facts):6}{right:6}{wrong:6}"
            f"{len(found) - len(facts):6} {f1:6.3f} {error(found):5.3f}"
        )
    all_of_it = [one for found in said.values() for one in found]
    facts = [one for one in all_of_it if one.fact]
    wrong = sum(not one.close for one in facts)
    print(f"wrong facts {wrong} of {len(facts)} ({wrong / max(len(facts), 1):.2%})")
    print(f"expected calibration error {error(all_of_it):.3f}")


def error(found: Sequence[Said]) -> float:
    """How far confidences lie from the share that is right, bin by bin."""
    bins: dict[int, list[Said]] = defaultdict(list)
    for one in found:
        bins[min(int(one.confidence * BINS), BINS - 1)].append(one)
    off = sum(abs(sum(one.confidence - one.close for one in some)) for some in bins.values())
    return off / max(len(found), 1)


def curves(said: dict[str, list[Said]]) -> None:
    """For each field the measured share of right values over the reader's own confidence."""
    for field in FIELDS:
        points = sorted((one.raw, one.close) for one in said.get(field.name, []))
        if points:
            print(f"    {field.name!r}: {isotonic(points)},")


def isotonic(points: Sequence[tuple[float, bool]]) -> tuple[tuple[float, float], ...]:
    """The rising steps that fit best, as knots; each pool leans on two letters of doubt."""
    pools: list[list[float]] = []  # weight, sum of right, sum of raw
    for raw, right in points:
        pools.append([1.0, float(right), raw])
        while len(pools) > 1 and pools[-2][1] / pools[-2][0] >= pools[-1][1] / pools[-1][0]:
            last = pools.pop()
            pools[-1] = [a + b for a, b in zip(pools[-1], last, strict=True)]
    return tuple(
        (round(raw / weight, 2), round((right + 1.0) / (weight + 2.0), 2))
        for weight, right, raw in pools
    )


def show(found: Sequence[Said]) -> None:
    for one in found:
        if not one.right:
            print(f"{one.file}: {one.shown}")


if __name__ == "__main__":
    main()
