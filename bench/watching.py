"""What watching is worth: ``python bench/watching.py [PART ...] [--long] [--arsip CMD]``.

Parts, all of them when none is named; each prints one JSON line:

* ``scanner``: files that come in pieces, with pauses, under another name, in place of each other;
  how many were filed whole and once, and what else was filed.
* ``latency``: seconds from the last byte of a one-page digital PDF to its letter, beyond the time
  that a file must stand still; told by the system, and by looking every 5 s.
* ``idle``: CPU of a watch over 5,000 files that stay, told by the system and by looking; growth of
  its memory over many changes.
* ``flood``: many small files at once; how many are filed, and the memory of the watch alone.
* ``share``: a folder that goes away and comes back twenty times while letters come.
* ``restarts``: a watch that is killed at random and started again while letters come.

``--long`` adds scanner pauses of 30 and 90 s, 100,000 changes, 10,000 files at once and 300 kills.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import random
import shlex
import signal
import subprocess
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from ingest import letter, pdf

SETTLE = 2.0
"""Seconds for which a file must stand still in most parts; the usual 5 only make them longer."""
TICKS = 100
"""Clock ticks a second, in which the kernel counts CPU."""


class Office(NamedTuple):
    """An archive and a scan folder in a place of their own."""

    arsip: list[str]
    scan: Path
    beside: Path

    @property
    def filed(self) -> Counter[str]:
        """SHA-256 of each file in the archive, and how often it is there."""
        done = subprocess.run([*self.arsip, "list", "--json"], capture_output=True, check=True)
        return Counter(json.loads(line)["sha256"] for line in done.stdout.splitlines())


class Heard(NamedTuple):
    """A line of a watch, and when it came."""

    at: float
    told: dict[str, Any]


class Watching:
    """A watch that runs, and what it has told."""

    def __init__(self, office: Office, *words: str, again: bool = False) -> None:
        """Start it, and wait until it watches; one that did before (again) does not tell."""
        self.heard: list[Heard] = []
        self.process = subprocess.Popen(
            [*office.arsip, "watch", str(office.scan), "--log-format", "json", *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()
        if not again:
            self.until(lambda: any(one.told["event"] == "first" for one in self.heard))

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.heard.append(Heard(time.monotonic(), json.loads(line)))

    def until(self, enough: Callable[[], bool], *, patience: float = 600.0) -> None:
        """Wait until it is enough, or the patience is over."""
        end = time.monotonic() + patience
        while not enough() and time.monotonic() < end and self.process.poll() is None:
            time.sleep(0.01)

    def until_filed(self, count: int, *, patience: float = 600.0) -> None:
        """Wait until so many files are filed, or the patience is over."""
        self.until(lambda: len(self.files()) >= count, patience=patience)

    def files(self, status: str = "filed") -> list[Heard]:
        """What became of files."""
        return [one for one in self.heard if one.told.get("status") == status]

    def events(self, slug: str) -> int:
        """How often something was told."""
        return sum(one.told["event"] == slug for one in self.heard)

    @property
    def cpu(self) -> float:
        """Seconds of the watch and of children that ended."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, fields[11:15])) / TICKS

    def memory(self, name: str = "VmRSS") -> float:
        """Resident MB of the watch alone; ``VmHWM``: the most it ever had."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith(name)) / 1024

    @property
    def descriptors(self) -> int:
        """Files that it has open."""
        return len(list(Path(f"/proc/{self.process.pid}/fd").iterdir()))

    def end(self) -> None:
        """Have it end after the letter in hand."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(120)
        self._thread.join(10)


@contextlib.contextmanager
def office(arsip: str) -> Iterator[Office]:
    with tempfile.TemporaryDirectory(prefix="arsip-bench-") as name:
        work = Path(name)
        for folder in ("scan", "beside"):
            (work / folder).mkdir()
        command = [*shlex.split(arsip), "--archive", str(work / "archive")]
        subprocess.run([*command, "init"], check=True, capture_output=True)
        yield Office(command, work / "scan", work / "beside")


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def padded(number: int, size: int = 40_000) -> bytes:
    """A letter as large as a scan: a comment stands where scans have images, before the end."""
    content = pdf(letter(number))
    place = content.rindex(b"xref\n0 ")
    filled = content[:place] + b"%" + b"x" * size + b"\n"
    return filled + content[place:].replace(b"%d\n%%%%EOF" % place, b"%d\n%%%%EOF" % len(filled))


