"""What a person is asked, and answers, in any terminal: a line at a time."""

from __future__ import annotations

import sys
from typing import Final

from arsip.cli.render import Screen, plain
from arsip.errors import UsageError
from arsip.words import _

AGREES: Final = frozenset({"y", "yes", "ya"})
"""Answers that agree, in both languages whatever is spoken."""


def answered(screen: Screen, question: str) -> str | None:
    """The line that a person types after a question; None: there are no more lines."""
    print(plain(question), end=" ", file=screen.out, flush=True)
    line = sys.stdin.buffer.readline().decode(errors="replace")
    if not (line and sys.stdin.isatty()):
        # Nobody's Enter has ended the line of the question.
        print(file=screen.out)
    return line.strip() if line else None


def agreed(screen: Screen, question: str, *, yes: bool) -> bool:
    """Whether a person agrees; yes: they did beforehand.

    Raises:
        UsageError: nobody is there to be asked.
    """
    if yes:
        return True
    if not sys.stdin.isatty():
        raise UsageError(
            _("This asks first, and nobody is at the terminal."),
            hint=_("Type the same with --yes."),
        )
    said = answered(screen, _("{question} [y/N]").format(question=question))
    return said is not None and said.lower() in AGREES
