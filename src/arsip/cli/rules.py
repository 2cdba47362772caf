"""Rules by which values were found, in plain words; and why rivals lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from arsip.habits import Sign
from arsip.model import Finding
from arsip.words import N_, _

RULES: Final[Mapping[str, str]] = {
    "address": N_("it stands in the address, where the letter names whom it is to"),
    "attachments": N_("it follows from the pages and the attached sheets that are named"),
    "beside_number": N_("it stands in the head of the letter, apart from other words"),
    "body": N_("the words of the letter are those of this kind"),
    "body_above": N_("it is only a part of the letterhead"),
    "cited": N_("the letter refers to it"),
    "copies": N_("it stands in the list of copies at the end"),
    "disposition": N_("a disposition sheet is filled in by who receives"),
    "done": N_("it stands in the sentence that says what was done"),
    "due": N_("the letter asks for something until this day"),
    "enacted": N_("it stands where the letter says where and when it was made"),
    "event": N_("it stands among day, time and place of a meeting"),
    "file": N_("the file itself bears an electronic signature"),
    "folder": N_("the letter does not say; its scan folder does"),
    "footer": N_("the small print of the page says that it is signed electronically"),
    "from": N_("the letter says from which day it holds"),
    "from_line": N_("it stands behind the word for who writes"),
    "inside_address": N_("it is the address inside a letter in English"),
    "label": N_("it stands behind its label"),
    "label_bare": N_("it stands behind its label, though without a colon"),
    "letterhead": N_("it stands in the letterhead"),
    "nip": N_("it stands below the signature and is built as a NIP is"),
    "nrp": N_("it stands below the signature and is built as an NRP is"),
    "number": N_("it is a part of the letter's number, known to the filing scheme"),
    "number_prefix": N_("the number of the letter begins as secret ones do"),
    "ordered": N_("it stands among those who are ordered or sent"),
    "other_day": N_("it is the day of something else"),
    "other_signer": N_("this person signs too, beside or below"),
    "page_of": N_("the page bears its number and how many there are"),
    "place": N_("it stands beside the town, as the date of a letter does"),
    "place_of_draft": N_("it stands where the town is, before a day that was left open"),
    "position": N_("it stands where such a value often does"),
    "received": N_("it is the day on which the letter was received"),
    "shape": N_("it looks like one; no label was found before it"),
    "signature": N_("it stands in the block of the signature"),
    "stamp": N_("it stands in a stamp"),
    "table": N_("it is the first entry of the table"),
    "task": N_("it stands in the sentence that says what is to be done"),
    "tentang": N_("it stands below the word “tentang”"),
    "title": N_("it stands in the title of the letter"),
    "today": N_("the letter says that it is of this day"),
    "undersigned": N_("this person calls himself the undersigned"),
    "witness": N_("this person signs as a witness"),
    "words": N_("most words of the letter are of this language"),
}
"""Slug of a rule -> what speaks for a value that it found, or what a rival is instead."""

OTHERS: Final = frozenset({
    "body_above", "cited", "event", "other_day", "other_signer", "received", "witness",
})  # fmt: skip
"""Rules that tell what a rival is in the place of the value that was asked for."""


SIGNS: Final = {
    "behind": N_("behind “{value}”"),
    "under": N_("below “{value}”"),
    "over": N_("above “{value}”"),
}
REGIONS: Final = {
    "first top left": N_("on the first page, at the top left"),
    "first top right": N_("on the first page, at the top right"),
    "first middle left": N_("on the first page, in the middle left"),
    "first middle right": N_("on the first page, in the middle right"),
    "first bottom left": N_("on the first page, at the bottom left"),
    "first bottom right": N_("on the first page, at the bottom right"),
    "last top left": N_("on a later page, at the top left"),
    "last top right": N_("on a later page, at the top right"),
    "last middle left": N_("on a later page, in the middle left"),
    "last middle right": N_("on a later page, in the middle right"),
    "last bottom left": N_("on a later page, at the bottom left"),
    "last bottom right": N_("on a later page, at the bottom right"),
}
"""Kind of sign, or region of the page -> where a value stands, in words."""


def because(found: Finding[Any]) -> str:
    """What speaks for a value, in plain words; a rule of a newer arsip is told as it is called."""
    if found.origin == "person":
        return _("{who} says so").format(who=found.rule or "?")
    sentence = RULES.get(found.rule)
    return _(sentence) if sentence else _learned(found.rule) or found.rule.replace("_", " ")


def place_told(sign: Sign) -> str:
    """Where a value stands by a sign, in words."""
    if sign.kind == "region":
        return _(REGIONS[sign.value])
    return _(SIGNS[sign.kind]).format(value=sign.value)


def _learned(rule: str) -> str:
    """What the sender's other letters taught, in plain words; empty for other rules."""
    match rule.split(":", 3):
        case ["habit", kind, of, value] if kind in SIGNS or value in REGIONS:
            return _("it stands where this sender has it, {place} ({of} letters)").format(
                place=place_told(Sign(kind, value)), of=of
            )
        case ["habit", _kind, of, _value]:
            return _("it is written as this sender writes it ({of} letters)").format(of=of)
        case ["letterhead_known", of]:
            return _("people call the office of this letterhead so ({of} letters)").format(of=of)
        case _:
            return ""


def lost(rival: Finding[Any]) -> str:
    """Why a rival lost, in plain words."""
    why = because(rival)
    if rival.rule in OTHERS or rival.origin == "person":
        return why
    return _("less speaks for it: {why}").format(why=why)


def source(found: Finding[Any]) -> str:
    """Where a value comes from, in plain words."""
    return _(_SOURCES[found.origin])


_SOURCES: Final = {
    "ocr": N_("read from the image of the page"),
    "text": N_("the file's own text"),
    "person": N_("typed or confirmed by a person"),
    "rule": N_("inferred; it stands nowhere in the letter"),
}
