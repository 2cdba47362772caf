"""init, status, verify, rebuild: keeping the archive."""

from __future__ import annotations

from pathlib import Path

from arsip.archive.store import Archive, Seen
from tests.archive.keeping import NOW, archive, clock
from tests.cli.counters import Desk


def leave_something_out(desk: Desk) -> None:
    """One file waits, one was refused, one was set aside."""
    with archive(desk.archive) as kept:
        for name, status, reason in (
            ("growing.pdf", "waiting", "incomplete"),
            ("link.pdf", "refused", "not_a_file"),
            ("done.pdf", "filed", ""),
        ):
            kept.mark(Path("/scan", name), Seen("1:2:3:4:5", status, reason, NOW))
        kept.set_aside(None, name="note.docx", digest="", reason="not_a_document", note="zip")


def test_init_makes_an_archive_once(desk: Desk) -> None:
    first = desk.types("init")
    again = desk.types("init")
    assert (first.code, again.code) == (0, 0)
    assert first.out == f"Made the archive {desk.archive}\n"
    assert again.out == f"The archive is there already: {desk.archive}\n"
    assert (desk.archive / "catalog.sqlite3").is_file()


def test_init_in_a_folder_that_is_named(desk: Desk) -> None:
    [told] = desk.types("init", desk.home / "kantor", "--json").json
    assert told == {"v": 1, "archive": str(desk.home / "kantor"), "made": True}
    [again] = desk.types("init", desk.home / "kantor", "--json").json
    assert again["made"] is False


def test_verify_says_that_all_is_well(office: Desk) -> None:
    for args in (["verify"], ["verify", "--full"], ["verify", "--json"]):
        answer = office.types(*args)
        assert (answer.code, answer.out) == (0, "")
        assert answer.err == "4 files checked: all is well.\n"


def test_verify_finds_rot_when_it_reads_in_full_and_ends_with_7(office: Desk) -> None:
    original = next((office.archive / "vault").rglob("original.*"))
    original.chmod(0o600)
    original.write_bytes(b"x" * original.stat().st_size)
    assert office.types("verify").code == 0
    answer = office.types("verify", "--full")
    assert answer.code == 7
    assert str(original.relative_to(office.archive)) in answer.out
    assert "Error: 1 thing is damaged." in answer.err
    [damage] = office.types("verify", "--full", "--json").json
    assert damage["damage"] == "changed"
    assert damage["path"] == original.relative_to(office.archive).as_posix()


def test_rebuild_makes_the_same_list_again(office: Desk) -> None:
    before = office.types("list", "--json").out
    answer = office.types("rebuild")
    assert answer.out == "Index and shelf made anew: 4 letters.\n"
    assert office.types("rebuild", "--json").json == [{"v": 1, "letters": 4}]
    assert office.types("list", "--json").out == before


def test_an_index_that_is_gone_is_made_anew_and_told(office: Desk) -> None:
    before = office.types("list").out
    for file in office.archive.glob("catalog.sqlite3*"):
        file.unlink()
    answer = office.types("list")
    assert answer.out == before
    assert "made anew from the vault" in answer.err


def test_a_busy_archive_is_waited_for_then_told(office: Desk) -> None:
    other = Archive.open(office.archive, clock=clock)
    with other, other._writer.act():
        answer = office.types("edit", "1", "hal=x", "--wait", "0")
    assert answer.code == 6
    assert "Hint: " in answer.err
