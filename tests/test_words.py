"""Every sentence has its Indonesian twin, and a person is spoken to in their language."""

from __future__ import annotations

import gettext
import re
from string import Formatter

import pytest
from babel.messages.catalog import Message
from babel.messages.mofile import read_mo

from arsip import words
from tests.locale_refresh import MO, extracted, strings, translated

REFRESH = "python tests/locale_refresh.py, then translate what it lists in arsip.po"
OPTION = re.compile(r"--[a-z][a-z-]+")
"""Typed the same in every language."""


def sentences() -> list[Message]:
    return [message for message in extracted() if message.id]


def blanks(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in Formatter().parse(text) if name}


def first(message: Message) -> str:
    """The sentence, in the singular when it has one."""
    return message.id if isinstance(message.id, str) else message.id[0]


def test_no_sentence_lacks_its_indonesian_twin() -> None:
    catalog = translated()
    missing = [
        message.id
        for message in sentences()
        if not (twin := catalog.get(message.id)) or not all(strings(twin)) or twin.fuzzy
    ]
    assert not missing, REFRESH


def test_no_twin_is_left_of_a_sentence_that_is_gone() -> None:
    known = {message.id for message in sentences()}
    assert not [message.id for message in translated() if message.id not in known | {""}], REFRESH


def test_a_twin_has_the_same_blanks_as_its_sentence() -> None:
    for message in translated():
        ids = (message.id,) if isinstance(message.id, str) else message.id
        for twin in strings(message):
            assert blanks(twin) == set().union(*map(blanks, ids)), message.id


def test_a_twin_keeps_the_options_that_are_typed() -> None:
    for message in translated():
        for twin in strings(message):
            assert set(OPTION.findall(twin)) == set(OPTION.findall(first(message))), twin


def test_the_compiled_catalogue_says_what_the_readable_one_says() -> None:
    with MO.open("rb") as file:
        told = {first(message): strings(message) for message in read_mo(file) if message.id}
    kept = {first(m): strings(m) for m in translated() if m.id and all(strings(m))}
    assert told == kept, REFRESH


@pytest.mark.parametrize(
    ("environ", "spoken"),
    [
        ({}, "en"),
        ({"LANG": "id_ID.UTF-8"}, "id"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "id_ID.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"ARSIP_LANG": "id", "LC_ALL": "C.UTF-8"}, "id"),
        ({"ARSIP_LANG": "en", "LANG": "id_ID.UTF-8"}, "en"),
        ({"LANG": "in_ID"}, "id"),
    ],
)
def test_a_person_is_spoken_to_as_they_or_their_locale_say(
    environ: dict[str, str], spoken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ARSIP_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    assert words.language() == spoken


def test_a_sentence_marked_for_later_stays_as_it_is() -> None:
    assert words.N_("Number") == "Number"


def test_indonesian_is_found_where_the_package_is() -> None:
    found = gettext.translation(words.DOMAIN, words.LOCALE, ["id"])
    assert found.gettext("Number") == "Nomor"
    assert found.ngettext("{total} letter found.", "{total} letters found.", 7).endswith(
        "ditemukan."
    )


def test_what_the_system_says_is_told_in_the_reader_s_language(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = gettext.translation(words.DOMAIN, words.LOCALE, ["id"])
    monkeypatch.setattr(words, "_", found.gettext)
    assert words.cause(PermissionError(13, "Permission denied")) == "tidak ada izin"
    assert words.cause(OSError(121, "Remote I/O error")) == "Remote I/O error"
    assert words.cause(ValueError("no UTF-8")) == "no UTF-8"
