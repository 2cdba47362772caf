"""A letter laid out for its readers: rows, zones and running text, each made once."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, Final, TypeVar

from arsip.habits import Ground
from arsip.letter.closing import Closing, closing_of
from arsip.letter.dates import Dated, by_weekday, dates_in
from arsip.letter.flow import Flow
from arsip.letter.kinds import invites
from arsip.letter.labels import DATED, FROM, NUMBER, SUBJECT, TO
from arsip.letter.rows import Row, rows_of
from arsip.letter.stamps import Stamp, stamps_of
from arsip.letter.zones import Zones, zones_of
from arsip.model import Origin, PageText

T = TypeVar("T")

_GREETING: Final = re.compile(r"^\W*(Dear\s+\w|To\s+whom\s+it)", re.IGNORECASE | re.MULTILINE)
_MINUTES: Final = re.compile(r"\W*Pada\s+hari\s+[il1]n[il1]\b", re.IGNORECASE)


class Sheet:
    """What all readers of one letter share.

    Attributes:
        pages: as they were read.
        today: the day of the reading; no letter is dated later, unless its number is too.
        signed: the file carries an electronic signature.
        rows: of all pages, top to bottom.
    """

    def __init__(self, pages: Sequence[PageText], today: dt.date, *, signed: bool = False) -> None:
        self.pages = pages
        self.today = today
        self.signed = signed
        self.rows: tuple[Row, ...] = rows_of(pages)
        self._said: dict[Callable[[Sheet], Any], Any] = {}
        self._origins: dict[int, Origin] = {page.number: page.origin for page in pages}

    @cached_property
    def zones(self) -> Zones:
        """Where it says what."""
        return zones_of(self.rows, year=self.today.year)

    @cached_property
    def closing(self) -> Closing:
        """Where it ends: the signature block and the copies."""
        return closing_of(self.rows, self.zones.body, year=self.today.year)

    @cached_property
    def stamps(self) -> list[Stamp]:
        """What the offices that received it put on it."""
        return stamps_of(self.rows)

    def stamped(self, position: int) -> bool:
        """Whether this place of the running text belongs to a stamp."""
        words = self.flow.strip_at(position).words
        return any(words[0] is word for stamp in self.stamps for s in stamp for word in s.words)

    def once(self, reader: Callable[[Sheet], T]) -> T:
        """What a reader says of this sheet; it is asked once and its answer kept."""
        if reader not in self._said:
            self._said[reader] = reader(self)
        said: T = self._said[reader]
        return said

    def settle(self, reader: Callable[[Sheet], Any], said: object) -> None:
        """What a reader is taken to have said from now on, by those who know better."""
        self._said[reader] = said

    @cached_property
    def ground(self) -> Ground:
        """Its pages as somebody sees them who knows where this sender writes what."""
        return Ground(self.pages)

    @cached_property
    def flow(self) -> Flow:
        """The running text."""
        return Flow.of(self.rows)

    @cached_property
    def dates(self) -> list[Dated]:
        """Every date in the running text; a scan's days are held against their weekdays."""
        dates = dates_in(self.flow.text, year=self.today.year)
        return [by_weekday(date) for date in dates] if self.scanned else dates

    @cached_property
    def body_at(self) -> int:
        """Where the prose begins in the running text."""
        return self.flow.start_of_row(self.zones.body)

    @cached_property
    def kind(self) -> str | None:
        """The code of its kind, by its title or by what it asks for; None: it is no letter."""
        if self.zones.title:
            return self.zones.title.code
        said = self.zones.behind(SUBJECT)
        subject = said.value.text if said and said.value else ""
        if invites(subject, self.body):
            return "undangan"
        if self.english:
            return "surat_dinas"
        return self._untitled

    @property
    def _untitled(self) -> str | None:
        """Its kind by how it begins and whom it names, where the title is lost or there is none."""
        if _MINUTES.match(self.body):
            return "berita_acara"
        labelled = self.zones.labelled
        if {FROM, TO, SUBJECT} <= {one.role for one in labelled if one.value}:
            return "nota_dinas"
        roles = {one.role for one in labelled} & {NUMBER, SUBJECT, TO, DATED}
        return "surat_dinas" if len(roles) > 1 or self.zones.right else None

    @cached_property
    def english(self) -> bool:
        """Whether it greets in English."""
        return bool(_GREETING.search(self.flow.text[: self.body_at + 40]))

    @property
    def body(self) -> str:
        """The running text from the first row of prose on."""
        return self.flow.text[self.body_at :]

    @property
    def scanned(self) -> bool:
        """Whether its first page was read from an image."""
        return self.origin(self.rows[0].page) == "ocr" if self.rows else False

    def origin(self, page: int) -> Origin:
        """Where the words of a page come from."""
        return self._origins.get(page, "ocr")
