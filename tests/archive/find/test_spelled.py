"""Words that are looked for on pages without asking the index."""

import re

from hypothesis import given
from hypothesis import strategies as st

from arsip.archive import keys
from arsip.archive.find.parts import Forms, Text
from arsip.archive.find.spelled import Spelled

WORDS = st.text("abi", min_size=1, max_size=3)


def stands(form: Text | Forms, text: str) -> bool:
    return Spelled(form).first_on(keys.parted(text)) is not None


@given(st.lists(WORDS, max_size=12), st.lists(WORDS, min_size=1, max_size=4))
def test_a_form_stands_on_a_page_when_it_is_one_of_its_words(
    page: list[str], forms: list[str]
) -> None:
    form = Forms("a", "stem", tuple(forms))
    assert stands(form, ", ".join(page)) == any(word in page for word in forms)


@given(
    page=st.lists(WORDS, max_size=12),
    words=st.lists(WORDS, min_size=1, max_size=3),
    prefix=st.booleans(),
)
def test_words_side_by_side_stand_in_their_order(
    page: list[str], words: list[str], *, prefix: bool
) -> None:
    text, asked = " / ".join(page).upper(), " ".join(words)
    wanted = re.compile(rf"\b{asked}" + (r"\w*" if prefix else r"\b"))
    assert stands(Text(asked, prefix=prefix), text) == bool(wanted.search(keys.words(text)))


def test_accents_and_signs_are_as_in_the_index() -> None:
    assert stands(Text("cafe"), "Le Café-Bar")
    assert stands(Text("café bar"), "le cafe-bar")
    assert not stands(Text("caf"), "café")


def test_a_page_that_speaks_of_something_else_does_not_count() -> None:
    form = Forms("undangan", "stem", ("undang",), "undang undang")
    assert stands(form, "kami undang")
    assert not stands(form, "menurut undang-undang, kami undang")


def test_of_several_forms_the_likeliest_is_told() -> None:
    laws = Forms("undangan", "stem", ("undang",), "undang undang")
    sought = Spelled(Text("undangan"), laws, Text("rap", prefix=True))
    assert sought.first_on(keys.parted("Rapat: kami undang, undangan")) == 0
    assert sought.first_on(keys.parted("Rapat: kami undang")) == 1
    assert sought.first_on(keys.parted("Rapat: undang-undang")) == 2
    assert sought.first_on(keys.parted("gundangan")) is None


def test_places_are_those_of_the_text() -> None:
    text = "Rapat (É) rapat kerja"
    sought = Spelled(Text("rapat"), Text("e"), Text("rapat kerja"))
    places = sought.places(keys.sign_for_sign(text))
    assert sorted(text[start:end] for start, end in places) == [
        "Rapat", "rapat", "rapat kerja", "É",
    ]  # fmt: skip
