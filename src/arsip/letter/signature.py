"""Who signed, as what, for whom: what the signature block says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from arsip.letter.evidence import found
from arsip.letter.folding import bare, clean, distance, repaired
from arsip.letter.identity import LABEL, Identity
from arsip.letter.marks import ACTING, BEHALF, FOOTER, NOT_NAME, OFFICE, RANK, UNDER
from arsip.letter.names import core, degreed, in_part, is_borne, is_name, only_degrees, person
from arsip.letter.rows import Place, Strip, place
from arsip.letter.sheet import Sheet
from arsip.letter.signing import ALIGNED, Block, author_of, is_office
from arsip.model import Finding, Word

_SCRAWL: Final = 0.5
"""Mean word confidence below which a line between a title and a name is a hand's signature."""
_SHIFT: Final = 3
_CLOSE: Final = 2
"""In widths of a letter: a name begins below its title, or is centred below it; closer where the
title and the number begin below each other."""


@dataclass(frozen=True, slots=True)
class Title:
    """The office of who signed, and of the superior for whom."""

    office: tuple[Strip, ...] = ()
    behalf: tuple[Strip, ...] = ()


def title_of_signer(sheet: Sheet) -> Title:
    """What stands above the name: ``a.n.`` with the superior, ``u.b.``, the signer's own office."""
    block = sheet.once(author_of)
    if block is None:
        return Title()
    office: list[Strip] = []
    behalf: list[Strip] = []
    for at, strip in enumerate(block.above):
        if (mark := BEHALF.match(strip.text)) and strip.text[mark.end() :].strip():
            behalf, office = [strip.cut(mark.end())], []
        elif mark := UNDER.match(strip.text):
            superior = strip.text[mark.end() :].strip(" .,:")
            behalf = behalf or ([strip.cut(mark.end())] if superior else [])
            office = []
        elif behalf and not office and _goes_on(strip, block.above[at + 1 :], sheet):
            behalf.append(strip)
        elif _is_title_line(strip, office, sheet):
            office.append(strip)
    own = [s for s in office if not _ORGANISED.match(s.text) or s is office[-1]]
    return Title(tuple(own or _office_below(block)), tuple(behalf))


_ORGANISED: Final = re.compile(r"\W*(PANIT[Il1]A|PENGURUS|T[Il1]M)\b(?!.*,\W*$)", re.IGNORECASE)
"""Whose committee it is; the office in it stands on the next line."""


def _goes_on(strip: Strip, rest: Sequence[Strip], sheet: Sheet) -> bool:
    """Whether a line carries the superior's office on: it names none, and the signer's follows."""
    own = is_office(strip.text) or sheet.rows[strip.row].apart
    return not own and any(is_office(other.text) for other in rest)


def _office_below(block: Block) -> Iterator[Strip]:
    """The office under a name, as companies and English letters put it."""
    for strip in block.below:
        if (
            RANK.match(strip.text)
            or LABEL.search(strip.text)
            or not re.search("[a-z]{3}", strip.text, re.IGNORECASE)
        ):
            return
        if not only_degrees(strip.text):
            if block.greeted or OFFICE.match(strip.text):
                yield strip
            return


_JOINS: Final = re.compile(r"(\b(dan|serta|di)|,)\s*$", re.IGNORECASE)
"""How a line of a title ends that goes on."""


def _is_title_line(strip: Strip, office: Sequence[Strip], sheet: Sheet) -> bool:
    text = strip.text
    if FOOTER.match(text) or NOT_NAME.match(text):
        return False
    if OFFICE.match(text) or ACTING.match(text):
        return True
    if strip.place.confidence < _SCRAWL:
        return False
    if text.rstrip().endswith(",") and text[:1].isupper() and not degreed(text):
        return True
    near = bool(office) and strip.row - office[-1].row == 1 and not sheet.rows[strip.row].apart
    ended = bool(office) and office[-1].text.rstrip().endswith(",") and not _JOINS.search(text)
    return near and not ended and not degreed(text) and bool(re.search(r"[A-Za-z]{3}", text))


# --- the name ------------------------------------------------------------------------------------


_UNSURE: Final = 0.75
_UNSURER: Final = 0.8
"""What an illegible word takes from a name: more where no number below shows that it is one."""
_RARE: Final = 2.0
"""So many times as doubtful is a word that is in no list of names."""


@dataclass(frozen=True, slots=True)
class Name:
    """A signer's name as it will be kept, and what speaks for it."""

    value: str
    strip: Strip
    rule: str
    sure: float


