"""How truly letters are read, through the whole program.

``python bench/letters.py LETTERS --score SCORE.py [--password-file FILE] [--arsip CMD]``: LETTERS
holds ``files/`` and ``truth/``; the files are ingested into a fresh archive, exported, scored.
"""

from __future__ import annotations

import argparse
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("letters", type=Path)
    parser.add_argument("--score", type=Path, required=True)
    parser.add_argument("--password-file", type=Path)
    parser.add_argument("--arsip", default="arsip")
    parser.add_argument("--keep", type=Path, help="keep archive and export in this folder")
    parser.add_argument("more", nargs="*", help="further words for the scorer")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        work = asked.keep or Path(name)
        work.mkdir(exist_ok=True)
        arsip = [*shlex.split(asked.arsip), "--archive", str(work / "archive")]
        opened = ["--password-file", str(asked.password_file)] if asked.password_file else []
        subprocess.run(
            [*arsip, "ingest", str(asked.letters / "files"), *opened],
            check=False,
            stdout=sys.stderr,
        )
        rows = subprocess.run(
            [*arsip, "export", "--format", "jsonl", "--rahasia"],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        results = work / "results.jsonl"
        results.write_text(rows)
        truth = str(asked.letters / "truth")
        subprocess.run(
            [sys.executable, str(asked.score), truth, str(results), "--skip-batches", *asked.more],
            check=True,
        )


if __name__ == "__main__":
    main()
