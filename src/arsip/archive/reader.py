"""An archive to look into: all that finding needs, and light to load."""

from __future__ import annotations

import datetime as dt
import importlib
import shlex
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self

from arsip import formats
from arsip.archive import catalog, renditions, schema, settings, tending
from arsip.archive.find import search as searching
from arsip.archive.find.nearest import Nearest, nearest
from arsip.archive.find.query import Query
from arsip.archive.find.search import Hits, Sort
from arsip.archive.find.snippet import Marker
from arsip.archive.settings import Settings
from arsip.errors import NothingFound, UsageError
from arsip.fields import BY_NAME, Field
from arsip.model import Entry
from arsip.words import _

if TYPE_CHECKING:
    from arsip.archive.tombs import Tomb

DIGITS: Final = 8
"""Hex digits of a digest that are enough to name a letter."""
MOST_DIGITS: Final = 15
"""Decimal digits of the longest accession number; what is longer is a hash."""
ALL_DIGITS: Final = 64
"""Hex digits of a whole digest."""
HEX: Final = frozenset("0123456789abcdef")


def is_id(word: str) -> bool:
    """Whether a word can name a letter: by its accession number, or by digits of its digest."""
    digits = DIGITS <= len(word) <= ALL_DIGITS and HEX.issuperset(word.lower())
    return digits or (word.isdecimal() and len(word) <= MOST_DIGITS)


def _instead(ref: str) -> str:
    """What to type for a letter that is named by its number, by its file, or by neither."""
    name = Path(ref).name
    if formats.ends_as_file(name):
        return shlex.join(["arsip", "search", f"file:{name}"])
    is_number = any(map(str.isdecimal, ref))
    return shlex.join(["arsip", "search", f"nomor:{ref}"]) if is_number else "arsip list"


