"""record.json: what is known of a file and of the letters in it."""

from __future__ import annotations

import copy
import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeAlias

from arsip.archive import checking, sameness
from arsip.errors import Damaged
from arsip.fields import BY_NAME, Field
from arsip.model import Box, Doubt, Entry, Finding, Letter, Reading, Renewal, Same
from arsip.words import _

VERSION: Final = 1
FILE: Final = "record.json"
READING: Final = "reading.pdf"
TEXT: Final = "text.jsonl"

PASSING: Final = frozenset({"not_understood", "no_reading_copy"})
"""Flags that tell of one reading, not of the file: the next reading may do without."""

_FORMER: Final = re.compile(r"record\.([1-9][0-9]{0,8})\.json")

Tree: TypeAlias = dict[str, Any]
"""A record as JSON. It is changed as JSON too, so that what a newer arsip added stays in it."""


SAID: Final = ("who", "why", "together", "undoes")
"""What a record and the ledger say of the act that made it: the person, their reason, the mark that
all acts of one command share, and the act that it takes back."""


class Hand(NamedTuple):
    """Who changes letters; acts that one command does together share a mark."""

    who: str
    together: str = ""


class Filed(NamedTuple):
    """One letter of a file; pages are numbers of pages of the file."""

    id: int
    state: str
    pages: tuple[int, ...]
    letter: Letter
    doubts: tuple[Doubt, ...]


class Record(NamedTuple):
    r"""A record as this version understands it.

    Attributes:
        sum: SHA-256 of the file record.json.
        revision: 1 when filed, one more with each change.
        act: what made it of the revision before: ``edit``, ``reread``, ``undo``, ``trash`` ...
        note: what else the ledger says of that act; see SAID.
        format: slug of the original's kind.
        original, reading: names in the record's folder; reading is None for digital files.
        source: the name of the file as it came; what is not text in it is shown as ``\udcxx``.
        modified: when the file as it came was last changed.
        pages: how many pages the file has.
        same_as: the letter that the file brings once more; None: it brings one of its own.
    """

    sum: str
    revision: int
    act: str
    note: Mapping[str, str]
    digest: str
    size: int
    format: str
    original: str
    reading: str | None
    source: str
    modified: dt.datetime
    filed_at: dt.datetime
    pages: int
    flags: tuple[str, ...]
    letters: tuple[Filed, ...]
    same_as: Same | None

    @property
    def ids(self) -> tuple[int, ...]:
        """The accession numbers of its letters."""
        return tuple(filed.id for filed in self.letters)

    def entries(self, folder: Path) -> tuple[Entry, ...]:
        """Its letters as entries; folder is the record's folder below the archive's root."""
        return tuple(
            Entry(
                id=filed.id,
                digest=self.digest,
                state=filed.state,
                filed_at=self.filed_at,
                source=self.source,
                original=folder / self.original,
                reading=folder / self.reading if self.reading else None,
                pages=filed.pages,
                letter=filed.letter,
                flags=self.flags,
                doubts=filed.doubts,
                same_as=self.same_as,
            )
            for filed in self.letters
        )


def compose(
    reading: Reading, *, ids: Sequence[int], now: dt.datetime, same_as: Same | None = None
) -> Tree:
    """The first record of a reading; every letter of ids has all its pages.

    Args:
        reading: what was read of the file.
        ids: accession numbers: one, or those a damaged record of these bytes had.
        now: aware.
        same_as: the letter that the file brings once more.
    """
    source = reading.source
    numbers = [page.number for page in reading.pages]
    fields = _fields(reading.letter)
    return {
        "v": VERSION,
        "revision": 1,
        "sha256": source.digest,
        "size": source.size,
        "format": source.format,
        "original": f"original.{source.extension}",
        "reading": None if reading.layer is None else READING,
        **sameness.told(same_as),
        "sources": [{"name": source.name, "modified": source.modified.isoformat()}],
        "filed_at": now.isoformat(timespec="seconds"),
        "pages": len(numbers),
        "flags": list(reading.flags),
        "letters": [
            {
                "id": number,
                "state": "filed",
                "pages": numbers,
                "fields": dict(fields),
                "doubts": _doubts(reading.doubts),
            }
            for number in ids
        ],
    }


