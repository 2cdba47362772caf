"""What speaks for a letter: by which ways its words were found, and where they stand."""

from __future__ import annotations

from arsip.archive import places
from arsip.archive.find.tally import BODY, FRONT, PAGE, UNLIKELY, Tally

FIRST, SECOND = 7, 8
"""Places of two letters."""


def page(letter: int, number: int = 1) -> int:
    return places.page_id(letter, number)


def test_a_letter_has_the_score_of_its_best_page() -> None:
    tally = Tally()
    tally.words("rapat", "exact", [page(FIRST, 1), page(FIRST, 2)])
    tally.words("bupati", "stem", [page(FIRST, 2)])
    assert tally.scores({FIRST, SECOND}) == {FIRST: BODY["exact"] + BODY["stem"], SECOND: 0.0}
    assert tally.best_pages([FIRST, SECOND]) == {FIRST: page(FIRST, 2), SECOND: 0}


def test_a_word_that_is_found_again_in_a_better_way_counts_by_that_alone() -> None:
    tally = Tally()
    tally.words("rapat", "misread", [page(FIRST)])
    assert tally.scores({FIRST}) == {FIRST: BODY["misread"]}
    tally.words("rapat", "exact", [page(FIRST)])
    tally.words("rapat", "stem", [page(FIRST)])
    assert tally.scores({FIRST}) == {FIRST: BODY["exact"]}


def test_the_front_of_the_card_counts_beside_the_pages() -> None:
    tally = Tally()
    tally.words("rapat", "synonym", [page(FIRST, 0), page(SECOND)])
    assert tally.scores({FIRST}) == {FIRST: BODY["synonym"] + FRONT["synonym"]}


def test_a_letter_with_unlikely_forms_alone_goes_behind() -> None:
    tally = Tally()
    tally.words("rapat", "far", [page(FIRST), page(SECOND)])
    tally.words("rapat", "exact", [page(SECOND)])
    scores = tally.scores({FIRST, SECOND})
    assert scores == {FIRST: BODY["far"] - UNLIKELY, SECOND: BODY["exact"]}


def test_words_of_which_no_letter_has_more_than_what_may_be_misread_are_guessed() -> None:
    tally = Tally()
    tally.words("banjir", "misread", [page(FIRST)])
    tally.words("banjir", "far", [page(SECOND)])
    tally.words("desa", "misread", [page(FIRST)])
    tally.words("desa", "stem", [page(FIRST, 2), page(SECOND)])
    tally.words("undangan", "aside", [page(FIRST), page(SECOND)])
    words = ["banjir", "desa", "undangan", "cuti"]
    assert tally.guessed({FIRST, SECOND}, words) == ("banjir",)
    assert tally.guessed({SECOND}, words) == ("banjir",)
    assert tally.guessed({FIRST, SECOND, 9}, words) == tally.guessed(set(), words) == ()
    assert tally.guessed({SECOND}, ["desa"]) == ()


def test_a_page_that_was_asked_for_is_no_word_that_was_typed() -> None:
    tally = Tally()
    tally.words("rapat", "exact", [page(FIRST, 2), page(SECOND, 2)])
    tally.words("rapat", "stem", [page(FIRST, 1)])
    tally.page([page(FIRST, 2)])
    assert tally.as_typed({FIRST, SECOND}) == len((FIRST, SECOND))
    assert tally.scores({FIRST}) == {FIRST: BODY["exact"] + PAGE}
    assert tally.best_pages([FIRST]) == {FIRST: page(FIRST, 2)}
