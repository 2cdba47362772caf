from __future__ import annotations

import random

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageStat

from arsip.scan.clean import WORK_DPI, clean
from arsip.scan.colour import grey_of
from arsip.scan.ink import ink_of
from arsip.scan.raster import Raster
from arsip.scan.skew import lie_of, straight
from arsip.scan.specks import specks_of
from arsip.scan.turn import upside
from tests.scan.paper import darkest, grainy, on_desk, sheet, specked


def ink(page: Image.Image) -> float:
    """Mean darkness, 0 to 255."""
    return 255 - ImageStat.Stat(page.convert("L")).mean[0]


def differ(one: Image.Image, other: Image.Image) -> float:
    return ImageStat.Stat(ImageChops.difference(one.convert("L"), other.convert("L"))).mean[0]


@pytest.mark.parametrize("lean", [-4.0, -0.8, 0.6, 3.0])
def test_a_leaning_page_is_made_straight(lean: float) -> None:
    page = grainy(sheet(200)).rotate(-lean, Image.Resampling.BICUBIC, fillcolor=235)
    found = clean(Raster(page, 200))
    assert found.skew == pytest.approx(lean, abs=0.12)
    assert found.turn == 0


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_page_is_made_upright(turn: int) -> None:
    upright = grainy(sheet(200))
    stored = upright.rotate(turn, expand=True)
    found = clean(Raster(stored, 200))
    assert found.turn == turn
    assert found.image.size == upright.size
    assert differ(found.image, upright) < 12


def test_a_fine_page_is_given_at_the_working_resolution_in_one_bit() -> None:
    found = clean(Raster(grainy(sheet(300)), 300))
    assert (found.dpi, found.image.mode) == (WORK_DPI, "1")


@pytest.mark.parametrize(("dpi", "read_at"), [(100, 200), (150, 200), (200, 200)])
def test_a_page_of_low_resolution_stays_grey_and_is_enlarged(dpi: int, read_at: int) -> None:
    found = clean(Raster(grainy(sheet(dpi)), dpi))
    assert (found.dpi, found.image.mode) == (read_at, "L")


def test_a_fax_stays_in_one_bit() -> None:
    found = clean(Raster(sheet(200).convert("1", dither=Image.Dither.NONE), 200))
    assert (found.dpi, found.image.mode) == (200, "1")


def test_the_thin_letters_of_a_coarse_page_are_no_dust() -> None:
    page = sheet(175).convert("L")
    assert ink(clean(Raster(page, 175)).image) > 0.8 * ink(page)


def test_faint_print_in_uneven_light_becomes_black_on_white() -> None:
    page = sheet(200).point(lambda value: 180 + value * 0.25)
    shadow = Image.linear_gradient("L").resize(page.size).point(lambda value: 150 + value * 0.4)
    found = clean(Raster(ImageChops.multiply(page, shadow), 200)).image
    assert darkest(found) < 30
    assert ImageStat.Stat(found).median[0] > 240


def test_white_paper_and_the_back_of_a_thin_sheet_are_blank() -> None:
    assert clean(Raster(Image.new("L", (1654, 2339), 250), 200)).blank
    back = ImageEnhance.Brightness(grainy(Image.new("L", (1654, 2339), 255))).enhance(1.0)
    assert clean(Raster(back, 200)).blank


def test_one_line_of_print_is_not_blank() -> None:
    page = sheet(200, lines=["SURAT KETERANGAN NOMOR 12 TAHUN 2024"] * 3)
    assert not clean(Raster(page, 200)).blank


def test_the_black_edges_of_a_lid_do_not_turn_a_page() -> None:
    page = grainy(sheet(200))
    ImageDraw.Draw(page).rectangle((0, 0, 24, page.height), fill=10)
    ImageDraw.Draw(page).rectangle((0, page.height - 24, page.width, page.height), fill=10)
    assert clean(Raster(page, 200)).turn == 0


def test_a_table_with_upright_rules_does_not_turn_a_page() -> None:
    page = sheet(200)
    draw = ImageDraw.Draw(page)
    for at in range(6):
        draw.line((150 + 260 * at, 1000, 150 + 260 * at, 2100), fill=0, width=4)
    assert clean(Raster(page, 200)).turn == 0


def test_dust_goes_and_print_stays() -> None:
    page = sheet(300)
    dusty = ink_of(specked(page, 9000)).mask
    specks = specks_of(dusty)
    assert specks is not None
    left = ImageChops.subtract(dusty, specks)
    print_alone = ink_of(page).mask
    assert ImageStat.Stat(left).mean[0] == pytest.approx(
        ImageStat.Stat(print_alone).mean[0], rel=0.12
    )


def test_a_clean_page_is_not_dusted() -> None:
    assert specks_of(ink_of(sheet(300)).mask) is None
    assert specks_of(Image.new("L", (300, 300), 0)) is None


def test_the_page_that_is_read_is_free_of_dust() -> None:
    dusty = specked(sheet(300), 9000).convert("1")
    assert ink(clean(Raster(dusty, 300)).image) < 1.25 * ink(clean(Raster(sheet(300), 300)).image)


def test_a_stamp_over_print_goes_and_the_print_stays() -> None:
    page = sheet(240, mode="RGB")
    ring = page.copy()
    ImageDraw.Draw(ring).ellipse((400, 1040, 640, 1280), outline=(60, 50, 190), width=10)
    stamped = ImageChops.multiply(page, ring)
    assert differ(grey_of(stamped, 240), page) < 0.7 * differ(stamped, page)


def test_a_letterhead_in_colour_stays() -> None:
    page = Image.new("RGB", (1984, 2806), "white")
    blue = sheet(240, lines=["DINAS PERPUSTAKAAN", "DAN KEARSIPAN TELAGA BIRU"]).convert("L")
    page.paste((20, 40, 170), mask=blue.point(lambda value: 255 - value))
    assert ink(grey_of(page, 240)) > 0.6 * ink(blue)


def test_a_page_without_colour_is_plain_grey() -> None:
    page = sheet(200, mode="RGB")
    assert differ(grey_of(page, 200), page) == 0


def test_the_sheet_in_a_photo_is_laid_flat() -> None:
    photo = on_desk(grainy(sheet(200)))
    found = clean(Raster(photo, 200, photo=True))
    assert found.warp is not None
    assert min(found.image.size) / found.dpi == pytest.approx(8.27, abs=0.1)
    edges = [
        found.image.crop((0, 0, found.image.width, 20)),
        found.image.crop((0, 0, 20, found.image.height)),
    ]
    assert all(ink(edge) < 40 for edge in edges)


def test_the_skew_of_a_mask_is_taken_out_by_shears_and_by_turning() -> None:
    mask = ink_of(sheet(200)).mask
    for lean in (-0.9, 2.5):
        leaning = mask.rotate(-lean, Image.Resampling.BILINEAR)
        assert lie_of(leaning).skew == pytest.approx(lean, abs=0.1)
        assert lie_of(straight(leaning, lean, paper=0)).skew == pytest.approx(0, abs=0.1)
    assert straight(mask, 0.0, paper=0) is mask


def test_a_mask_without_lines_has_no_up_and_no_down() -> None:
    assert upside(Image.new("L", (500, 500), 0), 200) == 0


def test_any_noise_is_cleaned_to_something() -> None:
    chance = random.Random(5)
    for _try in range(12):
        size = (chance.randrange(1, 260), chance.randrange(1, 260))
        page = Image.effect_noise(size, chance.choice([1, 40, 200]))
        found = clean(Raster(page, chance.choice([1.0, 72.0, 150.0, 300.0])))
        assert found.image.size[0] >= 1
