from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from arsip.model import Box
from arsip.scan.clean import Clean
from arsip.scan.photo import Sheet, coefficients, flat, sheet_in, through
from arsip.scan.place import placed
from tests.scan.paper import sheet, spot

CORNERS = ((100.0, 80.0), (900.0, 120.0), (860.0, 1220.0), (60.0, 1180.0))
FLAT = Image.new("L", (600, 400))


def desk(corners: tuple[tuple[float, float], ...], paper: int = 225) -> Image.Image:
    photo = Image.new("L", (1000, 1300), 60)
    ImageDraw.Draw(photo).polygon(corners, fill=paper)
    return photo


def test_the_corners_of_a_sheet_on_a_desk_are_found() -> None:
    found = sheet_in(desk(CORNERS))
    assert found is not None
    for (x, y), (u, v) in zip(found.corners, CORNERS, strict=True):
        assert (x, y) == pytest.approx((u, v), abs=12)


def test_a_page_that_fills_its_image_is_no_photo_of_a_sheet() -> None:
    assert sheet_in(sheet(100)) is None


def test_a_black_page_with_little_white_is_no_sheet() -> None:
    assert sheet_in(desk(((450, 500), (560, 500), (560, 700), (450, 700)))) is None
    assert sheet_in(Image.new("L", (1000, 1300), 0)) is None


def test_a_sheet_thrown_askew_is_left_alone() -> None:
    assert sheet_in(desk(((500, 60), (960, 650), (500, 1240), (40, 650)))) is None


def test_corners_go_through_the_coefficients() -> None:
    found = Sheet(CORNERS)
    numbers = coefficients(found, (700, 1000))
    for point, corner in zip(((0, 0), (700, 0), (700, 1000), (0, 1000)), CORNERS, strict=True):
        assert through(numbers, point) == pytest.approx(corner)
    assert flat(desk(CORNERS), found, (70, 100)).getpixel((35, 50)) == 225


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_words_are_led_back_to_where_they_lie_in_the_photo(turn: int) -> None:
    """A sheet that fills the right half of the photo: its middle is at three quarters."""
    corners = ((500.0, 0.0), (1000.0, 0.0), (1000.0, 1300.0), (500.0, 1300.0))
    size = (500, 1300)
    numbers = coefficients(Sheet(corners), size)
    read = size if turn % 180 == 0 else size[::-1]
    page = Clean(Image.new("L", read), 100, FLAT, turn=turn, warp=numbers)
    word = spot("arsip", read[0] / 2 - 30, read[1] / 2 - 10)
    box = placed([word], page, (1000, 1300))[0].box
    middle = ((box.left + box.right) / 2, (box.top + box.bottom) / 2)
    expected = {0: (750, 500), 90: (500, 750), 180: (250, 500), 270: (500, 250)}[turn]
    assert middle == pytest.approx(expected, abs=2)


def test_words_of_a_scan_have_boxes_in_thousandths_of_the_page() -> None:
    page = Clean(FLAT, 100, FLAT)
    assert placed([spot("arsip", 60, 40)], page, (600, 400))[0].box == Box(100, 100, 200, 150)
    assert placed([spot("arsip", 590, -8)], page, (600, 400))[0].box == Box(983, 0, 1000, 30)
