"""Sets arsip up in .venv, shows it, and runs its tests and checks: what run.py does.

Only the standard library is used, and nothing outside .venv is changed. Packages come from the
hash-locked files requirements.lock and requirements-dev.lock; without a network, from a folder of
wheels: ``wheelhouse/``, or the one that ARSIP_WHEELHOUSE names.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import importlib.metadata
import importlib.util
import json
import os
import platform
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
SAMPLES = ROOT / "sample_docs"
RUNTIME = ROOT / "requirements.lock"
DEVELOPMENT = ROOT / "requirements-dev.lock"
STATE = "arsip-setup.json"
"""Inside .venv: what was installed from which lock, so that a second run installs nothing."""

USAGE = 2
NOT_SET_UP = 3
SET_ASIDE = 4
INTERRUPTED = 130
"""Exit codes of arsip: docs/commands.md."""
COVERAGE = 95
"""Per cent of lines and branches that the whole suite must reach."""
LONGEST_START = 127
"""Bytes of a script's first line that Linux before 5.1 reads."""
FLOORS = "from importlinter.cli import lint_imports_command as lint; lint(['--no-logo'])"
"""import-linter has a command but no module that ``python -m`` could run."""
SEARCHES = (
    ["ruang kelas rusak"],
    ["dari:perhubungan", "tanggal:2024"],
    ["nomor:005/431/Setda"],
)
"""What a clerk types: words of a letter; an office and a year; a number."""

SAY = {
    "usage": (
        "usage: python3 run.py demo | test [pytest arguments] | check | lock",
        "cara pakai: python3 run.py demo | test [argumen pytest] | check | lock",
    ),
    "no_pip": (
        "This Python has no pip. On Debian or Ubuntu, as root: apt install python3-pip",
        "Python ini tidak punya pip. Di Debian atau Ubuntu, sebagai root: apt install python3-pip",
    ),
    "not_writable": (
        "{folder} cannot be written by you. Copy arsip to a folder of your own and run it there.",
        "{folder} tidak dapat ditulisi. Salin arsip ke folder milik Anda dan jalankan dari sana.",
    ),
    "installing": (
        "Setting arsip up in .venv (once, {count} packages) ...",
        "Menyiapkan arsip di .venv (sekali saja, {count} paket) ...",
    ),
    "offline": (
        (
            "The packages could not be fetched: connect to the network, or put the wheels into "
            "{wheelhouse}. What pip said: {log}"
        ),
        (
            "Paket tidak dapat diambil: sambungkan ke jaringan, atau taruh berkas wheel di "
            "{wheelhouse}. Pesan pip: {log}"
        ),
    ),
    "wheelhouse": (
        "The wheels in {wheelhouse} are not the ones that the lock names. What pip said: {log}",
        "Berkas wheel di {wheelhouse} bukan yang disebut berkas kunci. Pesan pip: {log}",
    ),
    "differs": (
        "A package differs from what the lock names; nothing was installed. What pip said: {log}",
        "Ada paket yang bukan seperti di berkas kunci; tidak ada yang dipasang. Pesan pip: {log}",
    ),
    "ingest": (
        "\nThe scanner left {count} files. arsip reads and files them:",
        "\nPemindai meninggalkan {count} berkas. arsip membaca dan menyimpannya:",
    ),
    "end": (
        (
            "\nThe demo archive is in {archive}. To look around in it:\n"
            "    export ARSIP_ARCHIVE={archive}\n"
            "    {arsip} show 5\n"
            "    {arsip} open 5\n"
            "Its shelf folder is for any file manager. When done with it, delete it.\n"
            "Your own letters, in a new terminal:\n"
            "    {arsip} ingest FOLDER-OF-SCANS\n"
            "    {arsip} search WORDS\n"
            "    {arsip} --help"
        ),
        (
            "\nArsip contoh ada di {archive}. Untuk melihat-lihat:\n"
            "    export ARSIP_ARCHIVE={archive}\n"
            "    {arsip} show 5\n"
            "    {arsip} open 5\n"
            "Folder shelf di dalamnya untuk pengelola berkas. Bila selesai, hapus saja.\n"
            "Surat Anda sendiri, di terminal baru:\n"
            "    {arsip} ingest FOLDER-HASIL-PINDAI\n"
            "    {arsip} search KATA\n"
            "    {arsip} --help"
        ),
    ),
}
"""English and Indonesian, as arsip itself speaks (docs/decisions)."""


class Stop(Exception):
    """The run ends here with one clear sentence."""


