"""The archive as the counter opens it to look into: light to load, for a search starts at once."""

from __future__ import annotations

import importlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from arsip.archive import reader
from arsip.archive.query import HINTS, Query, parse
from arsip.cli.counter import Counter
from arsip.config import state_folder
from arsip.errors import NothingFound
from arsip.model import Entry
from arsip.words import _

_ID: Final = re.compile(r"\d{1,15}|[0-9a-f]{8,64}")
"""A letter's number, or the start of its file's hash; see Reader.entry."""


def readable(counter: Counter, *, wait: float | None = None) -> reader.Reader:
    """The archive of this run, to be closed by ``with``; a catalog that is not good is mended.

    Raises:
        SetupError: there is none.
        Damaged: it is not as arsip left it.
    """
    config = counter.configure(wait=wait)
    found = reader.opened(config.archive, wait=config.wait)
    if found is not None:
        return found
    # Loaded only when something is to be mended: keeping takes far more than finding.
    keeping = importlib.import_module("arsip.cli.opening")
    mended: reader.Reader = keeping.opened(counter)
    return mended


def understood(counter: Counter, words: Sequence[str] | None) -> Query:
    """The query that was typed, after telling what of it was not understood; no words: all."""
    asked = parse(" ".join(words or ()), today=counter.today)
    for hint in asked.hints:
        counter.screen.note(_(HINTS[hint.slug]).format(text=hint.text))
    return asked


def named(words: Sequence[str]) -> bool:
    """Whether all words are IDs of letters, and none asks for something."""
    return bool(words) and all(_ID.fullmatch(word.lower()) for word in words)


def chosen(
    counter: Counter, archive: reader.Reader, words: Sequence[str], *, secret: bool
) -> list[Entry]:
    """The letters of these IDs, or those that answer to the query; no words: all.

    Raises:
        NothingFound: no letter is of an ID, or answers.
    """
    if named(words):
        return list({entry.id: entry for entry in map(archive.entry, words)}.values())
    asked = understood(counter, words)
    letters = list(archive.select(asked, secret=secret))
    if not letters and asked.text:
        raise nothing(asked.text)
    return letters


def open_to_all(entry: Entry, command: str, *, secret: bool) -> Entry:
    """The letter, unless it is a secret one and such are not asked for.

    Args:
        entry: the letter.
        command: that shows it: ``show 17``.
        secret: they are asked for.

    Raises:
        NothingFound: it is not to be shown.
    """
    if entry.letter.secret and not secret:
        message = _("Letter {id} is secret; it is shown only when that is asked for.")
        raise NothingFound(message.format(id=entry.id), hint=f"arsip {command} --rahasia")
    return entry


def nothing(query: str) -> NothingFound:
    """That no letter answers to a query."""
    return NothingFound(
        _("No letter answers to: {query}").format(query=query),
        hint=_("Use fewer words, or the start of one and a star: arsip search 'undang*'"),
    )


def remember(counter: Counter, ids: list[int]) -> None:
    """Keep the letters of the last search, so that ``open --hit 1`` finds the first of them."""
    note = _note(counter)
    lines = [str(counter.config.archive.absolute()), *map(str, ids)]
    try:
        note.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        note.write_text("\n".join(lines), "utf-8", "surrogateescape")
    except OSError as error:
        counter.screen.detail(str(error))


def recalled(counter: Counter, place: int) -> int:
    """The letter that stood at a place (1: the first) of the last search in this archive.

    Raises:
        NothingFound: there was no search, or it found fewer.
    """
    try:
        archive, *ids = _note(counter).read_text("utf-8", "surrogateescape").splitlines()
        if archive == str(counter.config.archive.absolute()) and place >= 1:
            return int(ids[place - 1])
    except (OSError, ValueError, IndexError) as error:
        counter.screen.detail(repr(error))
    raise NothingFound(
        _("The last search has no hit {place}.").format(place=place), hint="arsip search undangan"
    )


def _note(counter: Counter) -> Path:
    return state_folder(counter.environ) / "last-search"
