"""Trains the model for lines that something was drawn over, from a model of Tesseract.

``python tools/training/crossed_model.py SHEETS... --from ind.traineddata --hours 1 --out FOLDER``:
SHEETS are folders of ``crossed_lines.py``; FOLDER gets ``crossed.traineddata``. See README.md
beside this file.
"""

from __future__ import annotations

import argparse
import math
import random
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np
import torch
from crossed_lines import listed
from PIL import Image, ImageFilter
from recognizer import GATES, Recognizer, grown
from torch import Tensor, nn

HEIGHT = 36
"""Pixels of a line as the network sees it."""
POOL = 3
SIZES = 24, 80, 160, 160, 192
"""Outputs of its convolution and LSTMs; in the Indonesian model 16, 64, 96, 96, 128."""
SPEC = "[1,36,0,1Ct3,3,{}Mp3,3Lfys{}Lfx{}Lrx{}Lfx{}O1c1]".format(*SIZES)
BATCH, BUCKETS = 64, 40
"""Lines at once; batches that are put in order of width together, so that little is padding."""
WIDEST = 1500
HELD_OUT = 600
REPORT_SECONDS = 300
NULL = 84
"""The class that stands for no sign; those of the signs follow from the unicharset."""

Line: TypeAlias = tuple["np.ndarray[tuple[int, int], np.dtype[np.int8]]", list[int]]
"""Pixels from -127 to 127, and the classes of its signs."""