def signatory(sheet: Sheet) -> Finding[str] | None:
    """The name of who signed, with its degrees."""
    name = _signed(sheet)
    said = sheet.once(undersigned)
    if name and said and name.sure < said.sure and not _same(name.value, said.value):
        name = None  # what a signature has left of it
    if said and (name is None or _same(name.value, said.value)):
        agreed = 0.97 if name else said.sure
        whole = name and not in_part(name.value) and len(name.value) >= len(said.value)
        kept = name if name and whole else said
        return found(
            sheet, kept.value, kept.strip.place, kept.rule, sure=agreed, raw=kept.strip.text
        )
    if name is None:
        return None
    return found(
        sheet, name.value, name.strip.place, name.rule, sure=name.sure, raw=name.strip.text
    )


def _signed(sheet: Sheet) -> Name | None:
    """The name in the signature block."""
    block = sheet.once(author_of)
    if block is None or block.name is None:
        return None
    title = sheet.once(title_of_signer)
    strip = _with_degrees(_without_stamp(block.name, block, title.office, sheet), block)
    value = person(strip.text)
    if not value:
        return None
    sure = 0.6 + 0.18 * (block.entitled or block.greeted) + 0.15 * block.marked
    sure = 0.9 if block.whole else sure
    sure += 0.06 if block.identity and block.identity.sure > 0.9 else 0.0
    sure *= 1.0 - (_UNSURE if block.identity else _UNSURER) * _illegible(strip.words)
    sure -= _doubt(sheet, value, strip, block, title.office)
    return Name(value, strip, "signature", sure)


def _illegible(words: Iterable[Word]) -> float:
    """How doubtful the worst word of a name is; a scrap without a letter is none."""
    named = (word for word in words if any(sign.isalpha() for sign in word.text))
    return max(map(_doubt_of, named), default=0.0)


def _doubt_of(word: Word) -> float:
    """How doubtful a word of a name is; one that is rare was more likely misread."""
    doubt = 1.0 - word.confidence
    return doubt if is_borne(person(word.text) or word.text) else min(1.0, _RARE * doubt)


def _with_degrees(name: Strip, block: Block) -> Strip:
    """The name with the degrees that stand on the line below it."""
    following = block.below[:1]
    if following and following[0].row == name.row + 1 and only_degrees(following[0].text):
        return Strip.of((*name.words, *following[0].words), name.page, name.row)
    return name


_STAMP_WORD: Final = re.compile(r"[^a-z.]{1,9}|[A-Za-z]{1,2}")


def _without_stamp(name: Strip, block: Block, office: Sequence[Strip], sheet: Sheet) -> Strip:
    """The name from where its title begins, when what stands before is of a stamp: ``DLH Rina``."""
    letter = sheet.rows[name.row].letter
    edges = _edges(block, office)
    if not edges or any(abs(name.left - edge) <= ALIGNED * letter for edge in edges):
        return name
    if office and not _flush(edges, letter) and _centred(name, office[0]) <= ALIGNED * letter:
        return name
    for at, word in enumerate(name.words[1:], 1):
        stamped = all(_STAMP_WORD.fullmatch(other.text) for other in name.words[:at])
        below = any(abs(word.box.left - edge) <= ALIGNED * letter for edge in edges)
        if stamped and below and is_name(name.text[name.starts[at] :]):
            return name.cut(name.starts[at])
    return name


def _edges(block: Block, office: Sequence[Strip]) -> list[int]:
    """Where the lines around a name begin: of its title, its rank and its number."""
    marks = [strip.left for strip in block.below if RANK.match(strip.text)]
    if block.identity_strip:
        marks.append(block.identity_strip.left)
    return [strip.left for strip in office] + marks


def _flush(edges: Sequence[int], letter: float) -> bool:
    """Whether the lines of a block begin below each other, so that it is not centred."""
    return len(edges) > 1 and max(edges) - min(edges) <= letter


def _centred(one: Strip, other: Strip) -> float:
    """How far the middles of two strips lie apart."""
    return abs(one.left + one.right - other.left - other.right) / 2


def _doubt(sheet: Sheet, value: str, name: Strip, block: Block, office: Sequence[Strip]) -> float:
    """What speaks against a name: one word alone, or a beginning that a stamp has covered."""
    if not core(value):
        return 0.6
    doubt = 0.0 if " " in value else 0.3
    if sheet.scanned:
        doubt = 0.5 if in_part(value) else 0.25 if _title_unread(name.text, value) else 0.0
        if not degreed(value):
            doubt += (0.5 if _CLIPPED.search(value) else 0.0) + (0.0 if block.identity else 0.1)
    letter = sheet.rows[name.row].letter
    torn = any(b.box.left - a.box.right > _TORN * letter for a, b in pairwise(name.words))
    return doubt + 0.5 * (torn or _covered(name, block, office, letter))


