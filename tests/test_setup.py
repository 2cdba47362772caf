"""Two commands set arsip up: on a bare machine, without a network, in any folder."""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import json
import os
import platform
import runpy
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
import typer

from tools import workshop

ROOT = Path(__file__).resolve().parent.parent
PYTHON = str(getattr(sys, "_base_executable", sys.executable))
"""The machine's own Python, as a person would type it: the one of .venv has no pip."""

SHIPPED = (
    "archive/sql/0001_first.sql",
    "locale/id/LC_MESSAGES/arsip.mo",
    "py.typed",
    "scan/tessdata/ind.traineddata",
)
"""What is no Python and must be in the wheel all the same."""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with run.py, one tiny package in its lock, and nothing else."""
    folder = tmp_path / "a checkout"
    folder.mkdir()
    (folder / "tools").mkdir()
    for name in ("run.py", "tools/__init__.py", "tools/workshop.py"):
        shutil.copy(ROOT / name, folder / name)
    wheel = folder / "pena-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("pena.py", "INK = 'blue'\n")
        archive.writestr(
            "pena-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: pena\nVersion: 1.0\n"
        )
        archive.writestr("pena-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        archive.writestr("pena-1.0.dist-info/RECORD", "")
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    for name in ("requirements.lock", "requirements-dev.lock"):
        (folder / name).write_text(f"pena==1.0 \\\n    --hash=sha256:{digest}\n")
    (folder / "src" / "arsip").mkdir(parents=True)
    (folder / "src" / "arsip" / "__main__.py").write_text(
        "import sys, pena\n\ndef main():\n    print(pena.INK, *sys.argv[1:])\n    return 5\n"
    )
    (folder / "sample_docs").mkdir()
    return folder


def typed(folder: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """What a person sees who types ``python3 run.py ...`` there, cut off from any index."""
    environ = {**os.environ, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "", "ARSIP_LANG": "en"}
    return subprocess.run(
        [PYTHON, "run.py", *words],
        cwd=folder,
        env={**environ, "TMPDIR": str(folder.parent), **settings},
        capture_output=True,
        text=True,
        check=False,
    )


def names(folder: Path) -> set[str]:
    """What lies outside .venv, but for the byte code that arsip's own first run writes."""
    found = (path.relative_to(folder) for path in folder.rglob("*"))
    kept = (path for path in found if path.parts[0] != ".venv")
    return {str(path) for path in kept if path.parts[:3] != ("src", "arsip", "__pycache__")}


@pytest.mark.slow
def test_a_wheelhouse_stands_in_for_the_network(checkout: Path) -> None:
    (checkout / "wheelhouse").mkdir()
    (checkout / "pena-1.0-py3-none-any.whl").rename(
        checkout / "wheelhouse" / "pena-1.0-py3-none-any.whl"
    )
    before = names(checkout)
    first = typed(checkout, "demo")
    assert "blue --archive" in first.stdout
    assert first.returncode == 5  # what the stand-in for arsip answered
    assert "Setting arsip up" in first.stderr
    again = typed(checkout, "demo")
    assert "Setting arsip up" not in again.stderr
    assert names(checkout) == before


@pytest.mark.slow
def test_a_changed_lock_is_installed_again(checkout: Path) -> None:
    typed(checkout, "demo", ARSIP_WHEELHOUSE=str(checkout))
    lock = checkout / "requirements.lock"
    lock.write_text(lock.read_text() + "# one more word\n")
    assert "Setting" in typed(checkout, "demo", ARSIP_WHEELHOUSE=str(checkout)).stderr


@pytest.mark.slow
def test_without_network_and_wheels_one_sentence_says_what_to_do(checkout: Path) -> None:
    before = names(checkout)
    done = typed(checkout, "demo")
    assert done.returncode == workshop.NOT_SET_UP
    said = done.stderr.splitlines()
    assert len(said) == 2
    assert said[1].startswith("The packages could not be fetched: connect to the network, or put")
    assert str(checkout / "wheelhouse") in said[1]
    assert done.stdout == ""
    assert names(checkout) == before


