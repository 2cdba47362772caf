"""The archive as the counter opens it to keep and to change."""

from __future__ import annotations

from typing import Final

from arsip.archive.store import Archive
from arsip.cli.counter import Counter
from arsip.model import Event
from arsip.words import N_, _

MENDED: Final = {
    "catalog_missing": N_("The index is missing; it is made anew from the vault."),
    "catalog_damaged": N_("The index is damaged; it is made anew from the vault."),
    "catalog_older": N_(
        "The index is of an older arsip; it is brought up to date. In a large archive that takes"
        " some minutes, once."
    ),
    "index_not_whole": N_("The index of words is not whole; it is made anew."),
}
"""Slug of what was mended while opening -> the sentence for a person."""


def opened(counter: Counter, *, wait: float | None = None) -> Archive:
    """The archive of this run, to be closed by ``with``.

    Raises:
        SetupError: there is none.
        Damaged: it is not as arsip left it.
    """
    config = counter.configure(wait=wait)

    def report(event: Event) -> None:
        if event.step in MENDED:
            counter.screen.note(_(MENDED[event.step]))

    return Archive.open(config.archive, clock=counter.clock, wait=config.wait, report=report)


def remade(counter: Counter, *, wait: float | None = None) -> Archive:
    """The same with its catalog made anew, whatever that looks like."""
    archive = opened(counter, wait=wait)
    damaged = MENDED["catalog_damaged"]
    counter.screen.note(_(damaged))
    archive.rebuild()
    return archive
