"""The Tab key: what it offers, in Python and in real shells."""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arsip import __main__
from arsip.archive.find.query import WAYS
from arsip.archive.store import Archive
from arsip.cli import completing
from arsip.cli.app import WORDS
from arsip.cli.command import Querying
from arsip.cli.completing import QUERYING, SHELLS, offered, packed, typed, unpacked
from arsip.cli.completion import BASH
from tests.archive import keeping
from tests.cli.counters import Desk

TABLE: completing.Table = {
    "": {"--archive": "/", "--debug": None},
    "search": {
        "--sort": "rank|newest",
        "--widen": "stem,spelling,synonym",
        "--json": None,
        "-0": None,
        "--limit": "",
    },
    "show": {"--page": ""},
    "aside": {"": "list|show|retry", "--to": "/"},
    "ingest": {"": "/", "--lang": ""},
    "completion": {"": "bash|zsh|fish"},
}


def offers(line: str, desk: Desk | None = None) -> list[str]:
    environ = {} if desk is None else {"HOME": str(desk.home)}
    return offered(line, TABLE, environ)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("arsip ", ["search", "show", "aside", "ingest", "completion"]),
        ("arsip s", ["search", "show"]),
        ("arsip 'sea", ["search"]),
        ("arsip --", ["--archive", "--debug"]),
        ("arsip --debug sea", ["search"]),
        ("arsip --archive show sea", ["search"]),
        ("arsip search --s", ["--sort"]),
        (
            "arsip search rapat --",
            ["--archive", "--debug", "--sort", "--widen", "--json", "--limit"],
        ),
        ("arsip search --sort n", ["newest"]),
        ("arsip search --sort=n", ["--sort=newest"]),
        ("arsip search --sort 'n", ["newest"]),
        ("arsip search --widen s", ["stem", "spelling", "synonym"]),
        ("arsip search --widen stem,sy", ["stem,synonym"]),
        ("arsip search --widen=stem,sy", ["--widen=stem,synonym"]),
        ("arsip search --widen 'stem, sy", ["stem, synonym"]),
        ("arsip search --limit ", []),
        ("arsip search --limit=", []),
        ("arsip search --json=", []),
        ("arsip search --archive ", ["/"]),
        ("arsip search --archive=/h", ["/"]),
        ("arsip search --archive '/my letters/", ["/"]),
        ("arsip search penga", []),
        ("arsip search tang", ["tanggal:"]),
        ("arsip search -tang", ["-tanggal:"]),
        ("arsip search Hal", ["hal:", "halaman:"]),
        ("arsip search ", []),
        ("arsip search jenis:surat_t", ["jenis:surat_tugas"]),
        ("arsip search arah:", ["arah:masuk", "arah:keluar"]),
        ("arsip search -has:dead", ["-has:deadline"]),
        ("arsip search is:trash", ["is:trash", "is:trashed"]),
        ("arsip search status:belum", ["status:belum-dibaca", "status:belum-terbaca"]),
        ("arsip search tanggal:bulan", ["tanggal:bulan-ini", "tanggal:bulan-lalu"]),
        ("arsip search after:last-w", ["after:last-week"]),
        ("arsip search nomor:00", []),
        ("arsip search fil", ["file:"]),
        ("arsip search -berk", ["-berkas:"]),
        ("arsip search file:scan", []),
        ("arsip search warna:", []),
        ("arsip search kepada:", []),
        ("arsip search ada:ten", ["ada:tenggat"]),
        ("arsip search -punya:temb", ["-punya:tembusan"]),
        ("arsip search 'hal", ["hal:", "halaman:"]),
        ("arsip search 'jenis:surat_t", ["jenis:surat_tugas"]),
        ('arsip search "-arah:m', ["-arah:masuk"]),
        ("arsip search 'rapat arah:m", ["rapat arah:masuk"]),
        ("arsip search '(arah:m", ["(arah:masuk"]),
        ('arsip search \'hal:"ruang kelas" arah:m', ['hal:"ruang kelas" arah:masuk']),
        ("arsip search 'hal:\"ruang arah:m", []),
        ("arsip search 'rapat ", []),
        ('arsip search jenis:"surat ara', []),
        ('arsip search "jenis:undangan"', []),
        ("arsip search jenis\\:", []),
        ('arsip search "surat tugas" tang', ["tanggal:"]),
        ("arsip show ", []),
        ("arsip show --page ", []),
        ("arsip ingest ", ["/"]),
        ("arsip ingest scans/", ["/"]),
        ("arsip ingest 'my scans/", ["/"]),
        ("arsip ingest a b", ["/"]),
        ("arsip ingest --l", ["--lang"]),
        ("arsip ingest --lang ", []),
        ("arsip aside re", ["retry"]),
        ("arsip aside retry ", []),
        ("arsip aside show --to ", ["/"]),
        ("arsip completion z", ["zsh"]),
        ("", ["search", "show", "aside", "ingest", "completion"]),
    ],
)
def test_what_fits_is_offered(line: str, words: list[str]) -> None:
    assert offers(line) == words