@pytest.mark.slow
def test_a_wheel_that_is_not_the_locked_one_is_refused(checkout: Path) -> None:
    lock = checkout / "requirements.lock"
    lock.write_text("pena==1.0 \\\n    --hash=sha256:" + "0" * 64 + "\n")
    done = typed(checkout, "demo", ARSIP_WHEELHOUSE=str(checkout))
    assert done.returncode == workshop.NOT_SET_UP
    assert "are not the ones that the lock names" in done.stderr
    assert not list(checkout.glob(".venv/lib/*/site-packages/pena.py"))


@pytest.mark.parametrize(
    ("log", "key"),
    [
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "differs"),
        ("Temporary failure in name resolution", "offline"),
    ],
)
def test_the_reason_of_pip_becomes_one_sentence(
    log: str, key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARSIP_WHEELHOUSE", str(tmp_path / "none"))
    assert workshop.cause(log) == key


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 6, 15), (3, 10, 13)])
def test_an_old_python_is_told_so_in_both_languages(
    version: tuple[int, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", version)
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(str(ROOT / "run.py"))
    assert ended.value.code == workshop.NOT_SET_UP
    english, indonesian = capsys.readouterr().err.splitlines()
    printed = ".".join(map(str, version))
    assert english.startswith(f"arsip needs Python 3.11 or newer; this is {printed}.")
    assert indonesian.startswith(f"arsip perlu Python 3.11 atau lebih baru; ini {printed}.")


def test_every_sentence_is_there_in_both_languages_with_the_same_places() -> None:
    for english, indonesian in workshop.SAY.values():
        assert english != indonesian
        assert {x for x in english.split() if "{" in x} == {
            x for x in indonesian.split() if "{" in x
        }


@pytest.mark.parametrize("words", [[], ["dmeo"], ["demo", "--fast"], ["lock", "all"]])
def test_words_that_are_no_command_get_the_usage(
    words: Sequence[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert workshop.main(words) == workshop.USAGE
    assert "demo | test [" in capsys.readouterr().err


def absent(*missing: str) -> object:
    """A find_spec for which these modules are not installed."""
    real = importlib.util.find_spec
    return lambda name: None if name in missing else real(name)


def test_debian_without_ensurepip_is_served_by_the_pip_of_the_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workshop, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(importlib.util, "find_spec", absent("ensurepip"))
    monkeypatch.setattr(importlib.metadata, "version", lambda _name: "23.0.1")
    pip = workshop.make_venv()
    assert pip == [sys.executable, "-m", "pip", "--python", str(tmp_path / ".venv/bin/python")]
    assert (tmp_path / ".venv" / "bin" / "python").exists()
    assert not (tmp_path / ".venv" / "bin" / "pip").exists()


@pytest.mark.parametrize(
    ("version", "able"), [("22.2.2", False), ("22.3", True), ("26.1.dev0", True)]
)
def test_an_old_pip_cannot_install_into_another_environment(
    version: str, *, able: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.metadata, "version", lambda _name: version)
    assert workshop.knows_python_option() is able


def test_a_python_with_ensurepip_alone_brings_its_own_pip(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[Sequence[str]] = []
    monkeypatch.setattr(workshop, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(workshop, "knows_python_option", lambda: False)
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: name)
    monkeypatch.setattr(workshop, "run_quiet", ran.append)
    assert workshop.make_venv() == [str(tmp_path / ".venv/bin/python"), "-m", "pip"]
    assert ran == [[sys.executable, "-m", "venv", str(tmp_path / ".venv")]]


@pytest.mark.parametrize("broken", ["version", "python"])
def test_an_environment_of_another_python_is_made_anew(
    broken: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workshop, "VENV", tmp_path / ".venv")
    workshop.run_quiet([sys.executable, "-m", "venv", "--without-pip", str(tmp_path / ".venv")])
    assert not workshop.is_another_pythons()
    if broken == "version":
        settings = tmp_path / ".venv" / "pyvenv.cfg"
        settings.write_text(settings.read_text().replace(platform.python_version(), "3.11.0b1"))
    else:
        (tmp_path / ".venv" / "bin" / "python").unlink()
        (tmp_path / ".venv" / "bin" / "python").symlink_to("/gone/python3")
    assert workshop.is_another_pythons()
    monkeypatch.setattr(workshop, "knows_python_option", lambda: True)
    workshop.make_venv()
    assert not workshop.is_another_pythons()


def test_two_set_ups_at_a_time_install_once(checkout: Path) -> None:
    environ = {**os.environ, "ARSIP_WHEELHOUSE": str(checkout), "TMPDIR": str(checkout.parent)}
    environ["ARSIP_LANG"] = "en"
    both = [
        subprocess.Popen(
            [PYTHON, "run.py", "demo"], cwd=checkout, env=environ, stderr=subprocess.PIPE
        )
        for _ in range(2)
    ]
    told = [one.communicate()[1].decode() for one in both]
    assert [one.returncode for one in both] == [5, 5]
    assert sorted("(once, 1 " in said for said in told) == [False, True]


def test_a_python_without_any_pip_is_told_what_to_type(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARSIP_LANG", "en")
    monkeypatch.setattr(workshop, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(workshop, "knows_python_option", lambda: False)
    monkeypatch.setattr(importlib.util, "find_spec", absent("ensurepip"))
    with pytest.raises(workshop.Stop, match="apt install python3-pip"):
        workshop.make_venv()


def test_a_folder_that_may_not_be_written_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_words: object, **_options: object) -> None:
        raise PermissionError(13, "Permission denied", str(tmp_path))

    monkeypatch.setenv("ARSIP_LANG", "en")
    monkeypatch.setattr(workshop, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(Path, "mkdir", refuse)
    assert workshop.main(["demo"]) == workshop.NOT_SET_UP
    assert f"{tmp_path} cannot be written by you" in capsys.readouterr().err


def test_an_interrupted_run_ends_quietly(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(_locks: Sequence[Path]) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(workshop, "set_up", interrupt)
    assert workshop.main(["demo"]) == workshop.INTERRUPTED
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("folder", ["plain", "with a space and 'quotes'", "long" * 40])
def test_the_launcher_starts_whatever_its_path_holds(folder: str, tmp_path: Path) -> None:
    python = tmp_path / folder / "python"
    python.parent.mkdir()
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    script = tmp_path / "arsip"
    script.write_text(workshop.launcher(python))
    script.chmod(0o755)
    done = subprocess.run([script, "--help"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "ingest" in done.stdout


@pytest.mark.slow
def test_the_wheel_runs_in_a_clean_environment(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    wheel = next(tmp_path.glob("arsip-*.whl"))
    inside = set(zipfile.ZipFile(wheel).namelist())
    assert {f"arsip/{name}" for name in SHIPPED} <= inside
    clean = tmp_path / "clean"
    subprocess.run([PYTHON, "-m", "venv", "--without-pip", str(clean)], check=True)
    pip = sys.executable if importlib.util.find_spec("pip") else PYTHON
    install = [pip, "-m", "pip", "--python", str(clean / "bin" / "python"), "install", "--quiet"]
    subprocess.run([*install, "--no-index", "--no-deps", str(wheel)], check=True)
    libraries = next(clean.glob("lib/*/site-packages"))
    beside = Path(typer.__file__).parent.parent
    (libraries / "dependencies.pth").write_text(f"{beside}\n")
    letter = tmp_path / "surat.txt"
    letter.write_text("Nomor : 005/77/Setda\nHal : Undangan\n", encoding="utf-8")
    archive = [str(clean / "bin" / "arsip"), "--archive", str(tmp_path / "a")]
    environ = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    for words in (["init"], ["ingest", str(letter)], ["search", "undangan", "--json"], ["doctor"]):
        done = subprocess.run(
            [*archive, *words], env=environ, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        if words[0] == "search":
            assert json.loads(done.stdout)["fields"]["letter_number"] == "005/77/Setda"
    where = [str(clean / "bin" / "python"), "-P", "-c", "import arsip; print(arsip.__file__)"]
    assert str(clean) in subprocess.check_output(where, env=environ, text=True)


def test_the_ci_runs_the_checks_even_after_a_test_failed(tmp_path: Path) -> None:
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "run", tmp_path / ".ci" / "run")
    python = tmp_path / "python3"
    python.write_text('#!/bin/sh\necho "ran $2"\n[ "$2" = "$FAIL" ] && exit 1\nexit 0\n')
    python.chmod(0o755)
    for failing, code in (("test", 1), ("check", 1), ("none", 0)):
        done = subprocess.run(
            ["bash", ".ci/run"],
            cwd=tmp_path,
            env={**os.environ, "FAIL": failing, "PATH": f"{tmp_path}:{os.environ['PATH']}"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code
        assert {"ran test", "ran check"} <= set(done.stdout.splitlines())