class Network(nn.Module):
    """A network of Tesseract of the kind of ``SPEC``, whatever its sizes."""

    def __init__(self, weights: Sequence[Tensor]) -> None:
        """The network with the matrices of a file, in their order; see ``Recognizer``."""
        super().__init__()
        head, *gates, last = weights
        self.conv = nn.Conv2d(1, len(head), 3, padding=1)
        self.conv.weight.data = head[:, :9].reshape(-1, 1, 3, 3).transpose(2, 3).contiguous()
        self.conv.bias.data = head[:, 9].clone()  # type: ignore[union-attr]
        layers = [gates[at : at + GATES] for at in range(0, len(gates), GATES)]
        self.lstms = nn.ModuleList(_lstm(*layer) for layer in layers)
        self.last = nn.Linear(last.shape[1] - 1, last.shape[0])
        self.last.weight.data, self.last.bias.data = last[:, :-1].clone(), last[:, -1].clone()

    def weights(self) -> list[Tensor]:
        """The matrices as a file has them."""
        kernel = self.conv.weight.data.transpose(2, 3).reshape(-1, 9)
        found = [torch.cat([kernel, self.conv.bias.data[:, None]], 1)]  # type: ignore[index]
        for lstm in self.lstms:
            bias = (lstm.bias_ih_l0 + lstm.bias_hh_l0).data[:, None]
            every = torch.cat([lstm.weight_ih_l0.data, lstm.weight_hh_l0.data, bias], 1)
            into, forget, cell, out = every.chunk(GATES)
            found += [cell, into, forget, out]
        return [*found, torch.cat([self.last.weight.data, self.last.bias.data[:, None]], 1)]

    def forward(self, lines: Tensor, widths: Tensor) -> tuple[Tensor, Tensor]:
        """Scores (line, step, class), and how many steps of each line count.

        Args:
            lines: (line, 1, HEIGHT, width).
            widths: of the lines, in pixels.
        """
        down, along, back, wide = self.lstms
        seen = nn.functional.max_pool2d(torch.tanh(self.conv(lines)), POOL)
        count, depth, high, steps = seen.shape
        columns = seen.permute(0, 3, 2, 1).reshape(count * steps, high, depth)
        state = down(columns)[1][0].reshape(count, steps, -1)
        ends = torch.clamp(widths // POOL, max=steps)
        turned = ends[:, None] - 1 - torch.arange(steps)
        turned = torch.where(turned < 0, torch.arange(steps).expand(count, steps), turned)
        state = _taken(back(_taken(along(state)[0], turned))[0], turned)
        return self.last(wide(state)[0]), ends


def _lstm(cell: Tensor, into: Tensor, forget: Tensor, out: Tensor) -> nn.LSTM:
    size = cell.shape[0]
    lstm = nn.LSTM(cell.shape[1] - size - 1, size, batch_first=True)
    every = torch.cat([into, forget, cell, out])
    lstm.weight_ih_l0.data = every[:, : lstm.input_size].clone()
    lstm.weight_hh_l0.data = every[:, lstm.input_size : -1].clone()
    lstm.bias_ih_l0.data = every[:, -1].clone()
    lstm.bias_hh_l0.data.zero_()
    lstm.bias_hh_l0.requires_grad = False
    return lstm


def _taken(steps: Tensor, order: Tensor) -> Tensor:
    return torch.gather(steps, 1, order[:, :, None].expand(-1, -1, steps.shape[2]))


# --- lines ---------------------------------------------------------------------------------------


def lines_of(folder: Path, classes: dict[str, int]) -> Iterator[Line]:
    """The lines of the sheets in a folder, some made narrower or wider, some sharper.

    Leptonica sharpens when it scales.
    """
    chance = random.Random(folder.name)
    for box in sorted(folder.glob("*.box")):
        with Image.open(box.with_suffix(".tif")) as opened:
            sheet = opened.convert("L")
        for row in box.read_text(encoding="utf-8").splitlines():
            head, mark, text = row.partition(" #")
            if not mark:
                continue
            _word, left, low, right, high, _page = head.split()
            place = (int(left), sheet.height - int(high), int(right), sheet.height - int(low))
            line = sheet.crop(place)
            if chance.random() < 0.5:
                width = max(POOL, round(line.width * chance.uniform(0.85, 1.2)))
                line = line.resize((width, line.height), Image.Resampling.BILINEAR)
            pixels = prepared(line, sharp=chance.random() < 0.5)
            text = " ".join(text.split())
            if set(text) <= classes.keys() and pixels.shape[1] < WIDEST:
                yield np.round(pixels * 127).astype(np.int8), [classes[sign] for sign in text]


def prepared(
    line: Image.Image, *, sharp: bool
) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    """A line, mode L, as Tesseract shows it to its network: see its input.cpp."""
    size = (max(POOL, round(line.width * HEIGHT / line.height)), HEIGHT)
    line = line.resize(size, Image.Resampling.BOX)
    if sharp:
        line = line.filter(ImageFilter.UnsharpMask(1, 40, 0))
    levels = np.asarray(line, dtype=np.float32)
    row = levels[HEIGHT // 2]
    before, here, after = row[:-2], row[1:-1], row[2:]
    lows = here[((here < before) & (here <= after)) | ((here <= before) & (here < after))]
    highs = here[((here > before) & (here >= after)) | ((here >= before) & (here > after))]
    black = np.sort(lows)[len(lows) // 4] if len(lows) else 0.0
    white = np.sort(highs)[len(highs) * 3 // 4] if len(highs) else 255.0
    contrast = max((white - black) / 2, 0.0) or 1.0
    return np.clip((levels - black) / contrast - 1, -1, 1)


def batches(
    lines: Sequence[Line], chance: random.Random
) -> Iterator[tuple[Tensor, Tensor, list[list[int]]]]:
    """All lines once: pixels (line, 1, HEIGHT, width), widths, classes."""
    order = chance.sample(range(len(lines)), len(lines))
    for start in range(0, len(order), BATCH * BUCKETS):
        near = sorted(order[start : start + BATCH * BUCKETS], key=lambda at: lines[at][0].shape[1])
        cut = [near[at : at + BATCH] for at in range(0, len(near), BATCH)]
        for chosen in chance.sample(cut, len(cut)):
            widths = [lines[at][0].shape[1] for at in chosen]
            pixels = torch.ones(len(chosen), 1, HEIGHT, math.ceil(max(widths) / POOL) * POOL)
            for place, at in enumerate(chosen):
                pixels[place, 0, :, : widths[place]] = torch.from_numpy(lines[at][0]) / 127
            yield pixels, torch.tensor(widths), [lines[at][1] for at in chosen]


# --- training ------------------------------------------------------------------------------------


def fit(network: Network, lines: Sequence[Line], *, hours: float, rate: float) -> None:
    """Trains for so many hours; the rate falls as a cosine."""
    chance = random.Random(1)
    mixed = chance.sample(lines, len(lines))
    held, rest = mixed[:HELD_OUT], mixed[HELD_OUT:]
    weights = [weight for weight in network.parameters() if weight.requires_grad]
    way = torch.optim.AdamW(weights, lr=rate, weight_decay=1e-4)
    loss_of = nn.CTCLoss(blank=NULL, zero_infinity=True)
    start, told, step = time.monotonic(), 0.0, 0
    print(f"{len(rest)} lines; whole lines read before: {whole(network, held):.3f}", flush=True)
    while (passed := time.monotonic() - start) < 3600 * hours:
        for pixels, widths, classes in batches(rest, chance):
            passed = time.monotonic() - start
            share = min(1.0, passed / (3600 * hours))
            step += 1
            way.param_groups[0]["lr"] = (
                rate * min(1.0, step / 200) * (1 + math.cos(math.pi * share)) / 2 + 1e-6
            )
            scores, steps = network(pixels, widths)
            signs = torch.tensor([sign for line in classes for sign in line])
            lengths = torch.tensor([len(line) for line in classes])
            loss = loss_of(scores.log_softmax(-1).transpose(0, 1), signs, steps, lengths)
            way.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(weights, 5.0)
            way.step()
            if share >= 1:
                break
            if passed > told + REPORT_SECONDS:
                told = passed
                print(f"{passed:.0f} s, step {step}: {whole(network, held):.3f}", flush=True)
    print(f"whole lines read after: {whole(network, held):.3f}", flush=True)


def whole(network: Network, lines: Sequence[Line]) -> float:
    """Share of lines that are read without a fault."""
    right = 0
    with torch.no_grad():
        for pixels, widths, classes in batches(lines, random.Random(1)):
            scores, steps = network(pixels, widths)
            for best, end, wanted in zip(scores.argmax(-1), steps, classes, strict=True):
                said = torch.unique_consecutive(best[:end])
                right += said[said != NULL].tolist() == wanted
    return right / len(lines)


def classes_of(unicharset: str) -> dict[str, int]:
    """The class of each sign; the first three entries are the space and two that are no sign."""
    signs = [row.split()[0] for row in unicharset.splitlines()[1:] if row.split()]
    return {" ": 0} | {sign: at - 2 for at, sign in enumerate(signs) if at > 2}


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sheets", type=Path, nargs="+")
    parser.add_argument("--from", dest="base", type=Path, required=True)
    parser.add_argument("--hours", type=float, default=1.0)
    parser.add_argument("--rate", type=float, default=0.001)
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(1)
    name = f"{asked.out}/crossed."
    subprocess.run(["combine_tessdata", "-u", asked.base, name], check=True)
    (asked.out / "words.txt").write_text("\n".join(listed()), encoding="utf-8")
    lists = [asked.out / name for name in ("words.txt", "crossed.lstm-word-dawg")]
    signs = asked.out / "crossed.lstm-unicharset"
    subprocess.run(["wordlist2dawg", *lists, signs], check=True)
    lstm = asked.out / "crossed.lstm"
    base = Recognizer.read(lstm.read_bytes())
    network = Network(grown(base.weights, SIZES))
    classes = classes_of(signs.read_text(encoding="utf-8"))
    lines = [line for folder in asked.sheets for line in lines_of(folder, classes)]
    fit(network, lines, hours=asked.hours, rate=asked.rate)
    lstm.write_bytes(base.written(network.weights(), height=HEIGHT, spec=SPEC))
    subprocess.run(["combine_tessdata", name], check=True)
    model = asked.out / "crossed.traineddata"
    plain = shutil.move(model, asked.out / "plain.traineddata")
    subprocess.run(
        ["lstmtraining", "--stop_training", "--convert_to_int", "--continue_from", lstm,
         "--traineddata", plain, "--model_output", model],
        check=True,
    )  # fmt: skip


if __name__ == "__main__":
    main()
