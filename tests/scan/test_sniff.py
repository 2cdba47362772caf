from __future__ import annotations

import struct
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from arsip import formats
from arsip.errors import NotADocument
from arsip.scan.image import FORMATS
from arsip.scan.sniff import sniff, whole
from tests.scan.paper import pdf, typed

KINDS: dict[str, tuple[str, dict[str, Any]]] = {
    "jpeg": ("JPEG", {}),
    "png": ("PNG", {}),
    "tiff": ("TIFF", {"compression": "tiff_lzw"}),
    "bmp": ("BMP", {}),
    "gif": ("GIF", {}),
    "webp": ("WEBP", {"lossless": True}),
}


def picture(path: Path, kind: str) -> Path:
    name, options = KINDS[kind]
    Image.effect_noise((60, 40), 90).save(path, name, **options)
    return path


def put(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_is_known_by_its_bytes_whatever_its_name(tmp_path: Path, kind: str) -> None:
    path = picture(tmp_path / "scan", kind)
    assert sniff(path, "surat.pdf") == kind


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_is_whole_and_its_first_half_is_not(tmp_path: Path, kind: str) -> None:
    path = picture(tmp_path / "scan", kind)
    assert whole(path, kind)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    assert not whole(path, kind)


def test_a_pdf_is_known_behind_two_kilobytes_of_junk(tmp_path: Path) -> None:
    path = put(tmp_path / "scan", b"\r\n" * 1000 + pdf(typed()))
    assert sniff(path, "scan") == "pdf"
    assert whole(path, "pdf")


def test_a_pdf_whose_first_line_was_eaten_is_still_a_pdf(tmp_path: Path) -> None:
    path = put(tmp_path / "scan", pdf(typed()).split(b"\n", 1)[1])
    assert sniff(path, "scan.pdf") == "pdf"
    assert not whole(path, "pdf")


@pytest.mark.parametrize("cut", [5, 12, 30, 400])
def test_a_pdf_that_lost_its_end_is_not_whole(tmp_path: Path, cut: int) -> None:
    assert not whole(put(tmp_path / "scan", pdf(typed())[:-cut]), "pdf")


def test_a_pdf_whose_startxref_points_nowhere_is_not_whole(tmp_path: Path) -> None:
    content = pdf(typed())
    at = content.rindex(b"startxref")
    assert not whole(put(tmp_path / "a", content[:at] + b"startxref\n7\n%%EOF"), "pdf")
    assert not whole(put(tmp_path / "b", content[:at] + b"startxref\nhere\n%%EOF"), "pdf")


def test_a_text_letter_is_taken_by_its_name_only(tmp_path: Path) -> None:
    path = put(tmp_path / "surat", b"Nomor : 12/A/2024\n")
    assert sniff(path, "SURAT.TXT") == "txt"
    assert whole(path, "txt")
    with pytest.raises(NotADocument):
        sniff(path, "surat.doc")


def test_text_in_two_bytes_a_sign_is_text(tmp_path: Path) -> None:
    path = put(tmp_path / "surat", "Kepada Yth. Bupati".encode("utf-16"))
    assert sniff(path, "surat.txt") == "txt"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\x00\x01\x02\x03" * 50, "no scan"),
        (b"BM" + b"\0" * 40, "no scan"),
    ],
)
def test_what_is_no_document_is_refused_with_a_clear_word(
    tmp_path: Path, content: bytes, words: str
) -> None:
    with pytest.raises(NotADocument, match=words):
        sniff(put(tmp_path / "scan", content), "scan.txt")


def test_a_zip_file_with_a_pdf_in_it_is_no_pdf(tmp_path: Path) -> None:
    path = tmp_path / "berkas.pdf"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("surat.pdf", pdf(typed()))
    with pytest.raises(NotADocument, match="ZIP"):
        sniff(path, "berkas.pdf")


def test_an_old_office_file_is_known_by_its_directory_far_behind(tmp_path: Path) -> None:
    head = bytearray(512)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    head[30] = 9
    head[48:52] = struct.pack("<I", 400)
    content = bytes(head) + b"\0" * 512 * 400 + "WordDocument".encode("utf-16-le") + b"\0" * 488
    with pytest.raises(NotADocument, match="Word document"):
        sniff(put(tmp_path / "surat.doc", content), "surat.doc")
    with pytest.raises(NotADocument, match="office document"):
        sniff(put(tmp_path / "cut.doc", content[:40]), "cut.doc")


