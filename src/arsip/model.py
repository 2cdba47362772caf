"""The frozen things that flow: Source -> PageText -> Letter => Reading -> Entry -> Hit."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, Generic, Literal, NamedTuple, TypeAlias, TypeVar

from arsip import formats
from arsip.fields import SECRET, SENSITIVITY, Field

T = TypeVar("T")

Clock: TypeAlias = Callable[[], dt.datetime]
"""The aware local time; passed in, never asked for."""

Origin: TypeAlias = Literal["ocr", "text", "person", "rule"]
"""Where a value comes from: read from an image, from the file's own text, typed, or inferred."""


class Box(NamedTuple):
    """A place on the upright page in 1/1000 of its width and height, from the top left corner."""

    left: int
    top: int
    right: int
    bottom: int

    @staticmethod
    def around(boxes: Iterator["Box"]) -> "Box":
        """The smallest box that holds all of them (at least one)."""
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        return Box(min(lefts), min(tops), max(rights), max(bottoms))


class Word(NamedTuple):
    """One printed word; confidence is 0 to 1 (1 for the file's own text)."""

    text: str
    box: Box
    confidence: float = 1.0


Line: TypeAlias = tuple[Word, ...]
"""Words that stand side by side, left to right; never empty."""


class Treatment(NamedTuple):
    """How a page came to its words, for whoever asks why it reads as it does.

    Attributes:
        own_text: what was made of the words that a PDF page carries itself: ``good`` they are the
            page; else the slug of their fault (scan/owntext.py); empty when there are none.
        dpi: resolution of the page image as it came; 0 when none was looked at.
        depth: brightness of the darkest print relative to the paper: near 0 is black, 0.7 faint.
        steps: slugs of the clean-up, in the order it was done.
        readings: (way, mean confidence) of each look at the image, the one that was kept first.
    """

    own_text: str = ""
    dpi: int = 0
    depth: float = 0.0
    steps: tuple[str, ...] = ()
    readings: tuple[tuple[str, float], ...] = ()
    seconds: float = 0.0


PENDING, BROKEN = "pending", "broken"
"""Why a page has no words: it is read later; it does not decode or draw."""


class PageText(NamedTuple):
    """What stands on one page, in reading order.

    A plain text page has its words on a grid of characters, so that gaps and columns stay visible:
    box.left is column / columns of the page, box.top is line / lines of the page.

    Attributes:
        number: 1-based in its file.
        lines: in reading order; two columns give lines of their own.
        engine: what read it: ``tesseract 5.3.0 ind+eng``, ``pdf``, ``txt``; empty when unread.
        confidence: mean of the words, 0 to 1; 0 when there are none.
        width, height: of the upright page in points (1/72 inch); 0 when unknown.
        turn: degrees clockwise that turn the stored page upright: 0, 90, 180, 270.
        skew: degrees clockwise that were taken out on top of the turn.
        unread: slug of why there are no words though there should be; empty when it was read.
        treatment: how it came to its words.
    """

    number: int
    lines: tuple[Line, ...] = ()
    origin: Literal["ocr", "text"] = "ocr"
    engine: str = ""
    confidence: float = 0.0
    width: float = 0.0
    height: float = 0.0
    turn: int = 0
    skew: float = 0.0
    blank: bool = False
    unread: str = ""
    treatment: Treatment = Treatment()

    @property
    def text(self) -> str:
        """One line of text a line, words parted by one blank."""
        return "\n".join(" ".join(word.text for word in line) for line in self.lines)

    @property
    def seen(self) -> bool:
        """Whether words were read from its image: a searchable copy is worth it."""
        return self.origin == "ocr" and bool(self.lines)

    @property
    def empty(self) -> bool:
        """Whether there is no ink on it; one that no word was read from may bear a drawing."""
        return self.blank and not self.unread and (self.origin == "text" or not self.engine)

    @property
    def words(self) -> Iterator[Word]:
        """All words in reading order."""
        return (word for line in self.lines for word in line)


