"""doctor: what this machine gives, and the line to type for what is missing."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from arsip.archive import probe
from arsip.archive.probe import FileSystem, Index
from arsip.cli import doctor
from arsip.errors import SetupError
from arsip.ingest import confine
from arsip.ingest.confine import Confinement
from arsip.scan.engines import Tesseract
from tests.archive import keeping
from tests.cli.counters import Desk

SYSTEM = Tesseract(Path("/usr/bin/tesseract"), (), (5, 3, 0), frozenset({"ind", "eng"}))
BUNDLED = replace(SYSTEM, executable=Path("/opt/tesseract"), version=(5, 5, 2), bundled=True)
LIBRARY = replace(BUNDLED, executable=Path("/opt/tesserocr"), version=(5, 5, 4), resident=True)
DISK = FileSystem("ext4", 1 << 40, writable=True, locks=True, symlinks=True, syncs=True, cases=True)


@pytest.fixture(autouse=True)
def machine(desk: Desk) -> Desk:
    """A machine that has everything."""
    patch = desk.monkeypatch
    patch.setattr(doctor, "candidates", lambda _environ: [SYSTEM, BUNDLED, LIBRARY])
    patch.setattr(doctor, "choose", lambda _environ, **_languages: LIBRARY)
    patch.setattr(confine, "offered", lambda: Confinement(privileges=True, calls=True, writes=True))
    patch.setattr(probe, "filesystem", lambda _place: DISK)
    patch.setattr(shutil, "which", lambda _name: "/usr/bin/xdg-open")
    limit = desk.home / "max_user_watches"
    limit.write_text("65536\n")
    patch.setattr(doctor, "WATCHES", limit)
    desk.types("init")
    return desk


def verdicts(desk: Desk) -> dict[str, dict[str, Any]]:
    return {told["check"]: told for told in desk.types("doctor", "--json").json}


def test_a_machine_that_has_everything_is_good(machine: Desk) -> None:
    answer = machine.types("doctor")
    assert (answer.code, answer.err) == (0, "")
    assert {row[0] for row in answer.rows} == {"good"}
    assert "tesseract 5.5.4 stays loaded and reads ind+eng: /opt/tesserocr" in answer.out
    assert "tesseract 5.5.2 is there too, not used: /opt/tesseract" in answer.out
    assert "tesseract 5.3.0 is there too, not used: /usr/bin/tesseract" in answer.out


def test_what_was_found_is_told_to_scripts(machine: Desk) -> None:
    told = verdicts(machine)
    assert told["engine"]["languages"] == ["eng", "ind"]
    assert told["file_system"]["case"] is True
    assert told["space"]["free_bytes"] == 1 << 40
    assert told["watch"]["limit"] == 65536
    assert told["archive"]["exists"] is True


def test_without_the_library_the_line_to_get_it_is_told(machine: Desk) -> None:
    machine.monkeypatch.setattr(doctor, "candidates", lambda _environ: [SYSTEM, BUNDLED])
    machine.monkeypatch.setattr(doctor, "choose", lambda _environ, **_languages: BUNDLED)
    answer = machine.types("doctor")
    assert answer.code == 0
    assert "tesseract 5.5.2 reads ind+eng: /opt/tesseract" in answer.out
    assert "Hint: pip install 'arsip[fast]'\n" in answer.out


def test_no_library_is_offered_to_who_named_an_engine_or_cannot_have_one(machine: Desk) -> None:
    machine.monkeypatch.setattr(doctor, "candidates", lambda _environ: [SYSTEM])
    machine.monkeypatch.setattr(doctor, "choose", lambda _environ, **_languages: SYSTEM)
    assert "fast" not in verdicts(machine)


def test_a_missing_engine_ends_with_3_and_the_line_to_type(machine: Desk) -> None:
    def none(_environ: object, **_languages: object) -> Tesseract:
        raise SetupError("There is no Tesseract.", hint="apt install tesseract-ocr")

    machine.monkeypatch.setattr(doctor, "choose", none)
    answer = machine.types("doctor")
    assert answer.code == 3
    assert "missing\tThere is no Tesseract.\n\tHint: apt install tesseract-ocr\n" in answer.out


def test_sqlite_without_full_text_search_is_missing(machine: Desk) -> None:
    machine.monkeypatch.setattr(probe, "index", lambda: Index("3.8.0", fts5=False))
    assert machine.types("doctor").code == 3
    assert verdicts(machine)["sqlite"]["verdict"] == "missing"


@pytest.mark.parametrize(
    ("disk", "verdict", "code"),
    [
        (replace(DISK, locks=False), "missing", 3),
        (replace(DISK, syncs=False), "missing", 3),
        (replace(DISK, symlinks=False), "advice", 0),
        (replace(DISK, cases=False, kind=""), "advice", 0),
        (replace(DISK, kind="nfs4"), "advice", 0),
    ],
)
def test_a_disk_that_lacks_something_is_told_as_it_matters(
    machine: Desk, disk: FileSystem, verdict: str, code: int
) -> None:
    machine.monkeypatch.setattr(probe, "filesystem", lambda _place: disk)
    assert machine.types("doctor").code == code
    told = verdicts(machine)["file_system"]
    assert told["verdict"] == verdict
    assert told["hint"]


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (Confinement(privileges=True, calls=True, writes=False), "other files are not fenced off"),
        (
            Confinement(privileges=False, calls=False, writes=False),
            "this system cannot confine them",
        ),
    ],
)
def test_a_system_that_confines_no_reader_is_told(
    machine: Desk, found: Confinement, told: str
) -> None:
    machine.monkeypatch.setattr(confine, "offered", lambda: found)
    answer = machine.types("doctor")
    assert answer.code == 0
    assert told in answer.out
    assert verdicts(machine)["confinement"]["writes"] is False


def test_an_archive_that_may_not_be_written_is_missing(machine: Desk) -> None:
    disk = replace(DISK, writable=False)
    machine.monkeypatch.setattr(probe, "filesystem", lambda _place: disk)
    assert machine.types("doctor").code == 3
    assert "file_system" not in verdicts(machine)


def test_an_archive_that_may_not_even_be_seen_is_missing(
    machine: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(_path: Path) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "is_file", forbidden)
    answer = machine.types("doctor", "--json")
    assert {told["check"]: told.get("exists") for told in answer.json}["archive"] is False


def test_no_archive_yet_is_only_advice(machine: Desk) -> None:
    answer = machine.types("--archive", machine.home / "other", "doctor")
    assert answer.code == 0
    assert f"arsip --archive '{machine.home / 'other'}' init" in answer.out


def test_little_space_and_few_watches_and_no_desktop_are_advice(machine: Desk) -> None:
    patch = machine.monkeypatch
    patch.setattr(probe, "filesystem", lambda _place: replace(DISK, free=1 << 20))
    patch.setattr(shutil, "which", lambda _name: None)
    doctor.WATCHES.write_text("128")
    told = verdicts(machine)
    assert {told[name]["verdict"] for name in ("space", "watch", "desktop")} == {"advice"}
    assert "max_user_watches" in told["watch"]["hint"]


def test_a_system_without_a_limit_of_watches_is_good(machine: Desk) -> None:
    doctor.WATCHES.unlink()
    assert verdicts(machine)["watch"] == {
        "v": 1, "check": "watch", "verdict": "good", "hint": None, "limit": None,
    }  # fmt: skip


def test_doctor_tells_what_searchable_copies_cost(machine: Desk) -> None:
    with keeping.archive(machine.archive) as archive:
        keeping.file(archive, "Yth. Camat", layer=True)
    told = verdicts(machine)["reading"]
    assert (told["verdict"], told["reading"]) == ("good", "always")
    assert (told["originals"], told["copies"]) == (10, len(b"%PDF layer of Yth. Camat"))
    settings = machine.archive / "archive.toml"
    settings.write_text(settings.read_text().replace('reading = "always"', 'reading = "on-demand"'))
    assert "made on demand" in machine.types("doctor").out


def test_doctor_tells_of_settings_that_are_not_understood(machine: Desk) -> None:
    settings = machine.archive / "archive.toml"
    settings.write_text(settings.read_text().replace('reading = "always"', 'reading = "sometimes"'))
    answer = machine.types("doctor")
    assert answer.code == 3
    assert 'The setting "reading"' in answer.out
