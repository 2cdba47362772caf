"""Makes lines of print that a pen, a stamp or a fax has been over, to train Tesseract on.

``python tools/training/crossed_lines.py FOLDER --sheets 200 --seed 1 --words WORDS``: sheets of
lines as TIFF, each with a box file as Tesseract's training takes it. WORDS is a list of Indonesian
words, one a line. See README.md beside this file.
"""

from __future__ import annotations

import argparse
import io
import math
import random
import re
import string
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

LINES = 120
"""Lines on a sheet."""
APART = 12
"""White between two lines, in pixels: more than what Tesseract adds around a box."""
WHITE = 255
SIGNS = frozenset(string.ascii_letters + string.digits + " .,:/()-&'") - {"q", "Q"}
"""What the model of Tesseract has signs for."""
NAMES = Path(__file__).parents[2] / "src/arsip/letter/vocabulary/names.txt"
_BOLD, _LEAN = re.compile("Bold|Demi"), re.compile("Oblique|ExtraLight")

FONTS = (
    "LiberationSans", "LiberationSerif", "LiberationSansNarrow", "LiberationMono", "Carlito",
    "Caladea", "DejaVuSans", "DejaVuSerif", "NimbusRoman", "NimbusSans", "P052", "C059",
    "URWBookman", "URWGothic",
)  # fmt: skip
BEFORE = ("Dr.", "Drs.", "Dra.", "Ir.", "H.", "Hj.", "Prof.", "Prof. Dr.", "dr.", "drg.", "Dr. H.",
          "Drs. H.", "K.H.", "Dr. Ir.", "I", "Ni")  # fmt: skip
DEGREES = ("S.H.", "M.H.", "S.E.", "M.M.", "S.Sos.", "M.Si.", "S.Pd.", "M.Pd.", "S.Kom.", "M.T.",
           "S.T.", "S.IP.", "M.AP.", "S.STP.", "S.Ag.", "M.Ag.", "S.KM.", "M.Kes.", "S.Kep.",
           "Ns.", "Ph.D.", "M.Kom.", "S.P.", "M.P.", "S.Si.", "M.Sc.", "Sp.A.", "S.Psi.",
           "M.Hum.", "S.S.", "A.Md.", "Apt.", "M.A.", "S.Hut.", "Ak.", "CA.", "SH", "MH", "SE",
           "MM")  # fmt: skip
RANKS = ("Pembina", "Pembina Tk. I", "Pembina Tingkat I", "Pembina Utama Muda",
         "Pembina Utama Madya", "Pembina Utama", "Penata", "Penata Tk. I", "Penata Tingkat I",
         "Penata Muda", "Penata Muda Tk. I", "Pengatur", "Pengatur Tk. I", "Pengatur Muda",
         "Juru", "Juru Muda Tingkat I")  # fmt: skip
CLASSES = ("IV/a", "IV/b", "IV/c", "IV/d", "III/a", "III/b", "III/c", "III/d", "II/c", "II/d")
OFFICES = ("Kepala Dinas", "Sekretaris Daerah", "Bupati", "Camat", "Lurah", "Kepala Desa",
           "Kepala Sekolah", "Kepala Bidang", "Kepala Bagian", "Kepala Badan", "Kepala Seksi",
           "Direktur", "Direktur Utama", "Rektor", "Dekan", "Sekretaris", "Plt. Kepala",
           "Plh. Camat", "a.n. Bupati", "a.n. Kepala Dinas", "Ketua", "Wakil Rektor", "Inspektur",
           "Manajer")  # fmt: skip
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
ONSETS = ("b", "c", "d", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "t", "w", "y", "z", "f",
          "kh", "sy", "ny", "tr", "br", "pr", "dr", "kr", "", "", "")  # fmt: skip
VOWELS = ("a", "a", "a", "i", "i", "u", "u", "e", "o", "ai", "au", "ia")
CODAS = ("", "", "", "n", "n", "ng", "r", "s", "t", "h", "m", "l", "k", "d")


def listed() -> list[str]:
    """The words of the model's list: names, and what stands around them."""
    names = NAMES.read_text(encoding="utf-8").split()
    titles = [title.rstrip(".") for title in (*BEFORE, *DEGREES)]
    around = [word for part in (*titles, *RANKS, *OFFICES) for word in part.split()]
    words = {*names, *(name.upper() for name in names), *around, *CLASSES, "NIP"}
    return sorted(word for word in words if set(word) <= SIGNS)


