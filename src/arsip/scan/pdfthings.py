"""The objects of a PDF that is being written: gone through, added, and left out."""

from __future__ import annotations

from collections.abc import Iterator

from pypdf import PdfWriter
from pypdf.errors import DependencyError, PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, PdfObject

from arsip.errors import SourceError

BAD_PDF = (
    PyPdfError,
    DependencyError,
    SourceError,
    ArithmeticError,
    AttributeError,
    LookupError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What pypdf raises on files that PDFium still opens (each seen on a real file)."""


def kept(writer: PdfWriter, thing: PdfObject) -> IndirectObject:
    """The thing as an object of the file."""
    return writer._add_object(thing)  # noqa: SLF001 - pypdf has no public way


def at(holder: DictionaryObject, key: str) -> PdfObject | None:
    """What stands there, wherever in the file it is stored; None: nothing."""
    found = holder.get(key)
    return None if found is None else found.get_object()


def name_at(holder: DictionaryObject, key: str) -> str:
    """The name that stands there, with its stroke; empty when there is none."""
    found = at(holder, key)
    return str(found) if isinstance(found, NameObject) else ""


def table(holder: DictionaryObject, key: str) -> DictionaryObject:
    """The dictionary that stands there; an empty one when there is none."""
    found = at(holder, key)
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def things(writer: PdfWriter) -> Iterator[PdfObject]:
    """Everything that the catalog leads to, once; what holds others comes before them.

    What is taken out of a dictionary as soon as it comes is not gone into.
    """
    for thing, _number in _reached(writer):
        yield thing


def swept(writer: PdfWriter) -> None:
    """Leave out of the file what nothing leads to."""
    used = {number for _thing, number in _reached(writer) if number}
    objects = writer._objects  # noqa: SLF001 - pypdf sweeps only together with merging equals
    for number, thing in enumerate(objects, start=1):
        if number not in used and thing is not None and not _is_info(writer, number):
            objects[number - 1] = None


def _is_info(writer: PdfWriter, number: int) -> bool:
    info = writer._info  # noqa: SLF001 - no public way to its number
    reference = None if info is None else info.indirect_reference
    return reference is not None and reference.idnum == number


def _reached(writer: PdfWriter) -> Iterator[tuple[PdfObject, int]]:
    """(thing, its number as an object; 0 when it stands inside another)."""
    seen: set[int] = set()
    waiting: list[PdfObject] = [writer.root_object.indirect_reference or writer.root_object]
    while waiting:
        thing, number = waiting.pop(), 0
        if isinstance(thing, IndirectObject):
            number = thing.idnum
            if number in seen:
                continue
            seen.add(number)
            found = thing.get_object()
            if found is None:
                continue
            thing = found
        yield thing, number
        if isinstance(thing, DictionaryObject):
            waiting.extend(thing.values())
        elif isinstance(thing, ArrayObject):
            waiting.extend(thing)
