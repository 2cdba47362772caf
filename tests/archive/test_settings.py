from pathlib import Path

import pytest

from arsip.archive import settings
from arsip.errors import SetupError


def written(root: Path, text: str) -> Path:
    (root / "archive.toml").write_text(text, "utf-8")
    return root


def test_fresh_settings_are_read_as_they_are_explained(tmp_path: Path) -> None:
    kept = settings.read(written(tmp_path, settings.fresh()))
    assert kept.shelf == "{year}/{sender}/{date} {number} {subject}"
    assert kept.reading == "always"
    assert kept.doubt == 0.5
    assert kept.catalog == tmp_path / "catalog.sqlite3"
    assert len(kept.id) == 32
    assert settings.fresh() != settings.fresh()


def test_what_a_person_changed_is_taken_and_the_rest_stays_as_usual(tmp_path: Path) -> None:
    text = 'format = 1\nid = "abc"\ncatalog = "/var/lib/arsip/a.sqlite3"\ndoubt = 1\n'
    kept = settings.read(written(tmp_path, text))
    assert kept.catalog == Path("/var/lib/arsip/a.sqlite3")
    assert kept.doubt == 1.0
    assert kept.reading == "always"


@pytest.mark.parametrize(
    "text",
    [
        "format = 2\nid = 'a'",
        "id = 'a'",
        "format = '1'\nid = 'a'",
        "format = 1",
        "format = 1\nid = 7",
        "format = 1\nid = 'a'\nshlef = 'x'",
        "format = 1\nid = 'a'\nreading = 'sometimes'",
        "format = 1\nid = 'a'\ndoubt = 2",
        "format = 1\nid = 'a'\ndoubt = 'much'",
        "format = ",
    ],
)
def test_settings_that_make_no_sense_are_refused_with_their_name(tmp_path: Path, text: str) -> None:
    with pytest.raises(SetupError) as caught:
        settings.read(written(tmp_path, text))
    assert caught.value.hint
    assert caught.value.message


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "archive.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(SetupError):
        settings.read(tmp_path)


def test_where_there_is_no_archive_the_line_to_type_is_told(tmp_path: Path) -> None:
    with pytest.raises(SetupError) as caught:
        settings.read(tmp_path)
    assert caught.value.hint == f"arsip init '{tmp_path}'"


def test_settings_that_cannot_be_read_say_why(tmp_path: Path) -> None:
    (tmp_path / "archive.toml").mkdir()
    with pytest.raises(SetupError, match=r"archive\.toml"):
        settings.read(tmp_path)
