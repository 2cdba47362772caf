from __future__ import annotations

import hashlib
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageDraw, ImageOps, ImageStat
from pypdf import PdfReader, PdfWriter

from arsip.model import Box, Limits, PageText, Word
from arsip.scan.caption import Caption
from arsip.scan.image import image_page
from arsip.scan.layer import write_layer
from arsip.scan.pdfwords import own_words
from arsip.scan.tiffstream import tiff_pixels
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


def one_strip(path: Path, picture: Image.Image, compression: str | None, **tags: int) -> Path:
    """A TIFF whose page is one strip; tags by their numbers, as t274=6."""
    numbers = {int(name[1:]): value for name, value in tags.items()}
    picture.save(
        path,
        "TIFF",
        compression=compression,
        dpi=(50, 50),
        tiffinfo={278: picture.height, **numbers},
    )
    return path


def shown_like(out: Path, wanted: Image.Image) -> bool:
    """Whether the first page shows the picture, by what stands in a grid of its parts."""
    shown = pdfium.PdfDocument(out)[0].render(scale=50 / 72, grayscale=True).to_pil()
    if max(abs(shown.width - wanted.width), abs(shown.height - wanted.height)) > 1:
        return False
    parts = [image.convert("L").resize((12, 12)).tobytes() for image in (shown, wanted)]
    return all(abs(one - other) < 25 for one, other in zip(*parts, strict=True))


def marked() -> Image.Image:
    """A page that is dark at one corner, lighter at another."""
    picture = Image.new("L", (300, 400), 255)
    picture.paste(0, (0, 0, 150, 80))
    picture.paste(128, (200, 300, 300, 400))
    return picture


def bare() -> Image.Image:
    return marked().convert("1", dither=Image.Dither.NONE)


@pytest.mark.parametrize("orientation", [1, 3, 5, 6, 8])
@pytest.mark.parametrize("compression", ["group4", "jpeg", "tiff_lzw", None])
def test_a_page_of_a_tiff_is_shown_as_it_is_turned(
    tmp_path: Path, compression: str | None, orientation: int
) -> None:
    picture = bare() if compression == "group4" else marked()
    path = one_strip(tmp_path / "a.tif", picture, compression, t274=orientation)
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored = picture.convert("L")
    stored.info["exif"] = exif.tobytes()
    wanted = ImageOps.exif_transpose(stored)
    out = tmp_path / "reading.pdf"
    assert lay(path, "tiff", [page()], out)
    assert shown_like(out, wanted)
    as_it_is = streams(out)[0][-200:] in path.read_bytes()
    assert as_it_is is (compression in {"group4", "jpeg"})
    raster = image_page(path, "tiff", 1, limits=Limits())
    assert raster.image.size == wanted.size
    assert grey_at(raster.image, (20, 20)) == pytest.approx(grey_at(wanted, (20, 20)), abs=9)


@pytest.mark.parametrize(("mode", "told"), [("RGB", 2), ("YCbCr", 6)])
def test_the_colours_of_a_tiff_in_jpeg_stay_what_they_are(
    tmp_path: Path, mode: str, told: int
) -> None:
    picture = Image.new("RGB", (80, 80), (200, 40, 30)).convert(mode)
    path = one_strip(tmp_path / "a.tif", picture, "jpeg")
    with Image.open(path) as stored:
        assert stored.tag_v2[262] == told  # type: ignore[attr-defined]
    out = tmp_path / "reading.pdf"
    assert lay(path, "tiff", [page()], out)
    shown = pdfium.PdfDocument(out)[0].render(scale=1).to_pil().convert("RGB")
    found = [grey_at(band, (20, 20)) for band in shown.split()]
    assert found == pytest.approx([200, 40, 30], abs=9)


def test_white_that_is_nought_stays_white(tmp_path: Path) -> None:
    path = one_strip(tmp_path / "a.tif", bare(), "group4", t262=0)
    with Image.open(path) as stored:
        wanted = stored.convert("L")
    out = tmp_path / "reading.pdf"
    assert lay(path, "tiff", [page()], out)
    assert shown_like(out, wanted)


@pytest.mark.parametrize(
    "how",
    [
        {"compression": "group4", "tiffinfo": {278: 16}},
        {"compression": "jpeg", "tiffinfo": {278: 16}},
        {"compression": "group3"},
    ],
)
def test_strips_that_pdf_cannot_take_are_drawn_anew(tmp_path: Path, how: dict[str, object]) -> None:
    picture = marked() if how["compression"] == "jpeg" else bare()
    path = tmp_path / "a.tif"
    picture.save(path, "TIFF", dpi=(50, 50), **how)
    out = tmp_path / "reading.pdf"
    assert lay(path, "tiff", [page()], out)
    assert shown_like(out, picture)


@pytest.mark.parametrize("lossless", [True, False])
def test_what_came_lossy_is_kept_lossy(tmp_path: Path, *, lossless: bool) -> None:
    path, out = tmp_path / "a.webp", tmp_path / "reading.pdf"
    marked().convert("RGB").save(path, lossless=lossless)
    assert lay(path, "webp", [page()], out)
    [image] = PdfReader(out).pages[0]["/Resources"]["/XObject"].values()  # type: ignore[index]
    coding = image.get_object()["/Filter"]
    assert coding == ("/FlateDecode" if lossless else "/DCTDecode")


def test_a_png_from_a_camera_is_shown_as_it_is_turned(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    path, out = tmp_path / "a.png", tmp_path / "reading.pdf"
    marked().save(path, dpi=(50, 50), exif=exif)
    assert lay(path, "png", [page()], out)
    with Image.open(path) as stored:
        assert shown_like(out, ImageOps.exif_transpose(stored))
    assert streams(out)[0] in path.read_bytes()


def test_a_page_that_is_no_longer_there_is_left_white(tmp_path: Path) -> None:
    path, out = tmp_path / "a.tif", tmp_path / "reading.pdf"
    marked().save(path)
    assert lay(path, "tiff", [page(), page(number=2)], out)
    assert len(PdfReader(out).pages) == 2


def test_a_strip_that_is_cut_off_is_drawn_as_far_as_it_goes(tmp_path: Path) -> None:
    path, out = one_strip(tmp_path / "a.tif", marked(), "jpeg"), tmp_path / "reading.pdf"
    with Image.open(path) as image:
        start = image.tag_v2[273][0]  # type: ignore[attr-defined]
        path.write_bytes(path.read_bytes()[: start + 100])
        assert tiff_pixels(image, path) is None
    broken = bytearray(one_strip(tmp_path / "b.tif", marked(), "jpeg").read_bytes())
    broken[start : start + 2] = b"xx"
    (tmp_path / "b.tif").write_bytes(broken)
    assert lay(tmp_path / "b.tif", "tiff", [page()], out)
