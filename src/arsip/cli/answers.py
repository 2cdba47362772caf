"""Hits as a person, a pipe, a script and a spreadsheet get them."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from typing import Any, Final, TypeAlias

from arsip.archive.find.search import Hits
from arsip.cli import shapes
from arsip.cli.flow import Run
from arsip.cli.queries import cells, templates_told
from arsip.cli.render import Screen, marked
from arsip.model import Hit, Match
from arsip.words import N_, _, ngettext

Placed: TypeAlias = Iterable[tuple[int, Hit]]
"""Hits, each behind its place among all that answer."""

INDENT: Final = 4
"""Columns before what belongs to a hit."""
OF_HIT: Final = ("hit", "page", "score", "snippet")
"""What a hit has beside its letter, as ``--format`` and ``--csv`` name it."""

HOW: Final = {
    "exact": N_("as typed"),
    "stem": N_("same stem"),
    "spelling": N_("other spelling"),
    "abbreviation": N_("abbreviation"),
    "synonym": N_("same meaning"),
    "misread": N_("near, perhaps misread"),
}
"""How a word matched -> what a person is told."""


def cards(screen: Screen, hits: Placed) -> None:
    """Hits for a person."""
    for place, hit in hits:
        _card(screen, place, hit)


def _card(screen: Screen, place: int, hit: Hit) -> None:
    """A hit: what the letter is known by, its subject, and where it says so."""
    number, date, sender, subject = cells(hit.entry)
    known = " · ".join(filter(None, (date, sender)))
    screen.flow(
        (f"[{place}] ", "faint"),
        (number or _("no number"), "strong"),
        (f"  {known}" if known else "", ""),
        indent=INDENT,
    )
    where = [_("letter {id}").format(id=hit.entry.id)]
    if hit.page is not None:
        where.append(_("page {page}").format(page=hit.page))
    about = f"{subject}  " if subject else ""
    _below(screen, (about, ""), (f"({', '.join(where)})", "faint"))
    if hit.snippet.strip():
        _below(screen, *screen.runs(hit.snippet))
    if hit.explain:
        _below(screen, (_("Found by: {why}").format(why=reasons(hit.explain)), "faint"))


def _below(screen: Screen, *runs: Run) -> None:
    screen.flow((" " * INDENT, ""), *runs, indent=INDENT)


def reasons(matches: Iterable[Match]) -> str:
    """Which word matched how, in words."""
    return "; ".join(
        f"{_led(match.word, match.matched)} ({_(HOW[match.how])})" for match in matches
    )


def _led(word: str, matched: str) -> str:
    return matched if word.lower() == matched.lower() else f"{word} → {matched}"


def rows(screen: Screen, hits: Placed, *, explain: bool) -> None:
    """Hits for a pipe: letter, page, number, date, sender, subject, snippet, and why."""
    for _place, hit in hits:
        page = "" if hit.page is None else str(hit.page)
        why = [" ".join(f"{m.word}={m.matched}:{m.how}" for m in hit.explain)] if explain else []
        screen.row((str(hit.entry.id), page, *cells(hit.entry), marked(hit.snippet), *why))


def objects(screen: Screen, hits: Placed, *, explain: bool) -> None:
    """Hits for a script."""
    for _place, hit in hits:
        screen.json(shapes.hit(hit, explain=explain))


def _of_hit(place: int, hit: Hit) -> dict[str, Any]:
    """What a hit has beside its letter, by the names of OF_HIT."""
    page = "" if hit.page is None else hit.page
    return dict(zip(OF_HIT, (place, page, round(hit.score, 3), marked(hit.snippet)), strict=True))


def csv(screen: Screen, hits: Placed) -> None:
    """Hits for a spreadsheet: OF_HIT, then the columns of ``list --csv``."""
    # Loaded only for this: a search starts at once.
    export: Any = importlib.import_module("arsip.archive.export")
    screen.raw(export.record((*OF_HIT, *export.NAMES)).encode())
    for place, hit in hits:
        values = (*_of_hit(place, hit).values(), *export.row(hit.entry))
        screen.raw(export.record(values).encode())


def lines(screen: Screen, hits: Placed, *, form: str, fill: Callable[..., str]) -> None:
    """Hits by a template of the reader's own."""
    texts = (fill(hit.entry, **_of_hit(place, hit)) for place, hit in hits)
    templates_told(screen, texts, form=form)


def count(screen: Screen, found: Hits, offset: int) -> None:
    """How many letters answer, and how to see more of them."""
    total, last = found.total, offset + len(found.hits)
    text = ngettext("{total} letter found.", "{total} letters found.", total).format(total=total)
    if not found.exact:
        text = _("More than {total} letters found; not all were ranked.").format(total=total)
    if offset < last < total:
        more = _("Shown: {first} to {last}. For more: --offset {last}")
        text += " " + more.format(first=offset + 1, last=last)
    elif total and offset >= total:
        text += " " + _("None is shown from --offset {offset} on.").format(offset=offset)
    elif last == offset and total:
        text += " " + _("None is shown, for --limit is 0.")
    screen.note(text)
    if found.guessed:
        words = ", ".join(f"“{word}”" for word in found.guessed)
        screen.note(_("No hit says {words}, only words that look like it.").format(words=words))
