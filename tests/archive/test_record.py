import datetime as dt
import json
import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arsip.archive import pagetext, record
from arsip.errors import Damaged
from arsip.fields import (
    BY_NAME,
    COUNT,
    DATE,
    FIELDS,
    NOTE_KIND,
    OCCASION,
    REFERENCES_KIND,
    TAGS_KIND,
    TEXT,
    TEXTS,
    Field,
    Kind,
    Occasion,
    Reference,
)
from arsip.model import Box, Finding, Letter, PageText, Reading, Source, Treatment, Word

NOW = dt.datetime(2024, 3, 15, 8, 30, 5, tzinfo=dt.timezone(dt.timedelta(hours=7)))

permille = st.integers(0, 1000)
boxes = st.builds(Box, permille, permille, permille, permille)
shares = st.floats(0, 1)
# Broken fonts and file names bring lone surrogates; only these can stand in a Python text alone.
texts = st.text(st.characters(codec=None, exclude_characters=""), max_size=30)


references = st.builds(Reference, texts, st.none() | st.dates())
of_kind: dict[Kind[Any], st.SearchStrategy[Any]] = {
    TEXT: texts,
    TEXTS: st.lists(texts, max_size=3).map(tuple),
    DATE: st.dates(),
    COUNT: st.integers(0, 9999),
    REFERENCES_KIND: st.lists(references, max_size=3).map(tuple),
    OCCASION: st.builds(Occasion, texts, st.none() | texts, st.none() | texts),
    TAGS_KIND: st.lists(texts, max_size=3).map(tuple),
    NOTE_KIND: texts,
}


def values(field: Field[Any]) -> st.SearchStrategy[Any]:
    return st.sampled_from(field.choices) if field.choices else of_kind[field.kind]


def findings(field: Field[Any]) -> st.SearchStrategy[tuple[Finding[Any], ...]]:
    one = st.builds(
        Finding,
        value=values(field),
        confidence=shares,
        origin=st.sampled_from(["ocr", "text", "person", "rule"]),
        rule=st.just("label"),
        page=st.none() | st.integers(1, 9),
        box=st.none() | boxes,
        raw=texts,
        doubtful=st.booleans(),
    )
    return st.lists(one, min_size=1, max_size=3).map(tuple)


letters = st.fixed_dictionaries({}, optional={field.name: findings(field) for field in FIELDS}).map(
    Letter
)
words = st.builds(Word, texts, boxes, shares)
pages = st.builds(
    PageText,
    number=st.integers(1, 2000),
    lines=st.lists(st.lists(words, min_size=1, max_size=4).map(tuple), max_size=4).map(tuple),
    origin=st.sampled_from(["ocr", "text"]),
    engine=texts,
    confidence=shares,
    width=st.floats(0, 5000),
    height=st.floats(0, 5000),
    turn=st.sampled_from([0, 90, 180, 270]),
    skew=st.floats(-45, 45),
    blank=st.booleans(),
    unread=st.sampled_from(["", "crashed"]),
    treatment=st.builds(
        Treatment,
        own_text=st.sampled_from(["", "good", "glued"]),
        dpi=st.integers(0, 1200),
        depth=shares,
        steps=st.lists(texts, max_size=3).map(tuple),
        readings=st.lists(st.tuples(texts, shares), max_size=2).map(tuple),
        seconds=st.floats(0, 500),
    ),
)


def reading(letter: Letter, *, name: str = "scan.pdf") -> Reading:
    source = Source(Path("copy"), name, "ab" * 32, 1234, "pdf", NOW)
    return Reading(source, (PageText(1), PageText(2)), letter, ("damaged",), Path("layer.pdf"))


def tree(letter: Letter, **options: Any) -> record.Tree:
    return record.compose(reading(letter, **options), ids=(7,), now=NOW)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(letters)
def test_a_record_gives_back_the_letter_that_was_filed(letter: Letter) -> None:
    kept = record.load(record.write(tree(letter)))
    assert kept.letters[0].letter == letter
    assert kept.ids == (7,)
    assert kept.flags == ("damaged",)
    assert kept.filed_at == NOW


@given(texts)
def test_any_file_name_is_kept_and_shown_as_text(name: str) -> None:
    written = record.write(tree(Letter(), name=name))
    # High and low surrogates side by side are one character to every reader of JSON.
    paired = name.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    assert json.loads(written)["sources"][0]["name"] in {name, paired}
    record.load(written).source.encode()


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(pages, max_size=3).map(tuple))
def test_pages_come_back_with_every_word_and_box(read: tuple[PageText, ...]) -> None:
    assert pagetext.load(pagetext.dump(read)) == read


def test_a_page_read_before_treatments_were_kept_still_loads() -> None:
    dumped = json.loads(pagetext.dump([PageText(1, unread="crashed")]))
    del dumped["treatment"]
    assert pagetext.load(json.dumps(dumped).encode()) == (PageText(1, unread="crashed"),)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(pages, max_size=3, unique_by=lambda page: page.number).map(tuple))
