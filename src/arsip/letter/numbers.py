"""Letter numbers: what belongs to one, its normal form, and its parts."""

from __future__ import annotations

import re
from typing import Final

from arsip.letter.codes import known
from arsip.letter.dates import dates_in
from arsip.letter.folding import clean
from arsip.letter.months import ROMAN

_SPACED_SEPARATOR: Final = re.compile(r"\s*([/.\u2013-])\s*")
_BLANK: Final = re.compile(r"/\s*(?=/)|[._…]{3,}|^\s*/|_{2,}|…")
_LOST_STROKE: Final = re.compile(r"(?<=[A-Za-z]{2})[Il1|](?=(0[1-9]|1[0-2])/(19|20)\d\d$)")
"""``SETDAI04/2019``: a stroke before a month that OCR read as a letter."""
_LOST_TAIL: Final = re.compile(
    r"(?<=[\w.])(?<![Tt][Aa][Hh][Uu][Nn])(?<!19\d\d)(?<!20\d\d)\s+"
    r"(?=(?:[IVX]{1,4}[\s/]+)?(?:19|20)\d\d\W*$|(?:[VX][IVX]*|I[IVX]+)\W*$)"
)
"""A stroke that OCR lost before the Roman month or the year that ends a number."""
_MISREAD_STROKE: Final = re.compile(
    r"(?<=\d)[;:](?=[A-Za-z]{3})|"
    r"(?<=\d)['`](?=\d|[A-Z][A-Za-z])|(?<=[A-Z]{2})['`](?=\d)|"
    r"(?<=[A-Za-z])[:;](?=[IVXl1|]{1,4}/(?:19|20)\d\d$)"
)
"""``B-82'UMUM/07/2022``, ``Ds.KM:1/2018``: marks that no number is printed with."""
_LOST_DOT: Final = re.compile(
    r"(?:(?<=/Kec)|(?<=/Kel)|(?<=/Ds)|(?<=/Kab)|(?<=/Bag)|(?<=/Bid))[ Il1|!](?=[A-Z])|"
    r"(?<=^[A-Z]{2}\.\d\d) (?=\d\d/)|"
    r"(?<=^[A-Z]{2}) (?=\d\d(?:\.\d\d)*/)"
)
_FILED: Final = re.compile(r"\d{3}(\.\d+)*$|[A-Z]{2}\.\d\d(\.\d\d)*$")
_PIECE: Final = re.compile(r"[A-Za-z0-9|!\]]+|[^A-Za-z0-9|!\]]+")
_ROMANISH: Final = re.compile(r"[IVXl1|!i]{1,4}$")
_YEAR: Final = re.compile(r"(19|20)\d\d$")
_YEAR_AND_PLACE: Final = re.compile(r"/(?:19|20)\d\d(?=[A-Z][a-z]{2})")
"""The year that ends a number, and the place of the date that OCR glued to it."""
_MONTHISH: Final = str.maketrans({"l": "I", "1": "I", "|": "I", "!": "I", "i": "I"})
_ROUND: Final = str.maketrans({"O": "0", "o": "0", "Q": "0", "D": "0", "l": "1", "I": "1",
                               "|": "1", "!": "1", "i": "1", "]": "1"})  # fmt: skip
_LIKE_DIGITS: Final = re.compile(r"[0-9OoQlI|!\]]+$")
_SOME_DIGITS: Final = re.compile(r"(?=.*\d.*\d)[0-9OoQlI|!SBZ\]]+$")
_CAPITAL_STROKE: Final = re.compile(r"(?<=[A-Z])[l|!](?=[A-Z]|$)|^[l|!](?=[A-Z])")
_LAST_WORDS: Final = re.compile(r"TAHUN\s+[12][\dOolI]{3}\b", re.IGNORECASE)
_MARKS: Final = re.compile(r"^[^\w/.]+")
_COLON_AS_ONE: Final = re.compile(r"^\W*[1lI|!]\s+(?=\S*\d\S*/)")
_WORD: Final = re.compile(r"\S+")
MOST: Final = 60
"""Letters of the longest number; what is longer is prose."""


