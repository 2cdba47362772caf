"""Letters of fictional offices, drawn and damaged for the tests of the scan wing."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from arsip.model import PageText
from arsip.scan.engine import Layout, Spot
from arsip.scan.together import Reader, read_together

LETTER = (
    "PEMERINTAH KABUPATEN TELAGA BIRU",
    "DINAS PERPUSTAKAAN DAN KEARSIPAN",
    "Jalan Melati Nomor 12 Telaga Biru",
    "",
    "Nomor : 045.2/317/Dispusip/2024",
    "Sifat : Biasa",
    "Hal : Undangan Rapat Penataan Arsip",
    "",
    "Yth. Kepala Bagian Umum",
    "di Telaga Biru",
    "",
    "Dengan hormat kami mengundang Saudara untuk hadir pada rapat",
    "penataan arsip yang akan diselenggarakan pada hari Senin tanggal",
    "empat Maret di aula kantor kami. Mengingat pentingnya acara ini",
    "kami berharap Saudara dapat hadir tepat pada waktunya dan membawa",
    "daftar arsip yang masih aktif dari bagian masing-masing.",
    "",
    "Demikian undangan ini kami sampaikan, atas perhatian dan kerja",
    "sama Saudara kami ucapkan terima kasih.",
    "",
    "Kepala Dinas,",
    "",
    "Sri Wahyuningsih",
    "Pembina Tingkat I",
)
"""A letter of no office that exists; nothing in it is true."""

A4_INCHES = (8.27, 11.69)


@cache
def font(pixels: int) -> ImageFont.FreeTypeFont:
    """Pillow's own outline font, so that every machine draws the same letters."""
    found = ImageFont.load_default(pixels)
    assert isinstance(found, ImageFont.FreeTypeFont)
    return found


def sheet(dpi: int = 200, lines: Sequence[str] = LETTER, mode: str = "L") -> Image.Image:
    """A page of 12 point text, black on white."""
    size = (round(A4_INCHES[0] * dpi), round(A4_INCHES[1] * dpi))
    page = Image.new(mode, size, "white")
    draw = ImageDraw.Draw(page)
    for at, line in enumerate(lines):
        draw.text((dpi, dpi + at * dpi * 0.3), line, fill="black", font=font(round(dpi / 6)))
    return page


def scrawled(draw: ImageDraw.ImageDraw, area: tuple[int, int, int, int], width: int = 4) -> None:
    """A hand's signature in an area."""
    left, top, right, bottom = area
    turns = [step / 60 for step in range(61)]
    draw.line(
        [
            (
                left + (right - left) * (share + 0.15 * math.sin(15 * share)),
                (top + bottom) / 2 + (bottom - top) / 2 * math.sin(21 * share),
            )
            for share in turns
        ],
        fill=0,
        width=width,
        joint="curve",
    )


