"""A filed file read or understood again, as a script of tasks that any pool can perform."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from arsip.ingest import plan
from arsip.ingest.saying import is_supposed
from arsip.ingest.transcribe import How, Script, laid, opened, pages_read, understood
from arsip.model import PENDING, Doubt, Entry, Letter, PageText, Renewal, Source

NO_COPY: Final = "no_reading_copy"

Pages: TypeAlias = tuple[PageText, ...]


class Filed(NamedTuple):
    """A file in the archive whose letters are read again.

    Attributes:
        pages: all pages of the file as they were read; none when they are lost.
        letters: by their accession numbers; at least one, not always all of the file.
    """

    source: Source
    pages: Pages
    letters: Mapping[int, Entry]

    @property
    def one(self) -> Entry:
        """Any of the letters, for what they have in common."""
        return next(iter(self.letters.values()))


class Compared(NamedTuple):
    """A page as it was read before and now."""

    verdict: plan.Verdict
    before: PageText
    after: PageText

    @property
    def kept(self) -> PageText:
        """The one that stays: the new one only when it is better, or failed in another way."""
        failed_anew = self.verdict == "unread" and self.before.unread != self.after.unread
        return self.after if self.verdict == "better" or failed_anew else self.before


class Again(NamedTuple):
    """What a file gave when it was read again.

    Attributes:
        pages: those that were looked at again.
    """

    renewal: Renewal
    pages: tuple[Compared, ...] = ()


def thought_over(filed: Filed, how: How) -> Script[Again]:
    """The letters of a file understood again, from the words that are kept."""
    renewal = yield from _understood(filed, filed.pages, how)
    return Again(renewal._replace(flags=_copy_flags(filed.one)))


def looked_at(filed: Filed, *, pending: bool, desk: Path, how: How) -> Script[Again]:
    """Pages of a file looked at again, and its letters understood from the better words.

    Args:
        filed: the file.
        pending: only the pages that have no words.
        desk: for page images and the searchable PDF.
        how: it is read.

    Raises:
        SourceError: the file cannot be opened now.
    """
    source = filed.source
    outline = yield from opened(source, how)
    numbers = _wanted(filed, outline.pages, pending=pending)
    fresh: Pages = ()
    if numbers:
        fresh = yield from pages_read(source, outline, numbers, desk=desk, how=how)
    compared = _compared(filed, fresh)
    pages = _merged(filed, compared)
    renewal = yield from _understood(filed, pages, how)
    layer, flags = None, _copy_flags(filed.one)
    if pages != filed.pages or filed.one.reading is None:
        letter = renewal.letters.get(filed.one.id, filed.one.letter)
        # A copy that is kept must say what the text says, whatever is made of new letters.
        kept = replace(how, layer=how.layer or filed.one.reading is not None)
        layer, flags = yield from laid(source, outline, pages, letter, desk=desk, how=kept)
    renewal = renewal._replace(
        pages=None if pages == filed.pages else pages,
        flags=(*outline.flags, *flags),
        layer=layer,
    )
    return Again(renewal, compared)


def _wanted(filed: Filed, count: int, *, pending: bool) -> Sequence[int]:
    """The pages to be read: those of the letters, and those of which nothing is kept."""
    kept = {page.number: page for page in filed.pages}
    theirs = {number for letter in filed.letters.values() for number in letter.pages}
    return [
        number
        for number in range(1, count + 1)
        if number not in kept or (number in theirs and (kept[number].unread or not pending))
    ]


def _compared(filed: Filed, fresh: Pages) -> tuple[Compared, ...]:
    kept = {page.number: page for page in filed.pages}
    pairs = [(kept.get(page.number, PageText(page.number, unread=PENDING)), page) for page in fresh]
    return tuple(Compared(plan.compared(old, new), old, new) for old, new in pairs)


def _merged(filed: Filed, compared: Sequence[Compared]) -> Pages:
    """All pages of the file, each by its better reading."""
    pages = {page.number: page for page in filed.pages}
    pages.update((page.after.number, page.kept) for page in compared)
    return tuple(pages[number] for number in sorted(pages))


def _understood(filed: Filed, pages: Pages, how: How) -> Script[Renewal]:
    """What each letter says of itself; of one whose reader failed, what was known stays."""
    letters: dict[int, Letter] = {}
    doubts: dict[int, tuple[Doubt, ...]] = {}
    for number, letter in filed.letters.items():
        theirs = tuple(page for page in pages if page.number in letter.pages)
        said, flags = yield from understood(theirs, how, signed="signed" in letter.flags)
        if not flags:
            letters[number] = _above(letter.letter, said)
        doubts[number] = plan.doubts(theirs, letters.get(number, letter.letter))
    return Renewal(filed.source.digest, letters, doubts)


def _above(known: Letter, said: Letter) -> Letter:
    """What a letter says of itself, under what people and its scan folder said of it."""
    people = {name: found for name, found in known.findings.items() if found[0].origin == "person"}
    read = {name: found for name, found in said.findings.items() if name not in known.denied}
    folder = {
        name: (found[0], *read.get(name, ()))
        for name, found in known.findings.items()
        if is_supposed(found[0]) and (name not in read or read[name][0].doubtful)
    }
    return Letter({**read, **folder, **people}, known.denied)


def _copy_flags(letter: Entry) -> tuple[str, ...]:
    """What is known of the searchable PDF that stays."""
    return tuple(flag for flag in letter.flags if flag == NO_COPY)
