"""How pages are read: the options and settings that all commands share which read them."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from arsip.cli.command import whole
from arsip.cli.counter import Counter
from arsip.config import Config
from arsip.ingest.transcribe import How
from arsip.scan.engines import choose
from arsip.words import _

Lang = Annotated[
    str | None,
    typer.Option("--lang", metavar="LANGS", help=_("Languages of the scans, as ind+eng.")),
]
Jobs = Annotated[
    int | None,
    typer.Option("--jobs", parser=whole, metavar="N", help=_("Read N pages at a time.")),
]
Passwords = Annotated[
    Path | None,
    typer.Option(
        "--password-file",
        readable=False,
        metavar="FILE",
        help=_("Passwords for locked PDFs, one a line."),
    ),
]


def how(counter: Counter, *, threshold: float, layer: bool, defer: bool = False) -> How:
    """How files are read.

    Raises:
        SetupError: this machine cannot read scans.
        UsageError: the password file cannot be read.
    """
    config = counter.config
    return How(
        engine=choose(counter.environ, languages=config.languages.split("+")),
        languages=config.languages,
        passwords=counter.passwords,
        limits=config.limits,
        today=counter.today,
        threshold=threshold,
        layer=layer,
        defer=defer,
    )


def choose_engine(counter: Counter, manner: How, languages: str) -> How:
    """The same for scans of other languages.

    Raises:
        SetupError: this machine cannot read them.
    """
    engine = choose(counter.environ, languages=languages.split("+"))
    return replace(manner, engine=engine, languages=languages)


def children(config: Config) -> int:
    """Reading children: as set, else one for each core that this process may use."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return config.jobs or cores or 1
