from __future__ import annotations

import random
from typing import cast

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageStat

from arsip.scan.clean import WORK_DPI, clean, in_grey
from arsip.scan.colour import grey_of
from arsip.scan.dropouts import rows_mended
from arsip.scan.ink import ink_of
from arsip.scan.raster import Raster
from arsip.scan.skew import lie_of, straight
from arsip.scan.specks import dusted, is_dusty
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


@pytest.mark.parametrize("turn", [0, 90])
def test_two_words_at_the_head_of_a_page_are_not_blank_and_stay_grey(turn: int) -> None:
    page = grainy(sheet(200, lines=["Tembusan:", "1. Arsip"])).rotate(
        turn, expand=True, fillcolor=250
    )
    found = clean(Raster(page, 200))
    assert not found.blank
    assert "lightened" not in found.steps


def test_punch_holes_and_a_rule_are_blank() -> None:
    page = grainy(Image.new("L", (1654, 2339), 255))
    draw = ImageDraw.Draw(page)
    for top in (800, 1500):
        draw.ellipse((90, top, 140, top + 50), fill=20)
    draw.line((200, 300, 1400, 300), fill=20, width=3)
    assert clean(Raster(page, 200)).blank


def test_a_dusty_back_is_blank() -> None:
    assert clean(Raster(specked(Image.new("L", (1654, 2339), 255), 900), 200)).blank


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
    dusty = specked(page, 9000)
    assert is_dusty(ink_of(dusty).mask)
    assert differ(dusted(dusty, 300), dusted(page, 300)) < 0.4 * differ(dusty, page)


def test_a_clean_page_is_not_dusted() -> None:
    assert not is_dusty(ink_of(sheet(300)).mask)
    assert not is_dusty(Image.new("L", (300, 300), 0))


def test_a_full_stop_outlasts_dust() -> None:
    page = Image.new("L", (200, 100), 255)
    draw = ImageDraw.Draw(page)
    draw.rectangle((20, 20, 22, 22), fill=0)
    draw.rectangle((120, 20, 126, 26), fill=0)
    clear = dusted(page, 300)
    assert cast("int", clear.getpixel((21, 21))) > 190
    assert cast("int", clear.getpixel((123, 23))) < 60


def test_the_page_that_is_read_is_free_of_dust() -> None:
    dusty = specked(sheet(300), 9000).convert("1")
    assert ink(clean(Raster(dusty, 300)).image) < 1.25 * ink(clean(Raster(sheet(300), 300)).image)


def stamped(page: Image.Image, *, opaque: bool = False) -> Image.Image:
    """The page under two violet rings, in ink that lets print through or covers it."""
    ring = Image.new("RGB", page.size, "white")
    draw = ImageDraw.Draw(ring)
    draw.ellipse((400, 1040, 680, 1320), outline=(60, 50, 190), width=9)
    draw.ellipse((440, 1080, 640, 1280), outline=(60, 50, 190), width=4)
    if not opaque:
        return ImageChops.multiply(page, ring)
    inked = ring.convert("L").point(lambda value: 200 if value < 255 else 0)
    return Image.composite(ring, page, inked)


@pytest.mark.parametrize("opaque", [False, True])
def test_a_stamp_over_print_goes_and_the_print_stays(*, opaque: bool) -> None:
    page = sheet(240, mode="RGB")
    found, bleached = grey_of(stamped(page, opaque=opaque), 240, page.size)
    assert bleached
    assert differ(found, page) < 0.2 * differ(stamped(page, opaque=opaque), page)


def test_a_blue_signature_over_print_goes_though_it_is_as_dark_as_print() -> None:
    page = sheet(240, mode="RGB").point([max(level, 70) for level in range(256)] * 3)
    ring, pen = (Image.new("RGB", page.size, "white") for _ in range(2))
    ImageDraw.Draw(ring).ellipse((400, 1040, 680, 1320), outline=(140, 130, 220), width=12)
    ImageDraw.Draw(pen).line([(470, 900), (520, 1150), (560, 1000), (620, 1110)], (45, 40, 150), 7)
    signed = ImageChops.darker(ImageChops.multiply(page, ring), pen)
    found, bleached = grey_of(signed, 240, page.size)
    assert bleached
    assert differ(found, page) < 0.15 * differ(signed, page)


