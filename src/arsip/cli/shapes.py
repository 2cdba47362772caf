"""Letters as JSON, version 1 (docs/commands.md): a shape never loses a key within a version."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from arsip.cli.render import marked
from arsip.fields import FIELDS, Field
from arsip.model import Entry, Finding, Hit, Letter, PageText, Reading

VERSION = 1


def fields(letter: Letter) -> dict[str, Any]:
    """Every field with its evidence; None: the letter does not say."""
    return {field.name: finding(field, letter.best(field)) for field in FIELDS}


def finding(field: Field[Any], found: Finding[Any] | None) -> dict[str, Any] | None:
    """A value with its evidence, a doubtful one as a candidate; None: the letter does not say."""
    if found is None:
        return None
    value = field.kind.dump(found.value)
    evidence = {
        "confidence": round(found.confidence, 3),
        "page": found.page,
        "box": list(found.box) if found.box else None,
        "origin": found.origin,
    }
    if found.doubtful:
        return {"value": None, "candidate": value, **evidence, "doubtful": True}
    return {"value": value, **evidence}


def evidence(field: Field[Any], found: Finding[Any] | None) -> dict[str, Any] | None:
    """A value with all that is known of it: the slug of its rule and the words on the page too."""
    told = finding(field, found)
    if told is None or found is None:
        return None
    raw = found.raw or field.kind.plain(found.value)
    return {**told, "rule": found.rule, "raw": raw if found.page else None}


def values(letter: Letter, *, doubtful: bool = False) -> dict[str, Any]:
    """Every field with its plain value; a doubtful one only when asked for."""
    found = {field: letter.best(field) for field in FIELDS}
    return {
        field.name: None
        if best is None or (best.doubtful and not doubtful)
        else field.kind.dump(best.value)
        for field, best in found.items()
    }


def page(read: PageText) -> dict[str, Any]:
    """One page with its text; ``unread``: why there is none though there should be."""
    return {
        "number": read.number,
        "text": read.text,
        "confidence": round(read.confidence, 3),
        "engine": read.engine,
        "unread": read.unread or None,
    }


def entry(
    letter: Entry, pages: tuple[PageText, ...], *, renditions: Sequence[int] = ()
) -> dict[str, Any]:
    """What ``show --json`` tells of a letter: its files, each field with its evidence, its pages.

    Args:
        letter: as it was filed.
        pages: with their texts.
        renditions: numbers of its further ones.
    """
    return {
        "v": VERSION,
        **_head(letter),
        "same_as": letter.same_as and letter.same_as.id,
        "sure": letter.same_as and letter.same_as.sure,
        "renditions": list(renditions),
        "files": {
            "original": letter.original.as_posix(),
            "reading": letter.reading.as_posix() if letter.reading else None,
        },
        "flags": list(letter.flags),
        "doubts": [doubt.json() for doubt in letter.doubts],
        "fields": fields(letter.letter),
        "pages": [page(read) for read in pages],
    }


def reading(file: Path, read: Reading) -> dict[str, Any]:
    """What ``read --json`` tells of a file."""
    return {
        "v": VERSION,
        "file": str(file),
        "reason": None,
        "flags": list(read.flags),
        "doubts": [doubt.json() for doubt in read.doubts],
        "fields": fields(read.letter),
        "pages": [page(one) for one in read.pages],
    }


def unread(file: Path, reason: str) -> dict[str, Any]:
    """What ``read --json`` tells of a file that cannot be read: the same keys, and why."""
    return {
        "v": VERSION,
        "file": str(file),
        "reason": reason,
        "flags": [],
        "doubts": [],
        "fields": fields(Letter()),
        "pages": [],
    }


def listed(letter: Entry, *, doubtful: bool) -> dict[str, Any]:
    """What ``list --json`` tells of a letter: plain values, and how many pages it has."""
    return {
        "v": VERSION,
        **_head(letter),
        "pages": len(letter.pages),
        "fields": values(letter.letter, doubtful=doubtful),
    }


def hit(found: Hit, *, explain: bool = False) -> dict[str, Any]:
    """What ``search --json`` tells of a hit: plain values; with explain, which word matched how."""
    told: dict[str, Any] = {
        "v": VERSION,
        "id": found.entry.id,
        "score": round(found.score, 3),
        "page": found.page,
        "snippet": marked(found.snippet),
        "fields": values(found.entry.letter),
    }
    if explain:
        told["explain"] = [match._asdict() for match in found.explain]
    return told


def _head(letter: Entry) -> dict[str, Any]:
    """What names a filed letter, and says where it came from."""
    return {
        "id": letter.id,
        "sha256": letter.digest,
        "state": letter.state,
        "filed_at": letter.filed_at.isoformat(),
        "source": letter.source,
    }