def test_senders_and_tags_come_from_the_archive(office: Desk) -> None:
    assert offers("arsip search dari:ke", office) == ["dari:kecamatan-mekarsari"]
    assert offers("arsip search From:", office) == ["From:kecamatan-mekarsari"]
    with Archive.open(office.archive, clock=keeping.clock) as kept:
        keeping.file(kept, "x", tags=("pegawai baru",))
    assert offers("arsip search tag:peg", office) == ["tag:pegawai-baru"]
    [row] = office.types("search", "dari:kecamatan-mekarsari").rows
    assert row[0] == "1"
    assert office.types("search", "tag:pegawai-baru").code == 0


def test_the_archive_that_is_named_on_the_line_is_asked(office: Desk, tmp_path: Path) -> None:
    office.archive.rename(tmp_path / "other")
    assert offers("arsip search dari:ke", office) == []
    for named in (f"--archive {tmp_path}/other", f"--archive={tmp_path}/other"):
        assert offers(f"arsip {named} search dari:ke", office) == ["dari:kecamatan-mekarsari"]


def test_no_archive_or_a_broken_one_is_met_with_silence(office: Desk, desk: Desk) -> None:
    (office.archive / "catalog.sqlite3").write_bytes(b"no database" * 99)
    assert offers("arsip search dari:ke", office) == []
    shutil.rmtree(office.archive)
    assert offers("arsip search dari:ke", desk) == []
    assert not desk.archive.exists()


@given(st.text())
def test_whatever_is_typed_is_met_with_silence_or_words(line: str) -> None:
    assert all(isinstance(one, str) for one in offers(line, None))
    current = typed(line).current
    assert current is None or line.endswith(current)


def test_a_table_is_read_as_it_was_packed() -> None:
    assert unpacked(packed(TABLE)) == TABLE


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_holds_every_command_and_its_options(desk: Desk, shell: str) -> None:
    answer = desk.types("completion", shell)
    assert (answer.code, answer.err) == (0, "")
    table = unpacked(answer.out.split("--complete '")[1].split("'")[0])
    assert set(table) == {"", *WORDS}
    assert table["search"]["--sort"] == "rank|newest|oldest|number|sender"
    assert table["search"]["--widen"] == ",".join(WAYS)
    assert table["search"]["--json"] is None
    assert table["search"]["--limit"] == ""
    assert table[""]["--archive"] == table["export"]["--output"] == "/"


def test_files_are_offered_where_the_help_names_them(desk: Desk) -> None:
    table = unpacked(desk.types("completion", "bash").out.split("--complete '")[1].split("'")[0])
    takers = {word for word, options in table.items() if options.get("") == "/"}
    assert takers == {"init", "ingest", "watch", "folders", "read", "copy", "backup"}
    assert table["completion"][""] == "bash|zsh|fish"
    assert table["aside"][""] == "list|show|retry|release"
    assert all("" not in table[word] for word in ("search", "show", "edit"))


def test_an_unknown_shell_is_told(desk: Desk) -> None:
    answer = desk.types("completion", "tcsh")
    assert (answer.code, answer.out) == (2, "")
    assert "bash, zsh, fish" in answer.err


def test_commands_with_queries_are_those_of_the_counter() -> None:
    rooms = {
        word: getattr(importlib.import_module(at.module), at.name) for word, at in WORDS.items()
    }
    assert {word for word, spoken in rooms.items() if spoken.kind is Querying} == QUERYING


