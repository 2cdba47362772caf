"""What is no document is named, with what can be done about it."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arsip.scan.foreign import contains, kind, looks_like_text, sentence


def packed(*names: str, mimetype: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, "isi")
    return out.getvalue()


def old_office(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + stream.encode("utf-16-le") + bytes(9)


MAIL = b"Received: from kantor\nFrom: a@kantor.example\nSubject: Undangan\nDate: Senin\n\nYth."


@pytest.mark.parametrize(
    ("head", "slug"),
    [
        (packed("[Content_Types].xml", "word/document.xml"), "word"),
        (packed("[Content_Types].xml", "xl/workbook.xml"), "sheet"),
        (packed("[Content_Types].xml", "ppt/presentation.xml"), "slides"),
        (packed("[Content_Types].xml", "visio/document.xml"), "office"),
        (packed(mimetype="application/vnd.oasis.opendocument.text"), "text_document"),
        (packed(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "sheet"),
        (packed(mimetype="application/vnd.oasis.opendocument.graphics"), "office"),
        (packed(mimetype="application/epub+zip"), "book"),
        (packed("surat.pdf"), "archive"),
        (old_office("WordDocument"), "word"),
        (old_office("Workbook"), "sheet"),
        (old_office("EncryptedPackage"), "locked_office"),
        (old_office("__properties_version1.0"), "mail"),
        (old_office("lain"), "office"),
        (b"{\\rtf1\\ansi Yth.", "rtf"),
        (MAIL, "mail"),
        (b"From kantor Senin\nYth.", "mail"),
        (b"\xef\xbb\xbf <!-- x --><!DOCTYPE HTML><html>", "web"),
        (b"<?xml version='1.0'?><html xmlns='x'>", "web"),
        (b"<?xml version='1.0'?><svg/>", "drawing"),
        (b"<?xml version='1.0'?><data/>", "xml"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1", "heic"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1", "heic"),
        (b"\0\0\0\x18ftypavif\0\0\0\0mif1", "photo"),
        (b"\0\0\0\x18ftypisom\0\0\0\0mp42", "video"),
        (b"RIFF\0\0\0\0WAVEfmt ", "video"),
        (b"Rar!\x1a\x07\0", "archive"),
        (b"MZ\x90\0", "program"),
        (b"L\0\0\0\x01\x14\x02\0", "link"),
        (b"[InternetShortcut]\r\nURL=x", "link"),
        (b"Nomor : 12/A/2024\n", "text"),
        ("Yth. Bupati".encode("utf-16"), "text"),
        (b"", "empty"),
        (bytes(range(256)), ""),
    ],
)
def test_a_file_is_named_by_its_first_bytes(head: bytes, slug: str) -> None:
    assert kind(head) == slug


def test_the_sentence_says_what_it_is_and_what_to_do() -> None:
    head = packed("[Content_Types].xml", "word/document.xml")
    assert sentence(head) == "This is a Word document: print it to PDF, then file that."
    assert sentence(b"\0\0\0\x18ftypheic") == (
        "This is a phone photo (HEIC): save it as JPEG, then file that."
    )


def test_a_memo_with_two_headings_is_plain_text() -> None:
    assert kind(b"From: Kepala Bagian\nTo: Staf\n\nHarap hadir.") == "text"


@given(st.binary(max_size=200))
def test_any_bytes_get_a_sentence(head: bytes) -> None:
    assert sentence(head).endswith(".")
    assert contains(head) in {True, False}
    assert looks_like_text(head) in {True, False}
