"""The scan folders of the archive: listed, added, tried out, taken out."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from arsip.archive import folders as kept
from arsip.archive.folders import ScanFolder
from arsip.archive.store import Archive
from arsip.cli.command import JSON, WAIT, speaks
from arsip.cli.counter import Counter
from arsip.cli.ingest import Given
from arsip.cli.manner import Lang
from arsip.cli.opening import opened
from arsip.cli.scanning import (
    Flat,
    Ignore,
    Keep,
    Patience,
    Poll,
    Settle,
    Subfolders,
    Typed,
    Usual,
    allow,
    there,
    typed,
)
from arsip.errors import NothingFound, SetupError, UsageError, quoted
from arsip.ingest.probing import Probed, probe
from arsip.words import _, cause

ACTIONS: Final = {"list": 0, "add": 1, "test": 1, "remove": 1}
"""What can be done -> how many folders follow it."""
LISTENS: Final = 3.0
"""Seconds for which a probe waits to be told."""
WRONG_CLOCK: Final = 5.0
"""Seconds by which the clock of a share may be off before it is told."""
GIB: Final = 1 << 30


@speaks(
    _(
        "The scan folders of this archive, which watch takes when none is named, each with its own "
        "settings: list shows them, add and remove change archive.toml, test writes a probe file "
        "to a folder and tells whether the system tells of what comes there."
    ),
    "arsip folders list",
    "arsip folders add ~/scan/masuk --set arah=masuk --subfolders '{dari}'",
    "arsip folders test ~/scan",
)
def folders(  # noqa: PLR0913 - an option each
    ctx: typer.Context,
    action: Annotated[
        str, typer.Argument(metavar="ACTION", help="list, add, test, remove")
    ] = "list",
    names: Annotated[
        list[Path] | None,
        typer.Argument(readable=False, metavar="[DIR]", help=_("A scan folder.")),
    ] = None,
    *,
    keep: Keep = False,
    flat: Flat = False,
    settle: Settle = None,
    patience: Patience = None,
    poll: Poll = None,
    ignore: Ignore = None,
    subfolders: Subfolders = None,
    lang: Lang = None,
    given: Given = None,
    usual: Usual = None,
    json: Annotated[bool, JSON] = False,
    wait: Annotated[float | None, WAIT] = None,
) -> None:
    """Tell of scan folders, or change which there are."""
    counter: Counter = ctx.obj
    path = _checked(action, names or [])
    words = typed(
        keep=keep,
        flat=flat,
        settle=settle,
        patience=patience,
        poll=poll,
        lang=lang,
        ignore=ignore,
        rule=subfolders,
        given=given,
        usual=usual,
    )
    _fitting(action, words)
    if action == "test":
        _tested(counter, path, json=json)
        return
    with opened(counter, wait=wait) as archive:
        if action == "list":
            _listed(counter, archive, json=json)
        elif action == "add":
            _added(counter, archive, path, words, json=json)
        else:
            _removed(counter, archive, path, json=json)


def _checked(action: str, names: list[Path]) -> Path:
    """The folder that is meant, absolute; the present one where none is needed.

    Raises:
        UsageError: there is no such action, or it takes another number of folders.
    """
    hint = "arsip folders --help"
    if action not in ACTIONS:
        message = _("“{text}” is none of {words}.")
        raise UsageError(message.format(text=action, words=", ".join(ACTIONS)), hint=hint)
    if len(names) != ACTIONS[action]:
        takes = (
            _("{action} takes one folder.") if ACTIONS[action] else _("{action} takes no folder.")
        )
        raise UsageError(takes.format(action=action), hint=hint)
    return Path(os.path.normpath((names or [Path()])[0].expanduser().absolute()))


def _fitting(action: str, words: Typed) -> None:
    """Let options pass that the action knows.

    Raises:
        UsageError: only ``add`` takes settings.
    """
    if action != "add" and words != Typed():
        raise UsageError(
            _("Settings of a folder are given when it is added."),
            hint="arsip folders remove DIR; arsip folders add DIR ...",
        )


def _added(counter: Counter, archive: Archive, path: Path, words: Typed, *, json: bool) -> None:
    there(path)
    folder = words.upon(ScanFolder(path))
    allow(folder, archive.root)
    if any(known.path == path for known in archive.settings.folders):
        raise UsageError(
            _("{folder} is a scan folder already.").format(folder=path),
            hint=f"arsip folders remove {quoted(path)}",
        )
    archive.rewrite_settings(lambda text: kept.added(text, folder))
    if json:
        counter.screen.json(_shape(folder))
        return
    counter.screen.line(_("Added the scan folder {folder}").format(folder=path))
    will = (
        _("Its files are removed there once they are safe in the archive.")
        if folder.move
        else _("Its files stay there.")
    )
    counter.screen.note(will + " " + _("To watch: {command}").format(command="arsip watch"))


def _removed(counter: Counter, archive: Archive, path: Path, *, json: bool) -> None:
    if all(known.path != path for known in archive.settings.folders):
        raise NothingFound(
            _("{folder} is no scan folder of this archive.").format(folder=path),
            hint="arsip folders list",
        )
    place = archive.root / "archive.toml"

    def without(text: str) -> str:
        less = kept.removed(text, path)
        if less is None:
            message = _("{file} is written in a way that only a person can change.")
            raise SetupError(message.format(file=place), hint=f"$EDITOR {quoted(place)}")
        return less

    archive.rewrite_settings(without)
    if json:
        counter.screen.json({"v": 1, "folder": str(path), "removed": True})
        return
    counter.screen.line(_("{folder} is no scan folder any more.").format(folder=path))


def _listed(counter: Counter, archive: Archive, *, json: bool) -> None:
    screen = counter.screen
    known = archive.settings.folders
    if json:
        for folder in known:
            screen.json(_shape(folder))
        return
    if not known:
        screen.note(_("This archive knows no scan folder yet. To add one: arsip folders add DIR"))
        return
    headings = (_("Folder"), _("Files there"), _("Settings"))
    screen.table(headings, (_cells(folder) for folder in known))


def _cells(folder: ScanFolder) -> tuple[str, str, str]:
    will = _("are removed when they are safe") if folder.move else _("stay")
    return str(folder.path), will, "; ".join(_settings(folder))


def _settings(folder: ScanFolder) -> Iterator[str]:
    """What is special about a folder, a phrase each."""
    if not folder.path.is_dir():
        yield _("it is not there")
    if not folder.recursive:
        yield _("folders in it are not entered")
    for sentence, value in (
        (_("settle {value} s"), folder.settle),
        (_("patience {value} min"), folder.patience),
        (_("poll {value} s"), folder.poll),
    ):
        if value is not None:
            yield sentence.format(value=f"{value:g}")
    for sentence, text in (
        (_("languages {value}"), folder.language),
        (_("names of folders: {value}"), folder.subfolders),
        (_("left alone: {value}"), ", ".join(folder.ignore)),
        (_("set {value}"), _pairs(folder.said)),
        (_("where it does not say {value}"), _pairs(folder.usual)),
    ):
        if text:
            yield sentence.format(value=text)


def _pairs(values: Mapping[Any, Any]) -> str:
    return ", ".join(f"{field.name}={text}" for field, text in kept.plain(values).items())


def _shape(folder: ScanFolder) -> dict[str, Any]:
    values = {
        name: {field.name: field.kind.dump(value) for field, value in found.items()}
        for name, found in (("set", folder.said), ("default", folder.usual))
    }
    return {
        "v": 1,
        "folder": str(folder.path),
        "there": folder.path.is_dir(),
        "move": folder.move,
        "recursive": folder.recursive,
        "settle": folder.settle,
        "patience": folder.patience,
        "poll": folder.poll,
        "language": folder.language or None,
        "ignore": list(folder.ignore),
        "subfolders": folder.subfolders or None,
        **values,
    }


def _tested(counter: Counter, path: Path, *, json: bool) -> None:
    """Try a folder out, and tell what was found.

    Raises:
        SetupError: nothing can be written there.
    """
    there(path)
    try:
        found = probe(path, patience=LISTENS)
    except OSError as error:
        message = _("In {folder} no file can be written and removed: {why}.")
        raise SetupError(
            message.format(folder=path, why=cause(error)), hint=f"ls -ld {quoted(path)}"
        ) from error
    if json:
        counter.screen.json({"v": 1, "folder": str(path), **found._asdict()})
        return
    screen = counter.screen
    screen.pair(_("Folder"), str(path))
    kind = found.kind or "?"
    screen.pair(
        _("File system"), _("{kind} (a share)").format(kind=kind) if found.network else kind
    )
    screen.pair(_("Changes are told"), _told(found))
    screen.pair(_("Its clock"), _clock(found.clock))
    screen.pair(_("Files can be removed"), _("yes"))
    screen.pair(_("Free"), f"{found.free / GIB:.1f} GB")


def _told(found: Probed) -> str:
    if found.delay is None and found.exhausted:
        return _("no: the system watches as many folders as it may; watch looks by itself")
    if found.delay is None:
        return _("no: watch looks by itself, as often as --poll says")
    if found.network:
        return _("only what this machine writes; of others watch looks by itself (--poll)")
    return _("yes, after {seconds} s").format(seconds=f"{found.delay:.2f}")


def _clock(ahead: float) -> str:
    if abs(ahead) < WRONG_CLOCK:
        return _("right")
    sentence = _("{seconds} s ahead of this machine") if ahead > 0 else _("{seconds} s behind")
    return sentence.format(seconds=f"{abs(ahead):.0f}")