@pytest.mark.usefixtures("office")
def test_the_process_answers_the_shell_before_all_else(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    line = "arsip search dari:"
    monkeypatch.setattr(sys, "argv", ["arsip", "--complete", packed(TABLE), line])
    __main__.main()
    assert capsys.readouterr().out == "dari:kecamatan-mekarsari\n"


def test_the_tab_key_loads_no_command(office: Desk) -> None:
    script = (
        "import sys; from arsip.cli import completing; completing.main(sys.argv[1:]);"
        "assert not {'typer', 'rich', 'arsip.cli.app', 'arsip.archive.store'} & set(sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, packed(TABLE), "arsip search dari:"],
        env={"HOME": str(office.home)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.stderr, done.stdout) == ("", "dari:kecamatan-mekarsari\n")


ASKING = {
    "bash": """\
source "$1"
compopt() { printf "%s\\n" "$2"; }
COMP_LINE="$2"; COMP_POINT=${#COMP_LINE}
_arsip arsip "$3"
printf "%s\\n" "${COMPREPLY[@]}"
""",
    "zsh": """\
source "$1"
print ${_comps[arsip]}
compadd() { print -l -- ${@[$@[(i)--]+1,-1]}; }
compset() { :; }
_files() { print default; }
words=(${(z)2}); [[ $2 == *' ' ]] && words+=('')
CURRENT=$#words PREFIX=$3
_arsip
""",
    "fish": """\
source $argv[1]
complete -C $argv[2]
""",
}
"""What a shell does when somebody presses Tab."""


def pressed(office: Desk, shell: str, line: str, last: str) -> list[str]:
    """What a shell says after its script was read and Tab pressed behind a line."""
    found = shutil.which(shell)
    if found is None:
        pytest.skip(f"no {shell}")
    folder = office.home / "bin"
    folder.mkdir()
    program = folder / "arsip"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m arsip "$@"\n')
    program.chmod(0o755)
    script = office.home / f"arsip.{shell}"
    script.write_text(office.types("completion", shell).out)
    bare = {"bash": ["--norc"], "zsh": ["-f"], "fish": ["--no-config"]}[shell]
    asking = [ASKING[shell]] if shell == "fish" else [ASKING[shell], shell]
    done = subprocess.run(
        [found, *bare, "-c", *asking, str(script), line, last],
        env={
            **os.environ,
            "PATH": f"{folder}:{os.environ['PATH']}",
            "HOME": str(office.home),
        },
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    return sorted(filter(None, done.stdout.splitlines()))


@pytest.mark.parametrize(
    ("line", "last", "words"),
    [
        ("arsip sea", "sea", ["search"]),
        ("arsip search --sort ol", "ol", ["oldest"]),
        ("arsip search --sort=ol", "ol", ["oldest"]),
        ("arsip search dari:kec", "kec", ["kecamatan-mekarsari"]),
        ("arsip search -dari:", "", ["kecamatan-mekarsari"]),
        ("arsip search ha", "ha", ["has:", "hal:", "halaman:"]),
        ("arsip search tangg", "tangg", ["nospace", "tanggal:"]),
        ('arsip search "dari:Kec', "dari:Kec", ["dari:kecamatan-mekarsari"]),
        ("arsip search 'a dari:a dari:k", "a dari:a dari:k", ["a dari:a dari:kecamatan-mekarsari"]),
        ("arsip search 'tangg", "tangg", ["nospace", "tanggal:", "tanggal:…"]),
        ("arsip search kepada:", "", []),
        ("arsip show --hit ", "", []),
        ("arsip ingest ", "", ["default"]),
        ("arsip search --archive ", "", ["default"]),
    ],
)
def test_bash_completes(office: Desk, line: str, last: str, words: list[str]) -> None:
    assert pressed(office, "bash", line, last) == sorted(words)


OFFERED = [
    ("arsip sea", "sea", ["search"]),
    ("arsip search --sort ol", "ol", ["oldest"]),
    ("arsip search --sort=ol", "--sort=ol", ["--sort=oldest"]),
    ("arsip search dari:kec", "dari:kec", ["dari:kecamatan-mekarsari"]),
    ("arsip search ha", "ha", ["has:", "hal:", "halaman:"]),
    ("arsip search kepada:", "kepada:", []),
    ("arsip show --hit ", "", []),
]


@pytest.mark.parametrize(("line", "last", "words"), [*OFFERED, ("arsip ingest ", "", ["default"])])
def test_zsh_completes_even_where_nothing_set_it_up(
    office: Desk, line: str, last: str, words: list[str]
) -> None:
    assert pressed(office, "zsh", line, last) == sorted(["_arsip", *words])


@pytest.mark.parametrize(("line", "last", "words"), [*OFFERED, ("arsip ingest ", "", ["arsip"])])
def test_fish_completes(office: Desk, line: str, last: str, words: list[str]) -> None:
    assert pressed(office, "fish", line, last) == sorted(words)


def test_bash_offers_arsip_by_its_function() -> None:
    assert "\ncomplete -F _arsip arsip\n" in BASH
