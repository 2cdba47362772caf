"""The last search of this terminal, kept so that its hits can be named by their places.

A private note in the state folder: the archive, the query as typed, the ways by which its words
were widened, and numbers of letters; no word of a letter.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from arsip.archive.find.query import Query
from arsip.cli.counter import Counter
from arsip.config import state_folder
from arsip.errors import NothingFound
from arsip.words import _


class LastSearch(NamedTuple):
    """What was searched for in this archive, and found.

    Attributes:
        query: as typed.
        ways: by which its words were widened.
        before: hits that were left out before the first one.
        ids: of the letters, in the order told.
    """

    query: str
    ways: tuple[str, ...]
    before: int
    ids: tuple[int, ...]


def remember(counter: Counter, query: Query, ids: Sequence[int], *, before: int = 0) -> None:
    """Keep what a search found, so that ``open --hit 1`` finds the first of it.

    Where that cannot be kept, what an older search found is forgotten.
    """
    note = _note(counter)
    how = " ".join((str(before), *sorted(query.ways)))
    lines = [_archive(counter), query.text, how, *map(str, ids)]
    fresh = note.with_name(f"{note.name}.{os.getpid()}")
    try:
        note.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh.touch(mode=0o600)
        fresh.write_text("\n".join(lines), "utf-8", "surrogateescape")
        fresh.replace(note)
    except OSError as error:
        counter.screen.detail(str(error))
        for stale in (fresh, note):
            with contextlib.suppress(OSError):
                stale.unlink()


def last_search(counter: Counter) -> LastSearch | None:
    """The last search of this terminal, if it was in this archive."""
    try:
        lines = _note(counter).read_text("utf-8", "surrogateescape").split("\n")
        archive, query, how, *ids = lines
        before, *ways = how.split(" ")
        if archive == _archive(counter):
            return LastSearch(query, tuple(ways), int(before), tuple(map(int, ids)))
    except (OSError, ValueError) as error:
        counter.screen.detail(repr(error))
    return None


def recalled(counter: Counter, place: int, command: str) -> int:
    """The letter that stood at a place (1: the first) of the last search, for a command.

    Raises:
        NothingFound: there was no search in this archive, or it told no such place.
    """
    last = last_search(counter)
    if last is not None and 0 < place - last.before <= len(last.ids):
        return last.ids[place - last.before - 1]
    message = _("The last search showed no hit {place}.").format(place=place)
    hint = f"arsip {command} --hit {last.before + 1}" if last is not None and last.ids else ""
    raise NothingFound(message, hint=hint or "arsip search undangan")


def _archive(counter: Counter) -> str:
    return str(counter.config.archive.absolute()).replace("\n", " ")


def _note(counter: Counter) -> Path:
    """Each terminal has its own; what runs in none shares one."""
    name = "last-search"
    for stream in range(3):
        with contextlib.suppress(OSError):
            name = "-".join((name, *Path(os.ttyname(stream)).parts[2:]))
            break
    return state_folder(counter.environ) / name