def test_a_stamp_goes_from_a_finer_page_while_it_is_made_smaller() -> None:
    page = sheet(240, mode="RGB")

    def finer(page: Image.Image) -> Image.Image:
        return page.resize((page.width * 5 // 4, page.height * 5 // 4), Image.Resampling.BICUBIC)

    plain, _untouched = grey_of(finer(page), 300, page.size)
    found, bleached = grey_of(finer(stamped(page)), 300, page.size)
    assert bleached
    assert differ(found, plain) < 0.2 * differ(stamped(page), page)


def test_a_stamp_is_told_from_print_on_warm_paper_too() -> None:
    page = ImageChops.multiply(sheet(240, mode="RGB"), Image.new("RGB", (1984, 2806), "#f0e0c0"))
    found, bleached = grey_of(stamped(page), 240, page.size)
    assert bleached
    assert differ(found, page) < 0.5 * differ(stamped(page), page)


def test_a_signature_in_dark_blue_goes_where_it_crosses_print() -> None:
    page = sheet(240, mode="RGB")
    signed = page.copy()
    strokes = [(420 + 30 * at, 1060 if at % 2 else 1300) for at in range(12)]
    ImageDraw.Draw(signed).line(strokes, fill=(20, 25, 110), width=5)
    found, bleached = grey_of(ImageChops.darker(signed, page), 240, page.size)
    assert bleached
    assert differ(found, page) < 0.5 * differ(signed, page)


def test_a_letterhead_in_colour_stays() -> None:
    page = sheet(240, mode="RGB")
    head = ["DINAS PERPUSTAKAAN", "DAN KEARSIPAN TELAGA BIRU"]
    blue = sheet(240, lines=head).convert("L")
    page.paste((20, 40, 170), mask=blue.point(lambda value: 255 - value))
    alone = Image.new("RGB", page.size, "white")
    alone.paste((20, 40, 170), mask=blue.point(lambda value: 255 - value))
    for letter in (alone, ImageChops.offset(alone, 0, -40)):
        found, bleached = grey_of(letter, 240, letter.size)
        assert not bleached
        assert ink(found) > 0.6 * ink(blue)


def test_a_page_without_colour_is_plain_grey() -> None:
    page = sheet(200, mode="RGB")
    found, bleached = grey_of(page, 200, page.size)
    assert not bleached
    assert differ(found, page) == 0


def torn(page: Image.Image, rows: range, lost: int) -> Image.Image:
    """The page in black and white without some of its rows."""
    torn = page.convert("1")
    for row in rows:
        torn.paste(1, (0, row, page.width, row + lost))
    return torn


def test_rows_that_a_fax_lost_are_filled_from_their_neighbours() -> None:
    page = sheet(200).convert("1")
    rows = range(300, 1200, 47)
    mended = rows_mended(torn(page, rows, 2))
    assert mended is not None
    assert differ(mended, page) < 0.5 * differ(torn(page, rows, 2), page)


def test_the_white_between_lines_is_left_white() -> None:
    assert rows_mended(sheet(200).convert("1")) is None
    ruled = sheet(200).convert("1")
    ImageDraw.Draw(ruled).line((100, 80, 1500, 80), fill=0)
    ImageDraw.Draw(ruled).line((100, 83, 140, 83), fill=0)
    assert rows_mended(ruled) is None


def test_what_was_done_to_a_page_is_told_in_order() -> None:
    upside_down = sheet(300).rotate(180)
    assert clean(Raster(upside_down, 300)).steps == ("reduced", "turned", "one_bit")
    assert clean(Raster(sheet(100), 100)).steps[0] == "enlarged"
    assert clean(Raster(specked(sheet(300), 9000), 300)).steps == ("reduced", "dusted")
    fax = torn(sheet(200), range(300, 1200, 47), 2)
    assert clean(Raster(fax, 200)).steps == ("rows_mended", "one_bit")


def test_another_way_to_see_a_page_keeps_its_greys_and_its_turn() -> None:
    first = clean(Raster(sheet(300).rotate(180), 300))
    grey = in_grey(first)
    assert grey.image.mode == "L"
    assert (grey.turn, grey.image.size) == (180, first.image.size)
    assert differ(grey.image, first.image) < 6


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