class Source(NamedTuple):
    """A file as it came, copied to a place of ours and hashed on the way.

    Attributes:
        path: the copy; the reader of a Source may only read it.
        name: its file name in the scan folder, as given by the system (surrogates possible).
        digest: SHA-256, lower-case hex.
        format: slug of its kind by content: pdf, jpeg, png, tiff, txt ...
    """

    path: Path
    name: str
    digest: str
    size: int
    format: str
    modified: dt.datetime

    @property
    def extension(self) -> str:
        """What files of its format are called behind the dot."""
        return formats.extension(self.format)


class Outline(NamedTuple):
    """What a file holds, seen before its pages are read.

    Attributes:
        flags: slugs: ``damaged`` (does not reach its end, but every page opens),
            ``active_content`` (scripts, attachments, launches), ``signed``.
        password: the one that opened it; empty when it needs none.
    """

    pages: int
    flags: tuple[str, ...] = ()
    password: str = ""


DOUBT: Final = 0.5
"""A finding of less confidence is doubtful, unless an archive's settings say otherwise."""


class Finding(NamedTuple, Generic[T]):
    """A value with its evidence.

    Attributes:
        rule: slug of the reader's rule that found it, or who typed it.
        page, box: where it stands; None when it stands nowhere (inferred, typed).
        raw: the words as they were read, before repairs; empty when equal to the value.
        doubtful: a candidate, not a fact.
    """

    value: T
    confidence: float
    origin: Origin
    rule: str = ""
    page: int | None = None
    box: Box | None = None
    raw: str = ""
    doubtful: bool = False


class Letter(NamedTuple):
    """What a letter says of itself.

    Attributes:
        findings: field name -> findings, best first; absent: it does not say.
        denied: names of fields of which a person says that the letter does not say.
    """

    findings: Mapping[str, tuple[Finding[Any], ...]] = {}
    denied: frozenset[str] = frozenset()

    def best(self, key: Field[T]) -> Finding[T] | None:
        """The best finding, fact or candidate."""
        found = self.findings.get(key.name, ())
        return found[0] if found else None

    def first(self, key: Field[T]) -> T | None:
        """The fact, or None when there is none or it is doubtful."""
        best = self.best(key)
        return None if best is None or best.doubtful else best.value

    @property
    def secret(self) -> bool:
        """Whether it is left out unless asked for: it says, or may say, that it is secret.

        The word of a person settles it.
        """
        found = self.findings.get(SENSITIVITY.name, ())
        if found and found[0].origin == "person":
            found = found[:1]
        return any(finding.value in SECRET for finding in found)


REMARKS: Final = frozenset({"blank", "wordless", "turned", "pending"})
"""Reasons that make no letter doubtful: no word of such a page is lost."""


class Doubt(NamedTuple):
    """Something about a page that a person should know while the paper is at hand.

    Attributes:
        page: 1-based in its file; of one that is missing the number it bears; None: not known.
        reason: slug: ``unread``, ``pending``, ``faint``, ``unsure``, ``cut_off``, ``blank``,
            ``wordless``, ``turned``, ``missing``.
        note: data: of an unread page the slug of why; of a turned one the degrees clockwise; of a
            missing one how many pages or attached sheets the letter says there are.
    """

    page: int | None
    reason: str
    note: str = ""

    def json(self) -> dict[str, Any]:
        """The object that ``--json`` of several commands prints, version 1."""
        return {"page": self.page, "reason": self.reason, "note": self.note or None}


class Reading(NamedTuple):
    """A source with its pages and its letter, ready to be filed.

    Attributes:
        flags: slugs that a person should know: ``damaged``, ``active_content`` ...
        layer: the searchable PDF that was made of a scan, or None.
        doubts: about its pages, in their order.
    """

    source: Source
    pages: tuple[PageText, ...]
    letter: Letter
    flags: tuple[str, ...] = ()
    layer: Path | None = None
    doubts: tuple[Doubt, ...] = ()