class Maker:
    """Draws lines from one stream of chances."""

    def __init__(self, seed: int, words: Sequence[str], fonts: Sequence[Path]) -> None:
        """A maker of lines.

        Args:
            seed: the same seed draws the same lines.
            words: what plain lines are put together from.
            fonts: font files.
        """
        self._r = random.Random(seed)
        self._noise = np.random.default_rng(seed)
        self._words = words
        self._names = NAMES.read_text(encoding="utf-8").split()
        self._fonts = fonts
        self._upright = [font for font in fonts if "Ita" not in font.stem]
        self._bold = [font for font in self._upright if _BOLD.search(font.stem)]

    def line(self) -> tuple[Image.Image, str]:
        """A line, mode L, and what it says."""
        text = self._text()
        size = self._r.randint(30, 58)
        faces = self._r.choices((self._upright, self._bold, self._fonts), (0.4, 0.5, 0.1))[0]
        font = ImageFont.truetype(str(self._r.choice(faces)), size)
        return self._worn(self._drawn(text, font, size)), text

    # --- what it says ----------------------------------------------------------------------------

    def _text(self) -> str:
        kinds: dict[Callable[[], str], float] = {
            self._signer: 0.56, self._number: 0.09, self._reference: 0.08, self._rank: 0.06,
            self._office: 0.07, self._plain: 0.14,
        }  # fmt: skip
        text = self._r.choices(list(kinds), list(kinds.values()))[0]()
        return "".join(sign for sign in text if sign in SIGNS)

    def _signer(self) -> str:
        text = " ".join(self._name() for _ in range(self._r.choice((1, 2, 2, 2, 3, 3, 4))))
        if self._r.random() < 0.12:
            text = text.upper()
        if self._r.random() < 0.3:
            text = f"{self._r.choice(BEFORE)} {text}"
        if self._r.random() < 0.6:
            titles = self._r.sample(DEGREES, self._r.choice((1, 1, 1, 2, 2, 3)))
            text += ", " + ", ".join(titles)
        return f"({text})" if self._r.random() < 0.04 else text

    def _name(self) -> str:
        """A name that there is, or one of the same sounds, so that no letter is taken on trust."""
        chance = self._r.random()
        if chance < 0.55:
            return self._r.choice(self._names)
        if chance < 0.6:
            return self._r.choice("ABCDEFGHIJKLMNPRSTUWYZ") + "."
        count = self._r.choice((1, 2, 2, 3, 3))
        return "".join(self._syllable() for _ in range(count)).capitalize() or "Adi"

    def _syllable(self) -> str:
        return self._r.choice(ONSETS) + self._r.choice(VOWELS) + self._r.choice(CODAS)

    def _number(self) -> str:
        r = self._r
        born = f"{r.randint(1950, 2002)}{r.randint(1, 12):02}{r.randint(1, 31):02}"
        since = f"{r.randint(1975, 2026)}{r.randint(1, 12):02}"
        rest = (born, since, str(r.randint(1, 2)), f"{r.randint(1, 40):03}")
        joined = " ".join(rest) if r.random() < 0.6 else "".join(rest)
        return r.choice(("NIP. ", "NIP ", "NIP: ", "NIP : ", "NIP.", "")) + joined

    def _reference(self) -> str:
        """The number of a letter."""
        r = self._r
        own = str(r.randint(1, 2500)).zfill(r.choice((1, 1, 3)))
        short = "".join(r.choices(string.ascii_uppercase, k=r.randint(2, 6)))
        unit = r.choice((short, short, f"{short}.{r.randint(1, 20)}", f"{short}-{r.choice(ROMAN)}"))
        code = f"{r.randint(0, 999):03}" + r.choice(("", f".{r.randint(1, 9)}"))
        month, year = r.choice(ROMAN), str(r.randint(1990, 2035))
        secrecy, dated = f"{r.choice('BPSNR')}-", f"{r.randint(1, 12):02}"
        shapes = (
            (code, own, unit, year), (code, own, unit), (own, unit, month, year), (code, own, year),
            (own, secrecy + unit, code, year), (secrecy + own, unit, year),
            (secrecy + own, unit, f"{short[:2]}.{own[:2]}", dated, year),
        )  # fmt: skip
        label = r.choice(("Nomor : ", "Nomor: ", "No. ", "Nomor  : ", ""))
        return label + "/".join(r.choice(shapes))

    def _rank(self) -> str:
        rank, grade = self._r.choice(RANKS), self._r.choice(CLASSES)
        return self._r.choice((rank, f"{rank}, {grade}", f"{rank} ({grade})"))

    def _office(self) -> str:
        rest = [w.capitalize() for w in self._r.choices(self._words, k=self._r.randint(0, 3))]
        text = " ".join((self._r.choice(OFFICES), *rest))
        return text + self._r.choice((",", ",", ""))

    def _plain(self) -> str:
        words = self._r.choices(self._words, k=self._r.randint(2, 6))
        for at in range(len(words)):
            chance = self._r.random()
            if chance < 0.08:
                words[at] = str(self._r.randint(1, 9999))
            elif chance < 0.14:
                sign = self._r.choice(("/", ".", "-"))
                words[at] = sign.join(str(self._r.randint(1, 500)) for _ in range(3))
            elif chance < 0.3:
                words[at] = words[at].capitalize()
            elif chance < 0.36:
                words[at] += self._r.choice((",", ".", ":"))
        return " ".join(words)

    # --- how it is drawn -------------------------------------------------------------------------

    def _drawn(self, text: str, font: ImageFont.FreeTypeFont, size: int) -> Image.Image:
        r = self._r
        left, top, right, bottom = font.getbbox(text)
        before, behind = (self._margin(size) for _ in range(2))
        width = round(right - left) + before + behind
        height = round(size * (r.uniform(1.9, 2.6) if r.random() < 0.1 else r.uniform(1.15, 1.9)))
        cut = round(0.06 * size) if r.random() < 0.1 else 0
        base = r.randint(-cut, max(0, height - round(bottom - top)) + cut)
        page = Image.new("L", (width, height), WHITE)
        draw = ImageDraw.Draw(page)
        ink = r.choice((0, 0, 20, 40, 60))
        draw.text((before - left, base - top), text, font=font, fill=ink)
        self._next_lines(draw, font, width, height, base - top, size)
        if r.random() < 0.45:
            under = base + round(font.getmetrics()[0] - top) + r.randint(1, 4)
            draw.line((before, under, width - behind, under), fill=ink, width=r.randint(1, 4))
        if r.random() < 0.45:
            self._stamp(page, size)
        if r.random() < 0.75:
            for _ in range(r.choice((1, 1, 2, 3, 4))):
                self._scrawl(draw, width, height, size, r.choice((ink, ink, ink + 30, ink + 80)))
        if r.random() < 0.22:  # what is left where coloured ink was taken off
            for _ in range(r.choice((1, 1, 2))):
                self._scrawl(draw, width, height, size, WHITE)
        return page

    def _margin(self, size: int) -> int:
        """White beside a line; a strip often begins far from its name, where others begin."""
        return self._r.randint(4, size * self._r.choice((1, 2, 2, 5, 8)))

    def _next_lines(
        self, draw: ImageDraw.ImageDraw, font: ImageFont.FreeTypeFont, width: int, height: int,
        top: int, size: int,
    ) -> None:  # fmt: skip
        """The edges of the lines above and below, as they come into a strip."""
        rise, fall = font.getmetrics()
        seen = self._r.randint(2, max(3, size // 4))
        for at in (seen - rise, height - seen - fall // 4):
            own = top < at + rise and at < top + size
            if self._r.random() < 0.4 and not own:
                words = " ".join(self._r.choices(self._words, k=3))
                draw.text((self._r.randint(0, width // 2), at), words, font=font, fill=20)

    def _scrawl(
        self, draw: ImageDraw.ImageDraw, width: int, height: int, size: int, ink: int
    ) -> None:
        """A hand's stroke: waves and loops that run along, or cross the line here and there."""
        r = self._r
        reach = min(width, size * r.uniform(1.5, 9))
        start = r.uniform(-0.1, 1) * width - reach / 3
        middle = height * r.uniform(-0.2, 0.8)
        points: list[tuple[float, float]] = []
        turns, high = r.uniform(0.5, 5), size * r.uniform(0.3, 2.2)
        drift, phase = r.uniform(-0.6, 0.6) * size, r.uniform(0, 6.3)
        back, second = r.uniform(0, 0.35) * reach, r.uniform(0.7, 2.3)
        steps = 80
        for step in range(steps + 1):
            share = step / steps
            angle = share * turns * math.tau + phase
            x = start + share * reach + back * math.sin(angle * second)
            points.append((x, middle + drift * share + high / 2 * math.sin(angle)))
        draw.line(
            points, fill=min(ink, WHITE), width=r.randint(2, max(3, size // 9)), joint="curve"
        )

    def _stamp(self, page: Image.Image, size: int) -> None:
        """A part of a round stamp: rings, and the letters between them, which turn with them."""
        r, draw = self._r, ImageDraw.Draw(page)
        ink = r.choice((0, 0, 40, 90, 130, 170))
        radius = size * r.uniform(2.2, 4.5)
        x, y = r.uniform(-0.2, 0.9) * page.width, r.uniform(-1.5, 2) * page.height
        for share in (1.0, 0.93, 0.66):
            if r.random() < 0.8:
                reach = radius * share
                box = (x - reach, y - reach, x + reach, y + reach)
                draw.ellipse(box, outline=ink, width=r.randint(1, 6))
        font = ImageFont.truetype(str(r.choice(self._fonts)), round(size * r.uniform(0.4, 0.7)))
        for at in range(26):
            angle = at / 26 * math.tau
            middle = (x + radius * 0.8 * math.cos(angle), y + radius * 0.8 * math.sin(angle))
            if 0 < middle[0] < page.width and -size < middle[1] < page.height + size:
                sign = Image.new("L", (size, size), 0)
                place = (size / 2, size / 2)
                ImageDraw.Draw(sign).text(
                    place, r.choice("ADEGIKLMNOPRSTU"), font=font, fill=WHITE, anchor="mm"
                )
                sign = sign.rotate(-90 - math.degrees(angle), Image.Resampling.BICUBIC)
                page.paste(ink, (round(middle[0] - size / 2), round(middle[1] - size / 2)), sign)

    # --- what a scanner makes of it ---------------------------------------------------------------

    def _worn(self, page: Image.Image) -> Image.Image:
        r = self._r
        if r.random() < 0.6:
            turn = r.uniform(-0.7, 0.7)
            page = page.rotate(turn, Image.Resampling.BICUBIC, fillcolor=WHITE)
        fax = r.random() < 0.4
        if fax or r.random() < 0.4:
            share = r.uniform(0.4, 0.9)
            small = (max(8, round(page.width * share)), max(8, round(page.height * share)))
            page = page.resize(small, Image.Resampling.BOX).resize(
                page.size, Image.Resampling.BICUBIC
            )
        page = page.filter(ImageFilter.GaussianBlur(r.uniform(0.2, 1.3)))
        levels = np.asarray(page, dtype=np.float32)
        levels = levels + self._noise.normal(0, r.uniform(0, 14), levels.shape)
        if fax:
            limit = r.uniform(95, 175) + self._noise.normal(0, r.uniform(2, 45), levels.shape)
            levels = np.where(levels > limit, 255.0, 0.0)
            specks = self._noise.random(levels.shape)
            levels[specks < r.uniform(0, 0.006)] = 0
            levels[specks > 1 - r.uniform(0, 0.012)] = 255
        page = Image.fromarray(levels.clip(0, 255).astype(np.uint8))
        if fax and r.random() < 0.5:
            page = page.filter(ImageFilter.GaussianBlur(r.uniform(0.4, 1.0)))
        if not fax and r.random() < 0.6:
            held = io.BytesIO()
            page.save(held, "JPEG", quality=r.randint(35, 85))
            page = Image.open(held).convert("L")
        if not fax and r.random() < 0.7:  # as a second look sees it
            limit = r.uniform(110, 190)
            page = page.point([min(WHITE, round(level / limit * WHITE)) for level in range(256)])
        return page


def sheet(maker: Maker) -> tuple[Image.Image, str]:
    """A sheet of lines below each other, and its box file."""
    lines = [maker.line() for _ in range(LINES)]
    width = max(image.width for image, _ in lines) + 2 * APART
    height = sum(image.height + APART for image, _ in lines) + APART
    page, boxes, top = Image.new("L", (width, height), WHITE), [], APART
    for image, text in lines:
        page.paste(image, (APART, top))
        right, low, high = APART + image.width, height - top - image.height, height - top
        boxes.append(f"WordStr {APART} {low} {right} {high} 0 #{text}")
        boxes.append(f"\t {right} {low} {right + 1} {high} 0")
        top += image.height + APART
    return page, "\n".join(boxes) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sheets", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--words", type=Path, required=True)
    parser.add_argument("--fonts", type=Path, default=Path("/usr/share/fonts"))
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    fonts = [
        file
        for file in sorted(asked.fonts.rglob("*.[to]tf"))
        if file.stem.split("-")[0] in FONTS and not _LEAN.search(file.stem)
    ]
    words = asked.words.read_text(encoding="utf-8").split()
    for number in range(asked.sheets):
        page, boxes = sheet(Maker(asked.seed * 10_000 + number, words, fonts))
        base = asked.folder / f"sheet{asked.seed}-{number:04}"
        page.save(base.with_suffix(".tif"), compression="tiff_lzw")
        base.with_suffix(".box").write_text(boxes, encoding="utf-8")


if __name__ == "__main__":
    main()
