from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from arsip.errors import Incomplete, PasswordNeeded, TooLarge, Unreadable
from arsip.model import PENDING, Limits, PageText, Treatment
from arsip.scan.owntext import fault
from arsip.scan.pdf import opened, page_of, page_raster
from arsip.scan.read import inspect, page_reader
from tests.scan.paper import (
    LETTER,
    PdfSheet,
    Reciter,
    darkest,
    grainy,
    grey_at,
    jpeg,
    pdf,
    read_alone,
    recall,
    sheet,
    spot,
    typed,
)


def put(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def locked(content: bytes, user: str, owner: str = "kepala") -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(content)))
    writer.encrypt(user, owner, algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def read(path: Path, number: int = 1, engine: Reciter | None = None, **limits: int) -> PageText:
    return read_alone(
        page_reader(
            path,
            "pdf",
            number,
            password="",
            engine=engine or Reciter(),
            work=path.parent,
            limits=Limits(**limits),
        )
    )


def test_a_digital_page_is_read_by_its_own_words(tmp_path: Path) -> None:
    page = read(put(tmp_path / "a.pdf", pdf(typed())))
    assert (page.origin, page.engine, page.confidence) == ("text", "pdf", 1.0)
    assert recall(page.text) == 1.0
    assert page.text.splitlines()[0] == "PEMERINTAH KABUPATEN TELAGA BIRU"
    assert (page.width, page.height) == (595, 842)
    box = page.lines[0][0].box
    assert box.left == pytest.approx(1000 * 72 / 595, abs=3)
    assert box.top < 1000 * (842 - 770) / 842 < box.bottom + 3


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_the_boxes_of_a_turned_digital_page_are_those_a_viewer_shows(
    tmp_path: Path, rotate: int
) -> None:
    page = read(put(tmp_path / "a.pdf", pdf(PdfSheet(typed(), rotate=rotate))))
    first = page.lines
    boxes = [word.box for line in first for word in line if word.text == "PEMERINTAH"]
    left, top = 72 / 595, (842 - 776) / 842
    across, down = {90: (1 - top, left), 180: (1 - left, 1 - top), 270: (top, 1 - left)}[rotate]
    assert boxes[0].left - 90 < 1000 * across < boxes[0].right + 20
    assert boxes[0].top - 20 < 1000 * down < boxes[0].bottom + 90


def test_number_and_addressee_of_a_digital_letter_share_a_line(tmp_path: Path) -> None:
    content = typed(["Nomor : 12/A/2024", "Hal : Undangan rapat kerja"])
    content += b"\n" + typed(["Kepada", "Yth. Camat Telaga Biru"], left=360)
    page = read(put(tmp_path / "a.pdf", pdf(content)))
    assert (
        page.text == "Nomor : 12/A/2024 Kepada\nHal : Undangan rapat kerja Yth. Camat Telaga Biru"
    )


def test_a_scan_is_looked_at(tmp_path: Path) -> None:
    engine = Reciter([[spot("Nomor", 200, 500)]])
    picture = jpeg(grainy(sheet()))
    page = read(put(tmp_path / "a.pdf", pdf(PdfSheet(jpeg=picture))), engine=engine)
    assert (page.origin, page.text) == ("ocr", "Nomor")
    assert (page.width, page.height) == (595, 842)
    shown, dpi, _layout = engine.seen[0]
    assert (shown.size, dpi) == ((1654, 2338), 200)


def test_a_scan_with_an_old_text_layer_is_looked_at(tmp_path: Path) -> None:
    engine = Reciter([[spot("Nomor", 200, 500)]])
    page = PdfSheet(typed(mode=3), jpeg=jpeg(grainy(sheet())))
    assert read(put(tmp_path / "a.pdf", pdf(page)), engine=engine).origin == "ocr"
    assert engine.seen


def test_print_over_a_water_mark_is_read_as_it_is(tmp_path: Path) -> None:
    page = PdfSheet(typed(), jpeg=jpeg(Image.new("RGB", (300, 420), (240, 250, 240))))
    assert read(put(tmp_path / "a.pdf", pdf(page))).origin == "text"


def test_a_line_printed_over_a_scan_is_not_the_letter(tmp_path: Path) -> None:
    over = typed(["Dokumen ini ditandatangani secara elektronik"])
    page = PdfSheet(over, jpeg=jpeg(grainy(sheet())))
    engine = Reciter([[spot("Nomor", 200, 500)]])
    assert read(put(tmp_path / "a.pdf", pdf(page)), engine=engine).origin == "ocr"


def test_a_page_of_a_few_printed_words_needs_no_engine(tmp_path: Path) -> None:
    page = read(put(tmp_path / "a.pdf", pdf(typed(["Lampiran 1"]))))
    assert (page.origin, page.text, page.blank) == ("text", "Lampiran 1", False)


def test_an_empty_page_is_blank(tmp_path: Path) -> None:
    page = read(put(tmp_path / "a.pdf", pdf(b"")))
    assert (page.origin, page.blank, page.confidence) == ("text", True, 0.0)


def test_pages_are_judged_one_by_one(tmp_path: Path) -> None:
    path = put(tmp_path / "a.pdf", pdf(typed(), PdfSheet(image=grainy(sheet(100))), typed()))
    assert inspect(path, "pdf", limits=Limits()).pages == 3
    engine = Reciter([[spot("Nomor", 200, 500)]])
    assert [read(path, at, engine).origin for at in (1, 2, 3)] == ["text", "ocr", "text"]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_the_stored_jpeg_is_taken_as_it_is_and_turned(tmp_path: Path, rotate: int) -> None:
    picture = Image.new("L", (400, 566), 255)
    picture.paste(0, (0, 0, 100, 100))
    path = put(tmp_path / "a.pdf", pdf(PdfSheet(jpeg=jpeg(picture), rotate=rotate)))
    with opened(path, []) as (document, _password), page_of(document, 1) as page:
        stored = page_raster(page, limits=Limits())
        drawn = page.render(scale=stored.image.width / page.get_width(), grayscale=True).to_pil()
    corners = [(10, 10), (stored.image.width - 10, 10), (10, stored.image.height - 10)]
    assert [grey_at(stored.image, at) < 128 for at in corners] == [
        grey_at(drawn, at) < 128 for at in corners
    ]
    assert stored.dpi == pytest.approx(48.4, abs=0.5)


def test_a_page_with_print_over_its_picture_is_drawn(tmp_path: Path) -> None:
    page = PdfSheet(typed(["Diterima 4 Maret"]), jpeg=jpeg(Image.new("L", (827, 1170), 255)))
    path = put(tmp_path / "a.pdf", pdf(page))
    with opened(path, []) as (document, _password), page_of(document, 1) as shown:
        raster = page_raster(shown, limits=Limits())
    assert darkest(raster.image) < 100


def test_a_picture_that_is_cut_off_is_drawn_as_far_as_it_goes(tmp_path: Path) -> None:
    picture = jpeg(grainy(sheet(100)))
    path = put(tmp_path / "a.pdf", pdf(PdfSheet(jpeg=picture[: len(picture) // 2] + b"\0" * 9)))
    with opened(path, []) as (document, _password), page_of(document, 1) as shown:
        assert darkest(page_raster(shown, limits=Limits()).image) < 100


def test_a_page_of_many_pictures_is_drawn(tmp_path: Path) -> None:
    halves = b"q 595 0 0 421 0 0 cm /Im Do Q q 595 0 0 421 0 421 cm /Im Do Q"
    raw = pdf(PdfSheet(halves, jpeg=jpeg(sheet(100)))).replace(
        b"q 595 0 0 842 0 0 cm /Im Do Q ", b" " * 30
    )
    with opened(put(tmp_path / "a.pdf", raw), []) as (document, _password):
        with page_of(document, 1) as shown:
            assert page_raster(shown, limits=Limits()).image.width > 800
        assert document.get_formtype() == 0


def test_a_picture_in_the_inks_of_a_press_is_drawn(tmp_path: Path) -> None:
    page = PdfSheet(jpeg=jpeg(sheet(100, mode="RGB").convert("CMYK")))
    raw = pdf(page).replace(b"/DeviceRGB", b"/DeviceCMYK")
    path = put(tmp_path / "a.pdf", raw)
    with opened(path, []) as (document, _password), page_of(document, 1) as shown:
        raster = page_raster(shown, limits=Limits())
    assert raster.image.mode == "L"


def test_a_picture_upside_down_on_its_page_is_drawn(tmp_path: Path) -> None:
    content = b"q 595 0 0 -842 0 842 cm /Im Do Q"
    page = PdfSheet(content, jpeg=jpeg(Image.new("L", (100, 141), 255)), size=(595, 842))
    raw = pdf(page).replace(b"q 595 0 0 842 0 0 cm /Im Do Q ", b" " * 30)
    with (
        opened(put(tmp_path / "a.pdf", raw), []) as (document, _password),
        page_of(document, 1) as shown,
    ):
        assert page_raster(shown, limits=Limits()).image.size == (1240, 1755)


def test_a_poster_is_drawn_no_larger_than_needed(tmp_path: Path) -> None:
    path = put(tmp_path / "a.pdf", pdf(PdfSheet(b"0 0 9000 9000 re f", size=(14000, 14000))))
    with opened(path, []) as (document, _password), page_of(document, 1) as shown:
        image = page_raster(shown, limits=Limits()).image
    assert image.width * image.height < 41_000_000


def test_a_picture_with_too_many_pixels_is_not_decoded(tmp_path: Path) -> None:
    path = put(tmp_path / "a.pdf", pdf(PdfSheet(jpeg=jpeg(sheet(50)))))
    assert read(path, pixels=1000).unread == "too_large"


def test_a_page_that_carries_a_book_is_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("arsip.scan.pdfwords.MOST_SIGNS", 50)
    assert read(put(tmp_path / "a.pdf", pdf(typed()))).unread == "too_large"


def test_a_page_that_is_not_there_is_unread(tmp_path: Path) -> None:
    assert read(put(tmp_path / "a.pdf", pdf(typed())), number=7).unread == "broken"


def test_a_locked_pdf_opens_with_the_password_that_fits(tmp_path: Path) -> None:
    path = put(tmp_path / "a.pdf", locked(pdf(typed()), "melati"))
    outline = inspect(path, "pdf", passwords=["mawar", "melati"], limits=Limits())
    assert (outline.pages, outline.password) == (1, "melati")
    page = read_alone(
        page_reader(
            path, "pdf", 1, password="melati", engine=Reciter(), work=tmp_path, limits=Limits()
        )
    )
    assert recall(page.text) == 1.0
    with pytest.raises(PasswordNeeded):
        inspect(path, "pdf", passwords=["mawar"], limits=Limits())


def test_a_pdf_locked_against_changes_only_opens_without_password(tmp_path: Path) -> None:
    path = put(tmp_path / "a.pdf", locked(pdf(typed()), ""))
    assert inspect(path, "pdf", limits=Limits()).password == ""


def test_a_pdf_behind_junk_is_opened_from_its_header(tmp_path: Path) -> None:
    path = put(tmp_path / "a.pdf", b"\n" * 3000 + pdf(typed()))
    assert inspect(path, "pdf", limits=Limits()).pages == 1
    assert recall(read(path).text) == 1.0


def test_a_pdf_without_its_first_line_is_opened_and_flagged(tmp_path: Path) -> None:
    path = put(tmp_path / "a.pdf", pdf(typed()).split(b"\n", 1)[1])
    assert inspect(path, "pdf", limits=Limits()).flags == ("damaged",)
    assert recall(read(path).text) == 1.0


def test_a_pdf_that_lost_its_last_bytes_is_flagged(tmp_path: Path) -> None:
    path = put(tmp_path / "a.pdf", pdf(typed())[:-20])
    assert inspect(path, "pdf", limits=Limits()).flags == ("damaged",)


def test_half_a_pdf_is_incomplete_and_a_broken_one_unreadable(tmp_path: Path) -> None:
    content = pdf(typed())
    with pytest.raises(Incomplete):
        inspect(put(tmp_path / "a.pdf", content[:60]), "pdf", limits=Limits())
    broken = content.replace(b"/Pages 2 0 R", b"/Pages 9 9 R")
    with pytest.raises(Unreadable):
        inspect(put(tmp_path / "b.pdf", broken), "pdf", limits=Limits())


def test_too_many_pages_are_refused(tmp_path: Path) -> None:
    path = put(tmp_path / "a.pdf", pdf(*[typed(["satu"])] * 4))
    assert inspect(path, "pdf", limits=Limits(pages=4)).pages == 4
    with pytest.raises(TooLarge):
        inspect(path, "pdf", limits=Limits(pages=3))


def test_scripts_and_attachments_are_flagged(tmp_path: Path) -> None:
    action = b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"
    path = put(tmp_path / "a.pdf", pdf(typed(), trailer=action))
    assert inspect(path, "pdf", limits=Limits()).flags == ("active_content",)


def test_a_signature_is_flagged(tmp_path: Path) -> None:
    form = b"/AcroForm<</Fields[10 0 R]/SigFlags 3>>"
    value = b"<</Type/Sig/Filter/Adobe.PPKLite/Contents<00>/ByteRange[0 1 2 3]>>"
    extra = {10: b"<</FT/Sig/T(ttd)/V 11 0 R>>", 11: value}
    path = put(tmp_path / "a.pdf", pdf(typed(), trailer=form, extra=extra))
    assert "signed" in inspect(path, "pdf", limits=Limits()).flags


def test_what_was_typed_into_a_form_is_read(tmp_path: Path) -> None:
    form = b"/AcroForm<</Fields[10 0 R]/DA(/F1 12 Tf 0 g)/DR<</Font<</F1 3 0 R>>>>>>"
    look = b"/Tx BMC BT /F1 12 Tf 2 4 Td (Telaga Biru 2024) Tj ET EMC"
    extra = {
        10: b"<</Type/Annot/Subtype/Widget/FT/Tx/T(tempat)/V(Telaga Biru 2024)/F 4/P 20 0 R"
        b"/Rect[72 100 300 120]/DA(/F1 12 Tf 0 g)/AP<</N 11 0 R>>>>",
        11: b"<</Type/XObject/Subtype/Form/BBox[0 0 228 20]/Resources<</Font<</F1 3 0 R>>>>"
        b"/Length %d>>stream\n%s\nendstream" % (len(look), look),
    }
    page = PdfSheet(typed(), entries=b"/Annots[10 0 R]")
    path = put(tmp_path / "a.pdf", pdf(page, trailer=form, extra=extra))
    assert "Telaga Biru 2024" in read(path).text


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        (" ".join(LETTER), ""),
        ("halaman 2", "few"),
        ("Nomor ${nomor_naskah} Tanggal ${tanggal_naskah} tentang penataan arsip", "template"),
        ("\ufffd\ue001\ue002 " * 20 + "surat dinas penataan arsip", "strange"),
        ("1 2 3 4 5 6 7 8 9 0 " * 12 + "jumlah seluruh uang yang diterima", "words"),
        ("Xkrtp Qwzsd Bcdfg Hjklm Npqrs Tvwxz Bcdfh Gklmn Pqrst Vwxzb Cdfgh Jklmp Rstvw", "words"),
        (
            "denganhormatkamisampaikanbahwarapat " * 3
            + "akan ada di aula pada hari Senin pukul sembilan pagi",
            "glued",
        ),
        (" ".join(f"{word} {word}" for word in " ".join(LETTER).split()), "doubled"),
        ("Surat Keputusan Kepala Dinas", ""),
    ],
)
def test_own_text_is_trusted_or_its_fault_is_named(text: str, slug: str) -> None:
    assert fault([spot(word, 0, 0) for word in text.split()]) == slug


def put_off(path: Path, form: str = "pdf") -> tuple[PageText, Reciter]:
    engine = Reciter()
    page = read_alone(
        page_reader(
            path,
            form,
            1,
            password="",
            engine=engine,
            work=path.parent,
            limits=Limits(),
            defer=True,
        )
    )
    return page, engine


def test_when_reading_is_put_off_a_digital_page_is_read_and_a_scan_waits(tmp_path: Path) -> None:
    page, _engine = put_off(put(tmp_path / "a.pdf", pdf(typed())))
    assert recall(page.text) == 1.0
    scan = put(tmp_path / "b.pdf", pdf(PdfSheet(jpeg=jpeg(sheet(100)))))
    page, engine = put_off(scan)
    assert (page.unread, page.width, page.height) == (PENDING, 595, 842)
    assert not page.lines
    assert engine.seen == []


def test_when_reading_is_put_off_an_image_waits(tmp_path: Path) -> None:
    path = tmp_path / "c.png"
    sheet(30).save(path)
    page, engine = put_off(path, "png")
    took = page.treatment.seconds
    assert page == PageText(1, unread=PENDING, treatment=Treatment(seconds=took))
    assert engine.seen == []


def test_the_depth_of_the_ink_of_a_scan_is_told(tmp_path: Path) -> None:
    black = read(put(tmp_path / "a.pdf", pdf(PdfSheet(jpeg=jpeg(sheet(100))))))
    grey = sheet(100).point([200 + value // 5 for value in range(256)])
    faint = read(put(tmp_path / "b.pdf", pdf(PdfSheet(jpeg=jpeg(grey)))))
    assert black.treatment.depth < 0.2
    assert faint.treatment.depth > 0.5
