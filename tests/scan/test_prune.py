"""What of a scan goes into its reading copy: what shows, and nothing that acts."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from pypdf import PdfReader

from arsip.model import Box, Limits, PageText, Word
from arsip.scan.caption import Caption
from arsip.scan.layer import write_layer
from arsip.scan.read import inspect
from tests.scan.paper import PdfSheet, jpeg, pdf, sheet, typed

CAPTION = Caption("0f" * 32)
WORDS = ((Word("Nomor", Box(100, 100, 200, 115), 0.9),),)
PICTURE = jpeg(sheet(50))


def read(number: int = 1, **how: Any) -> PageText:
    given = {"lines": WORDS, "engine": "tesseract 5", "confidence": 0.9, **how}
    return PageText(number=number, **given)


def blank(number: int, **how: Any) -> PageText:
    return PageText(number=number, blank=True, **how)


def laid(tmp_path: Path, content: bytes, *pages: PageText, kind: str = "pdf") -> Path:
    source, out = tmp_path / "original", tmp_path / "reading.pdf"
    source.write_bytes(content)
    assert write_layer(source, kind, pages or (read(),), out, caption=CAPTION)
    return out


def text_of(path: Path, at: int = 0) -> str:
    document = pdfium.PdfDocument(path)
    page = document[at].get_textpage()
    found = str(page.get_text_range())
    page.close()
    document.close()
    return found


def reader(path: Path) -> Any:
    return PdfReader(path)


def labels(path: Path) -> list[str]:
    return list(reader(path).page_labels)


SCRIPT = b"<</S/JavaScript/JS(app.alert\\(1\\))>>"
ACTIVE: Mapping[str, tuple[bytes, bytes]] = {
    "a script when it is opened": (b"/OpenAction" + SCRIPT, b""),
    "a script with a name": (b"/Names<</JavaScript<</Names[(a)" + SCRIPT + b"]>>>>", b""),
    "a program when it is printed": (b"/AA<</WP<</S/Launch/F(a.exe)>>>>", b""),
    "an attached file": (
        b"/Names<</EmbeddedFiles<</Names[(a)<</Type/Filespec/F(a.exe)/EF<</F 10 0 R>>>>]>>>>",
        b"",
    ),
    "a script when a page is seen": (b"", b"/AA<</O" + SCRIPT + b">>"),
    "a link that launches": (
        b"",
        b"/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/Launch/F(a.exe)>>>>]",
    ),
    "a link that goes on to a script": (
        b"",
        b"/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]"
        b"/A<</S/URI/URI(http://kantor.example)/Next" + SCRIPT + b">>>>]",
    ),
    "a form that sends": (
        b"/AcroForm<</Fields[]/XFA(x)>>",
        b"/Annots[<</Subtype/Widget/FT/Btn/Rect[0 0 9 9]/A<</S/SubmitForm/F(http://a.example)>>>>]",
    ),
    "a film": (
        b"",
        b"/Annots[<</Type/Annot/Subtype/RichMedia/Rect[0 0 9 9]/RichMediaContent<<>>>>]",
    ),
}
WORDS_OF_ACTS = (b"JavaScript", b"Launch", b"SubmitForm", b"EmbeddedFile", b"RichMedia", b"XFA")


@pytest.mark.parametrize("act", ACTIVE)
def test_what_acts_stays_in_the_original_alone(tmp_path: Path, act: str) -> None:
    trailer, entries = ACTIVE[act]
    program = {10: b"<</Type/EmbeddedFile/Length 2>>stream\nMZ\nendstream"}
    source = pdf(PdfSheet(jpeg=PICTURE, entries=entries), trailer=trailer, extra=program)
    out = laid(tmp_path, source)
    assert not [word for word in WORDS_OF_ACTS if word in out.read_bytes()]
    assert "active_content" not in inspect(out, "pdf", limits=Limits()).flags
    assert "Nomor" in text_of(out)


def test_a_link_to_the_web_and_named_places_stay(tmp_path: Path) -> None:
    link = b"/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(http://a.example)>>>>]"
    trailer = b"/Names<</Dests<</Names[(a)[20 0 R/Fit]]>>>>"
    out = laid(tmp_path, pdf(PdfSheet(jpeg=PICTURE, entries=link), trailer=trailer))
    [note] = reader(out).pages[0]["/Annots"]
    assert note["/A"]["/URI"] == "http://a.example"
    assert "/Dests" in reader(out).root_object["/Names"]


def test_a_copy_bears_no_signature_that_it_would_break(tmp_path: Path) -> None:
    form = b"/AcroForm<</Fields[10 0 R]/SigFlags 3>>/Perms<</DocMDP 11 0 R>>"
    value = b"<</Type/Sig/Filter/Adobe.PPKLite/Contents<00>/ByteRange[0 1 2 3]>>"
    extra = {10: b"<</FT/Sig/T(ttd)/V 11 0 R>>", 11: value}
    out = laid(tmp_path, pdf(PdfSheet(jpeg=PICTURE), trailer=form, extra=extra))
    assert b"ByteRange" not in out.read_bytes()


def test_old_hidden_words_give_way_to_those_that_were_read(tmp_path: Path) -> None:
    out = laid(tmp_path, pdf(PdfSheet(typed(["Nornor Vndangan"], mode=3), jpeg=PICTURE)))
    assert text_of(out).split() == ["Nomor"]
    assert b"Helvetica" not in out.read_bytes()


def test_printed_words_stay_beside_those_that_were_read(tmp_path: Path) -> None:
    out = laid(tmp_path, pdf(PdfSheet(typed(["Diterima"]), jpeg=PICTURE)))
    assert set(text_of(out).split()) == {"Diterima", "Nomor"}


def test_hidden_words_of_a_page_that_was_not_read_anew_stay(tmp_path: Path) -> None:
    hidden = PdfSheet(typed(["Vndangan"], mode=3), jpeg=PICTURE)
    digital = PageText(2, lines=WORDS, origin="text", engine="pdf")
    out = laid(tmp_path, pdf(hidden, hidden), read(), digital)
    assert "Vndangan" not in text_of(out)
    assert "Vndangan" in text_of(out, 1)


FORM = b"<</Type/XObject/Subtype/Form/BBox[0 0 595 842]%s/Length %d>>stream\n%s\nendstream"


@pytest.mark.parametrize("own", [True, False])
def test_old_hidden_words_in_a_form_give_way_too(tmp_path: Path, *, own: bool) -> None:
    content = typed(["Vndangan"], mode=3)
    fonts = b"/Resources<</Font<</F1 3 0 R>>>>" if own else b""
    extra = {10: FORM % (fonts, len(content), content)}
    source = pdf(PdfSheet(b"/Old Do", jpeg=PICTURE), extra=extra)
    source = source.replace(b"/XObject<</Im", b"/XObject<</Old 10 0 R/Im")
    out = laid(tmp_path, source)
    assert ("Vndangan" in text_of(out)) is not own
    assert "Nomor" in text_of(out)


def test_a_content_that_is_not_understood_stays_as_it_is(tmp_path: Path) -> None:
    content = typed(["Vndangan"], mode=3) + b" BI /W 1 /H 1 /BPC 8 /CS /G ID x EI"
    out = laid(tmp_path, pdf(PdfSheet(content, jpeg=PICTURE)))
    assert {"Vndangan", "Nomor"} <= set(text_of(out).split())


def test_a_content_that_cannot_be_unpacked_stays_as_it_is(tmp_path: Path) -> None:
    source = pdf(PdfSheet(typed(["Vndangan"], mode=3), jpeg=PICTURE))
    at = source.index(b"21 0 obj\n<<") + len(b"21 0 obj\n<<")
    out = laid(tmp_path, source[:at] + b"/Filter/Strange" + source[at:])
    assert "Nomor" in text_of(out)
    assert b"pdfaid:part>" not in out.read_bytes()


def test_pages_without_ink_are_left_out_and_the_others_keep_their_numbers(tmp_path: Path) -> None:
    empty = jpeg(sheet(50, lines=[]))
    scan = pdf(*(PdfSheet(jpeg=PICTURE if at in {1, 2, 4} else empty) for at in range(5)))
    pages = (blank(1), read(2), read(3), blank(4), read(5))
    out = laid(tmp_path, scan, *pages)
    assert len(reader(out).pages) == 3
    assert labels(out) == ["2", "3", "5"]
    assert empty not in out.read_bytes()
    assert all("Nomor" in text_of(out, at) for at in range(3))


def test_a_fax_is_shown_without_its_blank_backs(tmp_path: Path) -> None:
    first, back = sheet(50).convert("1"), sheet(50, lines=[]).convert("1")
    path = tmp_path / "a.tif"
    first.save(path, save_all=True, append_images=[back, first], compression="group4")
    out = laid(tmp_path, path.read_bytes(), read(), blank(2), read(3), kind="tiff")
    assert labels(out) == ["1", "3"]


def test_a_page_with_ink_but_without_words_stays(tmp_path: Path) -> None:
    drawing = blank(2, engine="tesseract 5")
    broken = PageText(3, unread="broken")
    out = laid(tmp_path, pdf(*[PdfSheet(jpeg=PICTURE)] * 3), read(), drawing, broken)
    assert len(reader(out).pages) == 3
    assert "/PageLabels" not in reader(out).root_object


def test_a_link_to_a_page_that_was_left_out_leads_to_the_one_before(tmp_path: Path) -> None:
    link = b"/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/Dest[30 0 R/Fit]>>]"
    scan = pdf(PdfSheet(jpeg=PICTURE, entries=link), PdfSheet(b"0 0 1 1 re f"))
    out = laid(tmp_path, scan, read(), blank(2, origin="text", engine="pdf"))
    [page] = reader(out).pages
    [note] = page["/Annots"]
    assert note["/Dest"][0].idnum == page.indirect_reference.idnum


def test_a_pdf_in_which_other_pages_are_seen_than_were_read_has_no_copy(tmp_path: Path) -> None:
    source, out = tmp_path / "original", tmp_path / "reading.pdf"
    source.write_bytes(pdf(PdfSheet(jpeg=PICTURE), PdfSheet(jpeg=PICTURE)))
    assert not write_layer(source, "pdf", [read()], out, caption=CAPTION)
    assert not out.exists()
