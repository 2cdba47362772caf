from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from arsip.errors import SetupError
from arsip.scan import engines
from arsip.scan.engines import MODELS, candidates, choose


def program(
    folder: Path,
    version: str,
    *languages: str,
    name: str = "tesseract",
    models: Path = Path("/models"),
) -> Path:
    """A script that answers like Tesseract."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    listing = "\n".join(
        [f'List of available languages in "{models}" ({len(languages)}):', *languages]
    )
    path.write_text(
        "#!/bin/sh\n"
        f'[ "$1" = --version ] && echo "tesseract {version}" && exit\n'
        f"cat <<END\n{listing}\nEND\n"
    )
    path.chmod(0o755)
    return path


def path_of(folder: Path) -> dict[str, str]:
    return {"PATH": f"{folder}{os.pathsep}/usr/bin{os.pathsep}/bin"}


@pytest.fixture
def no_wheel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "_bundled", lambda _environ: None)


@pytest.fixture(autouse=True)
def no_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without the extra, whether this one has it or not."""
    monkeypatch.setattr(engines, "LIBRARY", "no_such_library")


def test_the_newer_of_system_and_bundled_is_chosen(tmp_path: Path) -> None:
    bundled = next(engine for engine in candidates({"PATH": ""}) if engine.bundled)
    program(tmp_path / "old", "4.1.1", "eng", "ind", "osd")
    assert choose(path_of(tmp_path / "old")) == bundled
    new = program(tmp_path / "new", "99.0.1", "eng", "ind")
    chosen = choose(path_of(tmp_path / "new"))
    assert chosen.executable == new
    assert not chosen.bundled
    assert chosen.label == "tesseract 99.0.1"


def test_a_newer_system_engine_without_indonesian_is_passed_over(tmp_path: Path) -> None:
    program(tmp_path, "99.0", "eng")
    assert choose(path_of(tmp_path)).bundled


def test_between_equals_the_systems_own_is_taken(tmp_path: Path) -> None:
    bundled = choose({"PATH": ""})
    own = program(tmp_path, ".".join(map(str, bundled.version)), "eng", "ind")
    assert choose(path_of(tmp_path)).executable == own


def test_the_bundled_engine_has_the_model_that_comes_with_arsip() -> None:
    bundled = choose({"PATH": ""})
    assert bundled.bundled
    assert {"ind", "eng"} <= bundled.languages
    assert (MODELS / "ind.traineddata").stat().st_size > 1_000_000


def test_the_bundled_engine_on_the_path_plays_the_systems_own(tmp_path: Path) -> None:
    bundled = choose({"PATH": ""})
    models = tmp_path / "models"
    models.mkdir()
    for home in bundled.models:
        for model in home.glob("*.traineddata"):
            shutil.copy(model, models)
    script = tmp_path / "bin" / "tesseract"
    script.parent.mkdir()
    script.write_text(f'#!/bin/sh\nTESSDATA_PREFIX={models} exec {bundled.executable} "$@"\n')
    script.chmod(0o755)
    chosen = choose(path_of(script.parent))
    assert chosen.executable == script
    assert chosen.version == bundled.version


def test_an_engine_that_is_named_stands_alone(tmp_path: Path) -> None:
    named = program(tmp_path / "mine", "4.0.0", "eng", "ind", name="my-tesseract")
    environ = {**path_of(tmp_path), "ARSIP_TESSERACT": str(named)}
    assert [engine.executable for engine in candidates(environ)] == [named]
    assert choose(environ).version == (4, 0, 0)


def test_a_name_that_answers_nothing_is_an_error_of_the_set_up(tmp_path: Path) -> None:
    environ = {**path_of(tmp_path), "ARSIP_TESSERACT": str(tmp_path / "nowhere")}
    with pytest.raises(SetupError, match="nowhere") as caught:
        choose(environ)
    assert caught.value.hint == "unset ARSIP_TESSERACT"


@pytest.mark.usefixtures("no_wheel")
def test_a_machine_without_tesseract_gets_the_line_to_type(tmp_path: Path) -> None:
    with pytest.raises(SetupError) as caught:
        choose({"PATH": str(tmp_path)})
    assert caught.value.hint.startswith("apt install tesseract-ocr tesseract-ocr-ind")


@pytest.mark.usefixtures("no_wheel")
def test_a_missing_model_is_named_with_its_package(tmp_path: Path) -> None:
    program(tmp_path, "5.3.0", "eng")
    with pytest.raises(SetupError, match="jav") as caught:
        choose(path_of(tmp_path), languages=["eng", "jav"])
    assert "tesseract-ocr-jav" in caught.value.hint


def test_without_the_wheel_there_is_no_bundled_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    assert candidates({"PATH": ""}) == []


def test_a_wheel_for_another_machine_is_no_engine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Spec:
        origin = str(tmp_path / "__init__.py")

    monkeypatch.setattr("importlib.util.find_spec", lambda _name: Spec)
    assert candidates({"PATH": ""}) == []


def test_a_program_that_does_not_answer_in_time_is_no_engine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "ASK_SECONDS", 0.1)
    slow = tmp_path / "tesseract"
    slow.write_text("#!/bin/sh\nexec sleep 5\n")
    slow.chmod(0o755)
    assert [engine for engine in candidates(path_of(tmp_path)) if not engine.bundled] == []


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The main file of a package that answers like the library."""
    home = tmp_path / "packages" / "a_library"
    home.mkdir(parents=True)
    (home / "__init__.py").write_text("def tesseract_version(): return 'tesseract 5.0.1'\n")
    monkeypatch.setattr(engines, "LIBRARY", home.name)
    monkeypatch.syspath_prepend(home.parent)
    monkeypatch.setenv("PYTHONPATH", str(home.parent))
    return home / "__init__.py"


def here(folder: Path) -> dict[str, str]:
    return {**os.environ, **path_of(folder)}


def test_the_library_is_chosen_before_a_newer_program(tmp_path: Path, library: Path) -> None:
    program(tmp_path, "99.0", "eng", "ind")
    chosen = choose(here(tmp_path))
    assert chosen.resident
    assert chosen.executable == library.parent
    assert chosen.label == "tesseract 5.0.1"
    assert {"ind", "eng"} <= chosen.languages


def test_who_names_a_program_gets_it_and_not_the_library(tmp_path: Path, library: Path) -> None:
    assert library.exists()
    named = program(tmp_path, "4.0.0", "eng", "ind")
    environ = {**here(tmp_path), "ARSIP_TESSERACT": str(named)}
    assert choose(environ).executable == named


def test_the_library_reads_with_the_models_of_the_system_too(tmp_path: Path, library: Path) -> None:
    assert library.exists()
    own = program(tmp_path, "5.3.0", "eng", "jav", models=tmp_path)
    (tmp_path / "jav.traineddata").touch()
    assert choose(here(tmp_path), languages=["ind", "jav"]).resident
    (tmp_path / "jav.traineddata").unlink()
    assert choose(here(tmp_path), languages=["eng", "jav"]).executable == own


@pytest.mark.parametrize("fault", ["raise ImportError('no libc of that age')", "exit(3)"])
def test_a_library_that_does_not_load_is_no_engine(
    tmp_path: Path, library: Path, fault: str
) -> None:
    library.write_text(f"{fault}\n")
    assert not any(engine.resident for engine in candidates(here(tmp_path)))
