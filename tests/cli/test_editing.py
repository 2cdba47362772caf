"""edit: one letter, or all that answer to a query; tags and a note."""

from __future__ import annotations

import io

import pytest

from arsip.archive.store import Archive
from arsip.cli.ingest import values
from arsip.errors import UsageError
from arsip.fields import NOTE, TAGS
from arsip.model import Entry
from tests.cli.counters import Desk


class Keyboard(io.TextIOWrapper):
    """Keys that a person presses at a terminal."""

    def __init__(self, keys: str) -> None:
        super().__init__(io.BytesIO(keys.encode()), encoding="utf-8")

    def isatty(self) -> bool:
        return True


def asked(office: Desk, keys: str, *args: str) -> tuple[int, str, str]:
    """A command that asks, and the keys that a person presses."""
    with office.monkeypatch.context() as patch:
        patch.setattr("arsip.cli.asking.sys", type("Sys", (), {"stdin": Keyboard(keys)}))
        answer = office.types(*args)
    return answer.code, answer.out, answer.err


def test_all_letters_of_a_query_are_changed(office: Desk) -> None:
    answer = office.types("edit", "rapat", "tags=+ijazah", "note=map 3", "--yes")
    assert answer.code == 0
    assert answer.rows == [
        ["1", "Tags", "-", "->", "ijazah"],
        ["1", "Note", "-", "->", "map 3"],
        ["3", "Tags", "-", "->", "ijazah"],
        ["3", "Note", "-", "->", "map 3"],
    ]
    assert answer.err.endswith("2 letters changed.\n")
    again = office.types("edit", "1", "3", "tags=+ijazah")
    assert (again.out, again.err) == ("", "0 letters changed; 2 said so already.\n")


def test_many_are_changed_only_when_somebody_agrees(office: Desk) -> None:
    refused = office.types("edit", "rapat", "tags=x")
    assert refused.code == 2
    assert "--yes" in refused.err
    code, out, err = asked(office, "n\n", "edit", "rapat", "tags=x")
    assert code == 0
    assert "Change 2 letters: Tags: x? [y/N]" in out
    assert "  1  005/17/Umum" in err
    assert err.endswith("Nothing was changed.\n")
    assert asked(office, "", "edit", "rapat", "tags=x")[2].endswith("Nothing was changed.\n")
    assert "Tags" in asked(office, "ya\n", "edit", "rapat", "hal=", "tags=+x,-y")[1]
    assert office.types("list", "tag:x", "--format", "{id} {tags} {subject}").out == "1 x \n3 x \n"


def test_only_some_of_many_are_named_beforehand(office: Desk) -> None:
    office.monkeypatch.setattr("arsip.cli.editing.SHOWN", 1)
    assert "  and 2 more" in office.types("edit", "-zamrud", "tags=x", "--yes").err


def test_secret_letters_are_changed_by_a_query_only_when_asked_for(office: Desk) -> None:
    assert office.types("edit", "kas", "tags=x", "--yes").code == 5
    answer = office.types("edit", "kas", "tags=x", "--yes", "--rahasia")
    assert answer.rows == [["Tags", "-", "->", "x"]]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["1"], "Say what is to be changed."),
        (["hal=Lain"], "Say which letters are to be changed."),
        (["1", "tags=+a,b"], "Type + or - before each of the tags, or before none."),
        (["1", "tags=!"], "Type tags like ijazah"),
        (["1", "note=" + "x" * 2001], "Type a note of at most 2000 signs."),
        (["1", "tanggal=32/1/2024"], "Type a date like 2024-03-15."),
    ],
)
def test_what_makes_no_change_is_told(office: Desk, words: list[str], told: str) -> None:
    answer = office.types("edit", *words)
    assert answer.code == 2
    assert told in answer.err


@pytest.mark.parametrize("typed", ["5/2/2024", "05-02-2024", "5 Februari 2024", "5. 2. 2024"])
def test_days_may_be_typed_as_offices_write_them(office: Desk, typed: str) -> None:
    assert office.types("edit", "1", f"tanggal={typed}").rows[0][-1] == "2024-02-05"


def test_tags_and_note_are_found_shown_listed_and_handed_over(office: Desk) -> None:
    office.types("edit", "1", "tags=Ijazah; Pegawai  Baru", "catatan=asli di map biru")
    for query in ("tag:ijazah", 'label:"pegawai baru"', "tags:baru", "catatan:biru", "note:map"):
        assert office.types("list", query, "--format", "{id}").out == "1\n"
    assert [row[0] for row in office.types("search", "biru").rows] == ["1"]
    shown = dict(row[:2] for row in office.types("show", "1").rows if len(row) > 1)
    assert (shown["Tags"], shown["Note"]) == ("ijazah, pegawai baru", "asli di map biru")
    [row] = office.types("export", "tag:ijazah").json
    assert (row["tags"], row["note"]) == (["ijazah", "pegawai baru"], "asli di map biru")
    [listed] = office.types("list", "tag:ijazah", "--json").json
    assert listed["fields"]["tags"] == ["ijazah", "pegawai baru"]


def test_tags_and_a_note_are_given_to_letters_as_they_come() -> None:
    said = values(["tags=+Ijazah, +baru", "note=map 3"])
    assert said == {TAGS: ("ijazah", "baru"), NOTE: "map 3"}
    with pytest.raises(UsageError):
        values(["tags=-ijazah"])


def test_a_request_to_end_is_heard_between_two_letters(office: Desk) -> None:
    edit = Archive.edit
    office.monkeypatch.setattr(
        "arsip.cli.editing.Breaking.breakable", lambda self: self.heard() if not done else stop()
    )
    done: list[int] = []

    def stop() -> None:
        raise KeyboardInterrupt

    def once(self: Archive, number: int, *args: object, **options: object) -> Entry:
        done.append(number)
        return edit(self, number, *args, **options)  # type: ignore[arg-type]  # passed through

    office.monkeypatch.setattr(Archive, "edit", once)
    answer = office.types("edit", "1", "3", "tags=x", "--json")
    assert answer.code == 130
    assert [letter["id"] for letter in answer.json] == [1]
    assert "1 letter changed; 1 left." in answer.err
