"""What a reading child cannot do, whatever a file makes of it."""

from __future__ import annotations

import ctypes
import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from arsip.ingest import confine
from arsip.ingest.confine import offered, refusing
from arsip.ingest.pool import Children
from arsip.ingest.tasks import Inspect
from arsip.model import Limits

OFFERED = offered()
needs_filter = pytest.mark.skipif(not OFFERED.calls, reason="this system filters no calls")
needs_fence = pytest.mark.skipif(not OFFERED.writes, reason="this system fences no files")

CHILD = """
import sys
from pathlib import Path
from arsip.ingest.confine import confine
confine(Path(sys.argv[1]), sealed={sealed})
{act}
"""
CONNECT = "import socket; socket.create_connection(('127.0.0.1', 9), timeout=2)"
SPEAK_UNIX = "import socket; socket.socket(socket.AF_UNIX)"
START = "import subprocess; subprocess.run(['/bin/true'], check=True)"
WATCH_OTHERS = """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
if libc.ptrace(0, 0, None, None):
    raise PermissionError(ctypes.get_errno())
"""
RING = """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
if libc.syscall(425, 8, ctypes.create_string_buffer(512)) < 0:
    raise PermissionError(ctypes.get_errno())
"""


def done(folder: Path, act: str, *, sealed: bool) -> str:
    """How a confined child ends that tries something: the last line that it says."""
    # Whoever measures coverage must not do so in there: its own files would be refused, too.
    environ = {name: value for name, value in os.environ.items() if "COVERAGE" not in name}
    ended = subprocess.run(
        [sys.executable, "-c", CHILD.format(sealed=sealed, act=act), str(folder)],
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    return ended.stderr.strip().splitlines()[-1] if ended.returncode else "done"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    folder.mkdir()
    return folder


@contextmanager
def children(folder: Path, *, sealed: bool) -> Iterator[int]:
    """The number of the only child of a pool that has read a file."""
    with Children(1, temp=folder, memory_bytes=1 << 30, sealed=sealed) as pool:
        text = folder / "surat.txt"
        text.write_text("Nomor : 1")
        pool.put(Inspect(text, "txt", (), Limits()))
        assert pool.take()
        (child,) = pool._children
        yield child.process.pid


@needs_filter
@pytest.mark.parametrize("sealed", [True, False])
@pytest.mark.parametrize("act", [CONNECT, WATCH_OTHERS, RING])
def test_no_child_reaches_the_network_or_another_process(
    own: Path, act: str, *, sealed: bool
) -> None:
    assert done(own, act, sealed=sealed).startswith("PermissionError")


@needs_filter
@pytest.mark.parametrize("act", [SPEAK_UNIX, START])
def test_only_a_child_that_needs_no_program_is_sealed(own: Path, act: str) -> None:
    assert done(own, act, sealed=False) == "done"
    assert done(own, act, sealed=True).startswith("PermissionError")


CHANGES = [
    "Path(sys.argv[1], '../kept').write_text('other')",
    "Path(sys.argv[1], '../kept').unlink()",
    "Path(sys.argv[1], '../kept').rename(Path(sys.argv[1], 'mine'))",
    "Path(sys.argv[1], '../new').touch()",
    "Path(sys.argv[1], '../new').mkdir()",
    "Path(sys.argv[1], '../new').symlink_to('kept')",
    "__import__('os').truncate(Path(sys.argv[1], '../kept'), 0)",
]


@needs_fence
@pytest.mark.parametrize("act", CHANGES)
def test_a_sealed_child_changes_nothing_outside_its_folder(own: Path, act: str) -> None:
    kept = own.parent / "kept"
    kept.write_text("original")
    ended = done(own, act, sealed=True)
    assert ended.startswith(("PermissionError", "OSError: [Errno 18]"))
    assert kept.read_text() == "original"
    assert sorted(item.name for item in own.parent.iterdir()) == ["kept", "own"]


@needs_fence
def test_a_sealed_child_writes_in_its_folder_and_into_nothing(own: Path) -> None:
    act = """
(Path(sys.argv[1]) / "desk").mkdir()
(Path(sys.argv[1]) / "desk" / "page").write_text("words")
(Path(sys.argv[1]) / "desk" / "page").rename(Path(sys.argv[1]) / "page")
Path("/dev/null").write_text("words")
"""
    assert done(own, act, sealed=True) == "done"
    assert (own / "page").read_text() == "words"


@needs_filter
def test_a_file_of_a_child_grows_no_larger_than_its_memory(tmp_path: Path) -> None:
    with children(tmp_path, sealed=False) as pid:
        rows = Path(f"/proc/{pid}/limits").read_text().splitlines()
    (row,) = (row for row in rows if row.startswith("Max file size"))
    assert row.split()[3:5] == [str(1 << 30)] * 2


@needs_filter
@pytest.mark.parametrize("sealed", [True, False])
def test_every_child_of_the_pool_is_confined(tmp_path: Path, *, sealed: bool) -> None:
    with children(tmp_path, sealed=sealed) as pid:
        rows = Path(f"/proc/{pid}/status").read_text().splitlines()
    assert {"NoNewPrivs:\t1", "Seccomp:\t2"} <= set(rows)


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
@pytest.mark.parametrize("sealed", [True, False])
def test_every_jump_of_a_filter_lands_inside_it(machine: str, *, sealed: bool) -> None:
    steps = list(refusing(machine, sealed=sealed))
    assert len(steps) < 256
    for place, (_code, met, unmet, _value) in enumerate(steps):
        assert place + max(met, unmet) < len(steps)
    assert steps[-1] == (0x06, 0, 0, 0x7FFF0000)


def test_a_system_that_closes_nothing_still_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert offered() == confine.Confinement(privileges=False, calls=False, writes=False)
    confine.confine(tmp_path, sealed=True)
    assert not ctypes.CDLL(None).prctl(confine.PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0)


def test_a_machine_whose_calls_are_not_known_filters_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "riscv64")
    assert not offered().calls