class Reader:
    """An archive that is open for finding. Readers never wait for writers."""

    def __init__(self, root: Path, *, kept: Settings, connection: sqlite3.Connection) -> None:
        self.root = root
        self.settings = kept
        self.connection = connection

    def close(self) -> None:
        """Let go of the catalog."""
        self.connection.close()

    def __enter__(self) -> Self:
        """The archive itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go of the catalog."""
        self.close()

    def known(self, digest: str) -> tuple[int, ...]:
        """The letters of these bytes, filed or trashed; none when the bytes are new."""
        with catalog.asking(self.settings.catalog):
            return catalog.known(self.connection, digest)

    def entry(self, ref: str) -> Entry:
        """The letter of an accession number, or of at least 8 hex digits of its file's SHA-256.

        Raises:
            NothingFound: there is none.
            UsageError: there are several, or the word is neither.
        """
        word = ref.strip().lower()
        number = int(word) if word.isdecimal() and len(word) <= MOST_DIGITS else 0
        found: tuple[int, ...] = (number,) if self._entries((number,)) else ()
        if not found and len(word) >= DIGITS and set(word) <= HEX:
            with catalog.asking(self.settings.catalog):
                found = catalog.starting(self.connection, word)
        elif not found and not word.isdecimal():
            raise UsageError(
                _('"{ref}" is neither the ID of a letter nor 8 digits of a hash.').format(ref=ref),
                hint=_instead(ref),
            )
        if len(found) > 1:
            raise UsageError(
                _('"{ref}" can be several letters: {ids}.').format(
                    ref=ref, ids=", ".join(map(str, found[:10]))
                ),
                hint=f"arsip show {found[0]}",
            )
        return self._one(found[0] if found else number, ref=ref)

    def latest(self, count: int) -> tuple[Entry, ...]:
        """The letters that were filed last, the newest first."""
        with catalog.asking(self.settings.catalog):
            rows = self.connection.execute(
                "SELECT id FROM entry ORDER BY id DESC LIMIT ?", (count,)
            )
            return tuple(catalog.entries(self.connection, [number for (number,) in rows]))

    def renditions(self, number: int) -> tuple[int, ...]:
        """The further renditions of a letter, in the order in which they were filed."""
        with catalog.asking(self.settings.catalog):
            return renditions.of(self.connection, number)

    def duplicates(self, *, secret: bool = False) -> Iterator[Entry]:
        """The letters that are, or may be, the same as another, by the number of that."""
        with catalog.asking(self.settings.catalog):
            found = catalog.entries(self.connection, renditions.everything(self.connection))
            yield from (entry for entry in found if secret or not entry.secret)

    def search(  # noqa: PLR0913 - each is one option of the command
        self,
        query: Query,
        *,
        limit: int = 20,
        offset: int = 0,
        sort: Sort = "rank",
        secret: bool = False,
        trashed: bool = False,
        explain: bool = False,
    ) -> Hits:
        """The letters that answer, the best first; see ``find.search.search``."""
        with catalog.asking(self.settings.catalog), catalog.reading(self.connection):
            return searching.search(
                self.connection,
                query,
                limit=limit,
                offset=offset,
                sort=sort,
                secret=secret,
                trashed=trashed,
                explain=explain,
            )

    def marker(self, query: Query, entry: Entry) -> Marker | None:
        """What marks in a letter all that a search among its like would; None: nothing does."""
        part = self.search(query, secret=entry.secret, trashed=entry.state == "trashed").part
        return None if part is None else Marker(part)

    def nearest(self, query: Query, *, today: dt.date, secret: bool = False) -> Nearest | None:
        """For a query that finds nothing the nearest that finds something, if one does."""
        with catalog.asking(self.settings.catalog), catalog.reading(self.connection):
            return nearest(self.connection, query, today=today, secret=secret)

    def waiting(self, query: Query, *, secret: bool = False) -> dict[int, tuple[Field[Any], ...]]:
        """The letters that wait for a person's word, by their numbers, each with its fields.

        Of those that answer to the query, when it asks for something.
        """
        with catalog.asking(self.settings.catalog), catalog.reading(self.connection):
            found = catalog.waiting(self.connection, secret=secret)
            if query.text:
                answers = set(searching.answers(self.connection, query, secret=secret))
                found = {number: names for number, names in found.items() if number in answers}
        return {
            number: tuple(BY_NAME[name] for name in names if name in BY_NAME)
            for number, names in found.items()
        }

    def select(
        self, query: Query, *, secret: bool = False, trashed: bool = False
    ) -> Iterator[Entry]:
        """All letters that answer, in the order of their IDs; see ``find.search.select``."""
        with catalog.asking(self.settings.catalog):
            yield from searching.select(self.connection, query, secret=secret, trashed=trashed)

    def _one(self, number: int, *, ref: str = "") -> Entry:
        found = self._entries((number,))
        if not found:
            self._not_destroyed(number)
            raise NothingFound(
                _("There is no letter {ref}.").format(ref=ref or number), hint="arsip list"
            )
        return found[0]

    def _not_destroyed(self, number: int) -> None:
        """Tell of a letter that was destroyed when and why.

        Raises:
            NothingFound: it was.
        """
        # Loaded only then: what speaks of the ledger takes more than finding.
        tombs = importlib.import_module("arsip.archive.tombs")
        with catalog.asking(self.settings.catalog):
            buried: tuple[Tomb, ...] = tombs.of_id(self.connection, number)
        for tomb in buried:
            raise NothingFound(
                _("Letter {id} was destroyed on {day} by {who}: {why}").format(
                    id=number, day=tomb.time[:10], who=tomb.who, why=tomb.why
                ),
                hint="arsip list",
            )

    def _entries(self, ids: tuple[int, ...]) -> tuple[Entry, ...]:
        with catalog.asking(self.settings.catalog):
            return tuple(catalog.entries(self.connection, ids))


def opened(root: Path, *, wait: float = 30.0) -> Reader | None:
    """The archive in a folder, for finding; None: its catalog must be made good, as Archive does.

    Args:
        root: its folder.
        wait: seconds to wait for a transaction of another program.

    Raises:
        SetupError: there is none, or one of a newer arsip.
    """
    root = root.absolute()
    kept = settings.read(root)
    with catalog.asking(kept.catalog):
        connection = catalog.found(kept.catalog, wait=wait)
        if connection is None:
            return None
        if schema.missing(connection) or not tending.sound(connection):
            connection.close()
            return None
        return Reader(root, kept=kept, connection=connection)
