"""How many cut copies of whole files are taken for whole.

    python bench/cuts.py FILE... [--cuts 90]

Each PDF and image that is whole is cut to 10 to 99 per cent of its length, as a scanner or a share
leaves it that breaks off; ``watch`` takes no file that its own structure does not call whole.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from arsip.errors import NotADocument
from arsip.scan.sniff import sniff, whole

LEAST, MOST = 0.10, 0.99


def kinds(files: list[Path]) -> Iterator[tuple[Path, str]]:
    """The whole ones of the files, with what kind they are; folders are looked through."""
    for path in files:
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in inside:
            if not file.is_file():
                continue
            try:
                kind = sniff(file, file.name)
            except NotADocument:
                continue
            if kind != "txt" and whole(file, kind):
                yield file, kind


def taken(path: Path, kind: str, cuts: int, desk: Path) -> int:
    """How many of so many cut copies are taken for whole."""
    content = path.read_bytes()
    copy, count = desk / "cut", 0
    for place in range(cuts):
        share = LEAST + (MOST - LEAST) * place / max(1, cuts - 1)
        copy.write_bytes(content[: int(len(content) * share)])
        count += whole(copy, kind)
    return count


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("files", type=Path, nargs="+")
    options.add_argument("--cuts", type=int, default=90)
    args = options.parse_args()
    files, wrong = Counter[str](), Counter[str]()
    with tempfile.TemporaryDirectory() as name:
        for path, kind in kinds(args.files):
            count = taken(path, kind, args.cuts, Path(name))
            files[kind] += 1
            wrong[kind] += count
            if count:
                print(f"{path}: {count} of {args.cuts}")
    for kind, number in sorted(files.items()):
        print(f"{kind:<5} {number:>4} files, {wrong[kind]} of {number * args.cuts} cuts taken")
    share = sum(wrong.values()) / max(1, sum(files.values()) * args.cuts)
    print(f"taken for whole: {share:.2%}")
    return 0 if share <= 0.01 else 1  # noqa: PLR2004 - one in a hundred


if __name__ == "__main__":
    sys.exit(main())