def revise(
    tree: Tree, number: int, fields: Mapping[str, Tree | None], *, hand: Hand, now: dt.datetime
) -> Tree:
    """The next record: these fields of letter ``number`` replaced, those of None taken out."""
    revised = copy.deepcopy(tree)
    for letter in revised["letters"]:
        if letter["id"] == number:
            said = {**letter["fields"], **fields}
            letter["fields"] = {name: told for name, told in said.items() if told is not None}
    return signed(revised, "edit", hand=hand, now=now)


def move(tree: Tree, ids: Iterable[int], state: str) -> Tree:
    """The record with these letters in another state, all else untouched; not signed yet."""
    moved = copy.deepcopy(tree)
    for letter in moved["letters"]:
        if letter["id"] in ids:
            letter["state"] = state
    return moved


def renew(tree: Tree, renewal: Renewal, *, hand: Hand, now: dt.datetime) -> Tree:
    """The next record of a file that was read again; equal to the one before: nothing changed.

    What a person said of a field stays, and so does what this version does not know.
    """
    renewed = copy.deepcopy(tree)
    for letter in renewed["letters"]:
        if letter["id"] in renewal.letters:
            letter["fields"] = _renewed(letter["fields"], renewal.letters[letter["id"]])
        if letter["id"] in renewal.doubts:
            letter["doubts"] = _doubts(renewal.doubts[letter["id"]])
    if renewal.flags is not None:
        lasting = [flag for flag in tree["flags"] if flag not in PASSING]
        renewed["flags"] = list(dict.fromkeys((*lasting, *renewal.flags)))
    if renewal.layer is not None:
        renewed["reading"] = READING
    if renewed == tree and renewal.pages is None:
        return tree
    return signed(renewed, "reread", hand=hand, now=now)


def signed(
    tree: Tree, act: str, *, hand: Hand, now: dt.datetime, undoes: str = "", why: str = ""
) -> Tree:
    """The record as that of the next revision.

    Args:
        tree: the record as it shall be.
        act: its name in the ledger.
        hand: who does it.
        now: aware.
        undoes: the act that it takes back, if any.
        why: the person's reason; may be empty.
    """
    said = {"who": hand.who, "why": why, "together": hand.together, "undoes": undoes}
    revised = {"at": now.isoformat(timespec="seconds"), "act": act}
    revised |= {name: text for name, text in said.items() if text or name == "who"}
    return {**tree, "revision": tree["revision"] + 1, "revised": revised}


def noted(tree: Tree) -> dict[str, str]:
    """What the ledger says of the act that made a record, beside its name."""
    revised = tree.get("revised", {})
    return {name: revised[name] for name in SAID if name in revised}


def _renewed(fields: Mapping[str, Tree], letter: Letter) -> dict[str, Tree]:
    """The fields of a letter that was understood again."""
    kept = {
        name: found
        for name, found in fields.items()
        if name not in BY_NAME or found["origin"] == "person"
    }
    return {**_fields(letter), **kept}


def write(tree: Tree) -> bytes:
    """The file's bytes: indented, for people without the program."""
    text = json.dumps(tree, ensure_ascii=False, indent=1)
    # A file name may hold bytes that are no text; their backslash form is JSON too.
    return text.encode("utf-8", "backslashreplace") + b"\n"


def read(content: bytes) -> Tree:
    """The JSON of a record.

    Raises:
        Damaged: not JSON, not a record, or a newer arsip's.
    """
    try:
        tree = json.loads(content)
        version = tree["v"]
    except (ValueError, KeyError, TypeError) as error:
        raise Damaged(_("A record is damaged.")) from error
    if not isinstance(version, int) or version > VERSION:
        raise Damaged(
            _("A record was written by a newer arsip (version {version}).").format(version=version),
            hint="pip install --upgrade arsip",
        )
    return tree  # type: ignore[no-any-return]  # a record is an object; load looks into it


