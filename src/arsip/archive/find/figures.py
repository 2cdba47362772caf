"""Figures as clerks type them and letters write them: amounts, staff, phones, hours, classes.

Punctuation parts words, so that ``08.00`` and ``08:00`` are the same; what differs is where the
gaps are, how many zeros stand before a digit, and whether it is a digit at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from arsip.archive import keys
from arsip.archive.find.parts import Every, Forms, Part, Text
from arsip.archive.find.periods import ROMAN
from arsip.fields import MONTHS

_BEGINS: Final = re.compile(
    r"\s*-?(?:(?P<rupiah>rp)|(?P<digit>[1-9])|(?P<zero>0|\(0|\+62)|(?P<hour>jam|pukul|pkl)\b"
    r"|(?P<class>kelas|kls)\b)",
    re.IGNORECASE,
)
"""How a figure begins: for most words the patterns of whole figures need not be made."""
_END: Final = r"(?=[,;.]?(?:[\s)]|$))"
_STAFF: Final = r"\s*-?(\d{8})[ .]?(\d{6})[ .]?([12])[ .]?(\d{3})" + _END
_STAFF_BEGUN: Final = r"\d{8}(?:[\s.]*\d{6}(?:[\s.]*[12](?:[\s.]*\d{3})?)?)?" + _END
_BORN: Final = r"\s*-?((?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))" + _END
"""The day of birth, with which the number of a civil servant begins."""

_MONEY: Final = (
    r"(?ai)\s*-?(?P<rupiah>rp\.?\s*)?"
    r"(?P<amount>[1-9]\d{0,2}(?P<gap>[.,])\d{3}(?:(?P=gap)\d{3})*|[1-9]\d{5,14})"
    r"(?:[.,]\d\d|,?-)?(?:\s+rupiah)?" + _END
)
_ROUNDED: Final = (
    r"(?ai)\s*-?(?:rp\.?\s*)?"
    r"(?P<count>[1-9]\d{0,2}(?:\.\d{3})+(?:,\d{1,9})?|\d{1,6}(?:[.,]\d{1,9})?)\s*"
    r"(?P<unit>ribu|rb|juta|jt|mil[iy]ar)(?:\s+rupiah)?" + _END
)
_UNITS: Final = ((1_000, ("ribu", "rb")), (10**6, ("juta", "jt")), (10**9, ("miliar", "milyar")))

_PHONE: Final = (
    r"\s*-?(?P<phone>\(0\d{2,3}\)[ -]?\d{3,4}[ -]?\d{2,5}"
    r"|(?:0|\+62[ -]?)8\d{1,2}(?:[ -]\d{3,5}){1,3}"
    r"|(?:0[1-9]\d{1,2}|\+62 \d{2,3})[ -]\d{5,8}"
    r"|(?:0|\+62[ -]?)[1-9]\d+(?:-\d+)*)" + _END
)
_PHONE_DIGITS: Final = range(9, 15)
_SHORT_AREAS: Final = ("021", "022", "024", "031", "061")
"""Of the largest cities; all others have four digits."""

_LABELS: Final = ("pukul", "jam", "pkl")
_ZONES: Final = ("wib", "wita", "wit")
_OF_DAY: Final = {"pagi": (1, 11), "siang": (10, 16), "sore": (13, 20), "malam": (17, 24)}
"""A part of the day -> its first and last hour."""
_HOUR: Final = (
    r"(?ai)\s*-?(?:(?P<label>pukul|jam|pkl)\.?\s*:?\s*)?(?P<hour>2[0-4]|[01]?\d)"
    r"(?:[.:](?P<minute>[0-5]\d))?(?:\s*(?P<part>pagi|siang|sore|malam))?"
    r"(?:\s*(?P<zone>wi[bt]|wita))?" + _END + r"(?!\s+(?:menit|pelajaran|orang)\b)"
)
_NOON: Final = 12

_NUMERALS: Final = (
    "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh",
    "sebelas", "dua belas",
)  # fmt: skip
_CLASS_LABELS: Final = ("kelas", "kls")


class Figure(NamedTuple):
    """A figure as letters may write it, and its end in the query."""

    forms: tuple[Part, ...]
    end: int


def figure(token: re.Match[str]) -> Figure | None:
    """What a word and those behind it make, if that is a figure; None: it is none."""
    text, start = token.string, token.start()
    begins = _BEGINS.match(text, start)
    if begins is None:
        return None
    found = (rule(text, start) for rule in _RULES[begins.lastgroup or ""])
    return next(filter(None, found), None)


def end_of_staff(token: re.Match[str]) -> int:
    """Where the number of staff that begins with a value ends, among the pieces behind it."""
    found = re.compile(_STAFF_BEGUN).match(token.string, token.start("value"))
    return max(found.end() if found else 0, token.end())


def _typed(found: re.Match[str]) -> str:
    return " ".join(found[0].split()).removeprefix("-")


def _texts(some: Iterable[str]) -> tuple[Text, ...]:
    """Words side by side, each once."""
    each = {keys.words(one): one for one in some}
    return tuple(map(Text, each.values()))


def _otherwise(typed: str, some: Iterable[str]) -> tuple[Part, ...]:
    """What was typed, and other words that say the same."""
    words = keys.words(typed)
    others = tuple(dict.fromkeys(one for one in some if one != words))
    return Text(typed), Forms(typed, "spelling", others)


def _staff(text: str, start: int) -> Figure | None:
    found = re.compile(_STAFF).match(text, start)
    if found is None:
        return None
    return Figure(_texts(("".join(found.groups()), " ".join(found.groups()))), found.end())


def _born(text: str, start: int) -> Figure | None:
    """A beginning of a number of staff; it may be an amount as well."""
    found = re.compile(_BORN).match(text, start)
    if found is None:
        return None
    return Figure((Text(found[1], prefix=True), *_amount(int(found[1]))), found.end())


# Amounts


def _money(text: str, start: int) -> Figure | None:
    """An amount in digits; one comma may part it from its hundredths."""
    found = re.compile(_MONEY).match(text, start)
    if found is None:
        return None
    amount = found["amount"]
    if amount.count(",") == 1 and not found["rupiah"]:
        return None
    return Figure(_amount(int(amount.replace(".", "").replace(",", ""))), found.end())


def _amount(rupiah: int) -> tuple[Text, ...]:
    dotted = f"{rupiah:,}".replace(",", ".")
    return _texts((dotted, f"Rp{dotted}", str(rupiah), f"Rp{rupiah}"))


def _rounded(text: str, start: int) -> Figure | None:
    """An amount of thousands, millions or billions, if it is one of whole rupiahs."""
    found = re.compile(_ROUNDED).match(text, start)
    if found is None:
        return None
    count, unit = found["count"], found["unit"].lower()
    size, names = next(one for one in _UNITS if unit in one[1])
    plain = count.replace(".", "") if re.match(r"\d+\.\d{3}(?!\d)", count) else count
    whole, _comma, part = plain.replace(".", ",").partition(",")
    rupiah, rest = divmod(int(whole + part) * size, 10 ** len(part))
    if rest or not rupiah:
        return None
    said = (f"{before}{keys.words(count)} {name}" for before in ("", "rp") for name in names)
    word, others = _otherwise(_typed(found), said)
    return Figure((word, *_amount(rupiah), others), found.end())


# Phones


def _phone(text: str, start: int) -> Figure | None:
    found = re.compile(_PHONE).match(text, start)
    digits = "".join(filter(str.isdigit, found["phone"])) if found else ""
    if found is None or len(digits) not in _PHONE_DIGITS:
        return None
    national = digits if digits.startswith("0") else f"0{digits[2:]}"
    split = [" ".join(filter(None, pieces)) for pieces in _pieces(national)]
    abroad = (f"62 {one[1:]}" for one in split)
    return Figure(_texts((_typed(found), *split, f"62{national[1:]}", *abroad)), found.end())


def _pieces(national: str) -> Iterator[Sequence[str]]:
    """The pieces in which a number that begins with a zero may be written."""
    yield (national,)
    if national.startswith("08"):
        area, sizes = 4, (4, 3)
        yield national[:3], national[3:6], national[6:9], national[9:]
    else:
        area, sizes = (3 if national.startswith(_SHORT_AREAS) else 4), (3, 4)
    before, behind = national[:area], national[area:]
    yield before, behind
    for size in sizes:
        yield before, behind[:size], behind[size:]


# Hours and classes


def _hour(text: str, start: int) -> Figure | None:
    """An hour of the day, if a word says that it is one."""
    found = re.compile(_HOUR).match(text, start)
    if found is None or not (found["label"] or found["part"] or found["zone"]):
        return None
    label, part = (found["label"] or "").lower(), (found["part"] or "").lower()
    if label == "pkl" and not (found["minute"] or part or found["zone"]):
        return None
    hour = int(found["hour"])
    first, last = _OF_DAY.get(part, (0, 24))
    hour = next((one for one in (hour, hour + _NOON) if first <= one <= last), hour)
    return Figure(_otherwise(_typed(found), _at(hour, found["minute"] or "00")), found.end())


def _at(hour: int, minute: str) -> Iterator[str]:
    """How letters write an hour: 14 00, 2 00 siang, 2 siang; one digit only beside other words."""
    yield f"{hour:02} {minute}"
    short = hour if hour <= _NOON else hour - _NOON
    one_digit = len(str(hour)) == 1
    ends = [part for part, (first, last) in _OF_DAY.items() if first <= hour <= last]
    ends += _ZONES if one_digit else ()
    for end in ends:
        yield f"{short} {minute} {end}"
        if short != hour:
            yield f"{short:02} {minute} {end}"
        if minute == "00":
            yield f"{short} {end}"
    if one_digit:
        yield from (f"{label} {hour} {minute}" for label in _LABELS)
    elif minute == "00":
        yield from (f"pukul {hour} {zone}" for zone in _ZONES)


def _class(text: str, start: int) -> Figure | None:
    """Classes of a school: side by side with that word, or, less likely, somewhere beside it."""
    one = rf"(?:1[0-2]|0?[1-9]|{'|'.join(sorted((*ROMAN, *_NUMERALS), key=len, reverse=True))})"
    found = re.compile(
        rf"(?ai)\s*-?(?:kelas|kls)\.?\s*:?\s*({one}(?:(?:\s*,\s*(?:dan\s+)?|\s+dan\s+){one})*){_END}"
        rf"(?!\s+(?:{'|'.join(MONTHS)})\b)"
    ).match(text, start)
    if found is None:
        return None
    typed = _typed(found)
    each = [_numerals(said) for said in re.findall(rf"\b{one}\b", found[1].lower())]
    joins = (" ", " dan ") if len(each) > 1 else (" ",)
    runs = [
        " ".join((label, *way[:-1])) + join + way[-1]
        for label in _CLASS_LABELS
        for way in zip(*each, strict=True)
        for join in joins
    ]
    apart = (_CLASS_LABELS, *each)
    far = Every(tuple(Forms(typed, "spelling", some, far=True) for some in apart))
    return Figure((*_otherwise(typed, runs), far), found.end())


def _numerals(said: str) -> tuple[str, ...]:
    """A number up to twelve in digits, in Roman digits and as a word."""
    number = ROMAN.get(said) or (_NUMERALS.index(said) + 1 if said in _NUMERALS else int(said))
    roman = next(name for name, value in ROMAN.items() if value == number)
    return str(number), roman, _NUMERALS[number - 1]


_RULES: Final[Mapping[str, Sequence[Callable[[str, int], Figure | None]]]] = {
    "rupiah": (_rounded, _money),
    "digit": (_staff, _born, _hour, _rounded, _money),
    "zero": (_hour, _phone, _rounded),
    "hour": (_hour,),
    "class": (_class,),
}
"""How a figure begins -> what it can be."""
