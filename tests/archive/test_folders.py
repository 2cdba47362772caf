"""Scan folders in archive.toml: read, added and taken out without touching what a person wrote."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arsip.archive import folders, hooks, rewriting, settings, subfolders
from arsip.archive.folders import ScanFolder
from arsip.errors import SetupError
from arsip.fields import DATE_OF_LETTER, DIRECTION, DOC_TYPE, SENDER, TAGS, UNIT

TABLE = """
[[folder]]  # the one by the door
path = "/srv/scan"
move = false
recursive = false
settle = 20
patience = 3
poll = 5
language = "ind"
ignore = ["*.bak", "konsep/*"]
subfolders = "{dari}/{tanggal:%Y-%m-%d}"
set = { arah = "masuk", tag = "umum, penting" }
default = { jenis = "undangan", bagian = "Umum" }
"""

PATHS = st.text(
    st.characters(blacklist_characters="\0/", blacklist_categories=["Cs"]), min_size=1, max_size=20
).filter(lambda name: name not in {".", ".."} and name == name.strip())


def test_every_setting_of_a_folder_is_read() -> None:
    [folder] = folders.read(tomllib.loads(TABLE)["folder"])
    assert folder == ScanFolder(
        Path("/srv/scan"),
        move=False,
        recursive=False,
        settle=20.0,
        patience=3.0,
        poll=5.0,
        language="ind",
        ignore=("*.bak", "konsep/*"),
        subfolders="{dari}/{tanggal:%Y-%m-%d}",
        said={DIRECTION: "masuk", TAGS: ("umum", "penting")},
        usual={DOC_TYPE: "undangan", UNIT: "Umum"},
    )


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ('paths = "/a"', "folder.paths"),
        ("move = 1", "folder.move"),
        ("settle = -1", "folder.settle"),
        ("settle = true", "folder.settle"),
        ("poll = 0", "folder.poll"),
        ('poll = "5"', "folder.poll"),
        ('language = "ind eng"', "folder.language"),
        ('ignore = "*.bak"', "folder.ignore"),
        ('subfolders = "{warna}"', "folder.subfolders"),
        ('set = { warna = "merah" }', "folder.set"),
        ('set = { arah = "naik" }', "folder.set"),
        ('default = "masuk"', "folder.default"),
    ],
)
def test_a_setting_that_makes_no_sense_is_named(line: str, name: str) -> None:
    with pytest.raises(ValueError, match=name):
        folders.read(tomllib.loads(f'[[folder]]\npath = "/srv/scan"\n{line}\n')["folder"])


@pytest.mark.parametrize(
    "text", ["folder = 1", "[[folder]]\nmove = true", '[[folder]]\npath = "a"']
)
def test_a_folder_without_a_whole_path_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="folder"):
        folders.read(tomllib.loads(text)["folder"])


def test_one_folder_twice_is_refused() -> None:
    with pytest.raises(ValueError, match=r"folder\.path"):
        folders.read([{"path": "/srv/scan"}, {"path": "/srv/./scan/"}])


def test_what_was_added_can_be_taken_out_and_the_rest_stays_byte_for_byte() -> None:
    [folder] = folders.read(tomllib.loads(TABLE)["folder"])
    before = (
        settings.fresh() + '\n# ours\n[[folder]]\npath = "/srv/a"\n\n# of the hooks\n[[hook]]\n'
    )
    text = folders.added(before, folder)
    assert folders.read(tomllib.loads(text)["folder"])[1] == folder
    assert text.startswith(before)
    less = folders.removed(text, folder.path)
    assert less is not None
    assert less.rstrip("\n") == before.rstrip("\n")
    without = folders.removed(before, Path("/srv/a"))
    assert without is not None
    assert "# ours" in without
    assert "# of the hooks\n[[hook]]\n" in without
    assert "/srv/a" not in without


def test_a_folder_in_a_form_that_cannot_be_taken_apart_is_left_to_a_person() -> None:
    assert folders.removed('folder = [{ path = "/srv/a" }]\n', Path("/srv/a")) is None


@given(name=PATHS, ignore=st.lists(PATHS, max_size=3), settle=st.none() | st.integers(0, 999))
def test_whatever_is_written_is_read_back(name: str, ignore: list[str], settle: int | None) -> None:
    folder = ScanFolder(
        Path("/srv") / name,
        settle=None if settle is None else float(settle),
        ignore=tuple(ignore),
    )
    assert folders.read(tomllib.loads(folders.added("", folder))["folder"]) == (folder,)


def test_the_settings_are_rewritten_in_one_step_or_not_at_all(tmp_path: Path) -> None:
    place = tmp_path / "archive.toml"
    place.write_text(settings.fresh())
    kept = rewriting.rewrite(tmp_path, lambda text: text + TABLE)
    assert [folder.path for folder in kept.folders] == [Path("/srv/scan")]
    before = place.read_bytes()
    for wrong in ("folder = 1\n", "[[folder]\n"):
        with pytest.raises(SetupError):
            rewriting.rewrite(tmp_path, lambda text, wrong=wrong: wrong + text)  # type: ignore[misc]
        assert place.read_bytes() == before


@pytest.mark.parametrize(
    ("rule", "names", "expected"),
    [
        ("{dari}", ["Dinas Arsip"], {SENDER: "Dinas Arsip"}),
        ("{dari}", ["Dinas_Arsip"], {SENDER: "Dinas Arsip"}),
        ("{dari}", [], {}),
        ("{dari}", ["Dinas Arsip", "lain"], {SENDER: "Dinas Arsip"}),
        ("{arah}/{jenis}", ["MASUK", "undangan"], {DIRECTION: "masuk", DOC_TYPE: "undangan"}),
        ("{arah}/{jenis}", ["lain", "undangan"], {DOC_TYPE: "undangan"}),
        ("surat {arah}/*", ["Surat Keluar", "x"], {DIRECTION: "keluar"}),
        ("surat {arah}/{dari}", ["berkas", "Camat"], {}),
        ("{tanggal:%Y-%m-%d}", ["2024-03-15"], {DATE_OF_LETTER: dt.date(2024, 3, 15)}),
        ("{tanggal:%d%m%y}", ["150324"], {DATE_OF_LETTER: dt.date(2024, 3, 15)}),
        ("{tanggal}", ["15 Maret 2024"], {DATE_OF_LETTER: dt.date(2024, 3, 15)}),
        ("{tanggal:%Y}", ["2024"], {}),
        ("{tanggal:%Y}/{dari}", ["2024", "Camat"], {SENDER: "Camat"}),
    ],
)
def test_names_of_subfolders_give_what_they_say_and_nothing_more(
    rule: str, names: list[str], expected: dict[object, object]
) -> None:
    assert subfolders.rule(rule).values(names) == expected


@pytest.mark.parametrize("text", ["{warna}", "{dari", "{dari:%Y}", "{}", "a}b"])
def test_a_rule_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"[{}a-z]"):
        subfolders.rule(text)


def test_a_hook_is_read_and_a_wrong_one_named() -> None:
    [hook] = hooks.read([{"on": "filed", "run": ["/bin/x", "y"], "seconds": 5, "secret": True}])
    assert hook == hooks.Hook("filed", ("/bin/x", "y"), 5.0, secret=True)
    good = {"on": "pass", "run": ["/bin/x"]}
    for name, value in (
        ("on", "often"),
        ("run", "x y"),
        ("run", ["x"]),
        ("run", []),
        ("run", ["/bin/x", 1]),
        ("seconds", 0),
        ("seconds", True),
        ("secret", "no"),
        ("shell", True),
    ):
        with pytest.raises(ValueError, match=rf"hook\.{name}"):
            hooks.read([good | {name: value}])
    with pytest.raises(ValueError, match="hook"):
        hooks.read("x")
