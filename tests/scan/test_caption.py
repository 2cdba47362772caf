"""What a reading copy says of itself."""

from __future__ import annotations

import datetime as dt
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from arsip.scan.caption import Caption

TITLE = ".//{http://www.w3.org/1999/02/22-rdf-syntax-ns#}li"


def title_of(caption: Caption, *, archival: bool = True) -> str | None:
    return ET.fromstring(caption.xmp(archival=archival).decode("utf-8")).findtext(TITLE)  # noqa: S314


def test_what_is_not_known_is_not_said() -> None:
    bare = Caption("0a" * 32)
    assert bare.info == {"/Producer": "arsip"}
    assert title_of(bare) is None
    assert b"CreateDate" not in bare.xmp(archival=True)


def test_a_date_long_ago_keeps_its_four_digits() -> None:
    assert Caption("0a" * 32, date=dt.date(987, 1, 2)).info["/CreationDate"] == "D:09870102"


def test_it_claims_pdf_a_only_when_told() -> None:
    assert b"pdfaid:part>2<" in Caption("0a" * 32).xmp(archival=True)
    assert b"pdfaid:part>" not in Caption("0a" * 32).xmp(archival=False)


@given(st.text())
def test_any_title_makes_a_packet_that_can_be_read(title: str) -> None:
    caption = Caption("0a" * 32, title=title)
    assert (title_of(caption) or "") == caption.info.get("/Title", "")


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1))
def test_a_title_of_plain_letters_is_kept_as_it_is(title: str) -> None:
    assert title_of(Caption("0a" * 32, title=title)) == title