def grainy(page: Image.Image, seed: int = 1) -> Image.Image:
    """The page as a scanner gives it: soft, on paper that is not quite white."""
    noise = Image.effect_noise((page.width // 2, page.height // 2), 14).resize(page.size)
    soft = page.convert("L").filter(ImageFilter.GaussianBlur(0.7))
    random.seed(seed)
    return Image.blend(soft.point(lambda value: 20 + value * 0.85), noise, 0.06)


def specked(page: Image.Image, count: int = 2500, seed: int = 3) -> Image.Image:
    """The page with the dust of a bad copier."""
    chance = random.Random(seed)
    page = page.convert("L")
    draw = ImageDraw.Draw(page)
    for _speck in range(count):
        x, y = chance.randrange(page.width), chance.randrange(page.height)
        draw.rectangle((x, y, x + 2, y + 2), fill=0)
    return page


def on_desk(page: Image.Image) -> Image.Image:
    """A photo of the page on a dark desk, slightly askew."""
    page = page.convert("RGB")
    width, height = page.size
    photo = Image.new("RGB", (round(width * 1.2), round(height * 1.15)), (60, 45, 38))
    lifted = page.rotate(
        1.2, expand=True, fillcolor=(60, 45, 38), resample=Image.Resampling.BICUBIC
    )
    photo.paste(lifted, ((photo.width - lifted.width) // 2, (photo.height - lifted.height) // 2))
    return photo


@dataclass
class Reciter:
    """An OCR engine that says what it was told to say, and remembers what it was shown."""

    answers: list[list[Spot] | Exception] = field(default_factory=list)
    name: str = "reciter 1.0 ind+eng"
    alone: Reciter | None = None
    crossed: Reciter | None = None
    seen: list[tuple[Image.Image, int, Layout]] = field(default_factory=list)

    def read(
        self, images: Sequence[Path], *, dpi: int, seconds: float, layout: Layout = Layout.PAGE
    ) -> list[list[Spot]]:
        assert seconds > 0
        read = list[list[Spot]]()
        for image in images:
            with Image.open(image) as shown:
                shown.load()
                self.seen.append((shown.copy(), dpi, layout))
            answer = self.answers.pop(0) if self.answers else []
            if isinstance(answer, Exception):
                raise answer
            read.append(answer)
        return read


SPEAKER = """#!/bin/sh
case "$1" in
--version) echo 'tesseract 5.9.9'; exit ;;
--list-langs) printf 'List of available languages (2):\\neng\\nind\\n'; exit ;;
*.txt) images=$(cat "$1") ;;
*) images="$1" ;;
esac
case "$*" in *'--psm 3 '*) part= ;; *) part=yes ;; esac
IFS='
'
number=0
: >"$2.tsv"
for image in $images; do
number=$((number + 1))
printf '1\\t%s\\t0\\t0\\t0\\t0\\t0\\t0\\t900\\t900\\t-1\\t\\n' $number >>"$2.tsv"
[ "$part" ] && continue
TROUBLE
printf '5\\t%s\\t1\\t1\\t1\\t1\\t300\\t300\\t80\\t30\\tSURE\\tWORD\\n' $number >>"$2.tsv"
done
"""
"""A program that plays Tesseract."""


def speaker(program: Path, *, trouble: str = ":", word: str = "Undangan", sure: int = 95) -> Path:
    """A program that says a word for every page ``$image`` it is shown, after its trouble with it.

    For parts of a page it says nothing, and has no trouble with them.
    """
    body = SPEAKER.replace("TROUBLE", trouble).replace("SURE", str(sure)).replace("WORD", word)
    program.write_text(body)
    program.chmod(0o755)
    return program


def read_alone(reader: Reader[PageText]) -> PageText:
    """What a reader reads when no other page is read beside it."""
    (page,) = read_together([reader])
    if isinstance(page, Exception):
        raise page
    return page


def spot(text: str, left: float, top: float, *, run: int = 0, confidence: float = 0.9) -> Spot:
    """A word of 20 pixels height, 12 pixels a letter."""
    return Spot(text, left, top, left + 12 * len(text), top + 20, confidence, run)


def pdf(*pages: bytes | PdfSheet, trailer: bytes = b"", extra: Mapping[int, bytes] = {}) -> bytes:
    """A PDF of pages with these contents, written by hand, its references right."""
    sheets = [page if isinstance(page, PdfSheet) else PdfSheet(page) for page in pages]
    objects: dict[int, bytes] = {
        1: b"<</Type/Catalog/Pages 2 0 R" + trailer + b">>",
        3: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        **extra,
    }
    number = 20
    kids = []
    for page in sheets:
        parts = page.objects(number)
        kids.append(b"%d 0 R" % number)
        objects.update(parts)
        number += 10
    objects[2] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    return _file(objects)


@dataclass(frozen=True)
class PdfSheet:
    """One page: what it draws, its picture, its size and turn."""

    content: bytes = b""
    image: Image.Image | None = None
    jpeg: bytes = b""
    size: tuple[float, float] = (595, 842)
    rotate: int = 0
    entries: bytes = b""

    def objects(self, number: int) -> dict[int, bytes]:
        content = self.content
        resources = b"/Font<</F1 3 0 R>>"
        found = {}
        if self.image or self.jpeg:
            resources += b"/XObject<</Im %d 0 R>>" % (number + 2)
            content = b"q %g 0 0 %g 0 0 cm /Im Do Q " % self.size + content
            found[number + 2] = self._picture()
        box = b"[0 0 %g %g]" % self.size
        found[number] = (
            b"<</Type/Page/Parent 2 0 R/MediaBox%s/Rotate %d/Resources<<%s>>/Contents %d 0 R%s>>"
            % (box, self.rotate, resources, number + 1, self.entries)
        )
        found[number + 1] = _stream(b"", content)
        return found

    def _picture(self) -> bytes:
        if self.jpeg:
            with Image.open(BytesIO(self.jpeg)) as shown:
                size, grey = shown.size, shown.mode == "L"
            space = b"/DeviceGray" if grey else b"/DeviceRGB"
            return _stream(_image(size, space) + b"/Filter/DCTDecode", self.jpeg)
        assert self.image
        return _stream(_image(self.image.size, b"/DeviceGray"), self.image.convert("L").tobytes())


def _image(size: tuple[int, int], space: bytes) -> bytes:
    return b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/ColorSpace%s" % (
        *size,
        space,
    )


def _stream(entries: bytes, content: bytes) -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(content), content)


def _file(objects: Mapping[int, bytes]) -> bytes:
    out = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
    places = {}
    for number in sorted(objects):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, objects[number])
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    size = max(objects) + 1
    return out + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, start)


def typed(lines: Sequence[str] = LETTER, *, left: float = 72, mode: int = 0) -> bytes:
    """Page content that shows the lines in 12 point Helvetica; mode 3 hides them."""
    rows = [b"BT %d Tr /F1 12 Tf 18 TL %g 770 Td" % (mode, left)]
    for line in lines:
        text = line.encode("cp1252").replace(b"(", rb"\(").replace(b")", rb"\)")
        rows.append(b"(%s) Tj T*" % text)
    return b"\n".join([*rows, b"ET"])


def jpeg(page: Image.Image, **options: Any) -> bytes:
    """The page as the bytes of a JPEG file."""
    out = BytesIO()
    page.save(out, "JPEG", quality=85, **options)
    return out.getvalue()


def words_of(text: str) -> set[str]:
    return {word.strip(".,:").lower() for word in text.split()} - {""}


def recall(text: str, lines: Sequence[str] = LETTER) -> float:
    """Share of the letter's words that the text has."""
    wanted = words_of(" ".join(lines))
    return len(wanted & words_of(text)) / len(wanted)


def grey_at(page: Image.Image, place: tuple[int, int]) -> float:
    """Brightness of one pixel, 0 to 255."""
    value = page.convert("L").getpixel(place)
    assert isinstance(value, int | float)
    return value


def darkest(page: Image.Image) -> float:
    """Brightness of the darkest pixel, 0 to 255."""
    low = page.convert("L").getextrema()[0]
    assert isinstance(low, int | float)
    return low


def texts(lines: Iterator[Sequence[Spot]] | Sequence[Sequence[Spot]]) -> list[str]:
    return [" ".join(word.text for word in line) for line in lines]
