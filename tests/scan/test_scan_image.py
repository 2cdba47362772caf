from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from arsip.errors import Incomplete, TooLarge, Unreadable
from arsip.model import BROKEN, Limits
from arsip.scan import image as image_module
from arsip.scan.image import header_dpi, image_page
from arsip.scan.raster import plain, points_of, sensible_dpi, squared
from arsip.scan.read import inspect, page_reader
from tests.scan.paper import Reciter, grainy, grey_at, jpeg, read_alone, sheet, spot


def put(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("size", "given", "dpi"),
    [
        ((2480, 3508), 300, 300),
        ((2480, 3508), 72, 2480 / 8.27),
        ((3000, 4000), 0, 3000 / 8.27),
        ((1654, 2339), 9600, 200),
        ((600, 2000), 200, 200),
        ((1, 1), 0, 1),
    ],
)
def test_the_size_of_the_page_decides_when_the_header_lies(
    size: tuple[int, int], given: float, dpi: float
) -> None:
    assert sensible_dpi(size, given) == pytest.approx(dpi, rel=0.01)


def test_a_fax_with_flat_pixels_becomes_a_page_again() -> None:
    fax = Image.new("1", (1728, 1100), 1)
    assert points_of(fax.size, (204, 98)) == pytest.approx((610, 808), abs=1)
    assert squared(fax, (204, 98)).size == (1728, 2290)
    assert squared(Image.new("1", (850, 2290)), (98, 204)).size == (1769, 2290)
    assert squared(fax, (204, 200)) is fax
    assert squared(fax, (0, 0)) is fax
    assert squared(fax, (600, 1)) is fax
    assert points_of((850, 1100), (0, 0)) == points_of((850, 1100), (600, 1))


@pytest.mark.parametrize(
    "mode", ["1", "L", "RGB", "RGBA", "LA", "P", "CMYK", "I;16", "I", "F", "YCbCr"]
)
def test_white_paper_is_white_in_every_mode(mode: str) -> None:
    page = Image.new("L", (40, 40), 255)
    page.paste(0, (10, 10, 20, 20))
    stored = page.convert("L" if mode in {"I;16", "RGBA"} else mode)
    if mode == "RGBA":
        stored = Image.new("RGBA", page.size, (0, 0, 0, 0))
        stored.paste((0, 0, 0, 255), (10, 10, 20, 20))
    if mode == "I;16":
        stored = page.convert("I").point(lambda value: value * 257).convert("I;16")
    shown = plain(stored).convert("L")
    assert grey_at(shown, (0, 0)) > 245
    assert grey_at(shown, (15, 15)) < 30