def say(key: str, **values: object) -> str:
    """A sentence in the reader's language: ARSIP_LANG, else the locale's."""
    names = ("ARSIP_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
    spoken = next((os.environ[name] for name in names if os.environ.get(name)), "en")
    english, indonesian = SAY[key]
    chosen = indonesian if spoken.lower().startswith(("id", "in_")) else english
    return chosen.format(**values)


def state(locks: Sequence[Path]) -> dict[str, str]:
    """What a finished set-up from these locks looks like."""
    sums = {lock.name: hashlib.sha256(lock.read_bytes()).hexdigest() for lock in locks}
    return {**sums, "python": platform.python_version(), "root": str(ROOT)}


def is_done(locks: Sequence[Path]) -> bool:
    """Whether .venv already holds what these locks name, for this Python and this folder."""
    try:
        found = json.loads((VENV / STATE).read_text(encoding="utf-8"))
        command = (VENV / "bin" / "arsip").read_text(encoding="utf-8")
    except (OSError, ValueError):
        return False
    works = (VENV / "bin" / "python").exists() and command == launcher(VENV / "bin" / "python")
    return works and state(locks).items() <= found.items()


def set_up(locks: Sequence[Path]) -> None:
    """Make .venv hold the packages of these locks and arsip itself; nothing if it does.

    Raises:
        Stop: no pip, no network, no place to write, or a package that differs from the lock.
    """
    if is_done(locks):
        return
    with alone():
        if is_done(locks):
            return
        (VENV / STATE).unlink(missing_ok=True)
        count = sum(line[:1].isalnum() for lock in locks for line in lock.open(encoding="utf-8"))
        print(say("installing", count=count), file=sys.stderr, flush=True)
        pip = make_venv()
        install(pip, locks)
        add_arsip()
        text = json.dumps(state(locks), indent=1)
        (VENV / STATE).write_text(text + "\n", encoding="utf-8")


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Hold .venv for this process; another run.py that sets up waits here."""
    try:
        VENV.mkdir(exist_ok=True)
        folder = os.open(VENV, os.O_RDONLY)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            yield
        finally:
            os.close(folder)
    except OSError as error:
        if error.errno not in {errno.EACCES, errno.EPERM, errno.EROFS}:
            raise
        raise Stop(say("not_writable", folder=error.filename or VENV)) from error


def make_venv() -> list[str]:
    """Make the virtual environment; gives the command that is pip for it.

    Debian splits ensurepip off, so that ``python3 -m venv`` fails there while pip itself can
    install into a bare environment; elsewhere pip may be missing but ensurepip at hand.

    Raises:
        Stop: this Python has neither.
    """
    python = str(VENV / "bin" / "python")
    make = [sys.executable, "-m", "venv", str(VENV), *(["--clear"] if is_another_pythons() else [])]
    if knows_python_option():
        run_quiet([*make, "--without-pip"])
        return [sys.executable, "-m", "pip", "--python", python]
    if importlib.util.find_spec("ensurepip"):
        run_quiet(make)
        return [python, "-m", "pip"]
    raise Stop(say("no_pip"))


def is_another_pythons() -> bool:
    """Whether .venv was made by a Python that is not this one, or is gone: venv mends neither."""
    try:
        made = (VENV / "pyvenv.cfg").read_text(encoding="utf-8")
    except OSError:
        return False
    ours = f"version = {platform.python_version()}" in made.splitlines()
    return not ours or not (VENV / "bin" / "python").exists()


def knows_python_option() -> bool:
    """Whether this Python has a pip that can install into another environment (22.3 and later)."""
    try:
        major, minor = importlib.metadata.version("pip").split(".")[:2]
    except importlib.metadata.PackageNotFoundError:
        return False
    return (int(major), int(minor)) >= (22, 3)


def run_quiet(command: Sequence[str]) -> None:
    """Run a command whose words matter only when it fails."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Stop((done.stdout + done.stderr).strip())


def wheelhouse() -> Path:
    """The folder of wheels for machines without a network."""
    return Path(os.environ.get("ARSIP_WHEELHOUSE") or ROOT / "wheelhouse").resolve()


def pip_arguments(locks: Sequence[Path]) -> list[str]:
    """What pip is told: only what the locks name, byte for byte, and no questions."""
    words = ["install", "--require-hashes", "--only-binary", ":all:", "--no-deps"]
    words += ["--no-input", "--disable-pip-version-check", "--no-warn-script-location"]
    words += ["--root-user-action", "ignore", "--progress-bar", "off"]
    if wheelhouse().is_dir():
        words += ["--no-index", "--find-links", str(wheelhouse())]
    else:
        words += ["--retries", "2", "--timeout", "20"]
    return [*words, *(word for lock in locks for word in ("-r", str(lock)))]


def install(pip: Sequence[str], locks: Sequence[Path]) -> None:
    """Install the locks; what pip says goes to .venv/pip.log.

    Raises:
        Stop: with the sentence that fits what went wrong.
    """
    log = VENV / "pip.log"
    elsewhere = {"PIP_TARGET", "PIP_PREFIX", "PIP_ROOT"}
    settings = {key: value for key, value in os.environ.items() if key not in elsewhere}
    with log.open("w", encoding="utf-8") as out:
        done = subprocess.run(
            [*pip, *pip_arguments(locks)],
            stdout=out,
            stderr=subprocess.STDOUT,
            env={**settings, "PIP_USER": "0"},
            check=False,
        )
    if done.returncode:
        raise Stop(say(cause(log.read_text(errors="replace")), wheelhouse=wheelhouse(), log=log))


def cause(log: str) -> str:
    """Which sentence tells why pip failed."""
    if wheelhouse().is_dir():
        return "wheelhouse"
    return "differs" if "DO NOT MATCH THE HASHES" in log else "offline"


def add_arsip() -> None:
    """Make ``arsip`` of this checkout a command of .venv, without a build.

    A path file instead of an editable install: hatchling would have to be fetched to make one.
    """
    libraries = VENV / "lib" / "python{}.{}".format(*sys.version_info) / "site-packages"
    (libraries / "arsip.pth").write_text(f"{ROOT / 'src'}\n", encoding="utf-8")
    command = VENV / "bin" / "arsip"
    command.write_text(launcher(VENV / "bin" / "python"), encoding="utf-8")
    command.chmod(0o755)


def launcher(python: Path) -> str:
    """A script that starts arsip by this Python, whatever its path holds.

    The first line of a script cannot name a path with spaces; then sh starts Python, which takes
    the same two lines as a string.
    """
    start = f"#!{python}"
    if " " in start or len(start) > LONGEST_START:
        start = f"#!/bin/sh\n'''exec' {shlex.quote(str(python))} \"$0\" \"$@\"\n' '''"
    return f"{start}\nimport sys\n\nfrom arsip.__main__ import main\n\nsys.exit(main())\n"


def demo() -> int:
    """Ingest the samples into a throw-away archive, search it, and say what to type next."""
    set_up([RUNTIME])
    archive = Path(tempfile.mkdtemp(prefix="arsip-demo-")) / "arsip"
    print(say("ingest", count=len(list(SAMPLES.iterdir()))), flush=True)
    code = arsip(archive, "ingest", SAMPLES.name)
    if code not in {0, SET_ASIDE}:
        return code
    code = 0
    for words in SEARCHES:
        print("\n$ arsip search", shlex.join(words), flush=True)
        code = arsip(archive, "search", *words) or code
    command = os.path.relpath(VENV / "bin" / "arsip")
    print(say("end", archive=archive, arsip=command), flush=True)
    return code


def arsip(archive: Path, *words: str) -> int:
    """Run one command on the demo's archive, with no settings of this user's own; its exit code."""
    own = ("ARSIP_LANG", "ARSIP_TESSERACT")
    clean = {k: v for k, v in os.environ.items() if not k.startswith("ARSIP_") or k in own}
    clean |= {"XDG_CONFIG_HOME": str(archive.parent), "XDG_STATE_HOME": str(archive.parent)}
    command = [str(VENV / "bin" / "arsip"), "--archive", str(archive), *words]
    return subprocess.run(command, cwd=ROOT, env=clean, check=False).returncode


def test(arguments: Sequence[str]) -> int:
    """Run the tests that are named; without a name all of them, with their coverage."""
    set_up([RUNTIME, DEVELOPMENT])
    whole = ["-n", "2", "--dist", "loadgroup"]
    whole += ["--cov", "--cov-report=term", f"--cov-fail-under={COVERAGE}"]
    return python("-m", "pytest", *(arguments or whole))


def check() -> int:
    """Run every check of the source, even after one failed; 0 if all passed."""
    set_up([RUNTIME, DEVELOPMENT])
    steps = {
        "ruff check": ("-m", "ruff", "check"),
        "ruff format": ("-m", "ruff", "format", "--check"),
        "mypy": ("-m", "mypy"),
        "floors": ("-c", FLOORS),
        "spelling": ("-m", "codespell_lib", *map(str, sorted(ROOT.glob("*.md"))), "docs"),
    }
    return max([step(name, words) for name, words in steps.items()])


def step(name: str, words: Sequence[str]) -> int:
    """Run one check and tell how it went; 0 if it passed."""
    start = time.monotonic()
    code = python(*words)
    mark = "failed" if code else "passed"
    print(f"{mark}: {name} ({time.monotonic() - start:.1f} s)", flush=True)
    return min(1, abs(code))


def python(*words: str) -> int:
    """Run .venv's Python in this folder; its exit code."""
    command = [str(VENV / "bin" / "python"), *words]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def lock() -> int:
    """Make both lock files anew from what pyproject.toml asks for (needs the network)."""
    set_up([RUNTIME, DEVELOPMENT])
    return python("tools/lock.py", sys.executable)


def main(words: Sequence[str]) -> int:
    """Do what the words say; the exit code."""
    command, *arguments = words or [""]
    plain = {"demo": demo, "check": check, "lock": lock}
    if command != "test" and (command not in plain or arguments):
        print(say("usage"), file=sys.stderr)
        return USAGE
    try:
        return test(arguments) if command == "test" else plain[command]()
    except Stop as stop:
        print(stop, file=sys.stderr)
        return NOT_SET_UP
    except KeyboardInterrupt:
        return INTERRUPTED
