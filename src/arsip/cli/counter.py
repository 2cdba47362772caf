"""The counter itself: what every command holds in its hands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from arsip.cli.render import Screen
from arsip.config import Config, load
from arsip.errors import UsageError, quoted
from arsip.model import Clock
from arsip.words import _, cause


def now() -> dt.datetime:
    """The aware local time."""
    return dt.datetime.now().astimezone()


@dataclass(slots=True)
class Counter:
    """The screen, the clock, and the settings, which are read when they are first asked for.

    Attributes:
        named_archive, named_config: what a person named before the command; None: nothing.
    """

    screen: Screen
    environ: Mapping[str, str]
    named_archive: Path | None = None
    named_config: Path | None = None
    clock: Clock = now
    _config: Config | None = field(default=None)
    _typed: dict[str, Any] = field(default_factory=dict)

    @property
    def config(self) -> Config:
        """The settings of this run.

        Raises:
            UsageError: they are not understood.
        """
        if self._config is None:
            self._config = load(self.environ, file=self.named_config, archive=self.named_archive)
        return self._config

    def configure(self, **flags: Any) -> Config:
        """The settings under the flags that were typed; None: not typed."""
        self._typed |= {name: value for name, value in flags.items() if value is not None}
        self._config = self.config._replace(**self._typed)
        return self._config

    def renew(self) -> None:
        """Read the settings again, under the flags that were typed; the archive stays the same.

        Raises:
            UsageError: they are not understood; those read before hold.
        """
        fresh = load(self.environ, file=self.named_config, archive=self.named_archive)
        self._config = fresh._replace(**self._typed, archive=self.config.archive)

    @property
    def passwords(self) -> tuple[str, ...]:
        """What may open locked PDFs: the lines of the file that is set, if one is.

        Raises:
            UsageError: it cannot be read.
        """
        file = self.config.passwords
        if file is None:
            return ()
        try:
            lines = file.read_text("utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            message = _("The password file {file} cannot be read: {why}")
            raise UsageError(
                message.format(file=file, why=cause(error)), hint=f"ls -l {quoted(file)}"
            ) from error
        return tuple(line for line in lines if line)

    @property
    def today(self) -> dt.date:
        """The date here and now."""
        return self.clock().date()
