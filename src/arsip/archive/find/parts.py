"""What a query is made of: words, fields, numbers, days, and how they are joined.

The parts are named tuples: a dozen frozen dataclasses take 5 ms to come into being.
"""

from typing import Any, NamedTuple, TypeAlias

from arsip.archive.find.periods import Period
from arsip.fields import Field


class Text(NamedTuple):
    """Words side by side anywhere in the letter; with prefix the last may go on.

    Quoted is one word for which no other forms of it are taken.
    """

    text: str
    prefix: bool = False
    quoted: bool = False

    @property
    def loose(self) -> bool:
        """Whether it is one word in lower case as it came: other forms of it answer too."""
        return self.text.isalpha() and self.text.islower() and not (self.prefix or self.quoted)

    @property
    def capital(self) -> bool:
        """Whether it is one word all in capitals as it came: its long form answers too."""
        return self.text.isalpha() and self.text.isupper() and not (self.prefix or self.quoted)


class Forms(NamedTuple):
    """Other forms of a word anywhere in the letter.

    Attributes:
        word: as typed.
        way: of WAYS, that led to them.
        forms: words, or words side by side.
        unless: words side by side, on whose pages the forms mean something else.
        far: whether they are the less likely ones of that way.
    """

    word: str
    way: str
    forms: tuple[str, ...]
    unless: str = ""
    far: bool = False


class Says(NamedTuple):
    """Words side by side in one field's value.

    Attributes:
        typed: the short or long form of a name that was typed, when this is the other one.
    """

    field: Field[Any]
    text: str
    prefix: bool = False
    typed: str = ""


class Coded(NamedTuple):
    """A field whose value is one of these codes."""

    field: Field[Any]
    codes: tuple[str, ...]


class Numbered(NamedTuple):
    """Parts side by side of the letter's number, folded; the last may go on unless whole."""

    key: str
    whole: bool = False


class Dated(NamedTuple):
    """A date field whose day lies in the period."""

    field: Field[Any]
    period: Period


class Has(NamedTuple):
    """Letters that say something in this field, surely or perhaps."""

    field: Field[Any]


class Being(NamedTuple):
    """Letters in this state: a slug of ``wording.STATES``."""

    state: str


class Named(NamedTuple):
    """Letters that came as a file of this name, whole or up to a dot; with prefix it may go on."""

    name: str
    prefix: bool = False

    def fits(self, source: str) -> bool:
        """Whether a file of this name is one."""
        found, wanted = source.lower(), self.name.lower()
        return found.startswith(wanted) if self.prefix else f"{found}.".startswith(f"{wanted}.")


class OnPage(NamedTuple):
    """Letters with a page of this number, on which stands one of the words of each choice."""

    number: int
    words: tuple[tuple[Text | Forms, ...], ...] = ()


class Not(NamedTuple):
    """Letters that do not answer to the part."""

    part: "Part"


class OneOf(NamedTuple):
    """Letters that answer to any of the parts."""

    parts: tuple["Part", ...]


class Every(NamedTuple):
    """Letters that answer to all of the parts; to none given, every letter does."""

    parts: tuple["Part", ...]


Part: TypeAlias = (
    Text
    | Forms
    | Says
    | Coded
    | Numbered
    | Dated
    | Has
    | Being
    | Named
    | OnPage
    | Not
    | OneOf
    | Every
)


def choices(part: Part) -> tuple[Part, ...]:
    """The parts any of which is enough; the part itself when there are no others."""
    return part.parts if isinstance(part, OneOf) else (part,)