def load(content: bytes) -> Record:
    """The record of the file's bytes.

    Raises:
        Damaged: as ``read``; or something is missing, or of another type.
    """
    tree = read(content)
    try:
        return Record(
            sum=hashlib.sha256(content).hexdigest(),
            revision=checking.number(tree["revision"]),
            act=tree.get("revised", {}).get("act", "edit"),
            note=noted(tree),
            digest=tree["sha256"],
            size=checking.number(tree["size"]),
            format=checking.printable(tree["format"]),
            original=checking.name(tree["original"]),
            reading=None if tree["reading"] is None else checking.name(tree["reading"]),
            source=checking.printable(tree["sources"][0]["name"]),
            modified=dt.datetime.fromisoformat(tree["sources"][0]["modified"]),
            filed_at=dt.datetime.fromisoformat(tree["filed_at"]),
            pages=checking.number(tree["pages"]),
            flags=tuple(map(checking.printable, tree["flags"])),
            letters=tuple(_filed(letter) for letter in tree["letters"]),
            same_as=sameness.understood(tree),
        )
    except (LookupError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise Damaged(_("A record is damaged.")) from error


def former(revision: int) -> str:
    """The name under which the record of a revision is kept once a newer one took its place."""
    return f"record.{revision}.json"


def formers(names: Iterable[str]) -> list[int]:
    """The revisions of the records that are kept among these files, newest first."""
    found = (_FORMER.fullmatch(name) for name in names)
    return sorted((int(match[1]) for match in found if match), reverse=True)


def _fields(letter: Letter) -> dict[str, Tree]:
    """The findings of the fields this version knows as JSON, without empty ones."""
    return {
        name: dump_findings(BY_NAME[name], found)
        for name, found in letter.findings.items()
        if found and name in BY_NAME
    }


def _doubts(doubts: Iterable[Doubt]) -> list[Tree]:
    return [doubt._asdict() for doubt in doubts]


def dump_findings(field: Field[Any], findings: Sequence[Finding[Any]]) -> Tree:
    """The best finding as JSON, with its rivals behind it when there are any."""
    best, *rivals = (dump_finding(field, finding) for finding in findings)
    return {**best, "rivals": rivals} if rivals else best


def dump_finding(field: Field[Any], finding: Finding[Any]) -> Tree:
    """One finding as JSON: a doubtful value is a candidate."""
    value = field.kind.dump(finding.value)
    return {
        "value": None if finding.doubtful else value,
        "candidate": value if finding.doubtful else None,
        "confidence": finding.confidence,
        "page": finding.page,
        "box": None if finding.box is None else list(finding.box),
        "origin": finding.origin,
        "rule": finding.rule,
        "raw": finding.raw,
        "doubtful": finding.doubtful,
    }


def emptied(*, who: str) -> Tree:
    """The JSON of a field of which a person says: the letter does not say."""
    return {
        "value": None,
        "candidate": None,
        "confidence": 1.0,
        "page": None,
        "box": None,
        "origin": "person",
        "rule": who,
        "raw": "",
        "doubtful": False,
    }


def load_findings(field: Field[Any], tree: Tree) -> tuple[Finding[Any], ...]:
    """The findings of a field, best first; none when a person emptied it."""
    found = (_finding(field, one) for one in (tree, *tree.get("rivals", ())))
    return tuple(finding for finding in found if finding is not None)


def _finding(field: Field[Any], tree: Tree) -> Finding[Any] | None:
    value = tree["candidate"] if tree["doubtful"] else tree["value"]
    if value is None:
        return None
    return Finding(
        value=field.kind.load(value),
        confidence=float(tree["confidence"]),
        origin=checking.printable(tree["origin"]),  # type: ignore[arg-type]  # a newer arsip may know more
        rule=checking.printable(tree["rule"]),
        page=checking.page(tree["page"]),
        box=None if tree["box"] is None else Box(*map(checking.number, tree["box"])),
        raw=checking.text(tree["raw"]),
        doubtful=bool(tree["doubtful"]),
    )


def _filed(tree: Tree) -> Filed:
    findings = {
        name: load_findings(BY_NAME[name], found)
        for name, found in tree["fields"].items()
        if name in BY_NAME
    }
    return Filed(
        id=checking.number(tree["id"]),
        state=checking.printable(tree["state"]),
        pages=tuple(map(checking.number, tree["pages"])),
        letter=Letter(
            {name: found for name, found in findings.items() if found},
            denied=frozenset(name for name, found in findings.items() if not found),
        ),
        doubts=tuple(
            Doubt(
                checking.page(doubt["page"]),
                checking.printable(doubt["reason"]),
                checking.printable(doubt["note"]),
            )
            for doubt in tree.get("doubts", ())
        ),
    )
