"""Makes sample_docs/ and the truth about it anew: ``python tests/samples/make.py``.

Needs reportlab and Pillow (development packages), and Debian's fonts-liberation and
fonts-crosextra-carlito. The same fonts and versions give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import sample_damage as damage
import sample_letters as letters
import sample_orders as orders
import sample_others as others
from sample_blocks import Draft
from sample_damage import Scanner
from sample_sheet import load_fonts

HERE: Final = Path(__file__).parent
SAMPLES: Final = HERE.parent.parent / "sample_docs"
TRUTH: Final = HERE / "truth"


@dataclass(frozen=True, slots=True)
class Sample:
    """A file that lies in the scanner's folder, and what becomes of it."""

    name: str
    content: bytes
    fields: dict[str, object] | None = None
    pages: list[str] = field(default_factory=list)
    look: str = ""
    """What was done to the page: straight, skewed, turned, photo, fax, low, digital, text."""
    dpi: int | None = None
    status: str = "filed"
    reason: str | None = None
    same_as: str | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A letter on its way through a scanner into a file."""

    name: str
    write: Callable[[], Draft]
    look: str
    scanner: Scanner | None = None

    def sample(self) -> Sample:
        """The file as the scanner, the telephone or the program leaves it."""
        draft = self.write()
        content = draft.sheet.pdf()
        if self.scanner:
            content = _scanned(self.name, content, self.scanner, photo=self.look == "photo")
        return Sample(
            name=self.name,
            content=content,
            fields=draft.fields,
            pages=draft.sheet.texts(),
            look=self.look,
            dpi=self.scanner.dpi if self.scanner and self.look != "photo" else None,
        )


def _scanned(name: str, pdf: bytes, scanner: Scanner, *, photo: bool) -> bytes:
    pages = scanner.scan(pdf)
    if photo:
        return damage.photograph(pages[0], seed=scanner.seed)
    match Path(name).suffix:
        case ".pdf":
            return damage.image_pdf(pages, scanner)
        case ".tif":
            return damage.tiff(pages, scanner)
        case ".png":
            return damage.png(pages[0], scanner)
        case _:
            return damage.jpeg(pages[0], scanner)


BLACK: Final = Scanner(mode="1", noise=3)
PAPERS: Final = (
    Paper("SCAN0001.pdf", letters.asking, "straight", Scanner(seed=11)),
    Paper("SCAN0002.pdf", letters.reply, "straight", BLACK),
    Paper("SCAN0003.tif", letters.long_letter, "straight", BLACK),
    Paper("SCAN0004.pdf", others.invitation, "straight", Scanner(mode="RGB", seed=14, quality=48)),
    Paper("SCAN0005.pdf", orders.note, "turned", Scanner(turn=180, seed=15)),
    Paper("SCAN0006.pdf", orders.decree, "skewed", Scanner(skew=2.4, seed=16)),
    Paper("SCAN0007.jpg", letters.received, "straight", Scanner(seed=17, quality=58)),
    Paper("SCAN0008.pdf", others.english, "straight", BLACK),
    Paper("SCAN0009.png", others.village, "low", Scanner(dpi=200, seed=19, noise=0)),
    Paper("IMG_20240312_074451.jpg", orders.duty, "photo", Scanner(mode="RGB", noise=0, seed=20)),
    Paper(
        "FAX_20231218.tif", orders.circular, "fax", Scanner(dpi=200, mode="1", noise=30, seed=21)
    ),
    Paper("undangan webinar (2).pdf", others.webinar, "digital"),
    Paper("R-041.pdf", others.secret, "digital"),
    Paper("Invoice 0318.pdf", others.invoice, "digital"),
)
CUT: Final = 0.6
"""The share of a scan that had arrived when the scanner's plug was pulled."""


def samples() -> Iterator[Sample]:
    """Every file of the folder, in the order of the table above, then the odd ones."""
    made = [paper.sample() for paper in PAPERS]
    yield from made
    yield Sample("memo kunci.txt", orders.MEMO.encode(), orders.MEMO_FACTS, [orders.MEMO], "text")
    first = made[0]
    yield Sample("lampiran email.pdf", first.content, status="duplicate", same_as=first.name)
    slip = others.payslip().sheet.pdf()
    yield Sample("slip gaji mei.pdf", slip, status="set_aside", reason="password")
    cut = made[1].content[: round(len(made[1].content) * CUT)]
    yield Sample("SCAN0010.pdf", cut, status="set_aside", reason="incomplete")


def main() -> None:
    """Write the files and, for each, one JSON file of truth."""
    load_fonts()
    for folder in (SAMPLES, TRUTH):
        folder.mkdir(exist_ok=True)
        for old in folder.iterdir():
            old.unlink()
    for sample in samples():
        (SAMPLES / sample.name).write_bytes(sample.content)
        truth = {
            "file": sample.name,
            "sha256": hashlib.sha256(sample.content).hexdigest(),
            "status": sample.status,
            "reason": sample.reason,
            "same_as": sample.same_as,
            "look": sample.look,
            "dpi": sample.dpi,
            "fields": sample.fields,
            "pages": sample.pages,
        }
        text = json.dumps(truth, ensure_ascii=False, indent=1)
        (TRUTH / f"{sample.name}.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
