"""Reading copies keep PDF/A-2b by construction, or do not say that they do.

The files are walked from their bytes with pypdf's reader; an outside validator is not asked.
"""

from __future__ import annotations

import datetime as dt
import io
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from PIL import Image, ImageCms, ImageStat
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    PdfObject,
    StreamObject,
)

from arsip.model import Box, PageText, Word
from arsip.scan.caption import Caption
from arsip.scan.layer import write_layer
from arsip.scan.pdfa import srgb
from tests.scan.paper import PdfSheet, jpeg, pdf, sheet, typed

CAPTION = Caption("0f" * 32, "Undangan <Rapat> & “Arsip”", "Dinas Telaga Biru", dt.date(2024, 3, 4))
WORDS = ((Word("Nomor", Box(100, 100, 200, 115), 0.9), Word("Arsip", Box(300, 100, 400, 115))),)
PART = "{http://www.aiim.org/pdfa/ns/id/}part"
DC = "{http://purl.org/dc/elements/1.1/}"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"


def read(number: int = 1, **how: Any) -> PageText:
    given = {"lines": WORDS, "engine": "tesseract 5", "confidence": 0.9, **how}
    return PageText(number=number, **given)


def laid(tmp_path: Path, content: bytes, kind: str, *pages: PageText, password: str = "") -> Path:
    source, out = tmp_path / "original", tmp_path / "reading.pdf"
    source.write_bytes(content)
    chosen = pages or (read(),)
    assert write_layer(source, kind, chosen, out, caption=CAPTION, password=password)
    return out


def scan(picture: Image.Image, kind: str, **how: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, dpi=(100, 100), **how)
    return out.getvalue()


def reader(path: Path) -> Any:
    return PdfReader(path)


def packet(path: Path) -> ET.Element:
    metadata = reader(path).root_object["/Metadata"]
    assert isinstance(metadata, StreamObject)
    assert "/Filter" not in metadata
    return ET.fromstring(metadata.get_data().decode("utf-8"))  # noqa: S314 - written by us


def claims(path: Path) -> bool:
    return packet(path).find(f".//{PART}") is not None


def everything(path: Path) -> Iterator[PdfObject]:
    """Every object of the file, whether or not anything leads to it, and what stands in each."""
    found = reader(path)
    numbers = [number for number, place in found.xref[0].items() if place]
    waiting: list[Any] = [found.trailer]
    waiting += [IndirectObject(number, 0, found) for number in numbers]
    seen: set[int] = set()
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, IndirectObject):
            if thing.idnum in seen:
                continue
            seen.add(thing.idnum)
            thing = thing.get_object()
        yield thing
        if isinstance(thing, DictionaryObject):
            waiting.extend(thing.values())
        elif isinstance(thing, ArrayObject):
            waiting.extend(thing)


def tables(path: Path) -> list[Any]:
    return [thing for thing in everything(path) if isinstance(thing, DictionaryObject)]


KINDS = {
    "jpeg-grey": ("jpeg", jpeg(sheet(50), dpi=(50, 50))),
    "jpeg-colour": ("jpeg", jpeg(sheet(50, mode="RGB"))),
    "png-palette": ("png", scan(sheet(50, mode="RGB").quantize(16), "PNG")),
    "png-alpha": ("png", scan(sheet(50, mode="RGBA"), "PNG")),
    "tiff-fax": ("tiff", scan(sheet(50).convert("1"), "TIFF", compression="group4")),
    "tiff-lzw": ("tiff", scan(sheet(50), "TIFF", compression="tiff_lzw")),
    "tiff-jpeg": ("tiff", scan(sheet(50, mode="RGB"), "TIFF", compression="jpeg")),
    "gif": ("gif", scan(sheet(50), "GIF")),
    "pdf": ("pdf", pdf(PdfSheet(jpeg=jpeg(sheet(50))), PdfSheet(b"0 0 9 9 re f"))),
    "pdf-old-words": ("pdf", pdf(PdfSheet(typed(mode=3), jpeg=jpeg(sheet(50))))),
}


