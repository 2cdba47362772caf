"""How words and numbers are folded so that they can be compared.

The catalog writes these keys and the search asks for them: both must fold alike.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any, Final

from arsip.archive import signs
from arsip.fields import DATE, FIELDS, LETTER_NUMBER, SENDER, SUBJECT, Field
from arsip.model import Letter

BETWEEN: Final = "\ue000"
"""Parts values that are no neighbours: a word to the index, and to nobody else."""

_LOOK_ALIKES: Final = str.maketrans("oiljsbz", "0111582")
"""Letters that OCR takes for digits and back; folded everywhere, so that both sides agree."""

_ON_FRONT: Final = (LETTER_NUMBER, SUBJECT, SENDER)
_FOLDED: Final = [chr(code).lower() if chr(code).isalnum() else " " for code in range(128)]
"""Of each ASCII sign what it is among words."""
_WORD_SIGNS: Final = "".join(_FOLDED).encode() * 2
"""The same for bytes: to translate them is four times as fast as text."""


def words(text: str) -> str:
    """The words of a text in lower case without accents, parted by one blank."""
    return " ".join(parted(text).split())


def parted(text: str) -> str:
    """The same with a blank for each sign that is in no word, and one at both ends."""
    return _parted(text if text.isascii() else _replaced(text, signs.plain))


def sign_for_sign(text: str) -> str:
    """The same in which each sign keeps its place, one to the right."""
    return _parted(text if text.isascii() else _replaced(text, _plain_sign))


def apart(text: str) -> str:
    """The text with blanks around signs that the index takes for letters, such as bullets."""
    return text if text.isascii() else _replaced(text, _apart)


def _parted(text: str) -> str:
    if text.isascii():
        return f" {text} ".encode("ascii").translate(_WORD_SIGNS).decode("ascii")
    return f" {text} ".translate(_FOLDED)


def _replaced(text: str, by: Callable[[str], str]) -> str:
    """The text with its signs beyond ASCII replaced.

    The encoder finds them ten times as fast as a regular expression.
    """
    ascii_only = text.encode("ascii", "replace").decode("ascii")
    pieces, done, at = list[str](), 0, ascii_only.find("?")
    while at >= 0:
        if text[at] != "?":
            pieces += (ascii_only[done:at], by(text[at]))
            done = at + 1
        at = ascii_only.find("?", at + 1)
    return "".join((*pieces, ascii_only[done:]))


@functools.lru_cache(1_000)
def _plain_sign(sign: str) -> str:
    return signs.plain(sign) or " "


@functools.lru_cache(1_000)
def _apart(sign: str) -> str:
    is_letter = unicodedata.category(sign)[0] in "LMN"
    return sign if is_letter or signs.plain(sign) == " " else f" {sign} "


def alike(text: str) -> str:
    """Its words with OCR look-alikes as digits."""
    return words(text).translate(_LOOK_ALIKES)


def number(text: str) -> str:
    """A letter's number with separators as ``/`` and OCR look-alikes as digits.

    ``005/l23/Setda`` and ``005-123 setda`` both give ``005/123/5etda``: for comparison only.
    """
    folded = unicodedata.normalize("NFKC", text.replace("|", "1")).lower()
    return alike(folded).replace(" ", "/")


def number_parts(text: str) -> tuple[str, ...]:
    """The number's key and each of its tails: ``1/2/a`` gives ``1/2/a``, ``2/a`` and ``a``."""
    segments = [segment for segment in number(text).split("/") if segment]
    return tuple("/".join(segments[start:]) for start in range(len(segments)))


def number_words(text: str) -> str:
    """A number's parts, folded, as words: what the index holds of a letter's number."""
    return number(text).replace("/", " ")


def code_word(field: Field[Any], code: str) -> str:
    """A field and its code as one word of the index."""
    return "".join(sign for sign in f"{field.name}{code}" if sign.isalnum())


def key(field: Field[Any], plain: str) -> str:
    """What is compared of a field's value, given as its kind's ``plain`` line.

    Numbers fold by ``number``; dates stay ISO, so that they sort; all else folds to its words.
    """
    if field is LETTER_NUMBER:
        return number(plain)
    return plain if field.kind is DATE else words(plain)


def spellings(name: str, also: Iterable[str]) -> str:
    """The key of a name that is spelled in other ways too: no words run from one to the next."""
    return " / ".join(dict.fromkeys(words(one) for one in (name, *also)))


def told(letter: Letter, field: Field[Any]) -> str:
    """The value of a field as a line, fact or candidate; empty: the letter does not say."""
    found = letter.best(field)
    return "" if found is None else field.kind.plain(found.value)


def codes(letter: Letter) -> str:
    """What a letter says in fields of short lists, a word each."""
    best = ((field, letter.best(field)) for field in FIELDS if field.choices)
    return " ".join(code_word(field, found.value) for field, found in best if found is not None)


def front(letter: Letter) -> str:
    """The front of a letter's card: number, subject and sender as lines, facts or candidates.

    A word that stands here counts more than one on a page.
    """
    return _lines(letter, _ON_FRONT)


def back(letter: Letter) -> str:
    """The back of a letter's card: what else it says of itself, facts or candidates.

    Codes stay away: every letter that is "biasa" would answer to that word.
    """
    return _lines(letter, (field for field in FIELDS if field not in _ON_FRONT))


def _lines(letter: Letter, fields: Iterable[Field[Any]]) -> str:
    lines = (told(letter, field) for field in fields if not field.choices)
    return "\n".join(filter(None, lines))
