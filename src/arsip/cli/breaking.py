"""Requests to end, by Ctrl-C or by the system, that come while letters are filed."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Final

REQUESTS: Final = (signal.SIGTERM, signal.SIGHUP)
"""What the system or a terminal that closes sends; left to itself it ends a process in mid-air."""


def on_request(end: Callable[[int, FrameType | None], object]) -> None:
    """What a request to end does.

    Args:
        end: a handler; what was told to outlive its terminal (nohup) is left so.
    """
    for number in REQUESTS:
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, end)


def at_terminal() -> bool:
    """Whether this process belongs to a terminal that may be closed."""
    try:
        os.close(os.open("/dev/tty", os.O_RDONLY | os.O_NOCTTY))
    except OSError:
        return False
    return True


class Breaking:
    """Lets a run be broken off between letters: what was begun is done first.

    The first request is heard where the run says that it may be; a second one at once.
    """

    def __init__(self) -> None:
        self.asked = False
        self._open = False

    def __call__(self, _number: int, _frame: FrameType | None) -> None:
        """Hear a request to end.

        Raises:
            KeyboardInterrupt: it may be broken off here, or it was asked twice.
        """
        insists, self.asked = self.asked, True
        if insists or self._open:
            raise KeyboardInterrupt

    @contextlib.contextmanager
    def breakable(self) -> Iterator[None]:
        """A stretch of work that may be broken off.

        Raises:
            KeyboardInterrupt: that was asked for, now or before.
        """
        self._open = True
        try:
            if self.asked:
                raise KeyboardInterrupt
            yield
        finally:
            self._open = False

    @contextlib.contextmanager
    def heard(self) -> Iterator[None]:
        """While it lasts Ctrl-C and requests of the system come here."""
        before = {number: signal.getsignal(number) for number in (signal.SIGINT, *REQUESTS)}
        signal.signal(signal.SIGINT, self)
        on_request(self)
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