_TORN: Final = 5
"""In widths of a letter: a gap in a name in which something has stood."""


def _covered(name: Strip, block: Block, office: Sequence[Strip], letter: float) -> bool:
    """Whether a name begins right of what it should stand under: something lies over its start.

    One of the others may begin too far left: a stroke beside it was read as a part of it.
    """
    marks = [strip for strip in block.below if RANK.match(strip.text)]
    marks += [block.identity_strip] if block.identity_strip else []
    if any(abs(name.left - other.left) <= ALIGNED * letter for other in (*marks, *office[:1])):
        return False
    flush = _flush(_edges(block, office), letter)
    near = _CLOSE if flush else _SHIFT
    for other in marks or office[:1]:
        middle = _centred(name, other) > _SHIFT * letter
        if name.left - other.left > near * letter and middle:
            return True
    return (
        bool(office)
        and name.left - office[0].left > near * letter
        and (_centred(name, office[0]) > _SHIFT * letter)
    )


_CLIPPED: Final = re.compile(r"[A-Za-z]{2}\.$")
"""The end of a rank or of the short name of an office."""


def _title_unread(raw: str, value: str) -> bool:
    """Whether the strip began with a scrap: most likely a title that was not read."""
    first = raw.split(maxsplit=1)[0]
    return not value.startswith(first.strip("('\"")) and bool(re.search(r"[A-Za-z]", first))


_UNDERSIGNED: Final = re.compile(
    r"bertanda\s*tangan\s+d[il1]\s*bawah\s+in[il1][^\n]{0,20}\n\W*(?:(?:1|a)[.)]\s*)?"
    r"Nama(?:\s+[Ll]engkap)?\s*:\s*(?P<name>[^\n\t:]{4,60})(?P<rest>(?:\n[^\n]*){0,3})",
    re.IGNORECASE,
)
_TWO_PARTIES: Final = frozenset({"berita_acara", "perjanjian"})


def undersigned(sheet: Sheet) -> Name | None:
    """Who calls himself the undersigned: ``Yang bertanda tangan di bawah ini: Nama : ...``."""
    match = _UNDERSIGNED.search(sheet.flow.text)
    if match is None or sheet.kind in _TWO_PARTIES:
        return None
    strip = sheet.flow.strip_at(match.start("name"))
    at = strip.text.find(match["name"].strip())
    value = person(match["name"])
    if at < 0 or not is_name(value):
        return None
    return Name(value, strip.cut(at), "undersigned", 0.85)


_NEAR: Final = 0.2
"""Share of the letters by which two readings of one name may differ."""


def _same(signed: str, said: str) -> bool:
    """Whether two readings are of one name; the signed one may have lost its beginning."""
    short, long = bare(signed), bare(said)
    if len(short) > 5 and (long.endswith(short) or short in long):
        return True
    most = int(_NEAR * len(long))
    return distance(short, long, most=most) <= most


# --- office and number ---------------------------------------------------------------------------


def signatory_title(sheet: Sheet) -> Finding[str] | None:
    """The office of who signed."""
    office = sheet.once(title_of_signer).office
    if not office:
        return None
    return _spoken(sheet, office, sure=0.92)


def on_behalf_of(sheet: Sheet) -> Finding[str] | None:
    """The superior in whose name it is signed: what follows ``a.n.``."""
    behalf = sheet.once(title_of_signer).behalf
    return _spoken(sheet, behalf, sure=0.93) if behalf else None


_ACTED: Final = re.compile(r"^P[il1I|!]([th])\b\.?")


def _spoken(sheet: Sheet, strips: Sequence[Strip], *, sure: float) -> Finding[str] | None:
    raw = " ".join(strip.text for strip in strips)
    value = repaired(clean(raw)).strip(" .,:;|_-")
    value = _ACTED.sub(lambda match: f"Pl{match[1]}.", value)
    if not re.search(r"[A-Za-z]{2}", value):
        return None
    return found(sheet, value, place(strips), "signature", sure=sure, raw=raw)


def signatory_id(sheet: Sheet) -> Finding[str] | None:
    """The NIP of who signed, repaired by its structure."""
    block = sheet.once(author_of)
    if block is None or block.identity is None or block.identity_strip is None:
        return None
    one: Identity = block.identity
    if one.service != "nip":
        return None
    spot: Place = block.identity_strip.cut(one.start, one.end).place
    raw = block.identity_strip.text[one.start : one.end]
    return found(sheet, one.value, spot, one.service, sure=one.sure, raw=raw)