def number_in(text: str) -> tuple[str, int] | None:
    """The number that a text begins with, as printed, and where it ends; None when it has none.

    A number is one word, or words that separators join: ``005/ 123 /Setda``, ``UM 0201-Mn/201``,
    ``3 TAHUN 2023``. A blank to be filled by hand makes it no number.
    """
    text = text[: 2 * MOST]
    glued = _join(_COLON_AS_ONE.sub("", _MARKS.sub("", text)))
    end, taken = 0, ""
    for match in _WORD.finditer(glued):
        word = match[0]
        if taken and not _goes_on(taken, word, glued[match.start() :]):
            break
        taken, end = glued[: match.end()], match.end()
        if len(taken) > MOST:
            break
    if glue := _YEAR_AND_PLACE.search(taken):
        taken, end = taken[: glue.end()], end - len(taken) + glue.end()
    taken = taken.strip(" ,;:'\"([]|_")
    if "(" not in taken:
        taken = re.sub(r"(?<=[A-Z])\)", "J", taken)
    if not re.search(r"\d", taken.translate(_ROUND)) or is_blank(text[: end + 8]):
        return None
    return taken.rstrip(".,-\u2013"), end


def is_blank(text: str) -> bool:
    """Whether the number has a place left open for the hand: ``523/      /433.117/2023``."""
    head = clean(text[: 2 * MOST])
    return bool(_BLANK.search(head))


def _join(text: str) -> str:
    """The text without the blanks around separators; its date and prose are left alone."""
    return _SPACED_SEPARATOR.sub(r"\1", text.replace("\u2014", "\u2013"))


def _goes_on(taken: str, word: str, rest: str) -> bool:
    """Whether a further word belongs to the number."""
    if "/" in taken and _LOST_TAIL.match(f"{taken} {rest}", len(taken)):
        return True
    if _LAST_WORDS.match(rest) or re.fullmatch(r"[12]\d{3}", word):
        return word[0] in "Tt" or bool(re.search(r"tahun$", taken, re.IGNORECASE))
    found = dates_in(rest, year=2000)
    if found and found[0].start == 0:
        return False
    if _half_code(taken, word) or (taken.count("/") > 1 and _ENDS_IT.fullmatch(word)):
        return True
    return "/" in word and bool(re.search(r"[A-Z]", word)) and "/" in taken and "," not in word


_ENDS_IT: Final = re.compile(r"\d{1,2}(?:/[IVX]{1,4}|/\d\d)?/(?:19|20)\d\d\W*")
"""The end of a number whose office has a number of its own: ``SMPN 3/II/2023``."""


def _half_code(taken: str, word: str) -> bool:
    """Whether a blank stands where a filing code has its dot: ``UM 0201-Mn``, ``421 3/12``."""
    if re.fullmatch(r"[A-Z]{2}", taken):
        return bool(re.match(r"\d", word))
    if re.fullmatch(r"[A-Z]{2}\.\d\d", taken):
        return bool(re.match(r"\d\d/", word))
    return known(taken) and bool(re.match(r"\d{1,5}(?:\.\d{1,2})*/", word))


def normal(printed: str) -> str:
    """The normal form: no blanks at separators, digits and months repaired where OCR broke them."""
    text = re.sub(r"(?<=\d),(?=\d)|(?<=[A-Z]{2}),(?=\d)", ".", clean(printed))
    text = _LOST_STROKE.sub("/", _join(text).rstrip(".,"))
    text = _MISREAD_STROKE.sub("/", text)
    if "/" in text:
        text = _LOST_TAIL.sub("/", text)
    segments = re.split(r"(/)", text)
    out = []
    for at, segment in enumerate(segments):
        after = segments[at + 2] if at + 2 < len(segments) else ""
        before = segments[at - 2].replace(".", "") if at > 1 else ""
        plain = segment == "/"
        out.append(segment if plain else _segment(segment, after=after, before=before))
    return "".join(out)


