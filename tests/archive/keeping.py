"""Letters and archives for the tests of keeping."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from arsip.archive.store import Archive
from arsip.fields import BY_NAME, Field
from arsip.model import Box, Entry, Finding, Letter, PageText, Reading, Source, Word

WIB = dt.timezone(dt.timedelta(hours=7))
NOW = dt.datetime(2024, 3, 15, 8, 30, tzinfo=WIB)


def clock() -> dt.datetime:
    return NOW


def archive(root: Path, **options: Any) -> Archive:
    Archive.create(root, clock=clock)
    return Archive.open(root, clock=clock, **options)


def letter(values: Mapping[str, object], *, doubtful: tuple[str, ...] = ()) -> Letter:
    return Letter(
        {
            name: (
                Finding(
                    value,
                    0.95,
                    "ocr",
                    "label",
                    page=1,
                    box=Box(100, 90, 300, 110),
                    raw=f"{name} :",
                    doubtful=name in doubtful,
                ),
            )
            for name, value in values.items()
        }
    )


def reading(
    desk: Path,
    text: str,
    *,
    name: str = "scan1.pdf",
    pages: int = 1,
    layer: bool = False,
    doubtful: tuple[str, ...] = (),
    **values: object,
) -> Reading:
    """A reading whose copy lies on the desk; its bytes are the text."""
    content = text.encode(errors="replace")
    copy = desk / "original"
    copy.write_bytes(content)
    made = desk / "layer.pdf" if layer else None
    if made:
        made.write_bytes(b"%PDF layer of " + content)
    source = Source(copy, name, hashlib.sha256(content).hexdigest(), len(content), "pdf", NOW)
    return Reading(
        source,
        tuple(page(number, text) for number in range(1, pages + 1)),
        letter(values, doubtful=doubtful),
        layer=made,
    )


def page(number: int, text: str) -> PageText:
    words = tuple(
        Word(word, Box(100, place, 200, place + 10), 0.93)
        for place, word in enumerate(text.split())
    )
    return PageText(
        number,
        lines=(words,) if words else (),
        engine="tesseract 5.3.0 ind+eng",
        confidence=0.93,
        width=595.3,
        height=841.9,
    )


def file(kept: Archive, text: str, **options: Any) -> Entry:
    """File one letter in a run of its own."""
    with kept.run() as run:
        desk = run.desk()
        return kept.file(reading(desk, text, **options), desk)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def listing(kept: Archive) -> list[Entry]:
    """All letters, as the catalog has them."""
    refs = [row[0] for row in kept.connection.execute("SELECT id FROM entry ORDER BY id")]
    return [kept.entry(str(ref)) for ref in refs]


def files(root: Path) -> dict[str, bytes]:
    """Every file below a folder that is no link, by its path below it."""
    return {
        str(Path(place, name).relative_to(root)): Path(place, name).read_bytes()
        for place, _folders, names in os.walk(root)
        for name in names
        if not Path(place, name).is_symlink()
    }


def links(root: Path) -> dict[str, bytes]:
    """What the links of the shelf lead to, by their path below ``shelf/``."""
    shelf = root / "shelf"
    return {
        str(path.relative_to(shelf)): path.read_bytes()
        for path in shelf.rglob("*")
        if path.is_symlink()
    }


def field(name: str) -> Field[Any]:
    return BY_NAME[name]
