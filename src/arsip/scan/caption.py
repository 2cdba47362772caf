"""What a reading copy says of itself: title, date, sender, and of which file it is a copy."""

from __future__ import annotations

import datetime as dt
import re
from html import escape
from typing import NamedTuple

PRODUCER = "arsip"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ID_BYTES = 16


class Caption(NamedTuple):
    """What stands in a PDF's properties.

    Attributes:
        digest: SHA-256 of the original, lower-case hex.
        title: the letter's subject, else its number, else the name of the file.
        sender: who wrote it; empty when unknown.
        date: of the letter; None when unknown.
    """

    digest: str
    title: str = ""
    sender: str = ""
    date: dt.date | None = None

    @property
    def id(self) -> bytes:
        """What tells this file from others, equal in every copy made of these bytes."""
        return bytes.fromhex(self.digest)[:_ID_BYTES]

    @property
    def info(self) -> dict[str, str]:
        """The old kind of properties, as viewers still show them."""
        written = {
            "/Title": _text(self.title),
            "/Author": _text(self.sender),
            "/CreationDate": ""
            if self.date is None
            else f"D:{self.date.isoformat().replace('-', '')}",
            "/Producer": PRODUCER,
        }
        return {name: value for name, value in written.items() if value}

    def xmp(self, *, archival: bool) -> bytes:
        """The properties as an XMP packet, which the standard for archives asks for.

        Args:
            archival: say that the file is PDF/A-2b.
        """
        parts = [
            _CLAIM if archival else "",
            "<dc:format>application/pdf</dc:format>",
            f"<dc:source>sha256:{self.digest}</dc:source>",
            f"<pdf:Producer>{PRODUCER}</pdf:Producer>",
        ]
        if title := _text(self.title):
            parts.append(_TITLE.format(title=escape(title)))
        if sender := _text(self.sender):
            parts.append(_SENDER.format(sender=escape(sender)))
        if self.date is not None:
            parts.append(f"<xmp:CreateDate>{self.date.isoformat()}</xmp:CreateDate>")
        return _PACKET.format(parts="\n".join(filter(None, parts))).encode("utf-8")


def _text(value: str) -> str:
    """In one line, without what XML cannot hold."""
    return " ".join(_NOT_XML.sub(" ", value).split())


_CLAIM = "<pdfaid:part>2</pdfaid:part>\n<pdfaid:conformance>B</pdfaid:conformance>"
_TITLE = '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>'
_SENDER = "<dc:creator><rdf:Seq><rdf:li>{sender}</rdf:li></rdf:Seq></dc:creator>"
_PACKET = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
{parts}
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""
