"""PDF/A-2b, by construction: whether a reading copy may say that it is, and what makes it one.

What arsip adds keeps the standard (ISO 19005-2): embedded font, output intent, plain metadata, a
file ID. What came with the pages of a scan is looked through, and a copy that holds anything that
is forbidden, or that is not understood here, does not claim to be PDF/A.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from itertools import chain

from PIL import ImageCms
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

from arsip.scan.caption import Caption
from arsip.scan.operators import PLAIN, Strange, steps
from arsip.scan.pdfthings import BAD_PDF, at, kept, name_at, table, things

HEADER = "%PDF-1.7"


def _names(words: str) -> frozenset[str]:
    return frozenset(f"/{word}" for word in words.split())


_CODINGS = _names(
    "FlateDecode DCTDecode CCITTFaxDecode JBIG2Decode RunLengthDecode ASCIIHexDecode ASCII85Decode"
)
_NO_STREAM = _names("F FFilter FDecodeParms Ref PS")
"""Keys of streams that lie elsewhere, or are drawn by other means."""

_NOWHERE = _names("TR TR2 HT HTP PresSteps OCProperties AA XFA")
_FONTS = _names("Type0 Type1 MMType1 TrueType Type3 CIDFontType0 CIDFontType2")
_BLENDS = _names(
    "Normal Compatible Multiply Screen Overlay Darken Lighten ColorDodge ColorBurn HardLight "
    "SoftLight Difference Exclusion Hue Saturation Color Luminosity"
)
_PRESS = _names("DeviceCMYK DeviceN Separation")
"""Colours that need the profile of a press."""

_CHANNELS = {b"GRAY": 1, b"RGB ": 3}
_PAGE_SIDES = (3.0, 14_400.0)
_MOST_STRING, _MOST_NAME, _MOST_NESTED = 32_767, 127, 26
_BOXES = _names("MediaBox CropBox BleedBox TrimBox ArtBox")
_PRINTED, _UNSEEN = 4, 1 | 2 | 32 | 256
"""Flags of annotations: printed; and those that hide them."""

_ICC_VERSION, _ICC_DATE = slice(8, 12), slice(24, 36)


def fit(writer: PdfWriter) -> bool:
    """Whether everything in the document, before words are laid over it, may stand in PDF/A-2b."""
    everything = list(things(writer))
    try:
        # What is cheap to see comes first: contents are read to their end.
        return all(_fits(thing) for thing in everything) and all(
            _content_fits(content) for content in _contents(writer, everything)
        )
    except BAD_PDF:
        return False


def sign(writer: PdfWriter, caption: Caption, *, archival: bool) -> None:
    """Give the document its properties, its ID, and when it is PDF/A what the standard asks for."""
    root = writer.root_object
    packet = DecodedStreamObject()
    packet.update({NameObject("/Type"): NameObject("/Metadata")})
    packet.update({NameObject("/Subtype"): NameObject("/XML")})
    packet.set_data(caption.xmp(archival=archival))
    root[NameObject("/Metadata")] = kept(writer, packet)
    if archival:
        root[NameObject("/OutputIntents")] = ArrayObject([_output_intent(writer)])
    writer.metadata = caption.info
    one = ByteStringObject(caption.id)
    writer._ID = ArrayObject([one, one])  # noqa: SLF001 - pypdf's own are random
    writer.pdf_header = HEADER


def _output_intent(writer: PdfWriter) -> DictionaryObject:
    profile = DecodedStreamObject()
    profile.set_data(srgb())
    coded = profile.flate_encode()
    coded[NameObject("/N")] = NumberObject(3)
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/OutputIntent"),
            NameObject("/S"): NameObject("/GTS_PDFA1"),
            NameObject("/OutputConditionIdentifier"): TextStringObject("sRGB"),
            NameObject("/Info"): TextStringObject("sRGB IEC61966-2.1"),
            NameObject("/DestOutputProfile"): kept(writer, coded),
        }
    )


@functools.cache
def srgb() -> bytes:
    """A colour profile of the screen, some 600 bytes; the same wherever and whenever it is made."""
    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    made[_ICC_VERSION] = b"\x04\x20\0\0"  # the newest that PDF 1.7 knows; nothing newer is in it
    made[_ICC_DATE] = b"\x07\xd0\0\1\0\1" + bytes(6)
    return bytes(made)


def _fits(thing: PdfObject) -> bool:
    """Whether one object may stand in the file, as far as it shows without reading contents."""
    if isinstance(thing, NameObject):
        return thing not in _PRESS and len(thing) <= _MOST_NAME
    if isinstance(thing, TextStringObject | ByteStringObject):
        return len(thing) <= _MOST_STRING
    if isinstance(thing, ArrayObject):
        return not thing or thing[0] != "/ICCBased" or _profile_fits(thing)
    if isinstance(thing, StreamObject) and not _stream_fits(thing):
        return False
    return not isinstance(thing, DictionaryObject) or _table_fits(thing)


def _stream_fits(stream: StreamObject) -> bool:
    coding = at(stream, "/Filter")
    names = coding if isinstance(coding, ArrayObject) else [coding] if coding else []
    return not _NO_STREAM & set(stream) and all(name.get_object() in _CODINGS for name in names)


def _table_fits(found: DictionaryObject) -> bool:
    kind, subtype = name_at(found, "/Type"), name_at(found, "/Subtype")
    if kind == "/Annot" or "/Rect" in found:
        return _note_fits(found)
    anew = at(found, "/NeedAppearances")
    return (
        not _NOWHERE & set(found)
        and kind != "/Font"
        and subtype not in {"/PS", *_FONTS}
        and ("/BM" not in found or name_at(found, "/BM") in _BLENDS)
        and not (isinstance(anew, BooleanObject) and anew.value)
        and (kind != "/Page" or _page_fits(found))
    )


def _page_fits(page: DictionaryObject) -> bool:
    least, most = _PAGE_SIDES
    for name in _BOXES:
        box = at(page, name)
        if isinstance(box, ArrayObject):
            left, bottom, right, top = (float(side.get_object()) for side in box)
            if not all(least <= abs(side) <= most for side in (right - left, top - bottom)):
                return False
    return True


def _note_fits(note: DictionaryObject) -> bool:
    """Whether an annotation is printed as it is seen."""
    flags = at(note, "/F")
    if not isinstance(flags, NumberObject) or not flags & _PRINTED or flags & _UNSEEN:
        return False
    if name_at(note, "/Subtype") == "/Link":
        return True
    acts = name_at(note, "/Subtype") == "/Widget" and "/A" in note
    return set(table(note, "/AP")) == {"/N"} and not acts


def _profile_fits(space: ArrayObject) -> bool:
    """Whether a colour space has a profile of grey or of light that readers know."""
    profile = space[1].get_object()
    if not isinstance(profile, StreamObject):
        return False
    content = profile.get_data()
    channels = _CHANNELS.get(content[16:20])
    known = content[36:40] == b"acsp" and content[8:9] in {b"\2", b"\4"}
    return known and channels is not None and at(profile, "/N") == NumberObject(channels)


def _contents(writer: PdfWriter, everything: Iterable[PdfObject]) -> Iterable[bytes]:
    """What pages, forms and patterns draw."""
    pages = (page.get_contents() for page in writer.pages)
    drawn = (content.get_data() for content in pages if content is not None)
    parts = (
        thing.get_data()
        for thing in everything
        if isinstance(thing, StreamObject)
        and (name_at(thing, "/Subtype") == "/Form" or at(thing, "/PatternType") == NumberObject(1))
    )
    return chain(drawn, parts)


def _content_fits(content: bytes) -> bool:
    depth = 0
    try:
        for step in steps(content):
            depth += (step.name == b"q") - (step.name == b"Q")
            if step.name not in PLAIN or step.last in _INKS or depth > _MOST_NESTED:
                return False
    except Strange:
        return False
    return True


_INKS = frozenset(name.encode() for name in _PRESS)