def test_the_text_alone_is_what_the_page_says(read: tuple[PageText, ...]) -> None:
    assert pagetext.texts(pagetext.dump(read)) == {page.number: page.text for page in read}


@given(st.binary(max_size=60))
def test_bytes_that_are_no_record_are_told_as_damage(content: bytes) -> None:
    with pytest.raises(Damaged):
        record.load(content)


@given(st.recursive(st.none() | st.integers() | texts, lambda inner: st.lists(inner, max_size=2)))
def test_a_record_with_a_wrong_part_is_told_as_damage(wrong: Any) -> None:
    for key in ("letters", "sources", "filed_at", "original", "revision"):
        broken = {**tree(Letter()), key: wrong}
        try:
            record.load(record.write(broken))
        except Damaged:
            continue
        # Numbers in texts and names without a folder make records, too.
        assert key in {"letters", "original", "revision"}


@pytest.mark.parametrize("name", ["", ".", "..", "../original.pdf", "a/b", "a\0b"])
def test_a_record_that_points_out_of_its_folder_is_damaged(name: str) -> None:
    with pytest.raises(Damaged):
        record.load(record.write({**tree(Letter()), "original": name}))


@pytest.mark.parametrize("wrong", [b'"\\ud800"', b"1e999", b"9" * 30, b"[[]]", b'{"a":1}', b"true"])
@pytest.mark.parametrize("key", ["resembles", "pages", "page", "raw", "id", "reading", "rule"])
def test_a_record_that_no_catalog_takes_is_damaged_or_read_as_text(key: str, wrong: bytes) -> None:
    found = Finding("Rapat", 0.9, "ocr", "label", page=1, box=Box(10, 90, 20, 99), raw="Hal")
    sound = record.write(tree(Letter({"subject": (found,)})))
    broken, count = re.subn(rb'("%s": )[^,\n]+' % key.encode(), lambda old: old[1] + wrong, sound)
    assert count
    try:
        read = record.load(broken)
    except Damaged:
        return
    (filed,) = read.letters
    finding = filed.letter.findings["subject"][0]
    assert isinstance(finding.raw, str)
    connection = sqlite3.connect(":memory:")
    values = (read.pages, filed.id, finding.page, finding.rule, *(finding.box or ()))
    assert connection.execute("SELECT " + ", ".join("?" * len(values)), values).fetchone() == values
    connection.close()


def test_a_record_of_a_newer_arsip_is_refused_with_the_line_to_type() -> None:
    with pytest.raises(Damaged) as caught:
        record.load(record.write({**tree(Letter()), "v": 2}))
    assert "upgrade" in caught.value.hint


def test_pages_of_a_newer_arsip_are_refused_with_the_line_to_type() -> None:
    newer = pagetext.dump([PageText(1)]).replace(b'"v":1', b'"v":2')
    for read in (pagetext.load, pagetext.texts):
        with pytest.raises(Damaged) as caught:
            read(newer)
        assert "upgrade" in caught.value.hint


def test_pages_that_are_damaged_are_told() -> None:
    for content in (b"{", b"[]\n", b'{"v":1}\n', b'{"v":"x"}\n'):
        for read in (pagetext.load, pagetext.texts):
            with pytest.raises(Damaged):
                read(content)


def test_a_change_leaves_what_a_newer_arsip_added_untouched() -> None:
    first = tree(Letter({"subject": (Finding("Undangan", 0.4, "ocr", doubtful=True),)}))
    first["added"] = {"later": True}
    first["letters"][0]["fields"]["kelak"] = {"value": "2024-04-01", "later": 1}
    first["letters"][0]["fields"]["subject"]["later"] = 2
    said = {"sender": record.dump_findings(BY_NAME["sender"], [Finding("Setda", 1, "person")])}
    revised = record.revise(first, 7, said, hand=record.Hand("Siti"), now=NOW)
    assert revised["added"] == {"later": True}
    assert revised["letters"][0]["fields"]["kelak"] == {"value": "2024-04-01", "later": 1}
    assert revised["letters"][0]["fields"]["subject"]["later"] == 2
    assert revised["revision"] == 2
    assert revised["revised"]["who"] == "Siti"
    assert first["revision"] == 1
    kept = record.load(record.write(revised))
    assert set(kept.letters[0].letter.findings) == {"subject", "sender"}


def test_a_change_touches_only_its_own_letter_of_a_batch() -> None:
    two = record.compose(reading(Letter()), ids=(7, 8), now=NOW)
    said = {"subject": record.dump_findings(BY_NAME["subject"], [Finding("Satu", 1, "person")])}
    kept = record.load(record.write(record.revise(two, 8, said, hand=record.Hand("Siti"), now=NOW)))
    assert [filed.letter.findings.keys() for filed in kept.letters] == [set(), {"subject"}]


def test_a_doubtful_value_is_a_candidate_and_an_emptied_field_says_nothing() -> None:
    doubtful = record.dump_finding(BY_NAME["subject"], Finding("x", 0.2, "ocr", doubtful=True))
    assert (doubtful["value"], doubtful["candidate"]) == (None, "x")
    assert record.load_findings(BY_NAME["subject"], record.emptied(who="Siti")) == ()
