"""Scan folders that are watched: what has settled is taken, whatever tells us to look."""

from __future__ import annotations

import contextlib
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from arsip.archive.store import Archive, Seen
from arsip.errors import ArchiveError, ArsipError, Busy, Damaged
from arsip.ingest.bells import Bells, tells
from arsip.ingest.outcome import Outcome
from arsip.ingest.pipeline import Options, Place, carry, place
from arsip.ingest.spot import Look, Manner, Spot
from arsip.model import Clock, Event, Report

BATCH: Final = 200
"""Files of one folder that are taken before the others are looked at."""
REST: Final = 0.2
"""Seconds between two looks at least, however often something changes."""
SHARE: Final = 10
"""A look that took long is followed by a rest of so many times its length."""
WINDOW: Final = 600.0
"""Seconds of which the pace is told."""
AWAY: Final = "away"


class Remark(NamedTuple):
    """Something a person should know of a scan folder; slug tells what.

    ``first``: it is looked at for the first time; note: ``move`` or ``keep``. ``away``, ``back``:
    it is not there any more, or again. ``exhausted``: the system watches as many folders as it
    may. ``trouble``: the archive cannot be written now; note tells why. ``renewed``,
    ``not_renewed``: settings were read again, or make no sense.
    """

    slug: str
    folder: Path
    note: str = ""


Sleep: TypeAlias = Callable[[float], object]


