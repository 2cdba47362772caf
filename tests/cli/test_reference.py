"""docs/commands.md against the program: every option and every setting is told."""

from __future__ import annotations

import importlib
import re
import tomllib
from pathlib import Path

import pytest
from typer.core import TyperOption

from arsip.cli.app import WORDS
from arsip.cli.command import Command, Spoken
from arsip.cli.reasons import REASONS
from arsip.config import Config, load
from arsip.model import Limits

REFERENCE = (Path(__file__).parents[2] / "docs" / "commands.md").read_text(encoding="utf-8")


def section(word: str) -> str:
    found = re.search(rf"^## `{word}\b.*?(?=^## )", REFERENCE, re.MULTILINE | re.DOTALL)
    assert found, word
    return found[0]


def command(word: str) -> Command:
    room = WORDS[word]
    spoken: Spoken = getattr(importlib.import_module(room.module), room.name)
    return spoken.command(word)


@pytest.mark.parametrize("word", WORDS)
def test_every_option_of_a_command_is_told_in_its_section(word: str) -> None:
    params = [param for param in command(word).params if isinstance(param, TyperOption)]
    options = {name for param in params for name in param.opts}
    told = re.findall(r"(?<![\w-])(?:--[a-z][a-z-]*|-[0-9a-z]\b)", section(word))
    assert set(told) == options


@pytest.mark.parametrize("word", WORDS)
def test_the_examples_of_a_command_are_those_of_its_help(word: str) -> None:
    told = section(word).splitlines()
    assert all(f"    {example}" in told for example in command(word).examples)


def test_every_setting_is_told_and_the_file_shown_is_one_that_works(tmp_path: Path) -> None:
    [shown] = re.findall(r"```toml\n(.*?)```", REFERENCE, re.DOTALL)
    settings = tomllib.loads(shown)
    assert set(settings) == set(Config._fields)
    assert set(settings["limits"]) == set(Limits._fields)
    file = tmp_path / "config.toml"
    file.write_text(shown)
    config = load({"HOME": str(tmp_path)}, file=file)
    assert config.limits == Limits()
    assert (config.jobs, config.settle, config.poll) == (0, 5.0, 30.0)


def test_every_reason_why_a_file_is_not_filed_is_told() -> None:
    told = set(re.findall(r"`([a-z_]+)`", section("ingest")))
    of_files = list(REASONS)[: list(REASONS).index("no_permission") + 1]
    assert set(of_files) - {"busy"} <= told