def _segment(segment: str, *, after: str, before: str) -> str:
    """One part between strokes."""
    year_follows = bool(_YEAR.match(after.translate(_ROUND)))
    if _ROMANISH.match(segment) and (not segment.isdigit() or segment == "1"):
        month = segment.translate(_MONTHISH)
        if segment == "1":
            return "I" if year_follows and re.search("[A-Za-z]", before) else segment
        if month in ROMAN and (year_follows or re.search("[VXI]", segment)):
            return month
    if year_follows and segment.startswith("T") and segment.replace("T", "I") in ROMAN:
        return segment.replace("T", "I")
    pieces = _PIECE.findall(segment)
    return "".join(_piece(piece, alone=len(pieces) == 1, first=not before) for piece in pieces)


def dotted(number: str) -> str:
    """The number with the dots that a scan lost behind an abbreviation: ``29/Kec TLG/2020``."""
    return _LOST_DOT.sub(".", number)


_STROKES: Final = re.compile(r"[l|!]{2,3}$")


def _piece(piece: str, *, alone: bool, first: bool) -> str:
    """One run of letters and digits: a number when it looks like one, else mended capitals."""
    if _LIKE_DIGITS.match(piece) and (re.search(r"\d", piece) or _only_round(piece, first=first)):
        return piece.translate(_ROUND)
    if _SOME_DIGITS.match(piece) and not alone:
        return piece.translate(_ROUND).replace("S", "5").replace("B", "8").replace("Z", "2")
    plain = piece.isdigit() or (piece.islower() and not _STROKES.match(piece))
    return piece if plain else _mended_capitals(piece)


def _mended_capitals(piece: str) -> str:
    """Letters with the strokes among them made I: ``lTKAB``, ``Vlll``, ``lll``."""
    if _STROKES.match(piece):
        return "I" * len(piece)
    piece = _CAPITAL_STROKE.sub("I", piece)
    if re.fullmatch(r"[IVX]+[l1|!I]+|[l1|!]+[VX][IVXl1|!]*", piece):
        roman = piece.translate(_MONTHISH)
        return roman if roman in ROMAN else piece
    return re.sub(r"^[l|!](?=[A-Z0-9])|(?<=[A-Z])[l|!](?=\d)", "I", piece)


def _only_round(piece: str, *, first: bool) -> bool:
    """Letters that can only be digits here: ``OOO`` as a code, ``l`` or ``OO`` beside digits."""
    return bool(re.fullmatch(r"[OoQ]{2,}|[l|!]|O", piece)) or (first and "O" in piece)


_PARTS: Final = re.compile(r"[/.\- ]+")
_VILLAGE: Final = re.compile(r"\d{2}\.\d{2}\.\d{2}\.\d{4}")
"""A code of a region, whose last part is no year."""


def years_in(number: str) -> set[int]:
    """The years a number names; behind a filing code letters are counted: ``421.3/2096/UN7``."""
    first, _, rest = number.partition("/")
    if _FILED.match(first) and "/" in rest:
        number = rest.partition("/")[2]
    number = _VILLAGE.sub("", number)
    return {int(part) for part in _PARTS.split(number) if _YEAR.fullmatch(part)}


def month_in(number: str) -> int | None:
    """The month that a number names: ``/IX/2022`` or ``/09/2022``."""
    parts = number.split("/")
    for part in parts[1:]:
        if part in ROMAN:
            return ROMAN[part]
    if len(parts) > 2 and _YEAR.fullmatch(parts[-1]) and re.fullmatch(r"0[1-9]|1[0-2]", parts[-2]):
        return int(parts[-2])
    return None
