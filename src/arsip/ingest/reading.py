"""Reading without filing: needs and makes no archive."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from arsip.errors import SourceError, Unreadable
from arsip.ingest.belt import Belt, Job
from arsip.ingest.intake import Later, Refused, source, take
from arsip.ingest.looking import candidates
from arsip.ingest.pool import Children
from arsip.ingest.transcribe import How, transcribe
from arsip.model import Reading, Report
from arsip.words import _

Read: TypeAlias = tuple[Path, Reading | SourceError]
"""A file, and its Reading or why there is none; the Reading's copy and layer are gone."""


def read(paths: Iterable[Path], *, how: How, jobs: int, report: Report) -> Iterator[Read]:
    """Read files and folders of files, in their order; nothing is kept of them."""
    with tempfile.TemporaryDirectory(prefix="arsip-") as name:
        folder = Path(name)
        memory, sealed = how.limits.memory_bytes, how.engine.resident
        with Children(jobs, temp=folder, memory_bytes=memory, sealed=sealed) as pool:
            reader = _Reader(folder, how)
            yield from Belt(pool, reader.admit, reader.settle, report).carry(candidates(paths))


@dataclass(slots=True)
class _Reader:
    folder: Path
    how: How

    def admit(self, path: Path) -> Job[Reading]:
        """Take a copy and start its script, or tell why not."""
        desk = Path(tempfile.mkdtemp(dir=self.folder))
        try:
            taken = take(path, desk, limit=self.how.limits.file_bytes)
            script = transcribe(source(path, taken), desk=desk, how=self.how)
        except SourceError as error:
            return Job(path, error=error)
        except (Refused, Later) as why:
            message = _("{name} cannot be read now ({reason}).")
            return Job(path, error=Unreadable(message.format(name=path.name, reason=why)))
        return Job(path, script)

    def settle(self, job: Job[Reading]) -> Read:
        """The file and its reading or error."""
        if job.reading is not None:
            return job.path, job.reading
        assert job.error is not None
        return job.path, job.error
