"""What of a scan that came as PDF goes into its reading copy: what shows, and nothing that acts.

Scripts, launches, forms that send, attached files and signatures, which a copy cannot bear, stay
in the original alone; so do pages without ink, and the words that an old text recognition hid
under pages that were read anew.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from pypdf import PageObject, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
)

from arsip.scan.operators import Strange, shows_text, without_fonts, without_hidden_text
from arsip.scan.pdfthings import BAD_PDF, at, kept, name_at, table, things

_CATALOG = frozenset(
    (
        "/Type",
        "/Pages",
        "/PageLabels",
        "/PageLayout",
        "/Outlines",
        "/Dests",
        "/Names",
        "/Lang",
        "/OCProperties",
        "/AcroForm",
    )
)
"""What of a document goes along with its pages."""

_ACTS = ("/AA", "/AF", "/EF", "/JS", "/XFA", "/RichMediaContent", "/Perms", "/SigFlags")
_BESIDE = ("/Metadata", "/PieceInfo", "/Alternates", "/OPI", "/Interpolate", "/Thumb")
"""Says nothing of how the page looks, and may contradict what this copy says of itself."""

_HARMLESS = frozenset(("/GoTo", "/GoToR", "/URI", "/Named", "/Thread"))
_PLAYED = frozenset(("/FileAttachment", "/Screen", "/Movie", "/Sound", "/RichMedia", "/3D"))
_PRINTED = 4
"""The flag of annotations; it changes nothing of a link, and PDF/A wants it of each."""

_DEPTH = 4
"""Forms within forms that are looked into."""


def prune(writer: PdfWriter) -> None:
    """Take out of the document whatever acts, and what stands beside its pages."""
    root = writer.root_object
    for key in set(root) - _CATALOG:
        del root[key]
    names = table(root, "/Names")
    for key in set(names) - {"/Dests"}:
        del names[key]
    for thing in things(writer):
        if isinstance(thing, DictionaryObject):
            _calm(thing)


def _calm(thing: DictionaryObject) -> None:
    for key in (*_ACTS, *_BESIDE):
        thing.pop(key, None)
    for key in ("/A", "/Next", "/OpenAction"):
        action = at(thing, key)
        if (
            isinstance(action, DictionaryObject)
            and (name_at(action, "/S") or "/GoTo") not in _HARMLESS
        ):
            del thing[key]
    if name_at(thing, "/FT") == "/Sig":
        thing.pop("/V", None)
    if name_at(thing, "/Subtype") == "/Link" and "/F" not in thing:
        thing[NameObject("/F")] = NumberObject(_PRINTED)
    notes = at(thing, "/Annots")
    if isinstance(notes, ArrayObject):
        shown = [note for note in notes if not _plays(note)]
        thing[NameObject("/Annots")] = ArrayObject(shown)


def _plays(note: PdfObject) -> bool:
    found = note.get_object()
    return isinstance(found, DictionaryObject) and name_at(found, "/Subtype") in _PLAYED


def leave_out(writer: PdfWriter, numbers: Collection[int]) -> None:
    """Take pages out; those that stay are labelled with the numbers they have in the original.

    At least one page stays. What led to a page that is gone leads to the one before it.
    """
    places = {number: page.indirect_reference for number, page in enumerate(writer.pages, 1)}
    left = [number for number in places if number not in numbers]
    instead: dict[int, IndirectObject] = {}
    for number in numbers:
        gone, near = places[number], places[max((n for n in left if n < number), default=left[0])]
        if gone is not None and near is not None:
            instead[gone.idnum] = near
    for number in sorted(numbers, reverse=True):
        writer.remove_page(number - 1, clean=True)
    for thing in things(writer):
        if isinstance(thing, ArrayObject) and thing and isinstance(thing[0], IndirectObject):
            thing[0] = instead.get(thing[0].idnum, thing[0])
    label_pages(writer, left)


def label_pages(writer: PdfWriter, numbers: Sequence[int]) -> None:
    """Say which page of the original each page is, where that is not plain."""
    if list(numbers) == list(range(1, len(numbers) + 1)):
        return
    labels = ArrayObject()
    last = 0
    for place, number in enumerate(numbers):
        if number != last + 1 or not place:
            style = {NameObject("/S"): NameObject("/D"), NameObject("/St"): NumberObject(number)}
            labels.extend((NumberObject(place), DictionaryObject(style)))
        last = number
    writer.root_object[NameObject("/PageLabels")] = DictionaryObject({NameObject("/Nums"): labels})


def drop_hidden_text(writer: PdfWriter, page: PageObject) -> None:
    """Take out the words of an old text recognition; what is not understood stays."""
    try:
        contents = page.get_contents() if _has_fonts(page) else None
    except BAD_PDF:
        return
    if contents is not None and (fresh := _clean(contents, page)):
        page[NameObject("/Contents")] = kept(writer, fresh)
    _drop_in_forms(writer, page, _DEPTH)


def _drop_in_forms(writer: PdfWriter, holder: DictionaryObject, depth: int) -> None:
    for form in _forms(holder) if depth else ():
        _drop_in_forms(writer, form, depth - 1)
        _drop_in_form(writer, form)


def _drop_in_form(writer: PdfWriter, form: StreamObject) -> None:
    fresh = _clean(form, form) if _has_fonts(form) and form.indirect_reference else None
    if fresh is not None and form.indirect_reference is not None:
        for key in set(form) - {"/Filter", "/DecodeParms", "/Length"}:
            fresh[NameObject(key)] = form.raw_get(key)
        writer._replace_object(form.indirect_reference, fresh)  # noqa: SLF001 - nor is there another


def _clean(content: StreamObject, holder: DictionaryObject) -> StreamObject | None:
    """The content without hidden words; None when nothing changes, or it is not understood.

    Where no text is left, the fonts go too, from its holder's own copy of the resources.
    """
    try:
        old = content.get_data()
        fresh = without_hidden_text(old)
        # A form without resources uses those of its page.
        plain = all("/Resources" in form for form in _forms(holder)) and not shows_text(fresh)
        if plain:
            fresh = without_fonts(fresh)
    except (Strange, *BAD_PDF):
        return None
    if plain:
        own = DictionaryObject(table(holder, "/Resources"))
        own.pop("/Font", None)
        holder[NameObject("/Resources")] = own
    if fresh == old:
        return None
    stream = DecodedStreamObject()
    stream.set_data(fresh)
    return stream.flate_encode()


def _forms(holder: DictionaryObject) -> list[StreamObject]:
    """The drawings that it uses as one, each with resources of its own."""
    found = (
        thing.get_object() for thing in table(table(holder, "/Resources"), "/XObject").values()
    )
    return [
        thing
        for thing in found
        if isinstance(thing, StreamObject) and name_at(thing, "/Subtype") == "/Form"
    ]


def _has_fonts(holder: DictionaryObject) -> bool:
    """Whether it, or a form in it, can show text at all."""
    return bool(table(table(holder, "/Resources"), "/Font") or _forms(holder))
