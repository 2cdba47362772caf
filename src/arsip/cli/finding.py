"""The archive as the counter opens it to look into: light to load, for a search starts at once."""

from __future__ import annotations

import importlib
import re
import shlex
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, Final, TypeVar

from arsip.archive import reader
from arsip.archive.find.nearest import REMARKS, Nearest
from arsip.archive.find.query import HINTS, WAYS, Hint, Query, parse
from arsip.cli.counter import Counter
from arsip.errors import Damaged, NothingFound
from arsip.model import Entry
from arsip.words import _

T = TypeVar("T")

TOLD: Final = 200
"""Signs of a query that are repeated when nothing answers to it."""
VALUES: Final = 10
"""Values of a field that are told when none of them was typed."""
_PLAIN: Final = re.compile(r"\w(?:[\w./:,-]| (?!--))*")
"""A query in which a shell sees words only, and arsip no option."""


def readable(counter: Counter, *, wait: float | None = None) -> reader.Reader:
    """The archive of this run, to be closed by ``with``; a catalog that is not good is mended.

    Raises:
        SetupError: there is none.
        Damaged: it is not as arsip left it.
    """
    config = counter.configure(wait=wait)
    found = reader.opened(config.archive, wait=config.wait)
    if found is not None:
        return found
    # Loaded only when something is to be mended: keeping takes far more than finding.
    keeping = importlib.import_module("arsip.cli.opening")
    mended: reader.Reader = keeping.opened(counter)
    return mended


def ask_archive(
    counter: Counter, ask: Callable[[reader.Reader], T], *, wait: float | None = None
) -> T:
    """What the archive says; it is asked again when only then its catalog is found damaged.

    Raises:
        SetupError: there is none.
        Damaged: it cannot be made good either.
    """
    try:
        with readable(counter, wait=wait) as archive:
            return ask(archive)
    except Damaged:
        # Loaded only then, as keeping is.
        if not importlib.import_module("arsip.archive.disk").writable(counter.config.archive):
            raise
        keeping = importlib.import_module("arsip.cli.opening")
        with keeping.remade(counter, wait=wait) as archive:
            return ask(archive)


def understood(
    counter: Counter, words: Sequence[str] | None, *, ways: Collection[str] = WAYS
) -> Query:
    """The query that was typed, after telling what of it was not understood; no words: all."""
    asked = parse(" ".join(words or ()), today=counter.today, ways=ways)
    for hint in asked.hints:
        told = _(HINTS[hint.slug]).format(text=_shortened(hint.text))
        counter.screen.note(told + _instead(counter, hint))
    return asked


def _shortened(text: str) -> str:
    return text if len(text) <= TOLD else f"{text[:TOLD]} …"


def _instead(counter: Counter, hint: Hint) -> str:
    """What to type instead of a part that was not understood, as a sentence with a gap before."""
    # Loaded only then: most queries are understood.
    meant: Any = importlib.import_module("arsip.archive.find.meant")
    if near := meant.instead(hint, today=counter.today):
        return " " + _("Did you mean {near}?").format(near=", ".join(near))
    values = meant.values(hint)
    some = [*values[:VALUES], *["…"] * (len(values) > VALUES)]
    return " " + _("It can be: {values}").format(values=", ".join(some)) if values else ""


def all_ids(words: Sequence[str]) -> bool:
    """Whether all words are IDs of letters, and none asks for something."""
    return bool(words) and all(map(reader.is_id, words))


def chosen(
    counter: Counter, archive: reader.Reader, words: Sequence[str], *, secret: bool
) -> list[Entry]:
    """The letters of these IDs, or those that answer to the query as typed; no words: all.

    Raises:
        NothingFound: no letter is of an ID, or answers.
    """
    if all_ids(words):
        return list({entry.id: entry for entry in map(archive.entry, words)}.values())
    asked = understood(counter, words, ways=())
    letters = list(archive.select(asked, secret=secret))
    if not letters and asked.text:
        raise nothing_found(counter, archive, asked, secret=secret)
    return letters


def open_to_all(entry: Entry, command: str, *, secret: bool) -> Entry:
    """The letter, unless it is a secret one and such are not asked for.

    Args:
        entry: the letter.
        command: that shows it: ``show 17``.
        secret: they are asked for.

    Raises:
        NothingFound: it is not to be shown.
    """
    if entry.secret and not secret:
        message = _("Letter {id} is secret; it is shown only when that is asked for.")
        raise NothingFound(message.format(id=entry.id), hint=f"arsip {command} --rahasia")
    return entry


def log_shown_secrets(counter: Counter, letters: Iterable[Entry], command: str) -> None:
    """Keep in the ledger that those of the letters which are secret are shown by a command."""
    secret = [entry.id for entry in letters if entry.secret]
    if secret:
        # Loaded only then: keeping takes far more than finding.
        importlib.import_module("arsip.cli.revealing").revealed(counter, secret, command)


def nothing_found(  # noqa: PLR0913 - the query, and each thing that was asked with it
    counter: Counter,
    archive: reader.Reader,
    asked: Query,
    *,
    command: str = "search",
    secret: bool = False,
    trash: bool = False,
    show: Callable[[Query], None] | None = None,
) -> NothingFound:
    """That no letter answers to a query, and what to type instead.

    Args:
        counter: of this run.
        archive: that was searched.
        asked: the query.
        command: that is to be typed with the nearest query.
        secret: secret letters were asked for.
        trash: letters in the trash were asked for.
        show: shows what the nearest query finds.
    """
    message = _("No letter answers to: {query}").format(query=_shortened(asked.text))
    if trash:
        return NothingFound(message, hint="arsip list --trash")
    found = _as_meant(counter, archive, asked, secret=secret) or archive.nearest(
        asked, today=counter.today, secret=secret
    )
    if found is None and not archive.latest(1):
        return NothingFound(message, hint=_("The archive is empty: arsip ingest FOLDER"))
    if found is None:
        return NothingFound(message, hint=_otherwise(asked))
    option = " --rahasia" if secret or found.slug == "secret" else ""
    why = _(REMARKS[found.slug]).format(changed=found.changed)
    if show is not None and found.slug != "secret":
        counter.screen.note(why)
        show(parse(found.query, today=counter.today, ways=asked.ways))
    return NothingFound(message, hint=f"{why} arsip {command}{option} {_quoted(found.query)}")


def _as_meant(
    counter: Counter, archive: reader.Reader, asked: Query, *, secret: bool
) -> Nearest | None:
    """The query with a part that was not understood as it may be meant, if that finds something."""
    meant: Any = importlib.import_module("arsip.archive.find.meant") if asked.hints else None
    for hint in asked.hints:
        for near in meant.instead(hint, today=counter.today):
            text = asked.text.replace(hint.text, near, 1)
            query = parse(text, today=counter.today, ways=asked.ways)
            if archive.search(query, limit=1, secret=secret).total:
                return Nearest("meant", hint.text, text)
    return None


def _otherwise(asked: Query) -> str:
    """What else to try, where nothing near to a query finds anything."""
    if len(asked.pieces) > 1:
        return _("Use fewer words, or the start of one and a star: arsip search 'undang*'")
    return _("Use another word, or the start of one and a star: arsip search 'undang*'")


def _quoted(query: str) -> str:
    """A query as it is typed in a shell."""
    if _PLAIN.fullmatch(query):
        return query
    return ("-- " if query.startswith("-") else "") + shlex.quote(query)
