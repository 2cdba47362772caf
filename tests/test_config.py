"""Settings: what wins, where things lie, and what is said of a mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from arsip.config import Config, config_folder, default_archive, load, state_folder
from arsip.errors import UsageError


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    return {"HOME": str(tmp_path)}


def write(environ: dict[str, str], text: str) -> Path:
    file = config_folder(environ) / "arsip" / "config.toml"
    file.parent.mkdir(parents=True)
    file.write_text(text)
    return file


def test_with_nothing_set_the_archive_is_in_the_home_folder(home: dict[str, str]) -> None:
    assert load(home) == Config(archive=Path(home["HOME"]) / "arsip")


def test_the_archive_is_in_the_documents_folder_that_the_desktop_names(
    home: dict[str, str],
) -> None:
    (Path(home["HOME"]) / "Dokumen").mkdir()
    folder = config_folder(home)
    folder.mkdir()
    (folder / "user-dirs.dirs").write_text('# x\nXDG_DOCUMENTS_DIR="$HOME/Dokumen"\n')
    assert default_archive(home) == Path(home["HOME"]) / "Dokumen" / "arsip"


def test_a_documents_folder_that_is_not_there_is_not_made_up(home: dict[str, str]) -> None:
    environ = home | {"XDG_DOCUMENTS_DIR": str(Path(home["HOME"]) / "Gone")}
    assert default_archive(environ) == Path(home["HOME"]) / "arsip"


def test_on_macos_the_archive_is_in_documents(
    home: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    assert default_archive(home) == Path(home["HOME"]) / "Documents" / "arsip"


def test_flags_win_over_the_environment_which_wins_over_the_file(home: dict[str, str]) -> None:
    write(home, 'archive = "/file"\nlanguages = "eng"\njobs = 3\n')
    assert load(home).archive == Path("/file")
    assert load(home).jobs == 3
    environ = home | {"ARSIP_ARCHIVE": "/environment", "ARSIP_JOBS": "2"}
    assert load(environ).archive == Path("/environment")
    assert load(environ).jobs == 2
    assert load(environ).languages == "eng"
    assert load(environ, archive=Path("/flag")).archive == Path("/flag")


def test_an_empty_variable_says_nothing(home: dict[str, str]) -> None:
    assert load(home | {"ARSIP_JOBS": "", "ARSIP_ARCHIVE": ""}) == load(home)


def test_a_home_folder_in_the_file_is_written_with_a_tilde(
    home: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", home["HOME"])
    write(home, 'archive = "~/kantor"\n')
    assert load(home).archive == Path(home["HOME"]) / "kantor"


def test_limits_are_a_table_of_their_own(home: dict[str, str]) -> None:
    write(home, "[limits]\npages = 10\npage_seconds = 2.5\n")
    limits = load(home).limits
    assert (limits.pages, limits.page_seconds) == (10, 2.5)
    assert limits.file_bytes == 500_000_000


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("archiv = '/x'", "archive"),
        ("[limit]\npages = 1", "limits"),
        ("[limits]\npage = 1", "pages"),
    ],
)
def test_a_mistyped_setting_is_told_with_the_one_that_was_meant(
    home: dict[str, str], text: str, named: str
) -> None:
    write(home, text)
    with pytest.raises(UsageError) as caught:
        load(home)
    assert named in caught.value.hint


def test_a_setting_like_no_other_is_told_with_all_that_there_are(home: dict[str, str]) -> None:
    write(home, "zzz = 1")
    with pytest.raises(UsageError, match="zzz") as caught:
        load(home)
    assert "languages" in caught.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "jobs = -1",
        "jobs = true",
        "jobs = 1.5",
        "wait = 'long'",
        "settle = -1",
        "poll = 0",
        "wait = inf",
        "languages = 'ind; rm'",
        "languages = 3",
        "[limits]\npages = 'many'",
    ],
)
def test_a_value_that_does_not_fit_is_told_with_its_name(home: dict[str, str], text: str) -> None:
    write(home, text)
    with pytest.raises(UsageError, match=text.splitlines()[-1].split()[0]):
        load(home)


def test_a_settings_file_that_was_named_must_be_there(home: dict[str, str]) -> None:
    with pytest.raises(UsageError, match=r"gone\.toml"):
        load(home, file=Path("/gone.toml"))
    with pytest.raises(UsageError, match=r"gone\.toml"):
        load(home | {"ARSIP_CONFIG": "/gone.toml"})


def test_a_settings_file_that_is_not_toml_is_told_with_its_name(home: dict[str, str]) -> None:
    file = write(home, "archive = ")
    with pytest.raises(UsageError, match=str(file)):
        load(home)


def test_a_settings_file_that_cannot_be_read_is_told(home: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        load(home, file=tmp_path)


def test_states_lie_where_the_desktop_wants_them(home: dict[str, str]) -> None:
    assert state_folder(home) == Path(home["HOME"]) / ".local" / "state" / "arsip"
    assert state_folder({"XDG_STATE_HOME": "/s", "HOME": "/h"}) == Path("/s/arsip")
    assert config_folder({"XDG_CONFIG_HOME": "/c", "HOME": "/h"}) == Path("/c")
