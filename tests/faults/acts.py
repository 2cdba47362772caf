"""An office with letters in the archive and letters at the scanner, and what is done there."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from arsip.archive import disk
from arsip.archive.store import Archive
from arsip.errors import ArsipError
from arsip.fields import SUBJECT
from arsip.ingest import pipeline
from arsip.ingest.pipeline import Options, ingest
from arsip.ingest.spot import Manner
from arsip.ingest.transcribe import How
from arsip.ingest.watch import Watch
from arsip.model import Limits, silent
from arsip.scan.engines import Tesseract
from tests.archive import keeping
from tests.ingest.conftest import letter
from tests.ingest.inline import Inline

KEPT, NEW = 2, 5
"""Letters in the archive, and letters that lie at the scanner."""
WHO = "Siti"

HOW = How(
    engine=Tesseract(Path("/nowhere/tesseract"), (), (5,), frozenset({"ind", "eng"})),
    languages="ind+eng",
    passwords=(),
    limits=Limits(),
    today=keeping.NOW.date(),
)
MOVING = Options(HOW, jobs=1, move=True)


@contextlib.contextmanager
def quickly() -> Iterator[None]:
    """Pages are read here, and nothing waits for the disk."""
    with patch.object(pipeline, "Children", Inline), patch.object(disk, "flush", os.fstat):
        yield


class Office(NamedTuple):
    """Where all of it lies; ``spare`` is a copy of the archive, as a backup made it."""

    place: Path

    @property
    def root(self) -> Path:
        return self.place / "arsip"

    @property
    def inbox(self) -> Path:
        return self.place / "pindai"

    @property
    def spare(self) -> Path:
        return self.place / "usb"

    def opened(self) -> Archive:
        return Archive.open(self.root, clock=keeping.clock, wait=5)

    def copied(self, place: Path) -> Office:
        """The same office elsewhere, links as links."""
        shutil.copytree(self.place, place, symlinks=True)
        return Office(place)


def furnished(place: Path) -> Office:
    """An office as it is before anything goes wrong."""
    office = Office(place)
    office.inbox.mkdir(parents=True)
    Archive.create(office.root, clock=keeping.clock)
    for number in range(KEPT):
        (office.inbox / f"lama{number}.txt").write_text(letter(number + 1))
    ingested(office)
    with office.opened() as kept:
        kept.edit(1, {SUBJECT: "Rapat Awal"}, who=WHO)
        kept.back_up(office.spare)
    for number in range(NEW):
        (office.inbox / f"baru{number}.txt").write_text(letter(number + KEPT + 1))
    return office


def texts() -> list[str]:
    """SHA-256 of every letter that the office ever saw."""
    return [keeping.digest(letter(number + 1)) for number in range(KEPT + NEW)]


def ingested(office: Office) -> None:
    with office.opened() as kept:
        options = MOVING
        paths = [office.inbox]
        for _outcome in ingest(
            paths, archive=kept, options=options, clock=keeping.clock, report=silent
        ):
            pass


def watched(office: Office) -> None:
    with office.opened() as kept:
        manner = Manner(office.inbox, MOVING, settle=0.0, poll=5.0)
        watch = Watch([manner], kept, clock=keeping.clock, report=silent)
        for _outcome in watch.once():
            pass


def edited(office: Office) -> None:
    with office.opened() as kept:
        kept.edit(2, {SUBJECT: "Rapat Akhir"}, who=WHO)


def undone(office: Office) -> None:
    with office.opened() as kept:
        for _entry in kept.undo(kept.undoing(), who=WHO):
            pass


def trashed(office: Office) -> None:
    with office.opened() as kept:
        kept.trash([1, 2], who=WHO, why="dobel")


def untrashed(office: Office) -> None:
    with office.opened() as kept:
        kept.untrash([1, 2], who=WHO)


def rebuilt(office: Office) -> None:
    with office.opened() as kept:
        kept.rebuild()


def repaired(office: Office) -> None:
    with office.opened() as kept:
        kept.mend(office.spare, apply=True)


def backed_up(office: Office) -> None:
    with office.opened() as kept:
        kept.back_up(office.spare)


ACTS: dict[str, Callable[[Office], None]] = {
    "ingest": ingested,
    "watch": watched,
    "edit": edited,
    "undo": undone,
    "trash": trashed,
    "untrash": untrashed,
    "rebuild": rebuilt,
    "repair": repaired,
    "backup": backed_up,
}

OPPOSITE = {"trash": "untrash", "untrash": "trash"}
"""Act -> the act that a person may do next, who does not know how far it came."""


def ready(act: str, office: Office) -> None:
    """What must have been done before an act."""
    if act == "untrash":
        trashed(office)
    if act == "repair":
        for text in (office.root / "vault").glob("*/*/*/text.jsonl"):
            text.unlink()


def hashes(folder: Path) -> Counter[str]:
    """How often each content lies below a folder; links are not followed."""
    return Counter(
        hashlib.sha256(content).hexdigest() for content in keeping.files(folder).values()
    )


def broken(office: Office, act: str) -> list[str]:
    """The promises that do not hold after a fault, once right away, once after the next runs."""
    found = []
    everywhere = hashes(office.inbox) + hashes(office.root)
    if lost := [text for text in texts() if not everywhere[text]]:
        found.append(f"lost {len(lost)}")
    try:
        if act in OPPOSITE:
            found += _contradicted(office, OPPOSITE[act])
        ACTS[act](office)
        ingested(office)
        found += _after(office)
    except ArsipError as error:
        found.append(f"not recovered: {error.message}")
    return found


def _contradicted(office: Office, act: str) -> Iterator[str]:
    """What is wrong when the opposite is done right after a fault: it must hold."""
    other = office.copied(office.place.with_name("sebaliknya"))
    ACTS[act](other)
    with other.opened() as kept:
        if any(kept.entry(ref).trashed != (act == "trash") for ref in ("1", "2")):
            yield f"{act} did not hold"
    shutil.rmtree(other.place)


def _after(office: Office) -> Iterator[str]:
    vault = hashes(office.root / "vault")
    yield from (f"in the vault {vault[text]} times" for text in texts() if vault[text] != 1)
    with office.opened() as kept:
        yield from (one.words for one in kept.verify(full=True))
        listed = Counter(entry.digest for entry in keeping.listing(kept))
        shown = sum(not entry.trashed for entry in keeping.listing(kept))
    if listed != Counter(texts()):
        yield f"listed {sorted(listed.values())}"
    if len(keeping.links(office.root)) != shown:
        yield "the shelf is out of step"
    if left := [item.name for item in (office.root / "staging").iterdir()]:
        yield f"left over: {left}"
    if any(office.inbox.iterdir()):
        yield "the scan folder is not empty"
