"""search and list: what a person, a pipe and a script are told."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from arsip.archive.export import NAMES
from arsip.archive.find.query import WAYS, Query, parse
from arsip.archive.find.search import Hits
from arsip.archive.reader import Reader
from arsip.archive.store import Archive
from arsip.cli.answers import HOW, OF_HIT
from arsip.model import Entry
from tests.archive.keeping import NOW, clock
from tests.cli.counters import Desk


def test_a_hit_is_one_line_in_a_pipe_with_its_match_marked(office: Desk) -> None:
    answer = office.types("search", "stunting")
    assert answer.code == 0
    [[number, page, letter, date, sender, subject, snippet]] = answer.rows
    assert (number, page, letter, date) == ("1", "1", "005/17/Umum", "2024-03-11")
    assert (sender, subject) == ("Kecamatan Mekarsari", "Undangan Rapat Stunting")
    assert "«stunting»" in snippet
    assert answer.err == "1 letter found.\n"


def test_who_searches_one_word_that_is_nowhere_is_not_told_to_use_fewer(office: Desk) -> None:
    for text in ("xqzwvk", "'", '""'):
        assert "Use another word, or the start of one" in office.types("search", text).err
    assert "Use fewer words, or the start of one" in office.types("search", "xqzwvk kwvzqx").err


def test_a_hit_in_json_has_the_keys_of_the_contract(office: Desk) -> None:
    [hit] = office.types("search", "--json", "stunting").json
    assert set(hit) == {"v", "id", "score", "page", "snippet", "fields"}
    assert (hit["v"], hit["id"], hit["page"]) == (1, 1, 1)
    assert hit["fields"]["recipient"] == ["Lurah Cibogo", "Lurah Sukasari"]
    assert hit["fields"]["date"] == "2024-03-11"
    assert hit["fields"]["urgency"] is None


def test_a_doubtful_value_is_marked_for_a_person_and_left_out_of_json(office: Desk) -> None:
    [row] = office.types("search", '"permohonan"').rows
    assert row[2] == "800/l4/BKD ?"
    [hit] = office.types("search", '"permohonan"', "--json").json
    assert hit["fields"]["letter_number"] is None


def test_a_person_sees_the_place_of_each_hit_and_how_to_open_it(office: Desk) -> None:
    answer = office.sees("search", "rapat")
    assert "[1] " in answer.out
    assert "[2] " in answer.out
    assert "Undangan Rapat Stunting  (letter 1, page 1)" in answer.out
    assert "arsip open --hit 1" in answer.err


def test_matches_are_bold_where_there_is_colour(office: Desk) -> None:
    assert "\x1b[1mstunting\x1b[0m" in office.sees("search", "stunting", colour=True).out


def test_a_hit_fits_the_terminal_whatever_its_width(office: Desk) -> None:
    for columns in (20, 40, 60, 100, 200):
        office.monkeypatch.setenv("COLUMNS", str(columns))
        for query in ("rapat", "catatan"):
            out = office.sees("search", query, "--explain").out
            assert max(map(len, out.splitlines())) <= columns
            assert "letter" in out


def test_each_hit_tells_which_word_matched_how(office: Desk) -> None:
    [hit] = office.types("search", "--json", "--explain", "STUNTING", "17").json
    assert hit["explain"] == [
        {"word": "STUNTING", "matched": "Stunting", "how": "exact"},
        {"word": "17", "matched": "17", "how": "exact"},
        {"word": "17", "matched": "005/17/Umum", "how": "exact"},
    ]
    seen = office.sees("search", "stunt*", "--explain").out
    assert "Found by: stunt* → Stunting (as typed)" in seen
    [row] = office.types("search", "--explain", "hadir").rows
    assert row[-1] == "hadir=hadir:exact"


def test_every_way_of_matching_has_words_for_a_person() -> None:
    assert set(HOW) == {"exact", *WAYS}


def test_words_are_widened_as_it_was_asked_for(
    office: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[frozenset[str]] = []

    def search(_reader: Reader, query: Query, **_options: object) -> Hits:
        asked.append(query.ways)
        return Hits((), 1)

    monkeypatch.setattr(Reader, "search", search)
    office.types("search", "rapat")
    office.types("search", "rapat", "--exact")
    office.types("search", "rapat", "--widen", "stem, misread")
    assert asked == [frozenset(WAYS), frozenset(), frozenset({"stem", "misread"})]
    assert office.types("search", "rapat", "--widen", "magic").code == 2


def test_changing_many_letters_goes_by_the_words_as_typed(
    office: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[frozenset[str]] = []

    def select(_reader: Reader, query: Query, **_options: object) -> Iterator[Entry]:
        asked.append(query.ways)
        return iter(())

    monkeypatch.setattr(Reader, "select", select)
    office.types("edit", "rapat", "tags=+x", "--yes")
    office.types("list", "rapat", "--exact")
    office.types("list", "rapat")
    assert asked == [frozenset(), frozenset(), frozenset(WAYS)]


def test_hits_for_a_spreadsheet_have_their_place_and_page(office: Desk) -> None:
    answer = office.types("search", "rapat", "--csv", "--sort", "oldest")
    rows = list(csv.DictReader(io.StringIO(answer.out)))
    assert [(row["hit"], row["id"], row["page"]) for row in rows] == [
        ("1", "3", "1"), ("2", "1", "1"),
    ]  # fmt: skip
    assert "«rapat»" in rows[0]["snippet"]
    assert rows[1]["sender"] == "Kecamatan Mekarsari"


def test_what_a_hit_has_is_called_like_nothing_that_its_letter_has() -> None:
    assert not set(OF_HIT) & set(NAMES)


def test_hits_by_a_template(office: Desk) -> None:
    answer = office.types("search", "stunting", "--format", "{hit}/{id}/{page}: {date} {snippet}")
    assert answer.out == "1/1/1: 2024-03-11 Mohon hadir pada rapat «stunting» di aula\n"
    assert office.types("search", "stunting", "--format", "{id}\\n{id}").out == "1\n1\n"
    wrong = office.types("search", "stunting", "--format", "{colour}")
    assert (wrong.code, wrong.out) == (2, "")
    assert "snippet" in wrong.err


@pytest.mark.parametrize("command", ["search", "list"])
def test_two_forms_of_answer_are_a_mistake(office: Desk, command: str) -> None:
    answer = office.types(command, "rapat", "--json", "--csv")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("Error: Ask for one form of answer, not for --json, --csv.")


def test_words_that_no_hit_says_are_told(office: Desk) -> None:
    told = office.types("search", "stuntnig", "rapat").err
    assert "No hit says “stuntnig”, only words that look like it." in told
    assert "No hit says" not in office.types("search", "stunting", "rapat").err


def test_ways_to_widen_and_none_at_once_are_a_mistake(office: Desk) -> None:
    answer = office.types("search", "rapat", "--exact", "--widen", "stem")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("Error: Ask for --exact or for --widen, not for both.")


@pytest.mark.parametrize("sort", ["number", "sender"])
def test_hits_are_sorted_by_what_the_letters_say(office: Desk, sort: str) -> None:
    assert [row[0] for row in office.types("search", "rapat", "--sort", sort).rows] == ["1", "3"]


def test_past_the_last_hit_nothing_is_told_but_how_many_there_are(office: Desk) -> None:
    answer = office.types("search", "rapat", "--offset", "9")
    assert (answer.code, answer.out) == (0, "")
    assert answer.err == "2 letters found. None is shown from --offset 9 on.\n"


def test_a_word_finds_its_other_forms_and_tells_how(office: Desk) -> None:
    for typed, word, how in (
        ("stuntnig", "Stunting", "misread"),
        ("menghadiri", "hadir", "stem"),
        ("pertemuan", "Rapat", "synonym"),
    ):
        [row, *_others] = office.types("search", "--explain", typed).rows
        assert f"{typed}={word}:{how}" in row[7].split()
        assert office.types("search", "--widen", how, typed).rows[0][0] == row[0]
        assert office.types("search", "--exact", typed).code == 5
        assert office.types("search", "--widen", "spelling", typed).code == 5
        assert office.types("search", f'"{typed}"').code == 5


def test_nothing_found_names_what_would_find_something(office: Desk) -> None:
    told = office.types("search", "--exact", "stuntnig").err
    assert told.endswith("Did you mean this? arsip search stunting\n")
    told = office.types("list", "-(stunting)", "nomor:99", "stunting").err
    assert told.startswith("Error: No letter answers to: -(stunting) nomor:99 stunting\n")
    told = office.types("search", "sifat:rahasia").err
    assert told.endswith("arsip search --rahasia sifat:rahasia\n")
    told = office.types("export", '"rapat stuntin"').err
    assert told.endswith("""arsip export '"rapat stunting"'\n""")
    told = office.types("search", "--exact", "--", "-cuti", "stuntinh").err
    assert told.endswith("arsip search -- '-cuti stunting'\n")
    told = office.types("search", "--", "rapat", "--stunting", "xyzzyq").err
    assert told.endswith("arsip search 'rapat --stunting'\n")
    assert office.types("search", "rapat --stunting").code == 0


def test_a_field_by_another_name_is_told_ready_to_be_typed(office: Desk) -> None:
    told = office.types("search", "judul:rapat", "stunting")
    assert told.code == 5
    assert told.err.endswith("arsip search hal:rapat stunting\n")


def test_a_person_sees_what_the_nearest_query_finds_and_can_open_it(office: Desk) -> None:
    told = office.sees("search", "rapat", "stuntign", "xyzzyq")
    assert told.code == 5
    assert "Did you mean this?\n" in told.err
    assert "[1] " in told.out
    first = office.types("search", "rapat stunting", "--json").json[0]["id"]
    assert office.types("show", "--hit", "1", "--json").json[0]["id"] == first
    assert office.sees("search", "sifat:rahasia").out == ""
    assert office.sees("search", "--paths", "rapat stuntign xyzzyq").out == ""


def test_nothing_found_is_a_sentence_and_code_5(office: Desk) -> None:
    answer = office.types("search", "zamrud")
    assert (answer.code, answer.out) == (5, "")
    assert answer.err.startswith("Error: No letter answers to: zamrud\nHint: ")


def test_a_very_long_query_is_not_repeated_whole(office: Desk) -> None:
    told = office.types("search", "zamrud " * 100).err
    assert "…\nHint: " in told
    assert len(max(told.splitlines(), key=len)) < 250


def test_a_word_with_a_dash_must_not_stand_in_the_letter(office: Desk) -> None:
    assert [row[0] for row in office.types("search", "rapat", "-stunting").rows] == ["3"]
    assert [row[0] for row in office.types("search", "-stunting", "rapat").rows] == ["3"]


def test_after_two_dashes_everything_is_the_query(office: Desk) -> None:
    answer = office.types("search", "--json", "--", "--hostile", '"', "-0")
    assert answer.code == 5
    assert "--hostile" in answer.err


def test_a_mistyped_option_is_told_not_looked_for(office: Desk) -> None:
    answer = office.types("search", "rapat", "--limt", "3")
    assert answer.code == 2
    assert "--limit" in answer.err
    assert "arsip search --help" in answer.err


def test_no_query_is_a_mistake_with_something_to_type(office: Desk) -> None:
    answer = office.types("search")
    assert answer.code == 2
    assert answer.err == "Error: QUERY... is missing.\nHint: arsip search --help\n"


def hostile() -> st.SearchStrategy[str]:
    """Strings of what means something to arsip, to FTS5, to SQL, to shells and to formats."""
    pieces = st.sampled_from(
        ["rapat", "OR", "AND", "NOT", "NEAR(", "-", "--", '"', "'", "(", ")", "*", ":", "^", "{",
         "}", "hal:", "tanggal:", "page:", "has:", "is:", "nomor:", "after:", "..", "99999999",
         "%", "_", ";", "\\", "/", "\x00", "\x02", "\x03", "\x1b[2J", "\u202e", "\ud800", "«", "»",
         "{0}", "%s", "$(x)", "`x`", "é", "字", "İ", "ß", " ", "\t", "\n", "005/l23", "bulan lalu"]
    )  # fmt: skip
    return st.lists(pieces, max_size=12).map("".join) | st.lists(pieces, max_size=12).map(" ".join)


@settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.text(min_size=1, max_size=40) | hostile())
@example('"')
@example("AND")
@example("nomor:")
@example("tanggal:kemarin dulu")
@example("\x00")
@example("\udce9")
def test_no_query_ends_in_an_error_of_the_program(office: Desk, query: str) -> None:
    assert office.types("search", "--", query).code in {0, 5}
    assert office.types("list", "--exact", "--", query).code in {0, 5}


def test_what_may_have_been_meant_is_told_too(office: Desk) -> None:
    for typed, told in (
        ("jenis:undagan", "was looked for as words. Did you mean jenis:undangan?"),
        ("bahasa:jepang", "was looked for as words. It can be: id, en, mixed"),
        ("jenis:brosur", "It can be: surat_dinas, undangan, "),
        ("tahun:2019", "was looked for as words. Did you mean tanggal:2019?"),
        ("warna:merah", "“warna:merah” names no field; it was looked for as words."),
    ):
        [line, *_others] = office.types("search", "rapat", typed).err.splitlines()
        assert told in line
    assert "…" in office.types("search", "jenis:brosur").err.splitlines()[0]
    assert office.types("search", "type:invitation").rows[0][0] == "1"


def test_a_long_part_that_was_not_understood_is_told_in_short(office: Desk) -> None:
    answer = office.types("search", "(" * 10_000)
    assert answer.code == 5
    assert len(answer.err) < 1_000
    assert "((( …” holds no letter or digit" in answer.err


def test_secret_letters_are_found_only_when_asked_for(office: Desk) -> None:
    assert office.types("search", "pemeriksaan").code == 5
    assert [row[0] for row in office.types("search", "pemeriksaan", "--rahasia").rows] == ["2"]


def test_limit_and_offset_take_a_part_and_say_how_to_go_on(office: Desk) -> None:
    answer = office.types("search", "rapat", "--limit", "1", "--sort", "newest")
    assert [row[0] for row in answer.rows] == ["1"]
    assert "Shown: 1 to 1. For more: --offset 1" in answer.err
    rest = office.types("search", "rapat", "--offset", "1", "--sort", "newest")
    assert [row[0] for row in rest.rows] == ["3"]
    assert "--offset" not in rest.err


def test_oldest_comes_first_when_asked_for(office: Desk) -> None:
    rows = office.types("search", "rapat", "--sort", "oldest").rows
    assert [row[0] for row in rows] == ["3", "1"]


@pytest.mark.parametrize(
    "option", [("--limit", "many"), ("--offset", "-1"), ("--sort", "best"), ("--wait", "long")]
)
def test_a_value_that_does_not_fit_names_its_option(office: Desk, option: tuple[str, str]) -> None:
    answer = office.types("search", "rapat", *option)
    assert answer.code == 2
    assert answer.err.startswith(f"Error: {option[0]}: ")


@pytest.mark.parametrize("option", ["--limit", "--offset", "--sort", "--widen"])
@pytest.mark.parametrize("behind", [[], ["--json"], ["--", "rapat"]])
def test_a_value_that_was_forgotten_is_told(office: Desk, option: str, behind: list[str]) -> None:
    answer = office.types("search", "rapat", option, *behind)
    assert (answer.code, answer.out) == (2, "")
    told = f"Error: The option {option} needs a value.\nHint: arsip search --help\n"
    assert answer.err == told


def test_a_number_below_nothing_is_told_and_no_hit_may_be_asked_for(office: Desk) -> None:
    answer = office.types("search", "rapat", "--limit", "-1")
    assert answer.err.startswith("Error: --limit: “-1” is less than 0.\n")
    answer = office.types("search", "rapat", "--limit", "0")
    assert (answer.code, answer.out) == (0, "")
    assert answer.err == "2 letters found. None is shown, for --limit is 0.\n"


def test_paths_are_files_for_another_program(office: Desk) -> None:
    answer = office.types("search", "rapat", "--paths")
    paths = [Path(line) for line in answer.out.splitlines()]
    assert len(paths) == 2
    assert all(path.is_file() for path in paths)
    assert office.types("search", "stunting", "-0").raw == f"{paths[0]}\0".encode()


def test_quiet_leaves_the_answer_alone(office: Desk) -> None:
    answer = office.types("-q", "search", "stunting")
    assert answer.err == ""
    assert answer.rows


def test_an_answer_that_ranked_only_a_part_says_so(
    office: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Archive.open(office.archive, clock=clock) as archive:
        found = archive.search(parse("rapat", today=NOW.date()))
    monkeypatch.setattr(Reader, "search", lambda *_args, **_options: found._replace(exact=False))
    assert "More than 2 letters found" in office.types("search", "rapat").err


def test_a_letter_found_by_its_fields_alone_has_no_page(office: Desk) -> None:
    answer = office.types("search", "dari:mekarsari")
    assert answer.rows[0][0] == "1"
    assert "(letter 1" in office.sees("search", "dari:mekarsari").out


def test_there_must_be_an_archive(desk: Desk) -> None:
    answer = desk.types("search", "rapat")
    assert answer.code == 3
    assert "init" in answer.err


def test_the_archive_can_be_named_before_or_after_the_command(office: Desk, tmp_path: Path) -> None:
    office.archive.rename(tmp_path / "other")
    before = office.types("--archive", tmp_path / "other", "search", "stunting")
    after = office.types("search", "stunting", "--archive", tmp_path / "other")
    joined = office.types("search", f"--archive={tmp_path / 'other'}", "stunting")
    assert before == after == joined
    assert before.code == 0
