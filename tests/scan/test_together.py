from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image

from arsip.model import PageText
from arsip.scan.engine import Layout, OcrFailed, OcrTimeout, Spot
from arsip.scan.together import HELD, Glance, Reader, read_together
from tests.scan.paper import Reciter, read_alone, spot


class Clerk:
    """An engine that says a word for each image, and how many it was shown at once."""

    name = "clerk 1.0 ind+eng"
    alone = None
    crossed = None

    def __init__(self, *bad: str) -> None:
        self.bad, self.starts = bad, list[tuple[list[str], float]]()

    def read(
        self, images: Sequence[Path], *, dpi: int, seconds: float, layout: Layout = Layout.PAGE
    ) -> list[list[Spot]]:
        del dpi, layout
        names = [image.name for image in images]
        self.starts.append((names, seconds))
        if any(name in self.bad for name in names):
            raise OcrFailed("bad")
        return [[spot(name, 0, 0)] for name in names]


def asks(engine: Clerk, *names: str, held: int = 1, dpi: int = 240) -> Reader[PageText]:
    """A reader that asks for the words of some images, one after the other."""
    said = []
    for name in names:
        try:
            (words,) = yield Glance((Path(name),), engine, dpi, Layout.PAGE, 60.0, held)
        except (OcrFailed, OcrTimeout):
            words = [spot("none", 0, 0)]
        said.append(words[0].text)
    return PageText(1, engine=" ".join(said))


def engines(readers: list[Reader[PageText]]) -> list[str]:
    pages = read_together(readers)
    return [page.engine if isinstance(page, PageText) else repr(page) for page in pages]


def test_one_start_serves_all_pages_and_each_gets_its_own_words() -> None:
    clerk = Clerk()
    assert engines([asks(clerk, "a", "aa"), asks(clerk, "b"), asks(clerk, "c", "cc")]) == [
        "a aa",
        "b",
        "c cc",
    ]
    assert clerk.starts == [(["a", "b", "c"], 60.0), (["aa", "cc"], 60.0)]


def test_pages_that_are_read_otherwise_do_not_share_a_start() -> None:
    clerk = Clerk()
    assert engines([asks(clerk, "a"), asks(clerk, "b", dpi=100), asks(clerk, "c")]) == [*"abc"]
    assert [names for names, _seconds in clerk.starts] == [["a", "c"], ["b"]]


def test_a_page_that_fails_fails_alone() -> None:
    clerk = Clerk("b")
    assert engines([asks(clerk, "a"), asks(clerk, "b", "bb"), asks(clerk, "c")]) == [
        "a",
        "none bb",
        "c",
    ]
    assert [len(names) for names, _seconds in clerk.starts] == [3, 1, 1, 1, 1]


def test_an_error_ends_one_page_only() -> None:
    def broken() -> Reader[PageText]:
        yield from ()
        raise MemoryError

    clerk = Clerk()
    one, two, three = read_together([asks(clerk, "a"), broken(), asks(clerk, "c")])
    assert isinstance(one, PageText)
    assert isinstance(two, MemoryError)
    assert isinstance(three, PageText)
    with pytest.raises(MemoryError):
        read_alone(broken())


def test_pages_with_many_pixels_wait_until_others_are_read() -> None:
    clerk = Clerk()
    engines([asks(clerk, name, held=HELD // 2) for name in "abc"])
    assert [names for names, _seconds in clerk.starts] == [["a", "b"], ["c"]]


def test_no_pages_are_no_work() -> None:
    assert read_together([]) == []


def test_a_page_is_told_what_it_took(tmp_path: Path) -> None:
    image = tmp_path / "a.bmp"
    Image.new("1", (9, 9)).save(image)

    def reader() -> Reader[PageText]:
        yield Glance((image,), Reciter(), 240, Layout.PAGE, 60.0, 1)
        return PageText(1)

    assert 0 <= read_alone(reader()).treatment.seconds < 60
