"""What a file is that is not read here, and what a person can do with it; standard library only.

Told from the first bytes alone: nothing is unpacked, so that nothing in it can do harm.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from arsip.words import N_, _

_PRINT: Final = N_("print it to PDF, then file that")
_UNPACK: Final = N_("unpack it, then file what is in it")
_JPEG: Final = N_("save it as JPEG, then file that")
_SCAN: Final = N_("if it is a letter, print it to PDF or scan it, then file that")
_ORIGINAL: Final = N_("find the file that it points at, and file that")
_TEXT: Final = N_("give it a name that ends in .txt, then file it")

_KINDS: Final[Mapping[str, tuple[str, str]]] = {
    "word": (N_("This is a Word document"), _PRINT),
    "sheet": (N_("This is a spreadsheet"), _PRINT),
    "slides": (N_("This is a presentation"), _PRINT),
    "text_document": (N_("This is a text document of LibreOffice or OpenOffice"), _PRINT),
    "rtf": (N_("This is a text document (RTF)"), _PRINT),
    "book": (N_("This is an e-book"), _PRINT),
    "office": (N_("This is an office document"), _PRINT),
    "locked_office": (N_("This is an office document with a password"), _PRINT),
    "mail": (N_("This is an e-mail"), N_("print it and what is attached to PDF, then file that")),
    "web": (N_("This is a web page"), _PRINT),
    "postscript": (N_("This is a PostScript file"), _PRINT),
    "djvu": (N_("This is a DjVu file"), _PRINT),
    "drawing": (N_("This is a drawing"), _PRINT),
    "heic": (N_("This is a phone photo (HEIC)"), _JPEG),
    "photo": (N_("This is a picture of a kind that is not read"), _JPEG),
    "archive": (N_("This is a ZIP file or the like"), _UNPACK),
    "video": (N_("This is a video or sound recording"), _SCAN),
    "program": (N_("This is a program"), N_("do not open it unless you know where it is from")),
    "link": (N_("This is a shortcut, not the file itself"), _ORIGINAL),
    "xml": (N_("This is data (XML)"), _PRINT),
    "text": (N_("This is plain text"), _TEXT),
    "empty": (N_("The file is empty"), N_("scan the letter again")),
    "": (N_("This is no scan, no PDF and no text letter"), _SCAN),
}
"""Slug of a kind -> what it is, and what to do."""

_STARTS: Final[tuple[tuple[bytes, str], ...]] = (
    (b"{\\rtf", "rtf"),
    (b"Rar!\x1a\x07", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ\0", "archive"),
    (b"%!PS", "postscript"),
    (b"AT&TFORM", "djvu"),
    (b"8BPS", "photo"),
    (b"\0\0\0\x0cjP  ", "photo"),
    (b"\xff\x4f\xff\x51", "photo"),
    (b"\xff\x0a", "photo"),
    (b"ID3", "video"),
    (b"RIFF", "video"),
    (b"OggS", "video"),
    (b"\x1a\x45\xdf\xa3", "video"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"L\0\0\0\x01\x14\x02\0", "link"),
    (b"[InternetShortcut]", "link"),
    (b"[Desktop Entry]", "link"),
)
_CONTAINERS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
"""What holds other files: a PDF header inside is that of a file in it."""

_BRANDS: Final[Mapping[bytes, str]] = {
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"), "heic"),
    **dict.fromkeys((b"mif1", b"msf1"), "heic"),
    **dict.fromkeys((b"avif", b"avis"), "photo"),
}
_ZIPPED: Final[tuple[tuple[bytes, str], ...]] = (
    (b"application/vnd.oasis.opendocument.text", "text_document"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "sheet"),
    (b"application/vnd.oasis.opendocument.presentation", "slides"),
    (b"application/vnd.oasis.opendocument", "office"),
    (b"application/epub+zip", "book"),
)
_PARTS: Final[tuple[tuple[bytes, str], ...]] = (
    (b"word/", "word"),
    (b"xl/", "sheet"),
    (b"ppt/", "slides"),
    (b"[Content_Types].xml", "office"),
)
_STREAMS: Final[tuple[tuple[str, str], ...]] = (
    ("EncryptedPackage", "locked_office"),
    ("WordDocument", "word"),
    ("Workbook", "sheet"),
    ("Book", "sheet"),
    ("PowerPoint Document", "slides"),
    ("__properties_version1.0", "mail"),
)
"""Names in the directory of an old office file."""

_MIMETYPE: Final = slice(30, 120)
"""Where a ZIP file of an open format says first of all what it is."""
_WEB: Final = re.compile(
    rb"\s*+(?:<!--.*?-->\s*+)*+<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_MAIL_LINE: Final = re.compile(
    rb"(?:from|to|cc|subject|date|message-id|return-path|received|delivered-to|mime-version"
    rb"|content-type|reply-to|dkim-signature|x-[a-z0-9-]+):[ \t]",
    re.IGNORECASE,
)
_MAIL_LINES: Final = 3
_CONTROL: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_CONTROL_SHARE: Final = 0.01
"""Old printers' files carry a form feed or an escape; one control byte in a hundred is no text."""


def sentence(head: bytes) -> str:
    """What the file is and what to do, for a person."""
    what, todo = _KINDS[kind(head)]
    return _("{what}: {todo}.").format(what=_(what), todo=_(todo))


def kind(head: bytes) -> str:
    """The slug of its kind, a key of the words above; empty when nothing tells.

    Args:
        head: its first bytes; of an old office file, what its directory starts in too.
    """
    if not head:
        return "empty"
    if head.startswith(b"PK\x03\x04"):
        return _zipped(head)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return _first(head, [(name.encode("utf-16-le"), slug) for name, slug in _STREAMS], "office")
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], "video")
    found = next((slug for start, slug in _STARTS if head.startswith(start)), "")
    return found or _written(head)


def contains(head: bytes) -> bool:
    """Whether it holds files of its own, whatever the bytes of those look like."""
    return head.startswith(_CONTAINERS)


def marked(head: bytes) -> bool:
    """Whether it says itself that it is no plain text, though it may be made of letters only."""
    return kind(head) in {"rtf", "web", "postscript", "link", "xml", "drawing"}


def looks_like_text(head: bytes) -> bool:
    """Whether these may be the first bytes of a text."""
    if not head:
        return False
    if head.startswith(_MARKS):
        return True
    return len(_CONTROL.findall(head)) <= _CONTROL_SHARE * len(head)


def _zipped(head: bytes) -> str:
    return _first(head[_MIMETYPE], _ZIPPED, "") or _first(head, _PARTS, "archive")


def _written(head: bytes) -> str:
    """What is made of letters: a page of the web, data, an e-mail, plain text."""
    start = head.removeprefix(b"\xef\xbb\xbf")
    if _WEB.match(start):
        return "web"
    if start.startswith((b"<?xml", b"<svg")):
        return _first(start[:1000].lower(), [(b"<svg", "drawing"), (b"<html", "web")], "xml")
    if not looks_like_text(head):
        return ""
    lines = start.splitlines()[: 2 * _MAIL_LINES]
    headings = sum(bool(_MAIL_LINE.match(line)) for line in lines)
    return "mail" if headings >= _MAIL_LINES or start.startswith(b"From ") else "text"


def _first(head: bytes, signs: Sequence[tuple[bytes, str]], usual: str) -> str:
    return next((slug for sign, slug in signs if sign in head), usual)
