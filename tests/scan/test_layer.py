from __future__ import annotations

import hashlib
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageDraw, ImageOps, ImageStat
from pypdf import PdfReader, PdfWriter

from arsip.model import Box, PageText, Word
from arsip.scan.caption import Caption
from arsip.scan.layer import write_layer
from arsip.scan.pdfwords import own_words
from tests.scan.paper import PdfSheet, darkest, grey_at, jpeg, pdf, sheet, typed

WORDS = (
    (Word("Nomor", Box(100, 100, 200, 115), 0.9), Word(":", Box(220, 100, 225, 115), 0.9)),
    (Word("Telaga—Biru\U0001f600", Box(600, 800, 800, 830), 0.8), Word(" ", Box(0, 0, 9, 9), 0.1)),
)

CAPTION = Caption("ab" * 32)


def lay(path: Path, kind: str, pages: list[PageText], out: Path, password: str = "") -> bool:
    return write_layer(path, kind, pages, out, caption=CAPTION, password=password)


def page(**how: object) -> PageText:
    given = {"number": 1, "lines": WORDS, "engine": "tesseract 5", "confidence": 0.9, **how}
    return PageText(**given)  # type: ignore[arg-type]


def put(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def words_in(path: Path, at: int = 0) -> dict[str, tuple[float, float, float, float]]:
    """Word -> its box in 1/1000 of the page as a viewer shows it."""
    document = pdfium.PdfDocument(path)
    shown = document[at]
    width, height = shown.get_size()
    found = {
        word.text: (
            1000 * word.left / width,
            1000 * word.top / height,
            1000 * word.right / width,
            1000 * word.bottom / height,
        )
        for word in own_words(shown)
    }
    document.close()
    return found


def assert_over(found: tuple[float, ...], box: Box) -> None:
    for place, wanted in zip(found, box, strict=True):
        assert place == pytest.approx(wanted, abs=5)


def streams(path: Path) -> list[bytes]:
    return [
        thing.get_object()._data
        for shown in PdfReader(path).pages
        for thing in shown["/Resources"]["/XObject"].values()  # type: ignore[index]
    ]


def test_a_photo_keeps_its_bytes_under_its_words(tmp_path: Path) -> None:
    content = jpeg(sheet(100), dpi=(100, 100))
    out = tmp_path / "reading.pdf"
    assert lay(put(tmp_path / "a", content), "jpeg", [page()], out)
    assert streams(out) == [content]
    found = words_in(out)
    assert_over(found["Nomor"], WORDS[0][0].box)
    assert_over(found["Telaga—Biru\ufffd"], WORDS[1][0].box)
    assert out.stat().st_size - len(content) < 20_000


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_scan_is_shown_upright_with_its_words_in_place(tmp_path: Path, turn: int) -> None:
    upright = sheet(100)
    stored = upright.rotate(turn, expand=True)
    out = tmp_path / "reading.pdf"
    lay(put(tmp_path / "a", jpeg(stored, dpi=(100, 100))), "jpeg", [page(turn=turn)], out)
    assert_over(words_in(out)["Nomor"], WORDS[0][0].box)
    shown = pdfium.PdfDocument(out)[0].render(scale=1, grayscale=True).to_pil()
    assert shown.size == (596, 842)
    assert darkest(shown.crop((70, 70, 400, 90))) < 120


def test_the_words_of_a_leaning_page_lean_with_it(tmp_path: Path) -> None:
    """A mark at the place of the word, turned about the middle of the page as the scan was."""
    straight = Image.new("L", (1000, 1400), 255)
    ImageDraw.Draw(straight).rectangle((200, 280, 260, 300), fill=0)
    leaning = straight.rotate(-3, Image.Resampling.BICUBIC, fillcolor=255)
    mark = leaning.point(lambda value: 255 - value).getbbox()
    assert mark
    word = Word("tanda", Box(200, 200, 260, 214))
    out = tmp_path / "reading.pdf"
    source = put(tmp_path / "a", jpeg(leaning, dpi=(100, 100)))
    lay(source, "jpeg", [page(lines=((word,),), skew=3.0)], out)
    found = words_in(out)["tanda"]
    for place, wanted, whole in zip(found, mark, (1000, 1400) * 2, strict=True):
        assert place == pytest.approx(1000 * wanted / whole, abs=6)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_shown_as_its_exif_says(tmp_path: Path, orientation: int) -> None:
    picture = Image.new("L", (300, 200), 255)
    picture.paste(0, (0, 0, 60, 30))
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = put(tmp_path / "a", jpeg(picture, dpi=(50, 50), exif=exif))
    out = tmp_path / "reading.pdf"
    lay(path, "jpeg", [page()], out)
    shown = pdfium.PdfDocument(out)[0].render(scale=50 / 72, grayscale=True).to_pil()
    with Image.open(path) as stored:
        wanted = ImageOps.exif_transpose(stored)
    assert abs(shown.width - wanted.width) <= 1
    spots = [
        (5, 5),
        (wanted.width - 6, 5),
        (5, wanted.height - 6),
        (wanted.width - 6, wanted.height - 6),
    ]
    assert [grey_at(shown, at) < 128 for at in spots] == [grey_at(wanted, at) < 128 for at in spots]


def test_inks_of_a_printing_press_keep_their_bytes(tmp_path: Path) -> None:
    content = jpeg(Image.new("CMYK", (60, 80), (200, 10, 10, 0)))
    out = tmp_path / "reading.pdf"
    assert lay(put(tmp_path / "a", content), "jpeg", [page()], out)
    assert streams(out) == [content]
    cyan = pdfium.PdfDocument(out)[0].render(scale=1).to_pil().convert("RGB")
    red, green, _blue = (grey_at(band, (20, 20)) for band in cyan.split())
    assert red < 120 < green


def test_a_fax_of_two_pages_stays_black_and_white(tmp_path: Path) -> None:
    first, second = sheet(100).convert("1"), sheet(100, lines=["Lampiran"]).convert("1")
    path = tmp_path / "a.tif"
    first.save(path, save_all=True, append_images=[second], compression="group4", dpi=(100, 100))
    out = tmp_path / "reading.pdf"
    assert lay(path, "tiff", [page(), page(number=2)], out)
    assert len(PdfReader(out).pages) == 2
    for at, wanted in enumerate((first, second)):
        shown = pdfium.PdfDocument(out)[at].render(scale=100 / 72, grayscale=True).to_pil()
        ink = [255 - ImageStat.Stat(image.convert("L")).mean[0] for image in (shown, wanted)]
        assert ink[0] == pytest.approx(ink[1], rel=0.1)
        assert words_in(out, at)


@pytest.mark.parametrize("mode", ["1", "L", "RGB", "P", "RGBA", "I;16"])
def test_a_png_is_shown_as_it_is(tmp_path: Path, mode: str) -> None:
    picture = Image.linear_gradient("L").resize((64, 48)).rotate(90)
    stored = {
        "P": picture.convert("RGB").quantize(40),
        "I;16": picture.convert("I").point(lambda value: value * 257).convert("I;16"),
    }.get(mode) or picture.convert(mode)
    path = tmp_path / "a.png"
    stored.save(path, dpi=(10, 10))
    out = tmp_path / "reading.pdf"
    assert lay(path, "png", [page()], out)
    shown = pdfium.PdfDocument(out)[0].render(scale=10 / 72, grayscale=True).to_pil()
    for place in ((3, 24), (32, 5), (60, 40)):
        wanted = grey_at(picture.convert("1") if mode == "1" else picture, place)
        assert mode == "1" or grey_at(shown, place) == pytest.approx(wanted, abs=12)
    ink = [ImageStat.Stat(image.convert("L")).mean[0] for image in (shown, picture)]
    assert ink[0] == pytest.approx(ink[1], abs=6)
    as_it_is = streams(out)[0] in path.read_bytes()
    assert as_it_is is (mode in {"1", "L", "RGB", "P"})


def test_a_page_of_a_tiff_that_does_not_decode_is_left_white(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    sheet(50).save(path, compression="tiff_lzw")
    content = bytearray(path.read_bytes())
    content[200:600] = b"\xff" * 400
    path.write_bytes(content)
    out = tmp_path / "reading.pdf"
    assert lay(path, "tiff", [page()], out)
    assert len(PdfReader(out).pages) == 1


def test_the_pages_of_a_pdf_stay_as_they_are(tmp_path: Path) -> None:
    picture = jpeg(sheet(100))
    source = pdf(PdfSheet(jpeg=picture), typed(), PdfSheet(jpeg=picture, rotate=90))
    out = tmp_path / "reading.pdf"
    pages = [page(), PageText(2, origin="text", lines=WORDS), page(number=3, turn=270)]
    assert lay(put(tmp_path / "a.pdf", source), "pdf", pages, out)
    reader = PdfReader(out)
    images = [reader.pages[at]["/Resources"]["/XObject"]["/Im"]._data for at in (0, 2)]  # type: ignore[index]
    assert {hashlib.sha256(data).hexdigest() for data in images} == {
        hashlib.sha256(picture).hexdigest()
    }
    assert_over(words_in(out, 0)["Nomor"], WORDS[0][0].box)
    assert_over(words_in(out, 2)["Nomor"], WORDS[0][0].box)
    assert "Telaga—Biru\ufffd" not in words_in(out, 1)
    assert [shown.rotation for shown in reader.pages] == [0, 0, 0]


def test_a_page_without_contents_or_resources_gets_its_words(tmp_path: Path) -> None:
    source = (
        pdf(b"").replace(b"/Contents 21 0 R", b"").replace(b"/Resources<</Font<</F1 3 0 R>>>>", b"")
    )
    out = tmp_path / "reading.pdf"
    assert lay(put(tmp_path / "a.pdf", source), "pdf", [page()], out)
    assert_over(words_in(out)["Nomor"], WORDS[0][0].box)


def test_a_page_with_several_contents_keeps_them(tmp_path: Path) -> None:
    source = pdf(typed(["satu"])).replace(b"/Contents 21 0 R", b"/Contents [21 0 R 21 0 R]")
    out = tmp_path / "reading.pdf"
    assert lay(put(tmp_path / "a.pdf", source), "pdf", [page()], out)
    assert {"satu", "Nomor"} <= set(words_in(out))


def test_a_digital_letter_has_no_layer(tmp_path: Path) -> None:
    out = tmp_path / "reading.pdf"
    digital = [PageText(1, origin="text", lines=WORDS), PageText(2, blank=True)]
    assert not lay(put(tmp_path / "a.pdf", pdf(typed())), "pdf", digital, out)
    assert not out.exists()


def test_a_locked_scan_gets_an_open_reading_copy(tmp_path: Path) -> None:
    picture = jpeg(sheet(100))
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf(PdfSheet(jpeg=picture)))))
    writer.encrypt("melati", "kepala", algorithm="RC4-128")
    source, out = tmp_path / "a.pdf", tmp_path / "reading.pdf"
    with source.open("wb") as file:
        writer.write(file)
    assert lay(source, "pdf", [page()], out, password="melati")
    assert streams(out) == [picture]
    assert_over(words_in(out)["Nomor"], WORDS[0][0].box)


def test_a_pdf_that_cannot_be_written_again_has_no_layer(tmp_path: Path) -> None:
    out = tmp_path / "reading.pdf"
    assert not lay(put(tmp_path / "a.pdf", b"%PDF-1.7\nnothing"), "pdf", [page()], out)
    assert not out.exists()