def test_a_picture_of_one_colour_in_wide_numbers_is_shown() -> None:
    assert plain(Image.new("I", (3, 3), 7)).getextrema() == (0, 0)


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_a_photo_is_turned_as_its_exif_says(tmp_path: Path, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = put(tmp_path / "a", jpeg(sheet(60), exif=exif))
    raster = image_page(path, "jpeg", 1, limits=Limits())
    upright = orientation in {1, 3}
    assert (raster.image.width < raster.image.height) is upright


def test_a_camera_is_known_by_its_exposure(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x829A] = 0.01
    path = put(tmp_path / "a", jpeg(sheet(60), exif=exif))
    assert image_page(path, "jpeg", 1, limits=Limits()).photo
    assert not image_page(put(tmp_path / "b", jpeg(sheet(60))), "jpeg", 1, limits=Limits()).photo


def test_odd_resolutions_in_a_header_are_no_resolutions() -> None:
    page = Image.new("L", (9, 9))
    for odd in (("a", "b"), (0, 300), (300,), None):
        page.info["dpi"] = odd
        assert header_dpi(page) == (0.0, 0.0)


def test_the_pages_of_a_tiff_are_counted_and_read(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    pages = [sheet(60, lines=[f"Halaman {at}"]) for at in range(3)]
    pages[0].save(path, save_all=True, append_images=pages[1:], compression="tiff_lzw")
    assert inspect(path, "tiff", limits=Limits()).pages == 3
    assert image_page(path, "tiff", 3, limits=Limits()).image.size == pages[2].size
    with pytest.raises(TooLarge):
        inspect(path, "tiff", limits=Limits(pages=2))


def test_a_chain_of_pages_that_breaks_ends_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.tif"
    sheet(30).save(path)
    monkeypatch.setattr(
        "PIL.TiffImagePlugin.TiffImageFile.seek",
        lambda _self, at: (_ for _ in ()).throw(OSError) if at else None,
    )
    with image_module.opened(path, "tiff") as shown:
        assert image_module._frames(shown, Limits()) == 1


def test_an_animation_is_one_page(tmp_path: Path) -> None:
    path = tmp_path / "a.gif"
    frames = [Image.new("L", (20, 20), at) for at in (10, 200)]
    frames[0].save(path, save_all=True, append_images=frames[1:])
    assert inspect(path, "gif", limits=Limits()).pages == 1


def test_a_bomb_is_refused_by_its_header(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    sheet(60).save(path)
    with pytest.raises(TooLarge):
        inspect(path, "png", limits=Limits(pixels=1000))
    page = read_alone(
        page_reader(
            path, "png", 1, password="", engine=Reciter(), work=tmp_path, limits=Limits(pixels=1000)
        )
    )
    assert page.unread == "too_large"


def test_half_a_photo_is_incomplete_and_one_without_a_header_unreadable(tmp_path: Path) -> None:
    content = jpeg(grainy(sheet(100)))
    with pytest.raises(Incomplete):
        inspect(put(tmp_path / "a", content[: len(content) // 2]), "jpeg", limits=Limits())
    broken = content[:2] + b"\xff\xda\x00\x02" + b"\xff\xd9"
    with pytest.raises(Unreadable):
        inspect(put(tmp_path / "b", broken), "jpeg", limits=Limits())


@pytest.mark.parametrize("defer", [False, True])
def test_a_page_of_a_whole_file_that_does_not_decode_is_broken_read_now_or_later(
    tmp_path: Path, *, defer: bool
) -> None:
    whole = BytesIO()
    sheet(30).save(whole, "PNG")
    content = whole.getvalue()
    at = content.index(b"IDAT") + 4
    path = put(tmp_path / "a", content[:at] + bytes(20) + content[at + 20 :])
    assert inspect(path, "png", limits=Limits()).pages == 1
    page = read_alone(
        page_reader(
            path,
            "png",
            1,
            password="",
            engine=Reciter(),
            work=tmp_path,
            limits=Limits(),
            defer=defer,
        )
    )
    assert page.unread == BROKEN


def test_a_page_that_does_not_decode_is_unread(tmp_path: Path) -> None:
    content = jpeg(grainy(sheet(100)))
    path = put(tmp_path / "a", content[: len(content) // 2])
    page = read_alone(
        page_reader(path, "jpeg", 1, password="", engine=Reciter(), work=tmp_path, limits=Limits())
    )
    assert (page.unread, page.blank) == ("broken", False)


def test_a_photo_without_its_last_bytes_is_flagged(tmp_path: Path) -> None:
    path = tmp_path / "a.bmp"
    sheet(30).convert("1").save(path)
    content = path.read_bytes()
    path.write_bytes(content + b"")
    assert inspect(path, "bmp", limits=Limits()).flags == ()
    path.write_bytes(content[:2] + (len(content) + 50).to_bytes(4, "little") + content[6:])
    assert inspect(path, "bmp", limits=Limits()).flags == ("damaged",)


def test_want_of_memory_costs_the_page_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.png"
    sheet(30).save(path)

    def greedy(*_args: object, **_kwargs: object) -> None:
        raise MemoryError

    monkeypatch.setattr("arsip.scan.read.image_page", greedy)
    page = read_alone(
        page_reader(path, "png", 1, password="", engine=Reciter(), work=tmp_path, limits=Limits())
    )
    assert page.unread == "memory"
    monkeypatch.setattr("arsip.scan.read.image_pages", greedy)
    with pytest.raises(TooLarge):
        inspect(path, "png", limits=Limits())


def test_a_picture_and_a_text_letter_are_read_through_one_door(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    grainy(sheet(150)).save(path, dpi=(150, 150))
    engine = Reciter([[spot("Nomor", 200, 500)]])
    page = read_alone(
        page_reader(path, "png", 1, password="", engine=engine, work=tmp_path, limits=Limits())
    )
    assert (page.text, page.origin) == ("Nomor", "ocr")
    letter = put(tmp_path / "a.txt", b"Nomor : 12")
    assert inspect(letter, "txt", limits=Limits()).pages == 1
    page = read_alone(
        page_reader(letter, "txt", 1, password="", engine=engine, work=tmp_path, limits=Limits())
    )
    assert page.text == "Nomor : 12"
