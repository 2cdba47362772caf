"""How truly the sample documents are read: ``python bench/samples.py [--arsip CMD]``.

Files ``sample_docs/`` into a fresh archive and prints, for each readable letter, whether number and
date are right, and the character error rate of its text against tests/samples/truth.
"""

from __future__ import annotations

import argparse
import json
import shlex
import subprocess
import sys
import tempfile
import unicodedata
from pathlib import Path

ROOT = Path(__file__).parents[1]


def folded(text: str) -> str:
    """The text in one line; line breaks are no errors."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def distance(one: str, other: str) -> int:
    """How many signs must be changed, put in or left out to make one text the other."""
    row = list(range(len(other) + 1))
    for i, sign in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, against in enumerate(other, 1):
            before, row[j] = (
                row[j],
                min(row[j] + 1, row[j - 1] + 1, before + (sign != against)),
            )
    return row[-1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--arsip", default="arsip")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        arsip = [*shlex.split(asked.arsip), "--archive", str(Path(name) / "archive")]
        samples = str(ROOT / "sample_docs")
        subprocess.run([*arsip, "-q", "ingest", samples], check=False, stdout=sys.stderr)
        rows = subprocess.run(
            [*arsip, "export", "--format", "jsonl", "--rahasia"],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
    found = {Path(row["file"]).name: row for row in map(json.loads, rows.splitlines())}
    right = letters = 0
    for path in sorted((ROOT / "tests" / "samples" / "truth").glob("*.json")):
        truth = json.loads(path.read_text("utf-8"))
        if truth["status"] != "filed":
            continue
        row = found[path.stem]
        fields = truth["fields"]
        good = [row[key] == fields[key] for key in ("letter_number", "date")]
        right, letters = right + all(good), letters + 1
        want, got = folded(" ".join(truth["pages"])), folded(row["text"])
        error = distance(want, got) / len(want)
        print(
            f"{path.stem:26} number and date {'right' if all(good) else 'WRONG'}  CER {error:.4f}"
        )
    print(f"{right} of {letters} letters have number and date right")


if __name__ == "__main__":
    main()
