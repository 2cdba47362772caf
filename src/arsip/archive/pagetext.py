"""text.jsonl: what stands on each page, one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from arsip.errors import Damaged
from arsip.model import Box, PageText, Treatment, Word
from arsip.words import _

VERSION: Final = 1

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def dump(pages: Iterable[PageText]) -> bytes:
    """The file's bytes; ``load(dump(pages)) == tuple(pages)``."""
    return b"".join(
        # A lone surrogate (a broken font's) has no UTF-8; its backslash form is JSON too.
        _encode(_page(page)).encode("utf-8", "backslashreplace") + b"\n"
        for page in pages
    )


def load(content: bytes) -> tuple[PageText, ...]:
    """The pages of a file.

    Raises:
        Damaged: it is not what dump makes, or what a newer arsip made.
    """
    try:
        return tuple(_loaded(json.loads(line)) for line in content.splitlines())
    except (ValueError, KeyError, TypeError) as error:
        raise Damaged(_("The text of the pages is damaged.")) from error


def texts(content: bytes) -> dict[int, str]:
    """The text of each page by its number, without the cost of its words.

    Raises:
        Damaged: as ``load``.
    """
    try:
        pages = (_readable(json.loads(line)) for line in content.splitlines())
        return {page["number"]: page["text"] for page in pages}
    except (ValueError, KeyError, TypeError) as error:
        raise Damaged(_("The text of the pages is damaged.")) from error


def _readable(page: dict[str, Any]) -> dict[str, Any]:
    if page["v"] > VERSION:
        raise Damaged(
            _("The text of the pages was written by a newer arsip."),
            hint="pip install --upgrade arsip",
        )
    return page


def _page(page: PageText) -> dict[str, Any]:
    return {
        "v": VERSION,
        "number": page.number,
        "text": page.text,
        "origin": page.origin,
        "engine": page.engine,
        "confidence": page.confidence,
        "width": page.width,
        "height": page.height,
        "turn": page.turn,
        "skew": page.skew,
        "blank": page.blank,
        "unread": page.unread,
        "treatment": page.treatment._asdict(),
        "lines": [
            [(word.text, *word.box, word.confidence) for word in line] for line in page.lines
        ],
    }


def _loaded(page: dict[str, Any]) -> PageText:
    page = _readable(page)
    return PageText(
        number=page["number"],
        lines=tuple(
            tuple(
                Word(text, Box(left, top, right, bottom), confidence)
                for text, left, top, right, bottom, confidence in line
            )
            for line in page["lines"]
        ),
        treatment=_treatment(page.get("treatment")),
        **{
            name: page[name]
            for name in (
                "origin",
                "engine",
                "confidence",
                "width",
                "height",
                "turn",
                "skew",
                "blank",
                "unread",
            )
        },
    )


def _treatment(kept: dict[str, Any] | None) -> Treatment:
    if kept is None:  # a page that was read before this was kept
        return Treatment()
    return Treatment(
        own_text=kept["own_text"],
        dpi=kept["dpi"],
        depth=kept.get("depth", 0.0),  # not kept at first
        steps=tuple(kept["steps"]),
        readings=tuple((way, confidence) for way, confidence in kept["readings"]),
        seconds=kept["seconds"],
    )
