"""How each page of a letter was read: pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Final

import typer

from arsip.cli.command import JSON, WAIT, speaks
from arsip.cli.counter import Counter
from arsip.cli.doubting import doubts_told
from arsip.cli.letters import Id
from arsip.cli.opening import opened
from arsip.cli.reasons import told
from arsip.model import PENDING, Entry, PageText
from arsip.words import N_, _

MILLIMETRES: Final = 25.4 / 72
"""A point, in millimetres."""

PAPERS: Final = {
    "A3": (297, 420),
    "A4": (210, 297),
    "A5": (148, 210),
    "A6": (105, 148),
    "B5": (176, 250),
    "F4": (215, 330),
    "Legal": (216, 356),
    "Letter": (216, 279),
}
"""Name of a paper -> its sides in mm (ISO 216; F4 is Indonesia's folio; ANSI)."""
NEAR: Final = 6.0
"""Millimetres by which a scanner's glass may be off; F4 is cut to 210 or 215."""
ROLLS: Final = (40.0, 90.0)
"""Millimetres across a receipt: rolls are 44 to 80 wide, and lie a little askew."""

OWN_TEXT: Final = {
    "good": N_("its own text"),
    "few": N_("hardly any text of its own"),
    "strange": N_("own text with signs that mean nothing"),
    "template": N_("own text with blanks of a form not filled in"),
    "words": N_("own text that makes no words"),
    "glued": N_("own text without blanks between words"),
    "doubled": N_("own text that has each word twice"),
    "scanned": N_("own text is an old reading of the same scan"),
}
"""What was made of the text that a page came with -> its words."""

STEPS: Final = {
    "rows_mended": N_("lost rows filled"),
    "flattened": N_("photo laid flat"),
    "reduced": N_("made coarser"),
    "enlarged": N_("made finer"),
    "bleached": N_("stamps and colours taken off"),
    "lightened": N_("light made even"),
    "dusted": N_("specks taken off"),
    "turned": N_("turned"),
    "straightened": N_("straightened"),
    "one_bit": N_("made black and white"),
    "head_read": N_("letterhead read from its picture"),
}
"""Slug of a step of the clean-up -> its words."""

WAYS: Final = {
    "cleaned": N_("cleaned up"),
    "upside_down": N_("on its head"),
    "in_grey": N_("in grey"),
}
"""Slug of a way of looking at a page -> its words."""


@speaks(
    _(
        "Show how each page of a letter was read: its size, its own text or text recognition, how "
        "sure that is, what was done to its image, and what is doubtful."
    ),
    "arsip pages 17",
    "arsip pages 17 --json",
)
def pages(
    ctx: typer.Context,
    letter: Id,
    *,
    json: Annotated[bool, JSON] = False,
    wait: Annotated[float | None, WAIT] = None,
) -> None:
    """Show the pages of one letter."""
    counter: Counter = ctx.obj
    screen = counter.screen
    with opened(counter, wait=wait) as archive:
        entry = archive.entry(letter)
        read = archive.pages(entry)
    if json:
        for page in read:
            screen.json(shape(entry, page))
        return
    headings = (_("Page"), _("Size"), _("dpi"), _("Read by"), _("Sure"), _("Seconds"), _("How"))
    screen.table(headings, map(row, read))
    doubts_told(screen, _("Letter {id}").format(id=entry.id), entry.doubts)


def paper(width: float, height: float) -> str:
    """The name of the paper with these sides in points, however it lies; empty: none is near."""
    short, long = sorted((width * MILLIMETRES, height * MILLIMETRES))
    off = {
        name: max(abs(short - across), abs(long - along))
        for name, (across, along) in PAPERS.items()
    }
    nearest = min(off, key=lambda name: (off[name], name))
    if off[nearest] <= NEAR:
        return nearest
    least, most = ROLLS
    return "receipt" if least <= short <= most and long > short else ""


def shape(entry: Entry, page: PageText) -> dict[str, Any]:
    """One page as JSON, version 1."""
    how = page.treatment
    doubts = [doubt.json() for doubt in entry.doubts if doubt.page == page.number]
    return {
        "v": 1,
        "id": entry.id,
        "page": page.number,
        "width_mm": round(page.width * MILLIMETRES, 1) or None,
        "height_mm": round(page.height * MILLIMETRES, 1) or None,
        "paper": paper(page.width, page.height) or None,
        "dpi": how.dpi or None,
        "origin": page.origin,
        "own_text": how.own_text or None,
        "engine": page.engine or None,
        "confidence": round(page.confidence, 3),
        "words": sum(1 for _word in page.words),
        "turn": page.turn,
        "skew": round(page.skew, 2),
        "blank": page.blank,
        "unread": page.unread or None,
        "ink_depth": how.depth,
        "steps": list(how.steps),
        "readings": [{"way": way, "confidence": sure} for way, sure in how.readings],
        "seconds": how.seconds,
        "doubts": doubts,
    }


def row(page: PageText) -> list[str]:
    """One page in cells; what is not known is a dash."""
    how = page.treatment
    return [
        str(page.number),
        _size(page),
        str(how.dpi or "-"),
        page.engine or "-",
        f"{round(100 * page.confidence)} %" if page.engine else "-",
        f"{how.seconds:.1f}",
        "; ".join(_how(page)) or "-",
    ]


def _size(page: PageText) -> str:
    if not (page.width and page.height):
        return "-"
    sides = f"{page.width * MILLIMETRES:.0f} x {page.height * MILLIMETRES:.0f} mm"
    name = paper(page.width, page.height)
    told_name = _("receipt") if name == "receipt" else name
    return f"{sides} ({told_name})" if name else sides


def _how(page: PageText) -> Iterator[str]:
    """What became of the page on its way to words."""
    how = page.treatment
    if page.unread == PENDING:
        yield _("not read yet")
    elif page.unread:
        yield _("could not be read: {note}").format(note=told(page.unread))
    if page.blank:
        yield _("blank") if page.empty else _("without a word")
    if how.own_text:
        yield _(OWN_TEXT.get(how.own_text, how.own_text))
    yield from (_step(slug, page) for slug in how.steps)
    first, *others = [_reading(way, sure) for way, sure in how.readings] or [""]
    if others:
        yield _("read {kept}; also {others}").format(kept=first, others=", ".join(others))


def _step(slug: str, page: PageText) -> str:
    words = _(STEPS[slug]) if slug in STEPS else slug.replace("_", " ")
    if slug == "turned":
        return f"{words} {page.turn}°"
    if slug == "straightened":
        return f"{words} {page.skew:.1f}°"
    return words


def _reading(way: str, sure: float) -> str:
    words = _(WAYS[way]) if way in WAYS else way.replace("_", " ")
    return f"{words} {round(100 * sure)} %"