def later(content: bytes) -> bytes:
    """What a scanner appends to a whole PDF when the next page was drawn in."""
    before = int(content.rsplit(b"startxref", 1)[1].split()[0])
    return (
        b"xref\n0 1\n0000000000 65535 f \ntrailer << /Size 6 /Root 1 0 R /Prev %d >>\n"
        b"startxref\n%d\n%%%%EOF\n"
    ) % (before, len(content))


def held_open(path: Path, content: bytes, pause: float) -> None:
    """A scanner that keeps its file open while it draws in the next page."""
    with path.open("wb", buffering=0) as out:
        out.write(content[: len(content) // 2])
        time.sleep(pause)
        out.write(content[len(content) // 2 :])


def whole_between(path: Path, content: bytes, pause: float) -> None:
    """The same, but what stands there in the pause is a whole PDF: the next page is appended."""
    with path.open("wb", buffering=0) as out:
        out.write(content)
        time.sleep(pause)
        out.write(later(content))


def slow_copy(path: Path, content: bytes, pause: float) -> None:
    """A copy over a share: opened and closed for each piece."""
    step = len(content) // 4 + 1
    for start in range(0, len(content), step):
        with path.open("ab") as out:
            out.write(content[start : start + step])
        time.sleep(pause)


def renamed(path: Path, content: bytes, pause: float) -> None:
    """Written under a name that is left alone, then renamed."""
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(content[:100])
    time.sleep(pause)
    part.write_bytes(content)
    part.rename(path)


def rewritten(path: Path, content: bytes, pause: float) -> None:
    """Half a file first, then the whole one in its place."""
    path.write_bytes(content[: len(content) // 2])
    time.sleep(pause)
    path.write_bytes(content)


def scanner(asked: argparse.Namespace) -> dict[str, Any]:
    pauses = [2, 4, 6, 9] + ([30, 90] if asked.long else [])
    ways = [held_open, whole_between, slow_copy, renamed, rewritten]
    with office(asked.arsip) as here:
        watching = Watching(here, "--settle", "5")
        expected: list[bytes] = []
        threads = []
        for number, (way, pause) in enumerate((way, pause) for way in ways for pause in pauses):
            content = padded(number)
            final = content + later(content) if way is whole_between else content
            expected.append(final)
            path = here.scan / f"{way.__name__}-{pause}.pdf"
            threads.append(threading.Thread(target=way, args=(path, content, pause)))
        threads.append(threading.Thread(target=reused, args=(here.scan, watching, expected)))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        watching.until(lambda: not list(here.scan.glob("*.pdf")), patience=60)
        watching.end()
        filed = here.filed
        wanted = {digest(content) for content in expected}
        return {
            "files": len(wanted),
            "whole_and_once": sum(filed[one] == 1 for one in wanted),
            "cut_or_foreign": sum(count for one, count in filed.items() if one not in wanted),
            "left": sorted(path.name for path in here.scan.iterdir()),
        }


def reused(scan: Path, watching: Watching, expected: list[bytes]) -> None:
    """One name for letter after letter, as scanners that count from 1 each morning give it."""
    for number in range(900, 903):
        content = padded(number)
        expected.append(content)
        (scan / "SCAN0001.pdf").write_bytes(content)
        watching.until(lambda: not (scan / "SCAN0001.pdf").exists(), patience=60)


def latency(asked: argparse.Namespace) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, words, tries in (("event", (), 5), ("polling_5s", ("--poll", "5"), 5)):
        with office(asked.arsip) as here:
            command = here._replace(arsip=unheard(name, here.arsip))
            watching = Watching(command, "--settle", str(SETTLE), *words)
            beyond = []
            for number in range(tries):
                time.sleep(1.3 * number % 3)
                (here.scan / f"{number}.pdf").write_bytes(pdf(letter(number)))
                begun = time.monotonic()
                watching.until_filed(number + 1)
                beyond.append(watching.files()[-1].at - begun - SETTLE)
            watching.end()
            found[name] = {
                "median_s": round(sorted(beyond)[tries // 2], 2),
                "most_s": round(max(beyond), 2),
            }
    return found


def unheard(name: str, arsip: list[str]) -> list[str]:
    """The command for a part; one that only looks believes that its folder lies on a share."""
    if name == "event":
        return arsip
    python = Path(arsip[0]).with_name("python")
    code = (
        "import sys; from arsip.ingest import bells, spot, watch; "
        "bells.tells = spot.tells = watch.tells = lambda kind: False; "
        "from arsip.__main__ import main; sys.argv[0] = 'arsip'; main()"
    )
    return [str(python) if python.exists() else "python3", "-c", code, *arsip[1:]]


def idle(asked: argparse.Namespace) -> dict[str, Any]:
    found: dict[str, Any] = {}
    seconds = 30.0
    with office(asked.arsip) as here:
        for number in range(5_000):
            (here.scan / f"{number:05d}.pdf").write_bytes(b"\x7fELF%d" % number)
        subprocess.run(
            [*here.arsip, "watch", str(here.scan), "--once", "--keep", "--settle", "0"],
            capture_output=True,
            check=False,
        )
        for name, words in (("event", ()), ("polling_5s", ("--poll", "5"))):
            command = here._replace(arsip=unheard(name, here.arsip))
            watching = Watching(command, "--keep", *words, again=True)
            time.sleep(10)
            before = watching.cpu
            time.sleep(seconds)
            found[f"{name}_core_percent"] = round(100 * (watching.cpu - before) / seconds, 2)
            if name == "event":
                changes = 100_000 if asked.long else 20_000
                touch = here.scan / ".touched"
                memory = watching.memory()
                for number in range(changes):
                    touch.write_bytes(b"%d" % number)
                time.sleep(3)
                found["changes"] = changes
                found["growth_mb"] = round(watching.memory() - memory, 1)
            watching.end()
    return found


def flood(asked: argparse.Namespace) -> dict[str, Any]:
    files = asked.files or (10_000 if asked.long else 1_000)
    with office(asked.arsip) as here:
        for number in range(files):
            (here.beside / f"{number:05d}.txt").write_text("\n".join(letter(number)))
        watching = Watching(here, "--settle", "1")
        begun = time.monotonic()
        for path in list(here.beside.iterdir()):
            path.rename(here.scan / path.name)
        watching.until_filed(files, patience=3_600)
        took = time.monotonic() - begun
        found = {
            "files": files,
            "filed": len(here.filed),
            "left": len(list(here.scan.iterdir())),
            "peak_mb_of_the_watch": round(watching.memory("VmHWM"), 1),
            "files_a_second": round(files / took, 1),
        }
        watching.end()
        return found


def share(asked: argparse.Namespace) -> dict[str, Any]:
    times = 20
    with office(asked.arsip) as here:
        watching = Watching(here, "--settle", "0.5", "--poll", "0.5")
        away = here.scan.with_name("away")
        for number in range(times):
            (here.scan / f"{number:02d}.pdf").write_bytes(pdf(letter(number)))
            here.scan.rename(away)
            watching.until(lambda gone=number: watching.events("away") > gone, patience=30)
            time.sleep(0.3)
            away.rename(here.scan)
            watching.until(lambda back=number: watching.events("back") > back, patience=30)
        watching.until_filed(times, patience=60)
        watching.end()
        return {
            "times": times,
            "told_away": watching.events("away"),
            "told_back": watching.events("back"),
            "filed": len(here.filed),
            "once": all(count == 1 for count in here.filed.values()),
        }


def at_rest(here: Office, *, again: bool) -> tuple[float, int]:
    """Memory in MB and open files of a watch that took all there was, and rests."""
    watching = Watching(here, "--settle", "0.2", again=again)
    watching.until(lambda: not list(here.scan.iterdir()), patience=300)
    time.sleep(5)
    size = round(watching.memory(), 1), watching.descriptors
    watching.end()
    return size


def restarts(asked: argparse.Namespace) -> dict[str, Any]:
    times = 300 if asked.long else 30
    dice = random.Random(5)
    with office(asked.arsip) as here:
        contents = [pdf(letter(number)) for number in range(times)]
        sizes = [at_rest(here, again=False)]
        for number, content in enumerate(contents):
            (here.scan / f"SCAN{number:04d}.pdf").write_bytes(content)
            watching = Watching(here, "--settle", "0.2", again=True)
            time.sleep(dice.uniform(0.2, 2.5))
            watching.process.kill()
            watching.process.wait()
        sizes.append(at_rest(here, again=True))
        wanted = set(map(digest, contents))
        left = len(list((here.scan.parent / "archive" / "staging").iterdir()))
        return {
            "times": times,
            "filed_once": sum(here.filed[one] == 1 for one in wanted),
            "not_filed": len(wanted - here.filed.keys()),
            "left_in_staging": left,
            "mb_and_descriptors": sizes,
        }


PARTS = {part.__name__: part for part in (scanner, latency, idle, flood, share, restarts)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="what to measure")
    parser.add_argument("--long", action="store_true")
    parser.add_argument("--files", type=int, default=0, help="files of the flood")
    parser.add_argument("--arsip", default="arsip")
    asked = parser.parse_args()
    for name in asked.parts or PARTS:
        print(json.dumps({"part": name, **PARTS[name](asked)}), flush=True)


if __name__ == "__main__":
    main()
