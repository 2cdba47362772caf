"""A small catalog for the tests of finding."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from arsip.archive import entering, schema
from arsip.archive.cards import Card
from arsip.fields import BY_NAME
from arsip.model import Box, Doubt, Entry, Finding, Letter, Same

FILED = dt.datetime(2024, 3, 15, 8, tzinfo=dt.timezone(dt.timedelta(hours=7)))


class Cards:
    """Letters put into an index in memory, numbered from 1."""

    def __init__(self) -> None:
        self.connection = sqlite3.connect(":memory:", isolation_level=None)
        schema.apply(self.connection)
        self.last = 0

    def put(
        self,
        *pages: str,
        doubtful: Sequence[str] = (),
        state: str = "filed",
        first: int = 1,
        doubts: tuple[Doubt, ...] = (),
        same_as: int = 0,
        source: str = "",
        **values: Any,
    ) -> int:
        """Files a letter with these pages and field values, or one more rendition; its ID."""
        self.last += 1
        digest = f"{self.last:064x}"
        findings = {
            name: (
                Finding(
                    BY_NAME[name].kind.load(value),
                    0.9,
                    "ocr",
                    page=1,
                    box=Box(100, 100, 300, 120),
                    doubtful=name in doubtful,
                ),
            )
            for name, value in values.items()
        }
        texts = dict(enumerate(pages, first))
        entry = Entry(
            id=self.last,
            digest=digest,
            state=state,
            filed_at=FILED,
            source=source or f"scan{self.last}.pdf",
            original=Path("vault", digest, "original.pdf"),
            reading=None,
            pages=tuple(texts),
            letter=Letter(findings),
            doubts=doubts,
            same_as=Same(same_as, sure=True) if same_as else None,
        )
        card = Card(entry=entry, record="", texts=texts, shelf="")
        entering.put(self.connection, digest, [card])
        return self.last
