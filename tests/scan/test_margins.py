"""What of a page is shown to Tesseract."""

from PIL import Image, ImageDraw

from arsip.scan.margins import inked


def page(*boxes: tuple[int, int, int, int]) -> Image.Image:
    image = Image.new("1", (2000, 2800), 1)
    for box in boxes:
        ImageDraw.Draw(image).rectangle(box, fill=0)
    return image


def test_all_ink_is_within_and_most_of_the_margins_are_not() -> None:
    left, top, right, bottom = inked(page((300, 200, 900, 230), (1500, 2000, 1520, 2020)), 240)
    assert 200 < left < 300
    assert 100 < top < 200
    assert 1520 < right < 1620
    assert 2020 < bottom < 2120


def test_ink_at_the_edges_leaves_the_page_whole() -> None:
    assert inked(page((0, 0, 60, 20), (1950, 2780, 1999, 2799)), 240) == (0, 0, 2000, 2800)


def test_a_full_stop_alone_is_ink() -> None:
    left, top, right, bottom = inked(page((700, 700, 704, 704)), 240)
    assert max(left, top) < 700
    assert min(right, bottom) > 704


def test_a_page_without_ink_and_one_in_grey_are_wanted_whole() -> None:
    assert inked(page(), 240) == (0, 0, 2000, 2800)
    assert inked(page((300, 200, 900, 230)).convert("L"), 240) == (0, 0, 2000, 2800)
