"""What became of a file, in the words of scripts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias

from arsip.model import Doubt, Entry, Same

Status: TypeAlias = Literal["filed", "duplicate", "set_aside", "waiting", "refused"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One file and what became of it.

    Attributes:
        file: as it was named or found.
        ids: letters of its bytes in the archive.
        pages: of the file; 0 when it was not opened.
        reason: slug when it is set aside, waiting or refused; ``not_removed`` when it is filed,
            but could not be removed from its folder.
        seconds: wall clock from taking to filing.
        entry: what was filed, or what it equals.
        doubts: about the pages of what was filed now.
        news: False when it stands as it stood at the last look.
        note: what a file that is no document is, and what to do with it, in words.
    """

    file: Path
    status: Status
    ids: tuple[int, ...] = ()
    sha256: str | None = None
    pages: int = 0
    reason: str | None = None
    seconds: float = 0.0
    entry: Entry | None = None
    doubts: tuple[Doubt, ...] = ()
    news: bool = True
    note: str = ""

    @property
    def same_as(self) -> Same | None:
        """The letter that was filed before as what was filed now; None: it is a new one."""
        return self.entry.same_as if self.entry and self.status == "filed" else None

    def about(self, reason: str) -> list[int]:
        """The pages about which there is a doubt for this reason."""
        return [
            doubt.page for doubt in self.doubts if doubt.reason == reason and doubt.page is not None
        ]

    def json(self) -> dict[str, Any]:
        """The object that ``ingest --json`` and ``watch --json`` print, version 1."""
        return {
            "v": 1,
            "file": str(self.file),
            "status": self.status,
            "id": self.ids[0] if self.ids else None,
            "ids": list(self.ids),
            "sha256": self.sha256,
            "pages": self.pages,
            "reason": self.reason,
            "seconds": round(self.seconds, 2),
            "same_as": self.same_as and self.same_as.id,
            "sure": self.same_as and self.same_as.sure,
            "doubts": [doubt.json() for doubt in self.doubts],
        }
