"""A searchable copy of a scan that is made when somebody asks for it, by a child under limits."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from arsip.errors import NotADocument
from arsip.ingest.pool import Children, Pool
from arsip.ingest.tasks import Answer, Failure, Inspect, Lay, Layer, Task
from arsip.model import Limits, Outline, PageText
from arsip.scan.caption import Caption
from arsip.scan.sniff import sniff


class Wanted(NamedTuple):
    """A copy that is asked for.

    Attributes:
        original: only read.
        pages: all of the file, as they were read.
        out: the file to make, in a folder of ours.
        passwords: tried on a locked original.
    """

    original: Path
    pages: tuple[PageText, ...]
    caption: Caption
    out: Path
    passwords: tuple[str, ...]
    limits: Limits


def make(wanted: Wanted) -> str:
    """Makes the copy; gives the slug of why there is none, empty when there is.

    Raises:
        SetupError: no child starts on this machine.
    """
    limits = wanted.limits
    temp = wanted.out.parent
    with Children(1, temp=temp, memory_bytes=limits.memory_bytes, sealed=True) as pool:
        try:
            kind = sniff(wanted.original, wanted.original.name)
        except NotADocument as error:
            return error.slug
        looked = _answer(pool, Inspect(wanted.original, kind, wanted.passwords, limits))
        if not isinstance(looked, Outline):
            return _reason(looked)
        laid = _answer(
            pool,
            Lay(
                path=wanted.original,
                format=kind,
                password=looked.password,
                pages=wanted.pages,
                caption=wanted.caption,
                out=wanted.out,
                limits=limits,
            ),
        )
        return "" if isinstance(laid, Layer) and laid.path is not None else _reason(laid)


def _answer(pool: Pool, task: Task) -> Answer:
    pool.put(task)
    [(_ticket, answer)] = pool.take()
    return answer


def _reason(answer: Answer) -> str:
    return answer.reason if isinstance(answer, Failure) else "unreadable"
