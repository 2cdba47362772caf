"""Another text in the place of archive.toml's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from arsip.archive import disk, settings
from arsip.archive.settings import FILE, Settings


def rewrite(root: Path, change: Callable[[str], str]) -> Settings:
    """Put another text in the place of archive.toml's in one step; gives what it says now.

    The caller holds the archive's lock.

    Raises:
        SetupError: the text would make no sense; nothing was changed.
    """
    place = root / FILE
    text = change(place.read_text("utf-8"))
    kept = settings.understood(text, root)
    fresh = place.with_name(f"{FILE}.new")
    fresh.unlink(missing_ok=True)
    disk.write(fresh, text.encode())
    fresh.rename(place)
    disk.flush_folder(root)
    return kept