@dataclass(slots=True)
class Watch:
    """Folders under watch.

    Attributes:
        remark: hears what a person should know of the folders.
        report: hears of each file and page that is read.
        breakable: around waits that a person may break off.
        renew: reads the settings again and gives how folders are treated now.
        idle: called when there is nothing to do; True: it has more to do.
        passed: called after files were taken, when all of a pass are done with.
        monotonic, sleep: the time that goes by, and how it is let go by.
    """

    manners: Sequence[Manner]
    archive: Archive
    clock: Clock
    report: Report
    remark: Callable[[Remark], object] = lambda _remark: None
    breakable: Callable[[], AbstractContextManager[None]] = contextlib.nullcontext
    renew: Callable[[], Sequence[Manner]] | None = None
    idle: Callable[[], object] = lambda: None
    passed: Callable[[], object] = lambda: None
    monotonic: Callable[[], float] = time.monotonic
    sleep: Sleep | None = None
    _bells: Bells = field(default_factory=Bells)
    _spots: dict[Path, tuple[Spot, ExitStack]] = field(default_factory=dict)
    _pages: deque[float] = field(default_factory=deque)
    _door: ExitStack = field(default_factory=ExitStack)
    _place: Place | None = None
    _away: set[Path] = field(default_factory=set)
    _troubles: dict[Path, str] = field(default_factory=dict)
    _stays: bool = False
    _stopped: bool = False
    _asked: bool = False

    def once(self) -> Iterator[Outcome]:
        """One pass, for cron: look, wait, look again, take what is ready.

        Raises:
            Busy: another arsip watches one of the folders.
        """
        with self._claimed():
            begun = self.monotonic()
            spots = [spot for spot in self._all if self._there(spot)]
            settling = [spot for spot in spots if self._anything(spot, begun)]
            for spot in sorted(settling, key=lambda spot: spot.manner.settle):
                self._wait(begun + spot.manner.settle - self.monotonic())
                yield from self._visit(spot, most=None, again=True)
        self.passed()

    def always(self) -> Iterator[Outcome]:
        """Take what settles, until ``stop`` is called.

        Raises:
            Busy: another arsip watches one of the folders.
            Damaged: the archive is not as arsip left it.
        """
        self._stays = True
        with self._bells.hung(), self._claimed(), self._door:
            while not self._stopped:
                self._renewed()
                worked = False
                for spot in self._all:
                    if self._due(spot):
                        for outcome in self._visited(spot):
                            worked = True
                            yield outcome
                if worked:
                    self.passed()
                elif not self._stopped:
                    self._rest()

    def stop(self) -> None:
        """End after the letters in hand; safe in a signal handler."""
        self._stopped = True
        self._bells.wake()

    def ask_renewal(self) -> None:
        """Have the settings read again before the next look; safe in a signal handler."""
        self._asked = True
        self._bells.wake()

    def trouble(self, why: str) -> None:
        """Keep where ``status`` finds it what went wrong beside the filing."""
        for spot in self._all:
            spot.claim.tell(trouble=why, troubled=self.clock())

    @property
    def _all(self) -> list[Spot]:
        return [spot for spot, _claim in self._spots.values()]

    def _anything(self, spot: Spot, now: float) -> bool:
        """Look for the first time; whether there is anything to wait for."""
        look = self._looked(spot, now, again=True)
        return bool(look.ready) or look.due is not None

    def _looked(self, spot: Spot, now: float, *, again: bool) -> Look:
        try:
            look = spot.look(now, self.clock, again=again)
        except OSError:  # it went away since it was there
            return Look()
        spot.claim.tell(looked=self.clock())
        return look

    def _due(self, spot: Spot) -> bool:
        now = self.monotonic()
        return not self._stopped and now >= (spot.quiet if spot.rung else spot.next)

    def _rest(self) -> None:
        """Wait until a folder is due, or something changes; then a little, for what comes along."""
        ringing = [spot.quiet for spot in self._all if spot.rung]
        if ringing:
            self._pause(min(ringing) - self.monotonic())
            return
        more = self._idled()
        if not any(spot.unsettled for spot in self._all):
            self._close()
        if not more:
            self._wait(min((spot.next for spot in self._all), default=0.0) - self.monotonic())

    def _idled(self) -> bool:
        with contextlib.suppress(Busy):
            return bool(self.idle())
        return False

    def _wait(self, seconds: float) -> None:
        with self.breakable():
            (self.sleep or self._bells.wait)(max(0.0, seconds))

    def _pause(self, seconds: float) -> None:
        with self.breakable():
            (self.sleep or time.sleep)(max(0.0, seconds))

    def _visited(self, spot: Spot) -> Iterator[Outcome]:
        """Visit a folder; what the archive has against it now is told, and tried again later."""
        begun = self.monotonic()
        again = spot.hear(begun)
        try:
            if self._there(spot):
                yield from self._visit(spot, most=BATCH, again=again)
                self._calm(spot)
            else:
                spot.next = begun + spot.manner.poll
        except Damaged:
            raise
        except ArchiveError as error:
            self._close()
            self._troubled(spot, error.message)
            spot.next = self.monotonic() + spot.manner.poll

    def _visit(self, spot: Spot, *, most: int | None, again: bool) -> Iterator[Outcome]:
        """Look at a folder and take what is ready; says when the next look is due."""
        begun = self.monotonic()
        look = self._looked(spot, begun, again=again)
        spot.quiet = begun + max(REST, SHARE * (self.monotonic() - begun))
        later = begun + spot.pause
        spot.next = max(spot.quiet, later if look.due is None else min(later, look.due))
        if most is not None and len(look.ready) > most:
            spot.next = begun
        spot.unsettled = look.due is not None
        if spot.unsettled and self._stays:
            self._open(spot.manner.options)
        yield from self._take(spot, look.ready[:most])

    def _open(self, options: Options) -> None:
        """Make ready to read while files still settle."""
        if self._place is None:
            self._place = self._door.enter_context(place(self.archive, options))
            self._place.pool.warm()

    def _close(self) -> None:
        self._place = None
        self._door.close()

    def _take(self, spot: Spot, ready: Sequence[Path]) -> Iterator[Outcome]:
        if not ready:
            return
        options = spot.manner.options
        yield from carry(
            self._unless_stopped(spot, ready),
            archive=self.archive,
            options=replace(
                options,
                how=replace(options.how, today=self.clock().date()),
                heed=tells(spot.claim.pulse.kind),
            ),
            clock=self.clock,
            report=lambda event: self._heard(spot, event),
            at=self._place,
        )
        spot.claim.tell(reading="", done=0, of=0)

    def _unless_stopped(self, spot: Spot, ready: Sequence[Path]) -> Iterator[Path]:
        for path in ready:
            if self._stopped:
                return
            spot.tried(path)
            yield path

    def _heard(self, spot: Spot, event: Event) -> None:
        """Keep what is read now where ``status`` finds it, then pass the sign of life on."""
        if event.step == "pages":
            self._pages.append(self.monotonic())
        elif event.step == "read":
            spot.claim.tell(
                reading=event.source, done=event.done, of=event.total, pace=self._pace()
            )
        self.report(event)

    def _pace(self) -> float:
        """Pages a minute, from the first to the last that were read lately."""
        while self._pages and self._pages[0] < self._pages[-1] - WINDOW:
            self._pages.popleft()
        went = self._pages[-1] - self._pages[0] if self._pages else 0.0
        return round(60 * (len(self._pages) - 1) / went, 1) if went > 0 else 0.0

    def _there(self, spot: Spot) -> bool:
        """Whether the folder is there; that it went and came is told once each."""
        place = spot.here()
        known = self.archive.seen(spot.folder)
        if place is None:
            if known is None:
                self.archive.mark(spot.folder, Seen("", "waiting", AWAY, self.clock()))
            if known is None or (self._stays and spot.folder not in self._away):
                self.remark(Remark("away", spot.folder))
            self._away.add(spot.folder)
            spot.place = None
            spot.gone()
            return False
        if known is not None:
            self.archive.forget(spot.folder)
            self.remark(Remark("back", spot.folder))
        self._away.discard(spot.folder)
        if place != spot.place:
            spot.place = place
            self._listen(spot)
        return True

    def _listen(self, spot: Spot) -> None:
        """Have the system tell of changes in a folder, where it can; of old ones no more."""
        if spot.bell is not None:
            self._bells.take_down(spot.bell)
        spot.bell = self._bells.hang(spot.folder, recursive=spot.manner.recursive)
        spot.claim.tell(told=spot.bell.told)
        if spot.bell.exhausted:
            self.remark(Remark("exhausted", spot.folder))

    def _troubled(self, spot: Spot, why: str) -> None:
        """Tell what the archive has against it, once as long as it is the same thing."""
        if self._troubles.get(spot.folder) != why:
            self.remark(Remark("trouble", spot.folder, why))
        self._troubles[spot.folder] = why
        spot.claim.tell(trouble=why, troubled=self.clock())

    def _calm(self, spot: Spot) -> None:
        self._troubles.pop(spot.folder, None)

    @contextlib.contextmanager
    def _claimed(self) -> Iterator[None]:
        try:
            for manner in self.manners:
                self._claim(manner)
            self._part()
            yield
        finally:
            for folder in list(self._spots):
                self._let_go(folder)

    def _claim(self, manner: Manner) -> None:
        with ExitStack() as stack:
            claim = stack.enter_context(self.archive.claim(manner.folder))
            if claim.fresh:
                note = "move" if manner.options.move else "keep"
                self.remark(Remark("first", manner.folder, note))
            spot = Spot(manner, self.archive, claim)
            self._spots[manner.folder] = spot, stack.pop_all()

    def _part(self) -> None:
        """Let a folder that lies in another be looked at once: by itself."""
        for spot in self._all:
            others = (other.folder for other in self._all if other is not spot)
            spot.within = tuple(other for other in others if _lies_in(other, spot.folder))

    def _let_go(self, folder: Path) -> None:
        spot, claim = self._spots.pop(folder)
        if spot.bell is not None:
            self._bells.take_down(spot.bell)
        claim.close()

    def _renewed(self) -> None:
        """Treat the folders as the settings say now, when that was asked for."""
        if not self._asked or self.renew is None:
            return
        self._asked = False
        self._close()
        try:
            manners = {manner.folder: manner for manner in self.renew()}
            for folder in [folder for folder in self._spots if folder not in manners]:
                self._let_go(folder)
            for folder, manner in manners.items():
                if folder not in self._spots:
                    self._claim(manner)
                spot, _claim = self._spots[folder]
                spot.manner, spot.place, spot.next = manner, None, 0.0
            self._part()
        except ArsipError as error:
            self.remark(Remark("not_renewed", Path(), error.message))
        else:
            self.remark(Remark("renewed", Path()))


def _lies_in(inner: Path, outer: Path) -> bool:
    return outer.resolve() in inner.resolve().parents