@pytest.mark.parametrize("content", [b"{\\rtf1 Surat}", b"<!DOCTYPE html><p>Surat"])
def test_what_says_that_it_is_no_plain_text_is_none_whatever_its_name(
    tmp_path: Path, content: bytes
) -> None:
    with pytest.raises(NotADocument):
        sniff(put(tmp_path / "surat.txt", content), "surat.txt")


def test_an_empty_file_is_not_whole(tmp_path: Path) -> None:
    assert not whole(put(tmp_path / "scan", b""), "pdf")


def test_a_thumbnail_does_not_make_a_cut_photo_whole(tmp_path: Path) -> None:
    content = picture(tmp_path / "scan", "jpeg").read_bytes()
    inner = b"\xff\xe1" + struct.pack(">H", 2 + len(content)) + content
    photo = content[:2] + inner + content[2:]
    assert whole(put(tmp_path / "a", photo), "jpeg")
    assert not whole(put(tmp_path / "b", photo[:-40]), "jpeg")
    assert not whole(put(tmp_path / "c", photo[:20]), "jpeg")


def tiff(
    entries: list[tuple[int, int, int, int]], *, after: int = 0, big_end: bool = False
) -> bytes:
    """A classic TIFF of one directory with (tag, type, count, value) entries."""
    end = ">" if big_end else "<"
    out = (b"MM\0*" if big_end else b"II*\0") + struct.pack(end + "I", 8)
    out += struct.pack(end + "H", len(entries))
    for tag, kind, count, value in entries:
        out += struct.pack(end + "HHI", tag, kind, count)
        out += struct.pack(
            end + ("HH" if kind == 3 else "I"), *([value, 0] if kind == 3 else [value])
        )
    return out + struct.pack(end + "I", after) + b"pixels of the strip"


@pytest.mark.parametrize("big_end", [False, True])
def test_a_tiff_is_whole_when_its_strips_lie_inside(tmp_path: Path, *, big_end: bool) -> None:
    good = tiff([(273, 4, 1, 38), (279, 3, 1, 10)], big_end=big_end)
    assert whole(put(tmp_path / "a", good), "tiff")
    outside = tiff([(273, 4, 1, 4000), (279, 4, 1, 10)], big_end=big_end)
    assert not whole(put(tmp_path / "b", outside), "tiff")


def test_a_tiff_whose_directories_go_in_a_circle_is_read_once(tmp_path: Path) -> None:
    assert whole(put(tmp_path / "a", tiff([(273, 4, 1, 20)], after=8)), "tiff")


def test_a_tiff_that_points_past_its_end_is_not_whole(tmp_path: Path) -> None:
    assert not whole(put(tmp_path / "a", tiff([(273, 4, 1, 20)], after=9999)), "tiff")
    assert not whole(put(tmp_path / "b", tiff([(273, 4, 900, 20)])), "tiff")
    assert not whole(put(tmp_path / "c", tiff([(273, 2, 1, 20)])), "tiff")
    assert not whole(put(tmp_path / "d", b"II*\0\0\0\0\0"), "tiff")


def test_a_big_tiff_is_whole_when_its_strips_lie_inside(tmp_path: Path) -> None:
    head = b"II+\0" + struct.pack("<HHQ", 8, 0, 16)
    entry = struct.pack("<HHQQ", 273, 16, 1, 10) + struct.pack("<HHQQ", 279, 16, 1, 20)
    good = head + struct.pack("<Q", 2) + entry + struct.pack("<Q", 0)
    assert whole(put(tmp_path / "a", good), "tiff")
    assert not whole(put(tmp_path / "b", good[:-10]), "tiff")


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(
        [b"%PDF-", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\0", b"MM\0+", b"GIF89a", b""]
    ),
    st.binary(max_size=300),
)
def test_any_bytes_are_either_known_or_refused(
    tmp_path_factory: pytest.TempPathFactory, head: bytes, rest: bytes
) -> None:
    path = put(tmp_path_factory.mktemp("any") / "scan", head + rest)
    try:
        kind = sniff(path, "scan.txt")
    except NotADocument:
        return
    assert kind in {*KINDS, "pdf", "txt"}
    assert whole(path, kind) in {True, False}


def test_what_files_are_called_is_told_of_each_format_that_is_read() -> None:
    assert set(formats.ENDINGS) == {*FORMATS, "pdf", "txt"}
    assert [formats.extension(slug) for slug in ("jpeg", "tiff", "pdf", "bin")] == [
        "jpg", "tif", "pdf", "bin",
    ]  # fmt: skip
