"""Programs that are told of what was done, as the counter starts them and hears of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from arsip.archive.store import Archive
from arsip.cli.counter import Counter
from arsip.ingest.calling import Calls, Failure
from arsip.words import N_, _

FAILURES: Final[Mapping[str, str]] = {
    "not_allowed": N_("The program {program} is not run: the settings file does not allow it."),
    "not_started": N_("The program {program} could not be started: {said}"),
    "timeout": N_("The program {program} was ended after {note} seconds. {said}"),
    "failed": N_("The program {program} ended with {note}. {said}"),
    "dropped": N_("{note} calls of programs were left out."),
}
"""Reason of a failure -> its sentence."""


def calls(counter: Counter, archive: Archive, trouble: Callable[[str], object]) -> Calls:
    """The programs that this archive asks for and this person allows.

    Args:
        counter: whose settings allow them.
        archive: that asks for them.
        trouble: hears of failures, beside the screen.
    """

    def complain(failure: Failure) -> None:
        sentence = _(FAILURES[failure.reason]).format(**failure._asdict()).strip()
        hint = ""
        if failure.reason == "not_allowed":
            hint = f'hooks = ["{failure.program}"]   # ~/.config/arsip/config.toml'
        counter.screen.error(sentence, hint)
        trouble(sentence)

    return Calls(
        hooks=archive.settings.hooks,
        allowed=counter.config.hooks,
        root=archive.root,
        clock=counter.clock,
        complain=complain,
    )