@pytest.fixture(scope="module", params=KINDS)
def copy(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    kind, content = KINDS[request.param]
    pages = (read(1), read(2)) if request.param == "pdf" else (read(1),)
    return laid(tmp_path_factory.mktemp(request.param), content, kind, *pages)


def test_a_copy_says_that_it_is_pdf_a_2b(copy: Path) -> None:
    found = packet(copy)
    assert [found.findtext(f".//{PART}"), found.findtext(f".//{PART[:-4]}conformance")] == [
        "2",
        "B",
    ]


def test_the_file_begins_and_ends_as_the_standard_asks(copy: Path) -> None:
    content = copy.read_bytes()
    assert content.startswith(b"%PDF-1.7\n%")
    assert all(byte > 127 for byte in content[10:14])
    assert content.endswith(b"%%EOF\n")
    assert content.count(b"startxref") == 1


def test_the_file_has_an_id_that_is_the_same_whenever_it_is_made(copy: Path) -> None:
    trailer = reader(copy).trailer
    ids = trailer["/ID"]
    assert [one.original_bytes for one in ids] == [bytes.fromhex("0f" * 16)] * 2
    assert "/Encrypt" not in trailer


def test_title_sender_and_date_stand_in_both_kinds_of_properties(copy: Path) -> None:
    info, found = reader(copy).metadata, packet(copy)
    assert info
    assert info.title == CAPTION.title == found.findtext(f".//{DC}title/{RDF}Alt/{RDF}li")
    assert info.author == CAPTION.sender == found.findtext(f".//{DC}creator/{RDF}Seq/{RDF}li")
    assert info["/CreationDate"] == "D:20240304"
    assert found.findtext(".//{http://ns.adobe.com/xap/1.0/}CreateDate") == "2024-03-04"
    assert info.producer == found.findtext(".//{http://ns.adobe.com/pdf/1.3/}Producer")
    assert found.findtext(f".//{DC}source") == "sha256:" + "0f" * 32


def test_colours_have_a_profile(copy: Path) -> None:
    [intent] = reader(copy).root_object["/OutputIntents"]
    assert intent["/S"] == "/GTS_PDFA1"
    profile = intent["/DestOutputProfile"]
    assert profile["/N"] == 3
    assert profile.get_data() == srgb()
    names = {str(thing) for thing in everything(copy) if isinstance(thing, NameObject)}
    assert not names & {"/DeviceCMYK", "/Separation", "/DeviceN"}


def test_streams_lie_in_the_file_and_are_coded_as_allowed(copy: Path) -> None:
    for thing in everything(copy):
        if isinstance(thing, StreamObject):
            coding = thing.get("/Filter", ArrayObject())
            names = coding if isinstance(coding, ArrayObject) else [coding]
            assert set(names) <= {"/FlateDecode", "/DCTDecode", "/CCITTFaxDecode"}
            assert not {"/F", "/FFilter", "/FDecodeParms"} & set(thing)


def test_nothing_acts_and_nothing_is_attached(copy: Path) -> None:
    forbidden = {"/AA", "/OpenAction", "/JS", "/EF", "/EmbeddedFiles", "/AF", "/XFA", "/Encrypt"}
    assert not any(forbidden & set(table) for table in tables(copy))


def test_pictures_are_not_smoothed_and_have_no_others_beside_them(copy: Path) -> None:
    for table in tables(copy):
        if table.get("/Subtype") == "/Image":
            assert not {"/Interpolate", "/Alternates", "/OPI"} & set(table)
            assert table["/BitsPerComponent"] in {1, 2, 4, 8}


def test_the_one_font_is_embedded_and_its_widths_are_those_of_its_glyph(copy: Path) -> None:
    fonts = [table for table in tables(copy) if table.get("/Type") == "/Font"]
    assert {str(font["/Subtype"]) for font in fonts} == {"/Type0", "/CIDFontType2"}
    [whole] = [font for font in fonts if font["/Subtype"] == "/Type0"]
    [part] = [font for font in fonts if font["/Subtype"] == "/CIDFontType2"]
    assert whole["/Encoding"] == "/Identity-H"
    assert whole["/BaseFont"] == part["/BaseFont"] == part["/FontDescriptor"]["/FontName"]
    system = part["/CIDSystemInfo"]
    assert (system["/Registry"], system["/Ordering"]) == ("Adobe", "Identity")
    glyphs = part["/CIDToGIDMap"].get_data()
    assert glyphs == b"\0\1" * 65_536  # never 0: the glyph of what is missing
    file = part["/FontDescriptor"]["/FontFile2"].get_data()
    assert part["/DW"] == width_of(file, glyph=1)
    assert b"beginbfrange" in whole["/ToUnicode"].get_data()


def width_of(font: bytes, *, glyph: int) -> int:
    """In 1/1000 of the size, from the tables head and hmtx."""
    count = struct.unpack_from(">H", font, 4)[0]
    entries = (struct.unpack_from(">4sIII", font, 12 + 16 * at) for at in range(count))
    starts = {tag: start for tag, _sum, start, _length in entries}
    units = struct.unpack_from(">H", font, starts[b"head"] + 18)[0]
    advance = struct.unpack_from(">H", font, starts[b"hmtx"] + 4 * glyph)[0]
    return int(1000 * advance / units)


def test_pages_have_a_sensible_size_and_fonts_and_pictures_of_their_own(copy: Path) -> None:
    for page in reader(copy).pages:
        assert 3 <= page.mediabox.width <= 14_400
        assert 3 <= page.mediabox.height <= 14_400
        assert "/ArsipInvisible" in page["/Resources"]["/Font"]


def test_nothing_lies_in_the_file_that_nothing_leads_to(copy: Path) -> None:
    found = reader(copy)
    written = sum(1 for place in found.xref[0].values() if place)
    assert written == len(PdfWriter(clone_from=found)._objects)


def test_the_same_file_makes_the_same_copy(tmp_path: Path) -> None:
    for kind, content in KINDS.values():
        pages = (read(1), read(2))[: 2 if content == KINDS["pdf"][1] else 1]
        first = laid(tmp_path, content, kind, *pages).read_bytes()
        assert laid(tmp_path, content, kind, *pages).read_bytes() == first


def test_the_profile_is_that_of_the_screen() -> None:
    """Mid grey is as light in it as sRGB says, and its red is sRGB's."""
    ours = ImageCms.ImageCmsProfile(io.BytesIO(srgb()))
    grey = Image.new("RGB", (1, 1), (128, 128, 128))
    seen = ImageCms.profileToProfile(grey, ours, ImageCms.createProfile("LAB"), outputMode="LAB")
    assert seen
    lightness = ImageStat.Stat(seen).mean[0] * 100 / 255
    assert lightness == pytest.approx(53.6, abs=0.5)
    assert ours.profile.chromaticity
    assert ours.profile.chromaticity[0][:2] == pytest.approx((0.64, 0.33), abs=0.01)
    assert len(srgb()) < 1000
    assert srgb()[8:12] == b"\x04\x20\0\0"


def with_print(content: bytes) -> bytes:
    return pdf(PdfSheet(content, jpeg=jpeg(sheet(50))))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (with_print(typed(["Diterima"])), "a font that is not embedded"),
        (with_print(b"0 0 0 1 k 0 0 9 9 re f"), "an ink"),
        (with_print(b"/DeviceCMYK cs 0 0 0 1 sc 0 0 9 9 re f"), "an ink by its name"),
        (with_print(b"BI /W 1 /H 1 /BPC 8 /CS /G ID x EI"), "a picture inside the content"),
        (with_print(b"(never closed Tj"), "a content that is not understood"),
        (with_print(b"q " * 40), "states saved too deep"),
        (pdf(PdfSheet(jpeg=jpeg(sheet(50)), size=(20_000, 20_000))), "a page as large as a field"),
        (
            pdf(PdfSheet(jpeg=jpeg(sheet(50))), trailer=b"/OCProperties<</OCGs[]/D<<>>>>"),
            "layers that can be hidden",
        ),
        (
            pdf(
                PdfSheet(
                    jpeg=jpeg(sheet(50)),
                    entries=b"/Annots[<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/F 2>>]",
                )
            ),
            "a note that is not printed",
        ),
        (
            pdf(
                PdfSheet(
                    jpeg=jpeg(sheet(50)),
                    entries=b"/Group<</S/Transparency/CS/DeviceCMYK>>",
                )
            ),
            "inks of a group",
        ),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_a_scan_with_what_is_forbidden_does_not_claim_to_be_pdf_a(
    tmp_path: Path, content: bytes, why: str
) -> None:
    out = laid(tmp_path, content, "pdf")
    assert not claims(out), why
    assert "/OutputIntents" not in reader(out).root_object
    info = reader(out).metadata
    assert info
    assert info.title == CAPTION.title


def test_a_note_that_is_printed_as_it_is_seen_may_stay(tmp_path: Path) -> None:
    look = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 12>>stream\n0 0 9 9 re f\nendstream"
    note = b"/Annots[<</Type/Annot/Subtype/Stamp/Rect[0 0 9 9]/F 4/AP<</N 10 0 R>>>>]"
    link = b"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(http://kantor.example)>>>>"
    page = PdfSheet(jpeg=jpeg(sheet(50)), entries=note.replace(b"[<<", b"[" + link + b"<<", 1))
    assert claims(laid(tmp_path, pdf(page, extra={10: look}), "pdf"))


def test_inks_in_a_photo_are_kept_and_not_claimed(tmp_path: Path) -> None:
    content = jpeg(Image.new("CMYK", (60, 80), (200, 10, 10, 0)))
    assert not claims(laid(tmp_path, content, "jpeg"))


@pytest.mark.parametrize("space", [(b"GRAY", 1, True), (b"CMYK", 4, False), (b"RGB ", 1, False)])
def test_a_profile_that_came_along_must_be_one_of_light(
    tmp_path: Path, space: tuple[bytes, int, bool]
) -> None:
    name, channels, fits = space
    profile = bytearray(132)
    profile[8], profile[16:20], profile[36:40] = 2, name, b"acsp"
    stream = b"<</N %d/Length 132>>stream\n%s\nendstream" % (channels, bytes(profile))
    content = pdf(PdfSheet(jpeg=jpeg(sheet(50))), extra={10: stream})
    content = content.replace(b"/ColorSpace/DeviceGray", b"/ColorSpace[/ICCBased 10 0 R]")
    assert claims(laid(tmp_path, content, "pdf")) is fits


def test_a_lock_is_taken_off_and_does_not_matter(tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(PdfSheet(jpeg=jpeg(sheet(50)))))))
    writer.encrypt("melati", "kepala", algorithm="RC4-128")
    locked = io.BytesIO()
    writer.write(locked)
    out = laid(tmp_path, locked.getvalue(), "pdf", password="melati")
    assert claims(out)
    assert "/Encrypt" not in reader(out).trailer
