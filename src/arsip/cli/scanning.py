"""How scan folders are treated: by archive.toml, by settings, and by what was typed."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Final, NamedTuple

import typer

from arsip.archive import subfolders
from arsip.archive.folders import NOTHING, SHORTEST_POLL, ScanFolder
from arsip.archive.store import Archive
from arsip.cli.command import seconds
from arsip.cli.counter import Counter
from arsip.cli.ingest import options, values
from arsip.cli.manner import choose_engine
from arsip.errors import SetupError, UsageError, quoted
from arsip.ingest import plan
from arsip.ingest.looking import Leave
from arsip.ingest.saying import Given
from arsip.ingest.spot import Manner
from arsip.words import N_, _

Keep = Annotated[bool, typer.Option("--keep", help=_("Leave the files in the folder."))]
Flat = Annotated[bool, typer.Option("--flat", help=_("Do not enter folders in it."))]
Settle = Annotated[
    float | None,
    typer.Option(
        "--settle",
        parser=seconds,
        metavar="S",
        help=_("Take a file that stood still for S seconds (5)."),
    ),
]
Patience = Annotated[
    float | None,
    typer.Option(
        "--patience",
        parser=seconds,
        metavar="MIN",
        help=_("Wait MIN minutes for the end of a file (10)."),
    ),
]
Poll = Annotated[
    float | None,
    typer.Option(
        "--poll",
        parser=seconds,
        metavar="S",
        help=_("Look every S seconds where the system tells of no change (30)."),
    ),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option("--ignore", metavar="PATTERN", help=_("Leave such names alone, as *.bak")),
]
Subfolders = Annotated[
    str | None,
    typer.Option(
        "--subfolders",
        metavar="RULE",
        help=_("What names of folders in it say, as {sender}/{date:%Y-%m-%d}"),
    ),
]
Usual = Annotated[
    list[str] | None,
    typer.Option(
        "--default", metavar="FIELD=VALUE", help=_("True where the letter itself does not say.")
    ),
]

BARRED: Final = {
    "archive": N_("{folder} is the archive itself."),
    "in_archive": N_("{folder} lies in the archive."),
    "around_archive": N_("{folder} contains the archive; files are not taken out of it."),
    "home": N_("{folder} is your home folder; files are not taken out of it."),
    "root": N_("{folder} is the root of all folders; files are not taken out of it."),
}


class Typed(NamedTuple):
    """What was typed about scan folders; None or empty: nothing, archive.toml and settings hold.

    Attributes:
        said, usual: as in a ScanFolder.
        language: None: nothing was typed.
    """

    keep: bool = False
    flat: bool = False
    settle: float | None = None
    patience: float | None = None
    poll: float | None = None
    language: str | None = None
    ignore: tuple[str, ...] = ()
    subfolders: str = ""
    said: Given = NOTHING
    usual: Given = NOTHING

    def upon(self, folder: ScanFolder) -> ScanFolder:
        """A scan folder under what was typed."""
        return folder._replace(
            move=folder.move and not self.keep,
            recursive=folder.recursive and not self.flat,
            settle=folder.settle if self.settle is None else self.settle,
            patience=folder.patience if self.patience is None else self.patience,
            poll=folder.poll if self.poll is None else max(self.poll, SHORTEST_POLL),
            language=self.language or folder.language,
            ignore=(*folder.ignore, *self.ignore),
            subfolders=self.subfolders or folder.subfolders,
            said={**folder.said, **self.said},
            usual={**folder.usual, **self.usual},
        )


def typed(  # noqa: PLR0913 - an option each
    *,
    keep: bool,
    flat: bool,
    settle: float | None,
    patience: float | None,
    poll: float | None,
    lang: str | None,
    ignore: Sequence[str] | None,
    rule: str | None,
    given: Sequence[str] | None,
    usual: Sequence[str] | None,
) -> Typed:
    """What was typed, understood.

    Raises:
        UsageError: a field, a value or a rule is not.
    """
    try:
        subfolders.rule(rule or "")
    except ValueError as part:
        raise UsageError(
            _("“{part}” is no rule for names of folders.").format(part=part),
            hint="--subfolders '{sender}/{date:%Y-%m-%d}'",
        ) from None
    return Typed(
        keep=keep,
        flat=flat,
        settle=settle,
        patience=patience,
        poll=poll,
        language=lang,
        ignore=tuple(ignore or ()),
        subfolders=rule or "",
        said=values(given or ()),
        usual=values(usual or ()),
    )


def chosen(archive: Archive, named: Iterable[Path], words: Typed) -> list[ScanFolder]:
    """The scan folders that are meant: those named, else all of archive.toml.

    Raises:
        UsageError: there is none, or one is no place to take files from.
        SetupError: one may not be read.
    """
    known = {folder.path: folder for folder in archive.settings.folders}
    wanted: dict[Path, ScanFolder] = {}
    for name in named:
        path = Path(os.path.normpath(name.absolute()))
        if path not in known:
            there(name)
        wanted[path] = words.upon(known.get(path, ScanFolder(path)))._replace(path=name)
    wanted = wanted or {path: words.upon(folder) for path, folder in known.items()}
    if not wanted:
        raise UsageError(
            _("No scan folder is named, and this archive knows none."), hint="arsip folders add DIR"
        )
    for folder in wanted.values():
        allow(folder, archive.root)
    return list(wanted.values())


def there(path: Path) -> None:
    """Let a folder pass that is there and may be read.

    Raises:
        UsageError, SetupError: it is not, or may not.
    """
    if not path.is_dir():
        message = _("There is no folder {folder}.").format(folder=path)
        raise UsageError(message, hint=f"mkdir -p {quoted(path)}")
    if not os.access(path, os.R_OK | os.X_OK):
        message = _("You may not read the folder {folder}.").format(folder=path)
        raise SetupError(message, hint=f"ls -ld {quoted(path)}")


def allow(folder: ScanFolder, root: Path) -> None:
    """Let a folder pass that files may be taken from.

    Raises:
        UsageError: it is the archive, the home folder or the like.
    """
    why = plan.barred(
        folder.path.resolve(),
        archive=root.resolve(),
        home=Path.home().resolve(),
        move=folder.move,
    )
    if why is not None:
        hint = (
            _("name a folder outside of it")
            if why in {"archive", "in_archive"}
            else _("name a folder that holds nothing but scans, or leave them there: --keep")
        )
        raise UsageError(_(BARRED[why]).format(folder=folder.path), hint=hint)


def manners(
    counter: Counter, archive: Archive, folders: Iterable[ScanFolder], *, defer: bool
) -> list[Manner]:
    """How these folders are treated, down to how their files are read.

    Raises:
        SetupError: this machine cannot read scans of such a language.
        UsageError: the password file cannot be read.
    """
    return [_manner(counter, archive, folder, defer=defer) for folder in folders]


def _manner(counter: Counter, archive: Archive, folder: ScanFolder, *, defer: bool) -> Manner:
    config = counter.config
    base = options(counter, archive, given=folder.said, defer=defer)
    patience = config.patience if folder.patience is None else folder.patience
    if folder.language:
        base = replace(base, how=choose_engine(counter, base.how, folder.language))
    return Manner(
        folder=folder.path,
        options=replace(
            base,
            move=folder.move,
            remember=not folder.move,
            patience=dt.timedelta(minutes=patience),
            usual=_usual(folder),
            who=base.who or str(folder.path),
        ),
        settle=config.settle if folder.settle is None else folder.settle,
        poll=config.poll if folder.poll is None else folder.poll,
        recursive=folder.recursive,
        leave=Leave(folder.ignore),
    )


def _usual(folder: ScanFolder) -> Callable[[Path], Given]:
    """What is true of the letter in a file where it does not say; subfolders know it best."""
    rule = folder.rule

    def said(path: Path) -> dict[Any, Any]:
        names = path.relative_to(folder.path).parts[:-1]
        return {**folder.usual, **rule.values(names)}

    return said
