"""The archive as the counter opens it to look into: light to load, for a search starts at once."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from pathlib import Path

from arsip.archive import reader
from arsip.archive.query import HINTS, Query, parse
from arsip.cli.counter import Counter
from arsip.config import state_folder
from arsip.errors import NothingFound
from arsip.words import _


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
