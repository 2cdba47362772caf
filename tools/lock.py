"""Makes requirements.lock and requirements-dev.lock anew: ``python3 run.py lock``.

Names, versions, and the SHA-256 of every wheel for the machines and Pythons that arsip promises;
no addresses: where wheels come from is the business of whoever installs them.
"""

from __future__ import annotations

import itertools
import json
import re
import subprocess
import sys
import tomllib
import urllib.request
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from packaging.requirements import Requirement
from packaging.tags import Tag
from packaging.utils import NormalizedName, canonicalize_name, parse_wheel_filename

ROOT: Final = Path(__file__).resolve().parent.parent
GROUPS: Final = ("lint", "test", "samples")
PYTHONS: Final = ("3.11", "3.12", "3.13")
MACHINES: Final = (
    ("linux", "x86_64"),
    ("linux", "aarch64"),
    ("darwin", "arm64"),
    ("darwin", "x86_64"),
)
WHEEL_PLATFORM: Final = re.compile(
    r"any|(many|musl)linux\w+_(x86_64|aarch64)|macosx_\w+_(x86_64|arm64|universal2)"
)
SECONDS: Final = 60
"""The longest wait for one answer of the package index."""


@dataclass(frozen=True, slots=True)
class Pin:
    """One package at one version."""

    name: NormalizedName
    version: str
    needs: tuple[Requirement, ...]


def resolved(python: str, requirements: Iterable[str]) -> dict[str, Pin]:
    """What this Python's pip would install for these requirements, by name."""
    command = [python, "-m", "pip", "install", "--dry-run", "--ignore-installed"]
    command += ["--quiet", "--only-binary", ":all:", "--report", "-", *requirements]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    pins = [_pin(item["metadata"]) for item in json.loads(done.stdout)["install"]]
    return {pin.name: pin for pin in pins}


def _pin(metadata: Mapping[str, Any]) -> Pin:
    needs = tuple(Requirement(line) for line in metadata.get("requires_dist", ()))
    return Pin(canonicalize_name(metadata["name"]), metadata["version"], needs)


def needed(
    roots: Iterable[Requirement], pins: Mapping[str, Pin], target: dict[str, str]
) -> set[str]:
    """The names that these requirements need on one target, themselves included."""
    found: set[str] = set()
    waiting = [(root, "") for root in roots]
    while waiting:
        wanted, extra = waiting.pop()
        if wanted.marker and not wanted.marker.evaluate({**target, "extra": extra}):
            continue
        name = canonicalize_name(wanted.name)
        if name not in pins:
            sys.exit(f"{name} is needed on {target}, but not on this machine: give it a marker")
        fresh = {name, *(f"{name}[{part}]" for part in wanted.extras)} - found
        found |= fresh
        for key in fresh:
            part = key.removeprefix(name).strip("[]")
            waiting += [(need, part) for need in pins[name].needs]
    return {name for name in found if "[" not in name}


def targets() -> Iterator[dict[str, str]]:
    """The environments of every Python on every machine, as markers see them."""
    for python, (system, machine) in itertools.product(PYTHONS, MACHINES):
        yield {
            "python_version": python,
            "python_full_version": f"{python}.0",
            "implementation_name": "cpython",
            "platform_python_implementation": "CPython",
            "sys_platform": system,
            "platform_system": system.capitalize(),
            "platform_machine": machine,
            "os_name": "posix",
        }


def index(python: str) -> str:
    """Where pip asks for packages: its own setting, else its own default."""
    asked = [python, "-m", "pip", "config", "get", "global.index-url"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    if done.returncode == 0 and done.stdout.strip():
        return done.stdout.strip()
    default = "from pip._internal.models.index import PyPI; print(PyPI.simple_url)"
    return subprocess.check_output([python, "-c", default], text=True).strip()


def hashes(pin: Pin, home: str) -> list[str]:
    """The SHA-256 of each wheel of this version that a promised machine could take, sorted."""
    request = urllib.request.Request(  # noqa: S310 - the address is pip's own
        f"{home.rstrip('/')}/{pin.name}/",
        headers={"Accept": "application/vnd.pypi.simple.v1+json"},
    )
    with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310 - as above
        files = json.load(answer)["files"]
    wheels = [file for file in files if fits(pin, file["filename"])]
    return sorted(file["hashes"]["sha256"] for file in wheels)


def fits(pin: Pin, filename: str) -> bool:
    """Whether this file is a wheel of this version for a machine that arsip promises."""
    try:
        _name, version, _build, tags = parse_wheel_filename(filename)
    except ValueError:
        return False
    return str(version) == pin.version and any(_usable(tag) for tag in tags)


def _usable(tag: Tag) -> bool:
    if not WHEEL_PLATFORM.fullmatch(tag.platform):
        return False
    ours = {f"cp{python.replace('.', '')}" for python in PYTHONS}
    stable = tag.abi == "abi3" and re.fullmatch(r"cp3\d+", tag.interpreter) is not None
    return (
        tag.interpreter in {"py3", "py2.py3"}
        or (stable and int(tag.interpreter[3:]) <= int(max(ours)[3:]))
        or (tag.interpreter in ours and tag.abi in {tag.interpreter, "none"})
    )


def written(
    pins: Iterable[Pin], markers: Mapping[NormalizedName, str], home: str, *, title: str
) -> str:
    """The text of a lock file."""
    lines = [f"# {title}", "# Made by `python3 run.py lock`; not written by hand.", ""]
    for pin in sorted(pins, key=lambda pin: pin.name):
        marker = f" ; {markers[pin.name]}" if pin.name in markers else ""
        sums = hashes(pin, home)
        if not sums:
            sys.exit(f"{pin.name} {pin.version} has no wheel for the machines of arsip")
        rows = [
            f"{pin.name}=={pin.version}{marker}",
            *(f"    --hash=sha256:{sum_}" for sum_ in sums),
        ]
        lines.append(" \\\n".join(rows))
    return "\n".join(lines) + "\n"


def main(python: str) -> None:
    """Resolve, check that every target is served, and write both files.

    Args:
        python: the one whose pip is asked; that of .venv has none.
    """
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    runtime = [Requirement(line) for line in project["project"]["dependencies"]]
    groups = project["dependency-groups"]
    extra = [Requirement(line) for group in GROUPS for line in groups[group]]
    wanted = [*runtime, *extra]
    pins = resolved(python, map(str, wanted))
    markers = {canonicalize_name(root.name): str(root.marker) for root in wanted if root.marker}
    inner = {name for target in targets() for name in needed(runtime, pins, target)}
    for target in targets():
        missing = set(pins) - set(markers) - needed(wanted, pins, target)
        if missing:
            sys.exit(f"only some machines need {sorted(missing)}: give them a marker ({target})")
    home = index(python)
    for name, chosen, title in (
        ("requirements.lock", inner, "What arsip runs on."),
        ("requirements-dev.lock", set(pins) - inner, "What its tests and checks need besides."),
    ):
        text = written([pins[key] for key in chosen], markers, home, title=title)
        (ROOT / name).write_text(text, encoding="utf-8")
        sys.stdout.write(f"{name}: {len(chosen)} packages\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
