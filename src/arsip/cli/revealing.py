"""That secret letters are shown is kept in the ledger, before they are."""

from __future__ import annotations

from collections.abc import Sequence

from arsip.cli.assignments import who
from arsip.cli.counter import Counter
from arsip.cli.opening import opened
from arsip.errors import ArsipError
from arsip.words import _


def revealed(counter: Counter, ids: Sequence[int], command: str) -> None:
    """Note who is shown which letters by which command.

    Where the ledger cannot be written, as on a read-only copy, that is said, and they are shown:
    whoever may read the files needs no arsip for it.
    """
    try:
        with opened(counter) as archive:
            archive.reveal(ids, who=who(counter), command=command)
    except ArsipError as error:
        message = _("The ledger cannot note that secret letters are shown: {why}")
        counter.screen.note(message.format(why=error.message))
