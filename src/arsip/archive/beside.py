"""What stands beside the vault: scan folders, what was seen there, and the archive's settings."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from arsip.archive import catalog, claims, rewriting, settings
from arsip.archive import seen as sightings
from arsip.archive.claims import Claim, Pulse
from arsip.archive.reader import Reader
from arsip.archive.seen import Seen
from arsip.archive.settings import Settings
from arsip.archive.writing import Writer


class Beside(Reader):
    """The half of an open archive that is not about letters."""

    def __init__(
        self, root: Path, *, kept: Settings, connection: sqlite3.Connection, writer: Writer
    ) -> None:
        super().__init__(root, kept=kept, connection=connection)
        self._writer = writer

    def claim(self, folder: Path) -> AbstractContextManager[Claim]:
        """Holds a scan folder, so that no two watch it into this archive at once.

        Raises:
            Busy: another process holds it.
        """
        return claims.claimed(self.root, folder)

    def pulses(self) -> list[tuple[Pulse, bool]]:
        """How it went with each scan folder, and whether it is watched now."""
        return list(claims.pulses(self.root))

    def rewrite_settings(self, change: Callable[[str], str]) -> None:
        """Put another text in the place of archive.toml's, once it is known to make sense.

        Raises:
            SetupError: it would not; nothing was changed.
        """
        with self._writer.act():
            self.settings = rewriting.rewrite(self.root, change)

    def reread_settings(self) -> None:
        """Read archive.toml again; where the index lies counts from the next opening on.

        Raises:
            SetupError: it makes no sense; what was read before holds.
        """
        fresh = settings.read(self.root)
        self.settings = fresh._replace(catalog=self.settings.catalog)

    def seen(self, path: Path) -> Seen | None:
        """What became of a file that stays in its scan folder; None: it is new."""
        with catalog.asking(self.settings.catalog):
            return sightings.of(self.connection, path)

    def all_seen(self, below: Path | None = None) -> list[tuple[Path, Seen]]:
        """Everything that stays in scan folders, or below one folder, by path."""
        with catalog.asking(self.settings.catalog):
            return list(sightings.everything(self.connection, below))

    def moved_on(self) -> tuple[int, int]:
        """Another pair than before when anything may have been written to the catalog since."""
        with catalog.asking(self.settings.catalog):
            return sightings.version(self.connection)

    def mark(self, path: Path, what: Seen) -> None:
        """Keep in mind what became of a file that stays in its scan folder."""
        with catalog.asking(self.settings.catalog):
            sightings.mark(self.connection, path, what)

    def forget(self, path: Path) -> None:
        """Forget a file that left its scan folder."""
        with catalog.asking(self.settings.catalog):
            sightings.forget(self.connection, path)
