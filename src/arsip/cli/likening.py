"""That a letter was filed before, told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from arsip.cli.render import Screen
from arsip.ingest.outcome import Outcome
from arsip.model import Same
from arsip.words import N_, _

ONE: Final = {
    True: N_("{file} (letter {id}): the same letter as {other}, kept as a further rendition of it"),
    False: N_("{file} (letter {id}): probably the same letter as {other}; to compare: {command}"),
}
MANY: Final = {
    True: N_("{count} files are further renditions of letters that were filed before: {command}"),
    False: N_("{count} letters are probably the same as others: {command}"),
}
"""Whether it is sure -> the sentence."""


def same_told(screen: Screen, outcomes: Sequence[Outcome], *, few: int) -> None:
    """Tell which of the files brought a letter once more; more than a few are counted."""
    for sure in ONE:
        found = [one for one in outcomes if one.same_as is not None and one.same_as.sure is sure]
        if len(found) > few and not screen.verbose:
            message = _(MANY[sure])
            screen.note(message.format(count=len(found), command="arsip duplicates"))
            continue
        for one in found:
            assert one.same_as is not None
            screen.note(_one(one, one.same_as))


def _one(outcome: Outcome, same: Same) -> str:
    number = outcome.ids[0]
    return _(ONE[same.sure]).format(
        file=outcome.file.name,
        id=number,
        other=same.id,
        command=f"arsip duplicates {number}",
    )
