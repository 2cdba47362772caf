"""An archive read by docs/format.md alone: nothing of arsip is imported here."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

GOLDEN = Path(__file__).with_name("golden_v1")
DESCRIPTION = (Path(__file__).parents[2] / "docs" / "format.md").read_text(encoding="utf-8")
HEX = re.compile(r"[0-9a-f]{64}")
MEETING = "bc995d8f090a50834a17800e38dae40d917fd70bc91a8e02c37487a22baed309"
DESTROYED = "b270e8ee41293fe3fe7b7507e8ec7d28ebee0c2480000168c984ad190d56f1ae"


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def folders() -> Iterator[Path]:
    return (path for path in sorted(GOLDEN.glob("vault/*/*/*")) if HEX.fullmatch(path.name))


def record(folder: Path, name: str = "record.json") -> dict[str, Any]:
    tree: dict[str, Any] = json.loads((folder / name).read_text("utf-8"))
    return tree


def lines() -> Iterator[tuple[bytes, dict[str, Any]]]:
    for path in sorted(GOLDEN.glob("ledger/[0-9]*.jsonl")):
        for line in path.read_bytes().splitlines():
            yield line, json.loads(line)


def test_the_settings_are_toml_with_the_keys_of_the_table() -> None:
    settings = tomllib.loads((GOLDEN / "archive.toml").read_text("utf-8"))
    assert settings["format"] == 1
    assert re.fullmatch(r"[0-9a-f]{32}", settings["id"])
    assert settings.keys() == {"format", "id", "shelf", "reading", "doubt", "catalog"}


def test_a_folder_is_named_by_the_hash_of_the_file_as_it_came() -> None:
    assert len(list(folders())) == 3
    for folder in folders():
        [original] = folder.glob("original.*")
        content = original.read_bytes()
        assert folder.name == sha256(content)
        assert folder.parent.parts[-2:] == (folder.name[:2], folder.name[2:4])
        known = record(folder)
        assert known["v"] == 1
        assert (known["sha256"], known["size"]) == (folder.name, len(content))
        assert known["original"] == original.name
        assert known["reading"] is None or (folder / known["reading"]).is_file()
        for former in range(1, known["revision"]):
            assert record(folder, f"record.{former}.json")["revision"] == former
        assert ("revised" in known) == (known["revision"] > 1)


def test_every_letter_has_its_fields_with_where_they_stand() -> None:
    letters = {one["id"]: one for folder in folders() for one in record(folder)["letters"]}
    assert {number: one["state"] for number, one in letters.items()} == {
        1: "filed",
        2: "trashed",
        3: "filed",
    }
    fields = letters[1]["fields"]
    assert fields["letter_number"]["value"] == "400.7/12/Ds.Tirta"
    assert fields["date"]["value"] == "2024-03-04"
    assert fields["recipient"]["value"] == ["Ketua RW 01", "Ketua RW 02"]
    assert fields["subject"]["value"] == "Undangan Rapat Koordinasi"
    assert (fields["subject"]["origin"], fields["subject"]["rule"]) == ("person", "Siti")
    assert (fields["sender"]["value"], fields["sender"]["origin"]) == (None, "person")
    doubtful = letters[3]["fields"]["letter_number"]
    assert (doubtful["value"], doubtful["candidate"]) == (None, "R/3/lnsp")
    for letter in letters.values():
        for field in letter["fields"].values():
            assert field["page"] is None or field["page"] in letter["pages"]
            assert field["box"] is None or all(0 <= side <= 1000 for side in field["box"])
            assert 0 <= field["confidence"] <= 1


def test_the_text_is_a_line_a_page_with_the_place_of_every_word() -> None:
    for folder in folders():
        pages = [
            json.loads(line) for line in (folder / "text.jsonl").read_text("utf-8").splitlines()
        ]
        assert [page["number"] for page in pages] == list(range(1, record(folder)["pages"] + 1))
        for page in pages:
            assert page["v"] == 1
            words = " ".join(word[0] for line in page["lines"] for word in line)
            assert " ".join(page["text"].split()) == words
            assert all(len(word) == 6 for line in page["lines"] for word in line)


def test_the_ledger_is_a_chain_and_knows_the_hash_of_every_file() -> None:
    before, noted = "0" * 64, {}
    for number, (line, tree) in enumerate(lines(), 1):
        body, _found, own = line.rpartition(b',"sum":"')
        assert own.decode() == f'{sha256(body)}"}}' == f'{tree["sum"]}"}}'
        assert (tree["v"], tree["seq"], tree["prev"]) == (1, number, before)
        assert dt.datetime.fromisoformat(tree["time"]).tzinfo is not None
        before = sha256(line)
        noted.update(tree["files"])
    there = {path: summed for path, summed in noted.items() if summed}
    kept = {
        path.relative_to(GOLDEN).as_posix(): sha256(path.read_bytes())
        for folder in folders()
        for path in folder.iterdir()
    }
    assert there == kept


def test_what_was_destroyed_left_its_tomb_in_the_ledger() -> None:
    [line] = [tree for _line, tree in lines() if tree["act"] == "destroy"]
    note = line["note"]
    assert (line["ids"], note["sha256"]) == ([4], DESTROYED)
    assert set(line["files"].values()) == {""}
    assert (note["who"], note["why"]) == ("Budi", "Berita acara 1/2024")
    assert json.loads(note["fields"]) == {"4": {"letter_number": "9/Nota", "subject": "Nota"}}
    assert not list(GOLDEN.glob(f"vault/*/*/{DESTROYED}"))


def test_what_was_set_aside_tells_why() -> None:
    [told] = GOLDEN.glob("aside/*/aside.json")
    tree = json.loads(told.read_text("utf-8"))
    assert tree.keys() == {"v", "name", "sha256", "copied", "reason", "note", "since"}
    copy = told.with_name(tree["name"])
    assert tree["copied"]
    assert sha256(copy.read_bytes()) == tree["sha256"]
    assert tree["sha256"][:12] == told.parent.name[-12:]
    assert tree["name"] in told.with_name("ALASAN.txt").read_text("utf-8")


@pytest.mark.parametrize("name", ["record.json", "text.jsonl", "000001.jsonl", "aside.json"])
def test_every_key_of_every_file_is_described(name: str) -> None:
    for path in GOLDEN.rglob(name):
        for line in path.read_text("utf-8").splitlines() if "jsonl" in name else [path.read_text()]:
            keys = set(described(json.loads(line)))
            assert {key for key in keys if not re.search(rf"\b{key}\b", DESCRIPTION)} == set()


def described(tree: dict[str, Any]) -> Iterator[str]:
    """The keys of an object and of those in it, but for names of fields, paths and numbers."""
    for key, value in tree.items():
        yield key
        if key == "fields" and isinstance(value, dict):
            value = next(iter(value.values()), {})
        if key == "files":
            continue
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                yield from described(one)