class Renewal(NamedTuple):
    """A filed file that was read or understood again; what people said is kept, in here or not.

    Attributes:
        pages: all pages of the file; None: they stay as they are.
        letters: accession number -> what that letter of the file says of itself now.
        doubts: accession number -> those about its pages.
        flags: of the file, as of a Reading; None: they stay as they are.
        layer: the new searchable PDF; None: the old one stays.
    """

    digest: str
    letters: Mapping[int, Letter]
    doubts: Mapping[int, tuple[Doubt, ...]]
    pages: tuple[PageText, ...] | None = None
    flags: tuple[str, ...] | None = None
    layer: Path | None = None


class Same(NamedTuple):
    """That a file brings letter ``id`` again; sure: it is a rendition; secret: that letter is."""

    id: int
    sure: bool
    secret: bool = False


class Entry(NamedTuple):
    """A letter in the archive.

    Attributes:
        id: accession number: 1, 2, 3 ... never reused.
        state: ``filed`` or ``trashed``.
        source: name of the file it came as.
        original, reading: paths below the archive's root; reading is None for digital files.
        pages: the page numbers of the file that are this letter's.
        doubts: about its pages, as they were when they were last read.
        same_as: the letter that it came as before; None: it is one of its own.
    """

    id: int
    digest: str
    state: str
    filed_at: dt.datetime
    source: str
    original: Path
    reading: Path | None
    pages: tuple[int, ...]
    letter: Letter
    flags: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    same_as: Same | None = None

    @property
    def rendition(self) -> bool:
        """Whether it is shown under another letter, as a further rendition of it."""
        return self.same_as is not None and self.same_as.sure

    @property
    def secret(self) -> bool:
        """Whether it is left out unless asked for: a rendition is as secret as its letter."""
        same = self.same_as
        return self.letter.secret or (same is not None and same.sure and same.secret)

    @property
    def trashed(self) -> bool:
        """Whether it is in the trash: hidden, and nothing of it gone."""
        return self.state == "trashed"

    @property
    def file(self) -> Path:
        """The file that a person wants to open: the reading copy, else the original."""
        return self.reading or self.original


class Match(NamedTuple):
    """Why a letter was found.

    Attributes:
        word: as asked for.
        matched: as it stands in the letter.
        how: ``exact``, or the way that led from the word to the match (``query.WAYS``).
    """

    word: str
    matched: str
    how: str = "exact"


class Hit(NamedTuple):
    r"""A letter that answers a query; in the snippet each match stands between \x02 and \x03.

    Attributes:
        page: that the snippet is of; None: of none.
        explain: which word matched how, when that was asked for.
    """

    entry: Entry
    score: float
    page: int | None
    snippet: str
    explain: tuple[Match, ...] = ()


class Limits(NamedTuple):
    """What a file may cost before it is refused or its page is given up.

    Attributes:
        pixels: of one image, by its header, before decoding.
        memory_bytes: address space of a child that reads.
        page_seconds: OCR of one page, wall clock.
        cpu_seconds, cpu_seconds_page: CPU of a child outside OCR, a file and a page of it.
    """

    file_bytes: int = 500_000_000
    pages: int = 2_000
    pixels: int = 250_000_000
    memory_bytes: int = 1 << 30
    page_seconds: float = 120.0
    cpu_seconds: float = 30.0
    cpu_seconds_page: float = 5.0


class Event(NamedTuple):
    """A sign of life from long work: step is a slug, done of total (0: unknown), note is data."""

    step: str
    source: str = ""
    done: int = 0
    total: int = 0
    note: str = ""


Report: TypeAlias = Callable[[Event], None]
"""Where signs of life go; the counter draws them, tests collect them."""


def silent(_event: Event) -> None:
    """A Report that drops every event."""
