"""What speaks for each value of a letter, and why its rivals lost: why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Final

import typer

from arsip.archive.reader import Reader
from arsip.archive.vault import Vault
from arsip.cli import rules, shapes
from arsip.cli.around import Row, place_said, rows_around, rows_told
from arsip.cli.command import JSON, SECRET, WAIT, speaks
from arsip.cli.counter import Counter
from arsip.cli.finding import log_shown_secrets, open_to_all, readable
from arsip.cli.letters import Id
from arsip.cli.render import TITLE_WIDTH, Screen, plain
from arsip.errors import UsageError
from arsip.fields import BY_KEYWORD, FIELDS, PERSONAL, Field
from arsip.model import Entry, Finding
from arsip.words import _

_INDENT: Final = " " * TITLE_WIDTH


@speaks(
    _(
        "Tell what speaks for each value of a letter: the words on the page, where they stand, the "
        "rule that found them, and how sure that is; and what was in the running and lost. Of one "
        "field also the lines of the page around it."
    ),
    "arsip why 17",
    "arsip why 17 tanggal",
)
def why(
    ctx: typer.Context,
    letter: Id,
    name: Annotated[
        str | None, typer.Argument(metavar="FIELD", help=_("One field, as tanggal."))
    ] = None,
    *,
    secret: Annotated[bool, SECRET] = False,
    json: Annotated[bool, JSON] = False,
    wait: Annotated[float | None, WAIT] = None,
) -> None:
    """Tell the evidence of one letter."""
    counter: Counter = ctx.obj
    screen = counter.screen
    asked = None if name is None else _field(name)
    with readable(counter, wait=wait) as archive:
        entry = archive.entry(letter)
        open_to_all(entry, f"why {entry.id}", secret=secret)
        log_shown_secrets(counter, [entry], "why")
        rows = () if asked is None else _around(archive, entry, asked)
    if json:
        for field in FIELDS if asked is None else (asked,):
            screen.json(_shape(entry, field, None if asked is None else rows))
        return
    if asked is None:
        _all_told(screen, entry)
        return
    if entry.letter.best(asked) is None:
        screen.pair(_(asked.title), _silence(entry, asked))
    else:
        _field_told(screen, entry, asked)
    rows_told(screen, rows)


def _field(name: str) -> Field[Any]:
    """The field of a name or keyword.

    Raises:
        UsageError: there is none.
    """
    field = BY_KEYWORD.get(name.strip().lower())
    if field is None:
        raise UsageError(
            _("There is no field {name}.").format(name=name),
            hint=_("Fields: ") + ", ".join(field.name for field in FIELDS),
        )
    return field


def _around(archive: Reader, entry: Entry, field: Field[Any]) -> tuple[Row, ...]:
    """The lines of the page around the value of a field; none when it stands nowhere."""
    best = entry.letter.best(field)
    if best is None or best.box is None:
        return ()
    pages = Vault(archive.root).pages(entry.digest)
    found = (page for page in pages if page.number == best.page)
    return next((rows_around(page, best.box) for page in found), ())


def _all_told(screen: Screen, entry: Entry) -> None:
    """Every field that the letter has, then those that it has not."""
    silent: list[str] = []
    for field in FIELDS:
        if entry.letter.best(field) is not None:
            _field_told(screen, entry, field)
        elif field.name in entry.letter.denied:
            screen.pair(_(field.title), _silence(entry, field))
        elif field not in PERSONAL:
            silent.append(_(field.title))
    if silent and screen.person:
        screen.line()
        screen.line(_("Not found in it: {fields}").format(fields=", ".join(silent)))
    elif silent:
        for title in silent:
            screen.row((title, _SILENT))


_SILENT: Final = "-"


def _silence(entry: Entry, field: Field[Any]) -> str:
    """Why there is no value."""
    if field.name in entry.letter.denied:
        return _("a person says that the letter has none")
    if field in PERSONAL:
        return _("nobody has given it any")
    return _("not found in the letter")


def _field_told(screen: Screen, entry: Entry, field: Field[Any]) -> None:
    """The best value with its evidence, then its rivals."""
    best, *rivals = entry.letter.findings[field.name]
    if not screen.person:
        for found in (best, *rivals):
            screen.row(_cells(field, found, rival=found is not best))
        return
    value = field.kind.plain(best.value)
    screen.show(
        screen.faint(_(field.title).ljust(TITLE_WIDTH)), screen.strong(value), _certainty(best)
    )
    for line in _evidence(field, best):
        screen.show(_INDENT, plain(line))
    for rival in rivals:
        screen.show(_INDENT, plain(_rival(field, rival)))


def _certainty(found: Finding[Any]) -> str:
    if found.origin == "person":
        return ""
    percent = round(100 * found.confidence)
    sentence = _("doubtful, {percent} %") if found.doubtful else _("{percent} % sure")
    return f"  ({sentence.format(percent=percent)})"


def _evidence(field: Field[Any], found: Finding[Any]) -> Iterator[str]:
    """Words, place and reason of a value, a line each."""
    if found.raw and found.raw != field.kind.plain(found.value):
        yield _("on the page: “{raw}”").format(raw=" ".join(found.raw.split()))
    where = place_said(found.page, found.box)
    if where:
        yield f"{where}; {rules.source(found)}" if found.origin != "person" else where
    else:
        yield rules.source(found)
    yield rules.because(found)


def _rival(field: Field[Any], rival: Finding[Any]) -> str:
    where = place_said(rival.page, rival.box)
    line = _("not {value}: {why}").format(
        value=field.kind.plain(rival.value), why=rules.lost(rival)
    )
    return f"{line} ({where})" if where else line


def _cells(field: Field[Any], found: Finding[Any], *, rival: bool) -> Sequence[str]:
    """One finding for a pipe."""
    standing = _("lost") if rival else _("doubtful") if found.doubtful else _("sure")
    return (
        _(field.title),
        standing,
        field.kind.plain(found.value),
        found.raw or field.kind.plain(found.value),
        place_said(found.page, found.box),
        f"{round(100 * found.confidence)} %",
        rules.source(found),
        rules.lost(found) if rival else rules.because(found),
    )


def _shape(entry: Entry, field: Field[Any], rows: Sequence[Row] | None) -> dict[str, Any]:
    """One field as JSON, version 1; rows only where one field was asked for."""
    best, *rivals = entry.letter.findings.get(field.name, (None,))
    shape: dict[str, Any] = {
        "v": shapes.VERSION,
        "id": entry.id,
        "field": field.name,
        "denied": field.name in entry.letter.denied,
        "found": shapes.evidence(field, best),
        "rivals": [shapes.evidence(field, rival) for rival in rivals],
    }
    if rows is not None:
        shape["lines"] = [
            {"page": row.page, "text": row.text, "marked": row.marked} for row in rows
        ]
    return shape
