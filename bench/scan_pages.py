"""How truly and how cheaply pages of known text are read, by kind of damage.

    python bench/scan_pages.py PAGES_DIR [--pages 0,5] [--deg scan,fax] [--bare]   # rapidfuzz

PAGES_DIR holds ``pNN.<damage>.<ext>`` images, ``pNN.gt.txt`` with their exact text, and a
manifest.json. Per damage: mean character error rate in reading order, words lost, CPU seconds of a
page without and of Tesseract, and with ``--bare`` those of Tesseract alone on the same file.
"""

from __future__ import annotations

import argparse
import collections
import json
import os
import re
import resource
import subprocess
import tempfile
import unicodedata
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Levenshtein

from arsip.model import Limits, PageText
from arsip.scan.engine import OcrEngine
from arsip.scan.engines import choose
from arsip.scan.read import loaded, page_reader
from arsip.scan.sniff import sniff
from arsip.scan.together import read_together

FOLD = {0x2014: "-", 0x2013: "-", 0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"'}
FOLD |= {ord(sign): " " for sign in "|_"}


def folded(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text).translate(FOLD)).strip()


def errors(got: str, want: str) -> tuple[float, float]:
    """(character error rate, share of words lost)."""
    got, want = folded(got), folded(want)
    have, need = collections.Counter(got.split()), collections.Counter(want.split())
    lost = 1 - (have & need).total() / max(1, need.total())
    return Levenshtein.distance(got, want) / max(1, len(want)), lost


def cpu() -> tuple[float, float]:
    """CPU seconds of this process and of its children so far."""
    own, children = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return own.ru_utime + own.ru_stime, children.ru_utime + children.ru_stime


def bare(program: Path, path: Path, dpi: int, work: Path) -> str:
    subprocess.run(
        [program, path, work / "bare", "-l", "ind+eng", "--dpi", str(dpi), "txt", "tsv"],
        check=True,
        capture_output=True,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    )
    return (work / "bare.txt").read_text()


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("dir", type=Path)
    ask.add_argument("--pages", default="0,5,9,12")
    ask.add_argument("--deg", default="")
    ask.add_argument("--lang", default="ind+eng")
    ask.add_argument("--bare", action="store_true")
    ask.add_argument("--each", action="store_true", help="a line for each page")
    given = ask.parse_args()
    rows: dict[str, list[list[float]]] = collections.defaultdict(list)
    spec = choose(os.environ)
    with tempfile.TemporaryDirectory() as folder:
        engine = loaded(spec, given.lang, Path(folder))
        for item in chosen(given):
            rows[item["deg"]].append(measured(given, item, engine, Path(folder)))
    print(spec.label)
    print("damage      n    CER   lost  own s  ocr s   bare: CER  lost  CPU s")
    for kind, found in rows.items():
        means = (sum(column) / len(column) for column in zip(*found, strict=True))
        print(f"{kind:10} {len(found):2d} ", *(f"{mean:6.4f}" for mean in means))


def chosen(given: argparse.Namespace) -> list[dict[str, Any]]:
    pages = {int(number) for number in given.pages.split(",")}
    kinds = [kind for kind in given.deg.split(",") if kind]
    manifest = json.loads((given.dir / "manifest.json").read_text())
    return [
        item for item in manifest if item["page"] in pages and (not kinds or item["deg"] in kinds)
    ]


def measured(
    given: argparse.Namespace, item: dict[str, Any], engine: OcrEngine, work: Path
) -> list[float]:
    path = given.dir / Path(item["file"]).name
    want = (given.dir / f"p{item['page']:02d}.gt.txt").read_text()
    own, engines = cpu()
    kind = sniff(path, path.name)
    reader = page_reader(path, kind, 1, password="", engine=engine, work=work, limits=Limits())
    (page,) = read_together([reader])
    assert isinstance(page, PageText), page
    own_after, engines_after = cpu()
    row = [*errors(page.text, want), own_after - own, engines_after - engines]
    if given.bare:
        text = bare(Path("tesseract"), path, item["dpi"], work)
        row += [*errors(text, want), cpu()[1] - engines_after]
    if given.each:
        tell(path.name, row, page)
    return row


def tell(name: str, row: list[float], page: PageText) -> None:
    how = f"turn {page.turn} skew {page.skew:.2f} conf {page.confidence:.3f} {page.unread}"
    print(f"{name:22}", *(f"{value:6.4f}" for value in row), how)


if __name__ == "__main__":
    main()
