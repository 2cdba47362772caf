"""The words that can be typed, their help, and what is said of a mistake."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer._click.exceptions import BadOptionUsage

from arsip import __version__
from arsip.cli.app import WORDS, hoisted
from arsip.cli.command import divided
from tests.cli.counters import Desk

TAKES = {"--limit": True, "--json": False, "-0": False, "-o": True}


@pytest.mark.parametrize("word", WORDS)
def test_every_command_shows_two_examples_that_name_it(word: str, desk: Desk) -> None:
    answer = desk.types(word, "--help")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith(f"Usage: arsip {word} ")
    examples = answer.out.partition("Examples:\n")[2].splitlines()
    assert len(examples) >= 2
    assert all(line.startswith(f"  arsip {word}") for line in examples)


@pytest.mark.parametrize(
    ("word", "usage"),
    [
        ("edit", "Usage: arsip edit [OPTIONS] ID|QUERY... FIELD=VALUE..."),
        ("list", "Usage: arsip list [OPTIONS] [QUERY...]"),
        ("copy", "Usage: arsip copy [OPTIONS] ID... DIR"),
    ],
)
def test_the_line_of_usage_brackets_what_may_be_left_out(word: str, usage: str, desk: Desk) -> None:
    assert desk.types(word, "--help").out.splitlines()[0] == usage


def test_the_help_lists_every_command_without_importing_it() -> None:
    code = (
        "import sys, arsip.__main__ as m; sys.argv = ['arsip', '--help']\n"
        "try: m.main()\n"
        "except SystemExit: pass\n"
        "print([name for name in sys.modules if name.startswith('arsip.cli.')], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert all(f"\n  {word} " in done.stdout for word in WORDS)
    assert "arsip.cli.search" not in done.stderr
    assert "arsip.cli.ingest" not in done.stderr


def test_a_search_in_a_pipe_loads_no_rich_no_scanner_and_no_browser_of_toml(office: Desk) -> None:
    code = (
        "import sys, arsip.__main__ as m\n"
        f"sys.argv = ['arsip', '--archive', {str(office.archive)!r}, 'search', 'rapat']\n"
        "try: m.main()\n"
        "except SystemExit as end: assert not end.code, end.code\n"
        "print(*sys.modules, sep='\\n', file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stderr.splitlines())
    assert done.stdout.count("\n") == 2
    assert not loaded & {
        "rich",
        "rich.console",
        "PIL",
        "pypdf",
        "pypdfium2",
        "pytesseract",
        "tesserocr",
    }
    assert not loaded & {"watchdog", "arsip.ingest", "arsip.scan", "arsip.letter", "babel"}


def test_the_version_is_told(desk: Desk) -> None:
    assert desk.types("--version").out == f"arsip {__version__}\n"


def test_nothing_typed_shows_the_help_as_a_mistake(desk: Desk) -> None:
    answer = desk.types()
    assert (answer.code, answer.out) == (2, "")
    assert "Commands:" in answer.err


@pytest.mark.parametrize(
    ("args", "error", "hint"),
    [
        (["lst"], "There is no command lst.", "arsip list --help"),
        (["cari"], "There is no command cari.", "arsip search --help"),
        (["bukak"], "There is no command bukak.", "arsip open --help"),
        (["zzzzz"], "There is no command zzzzz.", "arsip --help"),
        (["--nope"], "There is no option --nope.", "arsip --help"),
        (["--archive"], "The option --archive needs a value.", "arsip --help"),
        (["show"], "Name one letter: its ID, or --hit N.", "arsip show --hit 1"),
        (["pages"], "ID is missing.", "arsip pages --help"),
        (["show", "1", "2"], "Too many words: 2", "arsip show --help"),
        (["status", "--json=1"], "The option --json takes no value.", "arsip status --help"),
        (["show", "1", "--page", "x"], "--page: “x” is no whole number.", "arsip show --help"),
        (["copy"], "ID... DIR is missing.", "arsip copy --help"),
    ],
)
def test_a_mistake_is_one_sentence_and_a_hint(
    args: list[str], error: str, hint: str, desk: Desk
) -> None:
    answer = desk.types(*args)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == f"Error: {error}\nHint: {hint}\n"


def test_a_mistyped_word_cannot_make_a_terminal_obey(desk: Desk) -> None:
    assert "\x1b" not in desk.types("\x1b[2J").err
    assert "\x1b" not in desk.types("show", "1", "\x1b[2J").err


def test_a_settings_file_that_is_wrong_does_not_stand_in_the_way_of_help(desk: Desk) -> None:
    file = desk.home / "wrong.toml"
    file.write_text("archiv = 1")
    assert desk.types("--config", file, "list", "--help").code == 0
    answer = desk.types("--config", file, "list")
    assert answer.code == 2
    assert "Did you mean archive?" in answer.err


def test_options_of_the_program_may_come_after_the_command() -> None:
    assert hoisted(["search", "a", "--archive", "x", "b"]) == ["--archive", "x", "search", "a", "b"]
    assert hoisted(["-q", "search", "--debug", "a"]) == ["-q", "--debug", "search", "a"]
    assert hoisted(["search", "--config=x", "--", "--archive"]) == [
        "--config=x", "search", "--", "--archive",
    ]  # fmt: skip


def test_a_value_that_looks_like_the_command_is_not_taken_for_it() -> None:
    assert hoisted(["--archive", "search", "list"]) == ["--archive", "search", "list"]
    assert hoisted(["--archive"]) == ["--archive"]
    assert hoisted(["search", "--archive"]) == ["--archive", "search"]


@given(st.lists(st.sampled_from(["a", "-b", "--json", "--archive", "x", "--", "--debug"])))
def test_hoisting_loses_and_makes_no_word(args: list[str]) -> None:
    assert sorted(hoisted(args)) == sorted(args)


def test_words_of_a_query_are_set_apart_from_options() -> None:
    args = ["-bukan", "--limit", "3", "rapat", "-0", "-0x", "--json", "--", "--json", "-n"]
    options = ["--limit", "3", "-0", "--json"]
    assert divided(args, TAKES) == [*options, "--", "-bukan", "rapat", "-0x", "--json", "-n"]


def test_a_letter_with_a_dash_is_an_option_or_a_mistake_and_no_word() -> None:
    assert divided(["rapat", "-n", "5", "-é"], TAKES) == ["-n", "-é", "--", "rapat", "5"]
    assert divided(["-5", "-.", "-"], TAKES) == ["--", "-5", "-.", "-"]
    assert hoisted(["search", "rapat", "-v", "-q"]) == ["-v", "-q", "search", "rapat"]


def test_an_option_bears_its_value_with_or_behind_it() -> None:
    assert divided(["--limit=3", "-o=x"], TAKES) == ["--limit=3", "--", "-o=x"]
    assert divided(["--limit", "-1"], TAKES) == ["--limit", "-1", "--"]


@pytest.mark.parametrize("rest", [[], ["--"], ["--", "rapat"], ["--json"], ["--limit=3"], ["-0"]])
def test_an_option_without_its_value_takes_no_other_for_it(rest: list[str]) -> None:
    with pytest.raises(BadOptionUsage) as raised:
        divided(["rapat", "--limit", *rest], TAKES)
    assert raised.value.option_name == "--limit"


@given(st.lists(st.text()))
def test_dividing_loses_and_makes_no_word(args: list[str]) -> None:
    given_words = list(args)
    if "--" in given_words:
        given_words.remove("--")
    assert sorted(divided(args, TAKES)) == sorted(["--", *given_words])
