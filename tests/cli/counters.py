"""A counter for tests: commands typed in this process, a person or a pipe before the screen."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from arsip.cli import app as words
from arsip.cli.render import Screen


class Terminal(io.TextIOWrapper):
    """A stream that says whether it is a terminal."""

    def __init__(self, *, encoding: str = "utf-8", person: bool = True) -> None:
        self.bytes = io.BytesIO()
        self._person = person
        super().__init__(self.bytes, encoding=encoding, errors="backslashreplace")

    def isatty(self) -> bool:
        return self._person

    @property
    def text(self) -> str:
        self.flush()
        return self.bytes.getvalue().decode(self.encoding)


@dataclass(frozen=True)
class Answer:
    """What came of a command."""

    code: int
    out: str
    err: str
    raw: bytes = b""

    @property
    def rows(self) -> list[list[str]]:
        return [line.split("\t") for line in self.out.splitlines()]

    @property
    def json(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass
class Desk:
    """One office: a home, an archive, and a way to type commands."""

    home: Path
    monkeypatch: pytest.MonkeyPatch
    environ: dict[str, str] = field(default_factory=dict)

    @property
    def archive(self) -> Path:
        return self.home / "arsip"

    @property
    def state(self) -> Path:
        return self.home / ".local" / "state" / "arsip"

    def types(self, *args: str | Path, **environ: str) -> Answer:
        """A command whose answers go into a pipe."""
        result = CliRunner().invoke(
            words.app, [str(arg) for arg in args], prog_name="arsip", env=self.environ | environ
        )
        return Answer(result.exit_code, result.stdout, result.stderr, result.stdout_bytes)

    def sees(self, *args: str | Path, colour: bool = False) -> Answer:
        """A command whose answers a person sees."""
        out, err = Terminal(), Terminal()

        def screen(_environ: Mapping[str, str], *, quiet: bool, verbose: bool) -> Screen:
            return Screen(out, err, quiet=quiet, verbose=verbose, person=True, colour=colour)

        with self.monkeypatch.context() as patch:
            patch.setattr(words, "screen", screen)
            answer = self.types(*args)
        return Answer(answer.code, out.text, err.text + answer.err)


def clean_environment(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """An office where nothing is set."""
    for name in list(os.environ):
        if name.startswith(("ARSIP_", "XDG_")) or name in {"NO_COLOR", "LANGUAGE"}:
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("COLUMNS", "100")
