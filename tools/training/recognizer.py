"""Reads and writes a recognizer of Tesseract, the component ``lstm`` of its files."""

from __future__ import annotations

import math
import re
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import torch
from torch import Tensor

GATES = 4
"""Matrices of an LSTM: its cell, and its input, forget and output gate."""
_RATED, _PLAIN = 64, 0x84
"""Flag of a layer that has rates of learning of its own; mode of a matrix of plain numbers."""


@dataclass(slots=True)
class Layer:
    """A layer in a file with a network of Tesseract; see its network.cpp and weightmatrix.cpp.

    Attributes:
        kind, name: what it is, and what it is called.
        state: two bytes of its state, and its flags.
        outputs: how many it has when no matrix tells.
        more: what a kind has besides.
        layers: those within it.
        matrices: (outputs, inputs + 1), the bias last; of an LSTM cell, input, forget, output gate.
        rates: of learning.
    """

    kind: str
    name: str
    state: bytes
    outputs: int
    more: bytes = b""
    layers: list[Layer] = field(default_factory=list)
    matrices: list[Tensor] = field(default_factory=list)
    rates: bytes = b""

    def every(self) -> Iterator[Layer]:
        """The layers that have matrices."""
        for layer in self.layers:
            yield from layer.every()
        if self.matrices:
            yield self

    def written(self, inputs: int) -> tuple[bytes, int, int]:
        """The layer as a file has it, how many outputs it has and how many weights."""
        outputs, weights, body = self.outputs, 0, self.more
        if self.kind == "Maxpool":
            outputs = inputs
        if self.matrices:
            outputs = self.matrices[0].shape[0]
            weights = sum(matrix.numel() for matrix in self.matrices)
            body = struct.pack("<i", inputs + outputs) if "LSTM" in self.kind else b""
            body += b"".join(_matrix_written(matrix) for matrix in self.matrices)
        if self.layers:
            body, outputs = struct.pack("<I", len(self.layers)), inputs
            for layer in self.layers:
                part, outputs, own = layer.written(outputs)
                body, weights = body + part, weights + own
        name = re.sub(r"(?<=[a-z])\d+$", str(outputs), self.name)
        head = b"\0" + _text_written(self.kind) + self.state
        sizes = struct.pack("<3i", inputs, outputs, weights)
        return head + sizes + _text_written(name) + body + self.rates, outputs, weights


def _text_written(text: str) -> bytes:
    return struct.pack("<i", len(text)) + text.encode()


def _matrix_written(matrix: Tensor) -> bytes:
    sizes = struct.pack("<BIId", _PLAIN, *matrix.shape, 0.0)
    return sizes + matrix.double().numpy().tobytes()


@dataclass(frozen=True, slots=True)
class Recognizer:
    """A component ``lstm``: a network, and what Tesseract keeps beside it."""

    network: Layer
    rest: bytes

    @staticmethod
    def read(data: bytes) -> Recognizer:
        """A recognizer; its numbers may be whole ones with scales."""
        reader = _Reader(data)
        network = reader.layer()
        length = reader.number()
        rest = data[reader.at + length :]
        flags = struct.unpack_from("<i", rest)[0] & ~1  # no whole numbers any more
        return Recognizer(network, struct.pack("<i", flags) + rest[4:])

    @property
    def weights(self) -> list[Tensor]:
        """The matrices, in the order of the layers."""
        return [matrix for layer in self.network.every() for matrix in layer.matrices]

    def written(self, weights: Sequence[Tensor], *, height: int, spec: str) -> bytes:
        """The file with other weights, of other sizes too.

        Args:
            weights: as many matrices as it has.
            height: of a line, in pixels.
            spec: the network in Tesseract's way of writing.
        """
        given = iter(weights)
        for layer in self.network.every():
            layer.matrices = [next(given) for _ in layer.matrices]
        network, _outputs, _weights = self.network.written(height)
        return network + _text_written(spec) + self.rest


class _Reader:
    """Walks through a file of Tesseract."""

    def __init__(self, data: bytes) -> None:
        self.at = 0
        self._data = data

    def layer(self) -> Layer:
        self._take(1)
        kind = self._text()
        state = self._take(6)
        _inputs, outputs, _weights = struct.unpack("<3i", self._take(12))
        layer = Layer(kind, self._text(), state, outputs)
        if kind in ("Series", "RTLReversed", "XYTranspose"):
            layer.layers = [self.layer() for _ in range(self.number())]
            if state[2] & _RATED:
                layer.rates = self._take(4)
                layer.rates += self._take(4 * struct.unpack("<i", layer.rates)[0])
        elif kind in ("Input", "Convolve", "Maxpool"):
            layer.more = self._take(20 if kind == "Input" else 8)
        else:
            if "LSTM" in kind:
                self.number()
            layer.matrices = [self._matrix() for _ in range(GATES if "LSTM" in kind else 1)]
        return layer

    def number(self) -> int:
        return int(struct.unpack("<i", self._take(4))[0])

    def _matrix(self) -> Tensor:
        mode = self._take(1)[0]
        rows, columns = struct.unpack("<II", self._take(8))
        if mode & 1:
            self._take(1)
            whole = np.frombuffer(self._take(rows * columns), "i1").reshape(rows, columns)
            scales = np.frombuffer(self._take(4 + 8 * rows)[4:], "<f8")
            return torch.tensor(whole * scales[:, None], dtype=torch.float32)
        self._take(8)
        numbers = np.frombuffer(self._take(8 * rows * columns), "<f8").reshape(rows, columns)
        return torch.tensor(numbers, dtype=torch.float32)

    def _take(self, count: int) -> bytes:
        self.at += count
        return self._data[self.at - count : self.at]

    def _text(self) -> str:
        return self._take(self.number()).decode()


def grown(weights: Sequence[Tensor], sizes: Sequence[int]) -> list[Tensor]:
    """A network with more outputs in each layer but the last, which says the same at first.

    Args:
        weights: as ``Recognizer`` has them.
        sizes: outputs of the convolution and of each LSTM.
    """
    head, *gates, last = weights
    made = [_wider(head, sizes[0], (head.shape[1] - 1,), (head.shape[1] - 1,))]
    inputs, before = sizes[0], head.shape[0]
    for at, size in enumerate(sizes[1:]):
        layer = gates[GATES * at : GATES * (at + 1)]
        own = layer[0].shape[0]
        made += [_wider(gate, size, (before, own), (inputs, size)) for gate in layer]
        inputs, before = size, own
    return [*made, _wider(last, last.shape[0], (before,), (inputs,))]


def _wider(
    matrix: Tensor, outputs: int, before: tuple[int, ...], inputs: tuple[int, ...]
) -> Tensor:
    """A matrix with more outputs, and inputs of several kinds to which the old outputs are deaf."""
    made = (torch.rand(outputs, sum(inputs) + 1) * 2 - 1) / math.sqrt(outputs)
    old = matrix.shape[0]
    made[:old] = 0
    made[:old, -1] = matrix[:, -1]
    source = target = 0
    for count, room in zip(before, inputs, strict=True):
        made[:old, target : target + count] = matrix[:, source : source + count]
        source, target = source + count, target + room
    return made
