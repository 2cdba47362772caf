"""The invisible font as objects of a PDF: what it needs to be embedded, searched and copied."""

from __future__ import annotations

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from arsip.scan import glyphless
from arsip.scan.pdfthings import kept

NAME = "/ArsipInvisible"


def invisible_font(writer: PdfWriter) -> IndirectObject:
    """The font, as one object that pages refer to."""
    streams = []
    for content in (glyphless.font_file(), glyphless.glyph_of_code(), glyphless.to_unicode()):
        stream = DecodedStreamObject()
        stream.set_data(content)
        streams.append(kept(writer, stream.flate_encode()))
    file, glyphs, signs = streams
    name = NameObject(NAME)
    box = ArrayObject(NumberObject(value) for value in (0, 0, glyphless.WIDTH, glyphless.UNITS))
    descriptor = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/FontDescriptor"),
            NameObject("/FontName"): name,
            NameObject("/Flags"): NumberObject(5),
            NameObject("/FontBBox"): box,
            NameObject("/ItalicAngle"): NumberObject(0),
            NameObject("/Ascent"): NumberObject(glyphless.UNITS),
            NameObject("/Descent"): NumberObject(-1),
            NameObject("/CapHeight"): NumberObject(glyphless.UNITS),
            NameObject("/StemV"): NumberObject(80),
            NameObject("/FontFile2"): file,
        }
    )
    system = DictionaryObject(
        {
            NameObject("/Registry"): TextStringObject("Adobe"),
            NameObject("/Ordering"): TextStringObject("Identity"),
            NameObject("/Supplement"): NumberObject(0),
        }
    )
    descendant = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/CIDFontType2"),
            NameObject("/BaseFont"): name,
            NameObject("/CIDSystemInfo"): system,
            NameObject("/FontDescriptor"): kept(writer, descriptor),
            NameObject("/DW"): FloatObject(glyphless.WIDTH),
            NameObject("/CIDToGIDMap"): glyphs,
        }
    )
    return kept(
        writer,
        DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type0"),
                NameObject("/BaseFont"): name,
                NameObject("/Encoding"): NameObject("/Identity-H"),
                NameObject("/DescendantFonts"): ArrayObject([kept(writer, descendant)]),
                NameObject("/ToUnicode"): signs,
            }
        ),
    )
