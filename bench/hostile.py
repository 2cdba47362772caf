"""What hostile and damaged files do to arsip: each by ``ingest`` alone, then all by ``watch``.

    python bench/hostile.py FILES --expected TABLE [--arsip CMD] [--only PART]

TABLE has a row a file, parted by tabs, under headings: ``file``, ``expected`` (``ingest ok: 3
pages``, ``clean refusal``; several are parted by ``|``) and ``strict`` (``yes``: without doubt).
It counts tracebacks, runs that hang, outcomes that were not expected, originals that are not what
came, and tells the most CPU of one file, the most memory of the parent and of a child.
Linux only.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from tree import family

MOST_SECONDS = 900.0
LOOK_SECONDS = 0.02
MB = 1024
REFUSED = frozenset({"set_aside", "refused", "waiting"})
PAGES = re.compile(r"ingest ok: (\d+) pages")


class Ran(NamedTuple):
    """How a run ended, and what it took at most."""

    code: int
    out: str
    err: str
    cpu: float
    parent_mb: int
    child_mb: int


def run(command: Sequence[str], *, seconds: float = MOST_SECONDS) -> Ran:
    """Runs a command to its end; -9 when it had to be ended."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen(command, stdout=out, stderr=err, stdin=subprocess.DEVNULL)
        over, most = threading.Event(), [0, 0]
        looker = threading.Thread(target=_look, args=(process.pid, most, over))
        looker.start()
        killer = threading.Timer(seconds, process.kill)
        killer.start()
        _pid, status, usage = os.wait4(process.pid, 0)
        killer.cancel()
        over.set()
        looker.join()
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        said, complained = out.read().decode(), err.read().decode(errors="replace")
    cpu = usage.ru_utime + usage.ru_stime
    return Ran(process.returncode, said, complained, cpu, most[0] // MB, most[1] // MB)


def _look(pid: int, most: list[int], over: threading.Event) -> None:
    while not over.wait(LOOK_SECONDS):
        for one in family(pid):
            peak = _peak(one)
            most[one != pid] = max(most[one != pid], peak)


def _peak(pid: int) -> int:
    try:
        rows = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(row.split()[1]) for row in rows if row.startswith("VmHWM:")), 0)


def outcomes(said: str) -> Iterator[Mapping[str, Any]]:
    """The objects that ``--json`` printed about files."""
    for line in said.splitlines():
        told = json.loads(line)
        if "status" in told:
            yield told


def fits(expected: str, told: Mapping[str, Any]) -> bool:
    """Whether an outcome is one of those that are expected."""
    for wish in expected.split("|"):
        match = PAGES.search(wish)
        if match and told["status"] in {"filed", "duplicate"}:
            return int(match[1]) == told["pages"]
        if "refusal" in wish and told["status"] in REFUSED:
            return True
    return False


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def kept(root: Path) -> list[str]:
    """Folders of the vault whose original is not what its name says."""
    found = [(path, path.parent.name) for path in root.glob("vault/*/*/*/original.*")]
    return [name for path, name in found if digest(path) != name]


def judged(rows: Mapping[str, Mapping[str, str]], told: Mapping[str, Mapping[str, Any]]) -> int:
    """Prints what was not expected; gives how many of the strict rows that are."""
    wrong = 0
    for name, row in rows.items():
        found = told.get(name, {"status": "untold", "pages": None})
        if not fits(row["expected"], found):
            wrong += row["strict"] == "yes"
            mark = "WRONG" if row["strict"] == "yes" else "other"
            reason, pages = found.get("reason"), found.get("pages")
            print(f"{mark}: {name}: {found['status']} {reason} {pages}; {row['expected']}")
    return wrong


def alone(arsip: list[str], files: Path, rows: Mapping[str, Mapping[str, str]]) -> int:
    """Each file by itself; gives how many promises were broken."""
    told: dict[str, Mapping[str, Any]] = {}
    count: Counter[str] = Counter()
    ran: dict[str, Ran] = {}
    with tempfile.TemporaryDirectory() as name:
        root = Path(name, "arsip")
        command = [*arsip, "--archive", str(root)]
        run([*command, "init"])
        for file in rows:
            one = ran[file] = run([*command, "ingest", "--json", "--jobs", "1", str(files / file)])
            count["traceback"] += "Traceback" in one.err or one.code == 1
            count["hang"] += one.code < 0
            for shown in outcomes(one.out):
                told[file] = shown
        count["changed"] += len(kept(root))
        count["damage"] += run([*command, "verify", "--full"]).code != 0
    count["strict"] += judged(rows, told)
    by_cpu = sorted(ran, key=lambda file: ran[file].cpu)[-3:]
    print("most CPU:", ", ".join(f"{file} {ran[file].cpu:.1f} s" for file in reversed(by_cpu)))
    _memory(list(ran.values()))
    return _told("ingest, one by one", count, len(rows))


def watched(arsip: list[str], files: Path, rows: Mapping[str, Mapping[str, str]]) -> int:
    """All of them by one ``watch --once``; gives how many promises were broken."""
    count: Counter[str] = Counter()
    os.environ["ARSIP_PATIENCE"] = "0"  # else what is cut off is waited for
    before = {file: digest(files / file) for file in rows}
    with tempfile.TemporaryDirectory() as name:
        root, inbox = Path(name, "arsip"), Path(name, "scans")
        inbox.mkdir()
        for file in rows:
            shutil.copyfile(files / file, inbox / file)
        command = [*arsip, "--archive", str(root)]
        run([*command, "init"])
        start = time.perf_counter()
        watch = [*command, "watch", str(inbox), "--once", "--keep", "--settle", "0", "--json"]
        one = run(watch, seconds=4 * MOST_SECONDS)
        print(f"watch --once: {one.cpu:.0f} s CPU, {time.perf_counter() - start:.0f} s")
        told = {Path(shown["file"]).name: shown for shown in outcomes(one.out)}
        count["traceback"] += "Traceback" in one.err or one.code == 1
        count["hang"] += one.code < 0
        count["changed"] += len(kept(root))
        count["damage"] += run([*command, "verify", "--full"]).code != 0
        count["changed"] += sum(digest(inbox / file) != known for file, known in before.items())
    count["strict"] += judged(rows, told)
    _memory([one])
    return _told("watch, all at once", count, len(rows))


def _memory(ran: Sequence[Ran]) -> None:
    parent, child = max(one.parent_mb for one in ran), max(one.child_mb for one in ran)
    print(f"most memory: parent {parent} MB, child {child} MB")


def _told(what: str, count: Counter[str], files: int) -> int:
    names = ("traceback", "hang", "changed", "damage", "strict")
    print(f"{what}: {files} files;", ", ".join(f"{name} {count[name]}" for name in names))
    return sum(count.values())


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("files", type=Path)
    options.add_argument("--expected", type=Path, required=True)
    options.add_argument("--arsip", default="arsip")
    options.add_argument("--only", default="")
    args = options.parse_args()
    with args.expected.open(encoding="utf-8", newline="") as table:
        rows = {
            row["file"]: row
            for row in csv.DictReader(table, delimiter="\t")
            if args.only in row["file"]
        }
    arsip = shlex.split(args.arsip)
    broken = alone(arsip, args.files, rows) + watched(arsip, args.files, rows)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
