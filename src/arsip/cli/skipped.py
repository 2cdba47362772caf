"""Values that a person passed over in a review: they come last the next time."""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

from arsip.archive.disk import summed
from arsip.cli.counter import Counter
from arsip.config import state_folder

Value: TypeAlias = tuple[int, str]
"""A letter's number and the name of a field."""


class Skipped:
    """What was passed over in one archive, the longest ago first; kept beside the settings.

    It is no loss when it is lost, so a folder that cannot be written is told to who asks for more.
    """

    def __init__(self, counter: Counter) -> None:
        self._counter = counter
        self.values: list[Value] = []
        for line in self._lines():
            number, _blank, name = line.partition(" ")
            if number.isdecimal():
                self.values.append((int(number), name))

    def ordered(self, values: list[Value]) -> list[Value]:
        """The values with those that were passed over behind the others."""
        places = {value: place for place, value in enumerate(self.values, 1)}
        return sorted(values, key=lambda value: places.get(value, 0))

    def add(self, value: Value) -> None:
        """Pass a value over: it goes behind all others."""
        self.values = [*(one for one in self.values if one != value), value]
        self._write()

    def discard(self, value: Value) -> None:
        """Forget a value, for it is settled."""
        if value in self.values:
            self.values.remove(value)
            self._write()

    def _file(self) -> Path:
        place = str(self._counter.config.archive.absolute())
        mark = summed(place.encode("utf-8", "surrogateescape"))[:16]
        return state_folder(self._counter.environ) / f"skipped-{mark}"

    def _lines(self) -> list[str]:
        try:
            return self._file().read_text("utf-8").splitlines()
        except (OSError, ValueError) as error:
            self._counter.screen.detail(str(error))
            return []

    def _write(self) -> None:
        file = self._file()
        try:
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            file.write_text("".join(f"{number} {name}\n" for number, name in self.values), "utf-8")
        except OSError as error:
            self._counter.screen.detail(str(error))
