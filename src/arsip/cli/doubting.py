"""Doubts about pages told in plain words, while the paper is still on the desk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from arsip.cli.reasons import DOUBTS, told
from arsip.cli.render import Screen
from arsip.model import Doubt
from arsip.words import _, ngettext

QUIET: Final = frozenset({"turned"})
"""Reasons that are told only to who asks for more: nothing is left to do."""


def doubts_told(screen: Screen, name: str, doubts: Iterable[Doubt]) -> None:
    """A remark for each kind of doubt; name is that of the letter or its file."""
    for reason, sentence in sentences(name, doubts):
        tell = screen.detail if reason in QUIET else screen.note
        tell(sentence)


def sentences(name: str, doubts: Iterable[Doubt]) -> Iterator[tuple[str, str]]:
    """Reason and sentence of each kind of doubt, the gravest first, with its pages."""
    kinds: dict[tuple[str, str], list[int]] = {}
    for doubt in doubts:
        kind = (_meant(doubt), doubt.note)
        kinds.setdefault(kind, []).extend([doubt.page] if doubt.page is not None else [])
    order = list(DOUBTS)
    for (reason, note), pages in sorted(kinds.items(), key=lambda kind: order.index(kind[0][0])):
        yield reason, _sentence(name, pages, reason, note)


def _meant(doubt: Doubt) -> str:
    return "attached" if doubt.reason == "missing" and doubt.page is None else doubt.reason


def _sentence(name: str, pages: Sequence[int], reason: str, note: str) -> str:
    meaning = DOUBTS[reason]
    why = _(meaning.sentence).format(note=told(note) if reason == "unread" else note)
    where = f"{name}, {places(pages)}" if pages else name
    return f"{where}: {why}; {_(meaning.hint)}" if meaning.hint else f"{where}: {why}"


def places(pages: Sequence[int]) -> str:
    """The pages by their numbers: ``page 2``, ``pages 2, 4``."""
    numbers = ", ".join(map(str, pages))
    return ngettext("page {pages}", "pages {pages}", len(pages)).format(pages=numbers)
